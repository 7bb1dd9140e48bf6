"""Units coded by people or by the tool: reading them, and when two codings mean the same unit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

UNITS = ("attribution", "hedge", "furniture")
COUNT_COLUMNS = ("measure", "article", "outlet", "n_found", "n_gold", "n_right")
_SPEECH_SCOPE = "reported_speech"


@dataclass(frozen=True)
class Coded:
    """One coded unit, by a person or by the tool."""

    article: str
    """The article's id."""
    unit: str
    """attribution, hedge or furniture."""
    spans: tuple[tuple[int, int], ...]
    """What must overlap for two units to agree (for an attribution: its content)."""
    source: tuple[int, int] | None = None
    """Attributions: the source."""
    cue: tuple[int, int] | None = None
    """Attributions: the cue."""


class CodingError(ValueError):
    """A coding that cannot be used; the sentence names the line or the value."""


def read_coding(path: str | Path) -> dict[str, list[Coded]]:
    """Coder -> units, from JSON lines with `article coder unit` and spans (see framing/corpus/demo/CODING.md)."""
    coders: dict[str, list[Coded]] = {}
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CodingError(f"{Path(path).name}: the coding cannot be read ({error}); give a UTF-8 file of JSON lines.") from None
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            coders.setdefault(record["coder"], []).append(_coded(record))
        except (ValueError, KeyError, TypeError) as error:
            raise CodingError(
                f"{Path(path).name}, line {number}: not a coded unit ({error!r}); see CODING.md for the fields."
            ) from None
    return coders


def _coded(record: dict[str, Any]) -> Coded:
    if record["unit"] not in UNITS:
        raise ValueError(f"unit {record['unit']!r} is none of {', '.join(UNITS)}")
    if record["unit"] != "attribution":
        return Coded(record["article"], record["unit"], ((record["start"], record["end"]),))
    content = tuple((start, end) for start, end in record["content"])
    source, cue = (tuple(record[part]) if record[part] else None for part in ("source", "cue"))
    return Coded(record["article"], "attribution", content, source, cue)


def coded_by_tool(marks: pd.DataFrame, attributions: pd.DataFrame, excluded: pd.DataFrame) -> list[Coded]:
    """The tool's tables as coded units: hedging marks, attributions of reported speech, furniture."""
    units = [Coded(row.article, "hedge", ((row.start, row.end),)) for row in marks[marks["measure"] == "hedging"].itertuples()]
    units += [Coded(row.article, "furniture", ((row.start, row.end),)) for row in excluded.itertuples()]
    for row in attributions[attributions["scope"] == _SPEECH_SCOPE].itertuples():
        content = tuple((start, end) for start, end in json.loads(row.content))
        source = (row.source_start, row.source_end) if row.source else None
        units.append(Coded(row.article, "attribution", content, source, (row.cue_start, row.cue_end) if row.cue else None))
    return units


def count_matches(found: Sequence[Coded], gold: Sequence[Coded], articles: pd.DataFrame) -> pd.DataFrame:
    """What was found, what is there and what of it is right, in every coded article: the input of `validate_measure`.

    `articles` has a row for each article that the coder read (`article`, `outlet`), also where there was nothing to code;
    units of other articles do not count. Units are matched one to one within an article (see `agrees`).

    Columns: measure (attribution, hedge, furniture) article outlet n_found n_gold n_right.

    >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"]})
    >>> tool, coder = [Coded("a", "hedge", ((0, 5),)), Coded("a", "hedge", ((9, 12),))], [Coded("a", "hedge", ((9, 14),))]
    >>> count_matches(tool, coder, articles).query("measure == 'hedge'")[["n_found", "n_gold", "n_right"]].values.tolist()
    [[2, 1, 1], [0, 0, 0]]
    """
    places = zip(articles["article"], articles["outlet"], strict=True)
    one, two = _by_article(found), _by_article(gold)
    rows = [
        (unit, article, outlet, *match(one.get((unit, article), []), two.get((unit, article), [])))
        for article, outlet in places
        for unit in UNITS
    ]
    return pd.DataFrame(rows, columns=list(COUNT_COLUMNS))


def _by_article(units: Sequence[Coded]) -> dict[tuple[str, str], list[Coded]]:
    places: dict[tuple[str, str], list[Coded]] = {}
    for one in units:
        places.setdefault((one.unit, one.article), []).append(one)
    return places


def match(found: Sequence[Coded], gold: Sequence[Coded]) -> tuple[int, int, int]:
    """Units found, units in the gold, and pairs of the same unit: the most that are possible, in whatever order."""
    if not found or not gold:
        return len(found), len(gold), 0
    agreeing = [[agrees(one, other) for other in gold] for one in found]
    matches = maximum_bipartite_matching(csr_array(np.array(agreeing)))
    return len(found), len(gold), int((matches >= 0).sum())


def agrees(a: Coded, b: Coded) -> bool:
    """Whether two units are the same: their spans overlap; for attributions also source and cue (or both lack one)."""
    parts = [(a.spans, b.spans)]
    if a.unit == "attribution":
        parts += [((one,) if one else (), (two,) if two else ()) for one, two in ((a.source, b.source), (a.cue, b.cue))]
    return all((not one and not two) or _overlap(one, two) for one, two in parts)


def _overlap(one: Sequence[tuple[int, int]], two: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in two)
