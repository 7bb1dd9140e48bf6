"""Hedging: what counts as a hedge, what looks like one, and why.

The headline measure `hedging` counts epistemic ("may", "likely") and evidential words ("appears to", "reportedly").
`uncertainty` has exactly the categories of Szarvas et al. (2012): epistemic, doxastic, investigation and condition, so that it
can be compared with their hand coding. A verb of saying or believing with a source as its subject is a cue of attribution and
never a hedge.
"""

from __future__ import annotations

HEDGING = frozenset({"epistemic", "evidential"})
UNCERTAINTY = frozenset({"epistemic", "doxastic", "investigation", "condition"})


def hedge_measures(category: str) -> tuple[str, ...]:
    """The measures that a category of the hedging lexicon counts for.

    >>> hedge_measures("epistemic"), hedge_measures("doxastic")
    (('hedging', 'uncertainty'), ('uncertainty',))
    """
    return ("hedging",) * (category in HEDGING) + ("uncertainty",) * (category in UNCERTAINTY)
