"""Tasks handed out to workers until all are done; what kills its worker is cut in halves until the record is found.

A death says only that one of the tasks in hand was deadly, and the machine may have killed a worker for reasons of its own. So
they are tried again, then one by one; only what dies alone again and again is cut, and only a record that does so is refused.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from tqdm import tqdm

from framing.corpus.readers import ArticlesError
from framing.measure.lexicon import LexiconError
from framing.scale.parts import ScaleError
from framing.scale.workers import Task, Workers, is_death, work
from framing.store import StoreError

TRIES = 3
"""Deaths among others before a task is tried alone, and alone before it is cut or refused (chosen)."""
LEAST_SECONDS = 60.0
"""What a piece of a task gets at least (chosen: a record of five million letters takes some seconds)."""
OURS = (OSError, ArticlesError, LexiconError, StoreError, ScaleError)
"""Faults that no record is to blame for."""


class Divisible(Task, Protocol):
    """A task that can be cut."""

    def halves(self) -> Any:
        """Two tasks that together are this one, or None."""

    def without(self, pieces: Any) -> Any:
        """The task with some smallest pieces left out, each with the reason."""


T = TypeVar("T", bound=Divisible)


@dataclass
class Runner(Generic[T]):
    """Hands out tasks."""

    workers: Workers
    """Who does them."""
    seconds: float
    """How long one may take."""
    bar: tqdm[Any]
    """What shows how far it is."""

    def run(self, tasks: Iterable[T]) -> None:
        """Do all tasks; raises ScaleError where one cannot be done."""
        waiting, again, deadly = iter(tasks), deque[tuple[T, int]](), deque[T]()
        running: dict[Future[None], tuple[T, int, float]] = {}
        while True:
            for task, deaths in _take(waiting, again, self.workers.ahead - len(running)):
                running[self._submit(task)] = task, deaths, time.monotonic()
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            is_broken = False
            for future in done:
                task, deaths, begun = running.pop(future)
                error = _error(future)
                is_broken |= isinstance(error, BrokenExecutor)
                if error is None:
                    self.bar.update(task.size)
                elif is_death(error) and deaths + 1 < TRIES and time.monotonic() - begun < self.seconds:
                    again.append((task, deaths + 1))
                else:
                    self._check(task, error)
                    deadly.append(task)
            if is_broken and not self.workers.renew():
                raise ScaleError("The executor is broken; start another and run the same again: finished units are kept.")
            if is_broken:
                again.extend((task, deaths + 1) for task, deaths, _ in running.values())
                running.clear()
        for task in deadly:
            self._run_alone(task)

    def _submit(self, task: T) -> Future[None]:
        return self.workers.submit(work, task, self.seconds, os.getpid())

    def _run_alone(self, task: T) -> None:
        """Do a task that died among others, or went wrong; without the records that are the cause."""
        error, _ = self._fails(task, self.seconds, probe=False)
        if error is not None:
            bad = list(self._sift(task, self.seconds))
            error, _ = self._fails(task.without(bad), self.seconds, probe=False)
        if error is not None:
            raise ScaleError(
                f"{task.label} cannot be worked on ({_reason(error, 0, self.seconds)}), though each of its records can; "
                "give it more memory or time (fewer --workers, --time-limit) and run the same command again."
            )
        self.bar.update(task.size)

    def _sift(self, task: T, seconds: float) -> Iterator[tuple[T, str]]:
        """The smallest pieces of a failing task that fail themselves, each with the reason."""
        for piece in task.halves() or ():
            limit = max(LEAST_SECONDS, seconds * piece.size / max(task.size, 1))
            limit = min(limit, self.seconds)
            error, spent = self._fails(piece, limit, probe=True)
            if error is not None:
                yield from self._sift(piece, limit) if piece.halves() else [(piece, _reason(error, spent, limit))]
        if not task.halves():
            error, spent = self._fails(task, seconds, probe=True)
            if error is not None:
                yield task, _reason(error, spent, seconds)

    def _fails(self, task: T, seconds: float, *, probe: bool) -> tuple[BaseException | None, float]:
        """What goes wrong with a task that is done alone, and how long it took; deaths count when they come again and again."""
        smallest = not task.halves()
        for _ in range(TRIES if smallest or not probe else 1):
            begun = time.monotonic()
            error = _error(self.workers.submit(work, task, seconds, os.getpid(), probe))
            spent = time.monotonic() - begun
            if isinstance(error, BrokenExecutor) and not self.workers.renew():
                raise ScaleError("The executor is broken; start another and run the same again: finished units are kept.")
            if error is None or not is_death(error) or spent >= seconds:
                break
        self._check(task, error)
        return error, spent

    def _check(self, task: T, error: BaseException | None) -> None:
        """Raise what no record is to blame for, with the task named."""
        if isinstance(error, OSError):
            where = error.filename or "a file"
            raise ScaleError(
                f"{where}: {error.strerror or error} (while {task.label} was worked on); put that right and run the same "
                "command again: finished units are kept."
            ) from None
        if isinstance(error, CancelledError):
            raise ScaleError(f"{task.label} was cancelled; run the same command again: finished units are kept.") from None
        if isinstance(error, OURS):
            raise error


def _take(waiting: Iterator[T], again: deque[tuple[T, int]], n: int) -> Iterator[tuple[T, int]]:
    """Up to n tasks, those first that were tried before, with their deaths."""
    for _ in range(n):
        if again:
            yield again.popleft()
        elif (task := next(waiting, None)) is not None:
            yield task, 0
        else:
            return


def _error(future: Future[Any]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _reason(error: BaseException, spent: float, seconds: float) -> str:
    if is_death(error):
        what = f"takes longer than {seconds:g} seconds" if spent >= seconds else "ends its worker, as when memory runs out"
        return f"working on it {what}; shorten or remove it"
    return f"working on it goes wrong ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'})"
