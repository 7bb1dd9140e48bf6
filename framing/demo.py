"""`framing demo`: what `make` does, where there is no make."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from framing.corpus.articles import DEMO, read_articles
from framing.measure.scores import annotate, score_articles
from framing.store import check_folder, write_results

STEPS = ("notebooks/execute.py", "paper/build.py")


class DemoError(ValueError):
    """The demo was asked for where it cannot run."""


def build_demo(output: Path | None) -> int:
    """Score the demo corpus; in the project's folder also execute the notebooks and build the paper. Gives the exit code."""
    project = all(Path(step).is_file() for step in STEPS)
    if output is None and not project:
        raise DemoError("This is not the project's folder; give an output folder: framing demo -o DIR.")
    folder = output or Path("build/demo")
    check_folder(folder)
    annotated = annotate(read_articles(DEMO))
    scores = score_articles(annotated)
    write_results(folder, annotated, scores, {"input": ["demo"], "format": "csv", "furniture": False})
    print(f"{len(scores)} articles scored in {folder}")
    if output is not None:
        return 0
    for step in STEPS:
        code = subprocess.call([sys.executable, step])
        if code:
            return code
    return 0
