"""A cue with every unit around it: what the roles model knows of the pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from framing.measure import context, wordtable
from framing.measure.compiling import kernel
from framing.measure.context import COMMAS
from framing.measure.nounphrases import NO_PHRASE, Phrase, find_subject, noun_phrase_from
from framing.measure.table import Ints, Table
from framing.measure.traits import ANTECEDENT, COLON, COORDINATOR, OPENS_AGENT, QUOTATION
from framing.measure.units import Units
from framing.measure.vocabulary import SUBJECTS
from framing.measure.weights import Alphabet
from framing.measure.wordtable import TRAITS, Words

# How many units before and after a cue its source and content are looked for (chosen: few sentences are longer).
BEFORE, AFTER = 70, 90
# How far a passive's "by" may stand from it, and how far back a sentence's subject is read (chosen).
BY, BACK = 12, 40
RELATIONS = (
    "none", "subject begins", "subject", "before subject", "after subject", "inverted begins", "inverted", "next", "beyond",
    "by begins", "by", "no subject",
)  # fmt: skip
"""Where a unit stands to the noun phrases that the rules of `nounphrases` find around the cue."""
_SUBJECT, _BEFORE_SUBJECT, _AFTER_SUBJECT, _INVERTED, _NEXT, _BEYOND, _BY, _NO_SUBJECT = (
    RELATIONS.index(name)
    for name in (
        "subject begins", "before subject", "after subject", "inverted begins", "next", "beyond", "by begins", "no subject",
    )
)  # fmt: skip
_DISTANCE = np.array([0, 1, 2, 3, 4, 5, 5, 5, *[6] * 5, *[7] * 8, *[8] * (BEFORE + AFTER)])
_NEAR = 5
OWN_ATTRIBUTES = (
    "form", "tag", "pos", "gap_before", "gap_after", "before_tag", "after_tag", "before_form", "after_form", "before2_tag",
    "in_quotation", "capital", "finite", "quotation", "subordinator", "capital_before",
)  # fmt: skip
CUE_ATTRIBUTES = ("lemma", "pos", "voice", "frame", "complement", "quotations_near", "quotations", "joined", "headline", "class")
PAIR_ATTRIBUTES: Alphabet = {
    "side": 3, "distance": 9, "near": 2, "finite_between": 4, "commas_between": 4, "that_between": 2, "and_between": 3, "edge": 3,
    "relation": len(RELATIONS), "main_subject": 3, "last_subject": 3, "cue_subject": SUBJECTS,
}  # fmt: skip
"""What only the two together have, and how many numbers it has."""
LEVELS = (
    OWN_ATTRIBUTES, (*(f"cue_{name}" for name in CUE_ATTRIBUTES), "cue_subject"), ("side", "distance", "near"),
    ("finite_between", "commas_between", "that_between", "and_between", "edge"), ("relation", "main_subject", "last_subject"),
)  # fmt: skip
"""Attributes of the unit, of the cue, and of the two together: its place, what stands between, the phrases around the cue."""
NAMES = tuple(name for level in LEVELS for name in level)
OF_UNIT = np.array([context.NAMES.index(name) for name in OWN_ATTRIBUTES])
OF_CUE = np.array([context.NAMES.index(name) for name in CUE_ATTRIBUTES])
_CUE = len(OWN_ATTRIBUTES)
(
    KIND, _SIDE, _DISTANCE_, _NEAR_, _FINITE_BETWEEN, _COMMAS_BETWEEN, _THAT_BETWEEN, _AND_BETWEEN, _EDGE, _RELATION, _MAIN,
    _LAST,
) = range(_CUE + len(CUE_ATTRIBUTES), len(NAMES))  # fmt: skip
_FINITE = context.NAMES.index("finite")
_NO_KIND = SUBJECTS["none"]
LEFT, RIGHT, HERE = range(3)


def alphabet(words: Words) -> Alphabet:
    """Attribute -> its codes for the pairs of `pair_up`."""
    units = context.alphabet(words)
    return {**units, **{f"cue_{name}": units[name] for name in CUE_ATTRIBUTES}, **PAIR_ATTRIBUTES}


class Ground(NamedTuple):
    """What the kernels read of units and pieces."""

    described: Ints
    """Units x `context.NAMES`."""
    traits: Ints
    """Of units."""
    kind: Ints
    """What a noun phrase with this last unit is, as a subject."""
    comma: Ints
    """Whether a comma or the like stands after a unit."""
    start: Ints
    """First unit of each unit's sentence."""
    stop: Ints
    """Unit after its last."""
    first: Ints
    """First piece of each unit."""
    last: Ints
    """Last piece."""
    of_piece: Ints
    """The unit of each piece."""
    pieces: Ints
    """Traits of the pieces."""


def find_ground(units: Units, described: Table) -> Ground:
    """Units and pieces as the kernels read them."""
    opens, here = np.diff(units.sentence, prepend=-1) != 0, np.arange(len(units))
    begins = np.flatnonzero(opens)
    number = np.cumsum(opens) - 1
    return Ground(
        described.codes, units.codes[:, TRAITS].copy(), units.codes[:, wordtable.KIND].copy(), COMMAS[units.gap], begins[number],
        np.append(begins[1:], len(here))[number], units.first, units.last, units.of_piece, units.pieces.traits,
    )  # fmt: skip


@dataclass(frozen=True)
class Pairs:
    """Every cue with every unit of its window, one below the other."""

    cue: Ints
    """The unit that is the cue."""
    unit: Ints
    """The unit it is paired with."""
    lengths: list[int]
    """Units in each cue's window."""
    table: Table
    """The codes of the pairs."""


def pair_up(units: Units, described: Table, cues: Sequence[int]) -> Pairs:
    """Pairs each cue with the units of its sentence, at most BEFORE to the left and AFTER to the right."""
    ground = find_ground(units, described)
    bounds = np.array([find_window(ground, cue) for cue in cues])
    ends = np.cumsum(bounds[:, 1] - bounds[:, 0])
    table = np.zeros((ends[-1], len(NAMES)), dtype=np.int32)
    for cue, (start, stop), end in zip(cues, bounds.tolist(), ends.tolist(), strict=True):
        describe_window(ground, cue, start, stop, table[end - (stop - start) : end])
    unit = np.concatenate([np.arange(start, stop) for start, stop in bounds])
    lengths = (bounds[:, 1] - bounds[:, 0]).tolist()
    return Pairs(np.repeat(np.asarray(cues), lengths), unit, lengths, Table(NAMES, table))


@kernel
def find_window(ground: Ground, cue: int) -> tuple[int, int]:
    """First unit of a cue's window and the unit after its last."""
    return max(ground.start[cue], cue - BEFORE), min(ground.stop[cue], cue + AFTER)


@kernel
def describe_window(ground: Ground, cue: int, start: int, stop: int, table: Ints) -> None:
    """Fills the table, one row for each unit of the window."""
    for unit in range(start, stop):
        row = table[unit - start]
        for column in range(len(OF_UNIT)):
            row[column] = ground.described[unit, OF_UNIT[column]]
        for column in range(len(OF_CUE)):
            row[_CUE + column] = ground.described[cue, OF_CUE[column]]
    relate_window(ground, cue, start, stop, table)


@kernel
def relate_window(ground: Ground, cue: int, start: int, stop: int, table: Ints) -> None:
    """Fills the columns of what the cue and each unit of its window have together."""
    for unit in range(start, stop):
        row, distance = table[unit - start], abs(unit - cue)
        row[_SIDE] = LEFT if unit < cue else RIGHT if unit > cue else HERE
        row[_DISTANCE_], row[_NEAR_] = _DISTANCE[distance], distance < _NEAR
        row[_EDGE] = 1 if unit == ground.start[cue] else 2 if unit == ground.stop[cue] - 1 else 0
        row[_RELATION], row[_MAIN], row[_LAST] = 0, 0, 0
    _count_between(ground, cue, start, stop, table)
    subject = _lay_phrases(ground, cue, start, stop, table[:, _RELATION])
    _lay_subjects(ground, cue, start, subject, table[:, _MAIN], table[:, _LAST])
    table[:, KIND] = ground.kind[subject[1]] if subject[0] >= 0 else _NO_KIND


@kernel
def _count_between(ground: Ground, cue: int, start: int, stop: int, table: Ints) -> None:
    """Finite verbs, commas and conjunctions between the cue and each unit, outwards from the cue."""
    for step, end in ((-1, start - 1), (1, stop)):
        finite = commas = relatives = coordinators = 0
        for unit in range(cue, end, step):
            row = table[unit - start]
            commas += step < 0 and unit != cue and ground.comma[unit]
            row[_FINITE_BETWEEN], row[_COMMAS_BETWEEN] = min(finite, 3), min(commas, 3)
            row[_THAT_BETWEEN], row[_AND_BETWEEN] = min(relatives, 1), min(coordinators, 2)
            commas += step > 0 and ground.comma[unit]
            if unit != cue:
                finite += ground.described[unit, _FINITE]
                relatives += ground.traits[unit] & ANTECEDENT > 0
                coordinators += ground.traits[unit] & COORDINATOR > 0


@kernel
def _lay_phrases(ground: Ground, cue: int, start: int, stop: int, relation: Ints) -> Phrase:
    """Lays the noun phrases around a cue over the units of its window; gives the subject."""
    subject = inverted = agent = NO_PHRASE
    if not ground.traits[cue] & COLON:
        piece, end = ground.first[cue], ground.last[stop - 1] + 1
        subject = _in_units(ground, find_subject(ground.pieces, piece, _lowest(ground, cue, start)))
        if cue + 1 < stop and not ground.traits[cue + 1] & (QUOTATION | COLON):
            inverted = _in_units(ground, noun_phrase_from(ground.pieces, piece + 1, end))
        agent = _agent(ground, cue, stop, end)
    _lay(relation, start, agent, _BY)
    _lay(relation, start, inverted, _INVERTED)
    if inverted[0] >= 0:
        for unit in range(inverted[1] + 1, stop):
            if relation[unit - start] == 0:
                relation[unit - start] = _NEXT if unit == inverted[1] + 1 else _BEYOND
    for unit in range(start, cue):
        before, after = unit < subject[0], unit > subject[1]
        relation[unit - start] = _NO_SUBJECT if subject[0] < 0 else _BEFORE_SUBJECT if before else _AFTER_SUBJECT if after else 0
    _lay(relation, start, subject, _SUBJECT)
    return subject


@kernel
def _lay(codes: Ints, start: int, phrase: Phrase, begins: int) -> None:
    """One code for the unit where a phrase begins, the next code for its other units."""
    for unit in range(max(start, phrase[0]), min(phrase[1] + 1, start + len(codes))):
        codes[unit - start] = begins if unit == phrase[0] else begins + 1


@kernel
def _lowest(ground: Ground, cue: int, start: int) -> int:
    """The first piece that a subject may take: after the last quotation before the cue."""
    for unit in range(cue - 1, start - 1, -1):
        if ground.traits[unit] & QUOTATION:
            return int(ground.last[unit]) + 1
    return int(ground.first[start])


@kernel
def _agent(ground: Ground, cue: int, stop: int, end: int) -> Phrase:
    """The noun phrase after "by" or "from"."""
    for unit in range(cue + 1, min(stop - 1, cue + BY)):
        if ground.pieces[ground.first[unit]] & OPENS_AGENT and not ground.traits[unit + 1] & QUOTATION:
            return _in_units(ground, noun_phrase_from(ground.pieces, ground.first[unit + 1], end))
    return NO_PHRASE


@kernel
def _lay_subjects(ground: Ground, cue: int, start: int, subject: Phrase, main: Ints, last: Ints) -> None:
    """The subject of the window's first finite verb, and the nearest other one of the two finite verbs before the cue."""
    earliest, seen, found, lowest = -1, 0, NO_PHRASE, _lowest(ground, cue, start)
    for unit in range(cue - 1, start - 1, -1):
        if ground.described[unit, _FINITE]:
            earliest = unit
            if seen < 2 and found[0] < 0:
                other = _subject_of(ground, unit, lowest)
                found = other if other[0] != subject[0] or other[1] != subject[1] else NO_PHRASE
            seen += 1
    if earliest >= 0:
        of_earliest = _subject_of(ground, earliest, ground.first[max(start, earliest - BACK)])
        _lay_marks(main, start, of_earliest)
        _lay_marks(last, start, found)


@kernel
def _lay_marks(codes: Ints, start: int, phrase: Phrase) -> None:
    """1 where a phrase begins, 2 where it goes on."""
    if phrase[0] >= 0 and phrase[1] >= start:
        _lay(codes, start, (max(start, phrase[0]), phrase[1]), 1)


@kernel
def _subject_of(ground: Ground, verb: int, lowest: int) -> Phrase:
    piece = ground.first[verb]
    return _in_units(ground, find_subject(ground.pieces, piece, lowest)) if piece > lowest else NO_PHRASE


@kernel
def _in_units(ground: Ground, phrase: Phrase) -> Phrase:
    return (ground.of_piece[phrase[0]], ground.of_piece[phrase[1]]) if phrase[0] >= 0 else NO_PHRASE
