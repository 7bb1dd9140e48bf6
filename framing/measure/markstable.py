"""The marks table: one row for every counted span, with its entry, its voice and the attribution it stands in."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from framing.measure.attributed import Attributed
from framing.measure.batch import Batch
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
        strings(VOICES).take(voices), strings(["", *attribution_ids(batch, readings.attributions)]).take(owners + 1),
        batch.sentences_of(marks.articles, marks.starts), marks.weights,
    ), strict=True)))  # fmt: skip


def strings(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    """Strings as a column of a table."""
    return pd.array(list(values), dtype="str")


def attribution_ids(batch: Batch, found: Attributed) -> list[str]:
    """The ids of attributions."""
    sizes = np.bincount(batch.articles_at(found.cues[:, 0]), minlength=len(batch.texts)).tolist()
    return [f"{text.article}#{number}" for text, n in zip(batch.texts, sizes, strict=True) for number in range(1, n + 1)]
