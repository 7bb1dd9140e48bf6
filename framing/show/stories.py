"""Stories: when the corpus was published, and how two outlets tell the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from framing.compare.descriptions import describe_outlets
from framing.compare.quantities import Quantity, check_scores, choose_quantity
from framing.show.labels import label, name_width, need, span, unit, with_n, wrap
from framing.show.outlets import Look, outlet_looks
from framing.show.rows import GREY, draw_row, key, key_mm, rate_limits
from framing.show.saving import FigureError, attach, drawing

STEPS = {"day": "D", "month": "M", "year": "Y"}
"""Steps of a timeline and pandas' codes for them."""
MOST_STEPS = 130
"""With more steps than these the next longer one is chosen: 1 mm a bar."""
STORIES_MM, MOST_STORIES, MOST_NAMED = 190, 470, 30
"""Height for stories, how many lines of 0.4 mm fit in it, and how many stories have room for their names."""


def plot_timeline(
    articles: pd.DataFrame, *, step: str | None = None, outlets: Sequence[str] | None = None, width_mm: float = 183,
    style_name: str = "apa",
) -> Figure:  # fmt: skip
    """The corpus over time: articles of each outlet by day, month or year, one row for each outlet on one scale.

    Input is the articles or the scores table. `step` is the shortest that keeps bars 1 mm wide unless it is given. Articles
    without a date are counted in the caption and in the row's name.

    Raises FigureError where no article has a date, and for an unknown step.
    """
    need(articles, "articles", ("outlet", "date"))
    dates = pd.to_datetime(articles["date"].astype("string").str.slice(0, 10), format="ISO8601", errors="coerce")
    if dates.isna().all():
        raise FigureError("No article has a date (YYYY-MM-DD in the column 'date'); a timeline cannot be drawn.")
    chosen = _choose_step(dates, step)
    looks = outlet_looks(articles["outlet"], outlets)
    table = _count_steps(articles["outlet"], dates, chosen)
    sizes, dated = articles.groupby("outlet").size(), dates.notna().groupby(articles["outlet"]).sum()
    names = [with_n(one, span([sizes[one]]), letters=name_width(width_mm)) for one in looks]
    height = max(4.2, min(11.0, 190 / len(looks)), 3.7 * max(name.count("\n") + 1 for name in names))
    top = int(table["n_articles"].max())
    with drawing(width_mm, 12 + height * len(looks), style_name) as figure:
        grid = figure.subplots(len(looks), 1, squeeze=False, sharex=True, sharey=True)[:, 0]
        for axes, (outlet, look), name in zip(grid, looks.items(), names, strict=True):
            _draw_bars(axes, table[table["outlet"] == outlet], look, top, chosen)
            axes.set_ylabel(name, rotation=0, ha="right", va="center")
            axes.spines["bottom"].set_visible(axes is grid[-1])
            axes.tick_params(axis="x", length=2.5 if axes is grid[-1] else 0)
        locator = AutoDateLocator(maxticks=8)  # type: ignore[no-untyped-call] # matplotlib has no types here
        grid[-1].xaxis.set_major_locator(locator)
        grid[-1].xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
        figure.get_layout_engine().set(hspace=0.0, h_pad=0.01)  # type: ignore[union-attr,call-arg] # a constrained one
    undated = int(dates.isna().sum())
    none = [one for one in looks if dated[one] == 0]
    return attach(
        figure, table,
        title=f"Articles of each outlet by {chosen}",
        note=f"n = {len(articles):,} articles of {len(looks)} outlet(s); the tallest bar stands for {top} article(s)."
        + (f" Without a date and not shown: {undated:,}." if undated else "")
        + (f" Without any date: {', '.join(none)}." if none else ""),
        alt=f"Bars of articles by {chosen} from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}: "
        + "; ".join(f"{one} {sizes[one]}" for one in looks) + ".",
    )  # fmt: skip


def _choose_step(dates: pd.Series, step: str | None) -> str:
    if step is not None and step not in STEPS:
        raise FigureError(f"There is no step {step!r}; step= is one of {', '.join(STEPS)}.")
    days = (dates.max() - dates.min()).days
    return step or next((one for one, length in (("day", 1), ("month", 30.4)) if days / length <= MOST_STEPS), "year")


def _count_steps(outlets: pd.Series, dates: pd.Series, step: str) -> pd.DataFrame:
    period = dates.dt.to_period(STEPS[step]).dt.to_timestamp()
    counts = pd.DataFrame({"outlet": outlets, step: period}).dropna().value_counts().rename("n_articles").reset_index()
    return counts.sort_values(["outlet", step], ignore_index=True)


def _draw_bars(axes: Axes, table: pd.DataFrame, look: Look, top: int, step: str) -> None:
    days = {"day": 0.9, "month": 27.0, "year": 330.0}[step]
    axes.bar(table[step], table["n_articles"], width=days, align="edge", color=look.colour, edgecolor=look.colour, linewidth=0)
    axes.axhline(0, color=GREY, linewidth=0.5)
    axes.set_ylim(0, 1.15 * top)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def plot_pairs(
    scores: pd.DataFrame, measure: str, outlet: str, reference: str, *, strata: str = "story", voice: str = "journalist",
    outlets: Sequence[str] | None = None, width_mm: float = 140, style_name: str = "apa",
) -> Figure:  # fmt: skip
    """The same stories in two outlets: one line for each story, a dot for each outlet's rate, sorted by their difference.

    Only stories that both tell are shown; several articles of one outlet on one story are added up. Above stand the rates of
    both over these stories with 95 % intervals over articles. Below 31 stories each has its name.

    Raises ContrastError for unknown names, FigureError where the two share no story or more than 470.
    """
    quantity = choose_quantity(measure, voice)
    check_scores(scores, [quantity], strata, None, None, [outlet, reference])
    table, shared = _pair_stories(scores, quantity, outlet, reference, strata)
    if len(table) > MOST_STORIES:
        raise FigureError(f"{len(table)} shared stories do not fit on a page (at most {MOST_STORIES}); choose a part of them.")
    looks = outlet_looks([outlet, reference], outlets)
    looks = {outlet: looks[outlet], reference: replace(looks[reference], is_filled=False)}
    means = describe_outlets(shared, measure, voice=voice).set_index("outlet")
    step = min(5.0, STORIES_MM / len(table))
    size = max(1.2, min(4.0, 2.2 * step))
    with drawing(width_mm, 28 + key_mm(looks, width_mm) + step * len(table), style_name) as figure:
        head, axes = figure.subplots(2, 1, sharex=True, height_ratios=[12, max(step * len(table), 5)])
        rate_limits(axes, table, ("rate", "rate_reference"))
        reach = np.nanmax([axes.get_xlim()[1], 1.05 * means["conf_high"].max()])
        axes.set_xlim(-0.02 * reach, reach)
        for place, one in enumerate((reference, outlet)):
            row = means.loc[one]
            draw_row(head, place, row["rate"], row["conf_low"], row["conf_high"], looks[one])
        head.set_yticks((0, 1), ["", f"all {len(table)} together"])
        head.set_ylim(-0.7, 1.7)
        places = np.arange(len(table))[::-1]
        axes.hlines(places, table["rate_reference"], table["rate"], color=GREY, linewidth=0.6, zorder=1)
        for one, column in ((reference, "rate_reference"), (outlet, "rate")):
            face, edge = (looks[one].colour, "black") if looks[one].is_filled else ("white", looks[one].colour)
            axes.plot(
                table[column], places, linestyle="none", marker=looks[one].marker, markersize=size, markerfacecolor=face,
                markeredgecolor=edge, markeredgewidth=0.6 if size > 2 else 0.5, clip_on=False, zorder=2,
            )  # fmt: skip
        named = len(table) <= MOST_NAMED
        axes.set_yticks(places if named else [], [wrap(name, name_width(width_mm), 1) for name in table[strata]] if named else [])
        axes.set_ylim(-0.7, len(table) - 0.3)
        for one in (head, axes):
            one.tick_params(axis="y", length=0)
            one.spines["left"].set_visible(False)
        head.spines["bottom"].set_visible(False)
        head.tick_params(axis="x", length=0, labelbottom=False)
        axes.set_xlabel(f"{label(measure)}, {unit(measure)}")
        key(figure, looks, width_mm)
    higher = int((table["rate"] > table["rate_reference"]).sum())
    lower = int((table["rate"] < table["rate_reference"]).sum())
    return attach(
        figure, table,
        title=f"{label(measure)} in the same stories: {outlet} and {reference}",
        note=f"One line for each story (n = {len(table)} stories, {len(shared)} articles): {outlet} is higher in {higher}, lower "
        f"in {lower}. Above, both rates over all these stories with 95 % intervals over articles.",
        alt=f"Pairs of dots, {len(table)} stories told by {outlet} and {reference}: {label(measure).lower()} {unit(measure)} is "
        f"higher in {outlet} in {higher} stories and lower in {lower}; together {means.loc[outlet, 'rate']:.1f} against "
        f"{means.loc[reference, 'rate']:.1f}.",
    )  # fmt: skip


def _pair_stories(
    scores: pd.DataFrame, quantity: Quantity, outlet: str, reference: str, strata: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row for each shared story, sorted by the difference, and the articles that tell them."""
    here = scores[scores["outlet"].isin((outlet, reference)) & (scores[quantity.exposure] > 0)]
    here = here[here[strata].notna() & (here[strata].astype(str) != "")]
    here = here[here.groupby(strata)["outlet"].transform("nunique") == 2]
    if not len(here):
        raise FigureError(f"{outlet!r} and {reference!r} share no {strata} with words to count over; choose other outlets.")
    sums = here.groupby([strata, "outlet"])[[quantity.count, quantity.exposure]].sum()
    rates = quantity.per * sums[quantity.count] / sums[quantity.exposure]
    sides = [rates.xs(one, level="outlet") for one in (outlet, reference)]
    table = pd.concat(sides, axis=1, keys=["rate", "rate_reference"]).reset_index()
    table = table.assign(difference=table["rate"] - table["rate_reference"])
    return table.sort_values("difference", ascending=False, kind="stable", ignore_index=True), here
