"""TextBlob's sentiment, exactly, by one quick walk over TextBlob's own table.

TextBlob cuts a text into tokens and weighs every one of them; nine in ten change nothing. Here each distinct piece between
spaces is cut once, by TextBlob itself, and only the pieces that carry sentiment are weighed, in TextBlob's order and with its
arithmetic, so that the numbers agree to the last bit. Where emoticons may be glued from several tokens ("8 )" becomes "8)"),
TextBlob cuts the paragraph or the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from framing.measure.forms import Column
from framing.measure.words import Columns

_PARAGRAPHS = re.compile(r"\n{2,}")
# TextBlob counts such marks to the sentence of the paragraph before, so paragraphs cannot be cut one by one.
_REACHES_BACK = re.compile(r"\n{2}[\s”’]*[.!?)]")
# Distinct pieces between spaces that are remembered (1.7 million words of US news have 94,000), none of them long.
_REMEMBERED, _LONGEST = 500_000, 40


class _Table(NamedTuple):
    """What TextBlob knows."""

    words: dict[str, tuple[float, float, float, bool]]
    """Word -> polarity, subjectivity, intensity and whether it modifies the next word (it is a known adverb)."""
    moods: dict[str, float]
    """Emoticon in lower case -> polarity."""
    negations: frozenset[str]
    """not, n't ..."""
    glued: re.Pattern[str]
    """Emoticons and sarcasm marks, with the spaces that TextBlob takes out of them."""
    inner: frozenset[str]
    """All that can stand in an emoticon or sarcasm mark after its first character."""
    neighbours: frozenset[str]
    """All pairs of characters that follow each other there."""


@cache
def _table() -> _Table:
    from textblob import _text  # slow to import (it brings nltk), so only when a text is assessed
    from textblob.en import sentiment

    len(sentiment)  # TextBlob loads its table when it is first asked for something
    words = {word: (*tags[None], "RB" in tags) for word, tags in dict.items(sentiment) if None in tags}
    faces = [(face, polarity) for (_, polarity), some in _text.EMOTICONS.items() for face in some]
    moods: dict[str, float] = {}
    for face, polarity in faces:  # the conditions are TextBlob's: XD, being letters, is glued but never weighed
        if not face.isalpha() and len(face) <= 5 and face.lower() not in _text.PUNCTUATION:
            moods.setdefault(face.lower(), polarity)
    marks = [*(face for face, _ in faces), "(!)"]
    return _Table(
        words=words,
        moods=moods,
        negations=frozenset(sentiment.negations),
        glued=re.compile(f"{_text.RE_EMOTICONS.pattern}|{_text.RE_SARCASM.pattern}"),
        inner=frozenset(mark[a:b] for mark in marks for a in range(1, len(mark)) for b in range(a + 1, len(mark) + 1)),
        neighbours=frozenset(a + b for mark in marks for a, b in pairwise(mark)),
    )


class _Piece(NamedTuple):
    """What stands between two spaces and matters for the sentiment."""

    tokens: tuple[str, ...]
    """TextBlob's tokens in lower case."""
    odd: bool
    """Whether TextBlob finds an emoticon or a sarcasm mark in it."""
    joins: bool
    """Whether its first token may be the rest of an emoticon that began in the piece before."""


class _Pieces(dict[str, _Piece | None]):
    """Piece of text -> what matters of it, or None for the many that bring no sentiment; cut when first asked for."""

    def __missing__(self, raw: str) -> _Piece | None:
        table = _table()
        cut = raw if raw.isalpha() else " ".join(_cut(raw))
        tokens = cut.split()
        lower = tuple(token.lower() for token in tokens)
        odd = table.glued.search(cut) is not None or "END-OF-SENTENCE" in raw  # the latter is TextBlob's own mark
        joins = bool(tokens) and tokens[0] in table.inner
        weighty = any(t in table.words or t in table.negations or t in table.moods or t in ("!", "(!)") for t in lower)
        piece = _Piece(lower, odd, joins) if weighty or odd or joins else None
        if len(raw) <= _LONGEST and len(self) < _REMEMBERED:
            self[raw] = piece
        return piece


_PIECES = _Pieces()


def _cut(text: str) -> list[str]:
    """TextBlob's sentences of a text, each a string of tokens with spaces between."""
    from textblob.en import parser

    return parser.find_tokens(text)


@dataclass(slots=True)
class Assessment:
    """A word of the table with what belongs to it: "not very good", "good !"."""

    words: list[str]
    """In lower case."""
    polarity: float
    """Before negation."""
    subjectivity: float
    """0 to 1."""
    intensity: float
    """By how much it strengthens the next word."""
    negated: bool = False
    """TextBlob takes the negated polarity half and reversed."""

    @property
    def tone(self) -> float:
        """The polarity as TextBlob gives it."""
        return self.polarity * -0.5 if self.negated else self.polarity


class _Walk:
    """TextBlob's `Sentiment.assessments` token by token; the names in brackets are those of its code."""

    def __init__(self) -> None:
        self.found: list[Assessment] = []  # (a)
        self.modifier: str | None = None  # the adverb before (m)
        self.negation: str | None = None  # the negation before (n)

    @property
    def waits(self) -> bool:
        """Whether the next token can change anything, even one that is in no table."""
        return self.modifier is not None or self.negation is not None

    def read(self, tokens: Iterable[str]) -> None:
        """Take the next tokens."""
        words = _table().words
        for token in tokens:
            values = words.get(token)
            if values is not None:
                self._weigh(token, *values)
            else:
                self._step_over(token)

    def _weigh(self, word: str, polarity: float, subjectivity: float, intensity: float, modifies: bool) -> None:
        if self.modifier is None:
            self.found.append(Assessment([word], polarity, subjectivity, intensity))
        one = self.found[-1]
        if self.modifier is not None:
            one.words.append(word)
            one.polarity = max(-1.0, min(polarity * one.intensity, +1.0))
            one.subjectivity = max(-1.0, min(subjectivity * one.intensity, +1.0))
            one.intensity = intensity
        if self.negation is not None:
            one.words.insert(0, self.negation)
            one.intensity = 1.0 / one.intensity
            one.negated = True
        self.modifier = word if modifies else None
        self.negation = word if word in _table().negations else None

    def _step_over(self, word: str) -> None:
        """A token that is no word of the table: it may negate, end what waits, or weigh as a mark."""
        if word in _table().negations:
            self.negation = word
        elif self.negation is not None and len(word.strip("'")) > 1:
            self.negation = None
        if self.negation is not None and self.modifier is not None and self.modifier.endswith("ly"):
            self.found[-1].words.append(self.negation)
            self.found[-1].negated = True
            self.negation = None
        elif self.modifier is not None and len(word) > 2:
            self.modifier = None
        if not word.isalpha():
            self._weigh_mark(word)

    def _weigh_mark(self, mark: str) -> None:
        if mark == "!" and self.found:
            one = self.found[-1]
            one.words.append("!")
            one.polarity = max(-1.0, min(one.polarity * 1.25, +1.0))
        elif mark == "(!)":
            self.found.append(Assessment([mark], 0.0, 1.0, 1.0))
        elif mark in _table().moods:
            self.found.append(Assessment([mark], _table().moods[mark], 1.0, 1.0))


def assess_words(text: str, columns: Columns) -> list[Assessment]:
    """What TextBlob's `sentiment_assessments` finds in a text (given with its words as numbers), in order.

    >>> from framing.measure.words import find_columns
    >>> text = "A good plan, not a great one!"
    >>> [(one.words, one.tone) for one in assess_words(text, find_columns(text))]
    [(['good'], 0.7), (['not', 'great', '!'], -0.5)]
    """
    walk = _Walk()
    for part in _parts(text, columns):
        if isinstance(part, str):
            walk.read(token.lower() for token in " ".join(_cut(part)).split())
        else:
            _read_pieces(walk, *part)
    return walk.found


_Weighty = list[tuple[int, _Piece]]


def _parts(text: str, columns: Columns) -> Iterator[str | tuple[list[str], _Weighty]]:
    """The text as pieces with those that matter; what only TextBlob can cut comes as a string."""
    pieces, weighty = _weigh_stretches(text, columns)
    if weighty is not None:
        yield pieces, weighty
        return
    text = text.replace("\r\n", "\n")
    for paragraph in [text] if _REACHES_BACK.search(text) else _PARAGRAPHS.split(text):
        pieces = paragraph.split()
        weighty = _weighty(pieces, [number for number, piece in enumerate(pieces) if _PIECES[piece] is not None])
        yield paragraph if weighty is None else (pieces, weighty)


def _weigh_stretches(text: str, columns: Columns) -> tuple[list[str], _Weighty | None]:
    """The pieces between white space, and those that matter (see `_weighty`), by the numbers of the stretches between spaces."""
    stretches, numbers = columns.forms.stretches, columns.stretches
    kinds = _KINDS.at(stretches, numbers)
    if (kinds == _SPACED).any():
        numbers = columns.forms.number(text.split())
        kinds = _KINDS.at(stretches, numbers)
    numbers, kinds = numbers[kinds != _EMPTY], kinds[kinds != _EMPTY]
    pieces = [stretches[number] for number in numbers.tolist()]
    return pieces, _weighty(pieces, np.flatnonzero(kinds == _WEIGHTY).tolist())


# What a stretch between spaces is for the sentiment; one with other white space in it is several pieces.
_PLAIN, _WEIGHTY, _EMPTY, _SPACED = range(4)


def _kind(stretch: str) -> int:
    pieces = stretch.split()
    if pieces != [stretch]:
        return _SPACED if pieces or stretch else _EMPTY
    return _PLAIN if _PIECES[stretch] is None else _WEIGHTY


_KINDS = Column(_kind)


def _weighty(pieces: Sequence[str], numbers: Sequence[int]) -> _Weighty | None:
    """The pieces that matter, by their numbers; None where one may belong to an emoticon."""
    weighty = []
    for number in numbers:
        piece = _PIECES[pieces[number]]
        if piece is None:
            continue
        if piece.odd or (piece.joins and _may_join(pieces, number)):
            return None
        weighty.append((number, piece))
    return weighty


def _may_join(pieces: Sequence[str], number: int) -> bool:
    """Whether an emoticon may end or go on in a piece and have begun before it (none has more than five characters)."""
    if number == 0 or pieces[number - 1][-1] + pieces[number][0] not in _table().neighbours:
        return False
    return any(map(_table().glued.search, _cut(" ".join(pieces[max(0, number - 4) : number + 1]))))


def _read_pieces(walk: _Walk, pieces: Sequence[str], weighty: _Weighty) -> None:
    """Take the pieces that matter, and after each of them the plain ones as long as an adverb or negation waits."""
    _read_plain(walk, pieces, 0, weighty[0][0] if weighty else len(pieces))  # what waits may come from the paragraph before
    stops = [number for number, _ in weighty[1:]] + [len(pieces)]
    for (number, piece), stop in zip(weighty, stops, strict=False):
        walk.read(piece.tokens)
        _read_plain(walk, pieces, number + 1, stop)


def _read_plain(walk: _Walk, pieces: Sequence[str], first: int, stop: int) -> None:
    while first < stop and walk.waits:
        walk.read(_plain_tokens(pieces[first]))
        first += 1


@lru_cache(maxsize=50_000)
def _plain_tokens(raw: str) -> tuple[str, ...]:
    return (raw.lower(),) if raw.isalpha() else tuple(token.lower() for token in " ".join(_cut(raw)).split())
