"""The attributions table: one row for every attribution, with who its source is (see `framing.measure.speakers`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import pandas as pd

from framing.measure.cues import Attribution
from framing.measure.scene import Scene
from framing.measure.spans import Span
from framing.measure.speakers import Source, resolve_together
from framing.measure.text import Text

COLUMNS = (
    "article", "outlet", "attribution", "scope", "mode", "stance", "cue", "cue_start", "cue_end", "lemma", "source",
    "source_start", "source_end", "speaker", "source_type", "naming", "content", "n_content_words", "precision",
    "probability",
)  # fmt: skip
_STRINGS = frozenset("article outlet attribution scope mode stance cue lemma source speaker source_type naming content".split())


def attributions_table(scenes: Sequence[Scene], outlets: Iterable[str], found: Sequence[Sequence[Attribution]]) -> pd.DataFrame:
    """The attributions table (`COLUMNS`) of some articles; an absent source or cue has empty text and start = end."""
    sources = resolve_together([scene.text for scene in scenes], [[one.source for one in some] for some in found])
    rows = chain.from_iterable(map(_rows, scenes, outlets, found, sources))
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    if not columns[0]:
        return pd.DataFrame([], columns=list(COLUMNS))
    named = zip(COLUMNS, columns, strict=True)
    return pd.DataFrame({name: pd.array(column, dtype="str") if name in _STRINGS else np.array(column) for name, column in named})


def _rows(
    scene: Scene, outlet: str, attributions: Sequence[Attribution], sources: Sequence[Source]
) -> Iterator[tuple[object, ...]]:
    text, original = scene.text, scene.text.original
    for number, (one, who) in enumerate(zip(attributions, sources, strict=True), start=1):
        (cue_start, cue_end), (start, end) = one.cue, one.source or (one.cue[0], one.cue[0])
        yield (
            text.article, outlet, f"{text.article}#{number}", one.scope, one.mode, one.stance, original[cue_start:cue_end],
            cue_start, cue_end, one.lemma, original[start:end], start, end, who.speaker, who.source_type, who.naming,
            _spell(one.content), _count_words(text, one.content), one.precision, round(one.probability, 3),
        )  # fmt: skip


def _spell(spans: Sequence[Span]) -> str:
    """Spans as JSON has them: "[[31, 40], [52, 60]]"."""
    return "[" + ", ".join([f"[{start}, {end}]" for start, end in spans]) + "]"


def _count_words(text: Text, spans: Sequence[Span]) -> int:
    return sum([text.count_words(start, end) for start, end in spans])
