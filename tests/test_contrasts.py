"""The Mantel-Haenszel ratio, what compare_outlets refuses and warns of, rates, Holm, and the design table."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests

from framing.compare.contrasts import compare_outlets
from framing.compare.descriptions import COLUMNS as DESCRIPTION_COLUMNS
from framing.compare.descriptions import describe_outlets
from framing.compare.design import compare_design
from framing.compare.families import adjust_holm
from framing.compare.inference import COLUMNS
from framing.compare.quantities import ContrastError, choose_quantity


def _scores(rows):
    """(outlet, story, count, words) for every article."""
    table = pd.DataFrame(rows, columns=["outlet", "story", "hedging", "n_words"])
    table.insert(0, "article", [f"art{i:03}" for i in range(len(table))])
    return table


def _matched(S=12, ratio=2.0, seed=0, outlets=("one", "two")):
    """Every outlet on every story; the last outlet has the higher rate."""
    rng = np.random.default_rng(seed)
    return _scores([
        (outlet, f"s{s:02}", 2 + rng.poisson(8 * (ratio if outlet == outlets[-1] else 1)), int(rng.integers(500, 700)))
        for s in range(S)
        for outlet in outlets
    ])  # fmt: skip


def _unmatched(n_a=12, n_b=12, ratio=2.0, seed=0):
    rng = np.random.default_rng(seed)
    return _scores([
        (outlet, "", 2 + rng.poisson(8 * rate), int(rng.integers(500, 700)))
        for outlet, n, rate in (("one", n_a, 1.0), ("two", n_b, ratio))
        for _ in range(n)
    ])  # fmt: skip


def _compare(scores, measures="hedging", **options):
    return compare_outlets(scores, measures, **{"voice": "all", "n_resamples": 199, **options})


def _only(scores, **options):
    table = _compare(scores, **options)
    assert len(table) == 1
    return table.iloc[0]


def _is_descriptive(row, reason):
    assert row["status"] == "descriptive"
    assert reason in row["note"]
    assert row[["p_value", "p_adjusted", "conf_low", "conf_high"]].isna().all()


# The estimate


def test_with_one_stratum_the_ratio_is_that_of_the_pooled_rates_and_of_a_poisson_glm_with_offset():
    scores = _unmatched(7, 9)
    row = _only(scores)
    sums = scores.groupby("outlet")[["hedging", "n_words"]].sum()
    rates = sums["hedging"] / sums["n_words"]
    design = sm.add_constant((scores["outlet"] == "two").astype(float))
    model = sm.GLM(scores["hedging"], design, family=sm.families.Poisson(), offset=np.log(scores["n_words"]))
    glm = np.exp(model.fit(tol=1e-14).params["outlet"])
    assert (row["outlet"], row["reference"]) == ("two", "one")
    assert row["estimate"] == pytest.approx(rates["two"] / rates["one"], rel=1e-12)
    assert row["estimate"] == pytest.approx(glm, rel=1e-9)
    assert (row["rate"], row["rate_reference"]) == pytest.approx((1000 * rates["two"], 1000 * rates["one"]), rel=1e-12)


TWO_STRATA = (("two", "s1", 10, 1000), ("one", "s1", 5, 500), ("two", "s2", 6, 400), ("one", "s2", 2, 600))


@pytest.mark.parametrize("strata", ["story", "topic"])
def test_with_strata_the_ratio_is_the_one_computed_by_hand(strata):
    row = _only(_scores(TWO_STRATA).assign(topic=lambda t: t["story"]), strata=strata)
    # (10*500/1500 + 6*600/1000) / (5*1000/1500 + 2*400/1000) = (104/15) / (62/15)
    assert row["estimate"] == pytest.approx(52 / 31, rel=1e-12)
    assert row["n_strata"] == 2


def test_strata_with_one_of_the_outlets_or_without_a_name_drop_out():
    extra = [("two", "s3", 90, 100), ("one", "s4", 70, 100), ("one", "", 50, 100), ("two", "", 60, 100), ("other", "s1", 99, 100)]
    row = _only(_scores([*TWO_STRATA, *extra]), strata="story", outlets=["one", "two"])
    alone = _only(_scores(TWO_STRATA), strata="story")
    pd.testing.assert_series_equal(row, alone)


@pytest.mark.parametrize(("counts", "ratio"), [((0, 20), np.inf), ((20, 0), 0.0), ((0, 0), np.nan)])
def test_zero_counts_give_a_ratio_of_zero_infinity_or_nothing_and_no_test(counts, ratio):
    rows = [(outlet, f"s{s}", count, 500) for s in range(8) for outlet, count in zip(("one", "two"), counts, strict=True)]
    for strata in ("story", None):
        row = _only(_scores(rows), strata=strata)
        np.testing.assert_equal(row["estimate"], ratio)
        _is_descriptive(row, "fewer than 5 occurrences in one outlet")


def test_articles_without_exposure_are_left_out():
    scores, empty = _matched(), _scores([("one", "s00", 0, 0), ("two", "s01", 3, 0), ("two", "s99", 0, 0)])
    with_empty = pd.concat([scores, empty.assign(article=["x", "y", "z"])], ignore_index=True)
    for strata in ("story", None):
        pd.testing.assert_series_equal(_only(with_empty, strata=strata), _only(scores, strata=strata))


def test_without_any_exposure_nothing_can_be_compared():
    row = _only(_matched().assign(n_words=0), strata="story")
    _is_descriptive(row, "share no stratum")
    assert np.isnan(row["estimate"])


@pytest.mark.parametrize("strata", ["story", None])
def test_the_order_of_the_rows_changes_nothing(strata):
    scores = _matched(20)
    shuffled = scores.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(_compare(shuffled, strata=strata), _compare(scores, strata=strata), check_exact=True)


@pytest.mark.parametrize("strata", ["story", None])
def test_swapping_the_outlets_inverts_the_ratio(strata):
    scores = _matched(20, ratio=1.3)
    one, two = (_only(scores, strata=strata, reference=name) for name in ("one", "two"))
    assert (one["outlet"], two["outlet"]) == ("two", "one")
    assert one["estimate"] == pytest.approx(1 / two["estimate"], rel=1e-12)
    assert one["p_value"] == two["p_value"]
    assert (one["conf_low"], one["conf_high"]) == pytest.approx((1 / two["conf_high"], 1 / two["conf_low"]), rel=1e-5)


@pytest.mark.parametrize("strata", ["story", None])
def test_the_same_seed_gives_the_same_bytes(strata):
    scores = _matched(20, ratio=1.2)
    one, two, other = (_compare(scores, strata=strata, seed=seed).to_csv() for seed in (1, 1, 2))
    assert one == two != other


def test_the_voice_chooses_counts_and_exposure_of_the_same_words():
    assert choose_quantity("hedging", "quoted").exposure == "n_words_quoted"
    assert choose_quantity("hedging", "all").count == "hedging"
    assert choose_quantity("attributions_mode_direct").exposure == "n_attributions"
    assert choose_quantity("attributions").count == "n_attributions"
    scores = _matched().assign(hedging_journalist=lambda t: t["hedging"] // 2, n_words_journalist=lambda t: t["n_words"] - 100)
    row = compare_outlets(scores, "hedging", n_resamples=9).iloc[0]
    assert row["count"] == scores.loc[scores["outlet"] == "two", "hedging_journalist"].sum()


def test_a_reference_is_compared_with_every_other_outlet_and_no_reference_with_each_other():
    scores = _matched(outlets=("a", "b", "c"))
    assert _compare(scores, strata="story", reference="b")[["outlet", "reference"]].to_numpy().tolist() == [
        ["a", "b"],
        ["c", "b"],
    ]
    pairs = _compare(scores, strata="story")
    assert pairs[["outlet", "reference"]].to_numpy().tolist() == [["b", "a"], ["c", "a"], ["c", "b"]]
    assert tuple(pairs.columns) == COLUMNS
    assert pairs.attrs == {"seed": 0, "n_resamples": 199, "conf_level": 0.95, "voice": "all", "strata": "story"}


def test_copies_named_by_cluster_count_as_one_unit():
    scores = _unmatched(12, 12).assign(copies=lambda t: [f"c{i // 2}" for i in range(len(t))])
    assert _only(scores, cluster="copies")["n_units"] == 12
    assert _only(scores)["n_units"] == 24
    assert _only(scores, cluster="copies")["estimate"] == _only(scores)["estimate"]


def test_articles_without_a_cluster_stand_for_themselves():
    scores = _unmatched(12, 12)
    for gap in ("", None):
        row = _only(scores.assign(copies=[gap] * 20 + ["c1", "c1", "c2", "c2"]), cluster="copies")
        assert row["n_units"] == 22
        alone = _only(scores.assign(copies=[gap] * 24), cluster="copies")
        pd.testing.assert_series_equal(alone[list(COLUMNS)], _only(scores))


def test_articles_without_a_story_share_none():
    for gap in ("", None):
        scores = _unmatched(12, 12).assign(story=gap)
        assert _only(scores)["note"] == ""
        assert compare_design(scores)["n_stories_shared"].tolist() == [0]
        _is_descriptive(_only(scores, strata="story"), "the two outlets share no stratum")


# What is refused


def test_one_article_per_outlet_is_described_only():
    row = _only(_scores([("one", "", 9, 500), ("two", "", 18, 500)]))
    _is_descriptive(row, "a single article")
    assert (row["estimate"], row["rate"], row["rate_reference"]) == (2.0, 36.0, 18.0)


def test_one_article_against_many_is_described_only():
    _is_descriptive(_only(_unmatched(1, 40)), "a single article")


def test_one_story_is_described_only():
    rows = [(outlet, "s1", 9, 500) for outlet in ("one", "two") for _ in range(5)]
    row = _only(_scores(rows), strata="story")
    _is_descriptive(row, "with 1 shared stories the smallest attainable p is 1,")


def test_five_stories_are_described_only_and_six_are_tested():
    five, six = (_only(_matched(S), strata="story") for S in (5, 6))
    _is_descriptive(five, "with 5 shared stories the smallest attainable p is 0.0625, above 0.05; collect more")
    assert six["status"] == "warning"
    assert six["min_p"] == 1 / 32
    assert six["p_value"] >= 1 / 32


@pytest.mark.parametrize(("n_a", "n_b", "tested"), [(3, 3, False), (2, 3, False), (3, 4, True), (4, 4, True), (2, 8, True)])
def test_small_unmatched_designs_are_tested_from_the_first_that_can_reach_alpha(n_a, n_b, tested):
    row = _only(_unmatched(n_a, n_b))
    if tested:
        assert row["status"] == "warning"
        assert row["p_value"] > 0
    else:
        _is_descriptive(row, f"with {n_a + n_b} articles the smallest attainable p is 0.1")


def test_outlets_that_share_no_stratum_are_described_only():
    rows = [(outlet, f"{outlet}{i}", 9, 500) for outlet in ("one", "two") for i in range(8)]
    row = _only(_scores(rows), strata="story")
    _is_descriptive(row, "the two outlets share no stratum")
    assert row["n_strata"] == row["n_articles"] == 0


def test_fewer_than_five_occurrences_are_described_only_and_five_are_tested():
    four, five = _matched().assign(hedging=lambda t: np.where(t["outlet"] == "one", 0, 2)), None
    four.loc[four["outlet"] == "one", "hedging"] = [1] * 4 + [0] * 8
    five = four.copy()
    five.loc[five["outlet"] == "one", "hedging"] = [1] * 5 + [0] * 7
    _is_descriptive(_only(four, strata="story"), "fewer than 5 occurrences in one outlet")
    row = _only(five, strata="story")
    assert row["status"] == "warning"
    assert "fewer than 10 occurrences in an outlet" in row["note"]
    assert row["p_value"] < 0.05


# What is warned of

UNEVEN = "one outlet has three times as many units as the other"


def test_a_good_design_is_ok_and_has_no_note():
    for row in (_only(_matched(), strata="story"), _only(_unmatched())):
        assert (row["status"], row["note"]) == ("ok", "")
        assert row["conf_low"] < row["estimate"] < row["conf_high"]


@pytest.mark.parametrize(
    ("scores", "options", "note"),
    [
        (_unmatched(9, 10), {}, "fewer than 10 independent units in an outlet"),
        (_matched(9), {"strata": "story"}, "fewer than 10 independent units in an outlet"),
        (_unmatched(10, 30), {}, UNEVEN),
        (_unmatched(10, 30), {"method": "jackknife"}, UNEVEN),
        (_matched(12), {}, "the outlets share stories but strata='story' was not given"),
    ],
)  # fmt: skip
def test_a_weak_design_is_tested_with_a_warning(scores, options, note):
    row = _only(scores, **options)
    assert (row["status"], row["note"]) == ("warning", note)
    assert 0 < row["p_value"] <= 1


def test_articles_that_vary_far_more_than_the_others_are_told():
    hits = [5 + i % 2 for i in range(20)] + [20 if i % 4 == 0 else i % 2 for i in range(20)]
    row = _only(_scores([("one" if i < 20 else "two", "", hits[i], 600) for i in range(40)]))
    assert row["status"] == "warning"
    assert re.fullmatch(r"one outlet's articles vary \d+\.\d times as much .* the true level may be \.08", row["note"])


def test_several_articles_in_a_story_are_not_several_independent_units():
    scores = pd.concat([_matched(7, seed=seed) for seed in (1, 2)], ignore_index=True).assign(
        article=lambda t: [str(i) for i in range(len(t))]
    )
    row = _only(scores, strata="story")
    assert (row["n_articles"], row["n_units"]) == (14, 7)
    assert row["note"] == "fewer than 10 independent units in an outlet"


def test_unequal_lengths_are_warned_of():
    scores = _unmatched()
    scores.loc[scores["outlet"] == "two", "n_words"] *= 2
    row = _only(scores)
    medians = scores.groupby("outlet")["n_words"].median()
    assert row["status"] == "warning"
    assert row["note"] == f"articles differ in length (median ratio {medians['two'] / medians['one']:.2f})"


# What is an error


@pytest.mark.parametrize(
    ("change", "options", "sentence"),
    [
        ({}, {"measures": "gloom"}, "There is no measure 'gloom' in the scores: the column 'gloom' is missing; known are none."),
        ({"hedging_journalist": 1}, {"voice": "quoted"},
         "There is no measure 'hedging' in the scores: the column 'hedging_quoted' is missing; known are hedging."),
        ({}, {"reference": "three"}, "There is no outlet 'three' in the scores; known are one, two."),
        ({}, {"outlets": ["one", "four"]}, "There is no outlet 'four' in the scores; known are one, two."),
        ({}, {"strata": "month"},
         "There is no column 'month' for strata=; the scores have article, outlet, story, hedging, n_words ..."),
        ({}, {"cluster": "copy"},
         "There is no column 'copy' for cluster=; the scores have article, outlet, story, hedging, n_words ..."),
        ({}, {"adjust": "bonferroni"}, "There is no adjust 'bonferroni'; adjust= is 'holm', 'maxT', 'fdr_bh' or None."),
        ({}, {"effect": "odds"}, "There is no effect 'odds'; effect= is 'rate_ratio', 'rate_difference' or 'mean_difference'."),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(change, options, sentence):
    with pytest.raises(ContrastError) as error:
        _compare(_matched().assign(**change), **options)
    assert str(error.value) == sentence


@pytest.mark.parametrize("column", ["hedging", "n_words"])
@pytest.mark.parametrize(("value", "shown"), [(np.nan, "nan"), (-3.0, "-3.0")])
def test_a_missing_or_negative_count_is_named_with_its_column_and_article(column, value, shown):
    scores = _matched().astype({column: float})
    scores.loc[5, column] = value
    for ask in (_compare, lambda table: describe_outlets(table, "hedging", voice="all")):
        with pytest.raises(ContrastError) as error:
            ask(scores)
        assert str(error.value) == f"The column '{column}' holds {shown} for article 'art005'; counts are 0 or more."


def test_an_article_that_stands_twice_is_named():
    scores = _matched()
    with pytest.raises(ContrastError) as error:
        _compare(pd.concat([scores, scores.iloc[[3]]]))
    assert str(error.value) == "The article 'art003' stands twice in the scores; keep one row for each article."


# Several tests


@pytest.mark.parametrize("seed", range(10))
def test_holm_agrees_with_statsmodels_and_leaves_missing_p_missing(seed):
    rng = np.random.default_rng(seed)
    p = np.round(rng.uniform(size=12) ** 3, 2)
    with_gaps = np.insert(p, [3, 7], np.nan)
    assert adjust_holm(p).tolist() == pytest.approx(multipletests(p, method="holm")[1].tolist(), abs=1e-15)
    assert np.isnan(adjust_holm(with_gaps)[[3, 8]]).all()
    assert adjust_holm(with_gaps)[~np.isnan(with_gaps)].tolist() == adjust_holm(p).tolist()


def test_p_is_adjusted_over_all_rows_that_have_one():
    scores = _matched(S=10, ratio=1.4).assign(boosters=lambda t: t["hedging"][::-1].to_numpy(), rare=0)
    table = _compare(scores, ["hedging", "boosters", "rare"], strata="story")
    assert table["p_value"].notna().tolist() == [True, True, False]
    expected = multipletests(table["p_value"].iloc[:2], method="holm")[1]
    assert table["p_adjusted"].iloc[:2].tolist() == pytest.approx(expected.tolist(), abs=1e-15)
    assert (table["adjust"] == "holm").all()
    alone = _compare(scores, ["hedging", "boosters"], strata="story", adjust=None)
    assert (alone["p_adjusted"] == alone["p_value"]).all()
    assert (alone["adjust"] == "none").all()


# Rates of every outlet


def test_rates_dispersion_and_shares_agree_with_direct_formulas():
    scores = _unmatched(8, 6)
    scores.loc[0, "hedging"] = 0
    table = describe_outlets(scores, "hedging", voice="all")
    assert tuple(table.columns) == DESCRIPTION_COLUMNS
    for row in table.itertuples():
        mine = scores[scores["outlet"] == row.outlet]
        y, T = mine["hedging"].to_numpy(float), mine["n_words"].to_numpy(float)
        glm = sm.GLM(y, np.ones_like(y), family=sm.families.Poisson(), offset=np.log(T)).fit(tol=1e-14)
        assert (row.n_articles, row.n_words, row.count) == (len(y), T.sum(), y.sum())
        assert row.rate == pytest.approx(1000 * y.sum() / T.sum(), rel=1e-12)
        assert row.dispersion == pytest.approx(glm.pearson_chi2 / glm.df_resid, rel=1e-9)
        assert row.share_zero == (y == 0).mean()
        assert row.top_article_share == y.max() / y.sum()


def test_the_interval_of_a_rate_is_a_jackknife_over_articles():
    scores = _unmatched(6, 6)
    row = describe_outlets(scores, "hedging", voice="all").iloc[0]
    mine = scores[scores["outlet"] == "one"]
    rates = [np.log(rest["hedging"].sum() / rest["n_words"].sum()) for rest in (mine.drop(i) for i in mine.index)]
    reach = 2.570581835636314 * np.sqrt(5 * np.var(rates))  # t(5) at .975, from a table
    assert (row["conf_low"], row["conf_high"]) == pytest.approx((row["rate"] * np.exp(-reach), row["rate"] * np.exp(reach)))


@pytest.mark.parametrize(
    ("counts", "words", "note"),
    [
        ([9, 9, 9, 9], 500, "4 article(s), 36 occurrence(s): the rate is described without an interval"),
        ([1, 1, 1, 1, 0], 500, "5 article(s), 4 occurrence(s): the rate is described without an interval"),
        ([8, 0, 0, 0, 0], 500, "one article holds the whole count or exposure: the rate is described without an interval"),
        ([8, 0, 0, 0, 0], [20, 0, 0, 0, 0],
         "one article holds the whole count or exposure: the rate is described without an interval"),
        ([0, 0, 0, 0, 0], 0, "5 article(s), 0 occurrence(s): the rate is described without an interval"),
    ],
)  # fmt: skip
def test_a_rate_that_few_articles_or_occurrences_carry_has_no_interval(counts, words, note):
    scores = _scores([("one", "", count, 0) for count in counts]).assign(n_words=words)
    row = describe_outlets(scores, "hedging", voice="all").iloc[0]
    assert (row["status"], row["note"]) == ("descriptive", note)
    assert row[["conf_low", "conf_high"]].isna().all()


# The design


@pytest.mark.parametrize(
    ("scores", "advice"),
    [
        (_matched(6), "compare within the 6 shared stories: strata='story'"),
        (_matched(5), "compare articles without strata (5 shared stories are too few); say that stories differ"),
        (_unmatched(4, 4), "compare articles without strata (0 shared stories are too few); say that stories differ"),
        (_matched(3), "describe only: 3 shared stories and 3 against 3 articles allow no test"),
        (_unmatched(1, 30), "describe only: 0 shared stories and 30 against 1 articles allow no test"),
    ],
)
def test_the_advice_follows_from_shared_stories_and_articles(scores, advice):
    row = compare_design(scores).iloc[0]
    assert row["advice"] == advice
    tested = _only(scores, strata="story" if "within" in advice else None)["status"] != "descriptive"
    assert tested == (not advice.startswith("describe only"))


def test_the_design_table_counts_every_pair():
    scores = _matched(7, outlets=("a", "b", "c")).query("not (outlet == 'c' and story in ('s00', 's01'))")
    scores = scores.assign(n_words=scores["outlet"].map({"a": 100, "b": 200, "c": 300}))
    table = compare_design(scores)
    columns = ["outlet", "reference", "n_articles", "n_articles_reference", "n_stories_shared", "length_ratio"]
    assert table[columns].to_numpy().tolist() == [["b", "a", 7, 7, 7, 2.0], ["c", "a", 5, 7, 5, 3.0], ["c", "b", 5, 7, 5, 1.5]]
    assert table["min_p_matched"].tolist() == [1 / 64, 1 / 16, 1 / 16]
    assert compare_design(scores.drop(columns="story"))["n_stories_shared"].tolist() == [0, 0, 0]
