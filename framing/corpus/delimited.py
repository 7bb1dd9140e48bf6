"""Tables with commas, semicolons or tabs between their cells; a broken row costs itself and no other."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from framing.corpus.lines import Lines, read_lines
from framing.corpus.readers import EMPTY, Opening, Reading, Record, Refused, header_fault

# The stretch of lines in which the end of a quoted cell is looked for (chosen; longer articles come as JSON lines).
LOOKAHEAD = 10_000
# And the number of characters, so that one quotation mark cannot make a whole file stay in memory (chosen).
MOST_HELD = 50_000_000


def read_delimited(path: Path, name: str, opening: Opening) -> Reading:
    """The rows of a .csv or .tsv file, in order, with refusals in their places."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # the default of 131,072 characters is shorter than long articles
    yield from read_lines(path, name, opening, "", _read_rows)


def _read_rows(lines: Lines, name: str, longest: int) -> Reading:
    first = next((line for line in lines if line is None or line.strip()), "")
    if first == "":
        yield Refused(name, "file", EMPTY)
        return
    if first is None:
        yield Refused(name, f"line {lines.number}", _too_long(longest))
        return
    lines.give_back([first])
    place, delimiter = f"line {lines.number + 1}", _delimiter(first, name)
    header = _take_row(lines, delimiter, None)
    if header is None:
        yield Refused(name, place, "the header has an unbalanced quotation mark; close it.")
        return
    if fault := header_fault(header):
        yield Refused(name, place, fault)
        return
    for place, row in _take_rows(lines, delimiter, header, longest):
        yield Refused(name, place, row) if isinstance(row, str) else Record(name, place, dict(zip(header, row, strict=True)))


def _delimiter(header: str, name: str) -> str:
    """What stands between the cells of the header; semicolons are what spreadsheets write where the comma is a decimal sign."""
    if name.lower().endswith(".tsv"):
        return "\t"
    return next((mark for mark in ",;\t" if mark in header), ",")


def _take_rows(lines: Lines, delimiter: str, header: list[str], longest: int) -> Iterator[tuple[str, list[str] | str]]:
    """Every row with its place: its cells, or why it is refused."""
    while True:
        first = next(lines, "")
        if first == "":
            return
        place = f"line {lines.number}"
        if first is None:
            yield place, _too_long(longest)
            continue
        lines.give_back([first])
        cells = _take_row(lines, delimiter, len(header))
        if cells is None:
            yield place, _fault(first, delimiter, len(header))
        elif cells:
            yield place, cells


def _too_long(longest: int) -> str:
    return f"the line is longer than {longest:,} characters; split it, or allow more with longest=."


def _take_row(lines: Lines, delimiter: str, width: int | None) -> list[str] | None:
    """The row that begins in the next line; None, and only that line taken, where no run of lines makes a row of that width.

    Physical lines are counted, so that an unbalanced quotation mark costs its own row and not the ones it would swallow.
    """
    taken: list[str | None] = []
    try:
        cells = next(csv.reader(_whole_lines(lines, taken), delimiter=delimiter, strict=True), [])
    except csv.Error:
        cells = None
    balanced = sum(line.count('"') for line in taken if line) % 2 == 0
    if cells is not None and balanced and (width is None or len(cells) in (0, width)):
        return cells
    lines.give_back(taken[1:])
    return None


def _whole_lines(lines: Lines, taken: list[str | None]) -> Iterator[str]:
    """The lines to come, up to one that is too long, each noted when it is taken."""
    held = 0
    for line in islice(lines, LOOKAHEAD):
        taken.append(line)
        held += len(line or "")
        if line is None or held > MOST_HELD:
            return
        yield line


def _fault(line: str, delimiter: str, width: int) -> str:
    if line.count('"') % 2:
        return "the row has an unbalanced quotation mark; close it or double it inside the cell."
    found = len(next(csv.reader([line], delimiter=delimiter), []))
    return f"the row has {found} cells where the header has {width}; quote cells that hold a {delimiter!r}."
