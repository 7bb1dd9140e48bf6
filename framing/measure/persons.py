"""The persons of an article: what it says they are, wherever their names stand.

A person's type is the sum of what stands beside any mention: a title or role before the name, an apposition after it, a party
and state, the organisation they are of, the campaign they have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isnan

from framing.measure.evidence import find_evidence
from framing.measure.kinds import Kinds
from framing.measure.names import Name, find_longer, is_full, single_name, spell, title_gender
from framing.measure.namesigns import NO_PERSON_AFTER, OWNS, PLACE_LINKS, SPACED, VERB, first_names
from framing.measure.offices import estimate_year, find_officer, type_officer

# So many bearers of one surname are told apart; more are in no article, and without a limit time would not be linear.
_BEARERS = 20
# A person whom the article names so often without a word on who they are is known to its readers (chosen).
_KNOWN = 3
# Evidence of this weight is a title or an apposition; hints must come once in so many mentions (chosen).
_SURE, _MENTIONS = 3, 6
# An article is political if so many of its words of the lexicon `sources` name politicians or officials (chosen).
_POLITICAL = 1 / 6


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
    found: list[tuple[Kinds, Name]] = field(default_factory=list, repr=False)
    """All mentions, with the words of their text."""

    @cached_property
    def evidence(self) -> dict[str, int]:
        """Weight of what the article says for each source type; `candidate` for who runs for an office. Read when first asked
        for, because most persons of an article are no sources."""
        weights: dict[str, int] = {}
        for kinds, name in self.found:
            for source_type, weight in find_evidence(kinds, name):
                weights[source_type] = weights.get(source_type, 0) + weight
        return weights

    @property
    def is_introduced(self) -> bool:
        """Whether the article says who they are: one hint among many mentions does not."""
        weight = max(self.evidence.values(), default=0)
        return weight >= _SURE or (weight * _MENTIONS >= self.named and weight > 0)

    @property
    def source_type(self) -> str:
        """The type with the most weight; who held an office and runs for one is `official`, as the codebook has it."""
        if not self.evidence:
            return "none"
        candidate = self.evidence.get("candidate", 0)
        if candidate > 2 or (candidate and "former_official" in self.evidence):
            return "official"
        best = max(self.evidence, key=lambda kind: (self.evidence[kind], kind))
        return "official" if best == "candidate" else best


class People:
    """The persons of an article by their mentions."""

    def __init__(self, kinds: Kinds, sources: Sequence[tuple[int, int]] = ()) -> None:
        self.kinds = kinds
        self._sources = frozenset(first for first, stop in sources if stop - first <= 2)
        self.persons: list[Person] = []
        self.mentions: dict[int, tuple[Name, Person]] = {}
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        self._first_names: dict[str, list[Person]] = defaultdict(list)
        shorter: list[Name] = []
        for name in find_longer(kinds):
            if not is_full(name):
                shorter.append(name)
            elif not self._is_place(name):
                self._mention(name, self._bearer_of_full(name))
        self._things = self._find_things(shorter)
        for name in self._find_singles(shorter):
            if (person := self._bearer_of_one(name)) is not None:
                self._mention(name, person)
        self._types: dict[int, str] = {}

    @cached_property
    def _year(self) -> int:
        """The year from which the article can be at the earliest."""
        return estimate_year(person.name for person in self.persons)

    def within(self, first: int, stop: int) -> list[tuple[Name, Person]]:
        """The mentions that begin among the pieces first..stop-1."""
        return [self.mentions[piece] for piece in range(first, stop) if piece in self.mentions]

    def type_of(self, person: Person) -> str:
        """The person's type; of one whom the article does not introduce, what fits most of them: a political article takes it
        for granted that its readers know politicians, another introduces nobody but private persons."""
        if id(person) not in self._types:
            self._types[id(person)] = self._read_type(person)
        return self._types[id(person)]

    def _read_type(self, person: Person) -> str:
        officer = find_officer(person.name)
        if officer is not None and all(person.evidence.get(kind, 0) < _SURE for kind in ("candidate", "former_official")):
            return type_officer(officer, self._year)
        if person.is_introduced:
            return person.source_type
        politics = self.kinds.survey.politics[self.kinds.number]
        if isnan(politics):
            return "none"
        return "official" if politics >= _POLITICAL or person.named >= _KNOWN else "citizen"

    def _mention(self, name: Name, person: Person) -> None:
        self.mentions[name.first] = name, person
        person.named += 1
        person.found.append((self.kinds, name))
        if name.opens < name.first:
            person.gender = person.gender or title_gender(self.kinds.text, name)

    def _is_place(self, name: Name) -> bool:
        """A name without a title or first name after "in" is a place's."""
        before = self.kinds.text.lower[name.first - 1] if name.first else ""
        return name.opens == name.first and before in PLACE_LINKS and name.words[0] not in first_names()

    def _bearer_of_full(self, name: Name) -> Person:
        first, surname = name.words[0], name.words[-1]
        spelled = spell(self.kinds, name)
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
        word = name.words[-1]
        gender = title_gender(self.kinds.text, name) if name.opens < name.first else ""
        bearers = self._surnames.get(word, [])[:_BEARERS]
        if gender:
            bearers = [person for person in bearers if person.gender in ("", gender)]
        if bearers:
            return bearers[0] if len(bearers) == 1 else max(bearers, key=lambda person: person.mentions)
        if not (name.plain or gender):
            return None
        if len(namesakes := self._first_names.get(word, [])) == 1:
            return namesakes[0]
        if name.opens == name.first and not self._is_subject(name):
            return None
        person = Person(spell(self.kinds, name), word, gender or first_names().get(word, ""))
        self.persons.append(person)
        self._surnames[word].append(person)
        return person

    def _find_things(self, shorter: Sequence[Name]) -> frozenset[str]:
        """Single names that "its" follows more often than "his" or "her": organisations."""
        singles, leans, begin = self.kinds.survey.singles, self.kinds.survey.leans, self.kinds.begin
        within = slice(*singles.begin[self.kinds.number : self.kinds.number + 2])
        rows = [(word, near) for word, near in zip(singles.words[within], singles.leans[within], strict=True) if near]
        rows += [(name.words[0], int(leans[begin + name.last])) for name in shorter]
        lean: dict[str, int] = {}
        for word, near in rows:
            if word not in self._surnames:
                lean[word] = lean.get(word, 0) + near
        return frozenset(word for word, balance in lean.items() if balance < 0)

    def _find_singles(self, shorter: Sequence[Name]) -> Iterator[Name]:
        """Single names in text order: those of longer runs, and words alone that somebody bears or may bear."""
        singles, waiting = self.kinds.survey.singles, [*shorter[::-1]]
        for number in range(*singles.begin[self.kinds.number : self.kinds.number + 2]):
            while waiting and waiting[-1].first < singles.pieces[number]:
                yield waiting.pop()
            if singles.plain[number] or singles.words[number] in self._surnames:
                yield single_name(self.kinds, number)
        yield from waiting[::-1]

    def _is_subject(self, name: Name) -> bool:
        """Whether a verb follows a single name, or "who" or a possessive: places and things are rarer there."""
        signs, after = self.kinds.signs, name.last + 1
        if after >= len(signs) or name.words[0] in self._things or (name.first and signs[name.first - 1] & NO_PERSON_AFTER):
            return False
        return name.first in self._sources or bool(signs[after] & OWNS or (signs[after] & VERB and signs[name.last] & SPACED))


def _is_same(known: str, name: str) -> bool:
    """Whether two full names with one surname are one person's: "Ana Reyl", "Ana T. Reyl", "A. Reyl"."""
    one, other = known.split()[0].strip("."), name.split()[0].strip(".")
    return one.startswith(other) or other.startswith(one) or known.endswith(" " + name) or name.endswith(" " + known)
