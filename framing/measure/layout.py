"""The pieces of stretches laid side by side.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel


@kernel
def lay_pieces(numbers: np.ndarray, lengths: np.ndarray, firsts: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Start, end, key and joint of the pieces of a row of stretches with one character between any two; shape (4, pieces).

    Of the stretches `numbers` names, `lengths` holds the characters and `firsts` where its rows in `pieces` begin.
    """
    count = 0
    for number in numbers:
        count += firsts[number + 1] - firsts[number]
    found, place, offset = np.empty((4, count), dtype=np.int64), 0, 0
    for number in numbers:
        for piece in range(firsts[number], firsts[number + 1]):
            found[0, place], found[1, place] = offset + pieces[piece, 0], offset + pieces[piece, 1]
            found[2, place], found[3, place] = pieces[piece, 2], pieces[piece, 3]
            place += 1
        offset += lengths[number] + 1
    return found
