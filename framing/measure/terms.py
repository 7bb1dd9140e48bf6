"""What a dictionary made by somebody else holds: terms in categories, and what could not be read, by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

# The two byte order marks of UTF-16; Python's codec reads the mark and tells the order from it.
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class LexiconError(ValueError):
    """A lexicon that cannot be used; the sentence names file, line and what to do."""


class Term(NamedTuple):
    """A word or phrase of a dictionary, as written."""

    line: int
    """Where it stands in the file."""
    category: tuple[str, ...]
    """Its category, from the top level down."""
    pattern: str
    """The word or words; `*` stands for any number of letters, `?` for one."""
    weight: float = 1.0
    """1 unless the dictionary weighs its entries."""


class Skipped(NamedTuple):
    """Something that is not used, though the rest of the file is."""

    line: int
    """Where it stands in the file."""
    reason: str
    """What was found and what to do, as the rest of a sentence."""


Reading: TypeAlias = Iterator[Term | Skipped]


def read_text(path: Path) -> str:
    """A file's text with plain line ends: UTF-8 or UTF-16 by their marks, else UTF-8, else Windows-1252 (so also Latin-1)."""
    data = path.read_bytes()
    text = _decode(path, data)
    if "\0" in text:
        raise LexiconError(f"{path.name}: the file is no text; save it as UTF-8 and read it again.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(path: Path, data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise LexiconError(f"{path.name}: byte {error.start} is not UTF-16; save the file as UTF-8.") from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")  # the five bytes that Windows-1252 leaves open


def read_number(cell: str) -> float | None:
    """A cell as a finite number, with a decimal point or comma; None where it is none.

    >>> [read_number(cell) for cell in ("-1.5", "2,25", "X", "inf")]
    [-1.5, 2.25, None, None]
    """
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
