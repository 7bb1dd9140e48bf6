"""The tool against human coding: how good a measure is, and whether its error is the same in all outlets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from framing.compare.coding import UNITS, Coded, CodingError, match
from framing.compare.differences import COLUMNS as DIFFERENCE_COLUMNS
from framing.compare.differences import compare_error
from framing.compare.inference import Floats
from framing.corpus.progress import follow

COLUMNS = ("unit", "found_by", "gold", "n_found", "n_gold", "n_right", "precision", "recall", "f1", "conf_low", "conf_high")
RATE_COLUMNS = (
    "measure", "outlet", "metric", "estimate", "conf_low", "conf_high", "n_articles", "n_found", "n_gold", "n_right", "status",
    "note",
)  # fmt: skip
METRICS = {"precision": ("n_right", "n_found"), "recall": ("n_right", "n_gold"), "found_per_gold": ("n_found", "n_gold")}
"""The metrics that are compared between outlets: numerator and denominator."""
# Fewer articles than these give no interval, or one with a warning (chosen, as for the rates of outlets).
MIN_ARTICLES, FEW_ARTICLES = 5, 10


@dataclass(frozen=True)
class Validity:
    """What validate_measure says: two tables."""

    rates: pd.DataFrame
    """One row for each measure, outlet and metric, with its interval."""
    differences: pd.DataFrame
    """One row for each measure and metric: is it the same in all outlets?"""


def validate_measure(
    counts: pd.DataFrame, *, conf_level: float = 0.95, n_resamples: int = 1999, seed: int = 0, progress: bool | None = None
) -> Validity:
    """How good a measure is in each outlet, and whether its error differs between outlets.

    `counts` has a row for each measure and coded article: measure article outlet n_found n_gold n_right, as `count_matches`
    gives them for marked units. Without `n_right` (a filled coding sheet, see `sheet_counts`) nobody knows which hits
    are right, and precision, recall and f1 are left out.

    `.rates`: measure outlet metric estimate conf_low conf_high n_articles n_found n_gold n_right status note. The metrics are
    precision (right / found), recall (right / gold), f1, found_per_gold (found / gold: the factor by which the measure's rate is
    off) and correlation (of the articles' counts). Intervals are bootstrapped over the outlet's articles, with percentiles
    expanded for few of them (Hesterberg 2015); they held the truth in .92 to .95 of simulated samples of 10 to 40 articles.

    `.differences`: measure metric lowest_outlet lowest highest_outlet highest p_value min_p n_outlets n_articles status note. An
    error that is the same everywhere cancels in a ratio of two outlets; one that differs does not: with a recall of .75 against
    .55, 66 % of the contrasts between equal outlets were significant at .05 (simulated). The test permutes the outlets of the
    articles; its statistic sums over outlets the squared residual total over the sum of squared residuals, the residual of an
    article being its numerator less the pooled metric times its denominator. Assumed: articles are independent. A large p is no
    proof of equal errors, so p is not adjusted for several tests, where missing a difference is the costlier mistake.

    `status` is ok, warning (read the note; for a difference: the errors differ) or descriptive (no interval, no test: too few
    articles or units, or no error at all). `progress` shows a bar (default: where it is seen).

    Raises CodingError where `counts` lacks a column, holds an article twice or numbers that cannot be counts.

    >>> counts = pd.DataFrame({"measure": "hedge", "article": range(24), "outlet": ["x", "y"] * 12, "n_gold": 8})
    >>> counts = counts.assign(n_found=[6, 3] * 12, n_right=[6, 3, 5, 2] * 6)
    >>> validity = validate_measure(counts)
    >>> validity.rates.query("metric == 'recall'")[["outlet", "estimate", "n_gold"]].values.tolist()
    [['x', 0.6875, 96], ['y', 0.3125, 96]]
    >>> validity.differences[["metric", "p_value", "status"]].values.tolist()[1]
    ['recall', 0.0005, 'warning']
    """
    _check_counts(counts)
    rates = pd.DataFrame(_rates_by_outlet(counts, conf_level, n_resamples, seed, progress), columns=list(RATE_COLUMNS))
    metrics = {name: parts for name, parts in METRICS.items() if set(parts) <= set(counts.columns)}
    rows = [
        (measure, metric, *compare_error(coded, *parts, 1 - conf_level, n_resamples, seed))
        for measure, coded in follow([*counts.groupby("measure", sort=False)], "differences", progress, unit="measures")
        for metric, parts in metrics.items()
    ]
    for table in (rates, differences := pd.DataFrame(rows, columns=list(DIFFERENCE_COLUMNS))):
        table.attrs.update(seed=seed, n_resamples=n_resamples, conf_level=conf_level)
    return Validity(rates, differences)


def _check_counts(counts: pd.DataFrame) -> None:
    missing = [name for name in ("measure", "article", "outlet", "n_found", "n_gold") if name not in counts.columns]
    if missing:
        raise CodingError(f"The counts have no column {missing[0]!r}; they need measure article outlet n_found n_gold (n_right).")
    if counts["outlet"].isna().any():
        raise CodingError(f"Article {str(counts.loc[counts['outlet'].isna(), 'article'].iloc[0])!r} has no outlet; give it one.")
    twice = counts[counts.duplicated(["measure", "article"])]
    if len(twice):
        raise CodingError(
            f"The article {str(twice['article'].iloc[0])!r} stands twice in the counts; keep one row for each measure."
        )
    for name in [name for name in ("n_found", "n_gold", "n_right") if name in counts.columns]:
        number = pd.to_numeric(counts[name], errors="coerce")
        bad = counts[~((number >= 0) & (number % 1 == 0))]
        if len(bad):
            value, article = bad[name].iloc[0], str(bad["article"].iloc[0])
            raise CodingError(f"The column {name!r} holds {value} for article {article!r}; counts are 0, 1, 2 and so on.")
    if "n_right" in counts.columns:
        bad = counts[counts["n_right"] > counts[["n_found", "n_gold"]].min(axis=1)]
        if len(bad):
            raise CodingError(
                f"Article {str(bad['article'].iloc[0])!r} has more right units than found or gold ones; count them again."
            )


def _rates_by_outlet(
    counts: pd.DataFrame, conf_level: float, n_resamples: int, seed: int, progress: bool | None
) -> Iterator[tuple[object, ...]]:
    groups = [*counts.groupby(["measure", "outlet"], sort=False)]
    for (measure, outlet), coded in follow(groups, "validity", progress, unit="outlets and measures"):
        n = len(coded)
        draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=n_resamples)
        drawn, observed = _metrics(draws, coded), _metrics(np.ones((1, n)), coded)
        holding = int((coded[["n_found", "n_gold"]].max(axis=1) > 0).sum())
        sums = [coded[name].sum() if name in coded else np.nan for name in ("n_found", "n_gold", "n_right")]
        for metric, values in drawn.items():
            estimate, known = float(observed[metric][0]), values[~np.isnan(values)]
            low, high = np.quantile(known, _tails(n, conf_level)) if len(known) and holding >= MIN_ARTICLES else (np.nan, np.nan)
            status, note = _judge(estimate, holding, low == high)
            low, high = (low, high) if low < high else (np.nan, np.nan)
            yield measure, outlet, metric, estimate, float(low), float(high), n, *sums, status, note


def _tails(n: int, conf_level: float) -> tuple[float, float]:
    """The quantiles of the expanded percentile interval (Hesterberg 2015): as wide as t and n - 1 make a mean's interval."""
    tail = float(stats.norm.cdf(-np.sqrt(n / (n - 1)) * stats.t.ppf((1 + conf_level) / 2, n - 1)))
    return tail, 1 - tail


def _metrics(times: np.ndarray, coded: pd.DataFrame) -> dict[str, Floats]:
    """The metrics where article i stands `times[., i]` times among an outlet's articles."""
    found, gold = (coded[name].to_numpy(float) for name in ("n_found", "n_gold"))
    F, G, n = times @ found, times @ gold, times.sum(axis=1)
    spread = (times @ found**2 - F**2 / n) * (times @ gold**2 - G**2 / n)
    metrics = {
        "found_per_gold": _divide(F, G),
        "correlation": _divide(times @ (found * gold) - F * G / n, np.sqrt(np.maximum(spread, 0))),
    }
    if "n_right" not in coded:
        return metrics
    R = times @ coded["n_right"].to_numpy(float)
    return {"precision": _divide(R, F), "recall": _divide(R, G), "f1": _divide(2 * R, F + G), **metrics}


def _divide(numerator: Floats, denominator: Floats) -> Floats:
    return np.divide(numerator, denominator, out=np.full_like(numerator, np.nan, dtype=float), where=denominator > 1e-9)


def _judge(estimate: float, n_articles: int, collapsed: bool) -> tuple[str, str]:
    """Status and note of a rate; the first reason that holds."""
    if np.isnan(estimate):
        return "descriptive", "no unit, or no variation: there is nothing to divide by"
    if n_articles < MIN_ARTICLES:
        return "descriptive", f"{n_articles} article(s) with a unit: described without an interval"
    if collapsed:
        return "warning", "no article differs: the bootstrap cannot show how uncertain that is"
    if n_articles < FEW_ARTICLES:
        return "warning", f"fewer than {FEW_ARTICLES} articles with a unit: the interval is rough"
    return "ok", ""


def validate(
    found: dict[str, list[Coded]],
    gold: dict[str, list[Coded]],
    *,
    seed: int = 0,
    n_resamples: int = 2000,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Precision, recall and F1 of every finder against every coder, unit by unit, with bootstrap intervals of F1 over articles.

    Units are matched one to one within an article. Where finder and coder have the same name they are not compared. `progress`
    shows a bar (default: where it is seen).
    """
    rows = []
    articles = sorted({one.article for units in gold.values() for one in units})
    pairs = [(unit, finder, coder) for unit in UNITS for finder in found for coder in gold if finder != coder]
    for unit, finder, coder in follow(pairs, "validity", progress, unit="comparisons"):
        counts = np.array([_counts(found[finder], gold[coder], unit, article) for article in articles])
        rows.append((unit, finder, coder, *_rates(counts, seed, n_resamples)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _counts(theirs: list[Coded], ours: list[Coded], unit: str, article: str) -> tuple[int, int, int]:
    return match(*([one for one in units if one.unit == unit and one.article == article] for units in (theirs, ours)))


def _rates(counts: np.ndarray, seed: int, n_resamples: int) -> tuple[float, ...]:
    found, gold, right = (int(total) for total in counts.sum(axis=0))
    draws = np.random.default_rng(seed).integers(0, len(counts), size=(n_resamples, len(counts)))
    sums = counts[draws].sum(axis=1)
    with np.errstate(invalid="ignore"):
        f1 = 2 * sums[:, 2] / (sums[:, 0] + sums[:, 1])
    low, high = np.nanpercentile(f1, [2.5, 97.5]) if found + gold else (np.nan, np.nan)
    return found, gold, right, _share(right, found), _share(right, gold), _share(2 * right, found + gold), float(low), float(high)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
