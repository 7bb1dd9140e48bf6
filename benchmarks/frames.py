"""Policy dimensions against known groups and a small hand coding (benchmarks/coding/frames.csv).

    FRAMING_CORPORA=../shared/corpora python benchmarks/frames.py

Prints and writes benchmarks/results/frames.json: for each dimension the area under the ROC curve (AUC) of its marks per word with
bootstrap 95 % intervals, beside the text's length and the dimension's most frequent word alone; the share of its three most
frequent words; the entries that matter most when left out; how the dimensions correlate. Groups:

- `known`: the allsides topics for which the definition says that the dimension must be high, against all others; written down
  before any score was seen, but entries were dropped with an eye on them;
- `check`: 60 articles drawn at random, coded by one coder from headline and first 300 words before any score was seen. Their
  totals were looked at while the entries were chosen, their single articles never. The same coder coded 20 of them again soon
  after, from excerpts, so the agreement is an upper bound of what two coders would reach;
- `check topics`: 50 articles, two a topic, of topics other than US politics (so that the rarer dimensions occur), coded from
  headline and two excerpts before their scores were seen; some report an event that an article of `build` reports, too;
- `build`: 133 articles, one to three a topic, coded from headline and opening; the entries were chosen with them, so their AUC
  is too high.

The coder also wrote the entries, so all coded groups flatter them: other people's codes will agree less.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata
from sources import nominal_alpha

from framing.measure.frames import DIMENSIONS, IS_CAPITALISED, VALIDATION_BAR, is_no_name
from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.text import Text

HERE = Path(__file__).parent
FILES = {
    "allsides_stories": "allsides_stories/articles.jsonl",
    "basil_stories": "basil_stories/articles.jsonl",
    "gold_attribution_polnear": "gold_attribution_polnear/train.jsonl",
}
USES = ("check", "check topics", "build")
DRAWS = 500  # bootstrap samples, chosen
MIN_POSITIVES = 5  # below it an AUC says nothing, chosen
LOWEST_BOUND = 0.7  # of the interval on known groups, chosen

KNOWN = {
    "economic": "economy_and_jobs trade taxes fiscal_cliff federal_budget treasury business labor",
    "capacity_and_resources": "coronavirus ebola veterans_affairs disaster transportation",
    "morality": "religion_and_faith abortion lgbt_rights sexual_misconduct",
    "fairness_and_equality": "race_and_racism lgbt_rights civil_rights",
    "legality_and_jurisdiction": """supreme_court justice_department justice lgbt_rights us_constitution free_speech
        voting_rights_and_voter_fraud""",
    "policy_prescription_and_evaluation": """healthcare gun_control_and_gun_rights taxes immigration fiscal_cliff federal_budget
        environment education marijuana_legalization epa""",
    "crime_and_punishment": "violence_in_america justice criminal_justice sexual_misconduct gun_control_and_gun_rights",
    "security_and_defense": """terrorism defense us_military national_security national_defense middle_east nuclear_weapons isis
        homeland_security cybersecurity north_korea""",
    "health_and_safety": "ebola coronavirus healthcare disaster abortion marijuana_legalization veterans_affairs",
    "quality_of_life": "economy_and_jobs education disaster labor coronavirus family_and_marriage transportation",
    "cultural_identity": """race_and_racism religion_and_faith culture arts_and_entertainment sports polarization
        family_and_marriage""",
    "public_opinion": "elections polarization",
    "political": "elections us_senate us_house politics campaign_finance republican_party democratic_party us_congress",
    "external_regulation_and_reputation": """north_korea foreign_policy world middle_east israel russia china asia europe
        great_britain palestine south_korea mexico trade""",
}


class Scored(NamedTuple):
    """Articles with what was counted in them."""

    counts: np.ndarray
    """Articles x entries: marks."""
    words: np.ndarray
    """Words of each article."""
    forms: list[dict[str, Counter[str]]]
    """For each article and dimension the marked words in lower case."""
    topics: np.ndarray
    """Topic of each article, empty where the corpus has none."""


def main() -> None:
    articles = {name: read(file) for name, file in FILES.items()}
    units = list(csv.DictReader((HERE / "coding" / "frames.csv").open(encoding="utf-8")))
    matcher = Matcher([load_lexicon("policy_frames")])
    known = score(list(articles["allsides_stories"].values()), matcher)
    first = [unit for unit in units if unit["pass"] == "1"]
    coded = {use: [unit for unit in first if unit["use"] == use] for use in USES}
    scored = {use: score([articles[unit["corpus"]][unit["article"]] for unit in some], matcher) for use, some in coded.items()}
    result = {name: one_dimension(name, matcher, known, coded, scored) for name in DIMENSIONS}
    for one in result.values():
        one["reaches the bar"] = reaches_bar(one)
    summary = {
        "mean AUC": {group: mean_auc(result, group) for group in ("known", *USES)},
        "second pass": agreement(units),
        "correlations above .25": correlations(known, matcher),
        "dimensions": result,
    }
    (HERE / "results" / "frames.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(summary, indent=1))


def read(file: str) -> dict[str, dict]:
    """Records by article id."""
    lines = (Path(os.environ["FRAMING_CORPORA"]) / file).read_text(encoding="utf-8").split("\n")
    return {record["article"]: record for record in map(json.loads, filter(None, lines))}


def score(records: Sequence[dict], matcher: Matcher) -> Scored:
    """Counts as `fr.score_articles` does for all voices together, without the slow reading of attributions."""
    counts = np.zeros((len(records), len(matcher.entries)))
    words, forms = np.zeros(len(records)), []
    for row, record in enumerate(records):
        text, found = Text("", record["text"]), defaultdict(Counter)
        for entry, first, last in matcher.find_numbers(text):
            if not (is_no_name(matcher.entries[entry]) and stands_in_name(text, first)):
                counts[row, entry] += 1
                found[matcher.entries[entry].category][" ".join(text.lower[first : last + 1])] += 1
        words[row] = text.n_words
        forms.append(found)
    return Scored(counts, words, forms, np.array([record.get("topic", "") for record in records]))


def stands_in_name(text: Text, piece: int) -> bool:
    return bool(IS_CAPITALISED.at(text.columns.forms.keys, text.columns.keys[piece : piece + 1])[0] > 0) and (
        piece not in text.sentence_starts
    )


def one_dimension(name: str, matcher: Matcher, known: Scored, coded: dict, scored: dict[str, Scored]) -> dict:
    mine = np.array([entry.category == name for entry in matcher.entries])
    hits = sum((forms[name] for forms in known.forms), Counter())
    top = hits.most_common(3)
    groups = {"known": (known, np.isin(known.topics, KNOWN[name].split()))}
    for use, units in coded.items():
        groups[use] = (scored[use], np.array([name in unit["codes"].split("|") for unit in units]))
    return {
        "entries": int(mine.sum()),
        "marks per 1,000 words": round(1000 * known.counts[:, mine].sum() / known.words.sum(), 2),
        "articles without a mark": round(float((known.counts[:, mine].sum(axis=1) == 0).mean()), 2),
        "three most frequent words": {word: round(count / hits.total(), 3) for word, count in top},
        "share of the three": round(sum(count for _, count in top) / hits.total(), 3),
        **{group: compare(some, truth, mine, name, top[0][0]) for group, (some, truth) in groups.items()},
        "left out, AUC of known groups changes most": influence(*groups["known"], mine, matcher),
    }


def compare(some: Scored, truth: np.ndarray, mine: np.ndarray, name: str, word: str) -> dict:
    """AUC of the dimension beside its baselines."""
    if truth.sum() < MIN_POSITIVES:
        return {"positives": int(truth.sum())}
    rate = some.counts[:, mine].sum(axis=1) / some.words
    single = np.array([forms[name][word] for forms in some.forms]) / some.words
    return {
        "positives": int(truth.sum()),
        "AUC": round(auc(rate, truth), 3),
        "interval": bootstrap(rate, truth),
        "AUC of length": round(auc(some.words, truth), 3),
        "AUC of the most frequent word": round(auc(single, truth), 3),
    }


def reaches_bar(one: dict) -> bool:
    """High enough on known groups, and on every coded group that did not help to build it; at least one must be large enough."""
    coded = [one[use]["AUC"] for use in ("check", "check topics") if "AUC" in one[use]]
    on_known = one["known"]["AUC"] >= VALIDATION_BAR and one["known"]["interval"][0] >= LOWEST_BOUND
    return on_known and bool(coded) and min(coded) >= VALIDATION_BAR


def auc(values: np.ndarray, truth: np.ndarray) -> float:
    """P(a positive article scores above a negative one), ties half: U / (n1 n0) of Mann & Whitney (1947)."""
    n1, n0 = int(truth.sum()), int((~truth).sum())
    return float((rankdata(values)[truth].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def bootstrap(values: np.ndarray, truth: np.ndarray) -> list[float]:
    """Percentile 95 % interval; positives and negatives are drawn apart."""
    rng = np.random.default_rng(0)
    yes, no = values[truth], values[~truth]
    labels = np.arange(len(values)) < len(yes)
    draws = [auc(np.concatenate([rng.choice(yes, len(yes)), rng.choice(no, len(no))]), labels) for _ in range(DRAWS)]
    return [round(float(bound), 3) for bound in np.percentile(draws, [2.5, 97.5])]


def influence(some: Scored, truth: np.ndarray, mine: np.ndarray, matcher: Matcher) -> dict[str, float]:
    """The three entries whose absence lowers the AUC most, and the three whose absence raises it most."""
    total = some.counts[:, mine].sum(axis=1)
    whole = auc(total / some.words, truth)
    changes = {
        matcher.entries[entry].id: round(auc((total - some.counts[:, entry]) / some.words, truth) - whole, 4)
        for entry in np.flatnonzero(mine)
    }
    ordered = sorted(changes, key=lambda one: (changes[one], one))
    return {one: changes[one] for one in (*ordered[:3], *ordered[-3:])}


def correlations(some: Scored, matcher: Matcher) -> dict[str, float]:
    """Pairs of dimensions whose rates rise or fall together; rates above the 98th percentile are cut there."""
    categories = np.array([entry.category for entry in matcher.entries])
    rates = np.array([some.counts[:, categories == name].sum(axis=1) / some.words for name in DIMENSIONS])
    table = np.corrcoef(np.minimum(rates, np.quantile(rates, 0.98, axis=1, keepdims=True)))
    pairs = [(a, b) for a in range(len(DIMENSIONS)) for b in range(a) if abs(table[a, b]) > 0.25]
    return {f"{DIMENSIONS[b]} x {DIMENSIONS[a]}": round(float(table[a, b]), 2) for a, b in pairs}


def agreement(units: Sequence[dict[str, str]]) -> dict:
    """The coder's two passes over the same articles, every dimension of every article a decision."""
    passes = {one: {unit["article"]: unit["codes"].split("|") for unit in units if unit["pass"] == one} for one in "12"}
    pairs = [
        (str(name in passes["1"][article]), str(name in codes)) for article, codes in passes["2"].items() for name in DIMENSIONS
    ]
    return {
        "articles": len(passes["2"]),
        "percent equal": round(100 * sum(a == b for a, b in pairs) / len(pairs), 1),
        "alpha": round(nominal_alpha(pairs), 3),
    }


def mean_auc(result: dict[str, dict], group: str) -> dict[str, float]:
    values = [one[group]["AUC"] for one in result.values() if "AUC" in one[group]]
    return {"mean": round(float(np.mean(values)), 3), "dimensions": len(values)}


if __name__ == "__main__":
    main()
