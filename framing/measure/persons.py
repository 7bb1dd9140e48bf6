"""The persons of an article: what it says they are, wherever their names stand.

A person's type is the sum of what stands beside any mention: a title or role before the name, an apposition after it, a party
and state, the organisation they are of, the campaign they have.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from framing.measure.names import Name, find_names, first_names, is_full, spell, title_gender
from framing.measure.sources import Kinds, find_chunks, gap_after, read_phrase
from framing.measure.text import Text

_PERSONS, _THINGS = frozenset("he his she her".split()), frozenset("it its".split())
_THINGS_AND_PERSONS = _PERSONS | _THINGS
# So many bearers of one surname are told apart; more are in no article, and without a limit time would not be linear.
_BEARERS = 20
_PLACE_LINKS = frozenset("in near across throughout".split())
_ROLE_VERBS = {
    "teaches": "expert", "studies": "expert", "studied": "expert", "researches": "expert", "represents": "official",
    "chairs": "official", "represented": "official", "hosts": "media", "anchors": "media", "covers": "media",
}  # fmt: skip
_WORK_VERBS = frozenset(
    "served serves took became runs leads heads founded owns works worked directs led ran manages oversees is was".split()
)
# Where nothing of this kind stands, nothing beside a name is read: most mentions are bare surnames.
_BEFORE_NAMES = frozenset("NN JJ PO VB CD".split())
_AFTER_NAMES = frozenset("of with at from is was".split())
_RACE_WORDS = frozenset(
    "campaign camp supporters voters nomination candidacy rally rallies presidency administration bid".split()
)


@dataclass
class Person:
    """Somebody the article names."""

    name: str
    """The fullest form of the name."""
    surname: str
    """The last word of the name."""
    gender: str
    """`he`, `she`, or nothing where it cannot be told."""
    mentions: int = 0
    """How often the full name stands in the article."""
    named: int = 0
    """How often any form of the name does."""
    evidence: Counter[str] = field(default_factory=Counter)
    """Weight of what the article says for each source type; `candidate` for who runs for an office."""

    @property
    def source_type(self) -> str:
        """The type with the most weight; who held an office and runs for one is `official`, as the codebook has it."""
        if not self.evidence:
            return "none"
        if self.evidence["candidate"] > 2 or (self.evidence["candidate"] and self.evidence["former_official"]):
            return "official"
        best = max(self.evidence, key=lambda kind: (self.evidence[kind], kind))
        return "official" if best == "candidate" else best


class People:
    """The persons of an article by their mentions."""

    def __init__(self, kinds: Kinds, sources: frozenset[int] = frozenset()) -> None:
        self.kinds = kinds
        self._sources = sources
        self.persons: list[Person] = []
        self.mentions: dict[int, tuple[Name, Person]] = {}
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        self._first_names: dict[str, list[Person]] = defaultdict(list)
        names = find_names(kinds)
        for name in names:
            if is_full(name) and not self._is_place(name):
                self._mention(name, self._bearer_of_full(name))
        singles = [name for name in names if not is_full(name)]
        self._things = self._find_things(singles)
        for name in singles:
            if (person := self._bearer_of_one(name)) is not None:
                self._mention(name, person)
        for name, person in self.mentions.values():
            _add_evidence(kinds, name, person)

    def within(self, first: int, stop: int) -> list[tuple[Name, Person]]:
        """The mentions that begin among the pieces first..stop-1."""
        return [self.mentions[piece] for piece in range(first, stop) if piece in self.mentions]

    def _mention(self, name: Name, person: Person) -> None:
        self.mentions[name.first] = name, person
        person.named += 1
        person.gender = person.gender or title_gender(self.kinds.text, name)

    def _is_place(self, name: Name) -> bool:
        """A name without a title or first name after "in" is a place's."""
        before = self.kinds.text.lower[name.first - 1] if name.first else ""
        return name.opens == name.first and before in _PLACE_LINKS and name.words[0] not in first_names()

    def _bearer_of_full(self, name: Name) -> Person:
        first, surname = name.words[0], name.words[-1]
        spelled = spell(self.kinds.text, name)
        for person in self._surnames[surname][:_BEARERS]:
            if _is_same(person.name, spelled):
                person.name = max(person.name, spelled, key=len)
                person.gender = person.gender or first_names().get(first, "")
                person.mentions += 1
                return person
        person = Person(spelled, surname, first_names().get(first, ""), 1)
        self.persons.append(person)
        self._surnames[surname].append(person)
        self._first_names[first].append(person)
        return person

    def _bearer_of_one(self, name: Name) -> Person | None:
        """Who a single name means: of the bearers of the surname the one named in full most often, else by first name."""
        word, gender = name.words[-1], title_gender(self.kinds.text, name)
        bearers = [person for person in self._surnames[word][:_BEARERS] if not gender or person.gender in ("", gender)]
        if bearers:
            return max(bearers, key=lambda person: person.mentions)
        if not (name.plain or gender):
            return None
        if len(self._first_names[word]) == 1:
            return self._first_names[word][0]
        if name.opens == name.first and not self._is_subject(name):
            return None
        person = Person(spell(self.kinds.text, name), word, gender or first_names().get(word, ""))
        self.persons.append(person)
        self._surnames[word].append(person)
        return person

    def _find_things(self, singles: Sequence[Name]) -> frozenset[str]:
        """Single names that "its" follows more often than "his" or "her": organisations."""
        lean: Counter[str] = Counter()
        for name in singles:
            if name.words[0] not in self._surnames:
                near = self.kinds.text.lower[name.last + 1 : name.last + 13]
                if not _THINGS_AND_PERSONS.isdisjoint(near):
                    lean[name.words[0]] += sum(word in _PERSONS for word in near) - sum(word in _THINGS for word in near)
        return frozenset(word for word, balance in lean.items() if balance < 0)

    def _is_subject(self, name: Name) -> bool:
        """Whether a verb follows a single name, or "who" or a possessive: places and things are rarer there."""
        text, after = self.kinds.text, name.last + 1
        if after >= len(text.keys) or name.words[0] in self._things:
            return False
        if name.first and text.lower[name.first - 1] in ("the", *_PLACE_LINKS):
            return False
        if name.first in self._sources:
            return True
        verb = gap_after(text, name.last) == " " and text.tags[after] in ("VBD", "VBZ", "MD")
        return verb or text.lower[after] in ("who", "'s")


def _is_same(known: str, name: str) -> bool:
    """Whether two full names with one surname are one person's: "Ana Reyl", "Ana T. Reyl", "A. Reyl"."""
    one, other = known.split()[0].strip("."), name.split()[0].strip(".")
    return one.startswith(other) or other.startswith(one) or known.endswith(" " + name) or name.endswith(" " + known)


def _add_evidence(kinds: Kinds, name: Name, person: Person) -> None:
    """Adds what stands around one mention to what is known of the person."""
    text, after = kinds.text, name.last + 1
    before = text.tags[name.opens - 1][:2] if name.opens else ""
    if name.opens < name.first or before in _BEFORE_NAMES or gap_after(text, name.opens - 1).startswith(","):
        _add(person, _before(kinds, name))
    if after < len(text.keys) and (
        gap_after(text, name.last) != " " or text.lower[after] in _AFTER_NAMES or text.lower[after] in _RACE_WORDS
    ):
        _add(person, _after(kinds, text, after))


def _add(person: Person, found: Iterator[tuple[str, int]]) -> None:
    for source_type, weight in found:
        if source_type != "none":
            person.evidence[source_type] += weight


def _before(kinds: Kinds, name: Name) -> Iterator[tuple[str, int]]:
    """A title or role before a name: "Senator", "the law professor", "CNN's", "the company's lawyer, Ana Teskel,"."""
    if name.opens and kinds.text.lower[name.opens - 1] == "old":  # "62-year-old Ana Teskel"
        yield "citizen", 1
    text, comma = kinds.text, name.opens > 0 and gap_after(kinds.text, name.opens - 1).strip() == ","
    first = name.opens - comma
    while first > 0 and name.opens - first < 9 and _is_in_phrase(text, first - 1, wide=comma):
        first -= 1
    if first == name.first or (comma and not _opens_phrase(text, first, name.opens)):
        return
    source_type, head = read_phrase(kinds, find_chunks(text, first, name.first))
    if head is not None and (head.entry.pos in ("role", "member") or text.lower[name.opens - 1] == "'s"):
        yield "candidate" if head.entry.category == "candidate" else source_type, 3


def _opens_phrase(text: Text, first: int, stop: int) -> bool:
    """Whether a role before a comma is a phrase of its own: at a sentence's start or after a verb or comma, and definite."""
    definite = text.lower[first] in ("the", "his", "her", "its", "their", "another") or "'s" in text.lower[first:stop]
    return definite and (
        first in text.sentence_starts or gap_after(text, first - 1).strip() != "" or text.tags[first - 1] == "VBD"
    )


def _is_in_phrase(text: Text, piece: int, *, wide: bool) -> bool:
    inside = ("NN", "JJ", "POS", "VBN", "DT", "PRP$", "IN") if wide else ("NN", "JJ", "POS", "VBN")
    joined = gap_after(text, piece).strip("-") in ("", " ", ". ") and piece + 1 not in text.sentence_starts
    title = text.lower[piece] == "of" and text.keys[piece + 1][0].isupper() and piece > 0 and text.keys[piece - 1][0].isupper()
    return joined and (title or text.tags[piece].startswith(inside) or text.lower[piece] == "'s")


def _after(kinds: Kinds, text: Text, after: int) -> Iterator[tuple[str, int]]:
    """What follows a name: an apposition, party and state, a relative clause of work, an organisation, a campaign."""
    if after >= len(text.keys):
        return
    gap, word = gap_after(text, after - 1).strip(" ."), text.lower[after]
    if gap in (",", "(", ",(") and word in ("r", "d", "i") and after + 1 < len(text.keys) and text.words[after + 1].joint == "-":
        yield "official", 3
    elif gap in (",", "(", "—", "–", ", "):
        yield from _apposition(kinds, after)
    elif gap == "" and word in ("of", "with", "at", "from"):
        yield from _organisation(kinds, after)
    elif gap in ("", "’", "'") and word in ("'s", *_RACE_WORDS):
        race = text.lower[after : after + 3]
        if any(one in _RACE_WORDS for one in race[: 1 + (word == "'s") + (word == "'s")]):
            yield "candidate", 2
    elif gap == "" and word in ("is", "was") and text.tags[after + 1 : after + 2] == ["DT"]:
        source_type, head = read_phrase(kinds, find_chunks(text, after + 1, _clause_end(text, after + 1)))
        if head is not None and head.entry.pos in ("role", "member"):
            yield source_type, 2


def _clause_end(text: Text, first: int, reach: int = 14) -> int:
    """The piece after the last one before punctuation, a line's end or `reach` pieces."""
    for piece in range(first, min(first + reach, len(text.keys))):
        if gap_after(text, piece).strip(" .-’'\"“”") or "\n" in gap_after(text, piece) or piece + 1 in text.sentence_starts:
            return piece + 1
    return min(first + reach, len(text.keys))


def _apposition(kinds: Kinds, first: int) -> Iterator[tuple[str, int]]:
    text, word = kinds.text, kinds.text.lower[first]
    if word.isdigit() and len(word) == 2:
        yield "citizen", 1
        first, word = first + 1, text.lower[first + 1] if first + 1 < len(text.keys) else ""
    stop = _clause_end(text, first)
    if word in ("who", "whose"):
        yield from _relative(kinds, first, stop)
    elif text.tags[first : first + 1] and text.tags[first].startswith(("DT", "NN", "JJ", "PRP$", "CD")):
        source_type, head = read_phrase(kinds, find_chunks(text, first, stop))
        if head is not None and (head.entry.pos in ("role", "member") or source_type in ("expert", "media", "company")):
            yield "candidate" if head.entry.category == "candidate" else source_type, 3


def _relative(kinds: Kinds, first: int, stop: int) -> Iterator[tuple[str, int]]:
    """ "who teaches law": the verb tells; "who runs a charity": its object does."""
    verb = kinds.text.lower[first + 1] if first + 1 < stop else ""
    if verb in _ROLE_VERBS:
        yield _ROLE_VERBS[verb], 2
    elif verb in _WORK_VERBS:
        yield read_phrase(kinds, find_chunks(kinds.text, first + 2, stop))[0], 2


def _organisation(kinds: Kinds, first: int) -> Iterator[tuple[str, int]]:
    """ "of the Lesk Institute": an organisation after a name, at most six words on."""
    text = kinds.text
    stop = min(_clause_end(text, first), first + 6)
    hits = [hit for hit in kinds.between(first, stop) if hit.entry.pos in ("body", "seat") and hit.entry.category != "country"]
    if hits:
        yield read_phrase(kinds, [("", first, hits[0].last + 1)])[0], 2
    elif text.lower[first] == "from" or gap_after(text, stop - 1).startswith(","):
        yield "citizen", 1  # "Ana Teskel of Lesk, Caldria,": where somebody lives is said of private persons
