"""The README's table of speed, from the benchmarks' committed results."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

BENCHMARKS = Path(__file__).parents[1] / "benchmarks" / "results"
TEXTBLOB = "TextBlob sentiment"


def table_speed() -> pd.DataFrame:
    """One row for each tool that read the same texts in the same run, the fastest first."""
    tools = json.loads((BENCHMARKS / "speed.json").read_text(encoding="utf-8"))["tools"]
    textblob = next(row["mb_per_s"] for row in tools if row["tool"] == TEXTBLOB)
    return pd.DataFrame([
        {
            "One core": row["tool"], "What it gives": row["does"], "MB/s": f"{row['mb_per_s']:.3g}",
            "Words/s": f"{row['words_per_s']:,}", "Of wc -w": f"{row['of_wc']:.3g}",
            "Times TextBlob": f"{row['mb_per_s'] / textblob:.3g}",
        }
        for row in sorted(tools, key=lambda row: -row["mb_per_s"])
    ])  # fmt: skip
