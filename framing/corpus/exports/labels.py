"""The labels that exports put before their fields ("LENGTH: 355 words", "Erscheinungsdatum: ..."), and our columns for them.

They are rows of `labels.csv`, taken from descriptions of the formats and from what users of other readers report. Only part of
the German and French ones was seen in a description; the others are assumed from the interfaces' words.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

LABELS = Path(__file__).parent / "labels.csv"


@cache
def load_labels(export: str, place: str = "") -> dict[str, str]:
    """Label (as the export spells it) -> column, for one export; with `place` only those before (`head`), at (`text`) or
    after (`tail`) the article's text.

    >>> load_labels("nexis")["Länge"]
    'length'
    """
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["export"] == export]
    return {row["label"]: row["column"] for row in rows if place in ("", row["place"])}


def split_label(line: str, labels: dict[str, str]) -> tuple[str, str]:
    """The column and the value of a line that begins with a label, or two empty strings.

    >>> split_label("LENGTH: 355 words", load_labels("lexisnexis"))
    ('length', '355 words')
    >>> split_label("Length: the talks took hours", load_labels("lexisnexis"))
    ('', '')
    """
    name, _, value = line.partition(":")
    column = labels.get(name.strip(), "") if name != line else ""
    return (column, value.strip()) if column else ("", "")


def add_field(fields: dict[str, str], column: str, value: str) -> dict[str, str]:
    """The fields with one more; a second value for a column stands behind the first."""
    both = "; ".join(part for part in (fields.get(column, ""), value) if part)
    return {**fields, column: both}
