"""The source of an attribution: its type, its naming and the person it stands for.

Type and naming follow the codebook (docs/measures.md): the lexicon `sources` tells what kind of word the phrase holds, and
one visible order of preference decides where several fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
    kinds = _kinds(source)
    role = _kinds(source.partition(" at ")[0])  # "an economist at the bank" is an expert
    types = [kind for kind in _TYPE_ORDER if kind in role] or [kind for kind in _TYPE_ORDER if kind in kinds]
    source_type = types[0] if types else ("official" if "spokesperson" in kinds else "none")
    return source_type, _naming(source, kinds, source_type)


def _kinds(source: str) -> set[str]:
    return {hit.entry.category for hit in _matcher().find(Text("", source))}


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


@dataclass(frozen=True)
class Source:
    """Who an attribution's source is, as far as the article tells."""

    speaker: str
    """The person's name as first given, or nothing where unsure."""
    source_type: str
    """official, expert, citizen ...; a later surname or pronoun keeps the type of the person's first mention."""
    naming: str
    """How this mention names the source."""


def resolve_sources(sources: Sequence[str]) -> list[Source]:
    """Speaker, type and naming of every source phrase of an article, in order.

    Full names carry over to later surnames; he and she take the person of the attribution before them and stay empty where there
    is none.

    >>> found = resolve_sources(["Prime Minister Ilse Vantor", "she", "Vantor", "officials", "he"])
    >>> [(one.speaker, one.source_type) for one in found[:3]]
    [('Ilse Vantor', 'official'), ('Ilse Vantor', 'official'), ('Ilse Vantor', 'official')]
    >>> [(one.speaker, one.source_type, one.naming) for one in found[3:]]
    [('', 'official', 'unnamed_official'), ('', 'none', 'pronoun')]
    """
    names: dict[str, str] = {}
    types: dict[str, str] = {}
    resolved: list[Source] = []
    for source in sources:
        speaker = _speaker(source, names, resolved)
        source_type, naming = type_source(source)
        if speaker and source_type == "none":
            source_type = types.get(speaker, "none")
        elif speaker:
            types.setdefault(speaker, source_type)
        resolved.append(Source(speaker, source_type, naming))
    return resolved


def _speaker(source: str, names: dict[str, str], resolved: Sequence[Source]) -> str:
    """The person, in order of preference: the attribution before (for a pronoun), the name, a surname given in full before."""
    if source.lower() in ("he", "she"):
        return resolved[-1].speaker if resolved else ""
    found = person_names(source)
    last = re.sub(r"['’]s$", "", (found[0] if found else source).split()[-1]) if source else ""
    if found:
        known = names.setdefault(last, found[0]).split()
        if len(known) > 1 and " " in found[0] and known[0] != found[0].split()[0]:
            return found[0]  # another bearer of the surname; alone it goes on to mean the first
    return names.get(last, "")
