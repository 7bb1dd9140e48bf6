"""Finds page furniture (cookie notices, share bars, repeated titles ...) and marks it; the text itself is never edited.

The rules are rows of `furniture.csv`, each with a line it must catch and a line it must leave; they are anchored to
whole lines, because losing a sentence of an article is worse than keeping a button's label.
"""

from __future__ import annotations

import bisect
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

RULES = Path(__file__).parent / "furniture.csv"
COLUMNS = ("article", "start", "end", "rule", "text")
Span = tuple[int, int]
"""Half-open offsets."""
# A line is a repetition from this many words on; shorter ones ("Read", a name) may stand twice on purpose (chosen).
MIN_WORDS_REPEATED = 4


@dataclass(frozen=True)
class FurnitureRule:
    """A pattern of page furniture."""

    id: str
    """The name that stands in the excluded table."""
    unit: str
    """`line` (the whole line), `line_and_next`, `prefix` (the line's beginning) or `sentence` (one sentence of a line)."""
    needs: tuple[str, ...]
    """Small letters of which some must stand in the line, whatever the pattern: most articles need not be asked further."""
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
                tuple(row["needs"].split("|")),
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
    lines = list(_lines(text))
    repeated = _repeated_lines(text, lines, title)
    possible = _possible_rules(text, lines)
    takes_next = ""
    for number, (start, end) in enumerate(lines):
        line, rules = text[start:end], possible.get(number, ())
        own_rule = repeated.get(number) or _line_rule(line, rules)
        rule = takes_next or own_rule
        takes_next = own_rule if own_rule in _takes_next() else ""
        if rule:
            spans.append((start, end, rule))
        elif rules:
            spans.extend((start + a, start + b, name) for a, b, name in _parts(line, rules))
    return spans


# Letters that a pattern takes for i and s, whatever their case, though they are not i and s in small letters.
_ODD_LETTERS = "İıſ"


def _possible_rules(text: str, lines: Sequence[Span]) -> dict[int, list[FurnitureRule]]:
    """For the number of a line, in file order, the rules of which a needed word stands in it."""
    rules = load_furniture_rules()
    if any(letter in text for letter in _ODD_LETTERS):
        return {number: list(rules) for number in range(len(lines))}
    small, starts = text.lower(), [start for start, _ in lines]
    found: dict[int, set[int]] = defaultdict(set)
    for word, ranks in _rules_by_need().items():
        at = small.find(word)
        while at >= 0:
            number = bisect.bisect_right(starts, at) - 1
            found[number].update(ranks)
            at = small.find(word, max(at + 1, lines[number][1] if number >= 0 else 0))
    return {number: [rules[rank] for rank in sorted(ranks)] for number, ranks in found.items()}


@cache
def _rules_by_need() -> dict[str, list[int]]:
    by_need: dict[str, list[int]] = defaultdict(list)
    for rank, rule in enumerate(load_furniture_rules()):
        for word in rule.needs:
            by_need[word].append(rank)
    return by_need


def _lines(text: str) -> Iterator[Span]:
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


# The first two words of a line in small letters, as `_fold` would give them.
_OPENING = re.compile(r"\W*(\w*)\W*(\w*)")


def _repeated_lines(text: str, lines: Sequence[Span], title: str) -> dict[int, str]:
    """The lines that repeat the title or an earlier line, by their numbers; lines that open alike are compared as a whole."""
    openings = [_opening(text[start:end]) for start, end in lines]
    often = Counter([*openings, *([_opening(title)] if title.strip() else [])])
    repeated: dict[int, str] = {}
    seen = {_fold(title): "title_in_text"} if title.strip() else {}
    for number, ((start, end), opening) in enumerate(zip(lines, openings, strict=True)):
        if often[opening] > 1:
            line = text[start:end]
            folded = _fold(line)
            if folded in seen:
                repeated[number] = seen[folded]
            elif len(line.split()) >= MIN_WORDS_REPEATED:
                seen[folded] = "repeated_line"
    return repeated


def _opening(line: str) -> tuple[str | Any, ...]:
    found = _OPENING.match(line.lower())
    return found.groups() if found else ()


def _line_rule(line: str, rules: Sequence[FurnitureRule]) -> str:
    """The first rule in file order that takes the whole line, or nothing."""
    for rule in rules:
        if rule.unit in ("line", "line_and_next") and rule.pattern.fullmatch(line):
            return rule.id
    return ""


def _parts(line: str, rules: Sequence[FurnitureRule]) -> list[tuple[int, int, str]]:
    """Furniture inside a line, in order; of two rules that overlap, the one that begins first and then reaches further."""
    parts: list[tuple[int, int, str]] = []
    for part in sorted(_candidates(line, rules), key=lambda part: (part[0], -part[1])):
        if not parts or part[0] >= parts[-1][1]:
            parts.append(part)
    return parts


def _candidates(line: str, rules: Sequence[FurnitureRule]) -> Iterator[tuple[int, int, str]]:
    for rule in rules:
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
