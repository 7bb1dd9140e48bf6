"""What may be said of a contrast: what its p shows, what it does not, and what to be careful with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framing.compare.inference import EFFECTS

ALPHA = 0.05
"""Where a table does not say the level of its intervals (one read from a file)."""
NOT_SHOWN = "“Not shown” does not mean alike: everything in the interval remains possible."


def claim_contrasts(contrasts: pd.DataFrame) -> list[str]:
    """For each row of contrasts what may be claimed: `higher` or `lower` than the reference, `not shown`, `describe only`.

    A difference is claimed where the adjusted p is at most 1 - `conf_level`. Where it is larger, but the p alone is not, that p
    is told, because the interval is that of the single test too. A descriptive row claims nothing.

    >>> row = {"effect": "rate_ratio", "estimate": 0.5, "p_value": 0.01, "p_adjusted": 0.01}
    >>> claim_contrasts(pd.DataFrame([row, {**row, "p_adjusted": 0.2}, {**row, "p_value": np.nan, "p_adjusted": np.nan}]))
    ['lower', 'not shown (p alone .010)', 'describe only']
    """
    alpha = round(1 - contrasts.attrs.get("conf_level", 1 - ALPHA), 12)
    return [_claim(row, alpha) for row in contrasts.to_dict("records")]


def _claim(row: dict[str, Any], alpha: float) -> str:
    if np.isnan(row["p_adjusted"]):
        return "describe only"
    if row["p_adjusted"] <= alpha:
        return "higher" if row["estimate"] > EFFECTS[row["effect"]].null else "lower"
    return f"not shown (p alone {say_p(row['p_value'])})" if row["p_value"] <= alpha else "not shown"


def say_p(p: float) -> str:
    """A p as journals print it.

    >>> say_p(0.0312), say_p(0.0002), say_p(float("nan"))
    ('.031', '< .001', '–')
    """
    if np.isnan(p):
        return "–"
    return "< .001" if p < 0.001 else f"{p:.3f}".replace("0.", ".", 1)
