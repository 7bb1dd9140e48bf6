"""Forest plots: ratios and rates with their intervals, one panel for each measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing.show.labels import label, listed, name_width, need, span, unit, with_n, wrap
from framing.show.outlets import PLAIN, Look, outlet_looks
from framing.show.rows import (
    AXIS_MM,
    TITLE_MM,
    choose_columns,
    draw_row,
    foot,
    foot_mm,
    make_panels,
    name_rows,
    names_mm,
    rate_limits,
    ratio_limits,
    row_mm,
    wrap_titles,
)
from framing.show.saving import FigureError, attach, drawing

NEEDED = ("measure", "outlet", "reference", "estimate", "conf_low", "conf_high", "n_articles", "n_articles_reference")


def plot_contrasts(
    contrasts: pd.DataFrame, *, outlets: Sequence[str] | None = None, width_mm: float = 183, style_name: str = "apa"
) -> Figure:
    """A forest plot of rate ratios with intervals: a panel for each measure, a row for each pair of outlets.

    Input is `compare_outlets`. All panels have one logarithmic scale. A contrast without an interval (`status` descriptive) is
    drawn hollow. `outlets` is the study's list, which gives every outlet its colour and marker.

    Raises FigureError for an empty table, and for more rows than a page holds.
    """
    need(contrasts, "contrasts", NEEDED)
    measures = list(dict.fromkeys(contrasts["measure"]))
    looks = outlet_looks([*contrasts["outlet"], *contrasts["reference"]], outlets)
    pairs = list(dict.fromkeys(zip(contrasts["outlet"], contrasts["reference"], strict=True)))
    names = _name_pairs(contrasts, pairs, name_width(width_mm))
    columns = choose_columns(width_mm, names, len(measures))
    titles = wrap_titles([label(measure) for measure in measures], width_mm, names, columns)
    lines = -(-len(measures) // columns)
    head = TITLE_MM * max(title.count("\n") + 1 for title in titles)
    against = f" to {contrasts['reference'].iloc[0]}" if len(set(contrasts["reference"])) == 1 else ""
    below = f"Rate ratio{against} (95 % interval), logarithmic scale"
    with drawing(
        width_mm, foot_mm(below, width_mm) + lines * (head + AXIS_MM + row_mm(names) * len(names)), style_name
    ) as figure:
        for axes, measure in zip(make_panels(figure, titles, columns), measures, strict=True):
            ratio_limits(axes, contrasts, (width_mm - names_mm(names)) / columns - 4)
            name_rows(axes, names)
            _draw_pairs(axes, contrasts[contrasts["measure"] == measure], pairs, looks)
        foot(figure, below, width_mm)
    return attach(
        figure, contrasts,
        title=f"Rate ratios of {', '.join(label(m).lower() for m in measures)} between outlets",
        note=_note(contrasts), alt=_alternative(contrasts, measures),
    )  # fmt: skip


def _name_pairs(contrasts: pd.DataFrame, pairs: list[tuple[str, str]], letters: int) -> list[str]:
    """Names with the number of articles on both sides; the reference is named where there are several."""
    several = len(set(contrasts["reference"])) > 1
    sizes = contrasts.groupby(["outlet", "reference"])[["n_articles", "n_articles_reference"]].agg(span)
    return [with_n(f"{pair[0]} / {pair[1]}" if several else pair[0], *sizes.loc[pair], letters=letters) for pair in pairs]


def _draw_pairs(axes: Axes, contrasts: pd.DataFrame, pairs: list[tuple[str, str]], looks: dict[str, Look]) -> None:
    for row in contrasts.itertuples():
        position = len(pairs) - 1 - pairs.index((row.outlet, row.reference))
        draw_row(axes, position, row.estimate, row.conf_low, row.conf_high, looks[row.outlet])
        if not (np.isfinite(row.estimate) and row.estimate > 0):
            axes.text(1, position, "too few", ha="center", va="center", backgroundcolor="white", zorder=3)


def _note(contrasts: pd.DataFrame) -> str:
    n = f"n = {span([*contrasts['n_articles'], *contrasts['n_articles_reference']])} articles a side"
    hollow = int(contrasts["conf_low"].isna().sum())
    return (
        f"Dots are ratios, lines 95 % intervals; in brackets the articles of the outlet and of the reference ({n})."
        + (f" Hollow: {hollow} contrast(s) too small to be tested." if hollow else "")
    )  # fmt: skip


def _alternative(contrasts: pd.DataFrame, measures: Sequence[str]) -> str:
    strong = contrasts[(contrasts["conf_low"] > 1) | (contrasts["conf_high"] < 1)]
    parts = [f"{label(r.measure)}, {r.outlet} against {r.reference} {r.estimate:.2f}" for r in strong.itertuples()]
    found = f"Intervals that exclude 1: {listed(parts)}." if parts else "No interval excludes 1."
    return f"Forest plot of {len(contrasts)} rate ratios for {listed([label(m) for m in measures])}. {found}"


def plot_rates(
    descriptions: pd.DataFrame, *, outlets: Sequence[str] | None = None, width_mm: float = 183, style_name: str = "apa"
) -> Figure:
    """Rates of each outlet with intervals, one panel for each measure; input is `describe_outlets`."""
    need(descriptions, "descriptions", ("measure", "outlet", "rate", "conf_low", "conf_high", "n_articles"))
    measures = list(dict.fromkeys(descriptions["measure"]))
    looks = outlet_looks(descriptions["outlet"], outlets)
    sizes = descriptions.groupby("outlet")["n_articles"].agg(span)
    names = [with_n(outlet, sizes[outlet], letters=name_width(width_mm)) for outlet in looks]
    columns = choose_columns(width_mm, names, len(measures))
    titles = wrap_titles([label(measure) for measure in measures], width_mm, names, columns)
    lines = -(-len(measures) // columns)
    head = TITLE_MM * max(title.count("\n") + 1 for title in titles) + 4
    with drawing(width_mm, lines * (head + AXIS_MM + row_mm(names) * len(names)), style_name) as figure:
        for axes, measure in zip(make_panels(figure, titles, columns), measures, strict=True):
            here = descriptions[descriptions["measure"] == measure]
            rate_limits(axes, here, ("rate", "conf_high"))
            name_rows(axes, names)
            for row in here.itertuples():
                place = len(looks) - 1 - list(looks).index(row.outlet)
                draw_row(axes, place, row.rate, row.conf_low, row.conf_high, looks[row.outlet])
            axes.set_xlabel(unit(measure).capitalize())
    parts = [f"{label(r.measure)}, {r.outlet} {r.rate:.1f}" for r in descriptions.itertuples()]
    return attach(
        figure, descriptions,
        title=f"Rates of {', '.join(label(m).lower() for m in measures)} by outlet",
        note=f"Dots are rates, lines 95 % intervals over articles (n = {span(descriptions['n_articles'])} articles an outlet). "
        "Hollow: too few articles or occurrences for an interval.",
        alt=f"Dots with intervals, rates by outlet: {listed(parts, 30)}.",
    )  # fmt: skip


def plot_specifications(contrasts: pd.DataFrame, *, width_mm: float = 140, style_name: str = "apa") -> Figure:
    """The specification curve of one contrast: its ratio and interval under each choice, sorted; input is `multiverse`."""
    need(contrasts, "specifications", ("specification", *NEEDED))
    if len(contrasts[["measure", "outlet", "reference"]].drop_duplicates()) > 1:
        raise FigureError("The specifications are of several contrasts; give those of one measure and one pair of outlets.")
    table = contrasts.sort_values("estimate", ascending=False, kind="stable", ignore_index=True)
    names = [wrap(name, min(40, int(width_mm / 3.5))) for name in table["specification"]]
    first = table.iloc[0]
    below = f"Rate ratio, {first['outlet']} to {first['reference']} (95 % interval), logarithmic scale"
    with drawing(width_mm, 9 + foot_mm(below, width_mm) + 1.2 * row_mm(names) * len(names), style_name) as figure:
        axes = figure.subplots()
        ratio_limits(axes, table, width_mm - names_mm(names))
        name_rows(axes, names)
        for place, row in enumerate(table.itertuples()):
            draw_row(axes, len(table) - 1 - place, row.estimate, row.conf_low, row.conf_high, PLAIN)
        foot(figure, below, width_mm)
    low, high = table["estimate"].min(), table["estimate"].max()
    held = int((table["p_adjusted"] < 0.05).sum())
    what = f"{label(first['measure'])}, {first['outlet']} against {first['reference']}"
    return attach(
        figure, table,
        title=f"Specification curve: {what}",
        note=f"The ratio with its 95 % interval under each of {len(table)} choices "
        f"(n = {span([*table['n_articles'], *table['n_articles_reference']])} articles a side).",
        alt=f"{what}: ratios under {len(table)} specifications, from {low:.2f} to {high:.2f}; "
        f"{held} of them with a joint p below .05.",
    )  # fmt: skip
