"""Rows of numbers that describe words or gaps: each is made when its word is first met, and then only looked up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np

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
