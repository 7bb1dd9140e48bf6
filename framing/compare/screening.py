"""When a contrast is not tested, and what a reader must know of one that is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.compare.flips import EXACT_STORIES, smallest_p_matched
from framing.compare.inference import RATIO, Effect, Floats
from framing.compare.pairs import Pair
from framing.compare.permutations import smallest_p_unmatched
from framing.compare.quantities import MIN_COUNT

# Thresholds of warnings, chosen: see the statistics chapter of docs/.
FEW_COUNT, FEW_UNITS, LENGTH_RATIO, UNIT_RATIO, TOPIC_POINTS = 10, 10, 1.5, 3.0, 15
VARIANCE_RATIO = 3.0
"""How many times as much one outlet's articles may vary as the other's: beyond it the level of .05 is not kept to the hundredth
(benchmarks/calibration.py: .057 and .059 with 30 units, up to .083 with 10 to 40, where one varies 20 times as much)."""
FEW_CODED, MIN_CODED = 20, 5
HEAVY = 0.25
"""The share of the score's variance that one unit may bring without a warning; of few units 3 log(n) / n, as the largest of n
normal scores brings about 2 log(n) / n."""


def smallest_p(pair: Pair, method: str, n_resamples: int) -> float:
    """The smallest p that the design and the number of resamples can give; a jackknife has none."""
    if method == "jackknife":
        return float("nan")
    if pair.is_matched:
        n_stories = pair.a["stratum"].nunique()
        least = smallest_p_matched(n_stories)
        return max(least, 1 / (n_resamples + 1)) if n_stories > EXACT_STORIES else least
    n_b = pair.b.groupby("stratum")["unit"].nunique()
    sizes = [(count, int(n_b[stratum])) for stratum, count in pair.a.groupby("stratum")["unit"].nunique().items()]
    return max(smallest_p_unmatched(sizes), 1 / (n_resamples + 1)) if sizes else 1.0


def refuse(pair: Pair, min_p: float, alpha: float, effect: Effect, estimate: float, n_coded: int | None = None) -> str:
    """Why no p is given, or nothing. The first reason that holds."""
    if not len(pair.a) or not len(pair.b):
        return "the two outlets share no stratum; only rates can be described"
    if min(pair.a["unit"].nunique(), pair.b["unit"].nunique()) < 2:
        return "one outlet has a single article; a rate can be described, a difference between outlets cannot be tested"
    if min_p > alpha:
        n, units = (pair.n_units[0], "shared stories") if pair.is_matched else (sum(pair.n_units), "articles")
        return f"with {n} {units} the smallest attainable p is {min_p:.3g}, above {alpha:.2g}; collect more"
    if pair.is_matched and pair.n_units[0] < 2:
        return "one shared story; a rate can be described, a difference between outlets cannot be tested"
    if n_coded is not None and n_coded < MIN_CODED:
        return f"only {n_coded} articles of an outlet were coded by hand; code at least {MIN_CODED} of each"
    if effect is RATIO and min(pair.a["y"].sum(), pair.b["y"].sum()) < MIN_COUNT:
        return f"fewer than {MIN_COUNT} occurrences in one outlet; a ratio would be noise"
    if effect is RATIO and not 0 < estimate < np.inf:
        return "the corrected counts of an outlet are not above 0; code more articles by hand"
    return ""


def warn(pair: Pair, scores: pd.DataFrame, strata: str | None, effect: Effect, n_coded: int | None = None) -> list[str]:
    """What a reader must know."""
    found = []
    n_a, n_b = pair.n_units
    if min(n_a, n_b) < FEW_UNITS:
        found.append(f"fewer than {FEW_UNITS} independent units in an outlet")
    if effect is RATIO and min(pair.a["y"].sum(), pair.b["y"].sum()) < FEW_COUNT:
        found.append(f"fewer than {FEW_COUNT} occurrences in an outlet")
    if max(n_a, n_b) >= UNIT_RATIO * min(n_a, n_b):
        found.append("one outlet has three times as many units as the other")
    if (times := _times_as_variable(pair)) >= VARIANCE_RATIO:
        found.append(f"one outlet's articles vary {times:.1f} times as much as the other's, so the true level may be .08")
    longer = pair.a["T"].median() / pair.b["T"].median()
    if max(longer, 1 / longer) > LENGTH_RATIO:
        found.append(f"articles differ in length (median ratio {longer:.2f})")
    if strata is None and _share_stories(scores, pair):
        found.append("the outlets share stories but strata='story' was not given")
    if strata is None and (gap := topic_gap(pair.a["topic"], pair.b["topic"])) > TOPIC_POINTS:
        found.append(f"topics differ: one topic's share by {gap:.0f} points; strata='topic' compares within topics")
    if n_coded is not None and n_coded < FEW_CODED:
        found.append(f"fewer than {FEW_CODED} articles of an outlet were coded by hand")
    if heavy := _find_heavy(pair, effect):
        found.append(heavy)
    return found


def _times_as_variable(pair: Pair) -> float:
    """The larger of the two outlets' variances over means, divided by the smaller; 1 where one cannot be told."""
    phi = [_variance_over_mean(side["y"].to_numpy(float), side["T"].to_numpy(float)) for side in (pair.a, pair.b)]
    return max(phi) / min(phi) if min(phi) > 0 else 1.0


def _variance_over_mean(y: Floats, T: Floats) -> float:
    """sum_i (y_i - r T_i)^2 / (r T_i) / (n - 1) with r = y / T: 1 for counts that only chance makes differ; 0 if unknown."""
    y, T = y[T > 0], T[T > 0]
    if len(y) < FEW_UNITS or y.sum() <= 0:
        return 0.0
    mean = y.sum() / T.sum() * T
    return float(((y - mean) ** 2 / mean).sum() / (len(y) - 1))


def _share_stories(scores: pd.DataFrame, pair: Pair) -> bool:
    if "story" not in scores.columns:
        return False
    stories = dict(zip(scores["article"].astype(str), scores["story"].fillna(""), strict=True))
    one, two = ({stories[article] for article in side["article"]} - {""} for side in (pair.a, pair.b))
    return bool(one & two)


def topic_gap(a: pd.Series, b: pd.Series) -> float:
    """The largest difference of a topic's share between two outlets, in points of 100; 0 where no topic is given."""
    if not (a != "").any() or not (b != "").any():
        return 0.0
    shares = pd.DataFrame({"a": a.value_counts(normalize=True), "b": b.value_counts(normalize=True)}).fillna(0.0)
    return float(100 * (shares["a"] - shares["b"]).abs().max())


def _find_heavy(pair: Pair, effect: Effect) -> str:
    """Which unit carries the score's variance, if one does."""
    names, scores = _scores(pair, effect)
    total = float((scores**2).sum())
    most = max(HEAVY, 3 * np.log(len(scores)) / len(scores))
    if total <= 0 or (scores**2).max() <= most * total:
        return ""
    where, share = names[int(np.argmax(scores**2))], (scores**2).max() / total
    return f"{'story' if pair.is_matched else 'unit'} {where!r} brings {100 * share:.0f} % of the variance: see leave_one_out"


def _scores(pair: Pair, effect: Effect) -> tuple[list[str], Floats]:
    """Each unit's part of the test: the matched story's score at the estimate, or the article's residual."""
    a, b = pair.terms(effect)
    if pair.is_matched:
        return pair.strata, a - a.sum() / b.sum() * b
    both = pd.concat(
        [side.assign(residual=side["y"] - side["T"] * side["y"].sum() / side["T"].sum()) for side in (pair.a, pair.b)]
    )
    sums = both.groupby("unit")["residual"].sum()
    return list(sums.index), sums.to_numpy(float)
