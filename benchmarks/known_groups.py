"""Known groups: opinion articles must hedge and judge more than news; articles of odd and even days must not differ.

    FRAMING_CORPORA=../shared/corpora python benchmarks/known_groups.py

Groups of allsides_stories: `opinion` where the title begins with "Opinion", "Editorial" or "Commentary" or the address has a
folder opinion, opinions or commentisfree; all other articles are `news`, so some opinion hides among them and the ratios are too
small rather than too large. Rubin (2004) found more marks of certainty and doubt in editorials than in news. The negative control
compares odd with even days of publication. Groups of BABE: sentences that experts coded as the writer's opinion, against those
coded as entirely factual. Ratios are compared in the journalist's voice, within topics (odd and even days: within outlets).
Writes benchmarks/results/known_groups.json.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

import framing as fr

RESULTS = Path(__file__).parent / "results"
SCORES = Path(__file__).parents[1] / "paper" / "data" / "allsides_scores.csv"
MEASURES = ("hedging", "loaded", "boosters", "modality", "degree", "weasel", "approximators", "attributions")
OPINION_TITLE, OPINION_FOLDER = re.compile(r"(opinion|editorial|commentary)\b", re.I), re.compile(r"/(opinions?|commentisfree)/")
BABE_GROUPS = {"Expresses writer’s opinion": "opinion", "Entirely factual": "news"}
COLUMNS = [
    "groups", "measure", "estimate", "conf_low", "conf_high", "p_value", "rate", "rate_reference", "n_articles",
    "n_articles_reference", "status",
]  # fmt: skip


def main() -> None:
    corpora = Path(os.environ["FRAMING_CORPORA"])
    scores = pd.read_csv(SCORES, dtype={"article": str})
    tables = [
        compare(scores, opinion_or_news(scores, corpora), "topic", "opinion", "news"),
        compare(scores, odd_or_even(scores), "outlet", "odd days", "even days"),
        compare_sentences(corpora),
    ]
    table = pd.concat(tables, ignore_index=True)
    print(table.to_string(index=False, float_format=lambda x: f"{x:.3f}"))
    records = json.loads(table.to_json(orient="records", double_precision=4))
    (RESULTS / "known_groups.json").write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")


def opinion_or_news(scores: pd.DataFrame, corpora: Path) -> list[str]:
    records = read(corpora / "allsides_stories" / "articles.jsonl")
    opinion = {one["article"] for one in records if OPINION_TITLE.match(one["title"]) or OPINION_FOLDER.search(one["url"])}
    return ["opinion" if article in opinion else "news" for article in scores["article"]]


def odd_or_even(scores: pd.DataFrame) -> list[str]:
    return ["odd days" if int(date[-2:]) % 2 else "even days" for date in scores["date"]]


def compare(scores: pd.DataFrame, groups: Sequence[str], strata: str | None, one: str, other: str) -> pd.DataFrame:
    """Ratios of one group to the other; strata hold the groups' own topic or outlet."""
    grouped = scores.drop(columns="story").assign(stratum=scores[strata] if strata else "", outlet=groups)
    contrasts = fr.compare_outlets(
        grouped, MEASURES, outlets=[one], reference=other, strata="stratum" if strata else None, adjust=None, seed=0
    )
    return contrasts.assign(groups=f"{one} against {other}")[COLUMNS]


def compare_sentences(corpora: Path) -> pd.DataFrame:
    """BABE's training sentences by what experts called them, each as an article of its own."""
    records = [one for one in read(corpora / "gold_loaded_babe" / "train.jsonl") if one["opinion"] in BABE_GROUPS]
    articles = fr.read_articles(
        pd.DataFrame({"article": [one["id"] for one in records], "text": [one["text"] for one in records]})
    )
    scores = fr.score_articles(fr.annotate(articles, furniture=True, progress=False)).assign(story="")
    table = compare(scores, [BABE_GROUPS[one["opinion"]] for one in records], None, "opinion", "news")
    return table.assign(groups="opinion sentences against factual sentences")


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


if __name__ == "__main__":
    main()
