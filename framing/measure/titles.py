"""What stands before a name: titles and roles, and what they make of whoever bears it."""

from __future__ import annotations

from collections.abc import Iterator

from framing.measure.kinds import Kind, Kinds, is_large, is_plural, tag_of
from framing.measure.names import Name
from framing.measure.namesigns import IN_TITLE, SPACED
from framing.measure.sources import find_chunks, read_phrase

Finding = tuple[str, int]
"""A source type and its weight; `candidate` for who runs for an office."""

SAID, CLAUSE, HINT = 3, 2, 1
"""A title or an apposition says what somebody is, a clause tells as much, other cues only make it likely (weights chosen)."""
_ARTICLES = frozenset("the a an his her its their our my another one".split())
_EXAMPLES = frozenset("like including as".split())
_LINKS = frozenset("of for at in from".split())
_TITLES_OF_MANY = frozenset("sens reps govs senators representatives governors congressmen professors profs drs".split())


def read_title(kinds: Kinds, name: Name, stop: int) -> Iterator[Finding]:
    """A title or role before a name: "Senator", "the law professor", "CNN's"."""
    text, first = kinds.text, stop
    while first > 0 and stop - first < 9 and _is_in_title(kinds, first - 1):
        first -= 1
    if first == name.first:
        return
    yield from read_role(kinds, first, max(stop, name.first) if stop == name.opens else stop, named=text.lower[stop - 1] == "'s")


def _is_in_title(kinds: Kinds, piece: int) -> bool:
    signs = kinds.signs[piece]
    return bool(signs & IN_TITLE and (signs & SPACED or kinds.gap(piece).strip("-/") in ("", " ", ". ")))


def read_role_before_comma(kinds: Kinds, name: Name) -> Iterator[Finding]:
    """ "the company's lawyer, Ana Teskel,": back to the article or possessive that opens the phrase."""
    text, first = kinds.text, name.opens
    opened = None
    for piece in range(first - 1, max(-1, first - 13), -1):
        if piece < first - 1 and kinds.gap(piece).strip(" .-’'"):
            break
        if text.lower[piece] in _ARTICLES:
            opened = piece
            if piece == 0 or text.lower[piece - 1] not in _LINKS:
                break
        elif text.lower[piece] == "'s" and is_large(text, piece - 1):
            opened = piece - 1
        if piece in text.sentence_starts or (tag_of(text, piece).startswith(("VBD", "VBZ", "MD", "PRP")) and opened != piece):
            break
    if opened is not None and _opens_phrase(kinds, opened):
        yield from read_role(kinds, opened, first)


def _opens_phrase(kinds: Kinds, first: int) -> bool:
    """Whether a role before a comma begins a phrase of its own, not one behind "after" or "with"."""
    text = kinds.text
    if first in text.sentence_starts or kinds.gap(first - 1).strip():
        return True
    return tag_of(text, first - 1).startswith(("VB", "CC")) or text.lower[first - 1] in ("by", "to", "that", "and", "from", "of")


def is_closed(kinds: Kinds, last: int) -> bool:
    """Whether a name ends its phrase: without that, what stands before its comma is another part of the sentence."""
    text, after = kinds.text, last + 1
    return after >= len(text.lower) or bool(kinds.gap(last).strip()) or tag_of(text, after).startswith(("VBD", "VBZ", "MD"))


def read_shared_title(kinds: Kinds, opens: int) -> Iterator[Finding]:
    """ "Sens. Ana Reyl of Lesk and Tomas Ord": a title of several people holds for all, and so does "candidates
    such as"."""
    text = kinds.text
    for piece in range(opens - 1, max(-1, opens - 12), -1):
        if piece in text.sentence_starts and piece != opens - 1 and text.lower[piece] not in _TITLES_OF_MANY:
            return
        if text.lower[piece] in _TITLES_OF_MANY and is_large(text, piece):
            yield ("expert" if text.lower[piece][:2] in ("pr", "dr") else "official"), SAID
            return
        if text.lower[piece] in _EXAMPLES:
            hits = kinds.between(max(0, piece - 3), piece)
            if hits and hits[-1].entry.category == "candidate" and is_plural(text, hits[-1]):
                yield "candidate", SAID
            return
        if not (is_large(text, piece) or text.lower[piece] in ("and", "of")):
            return


def read_role(kinds: Kinds, first: int, stop: int, *, named: bool = False) -> Iterator[Finding]:
    """What a role says of its bearer; `named`: the phrase is a possessive, so an organisation says it too ("CNN's")."""
    source_type, head = read_phrase(kinds, find_chunks(kinds, first, stop))
    if head is not None and (head.entry.pos in ("role", "member") or named) and not (named and source_type == "document"):
        # a director of nothing in particular says little
        open_ended = head.entry.id == "sources/organisation_head" and source_type == head.entry.category
        yield as_candidate(source_type, head), HINT if open_ended else SAID


def as_candidate(source_type: str, head: Kind) -> str:
    """The type of a phrase, or `candidate` where its head says so."""
    return "candidate" if head.entry.category == "candidate" else source_type
