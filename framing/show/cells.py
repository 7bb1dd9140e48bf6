"""What a cell of a notebook shows: a piece of HTML, and for a terminal the same in letters."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, repr=False)
class Page:
    """A piece of HTML that a notebook shows."""

    html: str
    """The HTML source."""
    text: str = ""
    """What a terminal shows instead."""

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def frame(page: str, height: int, title: str) -> str:
    """A whole page of HTML as a frame of so many pixels: it can run its own scripts and reach nothing outside.

    >>> frame("<p>It's so</p>", 90, "A page").split("srcdoc=")[1]
    "'<p>It&#39;s so</p>'></iframe>"
    """
    held = page.replace("&", "&amp;").replace("'", "&#39;")  # enough inside single quotes, and a fourth smaller than escape()
    look = f"width:100%;height:{height}px;border:1px solid #b5b5b5"
    return f'<iframe title="{escape(title)}" sandbox="allow-scripts" style="{look}" srcdoc=\'{held}\'></iframe>'
