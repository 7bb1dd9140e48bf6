"""What an annotated corpus says of itself at a glance: how much there is, and what a row of each table is."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from framing.measure.voices import VOICES

ROWS = {
    "articles": "an article, as it was read",
    "marks": "a word or phrase that is counted, with its place, lexicon entry and voice",
    "attributions": "who says what: source, cue, content",
    "excluded": "a line of page furniture, in which nothing is counted",
    "sentences": "a sentence, with its words by voice",
    "tone": "an article's polarity and subjectivity by TextBlob, a baseline",
}
"""What one row of each table is."""


def overview_text(tables: Mapping[str, pd.DataFrame]) -> str:
    """The overview in letters, for a terminal.

    >>> print(overview_text({"articles": pd.DataFrame({"outlet": ["x", "y"]})}))
    Annotated corpus: 2 articles, 2 outlets
      .articles          2 rows, each an article, as it was read
    """
    lines = [f"  .{name:<13}{len(table):>6,} rows, each {ROWS[name]}" for name, table in tables.items()]
    return "\n".join([f"Annotated corpus: {_size(tables)}", *lines])


def overview_html(tables: Mapping[str, pd.DataFrame]) -> str:
    """The overview as a small table, for a notebook. It holds nothing that stands in the corpus."""
    left, right = "style='text-align:left'", "style='text-align:right'"
    rows = "\n".join(
        f"<tr><td {left}><code>.{name}</code></td><td {right}>{len(table):,}</td><td {left}>{ROWS[name]}</td></tr>"
        for name, table in tables.items()
    )
    caption = f"<caption {left}><b>Annotated corpus</b>: {_size(tables)}</caption>"
    head = f"<tr><th {left}>table</th><th {right}>rows</th><th {left}>each row is</th></tr>"
    return f"<table>{caption}<thead>{head}</thead><tbody>\n{rows}\n</tbody></table>"


def _size(tables: Mapping[str, pd.DataFrame]) -> str:
    """Articles, outlets, and words with whose they are."""
    parts = [f"{len(tables['articles']):,} articles", f"{tables['articles']['outlet'].nunique():,} outlets"]
    sentences = tables.get("sentences", pd.DataFrame())
    if len(sentences) and (n_words := int(sentences["n_words"].sum())):
        voices = [f"{100 * sentences[f'n_words_{voice}'].sum() / n_words:.0f} % {name}" for voice, name in _WHOSE.items()]
        parts.append(f"{n_words:,} words ({', '.join(voices)})")
    return ", ".join(parts)


_WHOSE = dict(zip(VOICES, ("the journalists’ own", "quoted", "reported"), strict=True))
