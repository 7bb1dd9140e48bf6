"""Planning a comparison: how many stories or articles a ratio needs, how small a ratio they can show, or with what power.

The formula stands in framing/compare/power.py, what a pilot contributes in framing/compare/pilots.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd
from scipy import optimize

from framing.compare.pilots import MIN_PILOT, Assumed, read_pilot
from framing.compare.power import Study, describe_study, expected_count, fewest_units, power_of
from framing.compare.quantities import MIN_COUNT, ContrastError
from framing.corpus.progress import follow

COLUMNS = (
    "design", "rate", "ratio", "n_stories", "n_articles", "power", "detectable", "expected_count", "words", "words_spread",
    "dispersion", "story_variance", "status", "note",
)  # fmt: skip
# Without a pilot: the generator of the calibration in tests/test_resampling.py (article 1.2 exp(.04) - 1, story exp(.25) - 1).
# Policy dimensions differ far more between stories, because they belong to topics: plan them from a pilot.
WORDS, WORDS_SPREAD, DISPERSION, STORY_VARIANCE = 600.0, 0.5, 0.25, 0.28
MOST_UNITS, LARGEST_RATIO = 100_000, 100.0  # chosen: no study is planned beyond them
FEW_UNITS, FEW_COUNT = 10, 10  # chosen: below them the plan carries a warning

Numbers = float | Sequence[float] | None


def plan_sample(
    rate: Numbers = None,
    ratio: Numbers = None,
    *,
    n_stories: Numbers = None,
    n_articles: Numbers = None,
    power: float = 0.8,
    design: str = "matched",
    per: int = 1000,
    words: float | None = None,
    words_spread: float | None = None,
    dispersion: float | None = None,
    story_variance: float | None = None,
    pilot: pd.DataFrame | None = None,
    measure: str | None = None,
    voice: str = "journalist",
    conf_level: float = 0.95,
    progress: bool | None = None,
) -> pd.DataFrame:
    """What is left out of the three: the number of units, the smallest detectable ratio, or the power when both are given.

    `rate` is the reference outlet's, in occurrences per `per` words (or other units of exposure), `ratio` the other outlet's rate
    over it. Units are `n_stories` with one article of each outlet (`design="matched"`) or `n_articles` of each outlet
    (`"unmatched"`). Sequences give one row for each combination: a planning curve.

    Assumed are the median length `words`, `words_spread` (standard deviation of its logarithm), `dispersion` (variance that an
    article adds to its story, relative to the squared mean; 0 = Poisson) and `story_variance` (how much stories differ). A
    `pilot` (a scores table) with its `measure` gives all that is not given, the rate included, by the moments of its outlets
    with 5 articles and 5 occurrences or more (formulas: framing/compare/pilots.py).

    Columns: design rate ratio n_stories (0 if unmatched) n_articles (of each outlet) power detectable (the smallest ratio above
    1 that is found with the asked power) expected_count (in the outlet with fewer) words words_spread dispersion story_variance
    status note.
    `status` is `descriptive`, without power, where no test is possible: fewer than 6 stories, fewer than 4 articles, fewer than 5
    expected occurrences; the note says which. `warning`: read the note.

    In nearly all simulated cells of 6 to 80 stories or 10 to 90 articles and ratios of 1.25 to 2 power was within .05 of the
    simulated one, and too low where it was not (`benchmarks/planning.py`). It is that of one contrast: several that share a
    Holm adjustment need more (plan them with `conf_level=1 - .05 / contrasts`). `progress` shows a bar
    (default: where it is seen).

    Raises ContrastError for options that contradict each other or lie outside their range.

    >>> plan_sample(8, 1.5)[["n_stories", "n_articles", "status"]].values.tolist()
    [[54, 54, 'ok']]
    >>> plan_sample(8, n_stories=[5, 10, 30])["detectable"].round(2).tolist()
    [nan, 2.74, 1.72]
    """
    sizes = _choose_sizes(ratio, n_stories, n_articles, design)
    given = {"words_spread": words_spread, "dispersion": dispersion, "story_variance": story_variance}
    above_0 = {"rate": rate, "ratio": ratio, "number of units": sizes, "per": per, "words": words}
    _check_ranges(above_0, given, power, conf_level)
    found = _assume(rate, pilot, measure, voice, design)
    assumed = {name: getattr(found, name) if value is None else value for name, value in ({"words": words} | given).items()}
    rates = _listed(found.rate * per if rate is None else rate)
    rows = [
        _row(describe_study(design, r / per, assumed, round(1 - conf_level, 12)), theta, n, power, found.note)
        | {"rate": r, **assumed}
        for r, theta, n in follow(list(product(rates, _listed(ratio), _listed(sizes))), "plans", progress)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n_stories": "Int64", "n_articles": "Int64"})


def _assume(rate: Numbers, pilot: pd.DataFrame | None, measure: str | None, voice: str, design: str) -> Assumed:
    if pilot is not None and measure is not None:
        return read_pilot(pilot, measure, voice, design)
    if pilot is not None or measure is not None:
        raise ContrastError("A pilot is a scores table and one of its measures; give both pilot= and measure=, or neither.")
    if rate is None:
        raise ContrastError("The rate is missing; give rate=, or a pilot= (a scores table) and its measure=.")
    return Assumed(np.nan, WORDS, WORDS_SPREAD, DISPERSION, STORY_VARIANCE, "")


def _row(study: Study, theta: float, n: float, power: float, pilot_note: str) -> dict[str, object]:
    """Solve for the one that is missing (nan); where no test is possible, power and detectable ratio stay empty."""
    if np.isnan(n):
        n = _smallest_n(study, theta, power)
    detectable = _detectable(study, n, power)
    ratio = detectable if np.isnan(theta) else theta
    refusal = _refusal(study, ratio, n)
    notes = [refusal] if refusal else [note for note in (pilot_note, *_warnings(study, ratio, n)) if note]
    return {
        "design": study.design, "ratio": ratio, "n_stories": n if study.design == "matched" else 0, "n_articles": n,
        "power": np.nan if refusal else power_of(study, ratio, n), "detectable": np.nan if refusal else detectable,
        "expected_count": expected_count(study, ratio, n),
        "status": "descriptive" if refusal else "warning" if notes else "ok", "note": "; ".join(notes),
    }  # fmt: skip


def _smallest_n(study: Study, theta: float, power: float) -> float:
    """The first number of units that allows a test and reaches the power; nan beyond MOST_UNITS."""
    low = np.maximum(fewest_units(study), np.ceil(MIN_COUNT / expected_count(study, theta, 1) - 1e-9))
    high = MOST_UNITS
    if not (low <= high and power_of(study, theta, high) >= power):
        return np.nan
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if power_of(study, theta, middle) >= power else (middle + 1, high)
    return float(low)


def _detectable(study: Study, n: float, power: float) -> float:
    """The smallest ratio above 1 that n units find with the asked power; nan where they allow no test."""
    if np.isnan(n) or _refusal(study, 1.0, n) or power_of(study, LARGEST_RATIO, n) < power:
        return np.nan
    return float(optimize.brentq(lambda theta: power_of(study, theta, n) - power, 1.0, LARGEST_RATIO))


def _refusal(study: Study, theta: float, n: float) -> str:
    """Why nothing can be planned, or nothing. The first reason that holds."""
    if np.isnan(study.r_B + study.phi + study.M):
        return f"the pilot has no outlet with {MIN_PILOT} articles and {MIN_PILOT} occurrences; collect more, or give all by hand"
    units = "stories" if study.design == "matched" else "articles of each outlet"
    if np.isnan(n):
        return f"more than {MOST_UNITS:,} {units} would be needed; the ratio is too near 1 or the words too rare"
    if n < fewest_units(study):
        return f"with {n:.0f} {units} no p below {study.alpha:.2g} can come out; plan at least {fewest_units(study)}"
    expected = expected_count(study, theta, n)
    if expected < MIN_COUNT * (1 - 1e-9):
        needed = np.ceil(n * MIN_COUNT / expected)
        return f"{expected:.1f} expected occurrences in an outlet, fewer than {MIN_COUNT}; plan at least {needed:.0f} {units}"
    if np.isnan(theta):
        return f"not even a ratio of {LARGEST_RATIO:.0f} is found with the asked power; plan more {units}"
    return ""


def _warnings(study: Study, theta: float, n: float) -> list[str]:
    found = []
    if n < FEW_UNITS:
        found.append(f"fewer than {FEW_UNITS} independent units in an outlet")
    if expected_count(study, theta, n) < FEW_COUNT:
        found.append(
            f"fewer than {FEW_COUNT} expected occurrences in an outlet: a sample may fall below {MIN_COUNT} and stay untested"
        )
    return found


def _listed(value: Numbers) -> list[float]:
    """One number or several; nan for the one that is looked for."""
    return [np.nan] if value is None else [float(one) for one in np.atleast_1d(np.asarray(value, dtype=float))]


def _choose_sizes(ratio: Numbers, n_stories: Numbers, n_articles: Numbers, design: str) -> Numbers:
    """The numbers of units that belong to the design."""
    if design not in ("matched", "unmatched"):
        raise ContrastError(f"There is no design {design!r}; design= is 'matched' or 'unmatched'.")
    name, other = ("n_stories", "n_articles") if design == "matched" else ("n_articles", "n_stories")
    sizes, others = (n_stories, n_articles) if design == "matched" else (n_articles, n_stories)
    if others is not None:
        raise ContrastError(f"The design {design!r} is planned in {name}=; leave {other}= out.")
    if ratio is None and sizes is None:
        raise ContrastError(f"Both ratio= and {name}= are missing; give one of them, or both for the power.")
    if any(n != np.floor(n) for n in _listed(sizes) if np.isfinite(n)):
        raise ContrastError(f"{name}={sizes} is no whole number; give whole stories or articles.")
    return sizes


def _check_ranges(above_0: Mapping[str, Numbers], from_0: Mapping[str, Numbers], power: float, conf_level: float) -> None:
    """Raise ContrastError for the first number outside its range."""
    if not 0.5 <= conf_level < 1:
        raise ContrastError(f"conf_level={conf_level:g} is not a level; give a number from .5 to below 1, such as .95.")
    if not 1 - conf_level < power < 1:
        raise ContrastError(
            f"power={power:g} cannot be planned; give a number above {1 - conf_level:.2g} and below 1, such as .8."
        )
    for name, value in {**above_0, **from_0}.items():
        for number in [] if value is None else _listed(value):
            if not (0 < number < np.inf or (number == 0 and name in from_0)):
                raise ContrastError(
                    f"{name}={number:g} cannot be planned; give a number {'from' if name in from_0 else 'above'} 0."
                )
    if 1.0 in _listed(above_0["ratio"]):
        raise ContrastError("ratio=1 is no difference to plan for; give the smallest ratio that would matter, such as 1.5.")
