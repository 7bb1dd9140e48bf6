"""Frame vocabulary: words of the generic frames, the policy dimensions and war and peace journalism.

What is counted is vocabulary, never "the frame": generic frames may not be found accurately by any word list (Chan,
Freudenthaler & Müller 2024). A word inside a proper name ("Peace Corps", "Justice Department") says who, not how, so moral and
human words do not count there.
"""

from __future__ import annotations

from framing.measure.matcher import Hit
from framing.measure.text import Text

FRAME_LEXICONS = ("generic_frames", "policy_frames", "war_peace")
_NAMES_ASIDE = frozenset({"morality", "human_interest", "fairness_and_equality", "peace", "quality_of_life"})


def counts_as_frame(hit: Hit, text: Text) -> bool:
    """Whether a hit of a frame lexicon counts: not where it is a part of a name in one of the soft categories."""
    key = text.keys[hit.first]
    if hit.entry.category not in _NAMES_ASIDE or not key[0].isupper() or key.isupper() or hit.first in text.sentence_starts:
        return True
    return any(form != form.lower() for form in hit.entry.forms)  # an entry written with a capital is meant as a name
