"""Personal names in a text: runs of capitalised words, titles stripped, that name no organisation, place or day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from framing.measure.kinds import Kind, Kinds, gap_after
from framing.measure.lexicon import load_lexicon
from framing.measure.tags import lookup_tag
from framing.measure.text import Text

_HE_TITLES = frozenset("mr sir lord king prince".split())
_SHE_TITLES = frozenset("mrs ms miss dame lady queen princess".split())
_OTHER_TITLES = frozenset(
    """dr prof professor president prime minister foreign defence defense finance interior secretary general gen sen senator
    rep representative gov governor mayor chancellor colonel col captain capt lieutenant lt major maj ambassador speaker justice
    judge deputy former league state treasury chief director the rev reverend pope saint officer sgt sergeant detective sheriff
    congressman congresswoman attorney vice democrat republican""".split()
)
_TITLES = _HE_TITLES | _SHE_TITLES | _OTHER_TITLES
_PARTICLES = frozenset("de la van von der den al bin el da di du le ibn".split())
_PREFIXES = frozenset("mc mac de di da la le du van vande von fitz san st el al ben".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
# Words of names that are no person's (chosen from general use): a run that holds one is an organisation, a place or a title.
_ORGANISATION = frozenset(
    """ministry department office bank university institute league union party house senate congress court council agency times
    post news radio courier ledger lantern fund group association commission committee federation republic states kingdom army
    nations police administration government white foundation center centre journal company corporation tower street avenue
    square park city county island islands river lake mount valley beach act bill law amendment day week night convention
    caucus primary project initiative network campaign trust society club hall building airport hotel hospital church college
    school academy museum theater theatre stadium bowl cup festival award awards super supreme tuesday national international
    american wall capitol guard force services security intelligence reserve board bureau authority magazine review records
    america united action crossroads coalition alliance conference forum summit treaty affairs health care social plan
    deal command front""".split()
)
_PLACES = frozenset("new north south east west northern southern eastern western los las san santa fort st upper lower".split())
_NO_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december internet twitter facebook youtube google christmas yes no ok photo image video advertisement
    related read story update correction exclusive""".split()
)
_PEOPLES = ("ans", "ese", "ish", "crats")
_CLOSED_TAGS = tuple("DT IN PRP CC WP WRB WDT MD RB TO EX VBD VBG VBZ UH PDT".split())
_CLOSED_WORDS = frozenset(
    """i the a and but he she it we they after before why how what when where who can did does is are was would could should if
    as at in on to with from by for of or not this that these those""".split()
)
PROGRAMMES = frozenset("show report hour factor podcast tonight live".split())
"""What a programme is called after its host: "The Ana Reyl Show"."""
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


@cache
def first_names() -> dict[str, str]:
    """First names with the pronoun that fits them, from the lexicon `sources`."""
    pronouns = {"male_name": "he", "female_name": "she"}
    entries = [entry for entry in load_lexicon("sources") if entry.category in pronouns]
    return {form: pronouns[entry.category] for entry in entries for form in entry.forms}


def person_names(source: str) -> list[str]:
    """Personal names in a phrase, titles stripped: runs of two or more capitalised words, or one after a title.

    >>> person_names("Defence Minister Tomas Reyl"), person_names("Mr. Reyl"), person_names("the Ministry of Defence")
    (['Tomas Reyl'], ['Reyl'], [])
    """
    text = Text("", source)
    return [spell(text, name) for name in find_names(Kinds(text)) if len(name.words) > 1 or name.opens < name.first]


def find_names(kinds: Kinds, ends: frozenset[int] = frozenset()) -> list[Name]:
    """What may be personal names, in text order; none goes on over `ends`, the pieces where a source's phrase is over: in a
    headline the verb after it has a capital too ("Ana Reyl Blasts Lesk").

    >>> [" ".join(name.words) for name in find_names(Kinds(Text("", "On Monday Sen. Ana van Reyl met Lesk Radio and Mr. Ord.")))]
    ['Ana van Reyl', 'Ord']
    """
    names = (_read_run(kinds, first, last) for first, last in _runs(kinds.text, ends))
    return [name for name in names if name is not None]


def _runs(text: Text, ends: frozenset[int]) -> list[tuple[int, int]]:
    """Runs of capitalised words, as first and last piece; function words at a sentence's start left out."""
    keys, lower, starts = text.keys, text.lower, text.sentence_starts
    runs, stop, final = [], 0, len(keys) - 1
    for piece in [piece for piece, key in enumerate(keys) if key != lower[piece] and key[0].isupper()]:
        if piece < stop or (_is_closed(keys[piece]) if piece in starts else lower[piece] in _CLOSED_WORDS):
            continue
        last = piece
        while last < final and last + 1 not in ends and (keys[last + 1][0].isupper() or lower[last + 1] in _PARTICLES):
            after = _next_in_run(text, last)
            if after is None:
                break
            last = after
        stop = last + 1
        runs.append((piece, last))
    return runs


@lru_cache(maxsize=50_000)
def _is_closed(word: str) -> bool:
    """Whether a capitalised word is a function word or verb rather than a name: "When", "Asked"."""
    return lookup_tag(word, True).startswith(_CLOSED_TAGS) and word not in first_names()


def _next_in_run(text: Text, last: int) -> int | None:
    """The piece that continues a run: joined by a space, a hyphen, or the full stop of an initial or a title."""
    after = last + 1
    gap = gap_after(text, last)
    if gap not in (" ", "-", "‑", ". ", ".", "\u00a0"):
        return None
    if gap[0] == "." and not (len(text.keys[last]) == 1 or text.lower[last] in _TITLES or text.lower[last] == "st"):
        return None
    if text.keys[after][0].isupper():
        return after if after not in text.sentence_starts and text.lower[after] not in ("i", "the") else None
    return _after_particles(text, after) if gap == " " else None


def _after_particles(text: Text, piece: int) -> int | None:
    """The capitalised word after "van" or "de la", if there is one."""
    for after in range(piece + 1, min(piece + 3, len(text.keys))):
        if gap_after(text, after - 1) not in (" ", "-"):
            return None
        if text.keys[after][0].isupper():
            return after
        if text.lower[after] not in _PARTICLES:
            return None
    return None


def _read_run(kinds: Kinds, opens: int, last: int) -> Name | None:
    """The name in a run of capitalised words: what follows its last title, if that is no organisation, place or day."""
    text = kinds.text
    if last - opens > 1 and text.lower[last] in PROGRAMMES and text.keys[opens] in first_names():
        last -= 1
    if opens == last:
        return _read_single(kinds, last)
    hits = kinds.between(opens, last + 1)
    first = _after_titles(text, hits, opens, last)
    words = _join(text, first, last)
    first, words = _from_first_name(first, words)
    while len(words) > 1 and words[-1].lower() in _SUFFIXES:
        words.pop()
    titled = first > opens and text.lower[first - 1] in _TITLES
    if len(words) == 1:
        if not titled and _is_no_single(words[0]):
            return None
        plain = words[0].lower() not in _ORGANISATION and not any(hit.last >= first for hit in hits)
        return Name(first, last, tuple(words), opens, plain)
    if _is_organisation(words) or not (titled or words[0] in first_names() or _is_free(hits, first, last)):
        return None
    return Name(first, last, tuple(words), opens, True)


def _read_single(kinds: Kinds, piece: int) -> Name | None:
    word = kinds.text.keys[piece]
    if _is_no_single(word):
        return None
    return Name(piece, piece, (word,), piece, word.lower() not in _ORGANISATION and not kinds.between(piece, piece + 1))


def _after_titles(text: Text, hits: Sequence[Kind], opens: int, last: int) -> int:
    """The piece after the last title or role of a run; its last piece is always part of the name."""
    titles = [piece for piece in range(opens, last) if text.lower[piece] in _TITLES]
    roles = [
        hit.last
        for hit in hits
        if hit.last < last
        and hit.entry.pos in ("role", "member")
        and (hit.entry.category != "citizen" or hit.first == opens < last - 1)
    ]
    return max((*titles, *roles, opens - 1)) + 1


def _is_free(hits: Sequence[Kind], first: int, last: int) -> bool:
    """Whether no organisation, place or document stands in a name, and no role ends it ("Northern Democrats")."""
    return not any(hit.last >= first and (hit.entry.pos in _NO_PERSON or hit.last >= last) for hit in hits)


def _from_first_name(first: int, words: list[str]) -> tuple[int, list[str]]:
    """A name from its first name on: "Conservative Hugh Hewitt", "Lesk Harbour Superintendent Ana Reyl"."""
    known = first_names()
    if len(words) > 2 and words[0] not in known:
        for number, word in enumerate(words[1:-1], start=1):
            if word in known and (number > 1 or lookup_tag(words[0], True) != "NNP"):
                return first + number, words[number:]
    return first, words


def _join(text: Text, first: int, last: int) -> list[str]:
    """The words of a run, those with a hyphen in one piece."""
    words = [text.keys[first]]
    for piece in range(first + 1, last + 1):
        if text.joints[piece] == "-":
            words[-1] += "-" + text.keys[piece]
        else:
            words.append(text.keys[piece])
    return words


@lru_cache(maxsize=50_000)
def _is_no_single(word: str) -> bool:
    """Whether one capitalised word without a title is no surname: a day, a people, an acronym, "R-Lesk", a function word."""
    lower = word.lower()
    if _is_camel(word):
        return True
    if len(word) < 2 or word[1] == "-" or word.isupper() or lower.endswith(_PEOPLES):
        return True
    return lower in _NO_NAMES or lower in _TITLES or _is_closed(word)


def _is_camel(word: str) -> bool:
    """Whether a capital stands inside a word as in a brand, not as in McReyl, DiOrd or O’Lesk."""
    inner = [at for at, letter in enumerate(word) if at and letter.isupper() and word[at - 1].islower()]
    return bool(inner) and word[: inner[0]].lower() not in _PREFIXES


def _is_organisation(words: Sequence[str]) -> bool:
    """Whether a run of several words names no person, by one of its words: "Lesk Tower", "New Harbour", "NLU Ord"."""
    lower = [word.lower() for word in words]
    known = words[0] in first_names()
    personal = known and len(words) == 2  # "Kristen Day", but "John Teskel Day"
    if lower[0] in _PLACES or len(words) > 5 or (not personal and not _ORGANISATION.isdisjoint(lower[known:])):
        return True
    return len(words[0]) > 2 and any(len(word) > 1 and word.isupper() for word in words)


def is_full(name: Name) -> bool:
    """Whether a name has more than a surname; "De Blasio" has not."""
    particle = len(name.words) == 2 and name.words[0].lower() in _PARTICLES and name.words[0] not in first_names()
    return len(name.words) > 1 and not particle


def spell(text: Text, name: Name) -> str:
    """A name as the text spells it."""
    return " ".join(text.text[text.starts[name.first] : text.ends[name.last]].split())


def title_gender(text: Text, name: Name) -> str:
    """The pronoun that fits the titles before a name, or nothing."""
    for piece in range(name.opens, name.first):
        title = text.lower[piece]
        if title in _HE_TITLES:
            return "he"
        if title in _SHE_TITLES or title.endswith("woman"):
            return "she"
    return ""
