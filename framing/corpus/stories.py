"""Stories: articles on the same event, matched by their words, and the pairs about which a reader should decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.corpus.days import Days, number_days
from framing.corpus.likeness import Floats, Matrix, mean_of_nearest, weigh_articles
from framing.corpus.linkage import link_completely
from framing.corpus.progress import follow
from framing.corpus.shingles import Ints, Vocabulary, number_words, texts_alone

UNCERTAIN_COLUMNS = (
    "article", "article_2", "outlet", "outlet_2", "title", "title_2", "days_apart", "likeness", "excess", "together",
)  # fmt: skip
WINDOW_DAYS = 3
LIKENESS = 0.1
"""Likeness from which two articles within a window of a few days tell the same story."""
EXCESS, LEAST_LIKE = 0.01, 0.12
"""By text only (or within more than `LONG_WINDOW` days): likeness above what is usual for the two, and the least likeness that is
asked for whatever is usual. All three were chosen near what cross-validation over the stories of a news corpus picked
(benchmarks/stories.py); the least likeness so that articles which nobody else tells of are joined less often."""
LONG_WINDOW = 7
NEIGHBOURS, MOST_USUAL = 10, 0.2
"""Articles that say what likeness is usual for an article, and the most that is taken for usual, so that a story told by very
many outlets is not its own background (both chosen)."""
MOST_ASKED = 2000
"""Articles among which those are looked for, spread evenly over the dates (the size of the corpora that were calibrated on)."""


def match_stories(
    articles: pd.DataFrame,
    *,
    window_days: float | None = WINDOW_DAYS,
    one_per_outlet: bool = False,
    threshold: float | None = None,
    threshold_text_only: float | None = None,
    excluded: pd.DataFrame | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """The articles with `story` filled: the same name for articles on the same event, empty for an article that is alone.

    A story has the id of its earliest article. `story_likeness` is how like its least like member of the story an article is
    (0 to 1, missing for one that is alone). A `story` that was filled before is kept as `story_as_read`.

    Articles are alike when they share words and pairs of words that few others have (`framing.corpus.likeness`). In a story
    every two articles are alike enough (complete linkage), which means:

    - within `window_days` (3) of each other their likeness is at least `threshold`; articles further apart are never one story;
    - by text only (`window_days=None`, or more than a week) they are more alike, by `threshold_text_only`, than each of them is
      on average to the ten articles most like it: that both are about the same person is not enough. Where a window is asked
      for, an article without an ISO date is matched like this, and named in `.attrs["undated"]`.

    `one_per_outlet=True`: an outlet tells a story once. Page furniture is left out (`excluded`, or what is found now).

    `.attrs` holds `threshold`, `threshold_text_only`, `least_likeness`, `window_days`, `undated` and `chosen`, a sentence on how
    the thresholds came about. They are never sure: read `list_uncertain(...)` and set `story` by hand where it is wrong. Text
    alone often joins an article on what nobody else tells with the likest one (docs/stories.md): give a window if you can.
    `progress` shows a bar (default: where it is seen).

    Raises ArticlesError for a table without `article` and `text`.

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> demo = read_articles(DEMO)
    >>> matched = match_stories(demo, threshold=0.05)
    >>> matched.groupby("story_as_read")["story"].nunique().tolist(), matched["story"].nunique()
    ([1, 1, 1, 1, 1, 1], 6)
    """
    asked = Asked.of(window_days, threshold, threshold_text_only)
    corpus = _read(articles, excluded, progress)
    first, second, likeness, excess = _pairs(corpus, asked, one_per_outlet, 0.0, progress)
    surplus = asked.surplus(corpus.days, first, second, likeness, excess)
    groups = link_completely(len(articles), first, second, surplus)
    story = _name(articles, corpus.days, groups)
    matched = articles.copy()
    if "story" in articles and (articles["story"].fillna("") != "").any():
        matched["story_as_read"] = articles["story"]
    matched["story"] = story
    matched["story_likeness"] = _least(len(articles), groups, first, second, likeness)
    undated = articles["article"][np.isnan(corpus.days)].astype("str").tolist() if window_days is not None else []
    matched.attrs.update(
        threshold=asked.likeness, threshold_text_only=asked.excess, least_likeness=LEAST_LIKE, window_days=window_days,
        undated=undated, chosen=asked.chosen,
    )  # fmt: skip
    return matched


def list_uncertain(
    articles: pd.DataFrame,
    *,
    margin: float = 0.03,
    window_days: float | None = WINDOW_DAYS,
    one_per_outlet: bool = False,
    threshold: float | None = None,
    threshold_text_only: float | None = None,
    excluded: pd.DataFrame | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Pairs of matched articles to be read: those within `margin` of the threshold, the nearest to it first.

    Give it what `match_stories` gave, and the same arguments. Columns: article article_2 outlet outlet_2 title title_2 days_apart
    likeness (0 to 1) excess (likeness above what is usual for the two) together (whether they stand in one story now).
    `progress` shows a bar (default: where it is seen).

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> list_uncertain(match_stories(read_articles(DEMO)), margin=0.002).columns.tolist()[:3]
    ['article', 'article_2', 'outlet']
    """
    asked = Asked.of(window_days, threshold, threshold_text_only)
    corpus = _read(articles, excluded, progress)
    first, second, likeness, excess = _pairs(corpus, asked, one_per_outlet, margin, progress)
    away = np.abs(asked.surplus(corpus.days, first, second, likeness, excess))
    near = np.flatnonzero(away <= margin)
    near = near[np.lexsort((second[near], first[near], away[near].round(12)))]
    first, second = first[near], second[near]
    one, other = (articles.iloc[rows].reset_index(drop=True) for rows in (first, second))
    blank_column = pd.Series("", index=one.index, dtype="str")
    columns = {
        **{f"{name}{end}": side.get(name, blank_column) for name in ("article", "outlet", "title")
           for end, side in (("", one), ("_2", other))},
        "days_apart": np.abs(corpus.days[first] - corpus.days[second]), "likeness": likeness[near], "excess": excess[near],
        "together": (one["story"] == other["story"]) & (one["story"] != ""),
    }  # fmt: skip
    return pd.DataFrame(columns, columns=list(UNCERTAIN_COLUMNS))


@dataclass(frozen=True)
class Asked:
    """What makes two articles one story."""

    window: float
    """Days that they may be apart; infinite for text only."""
    by_text: bool
    """Whether the window is so long that they are matched by text only."""
    likeness: float
    """The likeness that two articles with dates need within a short window."""
    excess: float
    """The likeness above the usual that two articles need otherwise."""
    chosen: str
    """How the thresholds came about."""

    @classmethod
    def of(cls, window_days: float | None, threshold: float | None, threshold_text_only: float | None) -> Asked:
        """What the arguments of `match_stories` mean."""
        window = np.inf if window_days is None else float(window_days)
        own = threshold is not None or threshold_text_only is not None
        return cls(
            window,
            window > LONG_WINDOW,
            LIKENESS if threshold is None else threshold,
            EXCESS if threshold_text_only is None else threshold_text_only,
            "given by the user" if own else "cross-validation over the stories of a news corpus (benchmarks/stories.py)",
        )

    def surplus(self, days: Days, first: Ints, second: Ints, likeness: Floats, excess: Floats) -> Floats:
        """How far each pair is above what it needs; below 0 it is not one story."""
        by_text = np.minimum(excess - self.excess, likeness - LEAST_LIKE)
        return np.where(np.isnan(days[first] + days[second]) | self.by_text, by_text, likeness - self.likeness)


@dataclass(frozen=True)
class Weighed:
    """Articles as they are compared."""

    matrix: Matrix
    """The weighed words of each article."""
    days: Days
    """Missing where there is no date."""
    outlet: Ints
    """The outlet of each article, numbered."""
    order: Ints
    """The articles by date; those without one stand last."""


def _read(articles: pd.DataFrame, excluded: pd.DataFrame | None, progress: bool | None) -> Weighed:
    texts = texts_alone(articles, excluded, progress)
    titled = articles if "title" in articles else articles.assign(title="")
    vocabulary = Vocabulary()
    titles = number_words(titled["title"].fillna("").astype("str").tolist(), vocabulary)
    days = number_days(articles)
    outlet = pd.factorize(articles["outlet"])[0] if "outlet" in articles else np.arange(len(articles))
    matrix = weigh_articles(titles, number_words(texts, vocabulary))
    return Weighed(matrix, days, outlet, np.argsort(np.where(np.isnan(days), np.inf, days), kind="stable"))


def _pairs(
    corpus: Weighed, asked: Asked, one_per_outlet: bool, margin: float, progress: bool | None
) -> tuple[Ints, Ints, Floats, Floats]:
    """Pairs that may be one story (first < second), with likeness and excess."""
    usual = np.minimum(mean_of_nearest(corpus.matrix, corpus.order, NEIGHBOURS, MOST_ASKED, progress), MOST_USUAL)
    parts = [*_blocks(corpus, asked.window, min(asked.likeness, LEAST_LIKE) - margin, progress)] or [
        (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    ]
    first, second, likeness = (np.concatenate(column) for column in zip(*parts, strict=True))
    first, second = np.minimum(first, second), np.maximum(first, second)
    excess = likeness - (usual[first] + usual[second]) / 2
    kept = asked.surplus(corpus.days, first, second, likeness, excess) >= -margin
    if one_per_outlet:
        kept &= corpus.outlet[first] != corpus.outlet[second]
    return first[kept], second[kept], likeness[kept], excess[kept]


def _blocks(corpus: Weighed, window: float, least: float, progress: bool | None) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Pairs within the window that may be alike enough, block by block in the order of dates."""
    order, days = corpus.order, corpus.days[corpus.order]
    ordered = corpus.matrix[order]
    columns = ordered.T.tocsr()
    dated = int((~np.isnan(days)).sum())
    for start in follow(range(0, len(order), 256), "stories", progress, unit="blocks of 256 articles"):
        stop = min(start + 256, len(order))
        last = int(np.searchsorted(days[:dated], days[stop - 1] + window, side="right")) if stop <= dated else len(order)
        asked = np.unique([*range(start, max(last, stop)), *range(max(dated, start), len(order))])
        like = (ordered[start:stop] @ columns[:, asked]).toarray()
        row, column = np.nonzero(like >= max(least, 1e-9))
        a, b = row + start, asked[column]
        kept = (a < b) & ~(np.abs(days[a] - days[b]) > window)  # a missing day is within every window
        yield order[a[kept]], order[b[kept]], like[row[kept], column[kept]]


def _name(articles: pd.DataFrame, days: Days, groups: list[int]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """The id of the earliest article of each one's group; nothing for an article that is alone."""
    table = pd.DataFrame(
        {"group": groups, "day": np.where(np.isnan(days), np.inf, days), "article": articles["article"].to_numpy()}
    )
    first = table.sort_values("day", kind="stable").groupby("group")["article"].first()
    alone = table["group"].map(table["group"].value_counts()) == 1
    return table["group"].map(first).astype("str").where(~alone, "").to_numpy(dtype=object)


def _least(n: int, groups: list[int], first: Ints, second: Ints, likeness: Floats) -> Floats:
    """Of each article, the likeness to the member of its group that is least like it."""
    least = np.full(n, np.nan)
    group = np.array(groups, dtype=np.int64)
    for side in (first, second):
        inside = group[first] == group[second]
        np.fmin.at(least, side[inside], likeness[inside])
    return least
