"""What a pilot says about a planned comparison: its rate, the variance beyond Poisson within and between stories, its lengths.

By moments, y the count, T the exposure and m = r T the count expected at the outlet's rate r = sum(y) / sum(T):

    phi_unmatched = sum [f (y - m)^2 - m] / sum m^2                                                       over articles
    phi_matched = sum h^2 [f (y_i/m_i - y_j/m_j)^2 - 1/m_i - 1/m_j] / (2 sum h^2), h = m_i m_j / (m_i + m_j)   over pairs

A pair is two articles that two outlets wrote on one story. f = 1 / (1 - 2 p + sum p^2), p = T / sum(T), because the outlet's own
articles gave r; with equal lengths it is n / (n - 1), and for a pair sqrt(f_i f_j). Both weights are those with which the
variance enters the ratio that is planned (long articles weigh more). Since phi_unmatched is (1 + a) (1 + c2) - 1 and phi_matched
is a (1 + c2), the stories' variance c2 is their difference. Few skewed counts give moments that vary widely and are mostly low.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.compare.quantities import check_scores, choose_quantity

MIN_PILOT = 5  # articles and occurrences of an outlet in a pilot, as for the interval of a described rate
FEW_PILOT = 40  # chosen: fewer articles tell too little of their dispersion, see above


@dataclass(frozen=True)
class Assumed:
    """What a plan rests on; nan where a pilot cannot tell."""

    rate: float
    """Occurrences per unit of exposure."""
    words: float
    """Median exposure of an article, if lengths are lognormal."""
    words_spread: float
    """Standard deviation of the logarithm of exposures."""
    dispersion: float
    """a, the variance that an article adds to its story."""
    story_variance: float
    """c2, how much stories differ."""
    note: str
    """What to know about the pilot."""


def read_pilot(scores: pd.DataFrame, measure: str, voice: str, design: str) -> Assumed:
    """Moments of the outlets that have enough articles and occurrences; the formulas stand above."""
    articles = _pilot_articles(scores, measure, voice)
    if articles.empty:
        return Assumed(np.nan, np.nan, np.nan, np.nan, np.nan, "")
    y, T, m, f = (articles[name].to_numpy(float) for name in ("y", "T", "m", "f"))
    unmatched = max(float((f * (y - m) ** 2 - m).sum() / (m**2).sum()), 0.0)
    matched, n_pairs = _phi_matched(articles)
    matched = min(max(matched, 0.0), unmatched) if n_pairs else unmatched  # stories cannot take away from the variance
    notes = []
    if not n_pairs and design == "matched":
        notes.append("the outlets of the pilot share no story, so matching is planned as if it gained nothing")
    if len(articles) < FEW_PILOT:
        notes.append(f"the pilot's {len(articles)} usable articles tell little of their dispersion, mostly too little; plan more")
    cv2 = T.var() / T.mean() ** 2
    return Assumed(
        rate=float(y.sum() / T.sum()),
        words=float(T.mean() / np.sqrt(1 + cv2)),
        words_spread=float(np.sqrt(np.log(1 + cv2))),
        dispersion=matched / (1 + unmatched - matched),
        story_variance=unmatched - matched,
        note="; ".join(notes),
    )


def _pilot_articles(scores: pd.DataFrame, measure: str, voice: str) -> pd.DataFrame:
    """outlet story y T, the expected count m at the outlet's rate, and f for having estimated that rate."""
    quantity = choose_quantity(measure, voice)
    check_scores(scores, [quantity], None, None, None, None)
    story = scores["story"] if "story" in scores.columns else ""
    columns = {"outlet": scores["outlet"], "story": story, "y": scores[quantity.count], "T": scores[quantity.exposure]}
    table = pd.DataFrame(columns)
    table = table[table["T"] > 0]
    n, y, T = (table.groupby("outlet")[name].transform(how) for name, how in (("y", "size"), ("y", "sum"), ("T", "sum")))
    p = table["T"] / T
    f = 1 / (1 - 2 * p + (p**2).groupby(table["outlet"]).transform("sum"))
    return table.assign(m=table["T"] * y / T, f=f)[(n >= MIN_PILOT) & (y >= MIN_PILOT)]


def _phi_matched(articles: pd.DataFrame) -> tuple[float, int]:
    """phi within stories, and the number of pairs of articles that two outlets wrote on one story."""
    told = articles[articles["story"].notna() & (articles["story"] != "")]
    pairs = told.merge(told, on="story", suffixes=("_i", "_j"))
    pairs = pairs[pairs["outlet_i"] < pairs["outlet_j"]]
    m_i, m_j = pairs["m_i"], pairs["m_j"]
    h = m_i * m_j / (m_i + m_j)
    square = (pairs["y_i"] / m_i - pairs["y_j"] / m_j) ** 2 * np.sqrt(pairs["f_i"] * pairs["f_j"])
    return float((h**2 * (square - 1 / m_i - 1 / m_j)).sum() / (2 * (h**2).sum())) if len(pairs) else np.nan, len(pairs)
