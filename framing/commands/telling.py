"""What the commands that read articles say on the error stream."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

from framing.measure.lexicon import Lexicon


def print_skipped(lexicons: Iterable[Lexicon]) -> None:
    """What is not used of dictionaries."""
    for sentence in (sentence for lexicon in lexicons for sentence in lexicon.skipped):
        print(f"not used: {sentence}", file=sys.stderr)


SHOWN = 10
"""How many things of a kind are named on the screen; all stand in the files (chosen)."""


def print_told(columns: Iterable[tuple[str, str]], told: Mapping[str, tuple[Sequence[Mapping[str, str]], int]]) -> None:
    """Columns that were read under another name, and the first things noticed and records refused, of so many."""
    for names in dict.fromkeys(columns):
        print("column {!r} is read as {!r}".format(*names), file=sys.stderr)
    for kind, (found, n) in told.items():
        for one in found[:SHOWN]:
            print(f"{kind}: {one['file']}, {one['record']}: {one['reason']}", file=sys.stderr)
        if n > SHOWN:
            print(f"... and {n - SHOWN} more", file=sys.stderr)
