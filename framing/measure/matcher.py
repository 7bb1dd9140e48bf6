"""Finds all lexicon entries in a text, in one walk over its words.

Within one measure hits never overlap: the leftmost wins, and of two that begin together the longest whose rules pass. An
entry with status `off` takes its place like any other and is then dropped, so it can shield look-alikes ("as soon as possible").
A hyphen equals a space inside an entry; a single word never matches a part of a hyphenated compound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from framing.measure.conditions import Condition, compile_rule, rule_passes
from framing.measure.forms import Column
from framing.measure.lexicon import Entry, Lexicon
from framing.measure.text import Text, find_words
from framing.measure.words import HYPHEN

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
    entry: Entry
    keys: tuple[str, ...]
    cased: tuple[str, ...] | None
    conditions: tuple[Condition, ...]


class Matcher:
    """Compiled lexicons: `find(text)` gives the hits of all of them."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        patterns = [pattern for lexicon in lexicons for entry in lexicon for pattern in _compile(entry)]
        patterns.sort(key=lambda pattern: (-len(pattern.keys), pattern.cased is None, pattern.entry.id))
        # Several words are looked for by the longest two neighbours among them, because long words are rare: so "up in the air"
        # is not tried at every "in the".
        self._alone: dict[str, list[tuple[int, _Pattern]]] = defaultdict(list)
        self._pairs: dict[tuple[str, str], list[tuple[int, int, _Pattern]]] = defaultdict(list)
        for rank, pattern in enumerate(patterns):
            pairs = list(pairwise(pattern.keys))
            if pairs:
                longest = max(pairs, key=lambda pair: len(pair[0] + pair[1]))
                self._pairs[longest].append((pairs.index(longest), rank, pattern))
            else:
                self._alone[pattern.keys[0]].append((rank, pattern))
        firsts, seconds = {first for first, _ in self._pairs}, {second for _, second in self._pairs}
        self._uses = Column(
            lambda key: _ALONE * (key.lower() in self._alone) + _FIRST * (key.lower() in firsts) + _SECOND * (key.lower() in seconds)
        )

    def find(self, text: Text) -> list[Hit]:
        """Hits in text order, `off` entries already dropped."""
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for first, _, pattern in self._candidates(text):
            entry, keys, cased, conditions = pattern
            last = first + len(keys) - 1
            if taken.get(entry.measure, -1) >= first or (cased is not None and tuple(text.keys[first : last + 1]) != cased):
                continue
            if not conditions or all(one.passes(text, first, last) for one in conditions):
                taken[entry.measure] = last
                if entry.status != "off":
                    hits.append(Hit(entry, first, last))
        return hits

    def _candidates(self, text: Text) -> list[tuple[int, int, _Pattern]]:
        """Where the words of a pattern stand: first piece, rank and pattern, in the order in which they are tried."""
        lower, columns = text.lower, text.columns
        uses = self._uses.at(columns.forms.keys, columns.keys)
        hyphens = np.append(columns.joints == HYPHEN, False)
        found = [
            (first, rank, pattern)
            for first in np.flatnonzero((uses & _ALONE > 0) & ~hyphens[:-1] & ~hyphens[1:]).tolist()
            for rank, pattern in self._alone[lower[first]]
        ]
        for index in np.flatnonzero((uses[:-1] & _FIRST > 0) & (uses[1:] & _SECOND > 0)).tolist():
            for before, rank, pattern in self._pairs.get((lower[index], lower[index + 1]), ()):
                if _stands(text, pattern.keys, index - before):
                    found.append((index - before, rank, pattern))
        return sorted(found)


# What a word may be in a pattern: all of it, or the first or second of the two by which the pattern is looked for.
_ALONE, _FIRST, _SECOND = 1, 2, 4


def _compile(entry: Entry) -> Iterator[_Pattern]:
    conditions = tuple(compile_rule(rule) for rule in entry.rules)
    for form in entry.forms:
        keys = tuple(word.key for word in find_words(form))
        yield _Pattern(entry, tuple(key.lower() for key in keys), keys if form != form.lower() else None, conditions)


def _stands(text: Text, keys: tuple[str, ...], first: int) -> bool:
    """Whether several words stand at a piece in one stretch, and not in a longer compound."""
    last = first + len(keys) - 1
    if first < 0 or tuple(text.lower[first : last + 1]) != keys:
        return False
    joints = text.joints
    inside_compound = joints[first] == "-" or (last + 1 < len(joints) and joints[last + 1] == "-")
    return not inside_compound and _one_stretch(text, first, last)


def _one_stretch(text: Text, first: int, last: int) -> bool:
    """Whether only spaces, hyphens or clitic joints stand between the pieces: no entry crosses punctuation or a line."""
    for index in range(first, last):
        gap = text.text[text.ends[index] : text.starts[index + 1]]
        if gap.strip(" \t\u00a0-‐‑") or len(gap) > 3:
            return False
    return True
