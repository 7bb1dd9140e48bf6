"""Compiles small loops over integers to machine code (numba); the result is kept on disk, so that it is done once.

Numba is slow to import, so modules with kernels are imported only when a text is read. Loading compiled loops takes longer than
reading one short article without them: where numba's own variable NUMBA_DISABLE_JIT says so, they run as they stand.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

F = TypeVar("F", bound=Callable[..., Any])
IS_COMPILED = os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


def _first_bit(number: np.uint64) -> np.uint64:
    return np.uint64((int(number) & -int(number)).bit_length() - 1)


if IS_COMPILED:
    import numba
    from numba.cpython.unsafe.numbers import trailing_zeros

    # Sums of eight numbers side by side become one instruction, which halves the time of the largest loop.
    numba.config.SLP_VECTORIZE = True  # type: ignore[attr-defined]
    _first_bit = cast("Any", trailing_zeros)  # one instruction
else:
    np.seterr(over="ignore")  # whole numbers wrap, as they do when compiled


def kernel(function: F) -> F:
    """The function compiled when it is first called; compiled again when any module beside it has changed."""
    if not IS_COMPILED:
        return function
    compiled = numba.njit(cache=True, nogil=True)(function)
    # Numba looks only at the function's own file, but kernels use the constants and kernels of others.
    kept: Any = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
    if hasattr(kept, "_source_stamp"):
        kept._source_stamp = _stamp()
    return cast("F", compiled)


def _stamp() -> tuple[tuple[str, int, int], ...]:
    files = sorted(Path(__file__).parent.glob("*.py"))
    return tuple((file.name, stat.st_mtime_ns, stat.st_size) for file in files for stat in [file.stat()])


@kernel
def count_zeros(number: np.uint64) -> np.uint64:
    """How many bits are 0 below the lowest one that is 1."""
    return _first_bit(number)
