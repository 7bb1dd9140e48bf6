"""Are the paper and its figures the same bytes, wherever and with whatever hash seed they are made?

    python benchmarks/identity.py

Copies the project's files into two folders whose names differ in length, executes notebook 6 and builds the paper in each, with
PYTHONHASHSEED 0 and 1, and compares every figure, notebook, table and paper file byte by byte: the two with each other and both
with what stands here. Prints each file that differs and the number of those that do not; the exit code is 1 where any differs.
Takes some minutes: both copies compile their kernels anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMANDS = (["notebooks/execute.py", "notebooks/06_paper_figures.ipynb"], ["paper/build.py"])
KINDS = frozenset(".pdf .svg .png .csv .txt .ipynb .docx .tex .json .md".split())
PLACES = ("figures", "notebooks", "paper", "README.md")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        places = {"the project": ROOT, "a copy": Path(folder) / "a", "another copy": Path(folder) / "a much longer name"}
        for seed, place in enumerate(list(places.values())[1:]):
            copy(place)
            make(place, seed)
        different = [compare(one, other, places) for one, other in combinations(places, 2)]
    return int(any(different))


def compare(one: str, other: str, places: dict[str, Path]) -> int:
    """How many files differ between two places; each is printed."""
    here, there = places[one], places[other]
    names = sorted({*built(here), *built(there)})
    differ = [name for name in names if not same(here / name, there / name)]
    for name in differ:
        print(f"differs: {name}")
    print(f"{one} and {other}: {len(names) - len(differ)} of {len(names)} files are the same bytes")
    return len(differ)


def same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def copy(place: Path) -> None:
    """The project's files as they stand, without what git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)


def make(place: Path, seed: int) -> None:
    """Notebook 6 and the paper, made in a copy by the copy's own code."""
    for path in (
        *drawn(place),
        *place.glob("paper/paper*.pdf"),
        place / "paper" / "paper.docx",
        place / "paper" / "results.json",
    ):
        path.unlink()  # so that a file that is not made again is missed
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(place)}
    for command in COMMANDS:
        subprocess.run([sys.executable, *command], cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)


def drawn(place: Path) -> list[Path]:
    """The files of the figures that notebook 6 saves."""
    text = (place / "notebooks" / "06_paper_figures.ipynb").read_text(encoding="utf-8")
    return [
        path
        for name in set(re.findall(r"save_figure\(figure, '([\w-]+)'", text))
        for path in (place / "figures").glob(f"{name}.*")
    ]


def built(place: Path) -> Iterator[Path]:
    """The files below a place that are made or could be: figures, notebooks, the paper and the README."""
    for name in PLACES:
        found = [place / name] if (place / name).is_file() else (place / name).rglob("*")
        yield from (path.relative_to(place) for path in found if path.suffix in KINDS)


if __name__ == "__main__":
    raise SystemExit(main())
