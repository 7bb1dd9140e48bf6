"""Finds all lexicon entries in texts, in one walk over their words.

Within one measure hits never overlap: the leftmost wins, and of two that begin together the longest whose rules pass. An
entry with status `off` takes its place like any other and is then dropped, so it can shield look-alikes ("as soon as possible").
A hyphen equals a space inside an entry; a single word never matches a part of a hyphenated compound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from framing.measure.conditions import Conditions, lay_out, rule_passes, spelling_bits
from framing.measure.forms import Column, Ints
from framing.measure.lexicon import Entry, Lexicon
from framing.measure.patterns import Tree, compile_entry, number_words, pack_word, plant
from framing.measure.text import Text

if TYPE_CHECKING:
    from framing.measure.surface import Surface

__all__ = ["Hit", "Matcher", "rule_passes"]


class Hit(NamedTuple):
    """An entry found in a text."""

    entry: Entry
    """The lexicon row."""
    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""


Found: TypeAlias = tuple[int, int, int]
"""A hit as numbers: of the entry in `Matcher.entries`, of its first and of its last piece."""


class Tables(NamedTuple):
    """Lexicons as numbers."""

    terms: dict[str, int]
    """Numbers of the words of patterns and conditions, in lower case, from 1 on."""
    cased: dict[str, int]
    """Numbers of the words of patterns for which case matters, from 1 on."""
    conditions: Conditions
    """What the context rules ask."""
    tree: Tree
    """The entries."""


def _compile(entries: Sequence[Entry]) -> Tables:
    """What a matcher of these entries needs."""
    patterns = [pattern for number, entry in enumerate(entries) for pattern in compile_entry(number, entry)]
    patterns.sort(key=lambda pattern: entries[pattern.entry].id)
    conditions = list(dict.fromkeys(condition for pattern in patterns for condition in pattern.conditions))
    terms = number_words(chain.from_iterable((*(one.keys for one in patterns), *(one.words for one in conditions))))
    cased = number_words(chain.from_iterable(pattern.cased for pattern in patterns))
    numbers = {condition: number for number, condition in enumerate(conditions)}
    return Tables(terms, cased, lay_out(conditions, terms), plant(patterns, terms, cased, numbers))


class Matcher:
    """Compiled lexicons: `find(text)` gives the hits of all of them."""

    def __init__(self, lexicons: Iterable[Lexicon], tables: Tables | None = None) -> None:
        self.entries: list[Entry] = [entry for lexicon in lexicons for entry in lexicon]
        """The lexicons' rows."""
        self.tables = tables or _compile(self.entries)
        """The rows as numbers."""
        terms, cased = self.tables.terms.get, self.tables.cased.get
        self._words = Column(lambda key: pack_word(terms(key.lower(), 0), cased(key, 0), spelling_bits(key)))

    def find(self, text: Text) -> list[Hit]:
        """Hits in text order, `off` entries already dropped."""
        return [Hit(self.entries[entry], first, last) for entry, first, last in self.find_numbers(text)]

    def find_numbers(self, text: Text) -> list[Found]:
        """As `find`, as numbers."""
        alone = text if text.beside is None else replace(text, beside=None)
        return [(entry, first, last) for entry, first, last in self.find_rows(alone.place.surface).tolist()]

    def find_rows(self, surface: Surface) -> Ints:
        """The hits in several texts that are read together, as numbers; their pieces are counted through all texts."""
        from framing.measure.matching import find_hits, lay_ground  # slow to import (numba), so only when a text is read

        ground = lay_ground(surface, self._words.values(surface.columns.forms.keys))
        return find_hits(ground, self.tables.tree, self.tables.conditions)
