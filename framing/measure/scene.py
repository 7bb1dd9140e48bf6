"""A text with its quotations laid over its words: what the attribution rules look at."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property

from framing.measure.quotations import Quotation, find_quotations
from framing.measure.tags import is_class
from framing.measure.text import Text

Span = tuple[int, int]
"""Half-open offsets."""
# How far a rule looks within a sentence, in pieces (chosen; the longest sentences of edited news have about 100 words).
REACH = 150


@dataclass(frozen=True)
class Scene:
    """One article, ready for the attribution rules; positions are indices of pieces (see `Text.words`)."""

    text: Text
    """The words, tags and sentences."""

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Stretches between quotation marks, in order."""
        return find_quotations(self.text)

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.start for quotation in self.quotations]

    def quotation_over(self, offset: int) -> Quotation | None:
        """The quotation that holds an offset, if any."""
        index = bisect.bisect_right(self._quotation_starts, offset) - 1
        if index >= 0 and offset < self.quotations[index].end:
            return self.quotations[index]
        return None

    def quotation_of(self, piece: int) -> Quotation | None:
        """The quotation around a piece, if any."""
        return self.quotation_over(self.text.starts[piece])

    def gap(self, piece: int) -> str:
        """What stands between a piece and the next one, without spaces."""
        starts = self.text.starts
        end = starts[piece + 1] if piece + 1 < len(starts) else len(self.text.text)
        between = self.text.text[self.text.ends[piece] : end]
        return "\n" if "\n" in between else between.strip()

    def lower(self, piece: int) -> str:
        """A piece in lower case."""
        return self.text.lower[piece]

    def tag(self, piece: int) -> str:
        """A piece's Penn tag."""
        return self.text.tags[piece]

    def is_noun(self, piece: int) -> bool:
        """Whether a piece can be the head of a noun phrase."""
        return (
            is_class(self.tag(piece), "NOUN")
            or self.tag(piece) in ("PRP", "CD")
            or self.lower(piece) in HEADS
            or self._is_surname(piece)
        )

    def _is_surname(self, piece: int) -> bool:
        """A capitalised adjective after a name and before no noun: “Ana Brisk”, not “Caldria’s Northern towns”."""
        if piece == 0 or not self.tag(piece).startswith("JJ") or self.tag(piece - 1) != "NNP" or self.gap(piece - 1):
            return False
        last = self.gap(piece) != "" or piece + 1 == len(self.text.starts) or not self.tag(piece + 1).startswith(("NN", "JJ"))
        return last and self.text.text[self.text.starts[piece]].isupper()

    def is_finite(self, piece: int) -> bool:
        """Whether a piece is a finite verb or a modal; 's is one after a pronoun (it's), not after a noun (leader's)."""
        if self.lower(piece) in ("'s", "'re"):
            return piece > 0 and self.tag(piece - 1) in ("PRP", "EX", "WP", "DT")
        return self.tag(piece) in ("VBD", "VBZ", "VBP", "MD") or self.lower(piece) in ("is", "was", "are", "were")

    def sentence(self, piece: int) -> range:
        """The pieces of the sentence around a piece, at most REACH to either side: so time stays linear."""
        whole = self.text.pieces(*self.text.sentence_span(self.text.starts[piece]))
        return range(max(whole.start, piece - REACH), min(whole.stop, piece + REACH))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the pieces first..last."""
        return self.text.span(first, last)


HEADS = frozenset("others some many several both most few one those all who everyone nobody critics".split())
"""Words beside nouns that can be the subject of a reporting verb."""
