"""Several numbers for every form of a growing list, worked out when the form is first asked for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from threading import RLock

import numpy as np

from framing.measure.forms import Ints
from framing.measure.text import Text


class Lists:
    """As `framing.measure.forms.Column`, with any number of numbers for each form.

    >>> spelled = Lists(lambda word: map(ord, word))
    >>> numbers, lengths = spelled.at(["ab", "", "c"], np.array([2, 0, 1, 0]))
    >>> numbers.tolist(), lengths.tolist()
    ([99, 97, 98, 97, 98], [1, 2, 0, 2])
    """

    def __init__(self, work_out: Callable[[str], Iterable[int]]) -> None:
        self._work_out, self._lock = work_out, RLock()
        self._strings: list[str] = []
        self._firsts, self._values = array("q", [0]), array("q")

    def at(self, strings: list[str], numbers: Ints) -> tuple[Ints, Ints]:
        """The numbers of the forms with these numbers, one form's behind the other's, and how many each form has."""
        with self._lock:  # an array cannot grow while numpy looks at it
            if strings is not self._strings:
                self._strings, self._firsts, self._values = strings, array("q", [0]), array("q")
            for string in strings[len(self._firsts) - 1 :]:
                self._values.extend(self._work_out(string))
                self._firsts.append(len(self._values))
            all_firsts = np.frombuffer(self._firsts, np.int64)
            firsts, counts = all_firsts[numbers], all_firsts[numbers + 1] - all_firsts[numbers]
            stops = np.cumsum(counts)
            places = np.arange(counts.sum()) + np.repeat(firsts - stops + counts, counts)
            values = np.frombuffer(self._values, np.int64)[places] if len(places) else places
        return values, counts


def look_up(lists: Lists, texts: Sequence[Text]) -> tuple[Ints, Ints]:
    """The numbers of all stretches of texts, and how many each stretch has; texts are mostly numbered by one list of forms."""
    found = []
    for _, group in groupby(texts, key=lambda text: id(text.columns.forms)):
        some = [text.columns for text in group]
        found.append(lists.at(some[0].forms.stretches, np.concatenate([columns.stretches for columns in some])))
    return np.concatenate([numbers for numbers, _ in found]), np.concatenate([counts for _, counts in found])


def last_stretches(texts: Sequence[Text]) -> Ints:
    """The places of the texts' last stretches in the row of all (every text has one, be it empty)."""
    return np.cumsum([len(text.columns.stretches) for text in texts]) - 1
