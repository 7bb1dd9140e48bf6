"""Web archives (WARC files such as CC-News): one article for every page, a broken record named and the rest read.

Own reader: of two libraries tried, both stop at the first broken record, and both take a cut off one for whole. The format is
ISO 28500:2017: head lines, an empty line, as many bytes as Content-Length says, two line ends; .gz files pack each record alone.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from framing.corpus.decoding import check_encoding
from framing.corpus.pages import host, page_values
from framing.corpus.readers import ArticlesError, Noticed, Opening, Reading, Record, Refused

PIECE = 1 << 18
# A record that says it is longer is broken (chosen; pages are seldom longer than a megabyte).
MOST_BYTES = 64 << 20
_GZIP, _BEGINNING = b"\x1f\x8b\x08", re.compile(rb"(?=WARC/1\.[01]\r?\n[A-Za-z-]+:)")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class Archived:
    """A record of an archive."""

    head: dict[str, str]
    """Its head lines, names in small letters."""
    body: bytes
    """What it holds."""


@dataclass(frozen=True)
class Broken:
    """A place of an archive that holds no whole record."""

    reason: str
    """What was found."""


def read_warc(path: Path, name: str, opening: Opening) -> Reading:
    """The pages of an archive; what is no answer to a request (information on the crawl, requests) is no record here."""
    for number, found in enumerate(read_records(path), start=1):
        place = f"record {number}"
        if isinstance(found, Broken):
            yield Refused(name, place, f"{found.reason}; fetch the file again.")
        elif found.head.get("warc-type") == "response":
            url = found.head.get("warc-target-uri", "").strip("<>")
            try:
                html, note = _page(found)
                own = {"url": url, "hostname": host(url), "date_archived": found.head.get("warc-date", "")}
                yield Record(name, place, {**page_values(html), **own})
            except ArticlesError as error:
                yield Refused(name, f"{place}, {url}" if url else place, str(error))
                continue
            if note:
                yield Noticed(name, f"{place}, {url}", note)


def read_records(path: Path) -> Iterator[Archived | Broken]:
    """The records of a .warc or .warc.gz file and its broken places, in order."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        plain = (data[at : at + PIECE] for at in range(0, len(data), PIECE))
        yield from _records(_unpacked(data) if data[:3] == _GZIP else plain)


def _unpacked(data: mmap.mmap) -> Iterator[bytes | Broken | None]:
    """What the members of a gzip file hold, in pieces; None where a member ends; a broken one is left for the next."""
    at = 0
    while 0 <= at < len(data):
        begun, member, piece = at, zlib.decompressobj(zlib.MAX_WBITS | 16), b""
        try:
            while not member.eof and (piece or at < len(data)):
                if not piece:
                    piece = data[at : at + PIECE]
                    at += len(piece)
                unpacked, piece = member.decompress(piece, MOST_BYTES >> 4), member.unconsumed_tail
                if unpacked:
                    yield unpacked
        except zlib.error:
            yield Broken("the packed data are damaged")
            at = data.find(_GZIP, begun + 1)
            continue
        if not member.eof:
            yield Broken("the packed data break off")
            return
        at -= len(member.unused_data)
        yield None


def _records(pieces: Iterator[bytes | Broken | None]) -> Iterator[Archived | Broken]:
    held, parted = b"", False
    for piece in pieces:
        if piece is None:
            parted = True
            continue
        if isinstance(piece, Broken):
            yield from _rest(held) if parted else ()
            yield piece
            held = b""
        elif parted and piece.startswith(b"WARC/"):  # a member that begins a record shows that the last one ended
            yield from _rest(held)
            held = piece
        else:
            held += piece
        parted = False
        while held:
            found, held = _take(held, whole=False)
            if found is None:
                break
            yield found
    yield from _rest(held)


def _rest(held: bytes) -> Iterator[Archived | Broken]:
    """The records of what is held where nothing belongs to it any more."""
    while held.strip():
        found, held = _take(held, whole=True)
        yield found or Broken("the record breaks off")


def _take(held: bytes, whole: bool) -> tuple[Archived | Broken | None, bytes]:
    """The next record of what is held and what follows it; None where more must be held first, unless that is the `whole`."""
    held = held.lstrip(b"\r\n")
    if not held:
        return None, held
    stop = held.find(b"\r\n\r\n")
    length = _LENGTH.search(held, 0, max(stop, 0) + 2)
    if not held.startswith(b"WARC/"[: len(held)]) or (stop > 0 and (length is None or int(length.group(1)) > MOST_BYTES)):
        return _skip(held, whole, "no head of a record stands where one begins")
    end = stop + 4 + int(length.group(1)) if stop > 0 and length else len(held) + 1
    if len(held) < end + 4 and not whole:
        return (None, held) if len(held) <= 2 * MOST_BYTES else _skip(held, whole, "the record does not end")
    if len(held) < end or held[end : end + 4].strip(b"\r\n"):
        return _skip(held, whole, "the record is longer or shorter than it says")
    return Archived(_head_lines(held[:stop]), held[stop + 4 : end]), held[end:]


def _skip(held: bytes, whole: bool, reason: str) -> tuple[Broken | None, bytes]:
    """The broken place, and what follows from the next beginning of a record on."""
    following = _BEGINNING.search(held, 1)
    if following:
        return Broken(reason), held[following.end() :]
    return (Broken(reason), b"") if whole else (None, held)


def _head_lines(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").splitlines()[1:])
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _page(found: Archived) -> tuple[str, str]:
    """The page that answers a request, and what must be said of its letters; ArticlesError where the answer is no page."""
    status, _, rest = found.body.partition(b"\r\n")
    if not re.match(rb"HTTP/[\d.]+ 2\d\d", status):
        raise ArticlesError(f"the record holds no page but {status[:40].decode('ascii', 'replace')!r}.")
    head, _, body = rest.partition(b"\r\n\r\n")
    fields = _head_lines(b"\r\n" + head)
    kind = fields.get("content-type", "text/html")
    if "html" not in kind.lower():
        raise ArticlesError(f"the record holds {kind.split(';')[0]!r}, no HTML page.")
    return _decoded(_plain_body(body, fields), kind)


def _plain_body(body: bytes, fields: dict[str, str]) -> bytes:
    """The page as it was before it was cut in chunks and packed for sending; some archives store it so without saying."""
    if fields.get("transfer-encoding", "").lower() == "chunked" and re.match(rb"[0-9a-fA-F]{1,8}[^\n]{0,50}\r\n", body):
        body = _unchunked(body)
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MOST_BYTES)
    except zlib.error:
        raise ArticlesError("the page's packed data are damaged; fetch the file again.") from None


def _unchunked(body: bytes) -> bytes:
    parts, at = [], 0
    while (stop := body.find(b"\r\n", at)) >= 0:
        try:
            size = int(body[at:stop].split(b";")[0], 16)
        except ValueError:
            break
        if size == 0:
            break
        parts.append(body[stop + 2 : stop + 2 + size])
        at = stop + 4 + size
    return b"".join(parts)


def _decoded(body: bytes, kind: str) -> tuple[str, str]:
    """The page as text: UTF-8 where it is, else what the answer or the page itself declares, else Windows-1252, which is told."""
    try:
        return body.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        found = _CHARSET.search(kind) or _CHARSET.search(body[:4096].decode("ascii", "replace"))
    try:
        declared = check_encoding(found.group(1)) if found else ""
        note = "" if declared else "read as CP1252, for it is not UTF-8 and declares no encoding; check its letters."
        return body.decode(declared or "cp1252"), note
    except UnicodeDecodeError:
        raise ArticlesError("the page's letters are not of the encoding that it declares; leave it out.") from None
