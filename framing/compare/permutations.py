"""Permutation of outlet labels over independent units within strata, studentised; the interval inverts the same test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from framing.compare.inference import RATIO, Effect, Floats, Inference, mantel_haenszel

_STEP, _STEPS, _NEAR = 0.4, 10, 1e-6
"""The interval's ends are searched in steps that grow by half (in logs of the ratio, or standard errors of a difference), then
by bisection to this precision (chosen); ten steps reach 45 of them, beyond which an end is infinite."""


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
    """Permutation of outlet labels within strata; the statistic is the Mantel-Haenszel score over its within-outlet error.

    For another value theta than no effect, A's exposures are multiplied by theta (a ratio) or its counts lowered by theta times
    its exposures (a difference), under which the two outlets' rates are equal. The interval holds every theta that is not
    rejected, searched outwards from the estimate.
    """
    sums = _sums(units, permute(units, n_resamples, seed))
    a, b = terms(units, effect)
    estimate, alpha = float(a.sum() / b.sum()), round(1 - conf_level, 12)  # 1 - .95 is a hair above .05, and p can be .05 exactly
    scale = float(np.sqrt(_score(sums, effect, effect.null)[1][0]) / b.sum()) or 1.0

    def value(u: float) -> float:
        return float(np.exp(u)) if effect is RATIO else scale * u

    def p_of(u: float) -> float:
        t = np.abs(_studentised(sums, effect, value(u)))
        return float(np.mean(t >= t[0] * (1 - 1e-12)))

    start, p_value = float(np.log(estimate)) if effect is RATIO else estimate / scale, p_of(0.0)
    low, high = (_edge(p_of, start, p_value, alpha, step) for step in (-_STEP, _STEP))
    return Inference(p_value, value(low), value(high))


def permutation_p(units: Units, *, n_resamples: int, seed: int, effect: Effect = RATIO) -> float:
    """The p of `permute_labels` without the search for its interval."""
    t = np.abs(statistics(units, permute(units, n_resamples, seed), effect))
    return float(np.mean(t >= t[0] * (1 - 1e-12)))


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


def _studentised(sums: _Sums, effect: Effect, theta: float) -> Floats:
    """U / sqrt(V) of each arrangement."""
    U, V = _score(sums, effect, theta)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(V > 0, U / np.sqrt(V), np.where(U == 0, 0.0, np.inf))


def _score(sums: _Sums, effect: Effect, theta: float) -> tuple[Floats, Floats]:
    """U = sum_s (y_A T_B - y_B T_A) / T; V sums the squared weighted residuals within each side."""
    U = V = np.zeros(1)
    for stratum in sums:
        a, b = (_at(side, effect, theta) for side in stratum)
        T = a["T"] + b["T"]
        U = U + (a["y"] * b["T"] - b["y"] * a["T"]) / T
        V = V + (b["T"] / T) ** 2 * _residual_square(a) + (a["T"] / T) ** 2 * _residual_square(b)
    return U, V


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


def _edge(p_of: Callable[[float], float], start: float, p_null: float, alpha: float, step: float) -> float:
    """The interval's end in the direction of a step, on the same side of the null value (0) as the test's decision."""
    towards_null = start * step < 0
    inside = 0.0 if towards_null and p_null >= alpha else start
    outside = inside
    for _ in range(_STEPS):
        outside, step = outside + step, step * 1.5
        if towards_null and p_null < alpha and outside * step > 0:
            outside = 0.0
        if p_of(outside) < alpha:
            break
        inside = outside
    else:
        return float(np.copysign(np.inf, step))
    while abs(outside - inside) > _NEAR:
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if p_of(middle) < alpha else (middle, outside)
    return inside
