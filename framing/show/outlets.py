"""How an outlet looks: one colour and one marker, the same in all figures of a study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framing.show.saving import FigureError

# Okabe & Ito (2008); yellow is left out because it fades on white.
OUTLET_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
OUTLET_MARKERS = ("o", "s", "^", "D", "v", "P", "X")


@dataclass(frozen=True)
class Look:
    """Colour and marker of what a row stands for."""

    colour: str
    """Fill of the marker and colour of the line."""
    marker: str
    """matplotlib's sign of the marker."""
    is_filled: bool = True
    """An open marker sets one of two apart where dots are too small for their shape to show."""


PLAIN = Look("#004488", "o")
"""For rows that are no outlets."""


def outlet_looks(found: Iterable[str], outlets: Sequence[str] | None = None) -> dict[str, Look]:
    """The look of every outlet, in the order of `outlets`, the study's list, or else of the alphabet.

    The first seven differ in colour and marker; beyond them the markers move on, so that 49 outlets differ in one of the two.
    Name the study's `outlets` in every figure where a table may lack one of them: looks go by the place in that list.

    Raises FigureError for an outlet that the list does not name.

    >>> [look.marker for look in outlet_looks(["b", "a"]).values()], outlet_looks(["b"], ["a", "b"])["b"].marker
    (['o', 's'], 's')
    """
    here = sorted(set(found))
    order = list(outlets) if outlets is not None else here
    unnamed = [name for name in here if name not in order]
    if unnamed:
        raise FigureError(f"The outlet {unnamed[0]!r} is not in outlets=; name all outlets of the study there.")
    n = len(OUTLET_COLOURS)
    looks = {name: Look(OUTLET_COLOURS[i % n], OUTLET_MARKERS[(i + i // n) % n]) for i, name in enumerate(order)}
    return {name: looks[name] for name in order if name in here}
