"""Frame vocabulary: every dimension has its words, names stand aside where they must, and the flags name dimensions."""

import json
from pathlib import Path

import pytest

from framing.measure.frames import DIMENSIONS, VALIDATED_DIMENSIONS, is_no_name
from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.text import Text

RESULTS = Path(__file__).parent.parent / "benchmarks" / "results" / "frames.json"


def marks(measure: str, sentence: str) -> list[tuple[str, str]]:
    text = Text("", sentence)
    hits = Matcher([load_lexicon(measure)]).find(text)
    return [(text.text[text.starts[hit.first] : text.ends[hit.last]], hit.entry.category) for hit in hits]


def test_the_lexicon_holds_the_dimensions_and_nothing_else():
    assert {entry.category for entry in load_lexicon("policy_frames")} == set(DIMENSIONS)
    assert set(VALIDATED_DIMENSIONS) < set(DIMENSIONS)


def test_validated_are_the_dimensions_that_reach_the_bar_of_the_benchmark():
    found = json.loads(RESULTS.read_text(encoding="utf-8"))["dimensions"]
    assert tuple(name for name in DIMENSIONS if found[name]["reaches the bar"]) == VALIDATED_DIMENSIONS


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_no_three_words_make_a_dimension(dimension):
    found = json.loads(RESULTS.read_text(encoding="utf-8"))["dimensions"]
    assert found[dimension]["share of the three"] < 0.4


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_has_many_words(dimension):
    forms = [form for entry in load_lexicon("policy_frames") if entry.category == dimension for form in entry.forms]
    assert len(forms) >= 150


def test_opinion_hedges_and_judges_more_than_news_and_odd_days_do_not():
    rows = json.loads(RESULTS.with_name("known_groups.json").read_text(encoding="utf-8"))
    for row in rows:
        if row["groups"] == "opinion against news" and row["measure"] in ("hedging", "loaded", "boosters"):
            assert row["conf_low"] > 1, row
        if row["groups"] == "odd days against even days":
            assert row["conf_low"] < 1 < row["conf_high"], row


def test_a_deontic_counts_only_with_a_governing_actor():
    assert marks("generic_frames", "The council must act.") == [("must", "responsibility")]
    assert marks("generic_frames", "The singer must sleep.") == []


def test_a_word_of_conflict_needs_a_second_side():
    assert marks("generic_frames", "The mayor criticised the army.") == [("criticised", "conflict")]
    assert marks("generic_frames", "The mayor criticised the soup.") == []


def test_soft_words_do_not_count_inside_names_unless_written_with_a_capital():
    entries = load_lexicon("policy_frames").entries
    assert is_no_name(entries["policy_frames/apology"])
    assert not is_no_name(entries["policy_frames/church"])
    assert not is_no_name(entries["policy_frames/court"])
