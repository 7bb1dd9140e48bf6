"""Figures: the plotted numbers are the table's, sizes are exact, files are the same every time, hard cases still read."""

from __future__ import annotations

import re
import struct
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text as Label

import framing as fr
from framing.show.saving import MM_PER_INCH, WIDTHS_MM, FigureError, attach, new_figure, plotted, save_figure, style
from tests.conftest import ROOT

MEASURES = ["hedging", "attributions"]
CELLS = pd.read_csv(ROOT / "benchmarks" / "results" / "calibration.csv")


@pytest.fixture(scope="module")
def contrasts(scores):
    return fr.compare_outlets(scores, MEASURES, strata="story")


@pytest.fixture(scope="module")
def drawings(annotated, scores, contrasts):
    def draw(style_name: str) -> dict[str, Figure]:
        return {
            "article": fr.plot_article(annotated, "guarantees-courier", style_name=style_name),
            "contrasts": fr.figures.plot_contrasts(contrasts, style_name=style_name),
            "voices": fr.figures.plot_voices(scores, style_name=style_name),
            "sources": fr.figures.plot_sources(scores, style_name=style_name),
            "rates": fr.figures.plot_rates(fr.describe_outlets(scores, MEASURES), style_name=style_name),
            "calibration": fr.figures.plot_calibration(CELLS, style_name=style_name),
            "specifications": fr.figures.plot_specifications(
                fr.multiverse(scores, "attributions", "Daily Lantern", "Caldria Public Radio"), style_name=style_name
            ),
        }

    return draw


@pytest.mark.parametrize(("style_name", "smallest"), [("apa", 8), ("compact", 7)])
def test_every_figure_has_a_column_width_readable_text_and_an_alternative_text(drawings, style_name, smallest):
    for name, figure in drawings(style_name).items():
        width = figure.get_figwidth() * MM_PER_INCH
        assert min(abs(width - allowed) for allowed in WIDTHS_MM) < 0.01, name
        sizes = [text.get_fontsize() for text in figure.findobj(Label) if text.get_text().strip() and text.get_visible()]
        assert min(sizes) >= smallest, name
        assert len(plotted(figure).alt) > 40, name


def test_the_saved_files_are_the_same_bytes_when_drawn_again(drawings, tmp_path):
    for folder in ("one", "two"):
        for name, figure in drawings("apa").items():
            save_figure(figure, name, tmp_path / folder)
    first = sorted((tmp_path / "one").iterdir())
    assert {path.suffix for path in first} == {".pdf", ".svg", ".png", ".csv"}
    for path in first:
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_files_are_dateless_embed_truetype_and_have_the_exact_width(drawings, tmp_path):
    for name, figure in drawings("apa").items():
        pdf, svg, png, _ = save_figure(figure, name, tmp_path)
        assert b"/CreationDate" not in pdf.read_bytes()
        assert b"/Type3" not in pdf.read_bytes()
        assert b"/FontFile2" in pdf.read_bytes(), name
        assert "<dc:description>" in svg.read_text(encoding="utf-8")
        width_px = struct.unpack(">I", png.read_bytes()[16:20])[0]
        assert abs(width_px - figure.get_figwidth() * 300) <= 1


def test_the_plotted_numbers_are_what_is_drawn(contrasts, scores, tmp_path):
    figure = fr.figures.plot_contrasts(contrasts)
    drawn = [line.get_xdata()[0] for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    expected = contrasts["estimate"][np.isfinite(contrasts["estimate"]) & (contrasts["estimate"] > 0)]
    assert sorted(drawn) == pytest.approx(sorted(expected))
    csv = pd.read_csv(save_figure(figure, "contrasts", tmp_path)[3])
    assert csv["estimate"].to_numpy() == pytest.approx(contrasts["estimate"].to_numpy(), rel=1e-5, nan_ok=True)
    voices = fr.figures.plot_voices(scores)
    widths = sorted(bar.get_width() for bar in voices.axes[0].patches if bar.get_width() > 0)
    table = plotted(voices).table[["journalist", "reported", "quoted"]].to_numpy().ravel()
    assert widths == pytest.approx(sorted(table), abs=1e-3)


def test_a_contrast_without_interval_is_hollow_and_one_without_ratio_says_so(contrasts):
    figure = fr.figures.plot_contrasts(contrasts)
    hollow = [
        line for axes in figure.axes for line in axes.lines if line.get_marker() == "o" and line.get_markerfacecolor() == "white"
    ]
    untested = contrasts["conf_low"].isna() & np.isfinite(contrasts["estimate"]) & (contrasts["estimate"] > 0)
    assert len(hollow) == untested.sum() > 0


def hard_scores(outlets: list[str]) -> pd.DataFrame:
    rows = [
        (f"{outlet}{story}", outlet, story, 400, 300, 60, 40, 5 + number % 3, 4, 6, 4)
        for number, outlet in enumerate(outlets)
        for story in "abcdefgh"
    ]
    columns = (
        "article outlet story n_words n_words_journalist n_words_quoted n_words_reported hedging hedging_journalist "
        "n_attributions attributions_source_type_official"
    )
    return pd.DataFrame(rows, columns=columns.split())


@pytest.mark.parametrize(
    "outlets",
    [
        ["A very long name of an outlet that goes on and on for sixty chars", "B"],
        ["صحيفة النهار", "B"],
        [f"Outlet {n}" for n in range(40)],
        ["<script>", "$x_1$ & co"],
    ],
    ids=["long", "arabic", "forty", "markup"],
)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_hard_outlet_names_and_many_outlets_still_make_a_figure(outlets, tmp_path):
    scores = hard_scores(outlets)
    found = fr.compare_outlets(scores, ["hedging"], strata="story", reference=outlets[0], n_resamples=99)
    for name, figure in {
        "contrasts": fr.figures.plot_contrasts(found),
        "voices": fr.figures.plot_voices(scores),
        "sources": fr.figures.plot_sources(scores),
        "rates": fr.figures.plot_rates(fr.describe_outlets(scores, ["hedging"])),
    }.items():
        assert save_figure(figure, name, tmp_path)[0].stat().st_size > 1000


def test_what_cannot_be_drawn_is_refused_with_a_sentence(annotated, scores, contrasts, tmp_path):
    with pytest.raises(FigureError, match="no article 'nowhere'"):
        fr.plot_article(annotated, "nowhere")
    with pytest.raises(FigureError, match="contrasts is empty"):
        fr.figures.plot_contrasts(contrasts.head(0))
    with pytest.raises(FigureError, match="no style 'loud'"), style("loud"):
        pass
    with pytest.raises(FigureError, match="no alternative text"):
        save_figure(Figure(), "bare", tmp_path)
    with pytest.raises(FigureError, match="no alternative text"):
        plotted(attach(new_figure(89, 40), scores, " "))


def test_an_article_without_any_mark_is_still_shown():
    annotated = fr.annotate(fr.read_articles(pd.DataFrame({"article": ["a"], "text": ["Snow fell."]})), progress=False)
    assert "marks shown: none" in plotted(fr.plot_article(annotated, "a")).alt


def test_neighbouring_colours_differ_in_grey_or_carry_a_second_cue():
    from framing.show.figures import OUTLET_COLOURS, OUTLET_MARKERS, VOICE_COLOURS

    def grey(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 100 * (0.2126 * red + 0.7152 * green + 0.0722 * blue)

    shades = [grey(colour) for colour in VOICE_COLOURS.values()]
    assert all(abs(a - b) >= 10 for a, b in pairwise(shades))
    assert len(set(OUTLET_MARKERS)) == len(OUTLET_COLOURS) == len(set(OUTLET_COLOURS))


def test_alternative_texts_hold_no_markup(drawings):
    for figure in drawings("apa").values():
        assert not re.search(r"[<>{}]", plotted(figure).alt)
