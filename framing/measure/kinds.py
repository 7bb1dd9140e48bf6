"""Where the words of the lexicon `sources` stand in a text: what they can name, and what kind of source that is."""

from __future__ import annotations

import bisect
from itertools import repeat
from typing import NamedTuple

from framing.measure.lexicon import Entry
from framing.measure.namesigns import SPACED
from framing.measure.sourcewords import source_entries
from framing.measure.survey import Survey
from framing.measure.tags import names
from framing.measure.text import Text
from framing.measure.words import HYPHEN

_PLURALS = frozenset("people men women police children media personnel staff clergy troops percent cent".split())


class Kind(NamedTuple):
    """A word of the lexicon in a text."""

    entry: Entry
    """The lexicon row."""
    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""


class Kinds:
    """Where the words of the lexicon `sources` stand in a text.

    >>> [hit.entry.category for hit in Kinds(Text("", "The harbour minister met a reporter.")).between(0, 6)]
    ['official', 'media']
    """

    def __init__(self, text: Text, survey: Survey | None = None) -> None:
        """`survey`: what was found of all texts that are read together with this one."""
        self.text = text
        self.survey = Survey(text.place.surface) if survey is None else survey
        self.number = text.place.number
        """Which of the survey's texts it is."""
        self.begin, stop = self.survey.begin[self.number : self.number + 2]
        """Its first piece in the survey."""
        self.signs = self.survey.signs[self.begin : stop].data  # asked like a list, which would take longer to make
        """What each piece says (see `framing.measure.namesigns`)."""
        found, within = self.survey.found, slice(*self.survey.begin_found[self.number : self.number + 2])
        entries, firsts, lasts = found.entries[within], found.firsts[within] - self.begin, found.lasts[within] - self.begin
        self._firsts = firsts.tolist()
        rows = zip(map(source_entries().__getitem__, entries.tolist()), self._firsts, lasts.tolist(), strict=True)
        self._hits: list[Kind] = list(map(tuple.__new__, repeat(Kind), rows))  # what Kind(...) does, in half the time

    def between(self, first: int, stop: int) -> list[Kind]:
        """The hits that begin among the pieces first..stop-1."""
        low = bisect.bisect_left(self._firsts, first)
        if low == len(self._firsts) or self._firsts[low] >= stop:
            return []
        high = bisect.bisect_left(self._firsts, stop, low)
        return self._hits[low:high]

    def gap(self, piece: int) -> str:
        """The characters between a piece and the next one ("" at the end of the text)."""
        if self.signs[piece] & SPACED:
            return " "
        starts, ends, *_ = self.text.columns
        return self.text.text[ends[piece] : starts[piece + 1]] if piece + 1 < len(starts) else ""

    def cut(self, first: int, last: int) -> str:
        """The text from one piece to another."""
        starts, ends, *_ = self.text.columns
        return self.text.text[starts[first] : ends[last]]


def is_plural(text: Text, hit: Kind) -> bool:
    """Whether a word of the lexicon stands in the plural."""
    word = text.lower[hit.last]
    return word in _PLURALS or (word.endswith("s") and not word.endswith("ss"))


def key_of(text: Text, piece: int) -> str:
    """A piece as the lexicons see it, case kept: `Text.keys` without a list of all, where few are asked about."""
    columns = text.columns
    return columns.forms.keys[columns.keys[piece]]


def tag_of(text: Text, piece: int) -> str:
    """A piece's tag: `Text.tags` likewise."""
    return names()[text.tag_codes[piece]]


def is_large(text: Text, piece: int) -> bool:
    """Whether a piece begins with a capital."""
    return key_of(text, piece)[0].isupper()


def is_hyphened(text: Text, piece: int) -> bool:
    """Whether a hyphen joins a piece to the one before."""
    return bool(text.columns.joints[piece] == HYPHEN)
