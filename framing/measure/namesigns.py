"""What a word says where persons are looked for, one bit each: whether it has a capital, can be a surname ..."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from framing.measure.evidencewords import WORDS_AFTER, WORDS_BEFORE
from framing.measure.forms import Column, Ints
from framing.measure.lexicon import load_lexicon
from framing.measure.tags import lookup_tag, names
from framing.measure.words import HYPHEN

if TYPE_CHECKING:
    from framing.measure.surface import Surface

(
    LARGE, CAPITAL, PARTICLE, NOT_INSIDE, CLOSED, CLOSED_AT_START, NO_SINGLE, ORGANISATION, HAS_GENDER, OF_PERSON, OF_THING,
    ABBREVIATED, NO_PERSON_AFTER, TELLS_BEFORE, TELLS_AFTER, OWNS, CUT, SPACED, MAY_PART, OPENS_CLAUSE, IN_TITLE,
    NAMES, WHO, VERB, _NOUN, _DETERMINER, _OF_TITLES, _OF,
) = (1 << bit for bit in range(28))  # fmt: skip

HE_TITLES = frozenset("mr sir lord king prince".split())
SHE_TITLES = frozenset("mrs ms miss dame lady queen princess".split())
_OTHER_TITLES = frozenset(
    """dr prof professor president prime minister foreign defence defense finance interior secretary general gen sen senator
    rep representative gov governor mayor chancellor colonel col captain capt lieutenant lt major maj ambassador speaker justice
    judge deputy former league state treasury chief director the rev reverend pope saint officer sgt sergeant detective sheriff
    congressman congresswoman attorney vice democrat republican""".split()
)
TITLES = HE_TITLES | SHE_TITLES | _OTHER_TITLES
PARTICLES = frozenset("de la van von der den al bin el da di du le ibn".split())
_PREFIXES = frozenset("mc mac de di da la le du van vande von fitz san st el al ben".split())
_NO_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december internet twitter facebook youtube google christmas yes no ok photo image video advertisement
    related read story update correction exclusive""".split()
)
# Words of names that are no person's (chosen from general use): a run that holds one is an organisation, a place or a title.
ORGANISATIONS = frozenset(
    """ministry department office bank university institute league union party house senate congress court council agency times
    post news radio courier ledger lantern fund group association commission committee federation republic states kingdom army
    nations police administration government white foundation center centre journal company corporation tower street avenue
    square park city county island islands river lake mount valley beach act bill law amendment day week night convention
    caucus primary project initiative network campaign trust society club hall building airport hotel hospital church college
    school academy museum theater theatre stadium bowl cup festival award awards super supreme tuesday national international
    american wall capitol guard force services security intelligence reserve board bureau authority magazine review records
    america united action crossroads coalition alliance conference forum summit treaty affairs health care social plan
    deal command front""".split()
)
_PEOPLES = ("ans", "ese", "ish", "crats")
_CLOSED_TAGS = tuple("DT IN PRP CC WP WRB WDT MD RB TO EX VBD VBG VBZ UH PDT".split())
_CLOSED_WORDS = frozenset(
    """i the a and but he she it we they after before why how what when where who can did does is are was would could should if
    as at in on to with from by for of or not this that these those""".split()
)
GENDER = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she"}
"""The pronouns of one person, by the one that stands for all of that gender."""
_OF_PERSONS, _OF_THINGS = frozenset("he his she her".split()), frozenset("it its".split())


LINKS = frozenset("of for at from with in on to by inside within behind".split())
# A source phrase is read from left to right in chunks; these words begin a new one, as punctuation does.
_CUTS = LINKS | frozenset(
    """who which that whose where when as about over across against near including during after before under like and or but
    if while conducted released published commissioned obtained provided reviewed involved affiliated aligned interviewed
    representing backing supporting opposing seeking involving including familiar attending protesting demanding""".split()
)
PLACE_LINKS = frozenset("in near across throughout".split())
"""Behind them a name without a title or first name is a place's."""


def find_signs(surface: Surface) -> Ints:
    """The signs of each piece of some texts.

    >>> from framing.measure.text import Text
    >>> [bool(signs & NO_SINGLE) for signs in find_signs(Text("", "Lesk met NATO on Monday").place.surface)]
    [False, False, True, False, True]
    """
    columns = surface.columns
    if not len(columns.keys):
        return columns.keys
    signs = _SIGNS.at(columns.forms.keys, columns.keys) | _of_tags()[surface.tags]
    spaced = (columns.starts[1:] - columns.ends[:-1] == 1) & (surface.characters[columns.ends[:-1]] == ord(" "))
    signs[:-1] |= SPACED * spaced
    # An article or possessive directly behind a noun begins a relative clause without a relative word.
    opens = (signs[1:] & _DETERMINER > 0) & (signs[:-1] & _NOUN > 0) & (columns.joints[1:] == 0)
    signs[1:] |= OPENS_CLAUSE * opens | MAY_PART * (opens | ~spaced | (signs[1:] & CUT > 0))
    return signs | IN_TITLE * _stand_in_titles(surface, signs)


def _stand_in_titles(surface: Surface, signs: Ints) -> np.ndarray:
    """Whether each piece may stand in a title before a name, by its word and tag."""
    columns, is_large = surface.columns, signs & LARGE > 0
    is_title, is_hyphened = signs & _OF_TITLES > 0, columns.joints == HYPHEN
    is_title |= is_hyphened | np.append(is_hyphened[1:], False)
    is_title[1:-1] |= (signs[1:-1] & _OF > 0) & is_large[:-2] & is_large[2:]  # "Secretary of State"
    ends = np.append(surface.firsts, len(signs))
    is_title[ends[ends > 0] - 1] = False
    return is_title


@cache
def _of_tags() -> Ints:
    """The signs of each tag."""
    return np.array([
        NAMES * (tag[:2] in ("NN", "JJ", "PO", "VB", "CD"))
        | WHO * (tag == "WP")
        | VERB * (tag in ("VBD", "VBZ", "MD"))
        | _NOUN * (tag in ("NN", "NNS"))
        | _DETERMINER * (tag in ("DT", "PRP$"))
        | _OF_TITLES * tag.startswith(("NN", "JJ", "POS", "VBN"))
        for tag in names()
    ])  # fmt: skip


@cache
def first_names() -> dict[str, str]:
    """First names with the pronoun that fits them, from the lexicon `sources`."""
    pronouns = {"male_name": "he", "female_name": "she"}
    entries = [entry for entry in load_lexicon("sources") if entry.category in pronouns]
    return {form: pronouns[entry.category] for entry in entries for form in entry.forms}


def _describe(key: str) -> int:
    lower = key.lower()
    signs = (
        PARTICLE * (lower in PARTICLES)
        | HAS_GENDER * (lower in GENDER)
        | OF_PERSON * (lower in _OF_PERSONS)
        | OF_THING * (lower in _OF_THINGS)
        | NO_PERSON_AFTER * (lower == "the" or lower in PLACE_LINKS)
        | TELLS_BEFORE * (lower in WORDS_BEFORE)
        | TELLS_AFTER * (key[0].isdigit() or lower in WORDS_AFTER)
        | CUT * (lower in _CUTS)
        | _OF_TITLES * (lower in ("'s", "former"))
        | _OF * (lower == "of")
        | OWNS * (lower in ("who", "'s"))
    )
    if not key[0].isupper():
        return signs
    return (
        signs
        | LARGE
        | CAPITAL * (key != lower)
        | NOT_INSIDE * (lower in ("i", "the"))
        | CLOSED * (lower in _CLOSED_WORDS)
        | CLOSED_AT_START * is_closed(key)
        | NO_SINGLE * is_no_single(key)
        | ORGANISATION * (lower in ORGANISATIONS)
        | ABBREVIATED * (len(key) == 1 or lower in TITLES or lower == "st")
    )


_SIGNS = Column(_describe)


@lru_cache(maxsize=50_000)
def is_closed(word: str) -> bool:
    """Whether a capitalised word is a function word or verb rather than a name: "When", "Asked"."""
    return lookup_tag(word, True).startswith(_CLOSED_TAGS) and word not in first_names()


@lru_cache(maxsize=50_000)
def is_no_single(word: str) -> bool:
    """Whether one capitalised word without a title is no surname: a day, a people, an acronym, "R-Lesk", a function word."""
    lower = word.lower()
    if _is_camel(word):
        return True
    if len(word) < 2 or word[1] == "-" or word.isupper() or lower.endswith(_PEOPLES):
        return True
    return lower in _NO_NAMES or lower in TITLES or is_closed(word)


def _is_camel(word: str) -> bool:
    """Whether a capital stands inside a word as in a brand, not as in McReyl, DiOrd or O’Lesk."""
    inner = [at for at, letter in enumerate(word) if at and letter.isupper() and word[at - 1].islower()]
    return bool(inner) and word[: inner[0]].lower() not in _PREFIXES
