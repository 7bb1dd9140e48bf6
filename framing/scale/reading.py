"""Reading a unit: its articles as Parquet, and beside them what the corpus as a whole must know of them.

A part holds `articles-N.parquet` (groups of articles that are scored together), `rows.parquet` (a row per article: its place, and
hashes of its id, outlet and longest line), `edges.parquet` (the lines at its edges that may be its outlet's) and `told.jsonl`.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing.corpus.articles import make_settings
from framing.corpus.columns import map_columns
from framing.corpus.databases import BATCH, plain
from framing.corpus.furniture import find_lines
from framing.corpus.jsonlines import as_strings, parse_lines
from framing.corpus.kinds import read_file
from framing.corpus.lines import Lines
from framing.corpus.readers import ColumnRead, Noticed, Opening, Reading, Record, Refused, header_fault
from framing.corpus.repetitions import OPENING, edge_lines, fold_changing, longest_line, may_be_furniture
from framing.corpus.rows import Settings, check_record
from framing.scale.parts import write_part
from framing.scale.plan import Slice, halve

GROUP, GROUP_LETTERS = 1000, 8 << 20
"""The most articles, and letters of text, that are scored together (chosen: some seconds, some hundred megabytes)."""
ROW_FIELDS = {
    "article": pa.string(), "place": pa.string(), "slice": pa.int32(), "label": pa.string(), "lent": pa.bool_(),
    "layout": pa.int32(), "id": pa.uint64(), "other_id": pa.uint64(), "outlet": pa.uint64(), "version": pa.uint64(),
}  # fmt: skip
EDGE_FIELDS = {"row": pa.int32(), "start": pa.int32(), "end": pa.int32(), "opening": pa.uint64(), "key": pa.uint64()}
LISTED = "the record has a URL and no text; lists of articles are joined to texts by a run without --workers, --shard and --dask."


@dataclass(frozen=True)
class ReadTask:
    """A unit to read."""

    folder: str
    """Where the part is to stand."""
    name: str
    """The part's name."""
    label: str
    """What messages call it."""
    slices: tuple[Slice, ...]
    """What is read."""
    settings: Mapping[str, Any]
    """Arguments of `read_articles`."""
    size: int
    """Bytes, for the progress bar."""

    def run(self) -> None:
        """Write the part."""
        about: dict[str, Any] = {}
        with write_part(Path(self.folder), self.name, about) as folder:
            about |= _read(self.slices, make_settings(**self.settings), folder)

    def probe(self) -> None:
        """Read and keep nothing."""
        for _ in read_slices(self.slices, make_settings(**self.settings)):
            pass

    def halves(self) -> tuple[ReadTask, ReadTask] | None:
        """Two tasks that together are this one, nothing where it cannot be cut."""
        found = halve(self.slices)
        return None if found is None else (self._of(found[0]), self._of(found[1]))

    def _of(self, slices: tuple[Slice, ...]) -> ReadTask:
        part = sum(one.n for one in slices) / sum(one.n for one in self.slices)
        return replace(self, slices=slices, size=int(self.size * part))

    def without(self, pieces: list[tuple[ReadTask, str]]) -> ReadTask:
        """The task with some smallest pieces refused, each with the reason."""
        reasons = {piece.slices[0]: reason for piece, reason in pieces}
        return replace(self, slices=tuple(_split(self.slices, reasons)))


def _split(slices: tuple[Slice, ...], reasons: Mapping[Slice, str]) -> Iterator[Slice]:
    """The slices, cut around those that are refused."""
    for one in slices:
        inside = [other for other in reasons if _is_within(other, one)]
        if not inside:
            yield one
        elif one in reasons:
            yield replace(one, kind="refused", note=reasons[one])
        else:
            found = halve((one,))
            yield from _split((*found[0], *found[1]), reasons) if found else ()


def _is_within(one: Slice, other: Slice) -> bool:
    return one.path == other.path and other.first <= one.first and one.first + one.n <= other.first + other.n


def read_slices(
    slices: tuple[Slice, ...], settings: Settings
) -> Iterator[tuple[int, Record | Refused | Noticed | ColumnRead, bool]]:
    """What stands in some slices, with the slice's number; and whether it is said of a file's columns, which is said once."""
    for number, one in enumerate(slices):
        for found in _found(one, settings):
            if isinstance(found, Record):
                yield from ((number, other, False) for other in check_record(found, one.label, one.relative, settings))
            else:
                of_file = isinstance(found, ColumnRead) or found.record in ("file", "columns") or isinstance(found, Noticed)
                yield number, found, of_file and one.kind in ("lines", "rows")


def _found(one: Slice, settings: Settings) -> Reading:
    if one.kind == "refused":
        return iter([Refused(one.name, one.place, one.note)])
    if one.kind == "file":
        return read_file(Path(one.path), one.name, settings.columns, settings.opening)
    reading = _lines(one, settings.opening) if one.kind == "lines" else _rows(one)
    return map_columns(reading, settings.columns, fixed=one.kind == "rows")


def _lines(one: Slice, opening: Opening) -> Reading:
    if one.note:
        yield Noticed(one.name, "file", one.note)
    with Path(one.path).open("rb") as file:
        file.seek(one.start)
        piece = io.BytesIO(file.read(one.stop - one.start))
    lines = Lines(io.TextIOWrapper(piece, encoding=one.encoding, errors="surrogateescape", newline="\n"), opening.longest)
    lines.number = one.first - 1
    yield from parse_lines(lines, one.name, opening.longest)


def _rows(one: Slice) -> Reading:
    row = one.first - 1
    try:
        with pq.ParquetFile(one.path) as table:
            if fault := header_fault(table.schema_arrow.names):
                yield Refused(one.name, "file", fault)
                return
            groups = list(range(one.start, one.stop))
            for batch in table.iter_batches(batch_size=BATCH, row_groups=groups, use_threads=False):
                for values in batch.to_pylist():
                    row += 1
                    yield Record(one.name, f"row {row}", as_strings({key: plain(value) for key, value in values.items()}))
    except (pa.ArrowInvalid, OSError) as error:
        place = f"row {row + 1} to {one.first + one.n - 1}"
        yield Refused(one.name, place, f"not a readable Parquet file ({str(error).splitlines()[0]}); write it again.")


class _Part:
    """The files of a part while they are written, a group of articles at a time."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.n, self.letters = 0, 0
        self.layouts: dict[tuple[str, ...], int] = {}
        self.groups: list[int] = []
        self.held: list[dict[str, str]] = []
        self.rows: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        self.row_file = pq.ParquetWriter(folder / "rows.parquet", pa.schema(ROW_FIELDS), compression="zstd")
        self.edge_file = pq.ParquetWriter(folder / "edges.parquet", pa.schema(EDGE_FIELDS), compression="zstd")

    def add(self, record: Record, number: int) -> None:
        values = record.values
        text, outlet = values["text"], values["outlet"]
        lines = find_lines(text)
        row = {
            "article": values["article"], "place": record.place, "slice": number, "label": record.label, "lent": record.lent_id,
            "layout": self.layouts.setdefault(tuple(values), len(self.layouts)),
            "id": hashed(values["article"]), "other_id": hashed(f"{record.label}:{values['article']}") if record.lent_id else 0,
            "outlet": hashed(outlet), "version": hashed(outlet, longest_line(text, lines)),
        }  # fmt: skip
        for start, end in edge_lines(lines):
            folded = fold_changing(text[start:end])
            key = hashed(outlet, folded) if may_be_furniture(folded) else 0
            edge = {"row": self.n, "start": start, "end": end, "key": key}
            self.edges.append({**edge, "opening": hashed(outlet, text[start : start + OPENING])})
        self.rows.append(row)
        self.held.append(values)
        self.n, self.letters = self.n + 1, self.letters + len(text)
        if len(self.held) == GROUP or self.letters > GROUP_LETTERS:
            self.flush()

    def flush(self) -> None:
        if self.held:
            table = pd.DataFrame(self.held).astype("str").fillna("").astype("str")
            pq.write_table(bare(table), self.folder / f"articles-{len(self.groups)}.parquet", compression="zstd")
            self.row_file.write_table(pa.Table.from_pylist(self.rows, schema=pa.schema(ROW_FIELDS)))
            self.edge_file.write_table(pa.Table.from_pylist(self.edges, schema=pa.schema(EDGE_FIELDS)))
            self.groups.append(len(self.held))
            self.held, self.rows, self.edges, self.letters = [], [], [], 0

    def close(self) -> None:
        self.flush()
        self.row_file.close()
        self.edge_file.close()


def hashed(*strings: str) -> int:
    """64 bits of some strings, never 0; of ten million of them two are the same by chance once in 400,000 corpora."""
    digest = hashlib.blake2b("\0".join(strings).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


def bare(table: pd.DataFrame) -> pa.Table:
    """A table for Parquet without notes on who wrote it."""
    return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)


def _read(slices: tuple[Slice, ...], settings: Settings, folder: Path) -> dict[str, Any]:
    """Write the files of a part; gives what is known of it."""
    part = _Part(folder)
    with (folder / "told.jsonl").open("w", encoding="utf-8", newline="\n") as told:
        for number, one, of_file in read_slices(slices, settings):
            if isinstance(one, Record) and "text" in one.values:
                part.add(one, number)
                continue
            said = Refused(one.file, f"{one.place}, {one.values['url']}", LISTED) if isinstance(one, Record) else one
            line = {"at": part.n, "kind": type(said).__name__, "once": of_file, **asdict(said)}
            told.write(json.dumps(line, ensure_ascii=False) + "\n")
    part.close()
    return {"n": part.n, "groups": part.groups, "layouts": list(part.layouts), "files": [one.name for one in slices]}
