"""How the tool's error differs between outlets, from counts by tool and gold for each article (benchmarks/outlets.py)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import framing as fr
from plan import read_plan

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"
GOLDS = {
    "n_attributed_words": ("polnear", "attributed", "n_words"),
    "n_words_quoted": ("polnear", "quoted", "n_words"),
    "attributions_stance_neutral": ("polnear", "neutral", "speech"),
    "loaded": ("babe", "loaded", "n_words"),
}
"""Measure -> its gold, its count and what it is counted over; `speech` is itself counted by tool and gold."""
SPLITS = ("dev", "train")
LEVEL, RESAMPLES, SEED = 95, 2000, 0


@cache
def read_counts(gold: str) -> pd.DataFrame:
    """One row for each article (or sentence) of the gold."""
    return pd.read_csv(RESULTS / f"outlets_{gold}.csv")


def factors(measure: str, split: str) -> pd.DataFrame:
    """The tool's rate over the gold's in each outlet, with a percentile interval over articles: outlet n factor low high."""
    gold, count, exposure = GOLDS[measure]
    table = read_counts(gold)
    here = table[table["split"] == split]
    enough = read_plan().text["differential_error"]["gold_outlets_at_least"] if gold == "babe" else 2
    rows = []
    for outlet, articles in here.groupby("outlet"):
        if len(articles) >= enough:
            drawn = np.random.default_rng(SEED).multinomial(len(articles), np.full(len(articles), 1 / len(articles)), RESAMPLES)
            factor = _factor(np.ones((1, len(articles))), articles, count, exposure)[0]
            low, high = np.nanpercentile(_factor(drawn, articles, count, exposure), [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
            rows.append((outlet, len(articles), factor, low, high))
    return pd.DataFrame(rows, columns=["outlet", "n", "factor", "low", "high"])


def _factor(times: np.ndarray, articles: pd.DataFrame, count: str, exposure: str) -> np.ndarray:
    """Rate by the tool over rate by the gold, where article i stands `times[., i]` times."""
    found, gold = (times @ articles[f"{count}_{side}"].to_numpy(float) for side in ("found", "gold"))
    if exposure == "n_words":  # the same words for both
        return found / np.where(gold > 0, gold, np.nan)
    over_found, over_gold = (times @ articles[f"{exposure}_{side}"].to_numpy(float) for side in ("found", "gold"))
    return (found / over_found) / (gold / over_gold)


@cache
def thresholds() -> dict[str, float]:
    """Measure -> the highest factor over the lowest among the gold's outlets, on articles from which nothing was learned."""
    found = {measure: factors(measure, "dev")["factor"] for measure in GOLDS}
    return {measure: float(one.max() / one.min()) for measure, one in found.items()}


def differences(measure: str, split: str) -> float:
    """p of the hypothesis that found over coded counts are the same in all outlets (validate_measure)."""
    gold, count, _ = GOLDS[measure]
    table = read_counts(gold)
    kept = factors(measure, split)["outlet"]
    here = table[(table["split"] == split) & table["outlet"].isin(kept)]
    counts = pd.DataFrame({
        "measure": measure, "article": here["article"], "outlet": here["outlet"],
        "n_found": here[f"{count}_found"], "n_gold": here[f"{count}_gold"],
    })  # fmt: skip
    tested = fr.validate_measure(counts).differences
    return float(tested.loc[tested["metric"] == "found_per_gold", "p_value"].iloc[0])


def side_by_side(reference: str = "nyt") -> pd.DataFrame:
    """The contrasts of PolNeAR's outlets with one of them by the gold and by the tool: measure outlet split by estimate ..."""
    tables = []
    counts = read_counts("polnear")
    for _, here in counts.groupby("split"):
        for measure, (gold, count, exposure) in GOLDS.items():
            if gold == "polnear":
                tables += [_contrast(here, measure, count, exposure, by, reference) for by in ("gold", "tool")]
    return pd.concat(tables, ignore_index=True)


def _contrast(here: pd.DataFrame, measure: str, count: str, exposure: str, by: str, reference: str) -> pd.DataFrame:
    side = "gold" if by == "gold" else "found"
    over = exposure if exposure == "n_words" else f"{exposure}_{side}"
    scores = here[["article", "outlet"]].assign(n_counted=here[f"{count}_{side}"], n_over=here[over])
    table = fr.compare_outlets(scores, "n_counted", exposure="n_over", reference=reference, adjust=None)
    return table.assign(measure=measure, by=by, split=here["split"].iloc[0])
