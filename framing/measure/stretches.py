"""Stretches of content as offsets: with the marks that belong to them, and how many of their words are quoted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.measure.pieces import Pieces
from framing.measure.roles import Readings
from framing.measure.table import Ints
from framing.measure.traits import DAY, OPENS_CLAUSE
from framing.measure.units import Units

_CURRENCIES, HYPHENS = ("$", "£", "€"), ("-", "‑")
_IS_CURRENCY, _IS_HYPHEN = (np.array([ord(mark) for mark in marks], dtype=np.uint32) for marks in (_CURRENCIES, HYPHENS))


@dataclass(frozen=True)
class Stretches:
    """The stretches of some readings, one reading after another; offsets count from the first article's first character."""

    starts: Ints
    """Offset of the first character."""
    ends: Ints
    """Offset after the last."""
    words: Ints
    """Words that begin in the stretch."""
    quoted: Ints
    """Those that stand between quotation marks."""


def find_stretches(units: Units, readings: Readings) -> Stretches:
    """The contents of readings; a day right after the cue is when it was said ("said [Monday] it would")."""
    cue = np.repeat(readings.cue, np.diff(readings.begin))
    first, last = readings.content.T
    traits = units.pieces.traits[units.first]
    following = traits[np.minimum(first + 1, len(units) - 1)]
    is_day = (first == cue + 1) & (first < last) & (traits[first] & DAY > 0) & (following & OPENS_CLAUSE > 0)
    starts, ends = _to_marks(units.pieces, units.offsets[0][first + is_day], units.offsets[1][last])
    pieces = units.pieces
    words = np.searchsorted(pieces.words, ends) - np.searchsorted(pieces.words, starts)
    return Stretches(starts, ends, words, _quoted_before(pieces, ends) - _quoted_before(pieces, starts))


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


def _quoted_before(pieces: Pieces, offsets: Ints) -> Ints:
    """Words between quotation marks that begin before the offsets."""
    opened, closed = pieces.marked
    if not len(opened):
        return np.zeros(len(offsets), dtype=np.int64)
    before_opening, before_closing = np.searchsorted(pieces.words, opened), np.searchsorted(pieces.words, closed)
    reached = np.append(0, np.cumsum(before_closing - before_opening))
    place = np.searchsorted(opened, offsets) - 1
    inside = np.searchsorted(pieces.words, np.minimum(offsets, closed[place])) - before_opening[place]
    return np.where(place >= 0, reached[place] + inside, 0)
