"""Is it an attribution? The probability of a cue with its reading: source, content, and what other cues claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from framing.measure.context import alphabet as of_units
from framing.measure.context import is_finite
from framing.measure.roles import Reading
from framing.measure.units import Units
from framing.measure.vocabulary import SUBJECTS, TAGS
from framing.measure.weights import Alphabet, Weights, split_templates
from framing.measure.wordtable import Ints, Words

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


def alphabet(words: Words) -> Alphabet:
    """Attribute -> its codes for the columns of `describe_readings`."""
    units = of_units(words)
    numbers = {
        "likely": LIKELY_STEPS, "reach": len(REACHES), "side": len(SIDES), "gap": 6, "length": 8, "finite": 3, "quoted": 2,
        "ends": 2,
        "covered": CLAIM_STEPS + 1, "covers": CLAIM_STEPS + 1, "weaker": 2, "stronger": 2, "clause": 2,
    }  # fmt: skip
    codes = {"source": SUBJECTS, "source_lemma": words.lemmas, "content_form": words.forms, "content_tag": TAGS}
    return {**{name: units[name] for name in _FROM_UNIT}, **codes, **numbers}


def score_readings(
    units: Units, described: Mapping[str, Ints], readings: Sequence[Reading], likely: np.ndarray, weights: Weights
) -> np.ndarray:
    """The probability that each reading is an attribution."""
    z = weights.score(describe_readings(units, described, readings, likely))[:, 0]
    return 1 / (1 + np.exp(-z))


def describe_readings(
    units: Units, described: Mapping[str, Ints], readings: Sequence[Reading], likely: np.ndarray
) -> dict[str, Ints]:
    """Attribute -> codes of every reading; `likely` are the cues' first probabilities."""
    cues = np.array([reading.cue for reading in readings], dtype=np.int64)
    finite = is_finite(units)
    rows = [_describe(units, finite, reading) for reading in readings]
    columns = {name: np.array([row[name] for row in rows], dtype=np.int64) for name in rows[0]} if rows else {}
    covered, covers = _claims(readings, likely)
    return {
        **{name: described[name][cues] for name in _FROM_UNIT},
        **columns,
        "likely": np.clip((likely * LIKELY_STEPS).astype(int), 0, LIKELY_STEPS - 1),
        "covered": np.ceil(covered * CLAIM_STEPS).astype(int), "covers": np.ceil(covers * CLAIM_STEPS).astype(int),
        "weaker": (covered > likely) * 1, "stronger": (covers > likely) * 1,
    }  # fmt: skip


def _describe(units: Units, finite: Ints, reading: Reading) -> dict[str, int]:
    codes, cue = units.codes, reading.cue
    content = np.concatenate([np.arange(a, b + 1) for a, b in reading.content]) if reading.content else np.zeros(0, dtype=int)
    right = content[content > cue]
    opening = int(right[0] if len(right) else content[0]) if len(content) else cue
    head = _head(units, reading.source)
    return {
        "source": int(codes["kind"][head]) if head is not None else SUBJECTS["none"],
        "source_lemma": int(codes["lemma"][head]) if head is not None else 0,
        "reach": _reach(cue, reading.source),
        "side": int(bool(len(content) and content[0] < cue)) + 2 * int(bool(len(right))),
        "content_form": int(codes["form"][opening]),
        "content_tag": int(codes["tag"][opening]),
        "gap": min(5, abs(opening - cue)),
        "length": min(7, int(1.5 * np.log2(len(content) + 1))),
        "finite": min(2, int(finite[content].sum())),
        "quoted": int(bool(codes["quotation"][content].any() or codes["in_quotation"][content].any())),
        "ends": int(bool(len(content) and content[-1] == units.stop[cue] - 1)),
        "clause": int(reading.is_clause),
    }


def _head(units: Units, source: tuple[int, int] | None) -> int | None:
    """The first noun of the source that no other noun follows at once, else its last word."""
    if source is None:
        return None
    heads = [unit for unit in range(source[0], source[1] + 1) if units.codes["head"][unit]]
    return heads[0] if heads else source[1]


def _reach(cue: int, source: tuple[int, int] | None) -> int:
    if source is None:
        return 0
    left = source[1] < cue
    distance = cue - source[1] if left else source[0] - cue
    return (1 if left else 4) + (0 if distance <= 1 else 1 if distance < 6 else 2)


def _claims(readings: Sequence[Reading], likely: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each reading the likeliest other one whose content holds its cue, and the likeliest whose cue its content holds."""
    covered, covers = np.zeros(len(readings)), np.zeros(len(readings))
    for one, reading in enumerate(readings):
        for other in _near(readings, one):
            if any(first <= readings[other].cue <= last for first, last in reading.content):
                covers[one] = max(covers[one], likely[other])
                covered[other] = max(covered[other], likely[one])
    return covered, covers


def _near(readings: Sequence[Reading], one: int) -> list[int]:
    """The other readings whose cues stand near by, so that time stays linear."""
    near = []
    for step in (-1, 1):
        other = one + step
        while 0 <= other < len(readings) and abs(readings[other].cue - readings[one].cue) <= NEARBY:
            near.append(other)
            other += step
    return near
