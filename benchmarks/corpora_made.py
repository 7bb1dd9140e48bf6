"""Corpora made by chance, with known rates: what the calibration of the contrasts is checked on.

Two ways to make counts. `gamma`: negative binomial articles, as in most simulations. `bursts`: hits come in bursts of one to
many in one passage, and articles differ by a lognormal factor; this one was written after the tests were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np


@dataclass(frozen=True)
class Design:
    """How two outlets' articles are made."""

    stories: int = 0
    """Stories that both outlets tell; 0 for an unmatched design."""
    n_a: int = 1
    """Articles of outlet A, a story or in all."""
    n_b: int = 1
    """Articles of outlet B."""
    rate: float = 8.0
    """Hits per 1,000 words."""
    ratio: float = 1.0
    """Of A's rate to B's."""
    length_ratio: float = 1.0
    """How many times as long A's articles are."""
    dispersion: tuple[float, float] = (0.2, 0.2)
    """Of A's and B's articles beyond chance (alpha of a negative binomial)."""
    copied: float = 0.0
    """Share of A's articles that repeat another of A's."""
    topics: tuple[float, float] | None = None
    """Share of a topic with twice the rate in A and B."""
    generator: str = "gamma"
    """`gamma` or `bursts`."""


class Made(NamedTuple):
    """Articles."""

    y: np.ndarray
    """Hits."""
    T: np.ndarray
    """Words."""
    in_a: np.ndarray
    """Whether outlet A wrote it."""
    story: np.ndarray
    """Number of the story, or of the article where none is shared."""
    unit: np.ndarray
    """The same for copies."""
    topic: np.ndarray
    """0 or 1."""


def make(design: Design, rng: np.random.Generator) -> Made:
    """Story sd .5 and outlet-by-story sd .2 of log rates, words lognormal around 600 with sd .5."""
    copies = max(design.stories, 1)
    in_a = np.repeat(np.tile([True, False], copies), np.tile([design.n_a, design.n_b], copies))
    n = len(in_a)
    story = np.repeat(np.arange(copies), design.n_a + design.n_b) if design.stories else np.arange(n)
    T = np.maximum(50, np.round(600 * np.exp(rng.normal(0, 0.5, n)) * np.where(in_a, design.length_ratio, 1.0)))
    cell = story * 2 + in_a
    effect = rng.normal(0, 0.5, story.max() + 1)[story] if design.stories else 0.0
    effect = effect + rng.normal(0, 0.2, cell.max() + 1)[cell]
    topic = np.zeros(n, dtype=int)
    if design.topics:
        topic = (rng.uniform(size=n) < np.where(in_a, *design.topics)).astype(int)
    mean = T * design.rate / 1000 * np.exp(effect) * np.where(in_a, design.ratio, 1.0) * (1 + topic)
    y, unit = _count(design, mean, in_a, rng), np.arange(n)
    copied = np.flatnonzero(in_a & (rng.uniform(size=n) < design.copied))
    if len(copied):
        origin = rng.choice(np.flatnonzero(in_a), len(copied))
        y, T, unit = y.copy(), T.copy(), unit.copy()
        y[copied], T[copied], unit[copied] = y[origin], T[origin], unit[origin]
    return Made(y.astype(float), T, in_a, story, unit, topic)


def _count(design: Design, mean: np.ndarray, in_a: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    alpha = np.where(in_a, *design.dispersion)
    if design.generator == "gamma":
        return rng.poisson(mean * rng.gamma(1 / alpha, alpha))
    sd = np.sqrt(np.log1p(alpha / 2))
    bursts = rng.poisson(mean / 1.6 * np.exp(rng.normal(-(sd**2) / 2, sd)))  # a burst holds 1.6 hits on average
    return np.array([rng.geometric(1 / 1.6, count).sum() for count in bursts])


def bursty(design: Design) -> Design:
    """The same design with counts that come in bursts."""
    return replace(design, generator="bursts")
