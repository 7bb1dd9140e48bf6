"""Mixes: whose words an outlet prints, which sources it gives a voice, and how it names them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from framing.compare.descriptions import describe_outlets
from framing.show.labels import listed, name_width, need, span, with_n, wrap
from framing.show.rows import name_rows, names_mm, row_mm
from framing.show.saving import FigureError, attach, drawing

# Tol's high-contrast scheme: keeps its order in greyscale.
VOICE_COLOURS = {"journalist": "#004488", "reported": "#BB5566", "quoted": "#DDAA33"}
VOICE_HATCHES = {"journalist": "", "reported": "", "quoted": "//"}
CELL_MM = 8.6
"""Height of a cell that holds a share and its interval."""
INTERVAL_MM, DECIMAL_MM = 10.5, 15
"""Width of a cell from which its interval is written, and from which it has a decimal."""
MOST_ROOMY = 20
"""With more rows than these, cells hold the share alone (a page's height)."""


def plot_voices(scores: pd.DataFrame, *, by: str = "outlet", width_mm: float = 183, style_name: str = "apa") -> Figure:
    """The share of words in the journalist's, reported and quoted voice, one bar for each outlet (or article: `by="article"`).

    The lines on a bar are 95 % intervals of the journalist's share (from the left) and of the quoted share (from the right).
    """
    voices = list(VOICE_COLOURS)
    need(scores, "scores", (by, "article", "n_words", *(f"n_words_{voice}" for voice in voices)))
    table = _share_voices(scores, by, voices)
    letters = name_width(width_mm)
    names = [
        with_n(name, span([n]), letters=letters) if by == "outlet" else wrap(name, letters)
        for name, n in zip(table[by], table["n_articles"], strict=True)
    ]
    with drawing(width_mm, 20 + max(5.0, min(8.0, 200 / len(table)), row_mm(names)) * len(table), style_name) as figure:
        axes = figure.subplots()
        places = np.arange(len(table))[::-1]
        left = np.zeros(len(table))
        for voice in voices:
            share = table[voice].to_numpy(float)
            axes.barh(
                places, share, left=left, color=VOICE_COLOURS[voice], hatch=VOICE_HATCHES[voice], edgecolor="white", height=0.78
            )
            _write_shares(axes, places, left, share, voice)
            left = left + share
        for place, row in zip(places, table.itertuples(), strict=True):
            _draw_interval(axes, place, row.journalist_low, row.journalist_high)
            _draw_interval(axes, place, 100 - row.quoted_high, 100 - row.quoted_low)
        handles = [Patch(facecolor=VOICE_COLOURS[v], hatch=VOICE_HATCHES[v], edgecolor="white", label=v) for v in voices]
        figure.legend(handles=handles, loc="outside upper right", ncols=3, handlelength=1.6, columnspacing=1.4)
        name_rows(axes, names)
        axes.set_xlabel("Share of words (%)")
        axes.set_xlim(0, 100)
    parts = [f"{r[by]} {r['journalist']:.0f}, {r['reported']:.0f}, {r['quoted']:.0f}" for r in table.to_dict("records")]
    return attach(
        figure, table,
        title=f"Share of words by voice and {by}",
        note=f"n = {len(scores):,} article(s), {int(scores['n_words'].sum()):,} words."
        + (" Lines: 95 % intervals over articles of the first share and of the last." if by == "outlet" else ""),
        alt=f"Stacked bars of the share of words by voice in per cent (journalist, reported, quoted): {listed(parts, 40)}.",
    )  # fmt: skip


def _share_voices(scores: pd.DataFrame, by: str, voices: list[str]) -> pd.DataFrame:
    """One row for each outlet or article: the shares, their intervals (empty where there is one article), n_articles."""
    found = describe_outlets(scores.assign(outlet=scores[by].astype(str)), [f"n_words_{voice}" for voice in voices])
    columns = {"rate": "", "conf_low": "_low", "conf_high": "_high"}
    table = pd.DataFrame({"n_articles": found.groupby("outlet")["n_articles"].first()})
    for voice in voices:
        one = found[found["measure"] == f"n_words_{voice}"].set_index("outlet")
        table = table.assign(**{f"{voice}{ending}": one[column].round(4) for column, ending in columns.items()})
    empty = table.index[~np.isfinite(table["journalist"])]
    if len(empty):
        raise FigureError(f"The {by} {empty[0]!r} has no words; leave it out.")
    return table.rename_axis(by).sort_values("journalist", ascending=False, kind="stable").reset_index()


def _write_shares(axes: Axes, places: np.ndarray, left: np.ndarray, share: np.ndarray, voice: str) -> None:
    for place, start, size in zip(places, left, share, strict=True):
        if size >= 8:
            box = {"facecolor": VOICE_COLOURS[voice], "edgecolor": VOICE_COLOURS[voice], "linewidth": 0, "pad": 1.2}
            colour = "black" if voice == "quoted" else "white"
            axes.text(start + size / 2, place, f"{size:.0f}", ha="center", va="center", color=colour, bbox=box)


def _draw_interval(axes: Axes, place: float, low: float, high: float) -> None:
    """Black in a white casing, so that it shows on every colour."""
    for colour, width in (("white", 2.6), ("black", 1.0)):
        axes.plot([low, high], [place] * 2, color=colour, linewidth=width, solid_capstyle="butt", zorder=4)


def plot_sources(scores: pd.DataFrame, *, by: str = "outlet", width_mm: float = 183, style_name: str = "apa") -> Figure:
    """The source mix: which kinds of sources each outlet gives a voice, as shares of its attributions in per cent.

    Input is the scores table; "unknown" are sources whose kind the article does not tell. Under each share stands its 95 %
    interval over articles; of more than 20 outlets the intervals stand in the plotted numbers only.
    """
    prefix = "attributions_source_type_"
    need(scores, "scores", ("article", by))
    kinds = [name for name in scores.columns if name.startswith(prefix) and scores[name].sum() > 0]
    if not kinds:
        raise FigureError("There is nothing to draw: the table of attributions is empty.")
    columns = ["article", *kinds]
    counted = scores[columns].assign(outlet=scores[by].astype(str), n_attributions=scores[kinds].sum(axis=1))
    found = describe_outlets(counted[counted.groupby("outlet")["n_attributions"].transform("sum") > 0], kinds)
    table = pd.DataFrame({
        by: found["outlet"], "source_type": found["measure"].str.removeprefix(prefix), "n_articles": found["n_articles"],
        "n_attributions": found["n_words"], "count": found["count"], "share": found["rate"].round(4),
        "conf_low": found["conf_low"].round(4), "conf_high": found["conf_high"].round(4),
    })  # fmt: skip
    rows = sorted(table[by].unique())
    mean = table.groupby("source_type")["share"].mean().sort_values(ascending=False, kind="stable")
    order = [kind for kind in mean.index if kind != "none"] + (["none"] if "none" in mean.index else [])
    sizes = table.groupby(by)["n_attributions"].first()
    names = [with_n(name, span([sizes[name]]), letters=name_width(width_mm)) for name in rows]
    heads = ["unknown" if kind == "none" else kind for kind in order]
    cells = table.set_index([by, "source_type"]).loc[[(row, kind) for row in rows for kind in order]].reset_index()
    figure = _draw_cells(cells, names, heads, "Share of attributions by type of source (%)", width_mm, style_name)
    leading = cells.loc[cells.groupby(by)["share"].idxmax()]
    parts = [f"{r[by]}: {r['source_type'].replace('_', ' ')} {r['share']:.0f}" for r in leading.to_dict("records")]
    return attach(
        figure, cells,
        title=f"Types of sources by {by}",
        note=f"Shares of each row in per cent, with 95 % intervals over articles (n = {sizes.sum():,} attributions). "
        "An empty cell: none.",
        alt=f"Table-like map of source types by {by} in per cent of attributions. Most frequent: {listed(parts, 40)}.",
    )  # fmt: skip


def plot_naming(shares: pd.DataFrame, *, width_mm: float = 183, style_name: str = "apa") -> Figure:
    """The source mix by type and naming: who is quoted, and how the reader is told who it is.

    Input is `describe_shares(attributions, of=["source_type", "naming"])`; the cells of the figure add up to 100 %.
    """
    need(shares, "shares", ("source_type", "naming", "count", "share", "conf_low", "conf_high", "n_attributions"))
    types, namings = ([*shares.groupby(column)["count"].sum().sort_values(ascending=False, kind="stable").index]
                      for column in ("source_type", "naming"))  # fmt: skip
    total = int(shares["n_attributions"].iloc[0])
    whole = pd.MultiIndex.from_product([types, namings], names=["source_type", "naming"])
    cells = shares.set_index(["source_type", "naming"]).reindex(whole).reset_index()
    cells = cells.fillna({"count": 0, "share": 0.0, "n_attributions": total}).astype({"count": int, "n_attributions": int})
    counts = cells.groupby("source_type")["count"].sum()
    names = [with_n("unknown" if one == "none" else one.replace("_", " "), span([counts[one]]), width=20) for one in types]
    figure = _draw_cells(cells, names, namings, "Share of all attributions (%)", width_mm, style_name)
    top = cells.sort_values("share", ascending=False, kind="stable").head(3)
    parts = [f"{r.source_type.replace('_', ' ')}, {r.naming.replace('_', ' ')} {r.share:.0f}" for r in top.itertuples()]
    return attach(
        figure, cells,
        title="Attributions by type and naming of the source",
        note=f"All cells together are 100 % (n = {total:,} attributions); under each share its 95 % interval over articles. "
        "An empty cell: none.",
        alt=f"Table-like map of source types by naming in per cent of all attributions. Most frequent: {'; '.join(parts)}.",
    )  # fmt: skip


def _draw_cells(cells: pd.DataFrame, names: list[str], heads: list[str], title: str, width_mm: float, style_name: str) -> Figure:
    """A map of shares, row by row, each with its interval below where there is room."""
    shape = (len(names), len(heads))
    shares, low, high = (cells[column].to_numpy(float).reshape(shape) for column in ("share", "conf_low", "conf_high"))
    top = max(40.0, float(shares.max()))
    # A square root keeps small shares apart beside a large one; the numbers stand in the cells.
    colours = colormaps["cividis"](PowerNorm(0.5, 0, top)(shares))
    cell_mm = (width_mm - names_mm(names)) / shape[1]
    decimals = int(cell_mm >= DECIMAL_MM)
    roomy = shape[0] <= MOST_ROOMY and cell_mm >= INTERVAL_MM
    height = max(CELL_MM if roomy else 5.0, row_mm(names))
    with drawing(width_mm, 34 + height * shape[0], style_name) as figure:
        axes = figure.subplots()
        axes.imshow(colours, aspect="auto", interpolation="nearest")
        for row, column in np.ndindex(shape):
            red, green, blue, _ = colours[row, column]
            dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5
            text = _write_cell(shares[row, column], low[row, column], high[row, column], roomy, decimals)
            axes.text(column, row, text, ha="center", va="center", color="white" if dark else "black", linespacing=1.1)
        axes.set_xticks(range(shape[1]), [h.replace("_", " ") for h in heads], rotation=35, ha="right", rotation_mode="anchor")
        axes.set_yticks(range(shape[0]), names)
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_title(wrap(title, max(14, int((width_mm - names_mm(names)) / 2.2))))
    return figure


def _write_cell(share: float, low: float, high: float, roomy: bool, decimals: int) -> str:
    """A share and its interval, where there is room and it has one with a width.

    >>> _write_cell(12.34, 10.1, 15.0, True, 1), _write_cell(12.34, 10.1, 15.0, True, 0), _write_cell(0.2, 0.1, 0.3, True, 0)
    ('12.3\\n10.1–15.0', '12\\n10–15', '< 1')
    """
    if share == 0:
        return ""
    smallest = 10.0**-decimals
    if share < smallest / 2:
        return f"< {smallest:g}"
    return f"{share:.{decimals}f}" + (f"\n{low:.{decimals}f}–{high:.{decimals}f}" if roomy and high > low else "")
