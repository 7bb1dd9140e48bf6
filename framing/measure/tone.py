"""Tone: TextBlob's polarity and subjectivity, exactly TextBlob's numbers, as the field's baseline beside our measures.

Known faults, shown and not repaired: contracted negation is not seen ("isn't good" is +0.7), and words of value zero dilute the
mean. TextBlob gives words without offsets; they are found again here, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from framing.measure.forms import Ints
from framing.measure.sentiment import token_at, token_traits, tokens_of
from framing.measure.standing import standing_in
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


@dataclass(frozen=True)
class Tones:
    """TextBlob's view of several articles; of each assessed chunk that stands in its text, in order:"""

    polarity: np.ndarray
    """Each article's mean polarity."""
    subjectivity: np.ndarray
    """Each article's mean subjectivity."""
    articles: Ints
    """Of each assessed chunk that stands in its text: its article's number."""
    starts: Ints
    """Offsets of the first characters."""
    ends: Ints
    """Offsets after the last characters."""
    polarities: np.ndarray
    """The chunks' polarities."""
    subjectivities: np.ndarray
    """The chunks' subjectivities."""


class Assessments(NamedTuple):
    """Chunks that TextBlob assesses in several texts: a word of its table with what belongs to it ("not very good", "good !")."""

    texts: Ints
    """The number of each chunk's text."""
    stops: Ints
    """The places behind the last of each chunk's words, in `words`."""
    words: Ints
    """The chunks' tokens (see `framing.measure.sentiment`), in TextBlob's order."""
    tones: np.ndarray
    """Polarities."""
    subjectivities: np.ndarray
    """Subjectivities."""


def assess_tone(text: Text) -> Tone:
    """TextBlob's sentiment of the counted text, with the place of every assessed chunk.

    >>> tone = assess_tone(Text("a", "The plan isn't good."))
    >>> tone.polarity, [("The plan isn't good."[a:b], p) for a, b, p, s in tone.assessments]
    (0.7, [('good', 0.7)])
    """
    tones = assess_tones([text])
    columns = (tones.starts, tones.ends, tones.polarities, tones.subjectivities)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return Tone(float(tones.polarity[0]), float(tones.subjectivity[0]), tuple(rows))


def assess_tones(texts: Sequence[Text]) -> Tones:
    """As `assess_tone` for several texts."""
    found = assess(texts)
    starts, ends = _find_places(texts, found).T
    stands = starts >= 0
    columns = (found.texts, starts, ends, found.tones, found.subjectivities)
    means = (_means(found.texts, values, len(texts)) for values in (found.tones, found.subjectivities))
    return Tones(*means, *(column[stands] for column in columns))


def assess_words(text: Text) -> list[tuple[list[str], float, float]]:
    """What TextBlob's `sentiment_assessments` finds in a text: words, polarity and subjectivity, in order.

    >>> assess_words(Text("a", "A good plan, not a great one!"))
    [(['good'], 0.7, 0.6000000000000001), (['not', 'great', '!'], -0.5, 0.75)]
    """
    found = assess([text])
    words = np.split(found.words, found.stops[:-1])
    rows = zip(words, found.tones.tolist(), found.subjectivities.tolist(), strict=False)
    return [([token_at(word) for word in chunk.tolist()], tone, subjectivity) for chunk, tone, subjectivity in rows]


def assess(texts: Sequence[Text]) -> Assessments:
    """What TextBlob assesses in several texts."""
    from framing.measure import walk  # numba comes with it

    parts, traits = tokens_of(texts), token_traits()
    tokens, stops = np.concatenate(parts), np.cumsum([len(part) for part in parts])
    room = int((traits.is_word | traits.negates | traits.exclaims | traits.is_mark)[tokens].sum())
    found, ends = np.zeros((room, 4)), np.zeros((room, 2), dtype=np.int64)
    words = np.zeros((2 * room, 2), dtype=np.int64)
    n = walk.assess(tokens, stops, traits, found, ends, words)
    found, ends = found[:n], ends[:n]
    ordered = np.zeros(ends[-1, 1] if n else 0, dtype=np.int64)
    walk.put_in_order(ends, words, ordered)
    tones = np.where(found[:, 3] > 0, found[:, 0] * -0.5, found[:, 0])  # TextBlob takes a negated polarity half and reversed
    return Assessments(ends[:, 0], ends[:, 1], ordered, tones, found[:, 1])


def _find_places(texts: Sequence[Text], found: Assessments) -> Ints:
    """Offsets of the first and after the last character of each chunk, -1 where a word stands nowhere; chunks x 2."""
    from framing.measure import walk  # numba comes with it

    stands, stops = standing_in(texts)
    places = np.zeros((len(found.texts), 2), dtype=np.int64)
    lost = np.zeros(len(token_traits().polarity), dtype=np.int64)
    walk.find_places(found.texts, found.stops, found.words, stands, stops, lost, places)
    return places


def _means(texts: Ints, values: np.ndarray, n: int) -> np.ndarray:
    """Each text's mean as TextBlob takes it: added one by one, as `bincount` does; `sum` rounds otherwise in the last bit."""
    return np.bincount(texts, values, minlength=n) / np.maximum(np.bincount(texts, minlength=n), 1)
