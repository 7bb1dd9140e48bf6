"""Loaded language against three human codings: BABE (experts), BASIL's lexical bias, and Wikipedia statements.

    FRAMING_CORPORA=../shared/corpora python benchmarks/loaded.py [train|dev]
    FRAMING_CORPORA=../shared/corpora python benchmarks/loaded.py weights

The first prints and writes benchmarks/results/loaded_<split>.json. A sentence's score is the number of its marks, or the sum of
their weights; every word counts, quoted or not. AUC and macro-F1 are of sentences (the threshold is the best one on train), word
F1 of the words that coders marked (BABE, BASIL), all with 95 % percentile intervals over resampled sentences (BASIL: articles).
Beside them stand baselines. Also: the 20 entries whose removal changes BABE's AUC most, how the marks spread over outlets in
US news that nobody coded, and on train five folds in which entries are weighed, or dropped, by the other four.

The second fits the weights on BABE's train sentences and writes them into the lexicon, with two digits. An entry that stands in n
sentences, k of them biased, is biased in p = (k + M P) / (n + M), where P is that share of all entries together and M stands for
sentences that nobody saw. Its weight is how far p's log odds lie above those of any sentence, in units of how far P's do: an
entry never met keeps 1, and 0 is the least.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.stats import rankdata
from textblob import TextBlob

from framing.measure.lexicon import COLUMNS, LEXICONS, load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.text import Text

RESULTS = Path(__file__).parent / "results"
GOLDS = {"BABE": "gold_loaded_babe", "BASIL lexical": "gold_loaded_basil", "Wikipedia statements": "gold_loaded_wikipedia"}
RESAMPLES, SEED, FOLDS = 1000, 20210901, 5
PRIOR = 10  # M, chosen: an entry needs about ten sentences before they count as much as what is known of all entries
MIN_ARTICLES = 30  # outlets with fewer are not listed (chosen)


@dataclass(frozen=True)
class Sentence:
    """One coded sentence and what the tool and TextBlob find in it."""

    label: bool
    """Whether the coders call it biased."""
    group: str
    """What is resampled together."""
    n_words: int
    gold: frozenset[int]
    """Numbers of the words that coders marked."""
    marks: tuple[tuple[str, frozenset[int]], ...]
    """Entry and words of each mark."""
    polarity: float
    subjectivity: float
    polar: frozenset[int]
    """Numbers of the words whose polarity is not 0 in TextBlob."""


Score = Callable[[Sentence], float]


def read(name: str, split: str) -> list[Sentence]:
    """The coded sentences of one gold."""
    path = Path(os.environ["FRAMING_CORPORA"]) / GOLDS[name] / f"{split}.jsonl"
    return [_sentence(json.loads(line), name) for line in path.open(encoding="utf-8")]


def _sentence(record: dict, name: str) -> Sentence:
    text = Text("", record["text"])
    blob = TextBlob(record["text"]).sentiment
    spans = [span for span in record.get("spans", []) if span.get("type") != "inf"]
    return Sentence(
        label=bool(record["label_lexical" if name == "BASIL lexical" else "label"]),
        group=record.get("doc_id", record["id"]),
        n_words=max(len(text.words), 1),
        gold=frozenset(piece for span in spans for piece in text.pieces(span["start"], span["end"])),
        marks=tuple((hit.entry.id, frozenset(range(hit.first, hit.last + 1))) for hit in matcher().find(text)),
        polarity=abs(blob.polarity),
        subjectivity=blob.subjectivity,
        polar=frozenset(i for i, word in enumerate(text.lower) if polarity(word) != 0),
    )


@cache
def matcher() -> Matcher:
    return Matcher([load_lexicon("loaded")])


@cache
def polarity(word: str) -> float:
    return TextBlob(word).sentiment.polarity


def scores() -> dict[str, Score]:
    """What is compared, by name."""
    entries = load_lexicon("loaded").entries
    core = {entry.id for entry in entries.values() if entry.status == "core"}
    return {
        "all positive": lambda one: 1,
        "text length": lambda one: one.n_words,
        "TextBlob |polarity|": lambda one: one.polarity,
        "TextBlob subjectivity": lambda one: one.subjectivity,
        "marks": lambda one: len(one.marks),
        "marks of core entries": lambda one: sum(entry in core for entry, _ in one.marks),
        "marks per word": lambda one: len(one.marks) / one.n_words,
        "weights of the marks": weigher({entry.id: entry.weight for entry in entries.values()}),
    }


def weigher(weights: Mapping[str, float]) -> Score:
    """The sum of the marks' weights; entries without one weigh 1."""
    return lambda one: sum(weights.get(entry, 1) for entry, _ in one.marks)


WORDS: dict[str, Callable[[Sentence], frozenset[int]]] = {
    "all positive": lambda one: frozenset(range(one.n_words)),
    "TextBlob |polarity|": lambda one: one.polar,
    "marks": lambda one: frozenset().union(*(words for _, words in one.marks)),
}
"""Which words a method calls loaded."""


def auc(labels: np.ndarray, values: np.ndarray) -> float:
    """How often a biased sentence scores higher than another; ties count half."""
    positive = int(labels.sum())
    if positive in (0, len(labels)):
        return float("nan")
    ranks = rankdata(values)[labels].sum() - positive * (positive + 1) / 2
    return float(ranks / (positive * (len(labels) - positive)))


def macro_f1(labels: np.ndarray, predicted: np.ndarray) -> float:
    """The mean of both classes' F1."""
    return float(np.mean([_f1(labels, predicted), _f1(~labels, ~predicted)]))


def _f1(labels: np.ndarray, predicted: np.ndarray) -> float:
    return 2 * int((labels & predicted).sum()) / max(int(labels.sum()) + int(predicted.sum()), 1)


def best_threshold(labels: np.ndarray, values: np.ndarray) -> float:
    """The least score of a biased sentence for which macro-F1 is highest."""
    candidates = np.unique(np.quantile(values, np.linspace(0, 1, 101)))
    return float(max(candidates, key=lambda cut: macro_f1(labels, values >= cut)))


def evaluate(train: Sequence[Sentence], test: Sequence[Sentence]) -> dict[str, dict[str, float]]:
    """AUC, macro-F1 and word F1 of every method, with intervals."""
    draws = resample([one.group for one in test])
    labels, known = label_array(test), label_array(train)
    table = {}
    for name, score in scores().items():
        values = values_of(score, test)
        cut = best_threshold(known, values_of(score, train))
        row = {"threshold": round(cut, 4)}
        row |= interval("auc", lambda draw, values=values: auc(labels[draw], values[draw]), draws)
        row |= interval("macro_f1", lambda draw, hit=values >= cut: macro_f1(labels[draw], hit[draw]), draws)
        if name in WORDS and any(one.gold for one in test):
            counts = np.array([word_counts(one, WORDS[name](one)) for one in test])
            right, predicted, gold = counts.sum(axis=0)
            row |= {"word_precision": round(right / max(predicted, 1), 4), "word_recall": round(right / max(gold, 1), 4)}
            row |= interval("word_f1", lambda draw, counts=counts: pooled_f1(counts[draw]), draws)
        table[name] = row
    return table


def label_array(sentences: Sequence[Sentence]) -> np.ndarray:
    return np.array([one.label for one in sentences])


def values_of(score: Score, sentences: Sequence[Sentence]) -> np.ndarray:
    return np.array([score(one) for one in sentences], dtype=float)


def word_counts(one: Sentence, found: frozenset[int]) -> tuple[int, int, int]:
    """Right, predicted and gold words."""
    return len(found & one.gold), len(found), len(one.gold)


def pooled_f1(counts: np.ndarray) -> float:
    right, predicted, gold = counts.sum(axis=0)
    return 2 * right / max(predicted + gold, 1)


def resample(groups: Sequence[str]) -> list[np.ndarray]:
    """All sentences, then resamples of whole groups; each as numbers of sentences."""
    members: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    arrays = [np.array(some) for some in members.values()]
    picks = np.random.default_rng(SEED).integers(0, len(arrays), (RESAMPLES, len(arrays)))
    return [np.arange(len(groups)), *(np.concatenate([arrays[i] for i in pick]) for pick in picks)]


def interval(name: str, value: Callable[[np.ndarray], float], draws: list[np.ndarray]) -> dict[str, float]:
    """The value on all sentences and the 95 % percentile interval."""
    whole, *others = [value(draw) for draw in draws]
    low, high = np.nanpercentile(others, [2.5, 97.5])
    return {name: round(whole, 4), f"{name}_low": round(float(low), 4), f"{name}_high": round(float(high), 4)}


def leave_one_out(sentences: Sequence[Sentence], n: int = 20) -> list[dict[str, float | str]]:
    """The entries whose removal changes the AUC of the number of marks most."""
    labels, values = label_array(sentences), values_of(lambda one: len(one.marks), sentences)
    whole = auc(labels, values)
    rows = []
    for entry in sorted({entry for one in sentences for entry, _ in one.marks}):
        own = values_of(lambda one, entry=entry: sum(name == entry for name, _ in one.marks), sentences)
        rows.append({"entry": entry, "marks": int(own.sum()), "auc_change": round(auc(labels, values - own) - whole, 5)})
    return sorted(rows, key=lambda row: -abs(row["auc_change"]))[:n]


def fit_weights(sentences: Sequence[Sentence]) -> dict[str, float]:
    """The weight of every entry that stands in a sentence; see the module's head."""
    n, k = tally(sentences)
    base = logit(sum(one.label for one in sentences) / len(sentences))
    pooled = k.total() / n.total()
    shares = {entry: (k[entry] + PRIOR * pooled) / (n[entry] + PRIOR) for entry in n}
    return {entry: round(max(0.0, (logit(share) - base) / (logit(pooled) - base)), 2) for entry, share in shares.items()}


def tally(sentences: Iterable[Sentence]) -> tuple[Counter[str], Counter[str]]:
    """In how many sentences, and in how many biased ones, each entry stands."""
    n, k = Counter(), Counter()
    for one in sentences:
        found = {entry for entry, _ in one.marks}
        n.update(found)
        if one.label:
            k.update(found)
    return n, k


def logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def cross_validate(sentences: Sequence[Sentence]) -> dict[str, float]:
    """AUC on the left-out fold, mean of all folds: of marks, weights fitted on the others, marks of entries the others keep."""
    fold = np.random.default_rng(SEED).permutation(len(sentences)) % FOLDS
    aucs: dict[str, list[float]] = {"marks": [], "weights of the other folds": [], "entries kept by the other folds": []}
    for number in range(FOLDS):
        rest = [one for one, own in zip(sentences, fold, strict=True) if own != number]
        left_out = [one for one, own in zip(sentences, fold, strict=True) if own == number]
        bad = unreliable(rest)
        methods: list[Score] = [
            lambda one: len(one.marks),
            weigher(fit_weights(rest)),
            lambda one, bad=bad: sum(entry not in bad for entry, _ in one.marks),
        ]
        for values, score in zip(aucs.values(), methods, strict=True):
            values.append(auc(label_array(left_out), values_of(score, left_out)))
    return {name: round(float(np.mean(values)), 4) for name, values in aucs.items()}


def unreliable(sentences: Sequence[Sentence], least: int = 4) -> set[str]:
    """Entries met in `least` sentences or more that are biased no more often than any sentence."""
    n, k = tally(sentences)
    base = sum(one.label for one in sentences) / len(sentences)
    return {entry for entry in n if n[entry] >= least and k[entry] / n[entry] <= base}


def rates() -> dict[str, float]:
    """Marks per 1,000 words of the outlets of AllSides' stories, most first; all words, quoted or not."""
    path = Path(os.environ["FRAMING_CORPORA"]) / "allsides_stories" / "articles.jsonl"
    articles, words, marks = Counter(), Counter(), Counter()
    for line in path.open(encoding="utf-8"):
        record = json.loads(line)
        text = Text("", record["text"])
        articles[record["outlet"]] += 1
        words[record["outlet"]] += text.n_words
        marks[record["outlet"]] += len(matcher().find(text))
    shares = {name: round(1000 * marks[name] / words[name], 2) for name in articles if articles[name] >= MIN_ARTICLES}
    return {"all": round(1000 * marks.total() / words.total(), 2)} | dict(sorted(shares.items(), key=lambda pair: -pair[1]))


def write_weights() -> None:
    """Writes the fitted weights into the lexicon."""
    weights = fit_weights(read("BABE", "train"))
    path = LEXICONS / "loaded.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "weight": f"{weights[row['id']]:.2f}" if row["id"] in weights else ""} for row in rows)
    print(f"{len(weights)} of {len(rows)} entries stand in BABE's train sentences and are weighed.")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("split", nargs="?", default="dev", choices=("train", "dev", "weights"))
    split = parser.parse_args().split
    if split == "weights":
        write_weights()
        return
    result: dict = {"split": split, "resamples": RESAMPLES, "seed": SEED, "golds": {}}
    for name in GOLDS:
        train = read(name, "train")
        test = train if split == "train" else read(name, split)
        result["golds"][name] = {
            "sentences": len(test), "biased": int(label_array(test).sum()), "table": evaluate(train, test)
        }  # fmt: skip
        if name == "BABE":
            result["leave_one_out"] = leave_one_out(test)
            result["folds"] = cross_validate(train)
    result["marks_per_1000_words"] = rates()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"loaded_{split}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    report(result)


def report(result: dict) -> None:
    for name, gold in result["golds"].items():
        print(f"{name} {result['split']}: {gold['sentences']} sentences, {gold['biased']} biased")
        for method, row in gold["table"].items():
            cells = [
                f"{metric} {row[metric]:.3f} [{row[f'{metric}_low']:.3f}, {row[f'{metric}_high']:.3f}]"
                for metric in ("auc", "macro_f1", "word_f1")
                if metric in row
            ]
            print(f"  {method:24}", "  ".join(cells))
    print("entries that matter most for BABE's AUC:")
    for row in result["leave_one_out"]:
        print(f"  {row['entry']:32} marks {row['marks']:4}  AUC without it {row['auc_change']:+.4f}")
    print("five folds of BABE train, AUC:", result["folds"])
    print("marks per 1,000 words:", result["marks_per_1000_words"])


if __name__ == "__main__":
    main()
