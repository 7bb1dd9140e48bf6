"""Where tasks are worked on: processes of this machine, started anew when one dies, or an executor of somebody else's (Dask's).

A task may kill its worker (memory, a fault in a library) or never end; a watchdog in the worker turns the second into the first.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Protocol

from framing.scale.parts import ScaleError

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMBA_NUM_THREADS")
"""What keeps the libraries of a worker to one thread, so that N workers take N cores."""
STARTS = 10
"""Deaths of workers before they have begun after which something is wrong with all of them (chosen)."""
AHEAD = 64
"""Tasks that wait in another's executor at a time (chosen: more than a small cluster works on)."""


class Task(Protocol):
    """Something to be done in a worker, which can be cut to find out what in it is deadly."""

    @property
    def label(self) -> str:
        """What messages call it."""

    @property
    def size(self) -> int:
        """What the progress bar counts."""

    def run(self) -> None:
        """Do it, and leave the result on the disk."""

    def probe(self) -> None:
        """Do it and leave nothing."""


class Workers:
    """An executor, made anew when it breaks."""

    def __init__(self, n: int, executor: Executor | None = None):
        self.n, self._given = n, executor
        self._own: Executor | None = None
        self.ahead = n if executor is None else AHEAD
        """How many tasks are handed out at a time; of own workers each has one, so that none waits while its time runs."""

    def submit(self, do: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hand something out."""
        if self._given is not None:
            return self._given.submit(do, *arguments)
        if self._own is None:
            self._own = self._begun()
        try:
            return self._own.submit(do, *arguments)
        except BrokenExecutor:  # a worker died while nothing was asked of it
            self.stop()
            return self.submit(do, *arguments)

    def _begun(self) -> Executor:
        """New workers, of which one is ready: a death before that is no task's fault, and what must be compiled is then there."""
        for _ in range(STARTS):
            self._own = make_pool(self.n)
            try:
                self._own.submit(prepare).result()
            except BrokenExecutor:
                self.stop()
            else:
                return self._own
        raise ScaleError(
            "The workers end as soon as they begin; in a script of your own call score_corpus under "
            '`if __name__ == "__main__":`, and run the same again: finished units are kept.'
        )

    def renew(self) -> bool:
        """Whether one that broke could be put in order; another's cannot."""
        self.stop()
        return self._given is None

    def close(self) -> None:
        """Send own workers home, who have nothing to do."""
        if self._own is not None:
            self._own.shutdown()
            self._own = None

    def stop(self) -> None:
        """End own workers at once, whatever they do."""
        if self._own is not None:
            processes = list((getattr(self._own, "_processes", None) or {}).values())
            self._own.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.kill()
            for process in processes:
                process.join()
            self._own = None


def make_pool(n: int) -> Executor:
    """Worker processes that share nothing with this one."""
    return ProcessPoolExecutor(n, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes that are started within have libraries with one thread."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _begin() -> None:
    """A worker's beginning: interruptions are the parent's affair, and without a parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def is_death(error: BaseException) -> bool:
    """Whether a worker died, or had no memory left, rather than the task going wrong."""
    return isinstance(error, (BrokenExecutor, MemoryError)) or type(error).__name__ == "KilledWorker"


def work(task: Task, seconds: float, parent: int, probe: bool = False) -> None:
    """What is done in a worker: the task, or the end of the worker when it takes too long."""
    prepare()
    with _watched(seconds, parent):
        task.probe() if probe else task.run()


@contextmanager
def _watched(seconds: float, parent: int) -> Iterator[None]:
    if os.getpid() == parent:  # a thread of the user's own program is not to be ended
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@cache
def prepare() -> None:
    """Load lexicons and compiled loops, which are compiled where nobody has done so before; no task's time runs meanwhile."""
    import pyarrow as pa

    from framing.corpus.articles import DEMO, read_articles
    from framing.measure.scores import annotate, score_articles

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    score_articles(annotate(read_articles(DEMO).head(1), progress=False))
