"""Builds the paper: paper.md filled from the results, as PDF (typst, PDF/UA-1), as PDF without names, as .docx and .tex (pandoc).

    python paper/build.py

In paper.md `{{key.path:.2f}}` is a number, `[[figure name: caption]]` and `[[table name: caption]]` stand alone in a paragraph,
`[[ref figure name]]` becomes a link "Figure 1", and of `<<named||anonymous>>` the first is for readers, the second for reviewers.
A key, figure, table or citation that does not exist stops the build with its name, and so does a figure without alternative text.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))

from blocks import TYPST, PaperError, set_blocks  # noqa: E402 # after the path is set
from framing.show.tables import to_markdown  # noqa: E402
from results import Results, compute  # noqa: E402 # the paper's own module, beside this file

# Any fixed second does: PDF and .docx want a date, and the same paper has the same bytes.
EPOCH = 1_900_000_000
KEY = re.compile(r"\{\{([\w.]+)(?::([^}]+))?\}\}")
EITHER = re.compile(r"<<(.*?)\|\|(.*?)>>", re.DOTALL)
CITED = re.compile(r"(?<![\w.])@([a-z]+\d{4})")
PACKAGES = r"\usepackage{booktabs,adjustbox}"


def fill(text: str, results: Results, writer: str, *, anonymous: bool = False) -> str:
    """The paper's Markdown with every number, table, figure and reference in its place, for one of pandoc's writers."""
    text = EITHER.sub(lambda found: found.group(2 if anonymous else 1), text)
    check_citations(text, (FOLDER / "references.bib").read_text(encoding="utf-8"))
    text = KEY.sub(lambda found: look_up(results.numbers, found.group(1), found.group(2)), text)
    text = set_blocks(text, results.tables, results.figures, writer)
    return re.sub(r"(?<=\n---\n)", "\n" + TYPST, text, count=1) if writer == "typst" else text


def check_citations(text: str, bibliography: str) -> None:
    """Raise PaperError for a citation without an entry."""
    entries = set(re.findall(r"@\w+\{(\w+),", bibliography))
    missing = sorted(set(CITED.findall(text)) - entries)
    if missing:
        raise PaperError(f"paper.md cites @{missing[0]}, which has no entry in references.bib; add it or correct the key.")


def look_up(numbers: dict[str, Any], key: str, form: str | None) -> str:
    """The value behind a dotted key, formatted; PaperError with the key where there is none.

    >>> look_up({"demo": {"n": 24, "rate": 1.234}}, "demo.rate", ".1f")
    '1.2'
    """
    value: Any = numbers
    for part in key.split("."):
        if not isinstance(value, dict) or part not in value:
            raise PaperError(
                f"paper.md names the result {key!r}, which does not exist (no {part!r}); add it to results.py or correct the key."
            )
        value = value[part]
    if isinstance(value, dict):
        raise PaperError(
            f"paper.md names {key!r}, which is a group of results ({', '.join(list(value)[:4])} ...); name one of them."
        )
    return format(value, form) if form else str(value)


def build(results: Results, folder: Path) -> list[Path]:
    """Write paper.pdf, paper-anonymous.pdf, paper.docx, paper.tex and results.json into a folder; gives the paths."""
    os.environ["SOURCE_DATE_EPOCH"] = str(EPOCH)
    source = (FOLDER / "paper.md").read_text(encoding="utf-8")
    paths = [folder / name for name in ("paper.pdf", "paper-anonymous.pdf", "paper.docx", "paper.tex", "results.json")]
    for pdf, anonymous in ((paths[0], False), (paths[1], True)):
        with_typst = FOLDER / f".{pdf.stem}.typ"
        convert(fill(source, results, "typst", anonymous=anonymous), "typst", with_typst)
        typeset(with_typst, pdf)
        with_typst.unlink()
    for writer, path in (("docx", paths[2]), ("latex", paths[3])):
        convert(fill(source, results, writer), writer, path)
    paths[4].write_text(json.dumps(results.numbers, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return paths


def convert(text: str, writer: str, path: Path) -> None:
    """Pandoc's part. Names are relative to the paper's own folder: they stand in the .docx, where no machine's path belongs."""
    import pypandoc

    options = ["--citeproc", "--bibliography=references.bib", "--standalone", "--wrap=preserve"]
    if writer == "latex":
        options.append(f"--variable=header-includes:{PACKAGES}")
    target = str(path.resolve())
    pypandoc.convert_text(text, writer, format="markdown", outputfile=target, extra_args=options, cworkdir=str(FOLDER))


def typeset(source: Path, pdf: Path, root: Path = FOLDER.parent) -> None:
    """Typst's part: a tagged PDF that passes its check of PDF/UA-1. Source and figures must lie below `root`, because typst reads
    nothing from elsewhere.

    Raises PaperError with typst's reason where the check fails.
    """
    import typst

    try:
        typst.compile(
            str(source), output=str(pdf), root=str(root), timestamp=EPOCH, ignore_system_fonts=True, pdf_standards="ua-1"
        )
    except typst.TypstError as error:
        raise PaperError(f"typst does not set {pdf.name}: {error.message} {' '.join(error.hints or [])}".strip()) from error


def fill_readme(text: str, results: Results) -> str:
    """The README with the tables between its markers made anew."""

    def table(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in results.tables:
            raise PaperError(f"README.md shows the table {name!r}, which does not exist; known are {', '.join(results.tables)}.")
        return f"<!-- table: {name} -->\n{to_markdown(results.tables[name])}<!-- end -->"

    return re.sub(r"<!-- table: (\w+) -->\n.*?<!-- end -->", table, text, flags=re.DOTALL)


def summary(results: Results) -> str:
    """Where things are, and the three main numbers."""
    n = results.numbers
    news = n["allsides"]
    neutral = news["contrast"]["cnn_attributions_stance_neutral"]
    return "\n".join([
        "Done. figures/  the figures (.pdf .svg .png and their numbers as .csv)",
        "      paper/    paper.pdf  paper.docx  paper.tex  results.json",
        "      notebooks/  executed; build/demo/  the demo's tables",
        f"1. {news['others_hedges']:.0f} % of the hedges in {news['n_articles']:,} US news articles stand in others' words.",
        f"2. CNN uses neutral verbs of saying {neutral['estimate']:.2f} times as often as Fox News on the same stories "
        "(see the paper for interval and limits).",
        f"3. Against published hand coding the tool finds attributions with F1 {n['polnear']['framing']['triple']:.0f} "
        f"(people among themselves: {n['polnear']['human_against_human']['triple']:.0f}).",
        "",
    ])  # fmt: skip


def main() -> int:
    """Build the paper; gives the exit code."""
    results = compute()
    try:
        build(results, FOLDER)
        readme = FOLDER.parent / "README.md"
        readme.write_text(fill_readme(readme.read_text(encoding="utf-8"), results), encoding="utf-8")
    except PaperError as error:
        print(f"paper/build.py: {error}", file=sys.stderr)
        return 2
    text = summary(results)
    (FOLDER.parent / "build").mkdir(exist_ok=True)
    (FOLDER.parent / "build" / "summary.txt").write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
