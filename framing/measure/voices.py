"""Voice: for every word, whether the journalist speaks, somebody is quoted, or somebody is reported.

`quoted` is what stands inside quotation marks as speech, `reported` is attributed content outside marks, everything else is the
`journalist`. Hearsay ("reportedly") stays the journalist's: the adverb is a hedge of the journalist's own sentence.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from framing.measure.attributed import Attributed
from framing.measure.batch import Batch, holds
from framing.measure.forms import Ints
from framing.measure.scene import Scene, Span

VOICES = ("journalist", "quoted", "reported")
_JOURNALIST, _QUOTED, _REPORTED = range(len(VOICES))


class Voiced(NamedTuple):
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


class VoiceTable(NamedTuple):
    """Who speaks where in a batch: stretches of others' voices side by side, in order and never overlapping."""

    starts: Ints
    """Offsets of the first characters."""
    ends: Ints
    """Offsets after the last characters."""
    codes: Ints
    """Codes of `VOICES`."""
    owners: Ints
    """Indices of the attributions whose content the stretches are."""

    def look_up(self, offsets: Ints) -> tuple[Ints, Ints]:
        """As `Voices.at` for many offsets: codes of `VOICES`, and indices of the attributions, -1 for none."""
        place = np.where(holds(self.starts, self.ends, offsets), np.searchsorted(self.starts, offsets, "right"), 0)
        return np.append(_JOURNALIST, self.codes)[place], np.append(-1, self.owners)[place]

    def listed(self) -> Voices:
        """The voices of a batch of one article."""
        rows = zip(*(column.tolist() for column in self), strict=True)
        return Voices(tuple(Voiced(start, end, VOICES[code], owner) for start, end, code, owner in rows))


def count_voices(batch: Batch, voices: VoiceTable) -> Ints:
    """For each sentence how many of its words stand in each of `VOICES`; shape (sentences, voices)."""
    voice, _ = voices.look_up(batch.word_starts)
    sentence = np.searchsorted(batch.sentences[:, 0], batch.word_starts, "right") - 1
    counts = np.bincount(sentence * len(VOICES) + voice, minlength=len(batch.sentences) * len(VOICES))
    return counts.reshape(-1, len(VOICES))


def find_voices(batch: Batch, found: Attributed) -> VoiceTable:
    """Cuts the content of all reported speech (hearsay and attitudes aside) into quoted and reported stretches."""
    is_voiced = found.is_voiced[found.owners]
    starts, ends = found.content[is_voiced].T
    return _cut(batch, starts, ends, found.owners[is_voiced])


def is_voiced(scope: str, mode: str) -> bool:
    """Whether an attribution's content is somebody else's voice: speech, not attitudes, not hearsay."""
    return scope == "reported_speech" and mode != "hearsay"


def cut_voices(scene: Scene, contents: Sequence[Sequence[Span]]) -> Voices:
    """The voices of an article from the content spans of its attributions, in their order (empty where one has no voice)."""
    return cut_batch(Batch([scene]), [contents]).listed()


def cut_batch(batch: Batch, contents: Sequence[Sequence[Sequence[Span]]]) -> VoiceTable:
    """As `cut_voices` for a batch of articles; attributions are counted through all of them."""
    rows = enumerate((article, content) for article, some in enumerate(contents) for content in some)
    flat = [(article, owner, *span) for owner, (article, content) in rows for span in content]
    articles, owners, starts, ends = np.array(flat, dtype=np.int64).reshape(-1, 4).T
    return _cut(batch, starts + batch.bases[articles], ends + batch.bases[articles], owners)


def _cut(batch: Batch, starts: Ints, ends: Ints, owners: Ints) -> VoiceTable:
    """Spans that may overlap, cut so that they do not."""
    order = np.lexsort((ends, starts))  # stable: of two equal spans the first attribution has it
    starts, ends, owners = starts[order], ends[order], owners[order]
    starts = np.maximum(starts, np.append(0, np.maximum.accumulate(ends)[:-1])[: len(ends)])
    left = starts < ends
    return _cut_by_quotations(batch, starts[left], ends[left], owners[left])


def _cut_by_quotations(batch: Batch, starts: Ints, ends: Ints, owners: Ints) -> VoiceTable:
    """Spans that are in order and never overlap, cut wherever a quotation begins or ends."""
    edges = batch.quotations.ravel()
    pieces = np.unique(np.concatenate([starts, edges[holds(starts, ends, edges)]]))
    span = np.searchsorted(starts, pieces, "right") - 1
    stops = np.minimum(np.append(pieces[1:], np.iinfo(np.int64).max)[: len(pieces)], ends[span])
    return VoiceTable(pieces, stops, np.where(batch.in_quotations(pieces), _QUOTED, _REPORTED), owners[span])
