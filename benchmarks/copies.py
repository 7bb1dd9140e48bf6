"""Copies: edited versions of real articles found again, nothing found among different stories, and 100,000 articles in minutes.

    FRAMING_CORPORA=../shared/corpora python benchmarks/copies.py [--scale N]

Edits of each of the 300 articles of basil_stories, seeded; a version is dated one day after its original:

- furniture added: five invented lines of page furniture that no rule knows, at the beginning, in the middle and at the end;
- 5, 15, 30 % of words changed: each word, with that chance, replaced by a word drawn from all articles ("replaced"), or a third
  each replaced, dropped, or followed by such a word ("edited");
- cut to a half, to a quarter: the first half or quarter of the words;
- shuffled: paragraphs in random order under the first paragraph of an article on another story;
- half new: the first half, then as many words of an article on another story.

`copy` is the share of versions that are found as a copy of their original, `found` the share found as a copy or with shared
passages; `containment` the median of five-word-shingle containment, and `by_shingles` the share found as a copy by it alone
(half or more). False pairs are those between articles (or versions of articles) on different stories, whatever their dates,
those of "half new" and "shuffled" with the article that they took words from aside.

`--scale N` instead finds copies among N articles made from all articles of allsides_stories and basil_stories: the sentences of
three articles drawn at random are mixed, as many as one of them has, and in a share of them (three quarters) each word is
replaced with a chance of one half by a word drawn from all; every tenth article is a copy of an earlier one, cut and changed;
dates are spread over two years. Finding page furniture is part of the time. All pairs are looked for, then pairs that a sample
of shingles proposes, with the share of all pairs that it keeps.
Writes benchmarks/results/copies.json; what the other runs wrote there is kept."""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from framing.corpus.articles import read_articles
from framing.corpus.cleaning import exclude_furniture
from framing.corpus.copies import find_copies

RESULTS = Path(__file__).parent / "results" / "copies.json"
FURNITURE = (
    "Orrel Evening Mirror on your phone: get the app", "More from the valley desk", "Story continues below the picture",
    "Keep our reporters on the road with a crown a week", "Printed and put online by the Varn Lane Press Company",
)  # fmt: skip
Edit = Callable[[str, random.Random, list[str], str], str]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=0)
    options = parser.parse_args()
    corpora = Path(os.environ["FRAMING_CORPORA"])
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    articles = read_articles(corpora / "basil_stories" / "articles.jsonl")
    if options.scale:
        texts = [*articles["text"], *read_articles(corpora / "allsides_stories" / "articles.jsonl")["text"]]
        results.setdefault("scale", {})[str(options.scale)] = measured = measure_scale(texts, options.scale)
        print(measured)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        return
    table = pd.DataFrame([{"edit": name, **measure(articles, name, edit)} for name, edit in EDITS.items()])
    print(table.to_string(index=False))
    results["edits"] = json.loads(table.to_json(orient="records", double_precision=4))
    results["originals"] = measure_originals(articles)
    print(results["originals"])
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measure(articles: pd.DataFrame, name: str, edit: Edit) -> dict[str, object]:
    """How many versions are found, and which pairs of different stories are."""
    draw = random.Random(name)
    words = " ".join(articles["text"]).split()
    donors = [other_story(articles, place, draw) for place in range(len(articles))]
    texts = [edit(text, draw, words, articles["text"][donor]) for text, donor in zip(articles["text"], donors, strict=True)]
    day_after = (pd.to_datetime(articles["date"]) + pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    versions = articles.assign(article="v" + articles["article"], outlet="edited", text=texts, date=day_after)
    both = pd.concat([articles, versions], ignore_index=True)
    pairs = find_copies(both)
    # A version has an id of its own; versions that are dated before their original do not exist.
    true = pairs[("v" + pairs["article"]) == pairs["article_2"]]
    n, copies = len(articles), true[true["kind"] == "copy"]
    return {
        "copy": len(copies) / n, "found": len(true) / n, "by_shingles": float((true["containment"] >= 0.5).sum() / n),
        "containment": float(true["containment"].median()), "coverage": float(true["coverage"].median()),
        **count_false(both, dict(zip(versions["article"], articles["article"][donors], strict=True))),
    }  # fmt: skip


def count_false(articles: pd.DataFrame, donors: dict[str, str]) -> dict[str, int]:
    """Pairs of different stories that are called copies or said to share passages, whatever their dates."""
    story = dict(zip(articles["article"], articles["story"], strict=True))
    pairs = find_copies(articles, window_days=float("inf"))
    told = [
        {story[one] for one in (article, donors.get(article, article))} for article in [*pairs["article"], *pairs["article_2"]]
    ]
    apart = [not told[place] & told[place + len(pairs)] for place in range(len(pairs))]
    false = pairs[apart]
    return {"false_copies": int((false["kind"] == "copy").sum()), "false_shared": int((false["kind"] == "shared").sum())}


def measure_originals(articles: pd.DataFrame) -> dict[str, object]:
    """The articles as they are: pairs of the same and of different stories, whatever their dates."""
    pairs = find_copies(articles, window_days=float("inf"))
    story = dict(zip(articles["article"], articles["story"], strict=True))
    same = pairs[pairs["article"].map(story) == pairs["article_2"].map(story)]
    return {
        "same_story_pairs": 300, "same_story_copies": int((same["kind"] == "copy").sum()),
        "same_story_shared": int((same["kind"] == "shared").sum()), "different_story_pairs": 44_550,
        "different_story_found": len(pairs) - len(same), "largest_containment": round(float(same["containment"].max()), 4),
        "largest_coverage": round(float(same["coverage"].max()), 4),
    }  # fmt: skip


def other_story(articles: pd.DataFrame, place: int, draw: random.Random) -> int:
    while True:
        other = draw.randrange(len(articles))
        if articles["story"][other] != articles["story"][place]:
            return other


def add_furniture(text: str, draw: random.Random, words: list[str], other: str) -> str:
    parts = text.split("\n\n")
    middle = len(parts) // 2
    return "\n\n".join([FURNITURE[0], FURNITURE[1], *parts[:middle], FURNITURE[2], *parts[middle:], *FURNITURE[3:]])


def replace_words(share: float) -> Edit:
    def edit(text: str, draw: random.Random, words: list[str], other: str) -> str:
        return " ".join(draw.choice(words) if draw.random() < share else word for word in text.split())

    return edit


def edit_words(share: float) -> Edit:
    def edit(text: str, draw: random.Random, words: list[str], other: str) -> str:
        kept: list[str] = []
        for word in text.split():
            what = draw.choice("rda") if draw.random() < share else ""
            kept += {"": [word], "r": [draw.choice(words)], "d": [], "a": [word, draw.choice(words)]}[what]
        return " ".join(kept)

    return edit


def cut(share: float) -> Edit:
    def edit(text: str, draw: random.Random, words: list[str], other: str) -> str:
        return " ".join(text.split()[: int(len(text.split()) * share)])

    return edit


def shuffle(text: str, draw: random.Random, words: list[str], other: str) -> str:
    parts = text.split("\n\n")
    return "\n\n".join([other.split("\n\n")[0], *draw.sample(parts, len(parts))])


def half_new(text: str, draw: random.Random, words: list[str], other: str) -> str:
    half = len(text.split()) // 2
    return " ".join([*text.split()[:half], *other.split()[:half]])


EDITS: dict[str, Edit] = {
    "furniture added": add_furniture,
    "5 % of words replaced": replace_words(0.05), "15 % of words replaced": replace_words(0.15),
    "30 % of words replaced": replace_words(0.3),
    "5 % of words edited": edit_words(0.05), "15 % of words edited": edit_words(0.15), "30 % of words edited": edit_words(0.3),
    "cut to a half": cut(0.5), "cut to a quarter": cut(0.25), "shuffled, new lead": shuffle, "half new": half_new,
}  # fmt: skip


def measure_scale(texts: list[str], n: int) -> dict[str, object]:
    articles = make_articles(texts, n, random.Random(n))
    start, wall = time.process_time(), time.perf_counter()
    excluded = exclude_furniture(articles)
    furniture = time.process_time() - start
    pairs = find_copies(articles, excluded=excluded)
    cpu, wall = time.process_time() - start, time.perf_counter() - wall
    print(f"exact: {len(pairs)} pairs, {cpu:.0f} CPU s, {wall:.0f} s", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    start = time.process_time()
    proposed = find_copies(articles, excluded=excluded, most_exact=0)
    kept = pairs[["article", "article_2", "kind"]].merge(proposed[["article", "article_2"]])
    return {
        "words": int(articles["text"].str.count(" ").sum() + n), "pairs": len(pairs),
        "copies": int((pairs["kind"] == "copy").sum()),
        "furniture_cpu_seconds": round(furniture, 1), "cpu_seconds": round(cpu, 1), "wall_seconds": round(wall, 1),
        "peak_gb": round(peak, 2),
        "proposed_cpu_seconds": round(time.process_time() - start, 1),
        "proposed_kept_copies": round((kept["kind"] == "copy").sum() / max((pairs["kind"] == "copy").sum(), 1), 5),
        "proposed_kept_all": round(len(kept) / max(len(pairs), 1), 5),
    }  # fmt: skip


def make_articles(texts: list[str], n: int, draw: random.Random) -> pd.DataFrame:
    sentences = [[one for line in text.split("\n") for one in line.split(". ") if one.strip()] for text in texts]
    words = " ".join(texts[:300]).split()
    made: list[str] = []
    days = [draw.randrange(730) for _ in range(n)]
    for place in range(n):
        if place % 10 == 9:
            source = draw.randrange(place)
            days[place] = min(days[source] + draw.randrange(10), 729)
            made.append(replace_words(0.1)(cut(draw.choice((0.5, 1.0)))(made[source], draw, words, ""), draw, words, ""))
            continue
        three = draw.choices(sentences, k=3)
        pool = [one for article in three for one in article]
        text = ". ".join(draw.sample(pool, min(len(three[0]), len(pool))))
        made.append(replace_words(0.5)(text, draw, words, "") if draw.random() < 0.75 else text)
    dates = (pd.Timestamp("2031-01-01") + pd.to_timedelta(days, unit="D")).strftime("%Y-%m-%d")
    outlets = [f"outlet {draw.randrange(50)}" for _ in range(n)]
    return pd.DataFrame({"article": [f"a{one}" for one in range(n)], "outlet": outlets, "title": "", "text": made, "date": dates})


if __name__ == "__main__":
    main()
