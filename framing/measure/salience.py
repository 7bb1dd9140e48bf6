"""How present each person of an article is to its reader, which tells whom he and she mean."""

from __future__ import annotations

from framing.measure.persons import Person

# How much a mention adds, and how fast it fades (chosen on hand-coded pronouns; tests/cases/sources.json guards them).
TOPIC, SUBJECT, OTHER, POSSESSIVE, SPEAKER = 4.0, 3.0, 1.5, 1.0, 2.0
"""Weights of a mention: the subject that opens a sentence, another subject, any other, a possessive, who speaks."""
_FADE, _MOST = 0.5, 6.0
_DRIFT, _INSIDE = 0.2, 0.3
_UNKNOWN_GENDER, _UNKNOWN_NAME = 0.8, 0.4
_FORGOTTEN = 0.05
# The second person must stay below this share of the first, else nobody is named.
_CLEAR = 0.95


class Salience:
    """How present each person is to the reader: a mention fades with every sentence, and a little with others."""

    def __init__(self) -> None:
        self._present: dict[int, tuple[Person, float, float, int]] = {}
        self._mentions = 0
        self._speaker: Person | None = None

    def mention(self, person: Person, sentence: int, weight: float) -> None:
        """Adds a mention; who speaks is remembered as the speaker."""
        self._mentions += weight >= SUBJECT
        now = sentence + _DRIFT * self._mentions
        if (present := self._present.get(id(person))) is not None:
            weight = min(present[1] * _FADE ** (now - present[2]) + weight, _MOST)
        self._present[id(person)] = person, weight, now, sentence

    def speak(self, person: Person | None, sentence: int, weight: float) -> None:
        """Adds a mention of who is the source of an attribution."""
        self._speaker = person
        if person is not None:
            self.mention(person, sentence, weight)

    def best(self, gender: str, sentence: int, *, closing: bool = False) -> Person | None:
        """The most present person whom the pronoun fits, or None where two are equal or none is left.

        `closing`: the pronoun stands after what was said (“..., he said”), so whom that sentence names is hardly its speaker.
        """
        weighed = []
        now = sentence + _DRIFT * self._mentions
        for key, (person, weight, then, last) in list(self._present.items()):
            faded = weight * _FADE ** (now - then)
            present = faded * _fit(person) if faded >= _FORGOTTEN else faded  # how far a name fits is asked only if it matters
            if present < _FORGOTTEN:
                del self._present[key]
            elif person.gender in ("", gender):
                if closing and last == sentence and person is not self._speaker:
                    present *= _INSIDE
                weighed.append((present, key))
        ranked = sorted(weighed, reverse=True)[:2]
        if not ranked or (len(ranked) > 1 and ranked[1][0] > _CLEAR * ranked[0][0]):
            return None
        return self._present[ranked[0][1]][0]


def _fit(person: Person) -> float:
    """How sure it is that a name is a person's whom the pronoun fits."""
    if person.gender:
        return 1.0
    return _UNKNOWN_GENDER if " " not in person.name or person.evidence else _UNKNOWN_NAME
