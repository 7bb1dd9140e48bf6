"""A part of speech for each word, by table: TextBlob's most frequent Penn tag, endings for unknown words, few repairs.

A table is right for about nine words in ten; the rules that use tags are written so that the common errors (a plural noun
for a verb in -s, a participle for a past tense) are repaired from the word before. No model is downloaded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np

from framing.measure.forms import Column, Forms, Ints

CLASSES = {
    "NOUN": ("NN",),
    "VERB": ("VB",),
    "BASE": ("VB", "VBP"),
    "PAST": ("VBD",),
    "PARTICIPLE": ("VBN",),
    "GERUND": ("VBG",),
    "ADJECTIVE": ("JJ",),
    "ADVERB": ("RB",),
    "DETERMINER": ("DT", "PRP$", "WP$", "PDT", "POS"),
    "PRONOUN": ("PRP", "WP"),
    "PREPOSITION": ("IN",),
    "MODAL": ("MD",),
}
"""Word classes that context rules may name, and the beginnings of the Penn tags they stand for (BASE and PAST are exact)."""
_EXACT = {"BASE", "PAST", "PARTICIPLE", "GERUND", "PREPOSITION", "MODAL"}

# Endings of unknown words, first hit wins (chosen; the table knows 94,000 words, so this is for rare ones).
_ENDINGS = (
    ("ing", "VBG"), ("ed", "VBN"), ("ly", "RB"), ("ous", "JJ"), ("ful", "JJ"), ("able", "JJ"), ("ible", "JJ"), ("ical", "JJ"),
    ("ive", "JJ"), ("less", "JJ"), ("ish", "JJ"), ("s", "NNS"),
)  # fmt: skip
_SUBJECT_PRONOUNS = frozenset("i you he she it we they who".split())
_NOUN_CONTEXT = ("DT", "PRP$", "POS", "JJ", "CD", "WP$")


@cache
def _table() -> dict[str, str]:
    from textblob.en import parser  # slow to import (it brings nltk), so only when a text is tagged

    parser.lexicon.load()
    return dict(parser.lexicon)


def known_words() -> Collection[str]:
    """The words of TextBlob's table, as it spells them."""
    return _table().keys()


def lookup_tag(word: str, starts_sentence: bool) -> str:
    """The word's most frequent Penn tag, without context.

    >>> [lookup_tag(w, False) for w in ("said", "truce", "May", "may", "Veshnia", "1.6")]
    ['VBD', 'NN', 'NNP', 'MD', 'NNP', 'CD']
    """
    if word[0].isdigit():
        return "CD"
    table = _table()
    lower = word.lower()
    if word[0].isupper() and not starts_sentence and not (word.isupper() and len(word) > 1 and lower in table):
        return "NNP" if not table.get(word, "NNP").startswith("JJ") else "JJ"
    if found := table.get(lower) or table.get(word):
        return found
    if word[0].isupper():
        return "NNP"
    return next((tag for ending, tag in _ENDINGS if lower.endswith(ending) and len(lower) > len(ending) + 2), "NN")


def tag_words(forms: Forms, keys: Ints, sentence_starts: Sequence[int]) -> list[str]:
    """One Penn tag for each word of a text, the words given by their numbers.

    >>> from framing.measure.words import find_columns
    >>> columns = find_columns("The minister claims that the claims failed .")
    >>> tag_words(columns.forms, columns.keys, [0])[2:6]
    ['VBZ', 'IN', 'DT', 'NNS']
    """
    starts = [start for start in sentence_starts if start < len(keys)]
    codes = _INSIDE.at(forms.keys, keys)
    codes[starts] = _AT_START.at(forms.keys, keys[starts])
    may_repair, names = _may_repair(), _names()
    tags = [names[code] for code in codes.tolist()]
    done, firsts = 0, frozenset(starts)
    for place in (np.flatnonzero(may_repair[codes[:-1], codes[1:]]) + 1).tolist():
        while place > done and place < len(tags) and place not in firsts and (tags[place - 1], tags[place]) in _REPAIRED:
            done = place
            before, word = forms.lower[keys[place - 1]], forms.lower[keys[place]]
            repaired = _repair(before, tags[place - 1], word, tags[place])
            if repaired != tags[place]:  # which may make the next one doubtful
                tags[place] = repaired
                place += 1
    return tags


@cache
def _names() -> list[str]:
    """All tags that the table, the endings or a repair may give; a tag's code is its place."""
    own = (*(tag for _, tag in _ENDINGS), "CD", "NNP", "NN", "JJ", "NNS", "VB", "VBD", "VBP", "VBZ")
    return sorted({*_table().values(), *own})


@cache
def _codes() -> dict[str, int]:
    return {name: code for code, name in enumerate(_names())}


@cache
def _may_repair() -> np.ndarray:
    """Whether the pair of codes is in `_REPAIRED`."""
    return np.array([[(before, tag) in _REPAIRED for tag in _names()] for before in _names()])


# A word's tag inside a sentence, or at its start, as codes.
_INSIDE = Column(lambda word: _codes()[lookup_tag(word, False)])
_AT_START = Column(lambda word: _codes()[lookup_tag(word, True)])


def _repair(before: str, before_tag: str, word: str, tag: str) -> str:
    """Repairs from the word before, each for one common error of a table without context."""
    if tag in ("VB", "VBP") and before_tag in _NOUN_CONTEXT:
        return "NN"
    if tag == "VBZ" and before_tag in _NOUN_CONTEXT:
        return "NNS"
    if tag in ("NN", "JJ", "VBP") and before_tag in ("TO", "MD"):
        return "VB" if tag == "VBP" or _is_verb(word, any_tag=True) else tag
    if tag == "VBN" and (before in _SUBJECT_PRONOUNS or before_tag in ("NNP", "NN", "NNS")):
        return "VBD"
    if tag == "NNS" and before_tag in ("NNP", "PRP", "NN") and before not in ("her", "it") and _is_verb(word[:-1]):
        return "VBZ"
    if tag == "VB" and (before in _SUBJECT_PRONOUNS or before_tag in ("NNS", "NNPS")):
        return "VBP"
    if tag == "JJ" and before in ("they", "we", "i", "you") and _is_verb(word):
        return "VBP"
    if tag == "NN" and (before in ("they", "we", "i", "you", "who") or before_tag == "NNS") and _is_verb(word):
        return "VBP"
    return tag


# Tags of the word before that a repair of a tag may ask for; a subject pronoun is tagged PRP or WP, or NNP where it is written
# large. Nine pairs of words in ten are not among them, which saves the call.
_REPAIRED = frozenset(
    (before, tag)
    for tag, befores in {
        "VB": (*_NOUN_CONTEXT, "PRP", "WP", "NNP", "NNS", "NNPS"),
        "VBP": (*_NOUN_CONTEXT, "TO", "MD"),
        "VBZ": _NOUN_CONTEXT,
        "VBN": ("NNP", "NN", "NNS", "PRP", "WP"),
        "NNS": ("NNP", "NN", "PRP"),
        "NN": ("TO", "MD", "NNS", "PRP", "WP", "NNP"),
        "JJ": ("TO", "MD", "PRP", "NNP"),
    }.items()
    for before in befores
)


@cache
def _is_verb(stem: str, *, any_tag: bool = False) -> bool:
    """Whether a base form is also a verb: its past tense or participle stands in the table (`any_tag`: as whatever word)."""
    american = stem.replace("our", "or")
    forms = (
        stem + "ed",
        stem + "d",
        stem + stem[-1:] + "ed",
        american + "ed",
        stem + "ing",
        stem[:-1] + "ing",
        stem + stem[-1:] + "ing",
    )
    return any(_table().get(form, "").startswith("" if any_tag else "VB") and form in _table() for form in forms)


def is_class(tag: str, name: str) -> bool:
    """Whether a Penn tag belongs to a word class of `CLASSES`.

    >>> is_class("VBD", "VERB"), is_class("NNS", "NOUN"), is_class("VBD", "BASE")
    (True, True, False)
    """
    return tag in CLASSES[name] if name in _EXACT else tag.startswith(CLASSES[name])
