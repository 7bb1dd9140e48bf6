"""The figure of speed and growth, from what `speed.py` and `growth.py` measured.

    python benchmarks/speed_figure.py

Writes benchmarks/results/speed.pdf, .svg, .png, .csv and .txt.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

import framing as fr
from framing.show.saving import attach, drawing

RESULTS = Path(__file__).parent / "results"
OURS, OTHERS, SECOND = "#00224E", "#575D6D", "#A59C74"


def main() -> None:
    tools, growth = (json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8")) for name in ("speed", "growth"))
    fr.save_figure(plot_speed(pd.DataFrame(tools["tools"]), pd.DataFrame(growth["runs"])), "speed", RESULTS)


def plot_speed(tools: pd.DataFrame, growth: pd.DataFrame) -> Figure:
    """Megabytes per second of each tool, and seconds by the number of articles."""
    tools = tools.sort_values("mb_per_s", ignore_index=True)
    with drawing(183, 68, "apa") as figure:
        left, right = figure.subplots(1, 2, width_ratios=[1.1, 1])
        _draw_tools(left, tools)
        _draw_growth(right, growth)
    table = pd.concat([
        tools[["tool", "mb_per_s", "words_per_s"]].assign(panel="speed"),
        growth[["articles", "workers", "seconds", "words_per_s", "peak_mb"]].assign(panel="growth"),
    ], ignore_index=True)  # fmt: skip
    return attach(
        figure, table, title="Speed and growth",
        note=f"Left: texts read on one core, all tools in one run, best of three rounds. Right: `framing score` of "
        f"{growth['articles'].min():,} to {growth['articles'].max():,} articles by the clock, the start of the "
        "workers included; the dotted line is time in proportion to articles, through the largest run of two workers.",
        alt="Dots of megabytes per second on a logarithmic scale: "
        + "; ".join(f"{row.tool} {row.mb_per_s:.3g}" for row in tools.iloc[::-1].itertuples())
        + ". Beside them seconds by number of articles: " + "; ".join(_said(row._asdict()) for row in growth.itertuples()) + ".",
    )  # fmt: skip


def _said(row: dict[str, Any]) -> str:
    return f"{row['articles']:,} articles, {row['workers']} workers: {row['seconds']:.0f}"


def _draw_tools(axes: Axes, tools: pd.DataFrame) -> None:
    for place, row in enumerate(tools.itertuples()):
        is_ours = row.tool.startswith("framing")
        axes.plot(row.mb_per_s, place, marker="s" if is_ours else "o", markersize=5, color=OURS if is_ours else OTHERS)
        axes.annotate(
            f"{row.mb_per_s:.3g}", (row.mb_per_s, place), xytext=(6, 0), textcoords="offset points", va="center"
        )  # fmt: skip
    _take_logarithms(axes, "x")
    axes.set_xlim(tools["mb_per_s"].min() / 1.5, tools["mb_per_s"].max() * 4)
    axes.set_yticks(range(len(tools)), tools["tool"])
    axes.set_xlabel("Megabytes per second (logarithmic scale)")


def _draw_growth(axes: Axes, growth: pd.DataFrame) -> None:
    for workers, colour, marker in ((1, SECOND, "o"), (2, OURS, "s")):
        some = growth[growth["workers"] == workers].sort_values("articles")
        axes.plot(some["articles"], some["seconds"], color=colour, marker=marker, markersize=4, linewidth=1)
        last = some.iloc[-1]
        label = "1 worker" if workers == 1 else f"{workers} workers"
        axes.annotate(label, (last["articles"], last["seconds"]), xytext=(5, 0), textcoords="offset points", va="center")
    two = growth[growth["workers"] == 2].sort_values("articles")
    last = two.iloc[-1]
    axes.plot(
        two["articles"], last["seconds"] * two["articles"] / last["articles"], color="black", linewidth=0.6, linestyle=":"
    )  # fmt: skip
    _take_logarithms(axes, "xy")
    axes.set_xlim(growth["articles"].min() / 1.5, growth["articles"].max() * 8)
    axes.set_xlabel("Articles")
    axes.set_ylabel("Seconds")


def _take_logarithms(axes: Axes, which: str) -> None:
    for name in which:
        getattr(axes, f"set_{name}scale")("log")
        axis = getattr(axes, f"{name}axis")
        axis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.10g}"))
        axis.set_minor_locator(NullLocator())


if __name__ == "__main__":
    main()
