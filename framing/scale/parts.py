"""Finished units on disk: a folder each, written under another name, brought to the disk, and then renamed in one step.

A part's name holds the digest of all that it was made from, so that a part which is there need not be made again. What it holds
and how many bytes each of its files has stands in its `part.json`.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from framing.store import StoreError

PARTS = "units"
"""The folder of a results folder in which the parts stand."""
_ABOUT = "part.json"


class ScaleError(RuntimeError):
    """A run that failed though the input is good; what is finished stays, and the sentence says what to do."""


def name_part(stage: str, *made_from: object) -> str:
    """The name of a part: the stage and a digest of what it is made from."""
    digest = hashlib.sha256("\0".join(map(str, made_from)).encode("utf-8", "surrogateescape"))
    return f"{stage}-{digest.hexdigest()[:24]}"


@contextmanager
def write_part(folder: Path, name: str, about: dict[str, Any]) -> Iterator[Path]:
    """A folder to write into, which becomes the part `name` at the end with `about` in it, filled in meanwhile."""
    partial = folder / f".{name}.{os.getpid()}.{time.time_ns()}.tmp"
    partial.mkdir(parents=True)
    try:
        yield partial
        sizes = {path.name: path.stat().st_size for path in sorted(partial.iterdir())}
        (partial / _ABOUT).write_text(json.dumps({**about, "sizes": sizes}, ensure_ascii=False), encoding="utf-8")
        for path in (*partial.iterdir(), partial):
            sync(path)
        try:
            partial.rename(folder / name)
        except OSError:
            if not is_whole(folder / name):  # else another run of the same unit was quicker, with the same bytes
                raise
        sync(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def sync(path: Path) -> None:
    """Wait until a file or a folder stands on the disk; folders only where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_whole(part: Path) -> bool:
    """Whether a part is there and all its files have the length with which they were written."""
    try:
        sizes = read_about(part)["sizes"]
        return all((part / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError):
        return False


def drop_torn(part: Path) -> None:
    """Remove a part that is not whole: something cut it off afterwards."""
    if part.exists() and not is_whole(part):
        shutil.rmtree(part)


def read_about(part: Path) -> dict[str, Any]:
    """What is known of a finished part."""
    return dict(json.loads((part / _ABOUT).read_text(encoding="utf-8")))


def remove_others(folder: Path, keep: set[str]) -> None:
    """Remove what runs that were killed, and earlier inputs, left between the parts."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def write_note(path: Path, content: Mapping[str, Any]) -> None:
    """Write a small JSON file in one step; several processes may write the same at a time."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.{time.time_ns()}.tmp")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        sync(partial)
        partial.replace(path)
        sync(path.parent)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path, shard: str = "") -> Iterator[None]:
    """Nobody else works in the folder meanwhile; of shards, nobody else on the same one.

    The system frees the lock of a process that died. Raises StoreError where another process holds it.
    """
    with ExitStack() as stack:
        stack.enter_context(_lock(folder / "lock", is_shared=bool(shard)))
        if shard:
            stack.enter_context(_lock(folder / f"lock-{shard}", is_shared=False))
        yield


@contextmanager
def _lock(path: Path, is_shared: bool) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _take(handle, is_shared)
        except BlockingIOError:
            holder = path.read_text(encoding="utf-8").strip() or "another process"
            raise StoreError(
                f"{path.parent.parent} is being written by {holder}; wait until it has finished, or name another folder with -o."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, f"process {os.getpid()} on {platform.node() or 'this machine'}\n".encode())
        yield
    finally:
        os.close(handle)


def _take(handle: int, is_shared: bool) -> None:
    """Lock an open file or raise BlockingIOError."""
    try:
        import fcntl
    except ImportError:  # Windows, which has no shared locks
        return
    fcntl.flock(handle, (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
