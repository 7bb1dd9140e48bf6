"""Distinct forms, numbered: a text is a row of numbers, and what depends on a form alone is worked out once for each form.

No word reaches over a space, and the same stretches between spaces come again and again: each distinct one is cut once, and so
a text is read by looking its stretches up and laying their pieces side by side.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import chain
from threading import RLock
from typing import TypeAlias

import numpy as np

Ints: TypeAlias = np.ndarray
"""Integers, one for each stretch or piece."""
Piece: TypeAlias = tuple[int, int, str, int]
"""Start and end within a stretch, key, code of the joint."""

# Characters of distinct stretches after which a new list is begun, so that memory stays bounded (chosen; 1.7 million words of US
# news have 94,000 distinct stretches with 800,000 characters).
_FULL = 20_000_000


class Forms:
    """The distinct stretches between spaces and the distinct words in them, in the order in which they were met."""

    def __init__(self, cut: Callable[[str], Sequence[Piece]]) -> None:
        self.stretches: list[str] = []
        """Number of a stretch -> the stretch."""
        self.keys: list[str] = []
        """Number of a key -> the word as the lexicons see it, case kept."""
        self.lower: list[str] = []
        """Number of a key -> the word in lower case."""
        self.n_characters = 0
        """Of all distinct stretches together."""
        self._cut, self._lock = cut, RLock()
        self._stretch_ids, self._key_ids = _Numbers(self._add_stretch), _Numbers(self._add_key)
        self._lengths = array("i")
        # Start, end, key and joint of a stretch's only piece; or the first and after the last of its rows in `more`, 0 and -1.
        self._rows, self._more = array("i"), array("i")

    def number(self, stretches: Sequence[str]) -> Ints:
        """The numbers of stretches."""
        return np.fromiter(map(self._stretch_ids.__getitem__, stretches), np.int64, len(stretches))

    def lay_out(self, numbers: Ints, ends: Ints | None = None) -> Ints:
        """The pieces of a row of stretches with one character between any two: start, end, key, joint; shape (4, pieces).

        Who knows the offsets after the stretches gives them, too.
        """
        from framing.measure.layout import lay_pieces  # slow to import (it brings numba), so only when a text is read

        with self._lock:  # an array cannot grow while numpy looks at it
            ends = np.cumsum(np.frombuffer(self._lengths, np.int32)[numbers] + 1) - 1 if ends is None else ends
            return lay_pieces(numbers, ends, _table(self._rows), _table(self._more))

    def _add_stretch(self, stretch: str) -> int:
        with self._lock:
            number = self._stretch_ids.get(stretch)
            if number is None:
                pieces = self._cut(stretch)
                if len(pieces) == 1:  # the one piece of most stands at once where it is looked for
                    start, end, key, joint = pieces[0]
                    self._rows.extend((start, end, self._key_ids[key], joint))
                else:
                    first = len(self._more) // 4
                    self._rows.extend((first, first + len(pieces), 0, -1))
                    self._more.extend(chain.from_iterable((one[0], one[1], self._key_ids[one[2]], one[3]) for one in pieces))
                self._lengths.append(len(stretch))
                self.n_characters += len(stretch)
                self.stretches.append(stretch)
                number = self._stretch_ids[stretch] = len(self.stretches) - 1
            return number

    def _add_key(self, key: str) -> int:
        self.lower.append(key.lower())
        self.keys.append(key)
        self._key_ids[key] = len(self.keys) - 1
        return len(self.keys) - 1


def _table(rows: array[int]) -> Ints:
    return np.frombuffer(rows, np.int32).reshape(-1, 4) if rows else np.zeros((0, 4), dtype=np.int32)


class _Numbers(dict[str, int]):
    """String -> its number, given when it is first asked for."""

    def __init__(self, add: Callable[[str], int]) -> None:
        self._add = add

    def __missing__(self, string: str) -> int:
        return self._add(string)


class Column:
    """A number for every form of a growing list, worked out when the form is first asked for."""

    def __init__(self, work_out: Callable[[str], int]) -> None:
        self._work_out, self._lock = work_out, RLock()
        self._strings: list[str] = []
        self._values, self._n_known = np.zeros(0, dtype=np.int64), 0

    def at(self, strings: list[str], numbers: Ints) -> Ints:
        """The values of the forms with these numbers."""
        return self.values(strings)[numbers]

    def values(self, strings: list[str]) -> Ints:
        """The values of all forms."""
        with self._lock:
            if strings is not self._strings:
                self._strings, self._values, self._n_known = strings, np.zeros(0, dtype=np.int64), 0
            new = strings[self._n_known :]
            if new:
                self._learn(new)
            return self._values[: self._n_known]

    def _learn(self, new: list[str]) -> None:
        first, self._n_known = self._n_known, self._n_known + len(new)
        if self._n_known > len(self._values):  # room for more than there are, so that it is not copied at every text
            self._values = np.append(self._values[:first], np.zeros(2 * self._n_known - first, dtype=np.int64))
        self._values[first : self._n_known] = np.fromiter(map(self._work_out, new), np.int64, len(new))


class LateColumn:
    """A number for the forms of a growing list that were asked about: for what is slow to work out and needed of few."""

    def __init__(self, work_out: Callable[[str], int]) -> None:
        self._work_out, self._lock = work_out, RLock()
        self._strings: list[str] = []
        self._values = np.zeros(0, dtype=np.int64)

    def known(self, strings: list[str]) -> Ints:
        """A value for each form, -1 for those that were not asked about yet."""
        with self._lock:
            if strings is not self._strings:
                self._strings, self._values = strings, np.zeros(0, dtype=np.int64)
            if len(strings) > len(self._values):  # room for more than there are, so that it is not copied at every text
                self._values = np.append(self._values, np.full(len(strings), -1))
            return self._values

    def learn(self, strings: list[str], numbers: Ints) -> None:
        """Works out the values of the forms with these numbers."""
        with self._lock:
            values = self.known(strings)
            for number in np.unique(numbers).tolist():
                values[number] = self._work_out(strings[number])


class Current:
    """The forms by which new texts are numbered; a new list is begun when the old one is full."""

    def __init__(self, cut: Callable[[str], Sequence[Piece]]) -> None:
        self._cut = cut
        self._forms = Forms(cut)

    def forms(self) -> Forms:
        """The list in use."""
        if self._forms.n_characters > _FULL:
            self._forms = Forms(self._cut)
        return self._forms
