"""The words that carry a ratio."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from framing.show.labels import label, listed, name_width, need, wrap
from framing.show.outlets import outlet_looks
from framing.show.rows import GREY, name_rows, plain_ticks, row_mm
from framing.show.saving import attach, drawing

HATCH = "////"


def plot_words(
    decomposition: pd.DataFrame, outlet: str, reference: str, measure: str = "", *, n_words: int = 15,
    outlets: list[str] | None = None, width_mm: float = 140, style_name: str = "apa",
) -> Figure:  # fmt: skip
    """The words that carry a rate ratio, the strongest first: how much each adds to the logarithm of the ratio.

    Input is `decompose_ratio`. Bars to the right pull towards `outlet`, bars to the left towards `reference`; the counts of both
    stand beside the words and the last row adds up all others. The parts are exact, so they have no interval of their own: the
    uncertainty is that of the whole ratio (`plot_contrasts`).
    """
    need(decomposition, "words", ("entry", "count", "count_reference", "contribution"))
    table = _fold_rest(decomposition, n_words)
    need(table, "words with a contribution")
    looks = outlet_looks([outlet, reference], outlets)
    names = [
        f"{wrap(_word(row.entry), min(24, name_width(width_mm)))}  ({row.count}, {row.count_reference})"
        for row in table.itertuples(index=False, name="Row")
    ]
    log_ratio = float(decomposition["contribution"].sum())
    with drawing(width_mm, 24 + row_mm(names) * len(table), style_name) as figure:
        axes = figure.subplots()
        places = np.arange(len(table))[::-1]
        for place, value in zip(places, table["contribution"], strict=True):
            side = outlet if value > 0 else reference
            axes.barh(
                place, value, height=0.7, color=looks[side].colour, edgecolor="white", hatch="" if value > 0 else HATCH, zorder=2
            )
        axes.axvline(0, color="black", linewidth=0.6, zorder=3)
        name_rows(axes, names)
        reach = 1.06 * table["contribution"].abs().max()
        axes.set_xlim(min(-reach / 4, 1.06 * table["contribution"].min()), max(reach / 4, 1.06 * table["contribution"].max()))
        plain_ticks(axes, 6)
        axes.grid(axis="x", color=GREY, linewidth=0.5, linestyle=(0, (1, 3)))
        axes.set_xlabel(
            f"Part of the logarithm of the ratio (sum {log_ratio:+.2f}, ratio {np.exp(log_ratio):.2f})".replace("-", "−")
        )
        handles = [
            Patch(facecolor=looks[side].colour, hatch=hatch, edgecolor="white", label=f"more in {wrap(side)}")
            for side, hatch in ((reference, HATCH), (outlet, ""))
        ]
        figure.legend(handles=handles, loc="outside upper left", ncols=2, handlelength=1.6)
    what = f"{label(measure)}, {outlet} against {reference}" if measure else f"{outlet} against {reference}"
    shown = table[table["entry"] != _rest(decomposition, n_words)]
    parts = [f"{_word(r.entry)} {r.contribution:+.2f}" for r in shown.head(6).itertuples()]
    n = decomposition[["count", "count_reference"]].sum()
    return attach(
        figure, table,
        title=f"Words that carry the ratio: {what}",
        note=f"In brackets the counts of {outlet} and of {reference} (n = {n.iloc[0]:,} and {n.iloc[1]:,} occurrences). "
        "The parts add up to the logarithm of the ratio exactly and have no interval of their own.",
        alt=f"Bars of the parts of {len(shown)} words of the log ratio {log_ratio:+.2f} ({what}). Strongest: {listed(parts)}.",
    )  # fmt: skip


def _fold_rest(decomposition: pd.DataFrame, n_words: int) -> pd.DataFrame:
    """The strongest words and one row for all others; words without a part (one side has nothing) are left out."""
    columns = ["entry", "count", "count_reference", "contribution"]
    table = decomposition.loc[np.isfinite(decomposition["contribution"]), columns].reset_index(drop=True)
    order = table["contribution"].abs().sort_values(ascending=False, kind="stable").index
    table = table.loc[order].reset_index(drop=True)
    if len(table) <= n_words:
        return table
    rest = table.iloc[n_words:][columns[1:]].sum().to_frame().T.assign(entry=_rest(decomposition, n_words))
    return pd.concat([table.iloc[:n_words], rest[columns]], ignore_index=True).astype({"count": int, "count_reference": int})


def _rest(decomposition: pd.DataFrame, n_words: int) -> str:
    return f"{int(np.isfinite(decomposition['contribution']).sum()) - n_words} others"


def _word(entry: str) -> str:
    """The word of an entry: what stands after the lexicon's name.

    >>> _word("hedging/could_well")
    'could well'
    """
    return entry.split("/", 1)[-1].replace("_", " ")
