"""Quotation spans: which stretches of an article stand between quotation marks.

All glyphs are handled: “ ”, " ", '' '' (two apostrophes, as archives write them), `` '', « », ‘ ’ and „ ”. Only the outermost
pair counts; a mark inside another pair is part of it. Whether a quotation is speech or a scare quote is decided
by `framing.measure.voices`.
"""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

from framing.measure.text import Text


class Quotation(NamedTuple):
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
    surface, number = text.place
    *offsets, closed = surface.rows_of(number, surface.quotations).T
    columns = (*((column - surface.begin[number]).tolist() for column in offsets), (closed > 0).tolist())
    return list(map(tuple.__new__, repeat(Quotation), zip(*columns, strict=True)))  # what Quotation(...) does, in half the time
