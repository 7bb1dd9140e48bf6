"""The paper: no number typed by hand, a missing key stops the build with its name, building again gives the same bytes."""

from __future__ import annotations

import json
import re
import sys
import zipfile

import pandas as pd
import pytest

import framing as fr
from framing.measure.lexicon import lexicon_digest
from framing.measure.validated import is_validated
from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "paper"))
from build import PaperError, build, fill, fill_readme, look_up  # the paper's own modules, beside its text
from derive import derive
from plan import read_plan
from results import compute

PAPER = (ROOT / "paper" / "paper.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def results():
    return compute()


def test_a_missing_key_is_named(results):
    with pytest.raises(PaperError, match=r"'demo\.no_such_number'.*'no_such_number'"):
        fill("{{demo.no_such_number}}", results, "docx")
    with pytest.raises(PaperError, match=r"'demo'.*group"):
        fill("{{demo}}", results, "docx")
    with pytest.raises(PaperError, match="table 'nothing'"):
        fill("[[table nothing: Caption.]]", results, "docx")
    with pytest.raises(PaperError, match="figure 'nothing'"):
        fill("[[figure nothing: Caption.]]", results, "docx")
    with pytest.raises(PaperError, match="'nothing'"):
        fill("see [[ref nothing]]", results, "docx")
    with pytest.raises(PaperError, match="table 'nothing'"):
        fill_readme("<!-- table: nothing -->\n<!-- end -->", results)


def test_no_number_in_the_text_is_typed_by_hand():
    text = PAPER.split("---", 2)[2]
    text = re.sub(r"\{\{.*?\}\}|@\w+|`[^`]*`", "", text)
    allowed = {"1,000", "95", "1", "2012–2020", "4.0"}  # units, the level of intervals, the corpus's years, a name
    typed = [number for number in re.findall(r"\d[\d.,–]*\d|\d", text) if number not in allowed]
    assert typed == []


def test_the_plan_holds_validated_primary_measures_and_the_plain_family():
    plan = read_plan()
    assert all(is_validated(measure) for measure in plan.measures)
    assert {measure for question in plan.text["questions"] for measure in question["measures"]} == set(plan.measures)
    assert not set(plan.measures) & set(plan.secondary)
    assert [len(plan.family(corpus)) for corpus in plan.corpora] == [20, 10]


def test_the_ratios_that_the_plan_assumes_are_those_of_the_formula():
    text, design = read_plan().text, {"CNN": 108, "Washington Times": 62, "USA Today": 51, "NPR": 53, "HPO": 100, "NYT": 100}
    for outlet, assumed in text["power"]["assumed_ratio"].items():
        family = 10 if outlet in ("HPO", "NYT") else 20
        level = 1 - text["test"]["alpha"] / family
        row = fr.plan_sample(text["power"]["assumed_rate"], n_stories=design[outlet], conf_level=level).iloc[0]
        assert round(row["detectable"], 2) == assumed, outlet


def test_every_reference_is_in_the_bibliography():
    bibliography = (ROOT / "paper" / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"@\w+\{(\w+),", bibliography))
    cited = set(re.findall(r"@(\w+\d{4})", PAPER))
    assert cited <= keys
    assert keys - cited == set(), "unused entries"


def test_building_again_gives_the_committed_bytes(results, tmp_path):
    for path in build(results, tmp_path):
        assert path.read_bytes() == (ROOT / "paper" / path.name).read_bytes(), path.name


def test_word_and_pdf_hold_no_path_of_a_machine():
    with zipfile.ZipFile(ROOT / "paper" / "paper.docx") as parts:
        texts = [parts.read(name) for name in parts.namelist()]
    texts.append((ROOT / "paper" / "paper.pdf").read_bytes())
    assert not [text for text in texts if str(ROOT).encode() in text or b"/home/" in text]


def test_the_readme_shows_the_computed_tables(results):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert fill_readme(readme, results) == readme


def test_look_up_formats_and_follows_dots():
    assert look_up({"a": {"b": 0.126}}, "a.b", ".2f") == "0.13"


def test_the_derived_data_carry_no_text_and_name_their_origin():
    for path in (ROOT / "paper" / "data").glob("*_scores.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert "text" not in table.columns
        assert "title" not in table.columns
        assert table.map(len).to_numpy().max() < 300
    provenance = json.loads((ROOT / "paper" / "data" / "provenance.json").read_text(encoding="utf-8"))
    assert set(provenance) == {"allsides", "basil", "uk_ukraine"}
    for one in provenance.values():
        assert one["lexicons"] == lexicon_digest(), "the lexicons changed: run `make corpora` and commit paper/data"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "place"), [("uk_ukraine", "uk_ukraine"), ("allsides", "allsides_stories/articles.jsonl")])
def test_the_derived_data_are_what_the_corpora_give(corpora, tmp_path, name, place):
    tables, provenance = derive(name, corpora / place)
    committed = json.loads((ROOT / "paper" / "data" / "provenance.json").read_text(encoding="utf-8"))
    assert provenance == committed[name]
    for stem, table in tables.items():
        path = tmp_path / f"{stem}.csv"
        table.to_csv(path, index=False, lineterminator="\n")
        assert path.read_bytes() == (ROOT / "paper" / "data" / path.name).read_bytes(), stem
