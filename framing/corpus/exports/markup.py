"""Pages of exports as elements and lines of text; every article's piece is parsed alone, so that damage costs itself only."""

from __future__ import annotations

import re
from typing import Any

from framing.corpus.documents import INSTALL
from framing.corpus.readers import ArticlesError

_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "head"})
_SPACE = re.compile(r"[^\S\u200b\ufeff]+")


def split_at(content: str, mark: re.Pattern[str]) -> tuple[str, list[str]]:
    """What stands before the first mark, and the pieces that each begin with one."""
    starts = [found.start() for found in mark.finditer(content)]
    ends = [*starts[1:], len(content)][: len(starts)]
    return content[: starts[0] if starts else None], [content[a:b] for a, b in zip(starts, ends, strict=True)]


def parse_html(piece: str) -> Any:
    """The first element of a piece of HTML, with all that it holds; None where there is none.

    A NUL, which ends a page for parsers, becomes U+FFFD as in HTML's own rules.
    """
    etree = load_lxml()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(piece.replace("\0", "\ufffd").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return root[0][0] if root is not None and len(root) and len(root[0]) else None


def parse_xml(piece: str) -> Any:
    """The element that a piece of XML is. Raises ArticlesError with the parser's words where it is damaged."""
    etree = load_lxml()
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(piece.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ArticlesError(f"the record is not valid XML ({str(error).splitlines()[0]}); export it again.") from None


def load_lxml() -> Any:
    """The library that parses. Raises ArticlesError with the command that installs it."""
    try:
        from lxml import etree
    except ImportError as error:
        raise ArticlesError(f"{INSTALL}.") from error
    return etree


def by_class(element: Any, *names: str) -> list[Any]:
    """The elements inside (and itself) of one of these classes, in document order."""
    return [one for one in element.iter() if isinstance(one.tag, str) and set(names) & set((one.get("class") or "").split())]


def text_lines(element: Any) -> list[str]:
    """The text of an element as a page shows it: blocks and line breaks part lines, white space is folded, empty lines are
    left out."""
    walk, parts = load_lxml().iterwalk(element, events=("start", "end")), list[str]()
    for event, node in walk:
        name = node.tag.lower() if isinstance(node.tag, str) else ""
        if name in _NO_TEXT:
            if event == "start":
                walk.skip_subtree()
            shown = ""
        else:
            shown = node.text or "" if event == "start" and name else ""
        parts += ["\n"] if name in _BLOCKS and event == "start" else []
        parts.append(_SPACE.sub(" ", shown))
        parts += ["\n"] if name in _BLOCKS and event == "end" else []
        if event == "end" and node is not element:
            parts.append(_SPACE.sub(" ", node.tail or ""))
    return [line for line in (" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n")) if line]


def text_of(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join(text_lines(element))
