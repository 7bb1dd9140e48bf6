"""Who says what: source, cue and content of every attribution, by rules over words and tags.

Each cue of the lexicon is read in its sentence: is there content before it, after it, or around it, and who is the source? A cue
inside another attribution's content is nested and not counted. What the rules cannot decide is left out or left empty.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Sequence
from dataclasses import replace

from framing.measure.cues import Attribution, read_cue
from framing.measure.scene import Scene
from framing.measure.sources import resolve_sources
from framing.measure.spans import Spans
from framing.measure.text import Text

COLUMNS = (
    "article", "outlet", "attribution", "scope", "mode", "stance", "cue", "cue_start", "cue_end", "lemma", "source",
    "source_start", "source_end", "speaker", "source_type", "naming", "content", "n_content_words", "precision",
)  # fmt: skip


def find_attributions(scene: Scene) -> list[Attribution]:
    """The attributions of one article in text order; none of them stands inside another's content."""
    found: list[Attribution] = []
    for cue in scene.cues:
        quotation = scene.quotation_of(cue.first)
        attribution = None if quotation is not None else read_cue(scene, cue, found)
        if attribution is not None:
            found.append(attribution)
    return _with_bare_quotations(scene, _settle(found))


def _settle(found: Sequence[Attribution]) -> list[Attribution]:
    """Keeps what does not stand inside another: no cue in a kept content, no word claimed twice.

    Speech goes before attitudes and direct speech before indirect; hearsay claims no words.
    """
    order = sorted(found, key=lambda a: (a.mode == "hearsay", a.scope == "attitude", a.mode not in ("direct", "mixed"), a.cue))
    claimed, cues, kept = Spans(), Spans(), []
    for one in order:
        if claimed.at(one.cue[0]) is not None:
            continue
        if one.mode == "hearsay":
            kept.append(one)
            continue
        content = tuple(piece for span in one.content for piece in claimed.free(span))
        if content and not any(cues.within(span) for span in content):
            kept.append(replace(one, content=content))
            cues.add(one.cue, len(kept))
            for span in content:
                claimed.add(span, len(kept))
    return sorted(kept, key=lambda a: a.cue)


def _with_bare_quotations(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """Gives every speech-long quotation that no cue claims to the speaker before it (or of the quotation that a new paragraph
    continues); where there is none it becomes an attribution without cue and source."""
    attributions, bare = list(found), []
    claimed = Spans()
    for index, one in enumerate(found):
        for span in one.content if one.mode != "hearsay" else ():
            claimed.add(span, index)
    starts = [one.cue[0] for one in found]
    unclosed: int | None = None
    for quotation, ahead in zip(scene.quotations, _owners_ahead(scene, claimed), strict=True):
        span = (quotation.start, quotation.end)
        owner = claimed.at(span[0])
        if owner is None and scene.is_speech(quotation) and not claimed.within(span):
            owner = unclosed if unclosed is not None else ahead
            owner = owner if owner is not None else _speaker_before(scene, attributions, starts, span[0])
            if owner is not None:
                attributions[owner] = replace(attributions[owner], content=tuple(sorted((*attributions[owner].content, span))))
            elif scene.is_speech_long(quotation):
                bare.append(
                    Attribution((span[0], span[0]), None, (span,), "direct", "neutral", "reported_speech", "", float("nan"))
                )
        unclosed = owner if not quotation.closed else None
    return sorted([*attributions, *bare], key=lambda a: (a.cue, a.content))


def _owners_ahead(scene: Scene, claimed: Spans) -> list[int | None]:
    """For every quotation that goes on over paragraphs, who is given its end: the cue may stand in the last of them."""
    owners: list[int | None] = []
    ahead: int | None = None
    for quotation in reversed(scene.quotations):
        owners.append(None if quotation.closed else ahead)
        owner = claimed.at(quotation.start)
        ahead = owner if owner is not None else owners[-1]
    return owners[::-1]


def _speaker_before(scene: Scene, attributions: Sequence[Attribution], starts: Sequence[int], offset: int) -> int | None:
    """The last attribution with a quotation before an offset in the same paragraph; for a quotation that opens a paragraph, in
    the paragraph before, because reporters let a speaker go on without naming them again."""
    number = bisect.bisect_right(scene.paragraph_starts, offset) - 1
    opens = number > 0 and scene.paragraph_starts[number] == offset
    since = scene.paragraph_starts[max(0, number - opens)] if scene.paragraph_starts else 0
    first, last = bisect.bisect_left(starts, since), bisect.bisect_right(starts, offset)
    candidates = [
        (attributions[index].content[-1][1], index)
        for index in range(first, last)
        if attributions[index].mode in ("direct", "mixed") and attributions[index].source is not None
    ]
    ended = [candidate for candidate in candidates if candidate[0] <= offset]
    return max(ended)[1] if ended else None


def attribution_rows(text: Text, outlet: str, attributions: Sequence[Attribution]) -> list[tuple[object, ...]]:
    """Rows of the attributions table (`COLUMNS`); an absent source or cue has empty text and start = end."""
    sources = [text.original[slice(*a.source)] if a.source else "" for a in attributions]
    rows: list[tuple[object, ...]] = []
    for number, (one, source, who) in enumerate(zip(attributions, sources, resolve_sources(sources), strict=True), start=1):
        start, end = one.source or (one.cue[0], one.cue[0])
        rows.append((
            text.article, outlet, f"{text.article}#{number}", one.scope, one.mode, one.stance, text.original[slice(*one.cue)],
            *one.cue,
            one.lemma, source, start, end, who.speaker, who.source_type, who.naming,
            json.dumps([list(span) for span in one.content]),
            sum(text.count_words(*span) for span in one.content), one.precision,
        ))  # fmt: skip
    return rows
