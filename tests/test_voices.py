"""Who speaks: for the hedges and loaded words of `cases/voices.json`, the voice they stand in."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from framing.measure.marks import build_matcher, read_article
from framing.measure.text import Text
from framing.measure.voices import VOICES

CASES = json.loads((Path(__file__).parent / "cases" / "voices.json").read_text(encoding="utf-8"))
MATCHER = build_matcher()


def params():
    for case in CASES:
        known = case["kind"] == "known_failure"
        marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["comment"])] if known else []
        yield pytest.param(case["text"], case["expect"], id=case["label"], marks=marks)


@pytest.mark.parametrize(("text", "expect"), params())
def test_hedges_and_loaded_words_have_their_voice_and_no_others_are_found(text, expect):
    reading = read_article(Text("a", text), MATCHER)
    marks = [mark for mark in reading.marks if mark.measure in ("hedging", "loaded")]
    assert [[mark.text, mark.measure, reading.voices.at(mark.start)[0]] for mark in marks] == expect


def test_every_case_is_labelled_once_and_of_a_known_kind():
    assert len({case["label"] for case in CASES}) == len(CASES) >= 25
    assert {case["kind"] for case in CASES} == {"in_the_wild", "synthetic", "negative", "known_failure"}
    assert all(case["comment"].endswith(".") for case in CASES)
    assert {voice for case in CASES for *_, voice in case["expect"]} == set(VOICES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_voices_are_ordered_stretches_of_attributed_content(case):
    reading = read_article(Text("a", case["text"]), MATCHER)
    for before, after in pairwise(reading.voices.stretches):
        assert before.end <= after.start
    for stretch in reading.voices.stretches:
        content = reading.attributions[stretch.attribution].content
        assert any(start <= stretch.start < stretch.end <= end for start, end in content)
        quotation = reading.scene.quotation_over(stretch.start)
        assert (stretch.voice == "quoted") == (quotation is not None and stretch.end <= quotation.end)


def test_outside_every_stretch_the_journalist_speaks():
    reading = read_article(Text("a", "Snow fell. Orrel said the road was open."), MATCHER)
    assert reading.voices.at(0) == ("journalist", None)
    assert reading.voices.at(22) == ("reported", 0)
    assert reading.voices.at(10_000) == ("journalist", None)
