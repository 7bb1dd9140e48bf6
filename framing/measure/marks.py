"""The marks table: one row for every counted span, with its entry, its voice and the attribution it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from framing.measure.attributions import find_attributions
from framing.measure.cues import Attribution
from framing.measure.frames import FRAME_LEXICONS, counts_as_frame
from framing.measure.hedges import hedge_measures
from framing.measure.lexicon import load_lexicon
from framing.measure.loaded import counts_as_loaded
from framing.measure.matcher import Hit, Matcher
from framing.measure.scene import Scene
from framing.measure.text import Text
from framing.measure.tone import Tone, assess_tone
from framing.measure.voices import Voices, find_voices

COLUMNS = (
    "article", "outlet", "measure", "category", "start", "end", "text", "entry", "voice", "attribution", "sentence", "weight",
)  # fmt: skip
LEXICON_MEASURES = ("hedging", "boosters", "approximators", "weasel", "loaded", "labels", *FRAME_LEXICONS)
"""Lexicons whose entries become marks; `uncertainty` is a second reading of the hedging lexicon, `tone` comes from TextBlob."""
MEASURES = ("hedging", "uncertainty", *LEXICON_MEASURES[1:], "tone")
"""All measures of the marks table."""
_RANK = {measure: rank for rank, measure in enumerate(MEASURES)}


class _Mark(NamedTuple):
    source: str
    """The article's text."""
    measure: str
    """One of `MEASURES`."""
    category: str
    """The measure's category."""
    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    text: str
    """The span's text."""
    entry: str
    """The lexicon row's id."""
    weight: float
    """The entry's weight; for tone the polarity."""


class Mark(_Mark):
    """A counted span; one that does not match its text cannot be built."""

    __slots__ = ()

    def __new__(
        cls, source: str, measure: str, category: str, start: int, end: int, text: str, entry: str, weight: float
    ) -> Mark:
        """Refuse a span that is not its text."""
        if source[start:end] != text or start >= end:
            raise ValueError(f"The mark {text!r} does not stand at [{start}, {end}); marks are built from their text.")
        return super().__new__(cls, source, measure, category, start, end, text, entry, weight)


@dataclass(frozen=True)
class Reading:
    """Everything that was found in one article."""

    scene: Scene
    """The text with its quotations."""
    attributions: list[Attribution]
    """Who says what."""
    voices: Voices
    """Who speaks where."""
    marks: list[Mark]
    """The counted spans."""
    polarity: float
    """TextBlob's polarity."""
    subjectivity: float
    """TextBlob's subjectivity."""


@cache
def build_matcher() -> Matcher:
    """The matcher over all lexicons of the package (sources aside, which are looked up inside source phrases only)."""
    return Matcher(load_lexicon(name) for name in (*LEXICON_MEASURES, "attribution"))


def read_article(text: Text, matcher: Matcher) -> Reading:
    """Finds attributions, voices and marks in one article."""
    hits = matcher.find(text)
    scene = Scene(text, tuple(hit for hit in hits if hit.entry.measure == "attribution"))
    attributions = find_attributions(scene)
    voices = find_voices(scene, attributions)
    tone = assess_tone(text)
    marks = [*_lexicon_marks(scene, hits, attributions, voices), *_tone_marks(text, tone)]
    marks.sort(key=lambda mark: (mark.start, mark.end, _RANK[mark.measure]))
    return Reading(scene, attributions, voices, marks, tone.polarity, tone.subjectivity)


def _lexicon_marks(scene: Scene, hits: Sequence[Hit], attributions: Sequence[Attribution], voices: Voices) -> Iterator[Mark]:
    source = scene.text.original
    cues = {piece for one in attributions if _keeps_hedges_out(one) for piece in scene.text.pieces(*one.cue)}
    for hit in hits:
        measures = _measures(hit, scene, cues, voices)
        if measures:
            entry, (start, end) = hit.entry, scene.text.span(hit.first, hit.last)
            for measure in measures:
                yield Mark(source, measure, entry.category, start, end, source[start:end], entry.id, entry.weight)


APPEARANCES = frozenset(("seem", "appear", "look"))
"""Verbs whose subject is not the one who thinks so: hedges, also where hand coding sees an attribution."""


def _keeps_hedges_out(one: Attribution) -> bool:
    """Whether a cue is no hedge: a verb of speech, or of belief with a source. “Nobody is the source” of what “appears to” be."""
    is_stated = one.source is not None or one.scope == "reported_speech"
    return one.mode != "hearsay" and is_stated and one.lemma not in APPEARANCES


def _measures(hit: Hit, scene: Scene, cues: set[int], voices: Voices) -> Sequence[str]:
    name = hit.entry.measure
    if name == "attribution":
        return ()
    if name == "hedging":
        return list(hedge_measures(hit, cues))
    if name in FRAME_LEXICONS:
        return (name,) if counts_as_frame(hit, scene.text) else ()
    if name == "loaded":
        return (name,) if counts_as_loaded(hit, scene, voices.at(scene.text.starts[hit.first])[0]) else ()
    return (name,)


def _tone_marks(text: Text, tone: Tone) -> Iterator[Mark]:
    source = text.original
    for start, end, polarity, _ in tone.assessments:
        yield Mark(source, "tone", "polarity", start, end, source[start:end], "tone/textblob", polarity)


def mark_rows(reading: Reading, outlet: str) -> list[tuple[object, ...]]:
    """Rows of the marks table (`COLUMNS`)."""
    text = reading.scene.text
    rows: list[tuple[object, ...]] = []
    for _, measure, category, start, end, marked, entry, weight in reading.marks:
        voice, index = reading.voices.at(start)
        attribution = "" if index is None else f"{text.article}#{index + 1}"
        rows.append((
            text.article, outlet, measure, category, start, end, marked, entry, voice, attribution,
            text.sentence_of(start), weight,
        ))  # fmt: skip
    return rows
