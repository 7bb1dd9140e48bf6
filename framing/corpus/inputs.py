"""The files that are meant by a path, each with a name of its own for messages and for ids."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from framing.corpus.kinds import USUAL_ENDINGS, find_ending
from framing.corpus.readers import ArticlesError


@dataclass(frozen=True)
class Input:
    """A file to read."""

    path: Path
    """Where it is."""
    relative: str
    """Its path from the folder given on, with /; the name alone where the file itself was given."""
    name: str
    """What messages call it: its name, or more of its path where several files have that name."""
    label: str
    """What ids are made from: its name without the ending, or more of its path where that is not enough."""


def find_inputs(source: str | Path | Iterable[str | Path]) -> list[Input]:
    """The files to read, in order, with names that tell them apart."""
    found = list(_find(source))
    if not found:
        return []
    wholes = _from_common_folder([path for path, _ in found])
    names, labels = [], []
    for (path, relative), whole in zip(found, wholes, strict=True):
        names.append([path.name, relative, whole])
        labels.append([_bare(path.name), _bare(relative), relative, _bare(whole), whole])
    told = zip(found, _distinct(names), _distinct(labels), strict=True)
    return [Input(path, relative, name, label) for (path, relative), name, label in told]


def _from_common_folder(paths: Sequence[Path]) -> list[str]:
    """The paths from the lowest folder on that holds all of them."""
    try:
        above = os.path.commonpath([path.absolute().parent for path in paths])
        return [os.path.relpath(path.absolute(), above).replace(os.sep, "/") for path in paths]
    except ValueError:  # several drives
        return [path.absolute().as_posix() for path in paths]


def find_files(source: str | Path | Iterable[str | Path]) -> Iterator[Path]:
    """The files meant by a path, a folder (searched through, hidden files aside) or several of them, sorted by name."""
    return (path for path, _ in _find(source))


def _find(source: str | Path | Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    """The files with their paths from the folder given on."""
    for one in [source] if isinstance(source, (str, Path)) else source:
        path = Path(one)
        if not path.exists():
            raise ArticlesError(f"There is no file or folder {str(one)!r}; check the path.")
        if not path.is_dir():
            yield path, path.name
            continue
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(path)))
        if not inside:
            raise ArticlesError(f"The folder {str(one)!r} holds no files; put {', '.join(USUAL_ENDINGS)} files there.")
        yield from ((p, p.relative_to(path).as_posix()) for p in inside)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _bare(written: str) -> str:
    """A path without its file's ending."""
    ending = find_ending(Path(written))
    return written[: -len(ending)] if ending else written


def _distinct(candidates: Sequence[Sequence[str]]) -> list[str]:
    """For each file the first of its candidates that no other file has in the same place; the last where none is."""
    often = [Counter(column) for column in zip(*candidates, strict=True)]
    return [next((one for one, count in zip(row, often, strict=True) if count[one] == 1), row[-1]) for row in candidates]
