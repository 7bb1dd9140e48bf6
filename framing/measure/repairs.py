"""What grammar does not let a reading say: small rules on top of the weights, each for a fault that was read in articles.

A reading is repaired before it is weighed; `benchmarks/train_attribution.py` does the same before it learns these weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import load_lexicon
from framing.measure.roles import Readings
from framing.measure.sight import Sight, Span
from framing.measure.table import Table
from framing.measure.traits import ADVERB, AUXILIARIES, DAYS, FINITE, HEAD, LIGHT, QUOTATION, VERB
from framing.measure.units import Units
from framing.measure.vocabulary import GAPS, TAGS
from framing.measure.wordtable import CAPITAL

TIMES = frozenset(f"{DAYS} tonight morning afternoon evening night week weekend month year weeks months years days hours".split())
"""Words that end an expression of time."""
_OF_TIME = TIMES | frozenset("last this next earlier late early that the past recent a few several two three".split())
_BEFORE_TIME = frozenset("on for in over during since late early earlier by".split()) | frozenset(AUXILIARIES.split())
_JOINED = frozenset(TAGS[tag] for tag in ("IN", "VBN", "VBG", "VBD", "VBZ", "VBP", "TO", "WP", "WDT"))
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
_COMMA = GAPS[","]
_VBG, _VBN, _VBD = (TAGS[tag] for tag in ("VBG", "VBN", "VBD"))


class Reading(NamedTuple):
    """A cue with what it seems to introduce, in units."""

    cue: int
    """The unit."""
    source: Span | None
    """First and last unit of the source."""
    content: tuple[Span, ...]
    """First and last units of the content's stretches."""


def repair(units: Units, described: Table, readings: Readings, likely: np.ndarray) -> Readings:
    """The readings, in order of their cues, with what grammar rules out taken back; `likely` are the cues' probabilities."""
    sight = Sight.of(units, described)
    mended = [_mend(sight, reading) for reading in unpack(readings)]
    openings = {reading.source[0] for reading in mended if reading.source is not None and reading.source[1] < reading.cue}
    mended = [_fronted(sight, reading, openings) for reading in mended]
    return pack(_second_verbs(sight, mended, likely), readings)


def unpack(readings: Readings) -> list[Reading]:
    """The readings one by one."""
    contents, begin = list(map(tuple, readings.content.tolist())), readings.begin.tolist()
    sources = [(first, last) if first >= 0 else None for first, last in readings.source.tolist()]
    stretches = [tuple(contents[a:b]) for a, b in pairwise(begin)]
    return [Reading(*one) for one in zip(readings.cue.tolist(), sources, stretches, strict=True)]


def pack(found: Sequence[Reading], readings: Readings) -> Readings:
    """The readings as columns."""
    source = np.array([one.source or (-1, -1) for one in found], dtype=np.int64).reshape(-1, 2)
    content = np.array([span for one in found for span in one.content], dtype=np.int64).reshape(-1, 2)
    begin = np.cumsum([0, *(len(one.content) for one in found)])
    return replace(readings, source=source, content=content, begin=begin)


def _mend(sight: Sight, reading: Reading) -> Reading:
    """Rules that look at one reading."""
    reading = _caused(sight, reading)
    if reading.source is None or reading.source[1] > reading.cue:
        return reading
    return _end_of_relative(sight, _whole_subject(sight, _source_in_time(sight, _passive(sight, reading))))


def _passive(sight: Sight, reading: Reading) -> Reading:
    """The subject of a passive is no source but content: “[the agency] was criticised [for its delays]”."""
    source, cue = reading.source, reading.cue
    if source is None or not sight.passive[cue] or sight.forms[cue] in states():
        return reading
    subject = () if sight.forms[source[1]] in _WHO else (source,)
    return reading._replace(source=None, content=tuple(sorted((*subject, *reading.content))))


@cache
def states() -> frozenset[str]:
    """The participles that keep their subject as a source: "the mayor was [worried]"."""
    adjectives = (entry for entry in load_lexicon("attribution") if entry.pos == "adjective" and entry.status != "off")
    return (frozenset(form.lower().split()[-1] for entry in adjectives for form in entry.forms) | _MORE_STATES) - _NOT_STATES


def _caused(sight: Sight, reading: Reading) -> Reading:
    """Who is made to speak is the source: “prompting [the opposition] to accuse him”."""
    cue, start = reading.cue, sight.start[reading.cue]
    if cue - 2 <= start or sight.forms[cue - 1] != "to" or sight.has(cue - 2, QUOTATION):
        return reading
    phrase = sight.phrase_ending(cue - 2)
    if phrase is None or phrase[0] <= start or sight.forms[phrase[1]].endswith(("self", "selves")):
        return reading
    return reading._replace(source=phrase) if find_lemma(sight.forms[phrase[0] - 1]) in CAUSES else reading


def _source_in_time(sight: Sight, reading: Reading) -> Reading:
    """A source does not end with when it was said: “House Democrats [last week] said”; and is not only that."""
    source = reading.source
    if source is None or sight.forms[source[1]] not in TIMES:
        return reading
    last = source[1]
    while last >= source[0] and sight.forms[last] in _OF_TIME:
        last -= 1
    if last < source[0]:
        return reading._replace(source=_before_time(sight, source[0]))
    is_plain = sight.has(last, HEAD) and not any(sight.tags[unit] in _JOINED for unit in range(source[0], last + 1))
    return reading._replace(source=(source[0], last)) if is_plain and not _is_name(sight, last + 1) else reading


def _is_name(sight: Sight, unit: int) -> bool:
    """Whether the time is part of a name: “USA Today”."""
    return sight.forms[unit] in ("today", "week") and bool(sight.units.codes[unit, CAPITAL])


def _before_time(sight: Sight, unit: int) -> Span | None:
    """The noun phrase before an expression of time: “[the minister], on Monday, said”."""
    start = sight.start[unit]
    unit -= 1
    while unit >= start and sight.forms[unit] in _BEFORE_TIME:
        unit -= 1
    return sight.phrase_ending(unit) if unit >= start else None


def _whole_subject(sight: Sight, reading: Reading) -> Reading:
    """A source left of its cue begins after the last conjunction and does not end with a verb: “though [the port] denied it”."""
    if reading.source is None:
        return reading
    first, last = reading.source
    for unit in range(first + 1, last):
        if sight.forms[unit] in CONJUNCTIONS and sight.gaps[unit - 1] == _COMMA:
            first = unit + 1
    while last > first and sight.has(last, FINITE | LIGHT) and not sight.has(last, HEAD) and sight.forms[last][:1] not in "'’":
        last -= 1
    if first == last and sight.forms[first].endswith(("self", "selves")) and first > sight.start[first]:
        first = (sight.phrase_ending(first - 1) or (first, last))[0]
    return reading if (first, last) == reading.source else reading._replace(source=(first, last))


def _end_of_relative(sight: Sight, reading: Reading) -> Reading:
    """What "who says" introduces ends before the main clause's verb: “Cruz, who said [it was late], is to speak”."""
    source, cue = reading.source, reading.cue
    if source is None or sight.forms[source[1]] not in _WHO:
        return reading
    content = []
    for first, last in reading.content:
        verbs = (unit for unit in range(first + 1, last + 1) if sight.has(unit, FINITE) and sight.follows_comma(unit))
        content.append((first, next(verbs, last + 1) - 1 if first > cue else last))
    return reading._replace(content=tuple(content))


def _fronted(sight: Sight, reading: Reading, openings: Set[int]) -> Reading:
    """A clause before the main one ends where that begins: “Asked [whether she would stay], the mayor said ...”,

    “Arguing [that it was late], the mayor left”: of a participle in -ing the subject of the main clause is the source.
    """
    cue = reading.cue
    distance = cue - sight.start[cue]
    if distance > FRONTED:
        return reading
    active = distance == 0 and sight.tags[cue] == _VBG and sight.forms[cue] != "according"
    if not active and sight.forms[cue] not in ASKED:
        return reading
    reach = max((last for first, last in reading.content if first > cue), default=cue)
    main = next((unit for unit in range(cue + 2, reach + 1) if _opens_main(sight, unit, openings)), None)
    content = tuple((first, min(last, main - 1)) for first, last in reading.content if first < main) if main is not None else ()
    if main is None or not content:
        return reading
    return reading._replace(content=content, source=sight.phrase_from(main) if active else reading.source)


def _opens_main(sight: Sight, unit: int, openings: Set[int]) -> bool:
    """Whether a subject begins here after a comma."""
    if not sight.follows_comma(unit):
        return False
    subject = sight.phrase_from(unit)
    return unit in openings or (subject is not None and subject[1] + 1 < sight.stop[unit] and sight.has(subject[1] + 1, FINITE))


def _second_verbs(sight: Sight, readings: Sequence[Reading], likely: np.ndarray) -> list[Reading]:
    """A second verb of speech shares the subject: “[she] said it was late and urged them to go”."""
    by_cue = {reading.cue: reading for reading in readings}
    for number in np.flatnonzero(likely >= SURE).tolist():
        verb = readings[number].cue
        joint = _joint(sight, verb)
        if joint is None:
            continue
        first = next((by_cue[cue] for cue in range(joint - 1, sight.start[verb], -1) if _governs(sight, by_cue, cue, verb)), None)
        if first is not None:
            by_cue[first.cue] = first._replace(content=tuple((a, joint - 1 if a <= verb <= b else b) for a, b in first.content))
            by_cue[verb] = by_cue[verb]._replace(source=first.source)
    return [by_cue[reading.cue] for reading in readings]


def _joint(sight: Sight, verb: int) -> int | None:
    """The "and" or "but" right before a verb, adverbs aside."""
    unit, start = verb - 1, sight.start[verb]
    while unit > start and sight.has(unit, ADVERB):
        unit -= 1
    return unit if unit > start and sight.forms[unit] in ("and", "but") and sight.has(verb, VERB) else None


def _governs(sight: Sight, by_cue: Mapping[int, Reading], cue: int, verb: int) -> bool:
    """Whether a reading's content reaches over a later verb of the same form."""
    reading = by_cue.get(cue)
    if reading is None or reading.source is None or reading.source[1] > cue or _tense(sight, cue) != _tense(sight, verb):
        return False
    return any(cue < first < verb - 1 <= last for first, last in reading.content)


def _tense(sight: Sight, verb: int) -> int:
    """The code of a verb's tag; forms in -ed have one."""
    return _VBD if sight.tags[verb] == _VBN else sight.tags[verb]
