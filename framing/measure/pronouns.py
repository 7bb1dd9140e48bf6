"""What kind of source a pronoun stands for, other than he and she: who and which, they and it, I and we."""

from __future__ import annotations

import re
from functools import cached_property

from framing.measure.kinds import Kind, is_plural
from framing.measure.names import is_full
from framing.measure.persons import People
from framing.measure.sources import find_chunks, read_phrase

_RELATIVES = frozenset("who whom whose which that".split())
_FIRST_PERSONS = frozenset("i we my our".split())
_THINGS = frozenset("they their them it its".split())
# A label before a turn of an interview; so many labels make an article one (chosen: a heading with a colon must not).
_LABEL = re.compile(r"[A-Z][\w .’'-]{0,30}?(?=:\s)")
_TURNS = 4


class Pronouns:
    """Types the pronouns of one article."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.kinds = people.kinds
        self.text = people.kinds.text

    def type_of(self, piece: int, said: str) -> str:
        """The type of what a pronoun stands for, where the words before it tell; `said`: the type of who speaks, inside a
        quotation, and nothing outside."""
        word = self.text.lower[piece]
        if word in _RELATIVES:
            return self._type_relative(piece)
        if word in _FIRST_PERSONS:
            return said or self._type_writer(piece)
        if word in _THINGS:
            return self._type_thing(piece, plural=word.startswith("the"))
        return "none"

    def type_label(self, piece: int) -> str:
        """The type of the speaker label of an interview's turn ("Q", "A", a name), or nothing where it is none."""
        turn = self._turns.get(self.text.starts[piece])
        return turn or ""

    def type_others(self, piece: int) -> str:
        """ "Some ministers left, others stayed": the people whom the sentence or the one before it names last."""
        sentence = self.text.sentence_of(self.text.starts[piece])
        for number in range(sentence, max(-1, sentence - 2), -1):
            inside = self.text.pieces(*self.text.sentences[number])
            stop = min(inside.stop, piece)
            hits = [hit for hit in self.kinds.between(inside.start, stop) if self._is_people(hit)]
            if hits:
                return read_phrase(self.kinds, [("", hits[-1].first, hits[-1].last + 1)])[0]
            if named := self.people.within(inside.start, stop):
                return self.people.type_of(named[-1][1])
        return "none"

    def _is_people(self, hit: Kind) -> bool:
        return hit.entry.category != "vague" and hit.entry.pos in ("role", "member") and is_plural(self.text, hit)

    def _type_relative(self, piece: int) -> str:
        """ "Teskel, who": the name or the noun directly before."""
        for name, person in reversed(self.people.within(max(0, piece - 4), piece)):
            if name.last == piece - 1:
                return self.people.type_of(person)
        first = max(self.text.sentence_pieces(piece).start, piece - 10)
        while first < piece - 1 and self.kinds.gap(first).strip(" .-’'/"):
            first += 1
        hits = [hit for hit in self.kinds.between(first, piece) if hit.entry.category != "vague"]
        texts = [hit for hit in hits if hit.entry.pos == "text"]
        if texts and self.text.lower[piece] in ("that", "which"):
            return "document"
        roles = [hit for hit in hits if hit.entry.pos in ("role", "member")] or hits
        return read_phrase(self.kinds, [("", first, roles[-1].last + 1)])[0] if roles else "none"

    def _type_thing(self, piece: int, *, plural: bool) -> str:
        """ "they" is the plural, "it" the organisation or document that the last of three sentences with one names first."""
        number = self.text.sentence_of(self.text.starts[piece])
        for sentence in range(number, max(-1, number - 3), -1):
            inside = self.text.pieces(*self.text.sentences[sentence])
            hits = [
                hit
                for hit in self.kinds.between(inside.start, min(inside.stop, piece))
                if hit.entry.category not in ("vague", "country")
                and (is_plural(self.text, hit) if plural else hit.entry.pos in ("body", "text"))
            ]
            if hits:
                hit = hits[0]
                return read_phrase(self.kinds, find_chunks(self.kinds, hit.first, min(hit.last + 6, inside.stop)))[0]
        return "none"

    def _type_writer(self, piece: int) -> str:
        """I and we outside quotations: who answers in an interview, the author of a guest article, else the paper."""
        start = self.text.starts[piece]
        turns = [at for at in self._turns if at <= start]
        if turns:
            return self._turns[max(turns)]
        return self._author or "media"

    @cached_property
    def _turns(self) -> dict[int, str]:
        """Offset of each turn of an interview -> the type of who speaks there; none unless it is one."""
        if self.text.text.count(":") < _TURNS:
            return {}
        labels = [
            (first, found.group())
            for first, last in self.text.paragraphs
            if (found := _LABEL.match(self.text.text, first, last)) is not None
        ]
        if len(labels) < _TURNS or len({label for _, label in labels}) * 2 > len(labels):
            return {}
        return {first: self._type_speaker(label) for first, label in labels}

    def _type_speaker(self, label: str) -> str:
        if label in ("Q", "Question"):
            return "media"
        named = [person for person in self.people.persons if person.surname.lower() == label.split()[-1].lower()]
        if label in ("A", "Answer"):
            named = sorted(self.people.persons, key=lambda person: -person.named)
        return self.people.type_of(named[0]) if named else "media"

    @cached_property
    def _author(self) -> str:
        """The type of the author whom the last sentence introduces ("Ana Reyl is the mayor of Lesk.")."""
        if not self.text.sentences:
            return ""
        inside = self.text.pieces(*self.text.sentences[-1])
        for name, person in self.people.within(inside.start, inside.start + 3):
            if is_full(name) and name.opens == inside.start and person.named == 1 and self._is_introduced(name.last + 1):
                return self.people.type_of(person)
        return ""

    def _is_introduced(self, after: int) -> bool:
        return after < len(self.text.lower) and (self.text.lower[after] in ("is", "was") or self.kinds.gap(after - 1)[:1] == ",")
