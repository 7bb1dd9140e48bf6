"""Articles to read with their marks: one self-contained HTML page, and the view of one article in a notebook.

Everything that comes from the corpus is escaped; no script, font or image is loaded from anywhere.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import pandas as pd

from framing.measure.scores import Annotated, article_voices

SHOWN = ("hedging", "boosters", "approximators", "weasel", "loaded", "labels", "generic_frames", "policy_frames", "war_peace")
_STYLE = """
.framing{font:16px/1.6 Georgia,'Times New Roman',serif;color:#111;max-width:44em}
.framing .text{white-space:pre-wrap}
.framing .quoted{background:#F5E3B3}.framing .reported{background:#DCE6F2}
.framing .excluded{color:#6b6b6b;text-decoration:line-through}
.framing .source{font-weight:bold}.framing .cue{font-style:italic;border-bottom:1px solid #111}
.framing .m-hedging{border-bottom:3px solid #BB5566}.framing .m-boosters{border-bottom:3px dashed #004488}
.framing .m-loaded{border-bottom:3px dotted #111}.framing .m-approximators{border-bottom:3px double #997700}
.framing .m-weasel,.framing .m-labels,.framing .m-generic_frames,.framing .m-policy_frames,.framing
.m-war_peace{border-bottom:1px solid #777} .framing .key{font-size:14px;margin:.5em 0}.framing .key span{margin-right:1em}
.framing h2{font-size:1.2em;margin:.2em 0}.framing .meta{font-size:14px;color:#444}
"""
_PAGE_STYLE = """
body{margin:0;display:grid;grid-template-columns:minmax(14em,22em) 1fr;min-height:100vh;color:#111;background:#fff}
nav{padding:1em;border-right:1px solid #bbb;font:15px/1.4
system-ui,sans-serif;overflow:auto;height:100vh;box-sizing:border-box;position:sticky;top:0} nav
input{width:100%;box-sizing:border-box;padding:.4em;font-size:15px}nav ol{list-style:none;padding:0}nav a{color:#003366}nav
li{margin:.4em 0} main{padding:1em 2em}article{display:none}article:target,article.first:not(.hidden){display:block}
@media(max-width:45em){body{grid-template-columns:1fr}nav{height:auto;position:static}} @media
print{nav{display:none}body{display:block}article{display:block;page-break-after:always}}
"""
_SCRIPT = """
const box=document.querySelector('nav input'),items=[...document.querySelectorAll('nav li')];
box.addEventListener('input',()=>{const
q=box.value.toLowerCase();items.forEach(i=>i.hidden=!i.textContent.toLowerCase().includes(q))}); const
first=document.querySelector('article.first'); const
turn=()=>{if(first)first.classList.toggle('hidden',location.hash.length>1&&location.hash!=='#'+first.id)};
addEventListener('hashchange',turn);turn();
"""


@dataclass(frozen=True)
class Page:
    """A piece of HTML that a notebook shows."""

    html: str
    """The HTML source."""

    def _repr_html_(self) -> str:
        return self.html


def show(annotated: Annotated, article: str | None = None) -> Page:
    """One article (the first, if none is named) with its marks, for a notebook.

    Quoted and reported speech is shaded, sources are bold, cues underlined in italics; hover over a mark for its entry.
    """
    chosen = annotated.articles["article"].iloc[0] if article is None else article
    rows = annotated.articles[annotated.articles["article"] == chosen]
    if not len(rows):
        raise KeyError(f"There is no article {chosen!r}; see .articles['article'].")
    return Page(f"<style>{_STYLE}</style><div class='framing'>{_article_html(annotated, rows.iloc[0])}</div>")


def read_page(annotated: Annotated, title: str = "framing") -> str:
    """All articles as one self-contained HTML page with a searchable list."""
    rows = [row for _, row in annotated.articles.iterrows()]
    items = "\n".join(_item(number, row) for number, row in enumerate(rows))
    articles = "\n".join(
        f"<article id='a{number}' class='framing{' first' if number == 0 else ''}'>{_article_html(annotated, row)}</article>"
        for number, row in enumerate(rows)
    )
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_STYLE}{_PAGE_STYLE}</style></head><body>\n<nav aria-label='Articles'>"
        f"<label>Search <input type='search'></label><ol>\n{items}\n</ol></nav>\n"
        f"<main>{articles}</main>\n<script>{_SCRIPT}</script></body></html>\n"
    )


def _item(number: int, row: pd.Series) -> str:
    name = escape(str(row["title"]) or str(row["article"]))
    return f"<li><a href='#a{number}'>{name}</a><br>{escape(str(row['outlet']))} {escape(str(row['date']))}</li>"


def _article_html(annotated: Annotated, row: pd.Series) -> str:
    article, text = str(row["article"]), str(row["text"])
    body = "".join(_segments(text, list(_spans(annotated, article))))
    meta = " · ".join(escape(str(row[name])) for name in ("outlet", "date", "story") if row[name])
    key = "".join(f"<span class='{name}'>{name}</span>" for name in ("quoted", "reported", "source", "cue"))
    key += "".join(f"<span class='m-{name}'>{name}</span>" for name in ("hedging", "boosters", "loaded", "approximators"))
    heading = f"<h2>{escape(str(row['title']) or article)}</h2><p class='meta'>{meta}</p><p class='key'>{key}</p>"
    return f"{heading}<div class='text'>{body}</div>"


Span = tuple[int, int, str, str]
"""Start, end, CSS class, what a reader is told."""


def _spans(annotated: Annotated, article: str) -> Iterator[Span]:
    """Everything to be shown in one article."""
    excluded = annotated.excluded[annotated.excluded["article"] == article]
    for one in excluded.itertuples():
        yield one.start, one.end, "excluded", f"not counted: {one.rule}"
    who = annotated.attributions[annotated.attributions["article"] == article]
    for one in who.itertuples():
        named = f"{one.attribution.rsplit('#', 1)[-1]}: {one.mode}, {one.stance}, {one.source_type}, {one.naming}"
        yield one.cue_start, one.cue_end, "cue", f"cue {named}"
        yield one.source_start, one.source_end, "source", f"source {named}" + (f", {one.speaker}" if one.speaker else "")
        for start, end in json.loads(one.content):
            yield start, end, "", f"content {named}"
    for stretch in article_voices(annotated, article).stretches:
        yield stretch.start, stretch.end, stretch.voice, f"voice {stretch.voice}"
    marks = annotated.marks[(annotated.marks["article"] == article) & annotated.marks["measure"].isin(SHOWN)]
    for one in marks.itertuples():
        yield one.start, one.end, f"m-{one.measure} {one.voice}", f"{one.measure}: {one.category}, {one.entry}, voice {one.voice}"


def _segments(text: str, spans: list[Span]) -> Iterator[str]:
    """The text cut where any span begins or ends, each piece with the classes and notes of the spans over it."""
    edges = sorted({0, len(text), *(edge for start, end, _, _ in spans for edge in (start, end))})
    for start, end in itertools.pairwise(edges):
        over = [span for span in spans if span[0] <= start and end <= span[1]]
        piece = escape(text[start:end])
        classes = " ".join(dict.fromkeys(name for span in over for name in span[2].split()))
        notes = escape("\n".join(dict.fromkeys(span[3] for span in over)), quote=True)
        yield f'<span class="{classes}" title="{notes}">{piece}</span>' if over else piece
