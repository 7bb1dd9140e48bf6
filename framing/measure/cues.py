"""What a cue means: its lemma, stance and scope, read from the lexicon, and the mode of what it introduces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import Entry, load_lexicon
from framing.measure.matcher import Hit
from framing.measure.phrases import noun_phrase_from
from framing.measure.scene import Scene
from framing.measure.spans import Span

# A factive that is denied takes back what it presupposes: "did not confirm that" (after Hooper 1975).
NEGATED = {"factive": "oppositional"}
NEGATIONS = frozenset("not n't never nor neither without".split())
# How many words before a verb its negation may stand (chosen: "would not yet publicly confirm").
NEGATION_REACH = 3
# How many words after a passive verb its agent may stand (chosen).
AGENT_REACH = 4
CONTRASTS = frozenset("but while although though whereas".split())
_TAG_OF = {"verb": "VB", "noun": "NN", "adjective": "JJ"}


class Attribution(NamedTuple):
    """One attribution: somebody's words or thoughts, given as theirs."""

    cue: Span
    """Offsets of the cue; empty (start = end) where a quotation stands without one."""
    source: Span | None
    """Offsets of the source phrase, or None."""
    content: tuple[Span, ...]
    """Offsets of the content, in order."""
    mode: str
    """direct (only quotation), mixed, indirect, agentless (no source) or hearsay (reportedly)."""
    stance: str
    """What the cue says of the speaker's stance: neutral, assertive, factive, doubt ..."""
    scope: str
    """`reported_speech` or `attitude`."""
    lemma: str
    """The cue's base form."""
    precision: float
    """How often this cue was an attribution in the hand-coded training articles; NaN where not measured."""
    probability: float = float("nan")
    """How likely it is an attribution, by the model; NaN where no model was asked (hearsay, bare quotations)."""


class Meaning(NamedTuple):
    """What the lexicon says of a cue in its place."""

    span: Span
    """Offsets of the whole cue: "according to", "was quoted as saying"."""
    lemma: str
    """Base form."""
    stance: str
    """Stance, a denied factive turned round."""
    scope: str
    """`reported_speech` or `attitude`; empty where the lexicon does not know the cue."""
    precision: float
    """The entry's measured precision."""


def read_meaning(scene: Scene, piece: int, hits: Mapping[int, Hit]) -> Meaning:
    """Stance and scope of the cue at a piece: of the lexicon entry found there, else of an entry with its base form."""
    hit = hits.get(piece)
    if scene.tag(piece)[:2] == "VB" and hit is not None and hit.first == hit.last and hit.entry.pos == "noun":
        hit = None  # the noun's form used as a verb
    entry = hit.entry if hit is not None else _entries().get((find_lemma(scene.lower(piece)), scene.tag(piece)[:2]))
    span = scene.span(hit.first, hit.last) if hit is not None else scene.span(piece, piece)
    if entry is None:
        return Meaning(span, find_lemma(scene.lower(piece)), "neutral", "", float("nan"))
    denied = entry.category in NEGATED and _is_denied(scene, piece)
    stance = NEGATED[entry.category] if denied else entry.category
    return Meaning(span, entry.lemma, stance, entry.scope, entry.precision)


def _is_denied(scene: Scene, piece: int) -> bool:
    sentence = scene.sentence(piece)
    return any(scene.lower(before) in NEGATIONS for before in range(max(sentence.start, piece - NEGATION_REACH), piece))


def find_agent(scene: Scene, piece: int) -> Span | None:
    """Who tells, after the passive verb at a piece: “was told by [the clerk]”."""
    sentence = scene.sentence(piece)
    for by in range(piece + 1, min(sentence.stop - 1, piece + AGENT_REACH)):
        if scene.lower(by) == "by":
            phrase = noun_phrase_from(scene, by + 1, sentence.stop)
            return scene.span(*phrase) if phrase is not None else None
    return None


@cache
def _entries() -> Mapping[tuple[str, str], Entry]:
    """(base form, tag) -> the first entry of one word."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in load_lexicon("attribution"):
        if entry.pos in _TAG_OF and entry.status != "off":
            found.setdefault((entry.lemma, _TAG_OF[entry.pos]), entry)
    return found


def read_mode(scene: Scene, has_source: bool, content: Iterable[Span]) -> str:
    """direct, mixed, indirect or agentless, by how much of the content stands in quotation marks."""
    quoted = words = 0
    for start, end in content:
        words += scene.text.count_words(start, end)
        for quotation in scene.quotations_within(start, end):
            quoted += scene.text.count_words(max(start, quotation.start), min(end, quotation.end))
    return mode_of(has_source, words, quoted)


def mode_of(has_source: bool, words: int, quoted: int) -> str:
    """As `read_mode`, by the numbers of all words and of those in quotation marks."""
    if quoted:
        return "direct" if quoted == words else "mixed"
    return "indirect" if has_source else "agentless"


def read_hearsay(scene: Scene, hit: Hit) -> Attribution | None:
    """An adverb of hearsay ("reportedly"): its clause is the content, nobody is the source."""
    if hit.entry.pos != "adverb" or scene.quotation_of(hit.first) is not None:
        return None
    sentence = scene.sentence(hit.first)
    parts = [(sentence.start, hit.first - 1), (hit.last + 1, _clause_end(scene, hit.last + 1, sentence.stop))]
    content = tuple(scene.span(first, last) for first, last in parts if first <= last)
    if not content:
        return None
    span = scene.span(hit.first, hit.last)
    return Attribution(span, None, content, "hearsay", hit.entry.category, hit.entry.scope, hit.entry.lemma, hit.entry.precision)


def _clause_end(scene: Scene, first: int, stop: int) -> int:
    """The last piece before a contrast or a semicolon, at most the sentence's last."""
    for piece in range(first, stop - 1):
        if scene.gap(piece) == ";" or (scene.gap(piece) == "," and scene.lower(piece + 1) in CONTRASTS):
            return piece
    return stop - 1
