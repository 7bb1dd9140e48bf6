"""The words of the lexicon `sources` in several texts, found of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.lexicon import Entry, load_lexicon
from framing.measure.words import HYPHEN, Columns, find_words

if TYPE_CHECKING:
    from framing.measure.surface import Surface


class Found(NamedTuple):
    """Words of the lexicon side by side, in text order, never overlapping."""

    entries: Ints
    """Numbers in `source_entries`."""
    firsts: Ints
    """Indices of the first pieces, counted through all texts."""
    lasts: Ints
    """Indices of the last pieces."""


@cache
def source_entries() -> list[Entry]:
    """The lexicon's rows; first names are no words for a source."""
    return [entry for entry in load_lexicon("sources") if not entry.category.endswith("_name")]


_POLITICAL = frozenset("official candidate party former_official".split())


@cache
def name_politicians() -> np.ndarray:
    """Whether each row names politicians or officials."""
    return np.array([entry.category in _POLITICAL for entry in source_entries()])


def find_source_words(surface: Surface) -> Found:
    """The words of the lexicon, the longest first; unlike with `Matcher`, the last word of a compound counts ("co-founder")."""
    columns = surface.columns
    words = _WORDS.at(columns.forms.keys, columns.keys)
    is_free = np.append(columns.joints != HYPHEN, True)[1:]  # whether no hyphen joins the next piece to it
    entries, lasts = (words & _ENTRY) * is_free - 1, np.arange(len(words))
    is_near, stop = _are_near(surface), 0
    pairs = _pair_table().numbers[words[:-1] >> _BITS & _ENTRY, words[1:] >> 2 * _BITS] * is_near
    places = np.flatnonzero(pairs)
    for first, forms in zip(places.tolist(), map(_pair_table().forms.__getitem__, pairs[places].tolist()), strict=True):
        form = _longest(columns, first, forms, is_near, is_free) if first >= stop else None
        if form is not None:
            stop = first + len(form.keys)
            entries[first:stop] = -1
            entries[first], lasts[first] = form.entry, stop - 1
    firsts = np.flatnonzero(entries >= 0)
    return Found(entries[firsts], firsts, lasts[firsts])


class _Form(NamedTuple):
    keys: tuple[str, ...]
    cased: tuple[str, ...] | None
    entry: int


class _Lexicon(NamedTuple):
    """The lexicon's forms, the longest first, one with capitals before one without."""

    alone: dict[str, list[_Form]]
    """Forms of one word by that word."""
    longer: dict[tuple[str, str], list[_Form]]
    """The others by their first and second word."""


@cache
def _lexicon() -> _Lexicon:
    lexicon = _Lexicon({}, {})
    forms = [_compile(number, form) for number, entry in enumerate(source_entries()) for form in entry.forms]
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


# Of each word one number is kept: its entry by itself plus one, and its numbers as the first and as the second word of forms of
# several, each 0 where it is none.
_BITS = 12
_ENTRY = (1 << _BITS) - 1


def _describe(key: str) -> int:
    pairs, lower = _pair_table(), key.lower()
    return _entry_alone(key) + 1 | pairs.firsts.get(lower, 0) << _BITS | pairs.seconds.get(lower, 0) << 2 * _BITS


_WORDS = Column(_describe)


class _Pairs(NamedTuple):
    firsts: dict[str, int]
    """Numbers of the words that are the first of a form of several."""
    seconds: dict[str, int]
    """Numbers of those that are the second."""
    numbers: Ints
    """Numbers of the pairs of them that begin a form, 0 for the others; firsts x seconds."""
    forms: list[list[_Form]]
    """The forms by the numbers of their pairs."""


@cache
def _pair_table() -> _Pairs:
    longer = _lexicon().longer
    firsts, seconds = (
        {word: number for number, word in enumerate(dict.fromkeys(words), start=1)} for words in zip(*longer, strict=True)
    )
    numbers = np.zeros((len(firsts) + 1, len(seconds) + 1), dtype=np.int64)
    for number, (first, second) in enumerate(longer, start=1):
        numbers[firsts[first], seconds[second]] = number
    return _Pairs(firsts, seconds, numbers, [[], *longer.values()])


def _are_near(surface: Surface) -> np.ndarray:
    """Whether a space, a hyphen or nothing stands between each piece and the next one of its text."""
    columns, firsts = surface.columns, surface.pieces[1:-1]
    near = columns.starts[1:] - columns.ends[:-1] < 2
    near[firsts[(firsts > 0) & (firsts <= len(near))] - 1] = False
    return near


def _longest(columns: Columns, first: int, forms: Sequence[_Form], is_near: np.ndarray, is_free: np.ndarray) -> _Form | None:
    """The longest of some forms that begins at a piece; its first two words stand there and are near."""
    for form in forms:
        stop = first + len(form.keys)
        if (_is_sure(form) or _stands(columns, first, form, is_near)) and is_free[stop - 1]:
            return form
    return None


def _is_sure(form: _Form) -> bool:
    """Whether a form's first two words are all of it."""
    return len(form.keys) == 2 and form.cased is None


def _stands(columns: Columns, first: int, form: _Form, is_near: np.ndarray) -> bool:
    """Whether a form stands at a piece, whose words are near to each other."""
    stop = first + len(form.keys)
    words = columns.keys[first:stop].tolist()
    if tuple(map(columns.forms.lower.__getitem__, words)) != form.keys or not is_near[first : stop - 1].all():
        return False
    return form.cased in (None, tuple(map(columns.forms.keys.__getitem__, words)))
