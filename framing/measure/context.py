"""What the linear models know of a unit's surroundings: voice, complement, subject, quotations near by."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from framing.measure.units import Units
from framing.measure.vocabulary import EDGE, FRAMES, GAPS, POS, SUBJECTS, TAGS, VOICES
from framing.measure.weights import Alphabet
from framing.measure.wordtable import CLASSES, Ints, Words

# How many units a look to the side goes (chosen; wider looks changed nothing on the training articles).
NEAR_QUOTATION, NEAR_COMPLEMENT, NEAR_VERB, NEAR_NEGATION, NEAR_LIGHT, FAR_SUBJECT = 7, 8, 5, 3, 2, 6
COMPLEMENTS = ("nothing", "quotation", "that", "finite", "to", "mark")
BEFORE = ("start", "mark", "coordinator", "relative", "to", "other")
COMMAS = [GAPS[gap] for gap in (",", ";", "-", ',"', '",', "),")]
_OPEN = [GAPS[gap] for gap in ("none", ".", '"', "line")]
_APPOSED = [GAPS[gap] for gap in (",", ")", "),", "-")]
_CLAUSE_MARKS = [GAPS[gap] for gap in (",", ";", ":", ',"', '",')]
_ENDS = [code for gap, code in GAPS.items() if set(gap) & set('.?!"')]


def alphabet(words: Words) -> Alphabet:
    """Attribute -> its codes, or how many numbers it has, for all attributes of `describe`."""
    word = {"form": words.forms, "lemma": words.lemmas, "tag": TAGS, "ending": words.endings, "pos": POS}
    near = {f"{side}_{name}": word[name] for side in ("before", "after") for name in ("form", "lemma", "tag")}
    far = {f"{side}_{name}": word[name] for side in ("before2", "after2") for name in ("form", "tag")}
    return {
        **word, **near, **far, "verb_before": words.lemmas, "verb_after": TAGS, "subject_lemma": words.lemmas,
        "gap_before": GAPS, "gap_after": GAPS, "frame": FRAMES, "voice": VOICES, "subject": SUBJECTS, "class": CLASSES,
        "complement": len(COMPLEMENTS), "joined": len(BEFORE), "in_quotation": 2, "quotations_near": 4, "quotations": 4,
        "light_near": 2, "capital": 3, "negated": 2, "position": 4, "headline": 2, "always": 1,
    }  # fmt: skip


def describe(units: Units) -> dict[str, Ints]:
    """Attribute -> codes of every unit: its own and those of its surroundings, never beyond its sentence."""
    codes = units.codes
    here = np.arange(len(units))
    edge = codes["gap_after"][here - 1] if len(units) else here
    described = {
        **{
            name: codes[name]
            for name in ("form", "lemma", "tag", "pos", "ending", "class", "gap_after", "in_quotation", "capital")
        },
        "always": np.zeros_like(here),
        "gap_before": np.where(here == units.start, GAPS[EDGE], edge),
        **_neighbours(units),
        **_quotations(units),
        **_verbs(units),
    }
    described["frame"] = _frame(units, described)
    return {**described, **_subject(units, described), "complement": _complement(units)}


def shift(units: Units, values: Ints, by: int, beyond: int) -> Ints:
    """The values `by` units to the left (or, if negative, to the right); `beyond` outside the sentence."""
    here = np.arange(len(units)) - by
    inside = (here >= units.start) & (here < units.stop)
    return np.where(inside, values[np.clip(here, 0, max(len(units) - 1, 0))], beyond)


def last_before(mask: Ints, start: Ints) -> Ints:
    """The nearest unit to the left with a property, not before `start`; -1 where there is none."""
    found = np.maximum.accumulate(np.where(mask, np.arange(len(mask)), -1))
    previous = np.concatenate([[-1], found[:-1]])
    return np.where(previous >= start, previous, -1)


def first_after(mask: Ints, stop: Ints) -> Ints:
    """The nearest unit to the right with a property, before `stop`; the number of units where there is none."""
    n = len(mask)
    found = np.minimum.accumulate(np.where(mask, np.arange(n), n)[::-1])[::-1]
    following = np.concatenate([found[1:], [n]])
    return np.where(following < stop, following, n)


def counts(mask: Ints) -> Ints:
    """How many units before each position have a property; one longer than the units."""
    return np.concatenate([[0], np.cumsum(mask != 0)])


def is_finite(units: Units) -> Ints:
    """Which units are finite verbs; 's counts after a pronoun only."""
    tag_before = shift(units, units.codes["tag"], 1, TAGS[EDGE])
    after_pronoun = np.isin(tag_before, [TAGS[tag] for tag in ("PRP", "EX", "WP", "DT")])
    return (units.codes["finite"] > 0) | ((units.codes["pronoun_s"] > 0) & after_pronoun)


def _neighbours(units: Units) -> dict[str, Ints]:
    found = {}
    for name, by, attributes in (
        ("before", 1, ("form", "lemma", "tag")), ("after", -1, ("form", "lemma", "tag")),
        ("before2", 2, ("form", "tag")), ("after2", -2, ("form", "tag")),
    ):  # fmt: skip
        for attribute in attributes:
            found[f"{name}_{attribute}"] = shift(units, units.codes[attribute], by, 0 if attribute != "tag" else TAGS[EDGE])
    return found


def _quotations(units: Units) -> dict[str, Ints]:
    """Quotations near by and in the sentence (left 2, right 1), the place in the sentence, and whether it is a headline."""
    here, before = np.arange(len(units)), counts(units.codes["quotation"])
    left = before[here] - before[np.maximum(units.start, here - NEAR_QUOTATION)] > 0
    right = before[np.minimum(units.stop, here + 1 + NEAR_QUOTATION)] - before[here + 1] > 0
    whole_left, whole_right = before[here] > before[units.start], before[units.stop] > before[here + 1]
    place = np.where(here == units.start, 0, np.where(here - units.start < 4, 1, np.where(units.stop - here <= 3, 3, 2)))
    ended = np.isin(units.codes["gap_after"][units.stop - 1], _ENDS) | (units.codes["quotation"][units.stop - 1] > 0)
    return {
        "quotations_near": left * 2 + right, "quotations": whole_left * 2 + whole_right, "position": place,
        "headline": np.where(ended, 0, 1),
    }  # fmt: skip


def _verbs(units: Units) -> dict[str, Ints]:
    codes, here, n = units.codes, np.arange(len(units)), len(units)
    previous = last_before(codes["adverb"] == 0, units.start)
    after = {name: np.where(previous >= 0, codes[name][previous], 0) for name in ("be", "have", "to", "modal")}
    tag = codes["tag"]
    by_tag = np.array([VOICES[name] or VOICES["other"] for name in TAGS.names])[tag]
    participle, gerund, base = np.isin(tag, [TAGS["VBN"], TAGS["VBD"]]), tag == TAGS["VBG"], tag == TAGS["VB"]
    voice = np.select(
        [participle & (after["be"] > 0), participle & (after["have"] > 0), gerund & (after["be"] > 0), gerund,
         base & (after["to"] > 0), base & (after["modal"] > 0)],
        [VOICES[name] for name in ("passive", "perfect", "progressive", "gerund", "infinitive", "modal")], by_tag,
    )  # fmt: skip
    verb_before = last_before(codes["verb"], np.maximum(units.start, here - NEAR_VERB))
    verb_after = first_after(codes["verb"], np.minimum(units.stop, here + NEAR_VERB))
    lights, negations = counts(codes["light"]), counts(codes["negation"])
    return {
        "voice": voice,
        "verb_before": np.where(verb_before >= 0, codes["lemma"][verb_before], 0),
        "verb_after": np.where(verb_after < n, tag[np.minimum(verb_after, n - 1)], TAGS[EDGE]),
        "light_near": (lights[here] > lights[np.maximum(units.start, here - NEAR_LIGHT)]) * 1,
        "negated": (negations[here] > negations[np.maximum(units.start, here - NEAR_NEGATION)]) * 1,
    }


_AS_TAG = [TAGS[tag] for tag in ("PRP", "DT", "PRP$", "EX", "CD")]
_FRAME_OF_TAG = np.array([FRAMES[name] for name in TAGS.names])
_FRAME_OF_POS = np.array([FRAMES[name if name in (EDGE, "") or name[0] == "<" else name[:2]] for name in TAGS.names])
_MARK = np.array([gap[:1] in set(",:;-(") and gap != "" for gap in GAPS.names])
_QUOTED = np.array(['"' in gap for gap in GAPS.names])
_FRAME_OF_GAP = np.array([[FRAMES[f"mark {gap[:1]}{q}"] for gap in GAPS.names] for q in ("", '"')])


def _frame(units: Units, described: Mapping[str, Ints]) -> Ints:
    """What follows the unit: a mark, a quotation, a function word, or else the next word's tag."""
    gap, tag = units.codes["gap_after"], described["after_tag"]
    word = shift(units, units.codes["complement"], -1, 0)
    quoted = (shift(units, units.codes["quotation"], -1, 0) > 0) | _QUOTED[gap]
    by_tag = np.where(np.isin(tag, _AS_TAG), _FRAME_OF_TAG[tag], _FRAME_OF_POS[tag])
    last = np.arange(len(units)) == units.stop - 1
    return np.select(
        [last, _MARK[gap], quoted, word > 0],
        [FRAMES["end"], _FRAME_OF_GAP[quoted * 1, gap], FRAMES["quotation"], word], by_tag,
    )  # fmt: skip


def _subject(units: Units, described: Mapping[str, Ints]) -> dict[str, Ints]:
    """What stands left of the unit, auxiliaries and adverbs skipped, and how the unit is joined to it."""
    codes, here = units.codes, np.arange(len(units))
    place = last_before(codes["skipped"] == 0, units.start)
    gap = np.where(place >= 0, codes["gap_after"][place], 0)
    kind = np.where(codes["head"][place] > 0, codes["kind"][place], SUBJECTS["other"])
    kind = np.where(np.isin(gap, _OPEN), kind, np.where(np.isin(gap, _APPOSED), SUBJECTS["comma"], SUBJECTS["other"]))
    kind = np.select([place < 0, here - place > FAR_SUBJECT], [SUBJECTS["none"], SUBJECTS["far"]], kind)
    previous = last_before(codes["adverb"] == 0, units.start)
    mark = np.where(previous >= 0, codes["gap_after"][previous], 0)
    joined = np.select(
        [previous < 0, np.isin(mark, [*_CLAUSE_MARKS, GAPS["-"]]), codes["coordinator"][previous] > 0,
         codes["relative"][previous] > 0, codes["to"][previous] > 0],
        [0, 1, 2, 3, 4], 5,
    )  # fmt: skip
    return {"subject": kind, "subject_lemma": np.where(place >= 0, codes["lemma"][place], 0), "joined": joined}


def _complement(units: Units) -> Ints:
    """Which of a quotation, "that", a finite verb, "to" or a clause mark comes first within the next units."""
    codes, here = units.codes, np.arange(len(units))
    stop = np.minimum(units.stop, here + 1 + NEAR_COMPLEMENT)
    marks = np.isin(codes["gap_after"], _CLAUSE_MARKS)
    places = [first_after(codes[name], stop) * 2 for name in ("quotation", "that")]
    places += [first_after(is_finite(units), stop) * 2, first_after(codes["to"], stop) * 2]
    places.append(np.where(marks, here, first_after(marks, stop)) * 2 + 1)
    nearest = np.argmin(places, axis=0)
    return np.where(np.min(places, axis=0) < 2 * len(units), nearest + 1, 0)
