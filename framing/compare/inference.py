"""What every contrast estimates, and what a test says about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """How two rates are compared."""

    name: str
    """As in the contrasts table."""
    null: float
    """Its value where the rates are equal."""
    lowest: float
    """The smallest value it can have."""


RATIO = Effect("rate_ratio", 1.0, 0.0)
DIFFERENCE = Effect("rate_difference", 0.0, -np.inf)
MEAN_DIFFERENCE = Effect("mean_difference", 0.0, -np.inf)
COLUMNS = (
    "measure", "outlet", "reference", "effect", "estimate", "conf_low", "conf_high", "p_value", "p_adjusted", "rate",
    "rate_reference", "count", "count_reference", "n_articles", "n_articles_reference", "n_strata", "n_units", "min_p",
    "method", "adjust", "status", "note",
)  # fmt: skip
"""Of the contrasts table."""
EFFECTS = {effect.name: effect for effect in (RATIO, DIFFERENCE, MEAN_DIFFERENCE)}


@dataclass(frozen=True)
class Inference:
    """What a test says about an effect."""

    p_value: float
    """Two-sided p of no effect."""
    conf_low: float
    """Lower end of the interval."""
    conf_high: float
    """Upper end of the interval."""


def mantel_haenszel(y_A: Floats, T_A: Floats, y_B: Floats, T_B: Floats, effect: Effect = RATIO) -> tuple[Floats, Floats]:
    """Each stratum's two terms; the effect is the sum of the first over the sum of the second (Greenland & Robins 1985).

    y_A, T_A ...: shape (strata,), counts and exposures of the outlets A and B.

    >>> a, b = mantel_haenszel(np.array([10.0, 6]), np.array([1000.0, 400]), np.array([5.0, 2]), np.array([500.0, 600]))
    >>> round(float(a.sum() / b.sum()), 4)
    1.6774
    """
    T = T_A + T_B
    a, b = y_A * T_B / T, y_B * T_A / T
    return (a, b) if effect is RATIO else (a - b, T_A * T_B / T)
