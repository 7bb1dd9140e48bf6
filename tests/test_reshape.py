"""Scores as long tables and back, and the regressions of docs/regression.md."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.compare.quantities import ContrastError
from framing.compare.reshape import LONG_COLUMNS, to_long, to_wide
from tests.conftest import ROOT

MEASURES = ["hedging", "attributions", "attributions_stance_neutral", "n_attributed_words", "labels_fighters"]
VOICES = ["journalist", "quoted", "reported", "all"]


@pytest.mark.parametrize("voice", [*VOICES, VOICES])
@pytest.mark.parametrize("measures", ["hedging", MEASURES])
def test_the_way_to_long_and_back_loses_nothing(scores, measures, voice):
    long = to_long(scores, measures, voice=voice)
    wide = to_wide(long)
    pd.testing.assert_frame_equal(wide, scores[wide.columns])
    pd.testing.assert_frame_equal(to_long(wide, measures, voice=voice), long)


def test_every_article_measure_and_voice_has_its_row(scores):
    long = to_long(scores, MEASURES, voice=VOICES)
    assert list(long.columns) == list(LONG_COLUMNS)
    spoken = {"hedging", "labels_fighters"}
    assert len(long) == len(scores) * (len(spoken) * len(VOICES) + len(MEASURES) - len(spoken))
    assert set(long.loc[~long["measure"].isin(spoken), "voice"]) == {"all"}
    assert not long.duplicated(["article", "measure", "voice"]).any()
    hedges = long[long["measure"] == "hedging"].groupby("voice")[["count", "exposure"]].sum()
    assert (hedges.loc[["journalist", "quoted", "reported"]].sum() == hedges.loc["all"]).all()
    kinds = long[long["measure"] == "attributions_stance_neutral"]
    assert kinds["exposure"].tolist() == scores["n_attributions"].tolist()


def test_attributions_stand_under_all_voices_whichever_is_asked_for(scores):
    assert set(to_long(scores, MEASURES[1:4])["voice"]) == {"all"}


def test_the_order_of_the_rows_does_not_matter(scores):
    long = to_long(scores, MEASURES, voice=VOICES)
    wide = to_wide(long.sample(frac=1, random_state=0))
    expected = to_wide(long)
    pd.testing.assert_frame_equal(
        wide.set_index("article").loc[expected["article"], expected.columns[1:]].reset_index(), expected
    )


def test_contrasts_of_the_returned_scores_are_the_same(scores):
    outlets = {"outlets": ["Harbour Ledger"], "reference": "Marrow Bay Courier", "strata": "story"}
    pd.testing.assert_frame_equal(
        fr.compare_outlets(to_wide(to_long(scores, "hedging")), "hedging", **outlets),
        fr.compare_outlets(scores, "hedging", **outlets),
    )


def test_the_rows_follow_the_articles_whatever_the_index(scores):
    shuffled = scores.sample(frac=1, random_state=0)
    repeated = scores.set_axis([7] * len(scores))
    assert to_long(shuffled, MEASURES)["article"].drop_duplicates().tolist() == shuffled["article"].tolist()
    pd.testing.assert_frame_equal(to_long(repeated, MEASURES), to_long(scores, MEASURES))


def test_missing_stories_and_missing_columns_survive():
    scores = pd.DataFrame(
        {"article": list("abc"), "outlet": list("xxy"), "story": ["1", None, np.nan], "hedging": [0, 2, 1], "n_words": 90}
    )
    wide = to_wide(to_long(scores, "hedging", voice="all"))
    assert wide["story"].isna().tolist() == [False, True, True]
    assert list(wide.columns) == ["article", "outlet", "story", "n_words", "hedging"]
    assert wide["hedging"].dtype == "int64"


def test_what_cannot_be_reshaped_is_refused_in_one_sentence(scores):
    long = to_long(scores, ["hedging", "attributions"], voice=["journalist", "all"])
    first = long["article"].iloc[0]
    refused = {
        f"The article '{first}' has no row for 'hedging' in the voice 'journalist'": long.drop(0),
        f"The article '{first}' has two rows for 'hedging'": pd.concat([long, long.head(1)]),
        f"The rows of article '{first}' differ in 'outlet'": long.assign(outlet=["elsewhere", *long["outlet"][1:]]),
        f"The rows of article '{first}' give 'n_words' two values": long.assign(
            exposure=long["exposure"].where(long.index != 2, 1)
        ),
        "The long table has no column 'voice'": long.drop(columns="voice"),
    }
    for sentence, table in refused.items():
        with pytest.raises(ContrastError, match=re.escape(sentence)):
            to_wide(table)
    with pytest.raises(ContrastError, match="'hedging_narrator' is missing"):
        to_long(scores, "hedging", voice="narrator")
    with pytest.raises(ContrastError, match="No measure was asked for"):
        to_long(scores, [])


def test_the_documentation_runs():
    text = (ROOT / "docs" / "regression.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 6
    for block in blocks:
        exec(compile(block, "regression.md", "exec"), names)
