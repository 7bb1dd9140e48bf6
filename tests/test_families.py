"""Adjustments for several tests, against other implementations and against their definitions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from framing.compare.contrasts import compare_outlets
from framing.compare.families import adjust_fdr, step_down
from tests.test_contrasts import _matched, _unmatched


@pytest.mark.parametrize("seed", range(10))
def test_fdr_agrees_with_statsmodels_and_leaves_missing_p_missing(seed):
    p = np.round(np.random.default_rng(seed).uniform(size=12) ** 3, 2)
    with_gaps = np.insert(p, [3, 7], np.nan)
    assert adjust_fdr(p).tolist() == pytest.approx(multipletests(p, method="fdr_bh")[1].tolist(), abs=1e-15)
    assert adjust_fdr(with_gaps)[~np.isnan(with_gaps)].tolist() == adjust_fdr(p).tolist()


def test_thestep_down_maximum_is_that_of_its_definition():
    t = np.abs(np.random.default_rng(1).normal(size=(500, 4)))
    t[0] = [2.2, 0.4, 1.1, 2.9]
    order, highest, expected = np.argsort(-t[0]), 0.0, {}
    for place, test in enumerate(order):
        left = order[place:]
        highest = max(highest, np.mean(t[:, left].max(axis=1) >= t[0, test]))
        expected[test] = highest
    assert step_down(t).tolist() == pytest.approx([expected[test] for test in range(4)])


def _family(scores, **options):
    rng = np.random.default_rng(3)
    scores = scores.assign(
        boosters=rng.permutation(scores["hedging"]), weasel=scores["hedging"] + rng.integers(0, 3, len(scores))
    )
    measures = ["hedging", "boosters", "weasel"]
    return compare_outlets(scores, measures, voice="all", n_resamples=1999, **options)


@pytest.mark.parametrize("design", ["matched", "unmatched"])
def test_the_joint_p_lies_between_the_single_p_and_bonferronis(design):
    scores, strata = (
        (_matched(20, ratio=1.2), "story") if design == "matched" else (_unmatched(ratio=1.2).drop(columns="story"), None)
    )
    single, joint = (_family(scores, strata=strata, adjust=adjust)["p_adjusted"].to_numpy() for adjust in (None, "maxT"))
    slack = 4 * np.sqrt(0.25 / 2000)
    assert (joint >= single - slack).all()
    assert (joint <= np.minimum(1, 3 * single) + slack).all()
    assert (joint > single + slack).any()  # an adjustment that adjusts nothing would pass the two lines above


def test_a_family_that_is_one_measure_twice_is_not_adjusted_by_the_maximum():
    scores = _matched(20, ratio=1.2).assign(copy=lambda t: t["hedging"])
    table = compare_outlets(scores, ["hedging", "copy"], voice="all", strata="story", adjust="maxT")
    assert table["p_adjusted"].iloc[0] == table["p_adjusted"].iloc[1] == pytest.approx(table["p_value"].iloc[0], abs=0.02)


def test_a_family_too_large_for_few_stories_is_warned_of_and_the_maximum_is_not_blocked():
    scores = _matched(6, ratio=3.0).assign(boosters=lambda t: t["hedging"], weasel=lambda t: t["hedging"])
    holm, joint = (_family(scores, strata="story", adjust=adjust) for adjust in ("holm", "maxT"))
    assert holm["note"].str.contains("among 3 tests Holm can never reject this one").all()
    assert (holm["p_adjusted"] > 0.05).all()
    assert joint["p_adjusted"].iloc[0] < 0.05


def test_rows_without_a_test_have_no_joint_p():
    scores = _matched(12).assign(rare=0)
    table = compare_outlets(scores, ["hedging", "rare"], voice="all", strata="story", adjust="maxT")
    assert table["p_adjusted"].isna().tolist() == [False, True]
    assert isinstance(table, pd.DataFrame)
