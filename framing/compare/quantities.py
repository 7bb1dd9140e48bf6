"""What is compared: a count over an exposure, and whether a scores table can give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

# Below 5 occurrences the ratio is 0 or infinite in 16 % of simulated draws.
MIN_COUNT = 5


class ContrastError(ValueError):
    """A contrast that was asked for and cannot exist; the sentence names what is known."""


@dataclass(frozen=True)
class Quantity:
    """What is compared: a count over an exposure."""

    measure: str
    """The name the user gave."""
    count: str
    """Column of the counts."""
    exposure: str
    """Column of the exposures; empty where every article counts the same."""
    per: int
    """Rates are given per so many units of exposure."""


def choose_quantity(measure: str, voice: str = "journalist", exposure: str | None = None) -> Quantity:
    """The columns behind a measure: words of one voice for words, all words for attributions, all attributions for their kinds.

    `exposure` names another column to count over: rates are per 1,000 of words and per 100 of anything else.

    >>> choose_quantity("hedging")
    Quantity(measure='hedging', count='hedging_journalist', exposure='n_words_journalist', per=1000)
    >>> choose_quantity("attributions_stance_neutral").exposure
    'n_attributions'
    """
    chosen = _choose(measure, voice)
    if exposure is None:
        return chosen
    return Quantity(measure, chosen.count, exposure, 1000 if exposure.startswith("n_words") else 100)


def _choose(measure: str, voice: str) -> Quantity:
    if measure in ("attributions", "n_attributions"):
        return Quantity(measure, "n_attributions", "n_words", 1000)
    if measure.startswith("attributions_"):
        return Quantity(measure, measure, "n_attributions", 100)
    if measure.startswith("n_"):
        return Quantity(measure, measure, "n_words", 100)
    if voice == "all":
        return Quantity(measure, measure, "n_words", 1000)
    return Quantity(measure, f"{measure}_{voice}", f"n_words_{voice}", 1000)


def choose_value(measure: str) -> Quantity:
    """A column whose means per article are compared: an index that is no count, such as TextBlob's polarity.

    >>> choose_value("tone_polarity")
    Quantity(measure='tone_polarity', count='tone_polarity', exposure='', per=1)
    """
    return Quantity(measure, measure, "", 1)


def check_scores(
    scores: pd.DataFrame, quantities: Sequence[Quantity], strata: str | None, cluster: str | None, reference: str | None,
    outlets: Sequence[str] | None,
) -> None:  # fmt: skip
    """Raise ContrastError for an unknown measure, outlet or column, a repeated article, a count that is missing or negative."""
    for quantity in quantities:
        columns = [column for column in (quantity.count, quantity.exposure) if column]
        missing = [column for column in columns if column not in scores.columns]
        if missing:
            known = [
                name.removesuffix("_journalist")
                for name in scores.columns
                if name.endswith("_journalist") and not name.startswith("n_")
            ]
            raise ContrastError(
                f"There is no measure {quantity.measure!r} in the scores: the column {missing[0]!r} is missing; "
                f"known are {', '.join(known) or 'none'}."
            )
        for column in columns:
            bad = scores[scores[column].isna() | ((scores[column] < 0) & bool(quantity.exposure))]
            if len(bad):
                value, article = bad[column].iloc[0], bad["article"].iloc[0]
                ask = "counts are 0 or more" if quantity.exposure else "give a number or leave the article out"
                raise ContrastError(f"The column {column!r} holds {value} for article {article!r}; {ask}.")
    for option, name in (("strata", strata), ("cluster", cluster)):
        if name is not None and name not in scores.columns:
            raise ContrastError(f"There is no column {name!r} for {option}=; the scores have {', '.join(scores.columns[:6])} ...")
    known_outlets = set(scores["outlet"])
    for name in [*([reference] if reference is not None else []), *(outlets or [])]:
        if name not in known_outlets:
            raise ContrastError(f"There is no outlet {name!r} in the scores; known are {', '.join(sorted(known_outlets))}.")
    twice = scores["article"][scores["article"].duplicated()]
    if len(twice):
        raise ContrastError(f"The article {twice.iloc[0]!r} stands twice in the scores; keep one row for each article.")


def divide(numerator: float, denominator: float) -> float:
    """A ratio; infinite over 0, and missing where both are 0."""
    if denominator > 0:
        return float(numerator / denominator)
    return float("nan") if numerator == 0 else float("inf")
