"""One contrast under many specifications."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.compare.multiverse import SPECIFICATIONS, multiverse, summarise_multiverse, vary_scores
from framing.compare.quantities import ContrastError
from tests.test_contrasts import _matched


def _scores(ratio=1.4):
    scores = _matched(20, ratio=ratio)
    return scores.assign(
        hedging_journalist=scores["hedging"] // 2, n_words_journalist=scores["n_words"] // 2, n_sentences=scores["n_words"] // 20
    )


def test_each_specification_is_the_contrast_that_its_options_make():
    table = multiverse(_scores(), "hedging", "two", "one", seed=3)
    assert table["specification"].tolist() == list(SPECIFICATIONS)
    for row in table.itertuples():
        alone = fr.compare_outlets(
            _scores(), "hedging", outlets=["two"], reference="one", adjust=None, seed=3, **SPECIFICATIONS[row.specification]
        ).iloc[0]
        assert (row.estimate, row.p_value, row.conf_low) == (alone["estimate"], alone["p_value"], alone["conf_low"])


def test_the_joint_p_is_no_smaller_than_the_single_one_and_below_bonferronis():
    table = multiverse(_scores(1.15), "hedging", "two", "one")
    assert (table["p_adjusted"] >= table["p_value"] - 0.02).all()
    assert (table["p_adjusted"] <= len(table) * table["p_value"] + 0.02).all()


def test_variants_of_the_scores_are_tried_with_the_first_specification():
    halved = _scores().assign(hedging_journalist=lambda t: t["hedging_journalist"] * 2)
    table = multiverse(_scores(), "hedging", "two", "one", variants={"doubled": halved})
    assert table["specification"].iloc[-1] == "doubled"
    assert table["estimate"].iloc[-1] == pytest.approx(table["estimate"].iloc[0])
    assert table["count"].iloc[-1] == 2 * table["count"].iloc[0]


def test_a_multiverse_is_summarised_by_its_range_and_direction():
    table = pd.DataFrame({"estimate": [0.8, 1.2, np.nan, 1.5], "p_value": [0.1, np.nan, np.nan, 0.2]})
    assert summarise_multiverse(table) == {"n": 4, "lowest": 0.8, "highest": 1.5, "n_above_one": 2, "n_tested": 2}


def test_what_a_specification_cannot_ask_for_is_named():
    with pytest.raises(ContrastError, match="'mine' has an option 'colour'"):
        multiverse(_scores(), "hedging", "two", "one", specifications={"mine": {"colour": "red"}})
    with pytest.raises(ContrastError, match="'mine' asks for the variant 'cores'; known are none"):
        multiverse(_scores(), "hedging", "two", "one", specifications={"mine": {"scores": "cores"}})


def test_scores_of_core_entries_lack_exactly_the_borderline_marks(annotated):
    table = vary_scores(annotated, furniture=False)["core entries only"]
    status = {one.id: one.status for name in ("hedging", "weasel") for one in fr.load_lexicon(name)}
    for name in ("hedging", "weasel"):
        marks = annotated.marks[annotated.marks["measure"] == name]
        assert table[name].sum() == np.sum([status[entry] == "core" for entry in marks["entry"]])
