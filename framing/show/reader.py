"""Articles to read with their marks: one self-contained HTML page, the same in a frame of a notebook, and one article alone.

The page is `page/reader.html` filled with `page/*.css`, `page/reader.js` and the corpus as JSON. Everything that comes from the
corpus is escaped, and the page forbids itself every script but its own and every address: nothing is loaded from anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from framing.measure.scores import Annotated
from framing.show.articleview import show_article
from framing.show.cells import Page, frame
from framing.show.pagedata import SHOWN, PageData, collect_page

__all__ = ["SHOWN", "Page", "read_page", "show"]

PAGE = Path(__file__).parent / "page"
MOST_SHOWN = 100
"""Articles that a notebook shows at once (chosen: of usual length they make it some three megabytes larger)."""


def show(
    annotated: Annotated,
    article: str | Sequence[str] | None = None,
    *,
    story: str | None = None,
    most: int = MOST_SHOWN,
    height: int = 720,
    progress: bool | None = None,
) -> Page:
    """Articles with their marks, for a notebook: the reading page in a frame, or one article.

    Without `article` all are shown, with `story` those that tell it, with a list of ids those: searched, filtered and laid side
    by side as on the page of `read_page`, in a frame of `height` pixels that loads nothing and reaches nothing outside. Of more
    than `most` the first are shown, and a sentence says so. `progress` shows a bar (default: where it is seen).

    One id gives that article alone, without scripts: quoted and reported speech is shaded, sources are bold, cues in italics,
    counted words underlined; hover over a mark for its entry. The tables under the text say the same without a mouse.

    A terminal cannot show a page; there it is said how to write one. Raises KeyError for an unknown article or story.

    >>> import framing as fr
    >>> annotated = fr.annotate(fr.read_articles(fr.DEMO).head(8), progress=False)
    >>> show(annotated, story="summit")
    4 of 8 articles with their marks, for a notebook.
    Elsewhere write the page and open it: pathlib.Path("articles.html").write_text(fr.read_page(annotated), encoding="utf-8")
    >>> "<h2>Maravek: Guarantees for Veshnia are binding</h2>" in show(annotated, "guarantees-courier").html
    True
    """
    if isinstance(article, str):
        row = _choose(annotated, [article], story).articles.iloc[0]
        shown = f"<style>{_file('article.css')}</style>\n{show_article(annotated, row)}"
        return Page(shown, _in_terminal(1, len(annotated.articles)))
    chosen = _choose(annotated, article, story)
    n = len(chosen.articles)
    some = _choose(chosen, chosen.articles["article"].tolist()[:most], None) if n > most else chosen
    page = _fill(collect_page(some, progress=progress), "Articles with their marks", _file("reader.js") + _file("frame.js"))
    more = f"<p>The first {most} of {n:,} articles. {_CHOOSE}</p>\n" if n > most else ""
    return Page(more + frame(page, height, "Articles with their marks"), _in_terminal(min(n, most), len(annotated.articles)))


_CHOOSE = (
    "Choose others with <code>fr.show(annotated, ['id', ...])</code> or <code>fr.show(annotated, story='...')</code>; "
    "<code>fr.read_page(annotated)</code> and, on the command line, <code>framing read DIR</code> give all of them as one page."
)


_WRITE = 'pathlib.Path("articles.html").write_text(fr.read_page(annotated), encoding="utf-8")'


def _in_terminal(n: int, n_all: int) -> str:
    return f"{n:,} of {n_all:,} articles with their marks, for a notebook.\nElsewhere write the page and open it: {_WRITE}"


def _choose(annotated: Annotated, articles: Sequence[str] | None, story: str | None) -> Annotated:
    """The annotated corpus with those articles only, in its own order."""
    table = annotated.articles
    known = set(table["article"])
    for name in articles or ():
        if name not in known:
            raise KeyError(f"There is no article {name!r}; see .articles['article'].")
    if story is not None and ("story" not in table or not (table["story"] == story).any()):
        raise KeyError(f"There is no story {story!r}; see .articles['story'].")
    if articles is not None:
        table = table[table["article"].isin(list(articles))]
    if story is not None:
        table = table[table["story"] == story]
    names = set(table["article"])
    tables = {field.name: getattr(annotated, field.name) for field in fields(annotated)}
    return Annotated(**{name: rows[rows["article"].isin(names)].reset_index(drop=True) for name, rows in tables.items()})


def read_page(annotated: Annotated, title: str = "Articles with their marks", *, progress: bool | None = None) -> str:
    """All articles as one self-contained HTML page: search, filters, marks with their entries, two articles of a story abreast.

    Every two articles of a story of up to eight are compared for it, which takes a while in a large corpus; `progress` shows a
    bar (default: where it is seen). The same corpus gives the same page.

    >>> import framing as fr
    >>> annotated = fr.annotate(fr.read_articles(fr.DEMO).head(2), progress=False)
    >>> read_page(annotated, progress=False).count('<script type="application/json" id="article-')
    2
    """
    return _fill(collect_page(annotated, progress=progress), title, _file("reader.js"))


def _fill(data: PageData, title: str, script: str) -> str:
    style = _file("article.css") + _file("reader.css")
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
