"""The tool against human coding, with the agreement of the humans beside it."""

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
COLUMNS = ("unit", "found_by", "gold", "n_found", "n_gold", "n_right", "precision", "recall", "f1", "conf_low", "conf_high")
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
    """A coding file that cannot be used; the sentence names the line."""


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


def agrees(a: Coded, b: Coded) -> bool:
    """Whether two units are the same: their spans overlap; for attributions also source and cue (or both lack one)."""
    parts = [(a.spans, b.spans)]
    if a.unit == "attribution":
        parts += [((one,) if one else (), (two,) if two else ()) for one, two in ((a.source, b.source), (a.cue, b.cue))]
    return all((not one and not two) or _overlap(one, two) for one, two in parts)


def _overlap(one: Sequence[tuple[int, int]], two: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in two)


def validate(
    found: dict[str, list[Coded]], gold: dict[str, list[Coded]], *, seed: int = 0, n_resamples: int = 2000
) -> pd.DataFrame:
    """Precision, recall and F1 of every finder against every coder, unit by unit, with bootstrap intervals of F1 over articles.

    Units are matched one to one within an article. Where finder and coder have the same name they are not compared.
    """
    rows = []
    articles = sorted({one.article for units in gold.values() for one in units})
    for unit in UNITS:
        for finder, theirs in found.items():
            for coder, ours in gold.items():
                if finder != coder:
                    counts = np.array([_counts(theirs, ours, unit, article) for article in articles])
                    rows.append((unit, finder, coder, *_rates(counts, seed, n_resamples)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _counts(theirs: list[Coded], ours: list[Coded], unit: str, article: str) -> tuple[int, int, int]:
    found, gold = ([one for one in units if one.unit == unit and one.article == article] for units in (theirs, ours))
    if not found or not gold:
        return len(found), len(gold), 0
    agreeing = [[agrees(one, other) for other in gold] for one in found]
    matches = maximum_bipartite_matching(csr_array(np.array(agreeing)))  # the most pairs that are possible, in whatever order
    return len(found), len(gold), int((matches >= 0).sum())


def _rates(counts: np.ndarray, seed: int, n_resamples: int) -> tuple[float, ...]:
    found, gold, right = (int(total) for total in counts.sum(axis=0))
    draws = np.random.default_rng(seed).integers(0, len(counts), size=(n_resamples, len(counts)))
    sums = counts[draws].sum(axis=1)
    with np.errstate(invalid="ignore"):
        f1 = 2 * sums[:, 2] / (sums[:, 0] + sums[:, 1])
    low, high = np.nanpercentile(f1, [2.5, 97.5]) if found + gold else (np.nan, np.nan)
    return found, gold, right, _share(right, found), _share(right, gold), _share(2 * right, found + gold), float(low), float(high)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
