"""TextBlob's `Sentiment.assessments` as a compiled loop over numbers of tokens, and where in the texts its words stand.

Numba comes with this module, so it is imported only when a text is read.
"""

from __future__ import annotations

import numpy as np

from framing.measure.compiling import kernel
from framing.measure.forms import Ints
from framing.measure.sentiment import Traits


@kernel
def assess(tokens: Ints, stops: Ints, traits: Traits, found: np.ndarray, ends: Ints, words: Ints) -> int:
    """Walks through texts that end before the tokens `stops`; gives the number of assessments.

    `found` (assessments x 4) is filled with polarity before negation, subjectivity, intensity and whether it is negated; `ends`
    (assessments x 2) with the text and the place in `words` behind the assessment's last word; `words` (words x 2) with the
    tokens that belong to the assessments and whether each stands before those that were found earlier.
    """
    n, n_words, first = 0, 0, 0
    for text in range(len(stops)):
        begun, modifier, negation = n, -1, -1
        for place in range(first, stops[text]):
            token, before = tokens[place], n_words
            if traits.is_word[token]:
                if modifier < 0:
                    n += 1
                    found[n - 1, 0], found[n - 1, 1] = traits.polarity[token], traits.subjectivity[token]
                    found[n - 1, 3] = 0
                else:
                    found[n - 1, 0] = max(-1.0, min(traits.polarity[token] * found[n - 1, 2], 1.0))
                    found[n - 1, 1] = max(-1.0, min(traits.subjectivity[token] * found[n - 1, 2], 1.0))
                found[n - 1, 2] = traits.intensity[token]
                words[n_words, 0], words[n_words, 1] = token, 0
                n_words += 1
                if negation >= 0:
                    words[n_words, 0], words[n_words, 1] = negation, 1
                    n_words += 1
                    found[n - 1, 2] = 1.0 / found[n - 1, 2]
                    found[n - 1, 3] = 1
                modifier = token if traits.modifies[token] else -1
                negation = token if traits.negates[token] else -1
            else:  # it may negate, end what waits, or weigh as a mark
                if traits.negates[token]:
                    negation = token
                elif traits.ends_negation[token]:
                    negation = -1
                if negation >= 0 and modifier >= 0 and traits.is_ly[modifier]:
                    words[n_words, 0], words[n_words, 1] = negation, 0
                    n_words += 1
                    found[n - 1, 3] = 1
                    negation = -1
                elif traits.ends_modifier[token]:
                    modifier = -1
                if traits.exclaims[token] and n > begun:
                    words[n_words, 0], words[n_words, 1] = token, 0
                    n_words += 1
                    found[n - 1, 0] = max(-1.0, min(found[n - 1, 0] * 1.25, 1.0))
                elif traits.is_mark[token]:
                    n += 1
                    found[n - 1, 0], found[n - 1, 1] = traits.polarity[token], traits.subjectivity[token]
                    found[n - 1, 2], found[n - 1, 3] = traits.intensity[token], 0
                    words[n_words, 0], words[n_words, 1] = token, 0
                    n_words += 1
            if n_words > before:
                ends[n - 1, 0], ends[n - 1, 1] = text, n_words
        first = stops[text]
    return n


@kernel
def put_in_order(ends: Ints, words: Ints, ordered: Ints) -> None:
    """Fills `ordered` with the tokens of `words`, each assessment's in the order in which TextBlob gives them."""
    n, first = 0, 0
    for number in range(len(ends)):
        for place in range(ends[number, 1] - 1, first - 1, -1):
            if words[place, 1]:
                ordered[n] = words[place, 0]
                n += 1
        for place in range(first, ends[number, 1]):
            if not words[place, 1]:
                ordered[n] = words[place, 0]
                n += 1
        first = ends[number, 1]


@kernel
def find_places(texts: Ints, ends: Ints, words: Ints, stands: Ints, stops: Ints, lost: Ints, places: Ints) -> None:
    """Fills `places` with the offsets of each assessment's first and after its last word, each word the next one like it in the
    text, after the assessment before; -1 where one stands nowhere.

    `texts` and `ends` are each assessment's text and the place behind its last word in `words`; `stands` says where tokens stand
    in the texts (token, start, end), those of each text before its `stops`; `lost` (tokens) is room to work in.
    """
    text, reached, position, first_word = -1, 0, 0, 0
    for number in range(len(texts)):
        if texts[number] != text:
            text, position = texts[number], 0
            reached = stops[text - 1] if text > 0 else 0
            lost[:] = np.iinfo(np.int64).max  # after which offset each token stands nowhere: looking again would be quadratic
        start, end, at = -1, position, reached
        for place in range(first_word, ends[number]):
            word = words[place]
            while end < lost[word] and at < stops[text] and (stands[at, 0] != word or stands[at, 1] < end):
                at += 1
            if end >= lost[word] or at == stops[text]:
                lost[word] = min(end, lost[word])
                start = -1
                break
            start = stands[at, 1] if start < 0 else start
            end = stands[at, 2]
        places[number, 0], places[number, 1] = start, end
        if start >= 0:
            position = end
            while reached < stops[text] and stands[reached, 1] < position:
                reached += 1
        first_word = ends[number]
