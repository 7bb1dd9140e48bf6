"""Bytes to text: which encoding a file is in, found by what proves it, never silently by what is merely likely.

The order: a byte-order mark; strict UTF-8; UTF-16 without a mark (every second byte zero); what a page declares of itself;
UTF-8 with damaged places; Windows-1252 for short files; charset-normalizer for longer ones.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from framing.corpus.readers import ArticlesError

CHUNK = 1 << 20
# charset-normalizer took 60 bytes of Windows-1252 for Windows-1250 and read 10 kB right (tried once); between them: chosen.
LEAST_TO_DETECT = 1000
# Bytes of which every second one is zero so often are UTF-16: letters of Western languages give all of them (chosen).
UTF16_ZEROS = 0.7
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
# How "surrogateescape" writes a byte that cannot be decoded.
_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True)
class Encoding:
    """How a file's bytes are read."""

    name: str
    """Python's name of the encoding."""
    note: str = ""
    """What must be said of it; nothing for UTF-8 and for files with a byte-order mark."""


def find_encoding(path: Path) -> Encoding:
    """The encoding of a file, found without holding all of it.

    Raises ArticlesError where none can be told.
    """
    with path.open("rb") as file:
        return _find_encoding(file)


def _find_encoding(file: BinaryIO) -> Encoding:
    head = file.read(CHUNK)
    if marked := _marked(head):
        return Encoding(marked)
    if utf16 := _unmarked_utf16(head):
        return Encoding(utf16, f"read as {utf16.upper()}, for every second byte is zero; save it as UTF-8 to be sure.")
    if _is_utf8(head, file):
        return Encoding("utf-8")
    damaged, right, first = _count_utf8(head, file)
    if declared := _declared(head):
        return Encoding(declared, f"read as {declared.upper()}, as the file declares.")
    if right >= damaged:  # words in UTF-8 do not come about by chance: the file is UTF-8, some bytes are broken
        return Encoding("utf-8", f"byte {first} is not UTF-8 though the rest is; only records with such bytes are refused.")
    return _guessed(head, file, first)


def _marked(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _is_utf8(head: bytes, file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(head, file):
            decoder.decode(chunk, not chunk)
    except UnicodeDecodeError:
        return False
    return True


def _count_utf8(head: bytes, file: BinaryIO) -> tuple[int, int, int]:
    """Bytes that are not UTF-8, characters beyond ASCII that are, and the offset of the first such byte."""
    damaged, right, first, offset = 0, 0, -1, 0
    file.seek(len(head))
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for chunk in _chunks(head, file):
        text = decoder.decode(chunk, not chunk)
        escaped = _ESCAPED.findall(text)
        if escaped and first < 0:
            first = offset + len(text[: text.index(escaped[0])].encode("utf-8"))
        damaged += len(escaped)
        right += len(text) - len(text.encode("ascii", "ignore")) - len(escaped)
        offset += len(text.encode("utf-8", "surrogateescape"))
    return damaged, right, first


def _chunks(head: bytes, file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces, and nothing as the last one."""
    yield head
    while chunk := file.read(CHUNK):
        yield chunk
    yield b""


def _unmarked_utf16(head: bytes) -> str:
    if len(head) < 4 or b"\0" not in head:
        return ""
    pairs = len(head) // 2
    if head[1::2].count(0) >= UTF16_ZEROS * pairs and not head[0::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) >= UTF16_ZEROS * pairs and not head[1::2].count(0) else ""


def _declared(head: bytes) -> str:
    """The encoding that a page or an XML file names in its first kilobytes, where Python has it and it is not UTF-8."""
    found = _DECLARED.search(head[:4096]) if head.lstrip().startswith(b"<") else None
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name if found else ""
        "".encode(name or "utf-8")  # refuses codecs that are no encodings of text
    except (LookupError, UnicodeError):
        return ""
    return "" if name == "utf-8" else {"iso8859-1": "cp1252"}.get(name, name)  # as every browser reads it


def _guessed(head: bytes, file: BinaryIO, first: int) -> Encoding:
    refused = f"byte {first} is not UTF-8; save the file as UTF-8 and read it again."
    if len(head) < LEAST_TO_DETECT:
        return Encoding("cp1252", _guess_note("cp1252", first)) if _is(head, "cp1252") else _no_encoding(refused)
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return _no_encoding(f"byte {first} is not UTF-8; save it as UTF-8, or let it be guessed: pip install 'framing[exports]'.")
    best = from_bytes(_around(head, file, first)).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return _no_encoding(refused)
    name = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding  # they read every letter alike
    return Encoding(name, _guess_note(name, first))


def _around(head: bytes, file: BinaryIO, first: int) -> bytes:
    """The piece of a file in which the first telling byte stands."""
    if first < len(head):
        return head
    file.seek(max(0, first - CHUNK // 2))
    return file.read(CHUNK)


def _guess_note(name: str, first: int) -> str:
    return f"read as {name.upper()}, for byte {first} is not UTF-8; save it as UTF-8 where letters look wrong."


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _no_encoding(reason: str) -> Encoding:
    raise ArticlesError(reason)


def open_text(path: Path, encoding: Encoding, newline: str) -> TextIO:
    """The file as text; bytes that are not UTF-8 come as half surrogate pairs, which no article may hold."""
    errors = "surrogateescape" if encoding.name.startswith("utf-8") else "strict"
    return path.open(encoding=encoding.name, errors=errors, newline=newline)


def decode(path: Path) -> tuple[str, str]:
    """A file's whole text and what must be said of its encoding.

    Raises ArticlesError with the offset of the first byte that cannot be read.
    """
    encoding = find_encoding(path)
    with open_text(path, encoding, newline="") as file:
        try:
            return file.read(), encoding.note
        except UnicodeDecodeError as error:
            raise bad_byte(error) from None


def bad_byte(error: UnicodeDecodeError) -> ArticlesError:
    """What is said of bytes that are not of the encoding that the file has otherwise."""
    return ArticlesError(f"byte {error.start} is not {error.encoding.upper()}; save the file as UTF-8 and read it again.")
