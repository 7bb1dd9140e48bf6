"""Patterns of a dictionary: `*` stands for any number of letters, `?` for one, and a space for the next word.

The wildcards are quanteda's and match whole words: `tax*` finds taxes and tax-free. They are looked up among the distinct words
of a corpus, never in its running text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from framing.measure.words import INVISIBLE, JOINTS, Word, find_words

_PLAIN = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "_": " ", **dict.fromkeys(INVISIBLE)})
_WILD = re.compile(r"[*?]")
_IN_WORDS = "'-."
_LAST = "\U0010ffff"


class PatternError(ValueError):
    """A pattern that no word can match; the message is the rest of a sentence."""


@lru_cache(maxsize=100_000)  # a word stands in many categories
def split_pattern(pattern: str) -> tuple[str, ...]:
    """The words of a pattern, spelled as `spell_words` spells a text's.

    Raises PatternError for one that no text can match.

    >>> split_pattern("self-made  m?n*"), split_pattern("didn’t"), split_pattern("kind_of")
    (('self-made', 'm?n*'), ("didn't",), ('kind', 'of'))
    """
    words = tuple(_read_word(word) for word in pattern.translate(_PLAIN).split())
    if not words:
        raise PatternError("holds no word; write one or remove it")
    return words


def _read_word(word: str) -> str:
    if not _WILD.search(word):
        found = spell_words(find_words(word))
        if len(found) != 1:
            raise PatternError(
                f"holds {word!r}, which is {'no word' if not found else 'several words'} here; respell or remove it"
            )
        return found[0]
    strange = [one for one in _WILD.sub("", word) if not (one.isalnum() or one in _IN_WORDS or unicodedata.combining(one))]
    if strange:
        raise PatternError(f"holds {strange[0]!r}, which stands in no word; respell or remove it")
    return word


def spell_words(pieces: Sequence[Word]) -> list[str]:
    """The words of a text, a hyphenated compound or a contraction being one.

    >>> spell_words(find_words("She doesn’t like self‑made men."))
    ['She', "doesn't", 'like', 'self-made', 'men']
    """
    words: list[str] = []
    for piece in pieces:
        if piece.joint and words:
            words[-1] = join_pieces(words[-1], piece.key, piece.joint)
        else:
            words.append(piece.key)
    return words


def join_pieces(word: str, key: str, joint: str) -> str:
    """A word and its next piece; a clitic brings its apostrophe along."""
    return f"{word}-{key}" if joint == JOINTS[1] else word + key


def specificity(words: Sequence[str]) -> tuple[int, int]:
    """How much of a text a pattern leaves open: its wildcards, and its letters with a minus; the smaller is the more specific.

    >>> sorted([("w*",), ("war",), ("war*",)], key=specificity)
    [('war',), ('war*',), ('w*',)]
    """
    text = " ".join(words)
    return len(_WILD.findall(text)), -len(_WILD.sub("", text))


class Vocabulary:
    """The distinct words of some texts, in which patterns are looked up."""

    def __init__(self, words: Sequence[str]) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        self._forward, self._backward = sorted(words), sorted(word[::-1] for word in words)

    def find(self, pattern: str) -> list[int]:
        """The numbers of the words that a pattern of one word matches.

        >>> words = ["tax", "taxes", "syntax", "tux"]
        >>> [[words[n] for n in Vocabulary(words).find(pattern)] for pattern in ("tax", "tax*", "*tax", "t?x", "*nta*")]
        [['tax'], ['tax', 'taxes'], ['tax', 'syntax'], ['tax', 'tux'], ['syntax']]
        """
        if not _WILD.search(pattern):
            return [self._numbers[pattern]] if pattern in self._numbers else []
        parts = _WILD.split(pattern)
        if len(parts[0]) >= len(parts[-1]):
            some = _starting(self._forward, parts[0])
        else:  # what the last letters narrow down more is looked for from behind
            some = [word[::-1] for word in _starting(self._backward, parts[-1][::-1])]
        if pattern.count("*") != 1 or "?" in pattern or (parts[0] and parts[-1]):
            matches = re.compile("".join({"*": ".*", "?": "."}.get(one, re.escape(one)) for one in pattern)).fullmatch
            some = [word for word in some if matches(word)]
        return [self._numbers[word] for word in some]


def _starting(words: list[str], letters: str) -> list[str]:
    """Of sorted words those that start so."""
    return words[bisect_left(words, letters) : bisect_left(words, letters + _LAST)]
