"""Europresse (.html): one `<article>` for each; the page declares no total, so beginnings and ends are compared."""

from __future__ import annotations

import re
from typing import Any

from framing.corpus.exports.datelines import after_date, before_date, find_date
from framing.corpus.exports.declared import check_articles, check_beginnings
from framing.corpus.exports.markup import by_class, parse_html, split_at, text_lines, text_of
from framing.corpus.readers import Noticed, Reading, Record, Refused

_START = re.compile(r"<article\b", re.IGNORECASE)
_MARKS = ("DocPublicationName", "docOcurrContainer", "titreArticleVisu", "TitreArticleVisu")
_LENGTH = re.compile(r"\d[\d\s.,]{0,9}(?:mots?|words?)\b", re.IGNORECASE)
_PAGE = re.compile(r"\bp\.\s*([\w()-]+)")
# "Le Courrier de Varn, no. 2311": the number belongs to the issue, or every issue would be an outlet.
_ISSUE = re.compile(r",\s*(n[o°]\.?\s*\S.*)$", re.IGNORECASE)
_NUMBER = re.compile(r"\bpubliC-lblNodoc[\"'][^<>]*>([^<>]+)<")
_ID_DATE = re.compile(r"·(\d{4})(\d{2})(\d{2})·")


def recognise_europresse(content: str) -> bool:
    """Whether a page holds Europresse's classes."""
    return any(mark in content for mark in _MARKS)


def read_europresse(file: str, content: str) -> Reading:
    """The articles of a saved page or of an HTML export."""
    head, pieces = split_at(content, _START)
    if not pieces:
        yield Refused(
            file, "file", "the page is of Europresse's layout before 2013, which is not read; export the articles anew."
        )
        return
    yield from check_articles(one for number, piece in enumerate(pieces, start=1) for one in _read_piece(file, number, piece))
    yield from check_beginnings(file, head, pieces, _NUMBER)


def _read_piece(file: str, number: int, piece: str) -> Reading:
    place = f"article {number}"
    article = parse_html(piece)
    if article is None:
        yield Refused(file, place, "the article holds nothing; export it again.")
        return
    yield Record(file, place, {name: value for name, value in _fields(article).items() if value})
    if "</article>" not in piece.lower():
        yield Noticed(file, place, "the end mark </article> is missing, so the end may be cut off; compare it with its source.")


def _fields(article: Any) -> dict[str, str]:
    header = _first(article, "DocHeader")
    behind = after_date(header)
    given = _first(article, "publiC-lblNodoc")
    name, issue = _outlet(article)
    date = find_date(header) or "-".join(found.groups() if (found := _ID_DATE.search(given)) else ())
    return {
        "title": _first(article, "titreArticleVisu") or _first(article, "titreArticle"),
        "subtitle": _first(article, "rdp__subtitle"),
        "outlet": name,
        "issue": issue,
        "date": date,
        "section": before_date(header),
        "length": found.group() if (found := _LENGTH.search(behind)) else "",
        "page": found.group(1) if (found := _PAGE.search(behind)) else "",
        "author": _first(article, "docAuthors") or _author(article),
        "publisher_id": given,
        "copyright": next((text_of(one) for one in article.iter("small")), ""),
        "text": _text(article),
    }


def _first(article: Any, name: str) -> str:
    return next((text for one in by_class(article, name) if (text := text_of(one))), "")


def _author(article: Any) -> str:
    """The line below the title; a line of the same class within the title is a subtitle."""
    inside = {one for title in by_class(article, "titreArticle") for one in title.iter()}
    return next((text for one in by_class(article, "sm-margin-bottomNews") if one not in inside and (text := text_of(one))), "")


def _outlet(article: Any) -> tuple[str, str]:
    """Name and number of the issue; only the first line is the name, the country and the kind of source may follow."""
    lines = next((lines for one in by_class(article, "DocPublicationName") if (lines := text_lines(one))), [""])
    found = _ISSUE.search(lines[0])
    return (lines[0][: found.start()], found.group(1)) if found else (lines[0], "")


def _text(article: Any) -> str:
    """The paragraphs; `DocText` holds them where `docOcurrContainer` is missing or empty."""
    for name in ("docOcurrContainer", "DocText"):
        for part in by_class(article, name):
            if lines := text_lines(part):
                return "\n".join(lines)
    return ""
