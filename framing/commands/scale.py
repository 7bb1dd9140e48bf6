"""`framing score --workers|--shard|--dask` and `framing gather`: corpora of any size."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from framing.commands.parsing import Commands
from framing.commands.telling import print_skipped, print_told
from framing.measure.lexicon import load_lexicon
from framing.scale.gather import Gathered
from framing.scale.run import gather_corpus, is_read, score_corpus
from framing.store import StoreError

RETRIES = 3
"""How often Dask tries a task again whose worker went away (chosen)."""


def add_commands(commands: Commands) -> None:
    """The parser of `gather`."""
    gather = commands.add_parser("gather", help="put together what the shards of `framing score --shard K/N` made")
    gather.add_argument("folder", type=Path, metavar="DIR")
    gather.set_defaults(run=_gather)


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
