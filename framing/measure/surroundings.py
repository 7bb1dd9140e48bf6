"""A cue with every unit around it: what the roles model knows of the pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.measure import context
from framing.measure.phrases import Phrase, find_subject, noun_phrase_from
from framing.measure.units import Units
from framing.measure.vocabulary import SUBJECTS
from framing.measure.weights import Alphabet
from framing.measure.wordtable import Ints, Words

# How many units before and after a cue its source and content are looked for (chosen: few sentences are longer).
BEFORE, AFTER = 70, 90
# How far a passive's "by" may stand from it, and how far back a sentence's subject is read (chosen).
BY, BACK = 12, 40
RELATIONS = (
    "none", "subject begins", "subject", "before subject", "after subject", "inverted begins", "inverted", "next", "beyond",
    "by begins", "by", "no subject",
)  # fmt: skip
"""Where a unit stands to the noun phrases that the rules of `phrases` find around the cue."""
_RELATION = {name: code for code, name in enumerate(RELATIONS)}
_DISTANCE = np.array([0, 1, 2, 3, 4, 5, 5, 5, *[6] * 5, *[7] * 8, *[8] * (BEFORE + AFTER)])
CUE_ATTRIBUTES = ("lemma", "pos", "voice", "frame", "complement", "quotations_near", "quotations", "joined", "headline", "class")


def alphabet(words: Words) -> Alphabet:
    """Attribute -> its codes for the pairs of `pair_up`."""
    units = context.alphabet(words)
    of_cue = {f"cue_{name}": units[name] for name in CUE_ATTRIBUTES}
    numbers = {
        "side": 3, "distance": 9, "near": 2, "finite_between": 4, "commas_between": 4, "that_between": 2, "and_between": 3,
        "relation": len(RELATIONS), "finite": 2, "quotation": 2, "edge": 3, "main_subject": 3, "last_subject": 3,
        "capital_before": 3,
    }  # fmt: skip
    return {**units, **of_cue, **numbers, "cue_subject": SUBJECTS, "subordinator": words.forms}


@dataclass(frozen=True)
class Pairs:
    """Every cue with every unit of its window, one below the other."""

    cue: Ints
    """The unit that is the cue."""
    unit: Ints
    """The unit it is paired with."""
    lengths: list[int]
    """Units in each cue's window."""
    columns: Mapping[str, Ints]
    """Attribute -> codes."""


def pair_up(units: Units, described: Mapping[str, Ints], cues: Sequence[int]) -> Pairs:
    """Pairs each cue with the units of its sentence, at most BEFORE to the left and AFTER to the right."""
    finite = context.is_finite(units)
    windows = [_read(units, finite, int(cue)) for cue in cues]
    lengths = [len(window.relation) for window in windows]
    cue = np.repeat(np.asarray(cues, dtype=np.int64), lengths)
    unit = np.concatenate([np.arange(window.start, window.start + len(window.relation)) for window in windows])
    joined = {
        "relation": np.concatenate([window.relation for window in windows]),
        "main_subject": np.concatenate([window.main for window in windows]),
        "last_subject": np.concatenate([window.last for window in windows]),
        "cue_subject": np.repeat([window.kind for window in windows], lengths),
    }
    return Pairs(cue, unit, lengths, {**_describe(units, described, finite, cue, unit), **joined})


@dataclass(frozen=True)
class _Window:
    start: int
    relation: Ints
    main: Ints
    last: Ints
    kind: int


def _read(units: Units, finite: Ints, cue: int) -> _Window:
    """The noun phrases around one cue, laid over the units of its window."""
    start, stop = max(int(units.start[cue]), cue - BEFORE), min(int(units.stop[cue]), cue + AFTER)
    subject, inverted, agent = (None, None, None) if units.codes["colon"][cue] else _phrases(units, cue, stop)
    relation = np.zeros(stop - start, dtype=np.int64)
    if agent is not None:
        _lay(relation, start, agent, "by")
    if inverted is not None:
        _lay(relation, start, inverted, "inverted")
        beyond = relation[inverted[1] + 1 - start :]
        beyond[beyond == 0] = _RELATION["beyond"]
        if len(beyond) and beyond[0] == _RELATION["beyond"]:
            beyond[0] = _RELATION["next"]
    left = relation[: cue - start]
    if subject is None:
        left[:] = _RELATION["no subject"]
    else:
        left[: max(0, subject[0] - start)] = _RELATION["before subject"]
        left[subject[1] + 1 - start :] = _RELATION["after subject"]
        _lay(relation, start, subject, "subject")
    main, last = _sentence_subjects(units, finite, cue, subject)
    kind = int(units.codes["kind"][subject[1]]) if subject is not None else SUBJECTS["none"]
    return _Window(start, relation, _mark(start, stop, main), _mark(start, stop, last), kind)


def _lay(relation: Ints, start: int, phrase: Phrase, name: str) -> None:
    relation[max(0, phrase[0] - start) : phrase[1] + 1 - start] = _RELATION[name]
    if phrase[0] >= start and phrase[0] - start < len(relation):
        relation[phrase[0] - start] = _RELATION[f"{name} begins"]


def _mark(start: int, stop: int, phrase: Phrase | None) -> Ints:
    """1 where a phrase begins, 2 where it goes on, 0 elsewhere."""
    marks = np.zeros(stop - start, dtype=np.int64)
    if phrase is not None and phrase[1] >= start:
        marks[max(0, phrase[0] - start) : phrase[1] + 1 - start] = 2
        marks[max(0, phrase[0] - start)] = 1
    return marks


def _phrases(units: Units, cue: int, stop: int) -> tuple[Phrase | None, Phrase | None, Phrase | None]:
    """Subject, inverted subject and agent after "by", as units."""
    piece, end = int(units.first[cue]), int(units.last[stop - 1]) + 1
    subject = _in_units(units, find_subject(units.scene, piece, _lowest(units, cue)))
    after = cue + 1
    plain = after < stop and not units.codes["quotation"][after] and not units.codes["colon"][after]
    inverted = _in_units(units, noun_phrase_from(units.scene, piece + 1, end)) if plain else None
    return subject, inverted, _agent(units, cue, stop, end)


def _lowest(units: Units, cue: int) -> int:
    """The first piece that a subject may take: after the last quotation before the cue."""
    start = max(int(units.start[cue]), cue - BEFORE)
    quotations = np.flatnonzero(units.codes["quotation"][start:cue])
    return int(units.last[start + quotations[-1]]) + 1 if len(quotations) else int(units.first[start])


def _agent(units: Units, cue: int, stop: int, end: int) -> Phrase | None:
    for unit in range(cue + 1, min(stop - 1, cue + BY)):
        if units.scene.lower(int(units.first[unit])) in ("by", "from") and not units.codes["quotation"][unit + 1]:
            return _in_units(units, noun_phrase_from(units.scene, int(units.first[unit + 1]), end))
    return None


def _sentence_subjects(units: Units, finite: Ints, cue: int, subject: Phrase | None) -> tuple[Phrase | None, Phrase | None]:
    """The subject of the window's first finite verb, and the nearest other one of the two finite verbs before the cue."""
    start = max(int(units.start[cue]), cue - BEFORE)
    verbs = start + np.flatnonzero(finite[start:cue])
    if not len(verbs):
        return None, None
    lowest = _lowest(units, cue)
    main = _subject_of(units, int(verbs[0]), int(units.first[max(start, int(verbs[0]) - BACK)]))
    for verb in verbs[::-1][:2]:
        found = _subject_of(units, int(verb), lowest)
        if found is not None and found != subject:
            return main, found
    return main, None


def _subject_of(units: Units, verb: int, lowest: int) -> Phrase | None:
    piece = int(units.first[verb])
    return _in_units(units, find_subject(units.scene, piece, lowest)) if piece > lowest else None


def _in_units(units: Units, phrase: Phrase | None) -> Phrase | None:
    return (units.of(phrase[0]), units.of(phrase[1])) if phrase is not None else None


def _describe(units: Units, described: Mapping[str, Ints], finite: Ints, cue: Ints, unit: Ints) -> dict[str, Ints]:
    left, here = unit < cue, unit == cue
    codes = units.codes
    commas = np.isin(codes["gap_after"], context.COMMAS)
    own = ("form", "tag", "pos", "gap_before", "gap_after", "before_tag", "after_tag", "before_form", "after_form", "before2_tag",
           "in_quotation", "capital")  # fmt: skip
    columns = {name: described[name][unit] for name in own}
    columns |= {f"cue_{name}": described[name][cue] for name in CUE_ATTRIBUTES}
    columns |= {
        "side": np.where(here, 2, np.where(left, 0, 1)),
        "distance": _DISTANCE[np.abs(unit - cue)],
        "near": (np.abs(unit - cue) < 5) * 1,
        "finite": finite[unit] * 1,
        "quotation": codes["quotation"][unit],
        "subordinator": codes["subordinator"][unit],
        "edge": np.where(unit == units.start[cue], 1, np.where(unit == units.stop[cue] - 1, 2, 0)),
        "capital_before": np.where(unit > 0, codes["capital"][unit - 1], 0),
    }
    for name, mask, most in (
        ("finite", finite, 3), ("that", codes["relative"], 1), ("and", codes["coordinator"], 2),
    ):  # fmt: skip
        before = context.counts(mask)
        between = np.where(left, before[cue] - before[unit + 1], before[unit] - before[np.minimum(cue + 1, len(units))])
        columns[f"{name}_between"] = np.clip(between, 0, most)
    before = context.counts(commas)
    columns["commas_between"] = np.clip(np.abs(before[cue] - before[unit]), 0, 3)
    return columns
