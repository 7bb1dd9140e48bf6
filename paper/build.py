"""Builds the paper: paper.md filled from the results, then PDF (typst), .docx and .tex (pandoc).

    python paper/build.py

In paper.md `{{key.path:.2f}}` is a number, `[[figure name: caption]]` and `[[table name: caption]]` stand alone in a paragraph,
and `[[ref name]]` becomes "Figure 1" or "Table 2". A key, figure or table that does not exist stops the build with its name.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pandas as pd

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))

from framing.show.tables import to_latex, to_markdown, to_typst  # noqa: E402 # after the path is set
from results import Results, compute  # noqa: E402 # the paper's own module, beside this file

# Any fixed second does: PDF and .docx want a date, and the same paper has the same bytes.
EPOCH = 1_900_000_000
BLOCK = re.compile(r"^\[\[(figure|table) ([\w-]+): (.+?)\]\]$", re.MULTILINE | re.DOTALL)
KEY = re.compile(r"\{\{([\w.]+)(?::([^}]+))?\}\}")
REFERENCE = re.compile(r"\[\[ref ([\w-]+)\]\]")
FORMATS = {"typst": "svg", "docx": "png", "latex": "pdf"}
"""Pandoc's writer -> the figures' file ending."""


class PaperError(ValueError):
    """The paper names something that the results do not hold."""


def fill(text: str, results: Results, writer: str) -> str:
    """The paper's Markdown with every number, table, figure and reference in its place, for one of pandoc's writers."""
    numbers = number_blocks(text)
    text = REFERENCE.sub(lambda found: _reference(numbers, found.group(1)), text)
    text = KEY.sub(lambda found: look_up(results.numbers, found.group(1), found.group(2)), text)
    return BLOCK.sub(lambda found: _block(found, numbers, results, writer), text)


def number_blocks(text: str) -> dict[str, str]:
    """Block name -> "Figure 1", "Table 1" ..., in the order of their appearance."""
    counts = {"figure": 0, "table": 0}
    numbers = {}
    for found in BLOCK.finditer(text):
        counts[found.group(1)] += 1
        numbers[found.group(2)] = f"{found.group(1).capitalize()} {counts[found.group(1)]}"
    return numbers


def _reference(numbers: dict[str, str], name: str) -> str:
    if name not in numbers:
        raise PaperError(f"paper.md refers to {name!r}, but no figure or table has that name.")
    return numbers[name].replace(" ", "\u00a0")


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


def _block(found: re.Match[str], numbers: dict[str, str], results: Results, writer: str) -> str:
    kind, name, caption = found.groups()
    caption = " ".join(caption.split())
    if kind == "table":
        if name not in results.tables:
            raise PaperError(f"paper.md shows the table {name!r}, which does not exist; known are {', '.join(results.tables)}.")
        title = f"**{numbers[name]}.** *{caption}*"
        if writer == "typst":  # the title stays with its table
            title = f"```{{=typst}}\n#block(sticky: true)[\n```\n\n{title}\n\n```{{=typst}}\n]\n```"
        return f"{title}\n\n{_table(results.tables[name], writer)}"
    if not results.figures.get(name):
        raise PaperError(f"paper.md shows the figure {name!r}, but figures/{name}.svg with an alternative text does not exist.")
    path = f"../figures/{name}.{FORMATS[writer]}"
    if writer == "typst":
        alt = json.dumps(results.figures[name], ensure_ascii=False)
        block = f'#block(sticky: true, width: 100%, align(center, image("{path}", alt: {alt})))'
        return f"```{{=typst}}\n{block}\n```\n\n**{numbers[name]}.** *{caption}*"
    return f"![]({path})\n\n**{numbers[name]}.** *{caption}*"


def _table(table: pd.DataFrame, writer: str) -> str:
    """The table as the writer sets it best: its own markup for typst and LaTeX, a pipe table for Word."""
    if writer == "typst":
        return (
            f"```{{=typst}}\n#block(breakable: false)[#set text(size: 8.5pt)\n#set par(justify: false)\n{to_typst(table)}]\n```"
        )
    if writer == "latex":
        return f"```{{=latex}}\n{{\\small\n{to_latex(table)}}}\n```"
    return to_markdown(table)


def build(results: Results, folder: Path) -> list[Path]:
    """Write paper.pdf, paper.docx, paper.tex and results.json into a folder; gives the paths."""
    import pypandoc

    os.environ["SOURCE_DATE_EPOCH"] = str(EPOCH)
    source = (FOLDER / "paper.md").read_text(encoding="utf-8")
    outputs = {"typst": FOLDER / ".paper.typ", "docx": folder / "paper.docx", "latex": folder / "paper.tex"}
    for writer, path in outputs.items():
        text = fill(source, results, writer)
        # Relative names, from the paper's own folder: pandoc writes them into the .docx, where no machine's path belongs.
        options = ["--citeproc", "--bibliography=references.bib", "--standalone", "--wrap=preserve"]
        if writer == "latex":
            options.append(r"--variable=header-includes:\usepackage{booktabs}")
        target = str(path.resolve())
        pypandoc.convert_text(text, writer, format="markdown", outputfile=target, extra_args=options, cworkdir=str(FOLDER))
    pdf = folder / "paper.pdf"
    _typeset(outputs["typst"], pdf)
    outputs["typst"].unlink()
    (folder / "results.json").write_text(json.dumps(results.numbers, indent=1, default=float) + "\n", encoding="utf-8")
    return [pdf, outputs["docx"], outputs["latex"], folder / "results.json"]


def _typeset(source: Path, pdf: Path) -> None:
    # The source lies beside paper.md while it is set, because typst reads figures only from below its root.
    import typst

    typst.compile(str(source), output=str(pdf), root=str(FOLDER.parent), timestamp=EPOCH, ignore_system_fonts=True)


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
