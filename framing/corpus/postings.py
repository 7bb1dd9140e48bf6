"""Which pairs of articles share enough shingles to be counted: an inverted index that loses no pair.

A pair counts as sharing passages when the smaller article has at least a share `least` of its shingles in common with the
other. For that it need not be looked for by its commonest shingles: of each article as many of the most widespread ones are
left out of the search as half of what it would have to share, so that the other half must still be found among the rest. A
formula or a line of page furniture that stands in thousands of articles is then never paired, and still no pair is lost; what
remains is counted exactly, the formulas included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.corpus.days import Days
from framing.corpus.shingles import Hashes, Ints

# Pairs of equal shingles that are held at once (chosen: about half a gigabyte).
MOST_AT_ONCE = 16_000_000


@dataclass(frozen=True)
class Index:
    """Every shingle that stands in more than one article, with its articles."""

    article: Ints
    """The article of each posting, by shingle and within it by day; articles without a day stand last."""
    shingle: Ints
    """The shingle of each posting, numbered."""
    sizes: Ints
    """Of each article, its different shingles, those that no other article has included."""
    days: Days
    """Of each article."""

    @cached_property
    def by_article(self) -> Ints:
        """The postings article by article, in the order of their shingles."""
        return np.argsort(self.article, kind="stable")

    @cached_property
    def bounds(self) -> Ints:
        """Where each article begins in `by_article`, and where the last one ends."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.article, minlength=len(self.sizes)))])

    @cached_property
    def keys(self) -> Ints:
        """Article and shingle of each posting as one number, ascending."""
        order = self.by_article
        return self.article[order].astype(np.int64) * (self.n_shingles + 1) + self.shingle[order]

    @property
    def n_shingles(self) -> int:
        """Different shingles that are shared."""
        return int(self.shingle[-1]) + 1 if len(self.shingle) else 0


def index_shingles(hashes: Hashes, article: Ints, days: Days) -> Index:
    """The index of some shingles, given in the order of their articles."""
    order = np.argsort(hashes, kind="stable")
    hashes, article = hashes[order], article[order]
    del order  # the largest table of all
    new = np.ones(len(hashes), dtype=bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (article[1:] != article[:-1])
    hashes, article = hashes[new], article[new]
    sizes = np.bincount(article, minlength=len(days))
    alone = np.ones(len(hashes) + 1, dtype=bool)
    alone[1:-1] = hashes[1:] != hashes[:-1]
    shared = ~(alone[:-1] & alone[1:])
    shingle = (np.cumsum(alone[:-1] & shared) - 1)[shared]
    article = article[shared]
    day = np.where(np.isnan(days), np.inf, days)[article]
    within = np.lexsort((article, day, shingle))
    return Index(article[within], shingle[within], sizes, days)


def propose_pairs(index: Index, window: float, least: float) -> Iterator[tuple[Ints, Ints]]:
    """Pairs (smaller article, larger article) that may reach `least`, some at a time; no pair that does is missing."""
    needed = np.ceil(least * index.sizes - 1e-9).astype(np.int64)
    left_out = needed // 2
    asked = _rarest(index, left_out)
    ranges = _within_window(index, window)
    cost = sum((stop - start)[index.by_article] * asked for start, stop in ranges)
    total = np.concatenate([[0], np.cumsum(cost)])
    for first, last in _portions(total[index.bounds]):
        chosen = index.by_article[index.bounds[first] : index.bounds[last]][asked[index.bounds[first] : index.bounds[last]]]
        small, large = _meet(index, chosen, ranges)
        pair, shared = np.unique(small * len(index.sizes) + large, return_counts=True)
        small, large = np.divmod(pair, len(index.sizes))
        enough = shared >= (needed - left_out)[small]
        yield small[enough], large[enough]


def _rarest(index: Index, left_out: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Of the postings by article, those that are searched by: all but the most widespread ones of each article."""
    order = index.by_article
    spread = np.bincount(index.shingle, minlength=index.n_shingles)[index.shingle[order]]
    ranked = np.lexsort((-spread, index.article[order]))
    asked = np.zeros(len(order), dtype=bool)
    place = np.arange(len(order)) - np.repeat(index.bounds[:-1], np.diff(index.bounds))
    asked[ranked] = place >= np.repeat(left_out, np.diff(index.bounds))
    return asked


def _within_window(index: Index, window: float) -> list[tuple[Ints, Ints]]:
    """For each posting, the postings of its shingle within the window, as two ranges: with a day, and without one."""
    days, article = index.days, index.article
    known = days[~np.isnan(days)]
    start, length = (float(known.min()), float(np.ptp(known)) + 1) if len(known) else (0.0, 1.0)
    reach = float(min(window, length))
    span = length + 2 * reach + 2  # so that no window reaches into the next shingle
    day = np.where(np.isnan(days), length + 2 * reach + 1, days - start + reach)[article]
    base = index.shingle * span
    key = base + day
    undated = np.isnan(days)[article]
    first, last = np.searchsorted(key, base), np.searchsorted(key, base + span)
    low = np.where(undated, first, np.searchsorted(key, key - reach))
    high = np.where(undated, last, np.searchsorted(key, key + reach, side="right"))
    rest = np.where(undated, last, np.searchsorted(key, base + span - 1))
    return [(low, high), (rest, last)]


def _portions(total: Ints) -> Iterator[tuple[int, int]]:
    """Runs of articles, of about `MOST_AT_ONCE` meetings each."""
    first = 0
    while first < len(total) - 1:
        last = max(int(np.searchsorted(total, total[first] + MOST_AT_ONCE, side="right")) - 1, first + 1)
        yield first, last
        first = last


def _meet(index: Index, chosen: Ints, ranges: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """The articles of chosen postings and the larger articles that they meet in their ranges, once for each shingle."""
    found = []
    for start, stop in ranges:
        n = (stop - start)[chosen]
        other = index.article[spread_ranges(start[chosen], n)]
        small = np.repeat(index.article[chosen], n)
        sizes = index.sizes
        larger = (sizes[other] > sizes[small]) | ((sizes[other] == sizes[small]) & (other > small))
        found.append((small[larger].astype(np.int64), other[larger].astype(np.int64)))
    return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])


def spread_ranges(start: Ints, length: Ints) -> Ints:
    """All whole numbers of some ranges, one range after the other.

    >>> spread_ranges(np.array([3, 10]), np.array([2, 3])).tolist()
    [3, 4, 10, 11, 12]
    """
    first = np.cumsum(length) - length
    return np.arange(length.sum()) + np.repeat(start - first, length)


def count_shared(index: Index, small: Ints, large: Ints) -> Ints:
    """Shingles that both articles of each pair have, exactly."""
    shared = np.zeros(len(small), np.int64)
    lengths = np.diff(index.bounds)[small]
    total = np.concatenate([[0], np.cumsum(lengths)])
    for first, last in _portions(total):
        n = lengths[first:last]
        own = index.keys[spread_ranges(index.bounds[small[first:last]], n)] % (index.n_shingles + 1)
        asked = np.repeat(large[first:last], n) * (index.n_shingles + 1) + own
        place = np.minimum(np.searchsorted(index.keys, asked), len(index.keys) - 1)
        pair = np.repeat(np.arange(last - first), n)
        shared[first:last] = np.bincount(pair, weights=index.keys[place] == asked, minlength=last - first)
    return shared
