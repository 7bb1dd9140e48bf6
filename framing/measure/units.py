"""An article as a row of units for the linear models: words, colons, and whole quotations, each with its attributes as codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.measure.lemmas import find_lemma
from framing.measure.quotations import Quotation
from framing.measure.scene import Scene
from framing.measure.vocabulary import COLON, GAPS, QUOTATION, gap_code
from framing.measure.wordtable import Ints, Words


@dataclass(frozen=True)
class Units:
    """The units of one article, in order, with one code each per attribute."""

    scene: Scene
    """The article."""
    first: Ints
    """First piece of each unit (see `Text.words`)."""
    last: Ints
    """Last piece; a colon has the piece before it."""
    sentence: Ints
    """Number of the sentence; one that goes on inside a quotation is one sentence."""
    codes: Mapping[str, Ints]
    """Attribute -> codes: form, lemma, tag, pos, gap_after, in_quotation, capital and the flags of `FLAGS`."""

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def start(self) -> Ints:
        """First unit of each unit's sentence."""
        opens = np.diff(self.sentence, prepend=-1) != 0
        return np.maximum.accumulate(np.where(opens, np.arange(len(self)), 0))

    @cached_property
    def stop(self) -> Ints:
        """Unit after the last of each unit's sentence."""
        closes = np.diff(self.sentence, append=-1) != 0
        ends = np.where(closes, np.arange(1, len(self) + 1), len(self) + 1)
        return np.minimum.accumulate(ends[::-1])[::-1]

    @cached_property
    def offsets(self) -> tuple[Ints, Ints]:
        """Offsets of each unit's first character and after its last."""
        text = self.scene.text
        starts, ends = np.array(text.starts)[self.first], np.array(text.ends)[self.last]
        for unit in np.flatnonzero(self.codes["colon"]):
            starts[unit] = text.text.index(":", ends[unit])
            ends[unit] = starts[unit] + 1
        return starts, ends

    def of(self, piece: int) -> int:
        """The unit that holds a piece."""
        unit = int(np.searchsorted(self.first, piece, "right")) - 1
        return unit - 1 if self.codes["colon"][unit] else unit


def find_units(scene: Scene, words: Words) -> Units:
    """Cuts an article into units: a quotation long enough to be speech is one unit, and so is a colon inside a sentence."""
    text = scene.text
    n = len(text.starts)
    gaps = [gap_code(text.text[end:start]) for end, start in pairwise_gaps(text.starts, text.ends)] + [GAPS["line"]]
    in_quotation, opens, until = _quotations(scene, gaps)
    kinds = [words.row(form, tag) for form, tag in zip(text.lower, text.tags, strict=True)]
    quotation, colon = words.row(QUOTATION, QUOTATION), words.row(COLON, COLON)
    first: list[int] = []
    last: list[int] = []
    row: list[int] = []
    gap: list[int] = []
    piece = 0
    while piece < n:
        end = until.get(piece, piece)
        first.append(piece)
        last.append(end)
        row.append(quotation if piece in until else kinds[piece])
        gap.append(gaps[end])
        if gaps[end] in _COLONS and piece not in until and not opens[end + 1]:
            first.append(piece)
            last.append(end)
            row.append(colon)
            gap.append(_COLONS[gaps[end]])
        piece = end + 1
    table = words.table
    units = np.array(first, dtype=np.int64)
    codes = {name: values[row] for name, values in table.items()} if n else dict.fromkeys(table, units)
    codes["gap_after"] = np.array(gap, dtype=np.int64)
    codes["in_quotation"] = in_quotation[units] * (codes["quotation"] == 0) * (codes["colon"] == 0)
    codes["capital"] = _capitals(text.text, text.starts, text.ends)[units]
    return Units(scene, units, np.array(last, dtype=np.int64), np.cumsum(opens[:-1])[units] if n else units, codes)


def pairwise_gaps(starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(end, start) of every gap between neighbouring pieces."""
    return zip(ends, starts[1:], strict=False)


# The longest "X asked after the debate" that is joined to a question before it (chosen), and the verbs that may stand in it.
TAG_WORDS = 8
SAYING = frozenset(
    "say ask reply add shout wonder tell write exclaim joke tweet continue quip yell demand answer respond".split()
)
_COLONS = {GAPS[":"]: GAPS["none"], GAPS[':"']: GAPS['"']}
"""A gap with a colon -> what then stands between the colon and the next word."""


def _quotations(scene: Scene, gaps: Sequence[int]) -> tuple[Ints, Ints, dict[int, int]]:
    """Which pieces stand in a quotation, which open a sentence outside one, and first -> last piece of long quotations."""
    n = len(scene.text.starts)
    inside, opens, until = np.zeros(n, dtype=np.int64), np.zeros(n + 1, dtype=np.int64), {}
    opens[list(scene.text.sentence_starts)] = 1
    opens[[0, n]] = 1
    for quotation in scene.quotations:
        pieces = scene.text.pieces(quotation.start, quotation.end)
        inside[pieces.start : pieces.stop] = 1
        opens[pieces.start + 1 : pieces.stop] = 0
        if len(pieces) and scene.is_whole(quotation):
            until[pieces.start] = pieces.stop - 1
            if pieces.start and gaps[pieces.start - 1] == GAPS[':"']:
                opens[pieces.start] = 0
            if pieces.stop < n and _goes_on(scene, quotation, pieces.stop):
                opens[pieces.stop] = 0
    return inside, opens, until


def _goes_on(scene: Scene, quotation: Quotation, piece: int) -> bool:
    """Whether a sentence goes on after a question or exclamation in quotation marks: “Why?” Orrel asked."""
    if scene.text.text[quotation.inner_end - 1] not in "?!…" or "\n" in scene.text.text[quotation.end : scene.text.starts[piece]]:
        return False
    rest = scene.text.sentence_pieces(piece)
    words = scene.text.lower[piece : rest.stop]
    return rest.start == piece and len(words) <= TAG_WORDS and any(find_lemma(word) in SAYING for word in words)


def _capitals(text: str, starts: Sequence[int], ends: Sequence[int]) -> Ints:
    """0 lower case, 1 a capital, 2 capitals throughout."""
    found = [
        1 + (end - start > 1 and text[start:end].isupper()) if text[start].isupper() else 0
        for start, end in zip(starts, ends, strict=True)
    ]
    return np.array(found, dtype=np.int64)
