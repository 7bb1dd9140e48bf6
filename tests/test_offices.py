"""The holders of the highest offices: the table is well formed, and only a later comer makes an officer a former one."""

import csv
from pathlib import Path

import pytest

import framing.measure.offices as offices
from framing.measure.offices import estimate_year, find_officer, type_officer
from framing.measure.speakers import resolve_sources
from framing.measure.text import Text

ROWS = list(csv.DictReader((Path(offices.__file__).parent / "offices.csv").open(encoding="utf-8")))


def test_every_row_has_names_an_office_and_years_in_order():
    names = [name for row in ROWS for name in row["names"].split("|")]
    assert len(names) == len(set(names)) > 200
    for row in ROWS:
        assert row["office"], row
        assert row["of"], row
        assert row["type"] in ("official", "international_body"), row
        years = [[int(year) for year in period.split("-")] for period in row["years"].split()]
        assert years == sorted(years), row
        assert all(first <= last for first, last in years), row
        assert 1985 < years[-1][1] <= 2026, row


@pytest.mark.parametrize("name", ["Angela Merkel", "Angela D. Merkel", "Merkel"])
def test_an_officer_is_found_by_name_and_by_surname_where_nobody_else_has_it(name):
    assert find_officer(name).office == "chancellor, Germany"


@pytest.mark.parametrize("name", ["Ana Teskel", "Brown", "May", ""])
def test_nobody_else_is_found(name):
    assert find_officer(name) is None


def test_an_article_is_as_late_as_the_latest_comer_whom_a_surname_names():
    assert estimate_year(["Angela Merkel", "Volodymyr Zelensky", "Ana Teskel"]) == 2019
    assert estimate_year(["Mike Johnson", "Ana Teskel"]) == 0
    assert [type_officer(find_officer("Angela Merkel"), year) for year in (0, 2021, 2022)] == ["official"] * 2 + [
        "former_official"
    ]


@pytest.mark.parametrize(
    ("text", "source_type"),
    [
        ("Helmut Kohl agreed with the farmers, residents, workers and students.", "official"),
        ("Helmut Kohl agreed with Emmanuel Macron and the farmers, residents, workers and students.", "former_official"),
        ("Helmut Kohl, the former chancellor, agreed with the farmers, residents and students.", "former_official"),
        ("Helmut Koll agreed with the farmers, residents, workers and students.", "citizen"),
    ],
)
def test_an_officer_needs_no_introduction(text, source_type):
    assert resolve_sources(Text("", text), [(0, 11)])[0].source_type == source_type
