"""Tables for a paper: editable CSV, LaTeX (booktabs) and Markdown from the same DataFrame."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from framing.show.labels import label

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
        "p (adjusted)": [_p(value) for value in contrasts["p_adjusted"]],
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


def _intervals(table: pd.DataFrame) -> list[str]:
    return [f"{_number(r.conf_low)}, {_number(r.conf_high)}" if np.isfinite(r.conf_low) else "–" for r in table.itertuples()]


def _number(value: float) -> str:
    if np.isinf(value):
        return "∞"
    return "–" if np.isnan(value) else f"{value:.2f}"


def _p(value: float) -> str:
    if np.isnan(value):
        return "–"
    return "< .001" if value < 0.001 else f"{value:.3f}".replace("0.", ".", 1)


def to_latex(table: pd.DataFrame) -> str:
    """A booktabs tabular; numbers right, words left."""
    align = "".join("r" if _is_numeric(table[name]) else "l" for name in table.columns)
    lines = [rf"\begin{{tabular}}{{{align}}}", r"\toprule", _row(table.columns, " & ", _escape, r" \\"), r"\midrule"]
    lines += [_row(values, " & ", _escape, r" \\") for values in table.itertuples(index=False)]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", ""])


def to_markdown(table: pd.DataFrame) -> str:
    """A pipe table; numbers right, words left."""
    rule = "|".join("---:" if _is_numeric(table[name]) else ":---" for name in table.columns)
    lines = [f"| {_row(table.columns, ' | ', _pipe)} |", f"|{rule}|"]
    lines += [f"| {_row(values, ' | ', _pipe)} |" for values in table.itertuples(index=False)]
    return "\n".join([*lines, ""])


def to_typst(table: pd.DataFrame) -> str:
    """A Typst table with rules above, below and under the head; numbers right, words left."""
    align = ", ".join("right" if _is_numeric(table[name]) else "left" for name in table.columns)
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


def _is_numeric(column: pd.Series) -> bool:
    return len(column) > 0 and all(re.fullmatch(r"[<\d.,\s∞–-]+", str(value)) for value in column)


def write_table(table: pd.DataFrame, name: str, folder: str | Path) -> list[Path]:
    """Write a table as .csv, .tex and .md; gives the paths."""
    stem = Path(folder) / name
    stem.parent.mkdir(parents=True, exist_ok=True)
    texts = {"csv": table.to_csv(index=False, lineterminator="\n"), "tex": to_latex(table), "md": to_markdown(table)}
    paths = []
    for ending, text in texts.items():
        paths.append(stem.with_name(f"{name}.{ending}"))
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths
