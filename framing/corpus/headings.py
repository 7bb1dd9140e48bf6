"""Headings and bullets inside an article: kept as text, but known as what they are."""

from __future__ import annotations

import re
from typing import NamedTuple

from framing.corpus.cleaning import find_furniture
from framing.corpus.furniture import find_lines

# A heading has at most so many words and letters (chosen).
MAX_WORDS, MAX_LETTERS = 15, 110
_BULLET = re.compile(r"(?:[-*•–·▪●◦‣o]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
# What ends a sentence, a quotation or a list; a question may be a heading.
_CLOSED = tuple(".!…:;,”\"’')]")
# The credit of a picture, a byline, a posting of a reader's: lines without a full stop that head nothing.
_NO_HEADING = re.compile(
    r"photo|getty|reuters|\bap\b|\bafp\b|contribut|@|https?:|^by\s|^_+$|updated|^editor|\bcredit\b|^with\s|\d{4}$|^image\b",
    re.IGNORECASE,
)


class Heading(NamedTuple):
    """A heading or a bullet."""

    start: int
    end: int
    kind: str
    """`heading` or `bullet`."""


def find_headings(text: str, title: str = "") -> list[Heading]:
    """The headings and the bullets of a text, in order; page furniture is neither (`find_furniture`).

    A heading is a short line without the mark of a sentence's end that stands before other text. A bullet is a line behind a
    dash, a dot or a number; its words are sentences or parts of one and are counted like all others.

    >>> text = "What the envoys want\\nGrain.\\n- Peace\\n- Salt"
    >>> [(text[one.start : one.end], one.kind) for one in find_headings(text)]
    [('What the envoys want', 'heading'), ('- Peace', 'bullet'), ('- Salt', 'bullet')]
    """
    furniture = {start for start, _, _ in find_furniture(text, title)}
    lines = [line for line in find_lines(text) if line[0] not in furniture]
    kinds = [_kind(text[start:end], is_last=(start, end) == lines[-1]) for start, end in lines]
    return [Heading(*line, kind) for line, kind in zip(lines, kinds, strict=True) if kind]


def _kind(line: str, *, is_last: bool) -> str:
    if _BULLET.match(line):
        return "bullet"
    is_short = len(line) <= MAX_LETTERS and len(line.split()) <= MAX_WORDS
    if is_last or not is_short or line.endswith(_CLOSED) or _NO_HEADING.search(line):
        return ""
    return "heading" if any(letter.isalpha() for letter in line) and not line[0].islower() else ""
