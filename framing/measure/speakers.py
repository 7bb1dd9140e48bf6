"""Who speaks: the type, the naming and the person of every source of an article, pronouns included.

The whole article is read: what stands beside any mention of a name (`framing.measure.persons`) holds for all of them. He and she
take the person who is most salient there: named lately, as a subject, as the speaker before, outside quotations.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from framing.measure.batch import share_surface
from framing.measure.forms import Column, Ints
from framing.measure.kinds import Kinds, is_large, is_plural, key_of, tag_of
from framing.measure.names import Name
from framing.measure.namesigns import GENDER
from framing.measure.persons import People, Person
from framing.measure.pronouns import Pronouns
from framing.measure.salience import OTHER, POSSESSIVE, SPEAKER, SUBJECT, TOPIC, Salience
from framing.measure.sources import PRONOUNS, Chunk, find_chunks, name_phrase, read_phrase
from framing.measure.survey import Survey
from framing.measure.text import Text

if TYPE_CHECKING:
    from framing.measure.surface import Surface

_SITE = re.compile(r"\w\.(?:com|org|net|co\.uk)\Z")
_OTHERS = frozenset("others several both neither none".split())
_SPEAKERS = frozenset("official former_official military expert media civil_society company citizen".split())
_TWO = (["the", "two"], ["the", "three"], ["the", "others"])
_CLOSINGS = (["'s"], ["himself"], ["herself"])
_SUBORDINATORS = frozenset("as when while since after before though although if because once in on during".split())


Spans: TypeAlias = Sequence[tuple[int, int] | None]
"""Offsets of the sources of an article in text order; None where nobody is named."""


class Source(NamedTuple):
    """Who an attribution's source is, as far as the article tells."""

    speaker: str
    """The person's fullest name in the article, or nothing where unsure."""
    source_type: str
    """official, expert, citizen ...; a surname or pronoun has the type that the article tells of the person anywhere."""
    naming: str
    """How this mention names the source."""


_NOBODY = Source("", "none", "agentless")


def type_source(source: str) -> tuple[str, str]:
    """Source type and naming of a source phrase that stands alone.

    >>> type_source("a senior defence official"), type_source("Prime Minister Ilse Vantor")
    (('official', 'unnamed_official'), ('official', 'named_person'))
    >>> type_source("analysts"), type_source("")
    (('expert', 'expert'), ('none', 'agentless'))
    """
    found = resolve_sources(Text("", source), [(0, len(source)) if source else None])[0]
    return found.source_type, found.naming


def resolve_sources(text: Text, spans: Spans) -> list[Source]:
    """Speaker, type and naming of the sources of an article, given as spans in text order (None: nobody is named).

    >>> text = Text("", "Ilse Vantor agreed. “We sign,” she said. Vantor, the prime minister, left.")
    >>> [(one.speaker, one.source_type, one.naming) for one in resolve_sources(text, [(0, 11), (31, 34), None])]
    [('Ilse Vantor', 'official', 'named_person'), ('Ilse Vantor', 'official', 'pronoun'), ('', 'none', 'agentless')]
    """
    return next(resolve_together([text], [spans]))


def resolve_together(texts: Sequence[Text], spans: Sequence[Spans]) -> Iterator[list[Source]]:
    """As `resolve_sources` for several articles: many are read faster together than one by one."""
    texts = share_surface(texts)
    if not texts:
        return
    surface, sizes = texts[0].place.surface, list(map(len, spans))
    offsets = np.array([span or (0, 0) for some in spans for span in some], dtype=np.int64).reshape(-1, 2)
    pieces = _find_pieces(surface, offsets + np.repeat(surface.begin, sizes)[:, None])
    is_named = pieces[:, 0] < pieces[:, 1]
    survey, rows = Survey(surface, pieces[is_named]), (pieces - np.repeat(surface.pieces[:-1], sizes)[:, None]).tolist()
    stops = np.cumsum(sizes).tolist()
    for text, size, stop in zip(texts, sizes, stops, strict=True):
        some = [row if named else None for row, named in zip(rows[stop - size : stop], is_named[stop - size : stop], strict=True)]
        reader = _Reader(Kinds(text, survey), [row for row in some if row is not None])
        yield [_NOBODY if row is None else reader.read(*row) for row in some]


_LEADS = frozenset("by to for from according".split())
_IS_LEAD = Column(lambda word: word in _LEADS)


def _find_pieces(surface: Surface, spans: Ints) -> Ints:
    """First piece of each span and the piece after its last, without a preposition before it ("by some")."""
    columns = surface.columns
    pieces = np.searchsorted(columns.starts, spans)
    longer = np.flatnonzero(pieces[:, 1] - pieces[:, 0] > 1)
    pieces[longer, 0] += _IS_LEAD.at(columns.forms.lower, columns.keys[pieces[longer, 0]])
    return pieces


class _Reader:
    """Reads the sources of one article from its beginning to its end."""

    def __init__(self, kinds: Kinds, sources: Sequence[tuple[int, int]]) -> None:
        self.text, self.kinds = kinds.text, kinds
        self.people = People(kinds, sources)
        self.salience = Salience()
        within = slice(kinds.begin, kinds.begin + len(kinds.signs))
        self._is_quoted, self._sentences = kinds.survey.is_quoted[within].data, kinds.survey.sentences[within].data
        self._events = self._find_events(sources)
        self._said = "none"
        self.pronouns = Pronouns(self.people)

    def _find_events(self, sources: Sequence[tuple[int, int]]) -> list[int]:
        """Pieces of names and pronouns outside quotations, the last first, as far as a he or she asks for them."""
        lower, quoted = self.text.lower, self._is_quoted
        asking = [number for number, (first, stop) in enumerate(sources) if stop - first == 1 and lower[first] in GENDER]
        if not asking:
            return []
        stop = max(first for first, _ in sources[: asking[-1] + 1])
        survey, number, begin = self.kinds.survey, self.kinds.number, self.kinds.begin
        pronouns = (survey.pronouns[slice(*survey.begin_pronouns[number : number + 2])] - begin).tolist()
        pronouns = pronouns[: bisect.bisect_left(pronouns, stop)]
        names = [piece for piece in self.people.mentions if piece < stop and not quoted[piece]]
        return sorted(pronouns + names, reverse=True)

    def read(self, first: int, stop: int) -> Source:
        """One source; what stands before it is noticed first."""
        self._advance(first)
        if stop - first == 1 and self.text.lower[first] in PRONOUNS:
            return self._read_pronoun(first)
        chunks = find_chunks(self.kinds, first, stop)
        if (person := self._named(chunks)) is not None:
            self.salience.speak(person, self._sentences[first], SPEAKER)
            self._said = self.people.type_of(person)
            return Source(person.name, self.people.type_of(person), "named_person")
        return self._read_unnamed(first, stop, chunks)

    def _read_unnamed(self, first: int, stop: int, chunks: Sequence[Chunk]) -> Source:
        named = self.people.within(first, stop)
        skip = frozenset([piece for name, _ in named for piece in range(name.first, name.last + 1)])
        source_type, head = read_phrase(self.kinds, chunks, skip)
        naming = name_phrase(self.text, first, stop, source_type, head)
        if source_type == "none":
            source_type = self._read_unclear(first, stop)
        self._said = source_type
        return Source("", source_type, naming)

    def _read_unclear(self, first: int, stop: int) -> str:
        """Of a phrase whose words do not tell: a label of an interview, "54%", "the Teskels", "others"."""
        if label := self.pronouns.type_label(first):
            return label
        if (capitals := self._in_capitals(first, stop)) is not None:
            return self.people.type_of(capitals)
        if _SITE.search(self.kinds.cut(first, stop - 1)):
            return "media"
        if self.text.lower[stop - 1].isdigit() and self.kinds.gap(stop - 1).startswith("%"):
            return "citizen"
        if family := self._family(first, stop):
            return self.people.type_of(family)
        words = self.text.lower[first:stop]
        if words[-1] == "old" or (
            words[-1] in ("person", "people") and (words[0] == "one" or (words[-2:-1] and words[-2].isdigit()))
        ):
            return "citizen"
        if (words[0] in _OTHERS and words[1:2] in ([], ["of"])) or words in _TWO:
            return self.pronouns.type_others(first)
        return "none"

    def _in_capitals(self, first: int, stop: int) -> Person | None:
        """ "TESKEL", as transcripts and headlines have it."""
        word = key_of(self.text, stop - 1)
        if not word.isupper() or len(word) < 3:
            return None
        return next((person for person in self.people.persons if person.surname.upper() == word), None)

    def _family(self, first: int, stop: int) -> Person | None:
        """ "the Teskels": whoever bears the name."""
        word = key_of(self.text, stop - 1)
        if stop - first != 2 or self.text.lower[first] != "the" or not word.endswith("s"):
            return None
        return next((person for person in self.people.persons if person.surname == word[:-1]), None)

    def _named(self, chunks: Sequence[Chunk]) -> Person | None:
        """The person whose name heads a phrase: nothing but a possessive stands after it; or a name alone after a comma."""
        for number, (lead, first, stop) in enumerate(chunks):
            within = self.people.within(first, stop)
            if within and (number == 0 or lead in (",", ":", "of")):
                paired = self.kinds.gap(within[0][0].last).strip() == "/"
                name, person = within[0] if paired else within[-1]
                rest = self.text.lower[(within[-1][0] if paired else name).last + 1 : stop]
                heads = number == 0 or (lead != "of" and first == name.opens) or self._is_title(chunks[:number], name)
                if (heads and (not rest or rest in _CLOSINGS)) or (lead == "" and len(rest) <= 2 and rest[0].isdigit()):
                    return person
        return None

    def _is_title(self, chunks: Sequence[Chunk], name: Name) -> bool:
        """Whether chunks before a titled name are its title: "Secretary of State", "Speaker of the House Rep."."""
        head = read_phrase(self.kinds, chunks)[1]
        singular = head is not None and head.entry.pos in ("role", "member") and not is_plural(self.text, head)
        return singular and name.opens < name.first and is_large(self.text, chunks[0][1])

    def _read_pronoun(self, piece: int) -> Source:
        word = self.text.lower[piece]
        if word not in GENDER:
            said = self._said if self._is_quoted[piece] else ""
            return Source("", self.pronouns.type_of(piece, said), "pronoun")
        person = self._resolve(piece)
        if self._events and self._events[-1] == piece:
            self._events.pop()
        if person is None:  # somebody without a name: the one who spoke last
            return Source("", self._said if self._said in _SPEAKERS else "none", "pronoun")
        self.salience.speak(person, self._sentences[piece], SUBJECT + SPEAKER)
        self._said = self.people.type_of(person)
        return Source(person.name, self.people.type_of(person), "pronoun")

    def _advance(self, stop: int) -> None:
        """Notices the names and pronouns before a piece."""
        while self._events and self._events[-1] < stop:
            piece = self._events.pop()
            sentence = self._sentences[piece]
            if piece in self.people.mentions:
                name, person = self.people.mentions[piece]
                self.salience.mention(person, sentence, self._weight(name.opens, name.last))
            elif (found := self._resolve(piece)) is not None:
                weight = SUBJECT if self.text.lower[piece] in ("he", "she") else POSSESSIVE
                self.salience.mention(found, sentence, weight)

    def _weight(self, first: int, last: int) -> float:
        """What a mention adds: most as the subject that opens a sentence, less behind a preposition or inside a clause."""
        text, after = self.text, last + 1
        if after >= len(text.lower):
            return OTHER
        if text.lower[after] == "'s":
            return POSSESSIVE
        if first and first not in text.sentence_starts and tag_of(text, first - 1) in ("IN", "TO", "WRB"):
            return OTHER
        if not text.sentence_starts.isdisjoint(range(last - 3, last + 1)):
            return TOPIC
        gap = self.kinds.gap(last).strip()
        who = gap in ("", ",") and tag_of(text, after) == "WP"
        return SUBJECT if who or (gap == "" and tag_of(text, after).startswith(("VBD", "VBZ", "VBP", "MD"))) else OTHER

    def _resolve(self, piece: int) -> Person | None:
        gender = GENDER[self.text.lower[piece]]
        closing = piece > 0 and self.kinds.gap(piece - 1).startswith(",") and self._sentences[piece - 1] == self._sentences[piece]
        return self._ahead(piece, gender) or self.salience.best(gender, self._sentences[piece], closing=closing)

    def _ahead(self, piece: int, gender: str) -> Person | None:
        """ "As he left, Teskel said": the subject of the main clause, where a subordinate clause opens the sentence."""
        start = self.text.sentence_firsts[bisect.bisect_right(self.text.sentence_firsts, piece) - 1]
        if piece - start > 3 or self.text.lower[start] not in _SUBORDINATORS:
            return None
        for after in range(piece, min(piece + 25, len(self.text.lower) - 1)):
            if after + 1 in self.text.sentence_starts:
                return None
            if self.kinds.gap(after).startswith(","):
                found = [person for name, person in self.people.within(after + 1, after + 4) if name.opens == after + 1]
                return found[0] if found and found[0].gender in ("", gender) else None
        return None
