"""Which measures agree with hand coding or known groups well enough to be shown without a warning."""

from __future__ import annotations

from framing.measure.frames import VALIDATED_DIMENSIONS

NOT_VALIDATED = (
    "boosters", "approximators", "degree", "modality", "deliberation", "weasel", "labels", "generic_frames", "policy_frames",
    "war_peace",
)  # fmt: skip
"""Measures of the package that were compared with nobody's coding: to explore with, and left out of default figures."""


def is_validated(measure: str) -> bool:
    """Whether a measure, or one of its categories, was compared with hand coding; a user's own measures are theirs to judge.

    >>> is_validated("hedging"), is_validated("policy_frames_economic"), is_validated("labels_migrants"), is_validated("my_words")
    (True, True, False, True)
    """
    if measure.removeprefix("policy_frames_") in VALIDATED_DIMENSIONS:
        return True
    return not any(measure == name or measure.startswith(f"{name}_") for name in NOT_VALIDATED)
