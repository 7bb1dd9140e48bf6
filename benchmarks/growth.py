"""How time and memory grow with the number of articles, and what a second worker brings.

    FRAMING_CORPORA=../shared/corpora python benchmarks/growth.py [--articles 1000 10000 100000 1000000] [--keep DIR]

The corpus: allsides_stories again and again, each time under new ids and new names of outlets (else the whole corpus would be
lines that outlets repeat). Every size is scored by `framing score --workers` with one worker, then with two; sizes above
`ONE_UP_TO` with two only. Seconds by the clock and of processor time (all processes), peak memory of all processes together
(sampled, shared pages counted once where the system tells), and what became of the records. Writes benchmarks/results/growth.json
as it goes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyarrow.parquet as pq
from speed import describe_machine

from framing.store import TABLES

RESULTS = Path(__file__).parent / "results" / "growth.json"
SIZES = 1_000, 10_000, 100_000, 1_000_000
ONE_UP_TO = 100_000
SAMPLED = 1.0
"""Seconds between two looks at the memory."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES)
    parser.add_argument("--keep", type=Path, help="where corpus and results stand (default: a temporary folder)")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    found = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    found["machine"] = describe_machine()
    for n in options.articles:
        source = folder / f"{n}.jsonl"
        megabytes = write_corpus(source, n)
        for workers in (1, 2) if n <= ONE_UP_TO else (2,):
            row = {"articles": n, "mb": round(megabytes, 1), "workers": workers} | score(source, folder / f"out-{n}", workers)
            kept = [one for one in found.get("runs", []) if (one["articles"], one["workers"]) != (n, workers)]
            found["runs"] = sorted([*kept, row], key=lambda one: (one["workers"], one["articles"]))
            print(json.dumps(row), flush=True)
            RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        source.unlink()
    if not options.keep:
        shutil.rmtree(folder)


def write_corpus(path: Path, n: int) -> float:
    """Write so many articles; gives the megabytes of their texts."""
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for row in articles(n):
            total += len(row["text"].encode())
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return total / 1e6


def articles(n: int) -> Iterator[dict[str, str]]:
    """The corpus's articles, again and again."""
    path = Path(os.environ["FRAMING_CORPORA"]) / "allsides_stories" / "articles.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for number in range(n):
        again, row = number // len(rows), rows[number % len(rows)]
        yield row | {name: f"{row[name]}-{again}" for name in ("article", "outlet", "story") if row.get(name)}


def score(source: Path, output: Path, workers: int) -> dict[str, object]:
    """Score the corpus in processes of its own."""
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "framing", "score", str(source), "-o", str(output), "--workers", str(workers), "--quiet"]
    begin, run = time.perf_counter(), subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak, spent = watch(psutil.Process(run.pid), run)
    seconds = time.perf_counter() - begin
    if run.returncode:
        raise SystemExit(f"framing score ended with {run.returncode}.")
    rows = {name: pq.ParquetFile(output / f"{name}.parquet").metadata.num_rows for name in TABLES}
    words = int(pq.read_table(output / "scores.parquet", columns=["n_words"])["n_words"].to_numpy().sum())
    shutil.rmtree(output)
    return {
        "seconds": round(seconds, 1), "processor_seconds": round(spent, 1), "words": words,
        "words_per_s": round(words / seconds), "peak_mb": round(peak / 1e6), "rows": rows,
    }  # fmt: skip


def watch(process: psutil.Process, run: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Peak memory of a process and those below it, and their processor time, until it ends."""
    peak, spent = 0, dict[int, float]()
    while run.poll() is None:
        memory = 0
        for one in below(process):
            try:
                memory += one.memory_full_info().pss if hasattr(psutil.Process, "memory_maps") else one.memory_info().rss
                times = one.cpu_times()
                spent[one.pid] = times.user + times.system
            except psutil.Error:
                continue
        peak = max(peak, memory)
        time.sleep(SAMPLED)
    return peak, sum(spent.values())


def below(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


if __name__ == "__main__":
    main()
