"""Who says what: source, cue and content of every attribution, by linear weights over named features (see `model`).

Every verb, noun or colon that may be a cue is read in its sentence: who is the source, what is the content, and is it an
attribution at all? A cue inside another attribution's content is nested and not counted. The weights were learned from hand-coded
articles; the lexicon says what a cue means.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from framing.measure import candidates
from framing.measure.context import describe
from framing.measure.cues import Attribution, find_agent, read_hearsay, read_meaning, read_mode, single_words
from framing.measure.matcher import Hit
from framing.measure.model import load_model
from framing.measure.readings import score_readings
from framing.measure.repairs import repair
from framing.measure.roles import Reading, read_roles, span_of
from framing.measure.scene import Scene
from framing.measure.spans import Span, Spans
from framing.measure.speakers import resolve_sources
from framing.measure.text import Text
from framing.measure.turns import find_turns
from framing.measure.units import Units, find_units
from framing.measure.vocabulary import VOICES
from framing.measure.wordtable import Ints

COLUMNS = (
    "article", "outlet", "attribution", "scope", "mode", "stance", "cue", "cue_start", "cue_end", "lemma", "source",
    "source_start", "source_end", "speaker", "source_type", "naming", "content", "n_content_words", "precision",
    "probability",
)  # fmt: skip
# A cue below the first probability is not read at all; a reading below the second is no attribution. The third: how much of its
# content a reading must keep where others claimed words before it. (Chosen on training articles; of thresholds from .35 to .45,
# whose triples there differ by .1, .4 has the best balance of precision and recall on the development articles' totals.)
WORTH_READING, THRESHOLD, MOST = 0.06, 0.4, 0.5
# By how much speech is preferred to an attitude that would cover it (chosen: totals on the development articles do not change).
SPEECH_FIRST = 0.3
TOLD = frozenset("tell ask inform assure reassure remind warn advise urge question interview press".split())
"""Verbs whose passive has the addressee as its subject."""
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())


def find_attributions(scene: Scene) -> list[Attribution]:
    """The attributions of one article in text order; none of them stands inside another's content."""
    hearsay = [one for hit in scene.cues if (one := read_hearsay(scene, hit)) is not None]
    return _with_bare_quotations(scene, _settle(scene, [*find_turns(scene), *find_candidates(scene), *hearsay]))


def find_candidates(scene: Scene) -> list[Attribution]:
    """Every cue with its reading, however unlikely, likeliest first where a decision between them is due."""
    if not scene.text.starts:
        return []
    model = load_model()
    units = find_units(scene, model.words)
    described = describe(units)
    places = candidates.find_candidates(units)
    likely = candidates.score_candidates(places, described, model.cues)
    places, likely = places[likely >= WORTH_READING], likely[likely >= WORTH_READING]
    allowed = [not _is_vetoed(scene, int(units.first[place])) for place in places]
    places, likely = places[allowed], likely[allowed]
    if not len(places):
        return []
    readings = repair(units, read_roles(units, described, places.tolist(), model.roles, model.moves), likely)
    certain = score_readings(units, described, readings, likely, model.readings)
    return [
        _attribution(units, described, reading, float(p), scene.cue_pieces) for reading, p in zip(readings, certain, strict=True)
    ]


def _attribution(
    units: Units, described: Mapping[str, Ints], reading: Reading, probability: float, hits: Mapping[int, Hit]
) -> Attribution:
    scene = units.scene
    piece = int(units.first[reading.cue])
    meaning = read_meaning(scene, piece, hits)
    cue = span_of(units, (reading.cue, reading.cue)) if units.codes["colon"][reading.cue] else meaning.span
    source = span_of(units, reading.source) if reading.source is not None else None
    content = tuple(
        part for one in _after_the_day(scene, units, reading) for part in _without(_to_marks(scene, span_of(units, one)), cue)
    )
    if source is not None and (source[0] < cue[1] and cue[0] < source[1]):
        cue = scene.span(piece, piece)
    if _is_told(units, described, reading, meaning.lemma):
        source = find_agent(scene, piece)
        content = tuple(span for span in content if span[0] > cue[1] and (source is None or span[0] >= source[1]))
    mode = read_mode(scene, source is not None, content)
    is_speech = units.codes["colon"][reading.cue] or mode in ("direct", "mixed")
    scope = meaning.scope or ("reported_speech" if is_speech else "attitude")
    lemma = ":" if units.codes["colon"][reading.cue] else meaning.lemma
    stance = "neutral" if lemma == ":" else meaning.stance
    return Attribution(cue, source, content, mode, stance, scope, lemma, meaning.precision, probability)


def _is_vetoed(scene: Scene, piece: int) -> bool:
    """Whether the lexicon knows the word, and an entry that is off or a rule keeps it from being a cue here ("said nothing")."""
    return scene.lower(piece) in single_words() and piece not in scene.cue_pieces


def _after_the_day(scene: Scene, units: Units, reading: Reading) -> list[tuple[int, int]]:
    """The content's stretches; a day right after the cue is when it was said ("said [Monday] it would")."""
    stretches = []
    for first, last in reading.content:
        is_day = first == reading.cue + 1 < last and scene.lower(int(units.first[first])) in DAYS
        opens = scene.tag(int(units.first[first + 1])) in ("DT", "PRP", "PRP$", "EX", "IN", "NNP", "NNS") if is_day else False
        stretches.append((first + 1, last) if is_day and opens else (first, last))
    return stretches


def _is_told(units: Units, described: Mapping[str, Ints], reading: Reading, lemma: str) -> bool:
    """Whether the cue is a passive whose subject is the one who is told or asked."""
    passive = described["voice"][reading.cue] == VOICES["passive"]
    return bool(passive) and lemma in TOLD and (reading.source is None or reading.source[1] < reading.cue)


def _without(span: Span, cue: Span) -> list[Span]:
    """A stretch of content less the words of a cue of several words."""
    parts = [(span[0], min(span[1], cue[0])), (max(span[0], cue[1]), span[1])]
    return [part for part in parts if part[0] < part[1]] if span[0] < cue[1] and cue[0] < span[1] else [span]


def _to_marks(scene: Scene, span: Span) -> Span:
    """A stretch with the marks that open or close at its ends, the sign of a currency, and the whole of a word with a hyphen."""
    start, end = span
    start -= scene.text.text[start - 1 : start] in ("$", "£", "€")
    while scene.text.text[end : end + 1] in ("-", "‑") and (rest := scene.text.pieces(end + 1, end + 2)):
        end = scene.text.ends[rest[0]]
    opening, closing = scene.quotation_over(start), scene.quotation_over(end - 1)
    if opening is not None and not scene.text.count_words(opening.start, start):
        start = opening.start
    if closing is not None and not scene.text.count_words(end, closing.end):
        end = closing.end
    return start, end


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
    for one in order:
        if one.probability < THRESHOLD and _reaches_free_speech(scene, one, claimed) and (settled := _claim(one, claimed, cues)):
            kept.append(settled)
    return sorted(kept, key=lambda one: one.cue)


def _reaches_free_speech(scene: Scene, one: Attribution, claimed: Spans) -> bool:
    """Whether the content reaches any speech in quotation marks, and nobody claims a word of what it reaches."""
    reaches = [(q.start, q.end) for span in one.content for q in scene.quotations_within(*span) if scene.is_speech(q)]
    return bool(reaches) and not any(map(claimed.touches, reaches))


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
    return one if (content, source) == (one.content, one.source) else replace(one, content=content, source=source)


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
    return replace(one, content=content, mode=read_mode(scene, one.source is not None, content))


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


def attribution_rows(text: Text, outlet: str, attributions: Sequence[Attribution]) -> list[tuple[object, ...]]:
    """Rows of the attributions table (`COLUMNS`); an absent source or cue has empty text and start = end."""
    sources = [text.original[slice(*a.source)] if a.source else "" for a in attributions]
    found = resolve_sources(text, [a.source for a in attributions])
    rows: list[tuple[object, ...]] = []
    for number, (one, source, who) in enumerate(zip(attributions, sources, found, strict=True), start=1):
        start, end = one.source or (one.cue[0], one.cue[0])
        rows.append((
            text.article, outlet, f"{text.article}#{number}", one.scope, one.mode, one.stance, text.original[slice(*one.cue)],
            *one.cue,
            one.lemma, source, start, end, who.speaker, who.source_type, who.naming,
            json.dumps([list(span) for span in one.content]),
            sum(text.count_words(*span) for span in one.content), one.precision,
            round(one.probability, 3),
        ))  # fmt: skip
    return rows
