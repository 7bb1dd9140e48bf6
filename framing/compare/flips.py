"""Sign flips of matched stories: the two outlets are swapped within whole stories.

The test is inverted for the interval, so p < alpha exactly when the interval excludes the null value, and p counts the observed
arrangement among the drawn ones (Phipson & Smyth 2010), so it is never 0.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np

from framing.compare.inference import RATIO, Effect, Floats, Inference
from framing.compare.inversion import DRAWN, EXACT, invert, log_ratio_over_error, share_as_extreme

EXACT_STORIES = 13
"""Up to this many stories all 2^S patterns are enumerated (8,192); beyond it they are drawn."""
_NOTHING = 1e-12  # of a sum of all stories: what is left of 0 after rounding is below it


def smallest_p_matched(n_stories: int) -> float:
    """The smallest attainable two-sided p of a sign-flip test: 2 of the 2^S patterns.

    >>> smallest_p_matched(5), smallest_p_matched(6)
    (0.0625, 0.03125)
    """
    return min(1.0, 2.0 / 2.0**n_stories)


def draw_swaps(n_stories: int, n_resamples: int, seed: int, *, all_if_few: bool = True) -> Floats:
    """Which stories are swapped (1 or 0), shape (patterns, stories), the observed pattern (none) first: all patterns of few
    stories, else drawn ones."""
    if all_if_few and n_stories <= EXACT_STORIES:
        return np.array(list(product((0.0, 1.0), repeat=n_stories))).reshape(-1, n_stories)
    drawn = np.random.default_rng(seed).integers(0, 2, size=(n_resamples, n_stories), dtype=np.int8)
    return np.vstack([np.zeros(n_stories), drawn])


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

    a, b: shape (stories,), the terms of `mantel_haenszel`; the estimate is sum(a) / sum(b). If the effect is theta, swapping the
    outlets in a story exchanges a_s and theta b_s (a ratio) or flips the sign of a_s - theta b_s (a difference). The interval
    holds every theta that is not rejected, searched outwards from the estimate.
    """
    sums, estimate = _sum_patterns(draw_swaps(len(a), n_resamples, seed), a, b), float(a.sum() / b.sum())
    error = float(np.sqrt(np.sum((a - estimate * b) ** 2)) / b.sum())
    precision = EXACT if len(a) <= EXACT_STORIES else DRAWN

    def p_of(theta: float) -> float:
        return share_as_extreme(_statistics(sums, effect, theta))

    return invert(p_of, estimate, error, effect, conf_level, precision)


def flip_p(a: Floats, b: Floats, *, n_resamples: int, seed: int, effect: Effect = RATIO) -> float:
    """The p of `flip_stories` without the search for its interval."""
    return share_as_extreme(statistics(draw_swaps(len(a), n_resamples, seed), a, b, effect))


def statistics(swapped: Floats, a: Floats, b: Floats, effect: Effect) -> Floats:
    """The studentised statistic of no effect under each pattern, shape (patterns,)."""
    return _statistics(_sum_patterns(swapped, a, b), effect, effect.null)


class _Sums(NamedTuple):
    """Sums of a_s, b_s, a_s^2 and b_s^2, shape (4, patterns)."""

    kept: Floats
    """Over the stories that a pattern keeps."""
    swapped: Floats
    """Over those that it swaps."""
    ab: float
    """Sum of a_s b_s over all stories."""


def _sum_patterns(swapped: Floats, a: Floats, b: Floats) -> _Sums:
    terms = np.vstack([a, b, a**2, b**2])
    total, moved = np.abs(terms).sum(axis=1, keepdims=True), np.einsum("ps,ks->kp", swapped, terms)
    kept = terms.sum(axis=1, keepdims=True) - moved
    kept[np.abs(kept) < _NOTHING * total] = 0.0
    return _Sums(kept, moved, float(a @ b))


def _statistics(sums: _Sums, effect: Effect, theta: float) -> Floats:
    """log(A / B) / sqrt(sum_s (A_s / A - B_s / B)^2) for a ratio, where a pattern's A_s is a_s, or theta b_s where it swaps, and
    B_s the other; sum_s D_s / sqrt(sum_s D_s^2) for a difference, where D_s is a_s - theta b_s or its negative."""
    (a_kept, b_kept, aa_kept, bb_kept), (a_swapped, b_swapped, aa_swapped, bb_swapped), ab = sums
    if effect is RATIO:
        A, B = a_kept + theta * b_swapped, theta * b_kept + a_swapped
        AA, BB = aa_kept + theta**2 * bb_swapped, theta**2 * bb_kept + aa_swapped
        return log_ratio_over_error(A, B, AA, BB, theta * ab)
    D = (a_kept - theta * b_kept) - (a_swapped - theta * b_swapped)
    DD = aa_kept[0] - 2 * theta * ab + theta**2 * bb_kept[0]  # the same for all patterns; the first keeps every story
    return D / (np.sqrt(max(DD, 0.0)) or 1.0)
