"""What the linear models know of a word by itself: attributes by spelling and tag, as codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import load_lexicon
from framing.measure.rowtable import PairTable
from framing.measure.signs import word_signs
from framing.measure.tags import names
from framing.measure.traits import word_traits
from framing.measure.vocabulary import COLON, FRAMES, FUNCTION_WORDS, POS, QUOTATION, SUBJECTS, TAGS, Codes
from framing.measure.words import Columns

Ints = np.ndarray
"""Integers, one for each word or unit."""

ATTRIBUTES = (
    "form",
    "lemma",
    "tag",
    "pos",
    "ending",
    "complement",
    "kind",
    "class",
    "subordinator",
    "capital",
    "traits",
    "signs",
)
"""Columns of `Words.find`; traits and signs are bits (see `framing.measure.traits`, `framing.measure.signs`)."""
FORM, LEMMA, TAG, POS_, ENDING, COMPLEMENT, KIND, CLASS, SUBORDINATOR, CAPITAL, TRAITS, SIGNS = range(len(ATTRIBUTES))

_SUBORDINATORS = frozenset(
    """because although though while when after before as since if unless until but despite amid during following where which
    who whom whose and or that""".split()
)
_PERSONS = frozenset("he she i we they who".split())


class Words:
    """Attributes of every spelling and tag that was met, under the vocabulary of one set of weights."""

    def __init__(self, forms: Codes, lemmas: Codes, endings: Codes) -> None:
        self.forms, self.lemmas, self.endings = forms, lemmas, endings
        self._table = PairTable(lambda spelling, code: self._describe(spelling, names()[code]), len(ATTRIBUTES))

    def __reduce__(self) -> tuple[type[Words], tuple[Codes, Codes, Codes]]:
        return Words, (self.forms, self.lemmas, self.endings)  # what was met can be described again

    def find(self, columns: Columns, tags: Ints) -> Ints:
        """The attributes of words, with the codes of their tags (`tags.names()`): words x `ATTRIBUTES`."""
        return self._table.find(columns.forms.keys, columns.keys, tags)

    def describe(self, words: Iterable[tuple[str, str]]) -> Ints:
        """The attributes of single words, spelling and tag each."""
        return np.array([self._describe(*word) for word in words], dtype=np.int64).reshape(-1, len(ATTRIBUTES))

    def _describe(self, spelling: str, tag: str) -> tuple[int, ...]:
        form, whole = spelling.lower(), tag in (QUOTATION, COLON)
        pos = tag if whole else tag[:2]
        lemma = form if whole else find_lemma(form)
        return (
            self.forms[form], self.lemmas[lemma], TAGS[tag], POS[pos], self.endings[form[-3:]],
            FRAMES[form] if form in FUNCTION_WORDS else 0, _subject_kind(form, tag), _classes().get((lemma, pos), 0),
            self.forms[form] if form in _SUBORDINATORS else 0, capital_of(spelling), word_traits(form, lemma, tag),
            word_signs(form, lemma),
        )  # fmt: skip


def capital_of(spelling: str) -> int:
    """0 lower case, 1 a capital, 2 capitals throughout.

    >>> [capital_of(word) for word in ("town", "Town", "TOWN", "A")]
    [0, 1, 2, 1]
    """
    return 1 + (len(spelling) > 1 and spelling.isupper()) if spelling[0].isupper() else 0


def _subject_kind(form: str, tag: str) -> int:
    """What a noun phrase with this last word is, as a subject."""
    if form in _PERSONS:
        return SUBJECTS["person"]
    if form in ("it", "which", "that"):
        return SUBJECTS["it"]
    return SUBJECTS["NNP" if tag.startswith("NNP") else tag if tag == "NNS" else tag[:2]]


CLASSES = Codes(f"{pos} {scope} {status}" for pos in ("VB", "NN", "JJ") for scope in ("reported_speech", "attitude")
                for status in ("core", "borderline"))  # fmt: skip
"""What the attribution lexicon says of a base form: part of speech, scope and status of its entry."""
_POS = {"verb": "VB", "noun": "NN", "adjective": "JJ"}


@cache
def _classes() -> Mapping[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for entry in load_lexicon("attribution"):
        if entry.pos in _POS and entry.status != "off" and " " not in entry.lemma:
            found.setdefault((entry.lemma, _POS[entry.pos]), CLASSES[f"{_POS[entry.pos]} {entry.scope} {entry.status}"])
    return found
