"""Where sentences and paragraphs end, for many texts at once: one walk over their characters.

A line break always ends a sentence; a full stop does unless it belongs to an abbreviation. Numba comes with this module, so it is
imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.characters import ALNUM, DIGIT, LETTER, LOWER, SPACE, STOP, is_in
from framing.measure.compiling import kernel
from framing.measure.forms import Ints


def _pack(words: str) -> Ints:
    """Words of at most seven small letters, each as one number."""
    return np.array([int.from_bytes(word.encode("ascii"), "big") for word in words.split()], dtype=np.int64)


# Abbreviations that do not end a sentence. Titles, months and Latin: chosen from general use, not from a list.
_ABBREVIATIONS = _pack(
    """mr mrs ms dr prof sen rep gov gen lt col capt sgt maj adm rev hon st jr sr jan feb mar apr jun jul aug sep
    sept oct nov dec vs etc inc ltd co corp dept al approx"""
)
# Abbreviations only before a number: "No. 7", but "The answer was no."
_BEFORE_NUMBERS = _pack("no nos fig")
# After a dotted abbreviation such as "U.S." only these words begin a sentence with some safety.
_STARTERS = _pack("the a an he she it they we but and in on at this that these those i however")
# How far is looked for the word before a full stop and for the one after it, in characters (chosen).
_BEFORE, _AFTER = 20, 30

_LINE, _DOT, _BLANK, _ELLIPSIS, _LOW_LINE = ord("\n"), ord("."), ord(" "), ord("…"), ord("_")
_EXCLAMATIONS = np.array([ord(character) for character in "!?…"])
_CLOSERS = np.array([ord(character) for character in "\"'”’»)]"])
_OPENERS = np.array([ord(character) for character in " \t\"'“”‘’("])


@kernel
def cut_sentences(characters: Ints, traits: Ints, stops: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The spans of the sentences, and how many each text has; the texts stand at `begin` to `end`.

    `traits` are those of the code points, `stops` the offsets of characters that may end a sentence.
    """
    spans, counts = np.empty((len(stops) + len(begin), 2), dtype=np.int64), np.zeros(len(begin), dtype=np.int64)
    found = place = 0
    for number in range(len(begin)):
        start, at, stop, before = begin[number], begin[number], end[number], found
        while place < len(stops) and stops[place] < stop:
            if stops[place] >= at:
                at = stops[place]
                after = _stop_after(characters, traits, begin[number], at, stop)
                if after and _ends(characters, traits, begin[number], at, after, stop):
                    found += _trim(characters, traits, start, after, spans, found)
                    start = after
                at = max(at + 1, after)
            place += 1
        found += _trim(characters, traits, start, stop, spans, found)
        counts[number] = found - before
    return spans[:found], counts


@kernel
def cut_paragraphs(characters: Ints, traits: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The spans of the lines that hold any letter or digit, and how many each text has."""
    spans, counts = (
        np.empty((np.count_nonzero(characters == _LINE) + len(begin), 2), dtype=np.int64),
        np.zeros(len(begin), dtype=np.int64),
    )
    found = 0
    for number in range(len(begin)):
        start, before = begin[number], found
        for at in range(begin[number], end[number] + 1):
            if at == end[number] or characters[at] == _LINE:
                found += _trim(characters, traits, start, at, spans, found)
                start = at + 1
        counts[number] = found - before
    return spans[:found], counts


@kernel
def _trim(characters: Ints, traits: Ints, start: int, stop: int, spans: Ints, row: int) -> int:
    """Puts down the stretch without the white space around it; 0 where it holds no letter or digit."""
    while start < stop and traits[characters[start]] & SPACE:
        start += 1
    while start < stop and traits[characters[stop - 1]] & SPACE:
        stop -= 1
    for at in range(start, stop):
        if traits[characters[at]] & ALNUM:
            spans[row, 0], spans[row, 1] = start, stop
            return 1
    return 0


@kernel
def _stop_after(characters: Ints, traits: Ints, begin: int, at: int, stop: int) -> int:
    """The offset after a run of marks (with closing quotation marks) before white space or a word glued to it, or after line
    breaks; 0 where the run goes on without either, or began before."""
    after = at + 1
    if characters[at] == _LINE:
        while after < stop and characters[after] == _LINE:
            after += 1
        return after
    if at > begin and traits[characters[at - 1]] & STOP and characters[at - 1] != _LINE:
        return 0
    while after < stop and traits[characters[after]] & STOP and characters[after] != _LINE:
        after += 1
    closed = after
    while closed < stop and is_in(characters[closed], _CLOSERS):
        closed += 1
    if closed == stop or traits[characters[closed]] & SPACE:
        return closed
    return after if characters[after - 1] != _ELLIPSIS and _is_glued(characters, after, stop) else 0


@kernel
def _is_glued(characters: Ints, at: int, stop: int) -> bool:
    """Whether a word with a capital stands at an offset, and a small one after it: "ended.The talks"."""
    if at >= stop or not _is_capital(characters[at]):
        return False
    after = at + 1
    while after < stop and _is_small(characters[after]):
        after += 1
    return after > at + 1 and after + 1 < stop and characters[after] == _BLANK and _is_small(characters[after + 1])


@kernel
def _ends(characters: Ints, traits: Ints, begin: int, at: int, after: int, stop: int) -> bool:
    """Whether the run of marks at..after ends a sentence."""
    # Between a full stop and a word glued to it ("ended.The") it is the last of several dots that counts.
    dot = after - 1 if after < stop and _is_capital(characters[after]) else at
    if characters[dot] == _DOT:
        return _dot_ends(characters, traits, begin, dot, after, stop)
    if not is_in(characters[dot], _EXCLAMATIONS):
        return True
    if after < stop and traits[characters[after]] & SPACE:
        after += 1
        return not (after < stop and traits[characters[after]] & LOWER)
    return not (after < stop and traits[characters[after]] & LOWER)


@kernel
def _dot_ends(characters: Ints, traits: Ints, begin: int, dot: int, after: int, stop: int) -> bool:
    limit, following = min(stop, after + _AFTER), after
    while following < limit and is_in(characters[following], _OPENERS):
        following += 1
    trait = traits[characters[following]] if following < limit else 0
    if trait & LOWER:
        return False
    last = dot - 1 if dot > begin and characters[dot - 1] == _LINE else dot
    first = last
    while first > max(begin, dot - _BEFORE) and (_is_word(characters, traits, first - 1) or characters[first - 1] == _DOT):
        first -= 1
    token = _pack_word(characters, first, last)
    if is_in(token, _BEFORE_NUMBERS):
        return not trait & DIGIT
    if is_in(token, _ABBREVIATIONS) or (last - first == 1 and _is_capital(characters[first])):
        return False
    if not _is_dotted(characters, traits, first, last):
        return True
    last = following
    while last < limit and _is_word(characters, traits, last):
        last += 1
    if last == following or is_in(_pack_word(characters, following, last), _STARTERS):
        return True
    return characters[after] == _LINE or (after + 1 < stop and characters[after + 1] == _LINE)


@kernel
def _is_dotted(characters: Ints, traits: Ints, first: int, last: int) -> bool:
    """Whether a token is single letters with dots between: "U.S", whose last dot stands after it."""
    if last - first < 3 or (last - first) % 2 == 0:
        return False
    for at in range(first, last):
        if (at - first) % 2 and characters[at] != _DOT:
            return False
        if (at - first) % 2 == 0 and not traits[characters[at]] & LETTER:
            return False
    return True


@kernel
def _pack_word(characters: Ints, first: int, last: int) -> int:
    """A word in small letters as one number (see `_pack`); 0 where it has more than seven or others than A to Z."""
    packed = 0
    if last - first > 7:
        return 0
    for at in range(first, last):
        if not (_is_capital(characters[at]) or _is_small(characters[at])):
            return 0
        packed = packed * 256 + (characters[at] | 32)  # the bit by which small letters differ from capitals
    return packed


@kernel
def _is_capital(character: int) -> bool:
    return 65 <= character <= 90


@kernel
def _is_small(character: int) -> bool:
    return 97 <= character <= 122


@kernel
def _is_word(characters: Ints, traits: Ints, at: int) -> bool:
    """Whether a letter, a digit or a low line stands at an offset."""
    return traits[characters[at]] & ALNUM > 0 or characters[at] == _LOW_LINE
