"""The tool against human coding: what agrees, how units are matched, and what a bad line says."""

from __future__ import annotations

import json
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import framing as fr
from framing.compare.coding import COUNT_COLUMNS, Coded, CodingError, agrees, count_matches, read_coding
from framing.compare.differences import COLUMNS as DIFFERENCE_COLUMNS
from framing.compare.differences import compare_error, smallest_p_outlets
from framing.compare.sheets import read_coding_sheet, sheet_counts, write_coding_sheet
from framing.compare.validity import COLUMNS, RATE_COLUMNS, validate, validate_measure
from framing.corpus.articles import DEMO


def _hedge(start, end, article="a"):
    return Coded(article, "hedge", ((start, end),))


def _said(content=((10, 20),), source=(0, 4), cue=(5, 9)):
    return Coded("a", "attribution", content, source, cue)


def _row(found, gold, unit="hedge"):
    table = validate({"tool": found}, {"A": gold}, n_resamples=200)
    assert tuple(table.columns) == COLUMNS
    return table.set_index("unit").loc[unit]


@pytest.mark.parametrize(("other", "same"), [((9, 10), True), ((0, 6), True), ((0, 5), False), ((10, 12), False), ((6, 7), True)])
def test_spans_agree_when_they_share_a_character(other, same):
    assert agrees(_hedge(5, 10), _hedge(*other)) is agrees(_hedge(*other), _hedge(5, 10)) is same


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (_said(), _said(), True),
        (_said(source=None), _said(source=None), True),
        (_said(cue=None), _said(cue=None), True),
        (_said(source=None, cue=None), _said(source=None, cue=None), True),
        (_said(), _said(source=None), False),
        (_said(), _said(cue=None), False),
        (_said(), _said(source=(30, 34)), False),
        (_said(), _said(cue=(30, 34)), False),
        (_said(), _said(content=((40, 50),)), False),
        (_said(), _said(content=((40, 50), (19, 21))), True),
    ],
)
def test_attributions_agree_in_content_source_and_cue_or_lack_the_same_one(one, two, same):
    assert agrees(one, two) is agrees(two, one) is same


def test_one_coded_unit_is_found_once_only():
    row = _row([_hedge(0, 5), _hedge(1, 4), _hedge(2, 3)], [_hedge(0, 5)])
    assert (row["n_found"], row["n_gold"], row["n_right"]) == (3, 1, 1)
    assert (row["precision"], row["recall"], row["f1"]) == (1 / 3, 1, 0.5)


def test_units_are_matched_to_the_most_pairs_in_whatever_order():
    found, gold = [_hedge(0, 20), _hedge(0, 5), _hedge(40, 45)], [_hedge(3, 4), _hedge(10, 12), _hedge(18, 30)]
    for order in permutations(found):
        assert _row(list(order), gold)["n_right"] == _row(gold, list(order))["n_right"] == 2


def test_units_of_another_article_or_kind_do_not_match():
    row = _row([_hedge(0, 5, "b"), Coded("a", "furniture", ((0, 5),))], [_hedge(0, 5, "a"), _hedge(9, 12, "b")])
    assert row["n_right"] == 0
    assert row["f1"] == 0


def test_perfect_agreement_gives_1_with_an_interval_of_1():
    coders = read_coding(DEMO.parent / "coding.jsonl")
    table = validate({"again": coders["A"]}, {"A": coders["A"]})
    assert (table["n_gold"] > 0).all()
    assert (table[["precision", "recall", "f1", "conf_low", "conf_high"]] == 1).all(axis=None)


def test_precision_recall_and_f1_are_shares_and_the_interval_resamples_articles():
    gold = [_hedge(10 * i, 10 * i + 5, f"a{i % 6}") for i in range(24)]
    found = gold[:15] + [_hedge(1000, 1005, "a1")] * 3
    row = _row(found, gold)
    assert (row["precision"], row["recall"], row["f1"]) == pytest.approx((15 / 18, 15 / 24, 30 / 42))
    assert 0 < row["conf_low"] < row["f1"] < row["conf_high"] < 1
    assert validate({"tool": found}, {"A": gold}, seed=1).equals(validate({"tool": found}, {"A": gold}, seed=1))


def test_what_nobody_coded_and_nobody_found_has_no_rate():
    row = _row([_hedge(0, 5)], [_hedge(0, 5)], unit="furniture")
    assert (row["n_found"], row["n_gold"]) == (0, 0)
    assert np.isnan(row[["precision", "recall", "f1", "conf_low", "conf_high"]].astype(float)).all()


def test_coders_are_compared_with_each_other_and_never_with_themselves():
    coders = {"A": [_hedge(0, 5)], "B": [_hedge(0, 5), _hedge(7, 9)]}
    table = validate(coders, coders)
    assert set(zip(table["found_by"], table["gold"], strict=True)) == {("A", "B"), ("B", "A")}
    assert table.loc[table["unit"] == "hedge", "f1"].tolist() == pytest.approx([2 / 3, 2 / 3])


GOOD = {"article": "a", "coder": "A", "unit": "hedge", "start": 0, "end": 5}
SAID = {"article": "a", "coder": "A", "unit": "attribution", "content": [[9, 12], [20, 30]], "source": [0, 4], "cue": None}


def test_a_coding_file_gives_the_units_of_each_coder(tmp_path):
    path = tmp_path / "coding.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in (GOOD, SAID, {**GOOD, "coder": "B"})), encoding="utf-8")
    assert read_coding(path) == {
        "A": [_hedge(0, 5), Coded("a", "attribution", ((9, 12), (20, 30)), (0, 4), None)],
        "B": [_hedge(0, 5)],
    }


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "",
        "[1, 2]",
        json.dumps({**GOOD, "unit": "hedges"}),
        json.dumps({key: value for key, value in GOOD.items() if key != "end"}),
        json.dumps({key: value for key, value in SAID.items() if key != "cue"}),
        json.dumps({**SAID, "content": [[9]]}),
        json.dumps({**SAID, "content": 9}),
    ],
)
def test_a_bad_coding_line_is_named_by_its_number(tmp_path, line):
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join([json.dumps(GOOD), line, json.dumps(GOOD)]), encoding="utf-8")
    with pytest.raises(CodingError, match=r"^mine\.jsonl, line 2: not a coded unit \(.*\); see CODING\.md for the fields\.$"):
        read_coding(path)


def test_matches_are_counted_in_every_article_also_where_there_is_nothing_to_code():
    articles = pd.DataFrame({"article": ["a", "b", "c"], "outlet": ["x", "y", "x"]})
    tool, coder = [_hedge(0, 5), _hedge(0, 5, "b"), _hedge(0, 5, "uncoded")], [_hedge(3, 9), _hedge(20, 25), _said()]
    table = count_matches(tool, coder, articles)
    assert tuple(table.columns) == COUNT_COLUMNS
    hedges = table[table["measure"] == "hedge"]
    assert hedges[["article", "outlet", "n_found", "n_gold", "n_right"]].to_numpy().tolist() == [
        ["a", "x", 1, 2, 1], ["b", "y", 1, 0, 0], ["c", "x", 0, 0, 0],
    ]  # fmt: skip
    assert table.loc[table["measure"] == "attribution", "n_gold"].tolist() == [1, 0, 0]


def simulate(sizes, recall, *, seed, mean=6.0, precision=0.8, concentration=10.0):
    """Coded articles of outlets o0, o1 ...: gold counts are overdispersed, recall varies from article to article."""
    rng = np.random.default_rng(seed)
    tables = []
    for number, n in enumerate(sizes):
        r, m = np.broadcast_to(recall, len(sizes))[number], np.broadcast_to(mean, len(sizes))[number]
        gold = rng.poisson(m * rng.gamma(1 / 0.3, 0.3, n))
        right = rng.binomial(gold, rng.beta(r * concentration, (1 - r) * concentration, n))
        found = right + rng.poisson(m * r * (1 - precision) / precision, n)
        tables.append(pd.DataFrame({"outlet": f"o{number}", "n_found": found, "n_gold": gold, "n_right": right}))
    return pd.concat(tables, ignore_index=True).assign(measure="hedge", article=lambda t: t.index)


def test_rates_of_an_outlet_are_ratios_of_its_sums():
    counts = simulate((20, 30), 0.7, seed=1)
    rates = validate_measure(counts, n_resamples=200).rates
    assert tuple(rates.columns) == RATE_COLUMNS
    assert set(rates["status"]) == {"ok"}
    for outlet, coded in counts.groupby("outlet"):
        rows = rates[rates["outlet"] == outlet].set_index("metric")
        found, gold, right = coded[["n_found", "n_gold", "n_right"]].sum()
        expected = {
            "precision": right / found, "recall": right / gold, "f1": 2 * right / (found + gold), "found_per_gold": found / gold,
            "correlation": stats.pearsonr(coded["n_found"], coded["n_gold"]).statistic,
        }  # fmt: skip
        assert rows["estimate"].to_dict() == pytest.approx(expected)
        assert (rows[["n_articles", "n_found", "n_gold", "n_right"]] == (len(coded), found, gold, right)).all(axis=None)
        assert ((rows["conf_low"] < rows["estimate"]) & (rows["estimate"] < rows["conf_high"])).all()


def test_rates_are_seeded_and_narrow_with_articles_and_with_less_confidence():
    few, many = (validate_measure(simulate((n,), 0.7, seed=2), n_resamples=500).rates for n in (15, 240))
    width = [(table["conf_high"] - table["conf_low"]).iloc[1] for table in (few, many)]
    assert 3 < width[0] / width[1] < 6
    again = validate_measure(simulate((15,), 0.7, seed=2), n_resamples=500).rates
    pd.testing.assert_frame_equal(few, again)
    narrow = validate_measure(simulate((15,), 0.7, seed=2), n_resamples=500, conf_level=0.5).rates
    assert (narrow["conf_low"] > few["conf_low"]).all()


def test_the_interval_of_a_recall_covers_the_truth_in_small_samples():
    drawn = [validate_measure(simulate((12,), 0.7, seed=seed), n_resamples=300).rates for seed in range(100)]
    recall = pd.concat(drawn).query("metric == 'recall'")
    assert 0.87 <= ((recall["conf_low"] <= 0.7) & (recall["conf_high"] >= 0.7)).mean() <= 0.99


def share_significant(n_runs, **design):
    """The share of runs in which recall is called different."""
    rows = [compare_error(simulate(seed=seed, **design), "n_right", "n_gold", 0.05, 199, 0) for seed in range(n_runs)]
    return np.mean([row[DIFFERENCE_COLUMNS.index("p_value") - 2] <= 0.05 for row in rows])


def test_equal_errors_are_called_different_in_one_run_of_twenty():
    # 99.9 % binomial bounds about .05 with 200 runs are .01 and .11; the outlets differ in everything but their errors.
    assert 0.005 <= share_significant(200, sizes=(15, 25, 20), recall=0.7, mean=(3, 6, 9)) <= 0.11


def test_a_recall_of_75_against_55_is_found():
    assert share_significant(40, sizes=(40, 40), recall=(0.75, 0.55)) > 0.7


def test_differences_name_the_lowest_and_the_highest_outlet():
    counts = simulate((30, 30, 30), (0.8, 0.4, 0.6), seed=3)
    differences = validate_measure(counts, n_resamples=999).differences
    assert tuple(differences.columns) == DIFFERENCE_COLUMNS
    row = differences.set_index("metric").loc["recall"]
    assert (row["lowest_outlet"], row["highest_outlet"], row["n_outlets"]) == ("o1", "o0", 3)
    rates = validate_measure(counts, n_resamples=1).rates.query("metric == 'recall'").set_index("outlet")["estimate"]
    assert (row["lowest"], row["highest"]) == (rates["o1"], rates["o0"])
    assert row["p_value"] == 0.001
    assert (row["status"], row["note"]) == ("warning", "the error differs between outlets: correct their contrasts by the gold")


def test_p_is_that_of_all_arrangements():
    counts = simulate((4, 5), (0.9, 0.3), seed=4, mean=8)
    e = counts["n_right"] - counts["n_gold"] * counts["n_right"].sum() / counts["n_gold"].sum()

    def score(inside):
        return sum(e[list(side)].sum() ** 2 / (e[list(side)] ** 2).sum() for side in (inside, set(range(9)) - set(inside)))

    every = [score(inside) for inside in combinations(range(9), 4)]
    exact = np.mean([one >= score(range(4)) * (1 - 1e-9) for one in every])
    row = validate_measure(counts, n_resamples=20_000).differences.set_index("metric").loc["recall"]
    assert row["p_value"] == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 20_000))


@pytest.mark.parametrize("sizes", [(3, 3), (2, 4), (4, 4), (2, 2, 2), (1, 3, 2)])
def test_the_smallest_p_is_that_of_the_most_extreme_arrangement(sizes):
    e = np.random.default_rng(0).permutation(3.0 ** np.arange(sum(sizes)))
    labels = np.repeat(np.arange(len(sizes)), sizes)
    arrangements = np.array(sorted(set(permutations(labels.tolist()))))

    def spread(arrangement):  # the same whatever outlet of a size is called by which name
        return tuple(sorted((int((arrangement == o).sum()), e[arrangement == o].sum()) for o in range(len(sizes))))

    spreads = [spread(one) for one in arrangements]
    assert smallest_p_outlets(list(sizes)) == pytest.approx(min(spreads.count(one) for one in spreads) / len(spreads))


def test_p_is_never_0_nor_below_the_smallest_attainable():
    counts = pd.DataFrame({"measure": "m", "article": range(8), "outlet": list("xxxxyyyy"), "n_found": 10, "n_gold": 10})
    counts["n_right"] = [10, 9, 10, 9, 1, 2, 1, 2]
    drawn = [validate_measure(counts, n_resamples=60, seed=seed).differences.set_index("metric") for seed in range(20)]
    assert {table.loc["recall", "min_p"] for table in drawn} == {2 / 70}
    assert min(table.loc["recall", "p_value"] for table in drawn) == 2 / 70


def small(found=(2, 2, 2, 2), gold=(3, 3, 3, 3), right=(1, 2, 1, 2), outlets="xxyy"):
    columns = {"measure": "m", "article": range(len(outlets)), "outlet": list(outlets)}
    return pd.DataFrame({**columns, "n_found": found, "n_gold": gold, "n_right": right})


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (small(), "with 4 articles the smallest attainable p is 0.333, above 0.05; code more"),
        (small(outlets="xxxx"), "fewer than two outlets have 2 articles and 5 units"),
        (small(gold=(3, 3, 2, 2)), "fewer than two outlets have 2 articles and 5 units"),
        (small(outlets="xxxy"), "fewer than two outlets have 2 articles and 5 units"),
        (
            simulate((9, 9), 0.7, seed=5).assign(n_right=lambda t: t["n_gold"], n_found=lambda t: t["n_gold"]),
            "no difference to test",
        ),
    ],
)
def test_a_difference_that_the_design_cannot_show_is_not_tested(counts, words):
    row = validate_measure(counts, n_resamples=99).differences.set_index("metric").loc["recall"]
    assert np.isnan(row["p_value"])
    assert row["status"] == "descriptive"
    assert words in row["note"]


def test_an_outlet_with_too_few_units_is_left_out_and_named():
    counts = pd.concat([simulate((20, 20), 0.7, seed=6), small(gold=(1, 1, 1, 1), right=(1, 1, 1, 1)).assign(measure="hedge")])
    row = validate_measure(counts.assign(article=range(44)), n_resamples=99).differences.set_index("metric").loc["recall"]
    assert (row["n_outlets"], row["n_articles"]) == (2, (simulate((20, 20), 0.7, seed=6)["n_gold"] > 0).sum())
    assert row["note"].endswith("left out (too few units): x, y")


@pytest.mark.parametrize(
    ("counts", "metric", "status", "words"),
    [
        (small(), "recall", "descriptive", "2 article(s) with a unit"),
        (small((0,) * 7, (1,) * 7, (0,) * 7, "xxxxxxx"), "precision", "descriptive", "nothing to divide by"),
        (small((1,) * 7, (1,) * 7, (1,) * 7, "xxxxxxx"), "recall", "warning", "no article differs"),
        (small((1,) * 7, (1, 2) * 3 + (1,), (1,) * 7, "xxxxxxx"), "recall", "warning", "fewer than 10 articles"),
        (small((1, *(0,) * 11), (1, *(0,) * 11), (1, *(0,) * 11), "x" * 12), "recall", "descriptive", "1 article(s) with a unit"),
    ],
)
def test_a_rate_of_few_articles_says_so(counts, metric, status, words):
    row = validate_measure(counts, n_resamples=99).rates.set_index("metric").loc[metric].iloc[:].squeeze()
    row = row if isinstance(row, pd.Series) else row.iloc[0]
    assert row["status"] == status
    assert words in row["note"]
    assert np.isnan(row["conf_low"]) == ("fewer than" not in words)


def test_counts_without_right_ones_give_bias_and_correlation_only():
    validity = validate_measure(simulate((20, 20), 0.7, seed=7).drop(columns="n_right"), n_resamples=99)
    assert set(validity.rates["metric"]) == {"found_per_gold", "correlation"}
    assert set(validity.differences["metric"]) == {"found_per_gold"}


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            small().drop(columns="n_gold"),
            "The counts have no column 'n_gold'; they need measure article outlet n_found n_gold (n_right).",
        ),
        (small().assign(article="a"), "The article 'a' stands twice in the counts; keep one row for each measure."),
        (small(outlets=["x", None, "y", "y"]), "Article '1' has no outlet; give it one."),
        (small(gold=(3, -1, 3, 3)), "The column 'n_gold' holds -1 for article '1'; counts are 0, 1, 2 and so on."),
        (small(found=(2, 2.5, 2, 2)), "The column 'n_found' holds 2.5 for article '1'; counts are 0, 1, 2 and so on."),
        (small(right=(1, np.nan, 1, 1)), "The column 'n_right' holds nan for article '1'; counts are 0, 1, 2 and so on."),
        (small(right=(1, 3, 1, 1)), "Article '1' has more right units than found or gold ones; count them again."),
    ],
)
def test_counts_that_cannot_be_are_one_sentence(counts, sentence):
    with pytest.raises(CodingError) as caught:
        validate_measure(counts)
    assert str(caught.value) == sentence


@pytest.fixture
def articles():
    outlets = ["Courier"] * 30 + ["Lantern"] * 8 + ["Ledger"] * 2
    texts = [f'The port, “they” said; "may" close.\r\nDay {i}\rends.' for i in range(40)]
    return pd.DataFrame({"article": [f"id-{i}" for i in range(40)], "outlet": outlets, "title": "Port", "text": texts})


@pytest.fixture
def scores(articles):
    return articles[["article", "outlet"]].assign(
        n_words=100, n_words_journalist=80, hedging=2, hedging_journalist=1, n_attributions=5
    )


def fill(path, **columns):
    """The written sheet with codes in it, saved again; a value that is a list fills the first rows."""
    sheet = pd.read_csv(path, dtype=object, keep_default_na=False, encoding="utf-8-sig")
    for name, values in columns.items():
        values = [values] * len(sheet) if isinstance(values, str) else [*values, *[""] * (len(sheet) - len(values))]
        sheet[name] = values
    sheet.to_csv(path, index=False)
    return sheet


def test_a_sheet_is_a_seeded_random_sample_of_each_outlet_with_its_probability(tmp_path, articles):
    sheet = write_coding_sheet(articles, tmp_path / "sheet.csv", ["hedging", "loaded"], n=5, seed=1)
    assert list(sheet.columns) == ["article", "title", "text", "hedging", "loaded", "p_gold"]
    drawn = sheet.merge(articles, on="article")
    assert drawn.groupby("outlet").size().to_dict() == {"Courier": 5, "Lantern": 5, "Ledger": 2}
    assert drawn.groupby("outlet")["p_gold"].first().to_dict() == {"Courier": 5 / 30, "Lantern": 5 / 8, "Ledger": 1}
    assert not drawn["outlet"].is_monotonic_increasing  # a coder does not work through one outlet after another
    again = write_coding_sheet(articles, tmp_path / "again.csv", ["hedging", "loaded"], n=5, seed=1)
    pd.testing.assert_frame_equal(sheet, again)
    other = write_coding_sheet(articles, tmp_path / "other.csv", ["hedging", "loaded"], n=5, seed=2)
    assert set(other["article"]) != set(sheet["article"])


def test_every_article_of_an_outlet_is_drawn_with_the_probability_of_the_sheet(tmp_path, articles):
    path = tmp_path / "sheet.csv"
    times = pd.Series(0, index=articles["article"])
    for seed in range(100):
        times[write_coding_sheet(articles, path, "hedging", n=4, seed=seed)["article"]] += 1
        path.unlink()
    shares = (times / 100).groupby(articles["outlet"].to_numpy()).agg(["min", "max", "mean"])
    assert shares["mean"].to_dict() == pytest.approx({"Courier": 4 / 30, "Lantern": 0.5, "Ledger": 1})
    assert shares.loc["Courier", "min"] > 0.02
    assert shares.loc["Courier", "max"] < 0.3


def test_a_sheet_can_be_drawn_from_all_articles_together(tmp_path, articles):
    sheet = write_coding_sheet(articles, tmp_path / "sheet.csv", "hedging", n=10, per_outlet=False)
    assert (len(sheet), set(sheet["p_gold"])) == (10, {0.25})


def test_the_sheet_is_blind_and_keeps_the_text(tmp_path, articles):
    write_coding_sheet(articles, tmp_path / "sheet.csv", "hedging", n=40)
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.csv"]
    raw = (tmp_path / "sheet.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # without it a spreadsheet garbles curly quotes
    assert b"Courier" not in raw
    assert b"outlet" not in raw
    sheet = pd.read_csv(tmp_path / "sheet.csv", keep_default_na=False, encoding="utf-8-sig", lineterminator="\n")
    assert len(sheet) == 40
    assert set(sheet["hedging"]) == {""}


def test_a_filled_sheet_comes_back_beside_the_scores(tmp_path, articles, scores):
    path = tmp_path / "sheet.csv"
    sheet = write_coding_sheet(articles, path, ["hedging", "n_attributions"], n=5)
    fill(path, hedging=[str(i) for i in range(12)], n_attributions=["4"] * 12)
    before = scores.copy()
    coded = read_coding_sheet(path, scores)
    pd.testing.assert_frame_equal(scores, before)
    assert list(coded.columns) == [*scores.columns, "hedging_gold", "n_attributions_gold", "p_gold"]
    assert coded["article"].tolist() == scores["article"].tolist()
    assert coded.attrs["refused"] == []
    known = coded.dropna(subset="p_gold").set_index("article")
    assert known["hedging_gold"].to_dict() == {article: float(i) for i, article in enumerate(sheet["article"])}
    assert known["p_gold"].to_dict() == pytest.approx(sheet.set_index("article")["p_gold"].to_dict())
    assert coded["hedging_gold"].isna().sum() == coded["p_gold"].isna().sum() == 28


def test_the_counts_of_a_sheet_are_validated_by_outlet(tmp_path, articles, scores):
    path = tmp_path / "sheet.csv"
    write_coding_sheet(articles, path, ["hedging", "attributions", "hedging_journalist"], n=5)
    fill(path, hedging=["4"] * 12, attributions=["4"] * 12, hedging_journalist=["1"] * 12)
    counts = sheet_counts(read_coding_sheet(path, scores))
    assert counts.groupby("measure")[["n_found", "n_gold"]].first().to_numpy().tolist() == [[5, 4], [2, 4], [1, 1]]
    rates = validate_measure(counts, n_resamples=99).rates.query("metric == 'found_per_gold' and measure == 'hedging'")
    assert rates["estimate"].tolist() == [0.5, 0.5, 0.5]


def test_the_probability_is_that_of_the_articles_really_coded(tmp_path, articles, scores):
    path = tmp_path / "sheet.csv"
    write_coding_sheet(articles, path, "hedging", n=8)
    fill(path, hedging=["1"] * 9)
    known = read_coding_sheet(path, scores).dropna(subset="hedging_gold").groupby("outlet")
    assert known["p_gold"].first().to_dict() == pytest.approx((known.size() / scores.groupby("outlet").size()).to_dict())


@pytest.mark.parametrize(("separator", "point"), [(";", ","), ("\t", "."), (",", ".")])
def test_a_sheet_saved_by_a_spreadsheet_of_another_country_is_read(tmp_path, articles, scores, separator, point):
    path = tmp_path / "sheet.csv"
    sheet = write_coding_sheet(articles, path, "hedging", n=5).assign(hedging="3")
    sheet["p_gold"] = sheet["p_gold"].astype(str).str.replace(".", point)
    sheet.to_csv(path, index=False, sep=separator, encoding="utf-8-sig", lineterminator="\r\n")
    coded = read_coding_sheet(path, scores)
    assert coded["hedging_gold"].sum() == 36
    assert coded["p_gold"].dropna().min() == pytest.approx(5 / 30)


def test_rows_keep_their_number_behind_blank_ones_and_long_texts(tmp_path, scores):
    text = "word " * 60_000
    lines = ["article,text,hedging,p_gold", f'id-1,"{text}\n{text}",4,.5', "", "id-2,,x,.5", ",,,"]
    (tmp_path / "sheet.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.warns(UserWarning, match=r"sheet\.csv, row 4: hedging is 'x'"):
        coded = read_coding_sheet(tmp_path / "sheet.csv", scores)
    assert coded.set_index("article")["hedging_gold"].dropna().to_dict() == {"id-1": 4}


def test_every_bad_cell_is_named_and_the_good_rows_go_through(tmp_path, articles, scores):
    path = tmp_path / "sheet.csv"
    write_coding_sheet(articles, path, ["hedging", "loaded", "unused"], n=5)
    sheet = fill(path, hedging=["1", "-1", "2.5", "two", "", "3", "3", "4", "5", "3.0"], loaded=["0"] * 10)
    sheet.loc[[5, 6, 7, 8], "article"] = ["nowhere", sheet["article"][0], sheet["article"][7], sheet["article"][8]]
    sheet.loc[[7, 8], "p_gold"] = ["", "1.5"]
    sheet.to_csv(path, index=False)
    with pytest.warns(
        UserWarning, match=r"^8 row\(s\) of the sheet do not count; see \.attrs\['refused'\]\. The first: sheet\.csv, row 3: "
    ):
        coded = read_coding_sheet(path, scores)
    probability = "restore the probability that the sheet was written with"
    assert [(one["file"], one["record"], one["reason"]) for one in coded.attrs["refused"]] == [
        ("sheet.csv", "row 3", "hedging is '-1'; counts are 0, 1, 2 and so on"),
        ("sheet.csv", "row 4", "hedging is '2.5'; counts are 0, 1, 2 and so on"),
        ("sheet.csv", "row 5", "hedging is 'two'; counts are 0, 1, 2 and so on"),
        ("sheet.csv", "row 6", "hedging is empty; give a count, 0 where the article has none"),
        ("sheet.csv", "row 7", "the article 'nowhere' is not in the scores; restore its id"),
        ("sheet.csv", "row 8", f"the article {sheet['article'][0]!r} stands already in row 2; keep one of the two"),
        ("sheet.csv", "row 9", f"p_gold is ''; {probability}"),
        ("sheet.csv", "row 10", f"p_gold is '1.5'; {probability}"),
    ]
    assert "unused_gold" not in coded
    known = coded.dropna(subset="hedging_gold").set_index("article")["hedging_gold"]
    assert known.to_dict() == {sheet["article"][0]: 1, sheet["article"][9]: 3}


def test_a_sheet_that_holds_work_is_not_overwritten(tmp_path, articles):
    write_coding_sheet(articles, tmp_path / "sheet.csv", "hedging", n=5)
    before = (tmp_path / "sheet.csv").read_bytes()
    with pytest.raises(CodingError, match="exists and may hold a coder's work; give another name or remove it"):
        write_coding_sheet(articles, tmp_path / "sheet.csv", "hedging", n=5)
    assert (tmp_path / "sheet.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("measures", "n", "words"),
    [
        ([], 5, "The measures to code are [];"),
        (["hedging", "hedging"], 5, "name each once, and none of article, title, text, p_gold."),
        (["text"], 5, "The measures to code are ['text'];"),
        ([" "], 5, "The measures to code are [' '];"),
        (["hedging"], 0, "A sheet with n=0 of 40 articles is empty; draw 1 or more."),
    ],
)
def test_a_sheet_that_cannot_be_is_not_written(tmp_path, articles, measures, n, words):
    with pytest.raises(CodingError) as caught:
        write_coding_sheet(articles, tmp_path / "sheet.csv", measures, n=n)
    assert words in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "sheet.csv: the sheet cannot be read (No columns to parse from file)"),
        (b"article,hedging\na,1\n", "sheet.csv: the header must have one column 'p_gold' (found: article, hedging)."),
        (
            b"article,hedging,p_gold\nid-1,,.5\n",
            "sheet.csv: no measure has a count; fill in its column, 0 where an article has none.",
        ),
        (b"article,hedging,p_gold\n\xe4,1,.5\n", "save it as CSV in UTF-8."),
        (b'article,hedging,p_gold\n"id-1,1,.5\n', "save it as CSV in UTF-8."),
        (
            b"article,loaded,loaded,p_gold\nid-1,1,1,.5\n",
            "the header must have one column 'loaded' (found: article, loaded, loaded, p_gold).",
        ),
        (b"article,loaded,p_gold\nid-1,1,.5\nid-2,1,.5,4\n", "save it as CSV in UTF-8."),
        (b"article,n_words,p_gold\nid-1,1,.5\n", ""),
    ],
)
def test_a_sheet_that_cannot_be_read_is_one_sentence(tmp_path, scores, content, words):
    (tmp_path / "sheet.csv").write_bytes(content)
    if not words:
        coded = read_coding_sheet(tmp_path / "sheet.csv", scores)
        with pytest.raises(CodingError, match="have a column 'n_words_gold' already; read the sheet into scores without it"):
            read_coding_sheet(tmp_path / "sheet.csv", coded)
        return
    with pytest.raises(CodingError) as caught:
        read_coding_sheet(tmp_path / "sheet.csv", scores)
    assert words in str(caught.value)


def test_what_a_sheet_cannot_be_compared_with_is_one_sentence(scores):
    with pytest.raises(CodingError, match=r"^The scores hold no coded measure; read a filled sheet with read_coding_sheet\.$"):
        sheet_counts(scores)
    with pytest.raises(CodingError, match=r"^The sheet codes 'sarcasm', but the scores have no column 'sarcasm'"):
        sheet_counts(scores.assign(sarcasm_gold=1.0))


def test_two_coders_sheets_give_an_agreement(tmp_path, articles, scores):
    counts = []
    for coder, shift in (("A", 0), ("B", 1)):
        write_coding_sheet(articles, tmp_path / f"{coder}.csv", "hedging", n=5)
        fill(tmp_path / f"{coder}.csv", hedging=[str(i + shift * (i % 3 == 0)) for i in range(12)])
        counts.append(read_coding_sheet(tmp_path / f"{coder}.csv", scores)["hedging_gold"])
    agreement = fr.krippendorff_alpha(pd.concat(counts, axis=1), "ratio", n_resamples=100)
    assert (agreement.n_units, agreement.n_coders) == (12, 2)
    assert 0.5 < agreement.alpha < 1
