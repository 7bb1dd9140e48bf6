"""Inference by resampling whole independent units: sign flips of matched stories, label permutations of unmatched ones.

Both tests are inverted for the interval, so p < alpha exactly when the interval excludes 1, and p counts the observed arrangement
among the resampled ones (Phipson & Smyth 2010), so it is never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
EXACT_STORIES = 13
"""Up to this many stories all 2^S sign patterns are enumerated (8,192); beyond it they are drawn."""
_SNAP = 1e-9  # an interval's end this near to 1 is 1: it differs by rounding only


@dataclass(frozen=True)
class Inference:
    """What resampling says about a rate ratio."""

    p_value: float
    """Two-sided p of ratio 1."""
    conf_low: float
    """Lower end of the interval."""
    conf_high: float
    """Upper end of the interval."""
    min_p: float
    """The smallest p that the design can give."""


def smallest_p_matched(n_stories: int) -> float:
    """The smallest attainable two-sided p of a sign-flip test: 2 of the 2^S patterns.

    >>> smallest_p_matched(5), smallest_p_matched(6)
    (0.0625, 0.03125)
    """
    return min(1.0, 2.0 / 2.0**n_stories)


def smallest_p_unmatched(sizes: list[tuple[int, int]]) -> float:
    """The smallest attainable p of a label permutation with (units of A, units of B) in each stratum.

    Two-sided: where all strata are balanced the mirrored arrangement is as extreme, so it counts twice.

    >>> smallest_p_unmatched([(4, 4)]), smallest_p_unmatched([(3, 3)])
    (0.02857142857142857, 0.1)
    """
    arrangements = 1
    for a, b in sizes:
        arrangements *= comb(a + b, a)
    balanced = all(a == b for a, b in sizes)
    return min(1.0, (2 if balanced else 1) / arrangements)  # whole numbers: there may be more arrangements than a float holds


def flip_stories(a: Floats, b: Floats, *, conf_level: float, n_resamples: int, seed: int) -> Inference:
    """Sign-flip test of a Mantel-Haenszel ratio over matched stories, with its inverted interval.

    a, b: shape (S,), the stories' terms y_A T_B / T and y_B T_A / T; the estimate is sum(a) / sum(b). Swapping the outlets in a
    story flips the sign of a_s - theta b_s. A pattern is as extreme as the data for every theta between the ratio of the stories
    it swaps and the ratio of those it keeps, which makes the interval a count of these ends. They are sums of nothing but zeros
    where they are 0, so no rounding stands between a large end and an infinite one.
    """
    swapped = (_signs(len(a), n_resamples, seed) < 0).astype(float)
    (a_swapped, b_swapped), (a_kept, b_kept) = ((part @ a, part @ b) for part in (swapped, 1 - swapped))
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = a_swapped / b_swapped, a_kept / b_kept
    unchanged = ((a_swapped == 0) & (b_swapped == 0)) | ((a_kept == 0) & (b_kept == 0))
    low = np.where(unchanged, 0.0, np.fmin(one, two))
    high = np.where(unchanged, np.inf, np.fmax(one, two))
    if len(a) > EXACT_STORIES:  # drawn patterns: the observed one is counted among them
        low, high = np.append(low, 0.0), np.append(high, np.inf)
    low[np.abs(low - 1) < _SNAP], high[np.abs(high - 1) < _SNAP] = 1.0, 1.0
    rank = int(np.ceil((1 - conf_level) * len(low) - _SNAP))
    return Inference(
        p_value=float(np.mean((low <= 1) & (high >= 1))),
        conf_low=float(np.sort(low)[rank - 1]),
        conf_high=float(np.sort(high)[-rank]),
        min_p=smallest_p_matched(len(a)),
    )


def _signs(n: int, n_resamples: int, seed: int) -> Floats:
    if n <= EXACT_STORIES:
        return np.array(list(product((1.0, -1.0), repeat=n)))
    return np.random.default_rng(seed).choice((-1.0, 1.0), size=(n_resamples, n))


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
    """Stratum number of each unit, shape (n,)."""


def permute_labels(units: Units, *, conf_level: float, n_resamples: int, seed: int) -> Inference:
    """Permutation of outlet labels within strata; the statistic is the Mantel-Haenszel score over its within-outlet error.

    For a ratio theta other than 1 the exposures of A are multiplied by theta, under which the two outlets' rates are equal. The
    interval holds every theta that is not rejected, searched outwards from the estimate by bisection.
    """
    labels = _permuted_labels(units, n_resamples, seed)
    sums = [_stratum_sums(units, labels, s) for s in np.unique(units.stratum)]
    estimate = _ratio(units)

    def p_of(theta: float) -> float:
        t = np.abs(_studentised(sums, theta))
        return float(np.mean(t >= t[0] * (1 - 1e-12)))

    alpha = round(1 - conf_level, 12)  # 1 - .95 is a hair above .05, and p can be .05 exactly
    p_value = p_of(1.0)
    sizes = [
        (int(units.in_a[units.stratum == s].sum()), int((~units.in_a)[units.stratum == s].sum()))
        for s in np.unique(units.stratum)
    ]
    return Inference(
        p_value=p_value,
        conf_low=_edge(p_of, estimate, alpha, p_value, downwards=True),
        conf_high=_edge(p_of, estimate, alpha, p_value, downwards=False),
        min_p=smallest_p_unmatched(sizes),
    )


def _permuted_labels(units: Units, n_resamples: int, seed: int) -> NDArray[np.bool_]:
    """Labellings, shape (m, n), the observed one first: all where they are no more than `n_resamples`, else drawn."""
    strata = [np.flatnonzero(units.stratum == s) for s in np.unique(units.stratum)]
    if prod(comb(len(inside), int(units.in_a[inside].sum())) for inside in strata) <= n_resamples:
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


def _ratio(units: Units) -> float:
    numerator = denominator = 0.0
    for s in np.unique(units.stratum):
        a, b = units.in_a & (units.stratum == s), ~units.in_a & (units.stratum == s)
        T = units.T[a | b].sum()
        numerator += units.y[a].sum() * units.T[b].sum() / T
        denominator += units.y[b].sum() * units.T[a].sum() / T
    return numerator / denominator if denominator > 0 else np.inf


_Sums = dict[str, Floats]


def _stratum_sums(units: Units, labels: NDArray[np.bool_], s: int) -> dict[str, _Sums]:
    """Sums over each side of each arrangement; exposures are split by the true label z, so that theta enters afterwards."""
    inside = units.stratum == s
    y, T, z = units.y[inside], units.T[inside], units.in_a[inside].astype(float)
    columns = {
        "n": np.ones_like(y), "y": y, "yy": y * y, "Ta": T * z, "Tb": T * (1 - z), "yTa": y * T * z, "yTb": y * T * (1 - z),
        "TTa": T * T * z, "TTb": T * T * (1 - z),
    }  # fmt: skip
    matrix = np.column_stack(list(columns.values()))
    side_a = labels[:, inside].astype(float) @ matrix
    side_b = matrix.sum(axis=0) - side_a
    return {
        "a": dict(zip(columns, side_a.T, strict=True)),
        "b": dict(zip(columns, side_b.T, strict=True)),
    }


def _studentised(sums: list[dict[str, _Sums]], theta: float) -> Floats:
    """U / sqrt(V): U = sum_s (y_A T_B - y_B T_A) / T; V sums the squared weighted residuals within each side."""
    U = V = np.zeros(1)
    for stratum in sums:
        a, b = (_with_theta(stratum[side], theta) for side in ("a", "b"))
        T = a["T"] + b["T"]
        U = U + (a["y"] * b["T"] - b["y"] * a["T"]) / T
        V = V + (b["T"] / T) ** 2 * _residual_square(a) + (a["T"] / T) ** 2 * _residual_square(b)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(V > 0, U / np.sqrt(V), np.where(U == 0, 0.0, np.inf))


def _with_theta(side: _Sums, theta: float) -> _Sums:
    T, yT, TT = (
        theta * side["Ta"] + side["Tb"],
        theta * side["yTa"] + side["yTb"],
        theta**2 * side["TTa"] + side["TTb"],
    )
    return {"n": side["n"], "y": side["y"], "yy": side["yy"], "T": T, "yT": yT, "TT": TT}


def _residual_square(side: _Sums) -> Floats:
    """sum_i (y_i - r T_i)^2 with r = y / T, times n / (n - 1)."""
    r = side["y"] / side["T"]
    square = np.maximum(side["yy"] - 2 * r * side["yT"] + r**2 * side["TT"], 0.0)
    return square * side["n"] / np.maximum(side["n"] - 1, 1)


def _edge(p_of, estimate: float, alpha: float, p_at_one: float, *, downwards: bool) -> float:  # type: ignore[no-untyped-def] # a callable float -> float
    """The interval's end on one side of the estimate, to a relative 1e-6, on the same side of 1 as the test's decision."""
    inside = estimate
    beyond = (estimate > 1.0) if downwards else (estimate < 1.0)
    if beyond and p_at_one >= alpha:
        inside = 1.0
    outside = inside
    for _ in range(60):
        outside = outside / 1.5 if downwards else outside * 1.5
        if beyond and p_at_one < alpha and ((outside < 1.0) if downwards else (outside > 1.0)):
            outside = 1.0
        if p_of(outside) < alpha:
            break
        inside = outside
    else:
        return 0.0 if downwards else float("inf")
    while abs(np.log(outside / inside)) > 1e-6:
        middle = float(np.sqrt(inside * outside))
        if p_of(middle) < alpha:
            outside = middle
        else:
            inside = middle
    return inside
