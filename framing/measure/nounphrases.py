"""Noun phrases around a cue, read from tags alone: the subject on its left, the inverted subject on its right.

The readers take the traits of the pieces (see `framing.measure.traits`) and give first and last piece, or NO_PHRASE.
"""

from __future__ import annotations

from framing.measure.compiling import kernel
from framing.measure.table import Ints
from framing.measure.traits import (
    ADJECTIVE,
    AND,
    ANTECEDENT,
    APPOSED,
    ASIDE,
    AUXILIARY,
    BEFORE_DETERMINER,
    CLOSE,
    CLOSES_ASIDE,
    COMMA,
    DESCRIBES,
    DETERMINER,
    ENDS_APPOSITION,
    FINITE,
    INSIDE,
    LINK,
    NOTHING,
    NOUN,
    OPEN,
    OPENS_ASIDE,
    PAUSE,
    PREPOSITION,
    PRONOUN,
    PROPER,
    RELATIVE,
    RIGHT_LINK,
    THAT_OR_WHO,
    TO_OR_WITH,
    WHO,
)  # fmt: skip

# The longest stretch between two commas that is still read as an apposition to the subject (chosen).
APPOSITION_PIECES = 30

Phrase = tuple[int, int]
"""First and last piece."""
NO_PHRASE = (-1, -1)


@kernel
def find_subject(traits: Ints, verb: int, lowest: int) -> Phrase:
    """The noun phrase left of a verb, auxiliaries and adverbs skipped, with an apposition or relative clause between commas."""
    piece = verb - 1
    while piece >= lowest and traits[piece] & AUXILIARY and traits[piece] & OPEN:
        piece -= 1
    if piece < lowest:
        return NO_PHRASE
    if traits[piece] & CLOSES_ASIDE:
        return _before_apposition(traits, piece, lowest)
    return noun_phrase_ending(traits, piece, lowest) if traits[piece] & OPEN else NO_PHRASE


@kernel
def _before_apposition(traits: Ints, last: int, lowest: int) -> Phrase:
    """The subject before an apposition that ends with `last`; of several commas the farthest with a subject before it."""
    found = NO_PHRASE
    inside = 0
    for piece in range(last - 1, max(lowest, last - APPOSITION_PIECES) - 1, -1):
        inside |= traits[piece + 1]
        if traits[piece] & OPENS_ASIDE and traits[piece] & NOUN:
            if inside & FINITE and not inside & RELATIVE:
                break
            head = noun_phrase_ending(traits, piece, lowest)[0]
            if head >= 0 and not (head > lowest and traits[head - 1] & PREPOSITION):
                found = (head, piece if traits[piece + 1] & ASIDE else last)  # “, in a letter,” is no apposition
    return found


@kernel
def noun_phrase_ending(traits: Ints, last: int, lowest: int) -> Phrase:
    """The noun phrase that ends with a piece, read leftwards; none where the piece is no head."""
    first = last
    while True:
        if not traits[first] & NOUN and not _is_substantive(traits, first, lowest):
            return NO_PHRASE
        if not traits[first] & ANTECEDENT:
            break
        if first <= lowest:
            return NO_PHRASE
        first -= 1  # “the envoy who”
    if not traits[first] & PRONOUN:
        left = _extend_left(traits, first, lowest)
        while left >= 0:
            first, left = left, _extend_left(traits, left, lowest)
    return first, last


@kernel
def _is_substantive(traits: Ints, piece: int, lowest: int) -> bool:
    """An adjective as a noun: "the general", "the elderly"."""
    return traits[piece] & ADJECTIVE > 0 and piece > lowest and traits[piece - 1] & DESCRIBES > 0


@kernel
def _extend_left(traits: Ints, first: int, lowest: int) -> int:
    """The phrase's new first piece, one step further left, or -1 where it ends."""
    left = first - 1
    if left < lowest or not traits[left] & OPEN:
        return -1
    here = traits[left]
    if traits[first] & DETERMINER and not here & BEFORE_DETERMINER:
        return -1
    if here & TO_OR_WITH and left > lowest and traits[left - 1] & CLOSE:
        return left - 1
    if here & LINK:
        before = traits[left - 1] if left > lowest else 0
        return left - 1 if before & NOUN and before & OPEN and not before & PRONOUN else -1
    return left if here & INSIDE and not here & THAT_OR_WHO else -1


@kernel
def noun_phrase_from(traits: Ints, first: int, stop: int) -> Phrase:
    """The noun phrase that begins with a piece and ends before `stop`, read rightwards, with a following apposition."""
    if first >= stop or not traits[first] & (INSIDE | NOUN):
        return NO_PHRASE
    last = first
    while traits[last] & OPEN and last + 1 < stop and _extends_right(traits, last + 1, stop):
        last += 1
    while last >= first and not (traits[last] & NOUN or _is_substantive(traits, last, first)):
        last -= 1
    return (first, _with_apposition(traits, last, stop)) if last >= first else NO_PHRASE


@kernel
def _extends_right(traits: Ints, piece: int, stop: int) -> bool:
    here = traits[piece]
    return here & (INSIDE | RIGHT_LINK) > 0 or (here & AND > 0 and piece + 1 < stop and traits[piece + 1] & PROPER > 0)


@kernel
def _with_apposition(traits: Ints, last: int, stop: int) -> int:
    if last + 1 >= stop or not _opens_addition(traits[last], traits[last + 1]):
        return last
    relative = 0
    for piece in range(last + 1, min(stop, last + 1 + APPOSITION_PIECES)):
        relative |= traits[piece] & WHO
        if not relative and traits[piece] & (FINITE | ENDS_APPOSITION):
            return last
        if traits[piece] & PAUSE:
            return piece
    return stop - 1 if stop - last <= APPOSITION_PIECES else last


@kernel
def _opens_addition(noun: int, following: int) -> bool:
    """Whether an apposition (“Vantor, the envoy”) or a relative clause (“an envoy who ...”) begins after a noun."""
    if following & WHO:
        return noun & (NOTHING | COMMA) > 0
    return noun & COMMA > 0 and following & APPOSED > 0
