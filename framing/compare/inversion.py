"""From statistics under each arrangement of the outlets to a p, and from a p for each value of an effect to an interval."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from framing.compare.inference import RATIO, Effect, Floats, Inference

_SAME = 1 - 1e-10  # statistics that differ by less differ by rounding only
_NOTHING = 1e-5  # of the terms that a variance is the difference of: below this rounding would tell ties apart
_STEP, _STEPS = 0.4, 10
"""The interval's ends are searched in steps that grow by half (in logs of the ratio, or standard errors of a difference), then
by bisection (chosen); ten steps reach 45 of them, beyond which an end is infinite."""
EXACT, DRAWN = 1e-10, 1e-6
"""Precision of the ends: where all arrangements are enumerated, and where they are drawn, which moves them far more."""
_FAR = 40.0  # where the search begins if an outlet has no occurrence (chosen)


def log_ratio_over_error(A: Floats, B: Floats, V_A: Floats, V_B: Floats, C: Floats | float = 0.0) -> Floats:
    """log(A / B) of each arrangement over its error by the delta method; V_A, V_B and C: variances and covariance of A and B.

    The logarithm is less skewed than A - B where one outlet varies far more than the other or has far fewer articles.
    """
    A, B = np.maximum(A, 0.0), np.maximum(B, 0.0)  # counts that were corrected by hand coding can sum below 0
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = A / B
        log_ratio = np.log(ratio)
        AB, apart = A * B, V_A / ratio + V_B * ratio
        variance = apart - 2 * C  # times A B: V_A / A^2 + V_B / B^2 - 2 C / (A B)
        t = log_ratio * np.sqrt(AB / variance)
    usual = (AB > 0) & (variance > _NOTHING * apart)
    return t if usual.all() else np.where(usual, t, _certain(log_ratio))


def over_error(value: Floats, variance: Floats) -> Floats:
    """value / sqrt(variance)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(variance > 0, value / np.sqrt(variance), _certain(value))


def _certain(value: Floats) -> Floats:
    """What a statistic without an error is: 0 where nothing differs, else infinite."""
    return np.where(np.isnan(value) | (value == 0), 0.0, np.copysign(np.inf, value))


def share_as_extreme(t: Floats) -> float:
    """The two-sided p: the share of arrangements whose statistic is no nearer to 0 than the observed one, which comes first.

    >>> share_as_extreme(np.array([2.0, -2.0, 1.0, 3.0]))
    0.75
    """
    size = np.abs(t)
    return float(np.mean(size >= size[0] * _SAME))


def invert(
    p_of: Callable[[float], float], estimate: float, error: float, effect: Effect, conf_level: float, precision: float
) -> Inference:
    """The p of no effect, and the interval of all values that are not rejected, searched outwards from the estimate.

    p_of gives the p of a value of the effect; `error` is the scale of steps for a difference; `precision` is EXACT or DRAWN.
    """
    scale, alpha = error or 1.0, round(1 - conf_level, 12)  # 1 - .95 is a hair above .05, and p can be .05 exactly

    def value(u: float) -> float:
        return float(np.exp(u)) if effect is RATIO else scale * u

    def p(u: float) -> float:
        return p_of(value(u))

    with np.errstate(divide="ignore"):
        start = float(np.clip(np.log(estimate), -_FAR, _FAR)) if effect is RATIO else estimate / scale
    p_null = p(0.0)
    low, high = (_edge(p, start, p_null, alpha, step, precision) for step in (-_STEP, _STEP))
    return Inference(p_null, value(low), value(high))


def _edge(p_of: Callable[[float], float], start: float, p_null: float, alpha: float, step: float, precision: float) -> float:
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
    while abs(outside - inside) > precision:
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if p_of(middle) < alpha else (middle, outside)
    return inside
