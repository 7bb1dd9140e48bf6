"""Is it an attribution? The probability of a cue with its reading: source, content, and what other cues claim."""

from __future__ import annotations

import numpy as np

from framing.measure import context
from framing.measure.compiling import kernel
from framing.measure.roles import Readings
from framing.measure.surroundings import AFTER, BEFORE, Ground, find_ground
from framing.measure.table import Ints, Table
from framing.measure.traits import HEAD
from framing.measure.units import Units
from framing.measure.vocabulary import SUBJECTS, TAGS
from framing.measure.weights import Alphabet, Weights, split_templates
from framing.measure.wordtable import FORM, LEMMA, TAG, Words

TEMPLATES = split_templates(
    """
    always;likely;likely pos;source;source pos;reach pos;side pos;side reach pos;lemma source;lemma side;
    lemma reach;source_lemma pos;content_form pos;content_tag pos;lemma content_tag;gap pos;length pos;finite pos;
    lemma finite;quoted pos;ends pos;covered;covered pos;covers;covers pos;weaker;stronger;clause pos;
    lemma clause;headline pos;position pos;quotations pos side;class source;class side;class content_tag;
    class finite;class covered;likely covered;likely source;likely finite pos;likely class
    """
)
"""What the probability of a reading is a sum over."""
SIDES = ("none", "left", "right", "both")
REACHES = ("none", "left next", "left near", "left far", "right next", "right near", "right far")
# Steps of the first probability (20) and of another candidate's claim (5), of content lengths (chosen).
LIKELY_STEPS, CLAIM_STEPS = 20, 5
NEARBY = 120
"""How many units around a cue other candidates are compared with."""
_FROM_UNIT = ("always", "pos", "lemma", "class", "headline", "position", "quotations")
NAMES = (
    *_FROM_UNIT, "source", "source_lemma", "reach", "side", "content_form", "content_tag", "gap", "length", "finite", "quoted",
    "ends", "clause", "likely", "covered", "covers", "weaker", "stronger",
)  # fmt: skip
"""The columns of `describe_readings`."""
(
    _SOURCE, _SOURCE_LEMMA, _REACH, _SIDE, _CONTENT_FORM, _CONTENT_TAG, _GAP, _LENGTH, _FINITE, _QUOTED, _ENDS, _CLAUSE, _LIKELY,
    _COVERED, _COVERS, _WEAKER, _STRONGER,
) = range(len(_FROM_UNIT), len(NAMES))  # fmt: skip
_OF_UNIT = np.array([context.NAMES.index(name) for name in _FROM_UNIT])
_IS_FINITE, _IS_QUOTATION, _IN_QUOTATION = (context.NAMES.index(name) for name in ("finite", "quotation", "in_quotation"))
_LENGTHS = np.minimum(7, 1.5 * np.log2(np.arange(BEFORE + AFTER + 1) + 1)).astype(int)
"""Step of a content's length in units."""
_NO_SUBJECT = SUBJECTS["none"]


def alphabet(words: Words) -> Alphabet:
    """Attribute -> its codes for the columns of `describe_readings`."""
    units = context.alphabet(words)
    numbers = {
        "likely": LIKELY_STEPS, "reach": len(REACHES), "side": len(SIDES), "gap": 6, "length": 8, "finite": 3, "quoted": 2,
        "ends": 2,
        "covered": CLAIM_STEPS + 1, "covers": CLAIM_STEPS + 1, "weaker": 2, "stronger": 2, "clause": 2,
    }  # fmt: skip
    codes = {"source": SUBJECTS, "source_lemma": words.lemmas, "content_form": words.forms, "content_tag": TAGS}
    return {**{name: units[name] for name in _FROM_UNIT}, **codes, **numbers}


def score_readings(units: Units, described: Table, readings: Readings, likely: np.ndarray, weights: Weights) -> np.ndarray:
    """The probability that each reading is an attribution."""
    z = weights.score(describe_readings(units, described, readings, likely))[:, 0]
    return 1 / (1 + np.exp(-z))


def describe_readings(units: Units, described: Table, readings: Readings, likely: np.ndarray) -> Table:
    """The codes of every reading; `likely` are the cues' first probabilities."""
    codes = np.zeros((len(readings), len(NAMES)), dtype=np.int32)
    claims = np.zeros((2, len(readings)), dtype=likely.dtype)
    _describe(find_ground(units, described), units.codes, readings.cue, readings.source, readings.content, readings.begin, codes)
    _find_claims(readings.cue, readings.content, readings.begin, likely, claims)
    covered, covers = claims.astype(float)
    codes[:, _CLAUSE] = readings.is_clause
    codes[:, _LIKELY] = np.clip((likely * LIKELY_STEPS).astype(int), 0, LIKELY_STEPS - 1)
    codes[:, _COVERED], codes[:, _COVERS] = np.ceil(covered * CLAIM_STEPS), np.ceil(covers * CLAIM_STEPS)
    codes[:, _WEAKER], codes[:, _STRONGER] = covered > likely, covers > likely
    return Table(NAMES, codes)


@kernel
def _describe(ground: Ground, words: Ints, cues: Ints, source: Ints, content: Ints, begin: Ints, codes: Ints) -> None:
    for number in range(len(cues)):
        cue, row = cues[number], codes[number]
        for column in range(len(_FROM_UNIT)):
            row[column] = ground.described[cue, _OF_UNIT[column]]
        first, last = source[number]
        row[_SOURCE] = _NO_SUBJECT
        if first >= 0:
            head = _head(ground, first, last)
            row[_SOURCE], row[_SOURCE_LEMMA] = ground.kind[head], words[head, LEMMA]
        row[_REACH] = _reach(cue, first, last)
        _describe_content(ground, cue, content[begin[number] : begin[number + 1]], row)
        opening = _opening(cue, content[begin[number] : begin[number + 1]])
        row[_CONTENT_FORM], row[_CONTENT_TAG], row[_GAP] = words[opening, FORM], words[opening, TAG], min(5, abs(opening - cue))


@kernel
def _describe_content(ground: Ground, cue: int, content: Ints, row: Ints) -> None:
    length, finite, quoted, right = 0, 0, False, False
    for first, last in content:
        length += last + 1 - first
        right |= last > cue
        for unit in range(first, last + 1):
            finite += ground.described[unit, _IS_FINITE]
            quoted |= ground.described[unit, _IS_QUOTATION] + ground.described[unit, _IN_QUOTATION] > 0
    row[_LENGTH], row[_FINITE], row[_QUOTED] = _LENGTHS[length], min(2, finite), quoted
    if len(content):
        row[_SIDE] = (content[0, 0] < cue) + 2 * right
        row[_ENDS] = content[-1, 1] == ground.stop[cue] - 1


@kernel
def _opening(cue: int, content: Ints) -> int:
    """The first unit of the content after the cue, else of all of it, else the cue."""
    for first, last in content:
        if last > cue:
            return max(int(first), cue + 1)
    return int(content[0, 0]) if len(content) else cue


@kernel
def _head(ground: Ground, first: int, last: int) -> int:
    """The first noun of the source, else its last word."""
    for unit in range(first, last + 1):
        if ground.traits[unit] & HEAD:
            return unit
    return last


@kernel
def _reach(cue: int, first: int, last: int) -> int:
    """A place in `REACHES`."""
    if first < 0:
        return 0
    distance = cue - last if last < cue else first - cue
    return (1 if last < cue else 4) + (0 if distance <= 1 else 1 if distance < 6 else 2)


@kernel
def _find_claims(cues: Ints, content: Ints, begin: Ints, likely: np.ndarray, claims: np.ndarray) -> None:
    """For each reading the likeliest other one whose content holds its cue, and the likeliest whose cue its content holds.

    Only cues near by are compared, so that time stays linear.
    """
    for one in range(len(cues)):
        for step, end in ((-1, -1), (1, len(cues))):
            for other in range(one + step, end, step):
                if abs(cues[other] - cues[one]) > NEARBY:
                    break
                if _holds(content[begin[one] : begin[one + 1]], cues[other]):
                    claims[1, one] = max(claims[1, one], likely[other])
                    claims[0, other] = max(claims[0, other], likely[one])


@kernel
def _holds(content: Ints, unit: int) -> bool:
    for first, last in content:  # noqa: SIM110 - numba compiles no generators
        if first <= unit <= last:
            return True
    return False
