"""RTF as plain text, in time linear in the file: one pass over its control words, after Microsoft's RTF specification 1.9.1.

Own code, because striprtf 0.0.35 writes every link's address into the text and its expressions for links and fonts take
quadratic time on long lines and on font tables that are cut off.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL)

# Groups that are no text of the document; those that begin with \* are passed over anyway.
_NO_TEXT = frozenset(
    "fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl filetbl info pict object objdata nonshppict "
    "header headerl headerr headerf footer footerl footerr footerf footnote annotation atnid atnauthor fldinst xe tc "
    "bkmkstart bkmkend datafield datastore themedata colorschememapping latentstyles generator private".split()
)
_SIGNS = {"par": "\n", "line": "\n", "row": "\n", "nestrow": "\n", "sect": "\n", "page": "\n", "column": "\n"}
_SIGNS |= {"tab": "\t", "cell": "\t", "nestcell": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’"}
_SIGNS |= {"ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005"}
_SYMBOLS = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
# Character sets of fonts (\fcharset) that are not the document's own.
_CHARSETS = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254"}
_CHARSETS |= {
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp850",
}
_DOCUMENTS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True)
class _Group:
    """What holds until a closing brace."""

    silent: bool = False
    """Whether the group is no text."""
    fonts: bool = False
    """Whether it is the font table."""
    codec: str = ""
    """Its font's character set, or the document's."""
    skip: int = 1
    """How many characters stand for readers that know no Unicode behind each \\u."""


@dataclass
class _Page:
    """The text so far and what the control words have set."""

    text: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    """Bytes (\\'93) of the current character set, decoded together because some sets use two for a letter."""
    codec: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    """The font that the font table describes now."""
    to_skip: int = 0
    """How many characters behind a \\u are still to be left out."""


def read_rtf(source: str) -> str:
    """The text of an RTF source; what is cut off is read up to there, what no character set holds becomes U+FFFD.

    >>> read_rtf(r"{\\rtf1\\ansi{\\fonttbl{\\f0 Times;}}\\f0 Caf\\'e9 \\u8211? talks\\par Peace}")
    'Café – talks\\nPeace'
    """
    page, group, outer, at = _Page(), _Group(), list[_Group](), 0
    while token := _TOKEN.match(source, at):
        word, number, code, symbol, brace, text = token.groups()
        at = token.end()
        if code is None:
            _flush(page, group)
        if brace == "{":
            outer.append(group)
        elif brace == "}":
            group, page.to_skip = outer.pop() if outer else group, 0
            if not outer:
                break
        elif word == "bin":
            at += max(int(number or 0), 0)
        elif word:
            group = _obey(page, group, word, int(number) if number else None)
        elif symbol == "*":
            group = replace(group, silent=True)
        elif not group.silent and (code or symbol or text):
            _write(page, group, code, text or _SYMBOLS.get(symbol, ""))
    _flush(page, group)
    return _join_halves("".join(page.text))


def _obey(page: _Page, group: _Group, word: str, number: int | None) -> _Group:
    """The group after a control word; the page gets its text or its setting."""
    if word == "u" and number is not None and not group.silent:
        page.text.append(chr(number % 65536))
        page.to_skip = group.skip
    elif word in _SIGNS and not group.silent:
        page.text.append(_SIGNS[word])
    elif word in _NO_TEXT:
        return replace(group, silent=True, fonts=word == "fonttbl")
    elif word == "uc":
        return replace(group, skip=min(max(number or 0, 0), 8))
    elif word == "f" and number is not None:
        page.font = number
        return replace(group, codec=page.fonts.get(number, "")) if not group.fonts else group
    elif word == "fcharset" and group.fonts:
        page.fonts[page.font] = _CHARSETS.get(number or 0, "")
    elif word == "ansicpg" and number:
        page.codec = _known(f"cp{number}" if number != 65001 else "utf-8", page.codec)
    elif word in _DOCUMENTS and word != "ansi":
        page.codec = _DOCUMENTS[word]
    return group


def _known(codec: str, otherwise: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return otherwise


def _write(page: _Page, group: _Group, code: str | None, text: str) -> None:
    """Text, or a byte given as a code, without what stands in for a letter that \\u has given."""
    if code:
        if page.to_skip:
            page.to_skip -= 1
        else:
            page.pending += bytes.fromhex(code)
        return
    shown = text[page.to_skip :]
    page.to_skip = max(page.to_skip - len(text), 0)
    page.text.append(shown)


def _flush(page: _Page, group: _Group) -> None:
    if page.pending:
        page.text.append(page.pending.decode(group.codec or page.codec, "replace"))
        page.pending.clear()


def _join_halves(text: str) -> str:
    """Letters that were given as two halves as one; a half alone becomes U+FFFD."""
    if text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
