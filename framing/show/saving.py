"""The one place where figures are written: exact size, five files, the same bytes for the same figure."""

from __future__ import annotations

import re
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
PAGE_MM = 247
"""The height of a page of the same guide: a taller figure cannot be printed."""
MM_PER_INCH = 25.4
HASHED = re.compile(r'\bid="(\w+[0-9a-f]{10})"')
"""Ids that end in matplotlib's ten digits of a hash."""


class FigureError(ValueError):
    """A figure that cannot be drawn or saved; the sentence says what is missing."""


@dataclass(frozen=True)
class Plotted:
    """What a figure shows, kept with the figure."""

    table: pd.DataFrame
    """The numbers that are drawn."""
    title: str
    """The caption's first line: what is shown, in one phrase."""
    note: str
    """The rest of the caption: n, intervals, how to read the marks."""
    alt: str
    """What a reader who cannot see the figure should know."""

    @property
    def caption(self) -> str:
        """Title and note, as they stand under the figure."""
        return f"{self.title}. {self.note}"


@contextmanager
def style(name: str) -> Iterator[None]:
    """The look of a venue: `apa` (8 pt, the default) or `compact` (7 pt)."""
    path = STYLES / f"{name}.mplstyle"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in STYLES.glob("*.mplstyle")))
        raise FigureError(f"There is no style {name!r}; known are {known}.")
    with matplotlib.style.context(["default", path]):
        yield


@contextmanager
def drawing(width_mm: float, height_mm: float, style_name: str) -> Iterator[Figure]:
    """An empty figure of an exact size in millimetres; what is drawn in the block has the look of the style.

    Raises FigureError for a figure that is taller than a page.
    """
    if height_mm > PAGE_MM:
        raise FigureError(
            f"The figure would be {height_mm:.0f} mm tall and a page has {PAGE_MM} mm; give fewer rows or panels to one figure."
        )
    with style(style_name):
        figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), layout="constrained")
        yield figure
        for axes in figure.axes:
            axes.patch.set_visible(False)  # white on white, and its edge of no opacity would count as transparency
        figure.draw_without_rendering()  # ticks are made when first drawn, and must have this style's size


def attach(figure: Figure, table: pd.DataFrame, *, title: str, note: str, alt: str) -> Figure:
    """The figure with its numbers, its caption and its alternative text."""
    figure.plotted = Plotted(table.reset_index(drop=True), title, note, alt)  # type: ignore[attr-defined] # carried along
    return figure


def plotted(figure: Figure) -> Plotted:
    """The numbers, the caption and the alternative text of a figure of this package."""
    found = getattr(figure, "plotted", None)
    if not isinstance(found, Plotted):
        raise FigureError(
            "The figure has no plotted numbers and no alternative text; make it with framing.figures or attach() them."
        )
    for what, text in (("alternative text", found.alt), ("title", found.title), ("note", found.note)):
        if not text.strip():
            raise FigureError(f"The figure has no {what}; attach() it with one.")
    return found


def save_figure(figure: Figure, name: str, folder: str | Path = "figures") -> list[Path]:
    """Write a figure as PDF, SVG, PNG (300 dpi), its plotted numbers as CSV and its caption as text; gives the paths.

    No dates and no versions are written, so the same figure gives the same bytes. The title and the alternative text are also
    the PDF's title and subject, the SVG's title and description, and the PNG's.

    Raises FigureError for a figure without numbers, caption or alternative text.
    """
    shown = plotted(figure)
    stem = Path(folder) / name
    stem.parent.mkdir(parents=True, exist_ok=True)
    metadata = {
        "pdf": {"Title": shown.title, "Subject": shown.alt, "CreationDate": None, "Creator": None, "Producer": None},
        "svg": {"Title": shown.title, "Description": shown.alt, "Date": None, "Creator": None},
        "png": {"Title": shown.title, "Description": shown.alt, "Software": None},
    }
    paths = [stem.with_name(f"{name}.{ending}") for ending in (*metadata, "csv", "txt")]
    with style("apa"):  # how files are written is the same in every style
        for path in paths[:3]:
            figure.savefig(path, metadata=metadata[path.suffix[1:]])
    paths[1].write_text(number_ids(paths[1].read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    shown.table.to_csv(paths[3], index=False, lineterminator="\n", float_format="%.6g")
    text = f"{shown.title}\n\n{shown.note}\n\nAlternative text: {shown.alt}\n"
    paths[4].write_text(text, encoding="utf-8", newline="\n")
    return paths


def number_ids(svg: str) -> str:
    """An SVG whose hashed ids are numbers in the order of their appearance.

    matplotlib names clips, markers and hatches by hashes of their coordinates with all digits, of which the last differ between
    processors; the coordinates themselves are written with six.

    >>> number_ids('<g clip-path="url(#p604d48b1ac)"/><clipPath id="p604d48b1ac"/>')
    '<g clip-path="url(#p1)"/><clipPath id="p1"/>'
    """
    names = dict.fromkeys(HASHED.findall(svg))
    numbers = {name: f"{name[:-10]}{number}" for number, name in enumerate(names, start=1)}
    return re.sub(r'(?<=[#"])\w+(?=[")])', lambda found: numbers.get(found.group(), found.group()), svg)
