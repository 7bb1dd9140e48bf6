"""Whether words of the lexicon `sources` pass their rules, asked of all words in several texts at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from framing.measure.conditions import Condition, compile_rule
from framing.measure.forms import Column, Ints
from framing.measure.sourcewords import Found, source_entries
from framing.measure.tags import is_class, names

if TYPE_CHECKING:
    from framing.measure.surface import Surface


def find_passing(surface: Surface, found: Found) -> Found:
    """The words that pass all rules of their entries."""
    passes = np.ones(len(found.entries), dtype=bool)
    for rule in _rules():
        asked = np.flatnonzero(rule.is_asked[found.entries])
        if len(asked):
            passes[asked] &= _hold(surface, rule, found.firsts[asked], found.lasts[asked]) == rule.condition.required
    return Found(*(column[passes] for column in found))


class _Rule(NamedTuple):
    condition: Condition
    is_asked: np.ndarray
    """Of each entry whether it has the rule."""
    words: Column
    """Whether a word in lower case fulfils it."""
    tags: np.ndarray
    """Whether a tag does."""


@cache
def _rules() -> list[_Rule]:
    entries = source_entries()
    rules = dict.fromkeys(rule for entry in entries for rule in entry.rules)
    return [_compile(compile_rule(rule), np.array([rule in entry.rules for entry in entries])) for rule in rules]


def _compile(condition: Condition, is_asked: np.ndarray) -> _Rule:
    if condition.places or "CAPITAL" in condition.classes or condition.side not in ("before", "after"):
        raise ValueError(f"A rule of the lexicon sources asks for more than the words before or after: {condition}.")
    classes = [name for name in condition.classes if name != "NUMBER"]
    tags = np.array([any(is_class(tag, name) for name in classes) for tag in names()])
    return _Rule(condition, is_asked, Column(_fulfils(condition)), tags)


def _fulfils(condition: Condition) -> Callable[[str], bool]:
    has_numbers = "NUMBER" in condition.classes
    return lambda word: word in condition.words or (has_numbers and word[0].isdigit())


def _hold(surface: Surface, rule: _Rule, firsts: Ints, lasts: Ints) -> np.ndarray:
    """Whether a word that fulfils a rule stands where it looks: so many words before or after, in the same sentence."""
    columns, holds = surface.columns, np.zeros(len(firsts), dtype=bool)
    number = np.searchsorted(surface.firsts, firsts, "right")
    low, high = surface.firsts[number - 1], np.append(surface.firsts, len(columns.keys))[number]
    for away in range(1, rule.condition.within + 1):
        place = firsts - away if rule.condition.side == "before" else lasts + away
        is_inside = (place >= low) & (place < high)
        place = np.where(is_inside, place, 0)
        fulfils = (rule.words.at(columns.forms.lower, columns.keys[place]) > 0) | rule.tags[surface.tags[place]]
        holds |= is_inside & fulfils
    return holds
