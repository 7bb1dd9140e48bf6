"""Tone: TextBlob's polarity and subjectivity, exactly TextBlob's numbers, as the field's baseline beside our measures.

Known faults, shown and not repaired: contracted negation is not seen ("isn't good" is +0.7), and words of value zero dilute the
mean. TextBlob gives words without offsets; they are found again here, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from framing.measure.sentiment import assess_words
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
    found = assess_words(text.text, text.columns)
    tones = [one.tone for one in found]
    weights = [one.subjectivity for one in found]
    places = _find_places(_fold(text.text), [one.words for one in found])
    assessments = (
        (*place, tone, weight) for place, tone, weight in zip(places, tones, weights, strict=True) if place is not None
    )
    return Tone(_mean(tones), _mean(weights), tuple(assessments))


def _mean(values: Iterable[float]) -> float:
    """The mean as TextBlob takes it: added one by one, because `sum` and `fmean` round otherwise in the last bit."""
    total, number = 0.0, 0
    for value in values:
        total += value
        number += 1
    return total / (number or 1)


def _fold(text: str) -> str:
    """The text in lower case; a few letters grow when folded and are left, because offsets must not move."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _find_places(folded: str, chunks: Iterable[Sequence[str]]) -> Iterator[tuple[int, int] | None]:
    """Offsets from each chunk's first to its last word, each the next occurrence after the chunk before; None where lost."""
    position = 0
    lost: dict[str, int] = {}  # word -> offset after which it stands nowhere: looking again would cost quadratic time
    for chunk in chunks:
        place = _find_chunk(folded, chunk, position, lost)
        position = position if place is None else place[1]
        yield place


def _find_chunk(folded: str, chunk: Sequence[str], position: int, lost: dict[str, int]) -> tuple[int, int] | None:
    start, end = -1, position
    for word in chunk:
        found = _find_word(folded, word, end) if end < lost.get(word, len(folded)) else -1
        if found < 0:
            lost[word] = min(end, lost.get(word, end))
            return None
        start = found if start < 0 else start
        end = found + len(word)
    return start, end


def _find_word(folded: str, word: str, position: int) -> int:
    """Offset of the next occurrence that is no part of a longer word, or -1."""
    found = folded.find(word, position)
    while found >= 0 and _is_glued(folded, word, found):
        found = folded.find(word, found + 1)
    return found


def _is_glued(folded: str, word: str, start: int) -> bool:
    before, after = folded[max(0, start - 1) : start], folded[start + len(word) : start + len(word) + 1]
    return (_is_letter(before) and word[0].isalnum()) or (_is_letter(after) and word[-1].isalnum())


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
