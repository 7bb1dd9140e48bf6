"""Copies: pairs of articles of which one repeats the other, whole or in part, and the groups that they form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.corpus.days import Days, number_days
from framing.corpus.passages import PASSAGE_COLUMNS, align_words, describe_passages
from framing.corpus.postings import Index, count_shared, index_shingles, propose_pairs
from framing.corpus.progress import follow
from framing.corpus.readers import ArticlesError
from framing.corpus.shingles import Ints, Words, number_words, shingle_texts, texts_alone, word_spans

COLUMNS = (
    "article", "article_2", "outlet", "outlet_2", "days_apart", "n_shared", "n_shingles", "n_shingles_2", "containment",
    "jaccard", "coverage", "kind",
)  # fmt: skip
COPY, SHARED = 0.5, 0.1
"""Containment from which a pair is a copy, and from which it shares passages (benchmarks/copies.py: of 44,550 pairs of news
articles on different stories none reaches .1, of 300 on the same story none .5)."""
COVERED = 0.45
"""Coverage from which a pair is a copy too (chosen: an article of which just half was copied falls now above .5, now below)."""
WINDOW_DAYS = 14
# A shared formula or two make no pair of two short notes (chosen).
MIN_SHARED = 3
MOST_EXACT = 100_000
"""Articles up to which every pair is looked for; above it, pairs are proposed by a sample of their shingles."""
SAMPLED = 8
"""One shingle of so many is in that sample (chosen: a copy of 50 words is then missed in 1 of 460 cases, a longer one hardly)."""


def find_copies(
    articles: pd.DataFrame,
    *,
    window_days: float = WINDOW_DAYS,
    excluded: pd.DataFrame | None = None,
    most_exact: int = MOST_EXACT,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Pairs of articles that share passages, one row each; the first of a pair is the earlier one, then the one that stands
    first.

    Columns: article article_2 outlet outlet_2; days_apart (missing without dates); n_shared, n_shingles, n_shingles_2
    (different runs of five words: common, in the first, in the second); containment (n_shared over the smaller of the two,
    Broder 1997); jaccard (n_shared over all); coverage (share of the shorter article's words that stand again in the other in
    passages that run alike, changed words inside them not counted; see `list_passages`); kind: `copy` where containment is .5
    or coverage .45 or more, so that a copy in which every fifth word was changed is one, and `shared` from a containment of
    .1 on.

    Only articles within `window_days` (14) of each other are compared; one without an ISO date is compared with all. Page
    furniture is left out: what `excluded` lists (`annotate(...).excluded`), or what is found now. Case and punctuation do not
    count.

    Every pair that reaches .1 is found, up to `most_exact` articles. Above, pairs are proposed by a sample of their shingles
    (every eighth, by their hash: FracMinHash, Irber et al. 2022) and then counted exactly; `.attrs["exact"]` says which it was.
    `progress` shows a bar (default: where it is seen).

    Raises ArticlesError for a table without `article` and `text`.

    >>> text = "The envoys of both sides met in Sorrel on Monday and agreed to meet again within a week."
    >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "text": [text, "Orrel. " + text]})
    >>> find_copies(articles)[["article", "article_2", "containment", "kind"]].values.tolist()
    [['a', 'b', 1.0, 'copy']]
    """
    corpus = read_corpus(articles, excluded, progress)
    exact = len(articles) <= most_exact
    index, small, large = _search(corpus, window_days, exact)
    shared = count_shared(index, small, large)
    smaller = index.sizes[small]
    enough = (shared >= SHARED * smaller - 1e-9) & (shared >= np.minimum(MIN_SHARED, smaller))
    small, large, shared = small[enough], large[enough], shared[enough]
    first, second = _in_order(small, large, corpus.days)
    pairs = _table(articles, corpus, index.sizes, first, second, shared, progress)
    pairs.attrs.update(exact=exact, window_days=window_days, copy=COPY, covered=COVERED, shared=SHARED)
    return pairs


@dataclass(frozen=True)
class Corpus:
    """The words and days of some articles."""

    words: Words
    """Numbered; without page furniture."""
    texts: list[str]
    """The texts with page furniture blanked."""
    days: Days
    """Missing where there is no date."""


def read_corpus(articles: pd.DataFrame, excluded: pd.DataFrame | None, progress: bool | None) -> Corpus:
    """The words of articles, page furniture left out.

    Raises ArticlesError for a table without `article` and `text`.
    """
    texts = texts_alone(articles, excluded, progress)
    return Corpus(number_words(texts), texts, number_days(articles))


def _search(corpus: Corpus, window: float, exact: bool) -> tuple[Index, Ints, Ints]:
    """The index and the pairs (smaller, larger) that may reach `SHARED`."""
    if exact:
        index = index_shingles(*shingle_texts(corpus.words), corpus.days)
        return index, *_joined(propose_pairs(index, window, SHARED))
    hashes, article = shingle_texts(corpus.words)
    sampled = hashes < np.uint64(2**64 // SAMPLED)
    some = index_shingles(hashes[sampled], article[sampled], corpus.days)
    # A third of the share, because a sample may hold fewer of the shared shingles than its part.
    small, large = _joined(propose_pairs(some, window, SHARED / 3))
    proposed = np.zeros(len(corpus.days), dtype=bool)
    proposed[small] = proposed[large] = True
    chosen = proposed[article]
    index = index_shingles(hashes[chosen], article[chosen], corpus.days)
    smaller = index.sizes[small] <= index.sizes[large]
    return index, np.where(smaller, small, large), np.where(smaller, large, small)


def _joined(parts: object) -> tuple[Ints, Ints]:
    pairs = [*parts] or [(np.zeros(0, np.int64), np.zeros(0, np.int64))]  # type: ignore[misc]
    return np.concatenate([one[0] for one in pairs]), np.concatenate([one[1] for one in pairs])


def _in_order(small: Ints, large: Ints, days: Days) -> tuple[Ints, Ints]:
    """The earlier article of each pair first; without dates, or on the same day, the one that stands first in the table."""
    day, other = days[small], days[large]
    swap = np.where(day == other, large < small, other < day) | ((np.isnan(day) | np.isnan(other)) & (large < small))
    return np.where(swap, large, small), np.where(swap, small, large)


def _table(
    articles: pd.DataFrame, corpus: Corpus, sizes: Ints, first: Ints, second: Ints, shared: Ints, progress: bool | None
) -> pd.DataFrame:
    order = np.lexsort((second, first))
    first, second, shared = first[order], second[order], shared[order]
    ids = articles["article"].astype("str").to_numpy(dtype=object)
    outlets = articles.get("outlet", pd.Series("unknown", articles.index)).astype("str").to_numpy(dtype=object)
    n, n_2 = sizes[first], sizes[second]
    containment = shared / np.minimum(n, n_2)
    couples = follow(list(zip(first.tolist(), second.tolist(), strict=True)), "copies", progress, unit="pairs")
    coverage = np.array([_coverage(corpus.words, a, b) for a, b in couples], dtype=float)
    kind = np.where((containment >= COPY) | (coverage >= COVERED), "copy", "shared")
    columns = (
        ids[first], ids[second], outlets[first], outlets[second], np.abs(corpus.days[first] - corpus.days[second]),
        shared, n, n_2, containment, shared / (n + n_2 - shared), coverage, kind,
    )  # fmt: skip
    strings = ("article", "article_2", "outlet", "outlet_2", "kind")
    named = zip(COLUMNS, columns, strict=True)
    return pd.DataFrame({name: pd.array(list(one), dtype="str") if name in strings else one for name, one in named})


def _coverage(words: Words, first: int, second: int) -> float:
    """The share of the shorter article's words that stand again in the other, in passages that run alike."""
    a, b = words.of(first), words.of(second)
    if np.array_equal(a, b):
        return 1.0
    return sum(passage.n_same for passage in align_words(a, b)) / max(min(len(a), len(b)), 1)


def list_passages(
    articles: pd.DataFrame, pairs: pd.DataFrame, *, excluded: pd.DataFrame | None = None, progress: bool | None = None
) -> pd.DataFrame:
    """The passages that the two articles of each pair have in common, with offsets into both texts; one row each.

    Columns: article article_2; start end text (in the first article), start_2 end_2 text_2 (in the second); n_words (of the
    passage in the first), n_same (words that are the same in both). A passage begins and ends with five words that both have;
    inside it words may have been changed.

    `pairs` is what `find_copies` gives, or some of its rows. `progress` shows a bar (default: where it is seen).

    >>> text = "The envoys of both sides met in Sorrel on Monday and agreed to meet again within a week."
    >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "text": [text, "Orrel. " + text]})
    >>> list_passages(articles, find_copies(articles))[["start", "end", "start_2", "end_2", "n_same"]].values.tolist()
    [[0, 87, 7, 94, 18]]
    """
    named = set(pairs["article"]) | set(pairs["article_2"])
    some = articles[articles["article"].isin(named)].reset_index(drop=True)
    unknown = sorted(named - set(some["article"]))
    if unknown:
        raise ArticlesError(f"There is no article {unknown[0]!r} in the articles; give the table that the pairs were found in.")
    corpus = read_corpus(some, excluded, progress)
    place = {article: number for number, article in enumerate(some["article"])}
    texts = some["text"].tolist()
    spans = {number: word_spans(corpus.texts[number]) for number in place.values()}
    couples = list(zip(pairs["article"], pairs["article_2"], strict=True))
    rows = [
        (article, article_2, *row)
        for article, article_2 in follow(couples, "passages", progress, unit="pairs")
        for a, b in [(place[article], place[article_2])]
        for row in describe_passages(corpus.words.of(a), corpus.words.of(b), spans[a], spans[b], texts[a], texts[b])
    ]
    return pd.DataFrame(rows, columns=list(PASSAGE_COLUMNS))


def group_copies(articles: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The articles (or scores) with a column `copies`: the same name for all articles that copies connect, empty for the rest.

    Give it to the comparison, so that a text printed by many outlets is one unit: `compare_outlets(..., cluster="copies")`. A
    group has the id of its first article in the table.

    >>> articles = pd.DataFrame({"article": list("abcd")})
    >>> pairs = pd.DataFrame({"article": ["b"], "article_2": ["d"], "kind": ["copy"]})
    >>> group_copies(articles, pairs)["copies"].tolist()
    ['', 'b', '', 'b']
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    copies = pairs[pairs["kind"] == "copy"]
    place = pd.Series(np.arange(len(articles)), index=articles["article"].astype("str"))
    known = copies[copies["article"].isin(place.index) & copies["article_2"].isin(place.index)]
    edges = place[known["article"]].to_numpy(), place[known["article_2"]].to_numpy()
    graph = coo_array((np.ones(len(known)), edges), shape=(len(articles), len(articles)))
    group = connected_components(graph, directed=False)[1]
    first = pd.Series(place.index).groupby(group).transform("first")
    alone = pd.Series(group).groupby(group).transform("size") == 1
    names = first.where(~alone, "").astype("str").set_axis(articles.index).rename("copies")
    grouped = pd.concat([articles.drop(columns="copies", errors="ignore"), names], axis=1)
    grouped.attrs = dict(articles.attrs)
    return grouped
