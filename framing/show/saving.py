"""The one place where figures are written: exact size, four files, the same bytes for the same figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import matplotlib.style
import pandas as pd
from matplotlib.figure import Figure

STYLES = Path(__file__).parent / "style"
WIDTHS_MM = (89, 140, 183)
"""Column widths: one, one and a half, two (Nature's guide; they fit the journals of the field)."""
MM_PER_INCH = 25.4


class FigureError(ValueError):
    """A figure that cannot be drawn or saved; the sentence says what is missing."""


@dataclass(frozen=True)
class Plotted:
    """What a figure shows, kept with the figure."""

    table: pd.DataFrame
    """The numbers that are drawn."""
    alt: str
    """What a reader who cannot see the figure should know."""


@contextmanager
def style(name: str) -> Iterator[None]:
    """The look of a venue: `apa` (8 pt, the default) or `compact` (7 pt)."""
    path = STYLES / f"{name}.mplstyle"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in STYLES.glob("*.mplstyle")))
        raise FigureError(f"There is no style {name!r}; known are {known}.")
    with matplotlib.style.context(["default", path]):
        yield


def new_figure(width_mm: float, height_mm: float) -> Figure:
    """An empty figure of an exact size in millimetres."""
    return Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), layout="constrained")


def attach(figure: Figure, table: pd.DataFrame, alt: str) -> Figure:
    """The figure with its numbers and its alternative text."""
    figure.plotted = Plotted(table.reset_index(drop=True), alt)  # type: ignore[attr-defined] # a figure carries its numbers
    return figure


def plotted(figure: Figure) -> Plotted:
    """The numbers and the alternative text of a figure of this package."""
    found = getattr(figure, "plotted", None)
    if not isinstance(found, Plotted) or not found.alt.strip():
        raise FigureError(
            "The figure has no plotted numbers or no alternative text; make it with framing.figures or attach() them."
        )
    return found


def save_figure(figure: Figure, name: str, folder: str | Path = "figures", *, style_name: str = "apa") -> list[Path]:
    """Write a figure as PDF, SVG, PNG (300 dpi) and its plotted numbers as CSV; gives the paths.

    No dates and no versions are written, so the same figure gives the same bytes. The alternative text goes into the PDF's
    subject, the SVG's description and the PNG's description.
    """
    shown = plotted(figure)
    stem = Path(folder) / name
    stem.parent.mkdir(parents=True, exist_ok=True)
    metadata = {
        "pdf": {"Title": name, "Subject": shown.alt, "CreationDate": None, "Creator": None, "Producer": None},
        "svg": {"Title": name, "Description": shown.alt, "Date": None, "Creator": None},
        "png": {"Title": name, "Description": shown.alt, "Software": None},
    }
    paths = [stem.with_name(f"{name}.{ending}") for ending in metadata]
    with style(style_name):
        for path in paths:
            figure.savefig(path, metadata=metadata[path.suffix[1:]])
    paths.append(stem.with_name(f"{name}.csv"))
    shown.table.to_csv(paths[-1], index=False, lineterminator="\n", float_format="%.6g")
    return paths
