"""Articles to read with their marks: one self-contained HTML page, and the view of one article in a notebook.

The page is `page/reader.html` filled with `page/*.css`, `page/reader.js` and the corpus as JSON. Everything that comes from the
corpus is escaped, and the page forbids itself every script but its own and every address: nothing is loaded from anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from framing.measure.scores import Annotated
from framing.show.articleview import Page, show_article
from framing.show.pagedata import SHOWN, collect_page

__all__ = ["SHOWN", "Page", "read_page", "show"]

PAGE = Path(__file__).parent / "page"


def show(annotated: Annotated, article: str | None = None) -> Page:
    """One article (the first, if none is named) with its marks, for a notebook.

    Quoted and reported speech is shaded, sources are bold, cues in italics, counted words underlined; hover over a mark for its
    entry. The tables under the text say the same without a mouse. Raises KeyError for an unknown article.

    >>> import framing as fr
    >>> annotated = fr.annotate(fr.read_articles(fr.DEMO).head(2), progress=False)
    >>> "<h2>Maravek: Guarantees for Veshnia are binding</h2>" in show(annotated).html
    True
    """
    chosen = annotated.articles["article"].iloc[0] if article is None else article
    rows = annotated.articles[annotated.articles["article"] == chosen]
    if not len(rows):
        raise KeyError(f"There is no article {chosen!r}; see .articles['article'].")
    return Page(f"<style>{_file('article.css')}</style>\n{show_article(annotated, rows.iloc[0])}")


def read_page(annotated: Annotated, title: str = "Articles with their marks", *, progress: bool | None = None) -> str:
    """All articles as one self-contained HTML page: search, filters, marks with their entries, two articles of a story abreast.

    Every two articles of a story of up to eight are compared for it, which takes a while in a large corpus; `progress` shows a
    bar (default: where it is seen). The same corpus gives the same page.

    >>> import framing as fr
    >>> annotated = fr.annotate(fr.read_articles(fr.DEMO).head(2), progress=False)
    >>> read_page(annotated, progress=False).count('<script type="application/json" id="article-')
    2
    """
    data = collect_page(annotated, progress=progress)
    style, script = _file("article.css") + _file("reader.css"), _file("reader.js")
    pieces = [
        *(_embedded(f"text-{place}", text) for place, text in enumerate(data.texts)),
        *(_embedded(f"article-{place}", rows) for place, rows in enumerate(data.articles)),
        *(_embedded(f"versions-{one}-{other}", rows) for (one, other), rows in data.versions.items()),
    ]
    return Template(_file("reader.html")).substitute(
        title=escape(title), style=style, style_hash=_digest(style), script=script, script_hash=_digest(script),
        index=_json(data.index), articles="\n".join(pieces),
    )  # fmt: skip


def _file(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _embedded(name: str, content: Any) -> str:
    return f'<script type="application/json" id="{name}">{_json(content)}</script>'


def _json(content: Any) -> str:
    """JSON that can end no script element and begin no comment, whatever the corpus holds."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _digest(text: str) -> str:
    """The hash by which a content security policy knows a script or a style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
