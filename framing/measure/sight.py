"""What the grammar rules of `repairs` look at: the units' words, tags, marks and sentences, and the noun phrases beside them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np

from framing.measure.nounphrases import noun_phrase_ending, noun_phrase_from
from framing.measure.table import Table
from framing.measure.units import Units
from framing.measure.vocabulary import GAPS, VOICES
from framing.measure.wordtable import TAG, TRAITS

Span = tuple[int, int]
"""First and last unit."""
COMMAS = frozenset(GAPS[gap] for gap in (",", ',"', '",'))
"""A comma after a unit, with or without quotation marks."""


@dataclass(frozen=True)
class Sight:
    """What the rules look at: words, tags, marks and sentences of the units. Lists, because single numbers are asked for."""

    units: Units
    """The units."""
    start: list[int]
    """First unit of each unit's sentence."""
    stop: list[int]
    """Unit after its last."""
    forms: list[str]
    """Words in lower case."""
    tags: list[int]
    """Codes of the tags."""
    gaps: list[int]
    """Codes of what stands after the units."""
    traits: list[int]
    """Traits of the units (`framing.measure.traits`)."""
    passive: list[int]
    """1 for a passive verb."""

    @classmethod
    def of(cls, units: Units, described: Table) -> Sight:
        """The sight of some units."""
        opens = np.flatnonzero(np.diff(units.sentence, prepend=-1) != 0)
        lengths = np.diff(np.append(opens, len(units)))
        start, stop = np.repeat(opens, lengths), np.repeat(opens + lengths, lengths)
        lower = list(chain.from_iterable(scene.text.lower for scene in units.pieces.scenes))
        traits, passive = units.pieces.traits[units.first] | units.codes[:, TRAITS], (described["voice"] == VOICES["passive"]) * 1
        columns = (start, stop, units.first, units.codes[:, TAG], units.gap, traits, passive)
        starts, stops, firsts, tags, gaps, bits, passives = (column.tolist() for column in columns)
        return cls(units, starts, stops, [lower[first] for first in firsts], tags, gaps, bits, passives)

    def has(self, unit: int, trait: int) -> bool:
        """Whether a word has a trait."""
        return bool(self.traits[unit] & trait)

    def follows_comma(self, unit: int) -> bool:
        """Whether a comma stands before a unit, with or without quotation marks."""
        return self.gaps[unit - 1] in COMMAS

    def phrase_ending(self, unit: int) -> Span | None:
        """The noun phrase that ends with a unit."""
        if unit < 0:
            return None
        lowest = self.units.first[self.start[unit]]
        return self._units_of(noun_phrase_ending(self.units.pieces.traits, self.units.last[unit], lowest))

    def phrase_from(self, unit: int) -> Span | None:
        """The noun phrase that begins with a unit."""
        stop = self.units.last[self.stop[unit] - 1] + 1
        return self._units_of(noun_phrase_from(self.units.pieces.traits, self.units.first[unit], stop))

    def _units_of(self, phrase: Span) -> Span | None:
        found = self.units.of_piece
        return (int(found[phrase[0]]), int(found[phrase[1]])) if phrase[0] >= 0 else None
