"""How alike articles are in the words that few others have: what stories are matched by.

Each article is weighed three times, by term frequency and inverse document frequency over words and pairs of words: as a whole,
by its first 200 words, and by its title and first 60 words. The likeness of two articles is the mean of the three cosines: news
tells at the top what happened, and further down what had happened before. (Salton & Buckley 1988; damped frequencies.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from framing.corpus.progress import follow
from framing.corpus.shingles import Ints, Words

Floats: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Matrix: TypeAlias = Any
"""A sparse matrix: one row for each article."""

VIEWS: tuple[int | None, ...] = (None, 60, 200)
"""Words of the text, from its beginning, that each view takes beside the title (see benchmarks/stories.py)."""
# A term in one article only matches nothing; one in more than half of them tells nothing (both usual).
LEAST_ARTICLES, MOST_ARTICLES = 2, 0.5


def weigh_articles(titles: Words, texts: Words, views: Sequence[int | None] = VIEWS) -> Matrix:
    """One row of length 1 for each article, so that the product of two rows is their likeness (0 to 1)."""
    from scipy.sparse import csr_array, hstack

    weighed = [_weigh(*_terms(titles, texts, length), len(texts.bounds) - 1) for length in views]
    return csr_array(hstack(weighed)) / np.sqrt(len(views))


def _terms(titles: Words, texts: Words, length: int | None) -> tuple[Ints, Ints]:
    """Every word and pair of words in title or text as (article, term), the text's words up to a length."""
    base = np.int64(max(titles.numbers.max(initial=0), texts.numbers.max(initial=0)) + 2)
    articles, terms = [], []
    for words, most in ((titles, None), (texts, length)):
        article = np.repeat(np.arange(len(words.bounds) - 1), np.diff(words.bounds))
        place = np.arange(len(words.numbers)) - words.bounds[:-1][article]
        kept = place < (len(place) if most is None else most)
        number, article = words.numbers[kept].astype(np.int64), article[kept]
        pairs = article[1:] == article[:-1]
        articles += [article, article[1:][pairs]]
        terms += [number, ((number[:-1] + 1) * base + number[1:])[pairs]]
    return np.concatenate(articles), np.concatenate(terms)


def _weigh(article: Ints, term: Ints, n: int) -> Matrix:
    from scipy.sparse import csr_array, diags_array

    kinds, column = np.unique(term, return_inverse=True)
    counts = csr_array((np.ones(len(term)), (article, column)), shape=(n, len(kinds)))  # equal places are added up
    counts.sum_duplicates()
    spread = np.bincount(counts.indices, minlength=len(kinds))
    kept = (spread >= LEAST_ARTICLES) & (spread <= max(MOST_ARTICLES * n, LEAST_ARTICLES))
    counts = counts[:, np.flatnonzero(kept)]
    counts.data = 1 + np.log(counts.data)
    weighed = counts @ diags_array(np.log((1 + n) / (1 + spread[kept])) + 1)
    return diags_array(1 / np.maximum(np.sqrt(weighed.multiply(weighed).sum(axis=1)), 1e-12)) @ weighed


def mean_of_nearest(weighed: Matrix, order: Ints, neighbours: int, most: int, progress: bool | None = False) -> Floats:
    """Of each article, the mean likeness to the articles most like it, of at most `most` spread evenly over an order."""
    n = weighed.shape[0]
    asked = order[np.unique(np.linspace(0, n - 1, min(n, most)).astype(np.int64))]
    k = max(min(neighbours, len(asked) // 4), 1)
    means = np.zeros(n)
    others = weighed[asked].T.tocsr()
    for first in follow(range(0, n, 512), "usual likeness", progress, unit="blocks of 512 articles"):
        near = (weighed[first : first + 512] @ others).toarray()
        near[asked[None, :] == np.arange(first, first + len(near))[:, None]] = 0  # not to itself
        means[first : first + len(near)] = np.sort(near, axis=1)[:, -k:].mean(axis=1)
    return means
