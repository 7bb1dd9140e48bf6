"""What the lexicons look for, as a tree of words: the first word leads to a node, each further word to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

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
    """Patterns as columns; those with the same words end at the same node."""

    roots: Ints
    """The node to which a term leads that is the first; 0 for none."""
    steps: Ints
    """Where each node's steps begin in `terms` and `nodes`."""
    terms: Ints
    """The terms by which a node leads on, in order."""
    nodes: Ints
    """The nodes to which they lead."""
    ends: Ints
    """Where the patterns that end at each node begin in the columns below."""
    entry: Ints
    """Number of the entry."""
    measure: Ints
    """Code of its measure."""
    counts: Ints
    """Whether it counts, or only takes its place."""
    cased: Ints
    """Where its words with their case begin in `cased_terms`; those of the next pattern begin where they end."""
    cased_terms: Ints
    """Numbers of words with their case."""
    rules: Ints
    """Where its conditions begin in `conditions`; those of the next pattern begin where they end."""
    conditions: Ints
    """Numbers of conditions."""


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
    prefixes = sorted({one.keys[:length] for one in patterns for length in range(1, len(one.keys) + 1)})
    nodes = {prefix: node for node, prefix in enumerate(prefixes, start=1)}
    roots = np.zeros(len(terms) + 1, dtype=np.int64)
    for prefix, node in nodes.items():
        if len(prefix) == 1:
            roots[terms[prefix[0]]] = node
    steps = sorted((nodes[prefix[:-1]], terms[prefix[-1]], node) for prefix, node in nodes.items() if len(prefix) > 1)
    sources, labels, targets = np.array(steps, dtype=np.int64).reshape(-1, 3).T.copy()
    # Of patterns with the same words, one with capitals is tried first.
    order = sorted(patterns, key=lambda one: (nodes[one.keys], not one.cased))
    places, measures = np.arange(len(nodes) + 2), list(dict.fromkeys(one.measure for one in patterns))
    return Tree(
        roots, np.searchsorted(sources, places), labels, targets,
        np.searchsorted([nodes[one.keys] for one in order], places),
        _ints(one.entry for one in order), _ints(measures.index(one.measure) for one in order),
        _ints(one.counts for one in order),
        *_side_by_side([cased[word] for word in one.cased] for one in order),
        *_side_by_side([conditions[condition] for condition in one.conditions] for one in order),
    )  # fmt: skip


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _side_by_side(rows: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """Where each row begins, and all values."""
    rows = list(rows)
    return np.cumsum([0, *map(len, rows)]), _ints(chain.from_iterable(rows))
