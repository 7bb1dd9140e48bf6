"""Which known stretch between spaces stands where: a table of their characters, in which compiled code looks them up.

A text is read eight characters at a time, each made one byte: a stretch of up to sixteen common characters is its own key. Numba
comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

from array import array
from threading import RLock
from typing import NamedTuple

import numpy as np

from framing.measure.characters import STOP, encode, find_traits, trait_table
from framing.measure.compiling import count_zeros, kernel
from framing.measure.forms import Forms, Ints

_LINE, _BLANK = 10, 32
_ODD = 255  # stands for all characters that are no byte, or that are 0 or 255, in the text as bytes
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # of Fibonacci hashing: 2^64 over the golden ratio
_FIRST, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # of the hash FNV-1a
# The same byte eight times.
_ONES, _TOPS, _SPACES, _LINES = (np.uint64(byte * 0x0101010101010101) for byte in (1, 0x80, _BLANK, _LINE))
_NONE, _ALL, _MANY = np.uint64(0), np.uint64(2**64 - 1), np.uint64(2**32)
_ONE, _SEVEN, _EIGHT, _SIXTEEN = (np.uint64(number) for number in (1, 7, 8, 16))
_FEWEST = 16  # bits of the smallest table's size
_FIRST_EIGHT, _SECOND_EIGHT, _NUMBER, _STOP = range(4)
"""Columns of the table: the key, the stretch's number + 1 (0: nothing stands here), and 1 + where in it the only character stands
that may end a sentence, 0 for none, `_MANY` for several."""


class Stretches(NamedTuple):
    """The stretches between the spaces and line breaks of a text."""

    numbers: Ints
    """Their numbers in the forms."""
    ends: Ints
    """Offsets after their last characters."""
    stops: Ints
    """Offsets of the characters that may end a sentence (trait `STOP`)."""
    traits: Ints
    """The traits by code point, of all that the text holds."""


class Spellings:
    """The stretches that forms know, by their characters."""

    def __init__(self, forms: Forms) -> None:
        self._forms, self._lock = forms, RLock()
        self._characters, self._begin = array("I"), array("q", [0])
        self._slots = _make_slots(_FEWEST)

    def find(self, text: str, characters: Ints) -> Stretches:
        """The stretches of a text, given also as characters."""
        self._learn()
        with self._lock:  # an array cannot grow while numpy looks at it
            found = _find(characters, _as_bytes(characters), self._slots, trait_table(), *self._known())
        numbers, ends, _ = found
        new = np.flatnonzero(numbers < 0)
        if len(new):
            places = zip((np.append(-1, ends)[new] + 1).tolist(), ends[new].tolist(), strict=True)
            numbers[new] = self._forms.number([text[start:end] for start, end in places])
            self._learn()
        return Stretches(*found, trait_table())

    def _learn(self) -> None:
        """Takes up the stretches that were added to the forms."""
        with self._lock:
            first = len(self._begin) - 1
            new = self._forms.stretches[first:]
            if new:
                self._take_up(new, first)

    def _take_up(self, new: list[str], first: int) -> None:
        self._characters.frombytes(encode(" ".join([*new, ""])).tobytes())
        self._begin.extend((np.cumsum([len(stretch) + 1 for stretch in new]) + self._begin[-1]).tolist())
        if 3 * len(self._begin) > 2 * len(self._slots):  # searching is slow in a table that is more than two thirds full
            self._slots, first = _make_slots(len(self._begin).bit_length() + 1), 0
        characters, begin = self._known()
        find_traits(characters[begin[first] :])  # now the table of traits knows all of them
        _insert(self._slots, first, trait_table(), characters, _as_bytes(characters), begin)

    def _known(self) -> tuple[Ints, Ints]:
        """The characters of all stretches, each with a space after it, and where each begins."""
        characters = np.frombuffer(self._characters, np.uint32) if self._characters else np.zeros(0, dtype=np.uint32)
        return characters, np.frombuffer(self._begin, np.int64)


def _make_slots(bits: int) -> Ints:
    return np.zeros((2**bits, 4), dtype=np.uint64)


@kernel
def _as_bytes(characters: Ints) -> Ints:
    """The characters as bytes, with spaces after them, so that eight bytes can be read at the last one."""
    narrow = np.empty(len(characters) + 2 * 8, dtype=np.uint8)
    for at in range(len(characters)):
        narrow[at] = characters[at] if 0 < characters[at] < _ODD else _ODD
    narrow[len(characters) :] = _BLANK
    return narrow


@kernel
def _find(text: Ints, narrow: Ints, slots: Ints, traits: Ints, characters: Ints, begin: Ints) -> tuple[Ints, Ints, Ints]:
    """Numbers (-1 where it is not known) and ends of the stretches of a text, and where sentences may end."""
    size = _count_separators(narrow[: len(text)]) + 1
    numbers, ends, stops = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64), np.empty(len(text), dtype=np.int64)
    at, n_stops, length = _NONE, _NONE, np.uint64(len(text))
    for place in range(np.uint64(size)):
        end, first, second = _read(narrow, at)
        if _is_exact(first, second):
            slot = _slot(slots, first, second)
        else:
            slot = _odd_slot(slots, text, at, end, characters, begin)
        numbers[place], ends[place] = np.int64(slots[slot, _NUMBER]) - 1, end
        stop = slots[slot, _STOP] if slots[slot, _NUMBER] else _MANY
        if stop == _MANY:
            for offset in range(at, end):
                if traits[text[offset]] & STOP:
                    stops[n_stops] = offset
                    n_stops += _ONE
        elif stop:
            stops[n_stops] = at + stop - _ONE
            n_stops += _ONE
        if narrow[end] == _LINE and end < length:
            stops[n_stops] = end
            n_stops += _ONE
        at = end + _ONE
    return numbers, ends, stops[:n_stops].copy()


@kernel
def _count_separators(narrow: Ints) -> int:
    count = 0
    for character in narrow:
        count += (character == _BLANK) | (character == _LINE)
    return count


@kernel
def _insert(slots: Ints, first: int, traits: Ints, characters: Ints, narrow: Ints, begin: Ints) -> None:
    """Puts the stretches from `first` on into the table."""
    for number in range(first, len(begin) - 1):
        at = np.uint64(begin[number])
        end, one, two = _read(narrow, at)
        if _is_exact(one, two):
            slot = _slot(slots, one, two)
        else:
            slot = _odd_slot(slots, characters, at, end, characters, begin)
            one, two = _hash(characters, at, end), _ALL
        slots[slot, _FIRST_EIGHT], slots[slot, _SECOND_EIGHT], slots[slot, _NUMBER] = one, two, number + 1
        for place in range(at, end):
            if traits[characters[place]] & STOP:
                slots[slot, _STOP] = _MANY if slots[slot, _STOP] else place - at + _ONE


@kernel
def _read(narrow: Ints, at: np.uint64) -> tuple[np.uint64, np.uint64, np.uint64]:
    """Where the stretch that begins here ends, and its first and second eight bytes (as `_ALL` where there are more)."""
    first, second, end = _eight(narrow, at), _NONE, at
    mark = _separators(first)
    if mark:
        return at + (count_zeros(mark) >> np.uint64(3)), first & _below(mark), second
    second = _eight(narrow, at + _EIGHT)
    mark = _separators(second)
    if mark:
        return at + _EIGHT + (count_zeros(mark) >> np.uint64(3)), first, second & _below(mark)
    end = at + _SIXTEEN
    mark = _separators(_eight(narrow, end))
    while not mark:
        end += _EIGHT
        mark = _separators(_eight(narrow, end))
    return end + (count_zeros(mark) >> np.uint64(3)), first, _ALL


@kernel
def _eight(narrow: Ints, at: np.uint64) -> np.uint64:
    """Eight bytes as one number (the compiler makes it one instruction)."""
    low = np.uint64(narrow[at]) | np.uint64(narrow[at + np.uint64(1)]) << np.uint64(8)
    low |= np.uint64(narrow[at + np.uint64(2)]) << np.uint64(16) | np.uint64(narrow[at + np.uint64(3)]) << np.uint64(24)
    high = np.uint64(narrow[at + np.uint64(4)]) << np.uint64(32) | np.uint64(narrow[at + np.uint64(5)]) << np.uint64(40)
    return low | high | np.uint64(narrow[at + np.uint64(6)]) << np.uint64(48) | np.uint64(narrow[at + _SEVEN]) << np.uint64(56)


@kernel
def _separators(eight: np.uint64) -> np.uint64:
    """The top bit of the first byte that is a space or a line break (and of some bytes after it)."""
    return _zeros(eight ^ _SPACES) | _zeros(eight ^ _LINES)


@kernel
def _zeros(eight: np.uint64) -> np.uint64:
    """The top bit of the first byte that is zero (and of some bytes after it); 0 where none is."""
    return (eight - _ONES) & ~eight & _TOPS


@kernel
def _below(mark: np.uint64) -> np.uint64:
    """All bits of the bytes below the first one marked."""
    return (_ONE << (count_zeros(mark) - _SEVEN)) - _ONE


@kernel
def _is_exact(first: np.uint64, second: np.uint64) -> bool:
    """Whether the bytes are the characters themselves."""
    return not (_zeros(~first) | _zeros(~second))


@kernel
def _hash(text: Ints, at: np.uint64, end: np.uint64) -> np.uint64:
    key = _FIRST
    for place in range(at, end):
        key = (key ^ np.uint64(text[place])) * _PRIME
    return key


@kernel
def _slot(slots: Ints, first: np.uint64, second: np.uint64) -> np.uint64:
    """Where a stretch of common characters stands in the table, or the free place where it would."""
    slot = _place(slots, first, second)
    while slots[slot, _NUMBER] and not (slots[slot, _FIRST_EIGHT] == first and slots[slot, _SECOND_EIGHT] == second):
        slot = (slot + _ONE) & np.uint64(len(slots) - 1)
    return slot


@kernel
def _odd_slot(slots: Ints, text: Ints, at: np.uint64, end: np.uint64, characters: Ints, begin: Ints) -> np.uint64:
    """The same for any other stretch: under the hash of its characters, which are compared."""
    first = _hash(text, at, end)
    slot = _place(slots, first, _ALL)
    while slots[slot, _NUMBER]:
        if slots[slot, _FIRST_EIGHT] == first and slots[slot, _SECOND_EIGHT] == _ALL:
            number = np.int64(slots[slot, _NUMBER]) - 1
            if _is_same(text, at, end, characters, begin[number], begin[number + 1] - 1):
                break
        slot = (slot + _ONE) & np.uint64(len(slots) - 1)
    return slot


@kernel
def _place(slots: Ints, first: np.uint64, second: np.uint64) -> np.uint64:
    key = (first ^ (second * _FACTOR)) * _FACTOR
    return ((key ^ (key >> np.uint64(32))) * _FACTOR >> np.uint64(32)) & np.uint64(len(slots) - 1)


@kernel
def _is_same(text: Ints, start: np.uint64, end: np.uint64, characters: Ints, first: int, stop: int) -> bool:
    if np.uint64(stop - first) != end - start:
        return False
    for at in range(end - start):  # noqa: SIM110 - numba compiles no generators
        if text[start + at] != characters[np.uint64(first) + at]:
            return False
    return True
