"""Who says what: cases from `cases/attributions.json`, expected as the coding rules have it (framing/corpus/demo/CODING.md).

Only reported speech is compared, because beliefs, hopes and plans that nobody utters are not coded.
"""

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest

from framing.measure.attributions import find_attributions
from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.scene import Scene
from framing.measure.text import Text

CASES = json.loads((Path(__file__).parent / "cases" / "attributions.json").read_text(encoding="utf-8"))
MODES = {"direct", "mixed", "indirect", "agentless", "hearsay"}
MATCHER = Matcher([load_lexicon("attribution")])


def params():
    for case in CASES:
        known = case["kind"] == "known_failure"
        marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["comment"])] if known else []
        yield pytest.param(case["text"], case["expect"], id=case["label"], marks=marks)


def attributions(original):
    text = Text("a", original)
    return find_attributions(Scene(text), MATCHER.find(text))


def speech(original):
    """The attributions of a text as the cases write them."""
    return [
        {
            "source": original[slice(*one.source)] if one.source else None,
            "cue": original[slice(*one.cue)] or None,
            "content": [original[start:end] for start, end in one.content],
            "mode": one.mode,
        }
        for one in attributions(original)
        if one.scope == "reported_speech"
    ]


@pytest.mark.parametrize(("text", "expect"), params())
def test_attributions(text, expect):
    assert speech(text) == expect


def test_every_case_is_labelled_once_and_of_a_known_kind():
    assert len({case["label"] for case in CASES}) == len(CASES) >= 60
    assert {case["kind"] for case in CASES} == {"in_the_wild", "synthetic", "negative", "known_failure"}
    assert all(case["comment"].endswith(".") for case in CASES)
    assert not any(case["expect"] for case in CASES if case["kind"] == "negative")


def test_every_expectation_stands_in_its_text():
    for case in CASES:
        for one in case["expect"]:
            assert one["mode"] in MODES
            assert all(part in case["text"] for part in (*one["content"], one["source"], one["cue"]) if part is not None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_no_word_is_said_twice_and_no_source_speaks_itself(case):
    found = attributions(case["text"])
    claimed = sorted(span for one in found if one.mode != "hearsay" for span in one.content)
    assert all(start < end for start, end in claimed)
    assert all(end <= start for (_, end), (start, _) in pairwise(claimed))
    for one in found:
        for start, end in (one.cue, *([one.source] if one.source else [])):
            assert not any(first < end and start < last for first, last in one.content)


def test_an_attribution_does_not_depend_on_what_surrounds_its_paragraph():
    """A paragraph before and after changes nothing (quotations that go on across paragraphs aside)."""
    before, after = "The road was closed.", "Snow fell on the town."
    for case in CASES:
        if "\n" in case["text"] or not case["expect"] or any(one["cue"] is None for one in case["expect"]):
            continue
        assert speech(f"{before}\n\n{case['text']}\n\n{after}") == speech(case["text"]), case["label"]


def test_an_empty_text_has_no_attribution():
    assert attributions("") == []


def test_a_measured_precision_of_one_is_not_a_missing_one():
    text = Text("", "Orrel warned that the bridge was closed. Drosse retorted that it was late.")
    found = find_attributions(Scene(text), MATCHER.find(text))
    assert [one.lemma for one in found] == ["warn", "retort"]
    assert found[0].precision == 1
    assert math.isnan(found[1].precision)
