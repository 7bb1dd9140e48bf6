"""Frame vocabulary: words of the generic frames, the policy dimensions and war and peace journalism.

What is counted is vocabulary, never "the frame": generic frames may not be found accurately by any word list (Chan,
Freudenthaler & Müller 2024). A word inside a proper name ("Peace Corps", "Justice Department") says who, not how, so moral and
human words do not count there.
"""

from __future__ import annotations

from framing.measure.forms import Column
from framing.measure.lexicon import Entry

FRAME_LEXICONS = ("generic_frames", "policy_frames", "war_peace")
DIMENSIONS = (
    "economic", "capacity_and_resources", "morality", "fairness_and_equality", "legality_and_jurisdiction",
    "policy_prescription_and_evaluation", "crime_and_punishment", "security_and_defense", "health_and_safety", "quality_of_life",
    "cultural_identity", "public_opinion", "political", "external_regulation_and_reputation",
)  # fmt: skip
"""The dimensions of the Policy Frames Codebook (Boydstun et al. 2014), its rest category aside."""
VALIDATION_BAR = 0.75
"""AUC that a dimension must reach on known groups and on coded articles to count as validated (chosen; see the benchmark)."""
VALIDATED_DIMENSIONS = (
    "economic", "fairness_and_equality", "legality_and_jurisdiction", "policy_prescription_and_evaluation",
    "crime_and_punishment", "security_and_defense", "health_and_safety", "political", "external_regulation_and_reputation",
)  # fmt: skip
"""The dimensions that reach the bar in benchmarks/results/frames.json; all others are not validated.

That coding is small and by the coder who wrote the entries, so the list is provisional."""
_NAMES_ASIDE = frozenset({"morality", "human_interest", "fairness_and_equality", "peace", "quality_of_life"})
IS_CAPITALISED = Column(lambda key: key[0].isupper() and not key.isupper())
"""Whether a word looks like a name, or a part of one."""


def is_no_name(entry: Entry) -> bool:
    """Whether an entry does not count inside a name: one of the soft categories that is not itself written with a capital."""
    soft = entry.measure in FRAME_LEXICONS and entry.category in _NAMES_ASIDE
    return soft and not any(form != form.lower() for form in entry.forms)
