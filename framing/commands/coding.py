"""`framing sheet` and `framing validate`: hand coding out and in."""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path

from framing.commands.parsing import Commands, positive
from framing.compare.coding import CodingError, coded_by_tool, read_coding
from framing.compare.quantities import check_scores, choose_quantity
from framing.compare.sheets import read_coding_sheet, sheet_counts, write_coding_sheet
from framing.compare.validity import validate, validate_measure
from framing.show.tables import to_markdown
from framing.store import read_results, read_table_file


def add_commands(commands: Commands) -> None:
    """The parsers of `sheet` and `validate`."""
    sheet = commands.add_parser("sheet", help="draw articles of each outlet at random for a person to code, blind")
    sheet.add_argument("folder", type=Path, metavar="DIR")
    sheet.add_argument("-o", "--output", required=True, type=Path, metavar="SHEET.csv")
    sheet.add_argument("--n", type=positive, default=40, help="articles from each outlet (default: %(default)s)")
    sheet.add_argument(
        "--measures", nargs="+", required=True, help="columns of the scores that the coder counts, such as hedging"
    )
    sheet.add_argument("--seed", type=int, default=0)
    sheet.set_defaults(run=_sheet)
    check = commands.add_parser("validate", help="the tool against hand coding, and whether its error differs between outlets")
    check.add_argument("folder", type=Path, metavar="DIR")
    check.add_argument("gold", type=Path, metavar="GOLD", help="coded units (.jsonl) or a filled sheet of `framing sheet` (.csv)")
    check.set_defaults(run=_validate)


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
