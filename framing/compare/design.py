"""What a corpus can and cannot answer, before any result is looked at."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from framing.compare.resampling import smallest_p_matched, smallest_p_unmatched

COLUMNS = (
    "outlet", "reference", "n_articles", "n_articles_reference", "n_stories_shared", "min_p_matched", "min_p_unmatched",
    "length_ratio", "advice",
)  # fmt: skip


def compare_design(scores: pd.DataFrame, *, outlets: list[str] | None = None, alpha: float = 0.05) -> pd.DataFrame:
    """One row for each pair of outlets: shared stories, smallest attainable p, ratio of median lengths, and plain advice.

    Run it before `compare_outlets`: it needs no measure, so it cannot be chosen by its results.

    >>> scores = pd.DataFrame({"article": list("abcd"), "outlet": list("xxyy"), "story": list("1212"), "n_words": [300] * 4})
    >>> compare_design(scores)["advice"].iloc[0]
    'describe only: 2 shared stories and 2 against 2 articles allow no test'
    """
    present = sorted(scores["outlet"].unique()) if outlets is None else outlets
    rows = [_pair(scores, b, a, alpha) for a, b in combinations(present, 2)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _pair(scores: pd.DataFrame, outlet: str, reference: str, alpha: float) -> tuple[object, ...]:
    a, b = scores[scores["outlet"] == outlet], scores[scores["outlet"] == reference]
    shared = (set(a["story"].dropna()) & set(b["story"].dropna())) - {""} if "story" in scores.columns else set()
    matched = smallest_p_matched(len(shared)) if shared else 1.0
    unmatched = smallest_p_unmatched([(len(a), len(b))])
    longer = a["n_words"].median() / b["n_words"].median()
    return (
        outlet,
        reference,
        len(a),
        len(b),
        len(shared),
        matched,
        unmatched,
        longer,
        _advice(len(shared), matched, len(a), len(b), unmatched, alpha),
    )


def _advice(stories: int, matched: float, n_a: int, n_b: int, unmatched: float, alpha: float) -> str:
    """Matched stories first (they pay in power), then articles, then description only."""
    if matched <= alpha:
        return f"compare within the {stories} shared stories: strata='story'"
    if unmatched <= alpha and min(n_a, n_b) > 1:
        return f"compare articles without strata ({stories} shared stories are too few); say that stories differ"
    return f"describe only: {stories} shared stories and {n_a} against {n_b} articles allow no test"
