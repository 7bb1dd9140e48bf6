"""Tables at a glance: in a notebook and in a terminal, with headings in words and numbers rounded for reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from framing.show.cells import Page
from framing.show.claims import NOT_SHOWN, claim_contrasts, say_p
from framing.show.labels import label
from framing.show.tables import format_contrasts, is_numeric, note_contrasts

MOST_ROWS = 30
"""Rows that are shown of a table (chosen: what fits on a screen)."""
SHORT = 22
"""Letters up to which a cell stays on one line (chosen: a date, an outlet's name)."""
LONG = 240
"""Letters of a cell that are shown (chosen: a sentence or two)."""

Columns = Mapping[str, str] | Sequence[str]


def show_table(
    table: pd.DataFrame,
    columns: Columns | None = None,
    *,
    title: str = "",
    note: str = "",
    digits: int = 2,
    most: int = MOST_ROWS,
) -> Page:
    """A table to be read: words to the left, numbers to the right and rounded, a dash where a value is missing.

    `columns` chooses and orders the columns; a mapping gives each the heading that a reader sees. Numbers have `digits` decimals,
    whole ones none, p is shown as journals print it, and a long text is cut. Of more than `most` rows the first are shown, and a
    line says how many more there are. The table itself is not changed.

    Raises KeyError for a column that the table does not have.

    >>> show_table(pd.DataFrame({"outlet": ["Lantern"], "n_words": [1200], "rate": [4.3567], "p_value": [0.03125]}))
     outlet words rate p value
    Lantern 1,200 4.36    .031
    """
    headings = columns if isinstance(columns, Mapping) else {name: _heading(name) for name in columns or table.columns}
    shown = pd.DataFrame({
        heading: [_cell(value, name, digits) for value in _whole(table[name]).head(most).tolist()]
        for name, heading in headings.items()
    })  # fmt: skip
    more = f"... and {len(table) - most:,} more rows." if len(table) > most else ""
    return _page(shown, title, [one for one in (more, note) if one])


def _page(shown: pd.DataFrame, title: str, notes: Sequence[str]) -> Page:
    text = shown.to_string(index=False) if len(shown) else "no rows"
    return Page(_html(shown, title, notes), "\n".join([*([title] if title else []), text, *notes]))


def show_contrasts(contrasts: pd.DataFrame) -> Page:
    """Contrasts as a table with what may be said of each: rates, ratio with interval, adjusted p, n, and the claim in words.

    It takes what `compare_outlets` gives, or `multiverse`, whose specifications then stand first. What is the same in all rows
    stands in the title; below the table stand the reasons for care, each with the letter that marks its rows, units and n. What
    the claims mean: `framing.show.claims.claim_contrasts`.

    >>> import framing as fr
    >>> scores = pd.DataFrame({"article": list("ab"), "outlet": ["x", "y"], "hedging": [4, 8], "n_words": [400, 400]})
    >>> page = show_contrasts(fr.compare_outlets(scores, "hedging", voice="all"))
    >>> page.text.splitlines()[0], page.text.splitlines()[2].endswith("1 + 1 articles describe only (a)")
    ('Hedging: y compared with x', True)
    """
    if contrasts.empty:
        return _page(pd.DataFrame(), "No contrasts", ["One outlet only: there is nothing to compare it with."])
    letters = {note: _letter(number) for number, note in enumerate(filter(None, dict.fromkeys(contrasts["note"])))}
    claims = zip(claim_contrasts(contrasts), contrasts["note"], strict=True)
    table = format_contrasts(contrasts)
    intervals = table["95 % interval"].str.replace(", ", " to ")
    p_heading = "p" if (contrasts["adjust"] == "none").all() else "p (adjusted)"
    told = pd.DataFrame({
        "Specification": contrasts.get("specification", pd.Series("", index=contrasts.index)).tolist(),
        "Measure": table["Measure"], "Outlet": table["Outlet"], "Reference": table["Reference"],
        "Rate / reference": table["Rate"] + " / " + table["Reference rate"],
        f"{_effects(contrasts)} (95 % interval)": table["Rate ratio"] + " (" + intervals + ")",
        p_heading: table["p (adjusted)"], "Units": [_n(row) for row in contrasts.to_dict("records")],
        "What may be said": [f"{claim} ({letters[note]})" if note else claim for claim, note in claims],
    })  # fmt: skip
    fixed = [name for name in ("Specification", "Measure", "Outlet", "Reference") if told[name].nunique() < 2]
    care = " ".join(f"({letter}) {note[0].upper()}{note[1:]}." for note, letter in letters.items())
    notes = [care, f"{NOT_SHOWN} {note_contrasts(contrasts)}"]
    return _page(told.drop(columns=fixed), _compared(told, fixed), [one for one in notes if one])


def _compared(told: pd.DataFrame, fixed: Sequence[str]) -> str:
    """What all rows have in common, as a title."""
    row = told.iloc[0]
    measure = f"{row['Measure']}: " if "Measure" in fixed else ""
    outlet = f"{row['Outlet']} compared" if "Outlet" in fixed else "compared" if measure else "Compared"
    return f"{measure}{outlet} with {row['Reference'] if 'Reference' in fixed else 'a reference'}"


def _effects(contrasts: pd.DataFrame) -> str:
    names = {"rate_ratio": "Ratio", "rate_difference": "Difference of rates", "mean_difference": "Difference of means"}
    return " or ".join(names[one] for one in dict.fromkeys(contrasts["effect"]))


def _letter(number: int) -> str:
    """a to z, then aa to zz."""
    return (chr(96 + number // 26) if number > 25 else "") + chr(97 + number % 26)


def show_scores(scores: pd.DataFrame, measures: str | Sequence[str] = ("hedging", "loaded")) -> Page:
    """Scores of articles: words, whose they are (per cent), attributions, and each measure in all and in the journalist's words.

    >>> row = {"article": "a", "outlet": "x", "n_words": 400, "n_words_journalist": 300, "n_words_quoted": 60,
    ...        "n_words_reported": 40, "n_attributions": 5, "hedging": 4, "hedging_journalist": 3}
    >>> show_scores(pd.DataFrame([row]), "hedging")
    article outlet words journalist % quoted % reported % attributions hedging its own hedging
          a      x   400           75       15         10            5       4               3
    """
    names = [measures] if isinstance(measures, str) else list(measures)
    words = scores["n_words"].where(scores["n_words"] > 0)
    shares = {f"{voice} %": (100 * scores[f"n_words_{voice}"] / words).round() for voice in ("journalist", "quoted", "reported")}
    counts = {heading: scores[name] for one in names for heading, name in _both(one) if name in scores}
    shown = pd.DataFrame({
        "article": scores["article"], "outlet": scores["outlet"], "words": scores["n_words"], **shares,
        "attributions": scores["n_attributions"], **counts,
    })  # fmt: skip
    return show_table(shown)


def _both(measure: str) -> list[tuple[str, str]]:
    name = label(measure).lower()
    return [(name, measure), (f"its own {name}", f"{measure}_journalist")]


def _n(row: Mapping[str, Any]) -> str:
    """What a contrast rests on: the stories that both outlets tell, of which each is a stratum, or the articles of each."""
    if row["n_strata"] == row["n_units"] > 1:
        return f"{row['n_units']:,} stories"
    return f"{row['n_articles']:,} + {row['n_articles_reference']:,} articles"


def _heading(name: str) -> str:
    return str(name).removeprefix("n_").replace("_", " ")


def _whole(column: pd.Series) -> pd.Series:
    """A column of whole numbers as such, also where a missing value made them floats."""
    known = column.dropna()
    if column.dtype.kind == "f" and len(known) and (known % 1 == 0).all() and known.abs().max() < 2**53:
        return column.astype("Int64")
    return column


def _cell(value: Any, name: str, digits: int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value is pd.NA or value != value:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return say_p(value) if name.startswith(("p_", "min_p")) else f"{value:,.{digits}f}".replace("inf", "∞")
    text = " ".join(str(value).split())
    return text if len(text) <= LONG else f"{text[: LONG - 2]} …"


def _html(table: pd.DataFrame, title: str, notes: Sequence[str]) -> str:
    """Looks stand in the cells themselves, because a notebook's own looks would go before those of a style sheet."""
    sides = ["right" if is_numeric(table[name]) and not _is_dated(table[name]) else "left" for name in table.columns]
    head = "".join(_td("th", str(name), side) for name, side in zip(table.columns, sides, strict=True))
    rows = ["".join(_td("td", cell, side) for cell, side in zip(row, sides, strict=True)) for row in table.to_numpy().tolist()]
    caption = f"<caption style='text-align:left'><b>{escape(title)}</b></caption>" if title else ""
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    below = "".join(f"<p>{escape(one)}</p>" for one in notes)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>{below}"


def _is_dated(column: pd.Series) -> bool:
    return column.str.fullmatch(r"\d{4}-\d\d(-\d\d)?").any()


def _td(tag: str, text: str, side: str) -> str:
    look = f"text-align:{side}" + (";white-space:nowrap" if tag == "td" and len(text) <= SHORT else "")
    return f"<{tag} style='{look}'>{escape(text)}</{tag}>"
