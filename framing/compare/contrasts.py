"""Contrasts between outlets: one row for each measure and pair, with an interval and a p, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np
import pandas as pd

from framing.compare.families import adjust_fdr, adjust_holm, adjust_max
from framing.compare.flips import flip_stories
from framing.compare.gold import correct_counts
from framing.compare.inference import COLUMNS, EFFECTS, MEAN_DIFFERENCE, RATIO, Effect, Inference
from framing.compare.jackknife import jackknife_stories, jackknife_units
from framing.compare.pairs import Pair, pair_outlets
from framing.compare.permutations import permute_labels
from framing.compare.quantities import ContrastError, Quantity, check_scores, choose_quantity, choose_value, divide
from framing.compare.screening import refuse, smallest_p, warn
from framing.corpus.progress import follow
from framing.measure.validated import is_validated

ADJUSTMENTS = ("holm", "maxT", "fdr_bh", None)
METHODS = ("permutation", "jackknife")
_NOT_VALIDATED = "this measure is not validated against hand coding"


def compare_outlets(
    scores: pd.DataFrame,
    measures: str | Sequence[str],
    *,
    voice: str = "journalist",
    exposure: str | None = None,
    strata: str | None = None,
    cluster: str | None = None,
    reference: str | None = None,
    outlets: Sequence[str] | None = None,
    effect: str = "rate_ratio",
    method: str = "permutation",
    adjust: str | None = "holm",
    gold: str | Mapping[str, str] | None = None,
    gold_probability: str | None = None,
    conf_level: float = 0.95,
    n_resamples: int = 9999,
    seed: int = 0,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Contrasts between outlets, one row for each measure and pair: how many times as often as the reference.

    Estimate. The Mantel-Haenszel rate ratio of counts over exposures within `strata` (Greenland & Robins 1985); with no strata it
    is the ratio of the pooled rates. `effect="rate_difference"` gives the difference of rates per 1,000 words instead, and
    `effect="mean_difference"` the difference of means per article, for indices that are no counts (`tone_polarity`). By default
    the journalist's own words are compared (`voice`: journalist, quoted, reported, all), over the words of the same voice
    unless `exposure` names another column (`n_sentences`).

    Inference. `strata="story"`: whole stories are flipped between the two outlets (exact up to 13 stories). Otherwise outlet
    labels are permuted within strata over articles, or over the groups named by `cluster` (copies, for example; what remains when
    only the first of each group is kept stands in further columns `..._dropped`). The statistic is the log of the ratio, or the
    difference, over its error under each arrangement (studentised: Janssen 1997). What is assumed: stories (or articles, groups)
    are independent, and exchangeable between the outlets if the rates are equal. Intervals invert the same test, so p is below
    1 - `conf_level` exactly when the interval excludes no effect. `method="jackknife"` leaves out one unit after the other
    instead, with t quantiles: a second opinion.

    Several rows. `adjust="holm"` over all rows that have a p; `"maxT"` (Westfall & Young 1993) under the same flips for all rows,
    for few stories and many rows; `"fdr_bh"` for exploring; None leaves p alone. With a `reference` every other outlet is
    compared with it.

    Errors of the tool. `gold` names the column with a coder's counts (missing where an article was not coded; a mapping from
    measure to column for several): the tool's counts are corrected by them (Egami et al. 2023), with each article's probability
    of being coded in `gold_probability` (default: the coded share of its outlet). `estimate_uncorrected` stands beside the
    estimate.

    `status` is `ok`, `warning` (read the note) or `descriptive`: no p and no interval, because the design cannot support one
    (fewer than 6 shared stories, one article, fewer than 5 occurrences ...); the note says which. Never an exception for data
    reasons.

    `progress` shows a bar (default: where it is seen).

    Raises ContrastError for an unknown measure, outlet, column or option, and for counts that are missing or negative.

    >>> scores = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "hedging": [4, 8], "n_words": [400, 400]})
    >>> compare_outlets(scores, "hedging", voice="all")[["estimate", "p_value", "status"]].values.tolist()
    [[2.0, nan, 'descriptive']]
    """
    _check_options(effect=(effect, tuple(EFFECTS)), method=(method, METHODS), adjust=(adjust, ADJUSTMENTS))
    names = [measures] if isinstance(measures, str) else list(measures)
    kind = EFFECTS[effect]
    quantities = [choose_value(name) if kind is MEAN_DIFFERENCE else choose_quantity(name, voice, exposure) for name in names]
    check_scores(scores, quantities, strata, cluster, reference, outlets)
    settings = Settings(strata, cluster, kind, method, conf_level, n_resamples, seed)
    present = list(dict.fromkeys(outlets)) if outlets is not None else sorted(scores["outlet"].unique())
    asked = list(product(quantities, _pairs(present, reference)))
    contrasts = [
        contrast(scores, quantity, one, other, settings, _gold_column(gold, quantity, quantities), gold_probability)
        for quantity, (one, other) in follow(asked, "contrasts", progress)
    ]
    table = pd.DataFrame([one.row for one in contrasts], columns=None if contrasts else list(COLUMNS))
    table["p_adjusted"] = _adjust(table, [one.pair for one in contrasts], adjust, settings)
    table["adjust"] = adjust or "none"
    table = _warn_of_holm(table, round(1 - conf_level, 12)) if adjust == "holm" else table
    table.attrs.update(seed=seed, n_resamples=n_resamples, conf_level=conf_level, voice=voice, strata=strata or "none")
    return table


def _warn_of_holm(table: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """Says where a row could not stay below alpha after Holm's adjustment, whatever the data, because few units allow few p."""
    m = table["p_value"].notna().sum()
    stuck = table["p_value"].notna() & (m * table["min_p"] > alpha)
    note = f"among {m} tests Holm can never reject this one; use adjust='maxT' or fewer tests"
    notes = table["note"].where(~stuck, table["note"].where(table["note"] == "", table["note"] + "; ") + note)
    return table.assign(note=notes, status=table["status"].mask(stuck, "warning"))


def _check_options(**options: tuple[str | None, Sequence[str | None]]) -> None:
    for name, (value, known) in options.items():
        if value not in known:
            *most, last = (repr(one) for one in known)
            raise ContrastError(f"There is no {name} {value!r}; {name}= is {', '.join(most)} or {last}.")


def _pairs(outlets: Sequence[str], reference: str | None) -> Iterator[tuple[str, str]]:
    """(outlet, reference) for every contrast."""
    if reference is None:
        yield from ((b, a) for a, b in combinations(outlets, 2))
    else:
        yield from ((one, reference) for one in outlets if one != reference)


@dataclass(frozen=True)
class Settings:
    """How contrasts are made; the fields are arguments of `compare_outlets`."""

    strata: str | None = None
    """Column of the strata."""
    cluster: str | None = None
    """Column of groups of articles that are one unit."""
    effect: Effect = RATIO
    """What is estimated."""
    method: str = "permutation"
    """Of `METHODS`."""
    conf_level: float = 0.95
    """Of the intervals."""
    n_resamples: int = 9999
    """Resamples that are drawn."""
    seed: int = 0
    """Of the resamples."""


@dataclass(frozen=True)
class Contrast:
    """A row of the contrasts table and what it was made from."""

    row: dict[str, object]
    """The row of the table."""
    pair: Pair | None
    """What was tested; None where nothing was."""


def _gold_column(gold: str | Mapping[str, str] | None, quantity: Quantity, quantities: Sequence[Quantity]) -> str | None:
    if isinstance(gold, str) and len(quantities) > 1:
        raise ContrastError(f"gold={gold!r} is one column for {len(quantities)} measures; give {{measure: column}}.")
    return gold if gold is None or isinstance(gold, str) else gold.get(quantity.measure)


def contrast(
    scores: pd.DataFrame, quantity: Quantity, outlet: str, reference: str, settings: Settings,
    gold: str | None = None, probability: str | None = None,
) -> Contrast:  # fmt: skip
    """One contrast; with a column of a coder's counts its tool counts are corrected."""
    counted, extra = scores, dict[str, object]()
    if gold is not None:
        uncorrected = pair_outlets(scores, quantity, outlet, reference, settings.strata, settings.cluster)
        extra["estimate_uncorrected"] = _estimate(uncorrected, settings.effect)
        counted = scores.assign(**{quantity.count: correct_counts(scores, quantity.count, gold, probability)})
    found = _test(counted, quantity, outlet, reference, settings, gold)
    if settings.cluster is not None:
        first = counted[~_is_copy(counted, settings.cluster)]
        row = _test(first, quantity, outlet, reference, replace(settings, cluster=None), gold).row
        extra |= {f"{name}_dropped": row[name] for name in ("estimate", "conf_low", "conf_high", "p_value", "n_articles")}
    return Contrast(found.row | extra, found.pair)


def _is_copy(scores: pd.DataFrame, cluster: str) -> pd.Series:
    """Whether an article is not the first of its group, by date where there is one."""
    order = scores.sort_values("date", kind="stable") if "date" in scores else scores
    groups = order[cluster]
    return (groups.duplicated() & groups.notna() & (groups != "")).reindex(scores.index)


def _test(
    scores: pd.DataFrame, quantity: Quantity, outlet: str, reference: str, settings: Settings, gold: str | None
) -> Contrast:
    pair = pair_outlets(scores, quantity, outlet, reference, settings.strata, settings.cluster)
    effect, alpha = settings.effect, round(1 - settings.conf_level, 12)
    estimate, min_p = _estimate(pair, effect), smallest_p(pair, settings.method, settings.n_resamples)
    n_coded = None if gold is None else _count_coded(scores, pair, gold)
    refusal = refuse(pair, min_p, alpha, effect, estimate, n_coded)
    inference = Inference(*(np.nan,) * 3) if refusal else _infer(pair, settings)
    if not refusal and np.isnan(inference.p_value):
        refusal = "without one of its units an outlet has nothing to compare; use method='permutation'"
    notes = [refusal] if refusal else warn(pair, scores, settings.strata, effect, n_coded)
    if not refusal and not is_validated(quantity.measure):
        notes.append(_NOT_VALIDATED)
    status = "descriptive" if refusal else "warning" if notes else "ok"
    return Contrast(
        _row(pair, quantity, settings, estimate, inference, min_p, status, "; ".join(notes)), None if refusal else pair
    )


def _count_coded(scores: pd.DataFrame, pair: Pair, gold: str) -> int:
    """Of the outlet with fewer of them, the articles that were coded by hand."""
    coded = set(scores.loc[scores[gold].notna(), "article"].astype(str))
    return min(len(coded & set(side["article"])) for side in (pair.a, pair.b))


def _estimate(pair: Pair, effect: Effect) -> float:
    a, b = pair.terms(effect)
    return divide(float(a.sum()), float(b.sum()))


def _row(
    pair: Pair, quantity: Quantity, settings: Settings, estimate: float, inference: Inference, min_p: float, status: str,
    note: str,
) -> dict[str, object]:  # fmt: skip
    per, rate_per = 1 if settings.effect.null else quantity.per, quantity.per
    n_units = pair.n_units[0] if pair.is_matched else sum(pair.n_units)
    a, b = ((side["y"].sum(), side["T"].sum(), len(side)) for side in (pair.a, pair.b))
    flipped = "sign-flip of stories" if pair.is_matched else "label permutation"
    values = (
        quantity.measure, pair.outlet, pair.reference, settings.effect.name, per * estimate, per * inference.conf_low,
        per * inference.conf_high, inference.p_value, np.nan, rate_per * divide(a[0], a[1]), rate_per * divide(b[0], b[1]),
        _whole(a[0]), _whole(b[0]), a[2], b[2], len(pair.strata), n_units, min_p,
        "jackknife" if settings.method == "jackknife" else flipped, "", status, note,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _whole(count: float) -> float | int:
    """A count as a whole number, unless hand coding or an index made it none."""
    return int(count) if float(count).is_integer() else float(count)


def _infer(pair: Pair, settings: Settings) -> Inference:
    effect, level, draws, seed = settings.effect, settings.conf_level, settings.n_resamples, settings.seed
    if settings.method == "jackknife":
        if pair.is_matched:
            return jackknife_stories(*pair.terms(effect), conf_level=level, effect=effect)
        return jackknife_units(pair.units, conf_level=level, effect=effect)
    if pair.is_matched:
        return flip_stories(*pair.terms(effect), conf_level=level, n_resamples=draws, seed=seed, effect=effect)
    return permute_labels(pair.units, conf_level=level, n_resamples=draws, seed=seed, effect=effect)


def _adjust(table: pd.DataFrame, pairs: Sequence[Pair | None], adjust: str | None, settings: Settings) -> pd.Series:
    p = table["p_value"].to_numpy(dtype=float)
    if adjust == "maxT":
        return pd.Series(adjust_max(pairs, settings.effect, settings.n_resamples, settings.seed))
    return pd.Series(adjust_holm(p) if adjust == "holm" else adjust_fdr(p) if adjust == "fdr_bh" else p)
