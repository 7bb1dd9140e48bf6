"""The attributions table: one row for every attribution, with who its source is (see `framing.measure.speakers`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.markstable import strings
from framing.measure.scene import Scene
from framing.measure.spans import Span
from framing.measure.speakers import resolve_together, share_surface

if TYPE_CHECKING:
    from framing.measure.surface import Surface

COLUMNS = (
    "article", "outlet", "attribution", "scope", "mode", "stance", "cue", "cue_start", "cue_end", "lemma", "source",
    "source_start", "source_end", "speaker", "source_type", "naming", "content", "n_content_words", "precision",
    "probability",
)  # fmt: skip


def attributions_table(scenes: Sequence[Scene], outlets: Iterable[str], found: Sequence[Sequence[Attribution]]) -> pd.DataFrame:
    """The attributions table (`COLUMNS`) of some articles; an absent source or cue has empty text and start = end."""
    all_found = list(chain.from_iterable(found))
    if not all_found:
        return pd.DataFrame([], columns=list(COLUMNS))
    texts = share_surface([scene.text for scene in scenes])
    sizes = list(map(len, found))
    article = np.repeat(np.arange(len(texts)), sizes)
    sources = chain.from_iterable(resolve_together(texts, [[one.source for one in some] for some in found]))
    speaker, source_type, naming = (strings(column) for column in zip(*sources, strict=True))
    cues, spans = [one.cue for one in all_found], [one.source or (one.cue[0], one.cue[0]) for one in all_found]
    originals = list(chain.from_iterable([text.original] * size for text, size in zip(texts, sizes, strict=True)))
    ids = [f"{text.article}#{number + 1}" for text, size in zip(texts, sizes, strict=True) for number in range(size)]
    scope, mode, stance, lemma, precision = (
        [getattr(one, name) for one in all_found] for name in ("scope", "mode", "stance", "lemma", "precision")
    )
    columns = (
        strings(text.article for text in texts).take(article), strings(outlets).take(article), strings(ids),
        strings(scope), strings(mode), strings(stance), strings(_cut(originals, cues)), *np.array(cues).T, strings(lemma),
        strings(_cut(originals, spans)), *np.array(spans).T, speaker, source_type, naming,
        strings(_spell(one.content) for one in all_found), _count_words(texts[0].place.surface, article, all_found),
        np.array(precision), np.array([round(one.probability, 3) for one in all_found]),
    )  # fmt: skip
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _cut(texts: Sequence[str], spans: Sequence[Span]) -> list[str]:
    """The stretches at spans of texts."""
    return [text[start:end] for text, (start, end) in zip(texts, spans, strict=True)]


def _spell(spans: Sequence[Span]) -> str:
    """Spans as JSON has them: "[[31, 40], [52, 60]]"."""
    return str(list(map(list, spans)))


def _count_words(surface: Surface, article: Ints, found: Sequence[Attribution]) -> Ints:
    """The words of each attribution's content: of the pieces that no hyphen or clitic joins to the one before."""
    words = surface.columns.starts[surface.columns.joints == 0]
    sizes = [len(one.content) for one in found]
    spans = np.array([span for one in found for span in one.content], dtype=np.int64).reshape(-1, 2)
    starts, stops = np.searchsorted(words, (spans + np.repeat(surface.begin[article], sizes)[:, None]).T)
    counts = np.append(0, np.cumsum(stops - starts))
    return np.diff(counts[np.append(0, np.cumsum(sizes))])
