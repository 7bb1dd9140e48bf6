"""The paper's numbers and table on how far the tests can be trusted, from the committed result of benchmarks/calibration.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

RESULT = Path(__file__).parents[1] / "benchmarks" / "results" / "calibration.json"
OTHERS = {"keyness (G2)": "Keyness", "cluster-robust z": "Cluster z", "Mann-Whitney": "Ranks", "Welch t": "Welch t"}


def describe_calibration() -> dict[str, Any]:
    """Type I error in per cent of this test and of others, lowest and highest; families; counts corrected by hand coding; the
    highest of designs in which one outlet varies far more and articles are few, where contrasts carry a warning."""
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    cells = pd.DataFrame(result["cells"])
    error = 100 * cells.groupby("method")["type I"].agg(["min", "max"])
    found: dict[str, Any] = {
        short: {"lowest": error.loc[name, "min"], "highest": error.loc[name, "max"]}
        for name, short in {"framing": "own", "keyness (G2)": "keyness", "Mann-Whitney": "ranks"}.items()
    }
    families = {f"outlets_{row['outlets']}": row for row in result["families"]}
    corrected = {
        "equal" if row["ratio"] == 1 else "different": {"rejected": row["p < .05"], "uncorrected": row["uncorrected p < .05"]}
        for row in result["gold"]
    }
    return {
        **found,
        **families,
        "gold": corrected,
        "uneven": 100 * max(row["type I"] for row in result["uneven"] if row["method"] == "framing"),
        "n_designs": int(cells["cell"].nunique()),
        "replications": int(cells["replications"].max()),
    }


def table_calibration() -> pd.DataFrame:
    """One row per design: this test's type I error, coverage and power in per cent, and the type I error of others."""
    cells = pd.DataFrame(json.loads(RESULT.read_text(encoding="utf-8"))["cells"])
    own = cells[cells["method"] == "framing"].set_index("cell")
    table = pd.DataFrame({"Design": own.index}, index=own.index)
    for column, head in (("type I", "Type I"), ("coverage", "Coverage"), ("power", "Power")):
        table[head] = (100 * own[column]).map("{:.1f}".format)
    errors = cells.pivot_table(index="cell", columns="method", values="type I")
    for name, head in OTHERS.items():
        table[head] = (100 * errors[name]).map("{:.1f}".format)
    return table.reset_index(drop=True)
