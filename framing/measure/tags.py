"""A part of speech for each word, by table: TextBlob's most frequent Penn tag, endings for unknown words, few repairs.

A table is right for about nine words in ten; the rules that use tags are written so that the common errors (a plural noun
for a verb in -s, a participle for a past tense) are repaired from the word before. No model is downloaded.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import numpy as np

from framing.corpus.kept import keep
from framing.measure.forms import Column, Ints, LateColumn
from framing.measure.textblobs import load_textblob

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
    return keep("tags", _read_table)


def _read_table() -> dict[str, str]:
    parser = load_textblob()[0].parser
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


@cache
def names() -> list[str]:
    """All tags that the table, the endings or a repair may give; a tag's code is its place."""
    own = (*(tag for _, tag in _ENDINGS), "CD", "NNP", "NN", "JJ", "NNS", "VB", "VBD", "VBP", "VBZ")
    return sorted({*_table().values(), *own})


@cache
def _codes() -> dict[str, int]:
    return {name: code for code, name in enumerate(names())}


# Repairs from the word before, each for one common error of a table without context. Those that ask what the word itself can be
# have a test; the kinds of word before are told apart by one word that stands for all of its kind.
VERB, STEM, ANY, ALWAYS = 1, 2, 4, 8
"""Tests of a word: a verb's base form, one with an -s, a base form whose past is in the table as whatever word; none."""
_KINDS = {"": (), "they": ("they", "we", "i", "you"), "he": ("he", "she"), "it": ("it",), "who": ("who",), "her": ("her",)}
_KIND_OF = {word: code for code, words in enumerate(_KINDS.values()) for word in words}


def _pack(word: str) -> int:
    inside = _codes()[lookup_tag(word, False)]
    at_start = _codes()[lookup_tag(word, True)] if word[0].isupper() else inside
    return inside | at_start << 8 | _KIND_OF.get(word.lower(), 0) << 16


WORDS = Column(_pack)
"""Of a word, in eight bits each from the lowest on: its tag inside a sentence and at the start of one, as codes, and what kind of
word it is for the repairs of the next."""


@cache
def repairs() -> tuple[Ints, Ints]:
    """For each kind of word before, its tag and a tag: the test that decides (0: no repair), and the tag that is put instead."""
    n = len(names())
    tests, results = np.zeros((len(_KINDS), n, n), dtype=np.uint8), np.zeros((len(_KINDS), n, n), dtype=np.uint8)
    for kind, word in enumerate(_KINDS):
        for before, tag in _REPAIRED:
            if before in _codes() and tag in _codes() and (repair := _repair(word, before, tag)) is not None:
                place = kind, _codes()[before], _codes()[tag]
                tests[place], results[place] = repair[0], _codes()[repair[1]]
    return tests, results


def _repair(before: str, before_tag: str, tag: str) -> tuple[int, str] | None:
    """The test and the tag that is put instead where it holds."""
    if tag in ("VB", "VBP") and before_tag in _NOUN_CONTEXT:
        return ALWAYS, "NN"
    if tag == "VBZ" and before_tag in _NOUN_CONTEXT:
        return ALWAYS, "NNS"
    if tag in ("NN", "JJ", "VBP") and before_tag in ("TO", "MD"):
        return ALWAYS if tag == "VBP" else ANY, "VB"
    if tag == "VBN" and (before in _SUBJECT_PRONOUNS or before_tag in ("NNP", "NN", "NNS")):
        return ALWAYS, "VBD"
    if tag == "NNS" and before_tag in ("NNP", "PRP", "NN") and before not in ("her", "it"):
        return STEM, "VBZ"
    if tag == "VB" and (before in _SUBJECT_PRONOUNS or before_tag in ("NNS", "NNPS")):
        return ALWAYS, "VBP"
    if tag == "JJ" and before == "they":
        return VERB, "VBP"
    if tag == "NN" and (before in ("they", "who") or before_tag == "NNS"):
        return VERB, "VBP"
    return None


# Tags of the word before that a repair of a tag may ask for; a subject pronoun is tagged PRP or WP, or NNP where it is written
# large.
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


VERBS = LateColumn(lambda word: VERB * _is_verb(word) + STEM * _is_verb(word[:-1]) + ANY * _is_verb(word, any_tag=True))
"""The tests that a word passes."""


def is_class(tag: str, name: str) -> bool:
    """Whether a Penn tag belongs to a word class of `CLASSES`.

    >>> is_class("VBD", "VERB"), is_class("NNS", "NOUN"), is_class("VBD", "BASE")
    (True, True, False)
    """
    return tag in CLASSES[name] if name in _EXACT else tag.startswith(CLASSES[name])
