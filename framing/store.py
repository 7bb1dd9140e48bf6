"""A folder of results: the tables as files, what was refused, and `run.json`, which says how they came about.

A table is written under another name and then renamed, so that no half-written file ever carries a final name. Nothing holds a
date: the same input, lexicons and version give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from framing.compare.inference import COLUMNS as CONTRAST_COLUMNS
from framing.corpus.articles import COLUMNS as ARTICLE_COLUMNS
from framing.corpus.cleaning import COLUMNS as EXCLUDED_COLUMNS
from framing.corpus.progress import follow
from framing.measure import attributiontable as who
from framing.measure import markstable as what
from framing.measure.lexicon import lexicon_digest
from framing.measure.scores import SENTENCE_COLUMNS, Annotated

TABLES = ("articles", "marks", "attributions", "excluded", "sentences", "scores")
FORMATS = ("csv", "parquet")


class StoreError(ValueError):
    """A results folder that cannot be read; the sentence names the file and the remedy."""


def write_results(
    folder: Path,
    annotated: Annotated,
    scores: pd.DataFrame,
    arguments: Mapping[str, Any],
    *,
    kind: str = "csv",
    progress: bool | None = None,
) -> None:
    """Write all tables of a run, `refused.jsonl`, `noticed.jsonl` and `run.json`; tables that an earlier run left are removed.

    `progress` shows a bar (default: where it is seen).
    """
    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "articles": annotated.articles, "marks": annotated.marks, "attributions": annotated.attributions,
        "excluded": annotated.excluded, "sentences": annotated.sentences, "scores": scores,
    }  # fmt: skip
    for name, table in follow(list(tables.items()), "writing", progress, unit="tables"):
        write_table_file(table, folder / f"{name}.{kind}")
    remove_stale(folder, kind)
    for kind in ("refused", "noticed"):
        told = annotated.articles.attrs.get(kind, [])
        write_text_file(folder / f"{kind}.jsonl", "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told))
    write_run(folder, describe_run(annotated.articles, arguments))


def remove_stale(folder: Path, kind: str) -> None:
    """Remove what an earlier run left: tables of another format, which would be read instead of these, and its contrasts."""
    others = [f"{name}.{other}" for name in TABLES for other in FORMATS if other != kind]
    for stale in (*others, "contrasts.csv", "design.csv"):
        (folder / stale).unlink(missing_ok=True)


def check_folder(folder: Path) -> None:
    """Raise StoreError where results cannot be written because a file has the folder's name."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; name a folder for the results with -o.")


def write_table_file(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV or Parquet, by the path's ending."""
    with renamed(path) as partial:
        if path.suffix == ".parquet":
            plain = table.copy()
            plain.attrs = {}
            plain.to_parquet(partial, index=False)
        else:
            # The csv module leaves a lone carriage return unquoted, and every reader takes it for the end of the row.
            quoting = csv.QUOTE_NONNUMERIC if _has_return(table) else csv.QUOTE_MINIMAL
            table.to_csv(partial, index=False, lineterminator="\n", quoting=quoting)


def _has_return(table: pd.DataFrame) -> bool:
    words = table.select_dtypes(exclude="number")
    return any(words[name].astype("str").str.contains("\r", regex=False).any() for name in words.columns)


def write_text_file(path: Path, text: str) -> None:
    """Write a text as UTF-8 with plain line ends."""
    with renamed(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def renamed(path: Path) -> Iterator[Path]:
    """Another name to write under, which becomes `path` at the end; nothing is left where the writing breaks off."""
    partial = path.with_name(path.name + ".part")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def describe_run(articles: pd.DataFrame, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What `run.json` holds: versions, lexicon hash, arguments, hash and number of the articles, number of refusals."""
    return describe_input(arguments, digest_articles(articles), len(articles), len(articles.attrs.get("refused", [])))


def describe_input(arguments: Mapping[str, Any], digest: str, n_articles: int, n_refused: int) -> dict[str, Any]:
    """The same of articles of which no table is at hand."""
    packages = ("framing", "numpy", "pandas", "scipy", "statsmodels", "textblob", "matplotlib")
    return {
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "lexicons": lexicon_digest(),
        "arguments": dict(arguments),
        "input": digest,
        "n_articles": n_articles,
        "n_refused": n_refused,
    }


def write_run(folder: Path, run: Mapping[str, Any]) -> None:
    """Write `run.json`."""
    write_text_file(folder / "run.json", json.dumps(run, indent=1, ensure_ascii=False) + "\n")


def digest_articles(articles: pd.DataFrame) -> str:
    """First 16 hex digits of the SHA-256 over ids and texts, in order."""
    total = hashlib.sha256()
    update_digest(total, articles)
    return total.hexdigest()[:16]


def update_digest(total: hashlib._Hash, articles: pd.DataFrame) -> None:
    """Take further articles into a digest."""
    for article, text in zip(articles["article"], articles["text"], strict=True):
        total.update(f"{article}\0{text}\0".encode())


def read_table_file(folder: Path, name: str) -> pd.DataFrame:
    """A table of a results folder, whatever its format; words stay words ("NA" and "007" too).

    Raises StoreError where the file is missing or damaged.
    """
    for kind in FORMATS:
        path = folder / f"{name}.{kind}"
        if path.is_file():
            try:
                return _read_parquet(path, name) if kind == "parquet" else _read_csv(path, name)
            except (ValueError, OSError, pd.errors.ParserError) as error:
                reason = str(error).splitlines()[0]
                raise StoreError(f"{path} is damaged ({reason}); run `framing score INPUT -o {folder}` again.") from None
    raise StoreError(f"{folder} holds no {name}.csv or {name}.parquet; run `framing score INPUT -o {folder}` first.")


COLUMNS = {
    "articles": ARTICLE_COLUMNS, "marks": what.COLUMNS, "excluded": EXCLUDED_COLUMNS, "attributions": who.COLUMNS,
    "sentences": SENTENCE_COLUMNS, "contrasts": CONTRAST_COLUMNS,
    "scores": ("article", "outlet", "story", "topic", "date", "n_words", "tone_polarity", "tone_subjectivity"),
}  # fmt: skip
"""The columns without which a table is damaged."""
NUMERIC = {
    "articles": (), "marks": ("start", "end", "sentence", "weight"), "excluded": ("start", "end"),
    "attributions": ("cue_start", "cue_end", "source_start", "source_end", "n_content_words", "precision", "probability"),
    "sentences": SENTENCE_COLUMNS[1:],
    "contrasts": (
        "estimate", "conf_low", "conf_high", "p_value", "p_adjusted", "rate", "rate_reference", "count", "count_reference",
        "n_articles", "n_articles_reference", "n_strata", "n_units", "min_p",
    ),
}  # fmt: skip
"""The columns of each table that hold numbers; in scores all but the five that name the article."""


def _check_columns(table: pd.DataFrame, name: str) -> pd.DataFrame:
    missing = [column for column in COLUMNS[name] if column not in table.columns]
    if missing:
        raise ValueError(f"the column {missing[0]!r} is missing")
    return table


def _read_parquet(path: Path, name: str) -> pd.DataFrame:
    return _check_columns(pd.read_parquet(path), name)


def _read_csv(path: Path, name: str) -> pd.DataFrame:
    table = _check_columns(pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8"), name)
    if not isinstance(table.index, pd.RangeIndex):  # pandas takes surplus cells for row names and shifts the columns
        raise ValueError("the rows have more cells than the header")  # noqa: TRY004 # damage, not a wrong type
    if not path.read_bytes().endswith(b"\n"):  # pandas fills a row that breaks off with empty cells
        raise ValueError("the last row is cut off")
    named = ("article", "outlet", "story", "topic", "date")
    numeric = NUMERIC[name] if name != "scores" else [column for column in table.columns if column not in named]
    for column in numeric:
        table[column] = pd.to_numeric(table[column].mask(table[column] == ""), errors="raise")
    offsets = [column for column in numeric if column in ("start", "end", "sentence") or column.endswith(("_start", "_end"))]
    if table[offsets].isna().any(axis=None):
        raise ValueError("an offset is missing")
    return table


def read_results(folder: Path) -> tuple[Annotated, pd.DataFrame]:
    """The annotated corpus and the scores of a results folder."""
    tables = {name: read_table_file(folder, name) for name in TABLES}
    scores = tables.pop("scores")
    tone = scores[["article", "tone_polarity", "tone_subjectivity"]]
    return Annotated(**tables, tone=tone), scores
