"""Who says what: source, cue and content of every attribution, by linear weights over named features (see `model`).

Every verb, noun or colon that may be a cue is read in its sentence: who is the source, what is the content, and is it an
attribution at all? A cue inside another attribution's content is nested and not counted. The weights were learned from hand-coded
articles; the lexicon says what a cue means.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.measure.cues import Attribution, find_agent, mode_of, read_hearsay, read_meaning, read_mode
from framing.measure.scene import Scene
from framing.measure.spans import Span, Spans
from framing.measure.turns import find_turns

if TYPE_CHECKING:
    from framing.measure.reading import Reading

# A cue below the first probability is not read at all; a reading below the second is no attribution. The third: how much of its
# content a reading must keep where others claimed words before it. (Chosen on training articles; of thresholds from .35 to .45,
# whose triples there differ by .1, .4 has the best balance of precision and recall on the development articles' totals.)
WORTH_READING, THRESHOLD, MOST = 0.06, 0.4, 0.5
# The first probability for words that the lexicon does not know (chosen for speed: on the training articles the triples change by
# .1, on the development articles' totals not to the worse; benchmarks/attribution.py).
UNKNOWN_WORTH_READING = 0.12
# By how much speech is preferred to an attitude that would cover it (chosen: totals on the development articles do not change).
SPEECH_FIRST = 0.3
TOLD = frozenset("tell ask inform assure reassure remind warn advise urge question interview press".split())
"""Verbs whose passive has the addressee as its subject."""


def find_attributions(scene: Scene) -> list[Attribution]:
    """The attributions of one article in text order; none of them stands inside another's content."""
    return find_attributions_of([scene])[0]


def find_attributions_of(scenes: Sequence[Scene]) -> list[list[Attribution]]:
    """The attributions of each article; many articles are read faster together than one by one."""
    return [
        _with_bare_quotations(scene, _settle(scene, [*find_turns(scene), *candidates, *_find_hearsay(scene)]))
        for scene, candidates in zip(scenes, _find_candidates(scenes), strict=True)
    ]


def _find_hearsay(scene: Scene) -> list[Attribution]:
    adverbs = [hit for hit in scene.cues if hit.entry.pos == "adverb"]
    return [one for hit in adverbs if (one := read_hearsay(scene, hit)) is not None]


def _find_candidates(scenes: Sequence[Scene]) -> list[list[Attribution]]:
    """The candidates of each article, those left out that can never be kept (see `_settle`)."""
    from framing.measure.reading import read_scenes  # slow to import (it brings numba), so only when a text is read

    found = read_scenes(scenes, (WORTH_READING, UNKNOWN_WORTH_READING), THRESHOLD)
    return [[_attribution(scene, one) for one in readings] for scene, readings in zip(scenes, found, strict=True)]


def _attribution(scene: Scene, reading: Reading) -> Attribution:
    meaning = read_meaning(scene, reading.piece, scene.cue_pieces)
    cue, source, content = reading.colon or meaning.span, reading.source, reading.content
    if any(start < cue[1] and cue[0] < end for start, end in content):
        content = tuple(part for span in content for part in _without(span, cue))
    if source is not None and (source[0] < cue[1] and cue[0] < source[1]):
        cue = scene.text.span(reading.piece, reading.piece)
    if reading.is_passive and meaning.lemma in TOLD:  # the one before it is told or asked
        source = source if source is not None and source[0] > cue[0] else find_agent(scene, reading.piece)
        content = tuple(span for span in content if span[0] > cue[1] and (source is None or span[0] >= source[1]))
    is_whole, is_sourced = content is reading.content, source is not None
    mode = mode_of(is_sourced, reading.words, reading.quoted) if is_whole else read_mode(scene, is_sourced, content)
    is_speech = reading.colon is not None or (mode in ("direct", "mixed") and _may_quote(scene, reading.piece))
    scope = meaning.scope or ("reported_speech" if is_speech else "attitude")
    lemma, stance = (":", "neutral") if reading.colon is not None else (meaning.lemma, meaning.stance)
    return Attribution(cue, source, content, mode, stance, scope, lemma, meaning.precision, reading.probability)


def _may_quote(scene: Scene, piece: int) -> bool:
    """Whether a cue that the lexicon does not know can introduce a quotation: no preposition (“Under it ‘the ready’ go”)."""
    return not scene.text.tags[piece].startswith(("IN", "TO"))


def _without(span: Span, cue: Span) -> list[Span]:
    """A stretch of content less the words of a cue of several words."""
    parts = [(span[0], min(span[1], cue[0])), (max(span[0], cue[1]), span[1])]
    return [part for part in parts if part[0] < part[1]] if span[0] < cue[1] and cue[0] < span[1] else [span]


def _settle(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """Keeps what is likely and does not stand inside another: no cue in a kept content, no word claimed twice.

    The likeliest goes first; hearsay goes last and claims no words. A quotation that nobody claims is then given to the
    likeliest of the cues left over that reach it, because speech has a speaker.
    """
    order = sorted(found, key=lambda one: (_rank(one), one.cue))
    claimed, cues, kept = Spans(), Spans(), []
    for one in order:
        if one.mode == "hearsay" and claimed.at(one.cue[0]) is None:
            kept.append(one)
        elif one.probability >= THRESHOLD and (settled := _claim(one, claimed, cues)) is not None:
            kept.append(settled)
    unlikely = [one for one in order if one.probability < THRESHOLD]
    speech = _find_speech(scene) if unlikely else Spans()
    for one in unlikely:
        reaches = [span for part in one.content for span in speech.over(part)]
        free = reaches and not any(claimed.touches(span) for span in reaches)
        if free and (settled := _claim(one, claimed, cues)) is not None:
            kept.append(settled)
    return sorted(kept, key=lambda one: one.cue)


def _find_speech(scene: Scene) -> Spans:
    """The quotations that are speech by themselves."""
    speech = Spans()
    for number, quotation in enumerate(scene.quotations):
        if scene.is_speech(quotation):
            speech.add((quotation.start, quotation.end), number)
    return speech


def _rank(one: Attribution) -> float:
    """Lower goes first: what is likely, speech before attitudes, hearsay last."""
    return 1.0 if one.mode == "hearsay" else SPEECH_FIRST * (one.scope == "attitude") - one.probability


def _claim(one: Attribution, claimed: Spans, cues: Spans) -> Attribution | None:
    """The attribution with what is still free of its content; None where too little is."""
    if claimed.at(one.cue[0]) is not None or cues.touches(one.cue) or any(cues.within(span) for span in one.content):
        return None
    content = tuple(part for span in one.content for part in claimed.free(span))
    if sum(b - a for a, b in content) < MOST * sum(b - a for a, b in one.content) or not content:
        return None
    cues.add(one.cue, 0)
    for span in content:
        claimed.add(span, 0)
    source = one.source if one.source is not None and not claimed.touches(one.source) else None
    return one if (content, source) == (one.content, one.source) else one._replace(content=content, source=source)


def _with_bare_quotations(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """Gives every speech-long quotation that no cue claims to the speaker before it (or of the quotation that a new paragraph
    continues); where there is none it becomes an attribution without cue and source."""
    attributions, bare = list(found), []
    claimed = Spans()
    for index, one in enumerate(found):
        for span in one.content if one.mode != "hearsay" else ():
            claimed.add(span, index)
    starts = [one.cue[0] for one in found]
    unclosed: int | None = None
    for quotation, ahead in zip(scene.quotations, _owners_ahead(scene, claimed), strict=True):
        span = (quotation.start, quotation.end)
        owner = claimed.at(span[0])
        if owner is None and scene.is_speech(quotation) and not claimed.within(span):
            owner = unclosed if unclosed is not None else ahead
            owner = owner if owner is not None else _speaker_after(scene, attributions, starts, span[1])
            owner = owner if owner is not None else _speaker_before(scene, attributions, starts, span[0])
            if owner is not None:
                attributions[owner] = _with_content(scene, attributions[owner], span)
            elif scene.is_speech_long(quotation):
                bare.append(
                    Attribution((span[0], span[0]), None, (span,), "direct", "neutral", "reported_speech", "", float("nan"))
                )
        unclosed = owner if not quotation.closed else None
    return sorted([*attributions, *bare], key=lambda a: (a.cue, a.content))


def _with_content(scene: Scene, one: Attribution, span: Span) -> Attribution:
    """The attribution with one more stretch of content."""
    content = tuple(sorted((*one.content, span)))
    return one._replace(content=content, mode=read_mode(scene, one.source is not None, content))


def _owners_ahead(scene: Scene, claimed: Spans) -> list[int | None]:
    """For every quotation that goes on over paragraphs, who is given its end: the cue may stand in the last of them."""
    owners: list[int | None] = []
    ahead: int | None = None
    next_start = len(scene.text.text)
    for quotation in reversed(scene.quotations):
        goes_on = not quotation.closed and not scene.text.text[quotation.end : next_start].strip()
        owners.append(ahead if goes_on else None)
        owner = claimed.at(quotation.start)
        ahead, next_start = owner if owner is not None else owners[-1], quotation.start
    return owners[::-1]


def _speaker_after(scene: Scene, attributions: Sequence[Attribution], starts: Sequence[int], offset: int) -> int | None:
    """The attribution that follows a question or an exclamation at once: “Why?” Orrel asked the minister at the harbour gate."""
    index = bisect.bisect_left(starts, offset)
    if index == len(starts) or scene.text.text[offset - 2 : offset - 1] not in ("?", "!", "…"):
        return None
    one = attributions[index]
    first = min(one.cue[0], one.source[0]) if one.source is not None else one.cue[0]
    between = scene.text.text[offset:first]
    return index if not between.strip() and "\n" not in between else None


def _speaker_before(scene: Scene, attributions: Sequence[Attribution], starts: Sequence[int], offset: int) -> int | None:
    """The last attribution with a quotation before an offset in the same paragraph; for a quotation that opens a paragraph, in
    the paragraph before, because reporters let a speaker go on without naming them again."""
    number = bisect.bisect_right(scene.paragraph_starts, offset) - 1
    opens = number > 0 and scene.paragraph_starts[number] == offset
    since = scene.paragraph_starts[max(0, number - opens)] if scene.paragraph_starts else 0
    first, last = bisect.bisect_left(starts, since), bisect.bisect_right(starts, offset)
    candidates = [
        (attributions[index].content[-1][1], index)
        for index in range(first, last)
        if attributions[index].mode in ("direct", "mixed") and attributions[index].source is not None
    ]
    ended = [candidate for candidate in candidates if candidate[0] <= offset]
    return max(ended)[1] if ended else None
