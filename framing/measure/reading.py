"""Reads many articles at once for cues with their sources and contents, by the linear models (see `framing.measure.model`).

This is where the models are asked; numba comes with them, so this module is imported only when a text is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from framing.measure import candidates
from framing.measure.context import describe
from framing.measure.model import load_model
from framing.measure.readings import score_readings
from framing.measure.repairs import repair
from framing.measure.roles import Readings, read_roles
from framing.measure.scene import Scene
from framing.measure.signs import KNOWN
from framing.measure.spans import Span
from framing.measure.stretches import find_stretches
from framing.measure.table import Ints, Table
from framing.measure.traits import COLON
from framing.measure.units import Units, find_units
from framing.measure.vocabulary import VOICES
from framing.measure.wordtable import SIGNS


class Reading(NamedTuple):
    """A cue of one article with what it seems to introduce."""

    piece: int
    """The cue's piece; a colon has the piece before it."""
    colon: Span | None
    """The colon's offsets, where the cue is one."""
    source: Span | None
    """Offsets of the source."""
    content: tuple[Span, ...]
    """Offsets of the content's stretches, with the marks that belong to them."""
    is_passive: bool
    """Whether the cue is a passive verb."""
    probability: float
    """How likely it is an attribution."""
    words: int
    """Words of the content."""
    quoted: int
    """Those that stand between quotation marks."""


# Pieces that are read together (chosen: enough to share the cost of each call, few enough for the processor's cache).
AT_ONCE = 20_000


def read_scenes(scenes: Sequence[Scene], worth: tuple[float, float], sure: float) -> list[list[Reading]]:
    """The readings of each article that can be kept: likely ones, and unlikely ones that reach a quotation that may be speech.

    A word that the lexicon knows is no cue below the first probability of `worth`, another below the second; a reading is likely
    from the probability `sure` on.
    """
    return [readings for batch in _batches(scenes) for readings in _read(batch, worth, sure)]


def _batches(scenes: Sequence[Scene]) -> Iterator[list[Scene]]:
    """Neighbouring articles with AT_ONCE pieces or a little more."""
    batch, pieces = [], 0
    for scene in scenes:
        batch.append(scene)
        pieces += len(scene.text.starts)
        if pieces >= AT_ONCE:
            yield batch
            batch, pieces = [], 0
    if batch:
        yield batch


def _read(scenes: Sequence[Scene], worth: tuple[float, float], sure: float) -> list[list[Reading]]:
    model = load_model()
    units = find_units(scenes, model.words)
    described = describe(units)
    places = candidates.find_candidates(units)
    likely = candidates.score_candidates(places, described, model.cues)
    is_worth = (likely >= np.where(units.codes[places, SIGNS] & KNOWN > 0, *worth)) & _is_allowed(units, places)
    places, likely = places[is_worth], likely[is_worth]
    readings = repair(units, described, read_roles(units, described, places, model.roles, model.moves), likely)
    certain = score_readings(units, described, readings, likely, model.readings)
    kept = (certain >= sure) | _reaches_speech(units, readings)
    return _by_article(units, described, readings.take(np.flatnonzero(kept)), certain[kept])


def _is_allowed(units: Units, places: Ints) -> Ints:
    """Not a word that the lexicon knows, where an entry that is off or a rule keeps it from being a cue ("said nothing")."""
    pieces = units.pieces
    is_cue = np.zeros(len(pieces), dtype=bool)
    for scene, begin in zip(pieces.scenes, pieces.begin.tolist(), strict=False):
        is_cue[[begin + piece for piece in scene.cue_pieces]] = True
    return (units.codes[places, SIGNS] & KNOWN == 0) | is_cue[units.first[places]]


def _reaches_speech(units: Units, readings: Readings) -> Ints:
    """Whether a reading's content shares a character with a quotation that is speech by itself."""
    found, (starts, ends) = units.pieces.quotations, units.offsets
    opened, closed = found.start[found.is_speech], found.end[found.is_speech]
    before = np.searchsorted(opened, ends[readings.content[:, 1]]) - 1
    reached = (before >= 0) & (np.append(closed, 0)[before] > starts[readings.content[:, 0]])
    return np.diff(np.append(0, np.cumsum(reached))[readings.begin]) > 0


def _by_article(units: Units, described: Table, readings: Readings, certain: np.ndarray) -> list[list[Reading]]:
    """The readings in the offsets of their articles."""
    pieces, cue, source, article = units.pieces, readings.cue, readings.source, units.article[readings.cue]
    offset, stretches = pieces.offset[article], find_stretches(units, readings)
    of_stretch = np.repeat(offset, np.diff(readings.begin))
    contents = list(zip((stretches.starts - of_stretch).tolist(), (stretches.ends - of_stretch).tolist(), strict=True))
    columns = [
        article, units.first[cue] - pieces.begin[article], units.has(COLON)[cue],
        *(side - offset for side in (units.offsets[0][cue], units.offsets[1][cue])),
        source[:, 0] >= 0, units.offsets[0][source[:, 0]] - offset, units.offsets[1][source[:, 1]] - offset,
        readings.begin[:-1], readings.begin[1:], described["voice"][cue] == VOICES["passive"], certain,
        *(np.diff(np.append(0, np.cumsum(column))[readings.begin]) for column in (stretches.words, stretches.quoted)),
    ]  # fmt: skip
    found: list[list[Reading]] = [[] for _ in pieces.scenes]
    for number, piece, colon, start, end, sourced, opens, closes, first, stop, passive, probability, words, quoted in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        span, by = (start, end) if colon else None, (opens, closes) if sourced else None
        found[number].append(Reading(piece, span, by, tuple(contents[first:stop]), passive, probability, words, quoted))
    return found
