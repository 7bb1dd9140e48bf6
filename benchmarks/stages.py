"""Where the time of `annotate`, scoring and writing goes: shares of processor time by step and by module.

    FRAMING_CORPORA=../shared/corpora python benchmarks/stages.py [--articles N]

The running function is noted every two milliseconds of processor time (a signal; compiled loops count for the module that calls
them), over three readings of the same articles after one that is not counted. Writes benchmarks/results/stages.json.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import tempfile
from collections import Counter
from pathlib import Path
from types import FrameType

import framing as fr
from framing.store import write_results

RESULTS = Path(__file__).parent / "results" / "stages.json"
ROUNDS, SECONDS = 3, 0.002
STEPS = {
    "exclude_furniture": "page furniture", "_find_hits": "words, sentences, lexicons", "find_attributions_of": "attributions",
    "attributions_table": "who speaks: names, pronouns, types", "marks_table": "marks' table", "score_articles": "scores",
    "write_results": "files", "assess_tones": "TextBlob's tone", "_find_marks": "marks and voices",
}  # fmt: skip
"""Function that a step begins with -> the step; what is in none is the rest."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=600)
    options = parser.parse_args()
    path = Path(os.environ["FRAMING_CORPORA"]) / "allsides_stories" / "articles.jsonl"
    articles = fr.read_articles(path).head(options.articles)
    work(articles)
    steps, modules = Counter[str](), Counter[str]()

    def note(_number: int, frame: FrameType | None) -> None:
        names = []
        while frame is not None:
            if "framing" in (parts := Path(frame.f_code.co_filename).parts) and "benchmarks" not in parts:
                names.append((frame.f_code.co_name, ".".join(parts[len(parts) - parts[::-1].index("framing") :])))
            frame = frame.f_back
        steps[next((STEPS[name] for name, _ in names if name in STEPS), "the rest")] += 1
        modules[names[0][1].removesuffix(".py") if names else "other"] += 1

    signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, SECONDS, SECONDS)
    for _ in range(ROUNDS):
        work(articles)
    signal.setitimer(signal.ITIMER_PROF, 0)
    total = steps.total()
    found = {
        "samples": total,
        "steps": {name: round(n / total, 3) for name, n in steps.most_common()},
        "modules": {name: round(n / total, 3) for name, n in modules.most_common(20)},
    }
    print(json.dumps(found, indent=1))
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def work(articles: object) -> None:
    annotated = fr.annotate(articles, progress=False)
    with tempfile.TemporaryDirectory() as folder:
        write_results(Path(folder), annotated, fr.score_articles(annotated), {}, kind="parquet")


if __name__ == "__main__":
    main()
