"""Which known stretch between spaces stands where: a table of their characters, in which compiled code looks them up.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

from array import array
from threading import RLock

import numpy as np

from framing.measure.characters import encode
from framing.measure.compiling import kernel
from framing.measure.forms import Forms, Ints

_FIRST, _FACTOR = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # of the hash FNV-1a


class Spellings:
    """The stretches that forms know, by their characters."""

    def __init__(self, forms: Forms) -> None:
        self._forms, self._lock = forms, RLock()
        self._characters, self._ends = array("I"), array("q", [0])
        self._slots = np.full(2**16, -1)

    def number(self, text: str, characters: Ints, separators: Ints) -> Ints:
        """As `Forms.number` for the stretches between the separators of a text, given also as characters."""
        starts, ends = np.append(0, separators + 1), np.append(separators, len(characters))
        with self._lock:  # an array cannot grow while numpy looks at it
            self._learn(self._forms.stretches[len(self._ends) - 1 :])
            numbers = _find(characters, starts, ends, self._slots, *self._columns())
        new = np.flatnonzero(numbers < 0)
        places = zip(starts[new].tolist(), ends[new].tolist(), strict=True)
        numbers[new] = self._forms.number([text[start:end] for start, end in places])
        return numbers

    def _learn(self, new: list[str]) -> None:
        """Takes up stretches that were added to the forms."""
        if not new:
            return
        first = len(self._ends) - 1
        self._characters.frombytes(encode("".join(new)).tobytes())
        self._ends.extend((np.cumsum([len(stretch) for stretch in new]) + self._ends[-1]).tolist())
        if len(self._ends) > len(self._slots) // 2:
            self._slots, first = np.full(4 * 2 ** len(self._ends).bit_length(), -1), 0
        _insert(self._slots, first, *self._columns())

    def _columns(self) -> tuple[Ints, Ints]:
        """The characters of all stretches, and where each begins and ends."""
        characters = np.frombuffer(self._characters, np.uint32) if self._characters else np.zeros(0, dtype=np.uint32)
        return characters, np.frombuffer(self._ends, np.int64)


@kernel
def _find(text: Ints, starts: Ints, ends: Ints, slots: Ints, characters: Ints, begin: Ints) -> Ints:
    """The numbers of stretches of a text; -1 for those that are not known."""
    numbers = np.empty(len(starts), dtype=np.int64)
    for place in range(len(starts)):
        numbers[place] = slots[_slot(text, starts[place], ends[place], slots, characters, begin)]
    return numbers


@kernel
def _insert(slots: Ints, first: int, characters: Ints, begin: Ints) -> None:
    """Puts the stretches from `first` on into the table."""
    for number in range(first, len(begin) - 1):
        slots[_slot(characters, begin[number], begin[number + 1], slots, characters, begin)] = number


@kernel
def _slot(text: Ints, start: int, end: int, slots: Ints, characters: Ints, begin: Ints) -> np.int64:
    """Where a stretch stands in the table, or the free place where it would."""
    key = _FIRST
    for at in range(start, end):
        key = (key ^ np.uint64(text[at])) * _FACTOR
    slot = np.int64((key ^ (key >> np.uint64(32))) & np.uint64(len(slots) - 1))
    while slots[slot] >= 0 and not _is_same(text, start, end, characters, begin[slots[slot]], begin[slots[slot] + 1]):
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@kernel
def _is_same(text: Ints, start: int, end: int, characters: Ints, first: int, stop: int) -> bool:
    if stop - first != end - start:
        return False
    for at in range(end - start):  # noqa: SIM110 - numba compiles no generators
        if text[start + at] != characters[first + at]:
            return False
    return True
