"""One reader for each kind of file: bytes in, records out; a record that cannot be read becomes a sentence."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

# The stretch of lines in which the end of a quoted CSV cell is looked for (chosen; longer articles come as JSON lines).
CSV_LOOKAHEAD = 10_000
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
    """Something that must be said of what was read."""

    file: str
    """The file's name."""
    record: str
    """Which record; `file` for the file as a whole."""
    reason: str
    """What was found and what to do."""


@dataclass(frozen=True)
class Record:
    """One article as it stands in a file."""

    file: str
    """The file's name."""
    place: str
    """Which record: a line or a row."""
    values: dict[str, str]
    """Column -> value, all strings."""


class ArticlesError(ValueError):
    """Input from which no article can be read; the sentence names file and remedy."""


Reading = Iterator[Record | Refused | Noticed]


def read_file(path: Path) -> Reading:
    """The records of one file, in order, with refusals in their places."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kind = f"of kind {path.suffix!r}" if path.suffix else "without an ending"
        yield Refused(path.name, "file", f"files {kind} are not read; use one of {', '.join(sorted(READERS))}.")
        return
    if path.stat().st_size == 0:
        yield Refused(path.name, "file", EMPTY)
        return
    yield from reader(path)


def decode(path: Path) -> str:
    """The file's text: UTF-8 (with or without byte-order mark) or UTF-16 with one.

    Raises ArticlesError with the offset of the first byte that cannot be read.
    """
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        return data.decode(encoding).removeprefix("\ufeff")  # not "utf-8-sig", which counts offsets after the mark
    except UnicodeDecodeError as error:
        raise ArticlesError(
            f"byte {error.start} is not {error.encoding.upper()}; save the file as UTF-8 and read it again."
        ) from None


def _read_text(path: Path) -> Reading:
    try:
        yield Record(path.name, "file", {"article": path.stem, "text": decode(path)})
    except ArticlesError as error:
        yield Refused(path.name, "file", str(error))


def _read_jsonl(path: Path) -> Reading:
    try:
        lines = decode(path).split("\n")
    except ArticlesError as error:
        yield Refused(path.name, "file", str(error))
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _json_record(path.name, f"line {number}", line)


def _json_record(file: str, place: str, line: str) -> Record | Refused:
    try:
        # Numbers stay what they are in the file: 007 and 1.0 are names, not quantities.
        values = json.loads(line, parse_int=str, parse_float=str)
    except (json.JSONDecodeError, RecursionError) as error:
        return Refused(file, place, f"not valid JSON ({error}); write one JSON object per line.")
    if not isinstance(values, dict):
        return Refused(file, place, "the line is valid JSON, but no object; write one JSON object per line.")
    if "text" not in values:
        found = ", ".join(values) or "none"
        return Refused(file, place, f"there is no key 'text' (found: {found}); rename the key that holds the article's text.")
    return Record(file, place, {name: _as_string(value) for name, value in values.items()})


def _as_string(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_csv(path: Path) -> Reading:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # the default of 131,072 characters is shorter than long articles
    try:
        lines = io.StringIO(decode(path), newline="").readlines()
    except ArticlesError as error:
        yield Refused(path.name, "file", str(error))
        return
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    position = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if position == len(lines):
        yield Refused(path.name, "file", EMPTY)
        return
    place = f"line {position + 1}"
    position, header = _take_row(lines, position, delimiter, None)
    if header is None:
        yield Refused(path.name, place, "the header has an unbalanced quotation mark; close it.")
        return
    if fault := header_fault(header):
        yield Refused(path.name, place, fault)
        return
    while position < len(lines):
        place = f"line {position + 1}"
        following, cells = _take_row(lines, position, delimiter, len(header))
        if cells is None:
            yield Refused(path.name, place, _csv_fault(lines[position], delimiter, len(header)))
        elif cells:
            yield Record(path.name, place, dict(zip(header, cells, strict=True)))
        position = following


def _take_row(lines: list[str], start: int, delimiter: str, width: int | None) -> tuple[int, list[str] | None]:
    """The row that begins in line `start` and the line after it; None where no run of lines makes a row of that width.

    Physical lines are counted, so that an unbalanced quotation mark costs its own row and not the ones it would swallow.
    """
    reader = csv.reader(islice(lines, start, start + CSV_LOOKAHEAD), delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return start + 1, None
    stop = start + reader.line_num
    balanced = sum(line.count('"') for line in lines[start:stop]) % 2 == 0
    fits = width is None or len(cells) in (0, width)
    return (stop, cells) if balanced and fits else (start + 1, None)


def header_fault(names: Sequence[str]) -> str:
    """Why these cannot be a table's columns, or nothing."""
    twice = next((name for name in names if names.count(name) > 1), None)
    return "" if twice is None else f"the column {twice!r} stands twice in the header; rename one."


def _csv_fault(line: str, delimiter: str, width: int) -> str:
    if line.count('"') % 2:
        return "the row has an unbalanced quotation mark; close it or double it inside the cell."
    found = len(_take_row([line], 0, delimiter, None)[1] or [])
    return f"the row has {found} cells where the header has {width}; quote cells that hold a {delimiter!r}."


def _read_parquet(path: Path) -> Reading:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path)
        if fault := header_fault(table.schema_arrow.names):
            yield Refused(path.name, "file", fault)
            return
        batches = list(table.iter_batches())
    except (pa.ArrowInvalid, OSError) as error:
        yield Refused(path.name, "file", f"not a readable Parquet file ({str(error).splitlines()[0]}); write it again.")
        return
    row = 0
    for batch in batches:
        for values in batch.to_pylist():
            row += 1
            yield Record(path.name, f"row {row}", {name: _as_string(_plain(value)) for name, value in values.items()})


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")  # bytes that are no UTF-8 are refused with the other half pairs
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)


READERS: dict[str, Callable[[Path], Reading]] = {
    ".txt": _read_text,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}
"""File ending -> reader."""
