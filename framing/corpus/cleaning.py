"""Finds page furniture (cookie notices, share bars, repeated titles ...) and marks it; the text itself is never edited.

The rules are rows of `furniture.csv`, each with a line it must catch and a line it must leave; they are anchored to
whole lines, because losing a sentence of an article is worse than keeping a button's label.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    """Small letters of which some must stand in the line (those behind `^` at its beginning), whatever the pattern: most lines
    need not be asked further."""
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
    small = text.lower()
    possible, repeated = _possible_rules(text, small), _repeated_lines(text, small, title)
    asked = {line: _line_rule(text[slice(*line)], rules) for line, rules in possible.items()} | repeated
    own = {line: rule for line, rule in asked.items() if rule}
    taken = {_line_after(text, line): rule for line, rule in own.items() if rule in _takes_next()}
    whole = {line: rule for line, rule in {**own, **taken}.items() if line[0] < line[1]}
    parts = [
        (line[0] + start, line[0] + end, rule)
        for line in possible.keys() - whole.keys()
        for start, end, rule in _parts(text[slice(*line)], possible[line])
    ]
    return sorted([*((*line, rule) for line, rule in whole.items()), *parts])


# Letters that a pattern takes for i and s, whatever their case, though they are not i and s in small letters.
_ODD_LETTERS = "İıſ"


def _possible_rules(text: str, small: str) -> dict[Span, list[FurnitureRule]]:
    """For some lines of a text (given in small letters too), in file order, the rules of which a needed word stands in them."""
    rules = load_furniture_rules()
    if any(letter in text for letter in _ODD_LETTERS):
        return {_strip(text, *line.span()): list(rules) for line in _LINE.finditer(text)}
    found: dict[Span, set[int]] = defaultdict(set)
    beginnings, pattern = _beginnings()
    for beginning in pattern.finditer("\n" + small):
        found[_line_around(text, beginning.end() - 2)].update(beginnings[beginning.group(1)])
    for word, ranks in _inner_words().items():
        at = small.find(word)
        while at >= 0:
            line = _line_around(text, at)
            found[line].update(ranks)
            at = small.find(word, max(at + 1, line[1]))
    return {line: [rules[rank] for rank in sorted(ranks)] for line, ranks in found.items()}


@cache
def _inner_words() -> dict[str, list[int]]:
    """The needed words that may stand anywhere in a line, each with the ranks of its rules."""
    return {word: ranks for word, ranks in _rules_by_need().items() if word[0] != "^"}


@cache
def _beginnings() -> tuple[dict[str, list[int]], re.Pattern[str]]:
    """The needed words that begin a line, each with the ranks of its rules and of those that need only its beginning, and what
    finds the longest of them; the pattern begins with one character, so that the search jumps from line to line."""
    words = {word[1:]: ranks for word, ranks in _rules_by_need().items() if word[0] == "^"}
    longest = sorted(words, key=len, reverse=True)
    every = {word: [rank for need, ranks in words.items() if word.startswith(need) for rank in ranks] for word in longest}
    return every, re.compile(rf"\n[^\S\n]*({'|'.join(map(re.escape, longest))})")


@cache
def _rules_by_need() -> dict[str, list[int]]:
    by_need: dict[str, list[int]] = defaultdict(list)
    for rank, rule in enumerate(load_furniture_rules()):
        for word in rule.needs:
            by_need[word].append(rank)
    return by_need


_LINE, _VISIBLE = re.compile(r"[^\n]+"), re.compile(r"\S")


def _line_around(text: str, offset: int) -> Span:
    """The line that holds an offset, without white space around it."""
    end = text.find("\n", offset)
    return _strip(text, text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(text))


def _line_after(text: str, line: Span) -> Span:
    """The next line that holds anything; an empty span where there is none."""
    found = _VISIBLE.search(text, line[1])
    return _line_around(text, found.start()) if found else (len(text), len(text))


def _strip(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    return end - len(line.lstrip()), start + len(line.rstrip())


@cache
def _takes_next() -> frozenset[str]:
    return frozenset(rule.id for rule in load_furniture_rules() if rule.unit == "line_and_next")


def _fold(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.lower()))


# The first three words of each line in small letters, as `_fold` would give them.
_OPENING = re.compile(r"\n(?=[^\n])[^\w\n]*(\w*)[^\w\n]*(\w*)[^\w\n]*(\w*)")


def _repeated_lines(text: str, small: str, title: str) -> dict[Span, str]:
    """The lines that repeat the title or an earlier line; only lines that open alike are compared as a whole."""
    heading = [_OPENING.findall("\n" + " ".join(title.lower().split()))[0]] if title.strip() else []
    openings = _OPENING.findall("\n" + small)
    often = Counter(openings + heading)
    if len(often) == len(openings) + len(heading):
        return {}
    repeated: dict[Span, str] = {}
    seen = {_fold(title): "title_in_text"} if heading else {}
    for found, opening in zip(_LINE.finditer(text), openings, strict=True):
        if often[opening] > 1 and (line := found.group().strip()):
            folded = _fold(line)
            if folded in seen:
                repeated[_strip(text, *found.span())] = seen[folded]
            elif len(line.split()) >= MIN_WORDS_REPEATED:
                seen[folded] = "repeated_line"
    return repeated


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
