"""What cues mean, many at once: lemma, stance and scope of the lexicon's entry found there, or of one with the base form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from framing.measure.batch import Batch
from framing.measure.forms import Column, Ints
from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import Entry, load_lexicon
from framing.measure.matcher import Hit
from framing.measure.ragged import lay_rows
from framing.measure.tags import names

# A factive that is denied takes back what it presupposes: "did not confirm that" (after Hooper 1975).
NEGATED = {"factive": "oppositional"}
NEGATIONS = frozenset("not n't never nor neither without".split())
# How many words before a verb its negation may stand (chosen: "would not yet publicly confirm").
NEGATION_REACH = 3
_CLASSES = {"verb": "VB", "noun": "NN", "adjective": "JJ"}
_IS_NEGATION = Column(lambda word: word in NEGATIONS)


class Entries(NamedTuple):
    """Rows of the lexicon side by side."""

    rows: Sequence[Entry]
    """The rows themselves."""
    lemmas: np.ndarray
    """Base forms."""
    stances: np.ndarray
    """Stances."""
    denied: np.ndarray
    """Stances where the cue is denied."""
    scopes: np.ndarray
    """`reported_speech` or `attitude`."""
    precisions: np.ndarray
    """Measured precisions."""
    is_noun: np.ndarray
    """Whether it is a noun."""
    is_adverb: np.ndarray
    """Whether it is an adverb: hearsay, and no cue."""


def describe_entries(rows: Sequence[Entry]) -> Entries:
    """Some rows of the lexicon side by side."""
    return Entries(
        rows,
        lemmas=np.array([entry.lemma for entry in rows], dtype=object),
        stances=np.array([entry.category for entry in rows], dtype=object),
        denied=np.array([NEGATED.get(entry.category, entry.category) for entry in rows], dtype=object),
        scopes=np.array([entry.scope for entry in rows], dtype=object),
        precisions=np.array([entry.precision for entry in rows], dtype=float),
        is_noun=np.array([entry.pos == "noun" for entry in rows], dtype=bool),
        is_adverb=np.array([entry.pos == "adverb" for entry in rows], dtype=bool),
    )


class CueHits(NamedTuple):
    """Where the lexicon's entries stand in a batch."""

    entries: Entries
    """Entries, those that are found among them."""
    numbers: Ints
    """Numbers in `entries`."""
    firsts: Ints
    """First pieces."""
    lasts: Ints
    """Last pieces."""

    def at(self, n: int) -> Ints:
        """Of each of n pieces the hit that it belongs to, hearsay adverbs aside, or -1."""
        hits = np.flatnonzero(~self.entries.is_adverb[self.numbers])
        places, begin = lay_rows(self.firsts[hits], (self.lasts - self.firsts + 1)[hits])
        found = np.full(n, -1)
        found[places] = np.repeat(hits, np.diff(begin))
        return found


def lay_out_hits(hits: Sequence[Hit]) -> CueHits:
    """The hits of one article."""
    firsts, lasts = np.array([(hit.first, hit.last) for hit in hits], dtype=np.int64).reshape(-1, 2).T
    return CueHits(describe_entries([hit.entry for hit in hits]), np.arange(len(hits)), firsts, lasts)


class Meanings(NamedTuple):
    """What the lexicon says of cues in their places."""

    spans: Ints
    """Offsets of the whole cues: "according to", "was quoted as saying"; cues x 2."""
    lemmas: np.ndarray
    """Base forms."""
    stances: np.ndarray
    """Stances, a denied factive turned round."""
    scopes: np.ndarray
    """`reported_speech` or `attitude`; empty where the lexicon does not know the cue."""
    precisions: np.ndarray
    """The entries' measured precisions."""


def read_meanings(batch: Batch, hits: CueHits, pieces: Ints) -> Meanings:
    """Meanings of the cues at some pieces: of the entries found there, else of entries with their base forms."""
    columns, bases = batch.surface.columns, _base_entries()
    classes = _class_of_tags()[batch.surface.tags[pieces]]
    hit = hits.at(len(columns.keys))[pieces]
    of_hit = np.append(hits.numbers, 0)[hit]
    is_single = np.append(hits.firsts == hits.lasts, False)[hit]
    hit[is_single & (classes == 1) & np.append(hits.entries.is_noun, False)[of_hit]] = -1  # the noun's form used as a verb
    found = _base_column().at(columns.forms.lower, columns.keys[pieces]) >> _BITS * classes & (1 << _BITS) - 1
    number = np.where(hit >= 0, of_hit + len(bases.rows), found)
    lemmas, stances, denied, scopes, precisions = (
        np.concatenate(pair) for pair in zip(bases[1:6], hits.entries[1:6], strict=True)
    )
    lemmas, stances = lemmas[number], stances[number]
    turned = np.flatnonzero(stances != denied[number])
    turned = turned[_are_denied(batch, pieces[turned])]
    stances[turned] = denied[number[turned]]
    unknown = np.flatnonzero(number == 0)
    lemmas[unknown] = [find_lemma(columns.forms.lower[key]) for key in columns.keys[pieces[unknown]].tolist()]
    first, last = (np.where(hit >= 0, np.append(side, 0)[hit], pieces) for side in (hits.firsts, hits.lasts))
    spans = np.stack([columns.starts[first], columns.ends[last]], axis=1)
    return Meanings(spans, lemmas, stances, scopes[number], precisions[number])


def _are_denied(batch: Batch, pieces: Ints) -> np.ndarray:
    """Whether a negation stands at most NEGATION_REACH words before each piece, in its sentence."""
    columns, sentences = batch.surface.columns, batch.surface.sentences
    offsets = columns.starts[pieces]
    number = np.searchsorted(sentences.rows[:, 0], offsets, "right") - 1
    first = batch.surface.firsts[np.maximum(number, sentences.begin[batch.articles_at(offsets)])]
    before = pieces[:, None] - np.arange(1, NEGATION_REACH + 1)
    is_negation = _IS_NEGATION.at(columns.forms.lower, columns.keys[before.ravel()]).reshape(before.shape) > 0
    return (is_negation & (before >= first[:, None])).any(axis=1)


# Of each word three numbers are kept: its entry as a verb, a noun and an adjective, 0 where there is none.
_BITS = 14


@cache
def _base_entries() -> Entries:
    """The entries of one word, behind one that stands for none of them."""
    nothing = Entry("", "", (), "", "neutral", (), 1.0, "", "", "", "", "")
    known = [entry for entry in load_lexicon("attribution") if entry.pos in _CLASSES and entry.status != "off"]
    return describe_entries([nothing, *known])


@cache
def _base_column() -> Column:
    numbers: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(_base_entries().rows):
        numbers.setdefault((entry.lemma, _CLASSES.get(entry.pos, "")), number)  # the first entry of a word

    def look_up(word: str) -> int:
        return sum(numbers.get((find_lemma(word), pos), 0) << _BITS * number for number, pos in _shifts())

    return Column(look_up)


def _shifts() -> Iterable[tuple[int, str]]:
    return enumerate(_CLASSES.values(), start=1)


@cache
def _class_of_tags() -> Ints:
    """Which of the numbers of a word each tag asks for; that at 0 is never any."""
    shifts = {pos: number for number, pos in _shifts()}
    return np.array([shifts.get(tag[:2], 0) for tag in names()])
