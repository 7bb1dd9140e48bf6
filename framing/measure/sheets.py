"""Dictionaries as tables: LIWC-22's `.dicx`, and `.csv` or `.tsv` files with a column of words."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from framing.measure.terms import LexiconError, Reading, Skipped, Term, read_number, read_text

NAMES = {
    "word": ("word", "words", "term", "terms", "entry", "pattern", "form", "token", "phrase", "ngram", "dicterm", "lemma"),
    "category": ("category", "categories", "key", "sentiment", "emotion", "dimension", "construct", "frame", "class", "label"),
    "weight": ("weight", "score", "value", "valence", "polarity", "intensity", "strength"),
}
"""Column names that are understood, small or capital; of several the first in this order is taken."""
MARKS = ("x", "✓", "true", "yes")
"""Cells that put a word into a column's category, beside numbers, which do so with a weight."""


def is_own_format(path: Path) -> bool:
    """Whether a CSV file has the columns of this project's lexicons."""
    header = next(iter(csv.reader(StringIO(read_text(path)))), [])
    return {"id", "forms"} <= set(header)


def read_sheet(path: Path) -> Reading:
    """A table with one row for each word and category (and weight), or one row for each word and a column for each category.

    Without a column of categories, and with one of weights or none at all, all words are of one category: the file's name.
    """
    rows = list(_rows(path))
    header = [cell.strip().lower() for cell in rows[0][1]]
    columns = {part: next((header.index(name) for name in names if name in header), None) for part, names in NAMES.items()}
    word, category, weight = columns["word"], columns["category"], columns["weight"]
    if word is None:
        raise _no_words(path, rows[0][1])
    if category is None and weight is None and len(header) > 1:
        _check_marks(path, rows, word)
        yield from _read_wide(rows, word)
        return
    for line, cells in rows[1:]:
        levels = (cells[category].strip() if category is not None else path.stem,)
        number = 1.0 if weight is None else read_number(cells[weight])
        if number is None:
            yield Skipped(line, f"the weight {cells[weight or 0]!r} of {cells[word]!r} is no number; write one.")
        else:
            yield Term(line, levels, cells[word], number)


def read_dicx(path: Path) -> Reading:
    """LIWC-22: the words in the first column, then one column for each category, marked X or with a weight."""
    yield from _read_wide(list(_rows(path)), 0)


def _read_wide(rows: Sequence[tuple[int, list[str]]], word: int) -> Reading:
    names = rows[0][1]
    for line, cells in rows[1:]:
        for place, cell in enumerate(cells):
            weight = _weight_of_mark(cell.strip())
            if place == word or weight == 0:
                continue
            if weight is None:
                yield Skipped(line, f"the cell {cell!r} of {cells[word]!r} is no mark; write X, a number or nothing.")
            else:
                yield Term(line, (names[place].strip(),), cells[word], weight)


def _weight_of_mark(cell: str) -> float | None:
    """1 for a mark, 0 for an empty cell, the number for a number, None for anything else."""
    if cell.lower() in MARKS:
        return 1.0
    return read_number(cell) if cell else 0.0


def _check_marks(path: Path, rows: Sequence[tuple[int, list[str]]], word: int) -> None:
    """Columns of something else (a translation, say) are no categories."""
    for line, cells in rows[1:]:
        for place, cell in enumerate(cells):
            if place != word and _weight_of_mark(cell.strip()) is None:
                raise LexiconError(
                    f"{path.name}, line {line}: the column {rows[0][1][place]!r} holds {cell!r}, neither a mark X nor a number; "
                    f"name a column of categories one of {', '.join(NAMES['category'])}, or remove the column."
                )


def _no_words(path: Path, header: Sequence[str]) -> LexiconError:
    known = "; ".join(f"{part}: {', '.join(names)}" for part, names in NAMES.items())
    return LexiconError(
        f"{path.name}, line 1: no column holds words (found: {', '.join(header)}); rename the columns, known are {known}."
    )


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of the header and of all rows that hold something, as many cells as the header has."""
    text = read_text(path)
    first = text.split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    width = 0
    try:
        for cells in reader:
            width = width or len(cells)
            if any(cell.strip() for cell in cells[width:]):
                raise LexiconError(
                    f"{path.name}, line {reader.line_num}: the row has {len(cells)} cells where the header has {width}; "
                    "quote cells that hold the separator."
                )
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [*cells, *[""] * (width - len(cells))][:width]
    except csv.Error as error:
        raise LexiconError(f"{path.name}, line {reader.line_num}: {error}; close or double the quotation mark.") from None
    if not width:
        raise LexiconError(f"{path.name}: the file is empty; fill it.")
