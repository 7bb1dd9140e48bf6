"""Several tests at once: Holm, Benjamini and Hochberg, and the maximum over the family under the same resamples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from framing.compare import flips, permutations
from framing.compare.flips import draw_swaps
from framing.compare.inference import Effect, Floats
from framing.compare.pairs import Pair


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


def adjust_fdr(p: Floats) -> Floats:
    """Benjamini and Hochberg's (1995) adjustment: for exploring long lists of words, not for a paper's main contrasts.

    >>> adjust_fdr(np.array([0.01, 0.04, np.nan, 0.03])).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    adjusted, known = np.full_like(p, np.nan), ~np.isnan(p)
    if known.any():
        adjusted[known] = stats.false_discovery_control(p[known])
    return adjusted


def adjust_max(pairs: Sequence[Pair | None], effect: Effect, n_resamples: int, seed: int) -> Floats:
    """Westfall and Young's (1993) step-down maxT; None gives a missing p.

    Matched: one sign a story for all measures and pairs of outlets. Unmatched: the measures of two outlets share their
    labellings, other outlets draw their own, which treats them as independent. p counts the observed arrangement.
    """
    tested = [number for number, pair in enumerate(pairs) if pair is not None]
    adjusted = np.full(len(pairs), np.nan)
    if not tested:
        return adjusted
    some = [pair for pair in pairs if pair is not None]
    t = np.column_stack(_statistics(some, effect, n_resamples, seed))
    adjusted[tested] = step_down(np.abs(t))
    return adjusted


def step_down(t: Floats) -> Floats:
    """Adjusted p of each test; t: shape (1 + resamples, tests), the observed first."""
    order = np.argsort(-t[0], kind="stable")
    most = np.maximum.accumulate(t[:, order[::-1]], axis=1)[:, ::-1]  # over this test and all with a smaller statistic
    p = (most >= most[0] * (1 - 1e-12)).mean(axis=0)
    adjusted = np.empty(len(order))
    adjusted[order] = np.maximum.accumulate(p)
    return adjusted


def _statistics(pairs: Sequence[Pair], effect: Effect, n_resamples: int, seed: int) -> list[Floats]:
    """For each pair its standardised statistic, the observed first."""
    stories = sorted({story for pair in pairs if pair.is_matched for story in pair.strata})
    swapped = draw_swaps(len(stories), n_resamples, seed, all_if_few=False)
    place = {story: number for number, story in enumerate(stories)}
    names = list(dict.fromkeys((pair.outlet, pair.reference) for pair in pairs))
    found = []
    for pair in pairs:
        if pair.is_matched:
            found.append(flips.statistics(swapped[:, [place[story] for story in pair.strata]], *pair.terms(effect), effect))
        else:
            units = pair.units
            labels = permutations.permute(units, n_resamples, seed + names.index((pair.outlet, pair.reference)), all_if_few=False)
            found.append(permutations.statistics(units, labels, effect))
    return found
