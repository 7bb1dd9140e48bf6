"""Hedging and certainty: what counts as a hedge, and how sure a text sounds.

`hedging` counts epistemic ("may", "likely") and evidential words ("appears to", "reportedly"). `uncertainty` has exactly the
categories of Szarvas et al. (2012): epistemic, doxastic, investigation and condition, so that it can be compared with their hand
coding. A verb of saying or believing with a source as its subject is a cue of attribution and never a hedge; a thing that
"suggests" or "indicates" is no source.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from framing.measure.lexicon import Entry, load_lexicon

LEVEL_STEPS = {"uncertain": 3.0, "low": 3.0, "moderate": 1.0, "high": 0.5, "absolute": -1.0}
"""How far a word of each of Rubin's (2006) levels is from a plain statement (chosen on training findings, Pei & Jurgens 2021)."""
CERTAINTY_LEXICONS = ("hedging", "boosters", "approximators", "degree", "modality")
APPEARANCES = frozenset(("seem", "appear", "look"))
"""Verbs whose subject is not the one who thinks so: hedges, also where hand coding sees an attribution."""
_SUBJECT_IS_NO_SOURCE = frozenset(("inanimate_subject", "be_before"))
"""Rules of entries that are hedges because their subject is a thing ("figures suggest") or is spoken of ("is said to")."""


def score_certainty(marks: pd.DataFrame) -> pd.Series:
    """How sure each article sounds: minus the sum of `LEVEL_STEPS` over its hedges, boosters, approximators,
    adaptors and modals.

    Indexed by article; an article without any such word is not in it and stands at 0. Compare texts of like length, or divide by
    their words.

    >>> from framing.corpus.articles import read_articles
    >>> from framing.measure.scores import annotate
    >>> texts = pd.DataFrame({"text": ["It may snow. It might rain.", "It will certainly snow."]})
    >>> score_certainty(annotate(read_articles(texts), progress=False).marks).tolist()
    [-6.0, 1.0]
    """
    certain = marks[marks["measure"].isin(CERTAINTY_LEXICONS)]
    steps = certain["entry"].map(_steps()).fillna(0.0)
    return (-steps).groupby(certain["article"]).sum().rename("certainty")


@cache
def _steps() -> dict[str, float]:
    entries = [entry for name in CERTAINTY_LEXICONS for entry in load_lexicon(name)]
    return {entry.id: LEVEL_STEPS[entry.classes["rubin"]] for entry in entries if "rubin" in entry.classes}


def has_no_source(entry: Entry) -> bool:
    """Whether an entry's rules see to it that its subject is not the one who says so."""
    return any(rule.id in _SUBJECT_IS_NO_SOURCE for rule in entry.rules)
