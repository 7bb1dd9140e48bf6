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

from framing.measure.forms import Ints
from framing.measure.lexicon import SURFACE_CLASSES, Rule
from framing.measure.tags import CLASSES, is_class, names
from framing.measure.text import Text

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

    rows: Ints
    """Whether a hit passes where the condition holds (or where it does not), its side (BEFORE, SELF, AFTER or AROUND), how many
    words away it looks, the classes that fulfil it and its places, both one bit each; conditions x 5."""
    words: Ints
    """Condition x word: whether the word fulfils it, one bit each."""
    is_asked: Ints
    """Whether a word fulfils any."""
    tags: Ints
    """The classes of each tag, one bit each."""


REQUIRED, SIDE, WITHIN, BITS, PLACES = range(5)
BEFORE, SELF, AFTER, AROUND = range(4)
START, END, COMMA = 1, 2, 4
_SIDES = {"before": BEFORE, "self": SELF, "after": AFTER, "around": AROUND}
_PLACES = {"START": START, "END": END, "COMMA": COMMA}
_BITS = {name: 1 << bit for bit, name in enumerate(("NUMBER", "CAPITAL", *CLASSES))}
NUMBER, CAPITAL = _BITS["NUMBER"], _BITS["CAPITAL"]


def lay_out(conditions: Sequence[Condition], numbers: Mapping[str, int]) -> Conditions:
    """Conditions as columns; the words have numbers from 1 on."""
    words = np.zeros((len(conditions), 64 * (len(numbers) // 64 + 1)), dtype=np.bool_)
    for row, condition in zip(words, conditions, strict=True):
        row[[numbers[word] for word in condition.words]] = True
    rows = [(one.required, _SIDES[one.side], one.within, _bits(one), _place_bits(one)) for one in conditions]
    return Conditions(
        rows=np.array(rows, dtype=np.int32).reshape(-1, 5),
        words=np.packbits(words, axis=1, bitorder="little").view(np.uint64),
        is_asked=np.any(words, axis=0, keepdims=True)[0],
        tags=np.array([sum(_BITS[name] for name in CLASSES if is_class(tag, name)) for tag in names()]),
    )


def _bits(condition: Condition) -> int:
    return sum(_BITS[name] for name in condition.classes)


def _place_bits(condition: Condition) -> int:
    return sum(_PLACES[name] for name in condition.places)


def spelling_bits(key: str) -> int:
    """The classes that a word has by its spelling, one bit each; a word that begins a sentence is no CAPITAL."""
    is_capital = key[0].isupper() and not key.isupper()
    return (NUMBER if key.lower()[0].isdigit() else 0) | (CAPITAL if is_capital else 0)
