"""What quotations are by their length, their place in the sentence and their last character; of several texts at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.words import Columns

# A quotation of fewer words is a term, a title or a scare quote unless a cue claims it (chosen; see tests/cases/quotations.json).
SPEECH_WORDS = 6
# The longest interruption of a quotation, in characters (chosen: "said Harbour Minister Jorun Teskel in Lesk on Tuesday,").
INTERRUPTION = 120
NAMING = frozenset("as titled entitled called named dubbed headlined".split())
"""Words before a name or title in quotation marks."""
IS_SPEECH, IS_WHOLE, HOLDS_WORDS = range(3)
"""The columns of `read_signs`."""
_IS_NAMING = Column(lambda key: key.lower() in NAMING)
_ENDS_SENTENCE, _ENDS_CLAUSE, _BREAKS_OFF = (np.array([ord(mark) for mark in marks]) for marks in (".?!…", ",.?!…", ",?!…—–-"))


class Ground(NamedTuple):
    """Several texts in one row, with their quotations."""

    whole: str
    """The texts."""
    characters: Ints
    """Their code points."""
    columns: Columns
    """Their pieces."""
    pieces: Ints
    """The first piece of each text."""
    sentences: Ints
    """Offsets of the sentences' first characters."""
    quotations: Ints
    """Of each quotation start, end, inner start, inner end, and whether it is closed."""
    begin: Ints
    """The first quotation of each text."""


def read_signs(ground: Ground) -> Ints:
    """Of each quotation, 0 or 1: whether it is speech by itself (long enough and no title, a sentence, or the
    second half of one); whether it is read as one unit (long, opening its sentence and ending like speech as in “No,” she said,
    or going on after an interruption); whether it holds any word. Shape (quotations, 3)."""
    rows, starts = ground.quotations, ground.columns.starts
    start, end, _, inner_end, _ = rows.T
    first, stop = np.searchsorted(starts, start), np.searchsorted(starts, end)
    words = starts[ground.columns.joints == 0]
    is_long = np.searchsorted(words, end) - np.searchsorted(words, start) >= SPEECH_WORDS
    closing, opens, resumes = ground.characters[inner_end - 1], _open_sentences(ground, first), _resume(ground)
    named = ~opens & _are_named(ground, first)
    is_speech = np.where(is_long, ~named | resumes, np.where(opens, np.isin(closing, _ENDS_SENTENCE), resumes))
    is_whole = is_long | np.where(opens, np.isin(closing, _ENDS_CLAUSE), resumes)
    holds_words = stop > first
    return np.stack([is_speech & holds_words, is_whole & holds_words, holds_words], axis=1).astype(np.int64)


def _open_sentences(ground: Ground, first: Ints) -> np.ndarray:
    """Whether a sentence begins with the opening mark or right after it, of quotations that begin with these pieces."""
    starts = np.append(ground.columns.starts, 0)[first]
    place = np.maximum(np.searchsorted(ground.sentences, starts, "right") - 1, 0)
    begins = np.append(ground.sentences, -1)[place]
    return (begins == ground.quotations[:, 0]) | (begins == ground.quotations[:, 2])


def _are_named(ground: Ground, first: Ints) -> np.ndarray:
    """Whether the word before says that a name or a title follows: “billed as ...”, but not “as, ...”."""
    columns, opens_text = ground.columns, np.isin(first, ground.pieces)
    named = np.zeros(len(first), dtype=bool)
    places = np.flatnonzero(~opens_text)
    before = first[places] - 1
    places = places[_IS_NAMING.at(columns.forms.keys, columns.keys[before]) > 0]
    for place in places.tolist():
        between = ground.whole[columns.ends[first[place] - 1] : ground.quotations[place, 0]]
        named[place] = "\n" in between or between.strip()[:1] not in (",", ":")
    return named


def _resume(ground: Ground) -> np.ndarray:
    """Whether a quotation goes on after an interruption: “No,” said Orrel, “not now.”"""
    rows, begin = ground.quotations, ground.begin
    resumes = np.zeros(len(rows), dtype=bool)
    closing = ground.characters[rows[:, 3] - 1]
    breaks_off = np.append(False, np.isin(closing, _BREAKS_OFF)[:-1])[: len(rows)]
    breaks_off[begin[begin < len(rows)]] = False  # the last one of another text
    for place in np.flatnonzero(breaks_off & np.isin(closing, _ENDS_CLAUSE)).tolist():
        between = ground.whole[rows[place - 1, 1] : rows[place, 0]].rstrip()
        resumes[place] = between[-1:] == "," and len(between) <= INTERRUPTION and not set(between) & set(".;:?!\n")
    return resumes
