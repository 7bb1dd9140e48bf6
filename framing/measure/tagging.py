"""Tags for the words of many texts at once (see `framing.measure.tags`): table look-ups, then the repairs from left to right.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.forms import Forms, Ints
from framing.measure.tags import ALWAYS, AT_START, BEFORE_KINDS, INSIDE, VERBS, repairs


def tag_words(forms: Forms, keys: Ints, sentence_starts: Ints) -> Ints:
    """A tag's code (its place in `tags.names()`) for each word, the words given by their numbers.

    >>> from framing.measure.tags import names
    >>> from framing.measure.words import find_columns
    >>> columns = find_columns("The minister claims that the claims failed .")
    >>> [names()[code] for code in tag_words(columns.forms, columns.keys, np.array([0]))[2:6]]
    ['VBZ', 'IN', 'DT', 'NNS']
    """
    starts = sentence_starts[sentence_starts < len(keys)]
    codes = INSIDE.at(forms.keys, keys)
    codes[starts] = AT_START.at(forms.keys, keys[starts])
    begins = np.zeros(len(keys), dtype=np.bool_)
    begins[starts] = True
    kinds, (tests, results) = BEFORE_KINDS.at(forms.lower, keys), repairs()
    while True:  # until all words that a repair asks about are known: few are asked about, so they are worked out late
        tagged, asked = _repair(codes, begins, kinds, VERBS.known(forms.lower)[keys], tests, results)
        if not len(asked):
            return tagged
        VERBS.learn(forms.lower, keys[asked])


@kernel
def _repair(codes: Ints, begins: Ints, kinds: Ints, verbs: Ints, tests: Ints, results: Ints) -> tuple[Ints, Ints]:
    """The repaired codes, and the places of words of which it is not known yet whether they are verbs."""
    tagged, asked, count = codes.copy(), np.empty(len(codes), dtype=np.int64), 0
    for place in range(1, len(codes)):
        if begins[place]:
            continue
        test = tests[kinds[place - 1], tagged[place - 1], tagged[place]]
        if test == ALWAYS or (test and verbs[place] > 0 and verbs[place] & test):
            tagged[place] = results[kinds[place - 1], tagged[place - 1], tagged[place]]
        elif test and verbs[place] < 0:
            asked[count] = place
            count += 1
    return tagged, asked[:count]
