"""Figures: table in, Figure out. Nothing is shown or saved here (see `save_figure`).

Outlets have a fixed colour and marker (Okabe & Ito 2008), three-way splits Tol's high-contrast colours, shares a cividis ramp
with the number written in; no figure relies on colour alone and none uses transparency.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, NullLocator

from framing.show.checks import plot_calibration, plot_specifications
from framing.show.saving import FigureError, attach, new_figure, style

__all__ = ["label", "plot_calibration", "plot_contrasts", "plot_rates", "plot_sources", "plot_specifications", "plot_voices"]

# Okabe & Ito (2008); yellow is left out because it fades on white.
OUTLET_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
OUTLET_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
# Tol's high-contrast scheme: keeps its order in greyscale.
VOICE_COLOURS = {"journalist": "#004488", "reported": "#BB5566", "quoted": "#DDAA33"}
VOICE_HATCHES = {"journalist": "", "reported": "", "quoted": "//"}
LABELS = {
    "hedging": "Hedging", "boosters": "Boosters", "approximators": "Approximators", "weasel": "Weasel words",
    "loaded": "Loaded words",
    "attributions": "Attributions", "uncertainty": "Uncertainty", "attributions_stance_neutral": "Neutral verbs (share)",
    "n_attributed_words": "Attributed words (share)", "generic_frames_conflict": "Conflict vocabulary",
    "generic_frames_economic_consequences": "Economic vocabulary", "generic_frames_human_interest": "Human-interest vocabulary",
    "war_peace_war": "War vocabulary", "war_peace_peace": "Peace vocabulary",
}  # fmt: skip
"""Names of measures as readers see them; others are shown as they are spelled, with spaces."""


# Ticks of a ratio's axis by the spread of what is shown, so that labels never touch (chosen by eye at 183 mm).
TICKS = {
    "near": (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0),
    "some": (0.25, 0.5, 1.0, 2.0, 4.0),
    "tens": (0.05, 0.2, 1.0, 5.0, 20.0),
    "hundreds": (0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0),
}


def label(measure: str) -> str:
    """A measure's name for readers.

    >>> label("hedging"), label("policy_frames_economic")
    ('Hedging', 'Policy frames economic')
    """
    return LABELS.get(measure, measure.replace("_", " ").capitalize())


def _need(table: pd.DataFrame, what: str) -> None:
    if not len(table):
        raise FigureError(f"There is nothing to draw: the table of {what} is empty.")


def plot_contrasts(contrasts: pd.DataFrame, *, width_mm: float = 183, style_name: str = "apa") -> Figure:
    """A forest plot of rate ratios with intervals, one panel for each measure and one row for each pair of outlets.

    A contrast without an interval (`status` descriptive) is drawn hollow. The number of articles stands in each row's label.
    """
    _need(contrasts, "contrasts")
    measures = list(dict.fromkeys(contrasts["measure"]))
    with style(style_name):
        rows = max(int((contrasts["measure"] == measure).sum()) for measure in measures)
        columns = 1 if width_mm <= 140 else 2 if len(measures) == 4 else min(len(measures), 3)
        lines = -(-len(measures) // columns)
        figure = new_figure(width_mm, lines * (20 + 5.2 * rows))
        panels = figure.subplots(lines, columns, squeeze=False, sharey=True)
        for axes, measure in zip(panels.flat, measures, strict=False):
            _forest(axes, contrasts[contrasts["measure"] == measure], measure)
        for axes in list(panels.flat)[len(measures) :]:
            axes.set_visible(False)
        figure.supxlabel("Rate ratio (95 % interval), logarithmic scale", fontsize="medium")
    strong = contrasts[(contrasts["conf_low"] > 1) | (contrasts["conf_high"] < 1)]
    alt = f"Forest plot of {len(contrasts)} rate ratios for {', '.join(label(m) for m in measures)}. " + (
        "Intervals that exclude 1: " + "; ".join(_in_words(row) for row in strong.itertuples()) + "."
        if len(strong)
        else "No interval excludes 1."
    )
    return attach(figure, contrasts, alt)


def _in_words(row) -> str:  # type: ignore[no-untyped-def] # a named tuple of pandas
    return f"{label(row.measure)}, {row.outlet} against {row.reference} {row.estimate:.2f}"


def _forest(axes: Axes, contrasts: pd.DataFrame, measure: str) -> None:
    positions = np.arange(len(contrasts))[::-1]
    axes.axvline(1, color="#888888", linewidth=0.6, linestyle=(0, (4, 3)), zorder=1)
    axes.set_xscale("log")
    left, right = _ratio_ticks(axes, contrasts)
    for position, row in zip(positions, contrasts.itertuples(), strict=True):
        tested = np.isfinite(row.conf_low)
        if tested:
            axes.plot(
                [max(row.conf_low, left), min(row.conf_high, right)],
                [position] * 2,
                color="black",
                solid_capstyle="butt",
                zorder=2,
            )
            if row.conf_high > right:  # the interval has no upper end: an arrow at the panel's edge
                axes.plot(right, position, marker=">", color="black", markersize=3.5, clip_on=False)
        if np.isfinite(row.estimate) and row.estimate > 0:
            face = "#0072B2" if tested else "white"
            axes.plot(row.estimate, position, marker="o", color="black", markerfacecolor=face, markeredgewidth=0.7, zorder=3)
        else:
            axes.text(1, position, "too few", ha="center", va="center", backgroundcolor="white", zorder=3)
    axes.set_yticks(
        positions, [f"{r.outlet} / {r.reference} (n = {r.n_articles}, {r.n_articles_reference})" for r in contrasts.itertuples()]
    )
    axes.set_ylim(-0.7, len(contrasts) - 0.3)
    axes.set_title(label(measure).replace(" (", "\n("))  # a narrow panel would cut a long title
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _ratio_ticks(axes: Axes, contrasts: pd.DataFrame) -> tuple[float, float]:
    """Ticks at plain ratios; gives the panel's ends."""
    values = contrasts[["estimate", "conf_low", "conf_high"]].to_numpy(float)
    values = values[np.isfinite(values) & (values > 0)]
    low, high = (min(values.min(), 0.8), max(values.max(), 1.25)) if len(values) else (0.5, 2.0)
    axes.set_xlim(low / 1.12, high * 1.12)
    spread = high / low
    ticks = (
        TICKS["hundreds"] if spread > 400 else TICKS["tens"] if spread > 20 else TICKS["some"] if spread > 3 else TICKS["near"]
    )
    inside = [tick for tick in ticks if low / 1.12 <= tick <= high * 1.12]
    axes.xaxis.set_major_locator(FixedLocator(inside))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([f"{tick:g}" for tick in inside])
    return low / 1.12, high * 1.12


def plot_voices(scores: pd.DataFrame, *, by: str = "outlet", width_mm: float = 183, style_name: str = "apa") -> Figure:
    """The share of words in the journalist's, reported and quoted voice, one bar for each outlet (or article: `by="article"`)."""
    _need(scores, "scores")
    voices = list(VOICE_COLOURS)
    sums = scores.groupby(by)[[f"n_words_{voice}" for voice in voices]].sum()
    shares = 100 * sums.div(sums.sum(axis=1), axis=0)
    shares.columns = pd.Index(voices)
    shares = shares.sort_values("journalist")
    n = scores.groupby(by).size()
    with style(style_name):
        figure = new_figure(width_mm, 20 + 8 * len(shares))
        axes = figure.subplots()
        left = np.zeros(len(shares))
        for voice in voices:
            width = shares[voice].to_numpy()
            axes.barh(
                range(len(shares)),
                width,
                left=left,
                color=VOICE_COLOURS[voice],
                hatch=VOICE_HATCHES[voice],
                edgecolor="white",
                height=0.72,
            )
            _write_shares(axes, left, width, voice)
            left = left + width
        _head_bars(figure, axes, voices)
        axes.set_yticks(range(len(shares)), [f"{name} (n = {n[name]})" if by == "outlet" else str(name) for name in shares.index])
        axes.set_xlabel("Share of words (%)")
        axes.set_xlim(0, 100)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
    table = shares.round(4).reset_index().assign(n_articles=n.reindex(shares.index).to_numpy())
    parts = "; ".join(f"{r[by]} {r['journalist']:.0f}, {r['reported']:.0f}, {r['quoted']:.0f}" for r in table.to_dict("records"))
    return attach(
        figure, table, f"Stacked bars of the share of words by voice in per cent (journalist, reported, quoted): {parts}."
    )


def _write_shares(axes: Axes, left: np.ndarray, width: np.ndarray, voice: str) -> None:
    for position, (start, size) in enumerate(zip(left, width, strict=True)):
        if size >= 7:
            box = {"facecolor": VOICE_COLOURS[voice], "edgecolor": "none", "pad": 1.2}
            colour = "black" if voice == "quoted" else "white"
            axes.text(start + size / 2, position, f"{size:.0f}", ha="center", va="center", color=colour, bbox=box)


def _head_bars(figure: Figure, axes: Axes, voices: Sequence[str]) -> None:
    """Names the voices above the bars, in their order."""
    handles = [Patch(facecolor=VOICE_COLOURS[v], hatch=VOICE_HATCHES[v], edgecolor="white", label=v) for v in voices]
    figure.legend(handles=handles, loc="outside upper right", ncols=len(voices), handlelength=1.6, columnspacing=1.4)
    axes.margins(y=0.02)


def plot_sources(scores: pd.DataFrame, *, by: str = "outlet", width_mm: float = 183, style_name: str = "apa") -> Figure:
    """The source mix: which kinds of sources each outlet gives a voice, as shares of its attributions in per cent.

    Input is the scores table; "unknown" are sources whose kind the article does not tell.
    """
    prefix = "attributions_source_type_"
    counts = scores.groupby(by)[[name for name in scores.columns if name.startswith(prefix)]].sum()
    counts = counts.rename(columns=lambda name: name.removeprefix(prefix)).rename(columns={"none": "unknown"})
    counts = counts.loc[counts.sum(axis=1) > 0, counts.sum() > 0]
    _need(counts, "attributions")
    shares = 100 * counts.div(counts.sum(axis=1), axis=0)
    order = shares.mean().sort_values(ascending=False, kind="stable").index
    shares = shares[[kind for kind in order if kind != "unknown"] + (["unknown"] if "unknown" in order else [])]
    with style(style_name):
        figure = new_figure(width_mm, 32 + 7 * len(shares))
        axes = figure.subplots()
        axes.imshow(shares.to_numpy(), cmap="cividis", vmin=0, vmax=max(40.0, float(shares.to_numpy().max())), aspect="auto")
        _write_cells(axes, shares)
        axes.set_xticks(
            range(shares.shape[1]),
            [kind.replace("_", " ") for kind in shares.columns],
            rotation=35,
            ha="right",
            rotation_mode="anchor",
        )
        axes.set_yticks(range(len(shares)), [f"{name} (n = {counts.loc[name].sum()})" for name in shares.index])
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.set_title("Share of attributions by type of source (%)")
    table = shares.round(4).reset_index().assign(n_attributions=counts.sum(axis=1).to_numpy())
    leading = "; ".join(f"{name}: {row.idxmax().replace('_', ' ')} {row.max():.0f}" for name, row in shares.iterrows())
    return attach(
        figure, table, f"Table-like map of source types by outlet in per cent of attributions. Most frequent: {leading}."
    )


def _write_cells(axes: Axes, shares: pd.DataFrame) -> None:
    top = max(40.0, float(shares.to_numpy().max()))
    for row in range(shares.shape[0]):
        for column in range(shares.shape[1]):
            value = float(shares.iloc[row, column])
            red, green, blue, _ = colormaps["cividis"](value / top)
            dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5
            axes.text(column, row, f"{value:.0f}", ha="center", va="center", color="white" if dark else "black")


def plot_rates(descriptions: pd.DataFrame, *, width_mm: float = 183, style_name: str = "apa") -> Figure:
    """Rates of each outlet with intervals, one panel for each measure; input is `describe_outlets`."""
    _need(descriptions, "descriptions")
    measures = list(dict.fromkeys(descriptions["measure"]))
    outlets = sorted(descriptions["outlet"].unique())
    with style(style_name):
        columns = min(len(measures), 3)
        lines = -(-len(measures) // columns)
        figure = new_figure(width_mm, lines * (20 + 6 * len(outlets)))
        panels = figure.subplots(lines, columns, squeeze=False, sharey=True)
        for axes, measure in zip(panels.flat, measures, strict=False):
            _rates(axes, descriptions[descriptions["measure"] == measure], outlets, measure)
        for axes in list(panels.flat)[len(measures) :]:
            axes.set_visible(False)
        figure.supxlabel("Rate per 1,000 words (95 % interval); shares in per cent", fontsize="medium")
    parts = "; ".join(f"{label(r.measure)}, {r.outlet} {r.rate:.1f}" for r in descriptions.itertuples())
    return attach(figure, descriptions, f"Dots with intervals, rates by outlet: {parts}.")


def _rates(axes: Axes, descriptions: pd.DataFrame, outlets: list[str], measure: str) -> None:
    for row in descriptions.itertuples():
        number = outlets.index(row.outlet)
        position = len(outlets) - 1 - number
        colour = OUTLET_COLOURS[number % len(OUTLET_COLOURS)]
        if np.isfinite(row.conf_low):
            axes.plot([row.conf_low, row.conf_high], [position, position], color=colour, solid_capstyle="butt")
        axes.plot(
            row.rate,
            position,
            marker=OUTLET_MARKERS[number % len(OUTLET_MARKERS)],
            color=colour,
            markeredgecolor="black",
            markeredgewidth=0.5,
        )
    axes.set_yticks(range(len(outlets)), outlets[::-1])
    axes.set_ylim(-0.6, len(outlets) - 0.4)
    axes.set_xlim(left=0)
    axes.set_title(label(measure))
    axes.tick_params(axis="y", length=0)
