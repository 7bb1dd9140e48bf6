"""What the article says a person is: the words beside one mention of a name, as source types with weights.

Before a name stands a title or a role, behind it an apposition, a relative clause, party and state, an organisation, a
campaign, a show or a film.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.measure.names import PROGRAMMES, Name
from framing.measure.sources import Chunk, Kind, Kinds, find_chunks, gap_after, is_plural, read_phrase
from framing.measure.text import Text

Finding = tuple[str, int]
"""A source type and its weight; `candidate` for who runs for an office."""

# A title, an apposition and the like say what somebody is; the other cues only make it likely (weights chosen).
_SAID, _CLAUSE, _HINT = 3, 2, 1
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
_COPULAS = frozenset("is was became becomes remains".split())
# Where nothing of this kind stands, nothing beside a name is read: most mentions are bare surnames.
_BEFORE_NAMES = frozenset("NN JJ PO VB CD".split())
_RACE_WORDS = frozenset(
    """campaign camp supporters voters nomination candidacy rally rallies presidency administration bid backers delegates
    office""".split()
)
_WORKS = {
    **dict.fromkeys(
        "film films movie movies album albums song songs music fans performance character concert".split(), "citizen"
    ),
    **dict.fromkeys("show podcast column newsletter blog broadcast readers viewers listeners".split(), "media"),
    **dict.fromkeys("research textbook".split(), "expert"),
}
_WRITING = frozenset("wrote writes reported reports".split())
_LETTERS = frozenset("letter statement twitter tweet facebook post memo email e-mail message book memoir note filing".split())
_COLUMNS = frozenset("column columns newsletter blog podcast magazine".split())
_AFTER_NAMES = (
    frozenset(("of", "with", "at", "from", "for", "told", "asked", "'s")) | _COPULAS | _RACE_WORDS | PROGRAMMES | _WRITING
)
_ASKING = frozenset("asked asks interviewed pressed grilled".split())
_TELLING = frozenset("told tells".split())
_ARTICLES = frozenset("the a an his her its their our my another one".split())
_LINKS = frozenset("of for at in from".split())
_ENDORSING = frozenset("endorsed endorse endorses endorsing backing backed".split())
_VOTING = frozenset("vote voted votes voting support caucus caucused caucusing campaign campaigned campaigning rally".split())
_STANDINGS = frozenset(
    """was is at with and has had got gets earned won wins led leads second third fourth fifth first trailed trails garnered drew by in
    place came followed received support from the a about to of takes took just only beat beats over""".split()
)
_TITLES_OF_MANY = frozenset("sens reps govs senators representatives governors congressmen professors profs drs".split())


def find_evidence(kinds: Kinds, name: Name) -> Iterator[Finding]:
    """What stands around one mention of a person.

    >>> text = Text("", "Ana Reyl, who teaches law, met Gov. Tomas Ord.")
    >>> from framing.measure.names import find_names
    >>> [list(find_evidence(Kinds(text), name)) for name in find_names(Kinds(text))]
    [[('expert', 2)], [('official', 3)]]
    """
    found = [*_before(kinds, name), *_after(kinds, name)]
    return ((source_type, weight) for source_type, weight in found if source_type != "none")


def _before(kinds: Kinds, name: Name) -> Iterator[Finding]:
    text, opens = kinds.text, name.opens
    titled = opens < name.first
    if opens == 0 and not titled:
        return
    gap, word = (gap_after(text, opens - 1).strip(), text.lower[opens - 1]) if opens else ("", "")
    if word == "old" and not gap:  # "62-year-old Ana Teskel"
        yield "citizen", _CLAUSE
    if word in _TELLING and not gap and not titled:  # "Reyl told Ana Teskel": interviewers are told
        yield "media", _HINT
    if _is_voted_for(text, opens):
        yield "candidate", _HINT
    if not titled and (word in _WRITING and not gap or text.lower[max(0, opens - 2) : opens] == ["asked", "by"]):
        yield "media", _HINT
    if not titled and gap in ("’", "'") and text.keys[opens - 1][-1] == "s":  # "Fox News’ Ana Teskel"
        yield from _read_role(kinds, max(0, opens - 2), opens, named=True)
    if titled or (opens and gap in ("", "-") and text.tags[opens - 1][:2] in _BEFORE_NAMES):
        yield from _title(kinds, name, opens)
    elif not gap and word in ("named", "called") and opens > 1:
        yield from _title(kinds, name, opens - 1)
    elif gap == "," and _is_closed(text, name.last):
        yield from _role_before_comma(kinds, name)
    if not titled and (word == "and" or gap == ","):
        yield from _shared_title(text, opens)


def _is_voted_for(text: Text, opens: int) -> bool:
    """ "vote for Teskel", "support for Teskel", "endorsed Teskel"."""
    before = text.lower[max(0, opens - 2) : opens]
    return bool(before) and (before[-1] in _ENDORSING or (before[-1] in ("for", "behind") and before[0] in _VOTING))


def _polls(text: Text, after: int) -> bool:
    """ "Teskel with 20 percent", "Teskel, at 9%": a share of the vote follows within a few words."""
    for piece in range(after, min(after + 6, len(text.keys))):
        if text.lower[piece].replace(".", "").isdigit():
            return gap_after(text, piece).startswith("%") or text.lower[piece + 1 : piece + 2] == ["percent"]
        if text.lower[piece] not in _STANDINGS:
            return False
    return False


def _title(kinds: Kinds, name: Name, stop: int) -> Iterator[Finding]:
    """A title or role before a name: "Senator", "the law professor", "CNN's"."""
    text, first = kinds.text, stop
    while first > 0 and stop - first < 9 and _is_in_title(text, first - 1):
        first -= 1
    if first == name.first:
        return
    yield from _read_role(kinds, first, max(stop, name.first) if stop == name.opens else stop, named=text.lower[stop - 1] == "'s")


def _is_in_title(text: Text, piece: int) -> bool:
    joined = gap_after(text, piece).strip("-/") in ("", " ", ". ") and piece + 1 not in text.sentence_starts
    title = text.lower[piece] == "of" and text.keys[piece + 1][0].isupper() and piece > 0 and text.keys[piece - 1][0].isupper()
    hyphen = "-" in (text.words[piece].joint, text.words[piece + 1].joint if piece + 1 < len(text.words) else "")
    return joined and (
        title or hyphen or text.tags[piece].startswith(("NN", "JJ", "POS", "VBN")) or text.lower[piece] in ("'s", "former")
    )


def _role_before_comma(kinds: Kinds, name: Name) -> Iterator[Finding]:
    """ "the company's lawyer, Ana Teskel,": back to the article or possessive that opens the phrase."""
    text, first = kinds.text, name.opens
    opened = None
    for piece in range(first - 1, max(-1, first - 13), -1):
        if piece < first - 1 and gap_after(text, piece).strip(" .-’'"):
            break
        if text.lower[piece] in _ARTICLES:
            opened = piece
            if piece == 0 or text.lower[piece - 1] not in _LINKS:
                break
        elif text.lower[piece] == "'s" and text.keys[piece - 1][0].isupper():
            opened = piece - 1
        if piece in text.sentence_starts or text.tags[piece].startswith(("VBD", "VBZ", "MD", "PRP")) and opened != piece:
            break
    if opened is not None and _opens_phrase(text, opened):
        yield from _read_role(kinds, opened, first)


def _opens_phrase(text: Text, first: int) -> bool:
    """Whether a role before a comma begins a phrase of its own, not one behind a preposition ("after the minister, Ana Teskel")."""
    if first in text.sentence_starts or gap_after(text, first - 1).strip():
        return True
    return text.tags[first - 1].startswith(("VB", "CC")) or text.lower[first - 1] in ("by", "to", "that", "and", "from", "of")


def _is_closed(text: Text, last: int) -> bool:
    """Whether a name ends its phrase: without that, what stands before its comma is another part of the sentence."""
    after = last + 1
    return after >= len(text.keys) or bool(gap_after(text, last).strip()) or text.tags[after].startswith(("VBD", "VBZ", "MD"))


def _shared_title(text: Text, opens: int) -> Iterator[Finding]:
    """ "Sens. Ana Reyl of Lesk and Tomas Ord": a title of several people holds for all."""
    for piece in range(opens - 1, max(-1, opens - 12), -1):
        if piece in text.sentence_starts and piece != opens - 1 and text.lower[piece] not in _TITLES_OF_MANY:
            return
        if text.lower[piece] in _TITLES_OF_MANY and text.keys[piece][0].isupper():
            yield ("expert" if text.lower[piece][:2] in ("pr", "dr") else "official"), _SAID
            return
        if not (text.keys[piece][0].isupper() or text.lower[piece] in ("and", "of")):
            return


def _read_role(kinds: Kinds, first: int, stop: int, *, named: bool = False) -> Iterator[Finding]:
    source_type, head = read_phrase(kinds, find_chunks(kinds.text, first, stop))
    if head is not None and (head.entry.pos in ("role", "member") or named) and not (named and source_type == "document"):
        # a director of nothing in particular says little
        open_ended = head.entry.id == "sources/organisation_head" and source_type == head.entry.category
        yield _as_candidate(source_type, head), _HINT if open_ended else _SAID


def _as_candidate(source_type: str, head: Kind) -> str:
    return "candidate" if head.entry.category == "candidate" else source_type


def _after(kinds: Kinds, name: Name) -> Iterator[Finding]:
    """What follows a name."""
    text, after = kinds.text, name.last + 1
    while after < len(text.keys) and gap_after(text, after - 1) == "-" and text.keys[after][0].islower():
        after += 1  # "Ki-moon"
    if after >= len(text.keys):
        return
    gap, word = gap_after(text, after - 1).strip(" ."), text.lower[after]
    if _polls(text, after):
        yield "candidate", _HINT
    if gap in (",", "(", ",(") and word in ("r", "d", "i") and after + 1 < len(text.keys) and text.words[after + 1].joint == "-":
        yield "official", _SAID
    elif gap in (",", "(", "—", "–", ", ", "-"):
        yield from _apposition(kinds, after)
    elif gap not in ("", "’", "'") or word not in _AFTER_NAMES:
        if not gap and text.tags[after] == "WP":
            yield from _relative(kinds, after, _clause_end(text, after))
    elif word in ("of", "with", "at", "from", "for"):
        yield from _organisation(kinds, after)
    elif word in PROGRAMMES and text.keys[after][0].isupper():
        yield "media", _SAID
    elif word in _WRITING:
        yield from _writing(text, after)
    elif word in _ASKING and text.keys[min(after + 1, len(text.keys) - 1)][0].isupper():
        yield "media", _HINT
    elif word == "'s" or word in _RACE_WORDS:
        yield from _possession(text, after)
    elif word in _COPULAS and text.tags[after + 1 : after + 2] and text.tags[after + 1][:2] in ("DT", "PR", "CD", "NN"):
        source_type, head = read_phrase(kinds, find_chunks(text, after + 1, _clause_end(text, after + 1)))
        if head is not None and head.entry.pos in ("role", "member"):
            yield _as_candidate(source_type, head), _CLAUSE
    elif word in ("is", "was") and after + 2 < len(text.lower):
        yield from _made(kinds, text.lower[after + 1], after + 2)


def _made(kinds: Kinds, verb: str, first: int) -> Iterator[Finding]:
    """ "Teskel is running", "Teskel was elected mayor"."""
    if verb in _RACE_VERBS:
        yield "candidate", _HINT
    elif verb in _MADE:
        source_type, head = read_phrase(kinds, find_chunks(kinds.text, first, _clause_end(kinds.text, first)))
        if head is not None and head.entry.pos in ("role", "member"):
            yield _as_candidate(source_type, head), _SAID


def _writing(text: Text, after: int) -> Iterator[Finding]:
    """ "Teskel wrote": a reporter, unless it was a letter, a message or a book; "in a column" and "on her show" make it sure."""
    rest = text.lower[after + 1 : after + 9]
    if any(word in _LETTERS for word in rest):
        return
    yield "media", _CLAUSE if any(word in _COLUMNS for word in rest) else _HINT


def _possession(text: Text, after: int) -> Iterator[Finding]:
    """ "Teskel's campaign", "Teskel's new album"."""
    owned = text.lower[after : after + 3]
    owned = owned[: 1 + 2 * (owned[0] == "'s")]
    if any(word in _RACE_WORDS for word in owned):
        yield "candidate", _CLAUSE
    elif owned[0] == "'s":
        for word in owned[1:]:
            if word in _WORKS:
                yield _WORKS[word], _CLAUSE
                return


def _clause_end(text: Text, first: int, reach: int = 14) -> int:
    """The piece after the last one before punctuation, a line's end or `reach` pieces."""
    for piece in range(first, min(first + reach, len(text.keys))):
        if gap_after(text, piece).strip(" .-’'\"“”/") or "\n" in gap_after(text, piece) or piece + 1 in text.sentence_starts:
            return piece + 1
    return min(first + reach, len(text.keys))


def _apposition(kinds: Kinds, first: int) -> Iterator[Finding]:
    text, word = kinds.text, kinds.text.lower[first]
    if word.isdigit() and len(word) == 2:
        yield "citizen", _CLAUSE
        first, word = first + 1, text.lower[first + 1] if first + 1 < len(text.keys) else ""
    while word in _ADVERBS and first + 1 < len(text.keys):
        first, word = first + 1, text.lower[first + 1]
    if first >= len(text.keys):
        return
    stop = _clause_end(text, first)
    if word in ("who", "whose"):
        yield from _relative(kinds, first, stop)
    elif text.tags[first].startswith(("DT", "NN", "JJ", "PRP$", "CD", "VBN")):
        yield from _read_apposition(kinds, first, stop)


def _read_apposition(kinds: Kinds, first: int, stop: int) -> Iterator[Finding]:
    """The roles of an apposition: who is a candidate among other things is one; a role whose organisation nobody knows yields."""
    text = kinds.text
    found: list[tuple[str, Kind]] = []
    chunks = find_chunks(text, first, stop)
    for number, (lead, _, _) in enumerate(chunks):
        if number == 0 or lead in ("and", ",", "&"):
            source_type, head = read_phrase(kinds, chunks[number:])
            if head is not None and (head.entry.pos in ("role", "member") or source_type in ("expert", "media", "company")):
                found.append((_as_candidate(source_type, head), head))
    if not found:
        if text.lower[first] in ("a", "an") and not kinds.between(first, stop):
            yield "citizen", _HINT  # "Ana Teskel, a locksmith": occupations that no list holds
        return
    types = [source_type for source_type, _ in found]
    if "candidate" in types:
        yield "candidate", _SAID
    elif types[0] == "official" and _is_of_the_past(text, chunks):
        yield "former_official", _SAID
    else:
        known = [source_type for source_type, head in found if head.entry.id != "sources/organisation_head"]
        yield (known or types)[0] if types[0] == "civil_society" else types[0], _SAID


def _is_of_the_past(text: Text, chunks: Sequence[Chunk]) -> bool:
    """ "an official under President Reyl", "in the Reyl administration": of those in office nobody says whose they are."""
    for lead, first, stop in chunks:
        if lead == "under" and text.lower[first] in ("president", "presidents", "prime"):
            return True
        if lead == "in" and text.lower[stop - 1] == "administration" and text.keys[stop - 2][0].isupper():
            return True
    return False


def _relative(kinds: Kinds, first: int, stop: int) -> Iterator[Finding]:
    """ "who teaches law": the verb tells; "who runs a charity": its object does."""
    words, at = kinds.text.lower, first + 1
    while at + 1 < stop and words[at] in _AUXILIARIES and not kinds.text.tags[at + 1].startswith(("DT", "PRP", "CD")):
        at += 1
    verb = words[at] if at < stop else ""
    if verb in _ROLE_VERBS:
        yield _ROLE_VERBS[verb], _CLAUSE
    elif verb in _RACE_VERBS:
        yield "candidate", _CLAUSE
    elif verb in _WORK_VERBS:
        source_type, head = read_phrase(kinds, find_chunks(kinds.text, at + 1, stop))
        if head is not None:
            past = (
                source_type == "official"
                and (verb == "served" or words[at - 1] == "was")
                and words[at - 1] not in ("has", "have")
            )
            yield "former_official" if past else _as_candidate(source_type, head), _CLAUSE


def _organisation(kinds: Kinds, first: int) -> Iterator[Finding]:
    """ "of the Lesk Institute": an organisation after a name, at most six words on."""
    text = kinds.text
    stop = min(_clause_end(text, first), first + 6)
    hits = [hit for hit in kinds.between(first, stop) if _is_employer(hit)]
    if hits:
        yield read_phrase(kinds, [("", first, hits[0].last + 1)])[0], _CLAUSE
    elif text.lower[first] == "from" or (text.lower[first] == "of" and gap_after(text, stop - 1).startswith(",")):
        if not any(is_plural(text, hit) for hit in kinds.between(first, stop)):
            yield "citizen", _HINT  # "Ana Teskel of Lesk, Caldria,": where somebody lives is said of private persons


def _is_employer(hit: Kind) -> bool:
    return hit.entry.pos in ("body", "seat") and hit.entry.category != "country" and hit.entry.id != "sources/party_adjective"
