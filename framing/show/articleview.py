"""One article as a piece of HTML that works without scripts: in notebooks, and wherever notebooks are shown."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from framing.measure.scores import Annotated, article_voices
from framing.show.pagedata import SHOWN
from framing.show.provenance import load_definitions


@dataclass(frozen=True)
class Span:
    """A stretch of the text about which something is to be shown."""

    start: int
    """Where it begins."""
    end: int
    """Where it ends."""
    name: str
    """What it is: a voice, `source`, `cue`, `excluded`, a measure, or nothing for what is said."""
    note: str
    """What a reader is told."""
    lane: int | None = None
    """Of a mark: how many marks are underlined above it."""


def show_article(annotated: Annotated, row: pd.Series) -> str:
    """Heading, key, text with marks, and the same as tables that need no mouse."""
    article, text = str(row["article"]), str(row["text"])
    marks = annotated.marks[(annotated.marks["article"] == article) & annotated.marks["measure"].isin(SHOWN)]
    who = annotated.attributions[annotated.attributions["article"] == article]
    spans = [*_excluded(annotated, article), *_attributed(who), *_voiced(annotated, article), *_marked(marks)]
    meta = " · ".join(escape(str(row[name])) for name in ("outlet", "date", "story") if row.get(name))
    return (
        f"<div class='framing'><h2>{escape(str(row['title']) or article)}</h2>\n<p class='meta'>{meta}</p>\n{_key(marks)}\n"
        f"<div class='text'>{''.join(_pieces(text, spans))}</div>\n{_tables(text, marks, who)}</div>"
    )


def _excluded(annotated: Annotated, article: str) -> Iterator[Span]:
    for one in annotated.excluded[annotated.excluded["article"] == article].itertuples():
        yield Span(one.start, one.end, "excluded", f"not counted: {one.rule}")


def _attributed(who: pd.DataFrame) -> Iterator[Span]:
    for one in who.itertuples():
        named = f"{one.attribution.rsplit('#', 1)[-1]}: {one.mode}, {one.stance}, {one.source_type}, {one.naming}"
        yield Span(one.cue_start, one.cue_end, "cue", f"cue {named}")
        yield Span(one.source_start, one.source_end, "source", f"source {named}" + (f", {one.speaker}" if one.speaker else ""))
        for start, end in json.loads(one.content):
            yield Span(start, end, "", f"content {named}")


def _voiced(annotated: Annotated, article: str) -> Iterator[Span]:
    for stretch in article_voices(annotated, article).stretches:
        yield Span(stretch.start, stretch.end, stretch.voice, f"voice {stretch.voice}")


def _marked(marks: pd.DataFrame) -> Iterator[Span]:
    """The marks, each in the first lane that is free where it begins."""
    lanes: list[int] = []
    for one in marks.sort_values(["start", "end"], ascending=[True, False], kind="stable").itertuples():
        lane = next((number for number, end in enumerate(lanes) if end <= one.start), len(lanes))
        lanes[lane : lane + 1] = [one.end]
        note = f"{one.measure}: {one.category}, {one.entry}, voice {one.voice}"
        yield Span(one.start, one.end, one.measure, note, lane)


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """The text cut wherever a span begins or ends, so that what overlaps is shown together."""
    spans = [span for span in spans if span.end > span.start]
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end))})
    for start, end in itertools.pairwise(edges):
        over = [span for span in spans if span.start <= start and end <= span.end]
        yield _piece(escape(text[start:end]), start, end, over) if over else escape(text[start:end])


def _piece(inner: str, start: int, end: int, over: list[Span]) -> str:
    classes = [span.name for span in over if span.lane is None and span.name]
    voices = [span for span in over if span.note.startswith("voice ")]
    classes += ["begins"] if any(span.start == start for span in voices) else []
    classes += ["ends"] if any(span.end == end for span in voices) else []
    for span in sorted((span for span in over if span.lane is not None), key=lambda span: span.lane or 0):
        inner = f'<u class="{span.name} lane{min(span.lane or 0, 3)}">{inner}</u>'
    notes = escape("\n".join(dict.fromkeys(span.note for span in over)), quote=True)
    return f'<span class="{" ".join(dict.fromkeys(classes))}" title="{notes}">{inner}</span>'


def _key(marks: pd.DataFrame) -> str:
    """What the signs mean, each drawn as in the text, with how often it stands there."""
    counts = marks["measure"].value_counts()
    found = [
        f"<span><u class='{name}'>{escape(load_definitions()[name]['title'])}</u> {counts[name]}</span>"
        for name in SHOWN if name in counts
    ]  # fmt: skip
    fixed = [
        "<span class='source'>source</span>", "<span class='cue'>cue</span>", "<span class='quoted'>quoted</span>",
        "<span class='reported begins ends'>reported</span>", "<span class='excluded'>not counted</span>",
    ]  # fmt: skip
    return f"<p class='key'>{' '.join([*found, *fixed])}</p>"


def _tables(text: str, marks: pd.DataFrame, who: pd.DataFrame) -> str:
    marked = [(text[one.start : one.end], one.measure, one.category, one.entry, one.voice) for one in marks.itertuples()]
    said = [(_said(text, one.content), one.source, one.cue, one.mode, one.source_type, one.naming) for one in who.itertuples()]
    return _table("counted words", ("words", "measure", "category", "entry", "voice"), marked) + _table(
        "attributions", ("what is said", "source", "cue", "mode", "source type", "naming"), said
    )


def _said(text: str, content: str) -> str:
    return " … ".join(text[start:end] for start, end in json.loads(content))


def _table(what: str, head: Iterable[str], rows: list[tuple[Any, ...]]) -> str:
    """A table that is folded away; nothing where there is nothing."""
    if not rows:
        return ""
    names = "".join(f"<th scope='col'>{name}</th>" for name in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<details><summary>{len(rows)} {what}</summary><table><tr>{names}</tr>{lines}</table></details>\n"
