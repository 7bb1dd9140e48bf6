"""Contrasts between outlets: the Mantel-Haenszel rate ratio, its interval and p, and why there may be none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from framing.compare.quantities import MIN_COUNT, ContrastError, Quantity, check_scores, choose_quantity, divide
from framing.compare.resampling import (
    Floats,
    Inference,
    Units,
    flip_stories,
    permute_labels,
    smallest_p_matched,
    smallest_p_unmatched,
)

COLUMNS = (
    "measure", "outlet", "reference", "effect", "estimate", "conf_low", "conf_high", "p_value", "p_adjusted", "rate",
    "rate_reference", "count", "count_reference", "n_articles", "n_articles_reference", "n_strata", "n_units", "min_p",
    "method", "adjust", "status", "note",
)  # fmt: skip
# Thresholds of warnings, chosen: see the statistics chapter of docs/.
FEW_COUNT, FEW_UNITS, LENGTH_RATIO, UNIT_RATIO = 10, 10, 1.5, 3.0


def compare_outlets(
    scores: pd.DataFrame,
    measures: str | Sequence[str],
    *,
    voice: str = "journalist",
    strata: str | None = None,
    cluster: str | None = None,
    reference: str | None = None,
    outlets: Sequence[str] | None = None,
    adjust: str | None = "holm",
    conf_level: float = 0.95,
    n_resamples: int = 9999,
    seed: int = 0,
) -> pd.DataFrame:
    """Rate ratios between outlets, one row for each measure and pair: how many times as often as the reference.

    The estimate is the Mantel-Haenszel rate ratio of counts over exposures within `strata` (Greenland & Robins 1985); with no
    strata it is the ratio of the pooled rates. By default the journalist's own words are compared (`voice`: journalist, quoted,
    reported, all).

    Inference. `strata="story"`: whole stories are flipped between the two outlets (exact up to 13 stories). Otherwise outlet
    labels are permuted within strata over articles, or over the groups named by `cluster` (copies, for example). What is
    assumed: stories (or articles, groups) are independent, and exchangeable between the outlets if the rates are equal.
    Intervals invert the same test. `adjust="holm"` over all rows that have a p; None leaves p alone. With a `reference` every
    other outlet is compared with it.

    `status` is `ok`, `warning` (read the note) or `descriptive`: no p and no interval, because the design cannot support one
    (fewer than 6 shared stories, one article, fewer than 5 occurrences ...); the note says which. Never an exception for data
    reasons.

    Raises ContrastError for an unknown measure, outlet or column, and for counts that are missing or negative.

    >>> scores = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "hedging": [4, 8], "n_words": [400, 400]})
    >>> compare_outlets(scores, "hedging", voice="all")[["estimate", "p_value", "status"]].values.tolist()
    [[2.0, nan, 'descriptive']]
    """
    if adjust not in ("holm", None):
        raise ContrastError(f"There is no adjustment {adjust!r}; adjust= is 'holm' or None.")
    names = [measures] if isinstance(measures, str) else list(measures)
    quantities = [choose_quantity(name, voice) for name in names]
    check_scores(scores, quantities, strata, cluster, reference, outlets)
    present = list(dict.fromkeys(outlets)) if outlets is not None else sorted(scores["outlet"].unique())
    pairs = list(_pairs(present, reference))
    settings = _Settings(strata, cluster, conf_level, n_resamples, seed)
    rows = [_contrast(scores, quantity, a, b, settings) for quantity in quantities for a, b in pairs]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["p_adjusted"] = adjust_holm(table["p_value"].to_numpy(dtype=float)) if adjust == "holm" else table["p_value"]
    table["adjust"] = adjust or "none"
    table.attrs.update(seed=seed, n_resamples=n_resamples, conf_level=conf_level, voice=voice, strata=strata or "none")
    return table


def _pairs(outlets: Sequence[str], reference: str | None) -> Iterator[tuple[str, str]]:
    """(outlet, reference) for every contrast."""
    if reference is None:
        yield from ((b, a) for a, b in combinations(outlets, 2))
    else:
        yield from ((one, reference) for one in outlets if one != reference)


@dataclass(frozen=True)
class _Settings:
    strata: str | None
    cluster: str | None
    conf_level: float
    n_resamples: int
    seed: int


def _contrast(scores: pd.DataFrame, quantity: Quantity, outlet: str, reference: str, settings: _Settings) -> tuple[object, ...]:
    columns = {"y": scores[quantity.count].astype(float), "T": scores[quantity.exposure].astype(float)}
    frame = pd.DataFrame({"article": scores["article"], "outlet": scores["outlet"], **columns})
    frame["stratum"] = scores[settings.strata] if settings.strata else ""
    frame["unit"] = scores["article"].astype(str)
    if settings.cluster:  # an article without a group stands for itself
        groups = scores[settings.cluster]
        frame["unit"] = groups.astype(str).where(groups.notna() & (groups != ""), "article " + frame["unit"])
    frame = frame[frame["outlet"].isin((outlet, reference)) & (frame["T"] > 0)]
    sides = frame.groupby("stratum")["outlet"].nunique()
    kept = frame[frame["stratum"].isin(sides[sides == 2].index) & ((frame["stratum"] != "") | (settings.strata is None))]
    a, b = kept[kept["outlet"] == outlet], kept[kept["outlet"] == reference]
    terms = _mantel_haenszel(a, b)
    matched = settings.strata == "story"
    min_p, n_units = _resolution(a, b, matched)
    refusal = _refusal(a, b, min_p, 1 - settings.conf_level, matched, n_units)
    inference = None if refusal else _infer(kept, outlet, terms, matched, settings)
    warnings = _warnings(scores, a, b, settings) if not refusal else []
    status = "descriptive" if refusal else "warning" if warnings else "ok"
    estimate = divide(terms["a"].sum(), terms["b"].sum())
    return (
        quantity.measure, outlet, reference, "rate_ratio", estimate,
        *((inference.conf_low, inference.conf_high, inference.p_value) if inference else (np.nan,) * 3), np.nan,
        quantity.per * divide(a["y"].sum(), a["T"].sum()), quantity.per * divide(b["y"].sum(), b["T"].sum()),
        int(a["y"].sum()), int(b["y"].sum()), len(a), len(b), len(terms), n_units, min_p,
        "sign-flip of stories" if matched else "label permutation", "", status, "; ".join([refusal] if refusal else warnings),
    )  # fmt: skip


def _mantel_haenszel(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """One row per stratum with the terms a_s = y_A T_B / T and b_s = y_B T_A / T; the ratio is sum(a) / sum(b)."""
    sums = (
        a.groupby("stratum")[["y", "T"]]
        .sum()
        .join(b.groupby("stratum")[["y", "T"]].sum(), lsuffix="_A", rsuffix="_B", how="inner")
    )
    T = sums["T_A"] + sums["T_B"]
    return pd.DataFrame({"a": sums["y_A"] * sums["T_B"] / T, "b": sums["y_B"] * sums["T_A"] / T})


def _resolution(a: pd.DataFrame, b: pd.DataFrame, matched: bool) -> tuple[float, int]:
    """The smallest attainable p and the number of independent units."""
    if matched:
        stories = a["stratum"].nunique()
        return smallest_p_matched(stories), stories
    sizes = [(side["unit"].nunique(), b[b["stratum"] == s]["unit"].nunique()) for s, side in a.groupby("stratum")]
    return smallest_p_unmatched(sizes) if sizes else 1.0, a["unit"].nunique() + b["unit"].nunique()


def _refusal(a: pd.DataFrame, b: pd.DataFrame, min_p: float, alpha: float, matched: bool, n_units: int) -> str:
    """Why no p is given, or nothing. The first reason that holds."""
    if not len(a) or not len(b):
        return "the two outlets share no stratum; only rates can be described"
    if min(a["unit"].nunique(), b["unit"].nunique()) < 2:
        return "one outlet has a single article; a rate can be described, a difference between outlets cannot be tested"
    if min_p > alpha:
        units = "shared stories" if matched else "articles"
        return f"with {n_units} {units} the smallest attainable p is {min_p:.3g}, above {alpha:.2g}; collect more"
    if min(a["y"].sum(), b["y"].sum()) < MIN_COUNT:
        return f"fewer than {MIN_COUNT} occurrences in one outlet; a ratio would be noise"
    return ""


def _infer(kept: pd.DataFrame, outlet: str, terms: pd.DataFrame, matched: bool, settings: _Settings) -> Inference:
    level, draws, seed = settings.conf_level, settings.n_resamples, settings.seed
    if matched:
        return flip_stories(terms["a"].to_numpy(), terms["b"].to_numpy(), conf_level=level, n_resamples=draws, seed=seed)
    sums = kept.groupby(["stratum", "outlet", "unit"], sort=True)[["y", "T"]].sum().reset_index()
    stratum = pd.factorize(sums["stratum"], sort=True)[0].astype(np.int64)
    units = Units(sums["y"].to_numpy(float), sums["T"].to_numpy(float), (sums["outlet"] == outlet).to_numpy(), stratum)
    return permute_labels(units, conf_level=level, n_resamples=draws, seed=seed)


def _warnings(scores: pd.DataFrame, a: pd.DataFrame, b: pd.DataFrame, settings: _Settings) -> list[str]:
    found = []
    unit = "stratum" if settings.strata == "story" else "unit"
    n_a, n_b = a[unit].nunique(), b[unit].nunique()
    if min(n_a, n_b) < FEW_UNITS:
        found.append(f"fewer than {FEW_UNITS} independent units in an outlet")
    if min(a["y"].sum(), b["y"].sum()) < FEW_COUNT:
        found.append(f"fewer than {FEW_COUNT} occurrences in an outlet")
    if max(n_a, n_b) >= UNIT_RATIO * min(n_a, n_b):
        found.append("one outlet has three times as many units as the other")
    longer = a["T"].median() / b["T"].median()
    if max(longer, 1 / longer) > LENGTH_RATIO:
        found.append(f"articles differ in length (median ratio {longer:.2f})")
    if settings.strata is None and _share_stories(scores, a, b):
        found.append("the outlets share stories but strata='story' was not given")
    return found


def _share_stories(scores: pd.DataFrame, a: pd.DataFrame, b: pd.DataFrame) -> bool:
    if "story" not in scores.columns:
        return False
    stories = [set(scores.loc[scores["article"].isin(side["article"]), "story"].dropna()) - {""} for side in (a, b)]
    return bool(stories[0] & stories[1])


def adjust_holm(p: Floats) -> Floats:
    """Holm's step-down adjustment (Holm 1979); missing p stay missing and do not count.

    >>> adjust_holm(np.array([0.01, 0.04, np.nan, 0.03])).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    m = len(order)
    adjusted = np.full_like(p, np.nan)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate((m - np.arange(m)) * p[order]))
    return adjusted
