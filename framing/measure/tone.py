"""Tone: TextBlob's polarity and subjectivity, exactly TextBlob's numbers, as the field's baseline beside our measures.

Known faults, shown and not repaired: contracted negation is not seen ("isn't good" is +0.7), and words of value zero dilute the
mean. TextBlob gives words without offsets; they are found again here, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from framing.measure.text import Text


@dataclass(frozen=True)
class Tone:
    """TextBlob's view of one article."""

    polarity: float
    """Mean polarity of the assessments, -1 to 1."""
    subjectivity: float
    """Mean subjectivity of the assessments, 0 to 1."""
    assessments: tuple[tuple[int, int, float, float], ...]
    """(start, end, polarity, subjectivity) of every assessed chunk, in order."""


def assess_tone(text: Text) -> Tone:
    """TextBlob's sentiment of the counted text, with the place of every assessed chunk.

    >>> tone = assess_tone(Text("a", "The plan isn't good."))
    >>> tone.polarity, [("The plan isn't good."[a:b], p) for a, b, p, s in tone.assessments]
    (0.7, [('good', 0.7)])
    """
    from textblob import TextBlob

    found = TextBlob(text.text).sentiment_assessments
    folded = text.text.lower()
    if len(folded) != len(text.text):  # a few letters grow when folded; offsets must not
        folded = "".join(c if len(c.lower()) != 1 else c.lower() for c in text.text)
    places, position = [], 0
    for chunk, polarity, subjectivity, _ in found.assessments:
        span = _find_chunk(folded, chunk, position)
        if span is not None:
            places.append((*span, polarity, subjectivity))
            position = span[1]
    return Tone(found.polarity, found.subjectivity, tuple(places))


def _find_chunk(folded: str, chunk: list[str], position: int) -> tuple[int, int] | None:
    """Offsets from the chunk's first to its last word, the next occurrence at or after a position."""
    start = end = None
    for word in chunk:
        found = _find_word(folded, word, position if end is None else end)
        if found is None:
            return None
        start = found[0] if start is None else start
        end = found[1]
    return None if start is None or end is None else (start, end)


def _find_word(folded: str, word: str, position: int) -> tuple[int, int] | None:
    before, after = (r"(?<!\w)" if word[0].isalnum() else ""), (r"(?!\w)" if word[-1].isalnum() else "")
    found = re.compile(before + re.escape(word) + after).search(folded, position)
    return found.span() if found else None
