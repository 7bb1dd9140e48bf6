"""What the linear models know of a word by itself: attributes by form and tag, as codes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import load_lexicon
from framing.measure.phrases import AUXILIARIES
from framing.measure.scene import HEADS
from framing.measure.vocabulary import COLON, FRAMES, FUNCTION_WORDS, POS, QUOTATION, SUBJECTS, TAGS, Codes

Ints = np.ndarray
"""Integers, one for each word or unit."""

BE = frozenset("is was are were be been being am 's 're 'm".split())
LIGHT = frozenset("make have give take get do be put go come hold".split())
"""Verbs that leave the meaning to their object: "made a claim"."""
NEVER_CUES = frozenset("be have do will would could should may might can must shall to".split())
"""Base forms that are no cues by themselves."""
_SUBORDINATORS = frozenset(
    """because although though while when after before as since if unless until but despite amid during following where which
    who whom whose and or that""".split()
)
_PERSONS = frozenset("he she i we they who".split())
FLAGS = (
    "finite", "be", "have", "skipped", "adverb", "light", "never", "relative", "coordinator", "verb", "modal", "to", "head",
    "quotation", "colon", "that", "negation", "pronoun_s",
)  # fmt: skip
"""Yes-or-no properties of a word, by form and tag alone."""


class Words:
    """Attributes of every form and tag that was met, under the vocabulary of one set of weights."""

    def __init__(self, forms: Codes, lemmas: Codes, endings: Codes) -> None:
        self.forms, self.lemmas, self.endings = forms, lemmas, endings
        self._row_of: dict[tuple[str, str], int] = {}
        self._rows: list[tuple[int, ...]] = []
        self._table: Mapping[str, Ints] | None = None

    def row(self, form: str, tag: str) -> int:
        """The row of a form and tag, made when it is met for the first time."""
        row = self._row_of.get((form, tag))
        if row is None:
            row = self._row_of[form, tag] = len(self._rows)
            self._rows.append(self._attributes(form, tag))
            self._table = None
        return row

    @property
    def table(self) -> Mapping[str, Ints]:
        """Attribute -> codes by row."""
        if self._table is None:
            columns = np.array(self._rows, dtype=np.int32).T
            names = ("form", "lemma", "tag", "pos", "ending", "complement", "kind", "class", "subordinator", *FLAGS)
            self._table = dict(zip(names, columns, strict=True))
        return self._table

    def _attributes(self, form: str, tag: str) -> tuple[int, ...]:
        whole = tag in (QUOTATION, COLON)
        pos = tag if whole else tag[:2]
        lemma = form if whole else find_lemma(form)
        return (
            self.forms[form], self.lemmas[lemma], TAGS[tag], POS[pos], self.endings[form[-3:]],
            FRAMES[form] if form in FUNCTION_WORDS else 0, _subject_kind(form, tag), _lexicon_class(lemma, pos),
            self.forms[form] if form in _SUBORDINATORS else 0, *_flags(form, lemma, tag),
        )  # fmt: skip


def _flags(form: str, lemma: str, tag: str) -> tuple[bool, ...]:
    return (
        (tag in ("VBD", "VBZ", "VBP", "MD") and form not in ("'s", "'re")) or form in ("is", "was", "are", "were"),
        form in BE, lemma == "have", form in AUXILIARIES or tag in ("RB", "MD", "RBR"), tag == "RB", lemma in LIGHT,
        lemma in NEVER_CUES, form in ("that", "who", "which"), form in ("and", "but", "or"), tag.startswith("VB"), tag == "MD",
        form == "to", tag in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "WP", "EX") or form in HEADS, tag == QUOTATION,
        tag == COLON, form == "that", form in ("not", "n't", "never", "no"), form in ("'s", "'re"),
    )  # fmt: skip


def _subject_kind(form: str, tag: str) -> int:
    """What a noun phrase with this last word is, as a subject."""
    if form in _PERSONS:
        return SUBJECTS["person"]
    if form in ("it", "which", "that"):
        return SUBJECTS["it"]
    return SUBJECTS["NNP" if tag.startswith("NNP") else tag if tag == "NNS" else tag[:2]]


def _lexicon_class(lemma: str, pos: str) -> int:
    """What the attribution lexicon says of a base form: 0 nothing, else a code for part of speech, scope and status."""
    return _classes().get((lemma, pos), 0)


CLASSES = Codes(f"{pos} {scope} {status}" for pos in ("VB", "NN", "JJ") for scope in ("reported_speech", "attitude")
                for status in ("core", "borderline"))  # fmt: skip
"""Part of speech, scope and status of a lexicon entry."""
_POS = {"verb": "VB", "noun": "NN", "adjective": "JJ"}
_lexicon_classes: dict[tuple[str, str], int] = {}


def _classes() -> Mapping[tuple[str, str], int]:
    if not _lexicon_classes:
        for entry in load_lexicon("attribution"):
            if entry.pos in _POS and entry.status != "off" and " " not in entry.lemma:
                pos = _POS[entry.pos]
                _lexicon_classes.setdefault((entry.lemma, pos), CLASSES[f"{pos} {entry.scope} {entry.status}"])
    return _lexicon_classes
