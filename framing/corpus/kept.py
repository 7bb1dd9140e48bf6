"""Keeps on disk what takes long to make from files of the package, so that one short article need not wait for it.

As with Python's own compiled files, what is kept stands beside the package, or in the user's cache where that cannot be written,
and is made again when a file of the package has changed. Where nothing can be kept it is made each time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
PACKAGE = Path(__file__).parent.parent


def keep(name: str, make: Callable[[], T]) -> T:
    """What `make` gives; it may depend on nothing but files of the package and the installed TextBlob."""
    for folder in _folders():
        try:
            return pickle.loads((folder / f"{name}.{_stamp()}.kept").read_bytes())
        except FileNotFoundError:
            continue
        except Exception:  # a damaged file may raise anything, and what it held can be made
            continue
    made = make()
    _write(name, made)
    return made


def _folders() -> Iterator[Path]:
    yield PACKAGE / "__pycache__"
    yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "framing"


def _write(name: str, made: Any) -> None:
    """Write it into the first folder that takes it, and remove what older files of the package had given."""
    for folder in _folders():
        path = folder / f"{name}.{_stamp()}.kept"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(f".{os.getpid()}")
            partial.write_bytes(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
            partial.replace(path)
            for old in folder.glob(f"{name}.*.kept"):
                if old != path:
                    old.unlink(missing_ok=True)
        except OSError:
            continue
        return


@cache
def _stamp() -> str:
    """16 hex digits that change with every file of the lower floors, Python, numpy and TextBlob."""
    files = [
        path for floor in ("corpus", "measure") for path in sorted((PACKAGE / floor).rglob("*")) if path.suffix in (".py", ".csv")
    ]
    about = [(path.name, stat.st_mtime_ns, stat.st_size) for path in files for stat in [path.stat()]]
    programs = platform.python_version(), version("numpy"), version("textblob")
    return hashlib.sha256(repr((str(PACKAGE), programs, about)).encode()).hexdigest()[:16]
