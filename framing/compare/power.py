"""The power of a planned comparison: what makes the log of a rate ratio uncertain, in matched and in unmatched designs.

One formula serves both designs. The n units are stories (matched: one article of each outlet) or articles of each outlet
(unmatched: no story shared); outlet A writes r_A and outlet B r_B per word, and theta = r_A / r_B.

    Var(log ratio) = (1/n) [(1/r_A + 1/r_B) / M + 2 phi q]

A count is a Poisson draw around rate x words x story x article. Story and article are multipliers with mean 1 and variances c2
(`story_variance`) and a (`dispersion`, what an article adds to its story). The first term is the Poisson noise, the second what
the multipliers add. Matched: the Mantel-Haenszel terms differ by h (y_A / T_A - y_B / T_B) with h = T_A T_B / (T_A + T_B), so a
story's own multiplier cancels except that it scales the rest: M = 2 E(h), q = E(h^2) / E(h)^2, phi = a (1 + c2). Unmatched: the
pooled rates have M = E(T), q = E(T^2) / E(T)^2, phi = (1 + a) (1 + c2) - 1, because each article brings a story of its own.
The unmatched form is the negative-binomial one of Zhu & Lakkis (2014) with unequal lengths. Power is that of a t test of
log theta at the largest level that the resampling test can attain; `benchmarks/planning.py` sets it beside simulated power.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from framing.compare.flips import smallest_p_matched
from framing.compare.permutations import smallest_p_unmatched

RESOLVED = 30  # from so many units on the steps of p are finer than 1e-8


@dataclass(frozen=True)
class Study:
    """A planned study without its size and its ratio; the symbols are the module's."""

    design: str
    r_B: float  # noqa: N815 # the formula's symbol
    """Occurrences per unit of exposure in the reference outlet."""
    length: float
    """Mean exposure of an article, E(T)."""
    M: float
    """Effective exposure of a unit."""
    q: float
    """How uneven exposures are; 1 = all alike."""
    phi: float
    """Variance beyond Poisson, relative to the squared mean."""
    alpha: float
    """Level of the test."""


def describe_study(design: str, r_B: float, assumed: dict[str, float], alpha: float) -> Study:
    """Lengths are lognormal; h = sqrt(T_A T_B) sech(u) / 2 with u = (log T_A - log T_B) / 2, integrated by Gauss-Hermite."""
    w, s, a, c2 = (assumed[name] for name in ("words", "words_spread", "dispersion", "story_variance"))
    length = w * np.exp(s**2 / 2)
    if design == "unmatched":
        return Study(design, r_B, length, M=length, q=np.exp(s**2), phi=(1 + a) * (1 + c2) - 1, alpha=alpha)
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    sech = 1 / np.cosh(nodes * s / np.sqrt(2))
    one, two = (weights @ sech**k / weights.sum() for k in (1, 2))
    return Study(
        design, r_B, length, M=w * np.exp(s**2 / 4) * one, q=np.exp(s**2 / 2) * two / one**2, phi=a * (1 + c2), alpha=alpha
    )


def power_of(study: Study, theta: float, n: float) -> float:
    """P(|t| > t_crit) for a noncentral t with delta = |log theta| / sqrt(Var(log ratio))."""
    r_A, r_B = theta * study.r_B, study.r_B
    variance = ((1 / r_A + 1 / r_B) / study.M + 2 * study.phi * study.q) / n
    delta = abs(np.log(theta)) / np.sqrt(variance)
    df = n - 1 if study.design == "matched" else 2 * (n - 1)
    t_crit = stats.t.isf(attainable_level(study, n) / 2, df)
    wrong_side = np.nan_to_num(stats.nct.cdf(-t_crit, df, delta))  # scipy says nan where it is too small for it
    return float(stats.nct.sf(t_crit, df, delta) + wrong_side)


def attainable_level(study: Study, n: float) -> float:
    """The largest p below alpha that resampling n against n units can give: a multiple of the smallest, 0 if there is none."""
    if n >= RESOLVED:
        return study.alpha
    smallest = _smallest_p(study.design, n)
    return float(smallest * (np.ceil(study.alpha / smallest - 1e-9) - 1))


def _smallest_p(design: str, n: float) -> float:
    return smallest_p_matched(int(n)) if design == "matched" else smallest_p_unmatched([(int(n), int(n))])


def fewest_units(study: Study) -> int:
    """6 stories or 4 articles at a level of .05."""
    return next(n for n in range(2, RESOLVED + 1) if attainable_level(study, n) > 0)


def expected_count(study: Study, theta: float, n: float) -> float:
    """Occurrences in the outlet that has fewer of them."""
    return float(n * study.length * study.r_B * np.fmin(1.0, theta))
