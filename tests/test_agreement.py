"""Krippendorff's alpha: published values, another implementation, and what cannot be computed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance

from framing.compare.agreement import LEVELS, krippendorff_alpha
from framing.compare.coding import CodingError

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A, B and C; a full stop is a missing code.
MEG, OWEN = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
BEN, GERRY = list("aabbdcccedda"), list("babbbccceddd")
FOUR = ["1233214 12...", "1233224 125.3", ".333234 2251.", "1233244 1251."]
FOUR = [[None if code == "." else int(code) for code in line.replace(" ", "")] for line in FOUR]


def alpha(*coders, level="nominal", **options):
    return krippendorff_alpha(np.array(coders, dtype=object).T, level, n_resamples=200, **options)


@pytest.mark.parametrize(
    ("coders", "level", "published"),
    [
        ((MEG, OWEN), "nominal", 0.095),
        ((BEN, GERRY), "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
    ],
)
def test_alpha_has_the_published_value(coders, level, published):
    assert round(alpha(*coders, level=level).alpha, 3) == published


def test_units_codes_and_coders_are_counted_as_in_the_publication():
    result = alpha(*FOUR)
    assert (result.n_units, result.n_pairable, result.n_coders) == (11, 40, 4)
    assert (result.status, result.note) == ("ok", "")


def ratio_distance(c, k):
    return ((c - k) / (c + k)) ** 2 if c + k else 0.0


@pytest.mark.parametrize(
    ("level", "distance"), [("nominal", binary_distance), ("interval", interval_distance), ("ratio", ratio_distance)]
)
@pytest.mark.parametrize("seed", range(5))
def test_alpha_agrees_with_another_implementation(level, distance, seed):
    rng = np.random.default_rng(seed)
    truth = rng.poisson(4, size=60)
    codes = np.maximum(0, truth[:, None] + rng.integers(-1, 2, size=(60, 3))).astype(float)
    codes[rng.random(codes.shape) < 0.3] = np.nan
    triples = [(coder, unit, codes[unit, coder]) for unit, coder in zip(*np.nonzero(~np.isnan(codes)), strict=True)]
    theirs = AnnotationTask(data=triples, distance=distance).alpha()
    assert krippendorff_alpha(codes, level, n_resamples=1).alpha == pytest.approx(theirs, rel=1e-12)


def test_ordinal_alpha_knows_ranks_only():
    stretched = [[None if code is None else 10**code for code in coder] for coder in FOUR]
    assert alpha(*stretched, level="ordinal").alpha == pytest.approx(alpha(*FOUR, level="ordinal").alpha)
    assert alpha(*stretched, level="interval").alpha != pytest.approx(alpha(*FOUR, level="interval").alpha)


def test_interval_alpha_knows_no_zero_and_ratio_alpha_no_scale():
    shifted, scaled = (
        [[None if c is None else move(c) for c in one] for one in FOUR] for move in (lambda c: c + 9, lambda c: 3 * c)
    )
    assert alpha(*shifted, level="interval").alpha == pytest.approx(alpha(*FOUR, level="interval").alpha)
    assert alpha(*scaled, level="ratio").alpha == pytest.approx(alpha(*FOUR, level="ratio").alpha)
    assert alpha(*shifted, level="ratio").alpha != pytest.approx(alpha(*FOUR, level="ratio").alpha)


def test_the_interval_holds_alpha_is_seeded_and_narrows_with_units():
    few, many = alpha(*FOUR, seed=3), alpha(*[coder * 8 for coder in FOUR], seed=3)
    assert few.conf_low < few.alpha < few.conf_high <= 1
    assert few == alpha(*FOUR, seed=3) != alpha(*FOUR, seed=4)
    assert many.conf_high - many.conf_low < 0.5 * (few.conf_high - few.conf_low)
    narrow = alpha(*FOUR, seed=3, conf_level=0.5)
    assert few.conf_low < narrow.conf_low < narrow.conf_high < few.conf_high


def test_the_interval_covers_the_alpha_of_many_units():
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 3, size=100_000)
    codes = np.where(rng.random((100_000, 2)) < 0.75, truth[:, None], rng.integers(0, 3, size=(100_000, 2)))
    population = krippendorff_alpha(codes, n_resamples=1).alpha
    samples = [krippendorff_alpha(codes[start : start + 60], n_resamples=200) for start in range(0, 15_000, 60)]
    assert 0.9 <= np.mean([one.conf_low <= population <= one.conf_high for one in samples]) <= 0.98


def test_the_order_of_coders_and_units_and_the_names_of_values_do_not_matter():
    assert alpha(GERRY, BEN).alpha == pytest.approx(alpha(BEN, GERRY).alpha)
    assert alpha(BEN[::-1], GERRY[::-1]).alpha == pytest.approx(alpha(BEN, GERRY).alpha)
    assert alpha([ord(c) for c in BEN], [ord(c) for c in GERRY]).alpha == pytest.approx(alpha(BEN, GERRY).alpha)


def test_every_kind_of_missing_code_is_missing():
    table = pd.DataFrame(
        {"A": ["x", "y", "x", "", None, "y"], "B": ["x", "y", "y", "x", "y", np.nan], "C": [" ", pd.NA, "", "", "", ""]}
    )
    result = krippendorff_alpha(table)
    assert (result.n_units, result.n_pairable, result.n_coders) == (3, 6, 2)


def test_perfect_agreement_is_1_and_says_that_the_interval_is_no_news():
    result = alpha(BEN, BEN)
    assert (result.alpha, result.conf_low, result.conf_high, result.status) == (1, 1, 1, "warning")
    assert "no disagreement" in result.note


@pytest.mark.parametrize(
    ("coders", "counts", "words"),
    [
        (([1, 2, 3],), (0, 0, 1), "1 coder(s)"),
        (([1, 2, None], [None, None, 3]), (0, 0, 2), "nothing can be paired"),
        (([], []), (0, 0, 0), "0 coder(s)"),
        (([1] * 6, [1] * 6), (6, 12, 2), "all codes are equal"),
        (([1, 2, 3, 2], [1, 2, 2, 2]), (4, 8, 2), "4 unit(s)"),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_what_has_no_alpha_or_no_interval_says_why(coders, counts, words, level):
    result = alpha(*coders, level=level)
    assert (result.n_units, result.n_pairable, result.n_coders) == counts
    assert np.isnan(result.alpha) == (len(coders[0]) != 4)
    assert np.isnan([result.conf_low, result.conf_high]).all()
    assert result.status == "descriptive"
    assert words in result.note


def test_few_units_are_a_warning():
    assert alpha([1, 2, 1, 2, 1, 2], [1, 2, 1, 2, 2, 1]).status == "warning"


def test_zero_against_zero_is_no_difference_of_ratio():
    assert alpha([0, 0, 3, 4], [0, 0, 3, 4], level="ratio").alpha == 1


@pytest.mark.parametrize(
    ("codes", "options", "sentence"),
    [
        (
            [["often", 1]],
            {"level": "ordinal"},
            "The codes hold 'often'; the level 'ordinal' needs numbers, words are for 'nominal'.",
        ),
        ([[-1, 1]], {"level": "ratio"}, "The codes hold -1; the level 'ratio' needs numbers of 0 and more."),
        ([[np.inf, 1]], {"level": "interval"}, "The codes hold inf; the level 'interval' needs finite numbers."),
        ([[1, 1]], {"level": "nominaal"}, "There is no level 'nominaal'; level= is one of nominal, ordinal, interval, ratio."),
        ([[1, 1]], {"conf_level": 95}, "conf_level=95 is no level of confidence; give a number between 0 and 1, such as .95."),
        ([[1, 1]], {"n_resamples": 0}, "n_resamples=0 gives no interval; give 1 or more, such as 2000."),
    ],
)
def test_codes_and_options_that_cannot_be_are_one_sentence(codes, options, sentence):
    with pytest.raises(CodingError) as caught:
        krippendorff_alpha(codes, **options)
    assert str(caught.value) == sentence


def test_the_codes_are_not_changed_and_the_result_is_frozen():
    codes = pd.DataFrame({"A": ["1", "", "2"], "B": ["1", "2", None]})
    before = codes.copy()
    result = krippendorff_alpha(codes, "interval")
    pd.testing.assert_frame_equal(codes, before)
    with pytest.raises(FrozenInstanceError):
        result.alpha = 1
