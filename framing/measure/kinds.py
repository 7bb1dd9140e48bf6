"""Where the words of the lexicon `sources` stand in a text: what they can name, and what kind of source that is."""

from __future__ import annotations

import bisect
from functools import cache
from itertools import repeat
from typing import NamedTuple

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.lexicon import Entry, load_lexicon
from framing.measure.matcher import rule_passes
from framing.measure.namesigns import find_signs
from framing.measure.text import Text, find_words
from framing.measure.words import HYPHEN

_PLURALS = frozenset("people men women police children media personnel staff clergy troops percent cent".split())


class Kind(NamedTuple):
    """A word of the lexicon in a text."""

    entry: Entry
    """The lexicon row."""
    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""


class Kinds:
    """Where the words of the lexicon `sources` stand in a text.

    >>> [hit.entry.category for hit in Kinds(Text("", "The harbour minister met a reporter.")).between(0, 6)]
    ['official', 'media']
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        entries, firsts, lasts = (column.tolist() for column in _find(text))
        found = zip(map(_lexicon().entries.__getitem__, entries), firsts, lasts, strict=True)
        self.hits: list[Kind] = list(map(tuple.__new__, repeat(Kind), found))  # what Kind(...) does, in half the time
        self._firsts, self._places = firsts, frozenset(firsts)
        self._passed: dict[int, bool] = {}
        self.signs: Ints = find_signs(text)
        """What each piece says by itself (see `framing.measure.namesigns`)."""

    def between(self, first: int, stop: int) -> list[Kind]:
        """The hits that begin among the pieces first..stop-1."""
        low = bisect.bisect_left(self._firsts, first)
        if low == len(self._firsts) or self._firsts[low] >= stop:
            return []
        high = bisect.bisect_left(self._firsts, stop, low)
        return [hit for hit in self.hits[low:high] if not hit.entry.rules or self._passes(hit)]

    def __contains__(self, piece: int) -> bool:
        """Whether a hit begins at a piece."""
        return piece in self._places and bool(self.between(piece, piece + 1))

    def _passes(self, hit: Kind) -> bool:
        """Whether a hit passes its rules: asked late, because few hits stand where anybody looks."""
        if hit.first not in self._passed:
            self._passed[hit.first] = all(rule_passes(rule, self.text, hit.first, hit.last) for rule in hit.entry.rules)
        return self._passed[hit.first]


class _Form(NamedTuple):
    keys: tuple[str, ...]
    cased: tuple[str, ...] | None
    entry: int


class _Lexicon(NamedTuple):
    """The lexicon's forms, the longest first, one with capitals before one without."""

    entries: list[Entry]
    alone: dict[str, list[_Form]]
    """Forms of one word by that word."""
    longer: dict[tuple[str, str], list[_Form]]
    """The others by their first and second word."""


@cache
def _lexicon() -> _Lexicon:
    lexicon = _Lexicon([entry for entry in load_lexicon("sources") if not entry.category.endswith("_name")], {}, {})
    forms = [_compile(number, form) for number, entry in enumerate(lexicon.entries) for form in entry.forms]
    for form in sorted(forms, key=lambda form: (-len(form.keys), form.cased is None)):
        if len(form.keys) > 1:
            lexicon.longer.setdefault((form.keys[0], form.keys[1]), []).append(form)
        else:
            lexicon.alone.setdefault(form.keys[0], []).append(form)
    return lexicon


def _compile(number: int, form: str) -> _Form:
    cased = tuple(word.key for word in find_words(form))
    return _Form(tuple(key.lower() for key in cased), cased if form != form.lower() else None, number)


def _entry_alone(key: str) -> int:
    """The entry that a word belongs to by itself, or -1."""
    return next((form.entry for form in _lexicon().alone.get(key.lower(), ()) if form.cased in (None, (key,))), -1)


# Of each word one number is kept: its entry by itself plus one, the bucket of a word that is the second of a form of several,
# and the buckets of the words that may follow it as the first of one. Two words without a common bucket begin no form; the others
# are looked up.
_ENTRY_BITS, _BUCKETS = 9, 27


def _describe(key: str) -> int:
    firsts, seconds = _buckets()
    lower = key.lower()
    return _entry_alone(key) + 1 | seconds.get(lower, 0) << _ENTRY_BITS | firsts.get(lower, 0) << _ENTRY_BITS + _BUCKETS


@cache
def _buckets() -> tuple[dict[str, int], dict[str, int]]:
    """First words with the buckets of what may follow, one bit each; second words with their bucket."""
    words = dict.fromkeys(second for _, second in _lexicon().longer)
    seconds = {word: 1 << number % _BUCKETS for number, word in enumerate(words)}
    firsts: dict[str, int] = {}
    for first, second in _lexicon().longer:
        firsts[first] = firsts.get(first, 0) | seconds[second]
    return firsts, seconds


_WORDS = Column(_describe)


def _find(text: Text) -> tuple[Ints, Ints, Ints]:
    """Entry, first and last piece of each hit, from left to right, never overlapping; unlike `Matcher`, the last word of a
    compound counts ("co-founder")."""
    columns = text.columns
    words = _WORDS.at(columns.forms.keys, columns.keys)
    is_free = np.append(columns.joints != HYPHEN, True)[1:]  # whether no hyphen joins the next piece to it
    is_near = columns.starts[1:] - columns.ends[:-1] < 2  # whether a space, a hyphen or nothing stands before the next piece
    entries, lasts = (words & (1 << _ENTRY_BITS) - 1) * is_free - 1, np.arange(len(words))
    may_begin = words[:-1] >> _ENTRY_BITS + _BUCKETS & words[1:] >> _ENTRY_BITS & (1 << _BUCKETS) - 1
    stop = 0
    near, free = is_near.tobytes(), is_free.tobytes()
    for first in np.flatnonzero((may_begin > 0) & is_near).tolist():
        form = _longest(text, first, near, free) if first >= stop else None
        if form is not None:
            stop = first + len(form.keys)
            entries[first:stop] = -1
            entries[first], lasts[first] = form.entry, stop - 1
    firsts = np.flatnonzero(entries >= 0)
    return entries[firsts], firsts, lasts[firsts]


def _longest(text: Text, first: int, near: bytes, free: bytes) -> _Form | None:
    """The longest form of several words that begins at a piece, by two words that are near."""
    for form in _lexicon().longer.get((text.lower[first], text.lower[first + 1]), ()):
        stop = first + len(form.keys)
        if (
            (len(form.keys) == 2 or (tuple(text.lower[first:stop]) == form.keys and 0 not in near[first : stop - 1]))
            and (form.cased is None or tuple(text.keys[first:stop]) == form.cased)
            and free[stop - 1]
        ):
            return form
    return None


def gap_after(text: Text, piece: int) -> str:
    """The characters between a piece and the next one ("" at the end of the text)."""
    return text.gaps.get(piece, " ")


def is_plural(text: Text, hit: Kind) -> bool:
    """Whether a word of the lexicon stands in the plural."""
    word = text.lower[hit.last]
    return word in _PLURALS or (word.endswith("s") and not word.endswith("ss"))
