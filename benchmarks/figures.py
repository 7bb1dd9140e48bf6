"""Seconds to draw and save each figure of the README's table, on this machine: `python benchmarks/figures.py`."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

import framing as fr


def main() -> None:
    annotated = fr.annotate(fr.read_articles(fr.DEMO), progress=False)
    scores = fr.score_articles(annotated)
    contrasts = fr.compare_outlets(scores, ["hedging", "attributions", "attributions_stance_neutral"], strata="story")
    rates = fr.describe_outlets(scores, ["hedging", "loaded", "attributions"])
    cells = pd.read_csv(Path(__file__).parent / "results" / "calibration.csv")
    ways = fr.multiverse(scores, "attributions", "Daily Lantern", "Caldria Public Radio")
    drawings: dict[str, Callable[[], Figure]] = {
        "plot_article": lambda: fr.plot_article(annotated, "guarantees-courier"),
        "plot_voices": lambda: fr.figures.plot_voices(scores),
        "plot_sources": lambda: fr.figures.plot_sources(scores),
        "plot_rates": lambda: fr.figures.plot_rates(rates),
        "plot_contrasts": lambda: fr.figures.plot_contrasts(contrasts),
        "plot_calibration": lambda: fr.figures.plot_calibration(cells),
        "plot_specifications": lambda: fr.figures.plot_specifications(ways),
    }
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        fr.save_figure(drawings["plot_voices"](), "warm-up", folder)
        for name, draw in drawings.items():
            begin = time.perf_counter()
            fr.save_figure(draw(), name, folder)
            seconds[name] = round(time.perf_counter() - begin, 1)
            print(f"{name:16} {seconds[name]} s")
    (Path(__file__).parent / "results" / "figures.json").write_text(json.dumps(seconds, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
