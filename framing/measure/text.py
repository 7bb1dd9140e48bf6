"""Words, sentences and paragraphs of one article, with character offsets.

Everything is measured on a masked copy of the text in which excluded spans (page furniture) are blanked by
line breaks of the same length, so that an offset into the copy is an offset into the text as it was read.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from framing.measure.forms import Ints
from framing.measure.tags import names
from framing.measure.words import JOINTS, Columns, Word, find_words, make_words

if TYPE_CHECKING:
    from framing.measure.surface import Rows, Surface

__all__ = ["Text", "Word", "find_paragraphs", "find_sentences", "find_words"]

Spans: TypeAlias = list[tuple[int, int]]


def find_sentences(text: str) -> Spans:
    """Sentence spans. A line break always ends a sentence; a full stop does unless it belongs to an abbreviation.

    >>> t = "Mr. Vale met Gen. Orr. “We agree.” He left at 5 p.m. on Friday."
    >>> [t[a:b] for a, b in find_sentences(t)]
    ['Mr. Vale met Gen. Orr.', '“We agree.”', 'He left at 5 p.m. on Friday.']
    """
    return Text("", text).sentences


def find_paragraphs(text: str) -> Spans:
    """Spans of the lines that hold any letter or digit."""
    return Text("", text).paragraphs


def read_together(texts: Sequence[Text]) -> list[Text]:
    """The same texts, their surface found of all of them at once: many are read faster together than one by one."""
    surface = _surface([text.text for text in texts])
    return [replace(text, beside=Place(surface, number)) for number, text in enumerate(texts)]


def _surface(texts: Sequence[str]) -> Surface:
    from framing.measure.surface import Surface  # slow to import (it brings numba), so only when a text is read

    return Surface(texts)


class Place(NamedTuple):
    """Where a text stands among those that are read together."""

    surface: Surface
    """The surface of all of them."""
    number: int
    """Which of them it is."""


@dataclass(frozen=True)
class Text:
    """An article's text with everything that the measures need to know of its surface."""

    article: str
    """The article's id."""
    original: str
    """The text exactly as read."""
    excluded: tuple[tuple[int, int], ...] = ()
    """Spans in which nothing is counted."""
    beside: Place | None = field(default=None, repr=False, compare=False)
    """Its place among texts that are read together; without one it is read alone."""

    @cached_property
    def text(self) -> str:
        """The text with excluded spans blanked, of the same length."""
        if self.beside is not None:
            return self.beside.surface.texts[self.beside.number]
        if not self.excluded:
            return self.original
        pieces, position = [], 0
        for start, end in self.excluded:
            pieces += [self.original[position:start], "\n" * (end - start)]
            position = end
        return "".join([*pieces, self.original[position:]])

    @cached_property
    def place(self) -> Place:
        """Its place among texts that are read together, or alone."""
        return self.beside or Place(_surface([self.text]), 0)

    @cached_property
    def columns(self) -> Columns:
        """The pieces as numbers, side by side."""
        return self.place.surface.columns_of(self.place.number)

    @cached_property
    def words(self) -> list[Word]:
        """The pieces, in order; who needs only one side of them is quicker with `starts`, `ends`, `keys`, `lower`, `joints`."""
        return make_words(self.columns)

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the pieces' first characters."""
        return self.columns.starts.tolist()

    @cached_property
    def ends(self) -> list[int]:
        """Offsets after the pieces' last characters."""
        return self.columns.ends.tolist()

    @cached_property
    def keys(self) -> list[str]:
        """The pieces as the lexicons see them, case kept."""
        return list(map(self.columns.forms.keys.__getitem__, self.columns.keys.tolist()))

    @cached_property
    def lower(self) -> list[str]:
        """The pieces as the lexicons see them, in lower case."""
        return list(map(self.columns.forms.lower.__getitem__, self.columns.keys.tolist()))

    @cached_property
    def joints(self) -> list[str]:
        """What joins each piece to the one before (see `Word.joint`)."""
        return list(map(JOINTS.__getitem__, self.columns.joints.tolist()))

    @cached_property
    def gaps(self) -> dict[int, str]:
        """What stands between a piece and the next one, by the piece, where it is not a single space; nothing after the last."""
        columns = self.columns
        characters = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        before, after = columns.ends[:-1], columns.starts[1:]
        places = np.flatnonzero((after - before != 1) | (characters[before] != ord(" ")))
        spans = zip(places.tolist(), before[places].tolist(), after[places].tolist(), strict=True)
        return {**{piece: self.text[start:end] for piece, start, end in spans}, len(columns.ends) - 1: ""}

    @cached_property
    def tag_codes(self) -> Ints:
        """A coarse part of speech for each piece, as its place in `tags.names()`."""
        surface, number = self.place
        first, stop = surface.pieces[number : number + 2]
        return surface.tags[first:stop]

    @cached_property
    def tags(self) -> list[str]:
        """A coarse part of speech for each piece (see `framing.measure.tags`)."""
        return list(map(names().__getitem__, self.tag_codes.tolist()))

    @cached_property
    def sentences(self) -> Spans:
        """Sentence spans."""
        return self._spans(self.place.surface.sentences)

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Indices of the pieces that begin a sentence."""
        return frozenset(self.sentence_firsts)

    @cached_property
    def sentence_firsts(self) -> list[int]:
        """Indices of the pieces that begin a sentence, in order."""
        surface, number = self.place
        first, stop = surface.sentences.begin[number : number + 2]
        return (surface.firsts[first:stop] - surface.pieces[number]).tolist()

    @cached_property
    def paragraphs(self) -> Spans:
        """Paragraph spans."""
        return self._spans(self.place.surface.paragraphs)

    def _spans(self, things: Rows) -> Spans:
        surface, number = self.place
        starts, ends = (surface.rows_of(number, things) - surface.begin[number]).T.tolist()
        return list(zip(starts, ends, strict=True))

    @cached_property
    def counted_starts(self) -> list[int]:
        """Offsets of the words: of the pieces that no hyphen or clitic joins to the one before."""
        return self.columns.starts[self.columns.joints == 0].tolist()

    @property
    def n_words(self) -> int:
        """Words of the article: a hyphenated compound or a contraction is one word."""
        return len(self.counted_starts)

    def count_words(self, start: int, end: int) -> int:
        """Words that begin in [start, end)."""
        return bisect.bisect_left(self.counted_starts, end) - bisect.bisect_left(self.counted_starts, start)

    def pieces(self, start: int, end: int) -> range:
        """Indices of the pieces that begin in [start, end)."""
        return range(bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the pieces first..last."""
        return self.starts[first], self.ends[last]

    def sentence_pieces(self, piece: int) -> range:
        """Indices of the pieces of the sentence around a piece."""
        after = bisect.bisect_right(self.sentence_firsts, piece)
        return range(self.sentence_firsts[after - 1], [*self.sentence_firsts[after : after + 1], len(self.starts)][0])

    def sentence_of(self, offset: int) -> int:
        """Index of the sentence that holds an offset (the nearest one before it, if none does)."""
        return max(0, bisect.bisect_right(self.sentence_offsets, offset) - 1)

    @cached_property
    def sentence_offsets(self) -> list[int]:
        """Offsets of the sentences' first characters."""
        return [start for start, _ in self.sentences]

    def sentences_of(self, offsets: Ints) -> Ints:
        """As `sentence_of` for many offsets."""
        return np.maximum(np.searchsorted(np.array(self.sentence_offsets, dtype=np.int64), offsets, "right") - 1, 0)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence that holds an offset begins."""
        return self.sentence_offsets[self.sentence_of(offset)]

    def sentence_span(self, offset: int) -> tuple[int, int]:
        """The sentence that holds an offset."""
        return self.sentences[self.sentence_of(offset)]
