"""What the words of several texts say of who speaks there, found of all texts at once; it is asked of one text at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from framing.measure.forms import Ints
from framing.measure.namesigns import HAS_GENDER, OF_PERSON, OF_THING, ORGANISATION, find_signs
from framing.measure.sourcerules import find_passing
from framing.measure.sourcewords import Found, find_source_words, name_politicians
from framing.measure.words import HYPHEN

if TYPE_CHECKING:
    from framing.measure.runs import Runs
    from framing.measure.surface import Surface

# How many words after a name "its" and "his" tell of a thing or a person (chosen).
_REACH = 12


def _nowhere() -> Ints:
    return np.zeros((0, 2), dtype=np.int64)


class Singles(NamedTuple):
    """Capitalised words alone that may be names, text by text."""

    pieces: list[int]
    """Their pieces, counted from each text's first."""
    words: list[str]
    """The words."""
    plain: list[bool]
    """Whether each is no common word of the lexicon and no organisation's."""
    leans: list[int]
    """How many more of the next words are a person's pronouns than a thing's."""
    begin: list[int]
    """The first of each text; one more number than texts."""


@dataclass(frozen=True)
class Survey:
    """Several texts that are read together; pieces are counted through all of them."""

    surface: Surface
    """The texts' surface."""
    sources: Ints = field(default_factory=_nowhere)
    """First piece of each source and the piece after its last: no name goes on over them."""

    @cached_property
    def begin(self) -> list[int]:
        """The first piece of each text; one more number than texts."""
        return self.surface.pieces.tolist()

    @cached_property
    def signs(self) -> Ints:
        """What each piece says (see `framing.measure.namesigns`)."""
        return find_signs(self.surface)

    @cached_property
    def _all_found(self) -> Found:
        """The words of the lexicon `sources`, whether they pass their rules or not."""
        return find_source_words(self.surface)

    @cached_property
    def found(self) -> Found:
        """The words of the lexicon `sources`."""
        return find_passing(self.surface, self._all_found)

    @cached_property
    def begin_found(self) -> list[int]:
        """The first word of the lexicon in each text; one more number than texts."""
        return np.searchsorted(self.found.firsts, self.surface.pieces).tolist()

    @cached_property
    def politics(self) -> list[float]:
        """For each text which share of its words of the lexicon names politicians or officials; NaN without any."""
        firsts, is_political = self._all_found.firsts, name_politicians()[self._all_found.entries]
        counts = np.diff(np.searchsorted(firsts, self.surface.pieces))
        political = np.diff(np.append(0, np.cumsum(is_political))[np.searchsorted(firsts, self.surface.pieces)])
        return np.where(counts, political / np.maximum(counts, 1), np.nan).tolist()

    @cached_property
    def runs(self) -> Runs:
        """The runs of capitalised words."""
        from framing.measure.runs import find_runs  # slow to import (it brings numba), so only when a text is read

        return find_runs(self.surface, self.signs, self.sources[:, 1] - 1)

    @cached_property
    def longer(self) -> Runs:
        """The runs of several words."""
        is_longer = self.runs.firsts < self.runs.lasts
        return self.runs._replace(firsts=self.runs.firsts[is_longer], lasts=self.runs.lasts[is_longer])

    @cached_property
    def begin_longer(self) -> list[int]:
        """The first of them in each text; one more number than texts."""
        return np.searchsorted(self.longer.firsts, self.surface.pieces).tolist()

    @cached_property
    def spelled(self) -> list[bytes]:
        """All by which a name in a run of several words is read, for each of them: its words, hyphens before them, the words of
        the lexicon in it."""
        columns, found, (firsts, lasts) = self.surface.columns, self.found, self.longer
        codes = columns.keys << 1 | (columns.joints == HYPHEN)
        codes[found.firsts] |= found.entries + 1 << 40 | found.lasts - found.firsts << 52
        opens, stops, row = 8 * firsts, 8 * (lasts + 1), codes.tobytes()  # eight bytes a number
        return [row[start:stop] for start, stop in zip(opens.tolist(), stops.tolist(), strict=True)]

    @cached_property
    def singles(self) -> Singles:
        """The runs of one word."""
        pieces, columns = self.runs.firsts[self.runs.firsts == self.runs.lasts], self.surface.columns
        is_plain = self.signs & ORGANISATION == 0
        is_plain[self.found.firsts] = False
        begin = np.searchsorted(pieces, self.surface.pieces)
        return Singles(
            (pieces - np.repeat(self.surface.pieces[:-1], np.diff(begin))).tolist(),
            list(map(columns.forms.keys.__getitem__, columns.keys[pieces].tolist())),
            is_plain[pieces].tolist(),
            self.leans[pieces].tolist(),
            begin.tolist(),
        )

    @cached_property
    def leans(self) -> Ints:
        """How many more of the words behind each piece are a person's pronouns than a thing's."""
        balance = np.append(0, np.cumsum((self.signs & OF_PERSON > 0) * 1 - (self.signs & OF_THING > 0)))
        begin, after = self.surface.pieces, np.arange(1, len(self.signs) + 1)
        return balance[np.minimum(after + _REACH, np.repeat(begin[1:], np.diff(begin)))] - balance[after]

    @cached_property
    def is_quoted(self) -> np.ndarray:
        """Whether each piece begins inside a quotation."""
        starts, n = self.surface.columns.starts, len(self.signs)
        opens, closes = np.searchsorted(starts, self.surface.quotations.rows[:, :2].T)
        return np.cumsum(np.bincount(opens, minlength=n + 1) - np.bincount(closes, minlength=n + 1))[:n] > 0

    @cached_property
    def pronouns(self) -> Ints:
        """The pronouns of one person that stand outside quotations."""
        return np.flatnonzero((self.signs & HAS_GENDER > 0) & ~self.is_quoted)

    @cached_property
    def begin_pronouns(self) -> list[int]:
        """The first of these pronouns in each text; one more number than texts."""
        return np.searchsorted(self.pronouns, self.surface.pieces).tolist()

    @cached_property
    def sentences(self) -> Ints:
        """The sentence of each piece, counted from its text's first; as `Text.sentence_of`."""
        n, begin = len(self.signs), self.surface.pieces
        numbers = np.cumsum(np.bincount(self.surface.firsts, minlength=n + 1))[:n] - 1
        return np.maximum(numbers - np.repeat(self.surface.sentences.begin[:-1], np.diff(begin)), 0)
