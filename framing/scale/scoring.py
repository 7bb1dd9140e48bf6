"""Scoring a group of articles: every table but the articles themselves, as Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from framing.corpus.articles import COLUMNS
from framing.corpus.cleaning import exclude_furniture
from framing.corpus.furniture import Span
from framing.measure.lexicon import load_lexicon
from framing.measure.lookup import add_counts
from framing.measure.scores import annotate, score_articles
from framing.scale.parts import write_part
from framing.scale.reading import bare

SCORED = ("marks", "attributions", "excluded", "sentences", "scores")
"""The tables that scoring makes."""


@dataclass(frozen=True)
class ScoreTask:
    """Articles to score."""

    folder: str
    """Where the part is to stand."""
    name: str
    """The part's name."""
    label: str
    """What messages call it."""
    source: str
    """The Parquet file of the articles."""
    rows: Sequence[int]
    """Which of them."""
    renamed: Mapping[int, str]
    """Rows that get another id."""
    lines: Sequence[tuple[int, Span]]
    """Outlets' own lines, each with its row."""
    furniture: bool
    """Whether page furniture counts like any other text."""
    lexicons: tuple[str, ...]
    """Dictionaries that are counted too."""
    refused: tuple[tuple[int, str], ...] = ()
    """Rows that cannot be scored, each with the reason."""

    @property
    def size(self) -> int:
        """Articles, for the progress bar."""
        return len(self.rows)

    def run(self) -> None:
        """Write the part."""
        about: dict[str, Any] = {"refused": self.refused}
        with write_part(Path(self.folder), self.name, about) as folder:
            tables = self._score()
            for name, table in tables.items():
                pq.write_table(bare(table), folder / f"{name}.parquet", compression="zstd")
            about |= {
                "n": {name: len(table) for name, table in tables.items()},
                "n_words": int(tables["scores"]["n_words"].sum()),
            }

    def probe(self) -> None:
        """Score and keep nothing."""
        self._score()

    def halves(self) -> tuple[ScoreTask, ScoreTask] | None:
        """Two tasks that together are this one, nothing where it is one article."""
        middle = len(self.rows) // 2
        return (replace(self, rows=self.rows[:middle]), replace(self, rows=self.rows[middle:])) if middle else None

    def without(self, pieces: list[tuple[ScoreTask, str]]) -> ScoreTask:
        """The task without some articles, each with the reason."""
        refused = tuple((piece.rows[0], reason) for piece, reason in pieces)
        rows = tuple(row for row in self.rows if row not in dict(refused))
        return replace(self, rows=rows, refused=(*self.refused, *refused))

    def _score(self) -> dict[str, pd.DataFrame]:
        articles = self._articles()
        others: dict[int, list[Span]] = {row: [] for row in self.rows}
        for row, line in self.lines:
            if row in others:
                others[row].append(line)
        excluded = exclude_furniture(articles, list(others.values()), progress=False)
        annotated = annotate(articles, furniture=self.furniture, excluded=excluded, progress=False)
        scores = add_counts(
            score_articles(annotated, progress=False), annotated, [load_lexicon(name) for name in self.lexicons], progress=False
        )
        return {**{name: getattr(annotated, name) for name in SCORED if name != "scores"}, "scores": scores}

    def _articles(self) -> pd.DataFrame:
        articles = pq.ParquetFile(self.source).read(use_threads=False).to_pandas()
        chosen = rename_rows(articles, self.renamed).iloc[list(self.rows)].reset_index(drop=True)
        return chosen.reindex(columns=list(COLUMNS), fill_value="")


def rename_rows(articles: pd.DataFrame, renamed: Mapping[int, str]) -> pd.DataFrame:
    """The articles, some rows under another id."""
    if not renamed:
        return articles
    return articles.assign(article=[renamed.get(row, name) for row, name in enumerate(articles["article"])])
