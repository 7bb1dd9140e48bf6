"""What is marked and what is not: cases from `cases/hedges.json`, `frames.json` and `loaded.json`.

Expectations were written from the definitions before the output was seen; a `known_failure` must fail until it is mended.
"""

import json
from pathlib import Path

import pandas as pd
import pytest

import framing as fr

FOLDER = Path(__file__).parent / "cases"
NAMES = ("hedges", "frames", "loaded")
CASES = [case for name in NAMES for case in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))]
LEAST = {"hedges": 200, "frames": 100, "loaded": 100}


@pytest.fixture(scope="module")
def marks():
    texts = pd.DataFrame({"article": [str(i) for i in range(len(CASES))], "text": [case["text"] for case in CASES]})
    return fr.annotate(fr.read_articles(texts), furniture=True, progress=False).marks


def mismatch(case, number, marks):
    mine = marks[(marks["article"] == str(number)) & (marks["measure"] == case["measure"])]
    found = [list(pair) for pair in zip(mine["text"], mine["category"], strict=True)]
    return None if found == case["expect"] else f"{case['text']} -> {found}, not {case['expect']} ({case['label']})"


def test_every_case_is_marked_as_the_definition_has_it(marks):
    faults = [mismatch(case, number, marks) for number, case in enumerate(CASES) if case["kind"] != "known_failure"]
    assert [fault for fault in faults if fault] == []


def test_known_failures_still_fail(marks):
    mended = [
        case["text"]
        for number, case in enumerate(CASES)
        if case["kind"] == "known_failure" and mismatch(case, number, marks) is None
    ]
    assert mended == [], "these are mended: make them cases that must pass"


@pytest.mark.parametrize("name", NAMES)
def test_there_are_enough_cases_and_negatives(name):
    cases = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert len(cases) >= LEAST[name]
    assert sum(not case["expect"] for case in cases) >= len(cases) // 4
    assert all(case["kind"] in ("in_the_wild", "synthetic", "negative", "known_failure") for case in cases)
    assert len({(case["measure"], case["text"]) for case in cases}) == len(cases)
