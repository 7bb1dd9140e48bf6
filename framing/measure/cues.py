"""One cue in its sentence: is it an attribution, who is the source, and what is said?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from framing.measure.contents import clause_end, content_after, content_before
from framing.measure.matcher import Hit
from framing.measure.phrases import Phrase, find_subject, noun_phrase_ending, noun_phrase_from
from framing.measure.scene import Scene
from framing.measure.spans import Span

BE = frozenset("is was are were be been being 's 're".split())


@dataclass(frozen=True)
class Attribution:
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


def read_cue(scene: Scene, cue: Hit, earlier: Sequence[Attribution]) -> Attribution | None:
    """The attribution that a cue introduces, or None; `earlier` are the article's attributions so far."""
    if cue.entry.pos in ("verb", "adjective"):
        return _read_verb(scene, cue, earlier)
    if cue.entry.pos == "adverb":
        return _read_hearsay(scene, cue)
    if cue.entry.pos == "noun":
        return _read_noun(scene, cue)
    return _read_phrase(scene, cue, earlier)


def _lowest(scene: Scene, cue: Hit) -> int:
    """The first piece that a subject may take: the sentence's start, or what follows a quotation that ends in it."""
    sentence = scene.sentence(cue.first)
    inside = [piece for piece in range(sentence.start, cue.first) if scene.quotation_of(piece) is not None]
    return inside[-1] + 1 if inside else sentence.start


def _read_verb(scene: Scene, cue: Hit, earlier: Sequence[Attribution]) -> Attribution | None:
    lowest = _lowest(scene, cue)
    sentence = scene.sentence(cue.first)
    if (
        cue.first == cue.last
        and not scene.tag(cue.first).startswith(("VB", "JJ"))
        and not _tagged_noun_is_verb(scene, cue, lowest)
    ):
        return None
    if _is_adjectival(scene, cue.first, lowest):
        return None
    subject = None if _is_participle_clause(scene, cue.first) else find_subject(scene, cue.first, lowest)
    inverted = noun_phrase_from(scene, cue.last + 1, sentence.stop) if subject is None else None
    after = (inverted[1] if inverted else cue.last) + 1
    left = content_before(scene, cue, subject[0] if subject else cue.first, after)
    if left is not None and (subject or inverted):
        right = _continued(scene, after, sentence.stop) if len(left.spans) == 1 else ()
        return _build(scene, cue, subject or inverted, (*left.spans, *right))
    passive = scene.tag(cue.first) in ("VBN", "VBD") and _is_passive(scene, cue.first)
    content = content_after(scene, cue, cue.last + 1)
    if content is None:
        return None
    source = _passive_source(scene, cue, sentence.stop) if passive else subject or _shared(scene, cue, earlier, sentence)
    return _build(scene, cue, source, content.spans) if source or passive else None


def _is_participle_clause(scene: Scene, first: int) -> bool:
    """“..., adding that ...”: no subject of its own, unless it is a progressive (“is saying”)."""
    return first > 0 and scene.tag(first) == "VBG" and scene.lower(first - 1) not in BE


def _tagged_noun_is_verb(scene: Scene, cue: Hit, lowest: int) -> bool:
    """A form such as “claims” or “report” that the table calls a noun: a verb if a quotation or “that” follows a name."""
    if cue.first <= lowest or scene.tag(cue.first - 1) not in ("NNP", "NNS", "PRP", "NN"):
        return False
    following = cue.last + 1
    return following < len(scene.text.words) and (scene.lower(following) == "that" or scene.gap(cue.last)[:1] in ("“", '"', "‘"))


def _is_adjectival(scene: Scene, first: int, lowest: int) -> bool:
    """A bare participle after an article, adjective or degree word: “the most disputed line”."""
    before = first - 1
    return (
        before >= lowest and scene.tag(first) == "VBN" and scene.tag(before).startswith(("DT", "JJS", "PRP$", "POS", "RBS", "CD"))
    )


def _is_passive(scene: Scene, first: int) -> bool:
    piece = first - 1
    while piece >= 0 and scene.tag(piece) == "RB":
        piece -= 1
    return piece >= 0 and scene.lower(piece) in BE


def _passive_source(scene: Scene, cue: Hit, stop: int) -> Phrase | None:
    for piece in range(cue.last + 1, min(stop - 1, cue.last + 12)):
        if scene.lower(piece) == "by":
            return noun_phrase_from(scene, piece + 1, stop)
    return None


def _shared(scene: Scene, cue: Hit, earlier: Sequence[Attribution], sentence: range) -> Phrase | None:
    """The source of a verb without a subject of its own: “X said ... and urged ...”, “X said ..., adding that ...”."""
    for piece in range(cue.first - 1, max(sentence.start, cue.first - 4) - 1, -1):
        if scene.lower(piece) in ("and", "but", "or") or scene.gap(piece)[:1] == ",":
            break
    else:
        return None
    start = scene.text.words[sentence.start].start
    for attribution in reversed(earlier):
        if attribution.source is not None and attribution.source[0] >= start:
            pieces = scene.text.pieces(*attribution.source)
            return pieces[0], pieces[-1]
    return _sentence_subject(scene, sentence, cue.first)


def _sentence_subject(scene: Scene, sentence: range, before: int) -> Phrase | None:
    for piece in range(sentence.start + 1, before):
        if scene.is_finite(piece):
            return noun_phrase_ending(scene, piece - 1, sentence.start)
    return None


def _continued(scene: Scene, first: int, stop: int) -> tuple[Span, ...]:
    """The second half of an interrupted quotation: “...,” she said, “...”."""
    if first > stop:
        return ()
    start = scene.text.words[first - 1].end
    quotation = scene.quotation_from(start, scene.text.words[stop - 1].end + 1)
    if quotation is None:
        return ()
    between = scene.text.pieces(start, quotation.start)
    if len(between) > 6 or any(piece in scene.cue_at for piece in between):
        return ()
    return ((quotation.start, quotation.end),)


def _read_phrase(scene: Scene, cue: Hit, earlier: Sequence[Attribution]) -> Attribution | None:
    """“According to X, ...” and “..., according to X”; other phrases that act as verbs are read as verbs."""
    if "phrase" not in cue.entry.frames:
        return _read_verb(scene, cue, earlier)
    sentence = scene.sentence(cue.first)
    source = noun_phrase_from(scene, cue.last + 1, sentence.stop)
    if source is None:
        return None
    if cue.first == sentence.start or scene.quotation_from(scene.text.words[source[1]].end, scene.text.words[source[1]].end + 3):
        if source[1] + 1 >= sentence.stop:
            return None
        return _build(scene, cue, source, _outside(scene, source[1] + 1, sentence.stop - 1))
    last = cue.first - 1
    return _build(scene, cue, source, _outside(scene, _clause_start(scene, last, sentence.start), last))


def _clause_start(scene: Scene, last: int, lowest: int) -> int:
    for piece in range(last - 1, lowest - 1, -1):
        if scene.gap(piece) == ";":
            return piece + 1
    return lowest


def _outside(scene: Scene, first: int, last: int) -> tuple[Span, ...]:
    start, end = scene.span(first, last)
    opening, closing = scene.quotation_of(first), scene.quotation_of(last)
    start = opening.start if opening is not None else start
    return ((start, max(end, closing.end if closing is not None else end)),)


def _read_noun(scene: Scene, cue: Hit) -> Attribution | None:
    """“Vantor’s claim that ...”, “a claim by Vantor that ...”."""
    sentence = scene.sentence(cue.first)
    after = cue.last + 1
    source: Phrase | None = None
    if (
        after < sentence.stop
        and scene.lower(after) in ("by", "from")
        and (source := noun_phrase_from(scene, after + 1, sentence.stop))
    ):
        after = source[1] + 1
    if source is None and cue.first - 2 >= sentence.start and scene.tag(cue.first - 1) == "POS":
        source = noun_phrase_ending(scene, cue.first - 2, sentence.start)
    if after + 1 >= sentence.stop:
        return None
    if scene.lower(after) == "that":
        content = content_after(scene, cue, after)
        return _build(scene, cue, source, content.spans) if content is not None and content.frame == "that" else None
    if "phrase" in cue.entry.frames and source is not None and scene.lower(after) in ("of", "for", "about", "against"):
        about = noun_phrase_from(scene, after + 1, sentence.stop)
        return _build(scene, cue, source, (scene.span(*about),)) if about is not None else None
    return None


def _read_hearsay(scene: Scene, cue: Hit) -> Attribution | None:
    sentence = scene.sentence(cue.first)
    spans = []
    if cue.first > sentence.start:
        spans.append(scene.span(sentence.start, cue.first - 1))
    if cue.last + 1 < sentence.stop:
        spans.append(scene.span(cue.last + 1, clause_end(scene, cue.last + 1, sentence.stop)))
    return replace(_build(scene, cue, None, tuple(spans)), mode="hearsay") if spans else None


def _build(scene: Scene, cue: Hit, source: Phrase | None, content: tuple[Span, ...]) -> Attribution:
    place = scene.span(*source) if source is not None else None
    if place is not None and any(start < place[1] and place[0] < end for start, end in content):
        place = None  # “expected to rule by June”: the phrase belongs to what is said
    return Attribution(
        cue=scene.span(cue.first, cue.last),
        source=place,
        content=content,
        mode=_mode(scene, place is not None, content),
        stance=cue.entry.category,
        scope=cue.entry.scope,
        lemma=cue.entry.lemma,
        precision=cue.entry.precision,
    )


def _mode(scene: Scene, has_source: bool, content: Iterable[Span]) -> str:
    quoted = words = 0
    for start, end in content:
        words += scene.text.count_words(start, end)
        for quotation in scene.quotations_within(start, end):
            quoted += scene.text.count_words(max(start, quotation.start), min(end, quotation.end))
    if quoted:
        return "direct" if quoted == words else "mixed"
    return "indirect" if has_source else "agentless"
