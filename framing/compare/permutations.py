"""Permutation of outlet labels over independent units within strata, studentised; the interval inverts the same test."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.compare.inference import RATIO, Effect, Floats, Inference, mantel_haenszel
from framing.compare.inversion import DRAWN, invert, log_ratio_over_error, over_error, share_as_extreme


@dataclass(frozen=True)
class Units:
    """Independent units of an unmatched design: articles, or groups of articles that stand together."""

    y: Floats
    """Counts, shape (n,)."""
    T: Floats
    """Exposures, shape (n,)."""
    in_a: NDArray[np.bool_]
    """Whether a unit belongs to outlet A, shape (n,)."""
    stratum: NDArray[np.int64]
    """Stratum number of each unit from 0 on, shape (n,)."""


def terms(units: Units, effect: Effect) -> tuple[Floats, Floats]:
    """The Mantel-Haenszel terms of each stratum."""
    n = int(units.stratum.max()) + 1

    def total(values: Floats, side: NDArray[np.bool_]) -> Floats:
        return np.bincount(units.stratum[side], values[side], minlength=n).astype(float)

    A, B = units.in_a, ~units.in_a
    return mantel_haenszel(total(units.y, A), total(units.T, A), total(units.y, B), total(units.T, B), effect)


def smallest_p_unmatched(sizes: list[tuple[int, int]]) -> float:
    """The smallest attainable p of a label permutation with (units of A, units of B) in each stratum.

    Two-sided: where all strata are balanced the mirrored arrangement is as extreme, so it counts twice.

    >>> smallest_p_unmatched([(4, 4)]), smallest_p_unmatched([(3, 3)])
    (0.02857142857142857, 0.1)
    """
    arrangements = prod(comb(a + b, a) for a, b in sizes)
    balanced = all(a == b for a, b in sizes)
    return min(1.0, (2 if balanced else 1) / arrangements)  # whole numbers: there may be more arrangements than a float holds


def permute_labels(units: Units, *, conf_level: float, n_resamples: int, seed: int, effect: Effect = RATIO) -> Inference:
    """Permutation of outlet labels within strata; the statistic is the log of the Mantel-Haenszel ratio, or the difference, over
    its within-outlet error (Janssen 1997 on studentising).

    For another value theta than no effect, A's exposures are multiplied by theta (a ratio) or its counts lowered by theta times
    its exposures (a difference), under which the two outlets' rates are equal. The interval holds every theta that is not
    rejected, searched outwards from the estimate.
    """
    sums = _sums(units, permute(units, n_resamples, seed))
    a, b = terms(units, effect)
    parts = _parts(sums, effect, effect.null)
    error = float(np.sqrt(parts.V_A[0] + parts.V_B[0]) / b.sum())

    def p_of(theta: float) -> float:
        return share_as_extreme(_studentised(sums, effect, theta))

    return invert(p_of, float(a.sum() / b.sum()), error, effect, conf_level, DRAWN)


def permutation_p(units: Units, *, n_resamples: int, seed: int, effect: Effect = RATIO) -> float:
    """The p of `permute_labels` without the search for its interval."""
    return share_as_extreme(statistics(units, permute(units, n_resamples, seed), effect))


def permute(units: Units, n_resamples: int, seed: int, *, all_if_few: bool = True) -> NDArray[np.bool_]:
    """Labellings, shape (m, n), the observed one first: all where they are no more than `n_resamples`, else drawn."""
    strata = [np.flatnonzero(units.stratum == s) for s in np.unique(units.stratum)]
    if all_if_few and prod(comb(len(inside), int(units.in_a[inside].sum())) for inside in strata) <= n_resamples:
        return _all_labels(units, strata)
    rng = np.random.default_rng(seed)
    labels = np.tile(units.in_a, (n_resamples + 1, 1))
    for inside in strata:
        labels[1:, inside] = rng.permuted(labels[1:, inside], axis=1)
    return labels


def _all_labels(units: Units, strata: list[NDArray[np.int64]]) -> NDArray[np.bool_]:
    choices = [combinations(inside, int(units.in_a[inside].sum())) for inside in strata]
    labels = []
    for chosen in product(*choices):
        label = np.zeros_like(units.in_a)
        label[[unit for part in chosen for unit in part]] = True
        labels.append(label)
    labels.sort(key=lambda label: not np.array_equal(label, units.in_a))
    return np.array(labels)


def statistics(units: Units, labels: NDArray[np.bool_], effect: Effect) -> Floats:
    """The studentised statistic of no effect under each labelling, shape (m,)."""
    return _studentised(_sums(units, labels), effect, effect.null)


_Side = dict[str, Floats]
_Sums = list[tuple[_Side, _Side]]


def _sums(units: Units, labels: NDArray[np.bool_]) -> _Sums:
    """For each stratum the sums over each side of each arrangement; exposures are split by the true label z, so that theta enters
    afterwards."""
    return [_stratum_sums(units, labels, s) for s in np.unique(units.stratum)]


def _stratum_sums(units: Units, labels: NDArray[np.bool_], s: int) -> tuple[_Side, _Side]:
    inside = units.stratum == s
    y, T, z = units.y[inside], units.T[inside], units.in_a[inside].astype(float)
    columns = {
        "n": np.ones_like(y), "y": y, "yy": y * y, "Ta": T * z, "Tb": T * (1 - z), "yTa": y * T * z, "yTb": y * T * (1 - z),
        "TTa": T * T * z, "TTb": T * T * (1 - z),
    }  # fmt: skip
    matrix = np.column_stack(list(columns.values()))
    side_a = labels[:, inside].astype(float) @ matrix
    side_b = matrix.sum(axis=0) - side_a
    return dict(zip(columns, side_a.T, strict=True)), dict(zip(columns, side_b.T, strict=True))


class _Parts(NamedTuple):
    """The two sides of the Mantel-Haenszel terms under each arrangement, and their variances within the outlets."""

    A: Floats
    B: Floats
    V_A: Floats
    V_B: Floats


def _studentised(sums: _Sums, effect: Effect, theta: float) -> Floats:
    """The effect of each arrangement over its error: log(A / B) for a ratio, A - B for a difference."""
    A, B, V_A, V_B = _parts(sums, effect, theta)
    return log_ratio_over_error(A, B, V_A, V_B) if effect is RATIO else over_error(A - B, V_A + V_B)


def _parts(sums: _Sums, effect: Effect, theta: float) -> _Parts:
    """A = sum_s y_A T_B / T and B = sum_s y_B T_A / T; V_A and V_B sum the squared residuals within each side, weighted alike."""
    total = _Parts(*np.zeros((4, 1)))
    for stratum in sums:
        a, b = (_at(side, effect, theta) for side in stratum)
        w_A, w_B = b["T"] / (a["T"] + b["T"]), a["T"] / (a["T"] + b["T"])
        found = (w_A * a["y"], w_B * b["y"], w_A**2 * _residual_square(a), w_B**2 * _residual_square(b))
        total = _Parts(*(one + more for one, more in zip(total, found, strict=True)))
    return total


def _at(side: _Side, effect: Effect, theta: float) -> _Side:
    """A side's sums with the counts or exposures that make the rates equal if the effect is theta."""
    n, y, yy = side["n"], side["y"], side["yy"]
    if effect is RATIO:
        T, yT = theta * side["Ta"] + side["Tb"], theta * side["yTa"] + side["yTb"]
        return {"n": n, "y": y, "yy": yy, "T": T, "yT": yT, "TT": theta**2 * side["TTa"] + side["TTb"]}
    y, yy = y - theta * side["Ta"], yy - 2 * theta * side["yTa"] + theta**2 * side["TTa"]
    T, yT = side["Ta"] + side["Tb"], side["yTa"] + side["yTb"] - theta * side["TTa"]
    return {"n": n, "y": y, "yy": yy, "T": T, "yT": yT, "TT": side["TTa"] + side["TTb"]}


def _residual_square(side: _Side) -> Floats:
    """sum_i (y_i - r T_i)^2 with r = y / T, times n / (n - 1)."""
    r = side["y"] / side["T"]
    square = np.maximum(side["yy"] - 2 * r * side["yT"] + r**2 * side["TT"], 0.0)
    return square * side["n"] / np.maximum(side["n"] - 1, 1)
