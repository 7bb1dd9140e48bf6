"""How long contrasts take: milliseconds of processor time, beside a Poisson regression of the same pair (statsmodels).

    python benchmarks/contrast_speed.py

The family: all pairs of the seven outlets with the most articles in paper/data/allsides_scores.csv, four measures, within shared
stories. Memory is the largest that numpy and pandas held at once in the family. Writes benchmarks/results/contrast_speed.json.
"""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm

import framing as fr
from framing.compare.flips import flip_stories

HERE = Path(__file__).parent
MEASURES = ["hedging", "loaded", "attributions_stance_neutral", "n_attributed_words"]


def main() -> None:
    words = {"article": str, "story": str, "date": str}
    scores = pd.read_csv(HERE.parent / "paper" / "data" / "allsides_scores.csv", dtype=words)
    seven = sorted(scores["outlet"].value_counts().index[:7])
    rng = np.random.default_rng(0)
    a, b = rng.gamma(2, 1, (2, 586))
    results = {
        "9,999 flips of 30 stories with interval": best(lambda: flip(a[:30], b[:30])),
        "9,999 flips of 586 stories with interval": best(lambda: flip(a, b)),
        "one contrast within stories": best(lambda: compare(scores, seven[:2], MEASURES[:1])),
        "family of 84 contrasts": best(lambda: compare(scores, seven, MEASURES), times=2),
        "statsmodels: one Poisson regression": best(lambda: regress(scores, seven[:2])),
    }
    tracemalloc.start()
    compare(scores, seven, MEASURES)
    results["memory of the family, MB"] = tracemalloc.get_traced_memory()[1] / 1e6
    for name, value in results.items():
        print(f"{name:45} {value:8.1f}")
    rounded = {name: round(value, 1) for name, value in results.items()}
    (HERE / "results" / "contrast_speed.json").write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def best(work: Callable[[], object], times: int = 5) -> float:
    """Milliseconds of the fastest of several runs."""
    seconds = []
    for _ in range(times):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return 1000 * min(seconds)


def flip(a: np.ndarray, b: np.ndarray) -> object:
    return flip_stories(a, b, conf_level=0.95, n_resamples=9999, seed=0)


def compare(scores: pd.DataFrame, outlets: list[str], measures: list[str]) -> pd.DataFrame:
    return fr.compare_outlets(scores, measures, strata="story", outlets=outlets)


def regress(scores: pd.DataFrame, outlets: list[str]) -> object:
    pair = scores[scores["outlet"].isin(outlets)]
    design = sm.add_constant((pair["outlet"] == outlets[0]).astype(float))
    offset = np.log(pair["n_words_journalist"])
    model = sm.GLM(pair["hedging_journalist"], design, family=sm.families.Poisson(), offset=offset)
    return model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(pair["story"])[0]})


if __name__ == "__main__":
    main()
