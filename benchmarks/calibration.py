"""Type I error, coverage and power of the contrasts and of what is used elsewhere, on corpora made by chance.

    python benchmarks/calibration.py [--replications N] [--ours] [--cells WORDS]

Level .05. A cell's `type I` is the share of p < .05 where the rates are equal, `coverage` the share of intervals that hold a true
ratio of 1.5 (rare words: 2.5), by inverting the test at that ratio, `power` the share of p < .05 there. Monte Carlo error of a
share of .05 with 4,000 replications: .0034. Writes benchmarks/results/calibration.json and calibration.csv (for the figure);
about an hour on two cores. `--ours` leaves out the methods of others, whose rows depend on the seed alone, and keeps those of the
last run; `--cells` makes only the designs anew whose names hold some words. Designs: see corpora_made.py.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

import numpy as np
import pandas as pd
from competitors import COMPETITORS
from corpora_made import Design, Made, bursty, make

from framing.compare.families import adjust_holm, step_down
from framing.compare.flips import draw_swaps, flip_p
from framing.compare.flips import statistics as flip_statistics
from framing.compare.gold import correct_counts
from framing.compare.inference import RATIO, mantel_haenszel
from framing.compare.inversion import share_as_extreme
from framing.compare.jackknife import jackknife_stories, jackknife_units
from framing.compare.permutations import Units, permutation_p

RESULTS = Path(__file__).parent / "results"
DRAWS, FLIPS, FAMILY_FLIPS, LEVEL, SEED = 999, 9999, 4999, 0.05, 20261122
SLOW = {"negative binomial": 8, "jackknife": 2}
"""Methods that run in every so-manieth replication only, because they are slow."""

MATCHED = {
    "6 stories": Design(stories=6), "10 stories": Design(stories=10), "13 stories": Design(stories=13),
    "30 stories": Design(stories=30), "100 stories": Design(stories=100),
    "30 stories, rare word": Design(stories=30, rate=0.4),
    "30 stories, A 2.5 times as long": Design(stories=30, length_ratio=2.5),
    "30 stories, 3 articles each": Design(stories=30, n_a=3, n_b=3),
    "30 stories, dispersion .05 and 1": Design(stories=30, dispersion=(0.05, 1.0)),
    "30 stories, bursts": bursty(Design(stories=30)), "10 stories, bursts": bursty(Design(stories=10)),
}  # fmt: skip
UNMATCHED = {
    "10 and 10 articles": Design(n_a=10, n_b=10), "30 and 30 articles": Design(n_a=30, n_b=30),
    "100 and 100 articles": Design(n_a=100, n_b=100), "10 and 60 articles": Design(n_a=10, n_b=60),
    "30 and 30, rare word": Design(n_a=30, n_b=30, rate=0.4),
    "30 and 30, A 2.5 times as long": Design(n_a=30, n_b=30, length_ratio=2.5),
    "30 and 30, dispersion .05 and 1": Design(n_a=30, n_b=30, dispersion=(0.05, 1.0)),
    "30 and 30, a fifth of A copied": Design(n_a=30, n_b=30, copied=0.2),
    "30 and 30, topics 60 and 30 %": Design(n_a=30, n_b=30, topics=(0.6, 0.3)),
    "30 and 30, bursts": bursty(Design(n_a=30, n_b=30)), "10 and 10, bursts": bursty(Design(n_a=10, n_b=10)),
}  # fmt: skip
UNEVEN = {
    "10 stories, dispersion .05 and 1": Design(stories=10, dispersion=(0.05, 1.0)),
    "15 stories, dispersion .1 and 2": Design(stories=15, dispersion=(0.1, 2.0)),
    "15 and 15, dispersion .1 and 2": Design(n_a=15, n_b=15, dispersion=(0.1, 2.0)),
    "10 and 40, dispersion 1 and .05": Design(n_a=10, n_b=40, dispersion=(1.0, 0.05)),
    "40 and 10, dispersion 1 and .05": Design(n_a=40, n_b=10, dispersion=(1.0, 0.05)),
}
"""Designs beyond those that the tests promise to be calibrated in: contrasts carry a warning there."""
LONGER = {"30 stories, dispersion .05 and 1": 4, "30 and 30, dispersion .05 and 1": 4}
"""Designs near the edge of what is promised: so many times the replications for our own test."""
Method = Callable[[Made, float, int], float]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replications", type=int, default=4000)
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("--cells", default="")
    options = parser.parse_args()
    n, ours = options.replications, options.ours
    designs = {name: design for name, design in {**MATCHED, **UNMATCHED}.items() if options.cells in name}
    last = json.loads((RESULTS / "calibration.json").read_text(encoding="utf-8"))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        cells = pd.DataFrame(chain.from_iterable(pool.map(one_cell, designs, designs.values(), repeat(n), repeat(ours))))
        tables = {"cells": keep_others(cells) if ours or options.cells else cells}
        if not options.cells:
            uneven = chain.from_iterable(pool.map(one_cell, UNEVEN, UNEVEN.values(), repeat(n), repeat(True)))
            tables["uneven"] = pd.DataFrame(uneven)
            tables["families"] = pd.DataFrame(pool.map(family_error, (2, 3, 7), repeat(n)))
            tables["gold"] = pd.DataFrame(pool.map(gold_error, (1.0, 1.5), repeat(n)))
    for table in tables.values():
        print(table.to_string(index=False, float_format=lambda x: f"{x:.3f}"), end="\n\n", flush=True)
    tables["cells"].round(4).to_csv(RESULTS / "calibration.csv", index=False)
    results = {name: json.loads(table.to_json(orient="records", double_precision=4)) for name, table in tables.items()}
    (RESULTS / "calibration.json").write_text(json.dumps(last | {"replications": n} | results, indent=1) + "\n", encoding="utf-8")


def keep_others(cells: pd.DataFrame) -> pd.DataFrame:
    """The last run's table with the rows that were made anew."""
    keys = ["design", "cell", "method"]
    last = pd.read_csv(RESULTS / "calibration.csv")
    anew = last[keys].merge(cells, on=keys, how="left")
    return anew.fillna(last).astype(last.dtypes)


def one_cell(name: str, design: Design, replications: int, only_ours: bool = False) -> list[dict]:
    """Type I error, coverage and power of each method."""
    ratio = 2.5 if design.rate < 1 else 1.5
    null, other = (
        p_values(replace(design, ratio=one), replications, ratio, only_ours, LONGER.get(name, 1)) for one in (1.0, ratio)
    )
    rows = []
    for method, p in null.items():
        type_one, power, covered = (p[0] < LEVEL).mean(), (other[method][0] < LEVEL).mean(), (other[method][1] >= LEVEL).mean()
        rows.append({
            "design": "matched" if design.stories else "unmatched", "cell": name, "method": method, "type I": type_one,
            "coverage": covered, "power": power, "ratio": ratio, "replications": len(p[0]),
        })  # fmt: skip
    print(name, {row["method"]: round(row["type I"], 3) for row in rows}, flush=True)
    return rows


def p_values(design: Design, replications: int, ratio: float, only_ours: bool, times: int) -> dict[str, np.ndarray]:
    """For each method p of ratio 1 and p of `ratio`, shape (2, replications); our own test sees so many times more corpora."""
    rng = np.random.default_rng([SEED, design.stories, design.n_a, int(100 * design.ratio)])
    methods = choose_methods(design, only_ours)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in methods}
    for number in range(times * replications):
        made = make(design, rng)
        for name, method in methods.items():
            if number % SLOW.get(name, 1) == 0 and (number < replications or name == "framing"):
                found[name].append((method(made, 1.0, number), method(made, ratio, number)))
    return {name: np.array(some).T for name, some in found.items()}


def choose_methods(design: Design, only_ours: bool) -> dict[str, Method]:
    matched: dict[str, Method] = {"framing": flip, "jackknife": leave_one_out}
    own = matched if design.stories else {"framing": permute, "jackknife": leave_out}
    if design.copied:
        own = {"framing, copies ignored": permute, "framing": permute_groups}
    if design.topics:
        own = {"framing, topics ignored": permute, "framing": permute_in_topics}
    others = {} if only_ours else {name: as_method(test) for name, test in COMPETITORS.items()}
    return {**own, **others}


def as_method(test: Callable[..., float]) -> Method:
    return lambda made, theta, _: test(made.y, made.T, made.in_a, made.story, theta)


def story_terms(made: Made, theta: float) -> tuple[np.ndarray, np.ndarray]:
    """The Mantel-Haenszel terms with A's words multiplied by theta, under which a ratio of theta is one of 1."""
    A, B = made.in_a, ~made.in_a
    y_A, y_B, T_A, T_B = (np.bincount(made.story[side], values[side]) for values in (made.y, made.T) for side in (A, B))
    return mantel_haenszel(y_A, theta * T_A, y_B, T_B)


def flip(made: Made, theta: float, seed: int) -> float:
    a, b = story_terms(made, theta)
    return flip_p(a, b, n_resamples=FLIPS, seed=seed)


def leave_one_out(made: Made, theta: float, seed: int) -> float:
    a, b = story_terms(made, theta)
    p = jackknife_stories(a, b, conf_level=0.95).p_value if a.sum() and b.sum() else 1.0
    return 1.0 if np.isnan(p) else p


def leave_out(made: Made, theta: float, seed: int) -> float:
    p = jackknife_units(as_units(made, theta), conf_level=0.95).p_value
    return 1.0 if np.isnan(p) else p


def as_units(made: Made, theta: float) -> Units:
    return Units(made.y, np.where(made.in_a, theta * made.T, made.T), made.in_a, np.zeros(len(made.y), dtype=np.int64))


def permute(made: Made, theta: float, seed: int) -> float:
    return permutation_p(as_units(made, theta), n_resamples=DRAWS, seed=seed)


def permute_in_topics(made: Made, theta: float, seed: int) -> float:
    both = [topic for topic in (0, 1) if len(set(made.in_a[made.topic == topic])) == 2]
    kept = Made(*(column[np.isin(made.topic, both)] for column in made))
    units = replace(as_units(kept, theta), stratum=kept.topic - min(both))
    return permutation_p(units, n_resamples=DRAWS, seed=seed)


def permute_groups(made: Made, theta: float, seed: int) -> float:
    """Copies of one text are one unit."""
    unit, first, group = np.unique(made.unit, return_index=True, return_inverse=True)
    y, T = (np.bincount(group, values) for values in (made.y, made.T))
    return permute(Made(y, T, made.in_a[first], unit, unit, made.topic[first]), theta, seed)


def family_error(outlets: int, replications: int, stories: int = 20, measures: int = 4) -> dict:
    """How often any of the pairs and measures is called different though all outlets write alike."""
    rng = np.random.default_rng([SEED, outlets])
    any_holm = any_max = 0
    for number in range(replications):
        a, b = family_terms(rng, outlets, stories, measures)
        swapped = draw_swaps(stories, FAMILY_FLIPS, number)
        t = np.abs(np.column_stack([flip_statistics(swapped, *terms, RATIO) for terms in zip(a.T, b.T, strict=True)]))
        p = np.array([share_as_extreme(one) for one in t.T])  # what `flip_stories` gives under the same swaps
        any_holm += bool((adjust_holm(p) < LEVEL).any())
        any_max += bool((step_down(t) < LEVEL).any())
    return {
        "outlets": outlets, "tests": a.shape[1], "stories": stories, "Holm": any_holm / replications,
        "maxT": any_max / replications, "replications": replications,
    }  # fmt: skip


def family_terms(rng: np.random.Generator, outlets: int, stories: int, measures: int) -> tuple[np.ndarray, np.ndarray]:
    """Terms of all pairs of outlets and measures, shape (stories, tests); measures share a quarter of the articles' variance."""
    T = np.maximum(50, np.round(600 * np.exp(rng.normal(0, 0.5, (stories, outlets)))))
    shared = rng.normal(0, 0.25, (stories, outlets, 1)) + rng.normal(0, 0.5, (stories, 1, 1))
    own = rng.normal(0, 0.43, (stories, outlets, measures))
    y = rng.poisson(T[..., None] * 0.008 * np.exp(shared + own)).astype(float)
    pairs = [(i, j, m) for i in range(outlets) for j in range(i) for m in range(measures)]
    terms = [mantel_haenszel(y[:, i, m], T[:, i], y[:, j, m], T[:, j]) for i, j, m in pairs]
    return np.column_stack([a for a, _ in terms]), np.column_stack([b for _, b in terms])


def gold_error(ratio: float, replications: int, articles: int = 120, coded: int = 40) -> dict:
    """A tool that finds .75 of A's hits and .55 of B's, corrected by 40 coded articles of each outlet."""
    rng = np.random.default_rng([SEED, int(10 * ratio)])
    estimates, p_one, p_true, naive = [], [], [], []
    for number in range(replications):
        made = make(Design(n_a=articles, n_b=articles, ratio=ratio), rng)
        found = rng.binomial(made.y.astype(int), np.where(made.in_a, 0.75, 0.55))
        scores = pd.DataFrame({"outlet": made.in_a, "article": made.unit, "tool": found, "coder": np.nan})
        for side in (made.in_a, ~made.in_a):
            rows = rng.choice(np.flatnonzero(side), coded, replace=False)
            scores.loc[rows, "coder"] = made.y[rows]
        corrected = made._replace(y=correct_counts(scores, "tool", "coder").to_numpy(float))
        rates = [corrected.y[side].sum() / made.T[side].sum() for side in (made.in_a, ~made.in_a)]
        estimates.append(rates[0] / rates[1])
        p_one.append(permute(corrected, 1.0, number))
        p_true.append(permute(corrected, ratio, number))
        naive.append(permute(made._replace(y=found.astype(float)), 1.0, number))
    return {
        "ratio": ratio, "mean log bias": float(np.mean(np.log(estimates)) - np.log(ratio)), "median": float(np.median(estimates)),
        "p < .05": float(np.mean(np.array(p_one) < LEVEL)), "coverage": float(np.mean(np.array(p_true) >= LEVEL)),
        "uncorrected p < .05": float(np.mean(np.array(naive) < LEVEL)), "replications": replications,
    }  # fmt: skip


if __name__ == "__main__":
    main()
