"""Dates as they stand in files -> ISO dates; one that could mean two days is never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

# The months in English, German and French; of a longer name its first letters, at least three, do too ("Sept.", "janv.").
_MONTHS = {
    1: "january januar jänner janvier", 2: "february februar février fevrier", 3: "march märz maerz mrz mars",
    4: "april avril", 5: "may mai", 6: "june juni juin", 7: "july juli juillet", 8: "august août aout",
    9: "september septembre", 10: "october oktober octobre", 11: "november novembre", 12: "december dezember décembre decembre",
}  # fmt: skip
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d.*)?)?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ,]+\d\d?:.*)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[T ,]+\d\d?[:.h].*)?")
# A weekday (and "le", "den") may stand before, a time after: neither changes the day.
_DAY_NAME_YEAR = re.compile(
    r"(?:[^\W\d]+[.,]*\s+){0,2}?(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:of\s+)?([^\W\d]+)\.?,?[\s-]+(\d{4})(?:\W.*)?"
)
_NAME_DAY_YEAR = re.compile(r"(?:[^\W\d]+[.,]*\s+){0,2}?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\W.*)?")
_NAME_YEAR = re.compile(r"([^\W\d]+)\.?,?\s+(\d{4})")


@lru_cache(maxsize=65_536)
def read_date(written: str, day_first: bool | None = None) -> tuple[str, str]:
    """The ISO date that a string means, and why none can be told (one of the two is empty).

    ISO dates, with or without a time, and ISO years and months stay as they are. Names of months may be English, German or
    French; a month and a year are a month. All in numbers, the day must be told by `day_first`, by being above twelve, or by
    being the month's number too.

    >>> read_date("Tuesday, 4 March 2031")
    ('2031-03-04', '')
    >>> read_date("1er août 2031, 10:30"), read_date("13.12.2031")
    (('2031-08-01', ''), ('2031-12-13', ''))
    >>> read_date("03/04/2031")
    ('', 'could be 2031-04-03 or 2031-03-04')
    >>> read_date("03/04/2031", day_first=True)
    ('2031-04-03', '')
    """
    written = written.strip()
    if not written:
        return "", ""
    if _ISO.fullmatch(written):
        return (written, "") if _is_iso(written) else ("", "is no day of the calendar")
    if found := _COMPACT.fullmatch(written) or _YEAR_FIRST.fullmatch(written):
        return _day(found.group(1), found.group(2), found.group(3))
    if found := _NUMBERS.fullmatch(written):
        return _from_numbers(found.group(1), found.group(2), found.group(3), day_first)
    return _from_names(written)


def _is_iso(written: str) -> bool:
    try:
        datetime.fromisoformat(written if len(written) > 7 else (written + "-01-01")[:10])
    except ValueError:
        return bool(_day(*written[:10].split("-"))[0]) if len(written) > 10 else False  # "2031-03-04 10:30 UTC"
    return True


def _day(year: str, month: str | int, day: str) -> tuple[str, str]:
    try:
        return date(int(year), int(month), int(day)).isoformat(), ""
    except ValueError:
        return "", "is no day of the calendar"


def _from_numbers(one: str, two: str, year: str, day_first: bool | None) -> tuple[str, str]:
    if len(year) == 2:
        return "", "has no year of four digits"
    by_day, by_month = _day(year, two, one), _day(year, one, two)
    if day_first is not None:
        return by_day if day_first else by_month
    if by_day[0] and by_month[0] and by_day != by_month:
        return "", f"could be {by_day[0]} or {by_month[0]}"
    return by_day if by_day[0] else by_month


def _from_names(written: str) -> tuple[str, str]:
    if (found := _NAME_YEAR.fullmatch(written)) and _month(found.group(1)):
        return f"{found.group(2)}-{_month(found.group(1)):02}", ""
    if found := _DAY_NAME_YEAR.fullmatch(written):
        day, name, year = found.groups()
    elif found := _NAME_DAY_YEAR.fullmatch(written):
        name, day, year = found.groups()
    else:
        return "", "is no date in a form that is read"
    month = _month(name)
    return _day(year, month, day) if month else ("", f"names no month that is known ({name})")


def _month(name: str) -> int:
    """The number of a month, 0 where the name could be of none or of two."""
    small = name.lower()
    found = {number for number, names in _MONTHS.items() if any(_is_short_for(small, one) for one in names.split())}
    return found.pop() if len(found) == 1 else 0


def _is_short_for(small: str, name: str) -> bool:
    return small == name or (len(small) >= 3 and name.startswith(small))
