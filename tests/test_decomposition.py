"""The words that carry a ratio, and the ratio without any one story, word or outlet."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.compare.decomposition import COLUMNS, decompose_ratio, leave_one_out, summarise_left_out
from framing.compare.quantities import ContrastError

PAIR = ("hedging", "two", "one")
STRATA = (None, "story")
WORDS = ("may", "could", "reportedly", "perhaps", "might")
# The words as the outlets like them: `perhaps` is used by `two` alone, `might` by `one` alone.
TASTE = {"one": (4, 5, 1, 0, 2), "two": (3, 2, 9, 3, 0), "three": (2, 2, 2, 2, 2)}


def _corpus(S=8, seed=0):
    """Marks and scores of three outlets; the first story is told by one of them only."""
    rng = np.random.default_rng(seed)
    rows, marks = [], []
    for s in range(S):
        for outlet in ("one", "two", "three")[: 3 if s else 1]:
            article = f"{outlet}{s}"
            counts = rng.poisson(TASTE[outlet])
            quoted = rng.poisson(1)
            words = int(rng.integers(200, 800))
            rows.append((article, outlet, f"s{s}", counts.sum() + quoted, counts.sum(), words + 90, words))
            spoken = [(word, "journalist") for word, n in zip(WORDS, counts, strict=True) for _ in range(n)]
            marks += [(article, outlet, "hedging", *one) for one in [*spoken, *[("may", "quoted")] * quoted]]
    marks += [("one1", "one", "boosters", "clearly", "journalist")] * 3
    names = ["article", "outlet", "story", "hedging", "hedging_journalist", "n_words", "n_words_journalist"]
    return pd.DataFrame(marks, columns=["article", "outlet", "measure", "entry", "voice"]), pd.DataFrame(rows, columns=names)


def _contrast(scores, measure="hedging", **options):
    return fr.compare_outlets(scores, measure, outlets=["two"], reference="one", n_resamples=9, **options).iloc[0]


@pytest.mark.parametrize("voice", ["journalist", "all"])
@pytest.mark.parametrize("strata", STRATA)
def test_the_contributions_add_up_to_the_log_of_the_contrasts_ratio(strata, voice):
    marks, scores = _corpus()
    table = decompose_ratio(marks, scores, *PAIR, voice=voice, strata=strata)
    contrast = _contrast(scores, strata=strata, voice=voice)
    assert table["contribution"].sum() == pytest.approx(np.log(contrast["estimate"]), abs=1e-14)
    assert table["share"].sum() == pytest.approx(1, abs=1e-13)
    assert table["rate"].sum() / table["rate_reference"].sum() == pytest.approx(contrast["estimate"], rel=1e-14)
    assert tuple(table[["count", "count_reference"]].sum()) == (contrast["count"], contrast["count_reference"])
    assert table.attrs["ratio"] == pytest.approx(contrast["estimate"], rel=1e-14)
    assert list(table.columns) == list(COLUMNS)
    assert set(table["entry"]) == set(WORDS)
    assert table["contribution"].abs().is_monotonic_decreasing


def test_without_strata_the_rates_are_the_pooled_rates():
    marks, scores = _corpus()
    table, contrast = decompose_ratio(marks, scores, *PAIR), _contrast(scores)
    assert table["rate"].sum() == pytest.approx(contrast["rate"], rel=1e-14)
    assert table["rate_reference"].sum() == pytest.approx(contrast["rate_reference"], rel=1e-14)


@pytest.mark.parametrize("strata", STRATA)
def test_the_ratio_without_an_entry_is_that_of_a_corpus_where_it_is_not_counted(strata):
    marks, scores = _corpus()
    table = decompose_ratio(marks, scores, *PAIR, strata=strata).set_index("entry")
    for entry in WORDS:
        rest = marks[(marks["entry"] != entry) & (marks["measure"] == "hedging") & (marks["voice"] == "journalist")]
        counts = rest.groupby("article").size().reindex(scores["article"], fill_value=0).to_numpy()
        left = _contrast(scores.assign(hedging_journalist=counts), strata=strata)
        assert table.loc[entry, "ratio_without"] == pytest.approx(left["estimate"], rel=1e-13)


def test_a_contribution_is_the_entrys_part_of_the_difference_over_the_logarithmic_mean():
    """By hand: 8 against 4 in equal words; may 2 v 4, could 6 v 0; L = (8 - 4) / log 2."""
    scores = pd.DataFrame({"article": ["a", "b"], "outlet": ["one", "two"], "hedging": [4, 8], "n_words": [400, 400]})
    marks = pd.DataFrame({"article": list("aaaabbbbbbbb"), "measure": "hedging", "entry": ["may"] * 6 + ["could"] * 6})
    table = decompose_ratio(marks, scores, *PAIR, voice="all").set_index("entry")
    assert table["contribution"].to_dict() == pytest.approx({"could": 1.5 * np.log(2), "may": -0.5 * np.log(2)}, rel=1e-14)
    assert table["rate"].to_dict() == {"could": 15.0, "may": 5.0}


@pytest.mark.parametrize("strata", STRATA)
def test_swapping_the_outlets_changes_only_the_signs(strata):
    marks, scores = _corpus()
    forth = decompose_ratio(marks, scores, "hedging", "two", "one", strata=strata).set_index("entry")
    back = decompose_ratio(marks, scores, "hedging", "one", "two", strata=strata).set_index("entry")
    assert back["contribution"].to_dict() == pytest.approx((-forth["contribution"]).to_dict(), rel=1e-12)
    assert back["share"].to_dict() == pytest.approx(forth["share"].to_dict(), rel=1e-12)


def test_joined_entries_contribute_the_sum_of_their_contributions():
    marks, scores = _corpus()
    apart = decompose_ratio(marks, scores, *PAIR, strata="story").set_index("entry")["contribution"]
    joined = decompose_ratio(marks.replace({"entry": {"may": "can", "could": "can"}}), scores, *PAIR, strata="story")
    assert joined.set_index("entry").loc["can", "contribution"] == pytest.approx(apart["may"] + apart["could"], rel=1e-12)


def test_a_single_mark_that_is_left_counts_and_no_rounding_stands_for_one():
    stories = [f"s{s}" for s in range(9)]
    rows = [(outlet + story, outlet, story) for story in stories for outlet in ("one", "two")]
    scores = pd.DataFrame(rows, columns=["article", "outlet", "story"]).assign(n_words=np.arange(18) * 37 % 101 + 100, hedging=1)
    marks = scores[["article"]].assign(measure="hedging", entry="may")
    alone = decompose_ratio(marks, scores, *PAIR, voice="all", strata="story")
    assert np.isnan(alone["ratio_without"].iloc[0])
    marks.loc[[0, 1], "entry"] = "could"
    two = decompose_ratio(marks, scores, *PAIR, voice="all", strata="story").set_index("entry")
    words = scores.set_index("article")["n_words"]
    assert two.loc["may", "ratio_without"] == pytest.approx(words["ones0"] / words["twos0"], rel=1e-12)
    marks.loc[0, "entry"] = "may"
    assert (
        decompose_ratio(marks, scores, *PAIR, voice="all", strata="story").set_index("entry").loc["may", "ratio_without"]
        == np.inf
    )


def test_entries_that_one_outlet_never_uses_have_their_contribution():
    marks, scores = _corpus()
    table = decompose_ratio(marks, scores, *PAIR).set_index("entry")
    assert table.loc["perhaps", "count_reference"] == table.loc["might", "count"] == 0
    assert table.loc["perhaps", "contribution"] > 0 > table.loc["might", "contribution"]


def test_a_category_of_a_measure_is_decomposed_by_its_own_entries():
    marks, scores = _corpus()
    marks["category"] = marks["entry"].map({"may": "modal", "could": "modal"}).fillna("other")
    chosen = marks[(marks["category"] == "modal") & (marks["voice"] == "journalist")].groupby("article").size()
    scores["hedging_modal_journalist"] = chosen.reindex(scores["article"], fill_value=0).to_numpy()
    table = decompose_ratio(marks, scores, "hedging_modal", "two", "one", strata="story")
    assert set(table["entry"]) == {"may", "could"}
    contrast = _contrast(scores, "hedging_modal", strata="story")
    assert table["contribution"].sum() == pytest.approx(np.log(contrast["estimate"]))


def test_the_demos_words_and_verbs_are_decomposed(annotated, scores):
    outlet, reference, stance = "Marrow Bay Courier", "Harbour Ledger", "attributions_stance_neutral"
    words = decompose_ratio(annotated.marks, scores, "hedging", outlet, reference, strata="story")
    assert words["entry"].str.startswith("hedging/").all()
    speech = annotated.attributions[annotated.attributions["scope"] == "reported_speech"]
    neutral = speech[speech["stance"] == "neutral"]
    verbs = decompose_ratio(
        neutral.assign(measure=stance, entry=neutral["lemma"]), scores, stance, outlet, reference, strata="story"
    )
    contrast = fr.compare_outlets(scores, stance, outlets=[outlet], reference=reference, strata="story").iloc[0]
    assert verbs["contribution"].sum() == pytest.approx(np.log(contrast["estimate"]), abs=1e-13)


def test_counts_by_outlet_are_enough_without_strata_and_refused_with_them():
    marks, scores = _corpus()
    counts = marks.groupby(["outlet", "measure", "entry", "voice"]).size().rename("count").reset_index()
    pd.testing.assert_frame_equal(decompose_ratio(counts, scores, *PAIR), decompose_ratio(marks, scores, *PAIR))
    with pytest.raises(ContrastError, match=r"The marks have no column 'article', which strata='story' needs"):
        decompose_ratio(counts, scores, *PAIR, strata="story")


def test_marks_that_the_scores_do_not_count_are_refused():
    marks, scores = _corpus()
    one_less = marks.drop(marks[(marks["article"] == "two1") & (marks["voice"] == "journalist")].index[:1])
    with pytest.raises(ContrastError, match=r"The scores count \d+ in 'hedging_journalist' of article 'two1' and the marks hold"):
        decompose_ratio(one_less, scores, *PAIR)


def test_a_ratio_near_one_has_contributions_and_no_shares():
    scores = pd.DataFrame({"article": ["a", "b"], "outlet": ["one", "two"], "hedging": [6, 6], "n_words": [400, 400]})
    marks = pd.DataFrame({"article": list("aaaaaabbbbbb"), "measure": "hedging", "entry": ["may"] * 4 + ["could"] * 8})
    for words in ([400, 400], [400, 400.0000001], [400, 415]):
        table = decompose_ratio(marks, scores.assign(n_words=words), *PAIR, voice="all")
        assert table["share"].isna().all()
        assert table["contribution"].abs().max() == pytest.approx(4 / 6, rel=0.05)
        assert table["contribution"].sum() == pytest.approx(np.log(400 / words[1]), abs=1e-14)
    assert decompose_ratio(marks, scores.assign(n_words=[400, 440]), *PAIR, voice="all")["share"].notna().all()


def test_rare_entries_carry_a_warning():
    marks, scores = _corpus()
    assert (decompose_ratio(marks, scores, *PAIR)["status"] == "ok").all()
    rare = decompose_ratio(marks.assign(entry=marks["entry"] + (marks.index // 3).astype(str)), scores, *PAIR)
    assert (rare["status"] == "warning").all()
    assert set(rare["note"]) == {"fewer than 5 occurrences"}


@pytest.mark.parametrize("strata", STRATA)
def test_a_side_without_occurrences_is_described(strata):
    marks, scores = _corpus()
    scores.loc[scores["outlet"] == "two", ["hedging", "hedging_journalist"]] = 0
    table = decompose_ratio(marks[marks["outlet"] != "two"], scores, *PAIR, strata=strata)
    assert (table["status"] == "descriptive").all()
    assert set(table["note"]) == {"one side has no occurrence: there is no log ratio"}
    assert table[["contribution", "share"]].isna().all().all()
    assert (table["rate_reference"] > 0).all()
    assert table.attrs["ratio"] == 0


@pytest.mark.parametrize("strata", STRATA)
def test_no_occurrence_at_all_or_no_shared_stratum_gives_an_empty_table_with_columns(strata):
    marks, scores = _corpus()
    none = decompose_ratio(marks[marks["measure"] == "boosters"], scores.assign(hedging_journalist=0), *PAIR, strata=strata)
    apart = decompose_ratio(marks, scores.assign(story=scores["article"]), *PAIR, strata="story")
    for table in (none, apart):
        assert list(table.columns) == list(COLUMNS)
        assert table.empty
        assert np.isnan(table.attrs["ratio"])


@pytest.mark.parametrize("strata", STRATA)
@pytest.mark.parametrize("by", ["story", "article"])
def test_leaving_out_a_part_gives_the_contrast_of_the_rest(by, strata):
    _, scores = _corpus()
    table = leave_one_out(scores, *PAIR, by=by, strata=strata)
    assert table["estimate"].is_monotonic_increasing
    assert table["full"].to_numpy() == pytest.approx(_contrast(scores, strata=strata)["estimate"], rel=1e-14)
    for row in table.itertuples():
        rest = _contrast(scores[scores[by] != row.left_out], strata=strata)
        assert row.estimate == pytest.approx(rest["estimate"], rel=1e-14)


def test_only_stories_that_count_are_left_out():
    _, scores = _corpus()
    scores.loc[scores["story"] == "s1", "story"] = ""
    scores.loc[scores["story"] == "s2", "story"] = None
    matched = leave_one_out(scores, *PAIR, strata="story")
    assert matched["full"].iloc[0] == pytest.approx(_contrast(scores, strata="story")["estimate"], rel=1e-14)
    assert sorted(matched["left_out"]) == [f"s{s}" for s in range(3, 8)]
    assert sorted(leave_one_out(scores, *PAIR)["left_out"]) == ["s0", *(f"s{s}" for s in range(3, 8))]


@pytest.mark.parametrize("strata", STRATA)
def test_leaving_out_entries_is_the_decompositions_ratio_without_them(strata):
    marks, scores = _corpus()
    table = leave_one_out(scores, *PAIR, by="entry", marks=marks, strata=strata).set_index("left_out")
    without = decompose_ratio(marks, scores, *PAIR, strata=strata).set_index("entry")["ratio_without"]
    assert table["estimate"].to_dict() == without.to_dict()
    with pytest.raises(ContrastError, match="by='entry' needs the marks table"):
        leave_one_out(scores, *PAIR, by="entry")


@pytest.mark.parametrize("strata", STRATA)
def test_leaving_out_an_outlet_compares_with_the_others_pooled(strata):
    _, scores = _corpus()
    table = leave_one_out(scores, "hedging", "two", ["one", "three"], by="outlet", strata=strata).set_index("left_out")
    pooled = _contrast(scores.replace({"outlet": {"three": "one"}}), strata=strata)["estimate"]
    assert table["full"].to_numpy() == pytest.approx(pooled, rel=1e-14)
    assert table.loc["three", "estimate"] == pytest.approx(_contrast(scores, strata=strata)["estimate"], rel=1e-14)
    assert set(table.index) == {"one", "three"}


@pytest.mark.parametrize(
    ("reference", "by", "sentence"),
    [
        ("one", "outlet", "by='outlet' leaves out outlets of a pooled reference; name two or more"),
        (["one"], "outlet", "name two or more"),
        (["one", "two"], "story", "The outlet 'two' needs another outlet beside it"),
        ([], "story", "The outlet 'two' needs another outlet beside it"),
        ("nowhere", "story", "There is no outlet 'nowhere'"),
        ("one", "desk", "There is no column 'desk' for by="),
    ],
)
def test_what_cannot_be_left_out_is_refused_in_one_sentence(reference, by, sentence):
    with pytest.raises(ContrastError, match=sentence):
        leave_one_out(_corpus()[1], "hedging", "two", reference, by=by)


def test_nothing_left_is_missing_and_nothing_in_the_reference_is_infinite():
    counts = {"hedging": [4, 8, 0, 1], "n_words": [400] * 4}
    scores = pd.DataFrame({"article": list("abcd"), "outlet": ["one", "two"] * 2, "story": list("1122"), **counts})
    assert leave_one_out(scores, *PAIR, voice="all").set_index("left_out")["estimate"].to_dict() == {"1": np.inf, "2": 2.0}
    single = leave_one_out(scores.head(2), *PAIR, voice="all", strata="story")
    assert single["estimate"].isna().all()
    assert summarise_left_out(single).iloc[0][["n", "n_undefined", "same_side"]].tolist() == [1, 1, False]


def test_ranges_are_summarised_by_kind():
    rows = [("story", "s1", 0.8), ("story", "s2", 1.1), ("story", "s3", np.nan), ("entry", "may", 0.7), ("entry", "could", 0.9)]
    table = summarise_left_out(pd.DataFrame(rows, columns=["by", "left_out", "estimate"]).assign(full=0.85))
    assert table.to_dict("records") == [
        {
            "by": "story", "n": 3, "n_undefined": 1, "full": 0.85, "lowest": 0.8, "without_lowest": "s1", "highest": 1.1,
            "without_highest": "s2", "same_side": False,
        },
        {
            "by": "entry", "n": 2, "n_undefined": 0, "full": 0.85, "lowest": 0.7, "without_lowest": "may", "highest": 0.9,
            "without_highest": "could", "same_side": True,
        },
    ]  # fmt: skip


def test_the_tables_given_stay_as_they_were():
    marks, scores = _corpus()
    before = marks.copy(), scores.copy()
    decompose_ratio(marks, scores, *PAIR, strata="story")
    leave_one_out(scores, *PAIR, by="entry", marks=marks)
    pd.testing.assert_frame_equal(marks, before[0])
    pd.testing.assert_frame_equal(scores, before[1])
