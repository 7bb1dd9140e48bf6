"""Tables for a paper: editable CSV, LaTeX (booktabs) and Markdown from the same DataFrame, with units and a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from framing.show.claims import say_p
from framing.show.labels import label, span, unit

_LATEX = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\^{}",
    "\\": r"\textbackslash{}",
    "∞": r"$\infty$",
    "–": "--",
    "<": r"$<$",  # in LaTeX's old text encoding a bare < prints an upside-down exclamation mark
    ">": r"$>$",
    "[": "{[}",  # a bare one that begins a row would be read as an option of the line break before it
}


def format_contrasts(contrasts: pd.DataFrame) -> pd.DataFrame:
    """Contrasts as readers see them: rates, ratio with interval, adjusted p, and the reason where there is none."""
    return pd.DataFrame({
        "Measure": [label(measure) for measure in contrasts["measure"]],
        "Outlet": contrasts["outlet"],
        "Reference": contrasts["reference"],
        "Rate": [_number(value) for value in contrasts["rate"]],
        "Reference rate": [_number(value) for value in contrasts["rate_reference"]],
        "Rate ratio": [_number(value) for value in contrasts["estimate"]],
        "95 % interval": _intervals(contrasts),
        "p (adjusted)": [say_p(value) for value in contrasts["p_adjusted"]],
        "Units": contrasts["n_units"].astype(str),
        "Status": contrasts["status"],
    }).reset_index(drop=True)  # fmt: skip


def format_descriptions(descriptions: pd.DataFrame) -> pd.DataFrame:
    """Rates of outlets as readers see them."""
    return pd.DataFrame({
        "Measure": [label(measure) for measure in descriptions["measure"]],
        "Outlet": descriptions["outlet"],
        "Articles": descriptions["n_articles"].astype(str),
        "Count": descriptions["count"].astype(str),
        "Rate": [_number(value) for value in descriptions["rate"]],
        "95 % interval": _intervals(descriptions),
    }).reset_index(drop=True)  # fmt: skip


def note_contrasts(contrasts: pd.DataFrame) -> str:
    """The note under a table of contrasts: units, n, how the intervals and p were made, what a dash is.

    >>> row = {"measure": "hedging", "n_articles": 6, "n_articles_reference": 5, "method": "sign-flip", "adjust": "holm"}
    >>> note_contrasts(pd.DataFrame([row]))[:88]
    'Rates: hedging per 1,000 words. n = 5–6 articles a side. Intervals and p by sign-flip; p'
    """
    n = span([*contrasts["n_articles"], *contrasts["n_articles_reference"]])
    methods, adjusts = (", ".join(sorted({str(one) for one in contrasts[name] if str(one) not in ("", "nan", "none")}))
                        for name in ("method", "adjust"))  # fmt: skip
    adjusted = f"adjusted for {len(contrasts)} tests ({adjusts})" if adjusts else "not adjusted"
    return (
        f"{_units(contrasts)} n = {n} articles a side. Intervals and p by {methods or 'no test'}; p {adjusted}. "
        "Units are the independent ones: shared stories, or articles. A dash: not tested, or nothing to divide by."
    )


def note_descriptions(descriptions: pd.DataFrame) -> str:
    """The note under a table of rates: units, n, how the intervals were made."""
    return (
        f"{_units(descriptions)} n = {span(descriptions['n_articles'])} articles an outlet. Intervals by jackknife over "
        "articles; a dash: fewer than 5 articles or occurrences."
    )


def _units(table: pd.DataFrame) -> str:
    """What the rates of the measures are given per, measures with one unit together."""
    groups: dict[str, list[str]] = {}
    for measure in dict.fromkeys(table["measure"]):
        groups.setdefault(unit(measure), []).append(label(measure).lower())
    return "Rates: " + "; ".join(f"{', '.join(names)} {per}" for per, names in groups.items()) + "."


def _intervals(table: pd.DataFrame) -> list[str]:
    return [f"{_number(r.conf_low)}, {_number(r.conf_high)}" if np.isfinite(r.conf_low) else "–" for r in table.itertuples()]


def _number(value: float) -> str:
    if np.isinf(value):
        return "∞"
    return "–" if np.isnan(value) else f"{value:.2f}"


def to_latex(table: pd.DataFrame, *, title: str = "", note: str = "", name: str = "") -> str:
    """A booktabs tabular, numbers right, words left; with a title or a note the whole float, with the label `tab:name`."""
    align = "".join("r" if is_numeric(table[column]) else "l" for column in table.columns)
    lines = [rf"\begin{{tabular}}{{{align}}}", r"\toprule", _row(table.columns, " & ", _escape, r" \\"), r"\midrule"]
    lines += [_row(values, " & ", _escape, r" \\") for values in table.itertuples(index=False)]
    lines += [r"\bottomrule", r"\end{tabular}"]
    if title or note:
        head = [r"\begin{table}", r"\centering", rf"\caption{{{_escape(title)}}}"]
        head += [rf"\label{{tab:{name}}}"] if name else []
        below = [rf"\par\smallskip\footnotesize\raggedright\textit{{Note.}} {_escape(note)}"] if note else []
        lines = [*head, *lines, *below, r"\end{table}"]
    return "\n".join([*lines, ""])


def to_markdown(table: pd.DataFrame, *, title: str = "", note: str = "") -> str:
    """A pipe table, numbers right, words left, with its title above and its note below."""
    rule = "|".join("---:" if is_numeric(table[name]) else ":---" for name in table.columns)
    lines = [f"*{title}*", ""] if title else []
    lines += [f"| {_row(table.columns, ' | ', _pipe)} |", f"|{rule}|"]
    lines += [f"| {_row(values, ' | ', _pipe)} |" for values in table.itertuples(index=False)]
    return "\n".join([*lines, *(["", f"*Note.* {note}"] if note else []), ""])


def to_typst(table: pd.DataFrame) -> str:
    """A Typst table with rules above, below and under the head; numbers right, words left."""
    align = ", ".join("right" if is_numeric(table[name]) else "left" for name in table.columns)
    cells = [f"[{_typst(str(name))}]" for name in table.columns]
    head = f"table.hline(stroke: 0.7pt), table.header({', '.join(cells)}), table.hline(stroke: 0.4pt),"
    rows = [", ".join(f"[{_typst(str(value))}]" for value in values) + "," for values in table.itertuples(index=False)]
    columns = ", ".join(["auto"] * len(table.columns))
    options = f"columns: ({columns}), align: ({align}), stroke: none, inset: (x: 4pt, y: 3pt),"
    return "\n".join(["#table(", options, head, *rows, "table.hline(stroke: 0.7pt),", ")", ""])


def _typst(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@\[\]~/]|^[=+-](?=[=\s]|$))", r"\\\1", text)


def _row(values: object, joint: str, escape: Callable[[str], str], end: str = "") -> str:
    return joint.join(escape(str(value)) for value in values) + end  # type: ignore[attr-defined] # a tuple or an index


def _escape(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def _pipe(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def is_numeric(column: pd.Series) -> bool:
    """Whether the cells of a table that is printed are numbers, intervals or dashes."""
    return len(column) > 0 and all(re.fullmatch(r"[<\d.,\s∞–-]+", str(value)) for value in column)


def write_table(table: pd.DataFrame, name: str, folder: str | Path, *, title: str = "", note: str = "") -> list[Path]:
    """Write a table as .csv, .tex and .md; gives the paths. A CSV holds no note, so title and note go into a .txt as well.

    >>> rates = pd.DataFrame({"Outlet": ["Lantern"], "Rate": ["1.20"]})
    >>> print(to_markdown(rates, title="Hedging", note="Per 1,000 words."))
    *Hedging*
    <BLANKLINE>
    | Outlet | Rate |
    |:---|---:|
    | Lantern | 1.20 |
    <BLANKLINE>
    *Note.* Per 1,000 words.
    <BLANKLINE>
    """
    stem = Path(folder) / name
    stem.parent.mkdir(parents=True, exist_ok=True)
    texts = {
        "csv": table.to_csv(index=False, lineterminator="\n"),
        "tex": to_latex(table, title=title, note=note, name=name),
        "md": to_markdown(table, title=title, note=note),
    }
    if title or note:
        texts["txt"] = "\n\n".join(one for one in (title, note) if one) + "\n"
    paths = []
    for ending, text in texts.items():
        paths.append(stem.with_name(f"{name}.{ending}"))
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths
