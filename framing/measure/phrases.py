"""Noun phrases around a cue, read from tags alone: the subject on its left, the inverted subject on its right."""

from __future__ import annotations

from framing.measure.scene import Scene

AUXILIARIES = frozenset(
    "has have had is was were are be been being do does did 's 've 'd 're n't not also later then again once".split()
)
_LINKS = frozenset("of for at in from with on to by behind".split())
_RIGHT_LINKS = frozenset("of for at from with".split())
_ASIDES = frozenset("in on during after before by through via to".split())
PRONOUNS = frozenset("he she they it i we you".split())
_RELATIVES = frozenset("who whose which that".split())
_INSIDE = ("NN", "JJ", "CD", "DT", "PRP$", "POS", "VBN", "VBG", "PDT")
# The longest stretch between two commas that is still read as an apposition to the subject (chosen).
APPOSITION_PIECES = 30

Phrase = tuple[int, int]
"""First and last piece."""


def find_subject(scene: Scene, cue_first: int, lowest: int) -> Phrase | None:
    """The noun phrase left of a verb, auxiliaries and adverbs skipped, with an apposition or relative clause between commas."""
    piece = cue_first - 1
    while piece >= lowest and _is_auxiliary(scene, piece) and _is_open(scene.gap(piece)):
        piece -= 1
    if piece < lowest:
        return None
    gap = scene.gap(piece)
    if gap in (",", ".,", ")", "),"):
        return _before_apposition(scene, piece, lowest)
    return noun_phrase_ending(scene, piece, lowest) if _is_open(gap) else None


def _is_auxiliary(scene: Scene, piece: int) -> bool:
    return scene.lower(piece) in AUXILIARIES or scene.tag(piece) in ("RB", "MD", "RBR")


def _is_open(gap: str) -> bool:
    return gap in ("", "-", "'", "’", ".")


def _before_apposition(scene: Scene, last: int, lowest: int) -> Phrase | None:
    """The subject before an apposition that ends with `last`; of several commas the farthest with a subject before it."""
    found = None
    for piece in range(last - 1, max(lowest, last - APPOSITION_PIECES) - 1, -1):
        if scene.gap(piece) in (",", ".,", "(", ",(") and scene.is_noun(piece):
            opens = piece + 1
            relative = any(scene.lower(inside) in _RELATIVES for inside in range(opens, last + 1))
            if scene.has_finite(opens, last) and not relative:
                break
            head = noun_phrase_ending(scene, piece, lowest)
            if head is not None and not (head[0] > lowest and scene.tag(head[0] - 1) in ("IN", "TO")):
                aside = scene.lower(opens) in _ASIDES or scene.tag(opens) == "VBG"  # “, in a letter,” is no apposition
                found = head[0], piece if aside else last
    return found


def noun_phrase_ending(scene: Scene, last: int, lowest: int) -> Phrase | None:
    """The noun phrase that ends with a piece, read leftwards; None where the piece is no head."""
    if not scene.is_noun(last) and not _is_substantive(scene, last, lowest):
        return None
    if scene.lower(last) in ("who", "which", "that"):
        antecedent = noun_phrase_ending(scene, last - 1, lowest) if last > lowest else None
        return (antecedent[0], last) if antecedent else None
    if scene.lower(last) in PRONOUNS:
        return last, last
    first = last
    while (left := _extend_left(scene, first, lowest)) is not None:
        first = left
    return first, last


def _is_substantive(scene: Scene, piece: int, lowest: int) -> bool:
    """An adjective as a noun: "the general", "the elderly"."""
    return scene.tag(piece).startswith("JJ") and piece > lowest and scene.tag(piece - 1) in ("DT", "PRP$", "JJ")


def _extend_left(scene: Scene, first: int, lowest: int) -> int | None:
    """The phrase's new first piece, one step further left, or None where it ends."""
    left = first - 1
    if left < lowest or not _is_open(scene.gap(left)):
        return None
    if scene.tag(first) in ("DT", "PRP$") and scene.lower(left) not in (*_LINKS, "all", "both"):
        return None
    if scene.lower(left) in ("to", "with") and left > lowest and scene.lower(left - 1) in ("close", "familiar"):
        return left - 1
    if scene.lower(left) in _LINKS or scene.lower(left) in ("and", "&"):
        links_noun = left - 1 >= lowest and scene.is_noun(left - 1) and _is_open(scene.gap(left - 1))
        return left - 1 if links_noun and scene.lower(left - 1) not in PRONOUNS else None
    if scene.tag(left).startswith(_INSIDE) and scene.lower(left) not in ("that", "who"):
        return left
    return None


def noun_phrase_from(scene: Scene, first: int, stop: int) -> Phrase | None:
    """The noun phrase that begins with a piece and ends before `stop`, read rightwards, with a following apposition."""
    last = first - 1
    for piece in range(first, stop):
        tag, word = scene.tag(piece), scene.lower(piece)
        joins = word in _RIGHT_LINKS or (word == "and" and piece + 1 < stop and scene.tag(piece + 1).startswith("NNP"))
        if piece > first and not tag.startswith(_INSIDE) and not joins:
            break
        if piece == first and not (tag.startswith(_INSIDE) or scene.is_noun(piece)):
            return None
        last = piece
        if scene.gap(piece) not in ("", "-", "'", "’", "."):
            break
    while last >= first and not (scene.is_noun(last) or _is_substantive(scene, last, first)):
        last -= 1
    if last < first:
        return None
    return first, _with_apposition(scene, last, stop)


def _opens_addition(scene: Scene, last: int) -> bool:
    """Whether an apposition (“Vantor, the envoy”) or a relative clause (“an envoy who ...”) begins after a noun."""
    if scene.lower(last + 1) in ("who", "whose"):
        return scene.gap(last) in ("", ",")
    return scene.gap(last) == "," and scene.tag(last + 1).startswith(("DT", "NN", "PRP$", "JJ"))


def _with_apposition(scene: Scene, last: int, stop: int) -> int:
    if last + 1 >= stop or not _opens_addition(scene, last):
        return last
    relative = False
    for piece in range(last + 1, min(stop, last + 1 + APPOSITION_PIECES)):
        relative = relative or scene.lower(piece) in ("who", "whose")
        if not relative and (scene.is_finite(piece) or scene.tag(piece) in ("PRP", "CC")):
            return last
        if scene.gap(piece)[:1] in (",", ".", "\n"):
            return piece
    return stop - 1 if stop - last <= APPOSITION_PIECES else last
