"""How long it takes to read many articles of JSON lines and to mark their page furniture, beside json.loads on every line.

    FRAMING_CORPORA=../shared/corpora python benchmarks/reading.py [--articles N]

The file is made in a temporary folder: the articles of the real corpora over and over, under ids of their own. Prints seconds of
processor time (one core, best of the rounds) scaled to 100,000 articles, what is allowed for them (twice json.loads plus 60
seconds) and the memory that reading takes beside the size of the file; writes benchmarks/results/reading.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import framing as fr
from framing.corpus.cleaning import exclude_furniture

RESULTS = Path(__file__).parent / "results" / "reading.json"
CORPORA = ("allsides_stories", "basil_stories")
ROUNDS, SCALE = 3, 100_000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        write_articles(path, options.articles)
        result = measure(path, options.articles)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for name, value in result.items():
        print(f"{name:38}{value:>12,}")


def write_articles(path: Path, n: int) -> None:
    """The articles of the corpora, repeated until there are so many."""
    folder = Path(os.environ["FRAMING_CORPORA"])
    texts = [(folder / name / "articles.jsonl").read_text(encoding="utf-8") for name in CORPORA]
    records = itertools.cycle([json.loads(line) for text in texts for line in text.split("\n") if line])
    with path.open("w", encoding="utf-8") as file:
        for number in range(n):
            file.write(json.dumps({**next(records), "article": f"a{number}"}, ensure_ascii=False) + "\n")


def measure(path: Path, n: int) -> dict[str, float]:
    size = path.stat().st_size
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    articles = fr.read_articles(path)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert len(articles) == n, "an article was refused"
    loads = best(lambda: load_lines(path))
    reads = best(lambda: fr.read_articles(path))
    cleans = best(lambda: exclude_furniture(articles))
    factor = SCALE / n
    allowed = 2 * loads * factor + 60
    return {
        "articles measured": n,
        "megabytes": round(size / 1e6, 1),
        "json.loads, seconds per 100,000": round(loads * factor, 2),
        "read_articles, seconds per 100,000": round(reads * factor, 2),
        "cleaning, seconds per 100,000": round(cleans * factor, 2),
        "both, seconds per 100,000": round((reads + cleans) * factor, 2),
        "allowed, seconds per 100,000": round(allowed, 2),
        "memory of reading, times the file": round(held * 1024 / size, 2),
    }


def load_lines(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


def best(action: Callable[[], pd.DataFrame | None]) -> float:
    """Seconds of processor time."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        action()
        spent.append(time.process_time() - start)
    return min(spent)


if __name__ == "__main__":
    main()
