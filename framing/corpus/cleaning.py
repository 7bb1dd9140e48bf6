"""Finds page furniture (cookie notices, share bars, repeated titles ...) and marks it; the text itself is never edited.

The rules are rows of `furniture.csv`, each with a line it must catch and a line it must leave; they are anchored to
lines, because losing a sentence of an article is worse than keeping a button's label. What counts as furniture, and how well
it is found, stands in docs/furniture.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from framing.corpus.furniture import (
    FurnitureRule,
    Span,
    closing_rules,
    find_lines,
    last_lines,
    load_furniture_rules,
    possible_rules,
)
from framing.corpus.progress import follow
from framing.corpus.repetitions import fold, outlet_lines, overlap, repeated_lines

__all__ = ["COLUMNS", "FurnitureRule", "exclude_furniture", "find_furniture", "load_furniture_rules"]

COLUMNS = ("article", "start", "end", "rule", "text")
Mark = tuple[int, int, str]
_WHOLE = ("line", "line_and_next", "line_and_list")


def find_furniture(text: str, title: str = "") -> list[Mark]:
    """Spans of page furniture as (start, end, rule), in order and never overlapping.

    >>> find_furniture("Talks open\\nAdvertisement\\nThe talks opened on Monday.", title="Talks open")
    [(0, 10, 'title_in_text'), (11, 24, 'advertisement')]
    """
    return _mark(text, title, find_lines(text))


def _mark(text: str, title: str, lines: list[Span]) -> list[Mark]:
    """The furniture of a text with these lines."""
    small = text.lower()
    # An odd capital may become two small letters, and then offsets into the one are none into the other.
    small = small if len(small) == len(text) else text
    possible, whole = possible_rules(text, small, lines), repeated_lines(text, small, title, lines)
    for line, rules in possible.items():
        if line not in whole and (rule := _line_rule(text[line[0] : line[1]], rules)):
            whole[line] = rule.id
            if rule.unit in ("line_and_next", "line_and_list"):
                whole |= {one: whole.get(one, rule.id) for one in _lines_under(text, line, lines, rule)}
    whole |= dict.fromkeys(_asked_twice(text, lines, whole), "repeated_line")
    whole |= _closing_lines(text, small, last_lines(lines, whole))
    whole |= dict.fromkeys(_headlines_at_end(text, lines, whole), "related_list")
    parts = [
        (line[0] + start, line[0] + end, rule)
        for line, rules in possible.items()
        if line not in whole
        for start, end, rule in _parts(text[line[0] : line[1]], rules)
    ]
    return sorted([*((*line, rule) for line, rule in whole.items()), *parts])


def _closing_lines(text: str, small: str, last: list[Span]) -> dict[Span, str]:
    """The last lines that a rule for last lines takes; share bars and notices below a note on the author are not counted."""
    rules = closing_rules(small[last[-1][0] : last[0][1]]) if last else []
    found = {line: next((rule.id for rule in rules if rule.pattern.fullmatch(text[slice(*line)])), "") for line in last}
    return {line: rule for line, rule in found.items() if rule}


# Headlines without a label at the end: two or more, each of so many words (chosen), none in a list of the article's own.
_FEWEST_WORDS, _LONGEST_LINE = 5, 250
_LIST = ("-", "•", "*", "–", "—", "·", "▪", "●", "#", "(", "“", '"', *"0123456789")
_NOTE = re.compile(r"@|https?:|www\.|\d{4}$|contribut|reporting|_{3}|©|copyright|photo|^by |updated", re.IGNORECASE)


def _headlines_at_end(text: str, lines: list[Span], whole: dict[Span, str]) -> list[Span]:
    """The lines without a sentence's end that close a text, where they are a list: links to other articles without a label."""
    closing: list[Span] = []
    for line in reversed(lines):
        if line in whole:
            continue
        if line[1] - line[0] > _LONGEST_LINE:
            break
        said = text[slice(*line)]
        n_words = len(said.split())
        if n_words <= _LONGEST_HEADLINE and _NOTE.search(said):
            continue
        if (
            not _FEWEST_WORDS <= n_words <= _LONGEST_HEADLINE
            or said.endswith((*_SENTENCE_END, ")", "]", "?"))
            or said.startswith(_LIST)
        ):
            break
        closing.append(line)
    else:
        return []  # nothing above it is an article
    return closing if 2 <= len(closing) <= _LONGEST_LIST else []


# A question to the readers that stands twice has this share of its words in common (chosen).
_SAME_QUESTION = 0.8
_QUESTIONS = ("comment_prompt", "comment_call", "reader_question", "asked_below")


def _asked_twice(text: str, lines: list[Span], whole: dict[Span, str]) -> list[Span]:
    """The questions that a question to the readers asks again, in nearly the same words."""
    asked = [text[slice(*line)] for line, rule in whole.items() if rule in _QUESTIONS]
    questions = [set(fold(one[: one.index("?")]).split()) for one in asked if "?" in one]
    open_lines = [line for line in lines if questions and line not in whole and text[line[1] - 1] == "?"]
    return [
        line
        for line in open_lines
        if any(overlap(set(fold(text[slice(*line)]).split()), one) >= _SAME_QUESTION for one in questions)
    ]


def _line_rule(line: str, rules: Sequence[FurnitureRule]) -> FurnitureRule | None:
    """The first rule in file order that takes the whole line."""
    return next((rule for rule in rules if rule.unit in _WHOLE and rule.pattern.fullmatch(line)), None)


# A list of headlines under a label has at most so many, each of at most so many words (chosen).
_LONGEST_LIST, _LONGEST_HEADLINE = 10, 30
_SENTENCE_END = tuple('.!”"’…:;,')
_CREDIT = re.compile(r"contribut|reporting|\(?photo|©|copyright", re.IGNORECASE)


def _lines_under(text: str, label: Span, lines: list[Span], rule: FurnitureRule) -> list[Span]:
    """The next line, or the headlines listed under a label: up to the text's end, or, under a colon, to the first sentence."""
    following = lines[lines.index(label) + 1 :]
    if rule.unit == "line_and_next":
        return following[:1]
    headlines = [text[start:end] for start, end in following[: _LONGEST_LIST + 1]]
    is_other = (len(one.split()) > _LONGEST_HEADLINE or _CREDIT.match(one) for one in headlines)
    n = next((n for n, other in enumerate(is_other) if other), len(headlines))
    if n < len(following) and not text[: label[1]].endswith(":"):
        return []
    open_ended = [not one.endswith(_SENTENCE_END) for one in headlines[:n]]
    if n == len(following) <= _LONGEST_LIST and n - sum(open_ended) <= n // 3:
        return following
    return following[: next((i for i, is_open in enumerate(open_ended) if not is_open), min(n, _LONGEST_LIST))]


def _parts(line: str, rules: Sequence[FurnitureRule]) -> list[Mark]:
    """Furniture inside a line, in order; of two rules that overlap, the one that begins first and then reaches further."""
    parts: list[Mark] = []
    found = [(start, end, rule.id) for rule in rules if rule.unit not in _WHOLE for start, end in _find_parts(line, rule)]
    for part in sorted(found, key=lambda part: (part[0], -part[1])):
        if not parts or part[0] >= parts[-1][1]:
            parts.append(part)
    return parts


_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]?")


def _find_parts(line: str, rule: FurnitureRule) -> Iterator[Span]:
    """Where a rule for parts of a line fires; the part is the pattern's group `it` where it has one."""
    if rule.unit == "prefix" and (found := rule.pattern.match(line)):
        yield found.start(), found.start() + len(found.group().rstrip())
    if rule.unit == "inside":
        for found in rule.pattern.finditer(line):
            start, end = found.span("it" if "it" in rule.pattern.groupindex else 0)
            yield end - len(line[start:end].lstrip()), end
    if rule.unit == "sentence":
        for sentence in _SENTENCE.finditer(line):
            piece = sentence.group()
            if rule.pattern.fullmatch(piece.strip()):
                yield sentence.start() + len(piece) - len(piece.lstrip()), sentence.start() + len(piece.rstrip())


def exclude_furniture(
    articles: pd.DataFrame, others: Sequence[Sequence[Span]] | None = None, *, progress: bool | None = None
) -> pd.DataFrame:
    """The excluded table: `article start end rule text`, one row for each span in which nothing is counted.

    Besides what `find_furniture` marks in each article, lines that stand at the edge of many articles of one outlet are marked
    as `outlet_line` (see `repetitions.outlet_lines`), so the table knows more of a corpus than of its articles one by one.
    Where the articles are a part of a corpus, `others` gives for each of them the outlet's lines that were found in the whole.
    `progress` shows a bar (default: where it is seen).
    """
    outlets = articles["outlet"] if "outlet" in articles else [""] * len(articles)
    texts = articles["text"].tolist()
    lines = [find_lines(text) for text in texts]
    others = outlet_lines(outlets, texts, lines) if others is None else others
    columns = (articles["article"].tolist(), articles["title"].tolist(), texts, lines, others)
    rows = [
        (article, start, end, rule, text[start:end])
        for article, title, text, own, others in follow(
            list(zip(*columns, strict=True)), "page furniture", progress, unit="articles"
        )
        for start, end, rule in _join(_mark(text, title, own), others)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _join(marks: list[Mark], lines: Sequence[Span]) -> list[Mark]:
    """The marks of an article and its outlet's lines where nothing is marked yet."""
    free = [line for line in lines if not any(start < line[1] and line[0] < end for start, end, _ in marks)]
    return sorted([*marks, *((*line, "outlet_line") for line in free)])
