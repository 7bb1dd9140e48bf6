"""Planning curves: the power that so many stories or articles have, before any text is collected."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from framing.show.labels import need, span
from framing.show.rows import GREY
from framing.show.saving import FigureError, attach, drawing

# Dark to light, as far as a light line is still seen on white (cividis at 0, .35 and .65); lines differ in dashes as well.
RAMP = ("#00224E", "#575D6D", "#A59C74")
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.5)))
ASKED = 80.0
"""The power that is usually asked for, in per cent (Cohen 1988)."""


def plot_power(
    plan: pd.DataFrame, simulated: pd.DataFrame | None = None, *, width_mm: float = 140, style_name: str = "apa"
) -> Figure:
    """The planning curve: the power of a contrast by the number of stories (or articles), one line for each ratio.

    Input is `plan_sample` with several `n_stories` (or `n_articles`) and up to three ratios of one rate. `simulated` (n ratio
    simulated repetitions, as in `benchmarks/results/planning.json`) adds dots with 95 % intervals. A line begins where a test is
    possible.

    Raises FigureError for more than three ratios, several rates or designs, and a plan that allows no test.
    """
    need(plan, "plans", ("design", "rate", "ratio", "n_stories", "n_articles", "power"))
    lines = _lines(plan)
    ratios = sorted(lines["ratio"].unique())
    dots = _intervals(simulated, ratios) if simulated is not None else None
    units = "Shared stories" if plan["design"].iloc[0] == "matched" else "Articles of each outlet"
    with drawing(width_mm, 78, style_name) as figure:
        axes = figure.subplots()
        axes.axhline(ASKED, color=GREY, linewidth=0.6, linestyle=(0, (4, 3)), zorder=1)
        _scale(axes, lines, units)
        for ratio, colour, dashes in zip(ratios, RAMP, DASHES, strict=False):
            one = lines[lines["ratio"] == ratio]
            axes.plot(one["n"], 100 * one["power"], color=colour, linestyle=dashes, linewidth=1.3, zorder=2)
            axes.annotate(
                f"ratio {ratio:g}", (one["n"].iloc[-1], 100 * one["power"].iloc[-1]), xytext=(4, 0), textcoords="offset points",
                va="center", annotation_clip=False,
            )  # fmt: skip
            if dots is not None:
                for row in dots[dots["ratio"] == ratio].itertuples():
                    axes.plot([row.n] * 2, [100 * row.conf_low, 100 * row.conf_high], color="black", solid_capstyle="butt")
                    axes.plot(row.n, 100 * row.power, marker="o", markersize=4, color=colour, markeredgecolor="black",
                              markeredgewidth=0.6, zorder=3)  # fmt: skip
    table = lines.assign(kind="planned") if dots is None else pd.concat([lines.assign(kind="planned"), dots], ignore_index=True)
    reached = [_reached(lines[lines["ratio"] == ratio], ratio) for ratio in ratios]
    rate = f"{plan['rate'].iloc[0]:g}"
    return attach(
        figure, table,
        title=f"Power of a {plan['design'].iloc[0]} contrast",
        note=f"One contrast at a level of 5 %, {rate} occurrences per 1,000 words in the reference; the dashed line is a power "
        f"of {ASKED:.0f} % (n = {span(lines['n'])} {units.lower()})."
        + ("" if dots is None else f" Dots: simulated, with 95 % intervals ({span(dots['repetitions'])} repetitions)."),
        alt=f"Curves of power by number of {units.lower()} at a rate of {rate}. A power of {ASKED:.0f} per cent: "
        f"{'; '.join(reached)}.",
    )  # fmt: skip


def _lines(plan: pd.DataFrame) -> pd.DataFrame:
    """The plan's rows that allow a test: design rate ratio n power."""
    for column in ("design", "rate"):
        if len(set(plan[column])) > 1:
            raise FigureError(f"The plan has several values in {column!r}; draw one figure for each.")
    n = plan["n_stories"] if plan["design"].iloc[0] == "matched" else plan["n_articles"]
    lines = plan[["design", "rate", "ratio", "power"]].assign(n=n.astype(float)).dropna()
    if lines["ratio"].nunique() > len(RAMP):
        raise FigureError(f"The plan has {lines['ratio'].nunique()} ratios and a figure shows at most {len(RAMP)}; choose some.")
    need(lines, "plans that allow a test")
    return lines.sort_values(["ratio", "n"], ignore_index=True)


def _intervals(simulated: pd.DataFrame, ratios: list[float]) -> pd.DataFrame:
    """Simulated powers of these ratios with Wilson's intervals."""
    need(simulated, "simulated powers", ("n", "ratio", "simulated", "repetitions"))
    here = simulated[simulated["ratio"].isin(ratios)]
    found = [
        stats.binomtest(round(row.simulated * row.repetitions), row.repetitions).proportion_ci(method="wilson")
        for row in here.itertuples()
    ]
    return here[["ratio", "n", "repetitions"]].assign(
        power=here["simulated"], conf_low=[one.low for one in found], conf_high=[one.high for one in found], kind="simulated"
    )


def _scale(axes: Axes, lines: pd.DataFrame, units: str) -> None:
    low, high = lines["n"].min(), lines["n"].max()
    axes.set_xscale("log")
    axes.set_xlim(low / 1.08, high * 1.4 if high > low else low * 2)
    ticks = [tick for tick in (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if low <= tick <= high] or [low]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_ylim(0, 102)
    axes.set_xlabel(f"{units} (logarithmic scale)")
    axes.set_ylabel("Power (%)")


def _reached(line: pd.DataFrame, ratio: float) -> str:
    enough = line[100 * line["power"] >= ASKED]["n"]
    return f"ratio {ratio:g} from {enough.min():.0f}" if len(enough) else f"ratio {ratio:g} with none of these"
