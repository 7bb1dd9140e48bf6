"""Sign flips of matched stories: the two outlets are swapped within whole stories.

The test is inverted for the interval, so p < alpha exactly when the interval excludes the null value, and p counts the observed
arrangement among the drawn ones (Phipson & Smyth 2010), so it is never 0.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from framing.compare.inference import RATIO, Effect, Floats, Inference

EXACT_STORIES = 13
"""Up to this many stories all 2^S patterns are enumerated (8,192); beyond it they are drawn."""
_SNAP = 1e-9  # an interval's end this near to the null value is the null value: it differs by rounding only


def smallest_p_matched(n_stories: int) -> float:
    """The smallest attainable two-sided p of a sign-flip test: 2 of the 2^S patterns.

    >>> smallest_p_matched(5), smallest_p_matched(6)
    (0.0625, 0.03125)
    """
    return min(1.0, 2.0 / 2.0**n_stories)


def draw_swaps(n_stories: int, n_resamples: int, seed: int, *, all_if_few: bool = True) -> Floats:
    """Which stories are swapped (1 or 0), shape (patterns, stories): all patterns of few stories, else drawn ones."""
    if all_if_few and n_stories <= EXACT_STORIES:
        return np.array(list(product((0.0, 1.0), repeat=n_stories))).reshape(-1, n_stories)
    return np.random.default_rng(seed).integers(0, 2, size=(n_resamples, n_stories), dtype=np.int8).astype(float)


def flip_stories(
    a: Floats,
    b: Floats,
    *,
    conf_level: float,
    n_resamples: int,
    seed: int,
    effect: Effect = RATIO,
) -> Inference:
    """Sign-flip test of a Mantel-Haenszel effect over matched stories, with its inverted interval.

    a, b: shape (stories,), the terms of `mantel_haenszel`; the estimate is sum(a) / sum(b). Swapping the outlets in a story flips
    the sign of a_s - theta b_s. A pattern is as extreme as the data for every theta between the estimate of the stories it swaps
    and the estimate of those it keeps, which makes the interval a count of these ends. They are sums of nothing but zeros
    where they are 0, so no rounding stands between a large end and an infinite one.
    """
    low, high = _ends(draw_swaps(len(a), n_resamples, seed), a, b, effect)
    if len(a) > EXACT_STORIES:  # drawn patterns: the observed one is counted among them
        low, high = np.append(low, effect.lowest), np.append(high, np.inf)
    near = _SNAP * (effect.null or np.abs(a).sum() / np.abs(b).sum())
    low[np.abs(low - effect.null) < near], high[np.abs(high - effect.null) < near] = effect.null, effect.null
    rank = int(np.ceil((1 - conf_level) * len(low) - _SNAP))
    return Inference(
        p_value=float(np.mean((low <= effect.null) & (high >= effect.null))),
        conf_low=float(np.sort(low)[rank - 1]),
        conf_high=float(np.sort(high)[-rank]),
    )


def _ends(swapped: Floats, a: Floats, b: Floats, effect: Effect) -> tuple[Floats, Floats]:
    """For each pattern the least and the greatest theta under which it is as extreme as the data."""
    (a_swapped, b_swapped), (a_kept, b_kept) = ((part @ a, part @ b) for part in (swapped, 1 - swapped))
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = a_swapped / b_swapped, a_kept / b_kept
    low, high = np.fmin(one, two), np.fmax(one, two)
    opposed = b_swapped * b_kept < 0  # counts that were corrected by hand coding can sum below 0: then theta lies outside the two
    above = a.sum() >= high * b.sum()
    low, high = (
        np.where(opposed, np.where(above, high, effect.lowest), low),
        np.where(opposed, np.where(above, np.inf, low), high),
    )
    unchanged = ((a_swapped == 0) & (b_swapped == 0)) | ((a_kept == 0) & (b_kept == 0))
    return np.where(unchanged, effect.lowest, low), np.where(unchanged, np.inf, high)
