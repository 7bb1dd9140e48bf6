"""Nexis Uni and Lexis Advance (.docx, .rtf): a cover page that lists the documents, then each article up to "End of Document".

An article: title, outlet, date, copyright, labelled lines (Section, Length, Byline ...), "Body", its text, perhaps "Graphic" with
captions and "Classification", then labelled lines again (Load-Date, Language ...). No word marks its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.corpus.exports.datelines import find_date, opens_with_date
from framing.corpus.exports.declared import check_articles, check_titles, shorten
from framing.corpus.exports.labels import add_field, load_labels, split_label
from framing.corpus.readers import Noticed, Reading, Record, Refused

_END = re.compile(r"(?:^|(?<=\s))(?:End of Document|Ende des Dokuments|Fin du document)$")
_TOTAL = re.compile(r"^(?:Documents?|Dokumente?) \((\d{1,7})\)$", re.IGNORECASE)
_ENTRY = re.compile(r"^(\d{1,7})\.(?:\s+|(?=\D))(\S.*)$")
_COVER = re.compile(
    r"^(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type"
    r"|Benutzername|Datum und Uhrzeit|Auftragsnummer|Suchbegriffe|Suchtyp"
    r"|Nom d'utilisateur|Date et heure|Numéro de la tâche|Termes de la recherche)\b"
)
# "Body" and "Text" are what descriptions of the format show; the other interfaces' words are assumed.
_BODY = frozenset({"Body", "Text", "Volltext", "Textkörper", "Corps", "Texte", "Texte intégral"})
_CAPTIONS = frozenset({"Graphic", "Grafik", "Graphique"})
_AFTER = frozenset({"Classification", "Klassifizierung"})
_CORRECTED = "correction appended"  # stands between title and date
_ERROR = "We are sorry but there is an error in this document"
# A byline and a highlight may share a paragraph.
_INNER_LABEL = re.compile(r"\s(?=(?:Highlight|Dateline|Series):)")


def recognise_nexis(content: str) -> bool:
    """Whether a document holds the marks of these exports."""
    lines = {line.strip() for line in content.split("\n")}
    if any(map(_TOTAL.match, lines)) and any(map(_COVER.match, lines)):
        return True
    columns = {split_label(line, _ALL)[0] for line in lines} & {"length", "load_date"}
    error = any(line.startswith(_ERROR) for line in lines)
    return (any(map(_END.search, lines)) and bool(columns or error)) or bool(lines & _BODY and columns)


def read_nexis(file: str, content: str) -> Reading:
    """The articles of an export. Its own total is compared with the articles found; missing ones are named by the titles that
    the cover page lists."""
    lines = _lines(content)
    total, entries = _read_cover(lines)
    pieces = [part for piece in _pieces(lines) for part in _split_piece(piece)]
    articles = [list(_read_piece(file, number, piece)) for number, piece in enumerate(filter(_is_article, pieces), start=1)]
    yield from check_articles(one for article in articles for one in article)
    if total is not None:
        titles = [first.values["title"] if isinstance(first, Record) else "" for first, *_ in articles]
        yield from check_titles(file, "cover page", total, entries, titles)
    for piece in pieces:
        if not _is_article(piece) and any(character.isalnum() for character in "".join(piece)):
            found = shorten(" ".join(line for line in piece if line))
            yield Noticed(
                file, "file", f"{found!r} stands outside of all articles and is left out; look whether an article was cut."
            )


def _lines(content: str) -> list[str]:
    lines = (line.strip() for line in content.split("\n"))
    return [part for line in lines for part in (_INNER_LABEL.split(line) if line.startswith("Byline:") else [line])]


def _read_cover(lines: list[str]) -> tuple[int | None, dict[int, str]]:
    """The total that the cover page declares and the titles that it lists by number."""
    at = next((place for place, line in enumerate(lines) if _TOTAL.match(line)), None)
    if at is None:
        return None, {}
    total = int(_TOTAL.sub(r"\1", lines[at]))
    entries: dict[int, str] = {}
    for line in lines[at + 1 :]:
        if line in _BODY or len(entries) == total:
            break
        if (entry := _ENTRY.match(line)) and int(entry.group(1)) == len(entries) + 1:
            entries[len(entries) + 1] = entry.group(2)
    return total, entries


def _pieces(lines: list[str]) -> Iterator[list[str]]:
    """The lines up to each end mark, which stays the last one of its piece; then what is left."""
    piece: list[str] = []
    for line in lines:
        if end := _END.search(line):
            yield [*piece, line[: end.start()].strip(), line[end.start() :]]
            piece = []
        else:
            piece.append(line)
    yield piece


def _split_piece(piece: list[str]) -> Iterator[list[str]]:
    """Two articles whose end mark between them is lost, apart: the second begins two lines above its date."""
    full = [place for place, line in enumerate(piece) if line]
    begin, body = 0, False
    for at, place in enumerate(full):
        body = body or piece[place] in _BODY
        if body and opens_with_date(piece[place]) and at > 1 and _labels_follow(piece, full[at + 1 : at + 6]):
            yield piece[begin : full[at - 2]]
            begin, body = full[at - 2], False
    yield piece[begin:]


def _labels_follow(piece: list[str], places: list[int]) -> bool:
    """Whether the lines below a date are those of a header and not of a text."""
    return any(split_label(piece[place], _HEAD)[0] == "length" for place in places)


def _is_article(piece: list[str]) -> bool:
    """Whether a piece has an end or a field that only articles have."""
    return any(_END.search(line) or line in _BODY or split_label(line, _ALL)[0] in ("length", "load_date") for line in piece)


def _read_piece(file: str, number: int, piece: list[str]) -> Reading:
    place = f"document {number}"
    body = next((at for at, line in enumerate(piece) if line in _BODY), None)
    header = _read_header(piece[:body])
    if any(line.startswith(_ERROR) for line in piece):
        yield Refused(file, place, "Nexis could not display the document and exported an error; export it again.")
        return
    if body is None:
        title = shorten(header.get("title", ""))
        yield Refused(file, place, f"{title!r}: there is no 'Body' and so no text; export the article again.")
        return
    yield Record(file, place, {**header, **_read_rest(piece[body + 1 :])})
    if not _END.search(piece[-1]):
        yield Noticed(file, place, "'End of Document' is missing, so the end may be cut off; compare it with its source.")


def _read_header(lines: list[str]) -> dict[str, str]:
    """Title, outlet and date, found by the date line above the text, and the labelled fields below it."""
    below = next((place for place, line in enumerate(lines) if _is_below_date(line)), len(lines))
    dates = [place for place, line in enumerate(lines[:below]) if opens_with_date(line)]
    at = dates[-1] if dates else None
    cover = max((place for place, line in enumerate(lines[:at]) if _COVER.match(line)), default=-1)
    above = [line for line in lines[cover + 1 : at] if line and not split_label(line, _HEAD)[0]]
    corrected = [line for line in above if line.casefold() == _CORRECTED]
    above = [line for line in above if line.casefold() != _CORRECTED]
    if at is None:
        above = [line for line in lines[cover + 1 : below] if line][:2]
    title = above[-2:-1] if cover >= 0 else above[:-1]
    fields = {"title": " ".join(title or above), "outlet": above[-1] if len(above) > 1 else ""}
    if corrected:
        fields["correction"] = corrected[0]
    if at is not None:
        fields |= {"date": find_date(lines[at]), "date_line": lines[at]}
    for line in lines[at or 0 :]:
        column, value = split_label(line, _HEAD)
        if column:
            fields = add_field(fields, column, value)
        elif line and _is_below_date(line):
            fields = add_field(fields, "copyright", line)
    return fields


def _is_below_date(line: str) -> bool:
    return line.startswith(("Copyright", "©")) or bool(split_label(line, _HEAD)[0])


def _read_rest(lines: list[str]) -> dict[str, str]:
    """The text (a paragraph a line), captions, notes and the labelled fields below."""
    paragraphs: dict[str, list[str]] = {"text": [], "graphic": [], "notes": []}
    fields: dict[str, str] = {}
    part = "text"
    for line in lines:
        column, value = split_label(line, _TAIL)
        if line in _CAPTIONS or line in _AFTER:
            part = "graphic" if line in _CAPTIONS else "notes"
        elif column and (part != "text" or column == "load_date"):
            fields, part = add_field(fields, column, value), "notes"
        elif line and not _END.search(line):
            paragraphs[part].append(line)
    return {name: "\n".join(found) for name, found in paragraphs.items() if found} | fields


_HEAD, _TAIL, _ALL = load_labels("nexis", "head"), load_labels("nexis", "tail"), load_labels("nexis")
