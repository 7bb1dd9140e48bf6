"""Source and content of each cue: the best labelling of the units around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.measure.sequences import best_path, with_memory
from framing.measure.spans import Span
from framing.measure.surroundings import Pairs, pair_up
from framing.measure.units import Units
from framing.measure.weights import Weights, split_templates
from framing.measure.wordtable import Ints

LABELS = (
    "outside", "source begins", "source", "clause begins", "clause", "cue word", "cue", "phrase begins", "phrase",
)  # fmt: skip
"""A content is a clause if it has a finite verb or a quotation, else a phrase: the two end in different ways."""
OUTSIDE, SOURCE, CUE_WORD, CUE, PHRASE = 0, (1, 2), 5, 6, (7, 8)
CONTENT = np.array(["clause" in name or "phrase" in name for name in LABELS])
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
# Moves of the decision, not of the weights: a source is worth having (93 of 100 gold attributions name one), a second cue word is
# not (chosen on the training articles).
SOURCE_BONUS, CUE_WORD_MALUS = 1.0, 1.0
_NEVER = -1e9


@dataclass(frozen=True)
class Reading:
    """A cue with what it seems to introduce."""

    cue: int
    """The unit."""
    source: tuple[int, int] | None
    """First and last unit of the source."""
    content: tuple[tuple[int, int], ...]
    """First and last units of the content's stretches."""
    is_clause: bool
    """Whether the content was read as a clause."""


def read_roles(
    units: Units, described: Mapping[str, Ints], cues: Sequence[int], weights: Weights, moves: np.ndarray
) -> list[Reading]:
    """The best reading of each cue; `moves` are the weights of one label after another, the last row those of the first label."""
    if not len(cues):
        return []
    pairs = pair_up(units, described, cues)
    scores = score_pairs(pairs, weights)
    path = best_path(*constrained(scores, moves, pairs.lengths), pairs.lengths) % len(LABELS)
    readings, begin = [], 0
    for cue, length in zip(cues, pairs.lengths, strict=True):
        window = slice(begin, begin + length)
        readings.append(_reading(int(cue), pairs.unit[window], path[window], scores[window]))
        begin += length
    return readings


def score_pairs(pairs: Pairs, weights: Weights) -> np.ndarray:
    """Scores of all labels for all pairs; the cue itself can only be the cue."""
    scores = weights.score(pairs.columns).astype(float)
    scores[:, SOURCE[0]] += SOURCE_BONUS
    scores[:, CUE_WORD] -= CUE_WORD_MALUS
    return scores + only_cue(pairs)


def only_cue(pairs: Pairs) -> np.ndarray:
    """0 where a label is possible, far below it elsewhere."""
    here = pairs.unit == pairs.cue
    barred = np.zeros((len(here), len(LABELS)))
    barred[here] = _NEVER
    barred[~here, CUE] = _NEVER
    barred[here, CUE] = 0
    return barred


def constrained(scores: np.ndarray, moves: np.ndarray, lengths: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, transitions and first labels of a model in which every window holds some content."""
    doubled, transitions, first = with_memory(scores, moves[:-1], moves[-1], CONTENT)
    doubled[np.cumsum(lengths) - 1, : len(LABELS)] += _NEVER
    return doubled, transitions, first


def _reading(cue: int, unit: Ints, path: Ints, scores: np.ndarray) -> Reading:
    gain = scores[np.arange(len(path)), path] - scores[:, OUTSIDE]
    sources = _stretches(unit, np.isin(path, SOURCE))
    best = max(sources, key=lambda span: gain[span[0] - unit[0] : span[1] + 1 - unit[0]].sum(), default=None)
    return Reading(cue, best, tuple(_stretches(unit, CONTENT[path])), not np.isin(path, PHRASE).any())


def _stretches(unit: Ints, mask: Ints) -> list[tuple[int, int]]:
    """First and last units of the runs where a mask holds."""
    bounds = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return [(int(unit[a]), int(unit[b - 1])) for a, b in bounds.reshape(-1, 2)]


def span_of(units: Units, stretch: tuple[int, int]) -> Span:
    """Offsets of a stretch of units."""
    starts, ends = units.offsets
    return int(starts[stretch[0]]), int(ends[stretch[1]])
