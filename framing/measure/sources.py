"""The source of an attribution: its type and its naming, read from the words that name it.

Both follow the codebook (docs/measures.md). The lexicon `sources` tells what kind of word a phrase holds: its category is a
source type or a finer kind (`candidate`, `party`, `country`, `spokesperson`, `vague`), its `pos` is what the word can name: a
`role` of a person, a `member` whose type is that of the organisation beside it, a `body`, a `seat` of government, a `text`, an
`event`, a `household` (that speaks through members and is no institution).
"""

from __future__ import annotations

from collections.abc import Sequence

from framing.measure.kinds import Kind, Kinds, is_large, is_plural, key_of
from framing.measure.namesigns import CUT, LINKS, MAY_PART, OPENS_CLAUSE, SPACED
from framing.measure.text import Text

PRONOUNS = frozenset(
    """he she they it i we you who whom whose which that his her hers him them their theirs its my our your himself herself
    themselves itself myself ourselves this these""".split()
)
_TYPES = {"candidate": "official", "party": "official", "country": "official", "spokesperson": "official", "vague": "none"}
_NAMED_OF = frozenset("University Universities Institute College Bank Church Chamber School Museum Library".split())
_PLACED = frozenset("in from around across near".split())
_POSSESSIVE = frozenset("its their his her our my your whose 's".split())

Chunk = tuple[str, int, int]
"""The word before it, its first piece, the piece after its last."""


def find_chunks(kinds: Kinds, first: int, stop: int) -> list[Chunk]:
    """A phrase cut at punctuation and at prepositions, relative words and conjunctions.

    >>> text = Text("", "Ana Teskel, a pilot at the port of Lesk")
    >>> [(lead, " ".join(text.keys[a:b])) for lead, a, b in find_chunks(Kinds(text), 0, 9)]
    [('', 'Ana Teskel'), (',', 'a pilot'), ('at', 'the port'), ('of', 'Lesk')]
    """
    signs = kinds.signs
    if first < stop and not signs[first] & CUT and not any(map(MAY_PART.__and__, signs[first + 1 : stop])):
        return [("", first, stop)]  # nearly four of five, in US news
    chunks, lead, start, text = [], "", first, kinds.text
    for piece, sign in enumerate(signs[first:stop], start=first):
        if sign & CUT and not _is_in_name(text, piece):
            chunks.append((lead, start, piece))
            lead, start = text.lower[piece], piece + 1
        elif piece > start and sign & OPENS_CLAUSE:  # "figures her campaign released"
            chunks.append((lead, start, piece))
            lead, start = "that", piece
        if not sign & SPACED and piece + 1 < stop and (gap := kinds.gap(piece)).strip(" .-‐/’'\"“”"):
            chunks.append((lead, start, piece + 1))
            lead, start = gap.strip()[:1], piece + 1
    chunks.append((lead, start, stop))
    return [chunk for chunk in chunks if chunk[1] < chunk[2]]


def _is_in_name(text: Text, piece: int) -> bool:
    """Whether "of" stands inside a name ("University of Lesk")."""
    return text.lower[piece] == "of" and piece > 0 and key_of(text, piece - 1) in _NAMED_OF


def read_phrase(kinds: Kinds, chunks: Sequence[Chunk], skip: frozenset[int] = frozenset()) -> tuple[str, Kind | None]:
    """The source type of a phrase and the word that decides it: the head of the first chunk that tells.

    Pieces in `skip` (those of personal names) are not read.
    """
    former, unclear = False, None
    for number, (_, first, stop) in enumerate(chunks):
        hits = kinds.between(first, stop)
        if skip:
            hits = [hit for hit in hits if hit.first not in skip]
        if not hits:
            continue
        former = former or any(hit.entry.category == "former_official" and not _is_of_both(kinds.text, hit) for hit in hits)
        if len(hits) > 1 and kinds.text.lower[hits[-1].first] == "dr":  # "the candidate Dr. Teskel": a courtesy
            hits = hits[:-1]
        head = hits[-1]
        if head.entry.category == "vague":  # "some of the voters" are voters, "people familiar with the talks" are no talks
            unclear = unclear or head
            following = chunks[number + 1] if number + 1 < len(chunks) else ("", 0, 0)
            organisation = [hit for hit in hits[:-1] if _is_organisation(hit, "civil_society")]
            if organisation and head.entry.id in ("sources/source", "sources/insider"):  # "campaign sources"
                return _type_of(organisation[-1]), head
            if _is_measure(head) and following[0] in ("of", ",", "among"):
                continue
            if head.entry.id == "sources/people" and following[0] in _PLACED and is_large(kinds.text, following[1]):
                return "citizen", head  # "people in Lesk"
            break
        if head.entry.pos == "member":
            source_type = _member_type(kinds, hits, chunks[number + 1 :])
        elif head.entry.id == "sources/group":
            source_type = _group_type(kinds, hits, chunks[number + 1 :])
        else:
            source_type = _type_of(head)
        if source_type == "former_official" and _is_of_both(kinds.text, head):
            return "official", head
        return "former_official" if former and source_type in ("official", "military") else source_type, head
    return "citizen" if unclear and unclear.entry.id == "sources/share" else "none", unclear


def _group_type(kinds: Kinds, hits: Sequence[Kind], chunks: Sequence[Chunk]) -> str:
    """A group is what its members are: "a group of economists", "Democratic groups"; else a civil one."""
    if any(hit.entry.category == "party" for hit in hits):
        return "official"
    if chunks and chunks[0][0] == "of":
        members = [hit for hit in kinds.between(*chunks[0][1:]) if hit.entry.pos == "role" and is_plural(kinds.text, hit)]
        if members:
            return _type_of(members[-1])
    return "civil_society"


def _is_measure(hit: Kind) -> bool:
    """Whether a vague word only counts what follows: "many of the voters"; critics of the voters are no voters."""
    return hit.entry.pos == "determiner" or hit.entry.id in ("sources/people", "sources/others", "sources/source")


def _is_of_both(text: Text, hit: Kind) -> bool:
    """ "current and former officials" are officials."""
    return hit.first > 1 and text.lower[hit.first - 1] in ("and", "or") and text.lower[hit.first - 2] in ("current", "serving")


def _type_of(hit: Kind) -> str:
    return _TYPES.get(hit.entry.category, hit.entry.category)


def _member_type(kinds: Kinds, hits: Sequence[Kind], chunks: Sequence[Chunk]) -> str:
    """The type of the organisation beside a director, spokesman or member: before it, then after it; else the word's own."""
    own = hits[-1].entry.category
    for hit in reversed(hits[:-1]):
        if _is_organisation(hit, own):
            return _type_of(hit)
    for lead, first, stop in chunks:
        if lead not in LINKS or (own == "expert" and lead != "for"):  # a lawyer at a firm is asked, one for a firm speaks for it
            break
        found = [hit for hit in kinds.between(first, stop) if _is_organisation(hit, own)]
        if found:
            return _type_of(found[-1])
    return _type_of(hits[-1])


def _is_organisation(hit: Kind, member: str) -> bool:
    """Whether a word names what a member of the kind `member` belongs to: a country has officials but no firms."""
    if hit.entry.category == "country":
        return member in ("official", "spokesperson")
    return hit.entry.pos in ("body", "seat", "household") or hit.entry.category in ("party", "candidate")


def name_phrase(text: Text, first: int, stop: int, source_type: str, head: Kind | None) -> str:
    """Naming of a phrase without a personal name, from its head (see `read_phrase`)."""
    if stop - first == 1 and text.lower[first] in PRONOUNS:
        return "pronoun"
    if head is None:
        return _name_unknown(text, first, stop)
    pos, category = head.entry.pos, head.entry.category
    if category == "spokesperson":
        return "spokesperson"
    if category == "vague":
        return "vague"
    if pos == "seat":
        return "country_metonym"
    if pos in ("body", "text"):
        return "institution"
    if pos in ("event", "household"):
        return "vague"
    if not is_plural(text, head) and _is_definite(text, first, head, source_type):
        return "named_role"
    if source_type == "expert":
        return "expert"
    return "unnamed_official" if source_type in _OFFICIALS else "vague"


_OFFICIALS = ("official", "former_official", "military", "international_body")


def _is_definite(text: Text, first: int, head: Kind, source_type: str) -> bool:
    """Whether a role points to one person: an article, a possessive, or capitals without an article ("Moderator", "NGO chief");
    an expert needs a possessive ("her lawyer"), for "the economist" is still unnamed."""
    before = text.lower[first : head.first]
    if any(word in _POSSESSIVE for word in before):
        return True
    if source_type == "expert":
        return False
    return "the" in before or (is_large(text, first) and text.lower[first] not in ("a", "an", "one", "another", "some"))


def _name_unknown(text: Text, first: int, stop: int) -> str:
    """Without a known word: "the Veshnians" stand for their country, a name in capitals for an organisation."""
    capital = is_large(text, stop - 1)
    if capital and text.lower[first] == "the" and stop - first == 2 and text.lower[stop - 1].endswith("s"):
        return "country_metonym"
    return "institution" if capital else "vague"
