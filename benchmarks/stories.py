"""Same story: articles matched by their words against the stories that people put together, everything chosen on other stories.

    FRAMING_CORPORA=../shared/corpora python benchmarks/stories.py

basil_stories: 100 stories told by three outlets each. Nested cross-validation: five folds of whole stories (seed 0); views (whole
article; and its first 100 words; or its first 60 and first 200), likeness as it is or above what is usual for the articles,
linkage and threshold are chosen by pair F1 on the articles of the other folds alone. F1 is averaged over thresholds .02 to either
side, because the best single threshold is often a lucky one; of settings that do equally well the one with most thresholds that
do as well (within .005) is taken, and of these the strictest, because it will be used among more articles, where more can be
mistaken. Then all articles are grouped, and every pair with
an article of the fold is counted (by half, where the other one is in another fold, in which it is counted again).

- precision, recall, F1 of pairs; ARI over all articles, each with the group it has when its fold is tested; exact: stories found
  just as they are.
- text only; with a window of 3 days; one article per outlet; both; the stories about one person only (event or any title names
  him), text only; as controls dates alone, and dates and outlets alone (the best of three linkages and of 0 to 4 days apart).
- defaults: `match_stories` as it stands, with nothing chosen here (its thresholds were chosen with these stories in view, so
  the nested figures are the ones to quote).
- told once: one article of each story, so that every pair that is joined is wrong. Text alone cannot know that a story was told
  once; dates do most of the work.

allsides_stories: the stories were made with TF-IDF and a window of one day, so agreement with them is circular; the defaults
within one day are printed all the same. Writes benchmarks/results/stories.json.
"""

from __future__ import annotations

import itertools
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from framing.corpus.articles import read_articles
from framing.corpus.days import number_days
from framing.corpus.likeness import mean_of_nearest, weigh_articles
from framing.corpus.shingles import Vocabulary, number_words
from framing.corpus.stories import MOST_ASKED, MOST_USUAL, NEIGHBOURS, match_stories

RESULTS = Path(__file__).parent / "results" / "stories.json"
PERSON = "Trump"
VIEWS = {"whole + 60 + 200": (None, 60, 200), "whole + 100": (None, 100), "whole": (None,)}
LINKAGES = ("complete", "average")
THRESHOLDS = {"likeness": np.arange(0.04, 0.3, 0.01), "excess": np.arange(-0.1, 0.1, 0.01)}
LEAST = (0.0, 0.1, 0.12)
N_FOLDS = 5


def main() -> None:
    corpora = Path(os.environ["FRAMING_CORPORA"])
    basil = read(corpora / "basil_stories" / "articles.jsonl")
    person = basil[about_person(basil)].reset_index(drop=True)
    settings = {
        "text only": (basil, {}), "3-day window": (basil, {"window": 3}), "one per outlet": (basil, {"one_per_outlet": True}),
        "3-day window, one per outlet": (basil, {"window": 3, "one_per_outlet": True}), "one person, text only": (person, {}),
    }  # fmt: skip
    rows = [{"setting": name, **nested(articles, **how)} for name, (articles, how) in settings.items()]
    rows += [{"setting": f"control: {name}", **control(basil, outlets)} for name, outlets in CONTROLS.items()]
    rows += [
        {"setting": f"defaults: {name}", **defaults(articles, window, one)}
        for name, articles, window, one in (
            ("text only", basil, None, False), ("3-day window", basil, 3, False),
            ("3-day window, one per outlet", basil, 3, True), ("one person, text only", person, None, False),
        )
    ]  # fmt: skip
    allsides = read(corpora / "allsides_stories" / "articles.jsonl")
    rows += [{"setting": f"allsides_stories (circular), defaults: {name}", **defaults(allsides, window, False)}
             for name, window in (("1-day window", 1), ("text only", None))]  # fmt: skip
    table = pd.DataFrame(rows)
    print(table.to_string(index=False, float_format=lambda x: f"{x:.3f}"))
    once = [told_once(name, articles) for name, articles in (("basil_stories", basil), ("allsides_stories", allsides))]
    print(pd.DataFrame(once).to_string(index=False))
    results = {"matched": json.loads(table.to_json(orient="records", double_precision=4)), "told_once": once}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> pd.DataFrame:
    articles = read_articles(path)
    return articles.assign(outlet=articles["outlet"].str.upper())  # two articles of one outlet are spelt in small letters


def about_person(articles: pd.DataFrame) -> pd.Series:
    """Whether the event or any title of the article's story names the person."""
    named = articles["title"].str.contains(PERSON) | articles["event"].str.contains(PERSON)
    return named.groupby(articles["story"]).transform("any")


@dataclass(frozen=True)
class Setting:
    """One way to group articles."""

    views: str
    kind: str
    least: float
    linkage: str
    threshold: float


def nested(articles: pd.DataFrame, window: float | None = None, one_per_outlet: bool = False) -> dict[str, object]:
    """Every choice made on the other folds' stories; the fold's pairs counted among all articles."""
    story = pd.factorize(articles["story"])[0]
    fold = np.random.default_rng(0).permutation(story.max() + 1)[story] % N_FOLDS
    apart = forbidden(articles, window, one_per_outlet)
    tables = {(views, kind): likeness(articles, views, kind) for views in VIEWS for kind in THRESHOLDS}
    groups = np.zeros(len(story), np.int64)
    counts, chosen, exact = np.zeros(3), [], 0
    for test in range(N_FOLDS):
        train, tested = fold != test, fold == test
        best = choose(list(choices(tables, apart, train, story)))
        found = group(*tables[best.views, best.kind], apart, best)
        counts += count_pairs(found, story, tested)
        groups[tested] = found[tested] + test * len(story)
        exact += count_exact(found, story, tested)
        chosen.append(f"{best.views}; {best.kind} {best.threshold:.2f}, at least {best.least}; {best.linkage}")
    return {**rates(*counts), "ari": adjusted_rand(groups, story), "exact": exact, "stories": int(story.max()) + 1,
            "chosen": " | ".join(chosen)}  # fmt: skip


def choose(scored: list[tuple[float, Setting]]) -> Setting:
    """The best setting, of equal ones that with most thresholds as good, with the strictest of these."""
    best = max(f1 for f1, _ in scored)
    as_good: dict[Setting, list[float]] = {}
    for f1, one in scored:
        if f1 >= best - 0.005:
            as_good.setdefault(replace(one, threshold=0), []).append(one.threshold)
    reach_best = {replace(one, threshold=0) for f1, one in scored if f1 == best}
    setting = max((one for one in as_good if one in reach_best), key=lambda one: len(as_good[one]))
    return replace(setting, threshold=max(as_good[setting]))


def choices(tables, apart, train, story):
    """Pair F1 of every setting on some articles, smoothed over thresholds."""
    inside = np.ix_(train, train)
    for (views, kind), (like, value) in tables.items():
        for least, how in itertools.product(LEAST, LINKAGES):
            settings = [Setting(views, kind, least, how, float(threshold)) for threshold in THRESHOLDS[kind]]
            found = [group(like[inside], value[inside], apart[inside], one) for one in settings]
            f1 = [rates(*count_pairs(one, story[train], np.ones(train.sum(), bool)))["f1"] for one in found]
            yield from zip(np.convolve(f1, np.ones(5) / 5, "valid").round(6), settings[2:-2], strict=True)


def likeness(articles: pd.DataFrame, views: str, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Likeness of every two articles, and the value that a threshold is put to."""
    vocabulary = Vocabulary()
    titles = number_words(articles["title"].tolist(), vocabulary)
    matrix = weigh_articles(titles, number_words(articles["text"].tolist(), vocabulary), VIEWS[views])
    like = (matrix @ matrix.T).toarray()
    if kind == "likeness":
        return like, like
    usual = np.minimum(mean_of_nearest(matrix, np.arange(len(like)), NEIGHBOURS, MOST_ASKED), MOST_USUAL)
    return like, like - (usual[:, None] + usual[None, :]) / 2


def forbidden(articles: pd.DataFrame, window: float | None, one_per_outlet: bool) -> np.ndarray:
    """Pairs that cannot be one story."""
    day, outlet = number_days(articles), articles["outlet"].to_numpy()
    apart = np.abs(day[:, None] - day[None, :]) > (np.inf if window is None else window)
    return apart | ((outlet[:, None] == outlet[None, :]) if one_per_outlet else False)


_TREES: dict[tuple[object, ...], np.ndarray] = {}


def group(like: np.ndarray, value: np.ndarray, apart: np.ndarray, setting: Setting) -> np.ndarray:
    """The group of each article; trees are kept, because only the threshold differs from one call to the next."""
    key = (setting.views, setting.kind, setting.least, setting.linkage, len(like), like.sum(), apart.sum())
    if key not in _TREES:
        _TREES.clear()
        distance = np.where(apart | (like < setting.least), 4.0, 2.0 - value)
        np.fill_diagonal(distance, 0)
        _TREES[key] = linkage(squareform(distance, checks=False), setting.linkage)
    return fcluster(_TREES[key], 2.0 - setting.threshold, "distance").astype(np.int64)


def count_pairs(found: np.ndarray, story: np.ndarray, tested: np.ndarray) -> np.ndarray:
    """Right pairs, pairs found, true pairs, of those with an article that is tested."""
    joined, same = found[:, None] == found[None, :], story[:, None] == story[None, :]
    counted = np.triu((tested[:, None] * 1.0 + tested[None, :]) / 2, 1)
    return np.array([counted[joined & same].sum(), counted[joined].sum(), counted[same].sum()])


def rates(right: float, found: float, true: float) -> dict[str, float]:
    return {"precision": right / max(found, 1), "recall": right / true, "f1": 2 * right / (found + true)}


def count_exact(found: np.ndarray, story: np.ndarray, tested: np.ndarray) -> int:
    """Stories with all their articles, and no other, in one group."""
    stories = np.unique(story[tested])
    return sum(np.array_equal(found == found[story == one][0], story == one) for one in stories)


def adjusted_rand(found: np.ndarray, story: np.ndarray) -> float:
    """Hubert & Arabie (1985)."""

    def pairs(labels: list[object]) -> float:
        sizes = pd.Series(labels).value_counts().to_numpy()
        return float((sizes * (sizes - 1) / 2).sum())

    both, one, other = pairs(list(zip(found, story, strict=True))), pairs(list(found)), pairs(list(story))
    expected = one * other / (len(story) * (len(story) - 1) / 2)
    return (both - expected) / ((one + other) / 2 - expected)


def defaults(articles: pd.DataFrame, window: float | None, one_per_outlet: bool) -> dict[str, object]:
    matched = match_stories(articles, window_days=window, one_per_outlet=one_per_outlet)
    return score(named(matched), articles)


def named(matched: pd.DataFrame) -> np.ndarray:
    return pd.factorize(matched["story"].where(matched["story"] != "", "alone " + matched["article"]))[0]


def score(found: np.ndarray, articles: pd.DataFrame) -> dict[str, object]:
    story, all_of_them = pd.factorize(articles["story"])[0], np.ones(len(articles), bool)
    counts = rates(*count_pairs(found, story, all_of_them))
    return {**counts, "ari": adjusted_rand(found, story), "exact": count_exact(found, story, all_of_them),
            "stories": int(story.max()) + 1, "chosen": ""}  # fmt: skip


CONTROLS = {"dates alone": False, "dates and outlets alone": True}


def control(articles: pd.DataFrame, one_per_outlet: bool) -> dict[str, object]:
    day = number_days(articles)
    distance = np.where(forbidden(articles, 4, one_per_outlet), 1e3, np.abs(day[:, None] - day[None, :]))
    np.fill_diagonal(distance, 0)
    trees = [linkage(squareform(distance, checks=False), how) for how in ("complete", "average", "single")]
    found = [score(fcluster(tree, days, "distance"), articles) for tree in trees for days in range(5)]
    return max(found, key=lambda one: one["f1"])


def told_once(name: str, articles: pd.DataFrame) -> dict[str, object]:
    """How many pairs are joined where no two articles tell the same story."""
    once = articles.drop_duplicates("story").reset_index(drop=True)
    wrong = {}
    for how, window in (("text_only", None), ("3_days", 3)):
        sizes = pd.Series(named(match_stories(once, window_days=window))).value_counts()
        wrong[f"wrong_pairs_{how}"] = int((sizes * (sizes - 1) / 2).sum())
    return {"corpus": name, "articles": len(once), **wrong}


if __name__ == "__main__":
    main()
