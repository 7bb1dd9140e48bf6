"""The tool against human coding: what agrees, how units are matched, and what a bad line says."""

from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pytest

from framing.compare.coding import Coded, CodingError, agrees, read_coding
from framing.compare.validity import COLUMNS, validate
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
