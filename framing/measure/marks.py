"""Marks: every counted span with its entry, found in many articles at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np

from framing.corpus.kept import keep
from framing.measure.attributed import HEARSAY, Attributed, list_attributions
from framing.measure.attributions import find_attributions_of
from framing.measure.batch import Batch
from framing.measure.columns import Encoded, Strings, strings
from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.frames import FRAME_LEXICONS, IS_CAPITALISED, is_no_name
from framing.measure.hedges import APPEARANCES, has_no_source
from framing.measure.lexicon import load_lexicon
from framing.measure.loaded import in_scare_quotes
from framing.measure.matcher import Matcher
from framing.measure.meanings import CueHits, Entries, describe_entries
from framing.measure.scene import Scene
from framing.measure.text import Text, read_together
from framing.measure.tone import Tones, assess_tones
from framing.measure.voices import Voices, VoiceTable, find_voices

LEXICON_MEASURES = (
    "hedging", "uncertainty", "boosters", "approximators", "degree", "modality", "deliberation", "weasel", "loaded", "labels",
    *FRAME_LEXICONS,
)  # fmt: skip
"""Lexicons whose entries become marks."""
OPTIONAL_LEXICONS = ("agency", "strategy", "episodic_thematic")
"""Lexicons that leave no marks: `look_up` and `list_matches` count them where they are asked for."""
MEASURES = (*LEXICON_MEASURES, "tone")
"""All measures of the marks table."""
TONE_ENTRY, TONE_CATEGORY = "tone/textblob", "polarity"
_I, _T = ([ord(letter) for letter in letters] for letters in ("iI", "tT"))
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
    """The counted spans of a batch side by side, in text order; their texts are cut from the articles'."""

    batch: Batch
    """The articles."""
    kinds: Kinds
    """What the numbers of the entries stand for."""
    articles: Ints
    """Numbers of the articles."""
    measures: Ints
    """Codes of `MEASURES`."""
    entries: Ints
    """Numbers in `kinds`."""
    starts: Ints
    """Offsets of the first characters in the batch."""
    ends: Ints
    """Offsets after the last characters in the batch."""
    weights: np.ndarray
    """The entries' weights; for tone the polarity."""

    def __post_init__(self) -> None:
        """Refuse spans that hold no text."""
        first = self.batch.bases[self.articles]
        last = first + np.array([len(text.original) for text in self.batch.texts], dtype=np.int64)[self.articles]
        wrong = np.flatnonzero((self.starts < first) | (self.starts >= self.ends) | (self.ends > last))
        if len(wrong):
            article = self.batch.texts[self.articles[wrong[0]]].article
            raise ValueError(f"A mark of the article {article!r} holds none of its text.")

    @property
    def spans(self) -> Ints:
        """Offsets of the first and after the last characters in the articles; 2 x marks."""
        return np.stack([self.starts, self.ends]) - self.batch.bases[self.articles]

    def __iter__(self) -> Iterator[Mark]:
        """The marks one by one."""
        starts, ends = self.spans.tolist()
        texts = [self.batch.text[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]
        rows = zip(self.measures, self.entries, starts, ends, texts, self.weights.tolist(), strict=True)
        for measure, entry, start, end, text, weight in rows:
            yield Mark(MEASURES[measure], self.kinds.categories[entry], start, end, text, self.kinds.ids[entry], weight)


@dataclass(frozen=True)
class Kinds:
    """What the marks need to know of a matcher's entries, by number; the last number is tone's."""

    ids: Strings
    """As in the marks table."""
    categories: Strings
    """As in the marks table."""
    weights: np.ndarray
    """Weights."""
    measures: Ints
    """Codes of the measures that entries count for, or -1."""
    is_hedge: np.ndarray
    """Not counted where a cue of attribution stands."""
    is_no_name: np.ndarray
    """Not counted inside a name."""
    is_loaded: np.ndarray
    """Not counted in scare quotes."""
    is_cue: np.ndarray
    """Of the attribution lexicon."""


@cache
def _kinds(matcher: Matcher) -> Kinds:
    entries = matcher.entries
    return Kinds(
        ids=strings([*(entry.id for entry in entries), TONE_ENTRY]),
        categories=strings([*(entry.category for entry in entries), TONE_CATEGORY]),
        weights=np.array([entry.weight for entry in entries]),
        measures=np.array([_CODES.get(entry.measure, -1) for entry in entries]),
        is_hedge=np.array([entry.measure == "hedging" and not has_no_source(entry) for entry in entries]),
        is_no_name=np.array([is_no_name(entry) for entry in entries]),
        is_loaded=np.array([entry.measure == "loaded" for entry in entries]),
        is_cue=np.array([entry.measure == "attribution" for entry in entries]),
    )


@dataclass(frozen=True)
class Readings:
    """Everything that was found in a batch of articles."""

    batch: Batch
    """The texts with their quotations."""
    attributions: Attributed
    """Who says what."""
    voices: VoiceTable
    """Who speaks where."""
    marks: Marks
    """The counted spans."""
    tones: Tones
    """TextBlob's polarity and subjectivity."""

    @cached_property
    def articles(self) -> Ints:
        """The articles of the attributions."""
        return self.batch.articles_at(self.attributions.cues[:, 0])

    @cached_property
    def encoded(self) -> Encoded:
        """The texts as they were read, in one row."""
        return Encoded(self.batch.text)

    @cached_property
    def attribution_ids(self) -> Strings:
        """Nothing, and the ids of the attributions behind it."""
        sizes = np.bincount(self.articles, minlength=len(self.batch.texts)).tolist()
        ids = [[f"{text.article}#{n}" for n in range(1, size + 1)] for text, size in zip(self.batch.texts, sizes, strict=True)]
        return strings(["", *chain.from_iterable(ids)])


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


@cache
def _entries(matcher: Matcher) -> Entries:
    return describe_entries(matcher.entries)


@cache
def build_matcher() -> Matcher:
    """The matcher over all lexicons of the package (sources aside, which are looked up inside source phrases only)."""
    lexicons = [load_lexicon(name) for name in (*LEXICON_MEASURES, "attribution")]
    return Matcher(lexicons, keep("matcher", lambda: Matcher(lexicons).tables))


def read_article(text: Text, matcher: Matcher) -> Reading:
    """Finds attributions, voices and marks in one article."""
    readings = read_articles([text], matcher)
    found = list_attributions(readings.batch, readings.attributions)[0]
    return Reading(readings.batch.scenes[0], found, readings.voices.listed(), readings.marks)


def read_articles(texts: Sequence[Text], matcher: Matcher) -> Readings:
    """Finds attributions, voices and marks in several articles."""
    batch = Batch([Scene(text) for text in read_together(texts)])
    hits, kinds = matcher.find_rows(batch.surface), _kinds(matcher)
    cues = hits[kinds.is_cue[hits[:, 0]]]
    attributions = find_attributions_of(batch, CueHits(_entries(matcher), *cues.T))
    voices, tones = find_voices(batch, attributions), assess_tones(batch.texts)
    found = _find_marks(batch, kinds, hits, attributions, voices)
    marks = _sorted_marks(batch, kinds, [found, _tone_marks(batch, kinds, tones)])
    return Readings(batch, attributions, voices, marks, tones)


_Columns: TypeAlias = tuple[Ints, Ints, Ints, Ints, Ints, np.ndarray]
"""The columns of `Marks`."""


def _find_marks(batch: Batch, kinds: Kinds, hits: Ints, attributions: Attributed, voices: VoiceTable) -> _Columns:
    """The hits that count."""
    entry, first, last = hits.T
    counts = ~(kinds.is_hedge[entry] & _holds_cue(batch, attributions, first, last))
    counts[kinds.is_no_name[entry]] &= ~_stands_in_name(batch, first[kinds.is_no_name[entry]])
    loaded = kinds.is_loaded[entry]
    counts[loaded] &= ~in_scare_quotes(batch, voices, batch.piece_starts[first[loaded]])
    place = np.flatnonzero(counts & (kinds.measures[entry] >= 0))
    starts, ends = batch.piece_starts[first[place]], batch.piece_ends[last[place]]
    articles = batch.articles_at(starts)
    return articles, kinds.measures[entry[place]], entry[place], starts, ends, kinds.weights[entry[place]]


def _tone_marks(batch: Batch, kinds: Kinds, tones: Tones) -> _Columns:
    """TextBlob's assessments."""
    n, base = len(tones.starts), batch.bases[tones.articles]
    measures, entries = np.full(n, _CODES["tone"]), np.full(n, len(kinds.ids) - 1)
    return tones.articles, measures, entries, tones.starts + base, tones.ends + base, tones.polarities


def _sorted_marks(batch: Batch, kinds: Kinds, parts: Sequence[_Columns]) -> Marks:
    """Marks sorted by their place."""
    articles, measures, entries, starts, ends, weights = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((measures, ends, starts))
    return Marks(batch, kinds, *(column[order] for column in (articles, measures, entries, starts, ends, weights)))


def _holds_cue(batch: Batch, found: Attributed, first: Ints, last: Ints) -> np.ndarray:
    """Whether any of the pieces first..last belongs to a cue that keeps hedges out; not where its source ("nobody knows") stands
    there, too."""
    some = np.flatnonzero(_keep_hedges_out(batch, found))
    n = len(batch.piece_starts) + 1
    places = np.searchsorted(batch.piece_starts, np.stack([*found.cues[some].T, found.sources[some, 0]]))
    starts, ends, sources = (np.bincount(place, minlength=n) for place in places)
    cues_before, sources_before = (np.append(0, np.cumsum(held)) for held in (np.cumsum(starts - ends) > 0, sources))
    return (cues_before[last + 1] > cues_before[first]) & (sources_before[last + 1] == sources_before[first])


def _keep_hedges_out(batch: Batch, found: Attributed) -> np.ndarray:
    """Which cues are no hedges: somebody says or believes so. Nobody is the source of what "is said" or "appears to" be, and of
    "it is too early to say"."""
    said = np.array([lemma not in APPEARANCES for lemma in found.lemmas.tolist()], dtype=bool)
    characters, (starts, ends) = batch.surface.characters, found.sources.T
    is_it = (ends - starts == 2) & np.isin(characters[starts], _I) & np.isin(characters[ends - 1], _T)
    return found.is_sourced & said & (found.modes != HEARSAY) & ~is_it


def _stands_in_name(batch: Batch, first: Ints) -> np.ndarray:
    """Whether a piece looks like (a part of) a name: a capital inside a sentence."""
    return (batch.values_at(IS_CAPITALISED, first) > 0) & ~batch.opens_sentence[first]
