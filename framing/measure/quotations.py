"""Quotation spans: which stretches of an article stand between quotation marks.

All glyphs are handled: “ ”, " ", '' '' (two apostrophes, as archives write them), `` '', « », ‘ ’ and „ ”. Only the outermost
pair counts; a mark inside another pair is part of it. Whether a quotation is speech or a scare quote is decided
by `framing.measure.voices`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from framing.measure.text import Text

# ``, '' or one of “”„«»‘": it begins with one set of characters, so that the search jumps from mark to mark.
_MARK = re.compile(r"[`'\"“”„«»‘](?:(?<![`'])|(?<=`)`|(?<=')')")
# A closing single mark: an apostrophe glyph that ends a clause (after punctuation) or a word.
_SINGLE_CLOSE = re.compile(r"(?<=[.,!?…])’|(?<=\w)’(?!\w)")
_CURLY, _STRAIGHT = re.compile("[“”]"), re.compile('"')
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "``": "''"}


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks."""

    start: int
    """Offset of the opening mark."""
    end: int
    """Offset after the closing mark (after the last character where the quotation goes on in the next paragraph)."""
    inner_start: int
    """Offset after the opening mark."""
    inner_end: int
    """Offset of the closing mark."""
    closed: bool
    """False where a new paragraph opens the quotation again, as multi-paragraph quotations do."""


def find_quotations(text: Text) -> list[Quotation]:
    """Quotations in order, never overlapping, each inside one paragraph.

    >>> t = Text("a", "“We agree,” she said. ‘Don’t go,’ they said. The ''pact'' holds.")
    >>> [t.text[q.start : q.end] for q in find_quotations(t)]
    ['“We agree,”', '‘Don’t go,’', "''pact''"]
    """
    found: list[Quotation] = []
    openings = [text.text[start : start + 2] for start, _ in text.paragraphs] + [""]
    for index, (start, end) in enumerate(text.paragraphs):
        goes_on = _MARK.match(openings[index + 1]) is not None
        found.extend(_in_paragraph(text.text, start, end, goes_on))
    return found


def _in_paragraph(text: str, start: int, end: int, goes_on: bool) -> list[Quotation]:
    found = []
    position = start
    unclosed: set[str] = set()  # glyphs that no mark closes any more: looking again would cost quadratic time
    while mark := _next_opening(text, position, end, start):
        close = None if mark.group() in unclosed else _closing(text, mark, end)
        inner = mark.end()
        if close is not None:
            found.append(Quotation(mark.start(), close.end(), inner, close.start(), True))
            position = close.end()
        elif goes_on or mark.group() in "“„«":  # an open curly mark is no accident; a straight one may be an inch sign
            found.append(Quotation(mark.start(), end, inner, end, False))
            break
        else:
            if mark.group() != "‘":  # a later ‘ may close after all: the search ends at the next ‘
                unclosed.add(mark.group())
            position = inner
    return [quotation for quotation in found if any(c.isalnum() for c in text[quotation.inner_start : quotation.inner_end])]


def _next_opening(text: str, position: int, end: int, start: int) -> re.Match[str] | None:
    for mark in _MARK.finditer(text, position, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end() : mark.end() + 1]
        if mark.group() in "”»" or (mark.group() == "‘" and not after.isalnum() and after not in '…“"['):
            continue
        if mark.group() in ('"', "''", "‘") and not (after.strip() and not before.isalnum()):
            continue
        return mark
    return None


def _closing(text: str, mark: re.Match[str], end: int) -> re.Match[str] | None:
    if mark.group() == "‘":
        return _single_closing(text, mark.end(), end)
    for close in _closers(mark.group()).finditer(text, mark.end(), end):
        spaced = text[close.start() - 1].isspace() and not text[close.end() : close.end() + 1].isspace()
        opens_again = mark.group() in ('"', "''") and spaced  # a mark between two spaces closes: ' "
        if not opens_again or close.end() >= end:
            return _mixed_closing(text, mark, close.start()) or close
    return _mixed_closing(text, mark, end)


@cache
def _closers(mark: str) -> re.Pattern[str]:
    """What closes a quotation that a mark opens: of three apostrophes the last two; an opening “ after a comma or full stop is a
    slip of the keyboard for ”."""
    closers = _CLOSERS.get(mark, mark)
    slip = r"(?<=[,.!?])“(?=\s)|(?<=[’'] )“(?=\s|$)"
    return re.compile("''(?!')" if closers == "''" else rf"[{re.escape(closers)}]|{slip}")


def _mixed_closing(text: str, mark: re.Match[str], end: int) -> re.Match[str] | None:
    """A pair of different glyphs ("...” or “...") that closes before `end`, unless another pair opened in between."""
    if mark.group() == '"':
        found = _CURLY.search(text, mark.end(), end)
        return found if found is not None and found.group() == "”" else None
    if mark.group() == "“":
        found = _STRAIGHT.search(text, mark.end(), end)
        closes = found is not None and not text[found.start() - 1].isspace() and not text[found.end() : found.end() + 1].isalnum()
        return found if closes else None
    return None


def _single_closing(text: str, inner: int, end: int) -> re.Match[str] | None:
    """The first ’ after punctuation, or else the last ’ at a word's end that is not followed by an opening ‘."""
    until = text.find("‘", inner, end)
    candidates = list(_SINGLE_CLOSE.finditer(text, inner, end if until < 0 else until))
    after_punctuation = [c for c in candidates if text[c.start() - 1] in ".,!?…"]
    return next(iter(after_punctuation or candidates[-1:]), None)
