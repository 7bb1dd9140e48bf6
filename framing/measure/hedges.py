"""Hedging: what counts as a hedge, what looks like one, and why.

The headline measure `hedging` counts epistemic ("may", "likely") and evidential words ("appears to", "reportedly").
`uncertainty` has exactly the categories of Szarvas et al. (2012): epistemic, doxastic, investigation and condition, so that it
can be compared with their hand coding. A verb of saying or believing with a source as its subject is a cue of attribution and
never a hedge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from framing.measure.matcher import Hit

HEDGING = frozenset({"epistemic", "evidential"})
UNCERTAINTY = frozenset({"epistemic", "doxastic", "investigation", "condition"})


def hedge_measures(hit: Hit, cue_pieces: Collection[int]) -> Iterable[str]:
    """The measures that a hit of the hedging lexicon counts for, given the pieces that are cues of attribution."""
    if any(piece in cue_pieces for piece in range(hit.first, hit.last + 1)):
        return
    if hit.entry.category in HEDGING:
        yield "hedging"
    if hit.entry.category in UNCERTAINTY:
        yield "uncertainty"
