"""What stands behind a name: appositions and relative clauses, and what they make of whoever bears it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.measure.kinds import Kind, Kinds, is_large, tag_of
from framing.measure.sources import Chunk, find_chunks, read_phrase
from framing.measure.text import Text
from framing.measure.titles import CLAUSE, HINT, SAID, Finding, as_candidate

_ROLE_VERBS = {
    "teaches": "expert", "taught": "expert", "studies": "expert", "studied": "expert", "researches": "expert",
    "specializes": "expert", "specialises": "expert", "analyzes": "expert", "analyses": "expert", "tracks": "expert",
    "appraises": "expert", "represents": "official", "represented": "official", "hosts": "media", "hosted": "media",
    "anchors": "media", "moderated": "media", "edits": "media", "blogs": "media", "covers": "media", "reports": "media",
    "lives": "citizen", "lived": "citizen", "moved": "citizen", "grew": "citizen", "drove": "citizen", "stood": "citizen",
    "waited": "citizen", "graduated": "citizen", "starred": "citizen", "stars": "citizen", "plays": "citizen",
}  # fmt: skip
_WORK_VERBS = frozenset(
    """served serves serving took became becomes runs ran leads led heads headed founded owns owned works worked directs
    directed manages managed oversees oversaw chairs chaired is was""".split()
)
_RACE_VERBS = frozenset("running seeking challenging campaigning vying".split())
_MADE = frozenset("elected appointed nominated confirmed reelected".split())
_AUXILIARIES = frozenset("has have had also now once long recently previously later currently still is was 's".split())
_ADVERBS = frozenset("then now once formerly also perhaps currently previously".split())


def read_apposition(kinds: Kinds, first: int) -> Iterator[Finding]:
    """What stands between commas or brackets behind a name, from its first piece on: an age, "who ...", roles."""
    text, word = kinds.text, kinds.text.lower[first]
    if word.isdigit() and len(word) == 2:
        yield "citizen", CLAUSE
        first, word = first + 1, text.lower[first + 1] if first + 1 < len(text.lower) else ""
    while word in _ADVERBS and first + 1 < len(text.lower):
        first, word = first + 1, text.lower[first + 1]
    if first >= len(text.lower):
        return
    stop = clause_end(kinds, first)
    if word in ("who", "whose"):
        yield from read_relative(kinds, first, stop)
    elif tag_of(text, first).startswith(("DT", "NN", "JJ", "PRP$", "CD", "VBN")):
        yield from _read_roles(kinds, first, stop)


def _read_roles(kinds: Kinds, first: int, stop: int) -> Iterator[Finding]:
    """The roles of an apposition: who is a candidate among other things is one; a role whose organisation nobody knows yields."""
    text = kinds.text
    found: list[tuple[str, Kind]] = []
    chunks = find_chunks(kinds, first, stop)
    for number, (lead, _, _) in enumerate(chunks):
        if number == 0 or lead in ("and", ",", "&"):
            source_type, head = read_phrase(kinds, chunks[number:])
            if head is not None and (head.entry.pos in ("role", "member") or source_type in ("expert", "media", "company")):
                found.append((as_candidate(source_type, head), head))
    if not found:
        if text.lower[first] in ("a", "an") and not kinds.between(first, stop):
            yield "citizen", HINT  # "Ana Teskel, a locksmith": occupations that no list holds
        return
    types = [source_type for source_type, _ in found]
    if "candidate" in types:
        yield "candidate", SAID
    elif types[0] == "official" and _is_of_the_past(text, chunks):
        yield "former_official", SAID
    else:
        known = [source_type for source_type, head in found if head.entry.id != "sources/organisation_head"]
        yield (known or types)[0] if types[0] == "civil_society" else types[0], SAID


def _is_of_the_past(text: Text, chunks: Sequence[Chunk]) -> bool:
    """ "an official under President Reyl", "in the Reyl administration": of those in office nobody says whose they are."""
    for lead, first, stop in chunks:
        if lead == "under" and text.lower[first] in ("president", "presidents", "prime"):
            return True
        if lead == "in" and text.lower[stop - 1] == "administration" and is_large(text, stop - 2):
            return True
    return False


def read_relative(kinds: Kinds, first: int, stop: int) -> Iterator[Finding]:
    """ "who teaches law": the verb tells; "who runs a charity": its object does."""
    words, at = kinds.text.lower, first + 1
    while at + 1 < stop and words[at] in _AUXILIARIES and tag_of(kinds.text, at + 1).startswith(("VB", "RB")):
        at += 1
    verb = words[at] if at < stop else ""
    if verb in _ROLE_VERBS:
        yield _ROLE_VERBS[verb], CLAUSE
    elif verb in _RACE_VERBS:
        yield "candidate", CLAUSE
    elif verb in _MADE:
        yield from read_made(kinds, verb, at + 1)
    elif verb in _WORK_VERBS:
        source_type, head = read_phrase(kinds, find_chunks(kinds, at + 1, stop))
        if head is not None:
            past = source_type == "official" and verb in ("served", "was") and words[at - 1] not in ("has", "have")
            yield "former_official" if past else as_candidate(source_type, head), CLAUSE


def read_made(kinds: Kinds, verb: str, first: int) -> Iterator[Finding]:
    """ "Teskel is running", "Teskel was elected mayor"."""
    if verb in _RACE_VERBS:
        yield "candidate", HINT
    elif verb in _MADE:
        source_type, head = read_phrase(kinds, find_chunks(kinds, first, clause_end(kinds, first)))
        if head is not None and head.entry.pos in ("role", "member"):
            yield as_candidate(source_type, head), SAID


def clause_end(kinds: Kinds, first: int, reach: int = 14) -> int:
    """The piece after the last one before punctuation, a line's end or `reach` pieces."""
    text = kinds.text
    for piece in range(first, min(first + reach, len(text.lower))):
        gap = kinds.gap(piece)
        if (gap != " " and (gap.strip(" .-’'\"“”/") or "\n" in gap)) or piece + 1 in text.sentence_starts:
            return piece + 1
    return min(first + reach, len(text.lower))
