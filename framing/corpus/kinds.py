"""Which reader a file is for: its ending says, and for the endings of library exports its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from framing.corpus.columns import map_columns
from framing.corpus.databases import read_parquet, read_sqlite
from framing.corpus.decoding import decode
from framing.corpus.delimited import read_delimited
from framing.corpus.documents import docx_text, rtf_text
from framing.corpus.exports import EXPORTS
from framing.corpus.jsonlines import read_json, read_json_lines
from framing.corpus.pages import page_values, xml_values
from framing.corpus.pdfs import pdf_text
from framing.corpus.readers import EMPTY, ArticlesError, Noticed, Opening, Reading, Record, Refused
from framing.corpus.warc import read_warc

TABLES: dict[str, Callable[[Path, str, Opening], Reading]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".parquet": read_parquet,
    ".db": read_sqlite,
    ".sqlite": read_sqlite,
    ".sqlite3": read_sqlite,
}
"""File ending -> reader of many records, whose columns have names."""
FREE_KEYS = (".json", ".jsonl", ".ndjson")
"""Endings of tables in which every record has its own columns."""
ARCHIVES = (".warc", ".warc.gz")
DOCUMENTS: dict[str, Callable[[Path], str]] = {".docx": docx_text, ".rtf": rtf_text}
"""File ending -> the text of a document."""
TEXTS: dict[str, Callable[[str], dict[str, str]]] = {
    ".txt": lambda content: {"text": content},
    ".html": page_values,
    ".htm": page_values,
    ".xml": xml_values,
}
"""File ending -> what a file of text says of the one article in it."""
ENDINGS = tuple(sorted([*TABLES, *ARCHIVES, *DOCUMENTS, *TEXTS, ".pdf"]))
USUAL_ENDINGS = tuple(one for one in ENDINGS if one not in (".db", ".htm", ".ndjson", ".sqlite3", ".warc.gz"))
"""What a message names: those that have another spelling are left out."""
# Files of text that hold so many times the characters of the longest article are not opened (chosen).
MOST_ARTICLES_IN_ONE = 40


def read_file(path: Path, name: str, columns: Mapping[str, str], opening: Opening) -> Reading:
    """The records of one file, in order, with refusals in their places; `name` is what messages call it."""
    ending = find_ending(path)
    if path.name.startswith("~$"):
        yield Refused(name, "file", "the file is a mark that Word leaves while a document is open; close Word or remove it.")
    elif ending not in ENDINGS:
        kind = f"of kind {path.suffix!r}" if path.suffix else "without an ending"
        yield Refused(name, "file", f"files {kind} are not read; use one of {', '.join(USUAL_ENDINGS)}.")
    elif path.stat().st_size == 0:
        yield Refused(name, "file", EMPTY)
    elif ending in TABLES:
        yield from map_columns(TABLES[ending](path, name, opening), columns, fixed=ending not in FREE_KEYS)
    elif ending in ARCHIVES:
        yield from read_warc(path, name, opening)
    else:
        try:
            yield from _read_texts(path, name, ending, opening)
        except ArticlesError as error:
            yield Refused(name, "file", str(error))


def find_ending(path: Path) -> str:
    """The ending that tells a file's kind, in small letters."""
    return ".warc.gz" if path.name.lower().endswith(".warc.gz") else path.suffix.lower()


def _read_texts(path: Path, name: str, ending: str, opening: Opening) -> Reading:
    """The articles of an export, or the only article of a file."""
    if ending == ".pdf":
        yield from _read_pdf(path, name)
        return
    size = path.stat().st_size
    if ending in TEXTS and size > opening.longest * MOST_ARTICLES_IN_ONE:
        raise ArticlesError(f"the file holds {size:,} bytes; split it, or allow more with longest=.")
    content, note = (DOCUMENTS[ending](path), "") if ending in DOCUMENTS else decode(path, opening.encoding)
    if note:
        yield Noticed(name, "file", note)
    export = next((one for one in EXPORTS if ending in one.endings and one.recognises(content)), None)
    if export:
        yield from export.read(name, content)
    else:
        yield Record(name, "file", TEXTS[ending](content) if ending in TEXTS else {"text": content})
        if ending == ".xml":
            yield Noticed(name, "file", "the XML is of no kind that is known; the words of its body are read, line by element.")


def _read_pdf(path: Path, name: str) -> Reading:
    text, empty = pdf_text(path)
    yield Record(name, "file", {"text": text})
    if empty:
        pages = ", ".join(map(str, empty))
        yield Noticed(name, "file", f"no text on page {pages}; check whether the article goes on there as a picture.")
