"""Scores for regression: one row for each article, measure and voice, and back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.compare.quantities import ContrastError, Quantity, check_scores, choose_quantity

IDENTITY = ("article", "outlet", "story", "topic", "date")
LONG_COLUMNS = (*IDENTITY, "measure", "voice", "count", "exposure", "n_words")


def to_long(scores: pd.DataFrame, measures: str | Sequence[str], *, voice: str | Sequence[str] = "journalist") -> pd.DataFrame:
    """The scores of some measures with one row for each article, measure and voice, as regressions want them.

    Columns: `article outlet story topic date` (those the scores have), `measure`, `voice`, `count`, `exposure` (what the count
    is a count over: the words of that voice; for attributions all words, for their kinds all attributions) and `n_words` (the
    article's length). `voice` is one voice or several (journalist, quoted, reported, all); attributions have none, so they stand
    once, with `all`. Rows come in the order of the articles, then of measures and voices. An exposure of 0 stays: drop such rows
    before taking its log.

    Raises ContrastError for an unknown measure or voice and for counts that are missing or negative.

    >>> scores = pd.DataFrame({"article": ["a"], "outlet": ["x"], "hedging": [3], "n_words": [400], "n_attributions": [7]})
    >>> to_long(scores, ["hedging", "attributions"], voice="all").values.tolist()
    [['a', 'x', 'hedging', 'all', 3, 400, 400], ['a', 'x', 'attributions', 'all', 7, 400, 400]]
    """
    chosen = _list_quantities(measures, voice)
    check_scores(scores, [quantity for _, quantity in chosen], None, None, None, None)
    if not chosen:
        raise ContrastError("No measure was asked for; name one or more in measures=.")
    ordered = scores.reset_index(drop=True)
    identity = [name for name in (*IDENTITY, "n_words") if name in scores.columns]
    parts = [
        ordered[identity].assign(
            measure=quantity.measure, voice=spoken, count=ordered[quantity.count], exposure=ordered[quantity.exposure]
        )
        for spoken, quantity in chosen
    ]
    rows = pd.concat(parts).sort_index(kind="stable")
    return rows[[name for name in LONG_COLUMNS if name in rows.columns]].reset_index(drop=True)


def _list_quantities(measures: str | Sequence[str], voice: str | Sequence[str]) -> list[tuple[str, Quantity]]:
    """(voice, quantity) in the order asked for, each once: a measure without voices is the same quantity in all of them."""
    names, voices = ([one] if isinstance(one, str) else list(one) for one in (measures, voice))
    found = {}
    for name in names:
        for spoken in voices:
            quantity = choose_quantity(name, spoken)
            found[quantity] = "all" if quantity.count in (name, "n_attributions") else spoken
    return [(spoken, quantity) for quantity, spoken in found.items()]


def to_wide(long: pd.DataFrame) -> pd.DataFrame:
    """A long table as scores again: one row per article with the columns `to_long` read, so that the way there loses nothing.

    Columns: those of the article (all columns of `long` but measure, voice, count and exposure), then the count and the exposure
    of each measure and voice under their names in the scores.

    Raises ContrastError where an article lacks one of the rows or has it twice, or where its rows contradict each other.

    >>> words = {"n_words": [400, 300], "n_words_journalist": [310, 200]}
    >>> scores = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "hedging_journalist": [3, 1], **words})
    >>> wide = to_wide(to_long(scores, "hedging"))
    >>> wide.equals(scores[wide.columns]) and set(wide.columns) == set(scores.columns)
    True
    """
    missing = [name for name in ("article", "measure", "voice", "count", "exposure") if name not in long.columns]
    if missing:
        raise ContrastError(f"The long table has no column {missing[0]!r}; make it with to_long().")
    own = [name for name in long.columns if name not in ("measure", "voice", "count", "exposure")]
    wide = _agree(long, own)
    for (measure, spoken), rows in long.groupby(["measure", "voice"], sort=False):
        quantity = choose_quantity(measure, spoken)
        values = rows[["article", "count", "exposure"]].set_index("article")
        _check_rows(values.index, wide["article"], measure, spoken)
        for column, name in ((quantity.count, "count"), (quantity.exposure, "exposure")):
            found = values[name].reindex(wide["article"]).to_numpy()
            _check_same(wide, column, found)
            wide[column] = found
    return wide


def _agree(long: pd.DataFrame, own: list[str]) -> pd.DataFrame:
    """The columns of the article, one row for each article; they must be the same in all of its rows."""
    wide = long[own].drop_duplicates(ignore_index=True)
    twice = wide["article"][wide["article"].duplicated()]
    if len(twice):
        rows = wide[wide["article"] == twice.iloc[0]]
        column = next(name for name in own if len(rows[name].drop_duplicates()) > 1)
        raise ContrastError(f"The rows of article {twice.iloc[0]!r} differ in {column!r}; an article has one {column}.")
    return wide


def _check_rows(found: pd.Index, articles: pd.Series[str], measure: str, voice: str) -> None:
    twice = found[found.duplicated()]
    if len(twice):
        raise ContrastError(f"The article {twice[0]!r} has two rows for {measure!r} in the voice {voice!r}; keep one.")
    missing = articles[~articles.isin(found)]
    if len(missing):
        raise ContrastError(f"The article {missing.iloc[0]!r} has no row for {measure!r} in the voice {voice!r}; give every row.")


def _check_same(wide: pd.DataFrame, column: str, found: object) -> None:
    if column in wide.columns and (wide[column] != found).any():
        article = wide.loc[wide[column] != found, "article"].iloc[0]
        raise ContrastError(f"The rows of article {article!r} give {column!r} two values; keep one.")
