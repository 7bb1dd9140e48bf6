"""What grammar does not let a reading say: rules on top of the weights, each small, each measured.

A reading is repaired before it is weighed, so the weights of `readings` are learned from repaired readings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import cache, reduce

import numpy as np

from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import load_lexicon
from framing.measure.phrases import AUXILIARIES, noun_phrase_ending, noun_phrase_from
from framing.measure.roles import Reading
from framing.measure.units import Units
from framing.measure.vocabulary import TAGS
from framing.measure.wordtable import BE

DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight".split())
TIMES = DAYS | frozenset("morning afternoon evening night week weekend month year weeks months years days hours".split())
"""Words that end an expression of time."""
_OF_TIME = TIMES | frozenset("last this next earlier late early that the past recent a few several two three".split())
_BEFORE_TIME = frozenset("on for in over during since late early earlier by".split())
_WHO = frozenset("who which".split())
_MORE_STATES = frozenset(
    """angered assured bothered cited committed confused divided encouraged focused frightened heard impressed inclined interested
    intrigued moved offended overheard persuaded poised quoted reassured reminded resigned saddened said scarred split tempted
    terrified tired torn troubled want wanted""".split()
)
"""Participles whose subject feels, thinks or is quoted, beside the adjectives of the lexicon: there it is the source."""
_NOT_STATES = frozenset(["rumored", "rumoured"])
CONJUNCTIONS = frozenset("though although while whereas because but yet".split())
ASKED = frozenset("asked pressed questioned quizzed challenged".split())
CAUSES = frozenset("prompt lead cause force push spur allow enable provoke inspire drive require permit".split())
"""Verbs whose object then does what an infinitive says."""
# How likely a second verb must be a cue to end the content of the first (chosen on training articles).
SURE = 0.7
# How many units may stand before the participle of a fronted question (chosen: "When later asked").
FRONTED = 3
# How far before a verb its "be" may stand (chosen: "was later also sharply criticised").
_BE_REACH = 4


def repair(units: Units, readings: Sequence[Reading], likely: np.ndarray) -> list[Reading]:
    """The readings, in order of their cues, with what grammar rules out taken back; `likely` are the cues' probabilities."""
    steps = (_passive, _caused, _source_in_time, _whole_subject, _end_of_relative)
    mended = [reduce(lambda reading, step: step(units, reading), steps, reading) for reading in readings]
    openings = {reading.source[0] for reading in mended if reading.source is not None and reading.source[1] < reading.cue}
    mended = [_fronted(units, reading, openings) for reading in mended]
    return _second_verbs(units, mended, likely)


def _second_verbs(units: Units, readings: Sequence[Reading], likely: np.ndarray) -> list[Reading]:
    """A second verb of speech shares the subject: “[she] said it was late and urged them to go” (13 of 14 in training)."""
    by_cue = {reading.cue: reading for reading in readings}
    for second, p in zip(readings, likely, strict=True):
        verb = second.cue
        joint = _joint(units, verb)
        if p < SURE or joint is None:
            continue
        first = next(
            (by_cue[cue] for cue in range(joint - 1, int(units.start[verb]), -1) if _governs(units, by_cue, cue, verb)), None
        )
        if first is not None:
            by_cue[first.cue] = replace(first, content=tuple((a, joint - 1 if a <= verb <= b else b) for a, b in first.content))
            by_cue[verb] = replace(by_cue[verb], source=first.source)
    return [by_cue[reading.cue] for reading in readings]


def _joint(units: Units, verb: int) -> int | None:
    """The "and" or "but" right before a verb, adverbs aside."""
    unit = verb - 1
    while unit > units.start[verb] and units.codes["adverb"][unit]:
        unit -= 1
    is_joint = unit > units.start[verb] and _form(units, unit) in ("and", "but") and units.codes["verb"][verb]
    return unit if is_joint else None


def _governs(units: Units, by_cue: Mapping[int, Reading], cue: int, verb: int) -> bool:
    """Whether a reading's content reaches over a later verb of the same form."""
    reading = by_cue.get(cue)
    if (
        reading is None
        or reading.source is None
        or reading.source[1] > cue
        or units.codes["tag"][cue] != units.codes["tag"][verb]
    ):
        return False
    return any(cue < first < verb - 1 <= last for first, last in reading.content)


def _fronted(units: Units, reading: Reading, openings: Set[int]) -> Reading:
    """A clause before the main one ends where that begins: “Asked [whether she would stay], the mayor said ...”,

    “Arguing [that it was late], the mayor left”: of a participle in -ing the subject of the main clause is the source.
    """
    cue = reading.cue
    active = units.codes["tag"][cue] == TAGS["VBG"] and _form(units, cue) != "according"
    if not (active or _form(units, cue) in ASKED) or cue - int(units.start[cue]) > (0 if active else FRONTED):
        return reading
    reach = max((last for first, last in reading.content if first > cue), default=cue)
    main = next((unit for unit in range(cue + 2, reach + 1) if _opens_main(units, unit, openings)), None)
    if main is None:
        return reading
    content = tuple((first, min(last, main - 1)) for first, last in reading.content if first < main)
    return replace(reading, content=content, source=_subject_from(units, main) if active else reading.source)


def _opens_main(units: Units, unit: int, openings: Set[int]) -> bool:
    """Whether a subject begins here after a comma."""
    if units.scene.gap(int(units.last[unit - 1])).strip("“”\"'’") != ",":
        return False
    subject = _subject_from(units, unit)
    after = subject[1] + 1 if subject is not None else unit
    return unit in openings or (subject is not None and after < units.stop[unit] and bool(units.codes["finite"][after]))


def _subject_from(units: Units, unit: int) -> tuple[int, int] | None:
    phrase = noun_phrase_from(units.scene, int(units.first[unit]), int(units.last[units.stop[unit] - 1]) + 1)
    return (units.of(phrase[0]), units.of(phrase[1])) if phrase is not None else None


def _whole_subject(units: Units, reading: Reading) -> Reading:
    """A source left of its cue begins after the last conjunction and does not end with a verb: “though [the port] denied it”."""
    source, cue = reading.source, reading.cue
    if source is None or source[1] >= cue:
        return reading
    first, last = source
    for unit in range(first + 1, last):
        if _form(units, unit) in CONJUNCTIONS and units.scene.gap(int(units.last[unit - 1])) == ",":
            first = unit + 1
    while last > first and _is_verb(units, last):
        last -= 1
    if first == last and _form(units, first).endswith(("self", "selves")):
        first = (_before(units, first - 1) or (first, last))[0]
    return replace(reading, source=(first, last))


def _is_verb(units: Units, unit: int) -> bool:
    codes = units.codes
    return bool((codes["finite"][unit] or codes["light"][unit]) and not codes["head"][unit] and not codes["pronoun_s"][unit])


def _before(units: Units, unit: int) -> tuple[int, int] | None:
    """The noun phrase that ends with a unit."""
    lowest = units.start[unit]
    phrase = noun_phrase_ending(units.scene, int(units.last[unit]), int(units.first[lowest])) if unit >= lowest else None
    return (units.of(phrase[0]), units.of(phrase[1])) if phrase is not None else None


def _form(units: Units, unit: int) -> str:
    return units.scene.lower(int(units.first[unit]))


def _passive(units: Units, reading: Reading) -> Reading:
    """The subject of a passive is no source but content: “[the agency] was criticised [for its delays]”."""
    source, cue = reading.source, reading.cue
    if source is None or source[1] > cue or _form(units, cue) in states() or not _is_passive(units, cue):
        return reading
    if any(first <= cue <= last for first, last in reading.content):
        return reading
    subject = () if _form(units, source[1]) in _WHO else (source,)
    return replace(reading, source=None, content=tuple(sorted((*subject, *reading.content))))


@cache
def states() -> frozenset[str]:
    """The participles that keep their subject as a source: "the mayor was [worried]"."""
    adjectives = (entry for entry in load_lexicon("attribution") if entry.pos == "adjective" and entry.status != "off")
    return (frozenset(form.lower().split()[-1] for entry in adjectives for form in entry.forms) | _MORE_STATES) - _NOT_STATES


def _tense(units: Units, verb: int) -> str:
    """The tag of a verb; forms in -ed are one."""
    tag = units.scene.tag(int(units.first[verb]))
    return "VBD" if tag == "VBN" else tag


def _caused(units: Units, reading: Reading) -> Reading:
    """Who is made to speak is the source: “prompting [the opposition] to accuse him” (22 of 24 in training articles)."""
    cue, scene = reading.cue, units.scene
    if cue - 2 < units.start[cue] or _form(units, cue - 1) != "to" or units.codes["quotation"][cue - 2]:
        return reading
    lowest = int(units.first[units.start[cue]])
    phrase = noun_phrase_ending(scene, int(units.last[cue - 2]), lowest)
    if phrase is None or phrase[0] <= lowest or scene.lower(phrase[1]).endswith(("self", "selves")):
        return reading
    is_cause = find_lemma(scene.lower(phrase[0] - 1)) in CAUSES
    return replace(reading, source=(units.of(phrase[0]), units.of(phrase[1]))) if is_cause else reading


def _is_passive(units: Units, cue: int) -> bool:
    """Whether a participle stands after a form of "be", with nothing but adverbs between."""
    tags, start = units.codes["tag"], int(units.start[cue])
    if tags[cue] not in (TAGS["VBN"], TAGS["VBD"]):
        return False
    for unit in range(cue - 1, max(start, cue - _BE_REACH) - 1, -1):
        if _form(units, unit) in BE:
            return True
        if not units.codes["adverb"][unit]:
            return False
    return False


def _source_in_time(units: Units, reading: Reading) -> Reading:
    """A source does not end with when it was said: “House Democrats [last week] said”; and is not only that."""
    source = reading.source
    if source is None or source[1] >= reading.cue or _form(units, source[1]) not in TIMES:
        return reading
    last = source[1]
    while last >= source[0] and _form(units, last) in _OF_TIME:
        last -= 1
    if last < source[0]:
        return replace(reading, source=_before_time(units, source[0]))
    is_plain = units.codes["head"][last] and not any(_is_joined(units, unit) for unit in range(source[0], last + 1))
    return replace(reading, source=(source[0], last)) if is_plain and not _is_name(units, last) else reading


def _is_name(units: Units, last: int) -> bool:
    """Whether the time is part of a name: “USA Today”."""
    return _form(units, last + 1) in ("today", "week") and bool(units.codes["capital"][last + 1])


def _is_joined(units: Units, unit: int) -> bool:
    """Whether a unit is a verb, a preposition or a comma: then a time at the end may belong to the phrase itself."""
    return units.scene.tag(int(units.first[unit])) in ("IN", "VBN", "VBG", "VBD", "VBZ", "VBP", "TO", "WP", "WDT")


def _before_time(units: Units, unit: int) -> tuple[int, int] | None:
    """The noun phrase before an expression of time: “[the minister], on Monday, said”."""
    unit -= 1
    while unit >= units.start[unit] and (_form(units, unit) in _BEFORE_TIME or _form(units, unit) in AUXILIARIES):
        unit -= 1
    return _before(units, unit)


def _end_of_relative(units: Units, reading: Reading) -> Reading:
    """What "who says" introduces ends before the main clause's verb: “Cruz, who said [it was late], is to speak”."""
    source, cue = reading.source, reading.cue
    if source is None or source[1] >= cue or _form(units, source[1]) not in _WHO:
        return reading
    content = []
    for first, last in reading.content:
        end = next((u - 1 for u in range(max(first, cue) + 1, last + 1) if first > cue and _is_main_verb(units, u)), last)
        content.append((first, end))
    return replace(reading, content=tuple(content))


def _is_main_verb(units: Units, unit: int) -> bool:
    gap = units.scene.gap(int(units.last[unit - 1]))
    return bool(units.codes["finite"][unit]) and gap.strip("“”\"'’")[:1] == ","
