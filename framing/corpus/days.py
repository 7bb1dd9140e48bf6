"""Dates as day numbers, and which articles lie within some days of each other."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pandas as pd

Days: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def number_days(articles: pd.DataFrame) -> Days:
    """The day of each article, as a number; missing (NaN) where there is no ISO date.

    >>> number_days(pd.DataFrame({"date": ["2031-03-04", "2031-03-06T09:30:00", "spring"]})).tolist()
    [22342.0, 22344.0, nan]
    """
    if "date" not in articles:
        return np.full(len(articles), np.nan)
    dates = pd.to_datetime(articles["date"].astype("str").str[:10], format="%Y-%m-%d", errors="coerce")
    return ((dates - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)).to_numpy(dtype=float)
