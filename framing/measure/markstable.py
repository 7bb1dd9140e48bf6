"""The marks table: one row for every counted span, with its entry, its voice and the attribution it stands in."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from framing.measure.columns import strings
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
    ids, kinds = strings(text.article for text in batch.texts), marks.kinds
    voices, owners = readings.voices.look_up(marks.starts)
    return pd.DataFrame(dict(zip(COLUMNS, (
        ids.take(marks.articles), strings(outlets).take(marks.articles), strings(MEASURES).take(marks.measures),
        kinds.categories.take(marks.entries), *marks.spans, readings.encoded.cut(marks.starts, marks.ends),
        kinds.ids.take(marks.entries), strings(VOICES).take(voices), readings.attribution_ids.take(owners + 1),
        batch.sentences_of(marks.articles, marks.starts), marks.weights,
    ), strict=True)))  # fmt: skip
