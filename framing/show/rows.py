"""Rows of dots with intervals: what most figures of this package are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from framing.show.labels import LETTER_MM, name_width, wrap
from framing.show.outlets import Look

GREY = "#888888"
ROW_MM, LINE_MM = 5.0, 3.7
"""Height of a row, and of each line of a name where it has several."""
TITLE_MM, AXIS_MM = 4.6, 7.0
"""Height of a line of a panel's title, and of its axis."""
# Candidates for the ticks of a ratio's axis, the closest first.
RATIO_TICKS = (
    (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3), (0.4, 0.5, 0.64, 0.8, 1.0, 1.25, 1.6, 2.0, 2.5),
    (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0), (0.06, 0.12, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0),
    (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0), (0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0), (0.001, 1.0, 1000.0),
)  # fmt: skip

RATE_TICKS = ((0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300), (0.001, 0.01, 0.1, 1, 10, 100, 1000))
"""Ticks of a logarithmic axis of rates: closer, and where it spans more than 150 times its beginning."""


def row_mm(names: Sequence[str]) -> float:
    """The height of a row that holds the name with the most lines."""
    return max(ROW_MM, 1.4 + LINE_MM * max(name.count("\n") + 1 for name in names))


def names_mm(names: Sequence[str]) -> float:
    """The width of the names beside the rows."""
    return LETTER_MM * max(len(line) for name in names for line in name.split("\n")) + 2


def choose_columns(width_mm: float, names: Sequence[str], n_panels: int, panel_mm: float = 30) -> int:
    """How many panels stand side by side: as many as have room, no more than needed, lines filled evenly."""
    room = max(1, min(n_panels, int((width_mm - names_mm(names)) // panel_mm)))
    return -(-n_panels // -(-n_panels // room))


def make_panels(figure: Figure, titles: Sequence[str], columns: int, *, sharex: bool = False) -> list[Axes]:
    """Panels with titles, all with the same rows; the places that are left over stay empty."""
    lines = -(-len(titles) // columns)
    grid = figure.subplots(lines, columns, squeeze=False, sharey=True, sharex=sharex)
    for axes in grid.flat[len(titles) :]:
        axes.set_visible(False)
    for axes, title in zip(grid.flat, titles, strict=False):
        axes.set_title(title)
        axes.tick_params(labelbottom=True)
    return list(grid.flat[: len(titles)])


def wrap_titles(titles: Sequence[str], width_mm: float, names: Sequence[str], columns: int) -> list[str]:
    """Titles in lines that fit above their panels (bold letters at 9 pt are a quarter wider)."""
    panel = (width_mm - names_mm(names)) / columns - 3
    width = max(10, int(panel / (1.25 * LETTER_MM)))
    return [wrap(title, max(width, min(15, max(map(len, title.split()), default=0))), 4) for title in titles]


def name_rows(axes: Axes, names: Sequence[str]) -> None:
    """The rows' names, the first on top; no axis line, because rows are no scale."""
    axes.set_yticks(range(len(names))[::-1], list(names))
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def draw_row(axes: Axes, position: float, estimate: float, low: float, high: float, look: Look) -> None:
    """A dot with its interval; without an interval it is hollow, and an end beyond the panel is an arrow at its edge."""
    left, right = axes.get_xlim()
    tested = bool(np.isfinite(low))
    if tested:
        ends = [max(low, left), min(high, right)]
        axes.plot(ends, [position] * 2, color=look.colour, solid_capstyle="butt", zorder=2)
        for beyond, end, marker in ((low < left, left, "<"), (high > right, right, ">")):
            if beyond:
                axes.plot(end, position, marker=marker, color=look.colour, markersize=3.5, clip_on=False, zorder=2)
    if estimate < left:  # no scale of ratios reaches 0
        axes.plot(left, position, marker="<", color=look.colour, markerfacecolor="white", markersize=3.5, clip_on=False, zorder=3)
    elif np.isfinite(estimate) and estimate <= right:
        face = look.colour if tested and look.is_filled else "white"
        edge = "black" if tested and look.is_filled else look.colour
        axes.plot(
            estimate, position, marker=look.marker, markerfacecolor=face, markeredgecolor=edge, markeredgewidth=0.6,
            linestyle="none", clip_on=False, zorder=3,
        )  # fmt: skip


def rate_limits(axes: Axes, table: pd.DataFrame, columns: Sequence[str]) -> None:
    """An axis from 0 to just beyond the largest number that is drawn, with few whole ticks."""
    values = table[list(columns)].to_numpy(float)
    values = values[np.isfinite(values)]
    axes.set_xlim(0, 1.08 * (values.max() if len(values) and values.max() > 0 else 1))
    plain_ticks(axes, 4)


def plain_ticks(axes: Axes, most: int) -> None:
    """Few ticks at plain numbers, written without zeros that say nothing."""
    axes.xaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10], min_n_ticks=2))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}".replace("-", "−")))


def log_limits(axes: Axes, table: pd.DataFrame, columns: Sequence[str]) -> None:
    """A logarithmic axis for rates that differ by more than people see on a plain one; a rate of 0 is an arrow at its edge."""
    values = table[list(columns)].to_numpy(float)
    values = values[np.isfinite(values) & (values > 0)]
    low, high = (values.min(), values.max()) if len(values) else (1.0, 10.0)
    axes.set_xscale("log")
    axes.set_xlim(low / 1.15, high * 1.15)
    ticks = [tick for tick in RATE_TICKS[int(high / low > 150)] if low / 1.15 <= tick <= high * 1.15]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])


def ratio_limits(axes: Axes, table: pd.DataFrame, panel_mm: float) -> None:
    """A logarithmic axis around 1 with ticks at plain ratios that do not touch, and a line at 1."""
    values = table[["estimate", "conf_low", "conf_high"]].to_numpy(float)
    values = values[np.isfinite(values) & (values > 0)]
    low, high = (min(values.min(), 0.85), max(values.max(), 1.18)) if len(values) else (0.5, 2.0)
    low, high = max(low, 1e-4) / 1.06, min(high, 1e4) * 1.06
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.axvline(1, color=GREY, linewidth=0.6, linestyle=(0, (4, 3)), zorder=1)
    inside = _ratio_ticks(low, high, panel_mm)
    axes.xaxis.set_major_locator(FixedLocator(inside))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(inside, [f"{tick:g}" for tick in inside])


def _ratio_ticks(low: float, high: float, panel_mm: float) -> list[float]:
    """The first candidate that reaches far enough to both sides and has at least 6.5 mm for each tick.

    >>> _ratio_ticks(0.5, 2.2, 40), _ratio_ticks(0.84, 1.3, 60)
    ([0.5, 0.7, 1.0, 1.4, 2.0], [0.9, 1.0, 1.1, 1.2, 1.3])
    """
    mm_per_e = panel_mm / np.log(high / low)
    for ticks in RATIO_TICKS:
        inside = [tick for tick in ticks if low <= tick <= high]
        reaches = ticks[0] <= 1.3 * low and high <= 1.3 * ticks[-1]
        if len(inside) >= 2 and reaches and (np.diff(np.log(inside)) * mm_per_e >= 6.5).all():
            return inside
    return [tick for tick in RATIO_TICKS[-1] if low <= tick <= high] or [1.0]


def foot(figure: Figure, text: str, width_mm: float) -> None:
    """What all panels' axes show, below them, in lines that fit."""
    figure.supxlabel(_foot_lines(text, width_mm), fontsize="medium")


def foot_mm(text: str, width_mm: float) -> float:
    """The height of a foot."""
    return 4 + LINE_MM * (_foot_lines(text, width_mm).count("\n") + 1)


def _foot_lines(text: str, width_mm: float) -> str:
    return wrap(text, int(width_mm / LETTER_MM) - 4)


def key_columns(looks: Mapping[str, Look], width_mm: float) -> int:
    """How many names of a key stand side by side."""
    names = [wrap(name, name_width(width_mm)) for name in looks]
    return max(1, min(len(names), int(width_mm // (names_mm(names) + 9))))


def key_mm(looks: Mapping[str, Look], width_mm: float) -> float:
    """The height of a key."""
    lines = -(-len(looks) // key_columns(looks, width_mm))
    return 2 + lines * LINE_MM * max(wrap(name, name_width(width_mm)).count("\n") + 1 for name in looks)


def key(figure: Figure, looks: Mapping[str, Look], width_mm: float) -> None:
    """Names beside their markers, above the panels."""
    letters, columns = name_width(width_mm), key_columns(looks, width_mm)
    handles = []
    for name, one in looks.items():
        face, edge = (one.colour, "black") if one.is_filled else ("white", one.colour)
        marker = Line2D(
            [], [], color=one.colour, marker=one.marker, markerfacecolor=face, markeredgecolor=edge, markeredgewidth=0.6
        )
        marker.set_label(wrap(name, letters))
        handles.append(marker)
    figure.legend(handles=handles, loc="outside upper left", ncols=columns, handlelength=1.4, columnspacing=1.4)
