"""Our estimators against R (tests/reference/reference.R made the values, with base R alone).

NIST's StRD certifies means, variances, linear and nonlinear least squares and analysis of variance. None of these is written here
(regressions are statsmodels', means and variances numpy's), so there is nothing of ours that its digits could certify.
"""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.compare.families import adjust_fdr, adjust_holm
from framing.compare.flips import flip_stories
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "reference"
R = json.loads((FOLDER / "reference.json").read_text(encoding="utf-8"))
SCORES = pd.read_csv(FOLDER / "articles.csv", dtype={"story": str}, keep_default_na=False)
OURS = {"outlets": ["Courier"], "reference": "Ledger", "adjust": None}
WORDS = ["may", "could", "reportedly"]


def close(expected, rel=1e-9):
    return pytest.approx(expected, rel=rel, abs=1e-12)


def _marks():
    counts = SCORES.melt(["article", "outlet"], WORDS, "entry", "count")
    return counts.assign(measure="hedging", voice="journalist")


def test_the_values_were_made_by_r_from_these_articles():
    assert R["made_by"].startswith("R version")
    script = (FOLDER / "reference.R").read_text(encoding="utf-8")
    assert 'read.csv("articles.csv"' in script
    assert set(R) <= set(re.findall(r"^  (\w+) =", script, re.MULTILINE)) | {"p", "p_holm", "p_bh"}
    assert (SCORES[WORDS].sum(axis=1) == SCORES["hedging_journalist"]).all()


def test_the_matched_ratio_is_rs_mantel_haenszel_ratio():
    expected = R["mantel_haenszel"]
    found = fr.compare_outlets(SCORES, "hedging", strata="story", **OURS).iloc[0]
    assert found["estimate"] == close(expected["ratio"])
    assert found["estimate"] == close(expected["ratio_by_odds"])  # by R's own mantelhaen.test
    assert found["n_strata"] == expected["n_strata"]


def test_the_pooled_ratio_is_that_of_rs_poisson_test():
    assert fr.compare_outlets(SCORES, "hedging", **OURS)["estimate"].iloc[0] == close(R["pooled_ratio"])


def test_the_difference_of_the_decomposed_rates_is_the_mantel_haenszel_rate_difference():
    table = fr.decompose_ratio(_marks(), SCORES, "hedging", "Courier", "Ledger", strata="story")
    difference = table["rate"].sum() - table["rate_reference"].sum()
    assert difference == close(R["mantel_haenszel"]["difference_per_1000"])


def test_the_words_contributions_are_rs():
    table = fr.decompose_ratio(_marks(), SCORES, "hedging", "Courier", "Ledger", strata="story").set_index("entry")
    assert table["contribution"].to_dict() == close(R["contributions"])
    assert np.exp(sum(R["contributions"].values())) == close(R["mantel_haenszel"]["ratio"])


def test_the_sign_flip_is_rs_enumeration_of_all_patterns():
    a, b = (np.array(R["mantel_haenszel"][side]) for side in "ab")
    found = flip_stories(a, b, conf_level=0.95, n_resamples=9, seed=0)
    contrast = fr.compare_outlets(SCORES, "hedging", strata="story", **OURS).iloc[0]
    for one in (found, contrast):
        assert one.p_value == close(R["sign_flip"]["p_value"])
        assert (one.conf_low, one.conf_high) == close((R["sign_flip"]["conf_low"], R["sign_flip"]["conf_high"]))


def test_the_label_permutation_is_rs_enumeration_of_all_labellings():
    expected = R["label_permutation"]
    few = pd.concat([SCORES[SCORES["outlet"] == "Courier"].head(4), SCORES[SCORES["outlet"] == "Ledger"].head(6)])
    found = fr.compare_outlets(few, "hedging", **OURS).iloc[0]
    assert (len(few), found["p_value"]) == (expected["articles"], close(expected["p_value"]))


def test_the_length_adjusted_ratio_is_rs_quasi_poisson():
    assert fr.adjust_for_length(SCORES, "hedging", "Courier", "Ledger") == close(R["quasi_poisson"])


def test_an_outlets_rate_interval_and_dispersion_are_rs():
    found = fr.describe_outlets(SCORES, "hedging").set_index("outlet").loc["Courier"]
    assert {name: found[name] for name in R["courier"]} == close(R["courier"])


def test_holms_adjustment_is_rs():
    p, expected = (np.array(R[name], dtype=float) for name in ("p", "p_holm"))
    np.testing.assert_allclose(adjust_holm(p), expected, rtol=1e-12)


def test_fdr_is_rs():
    p, expected = (np.array(R[name], dtype=float) for name in ("p", "p_bh"))
    known = ~np.isnan(p)
    np.testing.assert_allclose(adjust_fdr(p)[known], expected[known], rtol=1e-12)
