"""Planned numbers against simulation with the project's own tests, against statsmodels, and against themselves."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import TTestPower
from statsmodels.stats.rates import power_negbin_ratio_2indep

import framing as fr
from framing.compare.flips import flip_p
from framing.compare.permutations import Units, permutation_p
from framing.compare.pilots import read_pilot
from framing.compare.planning import COLUMNS
from framing.compare.power import describe_study
from framing.compare.quantities import ContrastError

ALIKE = {"words_spread": 0.0, "dispersion": 0.0, "story_variance": 0.0}  # equal lengths, nothing but Poisson noise


def _one(*args, **options):
    table = fr.plan_sample(*args, **options)
    assert len(table) == 1
    return table.iloc[0]


# Simulation. Lengths lognormal, a gamma multiplier for each story and one for each article: the variances are the plan's own.


def _counts(rng, design, rate, ratio, n, a=0.25, c2=0.28):
    T = np.round(600 * np.exp(rng.normal(0, 0.5, (2, n))))
    story = rng.gamma(1 / c2, c2, (1 if design == "matched" else 2, n))
    mean = T * rate / 1000 * np.array([[ratio], [1.0]]) * story
    return rng.poisson(mean * rng.gamma(1 / a, a, (2, n))).astype(float), T


def _p(rng, design, y, T):
    seed, n = int(rng.integers(2**31)), y.shape[1]
    if design == "matched":
        terms = y[0] * T[1] / T.sum(axis=0), y[1] * T[0] / T.sum(axis=0)
        return flip_p(*terms, n_resamples=500, seed=seed)
    units = Units(y.ravel(), T.ravel(), np.arange(2 * n) < n, np.zeros(2 * n, int))
    return permutation_p(units, n_resamples=200, seed=seed)


@pytest.mark.parametrize(
    ("design", "rate", "ratio", "n", "replications"),
    [
        ("matched", 8, 1.5, 30, 1000), ("matched", 3, 2.0, 20, 1000), ("matched", 8, 2.0, 8, 1000),
        ("matched", 3, 1.25, 160, 800), ("unmatched", 8, 1.5, 50, 400), ("unmatched", 3, 2.0, 20, 400),
    ],
)  # fmt: skip
def test_planned_power_is_the_share_of_simulated_studies_that_find_the_ratio(design, rate, ratio, n, replications):
    planned = _one(rate, ratio, design=design, **{"n_stories" if design == "matched" else "n_articles": n})["power"]
    rng = np.random.default_rng(7)
    found = np.mean([_p(rng, design, *_counts(rng, design, rate, ratio, n)) < 0.05 for _ in range(replications)])
    assert 0.1 < planned < 0.95
    assert abs(planned - found) < 0.05, (planned, found)


def test_matching_is_planned_to_pay():
    assert _one(8, 1.5)["n_articles"] < 0.7 * _one(8, 1.5, design="unmatched")["n_articles"]


# The formula against others.


@pytest.mark.parametrize(("rate", "ratio", "n", "a"), [(8, 1.1, 600, 0.3), (0.4, 1.3, 900, 0.0), (3, 0.85, 400, 1.0)])
def test_unmatched_power_with_equal_lengths_is_that_of_statsmodels_for_negative_binomial_rates(rate, ratio, n, a):
    plan = _one(rate, ratio, n_articles=n, design="unmatched", **ALIKE | {"dispersion": a})
    theirs = power_negbin_ratio_2indep(
        0.6 * rate * ratio, 0.6 * rate, n, nobs_ratio=1, exposure=1, dispersion=a, alternative="two-sided", method_var="alt"
    ).power
    assert 0.2 < theirs < 0.97
    assert plan["power"] == pytest.approx(theirs, abs=0.003)  # theirs is normal, ours a t with 2 (n - 1) degrees of freedom


@pytest.mark.parametrize(("ratio", "S"), [(1.3, 40), (0.7, 60), (1.2, 15)])
def test_matched_power_without_dispersion_is_that_of_a_paired_t_test_of_the_log_ratio(ratio, S):
    rate = 6 / 600
    sd = np.sqrt((1 / (rate * ratio) + 1 / rate) / 600)
    theirs = TTestPower().power(abs(np.log(ratio)) / sd, S, 0.05 if S > 29 else 1638 / 2**15, alternative="two-sided")
    assert _one(1000 * rate, ratio, n_stories=S, **ALIKE)["power"] == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("spread", [0.2, 0.5, 1.0])
def test_the_moments_of_lengths_are_those_of_drawn_lengths(spread):
    assumed = {"words": 600.0, "words_spread": spread, "dispersion": 0.2, "story_variance": 0.3}
    T = 600 * np.exp(np.random.default_rng(1).normal(0, spread, (2, 2_000_000)))
    h = T[0] * T[1] / T.sum(axis=0)
    matched, unmatched = (describe_study(design, 0.008, assumed, 0.05) for design in ("matched", "unmatched"))
    assert pytest.approx(2 * h.mean(), rel=0.003) == matched.M
    assert matched.q == pytest.approx((h**2).mean() / h.mean() ** 2, rel=0.006)
    assert unmatched.M == matched.length == pytest.approx(T.mean(), rel=0.003)
    assert unmatched.q == pytest.approx((T**2).mean() / T.mean() ** 2, rel=0.006)
    assert (matched.phi, unmatched.phi) == pytest.approx((0.2 * 1.3, 1.2 * 1.3 - 1))


# The three questions answer each other.


@pytest.mark.parametrize("design", ["matched", "unmatched"])
@pytest.mark.parametrize("ratio", [0.6, 1.4, 2.5])
def test_the_number_found_is_the_smallest_that_reaches_the_power(design, ratio):
    size = "n_stories" if design == "matched" else "n_articles"
    n = int(_one(8, ratio, design=design, power=0.9)[size])
    assert _one(8, ratio, design=design, **{size: n})["power"] >= 0.9 > _one(8, ratio, design=design, **{size: n - 1})["power"]


def test_the_detectable_ratio_is_found_with_exactly_the_asked_power():
    plan = _one(3, n_stories=40, power=0.7)
    assert plan["ratio"] == plan["detectable"] > 1
    assert plan["power"] == pytest.approx(0.7)
    assert _one(3, plan["detectable"], n_stories=40)["power"] == pytest.approx(0.7)


def test_which_outlet_is_the_reference_does_not_matter():
    assert _one(8, 1.5, n_stories=25)["power"] == pytest.approx(_one(12, 1 / 1.5, n_stories=25)["power"])


def test_sequences_give_a_row_for_each_combination():
    table = fr.plan_sample([8, 3], [1.5, 2], n_stories=[10, 20, 40])
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 12
    assert table.groupby(["rate", "ratio"])["power"].is_monotonic_increasing.all()
    alone = _one(3, 2, n_stories=20)
    pd.testing.assert_series_equal(
        table[table.eval("rate == 3 and ratio == 2 and n_stories == 20")].iloc[0], alone, check_names=False
    )


def test_other_units_of_the_rate_do_not_change_the_plan():
    assert _one(8, 1.5)["n_stories"] == _one(0.8, 1.5, per=100)["n_stories"]


# Where no test is possible.


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ({"rate": 8, "ratio": 2, "n_stories": 5}, "with 5 stories no p below 0.05 can come out; plan at least 6"),
        ({"rate": 8, "n_stories": 1}, "with 1 stories no p below 0.05 can come out; plan at least 6"),
        (
            {"rate": 8, "n_articles": 3, "design": "unmatched"},
            "with 3 articles of each outlet no p below 0.05 can come out; plan at least 4",
        ),
        ({"rate": 8, "n_stories": 8, "conf_level": 0.99}, ""),
        ({"rate": 8, "n_stories": 7, "conf_level": 0.99}, "with 7 stories no p below 0.01 can come out; plan at least 8"),
        ({"rate": 0.4, "ratio": 2, "n_stories": 10}, "2.7 expected occurrences in an outlet, fewer than 5; plan at least 19"),
        ({"rate": 0.4, "ratio": 0.5, "n_stories": 20}, "2.7 expected occurrences in an outlet, fewer than 5; plan at least 37"),
        ({"rate": 8, "ratio": 1.001}, "more than 100,000 stories would be needed; the ratio is too near 1 or the words too rare"),
    ],
)  # fmt: skip
def test_a_plan_that_allows_no_test_says_so(options, note):
    plan = _one(**options)
    assert plan["status"] == ("descriptive" if note else "warning")
    assert plan["note"].startswith(note)
    assert np.isnan(plan["power"]) == np.isnan(plan["detectable"]) == bool(note)


def test_a_number_is_never_planned_that_would_be_refused():
    plans = fr.plan_sample([0.02, 0.4, 8], [20, 0.02])
    assert (plans["n_stories"] >= 6).all()
    assert (plans["expected_count"] >= 5).all()
    assert (plans["status"] == "warning").any()
    for plan in plans.itertuples():
        assert np.isfinite(_one(plan.rate, plan.ratio, n_stories=plan.n_stories)["power"])


def test_few_units_and_few_occurrences_are_warned_of():
    assert "fewer than 10 independent units" in _one(8, n_stories=8)["note"]
    assert "fewer than 10 expected occurrences" in _one(0.4, n_stories=30)["note"]
    assert _one(8, n_stories=30)["status"] == "ok"


# The pilot.


def _pilot(rng, S, design="matched", a=0.3, c2=0.5):
    y, T = _counts(rng, design, 8, 1.5, S, a, c2)
    story = [[f"s{s}" if design == "matched" else f"{k}{s}" for s in range(S)] for k in range(2)]
    return pd.DataFrame({
        "article": [f"a{i}" for i in range(2 * S)], "outlet": np.repeat(["one", "two"], S), "story": np.ravel(story),
        "n_words": T.ravel(), "hedging": y.ravel(),
    })  # fmt: skip


def _plan_from(pilot, **options):
    return _one(pilot=pilot, measure="hedging", voice="all", **{"ratio": 1.5} | options)


def test_a_pilot_gives_back_what_its_counts_were_drawn_with():
    plan = _plan_from(_pilot(np.random.default_rng(3), 40_000))
    assert plan["rate"] == pytest.approx(8 * 1.25, rel=0.03)  # the mean of the two outlets
    assert (plan["dispersion"], plan["story_variance"]) == pytest.approx((0.3, 0.5), rel=0.06)
    assert (plan["words"], plan["words_spread"]) == pytest.approx((600, 0.5), rel=0.02)
    assert plan["note"] == ""


def test_pilots_of_sixty_stories_are_nearly_right_on_average():
    rng = np.random.default_rng(4)
    found = [read_pilot(_pilot(rng, 60), "hedging", "all", "matched") for _ in range(80)]
    within = [one.dispersion * (1 + one.story_variance) for one in found]
    assert np.mean(within) == pytest.approx(0.3 * 1.5, rel=0.15)
    assert np.mean([one.story_variance for one in found]) == pytest.approx(0.5, rel=0.15)


def test_a_number_given_by_hand_replaces_that_of_the_pilot():
    pilot = _pilot(np.random.default_rng(5), 50)
    by_hand = _plan_from(pilot)[["rate", "words", "words_spread", "dispersion", "story_variance"]].to_dict()
    assert _plan_from(pilot)["n_stories"] == _one(ratio=1.5, **by_hand)["n_stories"]
    assert _plan_from(pilot, dispersion=0.0)["dispersion"] == 0
    assert _plan_from(pilot, rate=2)["rate"] == 2


def test_without_shared_stories_matching_is_planned_to_gain_nothing():
    pilot = _pilot(np.random.default_rng(6), 50, "unmatched")
    plan = _plan_from(pilot)
    assert (plan["status"], plan["story_variance"]) == ("warning", 0.0)
    assert plan["note"].startswith("the outlets of the pilot share no story")
    assert _plan_from(pilot, design="unmatched")["status"] == "ok"
    for blank in (pilot.drop(columns="story"), pilot.assign(story=""), pilot.assign(story=None)):
        pd.testing.assert_series_equal(_plan_from(blank), plan)


def test_outlets_that_say_too_little_stay_out_of_the_pilot():
    pilot = _pilot(np.random.default_rng(7), 30)
    extra = pilot[:4].assign(article=list("wxyz"), outlet="three", hedging=99)
    silent = pilot[:9].assign(article=list("jklmnopqr"), outlet="four", hedging=0)
    empty = pilot[:1].assign(article="none", hedging=0, n_words=0)
    pd.testing.assert_series_equal(_plan_from(pd.concat([pilot, extra, silent, empty])), _plan_from(pilot))


def test_a_pilot_that_says_nothing_gives_no_plan_and_a_small_one_a_warning():
    pilot = _pilot(np.random.default_rng(8), 8)
    assert "the pilot's 16 usable articles tell little" in _plan_from(pilot)["note"]
    for little in (pilot.iloc[[0, 8]], pilot.assign(hedging=0), pilot.head(0)):
        plan = _plan_from(little)
        assert plan["status"] == "descriptive"
        assert plan["note"].startswith("the pilot has no outlet with 5 articles and 5 occurrences")
        assert pd.isna(plan[["rate", "n_stories", "power", "detectable"]]).all()


def test_counts_that_vary_less_than_poisson_are_planned_as_poisson():
    pilot = _pilot(np.random.default_rng(9), 20).assign(n_words=500, hedging=4)
    assert tuple(_plan_from(pilot)[["dispersion", "story_variance", "words_spread"]]) == (0, 0, 0)


# Bad arguments.


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "Both ratio= and n_stories= are missing; give one of them, or both for the power."),
        ({"rate": None, "ratio": 2}, "The rate is missing; give rate=, or a pilot= (a scores table) and its measure=."),
        ({"ratio": 1}, "ratio=1 is no difference to plan for; give the smallest ratio that would matter, such as 1.5."),
        ({"rate": -8, "ratio": 2}, "rate=-8 cannot be planned; give a number above 0."),
        ({"rate": [8, np.nan], "ratio": 2}, "rate=nan cannot be planned; give a number above 0."),
        ({"n_stories": 0}, "number of units=0 cannot be planned; give a number above 0."),
        ({"n_stories": 7.5}, "n_stories=7.5 is no whole number; give whole stories or articles."),
        ({"ratio": 2, "dispersion": -1}, "dispersion=-1 cannot be planned; give a number from 0."),
        ({"ratio": 2, "power": 0.04}, "power=0.04 cannot be planned; give a number above 0.05 and below 1, such as .8."),
        ({"ratio": 2, "conf_level": 95}, "conf_level=95 is not a level; give a number from .5 to below 1, such as .95."),
        ({"ratio": 2, "design": "paired"}, "There is no design 'paired'; design= is 'matched' or 'unmatched'."),
        ({"n_articles": 20}, "The design 'matched' is planned in n_stories=; leave n_articles= out."),
        (
            {"ratio": 2, "measure": "hedging"},
            "A pilot is a scores table and one of its measures; give both pilot= and measure=, or neither.",
        ),
    ],
)
def test_options_that_cannot_be_meant_are_named(options, message):
    with pytest.raises(ContrastError, match=f"^{re.escape(message)}$"):
        fr.plan_sample(**{"rate": 8} | options)
