"""Passages that two articles have in common: runs of equal words, with changed words between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from framing.corpus.shingles import N_WORDS, Ints, hash_shingles

PASSAGE_COLUMNS = ("article", "article_2", "start", "end", "start_2", "end_2", "n_words", "n_same", "text", "text_2")
# Words that may lie between two runs of one passage, in either article (chosen: where every third word was changed, nine of ten
# gaps are shorter), and how much longer the gap may be in one of them (chosen).
MOST_BETWEEN, MOST_LONGER = 40, 10


@dataclass(frozen=True)
class Passage:
    """A stretch of words in one article and its counterpart in another."""

    start: int
    """First word in the first article."""
    end: int
    """The word after the last one."""
    start_2: int
    """First word in the second article."""
    end_2: int
    """The word after the last one."""
    n_same: int
    """Words that are the same in both."""


def align_words(a: Ints, b: Ints) -> list[Passage]:
    """The common passages of two articles, given as numbered words; no word stands in two of them.

    >>> [(one.start, one.end, one.n_same) for one in align_words(np.arange(20), np.array([*range(8), 99, *range(9, 20)]))]
    [(0, 20, 19)]
    """
    passages: list[Passage] = []
    used = np.zeros(len(b), dtype=bool)
    for start, start_2, n in _runs(a, b):
        here = Passage(start, start + n, start_2, start_2 + n, n)
        last = passages[-1] if passages else None
        if last and last.end > here.start:  # the runs overlap in the first article
            cut = last.end - here.start
            here = Passage(last.end, here.end, here.start_2 + cut, here.end_2, n - cut)
        if here.n_same < N_WORDS or used[here.start_2 : here.end_2].any():
            continue
        if last and _continues(last, here):
            between = _same_between(a[last.end : here.start], b[last.end_2 : here.start_2])
            here = Passage(last.start, here.end, last.start_2, here.end_2, last.n_same + between + here.n_same)
            passages.pop()
        passages.append(here)
        used[here.start_2 : here.end_2] = True
    return passages


def _continues(last: Passage, here: Passage) -> bool:
    gap, gap_2 = here.start - last.end, here.start_2 - last.end_2
    return 0 <= gap <= MOST_BETWEEN and 0 <= gap_2 <= MOST_BETWEEN and abs(gap - gap_2) <= MOST_LONGER


def _runs(a: Ints, b: Ints) -> Iterator[tuple[int, int, int]]:
    """Longest runs of equal words as (word in a, word in b, length), in the order of a; of repeated words the first ones."""
    shingles, places = np.unique(hash_shingles(a), return_index=True)
    shingles_2, places_2 = np.unique(hash_shingles(b), return_index=True)
    _, left, right = np.intersect1d(shingles, shingles_2, assume_unique=True, return_indices=True)
    if not len(left):
        return
    start, start_2 = places[left], places_2[right]
    order = np.argsort(start)
    start, start_2 = start[order], start_2[order]
    new = np.ones(len(start), dtype=bool)
    new[1:] = (np.diff(start) != 1) | (np.diff(start_2) != 1)
    first = np.flatnonzero(new)
    length = np.diff(np.append(first, len(start))) + N_WORDS - 1
    yield from zip(start[first].tolist(), start_2[first].tolist(), length.tolist(), strict=True)


def _same_between(a: Ints, b: Ints) -> int:
    """Equal words of two short stretches, in order."""
    if len(a) == len(b):
        in_place = int((a == b).sum())
        if 2 * in_place >= len(a):
            return in_place
    return sum(block.size for block in SequenceMatcher(None, a.tolist(), b.tolist(), autojunk=False).get_matching_blocks())


def describe_passages(
    a: Ints, b: Ints, spans: Sequence[tuple[int, int]], spans_2: Sequence[tuple[int, int]], text: str, text_2: str
) -> Iterator[tuple[int, int, int, int, int, int, str, str]]:
    """The passages as rows: offsets in both texts, words, equal words, and both texts."""
    for one in align_words(a, b):
        start, end = spans[one.start][0], spans[one.end - 1][1]
        start_2, end_2 = spans_2[one.start_2][0], spans_2[one.end_2 - 1][1]
        yield start, end, start_2, end_2, one.end - one.start, one.n_same, text[start:end], text_2[start_2:end_2]
