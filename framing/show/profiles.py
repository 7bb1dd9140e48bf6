"""Profiles: small panels side by side, each with the same rows, against what all have together."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing.show.labels import dimension, listed, name_width, need, span, unit, with_n, wrap
from framing.show.outlets import PLAIN, outlet_looks
from framing.show.rows import (
    AXIS_MM,
    GREY,
    TITLE_MM,
    choose_columns,
    draw_row,
    foot,
    log_limits,
    make_panels,
    name_rows,
    rate_limits,
    row_mm,
    wrap_titles,
)
from framing.show.saving import FigureError, attach, drawing

MOST_OUTLETS = 10
"""Outlets in one profile (chosen: two lines of panels)."""
SMALLEST_SHARE = 1.0
"""A stance with a smaller share of all attributions, in per cent, has no panel (chosen); the note names it."""
MOST_STANCES = 8
"""Stances with a panel (chosen: two lines of them); the note names the others."""


def plot_frames(
    descriptions: pd.DataFrame, *, outlets: Sequence[str] | None = None, width_mm: float = 183, style_name: str = "apa"
) -> Figure:
    """The frame vocabulary profile: a panel for each outlet, a row for each dimension, its rate with interval.

    Input is `describe_outlets` of the dimensions, such as `policy_frames_economic`. The grey line in each row is the rate of all
    outlets together.

    Raises FigureError for more than 10 outlets and for measures with different units.
    """
    need(descriptions, "descriptions", ("measure", "outlet", "rate", "count", "n_words", "conf_low", "conf_high", "n_articles"))
    looks = outlet_looks(descriptions["outlet"], outlets)
    if len(looks) > MOST_OUTLETS:
        raise FigureError(f"The table has {len(looks)} outlets and a profile shows at most {MOST_OUTLETS}; choose some of them.")
    if len({unit(measure) for measure in descriptions["measure"]}) > 1:
        raise FigureError("The measures have different units; give dimensions of one vocabulary to one profile.")
    sums = descriptions.groupby("measure")[["count", "n_words"]].sum()
    per = 1000 if unit(sums.index[0]) == "per 1,000 words" else 100
    together = (per * sums["count"] / sums["n_words"]).sort_values(ascending=False, kind="stable")
    names = [wrap(dimension(measure), 24) for measure in together.index]
    sizes = descriptions.groupby("outlet")["n_articles"].agg(span)
    columns = choose_columns(width_mm, names, len(looks), 24)
    titles = [
        f"{title}\n(n = {sizes[one]})" for one, title in zip(looks, wrap_titles([*looks], width_mm, names, columns), strict=True)
    ]
    with drawing(width_mm, _height(titles, columns, names, 11), style_name) as figure:
        for axes, outlet in zip(make_panels(figure, titles, columns), looks, strict=True):
            log_limits(axes, descriptions, ("rate", "conf_low", "conf_high"))
            name_rows(axes, names)
            here = descriptions[descriptions["outlet"] == outlet].set_index("measure")
            for place, measure in enumerate(together.index[::-1]):
                _mark_together(axes, place, together[measure])
                if measure in here.index:
                    row = here.loc[measure]
                    draw_row(axes, place, row["rate"], row["conf_low"], row["conf_high"], looks[outlet])
        foot(figure, f"Rate {unit(sums.index[0])} (95 % interval), logarithmic scale", width_mm)
    first = descriptions.loc[descriptions.groupby("outlet")["rate"].idxmax()]
    parts = [f"{r.outlet}: {dimension(r.measure).lower()} {r.rate:.1f}" for r in first.itertuples()]
    return attach(
        figure, descriptions,
        title="Frame vocabulary by outlet",
        note=f"Dots are rates {unit(sums.index[0])}, lines 95 % intervals over articles, grey lines all outlets together "
        f"(n = {span(descriptions['n_articles'])} articles an outlet). It is vocabulary: articles were not coded for frames.",
        alt=f"Dots with intervals, {len(names)} dimensions in {len(looks)} outlets. Highest: {listed(parts)}.",
    )  # fmt: skip


def plot_stances(
    shares: pd.DataFrame, *, outlets: Sequence[str] | None = None, width_mm: float = 183, style_name: str = "apa"
) -> Figure:
    """Which verbs introduce whose words: a panel for each stance, a row for each side that is quoted.

    Input is `describe_shares(attributions, of="stance", by="source_type")`, or by outlet. The grey line is the share in all
    attributions together. The eight most frequent stances of 1 % or more have a panel; the caption names the others and the
    numbers keep them.
    """
    need(shares, "shares", ("stance", "count", "share", "conf_low", "conf_high", "n_attributions"))
    by = str(shares.columns[0])
    sizes = shares.groupby(by)["n_attributions"].first().sort_values(ascending=False, kind="stable")
    together = (100 * shares.groupby("stance")["count"].sum() / sizes.sum()).sort_values(ascending=False, kind="stable")
    shown = [*together[together >= SMALLEST_SHARE].index[:MOST_STANCES]]
    left_out = [one for one in together.index if one not in shown]
    if by == "outlet":
        looks = outlet_looks(sizes.index, outlets)
    else:
        looks = dict.fromkeys((one for one in sizes.index if one != "none"), PLAIN) | ({"none": PLAIN} if "none" in sizes else {})
    names = [
        with_n("unknown" if one == "none" else one.replace("_", " "), span([sizes[one]]), width=20, letters=name_width(width_mm))
        for one in looks
    ]
    columns = choose_columns(width_mm, names, len(shown), 28)
    titles = wrap_titles([one.capitalize() for one in shown], width_mm, names, columns)
    with drawing(width_mm, _height(titles, columns, names, 11), style_name) as figure:
        for axes, stance in zip(make_panels(figure, titles, columns), shown, strict=True):
            here = shares[shares["stance"] == stance].set_index(by)
            rate_limits(axes, here, ("share", "conf_high"))
            name_rows(axes, names)
            for place, one in enumerate([*looks][::-1]):
                _mark_together(axes, place, together[stance])
                row = here.loc[one]
                draw_row(axes, place, row["share"], row["conf_low"], row["conf_high"], looks[one])
        foot(figure, "Share of the row's attributions (%, 95 % interval)", width_mm)
    neutral = shares[shares["stance"] == shown[0]].sort_values("share", kind="stable")
    lowest, highest = neutral.iloc[0], neutral.iloc[-1]
    return attach(
        figure, shares,
        title=f"Stance of the verbs that introduce sources, by {by.replace('_', ' ')}",
        note=f"Dots are shares, lines 95 % intervals over articles, grey lines all together (n = {sizes.sum():,} attributions). "
        "Hollow: too few for an interval."
        + (f" Rarer stances, without a panel: {', '.join(left_out)}." if left_out else ""),
        alt=f"Dots with intervals: shares of {len(shown)} stances by {by.replace('_', ' ')}. {shown[0].capitalize()} verbs from "
        f"{lowest['share']:.0f} per cent ({lowest[by]}) to {highest['share']:.0f} per cent ({highest[by]}).",
    )  # fmt: skip


def _height(titles: Sequence[str], columns: int, names: Sequence[str], foot: float) -> float:
    lines = -(-len(titles) // columns)
    return foot + lines * (TITLE_MM * max(t.count("\n") + 1 for t in titles) + AXIS_MM + row_mm(names) * len(names))


def _mark_together(axes: Axes, place: float, value: float) -> None:
    axes.plot([value] * 2, [place - 0.36, place + 0.36], color=GREY, linewidth=1.0, solid_capstyle="butt", zorder=1)
