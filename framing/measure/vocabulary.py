"""Attribute values as small integers, so that weights are looked up in tables: 0 is a value that no weight knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


class Codes(dict[str, int]):
    """Values of one attribute and their codes, from 1; a value that is not known has code 0.

    >>> codes = Codes(["say", "tell"])
    >>> codes["tell"], codes["sing"], codes.size
    (2, 0, 3)
    """

    def __init__(self, values: Iterable[str] = (), *, growing: bool = False) -> None:
        super().__init__((value, code) for code, value in enumerate(dict.fromkeys(values), start=1))
        self.growing = growing

    def __missing__(self, value: str) -> int:
        """A new code while the vocabulary grows (training), else 0."""
        if not self.growing:
            return 0
        self[value] = len(self) + 1
        return self[value]

    @property
    def size(self) -> int:
        """Number of codes, 0 included."""
        return len(self) + 1

    @property
    def names(self) -> list[str]:
        """Values by code; the first stands for every unknown one."""
        return ["", *self]


EDGE = "#"
"""The value beyond the ends of a sentence."""
QUOTATION, COLON = "<quotation>", "<colon>"
"""Form, tag and part of speech of a unit that is a whole quotation or a colon."""

_TAGS = """NN NNS NNP NNPS PRP PRP$ DT PDT CD EX IN TO CC RB RBR RBS JJ JJR JJS MD VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB POS UH FW
RP SYM LS""".split()
TAGS = Codes([EDGE, QUOTATION, COLON, *_TAGS])
"""Penn tags."""
POS = Codes([EDGE, QUOTATION, COLON, *dict.fromkeys(tag[:2] for tag in _TAGS)])
"""Their first two letters."""
GAPS = Codes([
    EDGE, "line", "none",
    '"', ",", ".", ";", ":", "-", "(", ")", "?", "!", ',"', '",', '."', '".', '"(', ')"', "),", ").", '("', '-"',
    '?"', '!"', ':"', "/", ")-", ".)", "-(", ",-", ".-", "other",
])  # fmt: skip
"""What stands between two units, spaces aside: at most two marks, all quotation marks and all dashes alike."""
FUNCTION_WORDS = """that to about of for on as with by against in if whether how why what when from at into over and or but not
a an the who where""".split()
"""Words that show what kind of complement follows a cue."""
FRAMES = Codes(["end", "quotation", *FUNCTION_WORDS, *(f"mark {mark}{q}" for mark in ",:;-(" for q in ("", '"')), *TAGS, *POS])
"""What follows a cue: a function word, a mark, a quotation, or else the next word's tag."""
VOICES = Codes(
    ["other", "passive", "perfect", "progressive", "gerund", "infinitive", "modal", *(t for t in _TAGS if t[:2] == "VB")]
)
"""The form of a verb with what stands before it."""
SUBJECTS = Codes(["none", "comma", "far", "other", "person", "it", "NNP", "NNS", *POS])
"""What stands where the subject is expected."""

_QUOTATION_MARKS, _DASHES = re.compile(r"[“”\"'‘’`«»„]+"), re.compile(r"[–—‐‑-]+")
_INTRODUCES = re.compile(r":\s*[“\"‘'«„]+")
"""A colon before a quotation in a paragraph of its own."""
_SAME = str.maketrans({"…": ".", "[": "(", "]": ")", " ": None, "\u00a0": None, "\t": None, "\n": None})


@lru_cache(maxsize=10_000)
def gap_code(between: str) -> int:
    """The code of what stands between two words.

    >>> [GAPS.names[gap_code(gap)] for gap in (" ", ", ", ",” ", " — ", ") —", ". \\n", " “")]
    ['none', ',', ',"', '-', ')-', 'line', '"']
    """
    if "\n" in between and not _INTRODUCES.fullmatch(between):
        return GAPS["line"]
    marks = _DASHES.sub("-", _QUOTATION_MARKS.sub('"', between.translate(_SAME)))[:2]
    return (GAPS[marks] or GAPS[marks[:1]] or GAPS["other"]) if marks else GAPS["none"]
