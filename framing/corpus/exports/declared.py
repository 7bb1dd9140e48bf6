"""What an export says of itself (how many articles, how many words each), compared with what was read.

Exports declare their own totals; readers that do not compare lose articles without a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from framing.corpus.readers import Noticed, Reading, Record, Refused

# A stated length may be off by this share of the stated words ...
LENGTH_TOLERANCE = 0.10  # (chosen)
# ... and by this many words, whatever their share: short items count their captions or their headline (chosen).
LENGTH_SLACK = 5

_STATED = re.compile(r"(\d[\d.,'’\s]{0,12})\s*(?:words?|wörter|woorden|mots?|palabras|parole|palavras)\b", re.IGNORECASE)

_BARE = re.compile(r"\s*(\d{1,9})\s*")


def count_words(text: str) -> int:
    """How many stretches between spaces hold a letter or a digit.

    >>> count_words("Truce holds -- for a 3rd day")
    6
    """
    return sum(any(character.isalnum() for character in word) for word in text.split())


def stated_words(length: str) -> int | None:
    """The number of words that an export states, in the languages of its interfaces; None where it states none.

    >>> stated_words("1.355 Wörter"), stated_words("295 mots"), stated_words("74"), stated_words("3 pages")
    (1355, 295, 74, None)
    """
    found = _STATED.search(length) or _BARE.fullmatch(length)
    return int("".join(character for character in found.group(1) if character.isdecimal())) if found else None


def check_articles(articles: Reading) -> Reading:
    """The articles of a file with what must be said of them: refused where there is no text, noticed where there is no date,
    a stated length is off or a publisher's id stands twice."""
    seen: dict[str, str] = {}
    refused: set[str] = set()
    for one in articles:
        if isinstance(one, Record) and not any(map(str.isalnum, one.values.get("text", ""))):
            refused.add(one.place)
            yield Refused(one.file, one.place, _name(one) + "the record holds no text; export the article again.")
        elif isinstance(one, Record):
            yield one
            yield from _check_date(one)
            yield from _check_length(one)
            yield from _check_id(one, seen)
        elif not (isinstance(one, Noticed) and one.record in refused):
            yield one


def _check_date(record: Record) -> Iterator[Noticed]:
    if not record.values.get("date"):
        yield Noticed(record.file, record.place, _name(record) + "there is no date; fill `date` and check title and outlet.")


def _check_length(record: Record) -> Iterator[Noticed]:
    stated, counted = stated_words(record.values.get("length", "")), count_words(record.values["text"])
    if stated is not None and abs(stated - counted) > max(LENGTH_SLACK, LENGTH_TOLERANCE * stated):
        reason = f"the export states {stated} words, the text has {counted}; compare the article with its source."
        yield Noticed(record.file, record.place, _name(record) + reason)


def _check_id(record: Record, seen: dict[str, str]) -> Iterator[Noticed]:
    """`seen` (id -> place) is the caller's list of ids so far."""
    given = record.values.get("publisher_id", "")
    if given in seen:
        reason = f"the publisher's id {given!r} stands already at {seen[given]}; check for copies."
        yield Noticed(record.file, record.place, _name(record) + reason)
    elif given:
        seen[given] = record.place


def _name(record: Record) -> str:
    title = record.values.get("title", "")
    return f"{shorten(title)!r}: " if title else ""


def shorten(text: str, width: int = 60) -> str:
    """The beginning of a text on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def check_ordinals(file: str, first: int, last: int, found: Iterable[int]) -> Reading:
    """Which of the articles declared (numbers `first` to `last`) are missing, and which numbers stand twice.

    >>> [one.record for one in check_ordinals("x.txt", 1, 7, [1, 2, 5])]
    ['documents 3-4, 6-7']
    """
    counts = Counter(found)
    if gaps := list(_gaps(first, last, counts)):
        reason = (
            f"the export declares {last - first + 1} articles, numbers {first} to {last}; these are missing, export them again."
        )
        yield Refused(file, "documents " + ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in gaps), reason)
    for number, count in sorted(counts.items()):
        if count > 1:
            yield Noticed(file, f"document {number}", f"the number stands {count} times in the file; check for copies.")


def _gaps(first: int, last: int, found: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of missing numbers; a total that lies may be huge, so numbers are never listed one by one."""
    expected = first
    for number in sorted(number for number in set(found) if first <= number <= last):
        if number > expected:
            yield expected, number - 1
        expected = number + 1
    if expected <= last:
        yield expected, last


def check_titles(file: str, where: str, total: int, titles: dict[int, str], found: Sequence[str]) -> Reading:
    """Whether as many articles were found (by their titles, in order) as the front page declares; missing ones are named by
    the titles that it lists by number.

    >>> [one.record for one in check_titles("x.rtf", "cover page", 3, {1: "A", 2: "B", 3: "C"}, ["A", "C"])]
    ["documents 2 ('B')"]
    """
    if len(found) > total:
        yield Noticed(file, "file", f"the {where} declares {total} articles, the file holds {len(found)}; check for copies.")
    if len(found) >= total:
        return
    lost = [f"{number} ({shorten(titles[number])!r})" for number in _not_found(titles, found)]
    named = ", ".join(lost) if len(lost) == total - len(found) else f"{total - len(found)} of {total}"
    reason = f"the {where} declares {total} articles, the file holds {len(found)}; export the missing ones again."
    yield Refused(file, f"documents {named}", reason)


def _not_found(titles: dict[int, str], found: Sequence[str]) -> list[int]:
    """Articles stand in the order of the list; one without a title, or with another than listed, takes the next number."""
    last, taken = 0, set[int]()
    for title in found:
        last = next((number for number, listed in titles.items() if number > last and listed == title), last + 1)
        taken.add(last)
    return [number for number in titles if number not in taken]


def check_beginnings(file: str, head: str, pieces: Sequence[str], given: re.Pattern[str]) -> Iterator[Refused]:
    """Whether an article has lost the mark of its beginning: then the piece before it (or the head) holds its publisher's
    number, found by `given`, too."""
    for at, piece in enumerate([head, *pieces]):
        lost = len(set(given.findall(piece))) - (at > 0)
        if lost > 0:
            place = f"file, after article {at}" if at else "file, before article 1"
            what = "an article has lost its beginning" if lost == 1 else f"{lost} articles have lost their beginnings"
            yield Refused(file, place, f"{what} and cannot be read; export the file again.")


def list_places(numbers: Iterable[int]) -> list[str]:
    """The places of documents by their numbers, each place once.

    >>> list_places([1, 2, 2])
    ['document 1', 'document 2', 'document 2 (again, 2)']
    """
    places: list[str] = []
    counts: Counter[int] = Counter()
    for number in numbers:
        counts[number] += 1
        places.append(f"document {number}" + (f" (again, {counts[number]})" if counts[number] > 1 else ""))
    return places
