"""The marks table: one row for every counted span, with its entry, its voice and the attribution it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from framing.measure.attributions import find_attributions_of
from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.frames import FRAME_LEXICONS, IS_CAPITALISED, is_no_name
from framing.measure.lexicon import Entry, load_lexicon
from framing.measure.loaded import in_scare_quotes
from framing.measure.matcher import Found, Hit, Matcher
from framing.measure.scene import Scene
from framing.measure.text import Text
from framing.measure.tone import Tone, assess_tone
from framing.measure.voices import VOICES, Voices, find_voices

COLUMNS = (
    "article", "outlet", "measure", "category", "start", "end", "text", "entry", "voice", "attribution", "sentence", "weight",
)  # fmt: skip
LEXICON_MEASURES = (
    "hedging", "uncertainty", "boosters", "approximators", "degree", "deliberation", "weasel", "loaded", "labels",
    *FRAME_LEXICONS,
)  # fmt: skip
"""Lexicons whose entries become marks."""
MEASURES = (*LEXICON_MEASURES, "tone")
"""All measures of the marks table."""
TONE_ENTRY, TONE_CATEGORY = "tone/textblob", "polarity"
_CODES = {measure: code for code, measure in enumerate(MEASURES)}


class Mark(NamedTuple):
    """A counted span."""

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


@dataclass(frozen=True)
class Marks:
    """The counted spans of one article side by side, in text order; their texts are cut from the article's."""

    text: Text
    """The article."""
    kinds: Kinds
    """What the numbers of the entries stand for."""
    measures: Ints
    """Codes of `MEASURES`."""
    entries: Ints
    """Numbers in `kinds`."""
    starts: Ints
    """Offsets of the first characters."""
    ends: Ints
    """Offsets after the last characters."""
    weights: np.ndarray
    """The entries' weights; for tone the polarity."""

    def __post_init__(self) -> None:
        """Refuse spans that hold no text."""
        if ((self.starts < 0) | (self.starts >= self.ends) | (self.ends > len(self.text.original))).any():
            raise ValueError(f"A mark of the article {self.text.article!r} holds none of its text.")

    @property
    def texts(self) -> list[str]:
        """The spans' texts."""
        original = self.text.original
        return [original[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def __iter__(self) -> Iterator[Mark]:
        """The marks one by one."""
        rows = zip(
            self.measures, self.entries, self.starts.tolist(), self.ends.tolist(), self.texts, self.weights.tolist(), strict=True
        )
        for measure, entry, start, end, text, weight in rows:
            yield Mark(MEASURES[measure], self.kinds.categories[entry], start, end, text, self.kinds.ids[entry], weight)


@dataclass(frozen=True)
class Kinds:
    """What the marks need to know of a matcher's entries, by number; the last number is tone's."""

    ids: list[str]
    """As in the marks table."""
    categories: list[str]
    """As in the marks table."""
    weights: np.ndarray
    """Weights."""
    first_measure: Ints
    """Code of the measure that an entry counts for, or -1."""
    second_measure: Ints
    """Code of a second measure, or -1."""
    is_hedge: np.ndarray
    """Not counted where a cue of attribution stands."""
    is_no_name: np.ndarray
    """Not counted inside a name."""
    is_loaded: np.ndarray
    """Not counted in scare quotes."""


@cache
def _kinds(matcher: Matcher) -> Kinds:
    entries = matcher.entries
    codes = [[*(_CODES[name] for name in _measures(entry)), -1, -1] for entry in entries]
    return Kinds(
        ids=[*(entry.id for entry in entries), TONE_ENTRY],
        categories=[*(entry.category for entry in entries), TONE_CATEGORY],
        weights=np.array([entry.weight for entry in entries]),
        first_measure=np.array([first for first, *_ in codes]),
        second_measure=np.array([second for _, second, *_ in codes]),
        is_hedge=np.array([entry.measure == "hedging" for entry in entries]),
        is_no_name=np.array([is_no_name(entry) for entry in entries]),
        is_loaded=np.array([entry.measure == "loaded" for entry in entries]),
    )


def _measures(entry: Entry) -> tuple[str, ...]:
    """The measures that an entry counts for."""
    return (entry.measure,) if entry.measure in MEASURES else ()


@dataclass(frozen=True)
class Reading:
    """Everything that was found in one article."""

    scene: Scene
    """The text with its quotations."""
    attributions: list[Attribution]
    """Who says what."""
    voices: Voices
    """Who speaks where."""
    marks: Marks
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
    return read_articles([text], matcher)[0]


def read_articles(texts: Sequence[Text], matcher: Matcher) -> list[Reading]:
    """Finds attributions, voices and marks in several articles."""
    hits = [matcher.find_numbers(text) for text in texts]
    scenes = [Scene(text, _cues(matcher, found)) for text, found in zip(texts, hits, strict=True)]
    attributions = find_attributions_of(scenes)
    return [_read(scene, _kinds(matcher), found, who) for scene, found, who in zip(scenes, hits, attributions, strict=True)]


def _cues(matcher: Matcher, hits: Sequence[Found]) -> tuple[Hit, ...]:
    found = ((matcher.entries[entry], first, last) for entry, first, last in hits)
    return tuple(Hit(entry, first, last) for entry, first, last in found if entry.measure == "attribution")


def _read(scene: Scene, kinds: Kinds, hits: Sequence[Found], attributions: list[Attribution]) -> Reading:
    voices = find_voices(scene, attributions)
    tone = assess_tone(scene.text)
    marks = _find_marks(scene, kinds, hits, attributions, voices, tone)
    return Reading(scene, attributions, voices, marks, tone.polarity, tone.subjectivity)


def _find_marks(
    scene: Scene, kinds: Kinds, hits: Sequence[Found], attributions: Sequence[Attribution], voices: Voices, tone: Tone
) -> Marks:
    """The hits that count and TextBlob's assessments, sorted by their place."""
    columns = scene.text.columns
    entry, first, last = np.array(hits, dtype=np.int64).reshape(-1, 3).T
    counts = ~(kinds.is_hedge[entry] & _holds_cue(scene, attributions, first, last))
    counts &= ~(kinds.is_no_name[entry] & _stands_in_name(scene.text, first))
    counts[counts] &= ~(kinds.is_loaded[entry[counts]] & in_scare_quotes(scene, voices, columns.starts[first[counts]]))
    places = [np.flatnonzero(counts & (measure[entry] >= 0)) for measure in (kinds.first_measure, kinds.second_measure)]
    measures = np.concatenate([kinds.first_measure[entry[places[0]]], kinds.second_measure[entry[places[1]]]])
    place = np.concatenate(places)
    starts, ends, polarities, _ = np.array(tone.assessments).reshape(-1, 4).T
    n = len(starts)
    columns_of_marks = (
        np.concatenate([measures, np.full(n, _CODES["tone"])]),
        np.concatenate([entry[place], np.full(n, len(kinds.ids) - 1)]),
        np.concatenate([columns.starts[first[place]], starts.astype(np.int64)]),
        np.concatenate([columns.ends[last[place]], ends.astype(np.int64)]),
        np.concatenate([kinds.weights[entry[place]], polarities]),
    )
    order = np.lexsort((columns_of_marks[0], columns_of_marks[3], columns_of_marks[2]))
    return Marks(scene.text, kinds, *(column[order] for column in columns_of_marks))


APPEARANCES = frozenset(("seem", "appear", "look"))
"""Verbs whose subject is not the one who thinks so: hedges, also where hand coding sees an attribution."""


def _keeps_hedges_out(one: Attribution) -> bool:
    """Whether a cue is no hedge: a verb of speech, or of belief with a source. “Nobody is the source” of what “appears to” be."""
    is_stated = one.source is not None or one.scope == "reported_speech"
    return one.mode != "hearsay" and is_stated and one.lemma not in APPEARANCES


def _holds_cue(scene: Scene, attributions: Sequence[Attribution], first: Ints, last: Ints) -> np.ndarray:
    """Whether any of the pieces first..last belongs to a cue that keeps hedges out."""
    is_cue = np.zeros(len(scene.text.columns.starts) + 1, dtype=np.int64)
    for one in attributions:
        if _keeps_hedges_out(one):
            pieces = scene.text.pieces(*one.cue)
            is_cue[pieces.start + 1 : pieces.stop + 1] = 1
    before = np.cumsum(is_cue)
    return before[last + 1] > before[first]


def _stands_in_name(text: Text, first: Ints) -> np.ndarray:
    """Whether a piece looks like (a part of) a name: a capital inside a sentence."""
    is_capital = IS_CAPITALISED.at(text.columns.forms.keys, text.columns.keys[first]) > 0
    return is_capital & ~np.isin(first, text.sentence_firsts)


def marks_table(readings: Sequence[Reading], outlets: pd.Series) -> pd.DataFrame:
    """The marks table (`COLUMNS`); all readings are of one matcher."""
    sizes = [len(reading.marks.starts) for reading in readings]
    if not sum(sizes):
        return pd.DataFrame([], columns=list(COLUMNS))
    article = np.repeat(np.arange(len(readings)), sizes)
    ids = [reading.scene.text.article for reading in readings]
    kinds, marks = readings[0].marks.kinds, [reading.marks for reading in readings]
    voiced = [reading.voices.look_up(reading.marks.starts) for reading in readings]
    return pd.DataFrame(dict(zip(COLUMNS, (
        _strings(ids).take(article), _strings(outlets).take(article),
        _strings(MEASURES).take(_joined(one.measures for one in marks)),
        _strings(kinds.categories).take(_joined(one.entries for one in marks)),
        _joined(one.starts for one in marks), _joined(one.ends for one in marks),
        _strings(chain.from_iterable(one.texts for one in marks)),
        _strings(kinds.ids).take(_joined(one.entries for one in marks)),
        _strings(VOICES).take(_joined(voice for voice, _ in voiced)),
        _strings(_attribution_ids(ids, [owners for _, owners in voiced])),
        _joined(reading.scene.text.sentences_of(reading.marks.starts) for reading in readings),
        _joined(one.weights for one in marks),
    ), strict=True)))  # fmt: skip


def _joined(parts: Iterable[np.ndarray]) -> np.ndarray:
    return np.concatenate(list(parts))


def _strings(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(values), dtype="str")


def _attribution_ids(articles: Sequence[str], owners: Sequence[Ints]) -> list[str]:
    return [
        f"{article}#{owner + 1}" if owner >= 0 else ""
        for article, some in zip(articles, owners, strict=True)
        for owner in some.tolist()
    ]
