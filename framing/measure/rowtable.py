"""Rows of numbers that describe words or gaps: each is made when its word is first met, and then only looked up."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np

from framing.measure.forms import Ints

K = TypeVar("K", bound=Hashable)
# Rows that are remembered (1.7 million words of US news have 110,000 spellings with tags).
REMEMBERED = 1_000_000


class RowTable(Generic[K]):
    """Numbers by what they describe.

    >>> table = RowTable(lambda word: (len(word), word.count("e")))
    >>> table.find(["levee", "the", "levee"]).tolist()
    [[5, 3], [3, 1], [5, 3]]
    """

    def __init__(self, describe: Callable[[K], tuple[int, ...]]) -> None:
        self._rows = _Rows(describe)
        self._values: np.ndarray | None = None

    def find(self, things: Iterable[K]) -> np.ndarray:
        """One row of numbers for each thing; int64."""
        rows = self._rows
        if len(rows) > REMEMBERED:
            rows.clear()
            self._values = None
        places = np.fromiter(map(rows.__getitem__, things), dtype=np.int64)
        if rows.new:
            new = np.array(rows.new, dtype=np.int64)
            self._values = new if self._values is None else np.concatenate([self._values, new])
            rows.new.clear()
        return self._values[places] if self._values is not None else np.zeros((0, 0), dtype=np.int64)


class _Rows(dict[K, int]):
    """Thing -> number of its row, which is made when the thing is first asked for."""

    def __init__(self, describe: Callable[[K], tuple[int, ...]]) -> None:
        self._describe = describe
        self.new: list[tuple[int, ...]] = []

    def __missing__(self, thing: K) -> int:
        self.new.append(self._describe(thing))
        self[thing] = len(self)
        return self[thing]


class PairTable:
    """Numbers by a word of a growing list and a code; nearly every word comes with one code only, and so one look tells.

    >>> table = PairTable(lambda word, code: (len(word), code), width=2)
    >>> table.find(["levee", "the"], np.array([0, 1, 0]), np.array([7, 7, 8])).tolist()
    [[5, 7], [3, 7], [5, 8]]
    """

    def __init__(self, describe: Callable[[str, int], tuple[int, ...]], width: int) -> None:
        self._describe, self._width = describe, width
        self._begin([])

    def _begin(self, words: list[str]) -> None:
        self._words = words
        self._codes, self._rows = np.zeros((2, 0), dtype=np.int64)
        self._others: dict[tuple[int, int], int] = {}
        self._values = array("q")

    def find(self, words: list[str], numbers: Ints, codes: Ints) -> Ints:
        """One row of numbers for each word, given by its number in the list, with its code."""
        if words is not self._words:
            self._begin(words)
        if len(words) > len(self._codes):  # room for more than there are, so that it is not copied at every text
            self._codes, self._rows = (np.append(column, np.full(len(words), -1)) for column in (self._codes, self._rows))
        for place in np.flatnonzero(self._codes[numbers] < 0).tolist():
            self._meet(int(numbers[place]), int(codes[place]))
        rows = self._rows[numbers]
        places = np.flatnonzero(self._codes[numbers] != codes)
        pairs = zip(numbers[places].tolist(), codes[places].tolist(), strict=True)
        rows[places] = [self._others[pair] if pair in self._others else self._meet_again(pair) for pair in pairs]
        return np.frombuffer(self._values, np.int64).reshape(-1, self._width)[rows] if len(rows) else rows.reshape(0, self._width)

    def _meet(self, number: int, code: int) -> None:
        if self._codes[number] < 0:
            self._codes[number], self._rows[number] = code, self._add(number, code)

    def _meet_again(self, pair: tuple[int, int]) -> int:
        self._others[pair] = self._add(*pair)
        return self._others[pair]

    def _add(self, number: int, code: int) -> int:
        self._values.extend(self._describe(self._words[number], code))
        return len(self._values) // self._width - 1
