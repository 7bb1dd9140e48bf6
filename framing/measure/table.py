"""A table of codes: what the linear models know of some cases, one column for each attribute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Ints = np.ndarray
"""Integers, one for each case."""


@dataclass(frozen=True)
class Table:
    """Cases with their codes."""

    names: tuple[str, ...]
    """The attributes."""
    codes: Ints
    """Cases x attributes, int32."""

    @classmethod
    def of(cls, columns: Mapping[str, Ints]) -> Table:
        """A table of single columns.

        >>> Table.of({"lemma": [3, 4], "quoted": [0, 1]})["quoted"].tolist()
        [0, 1]
        """
        return cls(tuple(columns), np.stack(list(map(np.asarray, columns.values())), axis=1).astype(np.int32))

    @classmethod
    def join(cls, tables: Sequence[Table]) -> Table:
        """Tables of the same attributes, one below the other."""
        return cls(tables[0].names, np.concatenate([table.codes for table in tables]))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, name: str) -> Ints:
        """One column."""
        return self.codes[:, self.names.index(name)]

    def take(self, cases: Ints) -> Table:
        """Some of the cases, by number or by a mask."""
        return Table(self.names, self.codes[cases])
