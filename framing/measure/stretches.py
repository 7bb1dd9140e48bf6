"""Stretches of content as offsets, with the marks that belong to them."""

from __future__ import annotations

import numpy as np

from framing.measure.pieces import Pieces
from framing.measure.roles import Readings
from framing.measure.table import Ints
from framing.measure.traits import DAY, OPENS_CLAUSE
from framing.measure.units import Units

_CURRENCIES, HYPHENS = ("$", "£", "€"), ("-", "‑")
_IS_CURRENCY, _IS_HYPHEN = (np.array([ord(mark) for mark in marks], dtype=np.uint32) for marks in (_CURRENCIES, HYPHENS))


def find_stretches(units: Units, readings: Readings) -> Ints:
    """Start and end of each stretch of the contents of readings, one reading's behind the other's; a day right after the cue is
    when it was said ("said [Monday] it would")."""
    cue = np.repeat(readings.cue, np.diff(readings.begin))
    first, last = readings.content.T
    traits = units.pieces.traits[units.first]
    following = traits[np.minimum(first + 1, len(units) - 1)]
    is_day = (first == cue + 1) & (first < last) & (traits[first] & DAY > 0) & (following & OPENS_CLAUSE > 0)
    return np.stack(_to_marks(units.pieces, units.offsets[0][first + is_day], units.offsets[1][last]), axis=1)


def _to_marks(pieces: Pieces, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Stretches with the quotation marks at their ends, the sign of a currency, and the whole of a word with a hyphen."""
    starts = starts - (np.isin(pieces.characters[starts - 1], _IS_CURRENCY) & (starts > 0))
    ends = ends.copy()
    for number in np.flatnonzero(np.isin(np.append(pieces.characters, 0)[ends], _IS_HYPHEN)).tolist():
        ends[number] = _end_of_word(pieces, int(ends[number]))
    opened, closed, n = *pieces.marked, len(pieces.marked[0])
    if n:
        opening, closing = (np.searchsorted(opened, side, "right") - 1 for side in (starts, ends - 1))
        is_opening = (opening >= 0) & (starts < closed[opening]) & _hold_no_word(pieces, opened[opening], starts)
        is_closing = (closing >= 0) & (ends - 1 < closed[closing]) & _hold_no_word(pieces, ends, closed[closing])
        starts, ends = np.where(is_opening, opened[opening], starts), np.where(is_closing, closed[closing], ends)
    return starts, ends


def _end_of_word(pieces: Pieces, end: int) -> int:
    """The end of a word of which more parts follow after hyphens."""
    while pieces.text[end : end + 1] in HYPHENS:
        part = int(np.searchsorted(pieces.starts, end + 1))
        if part == len(pieces) or pieces.starts[part] != end + 1:
            break
        end = int(pieces.ends[part])
    return end


def _hold_no_word(pieces: Pieces, starts: Ints, ends: Ints) -> Ints:
    """Whether no word begins in the stretches."""
    return np.searchsorted(pieces.words, starts) >= np.searchsorted(pieces.words, ends)
