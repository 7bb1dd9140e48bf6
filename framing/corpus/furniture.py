"""The rules of page furniture: rows of `furniture.csv`, and which of them are worth asking for a line."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, islice
from pathlib import Path
from string import whitespace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from framing.corpus.kept import keep

RULES = Path(__file__).parent / "furniture.csv"
Span = tuple[int, int]
"""Half-open offsets."""


@dataclass(frozen=True)
class FurnitureRule:
    """A pattern of page furniture."""

    id: str
    """The name that stands in the excluded table."""
    unit: str
    """What the pattern must be: `line` (a whole line), `last_line` (one of the last lines that no other rule takes),
    `line_and_next`, `line_and_list` (a label and the headlines under it), `prefix` (a line's beginning), `inside` (a stretch of
    a line) or `sentence` (one sentence of a line)."""
    definition: str
    """What it is on a page, for people."""
    needs: tuple[str, ...]
    """Words of which some must stand in the line, whatever the pattern: most lines need not be asked further. In small letters;
    behind `^` only at the line's beginning, behind `=` in exactly these letters; `^^` means a beginning in capitals."""
    expression: str
    """What the unit must be, as a regular expression; capitals count like small letters."""
    example: str
    """A line it must catch."""
    counterexample: str
    """A line it must leave."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What the unit must be; compiled for the first line that has a word of `needs`, which many rules never meet."""
        return re.compile(self.expression, re.IGNORECASE)


@cache
def load_furniture_rules() -> tuple[FurnitureRule, ...]:
    """The furniture rules in file order."""
    with RULES.open(encoding="utf-8", newline="") as file:
        return tuple(
            FurnitureRule(
                row["id"],
                row["unit"],
                row["definition"],
                tuple(row["needs"].split("|")),
                row["pattern"],
                row["example"],
                row["counterexample"],
            )
            for row in csv.DictReader(file)
        )


# Letters that a pattern takes for i and s, whatever their case, though they are not i and s in small letters.
_ODD_LETTERS = "İıſ"


def possible_rules(text: str, small: str, lines: list[Span]) -> dict[Span, list[FurnitureRule]]:
    """For some lines of a text (given in small letters too), in file order, the rules that may take them or a part of them."""
    rules = load_furniture_rules()
    if not text.isascii() and any(letter in text for letter in _ODD_LETTERS):
        return {line: list(rules) for line in lines}
    found: dict[Span, set[int]] = defaultdict(set)
    for line, ranks in chain(_beginning_words(small, lines), _inner_words(text, small, lines)):
        found[line].update(ranks)
    for line in lines:
        if text[line[0] : line[0] + _CAPITALS].isupper():
            found[line].update(_in_capitals())
    return {
        line: [rules[rank] for rank in sorted(ranks)] if len(ranks) > 1 else [rules[next(iter(ranks))]]
        for line, ranks in found.items()
    }


CAPITALS = "^^"
# A line that begins with so many characters without a small letter begins in capitals (chosen).
_CAPITALS = 24
# A note on the author stands among so many last lines (chosen).
_LAST_LINES = 3


def last_lines(lines: list[Span], taken: Container[Span]) -> list[Span]:
    """The lines at a text's end, where notes on the author stand, without those that are taken."""
    return list(islice((line for line in reversed(lines) if line not in taken), _LAST_LINES))


def closing_rules(end: str) -> list[FurnitureRule]:
    """In file order, the rules of last lines that may take a line of a text's end (given in small letters)."""
    rules = load_furniture_rules()
    if any(letter in end for letter in _ODD_LETTERS):
        return [rule for rule in rules if rule.unit == "last_line"]
    return [rules[rank] for rank in sorted({rank for word, ranks in _words("last") if word in end for rank in ranks})]


@cache
def _in_capitals() -> list[int]:
    """The ranks of the rules for lines that begin in capitals."""
    return [rank for rank, rule in enumerate(load_furniture_rules()) if CAPITALS in rule.needs]


def _beginning_words(small: str, lines: list[Span]) -> Iterator[tuple[Span, list[int]]]:
    """The lines that begin with a needed word, each with the ranks of its rules."""
    beginnings = _beginnings()
    for line in lines:
        start = line[0]
        key = small[start : start + _KEY]
        words = beginnings.get(key) or beginnings.get(key[0])
        if words and small.startswith(words[0], start):
            yield line, [rank for word, ranks in words[1] if small.startswith(word, start) for rank in ranks]


def _inner_words(text: str, small: str, lines: list[Span]) -> Iterator[tuple[Span, list[int]]]:
    """The lines in which a needed word stands anywhere, each with the ranks of its rules."""
    starts = [start for start, _ in lines]
    for word, ranks in _short_words():
        at = text.find(word)
        while at >= 0:
            line = lines[max(bisect_right(starts, at) - 1, 0)]
            yield line, ranks
            at = text.find(word, max(at + 1, line[1]))
    for at, ranks in _words_inside(text, small):
        yield lines[max(bisect_right(starts, at) - 1, 0)], ranks


@cache
def _short_words() -> list[tuple[str, list[int]]]:
    """The needed words of up to three letters, with the ranks of their rules; they are marks or capitals."""
    return [(word.removeprefix("="), ranks) for word, ranks in _words("") + _words("=") if len(word.removeprefix("=")) < _WINDOW]


# Four letters in a row are looked up together, as a number of 16 bits (sum of letter times factor, chosen: speed).
_WINDOW, _FACTORS = 4, (29_791, 961, 31, 1)
# English letters from the rarest on: of a word, the four letters that are rarest together are looked up.
_FROM_RARE = "zjqxkvbpygfwmucldrhsnioate "


def _words_inside(text: str, small: str) -> Iterator[tuple[int, list[int]]]:
    """Where a longer needed word stands, with the ranks of its rules: every word at once, by four of its letters."""
    codes = np.frombuffer(small.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(codes) != len(small):  # letters beyond the first 65,536 take two numbers: each is written as one other letter
        codes = np.array([min(ord(letter), 0xFFFF) for letter in small], dtype=np.uint16)
    if len(codes) < _WINDOW:
        return
    one, two, three, _ = map(np.uint16, _FACTORS)
    windows = codes[:-3] * one + codes[1:-2] * two + codes[2:-1] * three + codes[3:]
    is_worth, by_window = _windows()
    for at in np.flatnonzero(is_worth[windows]).tolist():
        for word, before, is_exact, ranks in by_window[int(windows[at])]:
            if at >= before and (text if is_exact else small).startswith(word, at - before):
                yield at - before, ranks


_Windows: TypeAlias = tuple[NDArray[np.bool_], dict[int, list[tuple[str, int, bool, list[int]]]]]


@cache
def _windows() -> _Windows:
    return keep("furniture-windows", _find_windows)


def _find_windows() -> _Windows:
    """Which windows are part of a needed word; for each of them the words, where in them it stands, whether their case counts,
    and the ranks of their rules."""
    found: dict[int, list[tuple[str, int, bool, list[int]]]] = defaultdict(list)
    for word, ranks in _words("") + _words("="):
        written, is_exact = word.removeprefix("="), word[0] == "="
        if len(written) >= _WINDOW:
            folded = written.lower()
            before = min(range(len(folded) - _WINDOW + 1), key=lambda i: sum(map(_FROM_RARE.find, folded[i : i + _WINDOW])))
            window = sum(ord(letter) * factor for letter, factor in zip(folded[before:], _FACTORS, strict=False)) % 65_536
            found[window].append((written, before, is_exact, ranks))
    is_worth = np.zeros(65_536, bool)
    is_worth[list(found)] = True
    return is_worth, found


# Words that begin a line are looked up by their first letters, shorter ones by their first letter alone (chosen: speed).
_KEY = 4


_Beginnings: TypeAlias = dict[str, tuple[tuple[str, ...], list[tuple[str, list[int]]]]]


@cache
def _beginnings() -> _Beginnings:
    return keep("furniture-beginnings", _find_beginnings)


def _find_beginnings() -> _Beginnings:
    """The needed words that begin a line, by their first letters: all of them, and each with the ranks of its rules."""
    needed = [(word[1:], ranks) for word, ranks in _words("^")]
    keys = {word[: _KEY if len(word) >= _KEY else 1] for word, _ in needed}
    alike: dict[str, list[tuple[str, list[int]]]] = defaultdict(list)
    for one in needed:
        alike[one[0][0]].append(one)
    found = {
        key: [one for one in alike[key[0]] if one[0].startswith(key) or (len(one[0]) < _KEY and key.startswith(one[0]))]
        for key in keys
    }
    return {key: (tuple(word for word, _ in words), words) for key, words in found.items()}


@cache
def _words(kind: str) -> list[tuple[str, list[int]]]:
    """The needed words of one kind (`^`, `=`, `last` for rules of last lines, or nothing), each with the ranks of its rules."""
    found: dict[str, list[int]] = defaultdict(list)
    for rank, rule in enumerate(load_furniture_rules()):
        for word in rule.needs:
            if word != CAPITALS and ("last" if rule.unit == "last_line" else word[0] if word[0] in "^=" else "") == kind:
                found[word].append(rank)
    return list(found.items())


_LINE = re.compile(r"\S[^\n]*")
_NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"


def find_lines(text: str) -> list[Span]:
    """The lines that hold anything, without white space and letters without width around them."""
    spans = [line.span() for line in _LINE.finditer(text)]
    if text.isascii() or not any(letter in text for letter in _NO_WIDTH):
        return [
            (start, end) if not text[end - 1].isspace() else (start, start + len(text[start:end].rstrip()))
            for start, end in spans
        ]
    blank = _NO_WIDTH + whitespace + "\xa0"
    trimmed = [(end - len(text[start:end].lstrip(blank)), start + len(text[start:end].rstrip(blank))) for start, end in spans]
    return [(start, end) for start, end in trimmed if start < end]
