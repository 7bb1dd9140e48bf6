"""The README's and paper's table of how well the lexicons agree with hand coding, from the benchmarks' committed results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

BENCHMARKS = Path(__file__).parents[1] / "benchmarks" / "results"


def table_lexicons() -> pd.DataFrame:
    """One row per comparison: the tool with its interval, and the best of the simple baselines beside it."""
    hedges, loaded, frames = (_read(name) for name in ("hedges_dev", "loaded_dev", "frames"))
    babe = loaded["golds"]["BABE"]["table"]
    rows = [
        _hedges("Uncertain sentences, Wikipedia (F1)", hedges, "uncertainty, sentence"),
        _hedges("Uncertain words, exact, Wikipedia (F1)", hedges, "uncertainty, exact span"),
        _certainty(hedges["certainty"]),
        _loaded("Loaded sentences, news (AUC)", babe, "auc"),
        _loaded("Loaded sentences, news (macro F1)", babe, "macro_f1"),
        _loaded("Loaded words, news (F1)", babe, "word_f1"),
        _frames(frames),
    ]
    return pd.DataFrame(rows, columns=["Against hand coding", "framing", "95 % interval", "Best simple baseline"])


def _read(name: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((BENCHMARKS / f"{name}.json").read_text(encoding="utf-8"))
    return result


def _hedges(name: str, result: dict[str, Any], what: str) -> tuple[str, ...]:
    rows = {row["what"]: row for row in result["wikipedia"]}
    simple = ("every sentence", "longer than the median", "TextBlob's subjectivity above its median")
    best = f"{max(rows[one]['f1'] for one in simple):.2f}" if what.endswith("sentence") else "–"
    return name, f"{rows[what]['f1']:.2f}", _interval(rows[what]["low"], rows[what]["high"]), best


def _certainty(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    ours, count = rows[0], rows[1]
    name = "Certainty of findings, rated 1–6 (Spearman)"
    return name, f"{ours['spearman']:.2f}", _interval(ours["low"], ours["high"]), f"{count['spearman']:.2f} (number of hedges)"


def _loaded(name: str, table: dict[str, Any], measure: str) -> tuple[str, ...]:
    simple = [row[measure] for baseline, row in table.items() if not baseline.startswith(("marks", "weights")) and measure in row]
    ours = table["marks"]
    return name, f"{ours[measure]:.2f}", _interval(ours[f"{measure}_low"], ours[f"{measure}_high"]), f"{max(simple):.2f}"


def _frames(result: dict[str, Any]) -> tuple[str, ...]:
    known = result["mean AUC"]["known"]
    words = [one["known"]["AUC of the most frequent word"] for one in result["dimensions"].values()]
    name = f"Frame vocabulary, {known['dimensions']} dimensions, topics as known groups (mean AUC)"
    return name, f"{known['mean']:.2f}", "–", f"{sum(words) / len(words):.2f} (one word)"


def _interval(low: float, high: float) -> str:
    return f"{low:.2f} to {high:.2f}"
