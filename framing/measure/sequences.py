"""The best sequence of labels through their scores and the weights of moves (Viterbi 1967), with some content in it."""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.labels import IS_CONTENT, LABELS
from framing.measure.table import Ints

NEVER = -1e9
"""The score of what is not allowed."""
_K = len(LABELS)
ROOM = 2 * _K
"""Columns of the room that `best_path` needs to work in."""


@kernel
def best_path(scores: np.ndarray, moves: np.ndarray, came_from: Ints, path: Ints) -> None:
    """Finds the best labels of rows x labels of which at least one is content.

    `moves` are the weights of one label after another, the last row those of the first label. Every label stands for two states:
    no content so far (0 to _K - 1) and some content (_K to 2 _K - 1). `came_from` (rows x ROOM) is room to work in, `path` is
    filled.

    >>> scores, moves, path = np.zeros((3, _K)), np.zeros((_K + 1, _K)), np.zeros(3, dtype=np.int8)
    >>> scores[:, 0], scores[1, 4] = 1, 0.5
    >>> best_path(scores, moves, np.zeros((3, ROOM), dtype=np.int8), path)
    >>> path.tolist()
    [0, 4, 0]
    """
    best, reached = np.empty(ROOM), np.empty(ROOM)
    for label in range(_K):
        content, begins = IS_CONTENT[label], scores[0, label] + moves[_K, label]
        best[label] = scores[0, label] + NEVER if content else begins
        best[_K + label] = begins if content else scores[0, label] + NEVER
    for row in range(1, len(scores)):
        _step(best, moves, reached, came_from[row])
        for label in range(_K):
            without, with_ = reached[label], reached[_K + label]
            if IS_CONTENT[label]:
                if without >= with_:
                    with_, came_from[row, _K + label] = without, came_from[row, label]
                without = NEVER
            best[label], best[_K + label] = scores[row, label] + without, scores[row, label] + with_
    best[:_K] += NEVER
    state = best.argmax()
    for row in range(len(scores) - 1, -1, -1):
        path[row] = state % _K
        state = came_from[row, state]


@kernel
def _step(best: np.ndarray, moves: np.ndarray, reached: np.ndarray, came_from: Ints) -> None:
    """The best way to each label without content so far and with some, and the state that it comes from, the first of equals."""
    for label in range(_K):
        without, with_, origin, other = best[0] + moves[0, label], best[_K] + moves[0, label], 0, _K
        for before in range(1, _K):
            move = moves[before, label]
            if best[before] + move > without:
                without, origin = best[before] + move, before
            if best[_K + before] + move > with_:
                with_, other = best[_K + before] + move, _K + before
        reached[label], reached[_K + label] = without, with_
        came_from[label], came_from[_K + label] = origin, other
