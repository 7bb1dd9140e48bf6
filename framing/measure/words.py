"""Words: where they begin, how the lexicons see them, what joins them. The only place that knows tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from framing.measure.forms import Current, Forms, Ints, Piece

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

JOINTS = ("", "-", "'")
"""What joins a piece to the one before, by its code."""
HYPHEN = JOINTS.index("-")
# Marks around a word that no rule for words knows (an apostrophe or a full stop may belong to one).
_AROUND = ',;:?!“”"()'


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
    words, offset = [], 0
    for stretch in text.replace("\n", " ").split(" "):
        words += [Word(offset + start, offset + end, key, JOINTS[joint]) for start, end, key, joint in _cut(stretch)]
        offset += len(stretch) + 1
    return words


class Columns(NamedTuple):
    """The words of a text side by side, as numbers."""

    starts: Ints
    """As `Word.start`."""
    ends: Ints
    """As `Word.end`."""
    keys: Ints
    """Numbers of the keys in `forms`."""
    joints: Ints
    """Codes of `JOINTS`."""
    stretches: Ints
    """Numbers of the stretches between spaces and line breaks, in order (not one for each word)."""
    forms: Forms
    """What the numbers stand for."""


def find_columns(text: str) -> Columns:
    """The words of a text as columns."""
    forms = current_forms()
    return lay_out(forms, forms.number(text.replace("\n", " ").split(" ")))


def current_forms() -> Forms:
    """The forms by which new texts are numbered."""
    return _CURRENT.forms()


def lay_out(forms: Forms, stretches: Ints, ends: Ints | None = None) -> Columns:
    """The words of a text that is given as numbers of its stretches and, where they are known, the offsets after them."""
    starts, ends, keys, joints = forms.lay_out(stretches, ends)
    return Columns(starts, ends, keys, joints, stretches, forms)


def make_words(columns: Columns) -> list[Word]:
    """The words of a table."""
    keys, joints = map(columns.forms.keys.__getitem__, columns.keys.tolist()), map(JOINTS.__getitem__, columns.joints.tolist())
    rows = zip(columns.starts.tolist(), columns.ends.tolist(), keys, joints, strict=True)
    return list(map(tuple.__new__, repeat(Word), rows))  # what Word(...) does, in half the time


def _cut(stretch: str) -> list[Piece]:
    plain = stretch.strip(_AROUND)
    if plain.isalpha():  # most are: what the expression would find is the whole
        start = stretch.index(plain)
        return [(start, start + len(plain), plain, 0)]
    return list(_cut_further(stretch))


def _cut_further(stretch: str) -> Iterator[Piece]:
    previous_end = -1
    for found in _WORD.finditer(stretch):
        start, end = found.span()
        joint = ""
        if start == previous_end and stretch[start] in "'’nN":
            joint = "'"
        elif start == previous_end + 1 and stretch[previous_end] in "-‐‑" and previous_end > 0:
            joint = "-"
        key = found.group().translate(_KEY_OF)
        is_word = any(character.isalnum() for character in key)  # a lone accent or an invisible character is none
        if is_word:
            yield start, end, key, JOINTS.index(joint)
        previous_end = end if is_word else -1


_CURRENT = Current(_cut)
