"""The attributions table: one row for every attribution, with who its source is (see `framing.measure.speakers`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

import numpy as np
import pandas as pd

from framing.measure.attributed import MODES, Attributed
from framing.measure.batch import Batch
from framing.measure.columns import strings
from framing.measure.forms import Ints
from framing.measure.marks import Readings
from framing.measure.speakers import Source, resolve_together

COLUMNS = (
    "article", "outlet", "attribution", "scope", "mode", "stance", "cue", "cue_start", "cue_end", "lemma", "source",
    "source_start", "source_end", "speaker", "source_type", "naming", "content", "n_content_words", "precision",
    "probability",
)  # fmt: skip


def attributions_table(readings: Readings, outlets: Iterable[str]) -> pd.DataFrame:
    """The attributions table (`COLUMNS`) of some articles; an absent source or cue has empty text and start = end."""
    batch, found, article = readings.batch, readings.attributions, readings.articles
    if not found.n:
        return pd.DataFrame([], columns=list(COLUMNS))
    speaker, source_type, naming = (strings(column) for column in zip(*_resolve(batch, found, article), strict=True))
    scope, stance, lemma = (strings(column.tolist()) for column in (found.scopes, found.stances, found.lemmas))
    base, sources = batch.bases[article][:, None], np.where(found.is_sourced[:, None], found.sources, found.cues[:, :1])
    cut = readings.encoded.cut
    columns = (
        strings(text.article for text in batch.texts).take(article), strings(outlets).take(article),
        readings.attribution_ids[1:], scope, strings(MODES).take(found.modes), stance,
        cut(*found.cues.T), *(found.cues - base).T, lemma, cut(*sources.T), *(sources - base).T,
        speaker, source_type, naming, strings(_spell(found, batch.bases[article])),
        found.sum_stretches(batch.count_words(*found.content.T)), found.precisions,
        np.array([round(probability, 3) for probability in found.probabilities.tolist()]),
    )  # fmt: skip
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _resolve(batch: Batch, found: Attributed, article: Ints) -> Iterator[Source]:
    """Who the sources are."""
    offsets = (found.sources - batch.bases[article][:, None]).tolist()
    spans = [(start, end) if sourced else None for (start, end), sourced in zip(offsets, found.is_sourced.tolist(), strict=True)]
    begin = np.searchsorted(article, np.arange(len(batch.texts) + 1)).tolist()
    return chain.from_iterable(resolve_together(batch.texts, [spans[first:stop] for first, stop in pairwise(begin)]))


def _spell(found: Attributed, base: Ints) -> Iterator[str]:
    """Contents as JSON has them: "[[31, 40], [52, 60]]"."""
    spans = [f"[{start}, {end}]" for start, end in (found.content - base[found.owners][:, None]).tolist()]
    return (f"[{', '.join(spans[first:stop])}]" for first, stop in pairwise(found.begin.tolist()))
