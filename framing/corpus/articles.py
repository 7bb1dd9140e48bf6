"""The articles table: one row per article, read from files, folders or a DataFrame; what cannot be read is named."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
from tqdm import tqdm

from framing.corpus.columns import map_columns
from framing.corpus.decoding import check_encoding
from framing.corpus.filenames import compile_pattern
from framing.corpus.inputs import find_files, find_inputs
from framing.corpus.kinds import read_file
from framing.corpus.listings import join_listings
from framing.corpus.progress import progress_bar
from framing.corpus.readers import ArticlesError, ColumnRead, Noticed, Opening, Reading, Record, Refused, header_fault
from framing.corpus.rows import LONGEST, Settings, check_record

__all__ = ["COLUMNS", "DEMO", "find_files", "read_articles"]

COLUMNS = ("article", "outlet", "title", "text", "date", "story", "topic", "url")
"""The articles table's own columns; further columns of the input follow them."""

DEMO = Path(__file__).parent / "demo" / "articles.jsonl"
"""The demo corpus: 24 articles of an invented world, written for this project."""

Source: TypeAlias = str | Path | pd.DataFrame | Iterable[str | Path]
# Rows that are held as Python strings until they become a piece of the table (chosen): memory holds the texts once.
PIECE = 2000


def read_articles(
    source: Source,
    *,
    columns: Mapping[str, str] | None = None,
    pattern: str | None = None,
    day_first: bool | None = None,
    encoding: str | None = None,
    longest: int = LONGEST,
    only_english: bool = False,
    progress: bool | None = None,
) -> pd.DataFrame:
    """The articles table: one row per article, everything as strings, the text exactly as read.

    `source` is a file, a folder (searched through), several of them, or a DataFrame. What is read:

    - Nexis Uni, Lexis Advance (.docx .rtf), LexisNexis (.txt), Factiva (.html .rtf), ProQuest (.txt .xml), Europresse (.html):
      every article of the export, told by its content; see docs/exports.md.
    - .txt .html .htm .docx .rtf .pdf .xml otherwise: one article a file (pages by trafilatura; a scanned PDF is refused).
    - .csv (commas, semicolons or tabs), .tsv, .parquet: one article a row.
    - .jsonl .ndjson: one article a line. .json: one article, a list of them, or a list under `articles` (NewsAPI).
    - trafilatura, news-please, newspaper, NewsAPI, Hugging Face sets: tables as above, their columns known by name.
    - Media Cloud (.csv, no texts): read_articles([list, texts]) joins it by URL to a file with `url` and `text`.
    - NELA-GT (.db .sqlite .sqlite3: the table `newsdata`; .json of a source): one article a row.
    - CC-News and other web archives (.warc .warc.gz): one article a page; a broken record is named, the rest is read.

    `text` is required; for it and for outlet, date, title, url and article the usual names of other tools are read too
    (framing/corpus/columns.csv), and `columns={"text": "fulltext"}` declares one. What was read under another name is listed in
    `.attrs["columns"]` as dicts of file, column and read_as. `pattern="{outlet}_{date}_{title}"` takes columns from the names
    of files (with / from those of folders): they fill what a file does not say, and go before what a single article's file says.

    A missing `outlet` becomes "unknown" and is never guessed (a page's counts where it names its site itself, og:site_name); a
    missing `article` (the id) is made from the file's name and the record's place. Further columns are kept.

    `date` is ISO, or empty. Dates with names of months (English, German, French) and numbers that can mean one day only are
    made ISO; `day_first` says how to read the others. What a date was before stands in `date_as_read`.

    Records that cannot be used (empty text, more than `longest` characters, an id that stood before, a broken row ...) are left
    out, named in a warning and listed in `.attrs["refused"]` as dicts of file, record and reason; every other article is read.
    What must be said of those that are read (an encoding that had to be found out, a date that is ambiguous, two columns that
    could be the text ...) is listed the same way in `.attrs["noticed"]`.

    Files of text are read as what proves itself (a byte-order mark, UTF-8, UTF-16) or as what they declare; what is merely
    likely (Windows-1252 above all) is noticed. `encoding` declares what files without a mark are in.

    `only_english=True` refuses texts that are surely in another language; short ones never. `progress` shows a
    bar (default: where it is seen).

    Raises ArticlesError where no article is left, and for a pattern, an encoding or a declared column that is none.

    >>> articles = read_articles(DEMO)
    >>> len(articles), articles["outlet"].nunique()
    (24, 4)
    """
    settings = make_settings(columns, pattern, day_first, encoding, longest, only_english)
    told = Told()
    with progress_bar("reading", progress=progress, unit="articles") as bar:
        accepted = _counted(_accepted(_records(source, settings), told), bar)
        pieces = [pd.DataFrame(rows).astype("str") for rows in _batches(accepted)]
    articles, missing = join_listings(_assemble(pieces), told.listings)
    refused = [*told.refused, *missing]
    if not len(articles):
        raise ArticlesError(nothing_left(refused))
    check_declared(settings.columns, [(one.column, one.read_as) for one in told.columns], articles.columns)
    for name, found in (("refused", refused), ("noticed", told.noticed), ("columns", told.columns)):
        articles.attrs[name] = _Listed(map(asdict, found))
    if refused or told.noticed:
        warnings.warn(_summary(refused, told.noticed), stacklevel=2)
    return articles


def make_settings(
    columns: Mapping[str, str] | None = None,
    pattern: str | None = None,
    day_first: bool | None = None,
    encoding: str | None = None,
    longest: int = LONGEST,
    only_english: bool = False,
) -> Settings:
    """What a user says of the input, checked; the arguments are those of `read_articles`."""
    opening = Opening(longest, check_encoding(encoding) if encoding else "")
    names = compile_pattern(pattern) if pattern is not None else None
    return Settings(dict(columns or {}), names, day_first, opening, only_english)


class _Listed(list[dict[str, str]]):
    """A list that a table and its copies share: pandas copies what stands in .attrs at every step, and this may be long."""

    def __deepcopy__(self, memo: object) -> _Listed:
        return self


@dataclass(frozen=True)
class Told:
    """What is told beside the articles, gathered while they are read."""

    refused: list[Refused] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)
    listings: list[Record] = field(default_factory=list)


def _records(source: Source, settings: Settings) -> Reading:
    """Everything that stands in the source, records already checked one by one."""
    if isinstance(source, pd.DataFrame):
        found = map_columns(_frame_records(source), settings.columns, fixed=True)
        yield from _checked(found, "DataFrame", "", settings)
        return
    for one in find_inputs(source):
        found = read_file(one.path, one.name, settings.columns, settings.opening)
        yield from _checked(found, one.label, one.relative, settings)


def _checked(found: Reading, label: str, relative: str, settings: Settings) -> Reading:
    for one in found:
        yield from check_record(one, label, relative, settings) if isinstance(one, Record) else (one,)


def _accepted(reading: Reading, told: Told) -> Iterator[dict[str, str]]:
    """The rows of the table; everything else goes where it is told."""
    seen: dict[str, tuple[str, str]] = {}
    for one in reading:
        if isinstance(one, Refused):
            told.refused.append(one)
        elif isinstance(one, Noticed):
            told.noticed.append(one)
        elif isinstance(one, ColumnRead):
            told.columns.append(one)
        elif "text" not in one.values:
            told.listings.append(one)
        else:
            yield from with_own_id(one, seen, told)


def with_own_id(record: Record, seen: dict[str, tuple[str, str]], told: Told) -> Iterator[dict[str, str]]:
    """The record's values if no other article has its id; a lent id that stands in another file gets the file's name."""
    name = record.values["article"]
    place = f"{record.place}, article {name}"
    if record.lent_id and name in seen and seen[name][0] != record.file:
        told.noticed.append(
            Noticed(record.file, place, f"the id stands already in {seen[name][0]}; see it as {record.label}:{name}.")
        )
        name = f"{record.label}:{name}"
    if name in seen:
        file, earlier = seen[name]
        reason = f"the id stands already in {file}, {earlier}; give every article its own id."
        told.refused.append(Refused(record.file, place, reason))
        return
    seen[name] = (record.file, record.place)
    yield {**record.values, "article": name}


def _counted(rows: Iterator[dict[str, str]], bar: tqdm[Any]) -> Iterator[dict[str, str]]:
    for row in rows:
        bar.update()
        yield row


def _batches(rows: Iterator[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    held: list[dict[str, str]] = []
    for row in rows:
        held.append(row)
        if len(held) == PIECE:
            yield held
            held = []
    if held:
        yield held


def _assemble(pieces: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The pieces as one table, the project's columns first."""
    articles = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=list(COLUMNS), dtype="str")
    further = [name for name in articles.columns if name not in COLUMNS]
    return articles.reindex(columns=[*COLUMNS, *further], fill_value="").fillna("").astype("str")


def _frame_records(frame: pd.DataFrame) -> Reading:
    names = [str(name) for name in frame.columns]
    if fault := header_fault(names):
        yield Refused("DataFrame", "columns", fault)
        return
    for row, values in enumerate(zip(*(frame.iloc[:, place] for place in range(len(names))), strict=True), start=1):
        strings = {name: "" if _is_missing(value) else str(value) for name, value in zip(names, values, strict=True)}
        yield Record("DataFrame", f"row {row}", strings)


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def check_declared(declared: Mapping[str, str], used: Iterable[tuple[str, str]], columns: Iterable[str]) -> None:
    """Raise ArticlesError where a declared column was not among those used, given as (column, read as)."""
    pairs = set(used)
    for target, name in declared.items():
        if target != name and (name, target) not in pairs:
            found = ", ".join(columns)
            raise ArticlesError(
                f"No file has the column {name!r} that is declared as {target!r}; check its name (read: {found})."
            )


def nothing_left(refused: Sequence[Refused], n: int = 0) -> str:
    """What is said where no article is left: the first of the records refused, and how many more of `n` there are."""
    if not refused:
        return "The input holds no record; give at least one article with a text."
    first = refused[0]
    n = max(n, len(refused))
    more = f" (and {n - 1} more)" if n > 1 else ""
    return f"No article could be read. {first.file}, {first.record}: {first.reason}{more}"


def _summary(refused: Sequence[Refused], noticed: Sequence[Noticed]) -> str:
    """One line for a warning: how many, and the first of each."""
    parts = []
    for found, one, several, name in (
        (refused, "1 record was not read", "{} records were not read", "refused"),
        (noticed, "1 thing was noticed", "{} things were noticed", "noticed"),
    ):
        if found:
            first = f"{found[0].file}, {found[0].record}: {found[0].reason}"
            parts.append(f"{one if len(found) == 1 else several.format(len(found))}; see .attrs[{name!r}]. The first: {first}")
    return " ".join(parts)
