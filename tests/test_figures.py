"""Figures: the files are audited as a journal would, the plotted numbers are the table's, hard cases still read."""

from __future__ import annotations

import re
import struct
import sys
import zlib
from collections.abc import Callable
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import colormaps
from matplotlib.figure import Figure
from matplotlib.text import Text as Label

import framing as fr
from framing.compare.shares import describe_shares
from framing.measure.frames import VALIDATED_DIMENSIONS
from framing.show.curves import DASHES, RAMP
from framing.show.excerpt import TINTS
from framing.show.mixes import VOICE_COLOURS
from framing.show.outlets import OUTLET_COLOURS, OUTLET_MARKERS, outlet_looks
from framing.show.saving import MM_PER_INCH, PAGE_MM, WIDTHS_MM, FigureError, attach, drawing, plotted, save_figure, style
from tests.conftest import ROOT

F = fr.figures
MEASURES = ["hedging", "attributions"]
STYLES = [("apa", 8), ("compact", 7)]
NAMES = sorted(name.removeprefix("plot_") for name in F.__all__ if name.startswith("plot_"))
DIMENSIONS = [f"policy_frames_{name}" for name in sorted(VALIDATED_DIMENSIONS)]
CELLS = pd.read_csv(ROOT / "benchmarks" / "results" / "calibration.csv")
SIMULATED = pd.DataFrame({"n": [10, 40], "ratio": 1.5, "simulated": [0.2, 0.66], "repetitions": 2000})


@pytest.fixture(scope="module")
def contrasts(scores):
    return fr.compare_outlets(scores, MEASURES, strata="story", n_resamples=499)


@pytest.fixture(scope="module")
def validity(annotated):
    coding = fr.read_coding(fr.DEMO.with_name("coding.jsonl"))
    tool = fr.coded_by_tool(annotated.marks, annotated.attributions, annotated.excluded)
    return fr.validate({"framing": tool, "coder B": coding["B"]}, {"A": coding["A"]})


@pytest.fixture(scope="module")
def draw(annotated, scores, contrasts, validity) -> Callable[[str, str], Figure]:
    """Every plot of the package on the demo corpus, by name and style."""
    shares = {by: describe_shares(annotated.attributions, "stance", by) for by in ("source_type", "outlet")}
    naming = describe_shares(annotated.attributions, ["source_type", "naming"])
    ways = fr.multiverse(scores, "attributions", "Daily Lantern", "Caldria Public Radio", n_resamples=499)
    words = fr.decompose_ratio(annotated.marks, scores, "hedging", "Marrow Bay Courier", "Harbour Ledger", voice="all")
    plan = fr.plan_sample(8, [1.25, 1.5, 2], n_stories=[6, 10, 20, 40, 80])
    plots = {
        "article": lambda look: F.plot_article(annotated, "guarantees-courier", style_name=look),
        "calibration": lambda look: F.plot_calibration(CELLS, style_name=look),
        "contrasts": lambda look: F.plot_contrasts(contrasts, style_name=look),
        "frames": lambda look: F.plot_frames(fr.describe_outlets(scores, DIMENSIONS), style_name=look),
        "naming": lambda look: F.plot_naming(naming, style_name=look),
        "pairs": lambda look: F.plot_pairs(scores, "attributions", "Daily Lantern", "Harbour Ledger", style_name=look),
        "power": lambda look: F.plot_power(plan, SIMULATED, style_name=look),
        "rates": lambda look: F.plot_rates(fr.describe_outlets(scores, MEASURES), style_name=look),
        "sources": lambda look: F.plot_sources(scores, style_name=look),
        "specifications": lambda look: F.plot_specifications(ways, style_name=look),
        "stances": lambda look: F.plot_stances(shares["source_type"], style_name=look),
        "timeline": lambda look: F.plot_timeline(scores, style_name=look),
        "validity": lambda look: F.plot_validity(validity, style_name=look),
        "voices": lambda look: F.plot_voices(scores, style_name=look),
        "words": lambda look: F.plot_words(words, "Marrow Bay Courier", "Harbour Ledger", "hedging", style_name=look),
    }
    assert sorted(plots) == NAMES
    return cache(lambda name, look: plots[name](look))


def contents(pdf: bytes) -> str:
    """The drawing commands of a PDF, inflated."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(one for one in found if re.search(r"\b(Tf|re|l|m)\s", one))


@pytest.mark.parametrize(("look", "smallest"), STYLES)
@pytest.mark.parametrize("name", NAMES)
def test_a_journal_would_take_the_files(draw, tmp_path, name, look, smallest):
    figure = draw(name, look)
    pdf, svg, png, csv, txt = save_figure(figure, name, tmp_path)
    raw, commands = pdf.read_bytes(), contents(pdf.read_bytes())
    width, height = (float(one) / 72 * MM_PER_INCH for one in re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", raw).groups())
    assert min(abs(width - allowed) for allowed in WIDTHS_MM) < 0.05
    assert height <= PAGE_MM + 0.1
    assert abs(struct.unpack(">I", png.read_bytes()[16:20])[0] - figure.get_figwidth() * 300) <= 1
    sizes = [float(size) for size in re.findall(r"/F\S+ ([\d.]+) Tf", commands)]
    assert sizes
    assert min(sizes) >= smallest
    widths = [float(one) for one in re.findall(r"(?:^|\s)([\d.]+) w\s", commands)]
    assert min(one for one in widths if one) >= 0.5
    assert b"/FontFile2" in raw
    assert not any(word in raw for word in (b"/Type3", b"/CreationDate", b"/SMask", b"/Producer"))
    opacities = re.findall(rb"/(?:CA|ca) ([\d.]+)", raw)
    assert {float(one) for one in opacities} <= {1.0}
    title, note, alt = txt.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    assert f"<title>{title.replace('&', '&amp;')}</title>" in svg.read_text(encoding="utf-8")
    assert "<dc:description>" in svg.read_text(encoding="utf-8")
    assert re.search(r"\bn = [\d,]+", note)
    assert alt.startswith("Alternative text: ")
    assert len(alt) > 60
    assert plotted(figure).caption == f"{title}. {note}"
    assert len(pd.read_csv(csv)) == len(plotted(figure).table)


@pytest.mark.parametrize("name", NAMES)
def test_the_saved_files_are_the_same_bytes_when_drawn_again(draw, tmp_path, name):
    first, second = (save_figure(draw.__wrapped__(name, "apa"), name, tmp_path / folder) for folder in ("one", "two"))
    assert [path.suffix for path in first] == [".pdf", ".svg", ".png", ".csv", ".txt"]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


@pytest.mark.parametrize("digit", [np.inf, -np.inf])
def test_the_last_digit_in_which_machines_differ_leaves_the_files_as_they_are(scores, contrasts, tmp_path, digit):
    words = fr.decompose_ratio(
        pd.read_csv(ROOT / "paper" / "data" / "allsides_entries.csv"),
        pd.read_csv(ROOT / "paper" / "data" / "allsides_scores.csv", dtype={"story": str, "copies": str}),
        "hedging", "CNN", "Fox News",
    )  # fmt: skip
    plots = {
        "contrasts": (F.plot_contrasts, contrasts),
        "words": (lambda table: F.plot_words(table, "CNN", "Fox News", "hedging"), words),
    }
    for name, (plot, table) in plots.items():
        moved = table.assign(**{one: np.nextafter(table[one], digit) for one in table.select_dtypes("float").columns})
        assert not moved.equals(table)
        first, second = (save_figure(plot(one), name, tmp_path / folder) for one, folder in ((table, "one"), (moved, "two")))
        for one, other in zip(first, second, strict=True):
            assert one.read_bytes() == other.read_bytes(), one.name


def written(figure: Figure) -> list[tuple[str, Any]]:
    """Every text that is drawn with its box, in pixels; turned texts are left out: their boxes overlap where they do not."""
    found: dict[int, Label] = {}
    with pytest.MonkeyPatch.context() as patch:
        plain = Label.draw
        patch.setattr(Label, "draw", lambda text, *rest: (found.setdefault(id(text), text), plain(text, *rest))[1])
        figure.draw_without_rendering()
    drawn = [text for text in found.values() if text.get_text().strip() and text.get_visible() and text.get_rotation() % 90 == 0]
    return [(text.get_text(), text.get_window_extent()) for text in drawn]


def assert_reads(figure: Figure) -> None:
    """No text is cut by the figure's edge and none stands on another."""
    boxes = written(figure)
    assert boxes
    edge = figure.bbox
    for text, box in boxes:
        inside = box.x0 >= edge.x0 - 2 and box.y0 >= edge.y0 - 2 and box.x1 <= edge.x1 + 2 and box.y1 <= edge.y1 + 2
        assert inside, f"{text!r} is cut: {box} in {edge}"
    for (one, a), (other, b) in combinations(boxes, 2):
        overlap = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(overlap) < 1.5, f"{one!r} and {other!r} overlap by {overlap} pixels"


@pytest.mark.parametrize("look", [name for name, _ in STYLES])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_and_none_covers_another(draw, name, look):
    assert_reads(draw(name, look))


def numbers_drawn(figure: Figure) -> np.ndarray:
    """Every position along the scales: of dots, lines and bars."""
    found: list[float] = []
    for axes in figure.axes:
        for line in axes.lines:
            found += [*np.asarray(line.get_xdata(), float), *np.asarray(line.get_ydata(), float)]
        for bars in axes.patches:
            found += [bars.get_width(), bars.get_height()] if hasattr(bars, "get_width") else []
        for lines in axes.collections:
            found += [x for path in lines.get_paths() for x in path.vertices[:, 0]]
    return np.array(found)


DRAWN = {
    "calibration": (["type I"], 100), "contrasts": (["estimate", "conf_low", "conf_high"], 1),
    "frames": (["rate", "conf_low", "conf_high"], 1), "pairs": (["rate", "rate_reference"], 1), "power": (["power"], 100),
    "rates": (["rate", "conf_low", "conf_high"], 1), "specifications": (["estimate", "conf_low", "conf_high"], 1),
    "timeline": (["n_articles"], 1), "validity": (["estimate", "conf_low", "conf_high"], 1),
    "voices": (["journalist", "reported", "quoted", "journalist_low", "journalist_high"], 1), "words": (["contribution"], 1),
}  # fmt: skip
"""The columns of the plotted numbers that stand in the figure as positions, and the factor of its scale."""


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_the_plotted_numbers_are_what_is_drawn(draw, name):
    figure = draw(name, "apa")
    columns, factor = DRAWN[name]
    drawn = numbers_drawn(figure)
    values = factor * plotted(figure).table[columns].to_numpy(float).ravel()
    values = values[np.isfinite(values) & (values > 0 if name in ("contrasts", "frames") else np.full(values.shape, True))]
    assert len(values)
    for value in values:
        assert np.min(np.abs(drawn - max(value, 0.5) if name == "calibration" else drawn - value)) < 1e-6, value


def test_stances_that_have_a_panel_are_drawn_and_the_others_are_named(draw):
    figure = draw("stances", "apa")
    shown = plotted(figure)
    panels = [axes.get_title(loc="left").lower() for axes in figure.axes if axes.get_visible()]
    rarer = shown.note.split("without a panel: ")[1].rstrip(".").split(", ")
    assert sorted([*panels, *rarer]) == sorted(shown.table["stance"].unique())
    drawn = numbers_drawn(figure)
    for share in shown.table[shown.table["stance"].isin(panels)]["share"]:
        assert np.min(np.abs(drawn - share)) < 1e-6


@pytest.mark.parametrize("name", ["sources", "naming"])
def test_every_cell_shows_its_share_and_its_interval(draw, name):
    figure = draw(name, "apa")
    texts = [text.get_text() for text in figure.axes[0].texts]
    table = plotted(figure).table
    assert len(texts) == len(table)
    for text, row in zip(texts, table.itertuples(), strict=True):
        share, _, interval = text.partition("\n")
        assert bool(share) == (row.share > 0)
        if share and "<" not in share:
            assert float(share) == pytest.approx(row.share, abs=0.51)
            assert bool(interval) == (row.conf_high > row.conf_low)
        if interval:
            assert [float(end) for end in interval.split("–")] == pytest.approx([row.conf_low, row.conf_high], abs=0.51)
    assert any("–" in text for text in texts)


def test_a_contrast_without_interval_is_hollow(contrasts, draw):
    figure = draw("contrasts", "apa")
    hollow = [
        line
        for axes in figure.axes
        for line in axes.lines
        if line.get_marker() in OUTLET_MARKERS and line.get_markerfacecolor() == "white"
    ]
    untested = contrasts["conf_low"].isna() & np.isfinite(contrasts["estimate"]) & (contrasts["estimate"] > 0)
    assert len(hollow) == untested.sum() > 0


def test_an_outlet_looks_the_same_in_all_figures_of_a_study(scores):
    study = sorted(scores["outlet"].unique())
    two = fr.describe_outlets(scores[scores["outlet"].isin(study[2:])], ["hedging"])
    markers = [
        line.get_marker() for line in F.plot_rates(two, outlets=study).axes[0].lines if line.get_marker() in OUTLET_MARKERS
    ]
    assert set(markers) == {outlet_looks(study)[one].marker for one in study[2:]} == set(OUTLET_MARKERS[2:4])
    with pytest.raises(FigureError, match="'Harbour Ledger' is not in outlets="):
        F.plot_rates(two, outlets=study[3:])


def test_forty_nine_outlets_differ_in_colour_or_marker():
    looks = outlet_looks([f"{n:02}" for n in range(49)])
    assert len({(look.colour, look.marker) for look in looks.values()}) == 49


def hard_scores(outlets: list[str], n_stories: int = 8) -> pd.DataFrame:
    rows = [
        (
            f"{outlet}{story}",
            outlet,
            f"s{story}",
            f"2031-0{1 + story % 9}-03",
            400,
            300,
            60,
            40,
            5 + number % 3,
            4 + number % 2,
            6,
            4,
            2,
        )
        for number, outlet in enumerate(outlets)
        for story in range(n_stories)
    ]
    columns = (
        "article outlet story date n_words n_words_journalist n_words_quoted n_words_reported hedging hedging_journalist "
        "n_attributions attributions_source_type_official attributions_source_type_none"
    )
    return pd.DataFrame(rows, columns=columns.split())


HARD = {
    "long": ["A very long name of an outlet that goes on and on for sixty chars", "B"],
    "unbroken": ["A" * 60, "B"],
    "arabic": ["صحيفة النهار", "B"],
    "forty": [f"Outlet {n}" for n in range(40)],
    "markup": ["<script>", "$x_1$ & co"],
    "one letter": ["i", "B"],
}


@pytest.mark.parametrize("width_mm", [89, 183])
@pytest.mark.parametrize("outlets", HARD.values(), ids=HARD)
def test_hard_outlet_names_and_many_outlets_still_read(outlets, width_mm):
    scores = hard_scores(outlets)
    found = fr.compare_outlets(scores, ["hedging"], strata="story", reference=outlets[0], n_resamples=99)
    for figure in (
        F.plot_contrasts(found, width_mm=width_mm),
        F.plot_voices(scores, width_mm=width_mm),
        F.plot_sources(scores, width_mm=width_mm),
        F.plot_rates(fr.describe_outlets(scores, ["hedging"]), width_mm=width_mm),
        F.plot_timeline(scores, width_mm=width_mm),
        F.plot_pairs(scores, "hedging", outlets[0], outlets[1], width_mm=width_mm),
    ):
        assert_reads(figure)
        assert figure.get_figwidth() * MM_PER_INCH == pytest.approx(width_mm)


def test_a_name_that_looks_like_a_formula_is_written_as_it_is(tmp_path):
    scores = hard_scores(["<script>", "$x_1$ & co"])
    pdf, svg, *_ = save_figure(F.plot_voices(scores), "voices", tmp_path)
    labels = [text.get_text() for text in F.plot_voices(scores).axes[0].get_yticklabels()]
    assert "$x_1$ & co (n = 8)" in labels
    assert not any(text.get_parse_math() for text in F.plot_voices(scores).axes[0].get_yticklabels())
    assert "<script>" not in svg.read_text(encoding="utf-8")
    assert b"CMMI" not in pdf.read_bytes()
    assert b"Cmmi" not in pdf.read_bytes()


def test_what_does_not_fit_on_a_page_is_refused_by_size(contrasts):
    many = pd.concat([contrasts.assign(outlet=f"Outlet {n}") for n in range(20)], ignore_index=True)
    with pytest.raises(FigureError, match=r"would be \d+ mm tall and a page has 247 mm"):
        F.plot_contrasts(many)
    rates = fr.describe_outlets(hard_scores(HARD["forty"]), ["hedging"])
    with pytest.raises(FigureError, match="40 outlets and a profile shows at most 10"):
        F.plot_frames(rates)


def test_one_article_is_a_figure_or_a_sentence():
    annotated = fr.annotate(
        fr.read_articles(pd.DataFrame({"article": ["a"], "outlet": ["Lantern"], "text": ["“Snow fell,” said Ada Brenn."]})),
        progress=False,
    )
    scores = fr.score_articles(annotated)
    for figure in (F.plot_article(annotated, "a"), F.plot_voices(scores), F.plot_sources(scores)):
        assert_reads(figure)
    assert_reads(F.plot_rates(fr.describe_outlets(scores, ["hedging"])))
    assert_reads(F.plot_stances(describe_shares(annotated.attributions)))
    with pytest.raises(FigureError, match="contrasts is empty"):
        F.plot_contrasts(fr.compare_outlets(scores, ["hedging"]))
    with pytest.raises(FigureError, match="No article has a date"):
        F.plot_timeline(scores)


def test_an_article_without_any_mark_is_still_shown_and_what_needs_marks_says_so():
    annotated = fr.annotate(fr.read_articles(pd.DataFrame({"article": ["a"], "text": ["Snow fell."]})), progress=False)
    figure = F.plot_article(annotated, "a")
    assert "marks shown: none" in plotted(figure).alt
    assert_reads(figure)
    with pytest.raises(FigureError, match="attributions is empty"):
        F.plot_sources(fr.score_articles(annotated))
    two = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "hedging": 0, "n_words": 9})
    none = fr.decompose_ratio(annotated.marks.head(0), two, "hedging", "x", "y", voice="all")
    with pytest.raises(FigureError, match="words is empty"):
        F.plot_words(none, "x", "y")


def test_what_cannot_be_drawn_is_refused_with_a_sentence(annotated, scores, contrasts, validity, tmp_path):
    cases: list[tuple[str, Callable[[], object]]] = [
        ("no article 'nowhere'", lambda: F.plot_article(annotated, "nowhere")),
        ("contrasts is empty", lambda: F.plot_contrasts(contrasts.head(0))),
        ("contrasts has no column 'estimate'", lambda: F.plot_contrasts(contrasts.drop(columns="estimate"))),
        ("several contrasts", lambda: F.plot_specifications(contrasts.assign(specification="one"))),
        ("share no story", lambda: F.plot_pairs(scores.head(2).assign(story=["a", "b"]), "hedging", *scores["outlet"].head(2))),
        ("no step 'week'", lambda: F.plot_timeline(scores, step="week")),
        ("no words; leave it out", lambda: F.plot_voices(scores.assign(n_words=0))),
        ("different units", lambda: F.plot_frames(fr.describe_outlets(scores, ["hedging", "attributions_stance_neutral"]))),
        ("several values in 'rate'", lambda: F.plot_power(fr.plan_sample([2, 8], 1.5, n_stories=[10, 20]))),
        ("4 ratios", lambda: F.plot_power(fr.plan_sample(8, [1.2, 1.5, 2, 3], n_stories=[10, 20]))),
        ("plans that allow a test is empty", lambda: F.plot_power(fr.plan_sample(8, 1.5, n_stories=[2, 3]))),
        ("5 finders", lambda: F.plot_validity(pd.concat([validity.assign(found_by=str(n)) for n in range(5)]))),
        ("no style 'loud'", lambda: style("loud").__enter__()),
        ("no alternative text", lambda: save_figure(Figure(), "bare", tmp_path)),
        ("no alternative text", lambda: plotted(attach(Figure(), scores, title="T", note="N", alt=" "))),
        ("no note", lambda: save_figure(attach(Figure(), scores, title="T", note="", alt="A"), "bare", tmp_path)),
    ]
    for sentence, refused in cases:
        with pytest.raises(FigureError, match=sentence):
            refused()
    assert not list(tmp_path.iterdir())


def test_ticks_made_late_have_the_style_of_the_figure(tmp_path):
    with drawing(89, 60, "compact") as figure:
        figure.subplots().plot([1, 2], [3, 4])
    assert {text.get_fontsize() for text in figure.findobj(Label) if text.get_text()} == {7}


# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
DEFICIENCIES = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "none": np.eye(3).tolist(),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def lab(colour: str, deficiency: str = "none") -> np.ndarray:
    """CIE Lab (D65) of a colour as it is seen."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(DEFICIENCIES[deficiency]) @ linear, 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_the_distances_are_those_of_lab():
    assert lab("#FFFFFF") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#FF0000") == pytest.approx([53.24, 80.09, 67.2], abs=0.1)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_colours_that_stand_together_are_told_apart_by_every_eye(deficiency):
    ramp = [f"#{''.join(f'{round(255 * part):02x}' for part in colormaps['cividis'](x)[:3])}" for x in (0.0, 0.33, 0.67, 1.0)]
    for palette in (OUTLET_COLOURS, tuple(VOICE_COLOURS.values()), tuple(TINTS.values()), RAMP, tuple(ramp)):
        for one, other in combinations(palette, 2):
            assert np.linalg.norm(lab(one, deficiency) - lab(other, deficiency)) >= 12, (one, other)


def test_colours_differ_in_grey_or_carry_a_second_cue():
    for palette in (tuple(VOICE_COLOURS.values()), tuple(TINTS.values()), RAMP):
        assert all(abs(lab(one)[0] - lab(other)[0]) >= 10 for one, other in pairwise(palette))
    assert len(set(OUTLET_MARKERS)) == len(OUTLET_COLOURS) == len(set(OUTLET_COLOURS))
    assert len({str(dash) for dash in DASHES}) == len(RAMP)


@pytest.mark.parametrize("name", NAMES)
def test_alternative_texts_and_captions_hold_no_markup(draw, name):
    shown = plotted(draw(name, "apa"))
    assert not re.search(r"[<>{}]", shown.alt + shown.caption)


def test_the_gallery_names_every_figure_runs_and_shows_pictures_that_exist(monkeypatch):
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    monkeypatch.chdir(ROOT)
    code = "\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL))
    assert {name for name in F.__all__ if name.startswith("plot_")} == set(re.findall(r"\.(plot_\w+)\(", code))
    exec(compile(code, "docs/figures.md", "exec"), {})
    pictures = re.findall(r"\]\(\.\./(figures/[\w.]+)\)", page)
    assert len(pictures) == len(NAMES)
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_the_tidy_validity_is_that_of_the_benchmarks():
    sys.path.insert(0, str(ROOT / "paper"))
    from derive import DATA, tidy_validity  # the paper's own module

    assert tidy_validity().to_csv(index=False, lineterminator="\n") == (DATA / "validity.csv").read_text(encoding="utf-8")
