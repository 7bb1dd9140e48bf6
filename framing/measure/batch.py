"""Articles that are read together, laid end to end with one character between any two: so one search finds the places of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.scene import Scene
from framing.measure.text import Text


@dataclass(frozen=True)
class Batch:
    """Some articles; offsets and numbers of pieces and sentences go on from one article to the next."""

    scenes: Sequence[Scene]
    """The articles."""

    @cached_property
    def texts(self) -> list[Text]:
        """The articles' texts."""
        return [scene.text for scene in self.scenes]

    @cached_property
    def text(self) -> str:
        """All texts as they were read."""
        return "\n".join(text.original for text in self.texts)

    @cached_property
    def bases(self) -> Ints:
        """Where each article begins."""
        return _firsts([len(text.original) + 1 for text in self.texts])

    @cached_property
    def first_pieces(self) -> Ints:
        """The number of each article's first piece."""
        return _firsts([len(text.columns.starts) for text in self.texts])

    @cached_property
    def piece_starts(self) -> Ints:
        """Where the pieces begin."""
        return _laid([text.columns.starts for text in self.texts], self.bases)

    @cached_property
    def piece_ends(self) -> Ints:
        """Where the pieces end."""
        return _laid([text.columns.ends for text in self.texts], self.bases)

    @cached_property
    def word_starts(self) -> Ints:
        """Where the words begin: the pieces that no hyphen or clitic joins to the one before."""
        return self.piece_starts[np.concatenate([text.columns.joints for text in self.texts]) == 0]

    @cached_property
    def sentences(self) -> Ints:
        """Where the sentences begin and end; sentences x 2."""
        return self._spans([text.sentences for text in self.texts])

    @cached_property
    def n_sentences(self) -> Ints:
        """The sentences of each article."""
        return np.array([len(text.sentences) for text in self.texts], dtype=np.int64)

    @cached_property
    def quotations(self) -> Ints:
        """Where the quotations begin and end; quotations x 2."""
        offsets = [scene.quotation_offsets[:, :2] for scene in self.scenes]
        return _laid(offsets, self.bases) if offsets else np.zeros((0, 2), dtype=np.int64)

    @cached_property
    def opens_sentence(self) -> np.ndarray:
        """Whether a piece is the first of its sentence."""
        opens = np.zeros(len(self.piece_starts) + 1, dtype=bool)
        opens[np.searchsorted(self.piece_starts, self.sentences[:, 0])] = True
        return opens[:-1]

    def sentences_of(self, articles: Ints, offsets: Ints) -> Ints:
        """As `Text.sentence_of`, counted from each article's first sentence."""
        numbers = np.searchsorted(self.sentences[:, 0], offsets, "right") - 1
        return np.maximum(numbers - _firsts(self.n_sentences)[articles], 0)

    def in_quotations(self, offsets: Ints) -> np.ndarray:
        """Whether a quotation stands at an offset."""
        return holds(self.quotations[:, 0], self.quotations[:, 1], offsets)

    def values_at(self, column: Column, pieces: Ints) -> Ints:
        """What a column says of the keys of some pieces, which are in order."""
        parts = np.split(pieces, np.searchsorted(pieces, self.first_pieces[1:]))
        rows = zip((text.columns for text in self.texts), parts, self.first_pieces, strict=True)
        return np.concatenate([column.at(columns.forms.keys, columns.keys[some - first]) for columns, some, first in rows])

    def spans(self, spans: Iterable[tuple[int, int]], articles: Ints) -> Ints:
        """Spans of articles in this row; spans x 2."""
        flat = np.fromiter(chain.from_iterable(spans), np.int64).reshape(-1, 2)
        return flat + self.bases[articles][:, None]

    def _spans(self, spans: Sequence[Sequence[tuple[int, int]]]) -> Ints:
        return self.spans(chain.from_iterable(spans), np.repeat(np.arange(len(spans)), list(map(len, spans))))


def holds(starts: Ints, ends: Ints, offsets: Ints) -> np.ndarray:
    """Whether any of some spans, which are in order and never overlap, holds an offset."""
    place = np.searchsorted(starts, offsets, "right")
    return offsets < np.append(-1, ends)[place]


def _firsts(sizes: Sequence[int] | Ints) -> Ints:
    return np.cumsum(sizes) - sizes


def _laid(parts: Sequence[Ints], bases: Ints) -> Ints:
    """Offsets of articles in this row."""
    laid = np.repeat(bases, list(map(len, parts)))
    found = np.concatenate(parts)
    return found + laid.reshape(-1, *[1] * (found.ndim - 1))
