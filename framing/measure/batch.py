"""Articles that are read together, laid end to end with one character between any two: so one search finds the places of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.scene import Scene
from framing.measure.text import Text, read_together

if TYPE_CHECKING:
    from framing.measure.surface import Surface


@dataclass(frozen=True)
class Batch:
    """Some articles; offsets and numbers of pieces and sentences go on from one article to the next."""

    scenes: Sequence[Scene]
    """The articles."""

    @cached_property
    def texts(self) -> Sequence[Text]:
        """The articles' texts."""
        return share_surface([scene.text for scene in self.scenes])

    @cached_property
    def surface(self) -> Surface:
        """The texts' surface; without any text, that of an empty one."""
        return (self.texts or read_together([Text("", "")]))[0].place.surface

    @cached_property
    def text(self) -> str:
        """All texts as they were read."""
        return "\n".join(text.original for text in self.texts)

    @cached_property
    def bases(self) -> Ints:
        """Where each article begins."""
        return self.surface.begin[: len(self.texts)]

    @cached_property
    def piece_starts(self) -> Ints:
        """Where the pieces begin."""
        return self.surface.columns.starts

    @cached_property
    def piece_ends(self) -> Ints:
        """Where the pieces end."""
        return self.surface.columns.ends

    @cached_property
    def word_starts(self) -> Ints:
        """Where the words begin: the pieces that no hyphen or clitic joins to the one before."""
        return self.piece_starts[self.surface.columns.joints == 0]

    @cached_property
    def sentences(self) -> Ints:
        """Where the sentences begin and end; sentences x 2."""
        return self.surface.sentences.rows

    @cached_property
    def n_sentences(self) -> Ints:
        """The sentences of each article."""
        return np.diff(self.surface.sentences.begin)[: len(self.texts)]

    @cached_property
    def quotations(self) -> Ints:
        """Where the quotations begin and end; quotations x 2."""
        return self.surface.quotations.rows[:, :2]

    @cached_property
    def opens_sentence(self) -> np.ndarray:
        """Whether a piece is the first of its sentence."""
        opens = np.zeros(len(self.piece_starts) + 1, dtype=bool)
        opens[self.surface.firsts] = True
        return opens[:-1]

    def articles_at(self, offsets: Ints) -> Ints:
        """The articles in which offsets are."""
        return np.searchsorted(self.bases, offsets, "right") - 1

    def sentences_of(self, articles: Ints, offsets: Ints) -> Ints:
        """As `Text.sentence_of`, counted from each article's first sentence."""
        numbers = np.searchsorted(self.sentences[:, 0], offsets, "right") - 1
        return np.maximum(numbers - self.surface.sentences.begin[articles], 0)

    def in_quotations(self, offsets: Ints) -> np.ndarray:
        """Whether a quotation stands at an offset."""
        return holds(self.quotations[:, 0], self.quotations[:, 1], offsets)

    def count_words(self, starts: Ints, ends: Ints) -> Ints:
        """Words that begin in each of some stretches."""
        return np.searchsorted(self.word_starts, ends) - np.searchsorted(self.word_starts, starts)

    def count_quoted(self, starts: Ints, ends: Ints) -> Ints:
        """Those of them that stand between quotation marks."""
        return self._quoted_before(ends) - self._quoted_before(starts)

    def _quoted_before(self, offsets: Ints) -> Ints:
        opened, closed = self.quotations.T
        if not len(opened):
            return np.zeros(len(offsets), dtype=np.int64)
        reached = np.append(0, np.cumsum(self.count_words(opened, closed)))
        place = np.searchsorted(opened, offsets) - 1
        inside = self.count_words(opened[place], np.minimum(offsets, closed[place]))
        return np.where(place >= 0, reached[place] + inside, 0)

    def values_at(self, column: Column, pieces: Ints) -> Ints:
        """What a column says of the keys of some pieces."""
        columns = self.surface.columns
        return column.at(columns.forms.keys, columns.keys[pieces])


def share_surface(texts: Sequence[Text]) -> Sequence[Text]:
    """The same texts, read together and with no others."""
    places = [text.place for text in texts]
    shared = all(place.surface is places[0].surface and place.number == number for number, place in enumerate(places))
    return texts if shared and (not places or len(places[0].surface.texts) == len(places)) else read_together(texts)


def holds(starts: Ints, ends: Ints, offsets: Ints) -> np.ndarray:
    """Whether any of some spans, which are in order and never overlap, holds an offset."""
    place = np.searchsorted(starts, offsets, "right")
    return offsets < np.append(-1, ends)[place]
