"""Articles as one row of units for the linear models: words, colons, and whole quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from framing.measure import traits as t
from framing.measure.lemmas import find_lemma
from framing.measure.pieces import Pieces, find_pieces
from framing.measure.text import Text
from framing.measure.vocabulary import COLON, GAPS, QUOTATION
from framing.measure.wordtable import CAPITAL, TRAITS, Ints, Words


@dataclass(frozen=True)
class Units:
    """The units of some articles, in order; no sentence reaches over two articles."""

    pieces: Pieces
    """The articles' words."""
    first: Ints
    """First piece of each unit."""
    last: Ints
    """Last piece; a colon has the piece before it."""
    sentence: Ints
    """Number of the sentence; one that goes on inside a quotation is one sentence."""
    codes: Ints
    """Units x `wordtable.ATTRIBUTES`; the capital is that of the first piece."""
    gap: Ints
    """What stands between each unit and the next (`vocabulary.GAPS`)."""
    in_quotation: Ints
    """1 for a word inside quotation marks that is a unit of its own."""

    def __len__(self) -> int:
        return len(self.first)

    def has(self, trait: int) -> Ints:
        """Which units have a trait (see `framing.measure.traits`)."""
        return self.codes[:, TRAITS] & trait > 0

    @cached_property
    def of_piece(self) -> Ints:
        """The unit that holds each piece."""
        words = np.flatnonzero(~self.has(t.COLON))
        found = np.zeros(len(self.pieces), dtype=np.int64)
        found[self.first[words]] = words
        return np.maximum.accumulate(found)

    @cached_property
    def article(self) -> Ints:
        """The article of each unit."""
        return self.pieces.article[self.first]

    @cached_property
    def offsets(self) -> tuple[Ints, Ints]:
        """Offsets of each unit's first character and after its last, in the whole of all articles."""
        starts, ends = self.pieces.starts[self.first], self.pieces.ends[self.last]
        for unit in np.flatnonzero(self.has(t.COLON)):
            starts[unit] = self.pieces.text.index(":", ends[unit])
            ends[unit] = starts[unit] + 1
        return starts, ends


# The longest "X asked after the debate" that is joined to a question before it (chosen), and the verbs that may stand in it.
TAG_WORDS = 8
SAYING = frozenset(
    "say ask reply add shout wonder tell write exclaim joke tweet continue quip yell demand answer respond".split()
)
_ASKS = [ord(mark) for mark in "?!…"]
_COLONS = {GAPS[":"]: GAPS["none"], GAPS[':"']: GAPS['"']}
"""A gap with a colon -> what then stands between the colon and the next word."""


def find_units(texts: Sequence[Text], words: Words) -> Units:
    """Cuts articles into units: a quotation long enough to be speech is one unit, and so is a colon inside a sentence."""
    pieces = find_pieces(texts, words)
    n = len(pieces)
    inside, opens = _in_quotations(pieces), _sentence_openings(pieces)
    last, begins = np.arange(n), np.ones(n, dtype=bool)
    whole = pieces.quotations.first[pieces.quotations.is_whole], pieces.quotations.stop[pieces.quotations.is_whole]
    begins[_within(n, whole[0] + 1, whole[1])] = False
    last[whole[0]] = whole[1] - 1
    first = np.flatnonzero(begins)
    is_quotation = np.zeros(n, dtype=bool)
    is_quotation[whole[0]] = True
    gap, last, is_quotation = pieces.gap[last[first]], last[first], is_quotation[first]
    colon = np.isin(gap, list(_COLONS)) & ~is_quotation & ~opens[np.minimum(last + 1, n)]
    times = 1 + colon
    is_colon = _second(times)
    first, last, gap, is_quotation = (np.repeat(column, times) for column in (first, last, gap, is_quotation))
    for mark, beyond in _COLONS.items():
        gap[is_colon & (gap == mark)] = beyond
    codes = pieces.codes[first]
    for is_kind, row in zip((is_quotation, is_colon), _special_rows(words), strict=True):
        codes[is_kind, :CAPITAL] = row[:CAPITAL]
        codes[is_kind, TRAITS] = row[TRAITS]
    in_quotation = inside[first] & ~is_quotation & ~is_colon
    return Units(pieces, first, last, np.cumsum(opens[:-1])[first], codes, gap, in_quotation.astype(np.int64))


@lru_cache(maxsize=4)
def _special_rows(words: Words) -> Ints:
    """The attributes of a quotation and of a colon."""
    return words.describe([(QUOTATION, QUOTATION), (COLON, COLON)])


def _second(times: Ints) -> Ints:
    """Which of the repeated rows are the second of their kind."""
    second = np.zeros(times.sum(), dtype=bool)
    second[np.cumsum(times)[times == 2] - 1] = True
    return second


def _within(n: int, first: Ints, stop: Ints) -> Ints:
    """Which of n pieces stand in stretches that do not overlap."""
    changes = np.zeros(n + 1, dtype=np.int64)
    np.add.at(changes, first, 1)
    np.add.at(changes, stop, -1)
    return np.cumsum(changes[:-1]) > 0


def _in_quotations(pieces: Pieces) -> Ints:
    return _within(len(pieces), pieces.quotations.first, pieces.quotations.stop)


def _sentence_openings(pieces: Pieces) -> Ints:
    """Which pieces open a sentence outside a quotation; one more than pieces."""
    opens, found = np.zeros(len(pieces) + 1, dtype=bool), pieces.quotations
    opens[pieces.sentences] = True
    opens[pieces.begin] = True
    opens[:-1][_within(len(pieces), found.first + 1, found.stop)] = False
    whole = found.first[found.is_whole & (found.first > pieces.begin[found.article])]
    opens[whole[pieces.gap[whole - 1] == GAPS[':"']]] = False  # also where a paragraph ends with the colon
    ends = pieces.begin[found.article + 1]
    may_go_on = found.is_whole & (found.stop < ends) & np.isin(pieces.characters[found.inner_end - 1], _ASKS)
    for number in np.flatnonzero(may_go_on):
        if _goes_on(pieces, int(number)):
            opens[found.stop[number]] = False
    return opens


def _goes_on(pieces: Pieces, number: int) -> bool:
    """Whether a sentence goes on after a question or exclamation in quotation marks: “Why?” Orrel asked."""
    found, sentences = pieces.quotations, pieces.sentences
    piece, article = int(found.stop[number]), int(found.article[number])
    if "\n" in pieces.text[found.end[number] : pieces.starts[piece]]:
        return False
    first, following = np.searchsorted(sentences, [piece, piece + 1])
    stop = min([*sentences[following : following + 1].tolist(), int(pieces.begin[article + 1])])
    return first < following and stop - piece <= TAG_WORDS and any(find_lemma(w) in SAYING for w in pieces.lower(piece, stop))
