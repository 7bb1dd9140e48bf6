"""Holders of the highest public offices since 1990, whom articles do not introduce because every reader knows them.

`offices.csv`: names (the first is the usual one; a single word where a surname alone means nobody else), the office, of what,
the source type while in office, the years in or running for public office. From the offices' public records, as of 2026: heads of
state and government, nominees, party and chamber leaders of the English-speaking countries and the largest states, heads of the
UN, NATO, the EU and the like. Nobody else belongs here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "offices.csv"


@dataclass(frozen=True)
class Officer:
    """Somebody who holds or held one of the highest public offices."""

    names: tuple[str, ...]
    """As articles write the name."""
    office: str
    """The office and what it is of."""
    source_type: str
    """`official` or `international_body`."""
    first: int
    """The first year in or running for public office."""
    last: int
    """The last one."""


@lru_cache(maxsize=50_000)
def find_officer(name: str) -> Officer | None:
    """Who bears a name, initials aside.

    >>> find_officer("Donald J. Trump").office, find_officer("Ana Teskel")
    ('president and nominee, United States', None)
    """
    known = _officers()
    return known.get(name) or known.get(_without_initials(name))


def estimate_year(names: Iterable[str]) -> int:
    """The year from which an article can be at the earliest: when the latest comer came up whom a
    surname names; 0 where there is none."""
    officers = (find_officer(name) for name in names)
    return max((one.first for one in officers if one is not None and _is_household(one)), default=0)


def type_officer(officer: Officer, year: int) -> str:
    """The type of an officer in an article of a year or later.

    >>> type_officer(find_officer("Bill Clinton"), 2015), type_officer(find_officer("Angela Merkel"), 2015)
    ('former_official', 'official')
    """
    return "former_official" if year > officer.last else officer.source_type


def _is_household(officer: Officer) -> bool:
    return any(" " not in name for name in officer.names)


@cache
def _officers() -> dict[str, Officer]:
    """Officers by each of their names and by the first without initials, where no other has it."""
    with _TABLE.open(encoding="utf-8") as file:
        officers = [_read(row) for row in csv.DictReader(file)]
    known = {name: officer for officer in officers for name in officer.names}
    plain = [_without_initials(officer.names[0]) for officer in officers]
    for officer, name in zip(officers, plain, strict=True):
        if plain.count(name) == 1:
            known.setdefault(name, officer)
    return known


def _read(row: dict[str, str]) -> Officer:
    years = [int(year) for period in row["years"].split() for year in period.split("-")]
    return Officer(tuple(row["names"].split("|")), f"{row['office']}, {row['of']}", row["type"], min(years), max(years))


def _without_initials(name: str) -> str:
    return " ".join(word for word in name.split() if len(word.strip(".")) > 1 and "." not in word)
