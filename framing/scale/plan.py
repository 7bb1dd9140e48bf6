"""A corpus cut into units of reading: small files together, large files of JSON lines and Parquet in slices.

The cut depends on the input alone, never on the number of workers, so that the same input gives the same units everywhere. Every
unit carries a digest of its bytes, by which a finished one is recognised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from framing.corpus.decoding import find_encoding
from framing.corpus.inputs import Input, find_inputs
from framing.corpus.kinds import find_ending
from framing.corpus.readers import ArticlesError

UNIT_BYTES = 16 << 20
"""The bytes of input that make a unit of reading (chosen: about 4,000 articles, some seconds)."""
UNIT_FILES = 500
"""The most files in a unit (chosen: pages and documents take longer to open than their bytes say)."""
_CHUNK = 1 << 20
_CUT = ("utf-8", "utf-8-sig")


@dataclass(frozen=True)
class Slice:
    """A file, or a piece of one."""

    path: str
    """Where the file is."""
    name: str
    """What messages call it."""
    label: str
    """What made ids begin with."""
    relative: str
    """Its path from the folder given on."""
    kind: str = "file"
    """`file` (all of it), `lines` (bytes `start` to `stop` of JSON lines), `rows` (row groups of Parquet) or `refused`."""
    start: int = 0
    """First byte, or first row group."""
    stop: int = 0
    """Byte behind the last, or row group behind the last."""
    first: int = 1
    """Number of its first line or row in the file."""
    n: int = 1
    """How many lines or rows it has; 1 for a whole file."""
    encoding: str = ""
    """Of lines."""
    note: str = ""
    """Why it is refused, or what must be said of the file."""

    @property
    def place(self) -> str:
        """Where it stands in its file."""
        if not self.stop:
            return "file"
        one = "line" if self.encoding else "row"
        return f"{one} {self.first}" if self.n == 1 else f"{one}s {self.first} to {self.first + self.n - 1}"


@dataclass(frozen=True)
class Unit:
    """What is read in one go."""

    slices: tuple[Slice, ...]
    """Its files or pieces, in order."""
    size: int
    """Bytes of input."""
    digest: str
    """SHA-256 over its bytes and the names and places of its slices."""

    @property
    def label(self) -> str:
        """What messages call it."""
        first, last = self.slices[0], self.slices[-1]
        if len(self.slices) > 1:
            return f"{first.name} to {last.name}"
        return f"{first.name}, {first.place}" if first.kind != "file" else first.name


def plan_units(source: str | Path | Iterable[str | Path], encoding: str = "") -> list[Unit]:
    """The units of reading, in the order of the input.

    Every byte of the input is read once for the digests, about a gigabyte a second.
    """
    units: list[Unit] = []
    held: list[tuple[Slice, int, bytes]] = []
    for one in (one for file in find_inputs(source) for one in _slices(file, encoding)):
        full = sum(size for _, size, _ in held) + one[1] > UNIT_BYTES or len(held) == UNIT_FILES
        if held and (full or one[0].kind != "file"):
            units.append(_unit(held))
            held = []
        held.append(one)
        if one[0].kind != "file":
            units.append(_unit(held))
            held = []
    return [*units, _unit(held)] if held else units


def _unit(parts: list[tuple[Slice, int, bytes]]) -> Unit:
    total = hashlib.sha256()
    for one, _, digest in parts:
        where = (one.name, one.label, one.relative, one.kind, one.first, one.encoding)
        total.update(repr(where).encode("utf-8", "surrogateescape") + digest)
    return Unit(tuple(one for one, *_ in parts), sum(size for _, size, _ in parts), total.hexdigest())


def _slices(file: Input, encoding: str) -> Iterator[tuple[Slice, int, bytes]]:
    """The slices of a file, each with its size in bytes and the digest of them."""
    whole = Slice(str(file.path.absolute()), file.name, file.label, file.relative)
    size, ending = file.path.stat().st_size, find_ending(file.path)
    found: list[tuple[Slice, int, bytes]] = []
    if ending == ".parquet":
        found = list(_row_groups(whole, file.path))
    elif ending in (".jsonl", ".ndjson") and size > UNIT_BYTES:
        found = list(_byte_ranges(whole, file.path, encoding))
    yield from found if len(found) > 1 else [(whole, size, _digest(file.path))]


def _row_groups(whole: Slice, path: Path) -> Iterator[tuple[Slice, int, bytes]]:
    """Neighbouring row groups up to a unit's size; none where the file cannot be read, which reading it will say."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            groups = [table.metadata.row_group(number) for number in range(table.num_row_groups)]
            sizes = [(one.num_rows, one.total_byte_size) for one in groups]
    except (pa.ArrowInvalid, OSError):
        return
    digest, begun = _digest(path), 0
    for number in range(len(sizes)):
        held = sum(one for _, one in sizes[begun : number + 1])
        if number + 1 == len(sizes) or held + sizes[number + 1][1] > UNIT_BYTES:
            first, n = 1 + sum(rows for rows, _ in sizes[:begun]), sum(rows for rows, _ in sizes[begun : number + 1])
            yield replace(whole, kind="rows", start=begun, stop=number + 1, first=first, n=n), held, digest
            begun = number + 1


def _byte_ranges(whole: Slice, path: Path, encoding: str) -> Iterator[tuple[Slice, int, bytes]]:
    """Pieces of a file of JSON lines, cut behind line ends; none in encodings in which that cannot be told byte by byte."""
    try:
        found = find_encoding(path, encoding)
    except ArticlesError:
        return
    if found.name not in _CUT:
        return
    first = 1
    with path.open("rb") as file:
        start = 0
        while piece := file.read(UNIT_BYTES):
            piece += file.readline()
            n = piece.count(b"\n") + (not piece.endswith(b"\n"))
            one = replace(whole, kind="lines", start=start, stop=start + len(piece), first=first, n=n)
            one = replace(one, encoding="utf-8") if start else replace(one, encoding=found.name, note=found.note)
            yield one, len(piece), hashlib.sha256(piece).digest()
            first, start = first + n, start + len(piece)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def halve(slices: tuple[Slice, ...]) -> tuple[tuple[Slice, ...], tuple[Slice, ...]] | None:
    """Slices in two parts, nothing where they are one line, one row group or one file."""
    if len(slices) > 1:
        return slices[: len(slices) // 2], slices[len(slices) // 2 :]
    (one,) = slices
    if one.kind == "rows" and one.stop - one.start > 1:
        return _halve_rows(one)
    return _halve_lines(one) if one.kind == "lines" and one.n > 1 else None


def _halve_rows(one: Slice) -> tuple[tuple[Slice, ...], tuple[Slice, ...]]:
    import pyarrow.parquet as pq

    middle = (one.start + one.stop) // 2
    with pq.ParquetFile(one.path) as table:
        n = sum(table.metadata.row_group(number).num_rows for number in range(one.start, middle))
    return (replace(one, stop=middle, n=n),), (replace(one, start=middle, first=one.first + n, n=one.n - n),)


def _halve_lines(one: Slice) -> tuple[tuple[Slice, ...], tuple[Slice, ...]]:
    with Path(one.path).open("rb") as file:
        file.seek(one.start)
        piece = file.read(one.stop - one.start)
    ends = [at + 1 for at, letter in enumerate(piece) if letter == 10][: one.n - 1]
    n = len(ends) // 2 + 1
    cut = one.start + ends[n - 1]
    other = replace(one, start=cut, first=one.first + n, n=one.n - n, encoding="utf-8", note="")
    return (replace(one, stop=cut, n=n),), (other,)
