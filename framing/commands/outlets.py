"""`framing compare`, `framing figures` and `framing read`: what a folder of results is good for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from framing.commands.parsing import Commands
from framing.compare.contrasts import compare_outlets
from framing.compare.descriptions import describe_outlets
from framing.compare.design import compare_design
from framing.corpus.progress import follow
from framing.show.figures import plot_contrasts, plot_rates, plot_sources, plot_voices
from framing.show.reader import read_page
from framing.show.saving import FigureError, save_figure
from framing.show.tables import format_contrasts, note_contrasts, to_markdown, write_table
from framing.store import read_results, read_table_file, write_table_file, write_text_file

# All pairs of more outlets than this make a family that no correction leaves power to (chosen).
MOST_OUTLETS = 10
DEFAULT_MEASURES = ("hedging", "loaded", "attributions")


def add_commands(commands: Commands) -> None:
    """The parsers of `compare`, `figures` and `read`."""
    compare = commands.add_parser("compare", help="scores -> contrasts between outlets")
    compare.add_argument("folder", type=Path, metavar="DIR")
    compare.add_argument("--measures", nargs="+", default=list(DEFAULT_MEASURES))
    compare.add_argument("--voice", choices=("journalist", "quoted", "reported", "all"), default="journalist")
    compare.add_argument(
        "--strata", default=None, help="a column such as story or topic (default: story where outlets share enough)"
    )
    compare.add_argument("--reference", default=None, help="compare every other outlet with this one")
    compare.add_argument("--outlets", nargs="+", default=None)
    compare.add_argument("--adjust", choices=("holm", "maxT", "fdr_bh"), default="holm", help="for several tests at once")
    compare.add_argument("--cluster", default=None, help="a column that names groups of copies")
    compare.add_argument("--seed", type=int, default=0)
    compare.set_defaults(run=_compare)
    figures = commands.add_parser("figures", help="scores -> figures in DIR/figures")
    figures.add_argument("folder", type=Path, metavar="DIR")
    figures.add_argument("--style", choices=("apa", "compact"), default="apa")
    figures.set_defaults(run=_figures)
    read = commands.add_parser(
        "read", help="DIR/articles.html: one page to read the articles with their marks, with nothing to install"
    )
    read.add_argument("folder", type=Path, metavar="DIR")
    read.set_defaults(run=_read)


def _compare(options: argparse.Namespace) -> int:
    scores = read_table_file(options.folder, "scores")
    outlets = options.outlets or _largest_outlets(scores, options.reference)
    design = compare_design(scores, outlets=outlets, cluster=options.cluster)
    strata = options.strata or ("story" if design["advice"].str.startswith("compare within").any() else None)
    contrasts = compare_outlets(
        scores,
        options.measures,
        voice=options.voice,
        strata=strata,
        cluster=options.cluster,
        reference=options.reference,
        outlets=outlets,
        adjust=options.adjust,
        seed=options.seed,
    )
    write_table_file(design, options.folder / "design.csv")
    write_table_file(contrasts, options.folder / "contrasts.csv")
    note = note_contrasts(contrasts) if len(contrasts) else ""
    write_table(format_contrasts(contrasts), "contrasts_table", options.folder, title="Contrasts between outlets", note=note)
    print(to_markdown(format_contrasts(contrasts)) if len(contrasts) else "There is one outlet only: nothing to compare it with.")
    for line in contrasts[contrasts["note"] != ""].itertuples():
        print(f"{line.measure}, {line.outlet} / {line.reference} ({line.status}): {line.note}")
    return 0


def _largest_outlets(scores: pd.DataFrame, reference: str | None) -> list[str] | None:
    """The outlets to compare where none are named: all, or of many those with the most articles (and the reference)."""
    sizes = scores["outlet"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if len(sizes) <= MOST_OUTLETS:
        return None
    print(f"{len(sizes)} outlets: the {MOST_OUTLETS} with the most articles are compared; name others with --outlets.")
    chosen = set(sizes.index[:MOST_OUTLETS]) | ({reference} if reference else set())
    return sorted(chosen)


def _figures(options: argparse.Namespace) -> int:
    scores = read_table_file(options.folder, "scores")
    drawings: dict[str, tuple[Callable[..., Figure], pd.DataFrame]] = {
        "voices": (plot_voices, scores),
        "sources": (plot_sources, scores),
        "rates": (plot_rates, describe_outlets(scores, DEFAULT_MEASURES)),
    }
    if (options.folder / "contrasts.csv").is_file():
        drawings["contrasts"] = (plot_contrasts, read_table_file(options.folder, "contrasts"))
    for name, (plot, table) in follow(list(drawings.items()), "figures"):
        try:
            figure = plot(table, style_name=options.style)
        except FigureError as error:  # articles without attributions, say: the other figures are drawn all the same
            print(f"{name}: {error}", file=sys.stderr)
            continue
        print(save_figure(figure, name, options.folder / "figures")[0])
    return 0


def _read(options: argparse.Namespace) -> int:
    annotated, _ = read_results(options.folder)
    path = options.folder / "articles.html"
    write_text_file(path, read_page(annotated))
    print(path)
    return 0
