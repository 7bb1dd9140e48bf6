"""Factiva (.html, .rtf, .docx): articles as tables of two-letter codes ("Full Article/Report plus Indexing") or as running text.

Running text: perhaps a section, title, perhaps an author, "295 words", date, perhaps a time, outlet, its code, perhaps edition
and page, language, copyright, the paragraphs, "Document" and the accession number. Factiva declares no total; the ends are
counted, and where an RTF file begins with a table of contents, its entries are compared with the articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from framing.corpus.exports.datelines import find_date, opens_with_date
from framing.corpus.exports.declared import check_articles, check_beginnings, check_titles, shorten
from framing.corpus.exports.labels import add_field, load_labels
from framing.corpus.exports.markup import by_class, parse_html, split_at, text_lines, text_of
from framing.corpus.readers import Noticed, Reading, Record, Refused

_START = re.compile(r"<div\b[^<>]*\bclass\s*=\s*[\"']\s*article\s+[a-z]{2,4}Article\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"article\s+([a-z]{2,4})Article", re.IGNORECASE)
# The accession number: code of the source, date, a tail; every article ends with it.
_END = re.compile(r"^(?:AN[\s|]+)?(?:Document|Dokument|Documento)\s+((?=\w*\d{8})[A-Za-z0-9]{16,40})$")
_NUMBER = re.compile(r"\b(?:Document|Dokument|Documento)\s+((?=\w{0,30}\d{8})[A-Za-z0-9]{16,40})\b")
_LENGTH = re.compile(r"^\d[\d.,\s]{0,12}(?:words?|mots?|Wörter|palabras|parole|palavras)$", re.IGNORECASE)
_TIME = re.compile(r"^\d{1,2}[:.h]\d{2}(?::\d{2})?\b.{0,12}$")
_CODE = re.compile(r"^[A-Z0-9]{2,10}$")
_COPYRIGHT = re.compile(r"^(?:\(c\)|©|Copyright|Alle Rechte|Tous droits)|All rights reserved\.?$", re.IGNORECASE)
_CODED = re.compile(r"^([A-Z]{2,3})(?:[\t|\u00a0]+[ ]*| {2,}|$)(.*)$")
_ENTRY = re.compile(r"^(\S.{2,300}?)(?:\t+| ?\.{3,} ?)(\d{1,5})$")
_COVER = re.compile(
    r"^(?:Factiva RTF Display Format|Factiva|Dow Jones Factiva|Table of Contents|Inhaltsverzeichnis|Table des matières"
    r"|(?:Page|Seite) \d+.*|.{0,40}Factiva, Inc\..*)$"
)
_SUMMARY = re.compile(r"^(?:Search Summary|Suchzusammenfassung|Résumé de la recherche)")
# How many lines below the date may hold outlet, code, edition, page, language and copyright (chosen; seen: up to 7).
_HEAD_LINES = 10
_LANGUAGES = frozenset(
    "English Englisch Anglais German Deutsch Allemand French Französisch Français Spanish Italian Portuguese".split()
)


def recognise_factiva(content: str) -> bool:
    """Whether a page or a document holds Factiva's classes, accession numbers or front page."""
    if _START.search(content):
        return True
    lines = [line.strip() for line in content.split("\n")]
    named = any("Factiva" in line for line in lines)
    return any(map(_END.match, lines)) or (
        named and any(_LENGTH.match(line) or line.startswith(("WC\t", "WC|")) for line in lines)
    )


def read_factiva(file: str, content: str) -> Reading:
    """The articles of a page or a document."""
    if _START.search(content):
        head, pieces = split_at(content, _START)
        articles = (one for number, piece in enumerate(pieces, start=1) for one in _read_page(file, number, piece))
        yield from check_articles(articles)
        yield from check_beginnings(file, head, pieces, _NUMBER)
    else:
        yield from _read_document(file, [line.strip(" \r\u00a0") for line in content.split("\n")])


def _read_page(file: str, number: int, piece: str) -> Reading:
    """One article of a page."""
    article = parse_html(piece)
    if article is None:
        yield Refused(file, f"article {number}", "the article holds nothing; export it again.")
        return
    coded = _read_table(article)
    if coded.get("title") or coded.get("text"):
        yield from _finish(file, number, coded)
        return
    paragraphs = [line for part in by_class(article, "articleParagraph") for line in text_lines(part)]
    lines = text_lines(article)
    titles = [text_of(one) for one in article.iter("span") if (one.get("class") or "").strip().endswith("Headline")]
    fields = _read_lines(_end_apart(lines)[0], dict(enumerate(titles)))
    if found := _LANGUAGE.search(article.get("class") or ""):
        fields.setdefault("language", found.group(1).lower())
    fields |= {"text": "\n".join(paragraphs)} if paragraphs else {}
    yield from _finish(file, number, fields | _end_apart(lines)[1])


def _end_apart(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """The lines before the accession number, and the number."""
    at = next((at for at, line in enumerate(lines) if _END.match(line)), None)
    if at is None:
        return lines, {}
    return lines[:at], {"publisher_id": _END.sub(r"\1", lines[at])}


def _read_table(article: Any) -> dict[str, str]:
    """The fields of a table with a code in each row's first cell."""
    fields: dict[str, str] = {}
    for row in article.iter("tr"):
        cells = [text_lines(cell) for cell in row if cell.tag in ("td", "th")]
        code = cells[0][0].strip(" \u00a0") if len(cells) > 1 and cells[0] else ""
        if code in _CODES:
            fields = _add_coded(fields, code, [line for cell in cells[1:] for line in cell])
    return _join_text(fields)


def _add_coded(fields: dict[str, str], code: str, lines: list[str]) -> dict[str, str]:
    """The fields with a code's lines: paragraphs of the text stay apart."""
    if _CODES[code] in ("lead", "body"):
        return {**fields, _CODES[code]: "\n".join([*fields.get(_CODES[code], "").split("\n"), *lines]).strip("\n")}
    return add_field(fields, _CODES[code], " ".join(lines))


def _join_text(fields: dict[str, str]) -> dict[str, str]:
    """Lead and body as the text; the accession number without the word before it."""
    text = "\n".join(part for part in (fields.get("lead", ""), fields.get("body", "")) if part)
    rest = {name: value for name, value in fields.items() if name not in ("lead", "body")}
    given = re.sub(r"^(?:Document|Dokument|Documento)\s+", "", rest.get("publisher_id", ""))
    return rest | {"text": text} | ({"publisher_id": given} if given else {})


def _read_document(file: str, lines: list[str]) -> Reading:
    """The articles of an RTF or Word document."""
    pieces = list(_pieces(lines))
    entries = _contents(pieces[0])
    articles = [_read_piece(piece, entries) for piece in pieces if _is_article(piece)]
    yield from check_articles(one for number, fields in enumerate(articles, start=1) for one in _finish(file, number, fields))
    if entries:
        found = [fields.get("title", "") for fields in articles]
        yield from check_titles(file, "table of contents", len(entries), entries, found)
    for piece in pieces:
        left = [line for line in piece if line and not _COVER.match(line)]
        if not _is_article(piece) and left and not _SUMMARY.match(left[0]):
            yield Noticed(
                file,
                "file",
                f"{shorten(' '.join(left))!r} stands outside of all articles and is left out; look whether an article was cut.",
            )


def _pieces(lines: list[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    for line in lines:
        piece.append(line)
        if _END.match(line):
            yield piece
            piece = []
    yield piece


def _is_article(piece: list[str]) -> bool:
    return any(_END.match(line) or _LENGTH.match(line) for line in piece) or _coded_lines(piece) > 2


def _coded_lines(piece: list[str]) -> int:
    return sum(bool((found := _CODED.match(line)) and found.group(1) in _CODES) for line in piece)


def _contents(piece: list[str]) -> dict[int, str]:
    """The titles of the table of contents by number; it stands before the first article's length."""
    end = next((at for at, line in enumerate(piece) if _LENGTH.match(line)), len(piece))
    titles = [
        found.group(1)
        for line in piece[:end]
        if not _COVER.match(line) and (found := _ENTRY.match(line)) and not _CODED.match(line)
    ]
    return dict(enumerate(titles, start=1))


def _read_piece(piece: list[str], entries: dict[int, str]) -> dict[str, str]:
    lines = [line for line in piece if line and not _COVER.match(line)]
    if _coded_lines(lines) > 2:
        return _read_coded(lines)
    body, end = _end_apart(lines)
    return _read_lines([line for line in body if not _ENTRY.match(line) or opens_with_date(line)], entries) | end


def _read_coded(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    code = ""
    for line in lines:
        found = _CODED.match(line)
        if found and found.group(1) in _CODES:
            code, line = found.groups()
        if code and line.strip(" \t|\u00a0"):
            fields = _add_coded(fields, code, [line.strip(" \t|\u00a0")])
    return _join_text(fields)


def _read_lines(lines: list[str], entries: dict[int, str]) -> dict[str, str]:
    """An article without codes; every field by its place around the line with the number of words."""
    at = next((at for at, line in enumerate(lines) if _LENGTH.match(line)), None)
    if at is None:
        return {"title": lines[0] if lines else "", "text": ""}
    fields = {"length": lines[at], **_read_above(lines[:at], entries)}
    begin = _begin_of_text(lines, at + 1)
    fields["text"] = "\n".join(line.strip() for line in lines[begin:])
    return fields | _read_head(lines[at + 1 : begin])


def _read_head(head: list[str]) -> dict[str, str]:
    """Date, time, outlet, its code, language and copyright, told apart by how they look; the outlet is the first that is left."""
    dates = [find_date(line) for line in head if opens_with_date(line)]
    times = [line for line in head if _TIME.match(line)]
    names = [line for line in head if not _TIME.match(line) and not opens_with_date(line)]
    found = {
        "date": dates,
        "time": times,
        "outlet": names,
        "outlet_code": [line for line in names[1:2] if _CODE.match(line)],
        "language": [line for line in head if line in _LANGUAGES],
        "copyright": [line for line in head if _COPYRIGHT.search(line)],
    }
    return {column: lines[0] for column, lines in found.items() if lines}


def _read_above(above: list[str], entries: dict[int, str]) -> dict[str, str]:
    """Title, section and author: the table of contents or the page's markup tells the title; else the first line is taken for
    it."""
    titles = set(entries.values())
    at = next((at for at, line in enumerate(above) if line in titles), 0)
    fields = {"title": above[at] if above else "", "section": " ".join(above[:at]), "author": " ".join(above[at + 1 :])}
    return {name: value for name, value in fields.items() if value}


def _begin_of_text(lines: list[str], after: int) -> int:
    """Behind the copyright line; where there is none, behind the language, the source's code or the outlet."""
    head = list(enumerate(lines[after : after + _HEAD_LINES], start=after))
    signs = (_COPYRIGHT.search, _LANGUAGES.__contains__, _CODE.match)
    found = (at for sign in signs for at, line in head if sign(line))
    dated = next((at for at, line in head if opens_with_date(line)), after - 1)
    return next(found, min(dated + 1, len(lines) - 1)) + 1


def _finish(file: str, number: int, fields: dict[str, str]) -> Reading:
    """The record, and what its place among the marks leaves uncertain."""
    place = f"article {number}"
    yield Record(file, place, {name: value for name, value in fields.items() if value} | {"text": fields.get("text", "")})
    if not fields.get("publisher_id"):
        yield Noticed(
            file,
            place,
            "the last line ('Document' and a number) is missing, so the end may be cut off; compare it with its source.",
        )


_CODES = load_labels("factiva")
