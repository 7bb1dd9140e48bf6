"""Figures that check the tool and the test: does the measure agree with people, does the test keep its level?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from framing.show.labels import listed, need, span, wrap
from framing.show.outlets import OUTLET_COLOURS, OUTLET_MARKERS, Look
from framing.show.rows import AXIS_MM, TITLE_MM, choose_columns, draw_row, foot, key, key_mm, make_panels, name_rows, row_mm
from framing.show.saving import FigureError, attach, drawing

METHOD_MARKERS = {
    "framing": ("o", "#0072B2"), "jackknife": ("D", "#56B4E9"), "keyness (G2)": ("s", "#D55E00"), "Poisson": ("x", "#D55E00"),
    "negative binomial": ("^", "#E69F00"), "cluster-robust z": ("v", "#009E73"), "Mann-Whitney": ("P", "#CC79A7"),
    "Welch t": ("X", "#000000"),
}  # fmt: skip
"""Marker and colour (Okabe & Ito 2008) of each method; others are drawn as open circles."""
LEVEL, BAND = 5.0, (3.5, 6.0)
"""Nominal level and the band that is called calibrated, in per cent (chosen)."""
METRICS = ("precision", "recall", "f1")
MOST_FINDERS = 4
"""Finders in one figure: their dots share a row (chosen)."""


def plot_validity(validity: pd.DataFrame, *, width_mm: float = 183, style_name: str = "apa") -> Figure:
    """The tool against human coding: precision, recall and F1 of every unit, with intervals, beside the human ceiling.

    Input is a table with one row for each estimate (unit found_by metric estimate conf_low conf_high n_gold), or `validate`,
    whose intervals are those of F1 alone. Each finder (the tool, a second coder: the ceiling, a baseline) has its marker; an
    estimate without an interval is hollow.

    Raises FigureError for more than 4 finders.
    """
    table = validity if "metric" in validity.columns else _to_long(validity)
    need(table, "validity", ("unit", "found_by", "metric", "estimate", "conf_low", "conf_high", "n_gold"))
    finders, units = ([*dict.fromkeys(table[name])] for name in ("found_by", "unit"))
    if len(finders) > MOST_FINDERS:
        raise FigureError(f"{len(finders)} finders do not fit in one row of dots; give at most {MOST_FINDERS}.")
    metrics = [name for name in METRICS if name in set(table["metric"])]
    looks = {name: Look(OUTLET_COLOURS[i], OUTLET_MARKERS[i]) for i, name in enumerate(finders)}
    sizes = table.dropna(subset="n_gold").groupby("unit")["n_gold"].agg(span)
    names = [wrap(unit, 34) + (f"\n(n = {sizes[unit]})" if unit in sizes else "") for unit in units]
    height = max(row_mm(names), 3.2 * len(finders) + 1.5)
    columns = choose_columns(width_mm, names, len(metrics))
    lines = -(-len(metrics) // columns)
    with drawing(
        width_mm, 6 + key_mm(looks, width_mm) + lines * (TITLE_MM + AXIS_MM + height * len(units)), style_name
    ) as figure:
        titles = [metric.capitalize() for metric in metrics]
        for axes, metric in zip(make_panels(figure, titles, columns), metrics, strict=True):
            axes.set_xlim(0, 1)
            axes.set_xticks([0, 0.5, 1], ["0", ".5", "1"])
            axes.grid(axis="x")
            name_rows(axes, names)
            for row in table[table["metric"] == metric].itertuples():
                shift = 0.7 * ((finders.index(row.found_by) + 0.5) / len(finders) - 0.5)
                place = len(units) - 1 - units.index(row.unit) - shift
                draw_row(axes, place, row.estimate, row.conf_low, row.conf_high, looks[row.found_by])
        key(figure, looks, width_mm)
    f1 = table[table["metric"] == metrics[-1]]
    parts = [f"{r.unit}, {r.found_by} {r.estimate:.2f}" for r in f1.itertuples()]
    n = f"n = {span(table['n_gold'].dropna())} coded units" if table["n_gold"].notna().any() else "n: see the coding"
    hollow = " Hollow: no interval was computed." if table["conf_low"].isna().any() else ""
    return attach(
        figure, table,
        title="Agreement with human coding",
        note=f"Dots are estimates, lines 95 % intervals over articles; {n}.{hollow}",
        alt=f"Dots with intervals, {metrics[-1].capitalize()} of {len(units)} units: {listed(parts, 20)}.",
    )  # fmt: skip


def _to_long(validity: pd.DataFrame) -> pd.DataFrame:
    """`validate`'s table with one row for each metric; its interval is that of F1."""
    need(validity, "validity", ("unit", "found_by", "n_gold", *METRICS, "conf_low", "conf_high"))
    long = validity.melt(["unit", "found_by", "n_gold", "conf_low", "conf_high"], list(METRICS), "metric", "estimate")
    long[["conf_low", "conf_high"]] = long[["conf_low", "conf_high"]].where(long["metric"] == "f1", np.nan)
    return long[["unit", "found_by", "metric", "estimate", "conf_low", "conf_high", "n_gold"]].dropna(subset="estimate")


def plot_calibration(cells: pd.DataFrame, *, own: str = "framing", width_mm: float = 183, style_name: str = "apa") -> Figure:
    """How often each method calls equal outlets different, one panel for matched and one for unmatched designs.

    Input: the table of `benchmarks/calibration.py`: design cell method, `type I` (a share) and replications, from which the
    intervals are (Wilson). The grey band is 3.5 to 6 per cent. `own` is the name of this package's test in the legend ("this
    test", where the authors' names are hidden).
    """
    need(cells, "cells", ("design", "cell", "method", "type I", "replications"))
    designs = list(dict.fromkeys(cells["design"]))
    table = cells.assign(**_wilson(cells))
    with drawing(
        width_mm, 36 + 5.8 * max(cells[cells["design"] == one]["cell"].nunique() for one in designs), style_name
    ) as figure:
        panels = figure.subplots(1, len(designs), squeeze=False)
        for axes, design in zip(panels.flat, designs, strict=True):
            _errors(axes, table[table["design"] == design], design, own)
        handles, labels = _legend(panels.flat)
        foot(figure, "Type I error (%) at a nominal 5 %, logarithmic scale", width_mm)
        figure.legend(
            handles, labels, loc="outside upper left", ncols=4 if width_mm > 140 else 3, columnspacing=1.2, handletextpad=0.3
        )
    ours = cells[cells["method"] == "framing"]["type I"]
    worst = cells.loc[cells["type I"].idxmax()]
    return attach(
        figure, table,
        title="Type I error of the test and of others in use",
        note=f"Corpora made by chance in which outlets are equal (n = {span(cells['replications'])} a dot); lines are 95 % "
        f"intervals, the grey band is {BAND[0]:g} to {BAND[1]:g} %.",
        alt=f"Dots of type I error in {cells['cell'].nunique()} designs. This package: {100 * ours.min():.1f} to "
        f"{100 * ours.max():.1f} per cent at a nominal 5. "
        f"Highest: {worst['method']}, {worst['cell']}, {100 * worst['type I']:.0f} per cent.",
    )  # fmt: skip


def _wilson(cells: pd.DataFrame) -> dict[str, list[float]]:
    found = [
        stats.binomtest(round(share * n), int(n)).proportion_ci(method="wilson")
        for share, n in zip(cells["type I"], cells["replications"], strict=True)
    ]
    return {"conf_low": [round(one.low, 4) for one in found], "conf_high": [round(one.high, 4) for one in found]}


def _legend(panels) -> tuple[list[Artist], list[str]]:  # type: ignore[no-untyped-def] # an iterator of Axes
    named: dict[str, Artist] = {}
    for axes in panels:
        named = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True)) | named
    return list(named.values()), list(named)


def _errors(axes: Axes, cells: pd.DataFrame, design: str, own: str) -> None:
    names = list(dict.fromkeys(cells["cell"]))[::-1]
    axes.axvspan(*BAND, color="#E6E6E6", zorder=0)
    axes.axvline(LEVEL, color="#888888", linewidth=0.6, zorder=1)
    for method, some in cells.groupby("method", sort=False):
        marker, colour = METHOD_MARKERS.get(str(method), ("o", "#888888"))
        face = "white" if str(method) not in METHOD_MARKERS else colour
        x, low, high = (np.maximum(100 * some[name].to_numpy(float), 0.5) for name in ("type I", "conf_low", "conf_high"))
        y = [names.index(cell) for cell in some["cell"]]
        order = 4 if method == "framing" else 3
        axes.hlines(y, low, high, color=colour, linewidth=0.7, zorder=2)
        look: dict[str, str] = {"marker": marker, "color": colour, "markerfacecolor": face}
        axes.plot(x, y, label=own if method == "framing" else str(method), linestyle="none", markersize=4, zorder=order, **look)  # type: ignore[arg-type] # names
    axes.set_xscale("log")
    axes.set_xlim(0.45, 80)
    axes.set_xticks([1, 2, 5, 10, 20, 50], ["1", "2", "5", "10", "20", "50"])
    axes.minorticks_off()
    axes.set_yticks(range(len(names)), names)
    axes.set_title(f"{design.capitalize()} designs")
    axes.tick_params(axis="y", length=0)
