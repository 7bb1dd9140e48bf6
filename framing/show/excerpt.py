"""The marked article as a figure: whose words they are, who is given as saying them, and what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextToPath

from framing.measure.scores import Annotated, article_voices
from framing.show.saving import MM_PER_INCH, FigureError, attach, drawing, style

# Light tints for voices (text on them stays above 7:1; ten steps of lightness apart) and line styles for marks, so that grey
# print tells them apart.
TINTS = {"quoted": "#F5E3B3", "reported": "#B3C8E2"}
UNDERLINES = {"hedging": ("#BB5566", "-"), "loaded": ("#000000", ":"), "boosters": ("#004488", "--")}
LINE_HEIGHT = 1.75
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class _Run:
    """A word as it is drawn."""

    text: str
    start: int
    voice: str
    role: str
    measure: str


def plot_article(
    annotated: Annotated, article: str, *, n_words: int = 130, width_mm: float = 183, style_name: str = "apa"
) -> Figure:
    """The beginning of an article with its marks: voices tinted, sources in bold, cues in italics, hedges and loaded words
    underlined.

    Raises FigureError for an unknown article.
    """
    rows = annotated.articles[annotated.articles["article"] == article]
    if not len(rows):
        raise FigureError(f"There is no article {article!r}; see .articles['article'].")
    text = str(rows["text"].iloc[0])
    runs = _runs(annotated, article, text, n_words)
    with style(style_name):
        width = width_mm / MM_PER_INCH * POINTS_PER_INCH
        size = float(rcParams["font.size"])
        placed = list(_place(runs, width - 8, size))
    lines = max((line for line, _, _, _ in placed), default=0) + 1
    height = (lines + 2.2) * size * LINE_HEIGHT
    with drawing(width_mm, height / POINTS_PER_INCH * MM_PER_INCH, style_name) as figure:
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.axis("off")
        _draw(axes, placed, size)
        _key(axes, (lines + 1.4) * size * LINE_HEIGHT, size)
    shown = annotated.marks[(annotated.marks["article"] == article) & annotated.marks["measure"].isin(UNDERLINES)]
    shown = shown[shown["end"] <= (runs[-1].start + len(runs[-1].text) if runs else 0)]
    counted = "; ".join(f"{measure} {count}" for measure, count in shown["measure"].value_counts().sort_index().items()) or "none"
    who = annotated.attributions[annotated.attributions["article"] == article]
    n = sum(run.text not in ("\n", "…") for run in runs)
    return attach(
        figure, shown.drop(columns=["weight"], errors="ignore"),
        title=f"The article {article} with its marks",
        note=f"The first {n} words (n = 1 article, {len(who)} attributions in all of it). Shaded: quoted and reported words; "
        "bold: sources; italic: cues; underlined: hedges, loaded words and boosters.",
        alt=f"The first {n} words of the article {article}, which has {len(who)} attributions; marks shown: {counted}.",
    )  # fmt: skip


def _runs(annotated: Annotated, article: str, text: str, n_words: int) -> list[_Run]:
    marks = annotated.marks[(annotated.marks["article"] == article) & annotated.marks["measure"].isin(UNDERLINES)]
    who = annotated.attributions[
        (annotated.attributions["article"] == article) & (annotated.attributions["scope"] == "reported_speech")
    ]
    excluded = annotated.excluded[annotated.excluded["article"] == article]
    voices = article_voices(annotated, article)
    runs = []
    for found in re.finditer(r"\S+|\n\s*", text):
        start = found.start()
        if any(a <= start < b for a, b in zip(excluded["start"], excluded["end"], strict=True)):
            continue
        word = found.group() if found.group().strip() else "\n"
        inside = [m for m in marks.itertuples() if m.start < found.end() and m.end > start]
        runs.append(_Run(word, start, voices.at(start)[0], _role(who, start), inside[0].measure if inside else ""))
        if sum(run.text != "\n" for run in runs) >= n_words:
            runs.append(_Run("…", found.end(), "journalist", "", ""))
            break
    while runs and runs[-1].text == "\n":
        runs.pop()
    return runs


def _role(who: pd.DataFrame, offset: int) -> str:
    for row in who.itertuples():
        if row.cue_start <= offset < row.cue_end:
            return "cue"
        if row.source_start <= offset < row.source_end:
            return "source"
    return ""


def _place(runs: list[_Run], width: float, size: float) -> Iterator[tuple[int, float, float, _Run]]:
    """(line, x, width in points, run) for every word, broken into lines."""
    line, x = 0, 0.0
    space = _width(" a", size, "") - _width("a", size, "")
    for run in runs:
        if run.text == "\n":
            line, x = line + 1, 0.0
            continue
        wide = _width(run.text, size, run.role)
        if x + wide > width:
            line, x = line + 1, 0.0
        yield line, x + 4, wide, run
        x += wide + space


def _width(text: str, size: float, role: str) -> float:
    return float(TextToPath().get_text_width_height_descent(text, _font(size, role), ismath=False)[0])


def _font(size: float, role: str) -> FontProperties:
    return FontProperties(
        family="DejaVu Sans",
        size=size,
        weight="bold" if role == "source" else "normal",
        style="italic" if role == "cue" else "normal",
    )


def _draw(axes: Axes, placed: list[tuple[int, float, float, _Run]], size: float) -> None:
    step = size * LINE_HEIGHT
    for number, (line, x, wide, run) in enumerate(placed):
        base = (line + 1) * step
        if run.voice in TINTS:
            following = placed[number + 1] if number + 1 < len(placed) else None
            joined = following is not None and following[0] == line and following[3].voice == run.voice
            reach = following[1] - x if joined and following is not None else wide
            axes.add_patch(
                Rectangle((x - 0.5, base - size), reach + 1, size * 1.35, color=TINTS[run.voice], linewidth=0, zorder=1)
            )
        if run.measure:
            colour, dashes = UNDERLINES[run.measure]
            axes.plot(
                [x, x + wide],
                [base + size * 0.3] * 2,
                color=colour,
                linestyle=dashes,
                linewidth=1.2,
                solid_capstyle="butt",
                zorder=3,
            )
        axes.text(x, base, run.text, fontproperties=_font(size, run.role), va="baseline", ha="left", zorder=2)


def _key(axes: Axes, base: float, size: float) -> None:
    """The key in the last line, drawn like the text."""
    x = 4.0
    pieces = [
        ("quoted", "quoted", "", ""),
        ("reported", "reported", "", ""),
        ("source", "", "source", ""),
        ("cue", "", "cue", ""),
    ]
    pieces += [(measure, "", "", measure) for measure in UNDERLINES]
    for text, voice, role, measure in pieces:
        wide = _width(text, size, role)
        _draw_key(axes, x, base, wide, size, _Run(text, 0, voice, role, measure))
        x += wide + 12
    axes.plot([4, x], [base - size * 1.6] * 2, color="#888888", linewidth=0.5)


def _draw_key(axes: Axes, x: float, base: float, wide: float, size: float, run: _Run) -> None:
    if run.voice in TINTS:
        axes.add_patch(Rectangle((x - 1, base - size), wide + 2, size * 1.35, color=TINTS[run.voice], linewidth=0, zorder=1))
    if run.measure:
        colour, dashes = UNDERLINES[run.measure]
        axes.plot(
            [x, x + wide], [base + size * 0.3] * 2, color=colour, linestyle=dashes, linewidth=1.2, solid_capstyle="butt", zorder=3
        )
    axes.text(x, base, run.text, fontproperties=_font(size, run.role), va="baseline", ha="left", zorder=2)
