"""The command line: `framing corpus|score|gather|compare|figures|read|sheet|validate|lexicon|demo`.

Exit codes: 0 all done; 1 failure; 2 bad input or arguments; 3 finished, but some records were refused; 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

COMMANDS = {
    "corpus": "articles", "score": "articles", "gather": "scale", "compare": "outlets", "figures": "outlets", "read": "outlets",
    "sheet": "coding", "validate": "coding", "lexicon": "lexicon",
}  # fmt: skip
"""Command -> its module in `framing.commands`; only the one that is asked for is imported."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    is_shell = arguments is None
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(*arguments[:1]).parse_args(arguments, argparse.Namespace(is_shell=is_shell))
    try:
        return int(options.run(options))
    except (ValueError, RuntimeError) as error:
        if not isinstance(error, _told_errors()):
            raise
        print(f"framing: {error}", file=sys.stderr)
        return 2 if isinstance(error, ValueError) else 1
    except OSError as error:
        print(f"framing: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("framing: interrupted; nothing half-written was left behind.", file=sys.stderr)
        return 130


def _parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of one command, or of all."""
    parser = argparse.ArgumentParser(prog="framing", description="Measure framing, hedging and attribution in news articles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in dict.fromkeys([COMMANDS[command]] if command in COMMANDS else COMMANDS.values()):
        import_module(f"framing.commands.{module}").add_commands(commands)
    demo = commands.add_parser("demo", help="everything on the embedded demo corpus")
    demo.add_argument("-o", "--output", type=Path, default=None, metavar="DIR", help="default: the project's own folders")
    demo.set_defaults(run=_demo)
    return parser


def _told_errors() -> tuple[type[Exception], ...]:
    """The errors whose sentence tells the user what to do; imported when one is raised. All but the last are of bad input."""
    from framing.compare.coding import CodingError
    from framing.compare.quantities import ContrastError
    from framing.corpus.readers import ArticlesError
    from framing.demo import DemoError
    from framing.measure.lexicon import LexiconError
    from framing.scale.parts import ScaleError
    from framing.show.saving import FigureError
    from framing.store import StoreError

    return ArticlesError, ContrastError, LexiconError, CodingError, StoreError, FigureError, DemoError, ScaleError


def _demo(options: argparse.Namespace) -> int:
    from framing.demo import build_demo  # as in `_parser`: a command imports only what it needs

    return build_demo(options.output)
