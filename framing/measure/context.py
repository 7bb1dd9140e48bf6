"""What the linear models know of a unit's surroundings: voice, complement, subject, quotations near by."""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.table import Ints, Table
from framing.measure.traits import (
    ADVERB,
    ANTECEDENT,
    AUXILIARY,
    BE,
    BEFORE_CLITIC,
    CLITIC,
    COORDINATOR,
    FINITE,
    HAVE,
    HEAD,
    LIGHT,
    MODAL,
    NEGATION,
    QUOTATION,
    THAT,
    TO,
    VERB,
)  # fmt: skip
from framing.measure.units import Units
from framing.measure.vocabulary import EDGE, FRAMES, GAPS, POS, SUBJECTS, TAGS, VOICES
from framing.measure.weights import Alphabet
from framing.measure.wordtable import (
    CAPITAL,
    CLASS,
    CLASSES,
    COMPLEMENT,
    ENDING,
    FORM,
    KIND,
    LEMMA,
    POS_,
    SUBORDINATOR,
    TAG,
    TRAITS,
    Words,
)  # fmt: skip

# How many units a look to the side goes (chosen; wider looks changed nothing on the training articles).
NEAR_QUOTATION, NEAR_COMPLEMENT, NEAR_VERB, NEAR_NEGATION, NEAR_LIGHT, FAR_SUBJECT = 7, 8, 5, 3, 2, 6
COMPLEMENTS = ("nothing", "quotation", "that", "finite", "to", "mark")
BEFORE = ("start", "mark", "coordinator", "relative", "to", "other")
NAMES = (
    "form", "lemma", "tag", "pos", "ending", "class", "gap_after", "in_quotation", "capital", "always", "gap_before",
    "before_form", "before_lemma", "before_tag", "after_form", "after_lemma", "after_tag", "before2_form", "before2_tag",
    "after2_form", "after2_tag", "quotations_near", "quotations", "position", "headline", "voice", "verb_before", "verb_after",
    "light_near", "negated", "frame", "subject", "subject_lemma", "joined", "complement", "finite", "quotation", "subordinator",
    "capital_before",
)  # fmt: skip
"""The columns of `describe`."""
(
    _FORM, _LEMMA, _TAG, _POS, _ENDING, _CLASS, _GAP_AFTER, _IN_QUOTATION, _CAPITAL, _ALWAYS, _GAP_BEFORE,
    _BEFORE_FORM, _BEFORE_LEMMA, _BEFORE_TAG, _AFTER_FORM, _AFTER_LEMMA, _AFTER_TAG, _BEFORE2_FORM, _BEFORE2_TAG,
    _AFTER2_FORM, _AFTER2_TAG, _QUOTATIONS_NEAR, _QUOTATIONS, _POSITION, _HEADLINE, _VOICE, _VERB_BEFORE, _VERB_AFTER,
    _LIGHT_NEAR, _NEGATED, _FRAME, _SUBJECT, _SUBJECT_LEMMA, _JOINED, _COMPLEMENT, _FINITE, _QUOTATION, _SUBORDINATOR,
    _CAPITAL_BEFORE,
) = range(len(NAMES))  # fmt: skip


def _of_gaps(*gaps: str) -> np.ndarray:
    """Yes or no for each code of a gap."""
    return np.isin(np.arange(GAPS.size), [GAPS[gap] for gap in gaps])


COMMAS = _of_gaps(",", ";", "-", ',"', '",', "),")
_OPEN = _of_gaps("none", ".", '"', "line")
_APPOSED = _of_gaps(",", ")", "),", "-")
_CLAUSE_MARK = _of_gaps(",", ";", ":", ',"', '",')
_END = _of_gaps(*(gap for gap in GAPS if set(gap) & set('.?!"')))
_MARK = _of_gaps(*(gap for gap in GAPS if gap[:1] in set(",:;-(") and gap))
_QUOTED = _of_gaps(*(gap for gap in GAPS if '"' in gap))
_FRAME_OF_GAP = np.array([[FRAMES[f"mark {gap[:1]}{q}"] for gap in GAPS.names] for q in ("", '"')])
_FRAME_OF_TAG = np.array([
    FRAMES[name if name in ("PRP", "DT", "PRP$", "EX", "CD", EDGE, "") or name[0] == "<" else name[:2]] for name in TAGS.names
])  # fmt: skip
_VOICE_OF_TAG = np.array([VOICES[name] or VOICES["other"] for name in TAGS.names])
_EDGE_TAG, _EDGE_GAP, _DASH = TAGS[EDGE], GAPS[EDGE], GAPS["-"]
_VBN, _VBD, _VBG, _VB = (TAGS[name] for name in ("VBN", "VBD", "VBG", "VB"))
_PASSIVE, _PERFECT, _PROGRESSIVE, _GERUND, _INFINITIVE, _MODAL = (
    VOICES[name] for name in ("passive", "perfect", "progressive", "gerund", "infinitive", "modal")
)
_FRAME_END, _FRAME_QUOTATION = FRAMES["end"], FRAMES["quotation"]
_NO_SUBJECT, _COMMA_SUBJECT, _FAR_SUBJECT, _OTHER_SUBJECT = (SUBJECTS[name] for name in ("none", "comma", "far", "other"))


def alphabet(words: Words) -> Alphabet:
    """Attribute -> its codes, or how many numbers it has, for all attributes of `describe`."""
    word = {"form": words.forms, "lemma": words.lemmas, "tag": TAGS, "ending": words.endings, "pos": POS}
    near = {f"{side}_{name}": word[name] for side in ("before", "after") for name in ("form", "lemma", "tag")}
    far = {f"{side}_{name}": word[name] for side in ("before2", "after2") for name in ("form", "tag")}
    return {
        **word, **near, **far, "verb_before": words.lemmas, "verb_after": TAGS, "subject_lemma": words.lemmas,
        "gap_before": GAPS, "gap_after": GAPS, "frame": FRAMES, "voice": VOICES, "subject": SUBJECTS, "class": CLASSES,
        "complement": len(COMPLEMENTS), "joined": len(BEFORE), "in_quotation": 2, "quotations_near": 4, "quotations": 4,
        "light_near": 2, "capital": 3, "negated": 2, "position": 4, "headline": 2, "always": 1, "finite": 2, "quotation": 2,
        "subordinator": words.forms, "capital_before": 3,
    }  # fmt: skip


def describe(units: Units) -> Table:
    """The codes of every unit: its own and those of its surroundings, never beyond its sentence."""
    table = np.zeros((len(units), len(NAMES)), dtype=np.int32)
    opens = np.diff(units.article, prepend=-1) != 0
    _describe(units.codes, units.gap, units.in_quotation, units.sentence, opens, table)
    return Table(NAMES, table)


@kernel
def _describe(codes: Ints, gap: Ints, in_quotation: Ints, sentence: Ints, opens: Ints, table: Ints) -> None:
    """Fills the table, sentence by sentence; `opens` are the first units of articles."""
    start = 0
    while start < len(table):
        stop = start + 1
        while stop < len(table) and sentence[stop] == sentence[start]:
            stop += 1
        for unit in range(start, stop):
            table[unit, _GAP_AFTER] = gap[unit]
            table[unit, _IN_QUOTATION] = in_quotation[unit]
            table[unit, _CAPITAL_BEFORE] = 0 if opens[unit] else codes[unit - 1, CAPITAL]
            _describe_word(codes, unit, table[unit])
            _describe_neighbours(codes, gap, start, stop, unit, table[unit])
        _describe_quotations(codes, gap, start, stop, table)
        _describe_verbs(codes, start, stop, table)
        _describe_subjects(codes, gap, start, stop, table)
        for unit in range(start, stop):
            table[unit, _FRAME] = _frame(codes, gap[unit], unit, stop)
            table[unit, _COMPLEMENT] = _complement(codes, gap, table, unit, stop)
        start = stop


@kernel
def _describe_word(codes: Ints, unit: int, row: Ints) -> None:
    row[_FORM], row[_LEMMA], row[_TAG] = codes[unit, FORM], codes[unit, LEMMA], codes[unit, TAG]
    row[_POS], row[_ENDING], row[_CLASS] = codes[unit, POS_], codes[unit, ENDING], codes[unit, CLASS]
    row[_CAPITAL], row[_SUBORDINATOR] = codes[unit, CAPITAL], codes[unit, SUBORDINATOR]
    row[_QUOTATION] = codes[unit, TRAITS] & QUOTATION > 0


@kernel
def _describe_neighbours(codes: Ints, gap: Ints, start: int, stop: int, unit: int, row: Ints) -> None:
    """Two units to both sides; beyond the sentence's ends stand unknown words with a tag of their own."""
    row[_GAP_BEFORE] = gap[unit - 1] if unit > start else _EDGE_GAP
    row[_BEFORE_TAG], row[_AFTER_TAG], row[_BEFORE2_TAG], row[_AFTER2_TAG] = _EDGE_TAG, _EDGE_TAG, _EDGE_TAG, _EDGE_TAG
    if unit - 1 >= start:
        row[_BEFORE_FORM], row[_BEFORE_LEMMA] = codes[unit - 1, FORM], codes[unit - 1, LEMMA]
        row[_BEFORE_TAG] = codes[unit - 1, TAG]
    if unit - 2 >= start:
        row[_BEFORE2_FORM], row[_BEFORE2_TAG] = codes[unit - 2, FORM], codes[unit - 2, TAG]
    if unit + 1 < stop:
        row[_AFTER_FORM], row[_AFTER_LEMMA], row[_AFTER_TAG] = codes[unit + 1, FORM], codes[unit + 1, LEMMA], codes[unit + 1, TAG]
    if unit + 2 < stop:
        row[_AFTER2_FORM], row[_AFTER2_TAG] = codes[unit + 2, FORM], codes[unit + 2, TAG]
    traits = codes[unit, TRAITS]
    after_pronoun = unit > start and codes[unit - 1, TRAITS] & BEFORE_CLITIC > 0
    row[_FINITE] = traits & FINITE > 0 or (traits & CLITIC > 0 and after_pronoun)


@kernel
def _describe_quotations(codes: Ints, gap: Ints, start: int, stop: int, table: Ints) -> None:
    """Quotations near by and in the sentence (left 2, right 1), the place in the sentence, and whether it is a headline."""
    headline = not (_END[gap[stop - 1]] or codes[stop - 1, TRAITS] & QUOTATION > 0)
    last = -1
    for unit in range(start, stop):
        left = last >= 0
        table[unit, _QUOTATIONS] = 2 * left
        table[unit, _QUOTATIONS_NEAR] = 2 * (left and unit - last <= NEAR_QUOTATION)
        place = 1 if unit - start < 4 else 3 if stop - unit <= 3 else 2
        table[unit, _POSITION] = 0 if unit == start else place
        table[unit, _HEADLINE] = headline
        if table[unit, _QUOTATION]:
            last = unit
    following = -1
    for unit in range(stop - 1, start - 1, -1):
        if following >= 0:
            table[unit, _QUOTATIONS] += 1
            table[unit, _QUOTATIONS_NEAR] += following - unit <= NEAR_QUOTATION
        if table[unit, _QUOTATION]:
            following = unit


@kernel
def _describe_verbs(codes: Ints, start: int, stop: int, table: Ints) -> None:
    previous = verb = light = negation = -1
    for unit in range(start, stop):
        table[unit, _VOICE] = _voice(codes[unit, TAG], codes[previous, TRAITS] if previous >= 0 else 0)
        table[unit, _VERB_BEFORE] = codes[verb, LEMMA] if verb >= 0 and unit - verb <= NEAR_VERB else 0
        table[unit, _LIGHT_NEAR] = light >= 0 and unit - light <= NEAR_LIGHT
        table[unit, _NEGATED] = negation >= 0 and unit - negation <= NEAR_NEGATION
        traits = codes[unit, TRAITS]
        previous = previous if traits & ADVERB else unit
        verb = unit if traits & VERB else verb
        light = unit if traits & LIGHT else light
        negation = unit if traits & NEGATION else negation
    following = -1
    for unit in range(stop - 1, start - 1, -1):
        near = following >= 0 and following - unit < NEAR_VERB
        table[unit, _VERB_AFTER] = codes[following, TAG] if near else _EDGE_TAG
        if codes[unit, TRAITS] & VERB:
            following = unit


@kernel
def _voice(tag: int, before: int) -> int:
    """The form of a verb with the traits of what stands before it, adverbs aside."""
    if (tag in (_VBN, _VBD)) and before & BE:
        return _PASSIVE
    if (tag in (_VBN, _VBD)) and before & HAVE:
        return _PERFECT
    if tag == _VBG:
        return _PROGRESSIVE if before & BE else _GERUND
    if tag == _VB and before & TO:
        return _INFINITIVE
    if tag == _VB and before & MODAL:
        return _MODAL
    return int(_VOICE_OF_TAG[tag])


@kernel
def _describe_subjects(codes: Ints, gap: Ints, start: int, stop: int, table: Ints) -> None:
    """What stands left of the unit, auxiliaries and adverbs skipped, and how the unit is joined to what is before it."""
    place = previous = -1
    for unit in range(start, stop):
        table[unit, _SUBJECT] = _subject(codes, gap, place, unit)
        table[unit, _SUBJECT_LEMMA] = codes[place, LEMMA] if place >= 0 else 0
        table[unit, _JOINED] = _joined(codes[previous, TRAITS], gap[previous]) if previous >= 0 else 0
        traits = codes[unit, TRAITS]
        place = place if traits & AUXILIARY else unit
        previous = previous if traits & ADVERB else unit


@kernel
def _subject(codes: Ints, gap: Ints, place: int, unit: int) -> int:
    if place < 0:
        return _NO_SUBJECT
    if unit - place > FAR_SUBJECT:
        return _FAR_SUBJECT
    if _OPEN[gap[place]]:
        return int(codes[place, KIND]) if codes[place, TRAITS] & HEAD else _OTHER_SUBJECT
    return _COMMA_SUBJECT if _APPOSED[gap[place]] else _OTHER_SUBJECT


@kernel
def _joined(before: int, gap: int) -> int:
    """A place in `BEFORE`, by the traits of the unit before, adverbs aside, and the gap after it."""
    if _CLAUSE_MARK[gap] or gap == _DASH:
        return 1
    if before & COORDINATOR:
        return 2
    if before & ANTECEDENT:
        return 3
    return 4 if before & TO else 5


@kernel
def _frame(codes: Ints, gap: int, unit: int, stop: int) -> int:
    """What follows the unit: a mark, a quotation, a function word, or else the next word's tag."""
    if unit == stop - 1:
        return _FRAME_END
    quoted = codes[unit + 1, TRAITS] & QUOTATION > 0 or _QUOTED[gap]
    if _MARK[gap]:
        return int(_FRAME_OF_GAP[1 if quoted else 0, gap])
    if quoted:
        return _FRAME_QUOTATION
    word = int(codes[unit + 1, COMPLEMENT])
    return word if word > 0 else int(_FRAME_OF_TAG[codes[unit + 1, TAG]])


@kernel
def _complement(codes: Ints, gap: Ints, table: Ints, unit: int, stop: int) -> int:
    """Which of a quotation, "that", a finite verb, "to" or a clause mark comes first within the next units."""
    if _CLAUSE_MARK[gap[unit]]:
        return 5
    for other in range(unit + 1, min(stop, unit + 1 + NEAR_COMPLEMENT)):
        traits = codes[other, TRAITS]
        if traits & QUOTATION:
            return 1
        if traits & THAT:
            return 2
        if table[other, _FINITE]:
            return 3
        if traits & TO:
            return 4
        if _CLAUSE_MARK[gap[other]]:
            return 5
    return 0
