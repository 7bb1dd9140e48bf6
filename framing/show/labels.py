"""Names and numbers as readers see them in figures and tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import pandas as pd

from framing.compare.quantities import choose_quantity
from framing.show.saving import FigureError

LABELS = {
    "hedging": "Hedging", "boosters": "Boosters", "approximators": "Approximators", "weasel": "Weasel words",
    "loaded": "Loaded words",
    "attributions": "Attributions", "uncertainty": "Uncertainty", "attributions_stance_neutral": "Neutral verbs (share)",
    "n_attributed_words": "Attributed words (share)", "n_words_quoted": "Quoted words (share)",
    "attributions_source_type_official": "Officials (share of attributions)",
    "attributions_source_type_citizen": "Citizens (share of attributions)", "generic_frames_conflict": "Conflict vocabulary",
    "generic_frames_economic_consequences": "Economic vocabulary", "generic_frames_human_interest": "Human-interest vocabulary",
    "war_peace_war": "War vocabulary", "war_peace_peace": "Peace vocabulary",
}  # fmt: skip
"""Names of measures as readers see them; others are shown as they are spelled, with spaces."""
NAME_WIDTH, NAME_LINES = 30, 3
"""Letters in a line of an outlet's name and lines of it; the rest is cut with an ellipsis (chosen: 55 mm at 8 pt)."""
LETTER_MM = 1.75
"""Width of an average letter of DejaVu Sans at 8 pt."""


def label(measure: str) -> str:
    """A measure's name for readers.

    >>> label("hedging"), label("policy_frames_economic")
    ('Hedging', 'Policy frames economic')
    """
    return LABELS.get(measure, measure.replace("_", " ").capitalize())


def dimension(measure: str) -> str:
    """The name of one dimension of a vocabulary, without the vocabulary's name.

    >>> dimension("policy_frames_quality_of_life"), dimension("hedging")
    ('Quality of life', 'Hedging')
    """
    for prefix in ("policy_frames_", "generic_frames_", "war_peace_", "labels_"):
        if measure.startswith(prefix):
            return measure.removeprefix(prefix).replace("_", " ").capitalize()
    return label(measure)


def unit(measure: str) -> str:
    """What a rate of the measure is given per.

    >>> unit("hedging"), unit("attributions_stance_neutral"), unit("n_attributed_words")
    ('per 1,000 words', '% of attributions', '% of words')
    """
    quantity = choose_quantity(measure)
    if quantity.per == 1000:
        return "per 1,000 words"
    return "% of attributions" if quantity.exposure == "n_attributions" else "% of words"


def wrap(name: str, width: int = NAME_WIDTH, lines: int = NAME_LINES) -> str:
    """A name in lines that fit beside a figure; what is too long for them ends with an ellipsis.

    >>> wrap("The Evening Post", 8)
    'The\\nEvening\\nPost'
    >>> wrap("abcdefghij", 4, 2)
    'abcd\\nefg…'
    """
    found = textwrap.wrap(str(name), width)
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: width - 1] + "…"]
    return "\n".join(found)


def name_width(width_mm: float) -> int:
    """Letters in a line of a name beside a figure of this width: about half of it at most.

    >>> name_width(89), name_width(183)
    (22, 30)
    """
    return min(NAME_WIDTH, int(width_mm / 4))


def with_n(name: str, *sizes: str, width: int = 16, letters: int = NAME_WIDTH) -> str:
    """A name with its n in brackets, on a line of its own where the name is long.

    >>> with_n("Daily Lantern", "6", "5"), with_n("A very long name of a paper", "6")
    ('Daily Lantern (n = 6, 5)', 'A very long name of a paper\\n(n = 6)')
    """
    return f"{wrap(name, letters)}{' ' if len(name) <= width else chr(10)}(n = {', '.join(sizes)})"


def span(numbers: Iterable[float]) -> str:
    """Whole numbers as one, or as the range that they have.

    >>> span([108, 108]), span([1098, 1108])
    ('108', '1,098–1,108')
    """
    low, high = min(numbers := list(numbers)), max(numbers)
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def listed(parts: Sequence[str], most: int = 12) -> str:
    """Parts of an alternative text; of many the first ones and how many more there are (chosen: nobody listens to 40).

    >>> listed(["a", "b", "c"], 2)
    'a; b; and 1 more'
    """
    return "; ".join(parts if len(parts) <= most else [*parts[:most], f"and {len(parts) - most} more"])


def need(table: pd.DataFrame, what: str, columns: Sequence[str] = ()) -> None:
    """Raise FigureError for a table that is empty or lacks a column."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise FigureError(
            f"The table of {what} has no column {missing[0]!r}; it has {', '.join(map(str, table.columns[:8]))} ..."
        )
    if not len(table):
        raise FigureError(f"There is nothing to draw: the table of {what} is empty.")
