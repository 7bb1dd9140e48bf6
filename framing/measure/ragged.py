"""Rows of several numbers each, one row behind the other: where each begins is kept beside them."""

from __future__ import annotations

import numpy as np

from framing.measure.forms import Ints


def lay_rows(firsts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Numbers that go on from their firsts, one row behind the other, and where each row then begins, and the end.

    >>> numbers, begin = lay_rows(np.array([7, 2]), np.array([2, 3]))
    >>> numbers.tolist(), begin.tolist()
    ([7, 8, 2, 3, 4], [0, 2, 5])
    """
    begin = np.append(0, np.cumsum(sizes))
    return np.arange(begin[-1]) + np.repeat(firsts - begin[:-1], sizes), begin


def take_rows(begin: Ints, numbers: Ints) -> tuple[Ints, Ints]:
    """The places of what stands in some of the rows, and where each of these then begins, and the end."""
    return lay_rows(begin[numbers], np.diff(begin)[numbers])
