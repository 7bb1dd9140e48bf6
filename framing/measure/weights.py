"""Linear weights over named features, shipped as CSV tables: every score is a sum of rows that can be looked up.

A template names attributes ("lemma frame"); a row holds the values of one template ("say|that") and one weight for each label. A
value that no row knows adds nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framing.measure.vocabulary import Codes
from framing.measure.wordtable import Ints

# Tables up to this many cells are looked up directly, larger ones by bisection (chosen: 4 MB at most each).
DENSE_CELLS = 1_000_000

Alphabet = Mapping[str, "Codes | int"]
"""Attribute -> its codes, or how many numbers it has."""


@dataclass(frozen=True)
class Rows:
    """The weights of one template."""

    attributes: tuple[str, ...]
    """The template."""
    keys: Ints
    """Combined codes in rising order."""
    values: np.ndarray
    """Weights, one row for each key, one column for each label; float32."""


def combine(attributes: Sequence[str], columns: Mapping[str, Ints], alphabet: Alphabet) -> tuple[Ints, Ints]:
    """One number for each combination of codes, and where all of them are known values."""
    key = np.zeros(len(columns[attributes[0]]), dtype=np.int64)
    known = np.ones(len(key), dtype=bool)
    for attribute in attributes:
        codes = alphabet[attribute]
        key = key * _size(codes) + columns[attribute]
        if isinstance(codes, Codes):
            known &= columns[attribute] > 0
    return key, known


def split_templates(text: str) -> list[str]:
    """Templates of a list in which semicolons stand between them.

    >>> split_templates("lemma; lemma frame")
    ['lemma', 'lemma frame']
    """
    return [" ".join(template.split()) for template in text.split(";")]


def _size(codes: Codes | int) -> int:
    return codes if isinstance(codes, int) else codes.size


class Weights:
    """A linear model: `score` gives one number for each label and case."""

    def __init__(self, rows: Iterable[Rows], labels: Sequence[str], alphabet: Alphabet) -> None:
        self.labels, self.alphabet, self.rows = tuple(labels), alphabet, list(rows)
        self._dense = [self._spread(rows) for rows in self.rows]

    def _spread(self, rows: Rows) -> np.ndarray | None:
        cells = int(np.prod([_size(self.alphabet[name]) for name in rows.attributes], dtype=np.int64))
        if cells * len(self.labels) > DENSE_CELLS:
            return None
        table = np.zeros((cells, len(self.labels)), dtype=np.float32)
        table[rows.keys] = rows.values
        return table

    def score(self, columns: Mapping[str, Ints]) -> np.ndarray:
        """Sums of weights, cases x labels."""
        n = len(next(iter(columns.values())))
        total = np.zeros((n, len(self.labels)), dtype=np.float32)
        for rows, dense in zip(self.rows, self._dense, strict=True):
            key, _ = combine(rows.attributes, columns, self.alphabet)
            if dense is not None:
                total += dense[key]
            elif len(rows.keys):
                place = np.minimum(np.searchsorted(rows.keys, key), len(rows.keys) - 1)
                hit = np.flatnonzero(rows.keys[place] == key)
                total[hit] += rows.values[place[hit]]
        return total


def read_rows(path: Path) -> tuple[tuple[str, ...], list[tuple[str, str, list[float]]]]:
    """Labels and (template, values, weights) of a CSV file of weights."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    return tuple(header[2:]), [(line[0], line[1], [float(cell or 0) for cell in line[2:]]) for line in lines]


def compile_rows(lines: Iterable[tuple[str, str, list[float]]], alphabet: Alphabet) -> list[Rows]:
    """Weights by template, their values as codes."""
    grouped: dict[str, list[tuple[int, list[float]]]] = {}
    for template, value, weights in lines:
        attributes = template.split()
        codes = {name: np.array([_code(alphabet[name], part)]) for name, part in zip(attributes, value.split("|"), strict=True)}
        grouped.setdefault(template, []).append((int(combine(attributes, codes, alphabet)[0][0]), weights))
    compiled = []
    for template, found in grouped.items():
        found.sort(key=lambda row: row[0])
        keys = np.array([key for key, _ in found], dtype=np.int64)
        values = np.array([weights for _, weights in found], dtype=np.float32)
        compiled.append(Rows(tuple(template.split()), keys, values))
    return compiled


def _code(codes: Codes | int, value: str) -> int:
    return int(value) if isinstance(codes, int) else codes[value]


def spell(attributes: Sequence[str], key: int, alphabet: Alphabet) -> str:
    """The values behind a combined key, as they stand in the CSV file."""
    parts = []
    for attribute in reversed(attributes):
        codes = alphabet[attribute]
        key, code = divmod(key, _size(codes))
        parts.append(str(code) if isinstance(codes, int) else codes.names[code])
    return "|".join(reversed(parts))


def write_rows(path: Path, weights: Weights, smallest: float = 0.005) -> int:
    """Writes the rows in two decimals, weights below `smallest` left out; returns the number of rows."""
    lines = []
    for rows in weights.rows:
        rounded = np.round(rows.values.astype(float), 2)
        rounded[np.abs(rounded) < smallest] = 0
        for key, row in zip(rows.keys, rounded, strict=True):
            if row.any():
                cells = [f"{cell:g}" if cell else "" for cell in row]
                lines.append([" ".join(rows.attributes), spell(rows.attributes, int(key), weights.alphabet), *cells])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["template", "value", *weights.labels], *lines])
    return len(lines)
