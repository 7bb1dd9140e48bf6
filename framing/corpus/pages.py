"""Web pages and other marked-up files: the article out of everything that stands around it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from framing.corpus.readers import ArticlesError, hush, missing_library

# What is shorter than this is no article but what is left of a page without one (chosen).
LEAST_WORDS = 20
_SENTENCE_END = re.compile(r"[.!?…。][\"”’»)\]]*\s*$", re.MULTILINE)
_SPACE = re.compile(r"\s+")
NO_ARTICLE = "no article was found on the page; copy its text into a .txt file if it holds one."


def page_values(html: str) -> dict[str, str]:
    """Text and metadata of a web page as a record's values, found by trafilatura (Barbaresi 2021).

    `outlet` is given only where the page itself names its site (og:site_name); `hostname` is the address's. `date` is what the
    page's own markup gives. Raises ArticlesError where the page holds no article.
    """
    try:
        from trafilatura import bare_extraction
        from trafilatura.utils import load_html
    except ImportError:
        raise missing_library(".html and .warc", "trafilatura") from None
    hush("trafilatura")
    tree = load_html(html)
    site = _site_name(tree) if tree is not None else ""
    dates = {"original_date": True, "extensive_search": False}  # no date out of running text
    page: Any = None
    if tree is not None:
        page = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if page is None or len((page.text or "").split()) < LEAST_WORDS or not _SENTENCE_END.search(page.text):
        raise ArticlesError(NO_ARTICLE)
    own = {name: getattr(page, name) or "" for name in ("text", "title", "date", "url", "hostname", "author")}
    return {**own, "outlet": site, "hostname": own["hostname"].removeprefix("www.")}


def _site_name(tree: Any) -> str:
    found = tree.xpath('//meta[@property="og:site_name" or @name="og:site_name"]/@content')
    return _SPACE.sub(" ", found[0]).strip() if found else ""


def host(url: str) -> str:
    """The host of an address, without www.

    >>> host("https://www.courier.example/a?b=c")
    'courier.example'
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # "https://[": no address
        return ""


def join_key(url: str) -> str:
    """What two spellings of one address share: no scheme, no www., no fragment, no final slash.

    >>> join_key("http://www.Courier.example/Peace/#top") == join_key("https://courier.example/Peace")
    True
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    return f"{host(url)}{parts.path.rstrip('/')}?{parts.query}" if parts.hostname else url.strip()


def xml_values(content: str) -> dict[str, str]:
    """Text and title of an XML file of an unknown kind: the text of its body (or of all), one line for each element.

    Raises ArticlesError where the file is not well-formed.
    """
    try:
        from lxml import etree
    except ImportError:
        raise missing_library(".xml", "lxml") from None
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content.encode("utf-8", "surrogateescape"), parser)
    except etree.XMLSyntaxError as error:
        raise ArticlesError(f"not well-formed XML ({error.msg}); repair it or save its text as .txt.") from None
    body = _first(root, ("body", "fulltext", "text", "content"))
    title = _first(root, ("headline", "hl1", "title"))
    text = "\n".join(_lines(root if body is None else body))
    return {"text": text, "title": "" if title is None else _line(title)}


def _first(root: Any, names: tuple[str, ...]) -> Any:
    """The first element of one of these names, whatever their case and name space; names in order of preference."""
    for name in names:
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.rpartition("}")[2].lower() == name:
                return element
    return None


def _lines(root: Any) -> list[str]:
    """One line for every outermost element that holds words of its own."""
    lines, waiting = [], [root]
    while waiting:
        element = waiting.pop()
        if any(part and part.strip() for part in (element.text, *(child.tail for child in element))):
            lines.append(_line(element))
        else:
            waiting.extend(reversed(element))
    return lines


def _line(element: Any) -> str:
    return _SPACE.sub(" ", "".join(element.itertext())).strip()
