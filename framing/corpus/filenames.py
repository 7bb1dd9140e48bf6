"""Metadata out of file names: a pattern such as `{outlet}_{date}_{title}` says which part is what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from framing.corpus.dates import read_date
from framing.corpus.readers import ArticlesError

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class NamePattern:
    """How the names of files are built."""

    written: str
    """As the user wrote it."""
    texts: tuple[str, ...]
    """What stands before the first field, between the fields and after the last."""
    fields: tuple[str, ...]
    """The columns that the fields fill, in order."""

    @property
    def n_folders(self) -> int:
        """How many folders above the file belong to the pattern."""
        return self.written.count("/")


def compile_pattern(written: str) -> NamePattern:
    """A pattern from `{column}` fields and what stands between them; everything else is meant literally.

    Raises ArticlesError for a pattern without a field, with a field twice, or with two fields and nothing between them.

    >>> compile_pattern("{outlet}_{date}").fields
    ('outlet', 'date')
    """
    texts, fields = tuple(_FIELD.split(written)[::2]), tuple(_FIELD.findall(written))
    if not fields or any("{" in text or "}" in text for text in texts):
        raise ArticlesError(f"The pattern {written!r} names no columns; write them in braces, such as {{outlet}}_{{date}}.")
    if len(set(fields)) < len(fields) or "text" in fields:
        raise ArticlesError(f"The pattern {written!r} fills a column twice, or the text; name every column once.")
    if not all(texts[1:-1]):
        raise ArticlesError(f"In the pattern {written!r} two fields touch; put something between them, such as _.")
    return NamePattern(written, texts, fields)


def match_name(pattern: NamePattern, path: str, day_first: bool | None = None) -> list[dict[str, str]]:
    """Every way in which a file's path (with /, relative to the folder given) fits: one is an answer, several are none.

    The ending does not count. A pattern without / is held against the name alone. No field is empty, and `date` is a date.

    >>> match_name(compile_pattern("{outlet}_{date}_{title}"), "North_Courier_2031-03-04_Peace_at_last.txt")
    [{'outlet': 'North_Courier', 'date': '2031-03-04', 'title': 'Peace_at_last'}]
    >>> len(match_name(compile_pattern("{outlet}_{title}"), "North_Courier_Peace.txt"))
    2
    """
    parts = PurePosixPath(path).with_suffix("").parts[-pattern.n_folders - 1 :]
    name = "/".join(parts)
    if not name.startswith(pattern.texts[0]):
        return []
    return list(_ways(pattern, name, len(pattern.texts[0]), 0, day_first))


def _ways(pattern: NamePattern, name: str, start: int, rank: int, day_first: bool | None) -> Iterator[dict[str, str]]:
    """The ways in which the fields from one on fit the name from an offset on."""
    field, after = pattern.fields[rank], pattern.texts[rank + 1]
    last = rank == len(pattern.fields) - 1
    stops = [len(name) - len(after)] if last and name.endswith(after) else [] if last else _places(name, after, start + 1)
    for stop in stops:
        value = name[start:stop]
        if (
            not value
            or "/" in value
            or (field == "date" and read_date(value, day_first) == ("", "is no date in a form that is read"))
        ):
            continue
        rest = [{}] if last else _ways(pattern, name, stop + len(after), rank + 1, day_first)
        yield from ({field: value, **more} for more in rest)


def _places(name: str, text: str, start: int) -> list[int]:
    return [place for place in range(start, len(name)) if name.startswith(text, place)]
