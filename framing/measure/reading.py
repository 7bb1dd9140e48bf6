"""Reads many articles at once for cues with their sources and contents, by the linear models (see `framing.measure.model`).

This is where the models are asked; numba comes with them, so this module is imported only when a text is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from framing.measure import candidates, roles
from framing.measure.context import describe
from framing.measure.model import load_model
from framing.measure.readings import score_readings
from framing.measure.repairs import repair
from framing.measure.signs import KNOWN
from framing.measure.stretches import find_stretches
from framing.measure.table import Ints, Table
from framing.measure.text import Text
from framing.measure.traits import COLON
from framing.measure.units import Units, find_units
from framing.measure.vocabulary import VOICES
from framing.measure.wordtable import SIGNS


class Readings(NamedTuple):
    """Cues with what they seem to introduce; pieces and offsets are counted through all articles."""

    pieces: Ints
    """The cues' pieces; a colon has the piece before it."""
    is_colon: np.ndarray
    """Whether the cue is a colon."""
    cues: Ints
    """Start and end of the cue's word or of the colon."""
    sources: Ints
    """Start and end of each source, -1 where there is none."""
    begin: Ints
    """Where the stretches of each one's content begin, and the end."""
    content: Ints
    """Start and end of the stretches, with the marks that belong to them."""
    is_passive: np.ndarray
    """Whether the cue is a passive verb."""
    probabilities: np.ndarray
    """How likely each is an attribution."""


# Pieces that are read together (chosen: a batch of news articles or one long document; more would take memory, not save time).
AT_ONCE = 100_000


def read_texts(texts: Sequence[Text], is_cue: np.ndarray, worth: tuple[float, float], sure: float) -> Readings:
    """The readings that can be kept: likely ones, and unlikely ones that reach a quotation that may be speech.

    `is_cue`: whether each piece is a cue of the lexicon. A word that the lexicon knows is no cue below the first probability of
    `worth`, another below the second; a reading is likely from the probability `sure` on.
    """
    parts, piece, offset = [], 0, 0
    for some in _batches(texts):
        size = sum(len(text.columns.keys) for text in some)
        parts.append(_shift(_read(some, is_cue[piece : piece + size], worth, sure), piece, offset))
        piece, offset = piece + size, offset + sum(len(text.text) + 1 for text in some)
    sizes = np.concatenate([np.diff(part.begin) for part in parts])
    joined = Readings(*map(np.concatenate, zip(*parts, strict=True)))
    return joined._replace(begin=np.append(0, np.cumsum(sizes)))


def _batches(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Neighbouring articles with AT_ONCE pieces or a little more."""
    batch, pieces = list[Text](), 0
    for text in texts:
        batch.append(text)
        pieces += len(text.columns.keys)
        if pieces >= AT_ONCE:
            yield batch
            batch, pieces = [], 0
    if batch:
        yield batch


def _shift(found: Readings, piece: int, offset: int) -> Readings:
    """Readings with the pieces and offsets of a longer row."""
    sources = np.where(found.sources >= 0, found.sources + offset, -1)
    return found._replace(pieces=found.pieces + piece, cues=found.cues + offset, sources=sources, content=found.content + offset)


def _read(texts: Sequence[Text], is_cue: np.ndarray, worth: tuple[float, float], sure: float) -> Readings:
    model = load_model()
    units = find_units(texts, model.words)
    described = describe(units)
    places = candidates.find_candidates(units)
    likely = candidates.score_candidates(places, described, model.cues)
    is_known = units.codes[places, SIGNS] & KNOWN > 0
    # A word that the lexicon knows is none where an entry that is off or a rule keeps it from being a cue ("said nothing").
    is_worth = (likely >= np.where(is_known, *worth)) & (~is_known | is_cue[units.first[places]])
    places, likely = places[is_worth], likely[is_worth]
    readings = repair(units, described, roles.read_roles(units, described, places, model.roles, model.moves), likely)
    certain = score_readings(units, described, readings, likely, model.readings)
    kept = np.flatnonzero((certain >= sure) | _reaches_speech(units, readings))
    return _lay_out(units, described, readings.take(kept), certain[kept])


def _reaches_speech(units: Units, readings: roles.Readings) -> Ints:
    """Whether a reading's content shares a character with a quotation that is speech by itself."""
    found, (starts, ends) = units.pieces.quotations, units.offsets
    opened, closed = found.start[found.is_speech], found.end[found.is_speech]
    before = np.searchsorted(opened, ends[readings.content[:, 1]]) - 1
    reached = (before >= 0) & (np.append(closed, 0)[before] > starts[readings.content[:, 0]])
    return np.diff(np.append(0, np.cumsum(reached))[readings.begin]) > 0


def _lay_out(units: Units, described: Table, readings: roles.Readings, certain: np.ndarray) -> Readings:
    """The readings as offsets."""
    cue, source, (starts, ends) = readings.cue, readings.source, units.offsets
    spans = np.stack([starts[source[:, 0]], ends[source[:, 1]]], axis=1)
    return Readings(
        units.first[cue], units.has(COLON)[cue], np.stack([starts[cue], ends[cue]], axis=1),
        np.where(source[:, :1] >= 0, spans, -1), readings.begin, find_stretches(units, readings),
        described["voice"][cue] == VOICES["passive"], certain,
    )  # fmt: skip
