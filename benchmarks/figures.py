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
from framing.measure.frames import VALIDATED_DIMENSIONS

RESULTS = Path(__file__).parent / "results"


def drawings() -> dict[str, Callable[[], Figure]]:
    """Every plot of the package on the demo corpus, by its function's name; what is drawn is computed before."""
    F = fr.figures
    annotated = fr.annotate(fr.read_articles(fr.DEMO), progress=False)
    scores = fr.score_articles(annotated)
    contrasts = fr.compare_outlets(scores, ["hedging", "attributions", "attributions_stance_neutral"], strata="story")
    rates = fr.describe_outlets(scores, ["hedging", "loaded", "attributions"])
    frames = fr.describe_outlets(scores, [f"policy_frames_{name}" for name in sorted(VALIDATED_DIMENSIONS)])
    naming = fr.describe_shares(annotated.attributions, ["source_type", "naming"])
    stances = fr.describe_shares(annotated.attributions, "stance", "source_type")
    words = fr.decompose_ratio(annotated.marks, scores, "hedging", "Marrow Bay Courier", "Harbour Ledger", voice="all")
    ways = fr.multiverse(scores, "attributions", "Daily Lantern", "Caldria Public Radio")
    coding = fr.read_coding(fr.DEMO.with_name("coding.jsonl"))
    tool = fr.coded_by_tool(annotated.marks, annotated.attributions, annotated.excluded)
    validity = fr.validate({"tool": tool, "coder B": coding["B"]}, {"A": coding["A"]})
    cells = pd.read_csv(RESULTS / "calibration.csv")
    plan = fr.plan_sample(8, [1.25, 1.5, 2], n_stories=range(6, 81, 2))
    return {
        "plot_article": lambda: fr.plot_article(annotated, "guarantees-courier"),
        "plot_contrasts": lambda: F.plot_contrasts(contrasts),
        "plot_rates": lambda: F.plot_rates(rates),
        "plot_voices": lambda: F.plot_voices(scores),
        "plot_sources": lambda: F.plot_sources(scores),
        "plot_naming": lambda: F.plot_naming(naming),
        "plot_stances": lambda: F.plot_stances(stances),
        "plot_frames": lambda: F.plot_frames(frames),
        "plot_words": lambda: F.plot_words(words, "Marrow Bay Courier", "Harbour Ledger", "hedging"),
        "plot_pairs": lambda: F.plot_pairs(scores, "attributions", "Daily Lantern", "Harbour Ledger"),
        "plot_timeline": lambda: F.plot_timeline(scores),
        "plot_specifications": lambda: F.plot_specifications(ways),
        "plot_validity": lambda: F.plot_validity(validity),
        "plot_calibration": lambda: F.plot_calibration(cells),
        "plot_power": lambda: F.plot_power(plan),
    }


def main() -> None:
    seconds = {}
    drawn = drawings()
    with tempfile.TemporaryDirectory() as folder:
        fr.save_figure(drawn["plot_voices"](), "warm-up", folder)
        for name, draw in drawn.items():
            begin = time.perf_counter()
            fr.save_figure(draw(), name, folder)
            seconds[name] = round(time.perf_counter() - begin, 1)
            print(f"{name:20} {seconds[name]} s")
    (RESULTS / "figures.json").write_text(json.dumps(seconds, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
