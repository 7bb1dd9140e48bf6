"""The scores of every unit in the windows around some cues: how well each role suits it."""

from __future__ import annotations

import numpy as np

from framing.measure.blocks import Blocks, find_places, find_rows
from framing.measure.compiling import kernel
from framing.measure.labels import LABELS, ROLES
from framing.measure.surroundings import (
    AFTER,
    BEFORE,
    CUE_ATTRIBUTES,
    KIND,
    LEVELS,
    NAMES,
    OF_CUE,
    OWN_ATTRIBUTES,
    Ground,
    find_window,
    relate_window,
)  # fmt: skip
from framing.measure.table import Ints

# Units in windows that are scored together, so that the next one finds a block's table in the cache (chosen).
AT_ONCE = 16_384
_UNIT, _CUE, _PLACE, _BETWEEN, _PHRASES = range(len(LEVELS))
_FIRST_OF_CUE = len(OWN_ATTRIBUTES)
_ROLES = np.array(ROLES)
_FASTER = 2  # sections that are added up apart from all later ones: so the rounding was when the weights were chosen


@kernel
def find_windows(ground: Ground, cues: Ints, first: int) -> Ints:
    """First unit and unit after the last of the next cues' windows; of as many as hold AT_ONCE units."""
    windows, number, size = np.zeros((len(cues) - first, 2), dtype=np.int64), 0, 0
    while first + number < len(cues) and size < AT_ONCE:
        windows[number, 0], windows[number, 1] = find_window(ground, cues[first + number])
        size += windows[number, 1] - windows[number, 0]
        number += 1
    return windows[:number]


@kernel
def score_windows(ground: Ground, own: Ints, cues: Ints, windows: Ints, blocks: Blocks, bonus: np.ndarray) -> np.ndarray:
    """The scores of the units of all windows, one window below the other; units x labels. `own` are the units' own attributes.

    Block by block, so that a block's table is still in the processor's cache for the next unit.
    """
    of_cues, pairs = _relate(ground, cues, windows, blocks)
    lowest, sections = windows[:, 0].min(), blocks.sections
    of_units = find_places(own[lowest : windows[:, 1].max()], blocks, _UNIT)
    rows_of_cues, rows_of_units = np.empty(len(cues), dtype=np.uint32), np.empty(of_units.shape[1], dtype=np.uint32)
    rows = np.empty(pairs.shape[1], dtype=np.uint32)
    sums = np.zeros((_FASTER + 1, pairs.shape[1], len(_ROLES)), dtype=np.float32)
    for section in range(len(sections) - 1):
        total = sums[section] if section < _FASTER else np.zeros_like(sums[_FASTER])
        for block in range(sections[section], sections[section + 1]):
            rows_of_cues[:], rows_of_units[:] = blocks.first[block], 0
            find_rows(of_cues, blocks, _CUE, block, rows_of_cues)
            find_rows(of_units, blocks, _UNIT, block, rows_of_units)
            _lay_rows(windows, lowest, rows_of_cues, rows_of_units, pairs[0], blocks.places[block], rows)
            find_rows(pairs[1:], blocks, _BETWEEN, block, rows)
            _add_weights(rows, blocks.table, total)
        if section >= _FASTER:
            sums[_FASTER] += total
    scores = np.zeros((pairs.shape[1], len(LABELS)))
    for pair in range(len(scores)):
        for role in range(len(_ROLES)):
            label = _ROLES[role]
            scores[pair, label] = sums[0, pair, role] + sums[1, pair, role] + sums[2, pair, role] + bonus[label]
    return scores


@kernel
def _relate(ground: Ground, cues: Ints, windows: Ints, blocks: Blocks) -> tuple[np.ndarray, np.ndarray]:
    """The places of the cues' own attributes, parts x cues, and of what cues and units have together, three parts x pairs."""
    codes, table = np.zeros((len(cues), len(NAMES)), dtype=np.int32), np.zeros((BEFORE + AFTER, len(NAMES)), dtype=np.int32)
    pairs, end = np.empty((3, (windows[:, 1] - windows[:, 0]).sum()), dtype=np.uint32), 0
    for number in range(len(cues)):
        start, stop = windows[number]
        window, begin, end = table[: stop - start], end, end + stop - start
        relate_window(ground, cues[number], start, stop, window)
        for column in range(len(CUE_ATTRIBUTES)):
            codes[number, _FIRST_OF_CUE + column] = ground.described[cues[number], OF_CUE[column]]
        codes[number, KIND] = window[0, KIND]
        for level in range(_PLACE, _PHRASES + 1):  # each is one part
            pairs[level - _PLACE, begin:end] = find_places(window, blocks, level)[0]
    return find_places(codes, blocks, _CUE), pairs


@kernel
def _lay_rows(
    windows: Ints, lowest: int, of_cues: np.ndarray, of_units: np.ndarray, places: np.ndarray, adds: np.ndarray, rows: np.ndarray
) -> None:
    """The rows of the pairs in a block, as far as cue, unit and their distance have a part in them."""
    pair = 0
    for number in range(len(windows)):
        of_cue = of_cues[number]
        for unit in range(windows[number, 0] - lowest, windows[number, 1] - lowest):
            rows[pair] = of_cue + of_units[unit] + adds[places[pair]]
            pair += 1


@kernel
def _add_weights(rows: np.ndarray, weights: np.ndarray, total: np.ndarray) -> None:
    """Adds the rows' weights of eight roles to the totals; written out, so that eight sums are one instruction."""
    for pair in range(len(rows)):
        row = rows[pair]
        a, b, c, d = total[pair, 0], total[pair, 1], total[pair, 2], total[pair, 3]
        e, f, g, h = total[pair, 4], total[pair, 5], total[pair, 6], total[pair, 7]
        a, b, c, d = a + weights[row, 0], b + weights[row, 1], c + weights[row, 2], d + weights[row, 3]
        e, f, g, h = e + weights[row, 4], f + weights[row, 5], g + weights[row, 6], h + weights[row, 7]
        total[pair, 0], total[pair, 1], total[pair, 2], total[pair, 3] = a, b, c, d
        total[pair, 4], total[pair, 5], total[pair, 6], total[pair, 7] = e, f, g, h
