"""Differences, the jackknife, corrected counts and copies: each against its definition."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import stats

from framing.compare.contrasts import compare_outlets
from framing.compare.flips import flip_stories
from framing.compare.inference import DIFFERENCE, RATIO, mantel_haenszel
from framing.compare.jackknife import jackknife_stories, jackknife_units
from framing.compare.permutations import Units, permute_labels, statistics, terms
from framing.compare.quantities import ContrastError
from tests.test_contrasts import _is_descriptive, _matched, _only, _unmatched

LEVEL = {"conf_level": 0.95}


def _story_terms(seed, S=8):
    rng = np.random.default_rng(seed)
    y, T = rng.poisson(6 * rng.gamma(2, 0.5, S), size=(2, S)).astype(float), rng.integers(200, 1500, size=(2, S)).astype(float)
    return mantel_haenszel(y[0], T[0], y[1], T[1], DIFFERENCE)


def _p_by_all_flips(a, b, delta):
    u = a - delta * b
    sums = [abs(float(np.dot(signs, u))) for signs in product((1, -1), repeat=len(u))]
    return np.mean([total >= abs(u.sum()) * (1 - 1e-12) for total in sums])


@pytest.mark.parametrize("seed", range(10))
def test_the_interval_of_a_matched_difference_ends_where_the_brute_force_p_crosses_alpha(seed):
    a, b = _story_terms(seed)
    found = flip_stories(a, b, **LEVEL, n_resamples=9, seed=0, effect=DIFFERENCE)
    assert found.p_value == pytest.approx(_p_by_all_flips(a, b, 0.0))
    assert (found.p_value < 0.05) == (found.conf_low > 0 or found.conf_high < 0)
    for end, outwards in ((found.conf_low, -1e-9), (found.conf_high, 1e-9)):
        assert _p_by_all_flips(a, b, end - outwards) >= 0.05 > _p_by_all_flips(a, b, end + outwards)


def _units(seed, n=(7, 8), ratio=1.5):
    rng = np.random.default_rng(seed)
    in_a = np.arange(sum(n)) < n[0]
    T = rng.integers(200, 1500, sum(n)).astype(float)
    y = rng.poisson(0.01 * T * np.where(in_a, ratio, 1.0) * rng.gamma(4, 0.25, sum(n))).astype(float)
    return Units(y, T, in_a, np.zeros(sum(n), dtype=np.int64))


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_of_an_unmatched_difference_is_where_lowered_counts_are_not_rejected(seed):
    units = _units(seed)
    found = permute_labels(units, **LEVEL, n_resamples=499, seed=0, effect=DIFFERENCE)
    a, b = terms(units, DIFFERENCE)
    rates = [units.y[side].sum() / units.T[side].sum() for side in (units.in_a, ~units.in_a)]
    assert a.sum() / b.sum() == pytest.approx(rates[0] - rates[1])
    assert (found.p_value < 0.05) == (found.conf_low > 0 or found.conf_high < 0)
    for delta, rejected in ((found.conf_high * 1.01, True), ((found.conf_low + found.conf_high) / 2, False)):
        lowered = Units(units.y - delta * units.T * units.in_a, units.T, units.in_a, units.stratum)
        p = permute_labels(lowered, **LEVEL, n_resamples=499, seed=0, effect=DIFFERENCE).p_value
        assert (p < 0.05) is rejected


def test_a_difference_and_a_ratio_of_equal_lengths_have_nearly_the_same_p():
    rows = {effect: _only(_matched(20, ratio=1.2), strata="story", effect=effect) for effect in ("rate_ratio", "rate_difference")}
    ratio, difference = rows.values()
    assert ratio["p_value"] == pytest.approx(difference["p_value"], abs=0.02)  # the ratio is tested by its logarithm
    lengths_weigh = mantel_haenszel(*(np.array([x]) for x in (3.0, 100.0, 1.0, 300.0)), DIFFERENCE)
    assert lengths_weigh[0] / lengths_weigh[1] == pytest.approx(3 / 100 - 1 / 300)


def test_means_of_an_index_are_compared_without_words():
    scores = _matched(12).assign(tone_polarity=lambda t: t["hedging"] / 100 - 0.2)
    row = _only(scores, measures="tone_polarity", effect="mean_difference", strata="story")
    wide = scores.pivot(index="story", columns="outlet", values="tone_polarity")
    assert row["estimate"] == pytest.approx((wide["two"] - wide["one"]).mean())
    assert row["p_value"] < 0.05
    assert row["conf_low"] < row["estimate"] < row["conf_high"]
    with pytest.raises(ContrastError, match="holds nan for article 'art000'; give a number"):
        compare_outlets(scores.assign(tone_polarity=np.nan), "tone_polarity", effect="mean_difference")


def test_the_matched_jackknife_leaves_out_each_story():
    a, b = _story_terms(1)[0] + 1, _story_terms(1)[1]
    found = jackknife_stories(a, b, **LEVEL, effect=DIFFERENCE)
    left = np.array([np.delete(a, s).sum() / np.delete(b, s).sum() for s in range(8)])
    error = np.sqrt(7 * np.var(left))
    assert found.conf_high - found.conf_low == pytest.approx(2 * stats.t.ppf(0.975, 7) * error)
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(a.sum() / b.sum()) / error, 7))


def test_the_unmatched_jackknife_adds_up_the_outlets_variances():
    units = _units(2)
    found = jackknife_units(units, **LEVEL)
    v, df = [], 0.0
    for side in (units.in_a, ~units.in_a):
        y, T = units.y[side], units.T[side]
        rates = np.log([np.delete(y, i).sum() / np.delete(T, i).sum() for i in range(len(y))])
        v.append((len(y) - 1) * np.var(rates))
        df += v[-1] ** 2 / (len(y) - 1)
    a, b = terms(units, RATIO)
    reach = stats.t.ppf(0.975, sum(v) ** 2 / df) * np.sqrt(sum(v))
    assert np.log(found.conf_high / found.conf_low) == pytest.approx(2 * reach)
    assert np.log(found.conf_high) == pytest.approx(np.log(a.sum() / b.sum()) + reach)


def test_an_outlet_whose_only_hits_are_in_one_article_has_no_jackknife():
    scores = _unmatched()
    scores.loc[scores["outlet"] == "one", "hedging"] = [9] + [0] * 11
    _is_descriptive(_only(scores, method="jackknife"), "without one of its units an outlet has nothing to compare")


def test_statistics_are_those_of_the_permutation_test():
    units = _units(4)
    labels = np.vstack([units.in_a, ~units.in_a])
    one, other = statistics(units, labels, RATIO)
    assert one == pytest.approx(-other)


# Corrected counts


def test_when_every_article_is_coded_the_coders_counts_are_compared():
    scores = _matched(12).assign(coded=lambda t: t["hedging"] + 1)
    corrected = _only(scores, strata="story", gold="coded")
    by_hand = _only(scores.assign(hedging=scores["coded"]), strata="story")
    assert corrected["estimate"] == pytest.approx(by_hand["estimate"])
    assert corrected["p_value"] == by_hand["p_value"]
    assert corrected["estimate_uncorrected"] == _only(scores, strata="story")["estimate"]


def test_a_tool_that_misses_more_in_one_outlet_is_put_right():
    rng = np.random.default_rng(5)
    scores = _unmatched(400, 400, ratio=1.0, seed=5).rename(columns={"hedging": "true"})
    recall = np.where(scores["outlet"] == "one", 0.8, 0.5)
    scores["hedging"] = rng.binomial(scores["true"], recall)
    scores["coded"] = scores["true"].where(rng.uniform(size=800) < 0.25).astype(float)
    row = _only(scores, gold="coded", outlets=["one", "two"])
    assert row["estimate_uncorrected"] < 0.75
    assert row["conf_low"] < 1 < row["conf_high"]
    assert row["estimate"] == pytest.approx(1.0, abs=0.15)


def test_the_probability_of_being_coded_can_be_given_by_article():
    scores = _unmatched(20, 20).assign(coded=lambda t: np.where(t.index % 2 == 0, t["hedging"] + 2.0, np.nan), pi=0.5)
    given, counted = (_only(scores, gold="coded", gold_probability=pi) for pi in ("pi", None))
    assert given["estimate"] == counted["estimate"]
    with pytest.raises(ContrastError, match=r"'pi' holds 0\.0 for the coded article 'art000'; a probability is above 0"):
        compare_outlets(scores.assign(pi=0), "hedging", voice="all", gold="coded", gold_probability="pi")
    with pytest.raises(ContrastError, match=r"'coded' holds -1\.0 for article 'art003'"):
        compare_outlets(scores.assign(coded=lambda t: t["coded"].where(t.index != 3, -1)), "hedging", voice="all", gold="coded")
    with pytest.raises(ContrastError, match="is one column for 2 measures"):
        compare_outlets(scores.assign(b=1), ["hedging", "b"], voice="all", gold="coded")


@pytest.mark.parametrize(("n", "status"), [(4, "descriptive"), (10, "warning"), (20, "ok")])
def test_few_coded_articles_are_refused_or_warned_of(n, status):
    scores = _unmatched(25, 25).assign(place=lambda t: t.groupby("outlet").cumcount())
    row = _only(scores.assign(coded=scores["hedging"].where(scores["place"] < n).astype(float)), gold="coded")
    assert row["status"] == status
    assert (str(n) in row["note"]) == (status == "descriptive")


# Copies


def test_copies_are_reported_as_groups_and_dropped():
    scores = _unmatched(14, 14).assign(
        copies=lambda t: t["article"], date=lambda t: [f"2031-01-{i % 28 + 1:02}" for i in range(len(t))]
    )
    scores.loc[[3, 4, 5], "copies"] = "wire"
    row = _only(scores, cluster="copies")
    kept = _only(scores.drop(index=[4, 5]))
    assert row["n_units"] == 26
    assert row["n_articles_dropped"] + row["n_articles_reference"] == 14 + 14  # the first of the group stays
    assert (row["estimate_dropped"], row["p_value_dropped"]) == (kept["estimate"], kept["p_value"])


def test_dropped_copies_are_corrected_by_hand_coding_too():
    scores = _unmatched(14, 14).assign(copies=lambda t: t["article"], coded=lambda t: 3.0 * t["hedging"])
    scores.loc[[3, 4, 5], "copies"] = "wire"
    scores.loc[scores["outlet"] == "two", "coded"] /= 3
    row = _only(scores, cluster="copies", gold="coded")
    kept = _only(scores.drop(index=[4, 5]), gold="coded")
    assert row["estimate_dropped"] == kept["estimate"] < 0.7 * row["estimate_uncorrected"]


# Other choices


def test_another_exposure_can_be_chosen():
    scores = _matched(12).assign(n_sentences=lambda t: t["n_words"] // 20)
    row = _only(scores, strata="story", exposure="n_sentences")
    two = scores[scores["outlet"] == "two"]
    assert row["rate"] == pytest.approx(100 * two["hedging"].sum() / two["n_sentences"].sum())


def test_a_measure_that_nobody_validated_is_called_so():
    scores = _matched(12).assign(weasel=lambda t: t["hedging"], policy_frames_economic=lambda t: t["hedging"])
    table = compare_outlets(scores, ["hedging", "weasel", "policy_frames_economic"], voice="all", strata="story", adjust=None)
    assert table["status"].tolist() == ["ok", "warning", "ok"]
    assert table["note"].iloc[1] == "this measure is not validated against hand coding"
