"""The surface of several texts, found of all of them at once: words, tags, sentences, paragraphs, quotations.

The texts stand in one row with a line break between them, over which no word, sentence or quotation reaches. What is asked of one
text is cut from the row. Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from framing.measure.characters import encode
from framing.measure.endings import cut_paragraphs, cut_sentences
from framing.measure.forms import Forms, Ints
from framing.measure.glyphs import pair_marks
from framing.measure.quotationsigns import Ground, read_signs
from framing.measure.spellings import Spellings, Stretches
from framing.measure.tagging import tag_words
from framing.measure.words import Columns, current_forms, lay_out


class Rows(NamedTuple):
    """Things of several texts, text by text."""

    rows: Ints
    """One row for each thing; offsets count from the first text's first character."""
    begin: Ints
    """The first row of each text; one more number than texts."""


@dataclass(frozen=True)
class Surface:
    """The surface of several texts; pieces are as in `Text.words`."""

    texts: Sequence[str]
    """The texts."""

    @cached_property
    def whole(self) -> str:
        """The texts, a line break between them."""
        return "\n".join(self.texts)

    @cached_property
    def begin(self) -> Ints:
        """Where each text begins in the whole."""
        return np.cumsum([0, *(len(text) + 1 for text in self.texts[:-1])])

    @cached_property
    def end(self) -> Ints:
        """Where each text ends in the whole."""
        return self.begin + [len(text) for text in self.texts]

    @cached_property
    def characters(self) -> Ints:
        """Code points of the whole."""
        return encode(self.whole)

    @cached_property
    def traits(self) -> Ints:
        """Traits of the characters."""
        return self.traits_by_code[self.characters]

    @property
    def traits_by_code(self) -> Ints:
        """Traits by code point, of all that the texts hold."""
        return self._stretches.traits

    @cached_property
    def columns(self) -> Columns:
        """The pieces of the whole."""
        return lay_out(self._forms, self._stretches.numbers, self._stretches.ends)

    @cached_property
    def _forms(self) -> Forms:
        """The forms by which these texts are numbered."""
        return current_forms()

    @cached_property
    def _stretches(self) -> Stretches:
        """What stands between the spaces and line breaks."""
        return _spellings(self._forms).find(self.whole, self.characters)

    @cached_property
    def pieces(self) -> Ints:
        """The first piece of each text; one more number than texts."""
        return np.append(np.searchsorted(self.columns.starts, self.begin), len(self.columns.starts))

    @cached_property
    def sentences(self) -> Rows:
        """Start and end of each sentence."""
        return _rows(*cut_sentences(self.characters, self.traits_by_code, self._stretches.stops, self.begin, self.end))

    @cached_property
    def firsts(self) -> Ints:
        """The first piece of each sentence."""
        return np.searchsorted(self.columns.starts, self.sentences.rows[:, 0])

    @cached_property
    def paragraphs(self) -> Rows:
        """Start and end of each paragraph."""
        return _rows(*cut_paragraphs(self.characters, self.traits_by_code, self.begin, self.end))

    @cached_property
    def quotations(self) -> Rows:
        """Of each quotation start, end, inner start, inner end and whether it is closed (see `quotations.Quotation`)."""
        spans, begin = self.paragraphs
        ends = np.repeat(self.end, np.diff(begin))
        rows, paragraphs = pair_marks(self.characters, self.traits, spans, ends)
        return Rows(rows, np.searchsorted(paragraphs, begin))

    @cached_property
    def quotation_signs(self) -> Rows:
        """What each quotation is (see `quotationsigns.read_signs`)."""
        rows, begin = self.quotations
        sentences = self.sentences.rows[:, 0]
        ground = Ground(self.whole, self.characters, self.columns, self.pieces, sentences, rows, begin[:-1])
        return Rows(read_signs(ground), begin)

    @cached_property
    def tags(self) -> Ints:
        """A tag's code (its place in `tags.names()`) for each piece."""
        return tag_words(self.columns.forms, self.columns.keys, self.firsts)

    def columns_of(self, number: int) -> Columns:
        """The pieces of one text."""
        (first, stop), begin, columns = self.pieces[number : number + 2], self.begin[number], self.columns
        starts, ends, keys, joints = (column[first:stop] for column in columns[:4])
        low, high = self._first_stretches[number : number + 2]
        return Columns(starts - begin, ends - begin, keys, joints, columns.stretches[low:high], columns.forms)

    @cached_property
    def _first_stretches(self) -> Ints:
        """The first stretch of each text; one more number than texts."""
        return np.append(np.searchsorted(self._stretches.ends, self.begin), len(self.columns.stretches))

    def rows_of(self, number: int, things: Rows) -> Ints:
        """The rows of one text, their offsets still counted in the whole."""
        return things.rows[things.begin[number] : things.begin[number + 1]]


@lru_cache(maxsize=1)
def _spellings(forms: Forms) -> Spellings:
    return Spellings(forms)


def _rows(rows: Ints, counts: Ints) -> Rows:
    return Rows(rows, np.append(0, np.cumsum(counts)))
