"""Finds all lexicon entries in a text, in one walk over its words.

Within one measure hits never overlap: the leftmost wins, and of two that begin together the longest whose rules pass. An
entry with status `off` takes its place like any other and is then dropped, so it can shield look-alikes ("as soon as possible").
A hyphen equals a space inside an entry; a single word never matches a part of a hyphenated compound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from framing.measure.conditions import Condition, compile_rule, rule_passes
from framing.measure.lexicon import Entry, Lexicon
from framing.measure.text import Text, find_words

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

    def find(self, text: Text) -> list[Hit]:
        """Hits in text order, `off` entries already dropped."""
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for first, _, pattern in self._candidates(text.lower):
            entry, keys, _, conditions = pattern
            last = first + len(keys) - 1
            if taken.get(entry.measure, -1) >= first or not _fits(text, pattern, first, last):
                continue
            if not conditions or all(one.passes(text, first, last) for one in conditions):
                taken[entry.measure] = last
                if entry.status != "off":
                    hits.append(Hit(entry, first, last))
        return hits

    def _candidates(self, lower: Sequence[str]) -> list[tuple[int, int, _Pattern]]:
        """Where a pattern may stand: first piece, rank and pattern, in the order in which they are tried."""
        alone, pairs = self._alone, self._pairs
        found = [
            (first, rank, pattern)
            for first, word in enumerate(lower) if word in alone
            for rank, pattern in alone[word]
        ]  # fmt: skip
        found += [
            (index - before, rank, pattern)
            for index, pair in enumerate(pairwise(lower)) if pair in pairs
            for before, rank, pattern in pairs[pair]
        ]  # fmt: skip
        return sorted(found)


def _compile(entry: Entry) -> Iterator[_Pattern]:
    conditions = tuple(compile_rule(rule) for rule in entry.rules)
    for form in entry.forms:
        keys = tuple(word.key for word in find_words(form))
        yield _Pattern(entry, tuple(key.lower() for key in keys), keys if form != form.lower() else None, conditions)


def _fits(text: Text, pattern: _Pattern, first: int, last: int) -> bool:
    if last > first and tuple(text.lower[first : last + 1]) != pattern.keys:
        return False
    if pattern.cased is not None and tuple(text.keys[first : last + 1]) != pattern.cased:
        return False
    joints = text.joints
    inside_compound = joints[first] == "-" or (last + 1 < len(joints) and joints[last + 1] == "-")
    return not inside_compound and (last == first or _one_stretch(text, first, last))


def _one_stretch(text: Text, first: int, last: int) -> bool:
    """Whether only spaces, hyphens or clitic joints stand between the pieces: no entry crosses punctuation or a line."""
    for index in range(first, last):
        gap = text.text[text.ends[index] : text.starts[index + 1]]
        if gap.strip(" \t\u00a0-‐‑") or len(gap) > 3:
            return False
    return True
