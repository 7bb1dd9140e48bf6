"""Tables of how well the tool agrees with human coding, from the benchmarks' committed results."""

from __future__ import annotations

from typing import Any

import pandas as pd


def table_benchmark(result: dict[str, Any]) -> pd.DataFrame:
    """F1 by method and metric, in per cent; a metric that a method cannot reach by construction is a dash."""
    rows = []
    for name, metrics in result["table"].items():
        rows.append({"Method": name, **{metric.capitalize(): _percent(value["f1"]) for metric, value in metrics.items()}})
        if name == "framing":
            intervals = {metric: f"{100 * value['f1_low']:.1f}–{100 * value['f1_high']:.1f}" for metric, value in metrics.items()}
            rows.append({"Method": "95 % interval", **{metric.capitalize(): text for metric, text in intervals.items()}})
    return pd.DataFrame(rows)


def table_outlets(result: dict[str, Any]) -> pd.DataFrame:
    """Recall and precision of the tool in each outlet of the gold, in per cent."""
    return pd.DataFrame([
        {"Outlet": name, "Articles": values["articles"], **{key.capitalize(): _percent(values[key]) for key in list(values)[1:]}}
        for name, values in result["outlets"].items()
    ])  # fmt: skip


def table_agreement(result: dict[str, Any]) -> pd.DataFrame:
    """Correlations over articles of what researchers add up: tool and gold, every two people, tool and each of the people."""
    human = result["human_agreement"]
    return pd.DataFrame([
        {
            "Per article": name[:1].upper() + name[1:], "Tool, gold (r)": f"{value:.2f}",
            "Two people (mean r)": f"{human[name]['mean of human pairs']:.2f}",
            "lowest–highest": f"{human[name]['lowest']:.2f}–{human[name]['highest']:.2f}",
            "Tool, each of them (mean r)": f"{human[name]['mean of tool with each']:.2f}",
        }
        for name, value in result["agreement"].items()
    ])  # fmt: skip


def table_sources(result: dict[str, Any]) -> pd.DataFrame:
    """Agreement of the tool with each coder, of the coders with each other, and of the commonest class, in per cent."""

    def cell(values: dict[str, float] | None) -> str:
        return f"{values['percent']:.1f} ({values['low']:.1f}–{values['high']:.1f})" if values else "–"

    rows = []
    for name, found in result.items():
        against = [found.get(f"tool against {coder}", found.get(f"right of all, coder {coder}")) for coder in "AB"]
        rows.append({
            "Coded": name.capitalize(), "Units": found["n"], "Tool, coder A": cell(against[0]), "Tool, coder B": cell(against[1]),
            "Coder A, coder B": cell(found["A against B"]), "Commonest class": cell(found.get("largest class alone")),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}" if share else "–"


def table_validity(table: pd.DataFrame) -> pd.DataFrame:
    """The tool and the second coder against the first, unit by unit."""
    return pd.DataFrame({
        "Unit": table["unit"], "Found by": table["found_by"],
        "Found": table["n_found"].astype(str), "Gold": table["n_gold"].astype(str),
        "Precision": table["precision"].map("{:.2f}".format), "Recall": table["recall"].map("{:.2f}".format),
        "F1": table["f1"].map("{:.2f}".format),
        "95 % interval": [f"{r.conf_low:.2f}, {r.conf_high:.2f}" for r in table.itertuples()],
    })  # fmt: skip
