"""Characters as numbers, and what the rules for sentences, quotations and words ask of each.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.forms import Ints

SPACE, ALNUM, LETTER, LOWER, DIGIT, STOP, MARK, _KNOWN = (1 << bit for bit in range(8))
"""Traits: white space, letter or digit, letter, small letter, digit, may end a sentence, may begin a quotation mark."""
_LOW_LINE = ord("_")
_STOPS, _MARKS = frozenset(".!?…\n"), frozenset("`'\"“”„«»‘")


def encode(text: str) -> Ints:
    """The code points of a text."""
    return np.array([text]).view(np.uint32)[: len(text)]  # of an empty text one character is made


def trait_table() -> Ints:
    """The traits by code point, 0 for characters that were not met yet: all of a text are met once its stretches are found."""
    return _TABLE


def find_traits(characters: Ints) -> Ints:
    """The traits of each code point, one bit each."""
    found = _TABLE[characters]
    if not found.all():
        new = np.unique(characters[found == 0])
        _TABLE[new] = [_work_out(chr(code)) for code in new.tolist()]
        found = _TABLE[characters]
    return found


@kernel
def is_word(characters: Ints, traits: Ints, at: int) -> bool:
    """Whether a letter, a digit or a low line stands at an offset."""
    return traits[at] & ALNUM > 0 or characters[at] == _LOW_LINE


@kernel
def is_in(number: int, numbers: Ints) -> bool:
    """Whether a number is one of a few."""
    for one in numbers:  # noqa: SIM110 (numba knows no `any`)
        if one == number:
            return True
    return False


def _work_out(character: str) -> int:
    is_letter = character.isalnum() and not character.isdecimal()
    return (
        _KNOWN
        | (SPACE if character.isspace() else 0)
        | (ALNUM if character.isalnum() else 0)
        | (LETTER if is_letter else 0)
        | (LOWER if character.islower() else 0)
        | (DIGIT if character.isdigit() else 0)
        | (STOP if character in _STOPS else 0)
        | (MARK if character in _MARKS else 0)
    )


# Traits by code point, worked out when a character is first met; those that rules name are known from the beginning.
_TABLE = np.zeros(0x110000, dtype=np.uint8)
find_traits(encode("".join(map(chr, range(128))) + "".join(sorted(_STOPS | _MARKS))))
