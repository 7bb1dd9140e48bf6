"""The finished units of a corpus put together: the tables of a results folder as Parquet, written unit by unit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing.corpus.articles import check_declared, nothing_left
from framing.corpus.progress import follow
from framing.corpus.readers import ArticlesError, Refused
from framing.scale.corpuswide import ReadPart, article_columns, told_lines
from framing.scale.parts import read_about
from framing.scale.scoring import SCORED, ScoreTask, rename_rows
from framing.store import describe_input, remove_stale, renamed, update_digest, write_run

SHOWN = 10
"""How many of the records refused, and of the things noticed, a summary names (chosen)."""


@dataclass(frozen=True)
class Scored:
    """A unit that was read, with its groups as they are scored."""

    part: ReadPart
    """The unit."""
    tasks: tuple[ScoreTask, ...]
    """Its groups."""


@dataclass(frozen=True)
class Gathered:
    """What a run came to."""

    folder: Path
    """Where the tables are."""
    n_articles: int
    """Articles that were scored."""
    n_words: int
    """Their words."""
    n_marks: int
    """Marks in them."""
    n_attributions: int
    """Attributions in them."""
    told: Told
    """What is said beside the articles."""


@dataclass(frozen=True)
class Told:
    """What is said beside the articles; all of it stands in `refused.jsonl` and `noticed.jsonl`."""

    n: Mapping[str, int]
    """How many records were `refused` and how many things `noticed`."""
    first: Mapping[str, Sequence[Mapping[str, str]]]
    """The first of each."""
    columns: tuple[tuple[str, str], ...]
    """Columns that were read under another name, each with what it was read as."""


def gather_units(
    folder: Path,
    units: Sequence[Scored],
    arguments: Mapping[str, Any],
    declared: Mapping[str, str],
    progress: bool | None = False,
) -> Gathered:
    """Write the tables, `refused.jsonl`, `noticed.jsonl` and last `run.json` from units that are all finished."""
    (folder / "run.json").unlink(missing_ok=True)
    told = _write_told(folder, units)
    names = article_columns([unit.part for unit in units])
    abouts = [read_about(Path(task.folder) / task.name) for unit in units for task in unit.tasks]
    n = {name: sum(about["n"][name] for about in abouts) for name in SCORED}
    if not n["scores"]:
        raise ArticlesError(nothing_left([Refused(**one) for one in told.first["refused"]], told.n["refused"]))
    check_declared(declared, told.columns, names)
    digest = _write_articles(folder / "articles.parquet", units, names)
    for name in follow(SCORED, "gathering", progress, unit="tables"):
        parts = [Path(task.folder) / task.name / f"{name}.parquet" for unit in units for task in unit.tasks]
        _write_table(folder / f"{name}.parquet", parts)
    remove_stale(folder, "parquet")
    write_run(folder, describe_input(arguments, digest, n["scores"], told.n["refused"]))
    n_words = sum(about["n_words"] for about in abouts)
    return Gathered(folder, n["scores"], n_words, n["marks"], n["attributions"], told)


def _write_articles(path: Path, units: Sequence[Scored], names: Sequence[str]) -> str:
    """Write the articles table; gives the digest of ids and texts."""
    total = hashlib.sha256()
    schema = pa.schema([(name, pa.large_string()) for name in names])
    with renamed(path) as partial, pq.ParquetWriter(partial, schema) as writer:
        for articles in (_articles(task) for unit in units for task in unit.tasks):
            update_digest(total, articles)
            whole = articles.reindex(columns=list(names), fill_value="")
            writer.write_table(pa.Table.from_pandas(whole, schema=schema, preserve_index=False))
    return total.hexdigest()[:16]


def _articles(task: ScoreTask) -> pd.DataFrame:
    """The articles of a group that were scored."""
    refused = {row for row, _ in read_about(Path(task.folder) / task.name)["refused"]}
    articles = rename_rows(pq.ParquetFile(task.source).read(use_threads=False).to_pandas(), task.renamed)
    return articles.iloc[[row for row in task.rows if row not in refused]]


def _write_table(path: Path, parts: Sequence[Path]) -> None:
    """Write the parts of a table one under the other; a part without rows has no types and takes those of the others."""
    schema = pa.unify_schemas(_schemas(parts), promote_options="permissive")
    with renamed(path) as partial, pq.ParquetWriter(partial, schema) as writer:
        for part in parts:
            table = pq.ParquetFile(part).read(use_threads=False)
            if table.num_rows:
                writer.write_table(table.cast(schema))


def _schemas(parts: Sequence[Path]) -> list[pa.Schema]:
    """The schemas that differ."""
    found: list[pa.Schema] = []
    for part in parts:
        schema = pq.read_schema(part)
        if not any(schema.equals(other) for other in found):
            found.append(schema)
    return found


def _write_told(folder: Path, units: Sequence[Scored]) -> Told:
    """Write what was refused and what noticed, in the order of the input; of a file's columns each thing once."""
    n, columns = {"refused": 0, "noticed": 0}, dict[tuple[str, str], None]()
    first: dict[str, list[dict[str, str]]] = {"refused": [], "noticed": []}
    with (
        renamed(folder / "refused.jsonl") as refused,
        renamed(folder / "noticed.jsonl") as noticed,
        refused.open("w", encoding="utf-8", newline="\n") as refused_file,
        noticed.open("w", encoding="utf-8", newline="\n") as noticed_file,
    ):
        for line in _once(line for unit in units for line in _told_of(unit)):
            if line["kind"] == "ColumnRead":
                columns.setdefault((line["column"], line["read_as"]))
                continue
            one = {name: line[name] for name in ("file", "record", "reason")}
            kind, file = ("refused", refused_file) if line["kind"] == "Refused" else ("noticed", noticed_file)
            file.write(json.dumps(one, ensure_ascii=False) + "\n")
            n[kind] += 1
            if len(first[kind]) < SHOWN:
                first[kind].append(one)
    return Told(n, first, tuple(columns))


def _told_of(unit: Scored) -> Iterator[dict[str, Any]]:
    """What is told of a unit by reading and by scoring, in the order of its records."""
    lines = list(told_lines(unit.part))
    for begin, task in zip(unit.part.begins, unit.tasks, strict=True):
        for row, reason in read_about(Path(task.folder) / task.name)["refused"]:
            at = begin + row
            article, place, number = (column[at] for column in unit.part.columns("rows", "article", "place", "slice"))
            record = f"{place}, article {task.renamed.get(row, article)}"
            file = unit.part.files[number]
            lines.append({"at": at, "kind": "Refused", "once": False, "file": file, "record": record, "reason": reason})
    yield from sorted(lines, key=lambda line: line["at"])


def _once(lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The lines without those that are said of a file's columns a second time, by another of its units."""
    said: set[tuple[str, ...]] = set()
    for line in lines:
        if line["once"]:
            named = ("file", "record", "reason") if line["kind"] == "Refused" else ("file", "reason", "column", "read_as")
            key = (line["kind"], *(str(line.get(name)) for name in named))
            if key in said:
                continue
            said.add(key)
        yield line
