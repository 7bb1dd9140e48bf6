"""Every table about the lexicons, each with its baselines, and how often each entry's hits are right.

    FRAMING_CORPORA=../shared/corpora python benchmarks/lexicons.py [--entries]

Runs hedges.py and loaded.py on both parts, frames.py and known_groups.py (with `--entries` none of them), which also name the
entries that change the figures most when left out. Then writes benchmarks/results/entries.csv (entry, genre, voice, n, right),
which `make codebook` shows beside the entries: uncertainty against Wikipedia sentences (exact span), loaded words against BABE's
sentences (a word that experts marked), hedges against the hand-coded demo articles (any overlap), by the voice they stand in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

import framing as fr
import loaded
from hedges import annotate, is_right, read, spans_coded

RESULTS = Path(__file__).parent / "results"
TABLES = ("hedges.py train", "hedges.py dev", "loaded.py train", "loaded.py dev", "frames.py", "known_groups.py")
COLUMNS = ["entry", "genre", "voice", "n", "right"]


def main() -> None:
    if sys.argv[1:] != ["--entries"]:
        for command in TABLES:
            script, *arguments = command.split()
            subprocess.run([sys.executable, Path(__file__).with_name(script), *arguments], check=True)
    table = pd.concat([pd.DataFrame(rows, columns=COLUMNS) for rows in (uncertainty(), news(), demo())])
    table = table.groupby(["entry", "genre", "voice"], as_index=False)[["n", "right"]].sum()
    table.to_csv(RESULTS / "entries.csv", index=False)
    print(f"{table['entry'].nunique()} entries with {table['n'].sum()} hits in {RESULTS / 'entries.csv'}")


def uncertainty() -> Iterable[tuple[object, ...]]:
    records = read(Path(os.environ["FRAMING_CORPORA"]) / "gold_hedges_wikipedia" / "train.jsonl")
    marks = annotate(records)
    marks = marks[marks["measure"] == "uncertainty"]
    for entry, right in zip(marks["entry"], is_right(marks, spans_coded(records)), strict=True):
        yield entry, "encyclopedia", "", 1, int(right)


def news() -> Iterable[tuple[object, ...]]:
    for sentence in loaded.read("BABE", "train"):
        for entry, words in sentence.marks:
            yield entry, "news", "", 1, int(not words.isdisjoint(sentence.gold))


def demo() -> Iterable[tuple[object, ...]]:
    coder = next(iter(fr.read_coding(fr.DEMO.with_name("coding.jsonl")).values()))
    coded = {(one.article, *span) for one in coder if one.unit == "hedge" for span in one.spans}
    marks = fr.annotate(fr.read_articles(fr.DEMO), progress=False).marks
    for mark in marks[marks["measure"] == "hedging"].itertuples():
        right = any(article == mark.article and start < mark.end and mark.start < end for article, start, end in coded)
        yield mark.entry, "demo news", mark.voice, 1, int(right)


if __name__ == "__main__":
    main()
