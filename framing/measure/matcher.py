"""Finds all lexicon entries in a text, in one walk over its words.

Within one measure hits never overlap: the leftmost wins, and of two that begin together the longest whose rules pass. An
entry with status `off` takes its place like any other and is then dropped, so it can shield look-alikes ("as soon as possible").
A hyphen equals a space inside an entry; a single word never matches a part of a hyphenated compound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from framing.measure.lexicon import Entry, Lexicon, Rule
from framing.measure.tags import CLASSES, is_class
from framing.measure.text import Text, find_words

MONTHS = frozenset("january february march april may june july august september october november december".split())
NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred hundreds thousand thousands million millions billion billions trillion dozen dozens half third quarter
    couple""".split()
)
NEGATIONS = frozenset("not n't never no cannot without".split())


@dataclass(frozen=True)
class Hit:
    """An entry found in a text."""

    entry: Entry
    """The lexicon row."""
    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""


@dataclass(frozen=True)
class _Pattern:
    keys: tuple[str, ...]
    cased: tuple[str, ...] | None
    entry: Entry


class Matcher:
    """Compiled lexicons: `find(text)` gives the hits of all of them."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        # Patterns by their first two words (or their only word and ""), so that "the" does not try every form in "the".
        self._patterns: dict[tuple[str, str], list[_Pattern]] = defaultdict(list)
        for lexicon in lexicons:
            for entry in lexicon:
                for form in entry.forms:
                    keys = tuple(word.key for word in find_words(form))
                    cased = keys if form != form.lower() else None
                    pattern = _Pattern(tuple(key.lower() for key in keys), cased, entry)
                    second = pattern.keys[1] if len(keys) > 1 else ""
                    self._patterns[pattern.keys[0], second].append(pattern)
        for patterns in self._patterns.values():
            patterns.sort(key=lambda pattern: (-len(pattern.keys), pattern.cased is None, pattern.entry.id))

    def find(self, text: Text) -> list[Hit]:
        """Hits in text order, `off` entries already dropped."""
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for first, pair in enumerate(pairwise([*text.lower, ""])):
            for pattern in (*self._patterns.get(pair, ()), *self._patterns.get((pair[0], ""), ())):
                last = first + len(pattern.keys) - 1
                if taken.get(pattern.entry.measure, -1) >= first or not _fits(text, pattern, first, last):
                    continue
                if all(rule_passes(rule, text, first, last) for rule in pattern.entry.rules):
                    taken[pattern.entry.measure] = last
                    if pattern.entry.status != "off":
                        hits.append(Hit(pattern.entry, first, last))
        return hits


def _fits(text: Text, pattern: _Pattern, first: int, last: int) -> bool:
    if len(pattern.keys) > 1 and tuple(text.lower[first : last + 1]) != pattern.keys:
        return False
    if pattern.cased is not None and tuple(text.keys[first : last + 1]) != pattern.cased:
        return False
    words = text.words
    inside_compound = words[first].joint == "-" or (last + 1 < len(words) and words[last + 1].joint == "-")
    return not inside_compound and _one_stretch(text, first, last)


def _one_stretch(text: Text, first: int, last: int) -> bool:
    """Whether only spaces, hyphens or clitic joints stand between the pieces: no entry crosses punctuation or a line."""
    for index in range(first, last):
        gap = text.text[text.words[index].end : text.words[index + 1].start]
        if gap.strip(" \t\u00a0-‐‑") or len(gap) > 3:
            return False
    return True


def rule_passes(rule: Rule, text: Text, first: int, last: int) -> bool:
    """Whether a hit on the pieces first..last passes a context rule."""
    holds = any(_form_holds(form, rule, text, first, last) for form in rule.forms)
    return holds if rule.effect == "require" else not holds


def _form_holds(form: str, rule: Rule, text: Text, first: int, last: int) -> bool:
    if form == "START":
        return first in text.sentence_starts
    if form == "END":
        return _closes(text, last)
    if form == "COMMA":
        return _comma(text, rule.side, first, last)
    return any(_is(form, text, index) for index in _window(rule, text, first, last))


def _window(rule: Rule, text: Text, first: int, last: int) -> Sequence[int]:
    if rule.side == "self":
        return range(first, first + 1)
    sentence = text.pieces(*text.sentence_span(text.words[first].start))
    if rule.side == "before":
        return range(max(sentence.start, first - rule.within), first)
    return range(last + 1, min(sentence.stop, last + 1 + rule.within))


def _is(form: str, text: Text, index: int) -> bool:
    key = text.lower[index]
    if form in CLASSES:
        return is_class(text.tags[index], form)
    if form == "NUMBER":
        return key[0].isdigit() or key in NUMBER_WORDS
    if form == "MONTH":
        return key in MONTHS
    if form == "CAPITAL":
        return text.keys[index][0].isupper() and index not in text.sentence_starts and not text.keys[index].isupper()
    if form == "TO":
        return key == "to"
    if form == "NOT":
        return key in NEGATIONS
    return key == form


def _closes(text: Text, last: int) -> bool:
    end = text.words[last].end
    following = text.text[end : end + 1]
    return not following or following in '.,;:!?…)\n"”’' or following == "—"


def _comma(text: Text, side: str, first: int, last: int) -> bool:
    start, end = text.words[first].start, text.words[last].end
    before, after = text.text[max(0, start - 2) : start].strip(), text.text[end : end + 2].strip()
    return (side != "after" and before.endswith(",")) or (side != "before" and after.startswith(","))
