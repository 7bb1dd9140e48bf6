"""The source of an attribution: its type, its naming and the person it stands for.

Type and naming follow the codebook (docs/codebook.md): the lexicon `sources` tells what kind of word the phrase holds, and
one visible order of preference decides where several fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.phrases import PRONOUNS
from framing.measure.text import Text

# Where several kinds of word stand in one phrase, the first of these decides (chosen: "a former army general" is a former
# official, "a ministry report" is a document, "a spokesman for the charity" speaks for the civil society).
_TYPE_ORDER = (
    "former_official", "document", "international_body", "civil_society", "company", "military", "expert", "media",
    "official", "citizen", "event",
)  # fmt: skip


@cache
def _matcher() -> Matcher:
    return Matcher([load_lexicon("sources")])


def type_source(source: str) -> tuple[str, str]:
    """Source type and naming of a source phrase.

    >>> type_source("a senior defence official"), type_source("Prime Minister Ilse Vantor")
    (('official', 'unnamed_official'), ('official', 'named_person'))
    >>> type_source("analysts"), type_source("")
    (('expert', 'expert'), ('none', 'agentless'))
    """
    if not source:
        return "none", "agentless"
    hits = _matcher().find(Text("", source))
    kinds = {hit.entry.category for hit in hits}
    types = [kind for kind in _TYPE_ORDER if kind in kinds]
    source_type = types[0] if types else ("official" if "spokesperson" in kinds else "none")
    return source_type, _naming(source, kinds, source_type)


def _naming(source: str, kinds: set[str], source_type: str) -> str:
    """Naming, in order of preference: a name, then spokesperson, then what remains unnamed."""
    if source.lower() in PRONOUNS:
        return "pronoun"
    names = person_names(source)
    if names:
        return "named_person"
    if "spokesperson" in kinds:
        return "spokesperson"
    if "vague" in kinds:
        return "vague"
    if source_type == "expert":
        return "expert"
    if (
        re.match(r"(the|its|their) ", source, re.IGNORECASE)
        and source_type in ("official", "military", "company")
        and _is_singular_role(source)
    ):
        return "named_role"
    if source_type in ("document", "media", "international_body", "company", "event", "civil_society"):
        return "institution"
    if source_type in ("official", "former_official", "military"):
        return "institution" if _INSTITUTION.search(source) else "unnamed_official"
    if source_type == "citizen":
        return "vague"
    return "country_metonym" if re.fullmatch(r"(the )?([A-Z][\w.’'-]+ ?){1,3}", source) else "vague"


_INSTITUTION = re.compile(
    r"\b(ministry|government|department|office|parliament|house|court|police|administration|council|agency|army|navy|staff|"
    r"commission|committee|party|kremlin|congress|senate|embassy)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(minister|president|secretary|chief|chancellor|governor|mayor|ambassador|director|chairman|speaker|envoy)\b",
    re.I,
)


def _is_singular_role(source: str) -> bool:
    return _ROLE.search(source) is not None


_TITLES = frozenset(
    """mr mrs ms miss sir dame lord lady dr prof professor president prime minister foreign defence defense finance interior
    secretary general gen sen senator rep representative gov governor mayor chancellor king queen prince colonel col captain
    lieutenant major ambassador speaker justice judge deputy former league state treasury chief director the""".split()
)
_ORGANISATION = frozenset(
    """ministry department office bank university institute league union party house senate congress court council agency times
    post news radio courier ledger lantern fund group association commission committee federation republic states kingdom army
    nations police administration government white foundation center centre journal company corporation""".split()
)


def person_names(source: str) -> list[str]:
    """Personal names in a phrase, titles stripped: runs of two or more capitalised words, or one after a title.

    >>> person_names("Defence Minister Tomas Reyl"), person_names("Mr. Reyl"), person_names("the Ministry of Defence")
    (['Tomas Reyl'], ['Reyl'], [])
    """
    names = []
    for run in re.findall(r"[^\W\d_a-z][\w.’'-]+(?: (?:[A-Z]\.|(?:de|van|von|der|al|bin)|[^\W\d_a-z][\w.’'-]+))*", source):
        words = run.replace("’s", "").replace("'s", "").split()
        stripped = list(words)
        while stripped and stripped[0].lower().strip(".") in _TITLES:
            stripped.pop(0)
        organisation = any(word.lower().strip(".") in _ORGANISATION for word in stripped)
        if stripped and not organisation and (len(stripped) >= 2 or len(stripped) < len(words)):
            names.append(" ".join(stripped))
    return names


def resolve_speakers(sources: Sequence[str]) -> list[str]:
    """The person each source stands for, in article order: full names carry over to later surnames and to he and she.

    A pronoun takes the person of the attribution before it and stays empty where that is unsure.

    >>> resolve_speakers(["Prime Minister Ilse Vantor", "she", "Vantor", "officials", "he"])
    ['Ilse Vantor', 'Ilse Vantor', 'Ilse Vantor', '', '']
    """
    known: dict[str, str] = {}
    speakers: list[str] = []
    for source in sources:
        names = person_names(source)
        surname = re.sub(r"['’]s$", "", source.split()[-1]) if source else ""
        if source.lower() in ("he", "she"):
            speakers.append(speakers[-1] if speakers else "")
            continue
        if names and names[0].split()[-1] not in known:
            known[names[0].split()[-1]] = names[0]
        last = names[0].split()[-1] if names else surname
        speakers.append(known.get(last, ""))
    return speakers
