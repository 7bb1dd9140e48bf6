"""`framing corpus` and `framing score`: articles in."""

from __future__ import annotations

import argparse
import os
import warnings
from pathlib import Path
from typing import Any

import pandas as pd

from framing.commands.parsing import Commands
from framing.commands.telling import print_skipped, print_told
from framing.commands.units import is_scaled, scale_options
from framing.corpus.articles import read_articles
from framing.corpus.report import describe_corpus
from framing.measure.lexicon import load_lexicon
from framing.measure.lookup import add_counts
from framing.measure.scores import annotate, score_articles
from framing.store import check_folder, write_results

SHORT = 5_000
"""Characters that are read sooner without compiled loops than these are loaded (benchmarks/start.py)."""


def add_commands(commands: Commands) -> None:
    """The parsers of `corpus` and `score`."""
    corpus = commands.add_parser("corpus", help="what the articles are: months, lengths, furniture, copies, stories, languages")
    corpus.add_argument("input", nargs="+", help="files or folders of them")
    _input_options(corpus)
    corpus.set_defaults(run=_corpus)
    score = commands.add_parser("score", help="articles -> marks, attributions and scores")
    score.add_argument("input", nargs="+", help="files or folders of them, of any kind that read_articles reads")
    _input_options(score)
    score.add_argument("-o", "--output", required=True, type=Path, metavar="DIR")
    score.add_argument("--format", choices=("csv", "parquet"), help="default: csv; parquet with --workers, --shard and --dask")
    score.add_argument("--furniture", action="store_true", help="count page furniture like any other text")
    score.add_argument(
        "--lexicon",
        action="append",
        default=[],
        metavar="FILE",
        help="also count a dictionary (.dic .dicx .yml .lc3 .cat .ykd .csv)",
    )
    score.add_argument("--quiet", action="store_true", help="no progress bar")
    scale_options(score)
    score.set_defaults(run=_score)


def _input_options(parser: argparse.ArgumentParser) -> None:
    """What a user says of the input."""
    parser.add_argument("--column", action="append", default=[], type=_pair, metavar="OURS=THEIRS", help="such as text=fulltext")
    parser.add_argument("--pattern", help="what the names of files say, such as '{outlet}_{date}_{title}'")
    parser.add_argument("--encoding", help="of files of text that bear no mark (default: found out and told)")
    parser.add_argument("--only-english", action="store_true", help="refuse texts that are surely in another language")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", default=None, help="03/04/2031 is in April")
    order.add_argument("--month-first", action="store_false", dest="day_first", help="03/04/2031 is in March")


def _pair(text: str) -> tuple[str, str]:
    target, mark, name = text.partition("=")
    if not (target and mark and name):
        raise argparse.ArgumentTypeError(f"{text} is not of the form text=fulltext")
    return target, name


def _corpus(options: argparse.Namespace) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what was refused is printed below, record by record
        articles = _read_input(options)
    print(describe_corpus(articles), end="")
    _print_told(articles)
    return 3 if articles.attrs["refused"] else 0


def _score(options: argparse.Namespace) -> int:
    if is_scaled(options):
        from framing.commands.scale import score_in_units  # brings Parquet and processes, which one article can do without

        return score_in_units(options, _declared(options))
    kind, progress = options.format or "csv", False if options.quiet else None
    check_folder(options.output)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what was refused is printed below, record by record
        lexicons = [load_lexicon(name) for name in options.lexicon]
        articles = _read_input(options, progress)
    if options.is_shell and articles["text"].str.len().sum() <= SHORT:
        os.environ["NUMBA_DISABLE_JIT"] = "1"  # read by numba when it is imported; this process does nothing else
    annotated = annotate(articles, furniture=options.furniture, progress=progress)
    scores = score_articles(annotated, progress=progress)
    arguments = {"input": [Path(one).name for one in options.input], "format": kind, "furniture": options.furniture}
    arguments |= {
        name: value for name, value in _declared(options).items() if value or (name == "day_first" and value is not None)
    }
    if lexicons:
        print_skipped(lexicons)
        scores = add_counts(scores, annotated, lexicons, progress=progress)
        arguments["dictionaries"] = {one.name: one.digest for one in lexicons}
    write_results(options.output, annotated, scores, arguments, kind=kind, progress=progress)
    _print_told(articles)
    refused = articles.attrs["refused"]
    print(
        f"{len(articles)} articles, {scores['n_words'].sum()} words, {len(annotated.marks)} marks, "
        f"{len(annotated.attributions)} attributions in {options.output}"
    )
    if refused:
        print(f"{len(refused)} records were refused; each is named in {options.output / 'refused.jsonl'}")
    return 3 if refused else 0


def _read_input(options: argparse.Namespace, progress: bool | None = None) -> pd.DataFrame:
    return read_articles(options.input, **_declared(options), progress=progress)


def _declared(options: argparse.Namespace) -> dict[str, Any]:
    """What a user says of the input, as `read_articles` takes it."""
    return {
        "columns": dict(options.column),
        "pattern": options.pattern,
        "encoding": options.encoding,
        "only_english": options.only_english,
        "day_first": options.day_first,
    }


def _print_told(articles: pd.DataFrame) -> None:
    """What was told of the input."""
    columns = [(one["column"], one["read_as"]) for one in articles.attrs["columns"]]
    print_told(columns, {kind: (articles.attrs[kind], len(articles.attrs[kind])) for kind in ("noticed", "refused")})
