"""The marks table: one row for every counted span, with its entry, its voice and the attribution it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.marks import MEASURES, Readings
from framing.measure.voices import VOICES

COLUMNS = (
    "article", "outlet", "measure", "category", "start", "end", "text", "entry", "voice", "attribution", "sentence", "weight",
)  # fmt: skip


def marks_table(readings: Readings, outlets: Iterable[str]) -> pd.DataFrame:
    """The marks table (`COLUMNS`)."""
    marks, batch = readings.marks, readings.batch
    if not len(marks.starts):
        return pd.DataFrame([], columns=list(COLUMNS))
    ids, kinds = [text.article for text in batch.texts], marks.kinds
    voices, owners = readings.voices.look_up(marks.starts)
    return pd.DataFrame(dict(zip(COLUMNS, (
        strings(ids).take(marks.articles), strings(outlets).take(marks.articles), strings(MEASURES).take(marks.measures),
        strings(kinds.categories).take(marks.entries), *marks.spans, strings(marks.texts), strings(kinds.ids).take(marks.entries),
        strings(VOICES).take(voices), _attribution_ids(ids, readings.attributions, marks.articles, owners),
        batch.sentences_of(marks.articles, marks.starts), marks.weights,
    ), strict=True)))  # fmt: skip


def strings(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    """Strings as a column of a table."""
    return pd.array(list(values), dtype="str")


def _attribution_ids(
    ids: Sequence[str], attributions: Sequence[Sequence[Attribution]], articles: Ints, owners: Ints
) -> pd.api.extensions.ExtensionArray:
    """The ids of attributions that are given by their articles and their indices within them; empty for the index -1."""
    sizes = list(map(len, attributions))
    all_ids = [f"{article}#{number}" for article, size in zip(ids, sizes, strict=True) for number in range(1, size + 1)]
    firsts = np.cumsum(sizes) - sizes
    return strings(["", *all_ids]).take(np.where(owners >= 0, firsts[articles] + owners + 1, 0))
