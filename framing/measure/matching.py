"""The walk over the words of many texts in which `Matcher` finds its entries.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.measure.characters import SPACE, is_in
from framing.measure.compiling import kernel
from framing.measure.conditions import (
    AFTER,
    AROUND,
    BEFORE,
    BITS,
    CAPITAL,
    COMMA,
    END,
    PLACES,
    REQUIRED,
    SIDE,
    START,
    WITHIN,
    Conditions,
)
from framing.measure.forms import Ints
from framing.measure.patterns import (
    CASED,
    CASED_BIT,
    CASED_END,
    COUNTS,
    ENDS,
    ENTRY,
    LEADS,
    MEASURE,
    RULES,
    RULES_END,
    SPELLING_BIT,
    TERM,
    Tree,
    bucket_of,
)
from framing.measure.surface import Surface
from framing.measure.words import HYPHEN

_COMMA, _BLANK = ord(","), ord(" ")
_CLOSINGS = np.array([ord(character) for character in '.,;:!?…)\n"”’—'])
_JOININGS = np.array([ord(character) for character in " \t\u00a0-‐‑"])
_WIDEST = 3  # characters between two words of an entry


class Ground(NamedTuple):
    """What stands in some texts."""

    keys: Ints
    """Numbers of the pieces' keys."""
    joints: Ints
    """Codes of `JOINTS`."""
    starts: Ints
    """Offsets of the pieces' first characters."""
    ends: Ints
    """Offsets after the pieces' last characters."""
    tags: Ints
    """Codes of the pieces' tags."""
    firsts: Ints
    """The first piece of each sentence, and the number of all pieces."""
    pieces: Ints
    """The first piece of each text, and the number of all pieces."""
    begin: Ints
    """Offset of each text's first character."""
    end: Ints
    """Offset after each text's last character."""
    characters: Ints
    """Code points of the texts."""
    traits: Ints
    """Traits by code point."""
    words: Ints
    """By key what patterns and conditions ask of a word (`patterns.pack_word`)."""


def lay_ground(surface: Surface, words: Ints) -> Ground:
    """What the patterns and conditions ask of some texts, given what they ask of words."""
    columns = surface.columns
    return Ground(
        columns.keys, columns.joints, columns.starts, columns.ends, surface.tags,
        np.append(surface.firsts, len(columns.keys)), surface.pieces, surface.begin, surface.end, surface.characters,
        surface.traits_by_code, words,
    )  # fmt: skip


def find_hits(ground: Ground, tree: Tree, conditions: Conditions) -> Ints:
    """Entry, first and last piece of each hit, in the order of their first pieces; none lies over another of its measure."""
    return _select(ground, tree, conditions, _find_candidates(ground, tree))


@kernel
def _find_candidates(ground: Ground, tree: Tree) -> Ints:
    """Patterns with the first and last piece of their words where these stand, in the order in which they are tried."""
    # What stands in tuples is taken out here: taking it out at each word would cost more than the word.
    keys, joints, words, signs, first_patterns = ground.keys, ground.joints, ground.words, tree.signs, tree.ends
    starts, ends, characters, buckets, steps = ground.starts, ground.ends, ground.characters, tree.buckets, tree.steps
    found, path = np.empty((len(keys) + 1, 3), dtype=np.int32), np.empty(tree.deepest + 1, dtype=np.int64)
    n, count = len(keys), 0
    for first in _find_beginnings(keys, joints, words, signs, buckets):
        node = words[keys[first]] & TERM
        length, path[0] = 1, node
        while signs[node] & LEADS and first + length < n:
            piece = first + length
            node = _step(buckets, steps, node, words[keys[piece]] & TERM)
            if not node or not _is_joined(characters, ends[piece - 1], starts[piece]):
                break
            path[length] = node
            length += 1
        for last in range(first + length - 1, first - 1, -1):  # the longest first
            node = path[last - first]
            if not signs[node] & ENDS or (last + 1 < n and joints[last + 1] == HYPHEN):
                continue
            for pattern in range(first_patterns[node], first_patterns[node + 1]):
                if count == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[count, 0], found[count, 1], found[count, 2] = pattern, first, last
                count += 1
    return found[:count]


@kernel
def _find_beginnings(keys: Ints, joints: Ints, words: Ints, signs: Ints, buckets: Ints) -> Ints:
    """The pieces with which a pattern of one word stands there or one of several may begin; no branch here can be foreseen wrong,
    which costs more than all that is looked up."""
    found, count, size = np.empty(len(keys), dtype=np.int32), np.uint64(0), len(buckets) - 1
    for piece in range(len(keys)):
        node = words[keys[piece]] & TERM
        after = min(piece + 1, len(keys) - 1)
        bucket = _bucket_of(node, words[keys[after]] & TERM, size)
        leads = (signs[node] & LEADS > 0) & (buckets[bucket] < buckets[bucket + 1])
        found[count] = piece
        count += np.uint64((joints[piece] != HYPHEN) & ((signs[node] & ENDS > 0) | leads))
    return found[:count]


@kernel
def _select(ground: Ground, tree: Tree, conditions: Conditions, candidates: Ints) -> Ints:
    """Of the candidates those that pass, none of them over another of its measure."""
    keys, _, starts, ends, tags, firsts, pieces, begin, end, characters, traits, words = ground
    patterns, cased_terms, rules = tree.patterns, tree.cased_terms, tree.conditions
    settings, fulfilling, is_asked, classes = conditions
    found, taken = np.empty((len(candidates), 3), dtype=np.int64), np.full(tree.n_measures, -1)
    sentence, text, count = 0, 0, 0
    for number in range(len(candidates)):
        pattern, first, last = candidates[number, 0], candidates[number, 1], candidates[number, 2]
        measure, passes = patterns[pattern, MEASURE], True
        if taken[measure] >= first:
            continue
        if patterns[pattern, CASED] < patterns[pattern, CASED_END]:
            passes = _has_case(keys, words, cased_terms, first, patterns[pattern, CASED], patterns[pattern, CASED_END])
        for place in range(patterns[pattern, RULES], patterns[pattern, RULES_END]):
            while firsts[sentence + 1] <= first:
                sentence += 1
            rule, low, high = rules[place], firsts[sentence], firsts[sentence + 1]
            start, stop = _window(settings[rule, SIDE], settings[rule, WITHIN], first, last, low, high)
            is_fulfilled = _is_near(
                keys, words, tags, classes, fulfilling, is_asked, rule, settings[rule, BITS], low, start, stop
            )
            if settings[rule, PLACES] and not is_fulfilled:
                while pieces[text + 1] <= first:
                    text += 1
                is_fulfilled = (settings[rule, PLACES] & START and low == first) or _stands(
                    characters,
                    traits,
                    settings[rule, PLACES],
                    settings[rule, SIDE],
                    starts[first],
                    ends[last],
                    begin[text],
                    end[text],
                )
            if is_fulfilled != (settings[rule, REQUIRED] > 0):
                passes = False
                break
        if passes:
            taken[measure] = last
            found[count, 0], found[count, 1], found[count, 2] = patterns[pattern, ENTRY], first, last
            count += patterns[pattern, COUNTS]
    return found[:count].copy()


_bucket_of = kernel(bucket_of)


@kernel
def _step(buckets: Ints, steps: Ints, node: int, term: int) -> int:
    """The node to which a term leads from a node; 0 for none."""
    bucket = _bucket_of(node, term, len(buckets) - 1)
    for step in range(buckets[bucket], buckets[bucket + 1]):
        if steps[step, 0] == node and steps[step, 1] == term:
            return int(steps[step, 2])
    return 0


@kernel
def _is_joined(characters: Ints, start: int, stop: int) -> bool:
    """Whether only spaces, hyphens or clitic joints stand between two words: no entry crosses punctuation or a line."""
    if stop - start == 1 and characters[start] == _BLANK:
        return True
    if stop - start > _WIDEST:
        return False
    for at in range(start, stop):  # noqa: SIM110 - numba compiles no generators
        if not is_in(characters[at], _JOININGS):
            return False
    return True


@kernel
def _has_case(keys: Ints, words: Ints, cased_terms: Ints, first: int, low: int, high: int) -> bool:
    """Whether the words from a piece on are written like the terms low..high."""
    for place in range(low, high):  # noqa: SIM110 - numba compiles no generators
        if (words[keys[first + place - low]] >> CASED_BIT) & TERM != cased_terms[place]:
            return False
    return True


@kernel
def _window(side: int, within: int, first: int, last: int, low: int, high: int) -> tuple[int, int]:
    """The pieces start..stop of a sentence low..high at which a condition looks."""
    if side == BEFORE:
        return max(low, first - within), first
    if side == AFTER:
        return last + 1, min(high, last + 1 + within)
    if side == AROUND:
        return max(low, first - within), min(high, last + 1 + within)
    return first, first + 1


@kernel
def _is_near(
    keys: Ints, words: Ints, tags: Ints, classes: Ints, fulfilling: Ints, is_asked: Ints,
    condition: int, bits: int, low: int, start: int, stop: int,
) -> bool:  # fmt: skip
    """Whether a word that fulfils a condition by itself or by its classes is among the pieces start..stop."""
    for piece in range(start, stop):
        word = words[keys[piece]]
        term = word & TERM
        if is_asked[term] and (fulfilling[condition, term >> 6] >> np.uint64(term & 63)) & np.uint64(1):
            return True
        if bits:
            spelling = word >> SPELLING_BIT
            if (classes[tags[piece]] | (spelling & ~CAPITAL if piece == low else spelling)) & bits:
                return True
    return False


@kernel
def _stands(characters: Ints, traits: Ints, places: int, side: int, first: int, last: int, begin: int, stop: int) -> bool:
    """Whether what stands from `first` to before `last` in a text is the end of a clause or beside a comma, if that is asked."""
    start, end = first - 1, last
    if places & END and (end == stop or is_in(characters[end], _CLOSINGS)):
        return True
    if not places & COMMA:
        return False
    # A comma right before or after, or with one space between.
    before = start - 1 if start >= begin and traits[characters[start]] & SPACE else start
    after = end + 1 if end < stop and traits[characters[end]] & SPACE else end
    return (side != AFTER and before >= begin and characters[before] == _COMMA) or (
        side != BEFORE and after < stop and characters[after] == _COMMA
    )
