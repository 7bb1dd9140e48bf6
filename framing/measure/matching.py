"""The walk over the words of many texts in which `Matcher` finds its entries.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.measure.characters import SPACE, is_in
from framing.measure.compiling import kernel
from framing.measure.conditions import AFTER, AROUND, BEFORE, COMMA, END, START, Conditions, class_bits
from framing.measure.forms import Ints
from framing.measure.patterns import Tree
from framing.measure.surface import Surface
from framing.measure.words import HYPHEN

_COMMA = ord(",")
_CLOSINGS = np.array([ord(character) for character in '.,;:!?…)\n"”’—'])
_JOININGS = np.array([ord(character) for character in " \t\u00a0-‐‑"])


class Ground(NamedTuple):
    """What stands in some texts, piece by piece."""

    terms: Ints
    """Number of the word in lower case among those of patterns and conditions; 0 for others."""
    cased: Ints
    """Number of the word with its case among those of patterns for which case matters; 0 for others."""
    classes: Ints
    """The word's classes, one bit each (`conditions.class_bits`)."""
    joints: Ints
    """Codes of `JOINTS`."""
    low: Ints
    """The first piece of the sentence."""
    high: Ints
    """The piece after the sentence's last."""
    starts: Ints
    """Offset of the first character."""
    ends: Ints
    """Offset after the last character."""
    begin: Ints
    """Offset of the text's first character."""
    end: Ints
    """Offset after the text's last character."""
    characters: Ints
    """Code points of the texts."""
    traits: Ints
    """Traits of the characters."""


def lay_ground(surface: Surface, terms: Ints, cased: Ints) -> Ground:
    """What the patterns and conditions ask of some texts."""
    columns = surface.columns
    firsts = np.append(surface.firsts, len(columns.keys))
    sizes, pieces = np.diff(firsts), np.diff(surface.pieces)
    low = np.repeat(firsts[:-1], sizes)
    return Ground(
        terms, cased, class_bits(columns, surface.tags, low == np.arange(len(low))), columns.joints,
        low, np.repeat(firsts[1:], sizes), columns.starts, columns.ends,
        np.repeat(surface.begin, pieces), np.repeat(surface.end, pieces), surface.characters, surface.traits,
    )  # fmt: skip


def find_hits(ground: Ground, tree: Tree, conditions: Conditions) -> Ints:
    """Entry, first and last piece of each hit, in the order of their first pieces."""
    found = _find_candidates(ground.terms, find_joined(ground), ground.joints != HYPHEN, tree)
    return _select(ground, tree, conditions, *found) if len(found[0]) else np.empty((0, 3), dtype=np.int64)


@kernel
def find_joined(ground: Ground) -> Ints:
    """Whether only spaces, hyphens or clitic joints stand before each piece: no entry crosses punctuation or a line."""
    joined, characters = np.zeros(len(ground.terms), dtype=np.bool_), ground.characters
    for piece in range(1, len(joined)):
        start, stop = ground.ends[piece - 1], ground.starts[piece]
        joined[piece] = stop - start <= 3
        for at in range(start, stop if joined[piece] else start):
            if not is_in(characters[at], _JOININGS):
                joined[piece] = False
    return joined


@kernel
def _find_candidates(terms: Ints, joined: Ints, free: Ints, tree: Tree) -> tuple[Ints, Ints, Ints]:
    """Patterns with the first and last piece of their words where these stand, in the order in which they are tried."""
    roots, steps, labels, nodes, ends = tree.roots, tree.steps, tree.terms, tree.nodes, tree.ends
    n, count = len(terms), 0
    patterns, firsts, lasts = np.empty((3, n + 1), dtype=np.int64)
    path = np.empty(len(nodes) + 1, dtype=np.int64)
    for first in range(n):
        if not free[first]:  # a hyphen joins it to the piece before
            continue
        node, length = roots[terms[first]], 0
        while node:
            path[length] = node
            length += 1
            piece = first + length
            node = _step(labels, nodes, steps[node], steps[node + 1], terms[piece]) if piece < n and joined[piece] else 0
        for step in range(length - 1, -1, -1):  # the longest first
            last, node = first + step, path[step]
            if last + 1 < n and not free[last + 1]:
                continue
            for pattern in range(ends[node], ends[node + 1]):
                if count == len(patterns):
                    patterns, firsts, lasts = _longer(patterns), _longer(firsts), _longer(lasts)
                patterns[count], firsts[count], lasts[count] = pattern, first, last
                count += 1
    return patterns[:count], firsts[:count], lasts[:count]


@kernel
def _step(labels: Ints, nodes: Ints, low: int, stop: int, term: int) -> int:
    """The node to which a term leads by the steps low..stop; 0 for none."""
    high = stop
    while low < high:
        middle = (low + high) // 2
        if labels[middle] < term:
            low = middle + 1
        else:
            high = middle
    return nodes[low] if low < stop and labels[low] == term else 0


@kernel
def _longer(column: Ints) -> Ints:
    return np.concatenate((column, np.empty_like(column)))


@kernel
def _select(ground: Ground, tree: Tree, conditions: Conditions, patterns: Ints, firsts: Ints, lasts: Ints) -> Ints:
    """Of the candidates those that pass, none of them over another of its measure."""
    cased, cased_terms, rules, measures = tree.cased, tree.cased_terms, tree.rules, tree.measure
    taken = np.full(measures.max() + 1, -1)
    found, count = np.empty((len(patterns), 3), dtype=np.int64), 0
    for number in range(len(patterns)):
        pattern, first, last = patterns[number], firsts[number], lasts[number]
        passes, begin = taken[measures[pattern]] < first, cased[pattern]
        for place in range(begin, cased[pattern + 1]):
            passes = passes and ground.cased[first + place - begin] == cased_terms[place]
        for rule in range(rules[pattern], rules[pattern + 1]):
            condition = tree.conditions[rule]
            passes = passes and holds(ground, conditions, condition, first, last) == conditions.required[condition]
        if passes:
            taken[measures[pattern]] = last
            if tree.counts[pattern]:
                found[count, 0], found[count, 1], found[count, 2] = tree.entry[pattern], first, last
                count += 1
    return found[:count]


@kernel
def holds(ground: Ground, conditions: Conditions, condition: int, first: int, last: int) -> bool:
    """Whether a condition is fulfilled around the pieces first..last."""
    side, places = conditions.side[condition], conditions.places[condition]
    if places and _stands(ground, places, side, first, last):
        return True
    start, stop = first, first + 1
    if side == BEFORE:
        start, stop = max(ground.low[first], first - conditions.within[condition]), first
    elif side == AFTER:
        start, stop = last + 1, min(ground.high[first], last + 1 + conditions.within[condition])
    elif side == AROUND:
        within = conditions.within[condition]
        start, stop = max(ground.low[first], first - within), min(ground.high[first], last + 1 + within)
    for piece in range(start, stop):
        if conditions.words[condition, ground.terms[piece]] or ground.classes[piece] & conditions.classes[condition]:
            return True
    return False


@kernel
def _stands(ground: Ground, places: int, side: int, first: int, last: int) -> bool:
    """Whether a hit stands at the start of its sentence, at the end of a clause or beside a comma."""
    characters, traits = ground.characters, ground.traits
    if places & START and ground.low[first] == first:
        return True
    start, end = ground.starts[first] - 1, ground.ends[last]
    if places & END and (end == ground.end[last] or is_in(characters[end], _CLOSINGS)):
        return True
    if not places & COMMA:
        return False
    # A comma right before or after, or with one space between.
    before = start - 1 if start >= ground.begin[first] and traits[start] & SPACE else start
    after = end + 1 if end < ground.end[last] and traits[end] & SPACE else end
    return (side != AFTER and before >= ground.begin[first] and characters[before] == _COMMA) or (
        side != BEFORE and after < ground.end[last] and characters[after] == _COMMA
    )
