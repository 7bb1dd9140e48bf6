"""What a cue introduces: attributions, one by one, and those of adverbs of hearsay."""

from __future__ import annotations

from typing import NamedTuple

from framing.measure.lexicon import Entry
from framing.measure.phrases import noun_phrase_from
from framing.measure.scene import Scene, Span

# How many words after a passive verb its agent may stand (chosen).
AGENT_REACH = 4
CONTRASTS = frozenset("but while although though whereas".split())


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


def find_agent(scene: Scene, piece: int) -> Span | None:
    """Who tells, after the passive verb at a piece: “was told by [the clerk]”."""
    sentence = scene.sentence(piece)
    for by in range(piece + 1, min(sentence.stop - 1, piece + AGENT_REACH)):
        if scene.lower(by) == "by":
            phrase = noun_phrase_from(scene, by + 1, sentence.stop)
            return scene.span(*phrase) if phrase is not None else None
    return None


def read_hearsay(scene: Scene, entry: Entry, first: int, last: int) -> Attribution | None:
    """An adverb of hearsay ("reportedly") from its first to its last piece: its clause is the content, nobody is the source."""
    if scene.quotation_of(first) is not None:
        return None
    sentence = scene.sentence(first)
    parts = [(sentence.start, first - 1), (last + 1, _clause_end(scene, last + 1, sentence.stop))]
    content = tuple(scene.span(*part) for part in parts if part[0] <= part[1])
    if not content:
        return None
    return Attribution(
        scene.span(first, last), None, content, "hearsay", entry.category, entry.scope, entry.lemma, entry.precision
    )


def _clause_end(scene: Scene, first: int, stop: int) -> int:
    """The last piece before a contrast or a semicolon, at most the sentence's last."""
    for piece in range(first, stop - 1):
        if scene.gap(piece) == ";" or (scene.gap(piece) == "," and scene.lower(piece + 1) in CONTRASTS):
            return piece
    return stop - 1
