"""LexisNexis and Nexis before 2019 (.txt): "3 of 10 DOCUMENTS" ("Dokument 3 von 10", "Document 3 de 10") before each article.

An article is blocks between empty lines: outlet, date (and edition), title, labelled blocks (BYLINE, SECTION, LENGTH ...), the
text, labelled blocks again (LOAD-DATE, LANGUAGE ...), the copyright. Lines are wrapped at some 78 characters; they are joined.
"""

from __future__ import annotations

import re

from framing.corpus.exports.datelines import find_date, opens_with_date
from framing.corpus.exports.declared import check_articles, check_ordinals, list_places
from framing.corpus.exports.labels import add_field, load_labels, split_label
from framing.corpus.readers import Noticed, Reading, Record

_ORDINAL = re.compile(
    r"^[^\S\n]*(?:FOCUS - )?(?:(\d{1,7}) of (\d{1,7}) DOCUMENTS?|(?:Dokument|Document) (\d{1,7}) (?:von|de) (\d{1,7}))[^\S\n]*$",
    re.M,
)
_RANGE = re.compile(
    r"^\s*(?:Download Request|Print Request|Ausgabeauftrag|Demande d'impression)[^\n:]*:[^\n\d]*(\d{1,7})\s*-\s*(\d{1,7})\s*$",
    re.M,
)
# With its year, so that an article that begins with the word stays an article.
_COPYRIGHT = re.compile(
    r"^(?:(?:Copyright|©|\(c\))(?: ©| \(c\))? \d{4}\b|(?:All Rights Reserved|Alle Rechte vorbehalten|Tous droits réservés)\.?$)",
    re.IGNORECASE,
)


def recognise_lexisnexis(content: str) -> bool:
    """Whether a text holds numbered documents or, being one article, the labels of its end."""
    if _ORDINAL.search(content):
        return True
    labels = {split_label(line.strip(), _ALL)[0] for line in content.split("\n") if line[:1].isupper()}
    return {"length", "load_date"} <= labels or {"length", "language"} <= labels


def read_lexisnexis(file: str, content: str) -> Reading:
    """The articles of an export; the numbers that they carry are compared with the total that they declare."""
    marks = list(_ORDINAL.finditer(content))
    numbers = [tuple(int(group) for group in mark.groups() if group) for mark in marks]
    ends = [mark.start() for mark in marks[1:]] + [len(content)]
    pieces = [content[mark.end() : end] for mark, end in zip(marks, ends, strict=True)] if marks else [content]
    places = list_places(number for number, _ in numbers) or ["document 1"]
    yield from check_articles(one for pair in zip(places, pieces, strict=True) for one in _read_piece(file, *pair))
    if marks:
        first, last = _declared(content[: marks[0].start()], numbers)
        yield from check_ordinals(file, first, last, [number for number, _ in numbers])


def _declared(cover: str, numbers: list[tuple[int, ...]]) -> tuple[int, int]:
    """The first and the last number that the file should hold: the cover's range where the articles are numbered so."""
    total = max(total for _, total in numbers)
    asked = _RANGE.search(cover)
    first, last = (int(asked.group(1)), int(asked.group(2))) if asked else (1, total)
    if first > last:
        return 1, total
    return (first, last) if numbers[0][0] >= first else (1, last - first + 1)


def _read_piece(file: str, place: str, piece: str) -> Reading:
    blocks = _blocks(piece)
    head = _head_length(blocks)
    end = next((at for at in range(head, len(blocks)) if split_label(blocks[at][0], _TAIL)[0]), len(blocks))
    body = [block for block in blocks[head:end] if not _COPYRIGHT.match(block[0])]
    fields = _read_head(blocks[:head]) | _read_labels(blocks[end:], _TAIL)
    notes = [" ".join(block) for block in blocks[head:end] if _COPYRIGHT.match(block[0])]
    for note in notes:
        fields = add_field(fields, "copyright", note)
    yield Record(file, place, {**fields, "text": "\n".join(" ".join(block) for block in body)})
    if end == len(blocks):
        yield Noticed(
            file,
            place,
            "no label such as LOAD-DATE or LANGUAGE follows the text, so the end may be cut off; compare it with its source.",
        )


def _blocks(piece: str) -> list[list[str]]:
    """The lines between empty lines; where a document has no empty ones, every line is a paragraph."""
    parts = re.split(r"\n[^\S\n]*\n", piece.strip())
    parts = parts if len(parts) > 1 else piece.split("\n")
    blocks = ([line.strip() for line in part.split("\n") if line.strip()] for part in parts)
    return [block for block in blocks if block]


def _head_length(blocks: list[list[str]]) -> int:
    """How many blocks stand before the text: up to the last of the labelled ones in a row that hold LENGTH, or else the first."""
    labels = [split_label(block[0], _HEAD)[0] for block in blocks]
    tail = next((at for at, block in enumerate(blocks) if split_label(block[0], _TAIL)[0]), len(blocks))
    at = next((at for at, label in enumerate(labels[:tail]) if label == "length"), None)
    at = next((at for at, label in enumerate(labels[:tail]) if label), None) if at is None else at
    if at is None:
        return min(3, tail)
    while at < tail and labels[at]:
        at += 1
    return at


def _read_head(blocks: list[list[str]]) -> dict[str, str]:
    """Outlet, date, edition and title by their places; the rest by its labels."""
    free = [block for block in blocks if not split_label(block[0], _HEAD)[0] and not _COPYRIGHT.match(block[0])]
    at = next((at for at, block in enumerate(free[:4]) if any(map(opens_with_date, block))), None)
    dated = free[at] if at is not None else []
    line = next((place for place, text in enumerate(dated) if opens_with_date(text)), 0)
    outlet = [part for block in free[: at if at is not None else 1] for part in block] + dated[:line]
    after = free[at + 1 if at is not None else 1 :]
    fields = {
        "outlet": " ".join(outlet),
        "date": find_date(dated[line]) if dated else "",
        "edition": " ".join(dated[line + 1 :]),
        "title": " ".join(after[0]) if after else "",
        "subtitle": " ".join(part for block in after[1:] for part in block),
    }
    copyright_ = " ".join(part for block in blocks if _COPYRIGHT.match(block[0]) for part in block)
    return {name: value for name, value in {**fields, "copyright": copyright_}.items() if value} | _read_labels(blocks, _HEAD)


def _read_labels(blocks: list[list[str]], labels: dict[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    column = ""
    for block in blocks:
        found, value = split_label(block[0], labels)
        if found:
            column = found
            fields = add_field(fields, found, " ".join([value, *block[1:]]).strip())
        elif labels is _TAIL and (_COPYRIGHT.match(block[0]) or column):
            fields = add_field(fields, "copyright" if _COPYRIGHT.match(block[0]) else column, " ".join(block))
    return fields


_HEAD, _TAIL, _ALL = load_labels("lexisnexis", "head"), load_labels("lexisnexis", "tail"), load_labels("lexisnexis")
