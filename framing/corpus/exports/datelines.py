"""Dates as exports write them, in English, German and French; found, not parsed."""

from __future__ import annotations

import re

# Months by their beginnings, so that "Jan", "Jan.", "January", "Januar" and "janvier" are found by one row.
_MONTHS = (
    "jan(?:\\.|uary|uar|vier|v\\.?)?|jänner|feb(?:\\.|ruary|ruar)?|févr?(?:\\.|ier)?|mar(?:\\.|ch|s)?|märz|mär\\.?|apr(?:\\.|il)?|avr(?:\\.|il)?|"
    "may|mai|june?\\.?|juni|juin|july?\\.?|juli|juil(?:\\.|let)?|aug(?:\\.|ust)?|août|sept?(?:\\.|ember|embre)?|"
    "o[ck]t(?:\\.|ober|obre)?|nov(?:\\.|ember|embre)?|de[cz](?:\\.|ember)?|déc(?:\\.|embre)?"
)
_DATE = re.compile(
    rf"(?<!\w)(?:(?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}}"  # January 11, 2030
    rf"|\d{{1,2}}(?:\.|er|st|nd|rd|th)?\s+(?:{_MONTHS})\s+\d{{4}}"  # 11 January 2030, 11. Januar 2030, 1er janvier 2030
    rf"|(?:{_MONTHS})\s+\d{{4}}"  # January 2030
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\w)",
    re.IGNORECASE,
)
_WEEKDAY = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_WEEKDAY_AT_END = re.compile(rf"(?:{_WEEKDAY})$", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:{_WEEKDAY})?[,\s]*", re.IGNORECASE)


def find_date(line: str) -> str:
    """The first date of a line as it is written there, without weekday and time, or nothing.

    >>> find_date("mardi 3 octobre 2030 - 12:03 UTC"), find_date("11. Januar 2030 Montag"), find_date("Spring talks")
    ('3 octobre 2030', '11. Januar 2030', '')
    """
    found = _DATE.search(line)
    return found.group() if found else ""


def opens_with_date(line: str) -> bool:
    """Whether the line begins with a date or with a weekday and a date, as the line below an outlet's name does.

    >>> opens_with_date("Thursday, March 12, 2030"), opens_with_date("Talks on March 12, 2030 failed")
    (True, False)
    """
    found = _DATE.search(line, 0, 60)  # a weekday and a date are shorter; paragraphs need not be searched through
    return found is not None and _BEFORE.fullmatch(line, 0, found.start()) is not None


def after_date(line: str) -> str:
    """What stands behind the first date of a line, or the line where it has none: a length and a page, say.

    >>> after_date("Thursday, December 22, 2030 1387 words, p. 8")
    ' 1387 words, p. 8'
    """
    found = _DATE.search(line)
    return line[found.end() :] if found else line


def before_date(line: str) -> str:
    """What stands before the first date of a line and its weekday: a section or a place.

    >>> before_date("Politics, Tuesday 3 October 2030")
    'Politics'
    """
    found = _DATE.search(line)
    head = line[: found.start()].rstrip(" ,") if found else ""
    return _WEEKDAY_AT_END.sub("", head).strip(" ,")
