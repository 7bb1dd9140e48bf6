"""What the reader and its grammar rules (`repairs`) ask of a word, one bit each, beside its traits."""

from __future__ import annotations

from functools import cache

from framing.measure.lexicon import load_lexicon
from framing.measure.traits import AUXILIARIES, DAYS

(
    STATE, REFLEXIVE, CAUSE, TIME, OF_TIME, BEFORE_TIME, NAMED_TIME, CONJUNCTION, ASKED, ACCORDING, APOSTROPHE, RELATIVE, JOINT,
    KNOWN,
) = (1 << bit for bit in range(14))  # fmt: skip

_MORE_STATES = frozenset(
    """angered assured bothered cited committed confused divided encouraged focused frightened heard impressed inclined interested
    intrigued moved offended overheard persuaded poised quoted reassured reminded resigned saddened said scarred split tempted
    terrified tired torn troubled want wanted""".split()
)
"""Participles whose subject feels, thinks or is quoted, beside the adjectives of the lexicon: there it is the source."""
_NOT_STATES = frozenset(["rumored", "rumoured"])
_CAUSES = frozenset("prompt lead cause force push spur allow enable provoke inspire drive require permit".split())
"""Verbs whose object then does what an infinitive says."""
_TIMES = f"{DAYS} tonight morning afternoon evening night week weekend month year weeks months years days hours"
"""Words that end an expression of time."""
_OF_FORM = (
    (TIME, _TIMES),
    (OF_TIME, f"{_TIMES} last this next earlier late early that the past recent a few several two three"),
    (BEFORE_TIME, f"on for in over during since late early earlier by {AUXILIARIES}"), (NAMED_TIME, "today week"),
    (CONJUNCTION, "though although while whereas because but yet"), (ASKED, "asked pressed questioned quizzed challenged"),
    (ACCORDING, "according"), (RELATIVE, "who which"), (JOINT, "and but"),
)  # fmt: skip
"""Sign, and the words in lower case that have it; a named time may be part of a name: “USA Today”."""


def word_signs(form: str, lemma: str) -> int:
    """The signs of a word in lower case.

    >>> word_signs("week", "week") == TIME | OF_TIME | NAMED_TIME
    True
    """
    ends = REFLEXIVE * form.endswith(("self", "selves")) | APOSTROPHE * form.startswith(("'", "’"))
    return (
        _form_signs().get(form, 0) | STATE * (form in _states()) | CAUSE * (lemma in _CAUSES) | KNOWN * (form in _known()) | ends
    )


@cache
def _states() -> frozenset[str]:
    """The participles that keep their subject as a source: "the mayor was [worried]"."""
    adjectives = (entry for entry in load_lexicon("attribution") if entry.pos == "adjective" and entry.status != "off")
    return (frozenset(form.lower().split()[-1] for entry in adjectives for form in entry.forms) | _MORE_STATES) - _NOT_STATES


@cache
def _known() -> frozenset[str]:
    """The forms of one word that entries of the attribution lexicon in use have."""
    entries = (entry for entry in load_lexicon("attribution") if entry.status != "off")
    return frozenset(form.lower() for entry in entries for form in entry.forms if " " not in form and "-" not in form)


@cache
def _form_signs() -> dict[str, int]:
    found: dict[str, int] = {}
    for sign, forms in _OF_FORM:
        for form in forms.split():
            found[form] = found.get(form, 0) | sign
    return found
