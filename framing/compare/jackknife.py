"""Leave-one-unit-out inference with t quantiles: a second opinion on a permutation."""

from __future__ import annotations

import numpy as np
from scipy import stats

from framing.compare.inference import RATIO, Effect, Floats, Inference
from framing.compare.permutations import Units, terms


def jackknife_stories(a: Floats, b: Floats, *, conf_level: float, effect: Effect = RATIO) -> Inference:
    """Each matched story is left out in turn; t with S - 1 degrees of freedom."""
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = _scale((a.sum() - a) / (b.sum() - b), effect)
    v = _variance(left_out)
    return _infer(a, b, v, len(a) - 1.0, conf_level, effect)


def jackknife_units(units: Units, *, conf_level: float, effect: Effect = RATIO) -> Inference:
    """Each unit is left out in turn; the outlets' variances add up, with the degrees of freedom of Welch and Satterthwaite."""
    a, b = terms(units, effect)
    left_out = _scale(np.array([_without(units, i, effect) for i in range(len(units.y))]), effect)
    sizes = np.array([units.in_a.sum(), (~units.in_a).sum()])
    v = np.array([_variance(left_out[side]) for side in (units.in_a, ~units.in_a)])
    df = v.sum() ** 2 / (v**2 / (sizes - 1)).sum() if np.isfinite(v).all() else 1.0
    return _infer(a, b, float(v.sum()), float(df), conf_level, effect)


def _without(units: Units, i: int, effect: Effect) -> float:
    keep = np.ones(len(units.y))
    keep[i] = 0
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = terms(Units(units.y * keep, units.T * keep, units.in_a, units.stratum), effect)
        return float(np.nansum(a) / np.nansum(b))


def _scale(theta: Floats, effect: Effect) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(theta) if effect is RATIO else theta


def _variance(left_out: Floats) -> float:
    """Infinite where leaving out one unit leaves nothing."""
    n = len(left_out)
    if not np.isfinite(left_out).all():
        return np.inf
    return float((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())


def _infer(a: Floats, b: Floats, v: float, df: float, conf_level: float, effect: Effect) -> Inference:
    """Missing values where leaving out one unit leaves nothing to estimate."""
    estimate = float(_scale(np.array(a.sum() / b.sum()), effect))
    if not np.isfinite(v) or v <= 0:
        return Inference(np.nan, np.nan, np.nan)
    null = float(_scale(np.array(effect.null), effect))
    error = np.sqrt(v)
    reach = stats.t.ppf((1 + conf_level) / 2, df) * error
    low, high = (np.exp(estimate + side * reach) if effect is RATIO else estimate + side * reach for side in (-1, 1))
    p = 2 * stats.t.sf(abs(estimate - null) / error, df)
    return Inference(float(max(p, np.finfo(float).tiny)), float(low), float(high))
