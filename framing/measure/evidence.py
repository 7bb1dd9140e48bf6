"""What the article says a person is: the words beside one mention of a name, as source types with weights.

Before a name stands a title or a role, behind it an apposition, a relative clause, party and state, an organisation, a
campaign, a show or a film.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.measure.appositions import clause_end, read_apposition, read_made, read_relative
from framing.measure.kinds import Kind, Kinds, gap_after, is_plural
from framing.measure.names import PROGRAMMES, Name
from framing.measure.sources import find_chunks, read_phrase
from framing.measure.text import Text
from framing.measure.titles import (
    CLAUSE,
    HINT,
    SAID,
    Finding,
    as_candidate,
    is_closed,
    read_role,
    read_role_before_comma,
    read_shared_title,
    read_title,
)

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
_ENDORSING = frozenset("endorsed endorse endorses endorsing backing backed".split())
_VOTING = frozenset("vote voted votes voting support caucus caucused caucusing campaign campaigned campaigning rally".split())
_STANDINGS = frozenset(
    """was is at with and has had got gets earned won wins led leads second third fourth fifth first trailed trails garnered drew
    by in place came followed received support from the a about to of takes took just only beat beats over""".split()
)
# Where another word stands next to a name, only its tag and the punctuation between can tell something.
_WORDS_BEFORE = _TELLING | _ENDORSING | _WRITING | frozenset("old for behind by named called and or like including as".split())
_WORDS_AFTER = _AFTER_NAMES | _STANDINGS


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
    if not titled and word not in _WORDS_BEFORE and gap not in (",", "’", "'"):
        if gap in ("", "-") and text.tags[opens - 1][:2] in _BEFORE_NAMES:
            yield from read_title(kinds, name, opens)
        return
    if word == "old" and not gap:  # "62-year-old Ana Teskel"
        yield "citizen", CLAUSE
    if word in _TELLING and not gap and not titled:  # "Reyl told Ana Teskel": interviewers are told
        yield "media", HINT
    if _is_voted_for(text, opens):
        yield "candidate", HINT
    if not titled and ((word in _WRITING and not gap) or text.lower[max(0, opens - 2) : opens] == ["asked", "by"]):
        yield "media", HINT
    if not titled and gap in ("’", "'") and text.keys[opens - 1][-1] == "s":  # "Fox News’ Ana Teskel"
        yield from read_role(kinds, max(0, opens - 2), opens, named=True)
    if titled or (opens and gap in ("", "-") and text.tags[opens - 1][:2] in _BEFORE_NAMES):
        yield from read_title(kinds, name, opens)
    elif not gap and word in ("named", "called") and opens > 1:
        yield from read_title(kinds, name, opens - 1)
    elif gap == "," and is_closed(text, name.last):
        yield from read_role_before_comma(kinds, name)
    if word in ("and", "or", "like", "including", "as") or gap == ",":
        yield from read_shared_title(kinds, opens)


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


def _after(kinds: Kinds, name: Name) -> Iterator[Finding]:
    """What follows a name."""
    text, after = kinds.text, name.last + 1
    while after < len(text.keys) and gap_after(text, after - 1) == "-" and text.keys[after][0].islower():
        after += 1  # "Ki-moon"
    if after >= len(text.keys):
        return
    gap, word = gap_after(text, after - 1).strip(" ."), text.lower[after]
    if not gap and word not in _WORDS_AFTER and text.tags[after] != "WP" and not word[0].isdigit():
        return
    if _polls(text, after):
        yield "candidate", HINT
    if gap in (",", "(", ",(") and word in ("r", "d", "i") and after + 1 < len(text.keys) and text.joints[after + 1] == "-":
        yield "official", SAID
    elif gap in (",", "(", "—", "–", ", ", "-"):
        yield from read_apposition(kinds, after)
    elif gap not in ("", "’", "'") or word not in _AFTER_NAMES:
        if not gap and text.tags[after] == "WP":
            yield from read_relative(kinds, after, clause_end(text, after))
    elif word in ("of", "with", "at", "from", "for"):
        yield from _organisation(kinds, after)
    elif word in PROGRAMMES and text.keys[after][0].isupper():
        yield "media", SAID
    elif word in _WRITING:
        yield from _writing(text, after)
    elif word in _ASKING and text.keys[min(after + 1, len(text.keys) - 1)][0].isupper():
        yield "media", HINT
    elif word == "'s" or word in _RACE_WORDS:
        yield from _possession(text, after)
    elif word in _COPULAS and text.tags[after + 1 : after + 2] and text.tags[after + 1][:2] in ("DT", "PR", "CD", "NN"):
        source_type, head = read_phrase(kinds, find_chunks(text, after + 1, clause_end(text, after + 1)))
        if head is not None and head.entry.pos in ("role", "member"):
            yield as_candidate(source_type, head), CLAUSE
    elif word in ("is", "was") and after + 2 < len(text.lower):
        yield from read_made(kinds, text.lower[after + 1], after + 2)


def _writing(text: Text, after: int) -> Iterator[Finding]:
    """ "Teskel wrote": a reporter, unless it was a letter, a message or a book; "in a column" and "on her show" make it sure."""
    rest = text.lower[after + 1 : after + 9]
    if any(word in _LETTERS for word in rest):
        return
    yield "media", CLAUSE if any(word in _COLUMNS for word in rest) else HINT


def _possession(text: Text, after: int) -> Iterator[Finding]:
    """ "Teskel's campaign", "Teskel's new album"."""
    owned = text.lower[after : after + 3]
    owned = owned[: 1 + 2 * (owned[0] == "'s")]
    if any(word in _RACE_WORDS for word in owned):
        yield "candidate", CLAUSE
    elif owned[0] == "'s":
        for word in owned[1:]:
            if word in _WORKS:
                yield _WORKS[word], CLAUSE
                return


def _organisation(kinds: Kinds, first: int) -> Iterator[Finding]:
    """ "of the Lesk Institute": an organisation after a name, at most six words on."""
    text = kinds.text
    stop = min(clause_end(text, first), first + 6)
    hits = [hit for hit in kinds.between(first, stop) if _is_employer(hit)]
    if hits:
        yield read_phrase(kinds, [("", first, hits[0].last + 1)])[0], CLAUSE
    elif _is_home(text, first, stop) and not any(is_plural(text, hit) for hit in kinds.between(first, stop)):
        yield "citizen", HINT


def _is_home(text: Text, first: int, stop: int) -> bool:
    """ "Ana Teskel of Lesk, Caldria,": where somebody lives is said of private persons."""
    return text.lower[first] == "from" or (text.lower[first] == "of" and gap_after(text, stop - 1).startswith(","))


def _is_employer(hit: Kind) -> bool:
    return hit.entry.pos in ("body", "seat") and hit.entry.category != "country" and hit.entry.id != "sources/party_adjective"
