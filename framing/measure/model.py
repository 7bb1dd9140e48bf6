"""The three linear models of attribution with their words: is it a cue, what are its source and content, is it an attribution?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np

from framing.corpus.kept import keep
from framing.measure import context, readings, surroundings
from framing.measure.lexicon import WEIGHTS
from framing.measure.vocabulary import Codes
from framing.measure.weights import Alphabet, Weights, compile_rows, read_rows
from framing.measure.wordtable import Words

NAMES = ("cues", "roles", "readings")
Line = tuple[str, str, list[float]]


@dataclass(frozen=True)
class Model:
    """Everything that was learned from the hand-coded training articles (`benchmarks/train_attribution.py`)."""

    words: Words
    """The vocabulary of the weights."""
    cues: Weights
    """Weights of `candidates.TEMPLATES`."""
    roles: Weights
    """Weights of `roles.TEMPLATES`."""
    moves: np.ndarray
    """Weights of one role after another, the last row those of the first role."""
    readings: Weights
    """Weights of `readings.TEMPLATES`."""


@cache
def load_model(folder: Path = WEIGHTS) -> Model:
    """The model that comes with the package."""
    return keep("model", lambda: _read_model(folder)) if folder == WEIGHTS else _read_model(folder)


def _read_model(folder: Path) -> Model:
    tables = {name: read_rows(folder / f"{name}.csv") for name in NAMES}
    words = Words(*(_vocabulary(kind, [lines for _, lines in tables.values()]) for kind in ("form", "lemma", "ending")))
    moves = [weights for template, _, weights in tables["roles"][1] if template == "move"]
    return Model(
        words,
        _weights(tables["cues"], context.alphabet(words)),
        _weights(tables["roles"], surroundings.alphabet(words)),
        np.array(moves),
        _weights(tables["readings"], readings.alphabet(words)),
    )


def _weights(table: tuple[tuple[str, ...], list[Line]], alphabet: Alphabet) -> Weights:
    labels, lines = table
    return Weights(compile_rows((line for line in lines if line[0] != "move"), alphabet), labels, alphabet)


def _vocabulary(kind: str, tables: Sequence[Sequence[Line]]) -> Codes:
    """All forms (or lemmas, or endings) that some row names."""
    values: dict[str, None] = {}
    for lines in tables:
        for template, group in groupby(lines, key=itemgetter(0)):
            places = [place for place, name in enumerate(template.split()) if _kind_of(name) == kind]
            if places and template != "move":
                parts = [value.split("|") for _, value, _ in group]
                values.update((part[place], None) for part in parts for place in places)
    return Codes(values)


def _kind_of(attribute: str) -> str:
    return _KIND.get(attribute, attribute.rpartition("_")[2])


_KIND = {"verb_before": "lemma", "subordinator": "form"}
"""Attributes whose names do not end in what they hold."""
