"""Where the words that TextBlob assesses stand in texts: it gives them without offsets.

A token reaches over no space, so where it stands is worked out once for each distinct stretch between spaces; it is no part of a
longer word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.lists import Lists, last_stretches, look_up
from framing.measure.sentiment import sentiment_tokens
from framing.measure.text import Text


def standing_in(texts: Sequence[Text]) -> tuple[Ints, Ints]:
    """Where tokens that carry sentiment stand in texts: token, start and end in each row, in order; and the number of rows up to
    the end of each text."""
    lengths = [_LENGTHS.at(text.columns.forms.stretches, text.columns.stretches) for text in texts]
    offsets = np.concatenate([np.cumsum(some + 1) - some - 1 for some in lengths])
    numbers, counts = look_up(_PLACES, texts)
    rows = numbers.reshape(-1, 3)
    rows[:, 1:] += np.repeat(offsets, counts // 3)[:, None]
    return rows, np.cumsum(counts // 3)[last_stretches(texts)]


def _places_in_stretch(stretch: str) -> Iterator[int]:
    """Token, start and end of every occurrence of a token that carries sentiment."""
    small, tokens = _fold(stretch), sentiment_tokens()
    if stretch.isalpha():
        if small in tokens:
            yield from (tokens[small], 0, len(small))
        return
    is_letter = [False, *(c.isalnum() or c == "_" for c in small), False]
    starts = [at for at in range(len(small)) if not (is_letter[at] and small[at].isalnum())]
    ends = [at for at in range(1, len(small) + 1) if not (is_letter[at + 1] and small[at - 1].isalnum())]
    for start in starts:
        for end in ends[bisect_right(ends, start) : bisect_right(ends, start + _longest())]:
            if small[start:end] in tokens:
                yield from (tokens[small[start:end]], start, end)


@cache
def _longest() -> int:
    return max(map(len, sentiment_tokens()))


def _fold(stretch: str) -> str:
    """A stretch in lower case; a few letters grow when folded and are left, because offsets must not move."""
    folded = stretch.lower()
    return folded if len(folded) == len(stretch) else "".join(c if len(c.lower()) != 1 else c.lower() for c in stretch)


_PLACES, _LENGTHS = Lists(_places_in_stretch), Column(len)
