"""What else is used to compare word counts of two outlets.

Each takes counts, words, outlet (True for A) and story of articles, and gives a two-sided p of the ratio `theta`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import statsmodels.api as sm
from scipy import stats

Test = Callable[..., float]


def keyness(y, T, in_a, story, theta=1.0):
    """G2 of pooled words (Dunning 1993; quanteda's keyness): words are taken as independent."""
    T = np.where(in_a, theta * T, T)
    observed = np.array([y[in_a].sum(), y[~in_a].sum()])
    expected = y.sum() * np.array([T[in_a].sum(), T[~in_a].sum()]) / T.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        g2 = 2 * np.nansum(observed * np.log(observed / expected))
    return float(stats.chi2.sf(g2, 1))


def poisson(y, T, in_a, story, theta=1.0):
    """Wald test of a Poisson regression on the outlet with log(words) as offset."""
    a, b = y[in_a].sum(), y[~in_a].sum()
    if not a or not b:
        return 1.0
    ratio = a / T[in_a].sum() / (b / T[~in_a].sum())
    return _z(np.log(ratio / theta), 1 / a + 1 / b)


def negative_binomial(y, T, in_a, story, theta=1.0):
    """Wald test of a negative binomial regression (statsmodels, dispersion by maximum likelihood); 1 where it fails."""
    design = np.column_stack([np.ones_like(y), in_a])
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            fit = sm.NegativeBinomial(y, design, exposure=T).fit(disp=0, maxiter=60)
        error = fit.bse[1]
    except (np.linalg.LinAlgError, ValueError):
        return 1.0
    return _z(fit.params[1] - np.log(theta), error**2) if np.isfinite(error) and error > 0 else 1.0


def cluster_robust(y, T, in_a, story, theta=1.0):
    """Poisson regression with sandwich errors clustered by story, z quantiles (statsmodels' default): closed form."""
    a, b = y[in_a].sum(), y[~in_a].sum()
    if not a or not b:
        return 1.0
    influence = np.where(in_a, (y - T * a / T[in_a].sum()) / a, -(y - T * b / T[~in_a].sum()) / b)
    _, group = np.unique(story, return_inverse=True)
    n, groups = len(y), group.max() + 1
    variance = (np.bincount(group, influence) ** 2).sum() * groups / (groups - 1) * (n - 1) / (n - 2)
    return _z(np.log(a / T[in_a].sum() / (b / T[~in_a].sum()) / theta), variance)


def mann_whitney(y, T, in_a, story, theta=1.0):
    """Ranks of the articles' rates."""
    rates = y / np.where(in_a, theta * T, T)
    return float(stats.mannwhitneyu(rates[in_a], rates[~in_a]).pvalue)


def welch(y, T, in_a, story, theta=1.0):
    """Welch's t of the articles' rates."""
    rates = y / np.where(in_a, theta * T, T)
    p = stats.ttest_ind(rates[in_a], rates[~in_a], equal_var=False).pvalue
    return float(p) if np.isfinite(p) else 1.0


def _z(difference: float, variance: float) -> float:
    return float(2 * stats.norm.sf(abs(difference) / np.sqrt(variance)))


COMPETITORS: dict[str, Test] = {
    "keyness (G2)": keyness, "Poisson": poisson, "negative binomial": negative_binomial,
    "cluster-robust z": cluster_robust, "Mann-Whitney": mann_whitney, "Welch t": welch,
}  # fmt: skip
