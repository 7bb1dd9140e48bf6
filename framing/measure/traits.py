"""What the rules ask of a word, one bit each: of its form and tag, and of what stands between it and the next word.

A word is looked at many times, by the linear models' attributes and by the rules for noun phrases. So all that they ask is found
once for a form and tag, and kept as one number: `traits & NOUN` is not 0 where the word can head a noun phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from framing.measure.quotationsigns import NAMING
from framing.measure.scene import HEADS
from framing.measure.vocabulary import COLON as COLON_TAG
from framing.measure.vocabulary import QUOTATION as QUOTATION_TAG

(
    FINITE, CLITIC, BEFORE_CLITIC, BE, HAVE, AUXILIARY, ADVERB, LIGHT, NEVER, COORDINATOR, VERB, MODAL, TO, HEAD, QUOTATION,
    COLON, THAT, NEGATION, NOUN, ADJECTIVE, DESCRIBES, INSIDE, DETERMINER, BEFORE_DETERMINER, LINK, RIGHT_LINK, AND, NAME, PROPER,
    NOMINAL, PRONOUN, RELATIVE, ANTECEDENT, THAT_OR_WHO, WHO, TO_OR_WITH, CLOSE, ASIDE, PREPOSITION, ENDS_APPOSITION, OPENS_AGENT,
    APPOSED, NAMES, DAY, OPENS_CLAUSE, OPEN, NOTHING, COMMA, CLOSES_ASIDE, OPENS_ASIDE, PAUSE, COMMA_OR_COLON,
) = (1 << bit for bit in range(52))  # fmt: skip

AUXILIARIES = "has have had is was were are be been being do does did 's 've 'd 're n't not also later then again once"
DAYS = "monday tuesday wednesday thursday friday saturday sunday yesterday today"
_LINKS = "of for at in from with on to by behind"
_BE = "is was are were be been being am 's 're 'm"
LIGHT_VERBS = frozenset("make have give take get do be put go come hold".split())
"""Base forms that leave the meaning to their object: "made a claim"."""
NEVER_CUES = frozenset("be have do will would could should may might can must shall to".split())
"""Base forms that are no cues by themselves."""
_OF_FORM: Sequence[tuple[int, str]] = (
    (FINITE, "is was are were"), (CLITIC, "'s 're"), (BE, _BE), (AUXILIARY, AUXILIARIES), (COORDINATOR, "and but or"), (TO, "to"),
    (HEAD | NOUN, " ".join(HEADS)), (THAT, "that"), (NEGATION, "not n't never no"), (BEFORE_DETERMINER, f"{_LINKS} all both"),
    (LINK, f"{_LINKS} and &"), (RIGHT_LINK, "of for at from with"), (AND, "and"), (PRONOUN, "he she they it i we you"),
    (RELATIVE, "who whose which that"), (ANTECEDENT, "who which that"), (THAT_OR_WHO, "that who"), (WHO, "who whose"),
    (TO_OR_WITH, "to with"), (CLOSE, "close familiar"), (ASIDE, "in on during after before by through via to"),
    (DAY, DAYS),
    (OPENS_AGENT, "by from"), (NAMES, " ".join(NAMING)),
)  # fmt: skip
"""Trait, and the words in lower case that have it."""
_OF_TAG: Sequence[tuple[int, str]] = (
    (FINITE, "VBD VBZ VBP MD"), (BEFORE_CLITIC, "PRP EX WP DT"), (AUXILIARY, "RB MD RBR"), (ADVERB, "RB"), (MODAL, "MD"),
    (HEAD, "NN NNS NNP NNPS PRP CD WP EX"), (NOUN, "PRP CD"), (DESCRIBES, "DT PRP$ JJ"), (DETERMINER, "DT PRP$"), (NAME, "NNP"),
    (ASIDE, "VBG"), (PREPOSITION, "IN TO"), (ENDS_APPOSITION, "PRP CC"),
    (OPENS_CLAUSE, "DT PRP PRP$ EX IN NNP NNS"), (QUOTATION, QUOTATION_TAG), (COLON, COLON_TAG),
)  # fmt: skip
"""Trait, and the tags that have it; `BEFORE_CLITIC` makes a clitic a verb, `DESCRIBES` an adjective a noun: "the elderly"."""
_OF_TAGS: Sequence[tuple[int, tuple[str, ...]]] = (
    (VERB, ("VB",)), (NOUN, ("NN",)), (ADJECTIVE, ("JJ",)), (PROPER, ("NNP",)), (NOMINAL, ("NN", "JJ")),
    (INSIDE, ("NN", "JJ", "CD", "DT", "PRP$", "POS", "VBN", "VBG", "PDT")), (APPOSED, ("DT", "NN", "PRP$", "JJ")),
)  # fmt: skip
"""Trait, and beginnings of tags."""
_OF_GAP: Sequence[tuple[int, tuple[str, ...]]] = (
    (OPEN, ("", "-", "'", "’", ".")), (NOTHING, ("",)), (COMMA, (",",)), (CLOSES_ASIDE, (",", ".,", ")", "),")),
    (OPENS_ASIDE, (",", ".,", "(", ",(")),
)  # fmt: skip
"""Trait, and what stands between the word and the next one, spaces aside."""


def word_traits(form: str, lemma: str, tag: str) -> int:
    """The traits of a word by itself; clitics are no finite verbs by themselves.

    >>> word_traits("said", "say", "VBD") == FINITE | VERB
    True
    """
    of_lemma = HAVE * (lemma == "have") | LIGHT * (lemma in LIGHT_VERBS) | NEVER * (lemma in NEVER_CUES)
    traits = _form_traits().get(form, 0) | _tag_traits(tag) | of_lemma
    return traits & ~FINITE if traits & CLITIC else traits


@lru_cache(maxsize=1)
def _form_traits() -> dict[str, int]:
    found: dict[str, int] = {}
    for trait, forms in _OF_FORM:
        for form in forms.split():
            found[form] = found.get(form, 0) | trait
    return found


@lru_cache(maxsize=100)
def _tag_traits(tag: str) -> int:
    exact = (trait for trait, tags in _OF_TAG if tag in tags.split())
    begins = (trait for trait, heads in _OF_TAGS if tag.startswith(heads))
    traits = 0
    for trait in (*exact, *begins):
        traits |= trait
    return traits


def gap_traits(between: str) -> int:
    """The traits that a word has from what stands between it and the next one.

    >>> gap_traits(" ") == OPEN | NOTHING, gap_traits(", ") == COMMA | CLOSES_ASIDE | OPENS_ASIDE | PAUSE | COMMA_OR_COLON
    (True, True)
    """
    gap = "\n" if "\n" in between else between.strip()
    traits = sum(trait for trait, gaps in _OF_GAP if gap in gaps)
    return traits + PAUSE * gap.startswith((",", ".", "\n")) + COMMA_OR_COLON * gap.startswith((",", ":"))
