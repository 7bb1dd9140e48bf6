"""The words of many articles as one long row of numbers, with their quotations: what is found of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.measure import traits as t
from framing.measure.quotationsigns import HOLDS_WORDS, IS_SPEECH, IS_WHOLE
from framing.measure.rowtable import RowTable
from framing.measure.scene import Scene
from framing.measure.text import Text
from framing.measure.traits import gap_traits
from framing.measure.vocabulary import GAPS, gap_code
from framing.measure.words import INVISIBLE
from framing.measure.wordtable import CAPITAL, TRAITS, Ints, Words, capital_of

_GAPS: RowTable[str] = RowTable(lambda between: (gap_code(between), gap_traits(between)))


@dataclass(frozen=True)
class Pieces:
    """The pieces (see `Text.words`) of many articles; all offsets count from the first article's first character."""

    scenes: Sequence[Scene]
    """The articles."""
    text: str
    """Their texts, a line break between them."""
    begin: Ints
    """The first piece of each article; one more number than articles."""
    offset: Ints
    """Where each article's text begins in the whole."""
    starts: Ints
    """Offset of each piece's first character."""
    ends: Ints
    """Offset after each piece's last character."""
    codes: Ints
    """Pieces x `wordtable.ATTRIBUTES`."""
    gap: Ints
    """Code of what stands after each piece (`vocabulary.GAPS`); an article ends with a line break."""
    traits: Ints
    """What the rules ask of each piece, those traits included that it has from its neighbours (`framing.measure.traits`)."""

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def article(self) -> Ints:
        """The article of each piece."""
        return np.repeat(np.arange(len(self.scenes)), np.diff(self.begin))

    @cached_property
    def quotations(self) -> Quotations:
        """The quotations of all articles, those that hold no word left out."""
        return _find_quotations(self)

    @cached_property
    def marked(self) -> tuple[Ints, Ints]:
        """Offsets of the first character and after the last of everything that stands between quotation marks."""
        article, spans, _ = self.quotation_rows
        starts, ends = spans[:, :2].T + self.offset[article]
        return starts, ends

    @cached_property
    def quotation_rows(self) -> tuple[Ints, Ints, Ints]:
        """Of each quotation the article, its four offsets there, and its signs (see `quotationsigns.read_signs`)."""
        rows = [scene.quotation_offsets for scene in self.scenes]
        article = np.repeat(np.arange(len(rows)), list(map(len, rows)))
        return article, np.concatenate(rows), np.concatenate([scene.quotation_signs for scene in self.scenes])

    @cached_property
    def words(self) -> Ints:
        """Offsets of the words' first characters: of the pieces that no hyphen or clitic joins to the one before."""
        columns = [scene.text.columns for scene in self.scenes]
        return self.starts[np.concatenate([column.joints for column in columns]) == 0]

    @cached_property
    def characters(self) -> np.ndarray:
        """The text as code points; uint32."""
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@dataclass(frozen=True)
class Quotations:
    """The quotations of many articles."""

    article: Ints
    """The article of each."""
    start: Ints
    """Offset of the opening mark."""
    end: Ints
    """Offset after the closing mark."""
    inner_end: Ints
    """Offset of the closing mark."""
    first: Ints
    """Its first piece."""
    stop: Ints
    """The piece after its last."""
    is_whole: Ints
    """Whether it is read as one unit (see `Scene.is_whole`)."""
    is_speech: Ints
    """Whether it is speech by itself (see `Scene.is_speech`)."""


def find_pieces(scenes: Sequence[Scene], words: Words) -> Pieces:
    """The pieces of articles with all that is known of each by itself."""
    texts = [scene.text for scene in scenes]
    sizes = [len(text.columns.keys) for text in texts]
    begin = np.cumsum([0, *sizes])
    whole = "\n".join(text.text for text in texts)
    offset = np.cumsum([0, *(len(text.text) + 1 for text in texts)])[:-1]
    offsets = np.repeat(offset, sizes)
    starts = np.concatenate([text.columns.starts for text in texts]) + offsets
    ends = np.concatenate([text.columns.ends for text in texts]) + offsets
    codes = np.concatenate([words.find(text.columns, text.tag_codes) for text in texts])
    _repair_capitals(codes, texts, whole, starts, ends)
    last = begin[1:][np.diff(begin) > 0] - 1
    gap, gap_traits_ = _find_gaps(whole, starts, ends, last, (offset + [len(text.text) for text in texts])[np.diff(begin) > 0])
    return Pieces(scenes, whole, begin, offset, starts, ends, codes, gap, _join_traits(codes, gap_traits_, last))


def _repair_capitals(codes: Ints, texts: Sequence[Text], whole: str, starts: Ints, ends: Ints) -> None:
    """Case counts as the text has it, with the invisible characters that keys leave out."""
    if any(character in whole for character in INVISIBLE):
        lengths = np.fromiter((len(key) for text in texts for key in text.keys), dtype=np.int64)
        for piece in np.flatnonzero(ends - starts != lengths):
            codes[piece, CAPITAL] = capital_of(whole[starts[piece] : ends[piece]])


def _find_gaps(whole: str, starts: Ints, ends: Ints, last: Ints, stops: Ints) -> tuple[Ints, Ints]:
    """Code and traits of what stands after each piece; nine of ten are one space."""
    until = np.append(starts[1:], 0)
    until[last] = stops
    characters = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    marked = np.ones(len(starts), dtype=bool)
    single = np.flatnonzero(until - ends == 1)
    marked[single] = characters[ends[single]] != ord(" ")
    places = np.flatnonzero(marked)
    between = [whole[end:start] for end, start in zip(ends[places].tolist(), until[places].tolist(), strict=True)]
    space, *_ = found = _GAPS.find([" ", *between])
    gap, traits = np.full(len(starts), space[0]), np.full(len(starts), space[1])
    gap[places], traits[places] = found[1:].T
    gap[last] = GAPS["line"]
    return gap, traits


def _join_traits(codes: Ints, of_gaps: Ints, last: Ints) -> Ints:
    """The traits of words and gaps, and those that a piece has from its neighbours: "it's" is a verb, "leader's" is none."""
    traits = codes[:, TRAITS] | of_gaps
    before, after = np.append(0, traits[:-1]), np.append(traits[1:], 0)
    before[last[:-1] + 1], after[last] = 0, 0
    clitic = (traits & t.CLITIC > 0) & (before & t.BEFORE_CLITIC > 0)
    # A capitalised adjective after a name and before no noun: “Ana Brisk”, not “Caldria’s Northern towns” (see `Scene.is_noun`).
    named = (traits & t.ADJECTIVE > 0) & (before & t.NAME > 0) & (before & t.NOTHING > 0) & (codes[:, CAPITAL] > 0)
    surname = named & ((traits & t.NOTHING == 0) | (after & t.NOMINAL == 0))
    return traits | np.where(clitic, t.FINITE, 0) | np.where(surname, t.NOUN, 0)


def _find_quotations(pieces: Pieces) -> Quotations:
    article, spans, signs = (column[pieces.quotation_rows[2][:, HOLDS_WORDS] > 0] for column in pieces.quotation_rows)
    start, end, _, inner_end = spans.T + pieces.offset[article]
    first, stop = np.searchsorted(pieces.starts, start), np.searchsorted(pieces.starts, end)
    return Quotations(article, start, end, inner_end, first, stop, signs[:, IS_WHOLE] > 0, signs[:, IS_SPEECH] > 0)
