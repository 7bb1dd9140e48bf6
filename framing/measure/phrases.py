"""Noun phrases of a scene (the rules stand in `framing.measure.nounphrases`)."""

from __future__ import annotations

import numpy as np

from framing.measure.lemmas import find_lemma
from framing.measure.scene import Scene
from framing.measure.traits import FINITE, NOUN, gap_traits, word_traits

Phrase = tuple[int, int]
"""First and last piece."""


def noun_phrase_from(scene: Scene, first: int, stop: int) -> Phrase | None:
    """The noun phrase that begins with a piece and ends before `stop`, read rightwards, with a following apposition."""
    from framing.measure import nounphrases  # slow to import (it brings numba), so only when a text is read

    traits = np.array([_traits(scene, piece) for piece in range(first, stop)], dtype=np.int64)
    found, last = nounphrases.noun_phrase_from(traits, 0, len(traits))
    return (first, first + last) if found >= 0 else None


def _traits(scene: Scene, piece: int) -> int:
    form = scene.lower(piece)
    traits = word_traits(form, find_lemma(form), scene.tag(piece)) | gap_traits(scene.gap(piece))
    return traits | FINITE * scene.is_finite(piece) | NOUN * scene.is_noun(piece)
