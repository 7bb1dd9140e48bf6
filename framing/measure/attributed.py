"""The attributions of several articles side by side, as numbers: what is worked out of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from framing.measure.batch import Batch
from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.ragged import take_rows

MODES = ("direct", "mixed", "indirect", "agentless", "hearsay")
DIRECT, MIXED, INDIRECT, AGENTLESS, HEARSAY = range(len(MODES))


class Attributed(NamedTuple):
    """Attributions, one row for each; offsets are those of the batch."""

    cues: Ints
    """Start and end of each cue; equal where a quotation stands without one."""
    sources: Ints
    """Start and end of each source, -1 where there is none."""
    begin: Ints
    """Where each attribution's stretches of content begin, and the end."""
    content: Ints
    """Start and end of the stretches."""
    modes: Ints
    """Codes of `MODES`."""
    stances: np.ndarray
    """As `Attribution.stance`."""
    scopes: np.ndarray
    """As `Attribution.scope`."""
    lemmas: np.ndarray
    """As `Attribution.lemma`."""
    precisions: np.ndarray
    """As `Attribution.precision`."""
    probabilities: np.ndarray
    """As `Attribution.probability`."""

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.cues)

    @property
    def is_sourced(self) -> np.ndarray:
        """Whether somebody is named."""
        return self.sources[:, 0] >= 0

    @property
    def is_voiced(self) -> np.ndarray:
        """Whether the content is somebody else's voice (see `voices.is_voiced`)."""
        return (self.scopes == "reported_speech") & (self.modes != HEARSAY)

    @property
    def owners(self) -> Ints:
        """The attribution that each stretch belongs to."""
        return np.repeat(np.arange(self.n), np.diff(self.begin))

    def sum_stretches(self, values: Ints) -> Ints:
        """Sums over each attribution's stretches."""
        return np.diff(np.append(0, np.cumsum(values))[self.begin])

    def take(self, numbers: Ints) -> Attributed:
        """Some of the attributions."""
        rows, begin = take_rows(self.begin, numbers)
        single = [column[numbers] for column in (self.cues, self.sources, *self[4:])]
        return Attributed(single[0], single[1], begin, self.content[rows], *single[2:])

    def with_content(self, owners: Ints, content: Ints) -> Attributed:
        """The same attributions with other stretches, which are sorted here."""
        order = np.lexsort((content[:, 1], content[:, 0], owners))
        begin = np.append(0, np.cumsum(np.bincount(owners, minlength=self.n)))
        return self._replace(begin=begin, content=content[order])


def join(parts: Sequence[Attributed]) -> Attributed:
    """The rows of several tables, one below the other."""
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    sizes = np.concatenate([np.diff(part.begin) for part in parts])
    return Attributed(columns[0], columns[1], np.append(0, np.cumsum(sizes)), *columns[3:])


def lay_out(batch: Batch, rows: Iterable[tuple[int, Attribution]]) -> Attributed:
    """Attributions that are given one by one, each with the number of its article."""
    articles, found = [list(column) for column in zip(*rows, strict=True)] or ([], [])
    base = batch.bases[np.array(articles, dtype=np.int64)][:, None]
    sizes = [len(one.content) for one in found]
    sources = _spans([one.source or (-1, -1) for one in found])
    return Attributed(
        _spans([one.cue for one in found]) + base, np.where(sources >= 0, sources + base, -1),
        np.cumsum([0, *sizes]), _spans([span for one in found for span in one.content]) + np.repeat(base, sizes, axis=0),
        np.array([MODES.index(one.mode) for one in found], dtype=np.int64),
        *(np.array([getattr(one, name) for one in found], dtype=object) for name in ("stance", "scope", "lemma")),
        *(np.array([getattr(one, name) for one in found], dtype=float) for name in ("precision", "probability")),
    )  # fmt: skip


def _spans(spans: Sequence[tuple[int, int]]) -> Ints:
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


def read_modes(batch: Batch, found: Attributed) -> Ints:
    """direct, mixed, indirect or agentless, by how much of the content stands in quotation marks."""
    starts, ends = found.content.T
    words, quoted = (found.sum_stretches(count(starts, ends)) for count in (batch.count_words, batch.count_quoted))
    unquoted = np.where(found.is_sourced, INDIRECT, AGENTLESS)
    return np.where(quoted > 0, np.where(quoted == words, DIRECT, MIXED), unquoted)


def list_attributions(batch: Batch, found: Attributed) -> list[list[Attribution]]:
    """The attributions of each article, one by one, with the offsets of their articles."""
    articles = batch.articles_at(found.cues[:, 0])
    base = batch.bases[articles][:, None]
    content = list(map(tuple, (found.content - np.repeat(base, np.diff(found.begin), axis=0)).tolist()))
    columns = (found.cues - base, found.sources - base, found.is_sourced, found.begin[:-1], found.begin[1:], *found[4:])
    rows: list[list[Attribution]] = [[] for _ in batch.texts]
    for article, cue, source, sourced, first, stop, mode, *rest in zip(
        articles.tolist(), *(column.tolist() for column in columns), strict=True
    ):
        span = (source[0], source[1]) if sourced else None
        rows[article].append(Attribution((cue[0], cue[1]), span, tuple(content[first:stop]), MODES[mode], *rest))
    return rows
