"""The pieces of stretches laid side by side.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel


@kernel
def lay_pieces(numbers: np.ndarray, ends: np.ndarray, rows: np.ndarray, more: np.ndarray) -> np.ndarray:
    """Start, end, key and joint of the pieces of a row of stretches with one character between any two; shape (4, pieces).

    Of the stretches, `numbers` and `ends` hold the offsets after them; `rows` and `more` are as in `Forms`.
    """
    count = np.int64(0)
    for number in numbers:
        count += 1 if rows[number, 3] >= 0 else rows[number, 1] - rows[number, 0]
    found, place, offset = np.empty((4, count), dtype=np.int64), np.uint64(0), 0
    for at in range(len(numbers)):
        number = numbers[at]
        if rows[number, 3] >= 0:
            _put(found, place, offset, rows, number)
            place += np.uint64(1)
        else:
            for piece in range(rows[number, 0], rows[number, 1]):
                _put(found, place, offset, more, piece)
                place += np.uint64(1)
        offset = ends[at] + 1
    return found


@kernel
def _put(found: np.ndarray, place: np.uint64, offset: int, rows: np.ndarray, row: int) -> None:
    found[0, place], found[1, place] = offset + rows[row, 0], offset + rows[row, 1]
    found[2, place], found[3, place] = rows[row, 2], rows[row, 3]
