"""Memory while articles are read: the search for garbage is held back, and what one batch frees is kept for the next.

Reading makes many small objects and no cycles among them; Python's search for cycles would go through all of them, and through
the lexicons and weights, again and again.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

# What `mallopt` calls the two thresholds (malloc.h of glibc), and what they are set to: the free memory that is given back
# (chosen: more than a batch takes), and the blocks that are asked of the system one by one (the largest size that glibc allows).
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT_BYTES, _LARGE_BYTES = 128 * 2**20, 32 * 2**20


@contextmanager
def held_back() -> Iterator[None]:
    """No search within; afterwards things are as before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def keep_freed_memory() -> bool:
    """Has glibc keep what a batch frees: given back and asked for again, the system would have to empty every page of it anew.

    Gives whether it could; other C libraries go on as they did.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return all([mallopt(_MMAP_THRESHOLD, _LARGE_BYTES), mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)])
