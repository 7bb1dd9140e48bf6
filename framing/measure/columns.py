"""Columns of strings for tables: listed, or cut from one text by their offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pandas as pd

from framing.measure.forms import Ints
from framing.measure.ragged import lay_rows

Strings: TypeAlias = pd.api.extensions.ExtensionArray


def strings(values: Iterable[str]) -> Strings:
    """Strings as a column of a table."""
    return pd.array(list(values), dtype="str")


@dataclass(frozen=True)
class Encoded:
    """A text of which columns are cut; no string is made for any of their rows.

    >>> list(Encoded("“Oui,” dit-elle à Zoë.").cut(np.array([7, 18]), np.array([10, 21])))
    ['dit', 'Zoë']
    """

    text: str
    """The text."""

    def cut(self, starts: Ints, ends: Ints) -> Strings:
        """The stretches between some offsets as a column of a table."""
        import pyarrow as pa  # slow to import, so only when a table is made

        first, last = self._place(starts), self._place(ends)
        rows, begin = lay_rows(first, last - first)
        buffers = [None, pa.py_buffer(begin), pa.py_buffer(self._bytes[rows])]
        return pd.array(pa.Array.from_buffers(pa.large_string(), len(starts), buffers), dtype="str")

    def _place(self, offsets: Ints) -> Ints:
        """Where characters begin in UTF-8."""
        places, reached = self._longer
        return offsets + reached[np.searchsorted(places, offsets)]

    @cached_property
    def _bytes(self) -> np.ndarray:
        return np.frombuffer(self.text.encode("utf-8", "surrogatepass"), dtype=np.uint8)

    @cached_property
    def _longer(self) -> tuple[Ints, Ints]:
        """The characters of more than one byte, and how many bytes more there are before each, and at the end."""
        characters = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        places = np.flatnonzero(characters > 0x7F)
        more = 1 + (characters[places] > 0x7FF) + (characters[places] > 0xFFFF)
        return places, np.append(0, np.cumsum(more))
