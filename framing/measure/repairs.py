"""What grammar does not let a reading say: small rules on top of the weights, each for a fault that was read in articles.

A reading is repaired before it is weighed; `benchmarks/train_attribution.py` does the same before it learns these weights. The
rules of one reading give its new source; those that change contents write them in place.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.nounphrases import NO_PHRASE, Phrase
from framing.measure.ragged import lay_rows
from framing.measure.roles import Readings
from framing.measure.sight import Sight, find_sight, phrase_ending, phrase_from
from framing.measure.signs import (
    ACCORDING,
    APOSTROPHE,
    ASKED,
    BEFORE_TIME,
    CAUSE,
    CONJUNCTION,
    JOINT,
    NAMED_TIME,
    OF_TIME,
    REFLEXIVE,
    RELATIVE,
    STATE,
    TIME,
)  # fmt: skip
from framing.measure.table import Ints, Table
from framing.measure.traits import ADVERB, FINITE, HEAD, LIGHT, QUOTATION, TO, VERB
from framing.measure.units import Units
from framing.measure.vocabulary import TAGS

# How likely a second verb must be a cue to end the content of the first (chosen on training articles).
SURE = 0.7
# How many units may stand before the participle of a fronted question (chosen: "When later asked").
FRONTED = 3
_IS_JOINED = np.isin(np.arange(TAGS.size), [TAGS[tag] for tag in ("IN", "VBN", "VBG", "VBD", "VBZ", "VBP", "TO", "WP", "WDT")])
_VBG, _VBN, _VBD = (TAGS[tag] for tag in ("VBG", "VBN", "VBD"))


def repair(units: Units, described: Table, readings: Readings, likely: np.ndarray) -> Readings:
    """The readings, in order of their cues, with what grammar rules out taken back; `likely` are the cues' probabilities."""
    n = len(readings)
    source, sizes = readings.source.copy(), np.diff(readings.begin)
    # One place more than stretches for each reading, because its source may become content.
    begin, content = readings.begin[:-1] + np.arange(n), np.zeros((len(readings.content) + n, 2), dtype=np.int64)
    content[np.arange(len(readings.content)) + np.repeat(np.arange(n), sizes)] = readings.content
    _repair(find_sight(units, described), readings.cue, source, content, begin, sizes, np.flatnonzero(likely >= SURE))
    kept, begin = lay_rows(begin, sizes)
    return replace(readings, source=source, content=content[kept], begin=begin)


@kernel
def _repair(sight: Sight, cues: Ints, source: Ints, content: Ints, begin: Ints, sizes: Ints, sure: Ints) -> None:
    """Changes sources, contents and the numbers of their stretches."""
    opens = np.zeros(len(sight.start), dtype=np.bool_)  # whether a source begins here that stands before its cue
    for number in range(len(cues)):
        _mend(sight, cues[number], source[number], content[begin[number] :], sizes[number : number + 1])
        if source[number, 0] >= 0 and source[number, 1] < cues[number]:
            opens[source[number, 0]] = True
    for number in range(len(cues)):
        _end_fronted(sight, opens, cues[number], source[number], content[begin[number] :], sizes[number : number + 1])
    _join_second_verbs(sight, cues, source, content, begin, sizes, sure)
    for number in range(len(cues)):
        if source[number, 0] < 0 and sight.tags[cues[number]] == _VBG:
            source[number] = _subject(sight, cues, source, number)


@kernel
def _mend(sight: Sight, cue: int, source: Ints, content: Ints, size: Ints) -> None:
    """Rules that look at one reading."""
    source[0], source[1] = _caused(sight, cue, (source[0], source[1]))
    if source[0] >= 0 and source[1] <= cue and sight.passive[cue] and not sight.signs[cue] & STATE:
        _lay_down_subject(sight, source, content, size)
    if source[0] >= 0 and source[1] <= cue:
        source[0], source[1] = _whole_subject(sight, _out_of_time(sight, (source[0], source[1])))
    if source[0] >= 0 and source[1] <= cue and sight.signs[source[1]] & RELATIVE:
        _end_relative(sight, cue, content[: size[0]])


@kernel
def _caused(sight: Sight, cue: int, source: Phrase) -> Phrase:
    """Who is made to speak is the source: “prompting [the opposition] to accuse him”."""
    start = sight.start[cue]
    if cue - 2 <= start or not sight.traits[cue - 1] & TO or sight.traits[cue - 2] & QUOTATION:
        return source
    phrase = phrase_ending(sight, cue - 2)
    if phrase[0] <= start or sight.signs[phrase[1]] & REFLEXIVE:
        return source
    return phrase if sight.signs[phrase[0] - 1] & CAUSE else source


@kernel
def _lay_down_subject(sight: Sight, source: Ints, content: Ints, size: Ints) -> None:
    """The subject of a passive is no source but content: “[the agency] was criticised [for its delays]”."""
    if not sight.signs[source[1]] & RELATIVE:
        place = size[0]
        while place > 0 and (content[place - 1, 0], content[place - 1, 1]) > (source[0], source[1]):
            content[place] = content[place - 1]
            place -= 1
        content[place] = source
        size[0] += 1
    source[:] = -1


@kernel
def _out_of_time(sight: Sight, source: Phrase) -> Phrase:
    """A source does not end with when it was said: “House Democrats [last week] said”; and is not only that."""
    first, last = source
    if not sight.signs[last] & TIME:
        return source
    while last >= first and sight.signs[last] & OF_TIME:
        last -= 1
    if last < first:
        return _before_time(sight, first)
    named = sight.signs[last + 1] & NAMED_TIME and sight.capital[last + 1]  # “USA Today”
    if named or not sight.traits[last] & HEAD or _IS_JOINED[sight.tags[first : last + 1]].any():
        return source
    return first, last


@kernel
def _before_time(sight: Sight, unit: int) -> Phrase:
    """The noun phrase before an expression of time: “[the minister], on Monday, said”."""
    start = sight.start[unit]
    unit -= 1
    while unit >= start and sight.signs[unit] & BEFORE_TIME:
        unit -= 1
    return phrase_ending(sight, unit) if unit >= start else NO_PHRASE


@kernel
def _whole_subject(sight: Sight, source: Phrase) -> Phrase:
    """A source left of its cue begins after the last conjunction and does not end with a verb: “though [the port] denied it”."""
    first, last = source
    if first < 0:
        return source
    for unit in range(first + 1, last):
        if sight.signs[unit] & CONJUNCTION and sight.after_plain_comma[unit]:
            first = unit + 1
    while last > first and _is_verb(sight, last):
        last -= 1
    if first == last and sight.signs[first] & REFLEXIVE and first > sight.start[first]:
        before = phrase_ending(sight, first - 1)
        first = before[0] if before[0] >= 0 else first
    return first, last


@kernel
def _is_verb(sight: Sight, unit: int) -> bool:
    """Whether a word is a finite or a light verb, and neither a noun nor a clitic."""
    return sight.traits[unit] & (FINITE | LIGHT) > 0 and not sight.traits[unit] & HEAD and not sight.signs[unit] & APOSTROPHE


@kernel
def _end_relative(sight: Sight, cue: int, content: Ints) -> None:
    """What "who says" introduces ends before the main clause's verb: “Cruz, who said [it was late], is to speak”."""
    for stretch in content:
        if stretch[0] > cue:
            for unit in range(stretch[0] + 1, stretch[1] + 1):
                if sight.traits[unit] & FINITE and sight.after_comma[unit]:
                    stretch[1] = unit - 1
                    break


@kernel
def _end_fronted(sight: Sight, opens: np.ndarray, cue: int, source: Ints, content: Ints, size: Ints) -> None:
    """A clause before the main one ends where that begins: “Asked [whether she would stay], the mayor said ...”,

    “Arguing [that it was late], the mayor left”: of a participle in -ing the subject of the main clause is the source.
    """
    distance = cue - sight.start[cue]
    active = distance == 0 and sight.tags[cue] == _VBG and not sight.signs[cue] & ACCORDING
    if distance > FRONTED or not (active or sight.signs[cue] & ASKED) or not size[0]:
        return
    main = _find_main(sight, opens, cue, content[: size[0]])
    if main < 0 or content[0, 0] >= main:
        return
    while content[size[0] - 1, 0] >= main:
        size[0] -= 1
    for stretch in content[: size[0]]:
        stretch[1] = min(stretch[1], main - 1)
    if active:
        source[0], source[1] = phrase_from(sight, main)


@kernel
def _find_main(sight: Sight, opens: np.ndarray, cue: int, content: Ints) -> int:
    """Where a subject begins after a comma, up to the end of the contents after the cue; -1 if nowhere."""
    reach = cue
    for first, last in content:
        reach = max(reach, last) if first > cue else reach
    for unit in range(cue + 2, reach + 1):
        if sight.after_comma[unit]:
            after = phrase_from(sight, unit)[1] + 1
            if opens[unit] or (0 < after < sight.stop[unit] and sight.traits[after] & FINITE):
                return unit
    return -1


@kernel
def _join_second_verbs(sight: Sight, cues: Ints, source: Ints, content: Ints, begin: Ints, sizes: Ints, sure: Ints) -> None:
    """A second verb of speech shares the subject: “[she] said it was late and urged them to go”."""
    reading = np.full(len(sight.start), -1)
    reading[cues] = np.arange(len(cues))
    for number in sure:
        verb = cues[number]
        joint = _joint(sight, verb)
        for cue in range(joint - 1, sight.start[verb], -1):
            one = reading[cue]
            stretches = content[begin[one] : begin[one] + sizes[one]]  # of any reading where there is none here
            if one >= 0 and source[one, 0] >= 0 and source[one, 1] <= cue and _governs(sight, cue, verb, stretches):
                for stretch in stretches:
                    if stretch[0] <= verb <= stretch[1]:
                        stretch[1] = joint - 1
                source[number] = source[one]
                break


@kernel
def _subject(sight: Sight, cues: Ints, source: Ints, number: int) -> Phrase:
    """Who a participle without a source is said of: the source of the cue before it, or the subject that opens the sentence:
    “[the mayor] left, saying it was late”."""
    start = sight.start[cues[number]]
    for one in range(number - 1, -1, -1):
        if cues[one] < start:
            break
        if start <= source[one, 0] and source[one, 1] <= cues[one]:
            return source[one, 0], source[one, 1]
    phrase = phrase_from(sight, start)
    after = phrase[1] + 1
    if phrase[0] >= 0 and after < cues[number] and sight.traits[after] & FINITE:
        return phrase
    return NO_PHRASE


@kernel
def _joint(sight: Sight, verb: int) -> int:
    """The "and" or "but" right before a verb, adverbs aside, or -1."""
    unit, start = verb - 1, sight.start[verb]
    while unit > start and sight.traits[unit] & ADVERB:
        unit -= 1
    return unit if unit > start and sight.signs[unit] & JOINT and sight.traits[verb] & VERB else -1


@kernel
def _governs(sight: Sight, cue: int, verb: int, content: Ints) -> bool:
    """Whether a cue's content reaches over a later verb of the same form."""
    if _tense(sight, cue) == _tense(sight, verb):
        for first, last in content:
            if cue < first < verb - 1 <= last:
                return True
    return False


@kernel
def _tense(sight: Sight, verb: int) -> int:
    """The code of a verb's tag; forms in -ed have one."""
    return _VBD if sight.tags[verb] == _VBN else sight.tags[verb]
