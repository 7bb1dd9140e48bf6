"""What becomes of a corpus whose workers, whose run, and whose Dask workers are killed at random moments.

    python benchmarks/faults.py [--workers 50] [--runs 50] [--dask 20]

The corpus is the demo's articles under new ids, in units of a few articles. Kills are SIGKILL; after each killed run the same
command is started again. Of every folder that comes out, all files are compared, byte by byte, with those of an undisturbed run,
and units that were finished at a kill must not have been made again. Writes benchmarks/results/faults.json as it goes.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

import framing as fr
from framing.scale import plan

RESULTS = Path(__file__).parent / "results" / "faults.json"
plan.UNIT_BYTES = 12_000
ARTICLES, SEED, LONGEST_WAIT = 96, 7, 600


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=50)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--dask", type=int, default=20)
    parser.add_argument("--score", nargs=3, metavar=("INPUT", "OUTPUT", "ADDRESS"), help="what a killed process does")
    options = parser.parse_args()
    if options.score:
        score(*options.score)
        return
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    with tempfile.TemporaryDirectory() as folder:
        source, whole = write_corpus(Path(folder)), Path(folder) / "whole"
        begin(source, whole).wait()
        for name, n, kill in (
            ("workers", options.workers, kill_workers),
            ("runs", options.runs, kill_runs),
            ("dask", options.dask, kill_dask),
        ):
            if n:
                results[name] = kill(source, files(whole), n)
                print(name, results[name], flush=True)
                RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def write_corpus(folder: Path) -> Path:
    """The demo's articles again and again."""
    rows = [json.loads(line) for line in fr.DEMO.read_text(encoding="utf-8").splitlines()]
    path = folder / "corpus.jsonl"
    chosen = (rows[number % len(rows)] | {"article": f"a{number}"} for number in range(ARTICLES))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chosen), encoding="utf-8")
    return path


def score(source: str, output: str, address: str) -> None:
    """One run."""
    if address == "-":
        fr.score_corpus(source, output, workers=2, progress=False)
        return
    from distributed import Client

    with Client(address) as client:
        fr.score_corpus(source, output, executor=client.get_executor(retries=3), progress=False)


def begin(source: Path, output: Path, address: str = "-") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, __file__, "--score", str(source), str(output), address], stderr=subprocess.DEVNULL)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("lock"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def finished(folder: Path) -> dict[str, int]:
    """The units that are there, and when they were made."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("units/[rs]*-*")}


def spawned(process: psutil.Process, name: str) -> list[psutil.Process]:
    """The worker processes below a process."""
    try:
        return [one for one in process.children(recursive=True) if name in " ".join(one.cmdline())]
    except psutil.Error:
        return []


def check(output: Path, whole: dict[str, bytes], before: dict[str, int]) -> dict[str, int]:
    """What was lost, was made again or differs."""
    found, after = files(output), finished(output)
    return {
        "files lost": len(whole.keys() - found.keys()),
        "files too many": len(found.keys() - whole.keys()),
        "files that differ": sum(found[name] != content for name, content in whole.items() if name in found),
        "finished units made again": sum(after.get(name) != made for name, made in before.items()),
    }


def kill_workers(source: Path, whole: dict[str, bytes], n: int) -> dict[str, object]:
    """Kill workers of this machine until n are dead, in as many runs as that takes."""
    return _kill_children(source, whole, n, "-", None)


def kill_dask(source: Path, whole: dict[str, bytes], n: int) -> dict[str, object]:
    """The same with the workers of a Dask scheduler."""
    with dask_cluster() as (address, nanny):
        return _kill_children(source, whole, n, address, nanny)


def _kill_children(
    source: Path, whole: dict[str, bytes], n: int, address: str, nanny: psutil.Process | None
) -> dict[str, object]:
    chance, total = random.Random(SEED), {"kills": 0, "runs": 0}
    while total["kills"] < n:
        with tempfile.TemporaryDirectory() as folder:
            output, before = Path(folder) / "out", {}
            run = begin(source, output, address)
            root, deadline = nanny or psutil.Process(run.pid), time.monotonic() + LONGEST_WAIT
            while run.poll() is None and time.monotonic() < deadline:
                time.sleep(chance.uniform(0.5, 40))
                victims = spawned(root, "spawn_main")
                if victims and total["kills"] < n and run.poll() is None:
                    before |= finished(output)
                    chance.choice(victims).kill()
                    total["kills"] += 1
            _add(total, {"runs": 1, "runs that failed": int(run.wait() != 0), **check(output, whole, before)})
    return {**total, "units": len([name for name in whole if name.endswith("part.json")])}


def kill_runs(source: Path, whole: dict[str, bytes], n: int) -> dict[str, object]:
    """Kill the process that was started, at any moment from its beginning on; then let a run come to its end."""
    chance, total = random.Random(SEED), {"kills": 0, "runs": 0}
    while total["kills"] < n:
        with tempfile.TemporaryDirectory() as folder:
            output, before = Path(folder) / "out", {}
            while True:
                run = begin(source, output)
                try:
                    run.wait(chance.uniform(1, 30) if total["kills"] < n else LONGEST_WAIT)
                    break
                except subprocess.TimeoutExpired:
                    before |= finished(output)
                    run.kill()
                    run.wait()
                    total["kills"] += 1
            _add(total, {"runs": 1, "runs that failed": int(run.returncode != 0), **check(output, whole, before)})
    return {**total, "units": len([name for name in whole if name.endswith("part.json")])}


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for name, value in more.items():
        total[name] = total.get(name, 0) + value


@contextmanager
def dask_cluster() -> Iterator[tuple[str, psutil.Process]]:
    """A scheduler and two worker processes on this machine; its address, and the process that minds the workers."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "scheduler.json"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        scheduler = subprocess.Popen([*command, "--scheduler-file", str(place)], **quiet)
        while not place.is_file():
            time.sleep(0.2)
        address = json.loads(place.read_text(encoding="utf-8"))["address"]
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nworkers", "2", "--nthreads", "1"]
        nanny = subprocess.Popen([*command, "--host", "127.0.0.1", "--no-dashboard"], **quiet)
        try:
            yield address, psutil.Process(nanny.pid)
        finally:
            for child in psutil.Process(nanny.pid).children(recursive=True):
                child.kill()
            for process in (nanny, scheduler):
                process.kill()
                process.wait()


if __name__ == "__main__":
    main()
