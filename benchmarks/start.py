"""How long one short article takes from the shell, everything included.

    python benchmarks/start.py

`framing score` of invented articles of several lengths, with compiled loops and without (the command chooses by length);
seconds by the clock, the median of seven runs after one that is not counted, the two ways in turn. Writes
benchmarks/results/start.json.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import framing as fr
from framing.commands.articles import SHORT

RESULTS = Path(__file__).parent / "results" / "start.json"
RUNS = 7
LENGTHS = 500, 2_500, 5_000, 10_000
"""Characters."""
SCORE = "import sys; from framing.commands import articles; articles.SHORT = {}; from framing.cli import main; sys.exit(main())"
IMPORT = "import framing"


def main() -> None:
    text = "\n\n".join(fr.read_articles(fr.DEMO)["text"])
    found: dict[str, object] = {"chosen up to characters": SHORT}
    with tempfile.TemporaryDirectory() as folder:
        for length in LENGTHS:
            source = Path(folder) / f"{length}.txt"
            source.write_text(text[:length], encoding="utf-8")
            arguments = ["score", str(source), "-o", str(Path(folder) / "out"), "--quiet"]
            ways = {name: ["-c", SCORE.format(limit), *arguments] for name, limit in (("compiled", 0), ("not compiled", 10**9))}
            found[f"{length} characters"] = median_seconds(ways)
        found["import framing"] = median_seconds({"seconds": ["-c", IMPORT]})["seconds"]
    print(json.dumps(found, indent=1))
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def median_seconds(ways: dict[str, list[str]]) -> dict[str, float]:
    """Of each way of calling Python, called in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as users have it
    for _ in range(RUNS + 1):
        for name, arguments in ways.items():
            begin = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
            seconds[name].append(time.perf_counter() - begin)
    return {name: round(statistics.median(some[1:]), 2) for name, some in seconds.items()}


if __name__ == "__main__":
    main()
