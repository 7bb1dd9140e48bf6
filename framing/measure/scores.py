"""The scores table: one row per article, integer counts and exposures, summed from the other tables and from nothing else."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NoReturn

import numpy as np
import pandas as pd
from tqdm import tqdm

from framing.corpus.articles import COLUMNS as ARTICLE_COLUMNS
from framing.corpus.cleaning import COLUMNS as EXCLUDED_COLUMNS
from framing.corpus.cleaning import exclude_furniture
from framing.corpus.progress import follow, progress_bar
from framing.corpus.readers import ArticlesError
from framing.measure import marks as what
from framing.measure.attributed import MODES
from framing.measure.attributiontable import COLUMNS as ATTRIBUTION_COLUMNS
from framing.measure.attributiontable import attributions_table
from framing.measure.collecting import held_back, keep_freed_memory
from framing.measure.columns import strings
from framing.measure.forms import Ints
from framing.measure.lexicon import load_lexicon
from framing.measure.marks import Readings, build_matcher, read_articles
from framing.measure.markstable import COLUMNS as MARK_COLUMNS
from framing.measure.markstable import marks_table
from framing.measure.matcher import Matcher
from framing.measure.overview import overview_html, overview_text
from framing.measure.scene import Scene
from framing.measure.text import Text
from framing.measure.voices import VOICES, Voices, count_voices, cut_voices, is_voiced

SENTENCE_COLUMNS = (
    "article", "sentence", "start", "end", "n_words", "n_words_journalist", "n_words_quoted", "n_words_reported",
)  # fmt: skip
TONE_COLUMNS = ("article", "tone_polarity", "tone_subjectivity")
BATCH = 128
"""Articles that are read together (chosen: enough to share what costs by the table, few enough to stay in memory)."""
CATEGORISED = ("labels", "generic_frames", "policy_frames", "war_peace", "loaded", "weasel", "approximators")
"""Measures that are also counted by category: `generic_frames_conflict`, `generic_frames_conflict_journalist` ..."""
STANCES = (
    "neutral", "assertive", "factive", "doubt", "tentative", "cognitive", "expressive", "commissive", "directive", "oppositional",
    "characterising", "manner",
)  # fmt: skip
SOURCE_TYPES = (
    "official", "former_official", "international_body", "military", "expert", "media", "civil_society", "company", "citizen",
    "document", "event", "none",
)  # fmt: skip
NAMINGS = (
    "named_person", "named_role", "institution", "country_metonym", "unnamed_official", "spokesperson", "expert", "pronoun",
    "vague",
    "agentless",
)  # fmt: skip


@dataclass(frozen=True)
class Annotated:
    """A corpus with everything that was found in it, as tables."""

    articles: pd.DataFrame
    """One row per article, as read."""
    marks: pd.DataFrame
    """One row per counted span: article outlet measure category start end text entry voice attribution sentence weight."""
    attributions: pd.DataFrame
    """One row per attribution: who says what, with offsets of source, cue and content."""
    excluded: pd.DataFrame
    """One row per span of page furniture: article start end rule text."""
    sentences: pd.DataFrame
    """One row per sentence: offsets and words by voice."""
    tone: pd.DataFrame
    """One row per article: TextBlob's polarity and subjectivity."""

    def __repr__(self) -> str:
        """How much there is, and what a row of each table is."""
        return overview_text({field.name: getattr(self, field.name) for field in fields(self)})

    def _repr_html_(self) -> str:
        return overview_html({field.name: getattr(self, field.name) for field in fields(self)})


def annotate(
    articles: pd.DataFrame, *, furniture: bool = False, excluded: pd.DataFrame | None = None, progress: bool | None = None
) -> Annotated:
    """Find page furniture, attributions, voices and marks in every article.

    `furniture=True` counts page furniture like any other text (for robustness runs); by default it is listed in `.excluded` and
    nothing in it is counted. `excluded` gives the furniture where it was found beforehand, for articles that are part of a corpus
    (see `exclude_furniture`). `progress` shows a bar (default: where it is seen). Offsets are half-open code points
    into the article's text exactly as read.

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> annotated = annotate(read_articles(DEMO).head(1))
    >>> annotated.attributions.loc[3, ["source", "cue", "mode"]].tolist()
    ['She', 'told', 'indirect']
    """
    missing = [name for name in ("article", "outlet", "title", "text") if name not in articles.columns]
    if missing:
        raise ArticlesError(f"The articles table has no column {missing[0]!r}; make it with read_articles(your_table).")
    excluded = exclude_furniture(articles, progress=progress) if excluded is None else excluded
    if furniture:
        excluded = excluded.head(0)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for article, start, end in zip(*(excluded[name].tolist() for name in ("article", "start", "end")), strict=True):
        spans[article].append((start, end))
    matcher = build_matcher()
    keep_freed_memory()
    with progress_bar("annotating", len(articles), progress, unit="articles") as bar:
        batches = [articles.iloc[first : first + BATCH] for first in range(0, max(len(articles), 1), BATCH)]
        tables = []
        for batch in batches:
            with held_back():
                tables.append(_read(batch, spans, matcher, bar))
    marks, attributions, sentences, tone = (_joined(parts) for parts in zip(*tables, strict=True))
    return Annotated(
        articles=articles,
        marks=marks,
        attributions=attributions,
        excluded=excluded.reindex(columns=list(EXCLUDED_COLUMNS)),
        sentences=sentences,
        tone=tone,
    )


def _read(
    articles: pd.DataFrame, excluded: Mapping[str, Sequence[tuple[int, int]]], matcher: Matcher, bar: tqdm[NoReturn]
) -> tuple[pd.DataFrame, ...]:
    """The tables of some articles: marks, attributions, sentences, tone. What was read of the texts is forgotten afterwards."""
    outlets = articles["outlet"]
    rows = zip(articles["article"], articles["text"], strict=True)
    texts = [Text(article, original, tuple(excluded.get(article, ()))) for article, original in rows]
    if not texts:
        return tuple(
            pd.DataFrame([], columns=list(columns))
            for columns in (MARK_COLUMNS, ATTRIBUTION_COLUMNS, SENTENCE_COLUMNS, TONE_COLUMNS)
        )
    readings = read_articles(texts, matcher)
    ids = articles["article"].tolist()
    tone = dict(zip(TONE_COLUMNS, (ids, readings.tones.polarity, readings.tones.subjectivity), strict=True))
    bar.update(len(texts))
    return (
        marks_table(readings, outlets),
        attributions_table(readings, outlets),
        _sentences_table(readings),
        pd.DataFrame(tone),
    )


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One table under the other; an empty one has no types and is left out."""
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _sentences_table(readings: Readings) -> pd.DataFrame:
    batch = readings.batch
    if not len(batch.sentences):
        return pd.DataFrame([], columns=list(SENTENCE_COLUMNS))
    article = np.repeat(np.arange(len(batch.texts)), batch.n_sentences)
    counts = count_voices(batch, readings.voices)
    columns = (
        strings(text.article for text in batch.texts).take(article), batch.sentences_of(article, batch.sentences[:, 0]),
        *(batch.sentences.T - batch.bases[article]), counts.sum(axis=1), *counts.T,
    )  # fmt: skip
    return pd.DataFrame(dict(zip(SENTENCE_COLUMNS, columns, strict=True)))


def article_voices(annotated: Annotated, article: str) -> Voices:
    """Who speaks where in one article of an annotated corpus, rebuilt from its tables."""
    rows = annotated.articles[annotated.articles["article"] == article]
    excluded = annotated.excluded[annotated.excluded["article"] == article]
    text = Text(article, str(rows["text"].iloc[0]), tuple(zip(excluded["start"], excluded["end"], strict=True)))
    who = annotated.attributions[annotated.attributions["article"] == article]
    contents = [
        [(start, end) for start, end in json.loads(row.content)] if is_voiced(row.scope, row.mode) else []
        for row in who.itertuples()
    ]
    return cut_voices(Scene(text), contents)


def score_articles(annotated: Annotated, *, progress: bool | None = None) -> pd.DataFrame:
    """One row per article: exposures in words and one integer count for each measure, category and voice.

    Columns: `article outlet story topic date`; `n_words n_sentences n_words_journalist n_words_quoted n_words_reported` (the
    three add up to `n_words`); `n_attributions` and its parts by mode, stance, source type and naming (scope reported_speech);
    `<measure>` and `<measure>_<voice>`; for measures with categories also `<measure>_<category>[_<voice>]`. `tone` counts
    TextBlob's assessments; `tone_polarity` and `tone_subjectivity` are TextBlob's own means, the only columns that are not
    counts. `progress` shows a bar (default: where it is seen).

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> scores = score_articles(annotate(read_articles(DEMO).head(2)))
    >>> bool((scores.filter(regex="^n_words_").sum(axis=1) == scores["n_words"]).all())
    True
    """
    identity = [name for name in ("article", "outlet", "story", "topic", "date") if name in ARTICLE_COLUMNS]
    scores = annotated.articles[identity].reset_index(drop=True)
    parts = [
        (_exposures, annotated.sentences),
        (_attribution_counts, annotated.attributions),
        (_mark_counts, annotated.marks),
    ]
    found = [count(table) for count, table in follow(parts, "counting", progress, unit="tables")]
    counts = pd.concat([part.reindex(scores["article"], fill_value=0) for part in found], axis=1).astype("int64")
    scores = pd.concat([scores, counts.reset_index(drop=True)], axis=1)
    return scores.join(annotated.tone.set_index("article"), on="article")


def _exposures(sentences: pd.DataFrame) -> pd.DataFrame:
    by_article = sentences.groupby("article")
    words = by_article[["n_words", *(f"n_words_{voice}" for voice in VOICES)]].sum()
    words.insert(1, "n_sentences", by_article.size())
    return words


def _attribution_counts(attributions: pd.DataFrame) -> pd.DataFrame:
    speech = attributions[attributions["scope"] == "reported_speech"]
    article, articles = pd.factorize(speech["article"])
    words = speech["n_content_words"].to_numpy(dtype=np.int64)
    counts = {
        "n_attributions": np.bincount(article, minlength=len(articles)),
        "n_attributed_words": np.bincount(article, weights=words, minlength=len(articles)),
    }
    parts: Mapping[str, tuple[str, ...]] = {
        "mode": MODES,
        "stance": STANCES,
        "source_type": SOURCE_TYPES,
        "naming": NAMINGS,
    }
    for column, values in parts.items():
        codes = pd.Categorical(speech[column], categories=values).codes
        for code, value in enumerate(values):
            counts[f"attributions_{column}_{value}"] = np.bincount(article[codes == code], minlength=len(articles))
    return pd.DataFrame(counts, index=articles)


def _mark_counts(marks: pd.DataFrame) -> pd.DataFrame:
    article, articles = pd.factorize(marks["article"])
    voice = pd.Categorical(marks["voice"], categories=VOICES).codes
    measures = pd.Categorical(marks["measure"], categories=what.MEASURES).codes
    category, categories = pd.factorize(marks["category"])
    counts: dict[str, Ints] = {}
    for code, measure in enumerate(what.MEASURES):
        chosen = measures == code
        counts |= _count_marks(measure, article[chosen], voice[chosen], len(articles))
        of_measure = article[chosen], voice[chosen], category[chosen]
        for name in _categories(measure):
            some = of_measure[2] == (categories.get_loc(name) if name in categories else -1)
            counts |= _count_marks(f"{measure}_{name}", of_measure[0][some], of_measure[1][some], len(articles))
    return pd.DataFrame(counts, index=articles)


def _count_marks(name: str, article: Ints, voice: Ints, n: int) -> dict[str, Ints]:
    """Of some marks, those of each of n articles, altogether and by voice."""
    by_voice = np.array([np.bincount(article[voice == code], minlength=n) for code in range(len(VOICES))])
    return {name: by_voice.sum(axis=0), **{f"{name}_{of}": some for of, some in zip(VOICES, by_voice, strict=True)}}


def _categories(measure: str) -> list[str]:
    if measure not in CATEGORISED:
        return []
    return list(dict.fromkeys(entry.category for entry in load_lexicon(measure)))
