"""What is said: the content of an attribution, on the right of the cue, on its left, or around it."""

from __future__ import annotations

from dataclasses import dataclass

from framing.measure.matcher import Hit
from framing.measure.scene import Scene

# How many pieces may stand between a verb and its "that" or quotation: addressee, adverb, day (chosen).
REACH = 12

ADDRESSING = frozenset("tell inform assure reassure remind".split())
"""Verbs that name the addressee before what is said."""

Span = tuple[int, int]
"""Half-open offsets."""


@dataclass(frozen=True)
class Content:
    """The words that somebody else is responsible for."""

    frame: str
    """The complement: quote, that, clause, object, infinitive, whether, phrase."""
    spans: tuple[Span, ...]
    """Where they stand, in order."""


def content_before(scene: Scene, cue: Hit, first: int, after: int) -> Content | None:
    """Content that ends before piece `first` (subject or cue): “...,” X said; The talks, X said, failed; The talks failed, X
    said.

    `after` is the first piece after the cue and its inverted subject.
    """
    if first == 0:
        return None
    before = scene.before(first)
    quotation = scene.quotation_over(_last_offset(scene, first))
    if (
        quotation is not None
        and "quote" in cue.entry.frames
        and before in "\"”’'»"
        and _only_marks(scene, quotation.inner_end, first)
        and not (scene.text.text[quotation.inner_end - 1] == "." and after < scene.sentence(first).stop)
    ):
        inside = scene.text.pieces(quotation.start, quotation.end)
        lead = range(scene.sentence(inside.start).start, inside.start)
        start = scene.text.words[lead.start].start if _joined(scene, lead, quotation.start) else quotation.start
        return Content("quote", ((start, quotation.end),))
    if before == "," and "quote" in cue.entry.frames and (whole := _quotation_before_comma(scene, first)) is not None:
        return Content("quote", (whole,))
    if before == "," and "clause" in cue.entry.frames:
        return _clause_before(scene, first, after)
    return None


def _quotation_before_comma(scene: Scene, first: int) -> Span | None:
    """A sentence that is a quotation, with the comma outside its marks: «We agree», X said."""
    comma = _last_offset(scene, first)
    quotation = scene.quotation_over(scene.text.last_visible(comma))
    if quotation is None or not _only_marks(scene, quotation.inner_end, first):
        return None
    opens = scene.text.pieces(quotation.start, quotation.end).start == scene.sentence(first).start
    return (quotation.start, quotation.end) if opens else None


def _clause_before(scene: Scene, first: int, after: int) -> Content | None:
    """The clause before the comma, with its second half where the cue stands in its middle."""
    sentence = scene.sentence(first)
    if first == sentence.start:
        return None
    left = scene.text.words[sentence.start].start, scene.text.words[first - 1].end
    if after < sentence.stop and scene.gap(after - 1) == ",":
        last = clause_end(scene, after, sentence.stop)
        whole = scene.has_finite(sentence.start, first - 1) or scene.has_finite(after, last)
        return Content("clause", (left, _stretch(scene, after, last))) if whole else None
    goes_on = after < sentence.stop and scene.has_finite(after, sentence.stop - 1)
    whole = scene.has_finite(sentence.start, first - 1) or _has_infinitive(scene, sentence.start + 1, first)
    return Content("clause", (left,)) if whole and not goes_on else None


def _has_infinitive(scene: Scene, first: int, stop: int) -> bool:
    """A headline’s future: “Port to reopen by spring, minister says”."""
    return any(scene.lower(piece) == "to" and scene.tag(piece + 1) == "VB" for piece in range(first, stop - 1))


def _last_offset(scene: Scene, first: int) -> int:
    """Offset of the last visible character before a piece."""
    return scene.text.last_visible(scene.text.words[first].start)


def _only_marks(scene: Scene, offset: int, first: int) -> bool:
    return not scene.text.text[offset : scene.text.words[first].start].strip(" \t\n\u00a0\"'”’»,.?!")


def _joined(scene: Scene, lead: range, quotation_start: int) -> bool:
    """Whether the words before a quotation belong to the same clause: “The plan is ‘a joke,’ she said”, not “Later: ‘...’”."""
    if not len(lead) or any(scene.quotation_of(piece) for piece in lead):
        return False
    between = scene.text.text[scene.text.words[lead[-1]].end : quotation_start].strip()
    return between == "" and not any(piece in scene.cue_at for piece in lead)


def content_after(scene: Scene, cue: Hit, first: int) -> Content | None:
    """Content that begins after the verb (and its inverted subject), which ends before piece `first`.

    The order of preference: a quotation, a that-clause, a wh-clause, a bare clause, an infinitive, a noun phrase.
    """
    sentence = scene.sentence(cue.first)
    if first >= sentence.stop:
        return None
    stop = sentence.stop
    return (
        _quotation_after(scene, cue, first, stop)
        or _that_clause(scene, cue, first, stop)
        or _wh_clause(scene, cue, first, stop)
        or _bare_clause(scene, cue, first, stop)
        or _infinitive(scene, cue, first, stop)
        or _object(scene, cue, first, stop)
    )


def _quotation_after(scene: Scene, cue: Hit, first: int, stop: int) -> Content | None:
    start = scene.text.words[first - 1].end
    quotation = scene.quotation_from(start, scene.text.words[stop - 1].end)
    if quotation is None or "quote" not in cue.entry.frames:
        return None
    between = scene.text.pieces(start, quotation.start)
    if len(between) > REACH or any(scene.is_finite(piece) or scene.lower(piece) == "that" for piece in between):
        return None
    if len(between) > 2 and not scene.is_speech_long(quotation):
        return None
    end = max(
        quotation.end,
        scene.text.words[clause_end(scene, scene.text.pieces(quotation.start, quotation.end).stop - 1, stop)].end,
    )
    judges = len(between) > 0 and ("as" in cue.entry.frames or cue.entry.category == "characterising")
    begin = scene.text.words[first].start if judges else quotation.start  # “called [the levy ‘a joke’]”
    return Content("quote", ((begin, _to_mark(scene, end)),))


def _that_clause(scene: Scene, cue: Hit, first: int, stop: int) -> Content | None:
    if "that" not in cue.entry.frames:
        return None
    for piece in range(first, min(stop, first + REACH)):
        if scene.lower(piece) == "that" and piece + 1 < stop:
            return Content("that", (_stretch(scene, piece, clause_end(scene, piece, stop)),))
        if scene.is_finite(piece) or scene.gap(piece)[:1] in (";", ":"):
            return None
    return None


def _wh_clause(scene: Scene, cue: Hit, first: int, stop: int) -> Content | None:
    if "whether" not in cue.entry.frames:
        return None
    for piece in range(first, min(stop, first + 4)):
        if scene.lower(piece) in ("whether", "if", "what", "why", "how", "who", "where", "when"):
            return Content("whether", (_stretch(scene, piece, clause_end(scene, piece, stop)),))
    return None


def _bare_clause(scene: Scene, cue: Hit, first: int, stop: int) -> Content | None:
    """“X said the talks had failed”: a noun phrase and a finite verb follow; days and addressees are stepped over."""
    if "clause" not in cue.entry.frames:
        return None
    begin = _step_over(scene, first, stop)
    if begin is not None and cue.entry.lemma in ADDRESSING:
        begin = _step_over(scene, _addressee_end(scene, begin, stop), stop)
    if begin is None or scene.tag(begin) in ("TO", "VBG") or scene.lower(begin) in ("which", "who", "whose", "whom"):
        return None
    last = clause_end(scene, begin, stop)
    if not scene.has_finite(begin + 1, last):
        return None
    return Content("clause", (_stretch(scene, begin, last),))


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later this last week".split())


def _step_over(scene: Scene, first: int, stop: int) -> int | None:
    """The first piece after adverbs, days and “in a statement”; None where nothing is left."""
    piece = first
    while piece < stop:
        word = scene.lower(piece)
        if word in ("on", "in", "at", "during", "after", "to", "via", "by") and piece + 1 < stop:
            stretch = next(
                (p for p in range(piece, min(stop, piece + 8)) if scene.gap(p)[:1] in (",", ":") or _ends_phrase(scene, p)),
                None,
            )
            if stretch is None:
                return None
            piece = stretch + 1
        elif word in _DAYS or (scene.tag(piece) == "RB" and word not in ("not", "there")):
            piece += 1
        else:
            return piece
    return None


def _addressee_end(scene: Scene, first: int, stop: int) -> int:
    """The first piece after the addressee: “told [reporters] the ...”, “told [him] she ...”; `first` where it cannot be told."""
    for piece in range(first, min(stop, first + REACH)):
        opens = scene.tag(piece).startswith(("DT", "PRP", "EX"))
        if opens and piece > first and scene.is_noun(piece - 1):
            return piece
        if scene.is_finite(piece) or scene.gap(piece) not in ("", "-"):
            return first
    return first


def _ends_phrase(scene: Scene, piece: int) -> bool:
    """Whether a prepositional phrase may end here: a day's name, or a noun before a pronoun or article."""
    follows = piece + 1 < len(scene.text.words) and scene.tag(piece + 1) in ("DT", "PRP", "EX", "PRP$")
    return scene.lower(piece) in _DAYS or (scene.is_noun(piece) and follows)


def _infinitive(scene: Scene, cue: Hit, first: int, stop: int) -> Content | None:
    if "infinitive" not in cue.entry.frames:
        return None
    for piece in range(first, min(stop, first + REACH)):
        if scene.lower(piece) == "to" and piece + 1 < stop and scene.tag(piece + 1).startswith("VB"):
            begin = piece if cue.entry.category == "directive" else first  # “urged the assembly [to ...]”
            return Content("infinitive", (_stretch(scene, begin, clause_end(scene, piece, stop)),))
        if scene.is_finite(piece) or scene.gap(piece)[:1] in (",", ";", ":"):
            return None
    return None


def _object(scene: Scene, cue: Hit, first: int, stop: int) -> Content | None:
    if not {"object", "as"} & cue.entry.frames or scene.gap(first - 1) not in ("", "-"):
        return None
    if not (scene.is_noun(first) or scene.tag(first).startswith(("DT", "PRP$", "JJ", "CD", "VBG"))):
        return None
    return Content("object", (_stretch(scene, first, clause_end(scene, first, stop)),))


def clause_end(scene: Scene, first: int, stop: int) -> int:
    """The last piece of the clause that begins with `first`, at most the sentence's last.

    It ends before a comma that opens a new attribution (“, adding ...”, “, according to ...”) or a contrast (“, but ...”), before
    “and” with a finite cue (“and urged ...”), and at a semicolon.
    """
    for piece in range(first, stop - 1):
        gap, word = scene.gap(piece), scene.lower(piece + 1)
        contrast = gap == "," and word in ("but", "while", "although", "though", "whereas")
        if gap == ";" or (contrast and piece > first):  # not in “that, while ...”
            return piece
        cue = scene.cue_at.get(piece + 1)
        if cue is not None and gap.startswith(",") and (scene.tag(piece + 1) == "VBG" or cue.entry.pos == "phrase"):
            return piece
        if cue is not None and len(gap) > 1 and gap.startswith(",") and scene.tag(piece + 1) in ("VBD", "VBZ"):
            return piece  # polls show that “...,” said X: the quotation has a speaker of its own
        joined = scene.cue_at.get(piece + 2)
        if word in ("and", "but") and joined is not None and scene.tag(piece + 2) in ("VBD", "VBZ"):
            return piece
    return stop - 1


def _stretch(scene: Scene, first: int, last: int) -> Span:
    """Offsets of the pieces first..last, with the quotation marks that open or close at their ends."""
    start, end = scene.span(first, last)
    opening = scene.quotation_of(first)
    if opening is not None and scene.text.pieces(opening.start, opening.end).start == first:
        start = opening.start
    return start, _to_mark(scene, max(end, _quotation_end(scene, last)))


def _quotation_end(scene: Scene, last: int) -> int:
    closing = scene.quotation_of(last)
    return closing.end if closing is not None else 0


def _to_mark(scene: Scene, end: int) -> int:
    """The end, moved past a closing quotation mark that follows at once."""
    quotation = scene.quotation_over(end)
    return quotation.end if quotation is not None and end >= quotation.inner_end else end
