"""`framing score --workers|--shard|--dask` and `framing gather`: corpora of any size."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from framing.commands.parsing import Commands, positive
from framing.measure.lexicon import Lexicon, load_lexicon
from framing.scale.gather import Gathered
from framing.scale.run import SECONDS, gather_corpus, is_read, score_corpus
from framing.store import StoreError

RETRIES = 3
"""How often Dask tries a task again whose worker went away (chosen)."""


def add_commands(commands: Commands) -> None:
    """The parser of `gather`."""
    gather = commands.add_parser("gather", help="put together what the shards of `framing score --shard K/N` made")
    gather.add_argument("folder", type=Path, metavar="DIR")
    gather.set_defaults(run=_gather)


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


def score_in_units(options: argparse.Namespace, declared: Mapping[str, Any]) -> int:
    """Score a corpus unit by unit; gives the exit code."""
    if options.format == "csv":
        raise StoreError("--workers, --shard and --dask write Parquet; leave out --format csv.")
    print_skipped(load_lexicon(name) for name in options.lexicon)
    with _executor(options.dask) as executor:
        gathered = score_corpus(
            options.input,
            options.output,
            workers=options.workers or 1,
            executor=executor,
            shard=options.shard,
            furniture=options.furniture,
            lexicons=options.lexicon,
            seconds=options.time_limit,
            progress=False if options.quiet else None,
            **declared,
        )
    if gathered is not None:
        return _report(gathered)
    name, folder = "{}/{}".format(*options.shard), options.output
    if is_read(folder):
        print(f"Shard {name} is scored; when all are, run `framing gather {folder}`.")
    else:
        print(f"Shard {name} is read; when all are, start the same commands once more, and they will score.")
    return 0


@contextmanager
def _executor(address: str | None) -> Iterator[Executor | None]:
    """The workers of a Dask scheduler, where one is named."""
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise StoreError("--dask needs Dask; install it with: pip install 'framing[cluster]'.") from None
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError, TimeoutError) as error:
        reason = str(error).splitlines()[0] or type(error).__name__
        raise StoreError(f"There is no Dask scheduler at {address} ({reason}); start one, or correct --dask.") from None
    with client:
        yield client.get_executor(retries=RETRIES)


def _gather(options: argparse.Namespace) -> int:
    return _report(gather_corpus(options.folder))


def _report(gathered: Gathered) -> int:
    told = gathered.told
    print_told(told.columns, {kind: (told.first[kind], told.n[kind]) for kind in ("noticed", "refused")})
    print(
        f"{gathered.n_articles} articles, {gathered.n_words} words, {gathered.n_marks} marks, "
        f"{gathered.n_attributions} attributions in {gathered.folder}"
    )
    if told.n["refused"]:
        print(f"{told.n['refused']} records were refused; each is named in {gathered.folder / 'refused.jsonl'}")
    return 3 if told.n["refused"] else 0


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
