"""Finds page furniture (cookie notices, share bars, repeated titles ...) and marks it; the text itself is never edited.

The rules are rows of `furniture.csv`, each with a line it must catch and a line it must leave; they are anchored to
whole lines, because losing a sentence of an article is worse than keeping a button's label.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

RULES = Path(__file__).parent / "furniture.csv"
COLUMNS = ("article", "start", "end", "rule", "text")
# A line is a repetition from this many words on; shorter ones ("Read", a name) may stand twice on purpose (chosen).
MIN_WORDS_REPEATED = 4


@dataclass(frozen=True)
class FurnitureRule:
    """A pattern of page furniture."""

    id: str
    """The name that stands in the excluded table."""
    unit: str
    """`line` (the whole line), `line_and_next`, `prefix` (the line's beginning) or `sentence` (one sentence of a line)."""
    pattern: re.Pattern[str]
    """What the unit must be."""
    example: str
    """A line it must catch."""
    counterexample: str
    """A line it must leave."""


@cache
def load_furniture_rules() -> tuple[FurnitureRule, ...]:
    """The furniture rules in file order."""
    with RULES.open(encoding="utf-8", newline="") as file:
        return tuple(
            FurnitureRule(
                row["id"],
                row["unit"],
                re.compile(row["pattern"], re.IGNORECASE),
                row["example"],
                row["counterexample"],
            )
            for row in csv.DictReader(file)
        )


def find_furniture(text: str, title: str = "") -> list[tuple[int, int, str]]:
    """Spans of page furniture as (start, end, rule), in order and never overlapping.

    >>> find_furniture("Talks open\\nAdvertisement\\nThe talks opened on Monday.", title="Talks open")
    [(0, 10, 'title_in_text'), (11, 24, 'advertisement')]
    """
    spans: list[tuple[int, int, str]] = []
    seen: set[str] = {_fold(title)} if title.strip() else set()
    takes_next = ""
    for start, end in _lines(text):
        own_rule = _line_rule(text[start:end], seen, title)
        rule = takes_next or own_rule
        takes_next = own_rule if own_rule in _takes_next() else ""
        if rule:
            spans.append((start, end, rule))
        else:
            spans.extend((start + a, start + b, name) for a, b, name in _parts(text[start:end]))
        if len(text[start:end].split()) >= MIN_WORDS_REPEATED:
            seen.add(_fold(text[start:end]))
    return spans


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\n]+", text):
        line = found.group()
        if line.strip():
            start = found.start() + len(line) - len(line.lstrip())
            yield start, found.start() + len(line.rstrip())


def _fold(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.lower()))


@cache
def _takes_next() -> frozenset[str]:
    return frozenset(rule.id for rule in load_furniture_rules() if rule.unit == "line_and_next")


def _line_rule(line: str, seen: set[str], title: str) -> str:
    """The rule that takes the whole line, or nothing. First the title and repetitions, then the patterns in file order."""
    folded = _fold(line)
    if folded in seen and (title.strip() and folded == _fold(title)):
        return "title_in_text"
    if folded in seen:
        return "repeated_line"
    for rule in load_furniture_rules():
        if rule.unit in ("line", "line_and_next") and rule.pattern.fullmatch(line):
            return rule.id
    return ""


def _parts(line: str) -> list[tuple[int, int, str]]:
    """Furniture inside a line, in order; of two rules that overlap, the one that begins first and then reaches further."""
    parts: list[tuple[int, int, str]] = []
    for part in sorted(_candidates(line), key=lambda part: (part[0], -part[1])):
        if not parts or part[0] >= parts[-1][1]:
            parts.append(part)
    return parts


def _candidates(line: str) -> Iterator[tuple[int, int, str]]:
    for rule in load_furniture_rules():
        if rule.unit == "prefix" and (found := rule.pattern.match(line)):
            yield found.start(), found.end(), rule.id
        if rule.unit == "sentence":
            for sentence in re.finditer(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]?", line):
                piece = sentence.group()
                lead = len(piece) - len(piece.lstrip())
                if rule.pattern.fullmatch(piece.strip()):
                    yield sentence.start() + lead, sentence.start() + len(piece.rstrip()), rule.id


def exclude_furniture(articles: pd.DataFrame) -> pd.DataFrame:
    """The excluded table: `article start end rule text`, one row for each span in which nothing is counted."""
    rows = [
        (article, start, end, rule, text[start:end])
        for article, title, text in zip(articles["article"], articles["title"], articles["text"], strict=True)
        for start, end, rule in find_furniture(text, title)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
