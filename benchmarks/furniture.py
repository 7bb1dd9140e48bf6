"""Page furniture against hand coding by characters: 480 articles of 60 outlets and five raw web pages (docs/furniture.md).

    FRAMING_CORPORA=../shared/corpora python benchmarks/furniture.py [build | blind]

Prints the tables and writes benchmarks/results/furniture.json; with `build`, only what the rules were built on is looked at
and nothing is written. With `blind`, only `build2` is looked at and written as `blind`: run once, at the commit that holds its
labels and still the rules from before them; later runs carry that table over. White space is not counted. Apparatus (bylines,
captions ...) is left out of a score unless the row says otherwise. Intervals: 95 % bootstrap over articles.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import framing as fr
from framing.corpus.cleaning import exclude_furniture
from framing.measure.text import find_sentences

RESULTS = Path(__file__).parent / "results"
LABELS = Path(__file__).parent.parent / "tests" / "furniture"
DRAWS, SEED = 2000, 0
APPARATUS = ("left out", "as article", "as furniture")
# C4 (Raffel et al. 2020) keeps lines that end in a terminal punctuation mark, and lines of at least five words.
TERMINAL, FEWEST_WORDS = (".", "!", "?", '"', "”"), 5
FIRST, SECOND, THIRD = "1", "2", "3"
CODERS = {"build": FIRST, "build2": THIRD, "measure": SECOND}
BLIND = "150 further articles (build2), coded before any rule was seen, under the rules as they were before the coding"
Marks = dict[str, np.ndarray]


def main() -> None:
    task = sys.argv[1] if len(sys.argv) > 1 else "all"
    articles, labels, coded = read_corpora(), read_table("labels"), read_table("articles")
    methods = find_all(articles)
    halves = {"build": ["build", "build2"], "blind": ["build2"], "all": list(CODERS)}[task]
    scores = score_methods(articles, labels, coded[coded["half"].isin(halves)], methods)
    tables = {"blind" if task == "blind" else "scores": scores}
    if task == "all":
        tables |= {"agreement": agree(articles, labels, coded), "pages": score_pages(articles, labels, coded, methods["rules"])}
    for name, table in tables.items():
        print(f"\n{name}\n{table.to_string(index=False, float_format=lambda x: f'{x:.4f}')}")
    if task != "build":
        write({name: json.loads(table.to_json(orient="records", double_precision=4)) for name, table in tables.items()})


def write(tables: dict[str, list[dict[str, object]]]) -> None:
    """Into the results, where tables of the same name are replaced and all others stay."""
    path = RESULTS / "furniture.json"
    results = json.loads(path.read_text(encoding="utf-8")) | tables | {"what_is_blind": BLIND}
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def read_table(name: str) -> pd.DataFrame:
    return pd.read_csv(LABELS / f"{name}.csv", dtype={"article": str, "coder": str, "start": int, "end": int})


def read_corpora() -> pd.DataFrame:
    """All articles of the corpora, coded or not: lines that stand often in one outlet are looked for among all of them."""
    root = Path(os.environ["FRAMING_CORPORA"])
    pages = fr.read_articles(root / "uk_ukraine").assign(article=lambda table: table["article"].map(lambda one: Path(one).stem))
    articles = pd.concat([fr.read_articles(root / "allsides_stories" / "articles.jsonl"), pages.assign(title="")])
    return articles[["article", "outlet", "title", "text"]].set_index("article", drop=False)


def find_all(articles: pd.DataFrame) -> dict[str, Marks]:
    """The marked characters of every article by every method: one truth value for each character."""
    excluded = exclude_furniture(articles)
    rules = {article: np.zeros(len(text), bool) for article, text in articles["text"].items()}
    for one in excluded.itertuples():
        rules[one.article][one.start : one.end] = True
    return {
        "nothing": {article: np.zeros(len(text), bool) for article, text in articles["text"].items()},
        "C4: no terminal punctuation": drop_lines(articles, lambda line: not line.endswith(TERMINAL)),
        "C4: or fewer than five words": drop_lines(articles, is_dropped_by_c4),
        "rules": rules,
    }


def is_dropped_by_c4(line: str) -> bool:
    return not line.endswith(TERMINAL) or len(line.split()) < FEWEST_WORDS


def drop_lines(articles: pd.DataFrame, is_dropped: Callable[[str], bool]) -> Marks:
    marks = {}
    for article, text in articles["text"].items():
        flags = [np.full(len(line), is_dropped(line.strip())) for line in text.splitlines(keepends=True)]
        marks[article] = np.concatenate([*flags, np.zeros(0, bool)])
    return marks


def coded_marks(labels: pd.DataFrame, articles: pd.DataFrame, coder: str, code: str) -> Marks:
    marks = {article: np.zeros(len(text), bool) for article, text in articles["text"].items()}
    for one in labels[(labels["coder"] == coder) & (labels["code"] == code)].itertuples():
        marks[one.article][one.start : one.end] = True
    return marks


def score_methods(articles: pd.DataFrame, labels: pd.DataFrame, coded: pd.DataFrame, methods: dict[str, Marks]) -> pd.DataFrame:
    """Precision, recall, F1 by characters and the share of the article's characters lost."""
    rows = []
    for half, coder in CODERS.items():
        ids = coded[coded["half"] == half]["article"].tolist()
        furniture, apparatus = (coded_marks(labels, articles, coder, code) for code in "FA")
        for name, marks in methods.items() if ids else ():
            for variant in APPARATUS if name == "rules" else APPARATUS[:1]:
                counts = np.array([count(articles, marks, furniture, apparatus, one, variant) for one in ids])
                rows.append({"half": half, "method": name, "apparatus": variant, **summary(counts)})
    return pd.DataFrame(rows)


def count(articles: pd.DataFrame, marks: Marks, furniture: Marks, apparatus: Marks, one: str, variant: str) -> list[int]:
    """Visible characters of an article: marked and furniture, marked and article, missed furniture, article."""
    visible = np.array([not letter.isspace() for letter in articles["text"][one]], bool)
    gold, aside = furniture[one], apparatus[one] & ~furniture[one]
    if variant == "as furniture":
        gold, aside = gold | aside, np.zeros_like(aside)
    counted = visible & ~aside if variant == "left out" else visible
    found = marks[one]
    return [int((counted & part).sum()) for part in (found & gold, found & ~gold, ~found & gold, ~gold)]


def summary(counts: np.ndarray) -> dict[str, float]:
    draws = np.random.default_rng(SEED).integers(len(counts), size=(DRAWS, len(counts)))
    drawn = np.array([rates(counts[one]) for one in draws])
    values = dict(zip(("precision", "recall", "f1", "lost"), rates(counts), strict=True))
    ends = np.nanquantile(drawn, [0.025, 0.975], axis=0) if np.isfinite(drawn).any() else np.full((2, 4), np.nan)
    limits = {
        f"{name}_{side}": ends[row, column] for column, name in enumerate(values) for row, side in enumerate(("low", "high"))
    }
    return {**values, **limits, "articles": len(counts), "furniture": int(counts[:, [0, 2]].sum())}


def rates(counts: np.ndarray) -> list[float]:
    right, wrong, missed, article = counts.sum(axis=0)
    return [
        _share(right, right + wrong),
        _share(right, right + missed),
        _share(2 * right, 2 * right + wrong + missed),
        _share(wrong, article),
    ]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def agree(articles: pd.DataFrame, labels: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """The two coders on the articles coded twice: kappa and F1, and each as a finder of the other's furniture."""
    ids = coded[coded["twice"]]["article"].tolist()
    codes = {coder: {code: coded_marks(labels, articles, coder, code) for code in "FA"} for coder in (FIRST, SECOND)}
    both = {coder: {one: codes[coder]["F"][one] | codes[coder]["A"][one] for one in ids} for coder in codes}
    rows = []
    for name, one, other in (
        ("furniture", codes[FIRST]["F"], codes[SECOND]["F"]), ("furniture or apparatus", both[FIRST], both[SECOND])
    ):  # fmt: skip
        none = {article: np.zeros(len(marks), bool) for article, marks in one.items()}
        counts = np.array([count(articles, one, other, none, article, "as article") for article in ids])
        rows.append({"what": name, "kappa": kappa(counts), **summary(counts)})
    for finder, truth in ((FIRST, SECOND), (SECOND, FIRST)):
        counts = np.array(
            [count(articles, codes[finder]["F"], codes[truth]["F"], codes[truth]["A"], one, "left out") for one in ids]
        )
        rows.append(
            {"what": f"coder {finder} against coder {truth}, apparatus left out", "kappa": float("nan"), **summary(counts)}
        )
    return pd.DataFrame(rows)


def kappa(counts: np.ndarray) -> float:
    """Cohen's kappa (1960) of two coders on visible characters, from both, first only, second only, not second."""
    both, first, second, rest = counts.sum(axis=0)
    total = both + second + rest
    by_chance = ((both + first) * (both + second) + (total - both - first) * (total - both - second)) / total**2
    return float(((both + rest - first) / total - by_chance) / (1 - by_chance))


def score_pages(articles: pd.DataFrame, labels: pd.DataFrame, coded: pd.DataFrame, marks: Marks) -> pd.DataFrame:
    """The raw web pages: scores, and how many of the article's sentences are touched by a mark."""
    ids = coded[coded["half"] == "pages"]["article"].tolist()
    furniture, apparatus = (coded_marks(labels, articles, SECOND, code) for code in "FA")
    counts = np.array([count(articles, marks, furniture, apparatus, one, "left out") for one in ids])
    sentences = [flag for one in ids for flag in touched(articles, marks, furniture, apparatus, one)]
    return pd.DataFrame([{**summary(counts), "sentences": len(sentences), "sentences_lost": sum(sentences)}])


def touched(articles: pd.DataFrame, marks: Marks, furniture: Marks, apparatus: Marks, one: str) -> Iterator[bool]:
    """Whether a mark stands in them, for the sentences that hold words of the article."""
    text = articles["text"][one]
    article = ~furniture[one] & ~apparatus[one] & np.array([letter.isalnum() for letter in text], bool)
    for start, end in find_sentences(text):
        if article[start:end].any():
            yield bool((article & marks[one])[start:end].any())


if __name__ == "__main__":
    main()
