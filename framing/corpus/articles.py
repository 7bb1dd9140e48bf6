"""The articles table: one row per article, read from files, folders or a DataFrame; what cannot be read is named."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from framing.corpus.readers import READERS, ArticlesError, Noticed, Reading, Record, Refused, header_fault, read_file

COLUMNS = ("article", "outlet", "title", "text", "date", "story", "topic", "url")
"""The articles table's own columns; further columns of the input follow them."""

DEMO = Path(__file__).parent / "demo" / "articles.jsonl"
"""The demo corpus: 24 articles of an invented world, written for this project."""

Source: TypeAlias = str | Path | pd.DataFrame | Iterable[str | Path]


def read_articles(source: Source) -> pd.DataFrame:
    """The articles table: one row per article, everything as strings, the text exactly as read.

    `source` is a file (.txt, .csv, .tsv, .jsonl, .parquet), a folder of such files, several of them, or a DataFrame. Only
    `text` is required. A missing `outlet` becomes "unknown" and is never guessed; a missing `article` (the id) is made from the
    file's name and the record's place. Further columns are kept.

    Records that cannot be used (empty text, an id that stood before, a broken row ...) are left out, named in a warning
    and listed in `.attrs["refused"]` as dicts of file, record and reason; every other article is read.

    Raises ArticlesError where no article is left, and for a table without a `text` column.

    >>> articles = read_articles(DEMO)
    >>> len(articles), articles["outlet"].nunique()
    (24, 4)
    """
    refused: list[Refused] = []
    noticed: list[Noticed] = []
    rows: list[dict[str, str]] = []
    seen: dict[str, str] = {}
    for record in _records(source):
        if isinstance(record, Noticed):
            noticed.append(record)
            continue
        checked = _check(record, seen) if isinstance(record, Record) else record
        if isinstance(checked, Refused):
            refused.append(checked)
        else:
            seen[checked["article"]] = f"{record.file}, {record.place}" if isinstance(record, Record) else ""
            rows.append(checked)
    if not rows:
        raise ArticlesError(_nothing_left(source, refused))
    articles = pd.DataFrame(rows).fillna("")
    further = [name for name in articles.columns if name not in COLUMNS]
    articles = articles.reindex(columns=[*COLUMNS, *further], fill_value="").astype("str")
    articles.attrs["refused"] = [asdict(one) for one in refused]
    articles.attrs["noticed"] = [asdict(one) for one in noticed]
    if refused:
        warnings.warn(_summary(refused), stacklevel=2)
    return articles


def _records(source: Source) -> Reading:
    if isinstance(source, pd.DataFrame):
        yield from _frame_records(source)
        return
    for path in find_files(source):
        yield from read_file(path)


def find_files(source: str | Path | Iterable[str | Path]) -> Iterator[Path]:
    """The files meant by a path, a folder (searched through, hidden files aside) or several of them, sorted by name."""
    for one in [source] if isinstance(source, (str, Path)) else source:
        path = Path(one)
        if not path.exists():
            raise ArticlesError(f"There is no file or folder {str(one)!r}; check the path.")
        if not path.is_dir():
            yield path
            continue
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
        if not inside:
            raise ArticlesError(f"The folder {str(one)!r} holds no files; put {', '.join(sorted(READERS))} files there.")
        yield from inside


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _frame_records(frame: pd.DataFrame) -> Reading:
    if fault := header_fault([str(name) for name in frame.columns]):
        yield Refused("DataFrame", "columns", fault)
        return
    for row, values in enumerate(frame.to_dict("records"), start=1):
        strings = {str(name): "" if _is_missing(value) else str(value) for name, value in values.items()}
        yield Record("DataFrame", f"row {row}", strings)


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def _check(record: Record, seen: dict[str, str]) -> dict[str, str] | Refused:
    """The record as a row of the table, or why not."""
    values = dict(record.values)
    if "text" not in values:
        raise ArticlesError(
            f"{record.file}, {record.place}: there is no column 'text' (found: {', '.join(values) or 'none'}); "
            "rename the column that holds the article's text."
        )
    values["article"] = values.get("article") or f"{Path(record.file).stem}:{record.place.replace(' ', '')}"
    values["outlet"] = values.get("outlet") or "unknown"
    place = f"{record.place}, article {values['article']}"
    if not any(character.isalnum() for character in values["text"]):
        return Refused(record.file, place, "the text is empty; fill it or remove the record.")
    if not _encodable(values):
        return Refused(
            record.file,
            record.place,  # without the id, which may hold the half pair and could not be printed
            "the record holds half a surrogate pair, which no file can store; repair the source.",
        )
    if values["article"] in seen:
        return Refused(
            record.file,
            place,
            f"the id stands already in {seen[values['article']]}; give every article its own id.",
        )
    return values


def _encodable(values: dict[str, str]) -> bool:
    try:
        "".join([*values, *values.values()]).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _nothing_left(source: Source, refused: list[Refused]) -> str:
    if not refused:
        return "The input holds no record; give at least one article with a text."
    first = refused[0]
    more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
    return f"No article could be read. {first.file}, {first.record}: {first.reason}{more}"


def _summary(refused: list[Refused]) -> str:
    first = refused[0]
    count = "1 record was" if len(refused) == 1 else f"{len(refused)} records were"
    return f"{count} not read; see .attrs['refused']. The first: {first.file}, {first.record}: {first.reason}"
