"""Where the words of the lexicon `sources` stand in a text: what they can name, and what kind of source that is."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from framing.measure.lexicon import Entry, load_lexicon
from framing.measure.matcher import rule_passes
from framing.measure.text import Text, find_words

_PLURALS = frozenset("people men women police children media personnel staff clergy troops percent cent".split())


class Kinds:
    """Where the words of the lexicon `sources` stand in a text.

    >>> [hit.entry.category for hit in Kinds(Text("", "The harbour minister met a reporter.")).between(0, 6)]
    ['official', 'media']
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.hits = list(_find(text))
        self._firsts = [hit.first for hit in self.hits]
        self._passed: dict[int, bool] = {}

    def between(self, first: int, stop: int) -> list[Kind]:
        """The hits that begin among the pieces first..stop-1."""
        low = bisect.bisect_left(self._firsts, first)
        if low == len(self._firsts) or self._firsts[low] >= stop:
            return []
        high = bisect.bisect_left(self._firsts, stop, low)
        return [hit for hit in self.hits[low:high] if not hit.entry.rules or self._passes(hit)]

    def _passes(self, hit: Kind) -> bool:
        """Whether a hit passes its rules: asked late, because few hits stand where anybody looks."""
        if hit.first not in self._passed:
            self._passed[hit.first] = all(rule_passes(rule, self.text, hit.first, hit.last) for rule in hit.entry.rules)
        return self._passed[hit.first]


class Kind(NamedTuple):
    """A word of the lexicon in a text."""

    entry: Entry
    """The lexicon row."""
    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""


_Form = tuple[tuple[str, ...], tuple[str, ...] | None, Entry]


@cache
def _forms() -> dict[str, dict[str, list[_Form]]]:
    """Forms by their first and second word ("" for a form of one), the longest first, one with capitals before one without."""
    forms: dict[str, dict[str, list[_Form]]] = {}
    for entry in load_lexicon("sources"):
        for form in entry.forms if not entry.category.endswith("_name") else ():
            cased = tuple(word.key for word in find_words(form))
            keys = tuple(key.lower() for key in cased)
            seconds = forms.setdefault(keys[0], {})
            seconds.setdefault(keys[1] if len(keys) > 1 else "", []).append(
                (keys, cased if form != form.lower() else None, entry)
            )
    for seconds in forms.values():
        for found in seconds.values():
            found.sort(key=lambda form: (-len(form[0]), form[1] is None))
    return forms


def _find(text: Text) -> Iterator[Kind]:
    """Hits from left to right, never overlapping; unlike `Matcher`, the last word of a compound counts ("co-founder")."""
    find, lower, free = _forms().get, text.lower, 0
    ahead = [*lower[1:], ""]
    for first, seconds in [(piece, seconds) for piece, word in enumerate(lower) if (seconds := find(word)) is not None]:
        if first < free:
            continue
        singles, longer = seconds.get("", ()), seconds.get(ahead[first])
        for keys, cased, entry in (*longer, *singles) if longer and ahead[first] else singles:
            if _stands(text, keys, cased, first):
                free = first + len(keys)
                yield Kind(entry, first, free - 1)
                break


def _stands(text: Text, keys: tuple[str, ...], cased: tuple[str, ...] | None, first: int) -> bool:
    stop = first + len(keys)
    if len(keys) > 1 and (
        tuple(text.lower[first:stop]) != keys or any(len(gap_after(text, at)) > 1 for at in range(first, stop - 1))
    ):
        return False
    if cased is not None and tuple(text.keys[first:stop]) != cased:
        return False
    return stop == len(text.lower) or text.joints[stop] != "-"


def gap_after(text: Text, piece: int) -> str:
    """The characters between a piece and the next one ("" at the end of the text)."""
    starts = text.starts
    return text.text[text.ends[piece] : starts[piece + 1]] if piece + 1 < len(starts) else ""


def is_plural(text: Text, hit: Kind) -> bool:
    """Whether a word of the lexicon stands in the plural."""
    word = text.lower[hit.last]
    return word in _PLURALS or (word.endswith("s") and not word.endswith("ss"))
