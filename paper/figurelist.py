"""Which function draws which figures, in which notebooks, in how many seconds: the README's table of figures."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parent.parent
FIGURES = {
    "plot_article": "marked article",
    "plot_contrasts": "outlet contrasts",
    "plot_rates": "rates by outlet",
    "plot_voices": "words by voice",
    "plot_sources": "source mix",
    "plot_naming": "naming of sources by their type",
    "plot_stances": "verb stance by side or outlet",
    "plot_frames": "frame vocabulary by outlet",
    "plot_words": "words that carry a ratio",
    "plot_pairs": "the same stories, side by side",
    "plot_timeline": "articles over time",
    "plot_specifications": "specification curve",
    "plot_validity": "agreement with human coding",
    "plot_calibration": "calibration of tests",
    "plot_power": "planning curve",
}
"""Function -> what it shows."""
DRAWN = re.compile(r"\b(plot_\w+)\(|save_figure\(figure, '([\w-]+)'")


def table_figures() -> pd.DataFrame:
    """Figure, notebook, function, output and seconds (benchmarks/figures.py)."""
    seconds = json.loads((ROOT / "benchmarks" / "results" / "figures.json").read_text(encoding="utf-8"))
    saved = pd.DataFrame(list_saved(), columns=["notebook", "function", "name"])
    rows = []
    for function, what in FIGURES.items():
        here = saved[saved["function"] == function]
        notebooks, names = (", ".join(here[column].unique()) for column in ("notebook", "name"))
        rows.append((what, notebooks, f"`{function}`", f"figures/ {names}", f"{seconds[function]:.1f}"))
    return pd.DataFrame(rows, columns=["Figure", "Notebook", "Function", "Output", "Seconds"])


def list_saved() -> Iterator[tuple[str, str, str]]:
    """Notebook, function and file name of every figure that a notebook saves: the function is the last one called before."""
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        function = ""
        for found in DRAWN.finditer(code):
            function = found.group(1) or function
            if found.group(2):
                yield path.stem, function, found.group(2)


def read_alternatives() -> dict[str, str]:
    """The alternative text of every figure, read back from the saved SVG."""
    found = {}
    for path in sorted((ROOT / "figures").glob("*.svg")):
        text = re.search(r"<dc:description>(.*?)</dc:description>", path.read_text(encoding="utf-8"), re.DOTALL)
        found[path.stem] = html.unescape(text.group(1)) if text else ""
    return found
