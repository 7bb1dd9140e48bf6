"""Words: where they begin, how the lexicons see them, what joins them. The only place that knows tokens.

No word reaches over a space, and the same stretches between spaces come again and again: each distinct one is cut once, by one
regular expression, and its pieces are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

# Invisible characters that web pages leave inside words (soft hyphen, zero-width space and joiners, word joiner, BOM).
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTER = rf"(?:[^\W\d_]|[{INVISIBLE}\u0300-\u036f])"
_CLITIC = r"(?:s|re|ve|ll|d|m)"
_WORD = re.compile(
    rf"""
      (?:[^\W\d_]\.){{2,}}                                     # U.S.  D.C.  a.m.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|bn|m|k|pm|am)?\b        # 1.6  10,000  20th  £2.26bn
    | n['’]t\b                                                 # the clitic of don't, can't
    | (?<=[^\W\d_])['’]{_CLITIC}\b                             # it's, leader's, they've
    | {_LETTER}+?(?=n['’]t\b)                                  # the do of don't
    | {_LETTER}+(?:['’](?!{_CLITIC}\b){_LETTER}+)*             # anything else, O'Brien in one piece
    | \d+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_KEY_OF = str.maketrans({"’": "'", **dict.fromkeys(INVISIBLE)})

# Distinct stretches that are remembered (a corpus of a million words has about 80,000), none of them long.
_REMEMBERED, _LONGEST = 500_000, 40


class Word(NamedTuple):
    """One piece of text between spaces, hyphens and clitics."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    key: str
    """The piece as the lexicons see it: straight apostrophes, no invisible characters, case kept."""
    joint: str
    """What joins it to the piece before: "" (nothing), "-" (a hyphen) or "'" (a clitic such as n't)."""


def find_words(text: str) -> list[Word]:
    """Cut a text into pieces; a hyphenated compound counts as one word (`Text.count_words`), but has several pieces.

    >>> [w.key for w in find_words("The U.S. didn’t send 1.6bn of long-term aid.")]
    ['The', 'U.S.', 'did', "n't", 'send', '1.6bn', 'of', 'long', 'term', 'aid']
    """
    return make_words(*find_shapes(text))


def make_words(starts: Sequence[int], shapes: Sequence[Shape]) -> list[Word]:
    """The words of the given shapes that begin at the given offsets."""
    ends = [start + shape.length for start, shape in zip(starts, shapes, strict=True)]
    sides = zip(starts, ends, [shape.key for shape in shapes], [shape.joint for shape in shapes], strict=True)
    return list(map(tuple.__new__, repeat(Word), sides))  # what Word(...) does, in half the time


class Shape(NamedTuple):
    """A word as it stands between two spaces; the same object wherever that stretch stands again."""

    offset: int
    """Of the first character, from the beginning of the stretch."""
    length: int
    """Characters as they stand in the text."""
    key: str
    """As `Word.key`."""
    lower: str
    """The key in lower case."""
    joint: str
    """As `Word.joint`."""


class _Stretches(dict[str, tuple[Shape, ...]]):
    """Stretch between two spaces -> the shapes of its words, cut when it is first met."""

    def __missing__(self, stretch: str) -> tuple[Shape, ...]:
        shapes = tuple(_cut(stretch))
        if len(stretch) <= _LONGEST and len(self) < _REMEMBERED:
            self[stretch] = shapes
        return shapes


_STRETCHES = _Stretches()


def _cut(stretch: str) -> Iterator[Shape]:
    previous_end = -1
    for found in _WORD.finditer(stretch):
        start, end = found.span()
        joint = ""
        if start == previous_end and stretch[start] in "'’nN":
            joint = "'"
        elif start == previous_end + 1 and stretch[previous_end] in "-‐‑" and previous_end > 0:
            joint = "-"
        key = found.group().translate(_KEY_OF)
        if any(character.isalnum() for character in key):  # a lone accent or an invisible character is no word
            yield Shape(start, end - start, key, key.lower(), joint)
        previous_end = end


def find_shapes(text: str) -> tuple[list[int], list[Shape]]:
    """Where the words of a text start, and their shapes."""
    starts: list[int] = []
    shapes: list[Shape] = []
    offset = 0
    for stretch in text.replace("\n", " ").split(" "):
        for shape in _STRETCHES[stretch]:
            starts.append(offset + shape[0])
            shapes.append(shape)
        offset += len(stretch) + 1
    return starts, shapes
