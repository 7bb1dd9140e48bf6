"""Tables that are stored in columns or in a database: Parquet, and the SQLite files of NELA-GT."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from framing.corpus.jsonlines import as_strings
from framing.corpus.readers import Noticed, Opening, Reading, Record, Refused, header_fault

# Rows that are held at once (chosen).
BATCH = 1000
NELA_TABLE = "newsdata"
"""The table of NELA-GT's articles (Gruppi, Horne and Adali 2020): id, date, source, title, content, author, url ..."""


def read_parquet(path: Path, name: str, opening: Opening) -> Reading:
    """The rows of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = 0
    try:
        with pq.ParquetFile(path) as table:
            if fault := header_fault(table.schema_arrow.names):
                yield Refused(name, "file", fault)
                return
            for batch in table.iter_batches(batch_size=BATCH):
                for values in batch.to_pylist():
                    row += 1
                    yield Record(name, f"row {row}", as_strings({key: plain(value) for key, value in values.items()}))
    except (pa.ArrowInvalid, OSError) as error:
        place = f"row {row + 1} and what follows" if row else "file"
        yield Refused(name, place, f"not a readable Parquet file ({str(error).splitlines()[0]}); write it again.")


def plain(value: object) -> object:
    """A stored value as JSON could hold it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")  # bytes that are no UTF-8 are refused with the other half pairs
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)


def read_sqlite(path: Path, name: str, opening: Opening) -> Reading:
    """The rows of the table `newsdata`, or of the only table that the file holds."""
    row = 0
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = lambda found: found.decode("utf-8", "surrogateescape")
            table, others = _choose_table(connection)
            if not table:
                yield Refused(name, "file", f"no table {NELA_TABLE!r} (found: {', '.join(others) or 'none'}); export one as CSV.")
                return
            if others:
                yield Noticed(name, "file", f"only the table {table!r} is read, not {', '.join(others)}.")
            for values in _rows(connection, table):
                row += 1
                yield Record(name, f"row {row}", as_strings({key: plain(value) for key, value in values.items()}))
    except sqlite3.Error as error:
        place = f"row {row + 1} and what follows" if row else "file"
        yield Refused(name, place, f"not a readable SQLite file ({error}); fetch it again.")


def _choose_table(connection: sqlite3.Connection) -> tuple[str, list[str]]:
    """The table to read, or nothing, and the tables left."""
    found = [one for (one,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    tables = [one for one in found if not one.startswith("sqlite_")]
    chosen = NELA_TABLE if NELA_TABLE in tables else tables[0] if len(tables) == 1 else ""
    return chosen, [one for one in tables if one != chosen]


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    quoted = table.replace('"', '""')
    rows = connection.execute(f'SELECT * FROM "{quoted}" ORDER BY rowid')
    names = [column[0] for column in rows.description]
    yield from (dict(zip(names, values, strict=True)) for values in rows)
