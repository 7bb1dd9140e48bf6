"""The words of many articles as one long row of numbers, with their quotations: what is found of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from framing.measure import traits as t
from framing.measure.forms import Column
from framing.measure.quotationsigns import HOLDS_WORDS, IS_SPEECH, IS_WHOLE
from framing.measure.rowtable import RowTable
from framing.measure.text import Text, read_together
from framing.measure.traits import gap_traits
from framing.measure.vocabulary import GAPS, gap_code
from framing.measure.words import Columns
from framing.measure.wordtable import CAPITAL, TRAITS, Ints, Words, capital_of

if TYPE_CHECKING:
    from framing.measure.surface import Rows

_GAPS: RowTable[str] = RowTable(lambda between: (gap_code(between), gap_traits(between)))


@dataclass(frozen=True)
class Pieces:
    """The pieces (see `Text.words`) of many articles; all offsets count from the first article's first character."""

    texts: Sequence[Text]
    """The articles."""
    text: str
    """Their texts, a line break between them."""
    characters: Ints
    """The text as code points."""
    begin: Ints
    """The first piece of each article; one more number than articles."""
    columns: Columns
    """The pieces as numbers."""
    codes: Ints
    """Pieces x `wordtable.ATTRIBUTES`."""
    gap: Ints
    """Code of what stands after each piece (`vocabulary.GAPS`); an article ends with a line break."""
    traits: Ints
    """What the rules ask of each piece, those traits included that it has from its neighbours (`framing.measure.traits`)."""
    sentences: Ints
    """The first piece of each sentence."""
    quotation_rows: tuple[Ints, Ints, Ints]
    """Of each quotation the article, its four offsets (see `quotations.Quotation`), and its signs (see `quotationsigns`)."""

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def starts(self) -> Ints:
        """Offset of each piece's first character."""
        return self.columns.starts

    @property
    def ends(self) -> Ints:
        """Offset after each piece's last character."""
        return self.columns.ends

    @cached_property
    def article(self) -> Ints:
        """The article of each piece."""
        return np.repeat(np.arange(len(self.texts)), np.diff(self.begin))

    @cached_property
    def quotations(self) -> Quotations:
        """The quotations of all articles, those that hold no word left out."""
        return _find_quotations(self)

    @property
    def marked(self) -> tuple[Ints, Ints]:
        """Offsets of the first character and after the last of everything that stands between quotation marks."""
        starts, ends = self.quotation_rows[1][:, :2].T
        return starts, ends

    @cached_property
    def words(self) -> Ints:
        """Offsets of the words' first characters: of the pieces that no hyphen or clitic joins to the one before."""
        return self.starts[self.columns.joints == 0]

    def lower(self, first: int, stop: int) -> list[str]:
        """Some pieces in lower case."""
        return [self.columns.forms.lower[key] for key in self.columns.keys[first:stop].tolist()]


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


def find_pieces(texts: Sequence[Text], words: Words) -> Pieces:
    """The pieces of articles with all that is known of each by itself."""
    texts = texts if _are_neighbours(texts) else read_together(texts)
    (surface, number), n = texts[0].place, len(texts)
    base, piece, begin = surface.begin[number], surface.pieces[number], surface.pieces[number : number + n + 1]
    columns = _cut(surface.columns, begin[0], begin[-1], base)
    stops = surface.end[number : number + n] - base
    whole, characters = surface.whole[base : base + stops[-1]], surface.characters[base : base + stops[-1]]
    codes = words.find(columns, surface.tags[begin[0] : begin[-1]])
    _repair_capitals(codes, columns, whole)
    has_any = np.diff(begin) > 0
    last = begin[1:][has_any] - piece - 1
    gap, traits = _find_gaps(columns, whole, characters, last, stops[has_any])
    rows, signs = (_rows(things, number, n) for things in (surface.quotations, surface.quotation_signs))
    article = np.repeat(np.arange(n), np.diff(surface.quotations.begin[number : number + n + 1]))
    sentences = surface.firsts[slice(*surface.sentences.begin[[number, number + n]])] - piece
    return Pieces(
        texts, whole, characters, begin - piece, columns, codes, gap, _join_traits(codes, traits, last), sentences,
        (article, rows[:, :4] - base, signs),
    )  # fmt: skip


def _are_neighbours(texts: Sequence[Text]) -> bool:
    """Whether texts stand side by side among those that were read together."""
    surface, first = texts[0].place
    return all(text.place.surface is surface and text.place.number == number for number, text in enumerate(texts, first))


def _cut(columns: Columns, first: int, stop: int, base: int) -> Columns:
    """Some of the pieces, their offsets counted from another first character."""
    starts, ends, keys, joints = (column[first:stop] for column in columns[:4])
    return columns._replace(starts=starts - base, ends=ends - base, keys=keys, joints=joints)


def _rows(things: Rows, number: int, n: int) -> Ints:
    """The things of n texts."""
    return things.rows[things.begin[number] : things.begin[number + n]]


_LENGTHS = Column(len)


def _repair_capitals(codes: Ints, columns: Columns, whole: str) -> None:
    """Case counts as the text has it, with the invisible characters that keys leave out."""
    lengths = _LENGTHS.at(columns.forms.keys, columns.keys)
    for piece in np.flatnonzero(columns.ends - columns.starts != lengths).tolist():
        codes[piece, CAPITAL] = capital_of(whole[columns.starts[piece] : columns.ends[piece]])


def _find_gaps(columns: Columns, whole: str, characters: Ints, last: Ints, stops: Ints) -> tuple[Ints, Ints]:
    """Code and traits of what stands after each piece; nine of ten are one space."""
    starts, ends = columns[:2]
    until = np.append(starts[1:], 0)
    until[last] = stops
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
    start, end, _, inner_end = spans.T
    first, stop = np.searchsorted(pieces.starts, start), np.searchsorted(pieces.starts, end)
    return Quotations(article, start, end, inner_end, first, stop, signs[:, IS_WHOLE] > 0, signs[:, IS_SPEECH] > 0)
