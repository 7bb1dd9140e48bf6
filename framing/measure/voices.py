"""Voice: for every word, whether the journalist speaks, somebody is quoted, or somebody is reported.

`quoted` is what stands inside quotation marks as speech, `reported` is attributed content outside marks, everything else is the
`journalist`. Hearsay ("reportedly") stays the journalist's: the adverb is a hedge of the journalist's own sentence.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.scene import Scene
from framing.measure.spans import Span
from framing.measure.text import Text

VOICES = ("journalist", "quoted", "reported")


@dataclass(frozen=True)
class Voiced:
    """A stretch of somebody else's voice."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    voice: str
    """`quoted` or `reported`."""
    attribution: int
    """Index of the attribution whose content it is."""


@dataclass(frozen=True)
class Voices:
    """Who speaks where in one article."""

    stretches: tuple[Voiced, ...]
    """Stretches of others' voices, in order and never overlapping; the rest is the journalist's."""

    @cached_property
    def _starts(self) -> list[int]:
        return [stretch.start for stretch in self.stretches]

    def at(self, offset: int) -> tuple[str, int | None]:
        """The voice at an offset and the index of the attribution it belongs to, if any."""
        index = bisect.bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.stretches[index].end:
            return self.stretches[index].voice, self.stretches[index].attribution
        return "journalist", None

    def look_up(self, offsets: Ints) -> tuple[Ints, Ints]:
        """As `at` for many offsets: codes of `VOICES`, and indices of the attributions, -1 for none."""
        if not self.stretches:
            return np.zeros(len(offsets), dtype=np.int64), np.full(len(offsets), -1)
        starts, ends, codes, owners = np.array([(s.start, s.end, VOICES.index(s.voice), s.attribution) for s in self.stretches]).T
        place = np.searchsorted(starts, offsets, "right") - 1
        inside = (place >= 0) & (offsets < ends[place])
        return np.where(inside, codes[place], 0), np.where(inside, owners[place], -1)


def count_voices(text: Text, voices: Voices) -> Ints:
    """For each sentence how many of its words stand in each of `VOICES`; shape (sentences, voices)."""
    words = text.columns.starts[text.columns.joints == 0]
    voice, _ = voices.look_up(words)
    sentence = np.searchsorted(np.array(text.sentence_offsets, dtype=np.int64), words, "right") - 1
    counts = np.bincount(sentence * len(VOICES) + voice, minlength=len(text.sentences) * len(VOICES))
    return counts.reshape(-1, len(VOICES))


def find_voices(scene: Scene, attributions: Sequence[Attribution]) -> Voices:
    """Cuts the content of all reported speech (hearsay and attitudes aside) into quoted and reported stretches."""
    return cut_voices(scene, [one.content if is_voiced(one.scope, one.mode) else () for one in attributions])


def is_voiced(scope: str, mode: str) -> bool:
    """Whether an attribution's content is somebody else's voice: speech, not attitudes, not hearsay."""
    return scope == "reported_speech" and mode != "hearsay"


def cut_voices(scene: Scene, contents: Sequence[Sequence[Span]]) -> Voices:
    """The voices of an article from the content spans of its attributions, in their order (empty where one has no voice)."""
    claimed = sorted((start, end, index) for index, content in enumerate(contents) for start, end in content)
    stretches: list[Voiced] = []
    reached = 0
    for start, end, index in claimed:
        stretches.extend(_cut(scene, max(start, reached), end, index))
        reached = max(reached, end)
    return Voices(tuple(stretches))


def _cut(scene: Scene, start: int, end: int, index: int) -> list[Voiced]:
    """The stretch [start, end), quotation by quotation."""
    pieces: list[Voiced] = []
    position = start
    while position < end:
        quotation = scene.quotation_over(position) or scene.quotation_from(position, end)
        if quotation is None or quotation.start > position:
            stop = end if quotation is None else quotation.start
            pieces.append(Voiced(position, stop, "reported", index))
        else:
            stop = min(end, quotation.end)
            pieces.append(Voiced(position, stop, "quoted", index))
        position = stop
    return pieces
