"""Five words in a row, as numbers: what copies are found by.

Words are letters and digits in a row, whatever their case; page furniture is left out as if it had never stood there. A
shingle is a 64-bit number made of its five words. Two different shingles get the same number with a chance of 1 in 10,000 in
a corpus of 60 million shingles; otherwise equal numbers are equal words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from framing.corpus.cleaning import exclude_furniture
from framing.corpus.readers import ArticlesError

Ints: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.signedinteger[Any]]]
Hashes: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]
Spans: TypeAlias = Sequence[tuple[int, int]]

N_WORDS = 5
"""Words of a shingle (five is usual for news copies)."""
# Shingles that are made at once, so that little memory is needed beside the result (chosen).
AT_ONCE = 4_000_000
# Characters that are not seen: soft hyphen, zero-width space and joiners, word joiner, byte-order mark.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(rf"[\w{_UNSEEN}]+")
_NOTHING = dict.fromkeys(map(ord, _UNSEEN))


class Vocabulary(dict[str, int]):
    """Word as it is spelt -> number; spellings that differ only in case or in characters that are not seen share theirs."""

    def __init__(self) -> None:
        super().__init__()
        self._folded: dict[str, int] = {}

    def __missing__(self, spelling: str) -> int:
        number = self._folded.setdefault(spelling.translate(_NOTHING).lower(), len(self._folded))
        self[spelling] = number
        return number


@dataclass(frozen=True)
class Words:
    """The words of some texts as numbers, one text after the other."""

    numbers: Ints
    """The number of each word."""
    bounds: Ints
    """Where each text begins in `numbers`, and where the last one ends."""

    def of(self, text: int) -> Ints:
        """The words of one text."""
        return self.numbers[self.bounds[text] : self.bounds[text + 1]]


def blank(text: str, spans: Spans) -> str:
    """The text with some spans as spaces, of the same length.

    >>> blank("Share this. The talks opened.", [(0, 11)])
    '            The talks opened.'
    """
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def texts_alone(articles: pd.DataFrame, excluded: pd.DataFrame | None, progress: bool | None = False) -> list[str]:
    """The texts with page furniture blanked.

    Raises ArticlesError for a table without `article` and `text`.
    """
    missing = [name for name in ("article", "text") if name not in articles]
    if missing:
        raise ArticlesError(f"The articles table has no column {missing[0]!r}; make it with read_articles(your_table).")
    spans = furniture_spans(articles if "title" in articles else articles.assign(title=""), excluded, progress)
    none: Spans = ()
    return [blank(text, spans.get(article, none)) for article, text in zip(articles["article"], articles["text"], strict=True)]


def furniture_spans(articles: pd.DataFrame, excluded: pd.DataFrame | None, progress: bool | None = False) -> Mapping[str, Spans]:
    """Article -> spans of page furniture; found now, where no excluded table is given."""
    table = exclude_furniture(articles, progress=progress) if excluded is None else excluded
    spans: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in zip(table["article"], table["start"], table["end"], strict=True):
        spans.setdefault(article, []).append((int(start), int(end)))
    return spans


def number_words(texts: Sequence[str], vocabulary: Vocabulary | None = None) -> Words:
    """The words of some texts as numbers, in the order in which they first appear.

    >>> number_words(["The talks opened.", "THE TALKS"]).numbers.tolist()
    [0, 1, 2, 0, 1]
    """
    known = Vocabulary() if vocabulary is None else vocabulary
    parts = [np.fromiter(map(known.__getitem__, _WORD.findall(text)), dtype=np.int32) for text in texts]
    bounds = np.cumsum([0, *map(len, parts)])
    return Words(np.concatenate([np.zeros(0, np.int32), *parts]), bounds)


def word_spans(text: str) -> list[tuple[int, int]]:
    """The offsets of the words that `number_words` numbers."""
    return [found.span() for found in _WORD.finditer(text)]


def hash_shingles(words: Ints) -> Hashes:
    """The shingle that begins at each word but the last four."""
    n = max(len(words) - N_WORDS + 1, 0)
    shingles: Hashes = np.zeros(n, np.uint64)
    for place in range(N_WORDS):
        shingles = _mix(shingles ^ words[place : place + n].astype(np.uint64))
    return shingles


def _mix(numbers: Hashes) -> Hashes:
    """SplitMix64 (Steele, Lea & Flood 2014): numbers that differ in any bit come out as if drawn at random."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def shingle_texts(words: Words) -> tuple[Hashes, Ints]:
    """All shingles that lie within a text, and the number of their text."""
    lengths = np.maximum(np.diff(words.bounds) - N_WORDS + 1, 0)
    text: Ints = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    within = np.ones(len(words.numbers), dtype=bool)
    for before_end in range(1, N_WORDS):
        within[np.maximum(words.bounds[1:] - before_end, words.bounds[:-1])[np.diff(words.bounds) > 0]] = False
    parts = []
    for start in range(0, max(len(words.numbers), 1), AT_ONCE):
        hashed = hash_shingles(words.numbers[start : start + AT_ONCE + N_WORDS - 1])
        parts.append(hashed[within[start : start + len(hashed)]])
    return np.concatenate(parts), text
