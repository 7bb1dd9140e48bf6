"""What the article says a person is: the words beside one mention of a name, as source types with weights.

Before a name stands a title or a role, behind it an apposition, a relative clause, party and state, an organisation, a
campaign, a show or a film.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.measure.appositions import clause_end, read_apposition, read_made, read_relative
from framing.measure.evidencewords import (
    AFTER_NAMES,
    ASKING,
    COLUMNS,
    COPULAS,
    ENDORSING,
    LETTERS,
    PROGRAMMES,
    RACE_WORDS,
    STANDINGS,
    TELLING,
    VOTING,
    WORDS_AFTER,
    WORDS_BEFORE,
    WORKS,
    WRITING,
)
from framing.measure.kinds import Kind, Kinds, is_hyphened, is_large, is_plural, key_of, tag_of
from framing.measure.names import Name
from framing.measure.namesigns import IN_TITLE, NAMES, SPACED, TELLS_AFTER, TELLS_BEFORE, WHO
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

_TITLE = NAMES | IN_TITLE


def find_evidence(kinds: Kinds, name: Name) -> list[Finding]:
    """What stands around one mention of a person.

    >>> text = Text("", "Ana Reyl, who teaches law, met Gov. Tomas Ord.")
    >>> from framing.measure.names import find_names
    >>> [find_evidence(Kinds(text), name) for name in find_names(Kinds(text))]
    [[('expert', 2)], [('official', 3)]]
    """
    found: list[Finding] = []
    before = kinds.signs[name.opens - 1] if name.opens else 0
    if name.opens < name.first or (name.opens and (before & TELLS_BEFORE or not before & SPACED)):
        found += _before(kinds, name)
    elif before & _TITLE == _TITLE:  # behind a space and a word of no other meaning only a title or role can stand
        found += read_title(kinds, name, name.opens)
    if not kinds.signs[name.last] & SPACED or kinds.signs[name.last + 1] & (TELLS_AFTER | WHO):
        found += _after(kinds, name)
    return [finding for finding in found if finding[0] != "none"]


def _before(kinds: Kinds, name: Name) -> Iterator[Finding]:
    text, opens = kinds.text, name.opens
    titled = opens < name.first
    if opens == 0 and not titled:
        return
    gap, word = (kinds.gap(opens - 1).strip(), text.lower[opens - 1]) if opens else ("", "")
    if not titled and word not in WORDS_BEFORE and gap not in (",", "’", "'"):
        if gap in ("", "-") and kinds.signs[opens - 1] & NAMES:
            yield from read_title(kinds, name, opens)
        return
    if word == "old" and not gap:  # "62-year-old Ana Teskel"
        yield "citizen", CLAUSE
    if word in TELLING and not gap and not titled:  # "Reyl told Ana Teskel": interviewers are told
        yield "media", HINT
    if _is_voted_for(text, opens):
        yield "candidate", HINT
    if not titled and ((word in WRITING and not gap) or text.lower[max(0, opens - 2) : opens] == ["asked", "by"]):
        yield "media", HINT
    if not titled and gap in ("’", "'") and key_of(text, opens - 1)[-1] == "s":  # "Fox News’ Ana Teskel"
        yield from read_role(kinds, max(0, opens - 2), opens, named=True)
    if titled or (opens and gap in ("", "-") and kinds.signs[opens - 1] & NAMES):
        yield from read_title(kinds, name, opens)
    elif not gap and word in ("named", "called") and opens > 1:
        yield from read_title(kinds, name, opens - 1)
    elif gap == "," and is_closed(kinds, name.last):
        yield from read_role_before_comma(kinds, name)
    if word in ("and", "or", "like", "including", "as") or gap == ",":
        yield from read_shared_title(kinds, opens)


def _is_voted_for(text: Text, opens: int) -> bool:
    """ "vote for Teskel", "support for Teskel", "endorsed Teskel"."""
    before = text.lower[max(0, opens - 2) : opens]
    return bool(before) and (before[-1] in ENDORSING or (before[-1] in ("for", "behind") and before[0] in VOTING))


def _polls(kinds: Kinds, after: int) -> bool:
    """ "Teskel with 20 percent", "Teskel, at 9%": a share of the vote follows within a few words."""
    text = kinds.text
    for piece in range(after, min(after + 6, len(text.lower))):
        if text.lower[piece].replace(".", "").isdigit():
            return kinds.gap(piece).startswith("%") or text.lower[piece + 1 : piece + 2] == ["percent"]
        if text.lower[piece] not in STANDINGS:
            return False
    return False


def _after(kinds: Kinds, name: Name) -> Iterator[Finding]:
    """What follows a name."""
    text, after = kinds.text, name.last + 1
    gap = kinds.gap(name.last)
    while after < len(text.lower) and gap == "-" and key_of(text, after)[0].islower():
        gap, after = kinds.gap(after), after + 1  # "Ki-moon"
    if after >= len(text.lower):
        return
    gap, word = gap.strip(" ."), text.lower[after]
    if not gap and word not in WORDS_AFTER and tag_of(text, after) != "WP" and not word[0].isdigit():
        return
    if (word in STANDINGS or word[0].isdigit()) and _polls(kinds, after):
        yield "candidate", HINT
    if gap in (",", "(", ",(") and word in ("r", "d", "i") and after + 1 < len(text.lower) and is_hyphened(text, after + 1):
        yield "official", SAID
    elif gap in (",", "(", "—", "–", ", ", "-"):
        yield from read_apposition(kinds, after)
    elif gap not in ("", "’", "'") or word not in AFTER_NAMES:
        if not gap and tag_of(text, after) == "WP":
            yield from read_relative(kinds, after, clause_end(kinds, after))
    elif word in ("of", "with", "at", "from", "for"):
        yield from _organisation(kinds, after)
    elif word in PROGRAMMES and is_large(text, after):
        yield "media", SAID
    elif word in WRITING:
        yield from _writing(text, after)
    elif word in ASKING and is_large(text, min(after + 1, len(text.lower) - 1)):
        yield "media", HINT
    elif word == "'s" or word in RACE_WORDS:
        yield from _possession(text, after)
    elif word in COPULAS and after + 1 < len(text.lower) and tag_of(text, after + 1)[:2] in ("DT", "PR", "CD", "NN"):
        source_type, head = read_phrase(kinds, find_chunks(kinds, after + 1, clause_end(kinds, after + 1)))
        if head is not None and head.entry.pos in ("role", "member"):
            yield as_candidate(source_type, head), CLAUSE
    elif word in ("is", "was") and after + 2 < len(text.lower):
        yield from read_made(kinds, text.lower[after + 1], after + 2)


def _writing(text: Text, after: int) -> Iterator[Finding]:
    """ "Teskel wrote": a reporter, unless it was a letter, a message or a book; "in a column" and "on her show" make it sure."""
    rest = text.lower[after + 1 : after + 9]
    if any(word in LETTERS for word in rest):
        return
    yield "media", CLAUSE if any(word in COLUMNS for word in rest) else HINT


def _possession(text: Text, after: int) -> Iterator[Finding]:
    """ "Teskel's campaign", "Teskel's new album"."""
    owned = text.lower[after : after + 3]
    owned = owned[: 1 + 2 * (owned[0] == "'s")]
    if any(word in RACE_WORDS for word in owned):
        yield "candidate", CLAUSE
    elif owned[0] == "'s":
        for word in owned[1:]:
            if word in WORKS:
                yield WORKS[word], CLAUSE
                return


def _organisation(kinds: Kinds, first: int) -> Iterator[Finding]:
    """ "of the Lesk Institute": an organisation after a name, at most six words on."""
    text = kinds.text
    stop = min(clause_end(kinds, first), first + 6)
    hits = [hit for hit in kinds.between(first, stop) if _is_employer(hit)]
    if hits:
        yield read_phrase(kinds, [("", first, hits[0].last + 1)])[0], CLAUSE
    elif _is_home(kinds, first, stop) and not any(is_plural(text, hit) for hit in kinds.between(first, stop)):
        yield "citizen", HINT


def _is_home(kinds: Kinds, first: int, stop: int) -> bool:
    """ "Ana Teskel of Lesk, Caldria,": where somebody lives is said of private persons."""
    word = kinds.text.lower[first]
    return word == "from" or (word == "of" and kinds.gap(stop - 1).startswith(","))


def _is_employer(hit: Kind) -> bool:
    return hit.entry.pos in ("body", "seat") and hit.entry.category != "country" and hit.entry.id != "sources/party_adjective"
