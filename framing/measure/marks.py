"""Marks: every counted span with its entry, found in many articles at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat
from typing import NamedTuple, TypeAlias

import numpy as np

from framing.measure.attributions import find_attributions_of
from framing.measure.batch import Batch
from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.frames import FRAME_LEXICONS, IS_CAPITALISED, is_no_name
from framing.measure.hedges import APPEARANCES, has_no_source
from framing.measure.lexicon import load_lexicon
from framing.measure.loaded import in_scare_quotes
from framing.measure.matcher import Hit, Matcher
from framing.measure.scene import Scene
from framing.measure.spans import Span
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

    @property
    def texts(self) -> list[str]:
        """The spans' texts."""
        row = self.batch.text
        return [row[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def __iter__(self) -> Iterator[Mark]:
        """The marks one by one."""
        starts, ends = self.spans.tolist()
        rows = zip(self.measures, self.entries, starts, ends, self.texts, self.weights.tolist(), strict=True)
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
        ids=[*(entry.id for entry in entries), TONE_ENTRY],
        categories=[*(entry.category for entry in entries), TONE_CATEGORY],
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
    attributions: list[list[Attribution]]
    """Of each article who says what."""
    voices: VoiceTable
    """Who speaks where."""
    marks: Marks
    """The counted spans."""
    tones: Tones
    """TextBlob's polarity and subjectivity."""


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
def build_matcher() -> Matcher:
    """The matcher over all lexicons of the package (sources aside, which are looked up inside source phrases only)."""
    return Matcher(load_lexicon(name) for name in (*LEXICON_MEASURES, "attribution"))


def read_article(text: Text, matcher: Matcher) -> Reading:
    """Finds attributions, voices and marks in one article."""
    readings = read_articles([text], matcher)
    return Reading(readings.batch.scenes[0], readings.attributions[0], readings.voices.listed(), readings.marks)


def read_articles(texts: Sequence[Text], matcher: Matcher) -> Readings:
    """Finds attributions, voices and marks in several articles."""
    texts = read_together(texts)
    hits = _find_hits(texts, matcher)
    scenes = [Scene(text, cues) for text, cues in zip(texts, _cues(matcher, hits), strict=True)]
    return _read(Batch(scenes), _kinds(matcher), hits, find_attributions_of(scenes))


def _find_hits(texts: Sequence[Text], matcher: Matcher) -> list[Ints]:
    """Entry, first and last piece of the hits in each of some texts that are read together."""
    if not texts:
        return []
    surface = texts[0].place.surface
    rows = matcher.find_rows(surface)
    begin = np.searchsorted(rows[:, 1], surface.pieces)
    rows[:, 1:] -= np.repeat(surface.pieces[:-1], np.diff(begin))[:, None]
    return [rows[first:stop] for first, stop in pairwise(begin.tolist())]


def _cues(matcher: Matcher, hits: Sequence[Ints]) -> Iterator[tuple[Hit, ...]]:
    """Of the hits in each of some texts, those of the attribution lexicon."""
    is_cue, entries = _kinds(matcher).is_cue, matcher.entries
    for rows in hits:
        entry, first, last = rows[is_cue[rows[:, 0]]].T.tolist()
        columns = zip(map(entries.__getitem__, entry), first, last, strict=True)
        yield tuple(map(tuple.__new__, repeat(Hit), columns))  # what Hit(...) does, in half the time


def _read(batch: Batch, kinds: Kinds, hits: Sequence[Ints], attributions: list[list[Attribution]]) -> Readings:
    voices, tones = find_voices(batch, attributions), assess_tones(batch.texts)
    found = _find_marks(batch, kinds, hits, attributions, voices)
    marks = _sorted_marks(batch, kinds, [found, _tone_marks(batch, kinds, tones)])
    return Readings(batch, attributions, voices, marks, tones)


_Columns: TypeAlias = tuple[Ints, Ints, Ints, Ints, Ints, np.ndarray]
"""The columns of `Marks`."""


def _find_marks(
    batch: Batch, kinds: Kinds, hits: Sequence[Ints], attributions: Sequence[Sequence[Attribution]], voices: VoiceTable
) -> _Columns:
    """The hits that count."""
    entry, first, last = np.concatenate([np.zeros((0, 3), dtype=np.int64), *hits]).T
    article = np.repeat(np.arange(len(hits)), list(map(len, hits)))
    first, last = first + batch.first_pieces[article], last + batch.first_pieces[article]
    counts = ~(kinds.is_hedge[entry] & _holds_cue(batch, attributions, first, last))
    counts[kinds.is_no_name[entry]] &= ~_stands_in_name(batch, first[kinds.is_no_name[entry]])
    loaded = kinds.is_loaded[entry]
    counts[loaded] &= ~in_scare_quotes(batch, voices, batch.piece_starts[first[loaded]])
    place = np.flatnonzero(counts & (kinds.measures[entry] >= 0))
    starts, ends = batch.piece_starts[first[place]], batch.piece_ends[last[place]]
    return article[place], kinds.measures[entry[place]], entry[place], starts, ends, kinds.weights[entry[place]]


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


def _keeps_hedges_out(one: Attribution) -> bool:
    """Whether a cue is no hedge: somebody says or believes so. Nobody is the source of what "is said" or "appears to" be."""
    return one.mode != "hearsay" and one.source is not None and one.lemma not in APPEARANCES


def _is_nobody(batch: Batch, article: int, source: Span) -> bool:
    """Whether a source is the "it" of "it is too early to say"."""
    return batch.texts[article].original[slice(*source)].lower() == "it"


def _holds_cue(batch: Batch, attributions: Sequence[Sequence[Attribution]], first: Ints, last: Ints) -> np.ndarray:
    """Whether any of the pieces first..last belongs to a cue that keeps hedges out; not where its source ("nobody knows") stands
    there, too."""
    cues = [
        (article, *one.cue, one.source[0])
        for article, some in enumerate(attributions)
        for one in some
        if one.source is not None and _keeps_hedges_out(one) and not _is_nobody(batch, article, one.source)
    ]
    article, *places = np.array(cues, dtype=np.int64).reshape(-1, 4).T
    n = len(batch.piece_starts) + 1
    starts, ends, sources = (np.searchsorted(batch.piece_starts, at + batch.bases[article]) for at in places)
    held = np.cumsum(np.bincount(starts, minlength=n) - np.bincount(ends, minlength=n)) > 0
    cues_before, sources_before = (np.append(0, np.cumsum(some)) for some in (held, np.bincount(sources, minlength=n)))
    return (cues_before[last + 1] > cues_before[first]) & (sources_before[last + 1] == sources_before[first])


def _stands_in_name(batch: Batch, first: Ints) -> np.ndarray:
    """Whether a piece looks like (a part of) a name: a capital inside a sentence."""
    return (batch.values_at(IS_CAPITALISED, first) > 0) & ~batch.opens_sentence[first]
