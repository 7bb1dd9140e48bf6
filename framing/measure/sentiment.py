"""What TextBlob's sentiment sees in a text, as numbers: each distinct stretch between spaces is cut once, by TextBlob itself.

Tokens that carry sentiment have a number of their own; the many others are told apart only by what they end. Where emoticons may
be glued from several tokens ("8 )" becomes "8)"), TextBlob cuts the paragraph or the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from framing.corpus.kept import keep
from framing.measure.forms import Forms, Ints
from framing.measure.lists import Lists, last_stretches, look_up
from framing.measure.text import Text
from framing.measure.textblobs import load_textblob

_PARAGRAPHS = re.compile(r"\n{2,}")
# TextBlob counts such marks to the sentence of the paragraph before, so paragraphs cannot be cut one by one.
_REACHES_BACK = re.compile(r"\n{2}[\s”’]*[.!?)]")
# Numbers that stand for no token, but for a stretch that cannot be read by itself: TextBlob finds an emoticon or a sarcasm mark
# in it, or its first token may be the rest of an emoticon that began in the stretch before.
_ODD, _JOINS = 0, 1
# Tokens without sentiment, by whether they end a negation and whether they end a modifier.
_PLAIN = {(False, False): 2, (False, True): 3, (True, False): 4, (True, True): 5}
_N_COMMON = 2 + len(_PLAIN)


class Traits(NamedTuple):
    """What TextBlob knows of each token, by its number."""

    polarity: np.ndarray
    """Of a word of TextBlob's table or an emoticon."""
    subjectivity: np.ndarray
    """Of a word or a mark."""
    intensity: np.ndarray
    """By how much it strengthens the next word."""
    is_word: np.ndarray
    """Whether it stands in the table."""
    modifies: np.ndarray
    """Whether it modifies the next word (it is a known adverb)."""
    negates: np.ndarray
    """Whether it is not, n't ..."""
    is_ly: np.ndarray
    """Whether it ends with ly."""
    ends_negation: np.ndarray
    """Whether it has more than one character between apostrophes."""
    ends_modifier: np.ndarray
    """Whether it has more than two characters."""
    exclaims: np.ndarray
    """Whether it is an exclamation mark."""
    is_mark: np.ndarray
    """Whether it is an emoticon or a sarcasm mark, which weighs by itself."""


class _Table(NamedTuple):
    """TextBlob's words and emoticons."""

    tokens: list[str]
    """Token by number; empty for those that carry no sentiment."""
    numbers: dict[str, int]
    """Token that carries sentiment -> its number."""
    traits: Traits
    """What is known of each."""
    glued: re.Pattern[str]
    """Emoticons and sarcasm marks, with the spaces that TextBlob takes out of them."""
    inner: frozenset[str]
    """All that can stand in an emoticon or sarcasm mark after its first character."""
    neighbours: frozenset[str]
    """All pairs of characters that follow each other there."""


@cache
def _table() -> _Table:
    return keep("sentiment", _read_table)


def _read_table() -> _Table:
    en, _text = load_textblob()
    sentiment = en.sentiment
    len(sentiment)  # TextBlob loads its table when it is first asked for something
    words = {word: (*tags[None], "RB" in tags) for word, tags in dict.items(sentiment) if None in tags and " " not in word}
    faces = [(face, polarity) for (_, polarity), some in _text.EMOTICONS.items() for face in some]
    moods = {"(!)": 0.0}
    for face, polarity in faces:  # the conditions are TextBlob's: XD, being letters, is glued but never weighed
        if not face.isalpha() and len(face) <= 5 and face.lower() not in _text.PUNCTUATION:
            moods.setdefault(face.lower(), polarity)
    marks = [*(face for face, _ in faces), "(!)"]
    tokens = [*[""] * _N_COMMON, *dict.fromkeys([*words, *sentiment.negations, "!", *moods])]
    return _Table(
        tokens=tokens,
        numbers={token: number for number, token in enumerate(tokens) if token},
        traits=_traits(tokens, words, frozenset(sentiment.negations), moods),
        glued=re.compile(f"{_text.RE_EMOTICONS.pattern}|{_text.RE_SARCASM.pattern}"),
        inner=frozenset(mark[a:b] for mark in marks for a in range(1, len(mark)) for b in range(a + 1, len(mark) + 1)),
        neighbours=frozenset(a + b for mark in marks for a, b in pairwise(mark)),
    )


def _traits(
    tokens: Sequence[str], words: dict[str, tuple[float, float, float, bool]], negations: frozenset[str], moods: dict[str, float]
) -> Traits:
    values = np.array([words[token][:3] if token in words else (moods.get(token, 0.0), 1.0, 1.0) for token in tokens])
    ends = [_ends(token) for token in tokens]
    for kind, number in _PLAIN.items():
        ends[number] = kind
    return Traits(
        polarity=values[:, 0].copy(),
        subjectivity=values[:, 1].copy(),
        intensity=values[:, 2].copy(),
        is_word=np.array([token in words for token in tokens]),
        modifies=np.array([token in words and words[token][3] for token in tokens]),
        negates=np.array([token in negations for token in tokens]),
        is_ly=np.array([token.endswith("ly") for token in tokens]),
        ends_negation=np.array([negation for negation, _ in ends]),
        ends_modifier=np.array([modifier for _, modifier in ends]),
        exclaims=np.array([token == "!" for token in tokens]),
        is_mark=np.array([token in moods for token in tokens]),
    )


def _ends(token: str) -> tuple[bool, bool]:
    return len(token.strip("'")) > 1, len(token) > 2


def token_traits() -> Traits:
    """What TextBlob knows of each token, by its number."""
    return _table().traits


def sentiment_tokens() -> Mapping[str, int]:
    """The tokens that carry sentiment, in lower case, with their numbers."""
    return _table().numbers


def token_at(number: int) -> str:
    """The token with a number (see `tokens_of`), in lower case, if it carries sentiment."""
    return _table().tokens[number]


def tokens_of(texts: Sequence[Text]) -> list[Ints]:
    """TextBlob's tokens of each text, as numbers; some numbers stand for no token and have no traits.

    >>> [token_at(number) for number in tokens_of([Text("a", "A good plan, not a great one!")])[0]]
    ['', 'good', '', '', 'not', '', 'great', '', '!']
    """
    tokens, counts = look_up(_TOKENS, texts)
    stops = np.cumsum(counts)
    lasts = stops[last_stretches(texts)]
    marked = np.flatnonzero(tokens <= _JOINS)
    owners, stretches = np.searchsorted(lasts, marked, "right"), np.searchsorted(stops, marked, "right")
    firsts = np.append(0, last_stretches(texts) + 1)
    doubtful: set[int] = set()
    for owner, mark, place in zip(owners.tolist(), tokens[marked].tolist(), (stretches - firsts[owners]).tolist(), strict=True):
        columns = texts[owner].columns
        if owner not in doubtful and (mark == _ODD or _may_join(columns.forms, columns.stretches, place)):
            doubtful.add(owner)
    parts = np.split(tokens, lasts[:-1])
    return [_read(texts[number]) if number in doubtful else part for number, part in enumerate(parts)]


def _read(text: Text) -> Ints:
    """The tokens of a text in which an emoticon may stand, paragraph by paragraph."""
    forms, plain = text.columns.forms, text.text.replace("\r\n", "\n")
    paragraphs = [plain] if _REACHES_BACK.search(plain) else _PARAGRAPHS.split(plain)
    return np.concatenate([_read_paragraph(forms, paragraph) for paragraph in paragraphs])


def _read_paragraph(forms: Forms, paragraph: str) -> Ints:
    numbers = forms.number(paragraph.split())
    tokens, counts = _TOKENS.at(forms.stretches, numbers)
    joining = np.searchsorted(np.cumsum(counts), np.flatnonzero(tokens == _JOINS), "right")
    if (tokens == _ODD).any() or any(_may_join(forms, numbers, place) for place in joining.tolist()):
        cut = " ".join(_cut(paragraph)).split()
        return np.array(list(map(_number_of, cut)), dtype=np.int64)
    return tokens


def _may_join(forms: Forms, numbers: Ints, place: int) -> bool:
    """Whether an emoticon may end or go on in a stretch and have begun before it (none has more than five characters)."""
    piece, before = forms.stretches[numbers[place]].split()[0], list[str]()
    while len(before) < 4 and place > 0:
        place -= 1
        before = [*forms.stretches[numbers[place]].split(), *before]
        if before and before[-1][-1] + piece[0] not in _table().neighbours:
            return False
    return bool(before) and any(map(_table().glued.search, _cut(" ".join([*before[-4:], piece]))))


def _cut(text: str) -> list[str]:
    """TextBlob's sentences of a text, each a string of tokens with spaces between."""
    return list(load_textblob()[0].parser.find_tokens(text))


def _number_of(token: str) -> int:
    small = token.lower()
    number = _table().numbers.get(small)
    return _PLAIN[_ends(small)] if number is None else number


def _tokens_of_stretch(stretch: str) -> Iterator[int]:
    for number, piece in enumerate(stretch.split()):
        cut = piece if piece.isalpha() else " ".join(_cut(piece))
        tokens = cut.split()
        if _table().glued.search(cut) or "END-OF-SENTENCE" in piece:  # the latter is TextBlob's own mark
            yield _ODD
        if tokens and tokens[0] in _table().inner:
            yield _ODD if number else _JOINS
        yield from map(_number_of, tokens)


_TOKENS = Lists(_tokens_of_stretch)
