"""The options that make `framing score` work unit by unit; what does the work is imported when one of them is given."""

from __future__ import annotations

import argparse

from framing.commands.parsing import positive
from framing.scale import SECONDS


def scale_options(parser: argparse.ArgumentParser) -> None:
    """What makes `score` work unit by unit."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--workers", type=positive, metavar="N", help="score unit by unit in so many processes; resumes what is there"
    )
    how.add_argument("--shard", type=_shard, metavar="K/N", help="only every N-th unit, from the K-th on; see docs/scaling.md")
    how.add_argument("--dask", metavar="ADDRESS", help="on the workers of a Dask scheduler, such as tcp://10.0.0.1:8786")
    parser.add_argument(
        "--time-limit",
        type=positive,
        default=int(SECONDS),
        metavar="SECONDS",
        help="for one unit of --workers, --shard or --dask; a record that takes longer is refused (default: %(default)s)",
    )


def is_scaled(options: argparse.Namespace) -> bool:
    """Whether a corpus is to be scored unit by unit."""
    return bool(options.workers or options.shard or options.dask)


def _shard(text: str) -> tuple[int, int]:
    k, mark, n = text.partition("/")
    if not (mark and k.isdigit() and n.isdigit() and 1 <= int(k) <= int(n)):
        raise argparse.ArgumentTypeError(f"{text} is not of the form 3/64")
    return int(k), int(n)
