"""Reads many articles at once for cues with their sources and contents, by the linear models (see `framing.measure.model`).

This is where the models are asked; numba comes with them, so this module is imported only when a text is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from framing.measure import candidates
from framing.measure.context import describe
from framing.measure.cues import single_words
from framing.measure.model import load_model
from framing.measure.readings import score_readings
from framing.measure.repairs import repair
from framing.measure.roles import Readings, read_roles
from framing.measure.scene import Scene
from framing.measure.spans import Span
from framing.measure.table import Ints, Table
from framing.measure.traits import COLON, DAY, OPENS_CLAUSE
from framing.measure.units import Units, find_units
from framing.measure.vocabulary import VOICES


class Reading(NamedTuple):
    """A cue of one article with what it seems to introduce."""

    piece: int
    """The cue's piece; a colon has the piece before it."""
    colon: Span | None
    """The colon's offsets, where the cue is one."""
    source: Span | None
    """Offsets of the source."""
    content: list[Span]
    """Offsets of the content's stretches."""
    is_passive: bool
    """Whether the cue is a passive verb whose source is missing or stands before it."""
    probability: float
    """How likely it is an attribution."""


# Pieces that are read together (chosen: enough to share the cost of each call, few enough for the processor's cache).
AT_ONCE = 20_000


def read_scenes(scenes: Sequence[Scene], worth: float, sure: float) -> list[list[Reading]]:
    """The readings of each article that can be kept: likely ones, and unlikely ones that reach a quotation that may be speech.

    A word below the probability `worth` is no cue; a reading is likely from the probability `sure` on.
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


def _read(scenes: Sequence[Scene], worth: float, sure: float) -> list[list[Reading]]:
    model = load_model()
    units = find_units(scenes, model.words)
    described = describe(units)
    places = candidates.find_candidates(units)
    likely = candidates.score_candidates(places, described, model.cues)
    places, likely = places[likely >= worth], likely[likely >= worth]
    allowed = _is_allowed(units, places)
    places, likely = places[allowed], likely[allowed]
    readings = repair(units, described, read_roles(units, described, places, model.roles, model.moves), likely)
    certain = score_readings(units, described, readings, likely, model.readings)
    kept = (certain >= sure) | _reaches_speech(units, readings)
    return _by_article(units, described, readings, certain, np.flatnonzero(kept))


def _is_allowed(units: Units, places: Ints) -> Ints:
    """Not a word that the lexicon knows, where an entry that is off or a rule keeps it from being a cue ("said nothing")."""
    pieces, known, allowed = units.pieces, single_words(), []
    articles, firsts = units.article[places].tolist(), units.first[places]
    for article, piece in zip(articles, (firsts - pieces.begin[articles]).tolist(), strict=True):
        scene = pieces.scenes[article]
        allowed.append(scene.text.lower[piece] not in known or piece in scene.cue_pieces)
    return np.array(allowed, dtype=bool)


def _reaches_speech(units: Units, readings: Readings) -> Ints:
    """Whether a reading's content shares a character with a quotation that is speech by itself."""
    found, (starts, ends) = units.pieces.quotations, units.offsets
    opened, closed = found.start[found.is_speech], found.end[found.is_speech]
    before = np.searchsorted(opened, ends[readings.content[:, 1]]) - 1
    reached = (before >= 0) & (np.append(closed, 0)[before] > starts[readings.content[:, 0]])
    return np.diff(np.append(0, np.cumsum(reached))[readings.begin]) > 0


def _by_article(units: Units, described: Table, readings: Readings, certain: np.ndarray, kept: Ints) -> list[list[Reading]]:
    """The readings kept, in the offsets of their articles."""
    pieces, cue, article = units.pieces, readings.cue[kept], units.article[readings.cue[kept]]
    offset = pieces.offset[article]
    sources, contents = readings.source[kept], _spans(units, readings)
    columns = [
        article, units.first[cue] - pieces.begin[article], units.has(COLON)[cue],
        *(side - offset for side in (units.offsets[0][cue], units.offsets[1][cue])),
        sources[:, 0] >= 0, units.offsets[0][sources[:, 0]] - offset, units.offsets[1][sources[:, 1]] - offset,
        readings.begin[kept], readings.begin[kept + 1], _is_passive(described, cue, sources), certain[kept],
    ]  # fmt: skip
    found: list[list[Reading]] = [[] for _ in pieces.scenes]
    for number, piece, colon, start, end, sourced, opens, closes, first, stop, passive, probability in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        source, content = (opens, closes) if sourced else None, contents[first:stop]
        found[number].append(Reading(piece, (start, end) if colon else None, source, content, passive, probability))
    return found


def _is_passive(described: Table, cue: Ints, sources: Ints) -> Ints:
    """Whether a cue's subject may be the one who is told or asked."""
    return (described["voice"][cue] == VOICES["passive"]) & (sources[:, 1] < cue)


def _spans(units: Units, readings: Readings) -> list[Span]:
    """Offsets of the contents; a day right after the cue is when it was said ("said [Monday] it would")."""
    cue = np.repeat(readings.cue, np.diff(readings.begin))
    first, last = readings.content.T
    traits = units.pieces.traits[units.first]
    following = traits[np.minimum(first + 1, len(units) - 1)]
    is_day = (first == cue + 1) & (first < last) & (traits[first] & DAY > 0) & (following & OPENS_CLAUSE > 0)
    offset = units.pieces.offset[units.article[cue]]
    starts, ends = units.offsets[0][first + is_day] - offset, units.offsets[1][last] - offset
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
