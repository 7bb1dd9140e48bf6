"""Differential error: does a measure err in one outlet more than in another?"""

from __future__ import annotations

from collections import Counter
from math import factorial, prod

import numpy as np
import pandas as pd

from framing.compare.inference import Floats
from framing.compare.quantities import MIN_COUNT

COLUMNS = (
    "measure", "metric", "lowest_outlet", "lowest", "highest_outlet", "highest", "p_value", "min_p", "n_outlets", "n_articles",
    "status", "note",
)  # fmt: skip
_ZERO = 1e-9  # what is left of 0 after rounding is below it


def compare_error(
    coded: pd.DataFrame, numerator: str, denominator: str, alpha: float, n_resamples: int, seed: int
) -> tuple[object, ...]:
    """One metric of one measure in all outlets: the row of `Validity.differences` after measure and metric."""
    coded = coded[(coded[numerator] > 0) | (coded[denominator] > 0)]  # other articles say nothing of this metric
    sums = coded.groupby("outlet")[[numerator, denominator]].sum().assign(articles=coded.groupby("outlet").size())
    enough = (sums["articles"] >= 2) & (sums[denominator] >= MIN_COUNT)
    kept = coded[coded["outlet"].isin(sums.index[enough])]
    rates = (sums[numerator] / sums[denominator])[enough]
    if len(rates) < 2:
        note = f"fewer than two outlets have 2 articles and {MIN_COUNT} units: nothing can be compared"
        return "", np.nan, "", np.nan, np.nan, np.nan, len(rates), len(kept), "descriptive", note
    min_p = smallest_p_outlets(list(sums["articles"][enough]))
    x, z = kept[numerator].to_numpy(float), kept[denominator].to_numpy(float)
    e = x - x.sum() / z.sum() * z
    refusal = _refusal(e, min_p, alpha)
    # Drawn arrangements can fall below the smallest attainable p by chance; then that is the p.
    p_value = np.nan if refusal else max(min_p, _permute_outlets(e, pd.factorize(kept["outlet"])[0], n_resamples, seed))
    differs = "the error differs between outlets: correct their contrasts by the gold" if p_value <= alpha else ""
    left_out = f"left out (too few units): {', '.join(map(str, sums.index[~enough]))}" if not enough.all() else ""
    status = "descriptive" if refusal else "warning" if left_out or differs else "ok"
    note = "; ".join(reason for reason in (refusal, differs, left_out) if reason)
    ends = rates.idxmin(), rates.min(), rates.idxmax(), rates.max()
    return *ends, p_value, min_p, len(rates), len(kept), status, note


def _refusal(e: Floats, min_p: float, alpha: float) -> str:
    """Why there is no test, or nothing."""
    if min_p > alpha:
        return f"with {len(e)} articles the smallest attainable p is {min_p:.3g}, above {alpha:.2g}; code more"
    if np.allclose(e, 0):
        return "the error is the same in every article: there is no difference to test"
    return ""


def smallest_p_outlets(sizes: list[int]) -> float:
    """The smallest attainable p of a permutation among outlets with so many articles: outlets of one size can change places.

    >>> smallest_p_outlets([3, 3]), smallest_p_outlets([4, 4]), smallest_p_outlets([2, 2, 2])
    (0.1, 0.02857142857142857, 0.06666666666666667)
    """
    arrangements = factorial(sum(sizes)) // prod(factorial(size) for size in sizes)
    return prod(factorial(times) for times in Counter(sizes).values()) / arrangements


def _permute_outlets(e: Floats, outlet: np.ndarray, n_resamples: int, seed: int) -> float:
    """p of score = sum_o (sum_i e_i)^2 / sum_i e_i^2 over permuted outlets; the observed arrangement counts, so p is never 0."""
    labels = np.tile(outlet.astype(np.int16), (n_resamples + 1, 1))
    labels[1:] = np.random.default_rng(seed).permuted(labels[1:], axis=1)
    score = np.zeros(len(labels))
    for o in range(outlet.max() + 1):
        inside = (labels == o).astype(float)
        squares = inside @ e**2
        score += np.where(squares > _ZERO, (inside @ e) ** 2 / np.maximum(squares, _ZERO), 0.0)
    return float(np.mean(score >= score[0] * (1 - 1e-12)))
