"""Columns of strings for tables: listed, or cut from one text by their offsets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import pandas as pd

from framing.measure.forms import Ints
from framing.measure.ragged import lay_rows

Strings: TypeAlias = pd.api.extensions.ExtensionArray


def strings(values: Iterable[str]) -> Strings:
    """Strings as a column of a table."""
    return pd.array(list(values), dtype="str")


def cut(text: str, starts: Ints, ends: Ints) -> Strings:
    """The stretches of a text as a column of a table; no string is made for any of them.

    >>> list(cut("“Oui,” dit-elle à Zoë.", np.array([7, 18]), np.array([10, 21])))
    ['dit', 'Zoë']
    """
    import pyarrow as pa  # slow to import, so only when a table is made

    places = _byte_offsets(text)
    first, sizes = places[starts], places[ends] - places[starts]
    rows, offsets = lay_rows(first, sizes)
    written = np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)[rows]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(written)]
    return pd.array(pa.Array.from_buffers(pa.large_string(), len(sizes), buffers), dtype="str")


def _byte_offsets(text: str) -> Ints:
    """Where each character of a text begins in UTF-8, and the end."""
    if text.isascii():
        return np.arange(len(text) + 1)
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sizes = (characters > 0x7F).view(np.int8) + (characters > 0x7FF).view(np.int8) + (characters > 0xFFFF).view(np.int8)
    return np.append(0, np.cumsum(sizes, dtype=np.int64)) + np.arange(len(text) + 1)
