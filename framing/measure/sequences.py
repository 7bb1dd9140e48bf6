"""Label sequences of many lengths at once: the best path through scores and transitions (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np


def by_step(lengths: Sequence[int]) -> list[np.ndarray]:
    """For each step the rows of all sequences that reach it, longest sequence first."""
    sizes = np.asarray(lengths)
    order = np.argsort(-sizes, kind="stable")
    begins = (np.cumsum(sizes) - sizes)[order]
    descending = -sizes[order]
    return [begins[: np.searchsorted(descending, -step)] + step for step in range(max(lengths, default=0))]


def best_path(scores: np.ndarray, transitions: np.ndarray, first: np.ndarray, lengths: Sequence[int]) -> np.ndarray:
    """The label of every row; `scores` has the sequences one below the other, rows x labels.

    >>> scores = np.array([[1.0, 0.0], [0.0, 0.4], [0.0, 3.0]])
    >>> stay = np.array([[0.0, -1.0], [-1.0, 0.0]])
    >>> best_path(scores, stay, np.zeros(2), [2, 1]).tolist()
    [0, 0, 1]
    """
    steps = by_step(lengths)
    best, came_from = np.array(scores, dtype=float), np.zeros(scores.shape, dtype=np.int8)
    path = np.zeros(len(scores), dtype=np.int64)
    if not steps:
        return path
    best[steps[0]] += first
    for before, now in pairwise(steps):
        reached = best[before[: len(now)], :, None] + transitions
        came_from[now] = reached.argmax(1)
        best[now] += reached.max(1)
    for step in range(len(steps) - 1, -1, -1):
        now = steps[step]
        following = steps[step + 1] if step + 1 < len(steps) else now[:0]
        goes_on = len(following)
        path[now[goes_on:]] = best[now[goes_on:]].argmax(1)
        path[now[:goes_on]] = came_from[following, path[following]]
    return path


def with_memory(
    scores: np.ndarray, transitions: np.ndarray, first: np.ndarray, marked: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same model with labels doubled, "nothing marked yet" and "marked": so a path can be made to hold a marked label.

    Columns K.. are the second half; a sequence's last row must be kept to them by the caller.
    """
    k, never = len(first), -1e9
    doubled = np.full((2 * k, 2 * k), never)
    doubled[:k, :k] = np.where(marked, never, transitions)
    doubled[:k, k:] = np.where(marked, transitions, never)
    doubled[k:, k:] = transitions
    begin = np.concatenate([np.where(marked, never, first), np.where(marked, first, never)])
    return np.concatenate([scores, scores], axis=1), doubled, begin
