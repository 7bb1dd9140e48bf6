"""How far a long task is: a bar in a terminal and in a notebook, on the error stream, and nothing where the task ends soon."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from tqdm import tqdm

SECONDS = 2.0
"""A task that ends sooner shows nothing (chosen: nobody wonders before)."""
INTERVAL = 1.0
"""Seconds between two drawings (chosen: a log of a long run stays short)."""

T = TypeVar("T")


def progress_bar(what: str, total: int | None = None, progress: bool | None = None, *, unit: str = "", **looks: Any) -> tqdm[Any]:
    """A bar that says how many of `total` are done; `.update(n)` moves it, and it closes as a context manager.

    `progress` is the argument of the public functions: None for a bar where it is seen (in a terminal or a notebook),
    True for one in any case, False for none. TQDM_DISABLE=1 in the environment turns None into False.

    >>> with progress_bar("articles", 3, progress=False) as bar:
    ...     bar.update(3)
    """
    if not (_is_seen() if progress is None else progress):
        return tqdm(disable=True)
    looks = {"delay": SECONDS, "mininterval": INTERVAL, "unit": f" {unit}" if unit else "it", **looks}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a notebook without widgets gets a bar of letters, which needs no remark
        from tqdm.auto import tqdm as drawn  # here, because it imports asyncio, and in a notebook the widgets
    return drawn(total=total, desc=what, disable=False, **looks)


def follow(items: Sequence[T], what: str, progress: bool | None = None, *, unit: str = "") -> Iterator[T]:
    """The items one by one, with a bar that moves when the next one is asked for.

    >>> list(follow("abc", "letters", progress=False))
    ['a', 'b', 'c']
    """
    with progress_bar(what, len(items), progress, unit=unit) as bar:
        for item in items:
            yield item
            bar.update()


def _is_seen() -> bool:
    """Whether somebody sees what is drawn (the error stream is a terminal, or a notebook shows it) and has not forbidden it."""
    return not os.environ.get("TQDM_DISABLE") and (sys.stderr.isatty() or _is_notebook())


def _is_notebook() -> bool:
    """Whether a Jupyter kernel runs this; IPython in a terminal is none."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return "IPKernelApp" in getattr(shell, "config", {})
