"""Which quotation marks open and which close, for many texts at once: one walk over the characters of each paragraph.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.characters import ALNUM, MARK, SPACE, is_in, is_word
from framing.measure.compiling import kernel
from framing.measure.forms import Ints

_STRAIGHT, _APOSTROPHE, _GRAVE = ord('"'), ord("'"), ord("`")
_LEFT, _RIGHT, _LOW, _LEFT_ANGLE, _RIGHT_ANGLE = ord("“"), ord("”"), ord("„"), ord("«"), ord("»")
_LEFT_SINGLE, _RIGHT_SINGLE, _BLANK = ord("‘"), ord("’"), ord(" ")
_CLAUSE_ENDS = np.array([ord(character) for character in ".,!?…"])
_SENTENCE_ENDS = np.array([ord(character) for character in ".,!?"])
_BEFORE_TITLES = np.array([ord(character) for character in '…“["'])  # ‘“Up’” and ‘...and’ begin like ‘Up’
_NEVER = -1, -1


@kernel
def pair_marks(characters: Ints, traits: Ints, paragraphs: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The quotations in paragraphs of texts that end at `ends` (one for each paragraph): offsets of the opening mark, after the
    closing mark, after the opening mark, of the closing mark, and whether it is closed; and the paragraph of each."""
    found = np.empty((np.count_nonzero(traits & MARK), 5), dtype=np.int64)
    owners, count = np.empty(len(found), dtype=np.int64), 0
    for number in range(len(paragraphs)):
        start, end = paragraphs[number]
        goes_on = False  # whether the next paragraph opens a quotation again
        if number + 1 < len(paragraphs) and ends[number + 1] == ends[number]:
            opening = paragraphs[number + 1, 0]
            goes_on = _length(characters, traits, opening, min(opening + 2, ends[number])) > 0
        first = count
        count = _pair(characters, traits, start, end, ends[number], goes_on, found, first)
        owners[first:count] = number
    return found[:count], owners[:count]


@kernel
def _pair(characters: Ints, traits: Ints, start: int, end: int, stop: int, goes_on: bool, found: Ints, count: int) -> int:
    """Puts down the quotations of a paragraph; the number of quotations so far."""
    # Glyphs that no mark closes any more, as bits: looking again would cost quadratic time.
    unclosed = 0
    at = _next_opening(characters, traits, start, end, stop, start)
    while at < end:
        glyph = characters[at]
        inner = at + _length(characters, traits, at, end)
        bit = 1 << (glyph % 64)  # another one for each mark that may stay open
        opened, closed = _NEVER if unclosed & bit else _closing(characters, traits, glyph, inner, end, stop)
        after = inner
        if closed > 0:
            count += _put(traits, found[count], at, closed, inner, opened, True)
            after = closed
        elif goes_on or glyph in (_LEFT, _LOW, _LEFT_ANGLE):
            # An open curly mark is no accident; a straight one may be an inch sign.
            return count + _put(traits, found[count], at, end, inner, end, False)
        elif glyph != _LEFT_SINGLE:  # a later ‘ may close after all: the search ends at the next ‘
            unclosed |= bit
        at = _next_opening(characters, traits, after, end, stop, start)
    return count


@kernel
def _put(traits: Ints, row: Ints, start: int, end: int, inner: int, closing: int, is_closed: bool) -> int:
    """Puts down a quotation; 0 where it holds no letter or digit."""
    for at in range(inner, closing):
        if traits[at] & ALNUM:
            row[0], row[1], row[2], row[3], row[4] = start, end, inner, closing, is_closed
            return 1
    return 0


@kernel
def _length(characters: Ints, traits: Ints, at: int, end: int) -> int:
    """How many characters the mark at an offset has: `` and '' have two; 0 where none stands."""
    if at >= end or not traits[at] & MARK:
        return 0
    if characters[at] not in (_GRAVE, _APOSTROPHE):
        return 1
    return 2 if at + 1 < end and characters[at + 1] == characters[at] else 0


@kernel
def _next_opening(characters: Ints, traits: Ints, at: int, end: int, stop: int, start: int) -> int:
    """The offset of the next mark that may open a quotation; `end` where there is none."""
    while at < end:
        if not traits[at] & MARK:
            at += 1
            continue
        length = _length(characters, traits, at, end)
        if length and _may_open(characters, traits, at, at + length, stop, start):
            return at
        at += max(length, 1)
    return end


@kernel
def _may_open(characters: Ints, traits: Ints, at: int, after: int, stop: int, start: int) -> bool:
    glyph = characters[at]
    if glyph in (_RIGHT, _RIGHT_ANGLE):
        return False
    if glyph not in (_STRAIGHT, _APOSTROPHE, _LEFT_SINGLE):
        return True
    if after >= stop or traits[after] & SPACE or (at > start and traits[at - 1] & ALNUM):
        return False
    return glyph != _LEFT_SINGLE or traits[after] & ALNUM > 0 or is_in(characters[after], _BEFORE_TITLES)


@kernel
def _closing(characters: Ints, traits: Ints, glyph: int, inner: int, end: int, stop: int) -> tuple[int, int]:
    """Where the mark stands that closes a quotation, and the offset after it; -1 where none does."""
    if glyph == _LEFT_SINGLE:
        return _single_closing(characters, traits, inner, end)
    at = inner
    while at < end:
        if not traits[at] & MARK:
            at += 1
            continue
        length = _closes(characters, traits, glyph, at, end)
        if length:
            after = at + length
            spaced = traits[at - 1] & SPACE > 0 and not (after < stop and traits[after] & SPACE)
            opens_again = glyph in (_STRAIGHT, _APOSTROPHE) and spaced  # a mark between two spaces closes: ' "
            if not opens_again or after >= end:
                mixed = _mixed_closing(characters, traits, glyph, inner, at, stop)
                return (mixed, mixed + 1) if mixed >= 0 else (at, after)
        at += max(length, 1)
    mixed = _mixed_closing(characters, traits, glyph, inner, end, stop)
    return (mixed, mixed + 1) if mixed >= 0 else _NEVER


@kernel
def _closes(characters: Ints, traits: Ints, glyph: int, at: int, end: int) -> int:
    """The length of the mark at an offset if it closes what a glyph opens, else 0: of three apostrophes the last two; an opening
    “ after a comma or full stop is a slip of the keyboard for ”."""
    character = characters[at]
    if glyph in (_GRAVE, _APOSTROPHE):
        doubled = character == _APOSTROPHE and at + 1 < end and characters[at + 1] == _APOSTROPHE
        return 2 if doubled and not (at + 2 < end and characters[at + 2] == _APOSTROPHE) else 0
    if character == _LEFT:
        return 1 if glyph == _LOW or _is_slip(characters, traits, at, end) else 0
    if glyph in (_LEFT, _LOW):
        return 1 if character == _RIGHT else 0
    return 1 if character == (_STRAIGHT if glyph == _STRAIGHT else _RIGHT_ANGLE) else 0


@kernel
def _is_slip(characters: Ints, traits: Ints, at: int, end: int) -> bool:
    ends = at + 1 >= end
    if not (ends or traits[at + 1] & SPACE):
        return False
    if not ends and is_in(characters[at - 1], _SENTENCE_ENDS):
        return True
    after_quote = characters[at - 2] == _RIGHT_SINGLE or characters[at - 2] == _APOSTROPHE
    return characters[at - 1] == _BLANK and after_quote


@kernel
def _mixed_closing(characters: Ints, traits: Ints, glyph: int, inner: int, end: int, stop: int) -> int:
    """Where a pair of different glyphs ("...” or “...") closes before `end`, unless another pair opened in between; or -1."""
    if glyph not in (_STRAIGHT, _LEFT):
        return -1
    for at in range(inner, end):
        character = characters[at]
        if glyph == _STRAIGHT and character in (_LEFT, _RIGHT):
            return at if character == _RIGHT else -1
        if glyph == _LEFT and character == _STRAIGHT:
            return at if not traits[at - 1] & SPACE and not (at + 1 < stop and traits[at + 1] & ALNUM) else -1
    return -1


@kernel
def _single_closing(characters: Ints, traits: Ints, inner: int, end: int) -> tuple[int, int]:
    """The first ’ after punctuation, or else the last ’ at a word's end that is not followed by an opening ‘."""
    last = -1
    for at in range(inner, end):
        if characters[at] == _LEFT_SINGLE:
            break
        if characters[at] == _RIGHT_SINGLE:
            if is_in(characters[at - 1], _CLAUSE_ENDS):
                return at, at + 1
            if is_word(characters, traits, at - 1) and not (at + 1 < end and is_word(characters, traits, at + 1)):
                last = at
    return (last, last + 1) if last >= 0 else _NEVER
