"""JSON lines, and JSON files that hold one article, a list of them, or a list inside an object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from framing.corpus.decoding import decode
from framing.corpus.lines import Lines, read_lines
from framing.corpus.readers import ArticlesError, Noticed, Opening, Reading, Record, Refused

# Numbers stay what they are in the file: 007 and 1.0 are names, not quantities.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
_FAULTS = (json.JSONDecodeError, RecursionError)
_LISTS = ("articles", "items", "results", "data", "docs", "documents")
"""Where an object keeps its articles (NewsAPI: `articles`)."""


def read_json_lines(path: Path, name: str, opening: Opening) -> Reading:
    """One record for every line that holds anything."""
    yield from read_lines(path, name, opening, "\n", parse_lines)


def parse_lines(lines: Lines, name: str, longest: int) -> Reading:
    """One record for every line that holds anything, or its refusal."""
    for line in lines:
        if line is None or line.strip():
            yield _line_record(name, f"line {lines.number}", line, longest)


def _line_record(name: str, place: str, line: str | None, longest: int) -> Record | Refused:
    if line is None:
        return Refused(name, place, f"the line is longer than {longest:,} characters; split it, or allow more with longest=.")
    try:
        values = _DECODER.decode(line)
    except _FAULTS as error:
        return Refused(name, place, f"not valid JSON ({error}); write one JSON object per line.")
    if not isinstance(values, dict):
        return Refused(name, place, "the line is valid JSON, but no object; write one JSON object per line.")
    return Record(name, place, as_strings(values))


def as_strings(values: dict[str, object]) -> dict[str, str]:
    """A JSON object as a record's values; of an outlet given as an object its name."""
    return {name: value if isinstance(value, str) else _as_string(value) for name, value in values.items()}


def _as_string(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict) and set(value) == {"id", "name"}:  # how NewsAPI writes an outlet
        return str(value["name"] or "")
    return json.dumps(value, ensure_ascii=False)


def read_json(path: Path, name: str, opening: Opening) -> Reading:
    """The objects of a .json file, whatever holds them; JSON lines under that ending are read as such."""
    try:
        content, note = decode(path, opening.encoding)
    except ArticlesError as error:
        yield Refused(name, "file", str(error))
        return
    if note:
        yield Noticed(name, "file", note)
    try:
        first, end = _DECODER.raw_decode(content, _start(content, 0)) if _opens(content) == "{" else (None, 0)
    except _FAULTS as error:
        first, end = None, -1
        fault = str(error)
    if end < 0:
        yield Refused(name, "file", f"not valid JSON ({fault}); write a list of objects, or one JSON object per line.")
    elif first is None:
        yield from _list_records(content, name)
    elif _start(content, end) < len(content):
        del content, first
        yield from read_json_lines(path, name, opening)
    else:
        yield from _object_records(first, name)


def _opens(content: str) -> str:
    start = _start(content, 0)
    return content[start : start + 1]


def _start(content: str, offset: int) -> int:
    """The next character that is no white space."""
    while content[offset : offset + 1].isspace():
        offset += 1
    return offset


def _object_records(values: dict[str, object], name: str) -> Reading:
    """The articles that an object holds in a list, or the object as the only article."""
    for key in _LISTS:
        found = values.get(key)
        if isinstance(found, list) and "text" not in values and all(isinstance(one, dict) for one in found):
            yield from _notice_total(values, len(found), name)
            yield from (Record(name, f"{key} {number}", as_strings(one)) for number, one in enumerate(found, start=1))
            return
    yield Record(name, "file", as_strings(values))


def _notice_total(values: dict[str, object], n_read: int, name: str) -> Iterator[Noticed]:
    total = str(values.get("totalResults", n_read))
    if total != str(n_read):
        yield Noticed(
            name, "file", f"the file says that there are {total} articles and holds {n_read}; the rest is on other pages."
        )


def _list_records(content: str, name: str) -> Reading:
    """The objects of a list, each decoded alone, so that not all of them are held at once."""
    if _opens(content) != "[":
        yield Refused(name, "file", "the file holds no JSON object; write a list of objects, or one JSON object per line.")
        return
    offset, number = _start(content, _start(content, 0) + 1), 0
    while content[offset : offset + 1] not in ("]", ""):
        number += 1
        try:
            value, offset = _DECODER.raw_decode(content, offset)
        except _FAULTS as error:
            yield Refused(
                name, f"item {number} and what follows", f"not valid JSON ({error}); repair the list and read it again."
            )
            return
        if isinstance(value, dict):
            yield Record(name, f"item {number}", as_strings(value))
        else:
            yield Refused(name, f"item {number}", "the item is no JSON object; write a list of objects.")
        offset = _start(content, offset)
        if content[offset : offset + 1] == ",":
            offset = _start(content, offset + 1)
        elif content[offset : offset + 1] != "]":
            break
    if content[offset : offset + 1] != "]":
        yield Refused(name, f"after item {number}", "the list breaks off; repair it and read the file again.")
