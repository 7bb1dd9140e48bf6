"""Figures that check a contrast: does the test keep its level, does the result hold under other choices?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing.show.saving import FigureError, attach, new_figure, style

METHOD_MARKERS = {
    "framing": ("o", "#0072B2"), "jackknife": ("D", "#56B4E9"), "keyness (G2)": ("s", "#D55E00"), "Poisson": ("x", "#D55E00"),
    "negative binomial": ("^", "#E69F00"), "cluster-robust z": ("v", "#009E73"), "Mann-Whitney": ("P", "#CC79A7"),
    "Welch t": ("X", "#000000"),
}  # fmt: skip
"""Marker and colour (Okabe & Ito 2008) of each method; others are drawn as open circles."""
LEVEL, BAND = 5.0, (3.5, 6.0)
"""Nominal level and the band that is called calibrated, in per cent (chosen)."""


def plot_calibration(cells: pd.DataFrame, *, width_mm: float = 183, style_name: str = "apa") -> Figure:
    """How often each method calls equal outlets different, one panel for matched and one for unmatched designs.

    Input: the table of `benchmarks/calibration.py`: design cell method and `type I` (a share).
    """
    if not len(cells):
        raise FigureError("There is nothing to draw: the table of cells is empty.")
    designs = list(dict.fromkeys(cells["design"]))
    with style(style_name):
        figure = new_figure(width_mm, 30 + 6.2 * max(cells[cells["design"] == one]["cell"].nunique() for one in designs))
        panels = figure.subplots(1, len(designs), squeeze=False)
        for axes, design in zip(panels.flat, designs, strict=True):
            _errors(axes, cells[cells["design"] == design], design)
        handles, labels = _legend(panels.flat)
        figure.legend(handles, labels, loc="outside lower center", ncols=4, columnspacing=1.2, handletextpad=0.3)
    own = cells[cells["method"] == "framing"]["type I"]
    worst = cells.loc[cells["type I"].idxmax()]
    alt = (
        f"Dots of type I error in {cells['cell'].nunique()} designs. This package: {100 * own.min():.1f} to "
        f"{100 * own.max():.1f} per cent at a nominal 5. "
        f"Highest: {worst['method']}, {worst['cell']}, {100 * worst['type I']:.0f} per cent."
    )
    return attach(figure, cells, alt)


def _legend(panels) -> tuple[list[Artist], list[str]]:  # type: ignore[no-untyped-def] # an iterator of Axes
    named: dict[str, Artist] = {}
    for axes in panels:
        named = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True)) | named
    return list(named.values()), list(named)


def _errors(axes: Axes, cells: pd.DataFrame, design: str) -> None:
    names = list(dict.fromkeys(cells["cell"]))[::-1]
    axes.axvspan(*BAND, color="#E6E6E6", zorder=0)
    axes.axvline(LEVEL, color="#888888", linewidth=0.6, zorder=1)
    for method, some in cells.groupby("method", sort=False):
        marker, colour = METHOD_MARKERS.get(str(method), ("o", "#888888"))
        face = "white" if str(method) not in METHOD_MARKERS else colour
        x = np.maximum(100 * some["type I"].to_numpy(float), 0.5)
        y = [names.index(cell) for cell in some["cell"]]
        order = 4 if method == "framing" else 3
        look: dict[str, str] = {"marker": marker, "color": colour, "markerfacecolor": face}
        axes.plot(x, y, label=str(method), linestyle="none", markersize=4, zorder=order, **look)  # type: ignore[arg-type] # names
    axes.set_xscale("log")
    axes.set_xlim(0.45, 80)
    axes.set_xticks([1, 2, 5, 10, 20, 50], ["1", "2", "5", "10", "20", "50"])
    axes.minorticks_off()
    axes.set_yticks(range(len(names)), names)
    axes.set_title(f"{design.capitalize()} designs")
    axes.set_xlabel("Type I error (%) at a nominal 5 %")
    axes.tick_params(axis="y", length=0)


def plot_specifications(contrasts: pd.DataFrame, *, width_mm: float = 140, style_name: str = "apa") -> Figure:
    """The specification curve of one contrast: its ratio and interval under each choice, sorted; input is `multiverse`."""
    if not len(contrasts):
        raise FigureError("There is nothing to draw: the table of specifications is empty.")
    table = contrasts.sort_values("estimate", kind="stable", ignore_index=True)
    with style(style_name):
        figure = new_figure(width_mm, 22 + 6.5 * len(table))
        axes = figure.subplots()
        axes.axvline(1, color="#888888", linewidth=0.6, linestyle=(0, (4, 3)), zorder=1)
        for place, row in enumerate(table.itertuples()):
            tested = bool(np.isfinite(row.conf_low))
            if tested:
                axes.plot([row.conf_low, row.conf_high], [place, place], color="black", solid_capstyle="butt", zorder=2)
            axes.plot(row.estimate, place, marker="o", color="black", markerfacecolor="#0072B2" if tested else "white", zorder=3)
        axes.set_yticks(range(len(table)), [str(name) for name in table["specification"]])
        axes.set_ylim(-0.7, len(table) - 0.3)
        axes.tick_params(axis="y", length=0)
        first = table.iloc[0]
        axes.set_xlabel(f"Rate ratio, {first['outlet']} / {first['reference']} (95 % interval)")
    low, high = table["estimate"].min(), table["estimate"].max()
    held = int((table["p_adjusted"] < 0.05).sum())
    alt = f"Ratios under {len(table)} specifications, from {low:.2f} to {high:.2f}; {held} of them with a joint p below .05."
    return attach(figure, table, alt)
