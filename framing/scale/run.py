"""A corpus of any size scored: `score_corpus` reads it unit by unit, scores it group by group, and puts the tables together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tqdm import tqdm

from framing.corpus.articles import make_settings
from framing.corpus.progress import progress_bar
from framing.measure.lexicon import lexicon_digest, load_lexicon
from framing.scale import SECONDS
from framing.scale.corpuswide import OutletLines, ReadPart, open_parts, outlet_lines
from framing.scale.gather import Gathered, Scored, gather_units
from framing.scale.parts import PARTS, ScaleError, drop_torn, is_whole, locked, name_part, remove_others, write_note
from framing.scale.plan import plan_units
from framing.scale.reading import ReadTask
from framing.scale.runner import Runner
from framing.scale.scoring import ScoreTask
from framing.scale.workers import Workers, one_thread_each
from framing.store import StoreError, check_folder

_PLAN = "plan.json"


@dataclass(frozen=True)
class Plan:
    """What a results folder is being filled with; it stands in `units/plan.json`."""

    made_with: Mapping[str, Any]
    """What must be the same for units to belong together: version, lexicons, arguments."""
    input: Sequence[str]
    """What was given as input, without folders."""
    units: Sequence[tuple[str, str]]
    """The units that are read: the part's name, and what messages call it."""

    @property
    def arguments(self) -> dict[str, Any]:
        """What `run.json` says of the arguments."""
        return {"input": list(self.input), **self.made_with["arguments"]}


def score_corpus(
    source: str | Path | Iterable[str | Path],
    output: str | Path,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    shard: tuple[int, int] | None = None,
    furniture: bool = False,
    lexicons: Iterable[str | Path] = (),
    seconds: float = SECONDS,
    progress: bool | None = None,
    **reading: Any,
) -> Gathered | None:
    """Score a corpus of any size into a results folder, with memory that does not grow with its texts.

    Gives what `read_articles`, `annotate` and `score_articles` give, as Parquet: the same rows in the same order, and the same
    bytes for any number of workers. `source` and the further arguments are those of `read_articles`. Finished units stand in
    `output/units`, so a run that was broken off, by whatever, goes on where it was when it is started again.

    `workers` processes of this machine do the work, or an `executor` of concurrent.futures (of Dask: `client.get_executor()`).
    With `shard=(k, n)` only every n-th unit is worked on, from the k-th on: all shards once to read and once more to score, then
    `gather_corpus` puts the tables together; None is given meanwhile. A unit may take so many `seconds`; a record that takes
    longer, or ends its worker, is refused by name. `progress` shows a bar (default: where it is seen). A script
    of your own calls this under `if __name__ == "__main__":`.

    Raises ArticlesError and StoreError for bad input and folders, ScaleError where a unit cannot be done.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from tempfile import TemporaryDirectory
    >>> from framing.corpus.articles import DEMO
    >>> with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as executor:
    ...     score_corpus(DEMO, folder, executor=executor, progress=False).n_articles
    24
    """
    sources = [str(source)] if isinstance(source, (str, Path)) else [str(one) for one in source]
    settings, paths = make_settings(**reading), tuple(str(Path(one).absolute()) for one in lexicons)
    made_with = _made_with(reading, furniture, paths)
    folder = Path(output) / PARTS
    check_folder(Path(output))
    folder.mkdir(parents=True, exist_ok=True)
    team = Workers(workers, executor)
    with locked(folder, "-of-".join(map(str, shard)) if shard else ""), one_thread_each():
        try:
            _check_made_with(folder, made_with)
            reads = _read_tasks(folder, sources, reading, settings.opening.encoding, made_with)
            names = [Path(one).name for one in sources]
            plan = Plan(made_with, names, [(task.name, task.label) for task in reads])
            write_note(folder / _PLAN, vars(plan))
            mine = _share(shard)
            _work(lambda: iter(reads), team, seconds, mine, progress_bar("reading", progress=progress, unit="B", unit_scale=True))
            if not all(is_whole(folder / task.name) for task in reads):
                return None
            corpus = _Corpus.open(folder, plan, furniture, paths)
            _work(corpus.tasks, team, seconds, mine, progress_bar("scoring", progress=progress, unit="articles"))
            team.close()
        finally:
            team.stop()
        return None if shard else _gather(corpus, progress)


def gather_corpus(output: str | Path, *, progress: bool | None = None) -> Gathered:
    """Put together the tables of a results folder whose shards are all done; `progress` shows a bar (default: where it is seen).

    Raises StoreError where the folder holds no units of this version, ScaleError where some are still to be done.
    """
    folder = Path(output) / PARTS
    if not (folder / _PLAN).is_file():
        raise StoreError(f"{output} holds no units to put together; run `framing score INPUT -o {output} --shard 1/N` first.")
    with locked(folder):
        plan = _read_plan(folder)
        now = {"version": version("framing"), "lexicons": lexicon_digest()}
        _check_made_with(folder, {**plan.made_with, **now})
        unread = [label for name, label in plan.units if not is_whole(folder / name)]
        if unread:
            raise ScaleError(f"{output}: {_some(unread)} not read yet; start the missing shards again.")
        return _gather(_Corpus.open(folder, plan, bool(plan.made_with["arguments"]["furniture"]), ()), progress)


def is_read(output: str | Path) -> bool:
    """Whether all units of a results folder are read, and scoring can begin."""
    folder = Path(output) / PARTS
    return all(is_whole(folder / name) for name, _ in _read_plan(folder).units)


def _read_plan(folder: Path) -> Plan:
    return Plan(**json.loads((folder / _PLAN).read_text(encoding="utf-8")))


def _some(labels: Sequence[str]) -> str:
    return f"{labels[0]} is" if len(labels) == 1 else f"{labels[0]} and {len(labels) - 1} more units are"


def _made_with(reading: Mapping[str, Any], furniture: bool, lexicons: Sequence[str]) -> dict[str, Any]:
    declared = {name: reading.get(name) for name in ("columns", "pattern", "encoding", "only_english", "longest")}
    arguments = {"format": "parquet", "furniture": furniture, **{name: value for name, value in declared.items() if value}}
    if reading.get("day_first") is not None:
        arguments["day_first"] = reading["day_first"]
    if lexicons:
        arguments["dictionaries"] = {one.name: one.digest for one in map(load_lexicon, lexicons)}
    return {"version": version("framing"), "lexicons": lexicon_digest(), "arguments": arguments}


def _check_made_with(folder: Path, made_with: Mapping[str, Any]) -> None:
    """Raise StoreError where the units that are there were made with something else."""
    if not (folder / _PLAN).is_file():
        return
    before = _read_plan(folder).made_with
    for name, value in made_with.items():
        if before[name] != value:
            raise StoreError(
                f"{folder} holds units of a run with other {name} ({_short(before[name])}; now {_short(value)}); name another "
                f"folder with -o, or remove {folder}."
            )


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_tasks(
    folder: Path, sources: Sequence[str], reading: Mapping[str, Any], encoding: str, made_with: Mapping[str, Any]
) -> list[ReadTask]:
    made = json.dumps(made_with, sort_keys=True)
    return [
        ReadTask(str(folder.absolute()), name_part("read", one.digest, made), one.label, one.slices, reading, one.size)
        for one in plan_units(sources, encoding)
    ]


def _share(shard: tuple[int, int] | None) -> Callable[[int], bool]:
    """Which tasks are a shard's own."""
    k, n = shard or (1, 1)
    return lambda number: number % n == k - 1


def _work(tasks: Callable[[], Iterator[Any]], team: Workers, seconds: float, mine: Callable[[int], bool], bar: tqdm[Any]) -> None:
    """Do those tasks that are mine and not yet done."""
    with bar:
        numbers = set()
        for number, task in enumerate(tasks()):
            if mine(number):
                drop_torn(Path(task.folder) / task.name)
                bar.total = (bar.total or 0) + task.size
                if (Path(task.folder) / task.name).exists():
                    bar.update(task.size)
                else:
                    numbers.add(number)
        if numbers:
            todo = (task for number, task in enumerate(tasks()) if number in numbers)
            Runner[Any](team, seconds, bar).run(todo)


@dataclass(frozen=True)
class _Corpus:
    """A corpus that has been read."""

    folder: Path
    plan: Plan
    parts: Sequence[ReadPart]
    lines: OutletLines
    furniture: bool
    lexicons: tuple[str, ...]

    @classmethod
    def open(cls, folder: Path, plan: Plan, furniture: bool, lexicons: tuple[str, ...]) -> _Corpus:
        parts = open_parts([folder.absolute() / name for name, _ in plan.units])
        return cls(folder.absolute(), plan, parts, outlet_lines(parts), furniture, lexicons)

    def tasks(self) -> Iterator[ScoreTask]:
        """The groups to score, in order."""
        for number in range(len(self.parts)):
            yield from self.tasks_of(number)

    def tasks_of(self, number: int) -> Iterator[ScoreTask]:
        """The groups of a unit."""
        part, (name, label) = self.parts[number], self.plan.units[number]
        made = json.dumps(self.plan.made_with, sort_keys=True)
        for group, (begin, n, lines) in enumerate(zip(part.begins, part.groups, self.lines.of(part), strict=True)):
            dropped = {row - begin for row in part.dropped if begin <= row < begin + n}
            rows = [row for row in range(n) if row not in dropped] if dropped else range(n)
            renamed = {row - begin: to for row, to in part.renamed.items() if begin <= row < begin + n}
            own = name_part("score", name, group, sorted(dropped), sorted(renamed.items()), lines, made)
            source = str(part.folder / f"articles-{group}.parquet")
            where = f"{label}, articles {begin + 1} to {begin + n}"
            yield ScoreTask(str(self.folder), own, where, source, rows, renamed, lines, self.furniture, self.lexicons)


def _gather(corpus: _Corpus, progress: bool | None) -> Gathered:
    units = []
    for number, part in enumerate(corpus.parts):
        units.append(Scored(part, tuple(replace(task, lines=()) for task in corpus.tasks_of(number))))
    tasks = [task for unit in units for task in unit.tasks]
    missing = [task.label for task in tasks if not is_whole(corpus.folder / task.name)]
    if missing:
        raise ScaleError(f"{corpus.folder.parent}: {_some(missing)} not scored yet; start the missing shards again.")
    remove_others(corpus.folder, {task.name for task in tasks} | {part.folder.name for part in corpus.parts})
    arguments = corpus.plan.arguments
    return gather_units(corpus.folder.parent, units, arguments, arguments.get("columns", {}), progress)
