"""Source and content of each cue: the best labelling of the units around it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from framing.measure.blocks import Blocks
from framing.measure.compiling import kernel
from framing.measure.labels import CUE, CUE_WORD, IS_CONTENT, IS_PHRASE, IS_SOURCE, LABELS, OUTSIDE, ROLES, SOURCE
from framing.measure.ragged import take_rows
from framing.measure.sequences import NEVER, ROOM, best_path
from framing.measure.surroundings import (
    AFTER,
    BEFORE,
    LEVELS,
    OF_UNIT,
    OWN_ATTRIBUTES,
    Ground,
    find_ground,
)  # fmt: skip
from framing.measure.table import Ints, Table
from framing.measure.units import Units
from framing.measure.weights import Weights, split_templates
from framing.measure.windows import find_windows, score_windows

TEMPLATES = split_templates(
    """
    side;side distance;side form;side tag;side before_tag tag;side tag after_tag;side before_form;side after_form;
    side gap_before;side gap_after;side distance gap_before;side gap_before form;side gap_before tag;
    side gap_after tag;side finite_between commas_between that_between;side and_between finite_between;
    side commas_between gap_before;side cue_voice finite_between;side cue_pos cue_voice finite_between commas_between;
    side cue_subject finite_between commas_between;side cue_frame finite_between commas_between;
    side distance cue_pos cue_voice;side distance cue_frame;side distance cue_pos cue_voice tag;
    side cue_lemma finite_between;side cue_quotations_near finite_between commas_between;side cue_lemma distance;
    side cue_lemma pos;side cue_subject tag;side cue_quotations_near pos commas_between;
    side cue_complement commas_between;side distance near form;side cue_frame tag;side cue_quotations pos commas_between;
    side edge;side edge cue_pos cue_voice commas_between;side finite finite_between commas_between;
    side subordinator gap_before finite_between;side in_quotation commas_between;relation;relation cue_pos cue_voice;
    relation cue_subject;relation cue_lemma;relation cue_quotations_near;relation cue_frame;
    relation side finite_between commas_between;relation gap_before;relation tag;
    relation cue_quotations_near commas_between cue_subject;relation form;quotation side cue_subject;
    quotation side distance;quotation side commas_between finite_between;side relation before_tag tag;
    side gap_before before_tag tag;side gap_after after_tag;side before_form form;side form after_form;
    side cue_lemma form;relation cue_lemma side;side finite_between gap_before tag;side cue_quotations gap_before;
    relation gap_after;side before2_tag before_tag tag;side cue_lemma gap_before;main_subject cue_subject cue_joined;
    main_subject relation;main_subject cue_pos cue_voice cue_joined commas_between;last_subject cue_subject cue_joined;
    last_subject relation;last_subject cue_pos cue_voice cue_joined;main_subject last_subject cue_subject cue_joined;
    side cue_joined finite_between commas_between;capital side gap_before;capital capital_before gap_before side;
    cue_headline side cue_pos commas_between;cue_headline side cue_lemma;cue_headline side gap_before tag;
    relation cue_headline;cue_joined cue_subject side finite_between and_between;side gap_before form finite_between;
    side gap_before form cue_voice;side before_form tag;side tag after_form;side form after_tag;
    side gap_before tag after_tag;side gap_before form cue_pos;relation cue_class;side cue_class pos;
    side cue_class finite_between;side distance cue_class;side cue_class form
    """
)
"""What a unit's label is a sum over, beside the label before it."""
# Moves of the decision, not of the weights: a source is worth having (most gold attributions name one), a second cue word is
# not (chosen on the training articles).
SOURCE_BONUS, CUE_WORD_MALUS = 1.0, 1.0
_BONUS = SOURCE_BONUS * (np.arange(len(LABELS)) == SOURCE[0]) - CUE_WORD_MALUS * (np.arange(len(LABELS)) == CUE_WORD)


_SLOW, _CHANGING = (
    ("in_quotation", "finite", "quotation", "subordinator"),
    ("distance", "relation", "main_subject", "last_subject"),
)


def _section(attributes: Collection[str]) -> int:
    """Templates by what they change with: the unit alone (0), the unit and more (1), or only with slower things (2 to 6)."""
    if any(name in OWN_ATTRIBUTES and name not in _SLOW for name in attributes):
        return 0 if all(name in OWN_ATTRIBUTES or name == "side" for name in attributes) else 1
    return next((number for number, name in enumerate(_CHANGING, start=2) if name in attributes), 2 + len(_CHANGING))


@dataclass(frozen=True)
class Readings:
    """Cues with what they seem to introduce."""

    cue: Ints
    """The units."""
    source: Ints
    """First and last unit of each source; -1 where there is none."""
    content: Ints
    """First and last units of the contents' stretches."""
    begin: Ints
    """Where each cue's stretches begin, and the end."""
    is_clause: Ints
    """Whether the content was read as a clause."""

    def __len__(self) -> int:
        return len(self.cue)

    def take(self, numbers: Ints) -> Readings:
        """Some of the readings."""
        stretches, begin = take_rows(self.begin, numbers)
        return Readings(self.cue[numbers], self.source[numbers], self.content[stretches], begin, self.is_clause[numbers])


def read_roles(units: Units, described: Table, cues: Ints, weights: Weights, moves: np.ndarray) -> Readings:
    """The best reading of each cue; `moves` are the weights of one label after another, the last row those of the first label."""
    cues, n = np.asarray(cues, dtype=np.int64), len(cues)
    source, is_clause, begin = np.full((n, 2), -1), np.zeros(n, dtype=bool), np.zeros(n + 1, dtype=np.int64)
    content = np.zeros((n * (BEFORE + AFTER) // 2, 2), dtype=np.int64)
    found = Readings(cues, source, content, begin, is_clause)
    blocks = weights.blocks(LEVELS, ROLES, _section)
    ground, own = find_ground(units, described), described.codes[:, OF_UNIT]
    _read(ground, own, cues, blocks, moves.astype(float), source, content, begin, is_clause)
    return replace(found, content=content[: begin[-1]])


@kernel
def _read(
    ground: Ground,
    own: Ints,
    cues: Ints,
    blocks: Blocks,
    moves: np.ndarray,
    source: Ints,
    content: Ints,
    begin: Ints,
    is_clause: Ints,
) -> None:
    """Fills the readings, some cues at a time."""
    room, path = np.zeros((BEFORE + AFTER, ROOM), dtype=np.int8), np.zeros(BEFORE + AFTER, dtype=np.int8)
    number = 0
    while number < len(cues):
        windows = find_windows(ground, cues, number)
        scores = score_windows(ground, own, cues[number : number + len(windows)], windows, blocks, _BONUS)
        last = 0
        for start, stop in windows:
            first, last, labels = last, last + stop - start, path[: stop - start]
            _bar(scores[first:last], cues[number] - start)
            best_path(scores[first:last], moves, room, labels)
            source[number] = _find_source(labels, scores[first:last], start)
            begin[number + 1] = _find_content(labels, start, content, begin[number])
            is_clause[number] = not _has(labels, IS_PHRASE)
            number += 1


@kernel
def _bar(scores: np.ndarray, cue: int) -> None:
    """The cue itself can only be the cue, and nothing else can."""
    scores[cue] += NEVER
    scores[:, CUE] = NEVER
    scores[cue, CUE] = 0


@kernel
def _find_source(path: Ints, scores: np.ndarray, start: int) -> tuple[int, int]:
    """First and last unit of the source that gains most over no source, the first of equals."""
    best, found, row = -np.inf, (-1, -1), 0
    while row < len(path):
        first, gain = row, 0.0
        while row < len(path) and IS_SOURCE[path[row]]:
            gain += scores[row, path[row]] - scores[row, OUTSIDE]
            row += 1
        if row > first and gain > best:
            best, found = gain, (start + first, start + row - 1)
        row += row == first
    return found


@kernel
def _find_content(path: Ints, start: int, content: Ints, n: int) -> int:
    """Writes the content's stretches from place n on; gives the place after them."""
    for row in range(len(path)):
        if IS_CONTENT[path[row]]:
            if row == 0 or not IS_CONTENT[path[row - 1]]:
                content[n, 0] = start + row
                n += 1
            content[n - 1, 1] = start + row
    return n


@kernel
def _has(path: Ints, labels: np.ndarray) -> bool:
    for label in path:  # noqa: SIM110 - numba compiles no generators
        if labels[label]:
            return True
    return False
