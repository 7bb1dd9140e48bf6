"""`framing lexicon`: entries checked, counted, looked up and written as a codebook."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from framing.codebook import PRECISION_COLUMNS, read_precision, write_codebook
from framing.commands.parsing import Commands, positive
from framing.corpus.articles import DEMO, read_articles
from framing.keywords import check_lexicons, entry_stats, keywords_in_context
from framing.measure.lookup import list_matches
from framing.measure.marks import OPTIONAL_LEXICONS
from framing.measure.scores import annotate
from framing.show.tables import to_markdown
from framing.store import write_table_file


def add_commands(commands: Commands) -> None:
    """The parsers of `lexicon`."""
    lexicon = commands.add_parser("lexicon", help="check, count and look up lexicon entries")
    actions = lexicon.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="run every entry's and rule's two sentences")
    check.set_defaults(run=_lexicon_check)
    for name, text in (("stats", "entries with their hits and share"), ("kwic", "one entry in its contexts")):
        action = actions.add_parser(name, help=text)
        action.add_argument("name", metavar="LEXICON" if name == "stats" else "ENTRY")
        action.add_argument("--input", nargs="+", default=[str(DEMO)], help="articles to look in (default: the demo corpus)")
        action.add_argument("--seed", type=int, default=0)
        action.add_argument("-n", type=positive, default=20)
        action.set_defaults(run=_lexicon_stats if name == "stats" else _lexicon_kwic)
        if name == "kwic":
            action.add_argument("-o", "--output", type=Path, help="write a coding sheet (.csv) with an empty column `right`")
    pages = actions.add_parser("codebook", help="write the codebook's pages from the lexicons")
    pages.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    pages.add_argument("--precision", type=Path, help=f"measured precision (.csv: {', '.join(PRECISION_COLUMNS)})")
    pages.set_defaults(run=_lexicon_codebook)


def _lexicon_check(options: argparse.Namespace) -> int:
    faults = check_lexicons()
    print("\n".join(faults) if faults else "All entries and rules pass their two sentences.")
    return 2 if faults else 0


def _lexicon_stats(options: argparse.Namespace) -> int:
    articles, marks = _read_marks(options.input, options.name)
    table = entry_stats(marks, options.name)
    hit = marks[marks["measure"] == options.name]["article"].nunique()
    top = table["share"].head(3).sum()
    print(f"{hit} of {len(articles)} articles have a hit; the three commonest entries make {top:.0%} of the hits.")
    print(to_markdown(table.head(options.n)))
    return 0


def _lexicon_kwic(options: argparse.Namespace) -> int:
    articles, marks = _read_marks(options.input, options.name.partition("/")[0])
    table = keywords_in_context(articles, marks, options.name, n=options.n, seed=options.seed)
    if options.output is None:
        print(to_markdown(table))
    else:
        sheet = options.output.with_suffix(".csv")
        write_table_file(table.assign(right=""), sheet)
        print(f"{len(table)} contexts of {options.name} in {sheet}; fill in the column `right` with 1 or 0.")
    return 0


def _read_marks(paths: Sequence[str], lexicon: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles and the marks of a lexicon in them."""
    annotated = annotate(read_articles(paths))
    return annotated.articles, list_matches(annotated, lexicon) if lexicon in OPTIONAL_LEXICONS else annotated.marks


def _lexicon_codebook(options: argparse.Namespace) -> int:
    pages = write_codebook(options.output, read_precision(options.precision) if options.precision else None)
    print(f"{len(pages)} pages in {options.output}")
    return 0
