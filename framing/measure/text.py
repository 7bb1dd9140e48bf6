"""Words, sentences and quotations of one article, with character offsets: the only place that knows tokens.

Everything is measured on a masked copy of the text in which excluded spans (page furniture) are blanked by
line breaks of the same length, so that an offset into the copy is an offset into the text as it was read.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property

from framing.measure.tags import tag_words

# Invisible characters that web pages leave inside words (soft hyphen, zero-width space and joiners, word joiner, BOM).
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTER = rf"(?:[^\W\d_]|[{INVISIBLE}\u0300-\u036f])"
_CLITIC = r"(?:s|re|ve|ll|d|m)"
_WORD = re.compile(
    rf"""
      (?:[^\W\d_]\.){{2,}}                                     # U.S.  D.C.  a.m.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|bn|m|k|pm|am)?\b        # 1.6  10,000  20th  £2.26bn
    | n['’]t\b                                                 # the clitic of don't, can't
    | (?<=[^\W\d_])['’]{_CLITIC}\b                             # it's, leader's, they've
    | {_LETTER}+?(?=n['’]t\b)                                  # the do of don't
    | {_LETTER}+(?:['’](?!{_CLITIC}\b){_LETTER}+)*             # anything else, O'Brien in one piece
    | \d+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_KEY_OF = str.maketrans({"’": "'", **dict.fromkeys(INVISIBLE)})

# Abbreviations that do not end a sentence. Titles, months and Latin: chosen from general use, not from a list.
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen lt col capt sgt maj adm rev hon st jr sr jan feb mar apr jun jul aug sep
    sept oct nov dec vs etc inc ltd co corp dept al approx""".split()
)
# Abbreviations only before a number: "No. 7", but "The answer was no."
_BEFORE_NUMBERS = frozenset("no nos fig".split())
# After a dotted abbreviation such as "U.S." only these words begin a sentence with some safety.
_STARTERS = frozenset("the a an he she it they we but and in on at this that these those i however".split())
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s|$)|\n+|(?<=[.!?])(?=[A-Z][a-z]+ [a-z])")


@dataclass(frozen=True)
class Word:
    """One piece of text between spaces, hyphens and clitics."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    key: str
    """The piece as the lexicons see it: straight apostrophes, no invisible characters, case kept."""
    joint: str
    """What joins it to the piece before: "" (nothing), "-" (a hyphen) or "'" (a clitic such as n't)."""


def find_words(text: str) -> list[Word]:
    """Cut a text into pieces; a hyphenated compound counts as one word (`Text.count_words`), but has several pieces.

    >>> [w.key for w in find_words("The U.S. didn’t send 1.6bn of long-term aid.")]
    ['The', 'U.S.', 'did', "n't", 'send', '1.6bn', 'of', 'long', 'term', 'aid']
    """
    words: list[Word] = []
    previous_end = -1
    for found in _WORD.finditer(text):
        start, end = found.span()
        joint = ""
        if start == previous_end and text[start] in "'’nN":
            joint = "'"
        elif start == previous_end + 1 and text[previous_end] in "-‐‑" and previous_end > 0:
            joint = "-"
        key = found.group().translate(_KEY_OF)
        if any(character.isalnum() for character in key):  # a lone accent or an invisible character is no word
            words.append(Word(start, end, key, joint))
        previous_end = end
    return words


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Sentence spans. A line break always ends a sentence; a full stop does unless it belongs to an abbreviation.

    >>> t = "Mr. Vale met Gen. Orr. “We agree.” He left at 5 p.m. on Friday."
    >>> [t[a:b] for a, b in find_sentences(t)]
    ['Mr. Vale met Gen. Orr.', '“We agree.”', 'He left at 5 p.m. on Friday.']
    """
    spans = []
    start = 0
    for stop in _STOP.finditer(text):
        dot = stop.start() if stop.group() else stop.start() - 1  # an empty stop stands after its mark ("ended.The")
        if text[dot] == "." and not _ends_sentence(text, dot, stop.end()):
            continue
        if stop.group()[:1] in "!?…" and text[stop.end() : stop.end() + 2].strip()[:1].islower():
            continue
        spans.append((start, stop.end()))
        start = stop.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span)) is not None]


def _ends_sentence(text: str, dot: int, end: int) -> bool:
    before = re.search(r"[\w.]*$", text[max(0, dot - 20) : dot])
    token = before.group() if before else ""
    following = text[end : end + 30].lstrip(" \t\"'“”‘’(")
    if following[:1].islower():
        return False
    if token.lower() in _BEFORE_NUMBERS:
        return not following[:1].isdigit()
    if token.lower() in ABBREVIATIONS or re.fullmatch(r"[A-Z]", token):
        return False
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", token):
        first = re.match(r"\w+", following)
        return first is None or first.group().lower() in _STARTERS or "\n" in text[end : end + 2]
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    if not any(character.isalnum() for character in piece):
        return None
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


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
        pieces, position = [], 0
        for start, end in self.excluded:
            pieces += [self.original[position:start], "\n" * (end - start)]
            position = end
        return "".join([*pieces, self.original[position:]])

    @cached_property
    def words(self) -> list[Word]:
        """The pieces, in order."""
        return find_words(self.text)

    @cached_property
    def keys(self) -> list[str]:
        """The pieces as the lexicons see them, case kept."""
        return [word.key for word in self.words]

    @cached_property
    def lower(self) -> list[str]:
        """The pieces as the lexicons see them, in lower case."""
        return [key.lower() for key in self.keys]

    @cached_property
    def tags(self) -> list[str]:
        """A coarse part of speech for each piece (see `framing.measure.tags`)."""
        return tag_words(self.keys, self.sentence_starts)

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the pieces' first characters."""
        return [word.start for word in self.words]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Sentence spans."""
        return find_sentences(self.text)

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Indices of the pieces that begin a sentence."""
        return frozenset(bisect.bisect_left(self.starts, start) for start, _ in self.sentences)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Paragraph spans."""
        return find_paragraphs(self.text)

    @cached_property
    def _counted_starts(self) -> list[int]:
        return [word.start for word in self.words if not word.joint]

    @property
    def n_words(self) -> int:
        """Words of the article: a hyphenated compound or a contraction is one word."""
        return len(self._counted_starts)

    def last_visible(self, offset: int) -> int:
        """Offset of the last character before an offset that is no white space, or -1."""
        position = offset - 1
        while position >= 0 and self.text[position].isspace():
            position -= 1
        return position

    def count_words(self, start: int, end: int) -> int:
        """Words that begin in [start, end)."""
        return bisect.bisect_left(self._counted_starts, end) - bisect.bisect_left(self._counted_starts, start)

    def pieces(self, start: int, end: int) -> range:
        """Indices of the pieces that begin in [start, end)."""
        return range(bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end))

    def sentence_of(self, offset: int) -> int:
        """Index of the sentence that holds an offset (the nearest one before it, if none does)."""
        return max(0, bisect.bisect_right(self._sentence_offsets, offset) - 1)

    @cached_property
    def _sentence_offsets(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_span(self, offset: int) -> tuple[int, int]:
        """The sentence that holds an offset."""
        return self.sentences[self.sentence_of(offset)]
