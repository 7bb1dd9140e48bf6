"""Exports of libraries: who recognises a file reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from framing.corpus.readers import Reading


@dataclass(frozen=True)
class Export:
    """A kind of export."""

    name: str
    """What it is called."""
    endings: tuple[str, ...]
    """The endings of its files, with the dot."""
    recognises: Callable[[str], bool]
    """Whether a file's content is of this kind."""
    read: Callable[[str, str], Reading]
    """The records of a file, given its name and content."""


EXPORTS: tuple[Export, ...] = ()
"""Asked in this order; the first that recognises the content reads it."""
