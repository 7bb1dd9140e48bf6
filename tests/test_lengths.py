"""The same contrast with the articles' length held constant."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

from framing.compare.contrasts import compare_outlets
from framing.compare.lengths import adjust_for_length

PAIR = ("hedging", "two", "one")


def _scores(S=8, seed=0):
    rng = np.random.default_rng(seed)
    rows = [(outlet, f"s{s}") for s in range(S) for outlet in ("one", "two")]
    table = pd.DataFrame(rows, columns=["outlet", "story"])
    table.insert(0, "article", [f"art{i:02}" for i in range(len(table))])
    table["n_words_journalist"] = rng.integers(200, 800, len(table))
    table["n_words"] = table["n_words_journalist"] + rng.integers(50, 300, len(table))
    table["hedging_journalist"] = 1 + rng.poisson(np.where(table["outlet"] == "two", 9, 6))
    table["hedging"] = table["hedging_journalist"] + rng.poisson(3, len(table))
    return table


def test_the_length_adjusted_ratio_is_statsmodels_quasi_poisson():
    scores = _scores(S=15, seed=3)
    found = adjust_for_length(scores, *PAIR)
    fit = smf.glm(
        "hedging_journalist ~ two + length",
        scores.assign(two=(scores["outlet"] == "two") * 1.0, length=np.log(scores["n_words"])),
        family=sm.families.Poisson(),
        offset=np.log(scores["n_words_journalist"]),
    ).fit(scale="X2", use_t=True)
    low, high = np.exp(fit.conf_int().loc["two"])
    expected = {
        "estimate": np.exp(fit.params["two"]), "conf_low": low, "conf_high": high, "length_slope": fit.params["length"],
    }  # fmt: skip
    assert found == pytest.approx(expected, rel=1e-8)


def test_the_length_adjusted_ratio_recovers_a_length_effect_that_the_plain_ratio_takes_for_an_outlets():
    scores = _scores(S=200, seed=4)
    scores["n_words"] *= np.where(scores["outlet"] == "two", 3, 1)
    scores["hedging"] = np.random.default_rng(1).poisson(0.2 * scores["n_words"] ** 0.6)
    plain = compare_outlets(scores, "hedging", voice="all", reference="one", n_resamples=19).iloc[0]["estimate"]
    found = adjust_for_length(scores, *PAIR, voice="all")
    assert plain < 0.75
    assert found["conf_low"] < 1 < found["conf_high"]
    assert found["length_slope"] == pytest.approx(-0.4, abs=0.1)


def test_equal_lengths_leave_the_plain_ratio_and_no_slope():
    scores = _scores().assign(n_words=500)
    sums = scores.groupby("outlet")["hedging"].sum()
    found = adjust_for_length(scores, *PAIR, voice="all")
    assert found["estimate"] == pytest.approx(sums["two"] / sums["one"], rel=1e-9)
    assert np.isnan(found["length_slope"])
