"""Planned power beside simulated power, in matched and unmatched designs, on invented counts and on thinned real ones.

    python benchmarks/planning.py

Invented: negative-binomial counts of the calibration (lengths lognormal around 600 words with spread .5, stories .5, outlet
within story .2, dispersion .2), at the rates of hedges (8 per 1,000 words) and of attributions (3). Real: the articles on stories
that CNN and Fox News share in paper/data/allsides_scores.csv. Outlet names are swapped at random within stories, so that no
difference is left; then the counts of one outlet are thinned by the ratio, stories are drawn with replacement, and the plan comes
from a pilot of the same articles. Each share of p < .05 is that of the project's own tests; its standard error is at most .011
(matched, real) or .019 (unmatched). Writes benchmarks/results/planning.json; takes about three minutes of processor time.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

import framing as fr
from framing.compare.flips import flip_p
from framing.compare.permutations import Units, permutation_p

RESULTS = Path(__file__).parent / "results"
SCORES = Path(__file__).parents[1] / "paper" / "data" / "allsides_scores.csv"
RATES, RATIOS = (8, 3), (1.25, 1.5, 2.0)
SIZES = {"matched": (6, 10, 20, 40, 80), "unmatched": (10, 30, 90)}
REPETITIONS, FLIPS = {"matched": 2000, "unmatched": 700}, {"matched": 1000, "unmatched": 200}
STORY, CELL, DISPERSION = 0.5, 0.2, 0.2  # standard deviations of log rates, and the counts' own dispersion
ASSUMED = {"dispersion": (1 + DISPERSION) * np.exp(CELL**2) - 1, "story_variance": np.exp(STORY**2) - 1}
REAL = {"hedging": (1.5, 2.0), "loaded": (1.5, 2.0), "approximators": (1.5, 2.0), "attributions": (1.25,)}


def main() -> None:
    cells = [invented(design, rate, ratio, n) for design in SIZES for rate in RATES for ratio in RATIOS for n in SIZES[design]]
    cells += [real(measure, ratio, n) for measure, ratios in REAL.items() for ratio in ratios for n in (12, 30)]
    table = pd.DataFrame(cells)
    table["difference"] = table["planned"] - table["simulated"]
    print(table.to_string(index=False, float_format=lambda x: f"{x:.3f}"))
    print(table.groupby(["counts", "design"])["difference"].agg(["min", "mean", "max"]).round(3).to_string())
    records = json.loads(table.to_json(orient="records", double_precision=4))
    (RESULTS / "planning.json").write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")


def invented(design: str, rate: float, ratio: float, n: int) -> dict[str, object]:
    size = {"n_stories" if design == "matched" else "n_articles": n}
    planned = fr.plan_sample(rate, ratio, design=design, **ASSUMED, **size)["power"].iloc[0]
    rng = np.random.default_rng([int(rate), int(100 * ratio), n])
    p = [p_value(*counts(rng, design, rate, ratio, n), design, int(rng.integers(2**31))) for _ in range(REPETITIONS[design])]
    return row("invented", "", design, rate, ratio, n, planned, p)


def counts(rng: np.random.Generator, design: str, rate: float, ratio: float, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Counts and words, shape (2, n): outlet A writes `ratio` times as often as B."""
    T = np.maximum(50, np.round(600 * np.exp(rng.normal(0, 0.5, (2, n)))))
    story = np.exp(rng.normal(-(STORY**2) / 2, STORY, (1 if design == "matched" else 2, n)))
    cell = np.exp(rng.normal(-(CELL**2) / 2, CELL, (2, n)))
    mean = T * rate / 1000 * np.array([[ratio], [1.0]]) * story * cell
    return rng.poisson(mean * rng.gamma(1 / DISPERSION, DISPERSION, (2, n))).astype(float), T


def real(measure: str, ratio: float, n: int) -> dict[str, object]:
    rng = np.random.default_rng([len(measure), int(100 * ratio), n])
    scores = without_difference(rng)
    pilot = fr.plan_sample(ratio=ratio, n_stories=n, pilot=scores, measure=measure)["rate"].iloc[0]
    plan = fr.plan_sample(pilot / ratio, ratio, n_stories=n, pilot=scores, measure=measure)
    count, exposure = (
        ("n_attributions", "n_words") if measure == "attributions" else (f"{measure}_journalist", "n_words_journalist")
    )
    y, T = (scores.pivot_table(index="outlet", columns="story", values=name).to_numpy() for name in (count, exposure))
    p = []
    for _ in range(REPETITIONS["matched"]):
        drawn, swapped = rng.integers(y.shape[1], size=n), rng.integers(2, size=n)
        sides = np.array([swapped, 1 - swapped])
        thinned = y[sides, drawn].copy()
        thinned[1] = rng.binomial(thinned[1].astype(int), 1 / ratio)
        p.append(p_value(thinned, T[sides, drawn], "matched", int(rng.integers(2**31))))
    return row("real, thinned", measure, "matched", plan["rate"].iloc[0], ratio, n, plan["power"].iloc[0], p)


def without_difference(rng: np.random.Generator) -> pd.DataFrame:
    """One article of CNN and one of Fox News on each story that both tell, names swapped at random within stories."""
    scores = pd.read_csv(SCORES, dtype={"article": str})
    scores = scores[scores["outlet"].isin(("CNN", "Fox News")) & (scores["n_words_journalist"] > 0)]
    scores = scores.drop_duplicates(["story", "outlet"])
    scores = scores[scores.groupby("story")["outlet"].transform("size") == 2]
    swapped = scores["story"].map({story: rng.random() < 0.5 for story in scores["story"].unique()})
    return scores.assign(outlet=np.where(swapped == (scores["outlet"] == "CNN"), "one", "two"))


def p_value(y: np.ndarray, T: np.ndarray, design: str, seed: int) -> float:
    options = {"n_resamples": FLIPS[design], "seed": seed}
    if design == "matched":
        both = T.sum(axis=0)
        return flip_p(y[0] * T[1] / both, y[1] * T[0] / both, **options)
    n = y.shape[1]
    return permutation_p(Units(y.ravel(), T.ravel(), np.arange(2 * n) < n, np.zeros(2 * n, int)), **options)


def row(kind: str, measure: str, design: str, rate: float, ratio: float, n: int, planned: float, p: list[float]) -> dict:
    return {
        "counts": kind, "measure": measure, "design": design, "rate": rate, "ratio": ratio, "n": n, "planned": planned,
        "simulated": float(np.mean(np.array(p) < 0.05)), "repetitions": len(p),
    }  # fmt: skip


if __name__ == "__main__":
    main()
