"""Krippendorff's alpha: how far coders agree beyond chance, at any level of measurement, with codes missing.

The symbols are those of Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: units u, values c and k, m_u codes of a
unit, n_c values c among the n that can be paired.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.compare.coding import CodingError
from framing.compare.inference import Floats

LEVELS = ("nominal", "ordinal", "interval", "ratio")
# Fewer units than these give no interval, or one with a warning (chosen, as for the rates of outlets).
MIN_UNITS, FEW_UNITS = 5, 10


@dataclass(frozen=True)
class Agreement:
    """What krippendorff_alpha says."""

    alpha: float
    """1 is perfect agreement, 0 what chance would give, below 0 systematic disagreement; missing where undefined."""
    conf_low: float
    """Lower end of the bootstrap interval over units."""
    conf_high: float
    """Upper end of it."""
    level: str
    """nominal, ordinal, interval or ratio."""
    n_units: int
    """Units that two or more coders coded."""
    n_pairable: int
    """Codes of these units: Krippendorff's n.."""
    n_coders: int
    """Coders who gave a code at all."""
    status: str
    """ok; warning (read the note); descriptive (alpha or its interval does not exist)."""
    note: str
    """Why."""


def krippendorff_alpha(
    codes: Any, level: str = "nominal", *, conf_level: float = 0.95, n_resamples: int = 2000, seed: int = 0
) -> Agreement:
    """Krippendorff's alpha of a table with one row per unit (article) and one column per coder, with a bootstrap interval.

    `codes` is a DataFrame or an array; a missing code is NaN, None or an empty string. `level` says what a difference between
    two codes means: nominal (the same or not; words are allowed), ordinal (ranks), interval (differences), ratio (proportions:
    counts of 0 and more). Units that fewer than two coders coded say nothing and are left out.

    The interval is the percentile bootstrap over units (Zapf et al. 2016), which keeps the codes of a unit together. Alpha is
    missing, with a note, where nothing can be paired or where all codes are equal.

    Raises CodingError for an unknown level and for codes that the level cannot hold.

    Krippendorff (2011), section C: 12 units, four coders, codes missing.

    >>> A = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    >>> B = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    >>> C = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
    >>> D = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
    >>> codes = pd.DataFrame({"A": A, "B": B, "C": C, "D": D})
    >>> [round(krippendorff_alpha(codes, level).alpha, 3) for level in ("nominal", "ordinal", "interval", "ratio")]
    [0.743, 0.815, 0.849, 0.797]
    """
    _check_options(level, conf_level, n_resamples)
    table = _blank_to_missing(codes)
    n_coders = int(table.notna().any().sum())
    table = table[table.notna().sum(axis=1) >= 2]
    values, n_uc = _count_values(table, level)
    once = np.ones(len(n_uc))
    alpha = _alpha(n_uc, values, once, level)
    low, high = _bootstrap(n_uc, values, level, conf_level, n_resamples, seed)
    status, note = _judge(alpha, len(n_uc), len(values), n_coders)
    return Agreement(alpha, low, high, level, len(n_uc), int(n_uc.sum()), n_coders, status, note)


def _check_options(level: str, conf_level: float, n_resamples: int) -> None:
    if level not in LEVELS:
        raise CodingError(f"There is no level {level!r}; level= is one of {', '.join(LEVELS)}.")
    if not 0 < conf_level < 1:
        raise CodingError(f"conf_level={conf_level} is no level of confidence; give a number between 0 and 1, such as .95.")
    if n_resamples < 1:
        raise CodingError(f"n_resamples={n_resamples} gives no interval; give 1 or more, such as 2000.")


def _blank_to_missing(codes: Any) -> pd.DataFrame:
    table = pd.DataFrame(codes).astype(object)
    return table.mask(table.map(lambda code: isinstance(code, str) and not code.strip()))


def _count_values(table: pd.DataFrame, level: str) -> tuple[NDArray[Any], Floats]:
    """The values that occur, and how many coders gave each to each unit: n_uc, shape (units, values)."""
    cells = table.to_numpy(dtype=object)
    unit, coder = np.nonzero(pd.notna(cells))
    codes = cells[unit, coder]
    if level != "nominal":
        codes = np.array([_as_number(code, level) for code in codes], dtype=float)
    number, values = pd.factorize(codes, sort=level != "nominal")
    n_uc = np.zeros((len(table), len(values)))
    np.add.at(n_uc, (unit, number), 1)
    return values, n_uc


def _as_number(code: Any, level: str) -> float:
    try:
        number = float(code)
    except (TypeError, ValueError):
        raise CodingError(f"The codes hold {code!r}; the level {level!r} needs numbers, words are for 'nominal'.") from None
    if not np.isfinite(number) or (level == "ratio" and number < 0):
        needed = "numbers of 0 and more" if level == "ratio" else "finite numbers"
        raise CodingError(f"The codes hold {code!r}; the level {level!r} needs {needed}.")
    return number


def _bootstrap(
    n_uc: Floats, values: NDArray[Any], level: str, conf_level: float, n_resamples: int, seed: int
) -> tuple[float, float]:
    """The percentile interval over drawn units; draws without variation have no alpha and are left out."""
    n_units = len(n_uc)
    if n_units < MIN_UNITS or len(values) < 2:
        return np.nan, np.nan
    times = np.random.default_rng(seed).multinomial(n_units, np.full(n_units, 1 / n_units), size=n_resamples)
    alphas = np.array([_alpha(n_uc, values, drawn, level) for drawn in times])
    known = alphas[~np.isnan(alphas)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [(1 - conf_level) / 2, (1 + conf_level) / 2])
    return float(low), float(high)


def _alpha(n_uc: Floats, values: NDArray[Any], times: NDArray[Any], level: str) -> float:
    """Alpha where unit u stands `times[u]` times in the data: 1 - D_o / D_e, shape of times (units,)."""
    m_u = n_uc.sum(axis=1)
    n_c = times @ n_uc
    n = n_c.sum()
    delta2 = _squared_differences(values, n_c, level)
    D_o = (times * ((n_uc @ delta2) * n_uc).sum(axis=1) / (m_u - 1)).sum() / n if n else np.nan
    D_e = n_c @ delta2 @ n_c / (n * (n - 1)) if n else 0.0
    return float(1 - D_o / D_e) if D_e > 0 else np.nan


def _squared_differences(values: NDArray[Any], n_c: Floats, level: str) -> Floats:
    """The squared metric difference of every two values, shape (values, values)."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ratio":
        c, k = values[:, None], values[None, :]
        return np.divide(c - k, c + k, out=np.zeros((len(values), len(values))), where=c + k > 0) ** 2
    # Half of n_c, what lies between, half of n_k: the distance of the two mean ranks.
    x = np.cumsum(n_c) - n_c / 2 if level == "ordinal" else values
    return (x[:, None] - x[None, :]) ** 2


def _judge(alpha: float, n_units: int, n_values: int, n_coders: int) -> tuple[str, str]:
    """Status and note; the first reason that holds."""
    if n_coders < 2:
        return "descriptive", f"{n_coders} coder(s): agreement needs two who coded the same units"
    if not n_units:
        return "descriptive", "no unit was coded by two coders: nothing can be paired"
    if n_values < 2:
        return "descriptive", "all codes are equal: without variation alpha is undefined; code units that differ"
    if n_units < MIN_UNITS:
        return "descriptive", f"{n_units} unit(s) coded twice: alpha is described without an interval"
    if alpha == 1:
        return "warning", "no disagreement: the bootstrap cannot show how uncertain that is"
    if n_units < FEW_UNITS:
        return "warning", f"fewer than {FEW_UNITS} units were coded twice: the interval is rough"
    return "ok", ""
