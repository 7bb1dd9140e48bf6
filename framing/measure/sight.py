"""What the grammar rules of `repairs` look at: the units' words, tags, marks and sentences, and the noun phrases beside them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.nounphrases import NO_PHRASE, Phrase, noun_phrase_ending, noun_phrase_from
from framing.measure.table import Ints, Table
from framing.measure.units import Units
from framing.measure.vocabulary import GAPS, VOICES
from framing.measure.wordtable import CAPITAL, SIGNS, TAG, TRAITS

_COMMA = GAPS[","]
_COMMAS = [GAPS[gap] for gap in (",", ',"', '",')]
"""A comma, with or without quotation marks."""


class Sight(NamedTuple):
    """What the rules look at, one number for each unit; phrases are first and last unit."""

    start: Ints
    """First unit of each unit's sentence."""
    stop: Ints
    """Unit after its last."""
    tags: Ints
    """Codes of the tags."""
    traits: Ints
    """Traits (`framing.measure.traits`)."""
    signs: Ints
    """Signs of the units' first words (`framing.measure.signs`)."""
    after_comma: Ints
    """Whether a comma stands before a unit, with or without quotation marks."""
    after_plain_comma: Ints
    """Whether a comma stands there without quotation marks."""
    passive: Ints
    """Whether it is a passive verb."""
    capital: Ints
    """See `wordtable.capital_of`."""
    first: Ints
    """First piece of each unit."""
    last: Ints
    """Last piece."""
    of_piece: Ints
    """The unit of each piece."""
    pieces: Ints
    """Traits of the pieces."""


def find_sight(units: Units, described: Table) -> Sight:
    """The sight of some units."""
    opens = np.flatnonzero(np.diff(units.sentence, prepend=-1) != 0)
    lengths = np.diff(np.append(opens, len(units)))
    before = np.append(0, units.gap[:-1])
    columns = (units.codes[:, column].copy() for column in (CAPITAL, SIGNS, TAG, TRAITS))
    capital, signs, tags, traits = columns
    return Sight(
        np.repeat(opens, lengths), np.repeat(opens + lengths, lengths), tags, units.pieces.traits[units.first] | traits, signs,
        np.isin(before, _COMMAS), before == _COMMA, described["voice"] == VOICES["passive"], capital, units.first, units.last,
        units.of_piece, units.pieces.traits,
    )  # fmt: skip


@kernel
def phrase_ending(sight: Sight, unit: int) -> Phrase:
    """The noun phrase that ends with a unit."""
    if unit < 0:
        return NO_PHRASE
    lowest = sight.first[sight.start[unit]]
    return _in_units(sight, noun_phrase_ending(sight.pieces, sight.last[unit], lowest))


@kernel
def phrase_from(sight: Sight, unit: int) -> Phrase:
    """The noun phrase that begins with a unit."""
    stop = sight.last[sight.stop[unit] - 1] + 1
    return _in_units(sight, noun_phrase_from(sight.pieces, sight.first[unit], stop))


@kernel
def _in_units(sight: Sight, phrase: Phrase) -> Phrase:
    return (sight.of_piece[phrase[0]], sight.of_piece[phrase[1]]) if phrase[0] >= 0 else NO_PHRASE
