"""Finds all lexicon entries in a text, in one walk over its words.

Within one measure hits never overlap: the leftmost wins, and of two that begin together the longest whose rules pass. An
entry with status `off` takes its place like any other and is then dropped, so it can shield look-alikes ("as soon as possible").
A hyphen equals a space inside an entry; a single word never matches a part of a hyphenated compound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from framing.measure.conditions import Condition, compile_rule, rule_passes
from framing.measure.forms import Column
from framing.measure.lexicon import Entry, Lexicon
from framing.measure.text import Text, find_words
from framing.measure.words import HYPHEN, Columns

__all__ = ["Hit", "Matcher", "rule_passes"]


class Hit(NamedTuple):
    """An entry found in a text."""

    entry: Entry
    """The lexicon row."""
    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""


class _Pattern(NamedTuple):
    entry: int
    measure: str
    counts: bool
    keys: tuple[str, ...]
    cased: tuple[str, ...] | None
    conditions: tuple[Condition, ...]


Found: TypeAlias = tuple[int, int, int]
"""A hit as numbers: of the entry in `Matcher.entries`, of its first and of its last piece."""


class Matcher:
    """Compiled lexicons: `find(text)` gives the hits of all of them."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self.entries: list[Entry] = [entry for lexicon in lexicons for entry in lexicon]
        """The lexicons' rows."""
        patterns = [pattern for number, entry in enumerate(self.entries) for pattern in _compile(number, entry)]
        patterns.sort(key=lambda pattern: (-len(pattern.keys), pattern.cased is None, self.entries[pattern.entry].id))
        self._patterns = patterns
        # Several words are looked for by the longest two neighbours among them, because long words are rare: so "up in the air"
        # is not tried at every "in the".
        self._alone: dict[str, list[int]] = defaultdict(list)
        self._pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for rank, pattern in enumerate(patterns):
            pairs = list(pairwise(pattern.keys))
            if pairs:
                longest = max(pairs, key=lambda pair: len(pair[0] + pair[1]))
                self._pairs[longest].append((pairs.index(longest), rank))
            else:
                self._alone[pattern.keys[0]].append(rank)
        self._firsts = {word: code for code, word in enumerate(dict.fromkeys(first for first, _ in self._pairs), start=1)}
        self._seconds = {word: code for code, word in enumerate(dict.fromkeys(second for _, second in self._pairs), start=1)}
        codes = (self._firsts[first] * _MOST + self._seconds[second] for first, second in self._pairs)
        self._codes = np.array([*sorted(codes), np.iinfo(np.int64).max])  # with a last one that no pair has
        self._is_alone = Column(lambda key: key.lower() in self._alone)
        self._is_first = Column(lambda key: self._firsts.get(key.lower(), 0))
        self._is_second = Column(lambda key: self._seconds.get(key.lower(), 0))

    def find(self, text: Text) -> list[Hit]:
        """Hits in text order, `off` entries already dropped."""
        return [Hit(self.entries[entry], first, last) for entry, first, last in self.find_numbers(text)]

    def find_numbers(self, text: Text) -> list[Found]:
        """As `find`, as numbers."""
        hits: list[Found] = []
        taken: dict[str, int] = {}
        for first, rank in self._candidates(text):
            entry, measure, counts, keys, cased, conditions = self._patterns[rank]
            last = first + len(keys) - 1
            if taken.get(measure, -1) >= first or (cased is not None and tuple(text.keys[first : last + 1]) != cased):
                continue
            for condition in conditions:
                if not condition.passes(text, first, last):
                    break
            else:
                taken[measure] = last
                if counts:
                    hits.append((entry, first, last))
        return hits

    def _candidates(self, text: Text) -> Iterator[tuple[int, int]]:
        """Where the words of a pattern stand: first piece and the pattern's rank, in the order in which they are tried."""
        lower, columns, n = text.lower, text.columns, len(self._patterns)
        alone = self._is_alone.at(columns.forms.keys, columns.keys) > 0
        is_free = np.append(columns.joints != HYPHEN, True)  # whether no hyphen joins it to the piece before
        found = [  # both in one number, which is quickly sorted
            first * n + rank
            for first in np.flatnonzero(alone & is_free[:-1] & is_free[1:]).tolist()
            for rank in self._alone[lower[first]]
        ]
        free = is_free.tolist()
        for index in self._find_pairs(columns):
            for before, rank in self._pairs[lower[index], lower[index + 1]]:
                keys, first = self._patterns[rank].keys, index - before
                if _stands(text, keys, first) and free[first] and free[first + len(keys)]:
                    found.append(first * n + rank)
        return (divmod(place, n) for place in sorted(found))

    def _find_pairs(self, columns: Columns) -> list[int]:
        """The pieces that form with the next one a pair by which a pattern is looked for."""
        keys = columns.forms.keys
        first, second = self._is_first.at(keys, columns.keys[:-1]), self._is_second.at(keys, columns.keys[1:])
        places = np.flatnonzero(first * second)
        codes = first[places] * _MOST + second[places]
        return places[self._codes[np.searchsorted(self._codes, codes)] == codes].tolist()


_MOST = 2**32  # more than there are words


def _compile(number: int, entry: Entry) -> Iterator[_Pattern]:
    conditions = tuple(compile_rule(rule) for rule in entry.rules)
    for form in entry.forms:
        cased = tuple(word.key for word in find_words(form))
        keys = tuple(key.lower() for key in cased)
        yield _Pattern(number, entry.measure, entry.status != "off", keys, cased if form != form.lower() else None, conditions)


def _stands(text: Text, keys: tuple[str, ...], first: int) -> bool:
    """Whether several words stand at a piece in one stretch."""
    stop = first + len(keys)
    if first < 0 or (len(keys) > 2 and tuple(text.lower[first:stop]) != keys):
        return False
    return _one_stretch(text, first, stop - 1)


def _one_stretch(text: Text, first: int, last: int) -> bool:
    """Whether only spaces, hyphens or clitic joints stand between the pieces: no entry crosses punctuation or a line."""
    for index in range(first, last):
        gap = text.text[text.ends[index] : text.starts[index + 1]]
        if gap != " " and (gap.strip(" \t\u00a0-‐‑") or len(gap) > 3):
            return False
    return True
