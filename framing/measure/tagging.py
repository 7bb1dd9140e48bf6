"""Tags for the words of many texts at once (see `framing.measure.tags`): table look-ups, then the repairs from left to right.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.forms import Forms, Ints
from framing.measure.tags import ALWAYS, VERBS, WORDS, repairs


def tag_words(forms: Forms, keys: Ints, sentence_starts: Ints) -> Ints:
    """A tag's code (its place in `tags.names()`) for each word, the words given by their numbers.

    >>> from framing.measure.tags import names
    >>> from framing.measure.words import find_columns
    >>> columns = find_columns("The minister claims that the claims failed .")
    >>> [names()[code] for code in tag_words(columns.forms, columns.keys, np.array([0]))[2:6]]
    ['VBZ', 'IN', 'DT', 'NNS']
    """
    tests, results = repairs()
    while True:  # until all words that a repair asks about are known: few are asked about, so they are worked out late
        tagged, asked = _tag(keys, sentence_starts, WORDS.values(forms.keys), VERBS.known(forms.lower), tests, results)
        if not len(asked):
            return tagged
        VERBS.learn(forms.lower, keys[asked])


@kernel
def _tag(keys: Ints, starts: Ints, words: Ints, verbs: Ints, tests: Ints, results: Ints) -> tuple[Ints, Ints]:
    """The repaired codes, and the places of words of which it is not known yet whether they are verbs."""
    tagged, asked, count = np.empty(len(keys), dtype=np.int64), np.empty(len(keys), dtype=np.int64), 0
    sentence, kind, before = 0, np.int64(0), np.int64(0)
    start = starts[0] if len(starts) else len(keys)
    for place in range(len(keys)):
        word = words[keys[place]]
        code = word & 255
        if place == start:
            code = (word >> 8) & 255
            while sentence < len(starts) and starts[sentence] == place:  # a sentence may hold no word
                sentence += 1
            start = starts[sentence] if sentence < len(starts) else len(keys)
        elif place and tests[kind, before, code]:
            test, verb = np.int64(tests[kind, before, code]), verbs[keys[place]]
            if test == ALWAYS or (verb > 0 and verb & test):
                code = np.int64(results[kind, before, code])
            elif verb < 0:
                asked[count] = place
                count += 1
        tagged[place] = before = code
        kind = word >> 16
    return tagged, asked[:count].copy()
