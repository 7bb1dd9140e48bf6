"""How long counts by outlet and month of ten million articles take, and how much memory.

    python benchmarks/totals.py [--rows 10000000]

The scores are made by chance (20 outlets, ten years, six columns) and stand in a Parquet file, 100,000 in a group. Best of three
runs in a process of its own, seconds by the clock. Writes benchmarks/results/totals.json.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import framing as fr

RESULTS = Path(__file__).parent / "results" / "totals.json"
GROUP, SEED = 100_000, 11
MEASURES = ["hedging", "loaded"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--sum", type=Path, help="what the process of its own does")
    options = parser.parse_args()
    if options.sum:
        print(json.dumps(add_up(options.sum)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.parquet"
        write_scores(path, options.rows)
        command = [sys.executable, __file__, "--sum", str(path)]
        runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(3)]
    best = {"articles": options.rows, **min(runs, key=lambda run: run["seconds"])}
    print(json.dumps(best, indent=1))
    RESULTS.write_text(json.dumps(best, indent=1) + "\n", encoding="utf-8")


def add_up(path: Path) -> dict[str, object]:
    begin = time.perf_counter()
    found = fr.sum_scores(path, MEASURES)
    return {
        "seconds": round(time.perf_counter() - begin, 2), "rows_given": len(found), "count": int(found["count"].sum()),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }  # fmt: skip


def write_scores(path: Path, n: int) -> None:
    """Scores made by chance."""
    chance = np.random.default_rng(SEED)
    days = pd.date_range("2020-01-01", "2029-12-31").strftime("%Y-%m-%d").to_numpy()
    with pq.ParquetWriter(path, _table(chance, days, 1, 0).schema) as file:
        for first in range(0, n, GROUP):
            file.write_table(_table(chance, days, min(GROUP, n - first), first))


def _table(chance: np.random.Generator, days: np.ndarray, n: int, first: int) -> pa.Table:
    words = chance.integers(100, 1500, n)
    return pa.table({
        "article": [f"a{number}" for number in range(first, first + n)],
        "outlet": chance.choice([f"Outlet {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"], n), "date": chance.choice(days, n),
        "n_words_journalist": words, "hedging_journalist": chance.binomial(words, 0.006),
        "loaded_journalist": chance.binomial(words, 0.02),
    })  # fmt: skip


if __name__ == "__main__":
    main()
