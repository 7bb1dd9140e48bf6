"""Word and RTF documents as plain text, a paragraph a line; damaged and dangerous files are refused in one sentence."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from framing.corpus.readers import ArticlesError
from framing.corpus.rtf import read_rtf

# What an archive may declare to hold before it is opened. A file of 328 kB can declare 300 MB; real exports of 500 articles
# hold some 10 MB in some 20 members (limits chosen).
MAX_BYTES = 200_000_000
MAX_RATIO = 100
MAX_MEMBERS = 5_000

# What Python's reader of archives raises for damage of one kind or another; a name in no encoding is a ValueError.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
)

INSTALL = "reading this kind of file needs more libraries; run: pip install 'framing[exports]'"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_OTHER_KINDS = {
    b"{\\rtf": "it is RTF; rename it to .rtf",
    b"\xd0\xcf\x11\xe0": "it is encrypted or an old .doc file; save it as .docx without a password",
    b"%PDF": "it is a PDF file; rename it to .pdf",
    b"<": "it is HTML or XML; rename it to .html or .xml",
}


def docx_text(path: Path) -> str:
    """The text of a Word document: paragraphs, those in tables and text boxes too, in their order, a paragraph a line.

    Inserted text is read, deleted text is not; footnotes, headers and footers are other parts of the file and are left out.

    Raises ArticlesError for what is no Word document, for a damaged one, and for one that declares to be larger than
    MAX_BYTES, compressed more than MAX_RATIO times, or in more than MAX_MEMBERS parts.
    """
    _refuse_lock_file(path)
    try:
        from lxml import etree
    except ImportError as error:
        raise ArticlesError(f"{INSTALL}.") from error
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(archive)
            root = etree.fromstring(_read_main_part(archive), _parser())
    except ArticlesError:
        raise
    except (*_DAMAGE, etree.LxmlError) as error:
        raise ArticlesError(f"not a readable Word document: {_explain(path, error)}.") from None
    if root.getroottree().docinfo.doctype:
        raise ArticlesError("the document defines its own entities, which Word never does; save it anew in Word if you trust it.")
    return "\n".join(_paragraphs(root))


def _refuse_lock_file(path: Path) -> None:
    if path.name.startswith("~$"):
        raise ArticlesError("this is Word's lock file and no document; close the document in Word or remove the lock file.")


def _check_size(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    declared, stored = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if len(members) > MAX_MEMBERS or declared > MAX_BYTES or declared > MAX_RATIO * max(stored, 1):
        raise ArticlesError(
            f"the document declares {declared:,} bytes in {len(members):,} parts, stored in {stored:,}, and is not opened; "
            "save it anew in Word if you trust it."
        )


def _read_main_part(archive: zipfile.ZipFile) -> bytes:
    """The part that holds the text; Word calls it so, whatever the relationships say, and writes it deflated or plain."""
    name = next((name for name in archive.namelist() if name.lower() == "word/document.xml"), "word/document.xml")
    if archive.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("unknown compression")
    return archive.read(name)


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _explain(path: Path, error: Exception) -> str:
    start = path.read_bytes()[:8] if path.is_file() else b""
    found = next((what for sign, what in _OTHER_KINDS.items() if start.startswith(sign)), "")
    return found or f"it is damaged or cut off ({str(error).splitlines()[0] if str(error) else 'no text'}); download it again"


def _paragraphs(root: Any) -> list[str]:
    """The paragraphs in document order; one within another (a text box) becomes its own line before it."""
    lines: list[list[str]] = []
    done: list[str] = []
    for event, name, text in _events(root):
        if name == "p" and event == "start":
            lines.append([])
        elif name == "p" and lines:
            done.append("".join(lines.pop()))
        elif event == "start" and lines:
            lines[-1].append(text if name == "t" else _SIGNS.get(name, ""))
    return done


def _events(root: Any) -> Any:
    """(event, local name, text) for each element of WordprocessingML; the second spelling of a text box is passed over."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag == _FALLBACK:
            if event == "start":
                walk.skip_subtree()
            continue
        if isinstance(element.tag, str) and element.tag.startswith((_WORD, _STRICT)):
            yield event, element.tag.rpartition("}")[2], element.text or ""


def rtf_text(path: Path) -> str:
    """The text of an RTF document, a paragraph or table row a line, cells parted by tabs.

    A file that is cut off is read up to there. Raises ArticlesError for what is no RTF.
    """
    _refuse_lock_file(path)
    data = path.read_bytes()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ArticlesError("not an RTF document: it does not begin with {\\rtf; rename it after its kind or download it again.")
    return read_rtf(_decode_rtf(data))


def _decode_rtf(data: bytes) -> str:
    """RTF is ASCII by rule; exporters that break it write UTF-8 or Windows-1252."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
