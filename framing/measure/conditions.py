"""Context rules at work: whether the words around a hit fulfil a condition of the lexicons.

A rule is compiled once, so that asking it costs a look at a few words: whether any of them stands in a set, and only where that
settles nothing, what class they belong to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.lexicon import SURFACE_CLASSES, Rule
from framing.measure.tags import CLASSES, is_class, names
from framing.measure.text import Text
from framing.measure.words import Columns

MONTHS = frozenset("january february march april may june july august september october november december".split())
NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred hundreds thousand thousands million millions billion billions trillion dozen dozens half third quarter
    couple""".split()
)
NEGATIONS = frozenset("not n't never no cannot without".split())
_WORDS_OF = {"MONTH": MONTHS, "NUMBER": NUMBER_WORDS, "TO": frozenset({"to"}), "NOT": NEGATIONS}
"""The words that belong to a surface class; a number may also be written in digits."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A context rule with its forms sorted by how they are looked up."""

    required: bool
    """Whether the hit passes where the condition holds (`require`) or where it does not (`block`)."""
    side: str
    """`before`, `after`, `around` (both) or `self`."""
    within: int
    """How many words away the condition looks."""
    words: frozenset[str]
    """Words in lower case that fulfil it."""
    classes: tuple[str, ...]
    """Classes that fulfil it and are no mere words: of `CLASSES`, NUMBER (in digits) and CAPITAL."""
    places: tuple[str, ...]
    """START, END and COMMA, which ask for the hit's place."""

    def passes(self, text: Text, first: int, last: int) -> bool:
        """Whether a hit on the pieces first..last passes."""
        return self._holds(text, first, last) is self.required

    def _holds(self, text: Text, first: int, last: int) -> bool:
        for place in self.places:
            if _stands(place, self.side, text, first, last):
                return True
        if not (self.words or self.classes):
            return False
        start, stop = self._window(text, first, last)
        if not self.words.isdisjoint(text.lower[start:stop]):
            return True
        for name in self.classes:
            for index in range(start, stop):
                if _is(name, text, index):
                    return True
        return False

    def _window(self, text: Text, first: int, last: int) -> tuple[int, int]:
        """The pieces that the condition looks at, none of them outside the sentence."""
        if self.side == "self":
            return first, first + 1
        sentence = text.sentence_pieces(first)
        start, stop = sentence.start, sentence.stop
        if self.side == "around":
            return max(start, first - self.within), min(stop, last + 1 + self.within)
        if self.side == "before":
            return max(start, first - self.within), first
        return last + 1, min(stop, last + 1 + self.within)


@cache
def compile_rule(rule: Rule) -> Condition:
    """A rule, ready to be asked."""
    words = [_WORDS_OF.get(form, frozenset()) if form in (*CLASSES, *SURFACE_CLASSES) else {form} for form in rule.forms]
    return Condition(
        required=rule.effect == "require",
        side=rule.side,
        within=rule.within,
        words=frozenset().union(*words),
        classes=tuple(form for form in rule.forms if form in CLASSES or form in ("NUMBER", "CAPITAL")),
        places=tuple(form for form in rule.forms if form in ("START", "END", "COMMA")),
    )


def rule_passes(rule: Rule, text: Text, first: int, last: int) -> bool:
    """Whether a hit on the pieces first..last passes a context rule."""
    return compile_rule(rule).passes(text, first, last)


def _is(name: str, text: Text, index: int) -> bool:
    if name == "NUMBER":
        return text.lower[index][0].isdigit()
    if name == "CAPITAL":
        key = text.keys[index]
        return key[0].isupper() and index not in text.sentence_starts and not key.isupper()
    return is_class(text.tags[index], name)


def _stands(place: str, side: str, text: Text, first: int, last: int) -> bool:
    if place == "START":
        return first in text.sentence_starts
    start, end = text.span(first, last)
    return _closes(text, end) if place == "END" else _comma(text, side, start, end)


def _closes(text: Text, end: int) -> bool:
    following = text.text[end : end + 1]
    return not following or following in '.,;:!?…)\n"”’' or following == "—"


def _comma(text: Text, side: str, start: int, end: int) -> bool:
    before, after = text.text[max(0, start - 2) : start].strip(), text.text[end : end + 2].strip()
    return (side != "after" and before.endswith(",")) or (side != "before" and after.startswith(","))


class Conditions(NamedTuple):
    """Several conditions side by side, as numbers (see `Condition`)."""

    required: Ints
    """Whether a hit passes where the condition holds, or where it does not."""
    side: Ints
    """BEFORE, SELF, AFTER or AROUND."""
    within: Ints
    """How many words away it looks."""
    words: Ints
    """Condition x word: whether the word fulfils it."""
    classes: Ints
    """The classes that fulfil it, one bit each (as `class_bits`)."""
    places: Ints
    """START, END and COMMA, one bit each."""


BEFORE, SELF, AFTER, AROUND = range(4)
START, END, COMMA = 1, 2, 4
_SIDES = {"before": BEFORE, "self": SELF, "after": AFTER, "around": AROUND}
_PLACES = {"START": START, "END": END, "COMMA": COMMA}
_BITS = {name: 1 << bit for bit, name in enumerate((*CLASSES, "NUMBER", "CAPITAL"))}


def lay_out(conditions: Sequence[Condition], numbers: Mapping[str, int]) -> Conditions:
    """Conditions as columns; the words have numbers from 1 on."""
    words = np.zeros((len(conditions), len(numbers) + 1), dtype=np.bool_)
    for row, condition in zip(words, conditions, strict=True):
        row[[numbers[word] for word in condition.words]] = True
    return Conditions(
        required=np.array([condition.required for condition in conditions], dtype=np.bool_),
        side=np.array([_SIDES[condition.side] for condition in conditions], dtype=np.int64),
        within=np.array([condition.within for condition in conditions], dtype=np.int64),
        words=words,
        classes=np.array([sum(_BITS[name] for name in condition.classes) for condition in conditions], dtype=np.int64),
        places=np.array([sum(_PLACES[name] for name in condition.places) for condition in conditions], dtype=np.int64),
    )


def class_bits(columns: Columns, tags: Ints, begins_sentence: Ints) -> Ints:
    """The classes of each piece, one bit each; its tag is given by number."""
    surface = _SURFACE.at(columns.forms.keys, columns.keys)
    return _bits_of_tags()[tags] | np.where(begins_sentence, surface & ~_BITS["CAPITAL"], surface)


def _surface_bits(key: str) -> int:
    is_capital = key[0].isupper() and not key.isupper()
    return (_BITS["NUMBER"] if key.lower()[0].isdigit() else 0) | (_BITS["CAPITAL"] if is_capital else 0)


_SURFACE = Column(_surface_bits)


@cache
def _bits_of_tags() -> Ints:
    return np.array([sum(_BITS[name] for name in CLASSES if is_class(tag, name)) for tag in names()])
