"""Figures, tables and references to them, in the markup of each of pandoc's writers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from framing.show.tables import to_latex, to_markdown, to_typst

BLOCK = re.compile(r"^\[\[(figure|table) ([\w-]+): (.+?)\]\]$", re.MULTILINE | re.DOTALL)
REFERENCE = re.compile(r"\[\[ref (?:(figure|table) )?([\w-]+)\]\]")
FORMATS = {"typst": "svg", "docx": "png", "latex": "pdf"}
"""Pandoc's writer -> the figures' file ending."""
WIDE = 8
"""Columns from which a table is set smaller (chosen: more do not fit between the margins at the usual size)."""
TYPST = """```{=typst}
#set figure(numbering: none, supplement: none, placement: auto, gap: 0.7em)
#set figure.caption(separator: none)
#show figure.caption: it => block(width: 100%, align(left, text(size: 8.5pt, it.body)))
#show figure.where(kind: table): set figure.caption(position: top)
#set table(stroke: none, inset: (x: 3pt, y: 2.4pt))
#show heading: set block(above: 1.3em, below: 0.7em, sticky: true)
#set par(leading: 0.58em, spacing: 0.9em)
```

"""
"""How the PDF looks: captions above tables and below figures, both moved to where a page has room."""


class PaperError(ValueError):
    """The paper names something that does not exist."""


@dataclass(frozen=True)
class Block:
    """A figure or table as paper.md asks for it."""

    kind: str
    """`figure` or `table`."""
    name: str
    """Of the figure's files, or of the table in the results."""
    number: int
    """Among its kind, in the order of appearance."""
    caption: str
    """What stands with it, without its number."""

    @property
    def title(self) -> str:
        """Figure 1, Table 2 ..."""
        return f"{self.kind.capitalize()} {self.number}"

    @property
    def label(self) -> str:
        """What links to it name."""
        return f"{self.kind}-{self.name}"


def set_blocks(text: str, tables: Mapping[str, pd.DataFrame], alternatives: Mapping[str, str], writer: str) -> str:
    """The text with every figure and table in its place and every reference to one as a link with its number.

    Raises PaperError for a table, a figure, an alternative text or a reference that does not exist.
    """
    blocks = number_blocks(text)
    text = REFERENCE.sub(lambda found: _reference(found, blocks, writer), text)

    def placed(found: re.Match[str]) -> str:
        block = blocks[found.group(1), found.group(2)]
        if block.kind == "table":
            return _table(block, tables, writer)
        return _figure(block, alternatives, writer)

    return BLOCK.sub(placed, text)


def number_blocks(text: str) -> dict[tuple[str, str], Block]:
    """(kind, name) -> block, numbered within its kind in the order of appearance."""
    counts = {"figure": 0, "table": 0}
    blocks = {}
    for kind, name, caption in BLOCK.findall(text):
        counts[kind] += 1
        blocks[kind, name] = Block(kind, name, counts[kind], " ".join(caption.split()))
    return blocks


def _reference(found: re.Match[str], blocks: Mapping[tuple[str, str], Block], writer: str) -> str:
    kind, name = found.groups()
    block = next((blocks[one, name] for one in (kind, "figure", "table") if (one, name) in blocks and kind in (None, one)), None)
    if block is None:
        raise PaperError(f"paper.md refers to the {kind or 'figure or table'} {name!r}, which the paper does not show.")
    if writer == "latex":
        return f"{block.kind.capitalize()}\u00a0`\\ref{{{block.label}}}`{{=latex}}"
    return f"[{block.title.replace(' ', chr(0xA0))}](#{block.label})"


def _figure(block: Block, alternatives: Mapping[str, str], writer: str) -> str:
    if block.name not in alternatives:
        raise PaperError(f"paper.md shows the figure {block.name!r}, but figures/{block.name}.svg does not exist.")
    alternative = alternatives[block.name]
    if not alternative.strip():
        raise PaperError(f"The figure {block.name!r} has no alternative text; attach() it with one and save it again.")
    path = f"../figures/{block.name}.{FORMATS[writer]}"
    if writer == "typst":
        alt = json.dumps(alternative, ensure_ascii=False)
        return _typst_figure(block, f'image("{path}", alt: {alt})', "image")
    if writer == "latex":
        alt = re.sub(r"([#%&_$])", r"\\\1", alternative)
        return _latex_float(block, f"\\includegraphics[width=\\linewidth,alt={{{alt}}}]{{{path}}}")
    alt = re.sub(r"([\[\]])", r"\\\1", alternative)
    return f"::: {{#{block.label}}}\n![{alt}]({path})\\ \n\n**{block.title}.** *{block.caption}*\n:::"


def _table(block: Block, tables: Mapping[str, pd.DataFrame], writer: str) -> str:
    """The table as the writer sets it best: its own markup for typst and LaTeX, a pipe table for Word."""
    if block.name not in tables:
        raise PaperError(f"paper.md shows the table {block.name!r}, which does not exist; known are {', '.join(tables)}.")
    table = tables[block.name].replace("framing", "Tool").rename(columns={"framing": "Tool"})
    if writer == "typst":
        size = "7.5pt" if len(table.columns) >= WIDE else "8.5pt"
        body = f"[#set text(size: {size})\n#set par(justify: false, leading: 0.5em)\n{to_typst(table)}]"
        return _typst_figure(block, body, "table")
    if writer == "latex":
        return _latex_float(block, f"\\begin{{adjustbox}}{{max width=\\linewidth}}\n{to_latex(table)}\\end{{adjustbox}}")
    return f"::: {{#{block.label}}}\n**{block.title}.** *{block.caption}*\n\n{to_markdown(table)}\n:::"


def _typst_figure(block: Block, body: str, kind: str) -> str:
    caption = re.sub(r"([\\#$*_`<>@\[\]~])", r"\\\1", block.caption)
    head = f"*{block.title}.* {caption}"
    return f"```{{=typst}}\n#figure({body}, kind: {kind}, caption: [{head}]) <{block.label}>\n```"


def _latex_float(block: Block, body: str) -> str:
    caption = re.sub(r"([#%&_$])", r"\\\1", block.caption)
    float_ = f"\\begin{{{block.kind}}}[tbp]\n\\centering\n"
    parts = [f"\\caption{{{caption}}}\\label{{{block.label}}}", body]
    inside = "\n".join(parts if block.kind == "table" else reversed(parts))
    return f"```{{=latex}}\n{float_}{inside}\n\\end{{{block.kind}}}\n```"
