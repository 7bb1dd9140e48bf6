"""Personal names in a text: runs of capitalised words, titles stripped, that name no organisation, place or day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from framing.measure.evidencewords import PROGRAMMES
from framing.measure.forms import Forms
from framing.measure.kinds import Kinds
from framing.measure.namesigns import (
    HE_TITLES,
    ORGANISATIONS,
    PARTICLES,
    SHE_TITLES,
    TITLES,
    first_names,
    is_no_single,
)
from framing.measure.tags import lookup_tag
from framing.measure.text import Text
from framing.measure.words import JOINTS

_SUFFIXES = frozenset("jr sr ii iii iv".split())
_PLACES = frozenset("new north south east west northern southern eastern western los las san santa fort st upper lower".split())
# Runs whose names are remembered (chosen).
_REMEMBERED = 200_000
_NO_PERSON = frozenset("body text event seat".split())


class Name(NamedTuple):
    """A personal name in a text, titles stripped."""

    first: int
    """Index of its first piece."""
    last: int
    """Index of its last piece."""
    words: tuple[str, ...]
    """The words, a final Jr. left out."""
    opens: int
    """Index of the first piece of the titles before it (`first` where there are none)."""
    plain: bool
    """False for a single word that is also a common word or an organisation's: a name only where somebody has that surname."""


def person_names(source: str) -> list[str]:
    """Personal names in a phrase, titles stripped: runs of two or more capitalised words, or one after a title.

    >>> person_names("Defence Minister Tomas Reyl"), person_names("Mr. Reyl"), person_names("the Ministry of Defence")
    (['Tomas Reyl'], ['Reyl'], [])
    """
    text = Text("", source)
    kinds = Kinds(text)
    return [spell(kinds, name) for name in find_names(kinds) if len(name.words) > 1 or name.opens < name.first]


def find_names(kinds: Kinds) -> list[Name]:
    """What may be personal names, in text order; none goes on over the pieces where a source's phrase is over (`Survey.ends`): in
    a headline the verb after it has a capital too ("Ana Reyl Blasts Lesk").

    >>> [" ".join(name.words) for name in find_names(Kinds(Text("", "On Monday Sen. Ana van Reyl met Lesk Radio and Mr. Ord.")))]
    ['Ana van Reyl', 'Ord']
    """
    singles = [single_name(kinds, number) for number in range(*kinds.survey.singles.begin[kinds.number : kinds.number + 2])]
    return sorted([*singles, *find_longer(kinds)])


def single_name(kinds: Kinds, number: int) -> Name:
    """The name that is one word alone, by its number in `Survey.singles`."""
    pieces, words, is_plain, *_ = kinds.survey.singles
    piece = pieces[number]
    return Name(piece, piece, (words[number],), piece, is_plain[number])


def find_longer(kinds: Kinds) -> list[Name]:
    """The names in runs of several capitalised words, in text order."""
    survey, begin = kinds.survey, kinds.begin
    within = slice(*survey.begin_longer[kinds.number : kinds.number + 2])
    firsts, lasts = (survey.longer.firsts[within] - begin).tolist(), (survey.longer.lasts[within] - begin).tolist()
    found, known = [], _reads(kinds.text.columns.forms)
    for first, last, spelled in zip(firsts, lasts, survey.spelled[within], strict=True):
        if spelled not in known:
            known[spelled] = _read_run(kinds, first, last)
        if (read := known[spelled]) is not None:
            found.append(Name(first + read.first, first + read.last, read.words, first, read.plain))
    if len(known) > _REMEMBERED:
        known.clear()
    return found


@lru_cache(maxsize=1)
def _reads(forms: Forms) -> dict[bytes, _Read | None]:
    """The names in runs that were read, by `Survey.spelled`, which has the numbers of these forms: names come again and again."""
    return {}


def _read_run(kinds: Kinds, opens: int, last: int) -> _Read | None:
    """The name in a run of capitalised words, if it holds one."""
    columns, within = kinds.text.columns, slice(opens, last + 1)
    hits = [
        _Hit(hit.entry.pos, hit.entry.category, hit.first - opens, hit.last - opens) for hit in kinds.between(opens, last + 1)
    ]
    joints = [JOINTS[joint] for joint in columns.joints[within].tolist()][1:]
    return _read_words([columns.forms.keys[key] for key in columns.keys[within].tolist()], joints, hits)


class _Hit(NamedTuple):
    """A word of the lexicon `sources` in a run; its places count from the run's beginning."""

    pos: str
    category: str
    first: int
    last: int


class _Read(NamedTuple):
    """A name in a run; its places count from the run's beginning."""

    first: int
    last: int
    words: tuple[str, ...]
    plain: bool


def _read_words(keys: Sequence[str], joints: Sequence[str], hits: Sequence[_Hit]) -> _Read | None:
    """The name in a run of capitalised words: what follows its last title, if that is no organisation, place or day."""
    last = len(keys) - 1
    if last > 1 and keys[last].lower() in PROGRAMMES and keys[0] in first_names():
        last -= 1
        hits = [hit for hit in hits if hit.first <= last]
    first = _after_titles(keys, hits, last)
    words = _join(keys[first : last + 1], joints[first:last])
    first, words = _from_first_name(first, words)
    while len(words) > 1 and words[-1].lower() in _SUFFIXES:
        words = words[:-1]
    titled = first > 0 and keys[first - 1].lower() in TITLES
    if len(words) == 1:
        if not titled and is_no_single(words[0]):
            return None
        plain = words[0].lower() not in ORGANISATIONS and not any(hit.last >= first for hit in hits)
        return _Read(first, last, words, plain)
    if _is_organisation(words) or not (titled or words[0] in first_names() or _is_free(hits, first, last)):
        return None
    return _Read(first, last, words, plain=True)


def _after_titles(keys: Sequence[str], hits: Sequence[_Hit], last: int) -> int:
    """The place after the last title or role of a run; its last word is always part of the name."""
    after = max([place + 1 for place in range(last) if keys[place].lower() in TITLES], default=0)
    for hit in hits:
        is_title = hit.category != "citizen" or hit.first == 0 < last - 1
        if hit.last < last and hit.pos in ("role", "member") and is_title:
            after = max(after, hit.last + 1)
    return after


def _is_free(hits: Sequence[_Hit], first: int, last: int) -> bool:
    """Whether no organisation, place or document stands in a name, and no role ends it ("Northern Democrats")."""
    return not any(hit.last >= first and (hit.pos in _NO_PERSON or hit.last >= last) for hit in hits)


def _from_first_name(first: int, words: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """A name from its first name on: "Conservative Hugh Hewitt", "Lesk Harbour Superintendent Ana Reyl"."""
    known = first_names()
    if len(words) > 2 and words[0] not in known:
        for number, word in enumerate(words[1:-1], start=1):
            if word in known and (number > 1 or lookup_tag(words[0], True) != "NNP"):
                return first + number, words[number:]
    return first, words


def _join(keys: Sequence[str], joints: Sequence[str]) -> tuple[str, ...]:
    """The words of a run, those with a hyphen in one piece; `joints`: what stands before each but the first."""
    words = list(keys[:1])
    for key, joint in zip(keys[1:], joints, strict=False):
        if joint == "-":
            words[-1] += "-" + key
        else:
            words.append(key)
    return tuple(words)


def _is_organisation(words: Sequence[str]) -> bool:
    """Whether a run of several words names no person, by one of its words: "Lesk Tower", "New Harbour", "NLU Ord"."""
    lower = [word.lower() for word in words]
    known = words[0] in first_names()
    personal = known and len(words) == 2  # "Kristen Day", but "John Teskel Day"
    if lower[0] in _PLACES or len(words) > 5 or (not personal and not ORGANISATIONS.isdisjoint(lower[known:])):
        return True
    return len(words[0]) > 2 and any(word.isupper() and len(word) > 1 for word in words)


def is_full(name: Name) -> bool:
    """Whether a name has more than a surname; "De Blasio" has not."""
    if len(name.words) != 2:
        return len(name.words) > 2
    return name.words[0].lower() not in PARTICLES or name.words[0] in first_names()


def spell(kinds: Kinds, name: Name) -> str:
    """A name as the text spells it."""
    return " ".join(kinds.cut(name.first, name.last).split())


def title_gender(text: Text, name: Name) -> str:
    """The pronoun that fits the titles before a name, or nothing."""
    for piece in range(name.opens, name.first):
        title = text.lower[piece]
        if title in HE_TITLES:
            return "he"
        if title in SHE_TITLES or title.endswith("woman"):
            return "she"
    return ""
