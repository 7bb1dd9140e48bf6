"""Rates of outlets, described one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from framing.compare.inference import Floats
from framing.compare.quantities import MIN_COUNT, Quantity, check_scores, choose_quantity, divide
from framing.corpus.progress import follow

COLUMNS = (
    "measure", "outlet", "n_articles", "n_words", "count", "rate", "conf_low", "conf_high", "dispersion", "share_zero",
    "top_article_share", "status", "note",
)  # fmt: skip


def describe_outlets(
    scores: pd.DataFrame,
    measures: str | Sequence[str],
    *,
    voice: str = "journalist",
    conf_level: float = 0.95,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Rates of every outlet, one row for each measure and outlet.

    Columns: measure outlet n_articles n_words (the exposure) count rate conf_low conf_high dispersion share_zero
    top_article_share status note. The interval is a jackknife over articles on the log rate with t quantiles, given from 5
    articles and 5 occurrences on. `dispersion` is Pearson's chi-square over its degrees of freedom (1 = Poisson), `share_zero`
    the share of articles without a hit, `top_article_share` the share of the outlet's count that one article brings. `progress`
    shows a bar (default: where it is seen).
    """
    names = [measures] if isinstance(measures, str) else list(measures)
    quantities = [choose_quantity(name, voice) for name in names]
    check_scores(scores, quantities, None, None, None, None)
    rows = list(_descriptions(scores, follow(quantities, "rates", progress, unit="measures"), conf_level))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _descriptions(scores: pd.DataFrame, quantities: Iterable[Quantity], conf_level: float) -> Iterator[tuple[object, ...]]:
    for quantity in quantities:
        for outlet, articles in scores.groupby("outlet"):
            y, T = articles[quantity.count].to_numpy(float), articles[quantity.exposure].to_numpy(float)
            rate = divide(y.sum(), T.sum())
            tested = len(y) >= MIN_COUNT and y.sum() >= MIN_COUNT
            low, high = _jackknife_interval(y, T, conf_level) if tested else (np.nan, np.nan)
            if tested and np.isnan(low):
                tested, note = False, "one article holds the whole count or exposure: the rate is described without an interval"
            elif tested:
                note = ""
            else:
                note = f"{len(y)} article(s), {int(y.sum())} occurrence(s): the rate is described without an interval"
            yield (
                quantity.measure, outlet, len(y), int(T.sum()), int(y.sum()), quantity.per * rate, quantity.per * low,
                quantity.per * high,
                _dispersion(y, T), float((y == 0).mean()), divide(y.max(), y.sum()), "ok" if tested else "descriptive", note,
            )  # fmt: skip


def _jackknife_interval(y: Floats, T: Floats, conf_level: float) -> tuple[float, float]:
    n = len(y)
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = np.log((y.sum() - y) / (T.sum() - T))
    if not np.isfinite(left_out).all():
        return np.nan, np.nan
    error = np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
    reach = stats.t.ppf((1 + conf_level) / 2, n - 1) * error
    rate = y.sum() / T.sum()
    return float(rate * np.exp(-reach)), float(rate * np.exp(reach))


def _dispersion(y: Floats, T: Floats) -> float:
    expected = T * y.sum() / T.sum() if T.sum() > 0 else T
    if len(y) < 2 or not (expected > 0).all():
        return float("nan")
    return float((((y - expected) ** 2) / expected).sum() / (len(y) - 1))
