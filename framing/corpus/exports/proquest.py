"""ProQuest: text exports (.txt: records between lines of underscores, "Document 3 of 10") and the XML of TDM Studio (.xml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from framing.corpus.exports.declared import check_articles, check_beginnings, check_ordinals, list_places, shorten
from framing.corpus.exports.labels import add_field, load_labels, split_label
from framing.corpus.exports.markup import load_lxml, parse_html, parse_xml, split_at, text_lines
from framing.corpus.readers import ArticlesError, Noticed, Reading, Record, Refused

_RULE = re.compile(r"^[ \t]*_{20,}[ \t\r]*$", re.MULTILINE)
_ORDINAL = re.compile(r"^(?:Document|Dokument) (\d{1,7}) (?:of|von|de) (\d{1,7})$")
_FRAME = ("Report Information from ProQuest", "Contact ProQuest", "Database copyright", "Copyright ©", "Terms and Conditions")
_RECORD, _RECORD_END = re.compile(r"<RECORD\b", re.IGNORECASE), re.compile(r"</RECORD\s*>", re.IGNORECASE)
_GOID = re.compile(r"<GOID>\s*(\d+)")


def recognise_proquest(content: str) -> bool:
    """Whether a text holds the labels of ProQuest between its lines of underscores."""
    return bool(_RULE.search(content)) and any(
        split_label(line.strip(), _ALL)[0] in ("publisher_id", "database", "outlet") for line in content.split("\n")
    )


def read_proquest(file: str, content: str) -> Reading:
    """The records of a text export; the numbers that they carry are compared with the total that they declare."""
    sections = [[line.strip() for line in section.split("\n")] for section in _RULE.split(content)]
    records = [section for section in sections if _is_record(section)]
    numbers = [_ordinal(section) for section in records]
    places = list_places(found[0] if found else at for at, found in enumerate(numbers, start=1))
    yield from check_articles(one for pair in zip(places, records, strict=True) for one in _read_record(file, *pair))
    declared = [found for found in numbers if found]
    if declared:
        yield from check_ordinals(file, 1, max(total for _, total in declared), [number for number, _ in declared])
    yield from _left_out(file, sections, records)
    if records and records[-1] is sections[-1]:
        yield Noticed(
            file,
            places[-1],
            "the line of underscores after it is missing, so the end may be cut off; compare it with its source.",
        )


def _ordinal(section: list[str]) -> tuple[int, int] | None:
    line = next((line for line in section if line), "")
    found = _ORDINAL.match(line)
    return (int(found.group(1)), int(found.group(2))) if found else None


def _is_record(section: list[str]) -> bool:
    return _ordinal(section) is not None or sum(bool(split_label(line, _ALL)[0]) for line in section) > 1


def _left_out(file: str, sections: list[list[str]], records: list[list[str]]) -> Iterator[Noticed]:
    """The report's own first and last pages are known; anything else that is no record is named."""
    for section in sections:
        lines = [line for line in section if line]
        known = lines and (lines[0].startswith(_FRAME) or lines[0].startswith("1. "))
        if lines and section not in records and not known:
            reason = (
                f"{shorten(' '.join(lines))!r} stands between two lines of underscores and is left out; see if it is an article."
            )
            yield Noticed(file, "file", reason)


def _read_record(file: str, place: str, section: list[str]) -> Reading:
    lines = [line for line in section if line][_ordinal(section) is not None :]
    fields = _fields(lines)
    if not fields.get("title") and lines and not split_label(lines[0], _ALL)[0]:
        fields["title"] = lines[0]
    if not fields.get("text") and fields.get("abstract"):
        title = shorten(fields.get("title", ""))
        yield Refused(file, place, f"{title!r}: the record holds an abstract and no full text; export it with the full text.")
        return
    yield Record(file, place, fields)


def _fields(lines: list[str]) -> dict[str, str]:
    """The labelled fields; the text goes on until labelled lines follow one another, as an article may say "Title: ..."."""
    begin = next((at for at, line in enumerate(lines) if split_label(line, _TEXT)[0]), None)
    end = _end_of_text(lines, begin) if begin is not None else len(lines)
    outside = lines if begin is None else [*lines[:begin], *lines[end:]]
    fields = _labelled(outside)
    if begin is not None:
        paragraphs = [split_label(lines[begin], _TEXT)[1], *lines[begin + 1 : end]]
        fields["text"] = "\n".join(line for line in paragraphs if line)
    return fields


def _end_of_text(lines: list[str], begin: int) -> int:
    """The first of the labelled lines around the publication's title or the record's id, which no article has."""
    columns = [split_label(line, _TAIL)[0] for line in lines]
    sure = (at for at in range(begin + 1, len(lines)) if columns[at] in ("outlet", "publisher_id"))
    pairs = (at for at in range(begin + 1, len(lines)) if columns[at] and all(columns[at + 1 : at + 2]))
    end = next(sure, next(pairs, len(lines)))
    while end - 1 > begin and columns[end - 1]:
        end -= 1
    return end


def _labelled(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    column = ""
    for line in lines:
        found, value = split_label(line, _ALL)
        if found:
            column = found
            fields = add_field(fields, column, value) if value != fields.get(column) else fields
        elif line.startswith(("http://", "https://")) and column not in ("links", "url"):
            fields = add_field(fields, "link", line)
        elif column:
            fields = {**fields, column: "\n".join(part for part in (fields[column], line) if part)}
    return fields


def recognise_proquest_xml(content: str) -> bool:
    """Whether XML holds ProQuest's records."""
    return bool(_RECORD.search(content)) and "<GOID" in content


def read_proquest_xml(file: str, content: str) -> Reading:
    """The records of TDM Studio: usually one a file; several are read one by one."""
    load_lxml()  # before the records, or each of them would be refused
    head, pieces = split_at(content, _RECORD)
    yield from check_articles(_read_xml(file, f"record {number}", piece) for number, piece in enumerate(pieces, start=1))
    yield from check_beginnings(file, head, pieces, _GOID)


def _read_xml(file: str, place: str, piece: str) -> Record | Refused:
    end = _RECORD_END.search(piece)
    if end is None:
        return Refused(file, place, "the end mark </RECORD> is missing, so the record is cut off; export it again.")
    try:
        record = parse_xml(piece[: end.end()])
    except ArticlesError as error:
        return Refused(file, place, str(error))
    return Record(file, place, {name: value for name, value in _xml_fields(record).items() if value})


def _xml_fields(record: Any) -> dict[str, str]:
    count = next((one.get("WordCount", "") for one in record.iter("Text") if one.get("WordCount")), "")
    return {
        "title": _value(record, ".//TitleAtt/Title", ".//Obj//Title", ".//Title"),
        "outlet": _value(record, ".//PubFrosting/Title", ".//Pubtitle", ".//PubTitle"),
        "date": _value(record, ".//NumericDate", ".//AlphaDate"),
        "section": _value(record, ".//Section"),
        "page": _value(record, ".//StartPage"),
        "author": "; ".join(filter(None, (_author(one) for one in record.iter("Contributor")))),
        "language": _value(record, ".//RawLang", ".//Language"),
        "document_type": _value(record, ".//ObjectTypes/mstar", ".//ObjectType"),
        "publication_type": _value(record, ".//SourceType"),
        "copyright": _value(record, ".//CopyrightData", ".//Copyright"),
        "publisher_id": _value(record, ".//GOID"),
        "length": f"{count} words" if count else "",
        "text": _xml_text(record),
    }


def _value(record: Any, *paths: str) -> str:
    """The first path that holds a text, in the order given."""
    found = (" ".join("".join(one.itertext()).split()) for path in paths for one in record.iterfind(path))
    return next((text for text in found if text), "")


def _author(contributor: Any) -> str:
    first, last = _value(contributor, ".//FirstName"), _value(contributor, ".//LastName")
    return " ".join(filter(None, (first, last))) or _value(contributor, ".//OriginalForm")


def _xml_text(record: Any) -> str:
    """The full text, which may be HTML within XML; of historical papers the recognised letters of the page."""
    for path in (".//TextInfo/Text", ".//FullText", ".//TextInfo/HiddenText", ".//HiddenText"):
        for one in record.iterfind(path):
            source = "".join(one.itertext())
            page = parse_html(f"<div>{source}</div>") if one.get("HTMLContent") == "true" else None
            lines = text_lines(page) if page is not None else [" ".join(line.split()) for line in source.split("\n")]
            if text := "\n".join(line for line in lines if line):
                return text
    return ""


_ALL, _TEXT, _TAIL = load_labels("proquest"), load_labels("proquest", "text"), load_labels("proquest", "tail")
