"""Runs of capitalised words in several texts: where personal names are looked for.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.forms import Ints
from framing.measure.namesigns import (
    ABBREVIATED,
    CAPITAL,
    CLOSED,
    CLOSED_AT_START,
    LARGE,
    NO_SINGLE,
    NOT_INSIDE,
    PARTICLE,
    SPACED,
)
from framing.measure.surface import Surface

_HYPHEN, _STOP, _SPACE = (ord(character) for character in "-. ")
_JOINS = (_SPACE, _HYPHEN, ord("‑"), ord("\u00a0"))


class Runs(NamedTuple):
    """Runs side by side, in text order; pieces are counted through all texts."""

    firsts: Ints
    """First pieces."""
    lasts: Ints
    """Last pieces."""


def find_runs(surface: Surface, signs: Ints, ends: Ints) -> Runs:
    """Runs of capitalised words that do not go on over `ends`; function words at a sentence's start left out, and words alone
    that are no surname."""
    at_start = np.zeros(len(signs) + 1, dtype=bool)
    at_start[surface.firsts] = True
    may_go_on = _may_go_on(signs, at_start[:-1])
    opens = (signs & CAPITAL > 0) & (signs & np.where(at_start[:-1], CLOSED_AT_START, CLOSED) == 0)
    opens &= may_go_on | (signs & NO_SINGLE == 0)
    may_go_on[ends] = False
    following = _following(surface, signs, np.flatnonzero(may_go_on))
    found = np.zeros((2, np.count_nonzero(opens)), dtype=np.int64)
    n = _chain(opens, following, found)
    firsts, lasts = found[:, :n]
    kept = (firsts < lasts) | (signs[firsts] & NO_SINGLE == 0)
    return Runs(firsts[kept], lasts[kept])


def _may_go_on(signs: Ints, at_start: np.ndarray) -> np.ndarray:
    """Whether a run may go on behind each piece, by the words alone."""
    joins = (signs & LARGE > 0) & ~at_start & (signs & NOT_INSIDE == 0)
    follows = joins | (signs & (LARGE | PARTICLE) == PARTICLE)
    return (signs & LARGE > 0) & np.append(follows[1:], False)


def _following(surface: Surface, signs: Ints, places: Ints) -> Ints:
    """The piece that continues a run behind each piece, -1 where none does: joined by a space, a hyphen, or the full stop of an
    initial or a title; behind a space also the capitalised word after "van" or "de la". Only `places` are asked about."""
    columns, characters = surface.columns, np.append(surface.characters, [0, 0])
    before, size = columns.ends[places], columns.starts[places + 1] - columns.ends[places]
    one, other = characters[before], characters[before + 1]
    stopped = (one == _STOP) & ((size == 1) | ((size == 2) & (other == _SPACE))) & (signs[places] & ABBREVIATED > 0)
    joined = ((size == 1) & np.isin(one, _JOINS)) | stopped
    is_large = signs[places + 1] & LARGE > 0
    following = np.full(len(signs), -1)
    some = places[joined & is_large]
    following[some] = some + 1
    for piece in places[~is_large & (signs[places] & SPACED > 0)].tolist():
        following[piece] = _after_particles(surface, signs, piece + 1)
    return following


def _after_particles(surface: Surface, signs: Ints, piece: int) -> int:
    """The capitalised word after one or two particles, or -1; what stands between two texts is neither a space nor a hyphen."""
    columns = surface.columns
    for after in range(piece + 1, min(piece + 3, len(signs))):
        if surface.whole[columns.ends[after - 1] : columns.starts[after]] not in (" ", "-"):
            return -1
        if signs[after] & LARGE:
            return after
        if not signs[after] & PARTICLE:
            return -1
    return -1


@kernel
def _chain(opens: np.ndarray, following: Ints, found: Ints) -> int:
    """Fills `found` (2 x runs) with the first and last pieces of runs, from the pieces that can open one and from what follows a
    piece in a run; gives the number of runs."""
    n, stop = 0, 0
    for first in range(len(opens)):
        if opens[first] and first >= stop:
            last = first
            while following[last] >= 0:
                last = following[last]
            stop = last + 1
            found[0, n], found[1, n] = first, last
            n += 1
    return n
