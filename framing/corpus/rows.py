"""A record as a row of the articles table, or why not; and what must be said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from framing.corpus.dates import read_date
from framing.corpus.filenames import NamePattern, match_name
from framing.corpus.languages import guess_language, is_other_language
from framing.corpus.readers import Noticed, Opening, Record, Refused

LONGEST = 5_000_000
"""The most characters that an article may have (chosen): far more than any has, little enough to hold."""
_HALF_PAIR, _CUT = re.compile("[\ud800-\udfff]"), re.compile(r"\[\+\d+ chars\]\s*$")


@dataclass(frozen=True)
class Settings:
    """What a user says of the input."""

    columns: dict[str, str]
    """Column of the articles table -> its name in the input."""
    pattern: NamePattern | None
    """How the files are named."""
    day_first: bool | None
    """Whether 03/04 is in April (True) or in March (False); None where that is not known."""
    opening: Opening
    """How files are opened, and how long an article may be."""
    only_english: bool = False
    """Whether a text that is surely in another language is refused."""


def check_record(record: Record, label: str, relative: str, settings: Settings) -> Iterator[Record | Refused | Noticed]:
    """The record with id, outlet and an ISO date, or its refusal; before it what must be said of it.

    A record with a URL and without a text comes too: it is a row of a list of articles, such as Media Cloud's.
    """
    values = dict(record.values)
    named, fault = _from_name(record, relative, settings)
    for column, value in named.items():
        if record.place == "file" or not values.get(column):
            values[column] = value
    values["article"] = values.get("article") or (label if record.place == "file" else f"{label}:{record.place.replace(' ', '')}")
    values["outlet"] = values.get("outlet") or "unknown"
    place = f"{record.place}, article {values['article']}"
    if refused := _refusal(record, values, place, settings):
        yield refused
        return
    faults = [fault] if fault else []
    written = values.get("date", "").strip()
    values["date"], undated = read_date(written, settings.day_first)
    if values["date"] != written:
        values["date_as_read"] = written
    if undated:
        faults.append(f"the date {written!r} {undated}; {_how_to_date(undated)} (it stands in date_as_read).")
    yield from (Noticed(record.file, place, one) for one in [*faults, *_text_faults(values.get("text", ""))])
    yield replace(record, values=values, label=label)


def _from_name(record: Record, relative: str, settings: Settings) -> tuple[dict[str, str], str]:
    """What the file's name says, or why it says nothing."""
    if settings.pattern is None or not relative:
        return {}, ""
    ways = match_name(settings.pattern, relative, settings.day_first)
    if len(ways) == 1:
        return ways[0], ""
    how = "does not fit" if not ways else f"fits in {len(ways)} ways"
    return {}, f"the name {relative!r} {how} the pattern {settings.pattern.written!r}; rename the file or give another pattern."


def _refusal(record: Record, values: dict[str, str], place: str, settings: Settings) -> Refused | None:
    held, most = max(map(len, values.values())), settings.opening.longest
    if held > most:
        reason = f"the record holds {held:,} characters, more than {most:,}; split it, or allow more with longest=."
        return Refused(record.file, record.place, reason)
    if half := _half_pair(values):
        return Refused(record.file, record.place, half)  # without the id, which may hold the half pair and could not be printed
    if "text" in values and not any(character.isalnum() for character in values["text"]):
        return Refused(record.file, place, "the text is empty; fill it or remove the record.")
    if settings.only_english and is_other_language(values.get("text", "")):
        language = guess_language(values["text"]).language
        return Refused(
            record.file, place, f"it seems to be {language}, and the lexicons are English; read it without only_english."
        )
    return None


def _half_pair(values: dict[str, str]) -> str:
    """Why these strings cannot be stored, or nothing."""
    if _can_be_stored("".join([*values, *values.values()])):
        return ""
    for name, string in [("a column's name", name) for name in values] + list(values.items()):
        if not _can_be_stored(string) and (found := _HALF_PAIR.search(string)):
            if "\udc80" <= found.group() <= "\udcff":  # so comes a byte that could not be decoded
                byte = f"the byte 0x{ord(found.group()) - 0xDC00:X} ({name}, character {found.start() + 1})"
                return f"the record holds {byte}, which is not UTF-8; repair the source."
            return "the record holds half a surrogate pair, which no file can store; repair the source."
    return ""


def _can_be_stored(string: str) -> bool:
    try:
        return string.isascii() or bool(string.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _how_to_date(undated: str) -> str:
    return "give day_first=True or day_first=False" if undated.startswith("could be") else "write it as 2031-12-24"


def _text_faults(text: str) -> Iterator[str]:
    if "\0" in text:
        yield f"the text holds {text.count(chr(0))} NUL characters, which are kept; check what stood there."
    if _CUT.search(text[-40:]):
        yield "the text is cut off ('[+... chars]' is how NewsAPI ends it); fetch the whole one by its URL."
