"""Python's search for cyclic garbage, held back while articles are read.

Reading makes many small objects and no cycles among them; the search would go through all of them, and through the lexicons and
weights, again and again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
