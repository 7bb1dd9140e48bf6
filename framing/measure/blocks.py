"""Sums of linear weights, fast: templates that share attributes are added up beforehand in one table, a block.

A block over (side, tag, before_tag) holds the sum of the templates "side", "side tag" and "side before_tag tag", so that one look
replaces three. Only values that some row names have a place of their own; all others share place 0. Where a case stands in a
block is a sum over its attributes, so what is known of many cases at once, of a cue or a unit, is added up once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.table import Ints

# Cells up to which templates are joined in one block, and how many times its own cells a template may add (chosen: fewer looks,
# but tables that stay in the processor's cache). Values of attributes that are looked up together (chosen likewise).
JOINED_CELLS, GROWTH, JOINED_VALUES = 12_500, 16, 1_500
# Cases that are looked up together, block by block, so that a block's table is still in the cache for the next case (chosen).
AT_ONCE = 2_048


class Blocks(NamedTuple):
    """The blocks of a model as the kernels read them.

    The columns of a case come in levels (what is known of a cue, of a unit, of both); columns with few values are looked up
    together, as one part. The blocks come in sections, which are summed apart.
    """

    levels: np.ndarray
    """Where the parts of each level begin, and the end; int32."""
    parts: np.ndarray
    """Where the columns of each part begin, and the end; int32."""
    columns: np.ndarray
    """The columns of a case that some template names; int32."""
    strides: np.ndarray
    """What a code of each column is multiplied by; int32."""
    begin: np.ndarray
    """Where each part begins in `places`; int32."""
    places: np.ndarray
    """What each combination of codes adds to a case's row in each block; blocks x combinations, uint32."""
    is_read: np.ndarray
    """Whether a block reads a part; blocks x parts."""
    sections: np.ndarray
    """Where the blocks of each section begin, and the end; int32."""
    first: np.ndarray
    """The first row of each block in `table`; uint32."""
    table: np.ndarray
    """Sums of weights, rows x labels; float32."""


class Template(NamedTuple):
    """The rows of one template."""

    codes: Mapping[str, Ints]
    """Attribute -> its code in each row."""
    weights: np.ndarray
    """Rows x labels."""


Known = dict[str, int]
"""Attribute -> the codes that some row names, as bits."""


def build_blocks(
    sections: Sequence[Sequence[Template]],
    sizes: Mapping[str, int],
    n_labels: int,
    names: Sequence[str],
    levels: Sequence[Sequence[str]],
) -> Blocks:
    """The blocks of a model; `sizes` are the numbers of codes, `names` a case's columns, `levels` the same in groups."""
    grouped = [_group([template for template in section if len(template.weights)]) for section in sections]
    groups = [group for section in grouped for group in section]
    places: dict[str, Ints] = {}
    tables = [np.zeros((0, n_labels), dtype=np.float32)]
    for number, (known, members) in enumerate(groups):
        ranks = {name: _rank(codes, sizes[name]) for name, codes in known.items()}
        axes = {name: codes.bit_count() + 1 for name, codes in known.items()}
        stride = math.prod(axes.values())
        for name, size in axes.items():
            stride //= size
            own = places.setdefault(name, np.zeros((sizes[name], len(groups)), dtype=np.int32))
            own[:, number] = ranks[name] * stride
        tables.append(_sum(members, axes, ranks, n_labels))
    nothing: tuple[list[str], Ints] = ([], np.zeros((1, len(groups)), dtype=np.int32))
    joined = [_join_columns([(name, places[name]) for name in level if name in places]) or [nothing] for level in levels]
    parts = [part for level in joined for part in level]
    adds = [np.zeros((0, len(groups)), dtype=np.int32), *(adds for _, adds in parts)]
    return Blocks(
        _ends(map(len, joined)), _ends(len(part) for part, _ in parts),
        _ints(names.index(name) for part, _ in parts for name in part),
        _ints(math.prod(len(places[name]) for name in part[i + 1 :]) for part, _ in parts for i in range(len(part))),
        _ends(map(len, adds[1:])), np.concatenate(adds).T.astype(np.uint32, order="C"),
        np.array([part.any(axis=0) for part in adds[1:]]).T.copy(),
        _ends(map(len, grouped)), _ends(map(len, tables[1:]))[:-1].astype(np.uint32), np.concatenate(tables),
    )  # fmt: skip


def _ints(numbers: Iterable[int]) -> np.ndarray:
    return np.fromiter(numbers, dtype=np.int32)


def _ends(lengths: Iterable[int]) -> np.ndarray:
    """Where stretches of these lengths begin, and the end of all."""
    return np.cumsum([0, *lengths]).astype(np.int32)


def _join_columns(places: Iterable[tuple[str, Ints]]) -> list[tuple[list[str], Ints]]:
    """Columns with few values together: their names, and what each combination of codes adds to the rows."""
    joined: list[tuple[list[str], Ints]] = []
    for name, adds in sorted(places, key=lambda pair: len(pair[1])):
        if joined and len(joined[-1][1]) * len(adds) <= JOINED_VALUES:
            names, before = joined.pop()
            joined.append(([*names, name], (before[:, None] + adds).reshape(-1, adds.shape[1])))
        else:
            joined.append(([name], adds))
    return joined


def _group(templates: Iterable[Template]) -> list[tuple[Known, list[Template]]]:
    """Templates that are added up beforehand: large ones first, each where the joint table grows least."""
    known = [({name: _bits(codes) for name, codes in one.codes.items()}, one) for one in templates]
    groups: list[tuple[Known, list[Template]]] = []
    for codes, one in sorted(known, key=lambda pair: -_cells(pair[0])):
        joint = [(_join(group, codes), number) for number, (group, _) in enumerate(groups)]
        grown = [(_cells(new), _cells(groups[number][0]), number, new) for new, number in joint]
        fits = [
            (new - old, number, union)
            for new, old, number, union in grown
            if new <= max(old, JOINED_CELLS) and new - old <= GROWTH * _cells(codes)
        ]
        if fits:
            _, number, union = min(fits, key=lambda fit: fit[:2])
            groups[number] = (union, [*groups[number][1], one])
        else:
            groups.append((codes, [one]))
    return groups


def _bits(codes: Ints) -> int:
    bits = 0
    for code in np.unique(codes).tolist():
        bits |= 1 << code
    return bits


def _join(group: Known, codes: Known) -> Known:
    return {name: group.get(name, 0) | codes.get(name, 0) for name in {**group, **codes}}


def _cells(known: Known) -> int:
    return math.prod(codes.bit_count() + 1 for codes in known.values())


def _rank(known: int, size: int) -> Ints:
    """1, 2 ... for the codes that are known, 0 for others."""
    is_known = np.array([known >> code & 1 for code in range(size)], dtype=np.int64)
    return np.cumsum(is_known) * is_known


def _sum(templates: Iterable[Template], axes: Mapping[str, int], ranks: Mapping[str, Ints], n_labels: int) -> np.ndarray:
    """Every template spread over the attributes that it does not name, and added up; cells x labels."""
    table = np.zeros([*axes.values(), n_labels], dtype=np.float32)
    for one in templates:
        own = np.zeros([size if name in one.codes else 1 for name, size in axes.items()] + [n_labels], dtype=np.float32)
        own[tuple(ranks[name][one.codes[name]] if name in one.codes else 0 for name in axes)] = one.weights
        table += own
    return table.reshape(-1, n_labels)


@kernel
def find_places(codes: Ints, blocks: Blocks, level: int) -> np.ndarray:
    """The place in `Blocks.places` of each part of a level, parts x cases."""
    first, parts, columns, strides = blocks.levels[level], blocks.parts, blocks.columns, blocks.strides
    found = np.empty((blocks.levels[level + 1] - first, len(codes)), dtype=np.uint32)
    for part in range(len(found)):
        found[part] = blocks.begin[first + part]
        for column in range(parts[first + part], parts[first + part + 1]):
            for case in range(len(codes)):
                found[part, case] += codes[case, columns[column]] * strides[column]
    return found


@kernel
def find_rows(places: np.ndarray, blocks: Blocks, level: int, block: int, rows: np.ndarray) -> None:
    """Adds to the cases' rows in a block what the parts of a level say."""
    adds, first = blocks.places[block], blocks.levels[level]
    for part in range(len(places)):
        if blocks.is_read[block, first + part]:
            for number in range(len(rows)):
                rows[number] += adds[places[part, number]]


@kernel
def score(codes: Ints, cases: Ints, blocks: Blocks) -> np.ndarray:
    """Sums of weights of some cases, cases x labels; float32."""
    total, table = np.zeros((len(cases), blocks.table.shape[1]), dtype=np.float32), blocks.table
    for start in range(0, len(cases), AT_ONCE):
        stop = min(start + AT_ONCE, len(cases))
        places, rows = find_places(codes[cases[start:stop]], blocks, 0), np.empty(stop - start, dtype=np.uint32)
        for block in range(len(blocks.first)):
            rows[:] = blocks.first[block]
            find_rows(places, blocks, 0, block, rows)
            for number in range(len(rows)):
                for label in range(table.shape[1]):
                    total[start + number, label] += table[rows[number], label]
    return total
