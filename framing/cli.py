"""The command line: `framing corpus|score|compare|figures|read|sheet|validate|lexicon|demo`.

Exit codes: 0 all done; 1 failure; 2 bad input or arguments; 3 finished, but some records were refused; 130 interrupted.
"""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from framing.codebook import PRECISION_COLUMNS, read_precision, write_codebook
from framing.compare.coding import CodingError, coded_by_tool, read_coding
from framing.compare.contrasts import compare_outlets
from framing.compare.descriptions import describe_outlets
from framing.compare.design import compare_design
from framing.compare.quantities import ContrastError, check_scores, choose_quantity
from framing.compare.sheets import read_coding_sheet, sheet_counts, write_coding_sheet
from framing.compare.validity import validate, validate_measure
from framing.corpus.articles import DEMO, read_articles
from framing.corpus.readers import ArticlesError
from framing.corpus.report import describe_corpus
from framing.demo import DemoError, build_demo
from framing.keywords import check_lexicons, entry_stats, keywords_in_context
from framing.measure.lexicon import Lexicon, LexiconError, load_lexicon
from framing.measure.lookup import list_matches, look_up
from framing.measure.marks import OPTIONAL_LEXICONS
from framing.measure.scores import Annotated, annotate, score_articles
from framing.show.figures import plot_contrasts, plot_rates, plot_sources, plot_voices
from framing.show.reader import read_page
from framing.show.saving import FigureError, save_figure
from framing.show.tables import format_contrasts, to_markdown, write_table
from framing.store import (
    StoreError,
    check_folder,
    read_results,
    read_table_file,
    write_results,
    write_table_file,
    write_text_file,
)

BAD_INPUT = (ArticlesError, ContrastError, LexiconError, CodingError, StoreError, FigureError, DemoError)
# All pairs of more outlets than this make a family that no correction leaves power to (chosen).
MOST_OUTLETS = 10
DEFAULT_MEASURES = ("hedging", "loaded", "attributions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BAD_INPUT as error:
        print(f"framing: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"framing: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("framing: interrupted; nothing half-written was left behind.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="framing", description="Measure framing, hedging and attribution in news articles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    corpus = commands.add_parser("corpus", help="what the articles are: months, lengths, furniture, copies, stories, languages")
    corpus.add_argument("input", nargs="+", help="files or folders of them")
    corpus.set_defaults(run=_corpus)
    score = commands.add_parser("score", help="articles -> marks, attributions and scores")
    score.add_argument("input", nargs="+", help="files or folders of them, of any kind that read_articles reads")
    _input_options(score)
    score.add_argument("-o", "--output", required=True, type=Path, metavar="DIR")
    score.add_argument("--format", choices=("csv", "parquet"), default="csv")
    score.add_argument("--furniture", action="store_true", help="count page furniture like any other text")
    score.add_argument(
        "--lexicon",
        action="append",
        default=[],
        metavar="FILE",
        help="also count a dictionary (.dic .dicx .yml .lc3 .cat .ykd .csv)",
    )
    score.add_argument("--quiet", action="store_true", help="no progress bar")
    score.set_defaults(run=_score)
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
    read = commands.add_parser("read", help="one HTML page to read the articles with their marks")
    read.add_argument("folder", type=Path, metavar="DIR")
    read.set_defaults(run=_read)
    sheet = commands.add_parser("sheet", help="draw articles of each outlet at random for a person to code, blind")
    sheet.add_argument("folder", type=Path, metavar="DIR")
    sheet.add_argument("-o", "--output", required=True, type=Path, metavar="SHEET.csv")
    sheet.add_argument("--n", type=_positive, default=40, help="articles from each outlet (default: %(default)s)")
    sheet.add_argument(
        "--measures", nargs="+", required=True, help="columns of the scores that the coder counts, such as hedging"
    )
    sheet.add_argument("--seed", type=int, default=0)
    sheet.set_defaults(run=_sheet)
    check = commands.add_parser("validate", help="the tool against hand coding, and whether its error differs between outlets")
    check.add_argument("folder", type=Path, metavar="DIR")
    check.add_argument("gold", type=Path, metavar="GOLD", help="coded units (.jsonl) or a filled sheet of `framing sheet` (.csv)")
    check.set_defaults(run=_validate)
    _lexicon_parser(commands)
    demo = commands.add_parser("demo", help="everything on the embedded demo corpus")
    demo.add_argument("-o", "--output", type=Path, default=None, metavar="DIR", help="default: the project's own folders")
    demo.set_defaults(run=_demo)
    return parser


def _input_options(parser: argparse.ArgumentParser) -> None:
    """What a user says of the input."""
    parser.add_argument("--column", action="append", default=[], type=_pair, metavar="OURS=THEIRS", help="such as text=fulltext")
    parser.add_argument("--pattern", help="what the names of files say, such as '{outlet}_{date}_{title}'")
    parser.add_argument("--encoding", help="of files of text that bear no mark (default: found out and told)")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", default=None, help="03/04/2031 is in April")
    order.add_argument("--month-first", action="store_false", dest="day_first", help="03/04/2031 is in March")


def _pair(text: str) -> tuple[str, str]:
    target, mark, name = text.partition("=")
    if not (target and mark and name):
        raise argparse.ArgumentTypeError(f"{text} is not of the form text=fulltext")
    return target, name


def _lexicon_parser(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg] # argparse has no public name for it
    lexicon = commands.add_parser("lexicon", help="check, count and look up lexicon entries")
    actions = lexicon.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="run every entry's and rule's two sentences")
    check.set_defaults(run=_lexicon_check)
    for name, text in (("stats", "entries with their hits and share"), ("kwic", "one entry in its contexts")):
        action = actions.add_parser(name, help=text)
        action.add_argument("name", metavar="LEXICON" if name == "stats" else "ENTRY")
        action.add_argument("--input", nargs="+", default=[str(DEMO)], help="articles to look in (default: the demo corpus)")
        action.add_argument("--seed", type=int, default=0)
        action.add_argument("-n", type=_positive, default=20)
        action.set_defaults(run=_lexicon_stats if name == "stats" else _lexicon_kwic)
        if name == "kwic":
            action.add_argument("-o", "--output", type=Path, help="write a coding sheet (.csv) with an empty column `right`")
    pages = actions.add_parser("codebook", help="write the codebook's pages from the lexicons")
    pages.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    pages.add_argument("--precision", type=Path, help=f"measured precision (.csv: {', '.join(PRECISION_COLUMNS)})")
    pages.set_defaults(run=_lexicon_codebook)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _corpus(options: argparse.Namespace) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what was refused is counted below
        articles = read_articles(options.input)
    print(describe_corpus(articles), end="")
    refused = articles.attrs["refused"]
    for one in refused:
        print(f"refused: {one['file']}, {one['record']}: {one['reason']}", file=sys.stderr)
    return 3 if refused else 0


def _score(options: argparse.Namespace) -> int:
    check_folder(options.output)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what was refused is printed below, record by record
        lexicons = [load_lexicon(name) for name in options.lexicon]
        articles = _read_input(options)
    annotated = annotate(articles, furniture=options.furniture, progress=not options.quiet)
    scores = score_articles(annotated)
    arguments = {"input": [Path(one).name for one in options.input], "format": options.format, "furniture": options.furniture}
    declared = {"columns": dict(options.column), "pattern": options.pattern, "encoding": options.encoding}
    arguments |= {name: value for name, value in declared.items() if value}
    if options.day_first is not None:
        arguments["day_first"] = options.day_first
    if lexicons:
        scores = _add_counts(scores, annotated, lexicons)
        arguments["dictionaries"] = {one.name: one.digest for one in lexicons}
    write_results(options.output, annotated, scores, arguments, kind=options.format)
    _print_told(articles)
    refused = articles.attrs["refused"]
    print(
        f"{len(articles)} articles, {scores['n_words'].sum()} words, {len(annotated.marks)} marks, "
        f"{len(annotated.attributions)} attributions in {options.output}"
    )
    if refused:
        print(f"{len(refused)} records were refused; each is named in {options.output / 'refused.jsonl'}")
    return 3 if refused else 0


def _read_input(options: argparse.Namespace) -> pd.DataFrame:
    return read_articles(
        options.input,
        columns=dict(options.column),
        pattern=options.pattern,
        day_first=options.day_first,
        encoding=options.encoding,
    )


def _print_told(articles: pd.DataFrame) -> None:
    """What was told of the input: columns of another name, the first things noticed and the first records refused."""
    for names in dict.fromkeys((one["column"], one["read_as"]) for one in articles.attrs["columns"]):
        print("column {!r} is read as {!r}".format(*names), file=sys.stderr)
    for kind in ("noticed", "refused"):
        found = articles.attrs[kind]
        for one in found[:10]:
            print(f"{kind}: {one['file']}, {one['record']}: {one['reason']}", file=sys.stderr)
        if len(found) > 10:
            print(f"... and {len(found) - 10} more", file=sys.stderr)


def _add_counts(scores: pd.DataFrame, annotated: Annotated, lexicons: Sequence[Lexicon]) -> pd.DataFrame:
    """The scores with a column `<dictionary>_<category>` for each category of some dictionaries, altogether and by voice."""
    for lexicon in lexicons:
        for sentence in lexicon.skipped:
            print(f"not used: {sentence}", file=sys.stderr)
        counts = look_up(annotated, lexicon, prefix=f"{lexicon.name}_").filter(regex=f"^{re.escape(lexicon.name)}_")
        twice = sorted(set(counts) & set(scores))
        if twice:
            raise LexiconError(f"{lexicon.name}: the scores have a column {twice[0]!r} already; give the file another name.")
        scores = scores.join(counts)
    return scores


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
    write_table(format_contrasts(contrasts), "contrasts_table", options.folder)
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
    for name, (plot, table) in drawings.items():
        try:
            figure = plot(table, style_name=options.style)
        except FigureError as error:  # articles without attributions, say: the other figures are drawn all the same
            print(f"{name}: {error}", file=sys.stderr)
            continue
        print(save_figure(figure, name, options.folder / "figures", style_name=options.style)[0])
    return 0


def _read(options: argparse.Namespace) -> int:
    annotated, _ = read_results(options.folder)
    path = options.folder / "articles.html"
    write_text_file(path, read_page(annotated))
    print(path)
    return 0


def _sheet(options: argparse.Namespace) -> int:
    scores = read_table_file(options.folder, "scores")
    check_scores(scores, [choose_quantity(name, "all") for name in options.measures], None, None, None, None)
    articles = read_table_file(options.folder, "articles")
    sheet = write_coding_sheet(articles, options.output, options.measures, n=options.n, seed=options.seed)
    print(
        f"{len(sheet)} articles in {options.output}: count {', '.join(options.measures)} in each, from the top, 0 included; "
        f"then run `framing validate {options.folder} {options.output}`"
    )
    return 0


def _validate(options: argparse.Namespace) -> int:
    if options.gold.suffix in (".csv", ".tsv"):
        return _validate_sheet(options)
    annotated, _ = read_results(options.folder)
    gold = read_coding(options.gold)
    if not gold:
        raise CodingError(f"{options.gold.name}: the file holds no coded unit; see CODING.md for the fields.")
    table = validate({"framing": coded_by_tool(annotated.marks, annotated.attributions, annotated.excluded), **gold}, gold)
    print(to_markdown(table.round(3)))
    return 0


def _validate_sheet(options: argparse.Namespace) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what does not count is printed below, cell by cell
        scores = read_coding_sheet(options.gold, read_table_file(options.folder, "scores"))
    refused = scores.attrs["refused"]
    for one in refused:
        print(f"not counted: {one['file']}, {one['record']}: {one['reason']}", file=sys.stderr)
    validity = validate_measure(sheet_counts(scores))
    for table in (validity.rates.drop(columns="n_right"), validity.differences):
        print(to_markdown(table.round(3)))
    return 3 if refused else 0


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
    annotated = annotate(read_articles(paths), progress=False)
    return annotated.articles, list_matches(annotated, lexicon) if lexicon in OPTIONAL_LEXICONS else annotated.marks


def _lexicon_codebook(options: argparse.Namespace) -> int:
    pages = write_codebook(options.output, read_precision(options.precision) if options.precision else None)
    print(f"{len(pages)} pages in {options.output}")
    return 0


def _demo(options: argparse.Namespace) -> int:
    return build_demo(options.output)
