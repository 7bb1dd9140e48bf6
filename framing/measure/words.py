"""Words: where they begin, how the lexicons see them, what joins them. The only place that knows tokens.

No word reaches over a space, and the same stretches between spaces come again and again: each distinct one is cut once, by one
regular expression, and its pieces are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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

# Distinct stretches that are remembered (1.7 million words of US news have 94,000), none of them long.
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
    return make_words(find_columns(text))


class Columns(NamedTuple):
    """The words of a text side by side: a table of lists is read several times faster than a list of words."""

    starts: list[int]
    """As `Word.start`."""
    ends: list[int]
    """As `Word.end`."""
    keys: list[str]
    """As `Word.key`."""
    lower: list[str]
    """The keys in lower case."""
    joints: list[str]
    """As `Word.joint`."""


def find_columns(text: str) -> Columns:
    """The words of a text as columns."""
    columns = Columns([], [], [], [], [])
    starts, ends = columns.starts.append, columns.ends.append
    keys, lower, joints = columns.keys.append, columns.lower.append, columns.joints.append
    offset = 0
    for stretch in text.replace("\n", " ").split(" "):
        for start, end, key, small, joint in _STRETCHES[stretch]:
            starts(offset + start)
            ends(offset + end)
            keys(key)
            lower(small)
            joints(joint)
        offset += len(stretch) + 1
    return columns


def make_words(columns: Columns) -> list[Word]:
    """The words of a table."""
    rows = zip(columns.starts, columns.ends, columns.keys, columns.joints, strict=True)
    return list(map(tuple.__new__, repeat(Word), rows))  # what Word(...) does, in half the time


_Piece = tuple[int, int, str, str, str]
"""Start and end within a stretch, key, key in lower case, joint."""


class _Stretches(dict[str, tuple[_Piece, ...]]):
    """Stretch between two spaces -> its pieces, cut when it is first met."""

    def __missing__(self, stretch: str) -> tuple[_Piece, ...]:
        pieces = tuple(_cut(stretch))
        if len(stretch) <= _LONGEST and len(self) < _REMEMBERED:
            self[stretch] = pieces
        return pieces


_STRETCHES = _Stretches()


def _cut(stretch: str) -> Iterator[_Piece]:
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
            yield start, end, key, key.lower(), joint
        previous_end = end
