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
# Of less than this nobody tells the encoding (chosen). Of more charset-normalizer 3.5.2 still took French and Polish for each
# other's, and English with one pound sign for Japanese (11 texts of about 3 kB tried): so it only says where Windows-1252 is
# out of the question, and then what is likelier.
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


def check_encoding(declared: str) -> str:
    """Python's name of an encoding that a user declares; ArticlesError where it has none."""
    try:
        name = codecs.lookup(declared).name
        "".encode(name)  # refuses codecs that are no encodings of text
    except (LookupError, UnicodeError):
        raise ArticlesError(f"The encoding {declared!r} is not known; give one such as utf-8 or cp1252.") from None
    return name


def find_encoding(path: Path, declared: str = "") -> Encoding:
    """The encoding of a file, found without holding all of it; the declared one where the file bears no mark of another.

    Raises ArticlesError where none can be told.
    """
    with path.open("rb") as file:
        return _find_encoding(file, declared)


def _find_encoding(file: BinaryIO, user: str) -> Encoding:
    head = file.read(CHUNK)
    if marked := _marked(head) or user:
        return Encoding(marked)
    if utf16 := _unmarked_utf16(head):
        return Encoding(utf16, f"read as {utf16.upper()}, for every second byte is zero; give encoding= where that is wrong.")
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
    first, second = head[0::2].count(0) / (len(head) // 2), head[1::2].count(0) / (len(head) // 2)
    if second >= UTF16_ZEROS and first <= 1 - UTF16_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if first >= UTF16_ZEROS and second <= 1 - UTF16_ZEROS else ""


def _declared(head: bytes) -> str:
    """The encoding that a page or an XML file names in its first kilobytes, where Python has it and it is not UTF-8."""
    found = _DECLARED.search(head[:4096]) if head.lstrip().startswith(b"<") else None
    try:
        name = check_encoding(found.group(1).decode("ascii")) if found else "utf-8"
    except ArticlesError:
        return ""
    return "" if name == "utf-8" else {"iso8859-1": "cp1252"}.get(name, name)  # as every browser reads it


def _guessed(head: bytes, file: BinaryIO, first: int) -> Encoding:
    """What is merely likely: Windows-1252 where the bytes allow it, and nothing in a long file speaks against it."""
    if len(head) < LEAST_TO_DETECT:
        return _told("cp1252", first) if _is(head, "cp1252") else _no_encoding(first)
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return _no_encoding(first, ", or have it found out with: pip install 'framing[exports]'")
    piece = _around(head, file, first)
    if from_bytes(piece, cp_isolation=["cp1252"]).best():
        return _told("cp1252", first)
    best = from_bytes(piece).best()
    return _no_encoding(first) if best is None or best.encoding in ("ascii", "utf_8") else _told(best.encoding, first)


def _around(head: bytes, file: BinaryIO, first: int) -> bytes:
    """The piece of a file in which the first telling byte stands."""
    if first < len(head):
        return head
    file.seek(max(0, first - CHUNK // 2))
    return file.read(CHUNK)


def _told(name: str, first: int) -> Encoding:
    name = check_encoding(name)
    return Encoding(name, f"read as {name.upper()}, for byte {first} is not UTF-8; give encoding= where letters look wrong.")


def _no_encoding(first: int, more: str = "") -> Encoding:
    raise ArticlesError(f"byte {first} is not UTF-8; save the file as UTF-8 and read it again{more}.")


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def open_text(path: Path, encoding: Encoding, newline: str) -> TextIO:
    """The file as text; bytes that are not UTF-8 come as half surrogate pairs, which no article may hold."""
    errors = "surrogateescape" if encoding.name.startswith("utf-8") else "strict"
    return path.open(encoding=encoding.name, errors=errors, newline=newline)


def not_any_more(encoding: Encoding) -> str:
    """Why the rest of a file that is read line by line is refused."""
    return f"what follows is not {encoding.name.upper()}; save the file as UTF-8 and read it again."


def decode(path: Path, declared: str = "") -> tuple[str, str]:
    """A file's whole text and what must be said of its encoding.

    Raises ArticlesError with the offset of the first byte that cannot be read.
    """
    encoding = find_encoding(path, declared)
    with open_text(path, encoding, newline="") as file:
        try:
            return file.read(), encoding.note
        except UnicodeDecodeError as error:
            raise bad_byte(error) from None


def bad_byte(error: UnicodeDecodeError) -> ArticlesError:
    """What is said of bytes that are not of the encoding that the file has otherwise."""
    return ArticlesError(f"byte {error.start} is not {error.encoding.upper()}; save the file as UTF-8 and read it again.")
