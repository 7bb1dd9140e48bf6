"""Words, sentences and paragraphs of one article, with character offsets.

Everything is measured on a masked copy of the text in which excluded spans (page furniture) are blanked by
line breaks of the same length, so that an offset into the copy is an offset into the text as it was read.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from framing.measure.forms import Ints
from framing.measure.tags import tag_words
from framing.measure.words import JOINTS, Columns, Word, find_columns, find_words, make_words

__all__ = ["Text", "Word", "find_paragraphs", "find_sentences", "find_words"]

# Abbreviations that do not end a sentence. Titles, months and Latin: chosen from general use, not from a list.
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen lt col capt sgt maj adm rev hon st jr sr jan feb mar apr jun jul aug sep
    sept oct nov dec vs etc inc ltd co corp dept al approx""".split()
)
# Abbreviations only before a number: "No. 7", but "The answer was no."
_BEFORE_NUMBERS = frozenset("no nos fig".split())
# After a dotted abbreviation such as "U.S." only these words begin a sentence with some safety.
_STARTERS = frozenset("the a an he she it they we but and in on at this that these those i however".split())
# A run of marks before white space or a glued word, or line breaks. It begins with one set of characters, so that the search
# jumps from mark to mark; the look back at two characters keeps it from trying every dot of a long run.
_STOP = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<![.!?…].)[.!?…]*(?:[\"'”’»)\]]*(?=\s|$)|(?<=[.!?])(?=[A-Z][a-z]+ [a-z])))")
_GLUED = re.compile(r"[A-Z]")
_NO_TOKEN = re.compile(r"[^\w.]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_FIRST_WORD = re.compile(r"\w+")


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Sentence spans. A line break always ends a sentence; a full stop does unless it belongs to an abbreviation.

    >>> t = "Mr. Vale met Gen. Orr. “We agree.” He left at 5 p.m. on Friday."
    >>> [t[a:b] for a, b in find_sentences(t)]
    ['Mr. Vale met Gen. Orr.', '“We agree.”', 'He left at 5 p.m. on Friday.']
    """
    spans = []
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        # Between a full stop and a word glued to it ("ended.The") it is the last of several dots that counts.
        dot = end - 1 if _GLUED.match(text, end) else stop.start()
        if text[dot] == "." and not _ends_sentence(text, dot, end):
            continue
        if text[dot] in "!?…" and text[end : end + 2].strip()[:1].islower():
            continue
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span)) is not None]


def _ends_sentence(text: str, dot: int, end: int) -> bool:
    following = text[end : end + 30].lstrip(" \t\"'“”‘’(")
    if following[:1].islower():
        return False
    token = _token_before(text, dot)
    if token.lower() in _BEFORE_NUMBERS:
        return not following[:1].isdigit()
    if token.lower() in ABBREVIATIONS or (len(token) == 1 and "A" <= token <= "Z"):
        return False
    if "." in token and _DOTTED.fullmatch(token):
        first = _FIRST_WORD.match(following)
        return first is None or first.group().lower() in _STARTERS or "\n" in text[end : end + 2]
    return True


def _token_before(text: str, dot: int) -> str:
    """Letters, digits and dots that end at a full stop (or at a line break before it), at most twenty."""
    token = text[max(0, dot - 20) : dot].removesuffix("\n").rpartition(" ")[2]
    return token if token.isalnum() else _NO_TOKEN.split(token)[-1]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end].lstrip()
    if not (piece[:1].isalnum() or any(map(str.isalnum, piece))):
        return None
    return end - len(piece), end - len(piece) + len(piece.rstrip())


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold any letter or digit."""
    spans = (_trim(text, found.start(), found.end()) for found in re.finditer(r"[^\n]+", text))
    return [span for span in spans if span is not None]


@dataclass(frozen=True)
class Text:
    """An article's text with everything that the measures need to know of its surface."""

    article: str
    """The article's id."""
    original: str
    """The text exactly as read."""
    excluded: tuple[tuple[int, int], ...] = ()
    """Spans in which nothing is counted."""

    @cached_property
    def text(self) -> str:
        """The text with excluded spans blanked, of the same length."""
        if not self.excluded:
            return self.original
        pieces, position = [], 0
        for start, end in self.excluded:
            pieces += [self.original[position:start], "\n" * (end - start)]
            position = end
        return "".join([*pieces, self.original[position:]])

    @cached_property
    def columns(self) -> Columns:
        """The pieces as numbers, side by side."""
        return find_columns(self.text)

    @cached_property
    def words(self) -> list[Word]:
        """The pieces, in order; who needs only one side of them is quicker with `starts`, `ends`, `keys`, `lower`, `joints`."""
        return make_words(self.columns)

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the pieces' first characters."""
        return self.columns.starts.tolist()

    @cached_property
    def ends(self) -> list[int]:
        """Offsets after the pieces' last characters."""
        return self.columns.ends.tolist()

    @cached_property
    def keys(self) -> list[str]:
        """The pieces as the lexicons see them, case kept."""
        return list(map(self.columns.forms.keys.__getitem__, self.columns.keys.tolist()))

    @cached_property
    def lower(self) -> list[str]:
        """The pieces as the lexicons see them, in lower case."""
        return list(map(self.columns.forms.lower.__getitem__, self.columns.keys.tolist()))

    @cached_property
    def joints(self) -> list[str]:
        """What joins each piece to the one before (see `Word.joint`)."""
        return list(map(JOINTS.__getitem__, self.columns.joints.tolist()))

    @cached_property
    def gaps(self) -> dict[int, str]:
        """What stands between a piece and the next one, by the piece, where it is not a single space; nothing after the last."""
        columns = self.columns
        characters = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        before, after = columns.ends[:-1], columns.starts[1:]
        places = np.flatnonzero((after - before != 1) | (characters[before] != ord(" ")))
        spans = zip(places.tolist(), before[places].tolist(), after[places].tolist(), strict=True)
        return {**{piece: self.text[start:end] for piece, start, end in spans}, len(columns.ends) - 1: ""}

    @cached_property
    def tags(self) -> list[str]:
        """A coarse part of speech for each piece (see `framing.measure.tags`)."""
        return tag_words(self.columns.forms, self.columns.keys, self.sentence_firsts)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Sentence spans."""
        return find_sentences(self.text)

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Indices of the pieces that begin a sentence."""
        return frozenset(self.sentence_firsts)

    @cached_property
    def sentence_firsts(self) -> list[int]:
        """Indices of the pieces that begin a sentence, in order."""
        return np.searchsorted(self.columns.starts, self.sentence_offsets).tolist()

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Paragraph spans."""
        return find_paragraphs(self.text)

    @cached_property
    def counted_starts(self) -> list[int]:
        """Offsets of the words: of the pieces that no hyphen or clitic joins to the one before."""
        return self.columns.starts[self.columns.joints == 0].tolist()

    @property
    def n_words(self) -> int:
        """Words of the article: a hyphenated compound or a contraction is one word."""
        return len(self.counted_starts)

    def last_visible(self, offset: int) -> int:
        """Offset of the last character before an offset that is no white space, or -1."""
        position = offset - 1
        while position >= 0 and self.text[position].isspace():
            position -= 1
        return position

    def count_words(self, start: int, end: int) -> int:
        """Words that begin in [start, end)."""
        return bisect.bisect_left(self.counted_starts, end) - bisect.bisect_left(self.counted_starts, start)

    def pieces(self, start: int, end: int) -> range:
        """Indices of the pieces that begin in [start, end)."""
        return range(bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the pieces first..last."""
        return self.starts[first], self.ends[last]

    @cached_property
    def sentence_bounds(self) -> list[tuple[int, int]]:
        """For each piece its sentence's first piece and the piece after its last."""
        firsts = [*self.sentence_firsts, len(self.starts)]
        return [bounds for bounds in pairwise(firsts) for _ in range(*bounds)]

    def sentence_pieces(self, piece: int) -> range:
        """Indices of the pieces of the sentence around a piece."""
        return range(*self.sentence_bounds[piece])

    def sentence_of(self, offset: int) -> int:
        """Index of the sentence that holds an offset (the nearest one before it, if none does)."""
        return max(0, bisect.bisect_right(self.sentence_offsets, offset) - 1)

    @cached_property
    def sentence_offsets(self) -> list[int]:
        """Offsets of the sentences' first characters."""
        return [start for start, _ in self.sentences]

    def sentences_of(self, offsets: Ints) -> Ints:
        """As `sentence_of` for many offsets."""
        return np.maximum(np.searchsorted(np.array(self.sentence_offsets, dtype=np.int64), offsets, "right") - 1, 0)

    def sentence_span(self, offset: int) -> tuple[int, int]:
        """The sentence that holds an offset."""
        return self.sentences[self.sentence_of(offset)]
