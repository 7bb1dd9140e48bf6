"""Uncertainty against hand coding (Szarvas et al. 2012, Wikipedia) and certainty against human ratings (Pei & Jurgens 2021).

    FRAMING_CORPORA=../shared/corpora python benchmarks/hedges.py [train|dev]

Prints the tables and writes benchmarks/results/hedges_<split>.json. Intervals: 95 % bootstrap over documents.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from textblob import TextBlob

import framing as fr
from framing.measure.hedges import score_certainty

RESULTS = Path(__file__).parent / "results"
DRAWS, SEED = 1000, 0
MOST_INFLUENTIAL = 15


def main() -> None:
    split = sys.argv[1] if len(sys.argv) > 1 else "dev"
    corpora = Path(os.environ["FRAMING_CORPORA"])
    hedges = read(corpora / "gold_hedges_wikipedia" / f"{split}.jsonl")
    findings = read(corpora / "gold_certainty_science" / f"{split}.jsonl")
    annotated = annotate(hedges)
    tables = {
        "wikipedia": measure_hedges(hedges, annotated),
        "by category": by_category(hedges, annotated),
        "leave one entry out": leave_one_out(hedges, annotated),
        "certainty": measure_certainty(findings),
    }
    for name, table in tables.items():
        print(f"\n{name} ({split})\n{table.to_string(index=False, float_format=lambda x: f'{x:.3f}')}")
    results = {name: json.loads(table.to_json(orient="records", double_precision=4)) for name, table in tables.items()}
    (RESULTS / f"hedges_{split}.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def annotate(records: Sequence[dict]) -> pd.DataFrame:
    """The marks of every record's text; the article's id is the record's number."""
    texts = [(str(i), record["text"]) for i, record in enumerate(records) if record["text"].strip()]
    table = pd.DataFrame(texts, columns=["article", "text"])
    marks = fr.annotate(fr.read_articles(table), furniture=True, progress=False).marks
    return marks.assign(record=marks["article"].astype(int))


def measure_hedges(records: Sequence[dict], marks: pd.DataFrame) -> pd.DataFrame:
    """Sentence and span F1 of `uncertainty` and of the baselines."""
    documents = pd.factorize(pd.array([record["doc_id"] for record in records]))[0]
    gold = [{(span["start"], span["end"]) for span in record["spans"]} for record in records]
    found = spans_of(marks[marks["measure"] == "uncertainty"], len(records))
    is_hedged = np.array([bool(spans) for spans in gold])
    rows = [
        row("uncertainty, sentence", sentence_counts(is_hedged, np.array([bool(s) for s in found])), documents),
        row("uncertainty, exact span", span_counts(gold, found), documents),
        row("every sentence", sentence_counts(is_hedged, np.ones(len(gold), bool)), documents),
        row("longer than the median", sentence_counts(is_hedged, above_median(len(r["text"]) for r in records)), documents),
        row(
            "TextBlob's subjectivity above its median",
            sentence_counts(is_hedged, above_median(TextBlob(r["text"]).subjectivity for r in records)), documents,
        ),
        row("`hedging`, sentence", sentence_counts(is_hedged, has(marks, "hedging", len(gold))), documents),
    ]  # fmt: skip
    return pd.DataFrame(rows)


def spans_of(marks: pd.DataFrame, n: int) -> list[set[tuple[int, int]]]:
    found: list[set[tuple[int, int]]] = [set() for _ in range(n)]
    for number, start, end in zip(marks["record"], marks["start"], marks["end"], strict=True):
        found[number].add((start, end))
    return found


def has(marks: pd.DataFrame, measure: str, n: int) -> np.ndarray:
    return np.isin(np.arange(n), marks[marks["measure"] == measure]["record"])


def above_median(values: object) -> np.ndarray:
    array = np.array(list(values))
    return array > np.median(array)


def sentence_counts(gold: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Per record: right, wrongly found, missed; shape (records, 3)."""
    return np.stack([gold & found, ~gold & found, gold & ~found], axis=1).astype(float)


def span_counts(gold: Sequence[set], found: Sequence[set]) -> np.ndarray:
    return np.array([(len(g & f), len(f - g), len(g - f)) for g, f in zip(gold, found, strict=True)], dtype=float)


def row(name: str, counts: np.ndarray, documents: np.ndarray) -> dict[str, object]:
    per_document = np.stack([np.bincount(documents, weights=column) for column in counts.T], axis=1)
    low, high = bootstrap(per_document, f1)
    right, wrong, missed = counts.sum(axis=0)
    return {
        "what": name, "precision": right / max(right + wrong, 1), "recall": right / max(right + missed, 1),
        "f1": f1(counts), "low": low, "high": high, "n": int(right + missed),
    }  # fmt: skip


def f1(counts: np.ndarray) -> float:
    right, wrong, missed = counts.sum(axis=0)
    return 2 * right / max(2 * right + wrong + missed, 1)


def bootstrap(rows: np.ndarray, statistic: Callable[[np.ndarray], float]) -> tuple[float, float]:
    draws = np.random.default_rng(SEED).integers(len(rows), size=(DRAWS, len(rows)))
    low, high = np.percentile([statistic(rows[draw]) for draw in draws], [2.5, 97.5])
    return low, high


def by_category(records: Sequence[dict], marks: pd.DataFrame) -> pd.DataFrame:
    """Recall of the gold's categories by exact spans, and precision of ours against any gold span."""
    found = spans_of(marks[marks["measure"] == "uncertainty"], len(records))
    gold = pd.DataFrame(
        [(span["type"], (span["start"], span["end"]) in found[i]) for i, r in enumerate(records) for span in r["spans"]],
        columns=["category", "hit"],
    )
    coded = spans_coded(records)
    ours = marks[marks["measure"] == "uncertainty"]
    right = pd.Series(is_right(ours, coded), index=ours.index).groupby(ours["category"])
    table = gold.groupby("category")["hit"].agg(n="size", recall="mean").join(right.agg(marks="size", precision="mean"))
    return table.reset_index()


def spans_coded(records: Sequence[dict]) -> list[set[tuple[int, int]]]:
    return [{(span["start"], span["end"]) for span in record["spans"]} for record in records]


def is_right(marks: pd.DataFrame, coded: Sequence[set]) -> list[bool]:
    rows = zip(marks["record"], marks["start"], marks["end"], strict=True)
    return [(start, end) in coded[number] for number, start, end in rows]


def leave_one_out(records: Sequence[dict], marks: pd.DataFrame) -> pd.DataFrame:
    """The entries without which sentence F1 changes most."""
    ours = marks[marks["measure"] == "uncertainty"]
    gold = np.array([bool(record["spans"]) for record in records])
    whole = f1(sentence_counts(gold, has(ours, "uncertainty", len(gold))))
    rows = []
    for entry, some in ours.groupby("entry"):
        rest = has(ours[ours["entry"] != entry], "uncertainty", len(gold))
        rows.append((entry, len(some), whole - f1(sentence_counts(gold, rest))))
    table = pd.DataFrame(rows, columns=["entry", "hits", "f1 lost without it"])
    order = table["f1 lost without it"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].head(MOST_INFLUENTIAL)


def measure_certainty(findings: Sequence[dict]) -> pd.DataFrame:
    """Spearman's correlation with the human rating (1 uncertain, 6 certain)."""
    marks = annotate(findings)
    human = np.array([finding["certainty"] for finding in findings])
    certainty = score_certainty(marks).reindex([str(i) for i in range(len(findings))]).fillna(0.0).to_numpy()
    hedges = marks[marks["measure"] == "hedging"].groupby("record").size().reindex(range(len(findings))).fillna(0).to_numpy()
    scores = {
        "uncertainty score (hedges by level, boosters, approximators, degree, modals)": -certainty,
        "number of hedges": hedges,
        "length": np.array([len(finding["text"]) for finding in findings]),
        "TextBlob's subjectivity": np.array([TextBlob(finding["text"]).subjectivity for finding in findings]),
    }
    rows = []
    for name, score in scores.items():
        pairs = np.stack([score, human], axis=1)
        low, high = bootstrap(pairs, lambda some: spearmanr(some[:, 0], some[:, 1])[0])
        rows.append({"what": name, "spearman": spearmanr(score, human)[0], "low": low, "high": high, "n": len(human)})
    return pd.DataFrame(rows)


if __name__ == "__main__":
    main()
