"""What may be said of a contrast, in a sentence: what its p and interval show, what they do not, and what to be careful with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framing.compare.inference import EFFECTS

ALPHA = 0.05
"""Where a table does not say the level of its intervals (one read from a file)."""


def say_contrasts(contrasts: pd.DataFrame) -> list[str]:
    """One sentence for each row of a contrasts table: which outlet is higher, or why no difference may be claimed.

    A difference is claimed where the adjusted p is at most 1 - `conf_level`. Where it is not, the interval says what remains
    possible: that no difference was shown does not mean that the outlets are alike. A descriptive row claims nothing; a warning
    is told after the claim.

    >>> row = {"measure": "hedging", "outlet": "Lantern", "reference": "Courier", "effect": "rate_ratio", "estimate": 0.5}
    >>> tested = {**row, "conf_low": 0.4, "conf_high": 0.7, "p_value": 0.01, "status": "ok", "note": ""}
    >>> for sentence in say_contrasts(pd.DataFrame([{**tested, "p_adjusted": p} for p in (0.01, 0.2)])):
    ...     print(sentence)
    Lantern is lower than Courier.
    No difference shown: alone its p would be .010, but among 2 tests chance gives such a one.
    """
    level = contrasts.attrs.get("conf_level", 1 - ALPHA)
    m, alpha = int(contrasts["p_value"].notna().sum()), round(1 - level, 12)
    return [_say(row, m, alpha) for row in contrasts.to_dict("records")]


def _say(row: dict[str, Any], m: int, alpha: float) -> str:
    if np.isnan(row["p_adjusted"]):
        return f"Describe the rates, claim no difference: {row['note'] or 'it was not tested'}."
    claim = _claim(row, m, alpha)
    return f"{claim} With care: {row['note']}." if row["note"] else claim


def _claim(row: dict[str, Any], m: int, alpha: float) -> str:
    effect = EFFECTS[row["effect"]]
    if row["p_adjusted"] <= alpha:
        return f"{row['outlet']} is {'higher' if row['estimate'] > effect.null else 'lower'} than {row['reference']}."
    if row["p_value"] <= alpha:
        return f"No difference shown: alone its p would be {say_p(row['p_value'])}, but among {m} tests chance gives such a one."
    remains = f"{row['conf_low']:.2f} to {row['conf_high']:.2f}"
    remains += " times as much" if effect.null else " more or less"
    return f"No difference shown, which does not make them alike: {remains} remains possible."


def say_p(p: float) -> str:
    """A p as journals print it.

    >>> say_p(0.0312), say_p(0.0002), say_p(float("nan"))
    ('.031', '< .001', '–')
    """
    if np.isnan(p):
        return "–"
    return "< .001" if p < 0.001 else f"{p:.3f}".replace("0.", ".", 1)
