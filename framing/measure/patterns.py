"""What the lexicons look for, as a tree of words: the first word leads to a node, each further word to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from framing.measure.conditions import Condition, compile_rule
from framing.measure.forms import Ints
from framing.measure.lexicon import Entry
from framing.measure.text import find_words


class Pattern(NamedTuple):
    """One form of an entry."""

    entry: int
    """Number of the entry."""
    measure: str
    """Its measure."""
    counts: bool
    """Whether it counts, or only takes its place."""
    keys: tuple[str, ...]
    """Its words in lower case."""
    cased: tuple[str, ...]
    """Its words with their case, where case matters."""
    conditions: tuple[Condition, ...]
    """What must pass."""


class Tree(NamedTuple):
    """Patterns as a tree: the node of a first word is its term, the nodes of further ones come after all terms."""

    signs: Ints
    """Of each node whether patterns end there (`ENDS`) and whether any word leads on from it (`LEADS`)."""
    buckets: Ints
    """Where the steps of each bucket begin in `steps`; their number is a power of two."""
    steps: Ints
    """Node, term and the node to which it leads, those of a bucket (`bucket_of`) together; steps x 3."""
    ends: Ints
    """Where the patterns that end at each node begin in `patterns`."""
    patterns: Ints
    """Of each pattern the entry, the measure's code, whether it counts (or only takes its place), where its words with their case
    begin and end in `cased_terms`, and its conditions in `conditions`; patterns x `PATTERN`."""
    cased_terms: Ints
    """Numbers of words with their case."""
    conditions: Ints
    """Numbers of conditions."""
    n_measures: int
    """How many measures there are."""
    deepest: int
    """The words of the longest pattern."""


TERM, CASED_BIT, SPELLING_BIT = 2**28 - 1, 28, 56
"""Where the numbers stand that `pack_word` packs: a mask for the first, the lowest bits of the others."""
ENDS, LEADS = 1, 2
PATTERN = 8
"""Columns of `Tree.patterns`; the last one is empty, so that no row reaches over two lines of the processor's cache."""
ENTRY, MEASURE, COUNTS, CASED, CASED_END, RULES, RULES_END = range(PATTERN - 1)
_NODE_FACTOR, _TERM_FACTOR = 0x9E3779B1, 0x85EBCA77  # odd numbers that mix well, of the hashes of Fibonacci and of xxHash


def compile_entry(number: int, entry: Entry) -> Iterator[Pattern]:
    """The patterns of an entry."""
    conditions = tuple(compile_rule(rule) for rule in entry.rules)
    for form in entry.forms:
        cased = tuple(word.key for word in find_words(form))
        keys = tuple(key.lower() for key in cased)
        yield Pattern(number, entry.measure, entry.status != "off", keys, cased if form != form.lower() else (), conditions)


def number_words(words: Iterable[str]) -> dict[str, int]:
    """Numbers from 1 on for distinct words."""
    return {word: number for number, word in enumerate(dict.fromkeys(words), start=1)}


def plant(
    patterns: Sequence[Pattern], terms: Mapping[str, int], cased: Mapping[str, int], conditions: Mapping[Condition, int]
) -> Tree:
    """The tree of patterns, given the numbers of words in lower case, of words with their case and of conditions."""
    prefixes = {one.keys[:length]: None for one in patterns for length in range(2, len(one.keys) + 1)}
    nodes = {prefix: node for node, prefix in enumerate(prefixes, start=len(terms) + 1)}
    nodes |= {one.keys[:1]: terms[one.keys[0]] for one in patterns}
    steps = _ints((nodes[prefix[:-1]], terms[prefix[-1]], nodes[prefix]) for prefix in prefixes).reshape(-1, 3)
    size = 2 ** (2 * len(steps)).bit_length()
    buckets = bucket_of(steps[:, 0].astype(np.int64), steps[:, 1].astype(np.int64), size)
    order = np.argsort(buckets, kind="stable")
    places = np.arange(len(terms) + len(prefixes) + 2)
    # Of patterns with the same words, one with capitals is tried first.
    patterns = sorted(patterns, key=lambda one: (nodes[one.keys], not one.cased))
    ends = np.searchsorted([nodes[one.keys] for one in patterns], places).astype(np.int32)
    leads = np.bincount(steps[:, 0], minlength=len(places) - 1) > 0
    return Tree(
        (ENDS * (np.diff(ends) > 0) + LEADS * leads).astype(np.uint8),
        np.searchsorted(buckets[order], np.arange(size + 1)).astype(np.int32), steps[order], ends,
        *_rows(patterns, cased, conditions), max((len(one.keys) for one in patterns), default=0),
    )  # fmt: skip


def _rows(
    patterns: Sequence[Pattern], cased: Mapping[str, int], conditions: Mapping[Condition, int]
) -> tuple[Ints, Ints, Ints, int]:
    """What the tree holds of its patterns."""
    measures = {name: code for code, name in enumerate(dict.fromkeys(one.measure for one in patterns))}
    words, words_begin = _side_by_side([cased[word] for word in one.cased] for one in patterns)
    rules, rules_begin = _side_by_side([conditions[condition] for condition in one.conditions] for one in patterns)
    table = np.zeros((len(patterns), PATTERN), dtype=np.int32)
    table[:, :CASED] = _ints((one.entry, measures[one.measure], one.counts) for one in patterns).reshape(-1, 3)
    table[:, CASED], table[:, CASED_END] = words_begin[:-1], words_begin[1:]
    table[:, RULES], table[:, RULES_END] = rules_begin[:-1], rules_begin[1:]
    return table, words, rules, len(measures)


def bucket_of(node: Any, term: Any, size: int) -> Any:
    """The bucket in which a step from a node by a term is, or those of many steps; `size` is a power of two."""
    return ((node * _NODE_FACTOR + term * _TERM_FACTOR) >> 12) & (size - 1)


def pack_word(term: int, cased: int, spelling: int) -> int:
    """What patterns and conditions ask of a word: its number in lower case among their words and with its case among those of
    patterns for which case matters (0 for others), and its classes by spelling (`conditions.spelling_bits`)."""
    return term | cased << CASED_BIT | spelling << SPELLING_BIT


def _ints(values: Iterable[Iterable[int]]) -> Ints:
    return np.array([tuple(row) for row in values], dtype=np.int32)


def _side_by_side(rows: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """All values, and where each row begins."""
    rows = list(rows)
    return np.array(list(chain.from_iterable(rows)), dtype=np.int32), np.cumsum([0, *map(len, rows)])
