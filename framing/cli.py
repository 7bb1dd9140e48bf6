"""The command line: `framing corpus|score|compare|figures|read|sheet|validate|lexicon|demo`.

Exit codes: 0 all done; 1 failure; 2 bad input or arguments; 3 finished, but some records were refused; 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from framing.commands import articles, coding, lexicon, outlets
from framing.compare.coding import CodingError
from framing.compare.quantities import ContrastError
from framing.corpus.readers import ArticlesError
from framing.demo import DemoError, build_demo
from framing.measure.lexicon import LexiconError
from framing.show.saving import FigureError
from framing.store import StoreError

BAD_INPUT = (ArticlesError, ContrastError, LexiconError, CodingError, StoreError, FigureError, DemoError)


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
    for part in (articles, outlets, coding, lexicon):
        part.add_commands(commands)
    demo = commands.add_parser("demo", help="everything on the embedded demo corpus")
    demo.add_argument("-o", "--output", type=Path, default=None, metavar="DIR", help="default: the project's own folders")
    demo.set_defaults(run=_demo)
    return parser


def _demo(options: argparse.Namespace) -> int:
    return build_demo(options.output)
