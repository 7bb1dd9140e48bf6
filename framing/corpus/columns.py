"""Columns of other tools read as the project's own: the usual names are rows of `columns.csv`, and what is used is told.

For every column of the articles table one column of the input is read: the one that the user declares, else the one of the
same name, else the first that stands in the list. A name counts whatever its case.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from framing.corpus.readers import ColumnRead, Noticed, Reading, Record, Refused

USUAL = Path(__file__).parent / "columns.csv"


@dataclass(frozen=True)
class Layout:
    """Columns that together show what tool made a table, and so what some of them mean there."""

    tool: str
    """Whose layout it is."""
    has: frozenset[str]
    """Names that must stand in the table."""
    lacks: frozenset[str]
    """Names that must not."""
    columns: dict[str, str]
    """Column of the articles table -> name in this layout."""


LAYOUTS = (
    Layout("trafilatura", frozenset({"source-hostname", "source"}), frozenset(), {"url": "source", "outlet": "source-hostname"}),
    Layout("news-please", frozenset({"maintext", "source_domain"}), frozenset(), {"text": "maintext"}),
    Layout(
        "summaries with highlights",
        frozenset({"article", "highlights"}),
        frozenset({"text"}),
        {"text": "article", "article": "id"},
    ),
    Layout("All the News 2", frozenset({"article", "publication", "url"}), frozenset({"text", "content"}), {"text": "article"}),
)
"""Layouts in which a usual name means something else."""

TOLD_APART = ("text", "outlet", "date", "title")
"""Columns for which it matters which of two was read; ids and addresses of an article differ without harm."""
ADDRESSES = ("source_domain", "hostname", "domain")
"""Usual names of an outlet that hold its address, which is no rival of its name."""


@dataclass(frozen=True)
class Choice:
    """Which columns of a table are read as which of the articles table."""

    names: dict[str, str]
    """Name in the input -> name in the articles table, where the two differ."""
    rivals: tuple[tuple[str, str, str], ...]
    """Target, the column chosen for it, and another that could have been."""


@cache
def load_usual_names() -> dict[str, tuple[str, ...]]:
    """The usual names of each column, the preferred first."""
    with USUAL.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["rank"]))
    return {target: tuple(row["column"] for row in rows if row["target"] == target) for target in {row["target"] for row in rows}}


@lru_cache(maxsize=4096)
def choose_columns(names: tuple[str, ...], declared: tuple[tuple[str, str], ...] = ()) -> Choice:
    """The choice for a table with these columns, some of them declared as (target, name).

    >>> choose_columns(("id", "source", "content")).names
    {'content': 'text', 'source': 'outlet', 'id': 'article'}
    """
    chosen = {target: name for target, name in declared if name in names}
    layout = next((one for one in LAYOUTS if one.has <= set(names) and not one.lacks & set(names)), None)
    meant = {target: name for target, name in layout.columns.items() if name in names} if layout else {}
    rivals = []
    for target in ("text", "outlet", "date", "title", "url", "article"):
        taken = {*chosen.values(), *meant.values()}
        found = [name for name in _candidates(names, target) if name not in taken or meant.get(target) == name]
        found = [meant[target], *(name for name in found if name != meant[target])] if target in meant else found
        if target not in chosen and found:
            chosen[target] = found[0]
            if target in TOLD_APART and target not in meant and found[0] != target:
                rivals += [(target, found[0], other) for other in found[1:] if other.lower() not in ADDRESSES]
    renamed = {name: target for target, name in chosen.items() if name != target}
    displaced = {target: f"other_{target}" for target in renamed.values() if target in names and target not in renamed}
    return Choice({**renamed, **displaced}, tuple(rivals))


def _candidates(names: tuple[str, ...], target: str) -> Iterator[str]:
    """The columns that may be read as one of the articles table, the preferred first."""
    if target in names:
        yield target
    small: dict[str, str] = {}
    for name in names:
        small.setdefault(name.strip().lower().replace(" ", "_"), name)
    yield from (small[usual] for usual in (target, *load_usual_names()[target]) if usual in small and small[usual] != target)


def map_columns(reading: Reading, declared: Mapping[str, str], fixed: bool) -> Reading:
    """The records with the articles table's columns, the choice told once for every kind of header.

    Where no column holds a text and none a URL, a record is refused; with `fixed` columns the whole file is.
    """
    pairs = tuple(declared.items())
    told: set[tuple[str, str, str]] = set()
    for record in reading:
        if not isinstance(record, Record):
            yield record
            continue
        names = tuple(record.values)
        choice = choose_columns(names, pairs)
        mapped = {choice.names.get(name, name): value for name, value in record.values.items()}
        if "text" not in mapped and "url" not in mapped:
            yield Refused(record.file, "columns" if fixed else record.place, _no_text(names))
            if fixed:
                return
            continue
        for name, target in choice.names.items():
            if (record.file, name, target) not in told:
                told.add((record.file, name, target))
                yield ColumnRead(record.file, name, target)
        yield from _notice_rivals(record, choice, told)
        yield Record(record.file, record.place, mapped, lent_id="article" in choice.names.values())


def _no_text(names: tuple[str, ...]) -> str:
    found = ", ".join(names) or "none"
    return f"no column is known to hold the text (found: {found}); name it 'text', or say which it is: columns={{'text': ...}}."


def _notice_rivals(record: Record, choice: Choice, told: set[tuple[str, str, str]]) -> Iterator[Noticed]:
    """The columns that were not chosen though they hold something else, each once in a file."""
    for target, name, other in choice.rivals:
        chosen, left = record.values[name], record.values[other]
        if left and chosen != left and (record.file, other, f"not {target}") not in told:
            told.add((record.file, other, f"not {target}"))
            yield Noticed(
                record.file,
                record.place,
                f"{name!r} is read as {target}, but {other!r} differs from it; if it is the right one, say "
                f"columns={{{target!r}: {other!r}}}.",
            )
