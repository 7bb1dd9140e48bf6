"""Counts that hand coding of some articles corrects (design-based supervised learning, Egami et al. 2023)."""

from __future__ import annotations

import pandas as pd

from framing.compare.quantities import ContrastError


def correct_counts(scores: pd.DataFrame, count: str, gold: str, probability: str | None = None) -> pd.Series:
    """y + (R / pi)(g - y): the tool's count y, moved by the coder's count g where an article was coded (R = 1).

    pi is each article's probability of being coded: the column `probability`, or the coded share of its outlet. The corrected
    counts have the coder's mean whatever the tool's errors are, if articles were drawn for coding at random; they may be below 0.

    >>> scores = pd.DataFrame({"article": list("abcd"), "outlet": ["x"] * 4, "y": [1, 2, 3, 4], "g": [2, None, 3, None]})
    >>> correct_counts(scores, "y", "g").tolist()
    [3.0, 2.0, 3.0, 4.0]
    """
    for column in filter(None, (gold, probability)):
        if column not in scores.columns:
            raise ContrastError(f"There is no column {column!r} for gold=; the scores have {', '.join(scores.columns[:6])} ...")
    g, y = scores[gold].astype(float), scores[count].astype(float)
    R = g.notna()
    pi = scores[probability].astype(float) if probability else R.groupby(scores["outlet"]).transform("mean")
    _check(scores, g, pi, R, gold, probability)
    return y + ((g - y) / pi).where(R, 0.0)


def _check(scores: pd.DataFrame, g: pd.Series, pi: pd.Series, R: pd.Series, gold: str, probability: str | None) -> None:
    negative = scores[g < 0]
    if len(negative):
        article = negative["article"].iloc[0]
        raise ContrastError(f"The column {gold!r} holds {g[g < 0].iloc[0]} for article {article!r}; counts are 0 or more.")
    wrong = R & ~((pi > 0) & (pi <= 1))
    if wrong.any():
        article = scores.loc[wrong, "article"].iloc[0]
        raise ContrastError(
            f"The column {probability!r} holds {pi[wrong].iloc[0]} for the coded article {article!r}; "
            "a probability is above 0 and at most 1."
        )
