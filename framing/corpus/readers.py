"""What every reader gives: records, those that are refused, and what must be said of those that are read."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

EMPTY = "the file is empty; remove it or fill it."


@dataclass(frozen=True)
class Refused:
    """A record that was not read."""

    file: str
    """The file's name, or `DataFrame`."""
    record: str
    """Which record: a line, a row or an id."""
    reason: str
    """What was found and what to do."""


@dataclass(frozen=True)
class Noticed:
    """A record that is read though something about it must be said."""

    file: str
    """The file's name, or `DataFrame`."""
    record: str
    """Which record: a line, a row or an id; `file` for all of them."""
    reason: str
    """What was found, what was done, and what to do where that is wrong."""


@dataclass(frozen=True)
class ColumnRead:
    """A column that is read as one of the project's though it has another name."""

    file: str
    """The first file in which it stood."""
    column: str
    """Its name there."""
    read_as: str
    """The column of the articles table that it became."""


@dataclass(frozen=True)
class Record:
    """One article as it stands in a file."""

    file: str
    """The file's name."""
    place: str
    """Which record: a line or a row; `file` where the file is one article."""
    values: dict[str, str]
    """Column -> value, all strings."""
    lent_id: bool = False
    """Whether the id comes from a column of another name, which promises its own file's ids only."""
    label: str = ""
    """What a made id begins with; filled in when the record is checked."""


@dataclass(frozen=True)
class Opening:
    """How files are opened."""

    longest: int
    """The most characters that an article may have."""
    encoding: str = ""
    """The encoding that the user declares; nothing where it is to be found out."""


class ArticlesError(ValueError):
    """Input from which no article can be read; the sentence names file and remedy."""


Reading = Iterator[Record | Refused | Noticed | ColumnRead]


def header_fault(names: Sequence[str]) -> str:
    """Why these cannot be a table's columns, or nothing."""
    twice = next((name for name in names if names.count(name) > 1), None)
    return "" if twice is None else f"the column {twice!r} stands twice in the header; rename one."


def hush(library: str) -> None:
    """Keep what a library says of damaged files off the screen, for it is told here; a user's own log still gets it."""
    logger = logging.getLogger(library)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def missing_library(kind: str, library: str) -> ArticlesError:
    """What a researcher is told who has not installed the library that reads a kind of file."""
    return ArticlesError(f"{kind} files are read with {library}; install it with: pip install 'framing[exports]'.")
