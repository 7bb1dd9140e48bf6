"""The codebook: pages written from the lexicons, so that they cannot differ from what is counted."""

from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.codebook import load_definitions, read_precision, write_codebook
from framing.measure.marks import LEXICON_MEASURES, OPTIONAL_LEXICONS

PAGES = Path(__file__).parents[1] / "docs" / "codebook"
PRECISION = Path(__file__).parents[1] / "benchmarks" / "results" / "entries.csv"


def test_every_counted_lexicon_has_a_definition_and_a_page(tmp_path):
    assert sorted(load_definitions()) == sorted(LEXICON_MEASURES + OPTIONAL_LEXICONS)
    pages = {path.stem: path.read_text(encoding="utf-8") for path in write_codebook(tmp_path)}
    for name in LEXICON_MEASURES + OPTIONAL_LEXICONS:
        for entry in fr.load_lexicon(name):
            assert entry.example.replace("|", "\\|") in pages[name], entry.id


def test_measured_precision_stands_beside_its_entry(tmp_path):
    measured = pd.DataFrame([("hedging/may", "news", "journalist", 14, 12)], columns=["entry", "genre", "voice", "n", "right"])
    write_codebook(tmp_path, measured)
    line = next(line for line in (tmp_path / "hedging.md").read_text(encoding="utf-8").splitlines() if "`may`" in line)
    assert "news, journalist: 12 of 14 (60–96 %)" in line  # Wilson's interval


def test_the_committed_pages_are_those_of_the_lexicons(tmp_path):
    for path in write_codebook(tmp_path, read_precision(PRECISION)):
        committed = (PAGES / path.name).read_text(encoding="utf-8")
        assert committed == path.read_text(encoding="utf-8"), f"{path.name} is old: run make codebook"


def test_precision_without_a_column_is_refused_with_what_is_missing(tmp_path):
    (tmp_path / "precision.csv").write_text("entry,n\nhedging/may,3\n", encoding="utf-8")
    with pytest.raises(fr.LexiconError, match=r"precision\.csv has no column 'genre'"):
        read_precision(tmp_path / "precision.csv")
    with pytest.raises(fr.LexiconError, match=r"nowhere\.csv cannot be read"):
        read_precision(tmp_path / "nowhere.csv")


def test_every_category_is_defined():
    definitions = load_definitions()
    for name in definitions:
        assert set(definitions[name]["categories"]) == {entry.category for entry in fr.load_lexicon(name)}, name
