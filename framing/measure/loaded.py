"""Loaded language and labels: words that take a side, and the choice among names for the same thing.

`loaded` counts evaluative, intensifying, one-sided and peacock words (Recasens et al. 2013; Spinde et al. 2021; Vincze 2013).
`labels` records which name was chosen from a set with one referent (invasion / operation / conflict): its use is the share
within the set. A single word in quotation marks that nobody is given as saying is distanced by the journalist ("breakthrough"),
so it does not count.
"""

from __future__ import annotations

from framing.measure.matcher import Hit
from framing.measure.scene import Scene


def counts_as_loaded(hit: Hit, scene: Scene, voice: str) -> bool:
    """Whether a hit of the loaded lexicon counts: scare quotes in the journalist's voice do not."""
    return not (voice == "journalist" and scene.quotation_of(hit.first) is not None)
