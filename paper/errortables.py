"""Tables and numbers of differential error: the tool's factor in each outlet, and contrasts by gold and by tool side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

import framing as fr
from errors import GOLDS, SPLITS, differences, factors, thresholds

NAMES = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "Washington Post",
    "west-journal": "Western Journalism",
}
POLNEAR = [measure for measure, (gold, *_) in GOLDS.items() if gold == "polnear"]
SHORT = {"n_attributed_words": "Attributed", "n_words_quoted": "Quoted", "attributions_stance_neutral": "Neutral"}


def table_factors() -> pd.DataFrame:
    """The tool's rate over the gold's in each PolNeAR outlet, on development and training articles, with intervals."""
    table = pd.DataFrame({"Outlet": list(NAMES.values())}, index=list(NAMES))
    for measure in POLNEAR:
        for split in SPLITS:
            found = factors(measure, split).set_index("outlet")
            table[f"{SHORT[measure]}, {split}"] = [
                f"{r.factor:.2f} ({r.low:.2f}–{r.high:.2f})" for r in found.loc[table.index].itertuples()
            ]
    return table.reset_index(drop=True)


def table_loaded_factors() -> pd.DataFrame:
    """The tool's loaded words over the experts' in BABE's outlets, on development and training sentences."""
    dev, train = (factors("loaded", split).set_index("outlet") for split in SPLITS)
    return pd.DataFrame(
        {
            "Outlet": dev.index,
            "Sentences": dev["n"].astype(str).to_numpy(),
            "Development": _cells(dev),
            "Training": _cells(train.loc[dev.index]),
        }
    )


def _cells(found: pd.DataFrame) -> list[str]:
    return [f"{row.factor:.2f} ({row.low:.2f}–{row.high:.2f})" for row in found.itertuples()]


def table_sides(sides: pd.DataFrame) -> pd.DataFrame:
    """Contrasts with the New York Times by the gold and by the tool, on development and on training articles."""
    rows = []
    for (measure, outlet), found in sides.groupby(["measure", "outlet"], sort=False):
        cells = {(r.split, r.by): f"{r.estimate:.2f} ({r.conf_low:.2f}–{r.conf_high:.2f})" for r in found.itertuples()}
        rows.append(
            {
                "Measure": fr.figures.label(measure),
                "Outlet": NAMES[outlet],
                **{f"{by.capitalize()}, {split}": cells[split, by] for split in SPLITS for by in ("gold", "tool")},
            }
        )
    return pd.DataFrame(rows)


def describe_errors(sides: pd.DataFrame) -> dict[str, Any]:
    """Thresholds, tests of equal error, and how far gold and tool part in the contrasts."""
    loaded = factors("loaded", "dev")["factor"]
    found: dict[str, Any] = {
        "threshold": thresholds(),
        "p": {measure: differences(measure, "dev") for measure in GOLDS},
        "lowest_loaded": float(loaded.min()),
        "highest_loaded": float(loaded.max()),
    }
    wide = sides.pivot_table(index=["split", "measure", "outlet"], columns="by", values=["estimate", "conf_low", "conf_high"])
    gold, tool = (np.log(wide["estimate", by]) for by in ("gold", "tool"))
    clear = {by: (wide["conf_low", by] > 1) | (wide["conf_high", by] < 1) for by in ("gold", "tool")}
    for split in SPLITS:
        found[split] = {
            "n": len(gold[split]),
            "same_side": int((np.sign(gold[split]) == np.sign(tool[split])).sum()),
            "same_verdict": int((clear["gold"][split] == clear["tool"][split]).sum()),
            "r": float(np.corrcoef(gold[split], tool[split])[0, 1]),
            "furthest": float(np.exp((tool - gold)[split].abs().max())),
            "mean": float(np.exp((tool - gold)[split].abs().mean())),
        }
    return found
