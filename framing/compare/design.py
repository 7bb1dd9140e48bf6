"""What a corpus can and cannot answer, before any result is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from framing.compare.flips import smallest_p_matched
from framing.compare.pairs import pair_outlets
from framing.compare.permutations import smallest_p_unmatched
from framing.compare.quantities import Quantity, check_scores
from framing.compare.screening import LENGTH_RATIO, TOPIC_POINTS, topic_gap
from framing.corpus.progress import follow

COLUMNS = (
    "outlet", "reference", "n_articles", "n_articles_reference", "n_stories_shared", "n_stories_dropped", "n_copies",
    "min_p_matched", "min_p_unmatched", "length_ratio", "topic_gap", "advice",
)  # fmt: skip
_WORDS = Quantity("words", "n_words", "n_words", 1)


def compare_design(
    scores: pd.DataFrame,
    *,
    outlets: Sequence[str] | None = None,
    cluster: str | None = None,
    alpha: float = 0.05,
    quiet: bool = False,
    progress: bool | None = None,
) -> pd.DataFrame:
    """One row for each pair of outlets: what they share, what a test could find, how alike they are, and plain advice.

    Columns: outlet reference n_articles n_articles_reference, n_stories_shared and n_stories_dropped (stories that only one of
    the two has), n_copies (articles that are not the first of their group in the column `cluster`), min_p_matched min_p_unmatched
    (the smallest p that a test could give), length_ratio (of median words), topic_gap (the largest difference of a topic's share,
    in points), advice. Unless `quiet`, what it means is printed. `progress` shows a bar (default: where it is seen).

    Run it before `compare_outlets`: it needs no measure, so it cannot be chosen by its results.

    Raises ContrastError for an unknown outlet or column.

    >>> scores = pd.DataFrame({"article": list("abcd"), "outlet": list("xxyy"), "story": list("1212"), "n_words": [300] * 4})
    >>> design = compare_design(scores)
    2 outlets, 4 articles, 2 stories, 2 of them in two outlets or more.
    y and x: describe only: 2 shared stories and 2 against 2 articles allow no test.
    """
    check_scores(scores, [_WORDS], None, cluster, None, outlets)
    present = sorted(scores["outlet"].unique()) if outlets is None else list(dict.fromkeys(outlets))
    pairs = follow(list(combinations(present, 2)), "design", progress, unit="pairs")
    rows = [_pair(scores, b, a, cluster, alpha) for a, b in pairs]
    design = pd.DataFrame(rows, columns=list(COLUMNS))
    if not quiet:
        print(summarise_design(design, scores[scores["outlet"].isin(present)]))
    return design


def _pair(scores: pd.DataFrame, outlet: str, reference: str, cluster: str | None, alpha: float) -> tuple[object, ...]:
    pair = pair_outlets(scores, _WORDS, outlet, reference, None, cluster)
    a, b = (scores[scores["outlet"] == name] for name in (outlet, reference))
    one, two = (_stories(side) for side in (a, b))
    matched = smallest_p_matched(len(one & two)) if one & two else 1.0
    unmatched = smallest_p_unmatched([pair.n_units])
    longer = a["n_words"].median() / b["n_words"].median()
    n_copies = len(a) + len(b) - sum(pair.n_units)
    return (
        outlet, reference, len(a), len(b), len(one & two), len(one ^ two), n_copies, matched, unmatched, longer,
        topic_gap(pair.a["topic"], pair.b["topic"]),
        _advice(len(one & two), matched, len(a), len(b), unmatched, alpha),
    )  # fmt: skip


def _stories(scores: pd.DataFrame) -> set[str]:
    return set(scores["story"].dropna()) - {""} if "story" in scores.columns else set()


def _advice(stories: int, matched: float, n_a: int, n_b: int, unmatched: float, alpha: float) -> str:
    """Matched stories first (they pay in power), then articles, then description only."""
    if matched <= alpha:
        return f"compare within the {stories} shared stories: strata='story'"
    if unmatched <= alpha and min(n_a, n_b) > 1:
        return f"compare articles without strata ({stories} shared stories are too few); say that stories differ"
    return f"describe only: {stories} shared stories and {n_a} against {n_b} articles allow no test"


def summarise_design(design: pd.DataFrame, scores: pd.DataFrame) -> str:
    """The design in plain sentences, one line for each pair."""
    stories = scores[scores["story"].fillna("") != ""] if "story" in scores.columns else scores.head(0)
    shared = stories.groupby("story")["outlet"].nunique() if len(stories) else pd.Series(dtype=int)
    head = f"{scores['outlet'].nunique()} outlets, {len(scores)} articles, {len(shared)} stories, "
    head += f"{int((shared > 1).sum())} of them in two outlets or more."
    return "\n".join([head, *(_sentence(row) for row in design.to_dict("records"))])


def _sentence(row: dict[str, object]) -> str:
    parts = [f"{row['outlet']} and {row['reference']}: {row['advice']}"]
    length, topics, copies = (float(str(row[name])) for name in ("length_ratio", "topic_gap", "n_copies"))
    matched = "within" in str(row["advice"])
    if max(length, 1 / length) > LENGTH_RATIO:
        parts.append(f"articles of {row['outlet']} are {length:.1f} times as long: see adjust_for_length")
    if topics > TOPIC_POINTS and not matched:
        parts.append(f"topics differ by up to {topics:.0f} points: strata='topic'")
    if copies:
        parts.append(f"{copies:.0f} copies: compare with cluster=")
    return "; ".join(parts) + "."
