"""What only the corpus as a whole knows: ids that stand twice, lines that are an outlet's own, the columns of all articles.

Read from the units' `rows.parquet` and `edges.parquet`. Memory: about 50 bytes for each article (its id), some hundred bytes for
each article whose id stands twice, and for lines as many hashes as `_HELD` at a time: they are gone through in as many ranges as
needed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from framing.corpus.articles import COLUMNS, Told, with_own_id
from framing.corpus.furniture import Span
from framing.corpus.readers import Record
from framing.corpus.repetitions import MIN_ARTICLES, MIN_SHARE
from framing.scale.parts import read_about

Hashes = NDArray[np.uint64]
# Hashes that are sorted at once (chosen: 64 MB).
_HELD = 8_000_000


@dataclass(frozen=True)
class ReadPart:
    """A unit that has been read."""

    folder: Path
    """Where its files are."""
    files: tuple[str, ...]
    """The names of its files, by slice."""
    layouts: tuple[tuple[str, ...], ...]
    """The columns that its records have."""
    groups: tuple[int, ...]
    """How many articles each group has."""
    dropped: frozenset[int] = frozenset()
    """Rows whose id stands before."""
    renamed: dict[int, str] = field(default_factory=dict)
    """Rows that get another id."""
    told: tuple[dict[str, Any], ...] = ()
    """What is told of these rows."""

    @property
    def n(self) -> int:
        """How many rows it has."""
        return sum(self.groups)

    @property
    def begins(self) -> list[int]:
        """The first row of each group."""
        return [0, *accumulate(self.groups)][:-1]

    def columns(self, name: str, *wanted: str) -> list[NDArray[Any]]:
        """Columns of one of its tables."""
        table = pq.read_table(self.folder / f"{name}.parquet", columns=list(wanted), use_threads=False)
        return [table.column(one).to_numpy() for one in wanted]

    def is_kept(self) -> NDArray[np.bool_]:
        """For each row whether it stays."""
        kept = np.ones(self.n, bool)
        kept[list(self.dropped)] = False
        return kept


def open_parts(folders: Sequence[Path]) -> list[ReadPart]:
    """The units that were read, with what is to be done about ids that stand twice."""
    parts = []
    for folder in folders:
        about = read_about(folder)
        layouts = tuple(tuple(one) for one in about["layouts"])
        parts.append(ReadPart(folder, tuple(about["files"]), layouts, tuple(about["groups"])))
    return _with_own_ids(parts)


def _with_own_ids(parts: Sequence[ReadPart]) -> list[ReadPart]:
    ids = [part.columns("rows", "id", "other_id") for part in parts]
    every = np.concatenate([np.zeros(0, np.uint64), *(hashes for pair in ids for hashes in pair)])
    every = np.sort(every[every > 0])
    twice = np.unique(every[1:][every[1:] == every[:-1]])
    del every
    seen: dict[str, tuple[str, str]] = {}
    return [_settle(part, np.flatnonzero(_any_in(pair, twice)), seen) for part, pair in zip(parts, ids, strict=True)]


def _any_in(columns: Sequence[Hashes], wanted: Hashes) -> NDArray[np.bool_]:
    return np.logical_or.reduce([np.isin(hashes, wanted) for hashes in columns])


def _settle(part: ReadPart, rows: NDArray[np.intp], seen: dict[str, tuple[str, str]]) -> ReadPart:
    """The part with the fate of those rows whose ids, or hashes of them, stand twice; the others cannot be concerned."""
    if not len(rows):
        return part
    columns = part.columns("rows", "article", "place", "slice", "label", "lent")
    dropped, renamed, lines = set(), {}, []
    for row in rows.tolist():
        article, place, number, label, lent = (column[row] for column in columns)
        told = Told()
        record = Record(part.files[number], place, {"article": article}, bool(lent), label)
        named = [values["article"] for values in with_own_id(record, seen, told)]
        if not named:
            dropped.add(row)
        elif named[0] != article:
            renamed[row] = named[0]
        for one in (*told.noticed, *told.refused):
            lines.append({"at": row, "kind": type(one).__name__, "once": False, **vars(one)})
    return ReadPart(part.folder, part.files, part.layouts, part.groups, frozenset(dropped), renamed, tuple(lines))


def article_columns(parts: Sequence[ReadPart]) -> list[str]:
    """The columns of the articles table, the project's first, then the others in the order in which they appear."""
    names = dict.fromkeys(COLUMNS)
    for part in parts:
        if part.n:
            (layouts,) = part.columns("rows", "layout")
            _, first = np.unique(layouts[part.is_kept()], return_index=True)
            for at in np.sort(first):
                names |= dict.fromkeys(part.layouts[layouts[part.is_kept()][at]])
    return list(names)


def told_lines(part: ReadPart) -> Iterator[dict[str, Any]]:
    """What was told of a unit, in the order of its records."""
    with (part.folder / "told.jsonl").open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    yield from sorted([*lines, *part.told], key=lambda line: line["at"])


@dataclass(frozen=True)
class OutletLines:
    """Which lines are their outlets' own in the whole corpus."""

    openings: Hashes
    """Beginnings of lines that are frequent, sorted."""
    keys: Hashes
    """Lines that are frequent enough, sorted."""

    def of(self, part: ReadPart) -> list[list[tuple[int, Span]]]:
        """For each group of a unit its outlets' lines, each with the row in the group."""
        row, start, end, opening, key = part.columns("edges", "row", "start", "end", "opening", "key")
        mine = np.isin(opening, self.openings) & np.isin(key, self.keys)
        found: list[list[tuple[int, Span]]] = [[] for _ in part.groups]
        begins = part.begins
        groups = np.searchsorted(begins, row[mine], side="right") - 1
        for group, at, first, last in zip(groups.tolist(), *(one[mine].tolist() for one in (row, start, end)), strict=True):
            found[group].append((at - begins[group], (first, last)))
        return found


def outlet_lines(parts: Sequence[ReadPart]) -> OutletLines:
    """The same lines as `framing.corpus.repetitions.outlet_lines` finds in all articles at once.

    Versions of one article count once, the first in the order of the corpus.
    """
    n_articles: Counter[int] = Counter()
    for part in parts:
        values, counts = np.unique(part.columns("rows", "outlet")[0][part.is_kept()], return_counts=True)
        n_articles.update(dict(zip(values.tolist(), counts.tolist(), strict=True)))
    n_ranges = 1 + 4 * n_articles.total() // _HELD
    openings = _frequent(lambda: (_edges(part, "opening")[0] for part in parts), n_ranges)
    counted = _first_versions(parts, n_ranges)
    keys = _frequent(lambda: (_keys(part, one, openings)[0] for part, one in zip(parts, counted, strict=True)), n_ranges)
    outlets = _outlets_of(keys, parts)
    often = Counter[int]()
    for part, one in zip(parts, counted, strict=True):
        found = _keys(part, one, openings)[0]
        often.update(found[np.isin(found, keys)].tolist())
    enough = [key for key, n in often.items() if n >= max(MIN_ARTICLES, MIN_SHARE * n_articles[outlets[key]])]
    return OutletLines(openings, np.sort(np.array(enough, dtype=np.uint64)))


def _edges(part: ReadPart, *names: str) -> list[NDArray[Any]]:
    """Columns of the lines at the edges of the articles that stay; the first of `names` must not be `row`."""
    row, *columns = part.columns("edges", "row", *names)
    kept = part.is_kept()[row]
    return [column[kept] for column in columns]


def _frequent(hashes: Callable[[], Iterator[Hashes]], n_ranges: int) -> Hashes:
    """The hashes that stand in at least so many places as make a line an outlet's, sorted."""
    found = []
    for number in range(n_ranges):
        some = [one[one % np.uint64(n_ranges) == number] for one in hashes()]
        values, counts = np.unique(np.concatenate([np.zeros(0, np.uint64), *some]), return_counts=True)
        found.append(values[counts >= MIN_ARTICLES])
    return np.sort(np.concatenate(found))


def _first_versions(parts: Sequence[ReadPart], n_ranges: int) -> list[NDArray[np.bool_]]:
    """For each unit and row whether it stays and is the first of its versions."""
    begins = [0, *accumulate(part.n for part in parts)]
    first = np.zeros(begins[-1], bool)
    for number in range(n_ranges):
        places, versions = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
        for part, begin in zip(parts, begins, strict=False):
            (version,) = part.columns("rows", "version")
            some = np.flatnonzero(part.is_kept() & (version % np.uint64(n_ranges) == number))
            places.append(some + begin)
            versions.append(version[some])
        _, at = np.unique(np.concatenate(versions), return_index=True)
        first[np.concatenate(places)[at]] = True
    return [first[begin : begin + part.n] for part, begin in zip(parts, begins, strict=False)]


def _keys(part: ReadPart, counted: NDArray[np.bool_], openings: Hashes) -> tuple[Hashes, NDArray[Any]]:
    """The lines that count, each once for an article, and their articles."""
    row, opening, key = part.columns("edges", "row", "opening", "key")
    worth = counted[row] & (key > 0) & np.isin(opening, openings)
    pairs = np.unique(np.stack([row[worth].astype(np.uint64), key[worth].astype(np.uint64)]), axis=1)
    return pairs[1], pairs[0]


def _outlets_of(keys: Hashes, parts: Sequence[ReadPart]) -> dict[int, int]:
    """The outlet of each line."""
    found: dict[int, int] = {}
    for part in parts:
        row, key = part.columns("edges", "row", "key")
        mine = np.isin(key, keys)
        (outlet,) = part.columns("rows", "outlet")
        found.update(zip(key[mine].tolist(), outlet[row[mine]].tolist(), strict=True))
    return found
