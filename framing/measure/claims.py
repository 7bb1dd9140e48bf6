"""Which attributions are kept: what is likely and does not stand inside another, each with what is free of its content.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.measure.attributed import HEARSAY, Attributed
from framing.measure.batch import Batch
from framing.measure.compiling import kernel
from framing.measure.forms import Ints
from framing.measure.quotationsigns import IS_SPEECH

# How much of its content an attribution must keep where others claimed words before it (chosen on training articles).
MOST = 0.5
# By how much speech is preferred to an attitude that would cover it (chosen: totals on the development articles do not change).
SPEECH_FIRST = 0.3


class Found(NamedTuple):
    """Attributions as `Attributed` has them."""

    cues: Ints
    """Start and end of each cue."""
    sources: Ints
    """Start and end of each source, -1 where there is none."""
    begin: Ints
    """Where the stretches of each one's content begin, and the end."""
    content: Ints
    """Start and end of the stretches."""


class Taken(NamedTuple):
    """What is claimed, one yes or no for each character."""

    content: np.ndarray
    """By a content."""
    cues: np.ndarray
    """By a cue."""
    openings: np.ndarray
    """By the first character of a cue."""


def settle(batch: Batch, found: Attributed, threshold: float) -> Attributed:
    """Keeps what is likely and does not stand inside another: no cue in a kept content, no word claimed twice.

    The likeliest goes first; hearsay goes last and claims no words. A quotation that nobody claims is then given to the
    likeliest of the cues less likely than the threshold that reach it, because speech has a speaker.
    """
    is_hearsay, is_likely = found.modes == HEARSAY, found.probabilities >= threshold
    rank = np.where(is_hearsay, 1.0, SPEECH_FIRST * (found.scopes == "attitude") - found.probabilities)
    order = np.lexsort((found.cues[:, 1], found.cues[:, 0], rank))
    turn = np.where(is_hearsay, 1, np.where(is_likely, 0, 2))[order]
    order, turn = order[np.argsort(turn, kind="stable")], np.sort(turn)
    speech = batch.quotations[batch.surface.quotation_signs.rows[:, IS_SPEECH] > 0]
    n = len(batch.surface.characters) + 1
    taken = Taken(*(np.zeros(n, dtype=np.bool_) for _ in range(3)))
    begin, sources = np.zeros(len(order) + 1, dtype=np.int64), found.sources.copy()
    content = _claim_all(Found(found.cues, sources, found.begin, found.content), order, turn, speech, taken, begin)
    numbers = order[np.diff(begin) > 0]
    settled = found._replace(sources=sources).take(numbers)._replace(begin=np.unique(begin), content=content)
    return settled.take(np.lexsort((settled.cues[:, 1], settled.cues[:, 0])))


@kernel
def _claim_all(found: Found, order: Ints, turn: Ints, speech: Ints, taken: Taken, begin: Ints) -> Ints:
    """The stretches of content that are kept, one attribution's behind the other's; fills where each one's begin: what is kept
    keeps one or more. Sources that others claim are taken out of `found`."""
    content, n = np.zeros((len(found.content) + 1, 2), dtype=np.int64), 0
    for place in range(len(order)):
        number = order[place]
        own = found.content[found.begin[number] : found.begin[number + 1]]
        if turn[place] == 1:
            free = not taken.content[found.cues[number, 0]]
            parts = own if free else own[:0]
        elif turn[place] == 0 or _reaches_free_speech(own, speech, taken):
            parts = _claim(found.cues[number], found.sources[number], own, taken)
        else:
            parts = own[:0]
        while n + len(parts) > len(content):
            content = np.concatenate((content, np.zeros_like(content)))
        content[n : n + len(parts)] = parts
        n += len(parts)
        begin[place + 1] = n
    return content[:n]


@kernel
def _claim(cue: Ints, source: Ints, content: Ints, taken: Taken) -> Ints:
    """Claims a cue and what is still free of its content; nothing where too little is."""
    if taken.content[cue[0]] or taken.cues[cue[0] : cue[1]].any():
        return content[:0]
    for start, end in content:
        if taken.openings[start:end].any():
            return content[:0]
    parts = _free_parts(content, taken)
    if not len(parts) or _length(parts) < MOST * _length(content):
        return content[:0]
    taken.cues[cue[0] : cue[1]], taken.openings[cue[0]] = True, True
    for start, end in parts:
        taken.content[start:end] = True
    if source[0] >= 0 and taken.content[source[0] : source[1]].any():
        source[:] = -1
    return parts


@kernel
def _free_parts(content: Ints, taken: Taken) -> Ints:
    """The parts of some stretches that no content claims."""
    n = 0
    parts = np.zeros((len(content), 2), dtype=np.int64)
    for start, end in content:
        free = False
        for at in range(start, end):
            if not taken.content[at]:
                if not free:
                    if n == len(parts):
                        parts = np.concatenate((parts, np.zeros_like(parts)))
                    parts[n, 0] = at
                    n += 1
                parts[n - 1, 1] = at + 1
            free = not taken.content[at]
    return parts[:n]


@kernel
def _length(spans: Ints) -> int:
    """Characters of some stretches."""
    return (spans[:, 1] - spans[:, 0]).sum()


@kernel
def _reaches_free_speech(content: Ints, speech: Ints, taken: Taken) -> bool:
    """Whether a content shares characters with quotations that are speech by themselves, and nobody claims any of them."""
    reaches = False
    for start, end in content:
        place = np.searchsorted(speech[:, 1], start, side="right")
        while place < len(speech) and speech[place, 0] < end:
            reaches = True
            if taken.content[speech[place, 0] : speech[place, 1]].any():
                return False
            place += 1
    return reaches
