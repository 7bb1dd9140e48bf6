"""Linear weights over named features, shipped as CSV tables: every score is a sum of rows that can be looked up.

A template names attributes ("lemma frame"); a row holds the values of one template ("say|that") and one weight for each label. A
value that no row knows adds nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framing.measure.blocks import Blocks, Template, build_blocks, score
from framing.measure.table import Ints, Table
from framing.measure.vocabulary import Codes

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


def combine(attributes: Sequence[str], columns: Mapping[str, Ints] | Table, alphabet: Alphabet) -> tuple[Ints, Ints]:
    """One number for each combination of codes, and where all of them are known values."""
    key = np.zeros(len(columns[attributes[0]]), dtype=np.int64)
    known = np.ones(len(key), dtype=bool)
    for attribute in attributes:
        codes, column = alphabet[attribute], columns[attribute]
        key = key * _size(codes) + column
        if isinstance(codes, Codes):
            known &= column > 0
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
        self._blocks: dict[tuple[str, ...], Blocks] = {}

    def blocks(
        self, levels: Sequence[Sequence[str]], labels: Sequence[int], section_of: Callable[[Collection[str]], int] | None = None
    ) -> Blocks:
        """The weights of some labels as the kernels read them; `levels` are the columns of a case, in groups.

        `section_of` numbers the sections that templates with certain attributes are summed in.
        """
        names = tuple(name for level in levels for name in level)
        if names not in self._blocks:
            sections: dict[int, list[Template]] = {}
            for rows in self.rows:
                section = section_of(rows.attributes) if section_of is not None else 0
                template = Template(_split(rows, self.alphabet), rows.values[:, list(labels)])
                sections.setdefault(section, []).append(template)
            sizes = {name: _size(codes) for name, codes in self.alphabet.items()}
            ordered = [sections.get(number, []) for number in range(max(sections, default=0) + 1)]
            self._blocks[names] = build_blocks(ordered, sizes, len(labels), names, levels)
        return self._blocks[names]

    def score(self, table: Table, cases: Ints | None = None) -> np.ndarray:
        """Sums of weights of some or all cases, cases x labels; float32."""
        blocks = self.blocks([table.names], range(len(self.labels)))
        return score(table.codes, np.arange(len(table)) if cases is None else cases, blocks)


def _split(rows: Rows, alphabet: Alphabet) -> dict[str, Ints]:
    """The single codes of a template's rows."""
    keys, codes = rows.keys, {}
    for name in reversed(rows.attributes):
        keys, codes[name] = np.divmod(keys, _size(alphabet[name]))
    return {name: codes[name] for name in rows.attributes}


def read_rows(path: Path) -> tuple[tuple[str, ...], list[tuple[str, str, list[float]]]]:
    """Labels and (template, values, weights) of a CSV file of weights."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    numbers = {cell: float(cell or 0) for cell in set().union(*(line[2:] for line in lines))}  # few different ones
    return tuple(header[2:]), [(line[0], line[1], [numbers[cell] for cell in line[2:]]) for line in lines]


def compile_rows(lines: Iterable[tuple[str, str, list[float]]], alphabet: Alphabet) -> list[Rows]:
    """Weights by template, their values as codes."""
    grouped: dict[str, list[tuple[str, list[float]]]] = {}
    for template, value, weights in lines:
        grouped.setdefault(template, []).append((value, weights))
    compiled = []
    for template, found in grouped.items():
        attributes = tuple(template.split())
        parts = zip(*(value.split("|") for value, _ in found), strict=True)
        codes = {name: np.array(_codes(alphabet[name], part)) for name, part in zip(attributes, parts, strict=True)}
        keys, _ = combine(attributes, codes, alphabet)
        order = np.argsort(keys, kind="stable")
        values = np.array([weights for _, weights in found], dtype=np.float32)
        compiled.append(Rows(attributes, keys[order], values[order]))
    return compiled


def _codes(codes: Codes | int, values: Sequence[str]) -> list[int]:
    return list(map(int, values)) if isinstance(codes, int) else [codes[value] for value in values]


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
