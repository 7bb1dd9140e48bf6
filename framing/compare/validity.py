"""The tool against human coding: how good a measure is, and whether its error is the same in all outlets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.compare.coding import UNITS, Coded, match

COLUMNS = ("unit", "found_by", "gold", "n_found", "n_gold", "n_right", "precision", "recall", "f1", "conf_low", "conf_high")


def validate(
    found: dict[str, list[Coded]], gold: dict[str, list[Coded]], *, seed: int = 0, n_resamples: int = 2000
) -> pd.DataFrame:
    """Precision, recall and F1 of every finder against every coder, unit by unit, with bootstrap intervals of F1 over articles.

    Units are matched one to one within an article. Where finder and coder have the same name they are not compared.
    """
    rows = []
    articles = sorted({one.article for units in gold.values() for one in units})
    for unit in UNITS:
        for finder, theirs in found.items():
            for coder, ours in gold.items():
                if finder != coder:
                    counts = np.array([_counts(theirs, ours, unit, article) for article in articles])
                    rows.append((unit, finder, coder, *_rates(counts, seed, n_resamples)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _counts(theirs: list[Coded], ours: list[Coded], unit: str, article: str) -> tuple[int, int, int]:
    return match(*([one for one in units if one.unit == unit and one.article == article] for units in (theirs, ours)))


def _rates(counts: np.ndarray, seed: int, n_resamples: int) -> tuple[float, ...]:
    found, gold, right = (int(total) for total in counts.sum(axis=0))
    draws = np.random.default_rng(seed).integers(0, len(counts), size=(n_resamples, len(counts)))
    sums = counts[draws].sum(axis=1)
    with np.errstate(invalid="ignore"):
        f1 = 2 * sums[:, 2] / (sums[:, 0] + sums[:, 1])
    low, high = np.nanpercentile(f1, [2.5, 97.5]) if found + gold else (np.nan, np.nan)
    return found, gold, right, _share(right, found), _share(right, gold), _share(2 * right, found + gold), float(low), float(high)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
