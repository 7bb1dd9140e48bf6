"""Fits linear models by L-BFGS: logistic regression, and label sequences as a conditional random field (Lafferty et al. 2001)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit


def fit_logistic(matrix: sparse.csr_matrix, right: np.ndarray, penalty: float, start: np.ndarray | None = None) -> np.ndarray:
    """Weights that maximise the likelihood less penalty * |w|^2 / 2."""
    transposed, y = matrix.T.tocsr(), right.astype(np.float64)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w
        return float(np.logaddexp(0, z).sum() - y @ z + penalty * (w @ w) / 2), transposed @ (expit(z) - y) + penalty * w

    begin = np.zeros(matrix.shape[1]) if start is None else start
    return minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 200, "maxcor": 6}).x


def by_step(lengths: Sequence[int]) -> list[np.ndarray]:
    """For each step the rows of all sequences that reach it, longest sequence first."""
    sizes = np.asarray(lengths)
    order = np.argsort(-sizes, kind="stable")
    begins = (np.cumsum(sizes) - sizes)[order]
    descending = -sizes[order]
    return [begins[: np.searchsorted(descending, -step)] + step for step in range(max(lengths, default=0))]


@dataclass(frozen=True)
class Sequences:
    """Labelled sequences, one below the other."""

    labels: np.ndarray
    """The right label of each row."""
    lengths: list[int]
    """Rows of each sequence."""
    barred: np.ndarray
    """Rows x labels: 0 where a label is possible, far below it elsewhere."""

    @cached_property
    def steps(self) -> list[np.ndarray]:
        """For each step the rows of all sequences that reach it."""
        return by_step(self.lengths)

    @property
    def k(self) -> int:
        """Number of labels."""
        return self.barred.shape[1]

    @cached_property
    def moves(self) -> np.ndarray:
        """How often each label follows another; the last row counts first labels."""
        first = np.zeros(len(self.labels), dtype=bool)
        first[np.cumsum(self.lengths) - np.asarray(self.lengths)] = True
        counts = np.zeros((self.k + 1, self.k))
        np.add.at(counts, (self.labels[:-1][~first[1:]], self.labels[1:][~first[1:]]), 1)
        counts[-1] = np.bincount(self.labels[first], minlength=self.k)
        return counts


def fit_sequences(
    matrix: sparse.csr_matrix,
    sequences: Sequences,
    penalty: float,
    steps: int,
    start: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features x labels) and moves (labels + 1 x labels) after at most `steps` of L-BFGS."""
    n, k = matrix.shape[1], sequences.k
    transposed = matrix.T.tocsr()
    right = np.zeros((len(sequences.labels), k), dtype=np.float32)
    right[np.arange(len(right)), sequences.labels] = 1
    observed = transposed @ right

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        weights, moves = w[: n * k].reshape(n, k), w[n * k :].reshape(k + 1, k)
        scores = (matrix @ weights.astype(np.float32)).astype(float) + sequences.barred
        log_z, expected, expected_moves = forward_backward(scores, moves, sequences.steps)
        reached = scores[np.arange(len(scores)), sequences.labels].sum() + (sequences.moves * moves).sum()
        gradient = np.concatenate([
            (transposed @ expected.astype(np.float32) - observed).ravel(), (expected_moves - sequences.moves).ravel(),
        ])  # fmt: skip
        return log_z - reached + penalty * (w @ w) / 2, gradient + penalty * w

    begin = np.zeros(n * k + (k + 1) * k) if start is None else np.concatenate([part.ravel() for part in start])
    w = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 6}).x
    return w[: n * k].reshape(n, k), w[n * k :].reshape(k + 1, k)


def forward_backward(scores: np.ndarray, moves: np.ndarray, steps: list[np.ndarray]) -> tuple[float, np.ndarray, np.ndarray]:
    """The sum of log Z, the probability of each label in each row, and the expected number of moves."""
    forward, backward = np.array(scores), np.zeros_like(scores)
    step_weights = np.exp(moves[:-1])
    forward[steps[0]] += moves[-1]
    for before, now in pairwise(steps):
        forward[now] += _log_product(forward[before[: len(now)]], step_weights)
    for before, now in zip(steps[-2::-1], steps[:0:-1], strict=True):
        backward[before[: len(now)]] = _log_product(backward[now] + scores[now], step_weights.T)
    whole = forward + backward
    log_z = np.logaddexp.reduce(whole[steps[0]], axis=1)
    expected = np.zeros_like(moves)
    for before, now in pairwise(steps):
        m = len(now)
        left, right = forward[before[:m]] - log_z[:m, None], scores[now] + backward[now]
        top, bottom = left.max(axis=1, keepdims=True), right.max(axis=1, keepdims=True)
        expected[:-1] += (np.exp(left - top) * np.exp(top + bottom)).T @ np.exp(right - bottom)
    expected[:-1] *= step_weights
    for rows in steps:
        whole[rows] -= log_z[: len(rows), None]
    probability = np.exp(whole)
    expected[-1] = probability[steps[0]].sum(axis=0)
    return float(log_z.sum()), probability, expected


def _log_product(logs: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """log(exp(logs) @ factors) without overflow."""
    top = logs.max(axis=1, keepdims=True)
    return top + np.log(np.exp(logs - top) @ factors + 1e-300)
