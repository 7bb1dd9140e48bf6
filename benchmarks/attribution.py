"""Attribution against human coding (PolNeAR): source, cue and content, with the human ceiling and two baselines.

    FRAMING_CORPORA=../shared/corpora python benchmarks/attribution.py [train|dev] [--articles N]

Prints and writes benchmarks/results/attribution_<split>.json. Metrics: a sentence contains a cue or content; the predicted cue's
first word lies in a gold cue; source and content by words (punctuation ignored) and as exactly the same words; triple = cue,
source and content all overlap, one to one. Intervals are 95 % percentile intervals over resampled articles. Also: the triple
by mode and by outlet (an outlet contrast smaller than the gap between outlets is no evidence), and the agreement of per-article
measures with the gold; by mode and per measure also of every two people on the articles that several coded. Gold is wider than
reported speech, so both scopes are scored.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path

import numpy as np

from framing.measure.attributions import find_attributions
from framing.measure.cues import Attribution
from framing.measure.lemmas import find_lemma
from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.scene import Scene
from framing.measure.text import Text

RESULTS = Path(__file__).parent / "results"
SHARES = ("precision", "recall", "f1")
METRICS = ("sentence", "cue", "source words", "source exact", "content words", "content exact", "triple")
RESAMPLES, SEED = 2000, 20161108
Triple = dict[str, list[list[int]]]


@dataclass(frozen=True)
class Scored:
    """One article: [true positives, predicted, gold] for each metric, and its values of the per-article measures."""

    outlet: str
    counts: np.ndarray
    found: dict[str, float]
    gold: dict[str, float]


def system(text: str, matcher: Matcher) -> tuple[Scene, list[Triple]]:
    scene = Scene(Text("", text))
    return scene, [_triple(one) for one in _attributions(scene, matcher) if one.mode != "hearsay"]


def quotation_marks(text: str, matcher: Matcher) -> tuple[Scene, list[Triple]]:
    scene = Scene(Text("", text))
    return scene, [{"cue": [], "source": [], "content": [[q.start, q.end]], "mode": "direct"} for q in scene.quotations]


def direct_only(text: str, matcher: Matcher) -> tuple[Scene, list[Triple]]:
    scene = Scene(Text("", text))
    return scene, [_triple(one) for one in _attributions(scene, matcher) if one.mode in ("direct", "mixed")]


def _attributions(scene: Scene, matcher: Matcher) -> list[Attribution]:
    return find_attributions(scene, [hit for hit in matcher.find(scene.text) if hit.entry.measure == "attribution"])


def _triple(one: Attribution) -> Triple:
    source = [list(one.source)] if one.source else []
    return {
        "cue": [list(one.cue)] if one.cue[0] < one.cue[1] else [],
        "source": source,
        "content": [list(s) for s in one.content],
        "mode": one.mode,
    }


def words(scene: Scene, spans: list[list[int]]) -> set[int]:
    return {piece for start, end in spans for piece in scene.text.pieces(start, end)}


def score(scene: Scene, found: list[Triple], gold: list[Triple]) -> np.ndarray:
    """[true positives, predicted, gold] for each metric."""
    rows = [
        _sentences(scene, found, gold), _cues(found, gold),
        _word_overlap(scene, found, gold, "source"), _exact(scene, found, gold, "source"),
        _word_overlap(scene, found, gold, "content"), _exact(scene, found, gold, "content"),
        [len(_matched(scene, found, gold)), len(found), len(gold)],
    ]  # fmt: skip
    return np.array(rows)


def _sentences(scene: Scene, found: list[Triple], gold: list[Triple]) -> list[int]:
    def holding(triples: list[Triple]) -> set[int]:
        return {
            scene.text.sentence_of(scene.text.starts[piece])
            for triple in triples
            for piece in words(scene, triple["cue"] + triple["content"])
        }

    a, b = holding(found), holding(gold)
    return [len(a & b), len(a), len(b)]


def _cues(found: list[Triple], gold: list[Triple]) -> list[int]:
    spans = [span for triple in gold for span in triple["cue"]]
    predicted = [triple["cue"][0][0] for triple in found if triple["cue"]]
    right = sum(any(start <= offset < end for start, end in spans) for offset in predicted)
    return [right, len(predicted), sum(bool(triple["cue"]) for triple in gold)]


def _word_overlap(scene: Scene, found: list[Triple], gold: list[Triple], part: str) -> list[int]:
    a = set().union(*(words(scene, triple[part]) for triple in found))
    b = set().union(*(words(scene, triple[part]) for triple in gold))
    return [len(a & b), len(a), len(b)]


def _exact(scene: Scene, found: list[Triple], gold: list[Triple], part: str) -> list[int]:
    a, b = (Counter(frozenset(words(scene, one[part])) for one in triples if one[part]) for triples in (found, gold))
    return [sum((a & b).values()), a.total(), b.total()]


def _matched(scene: Scene, found: list[Triple], gold: list[Triple]) -> list[tuple[Triple, Triple]]:
    free = list(gold)
    pairs = []
    for triple in found:
        match = next((other for other in free if _overlap(scene, triple, other)), None)
        if match is not None:
            free.remove(match)
            pairs.append((triple, match))
    return pairs


def _overlap(scene: Scene, a: Triple, b: Triple) -> bool:
    parts = ("source", "content")
    return _same_cue(scene, a, b) and all(
        words(scene, a[part]) & words(scene, b[part]) or (not a[part] and not b[part]) for part in parts
    )


def _same_cue(scene: Scene, a: Triple, b: Triple) -> bool:
    """Whether the cues share a word; cues that are marks (a colon) share a character instead."""
    if words(scene, a["cue"]) or words(scene, b["cue"]):
        return bool(words(scene, a["cue"]) & words(scene, b["cue"]))
    marks = any(start < end and first < last for start, last in a["cue"] for first, end in b["cue"])
    return marks or (not a["cue"] and not b["cue"])


def by_mode(scene: Scene, found: list[Triple], gold: list[Triple]) -> dict[str, list[int]]:
    """[gold found, gold, found right, found] of quoted and of indirect speech; each side by its own mode."""
    pairs = _matched(scene, found, gold)
    counts = {}
    for name, modes in (("direct and mixed", ("direct", "mixed")), ("indirect", ("indirect", "agentless"))):
        counts[name] = [
            sum(b["mode"] in modes for _, b in pairs), sum(b["mode"] in modes for b in gold),
            sum(a["mode"] in modes for a, _ in pairs), sum(a["mode"] in modes for a in found),
        ]  # fmt: skip
    return counts


def measures(scene: Scene, triples: list[Triple]) -> dict[str, float]:
    """What users aggregate, of one article."""
    n = max(scene.text.n_words, 1)
    attributed = {piece for triple in triples for piece in words(scene, triple["content"])}
    quoted = {
        piece
        for triple in triples
        for start, end in triple["content"]
        for quotation in scene.quotations
        if quotation.start < end and start < quotation.end
        for piece in scene.text.pieces(max(start, quotation.start), min(end, quotation.end))
    }
    neutral = sum(
        any(find_lemma(scene.lower(piece)) in ("say", "tell", "accord") for piece in words(scene, triple["cue"]))
        for triple in triples
    )
    return {
        "quoted words per 1,000 words": 1000 * len(quoted) / n,
        "attributed-word share": len(attributed) / n,
        "attributions per 1,000 words": 1000 * len(triples) / n,
        "attributions": float(len(triples)),
        "share of said, told, according to": neutral / max(sum(bool(triple["cue"]) for triple in triples), 1),
    }


def run(
    records: list[dict], method: Callable[[str, Matcher], tuple[Scene, list[Triple]]], matcher: Matcher
) -> tuple[list[Scored], dict[str, list[int]]]:
    scored, modes = [], {"direct and mixed": [0] * 4, "indirect": [0] * 4}
    for record in records:
        scene, found = method(record["text"], matcher)
        gold = gold_triples(record["attributions"])
        scored.append(Scored(record["outlet"], score(scene, found, gold), measures(scene, found), measures(scene, gold)))
        for name, counts in by_mode(scene, found, gold).items():
            modes[name] = [a + b for a, b in zip(modes[name], counts, strict=True)]
    return scored, modes


def gold_triples(attributions: list[dict]) -> list[Triple]:
    return [{**{part: one[part] for part in ("cue", "source", "content")}, "mode": one["quote_type"]} for one in attributions]


def human(records: list[dict]) -> list[Scored]:
    """Every annotator against every other, on the articles that several people coded."""
    scored = []
    for record in records:
        scene = Scene(Text("", record["text"]))
        counts = sum(score(scene, a, b) for a, b in permutations(record["all_annotators"].values(), 2))
        scored.append(Scored(record["outlet"], counts, {}, {}))
    return scored


def rates(scored: Sequence[Scored]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each metric, each with its interval over articles."""
    counts = np.array([one.counts for one in scored])
    draws = np.random.default_rng(SEED).integers(0, len(counts), (RESAMPLES, len(counts)))
    drawn = np.array([shares(counts[draw].sum(axis=0)) for draw in draws])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0).round(4)
    whole = shares(counts.sum(axis=0)).round(4)
    return {
        metric: dict(zip(SHARES, map(float, whole[:, i]), strict=True))
        | {
            f"{share}_{end}": float(value[place, i])
            for place, share in enumerate(SHARES)
            for end, value in (("low", low), ("high", high))
        }
        for i, metric in enumerate(METRICS)
    }


def shares(counts: np.ndarray) -> np.ndarray:
    """Precision TP / predicted, recall TP / gold and F1 2 TP / (predicted + gold) of each metric, one row for each."""
    right, predicted, gold = counts.T
    return np.array([right / np.maximum(predicted, 1), right / np.maximum(gold, 1), f1(counts)])


def f1(counts: np.ndarray) -> np.ndarray:
    """2 TP / (predicted + gold) of each metric."""
    return 2 * counts[:, 0] / np.maximum(counts[:, 1] + counts[:, 2], 1)


def outlets(scored: Sequence[Scored]) -> dict[str, dict[str, float]]:
    """Recall and precision of cues and triples in each outlet."""
    table = {}
    for outlet in sorted({one.outlet for one in scored}):
        total = sum(one.counts for one in scored if one.outlet == outlet)
        table[outlet] = {"articles": sum(one.outlet == outlet for one in scored)}
        for metric in ("cue", "triple"):
            right, predicted, gold = total[METRICS.index(metric)]
            table[outlet] |= {f"{metric} recall": round(right / gold, 4), f"{metric} precision": round(right / predicted, 4)}
    return table


def agreement(scored: Sequence[Scored]) -> dict[str, float]:
    """Pearson correlation over articles of each measure with the gold's."""
    return {
        name: round(float(np.corrcoef([one.found[name] for one in scored], [one.gold[name] for one in scored])[0, 1]), 3)
        for name in scored[0].found
    }


def human_modes(records: list[dict]) -> dict[str, dict[str, float]]:
    """The triple by mode, every annotator against every other."""
    modes = {"direct and mixed": [0] * 4, "indirect": [0] * 4}
    for record in records:
        scene = Scene(Text("", record["text"]))
        coders = [gold_triples(coded) for coded in record["all_annotators"].values()]
        for a, b in permutations(coders, 2):
            for name, counts in by_mode(scene, a, b).items():
                modes[name] = [x + y for x, y in zip(modes[name], counts, strict=True)]
    return mode_rates(modes)


def human_agreement(records: list[dict], matcher: Matcher) -> dict[str, dict[str, float]]:
    """The same correlation between every two people who coded the same articles, and of the tool with each of them."""
    coded: dict[str, dict[int, dict[str, float]]] = {}
    for number, record in enumerate(records):
        scene, found = system(record["text"], matcher)
        for name, triples in {**record["all_annotators"], "tool": found}.items():
            coded.setdefault(name, {})[number] = measures(scene, triples)
    people = [name for name in coded if name != "tool"]
    table = {}
    for measure in coded["tool"][0]:
        pairs = [correlate(coded[a], coded[b], measure) for a, b in combinations(people, 2)]
        tool = [correlate(coded["tool"], coded[name], measure) for name in people]
        table[measure] = {
            "mean of human pairs": round(float(np.mean(pairs)), 3),
            "lowest": round(min(pairs), 3),
            "highest": round(max(pairs), 3),
            "mean of tool with each": round(float(np.mean(tool)), 3),
        }  # fmt: skip
    return table


def correlate(a: dict[int, dict[str, float]], b: dict[int, dict[str, float]], measure: str) -> float:
    """Pearson correlation over the articles that both coded."""
    both = [article for article in a if article in b]
    return float(np.corrcoef([a[article][measure] for article in both], [b[article][measure] for article in both])[0, 1])


def mode_rates(modes: dict[str, list[int]]) -> dict[str, dict[str, float]]:
    """Triple by mode: recall over the gold of a mode, precision over the predictions of a mode, and their harmonic mean."""
    table = {}
    for name, (hit, gold, right, found) in modes.items():
        recall, precision = hit / max(gold, 1), right / max(found, 1)
        table[name] = {
            "precision": round(precision, 4), "recall": round(recall, 4), "gold": gold,
            "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        }  # fmt: skip
    return table


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("split", nargs="?", default="dev", choices=("train", "dev"))
    parser.add_argument("--articles", type=int, default=None)
    options = parser.parse_args()
    folder = Path(os.environ["FRAMING_CORPORA"]) / "gold_attribution_polnear"
    records = [json.loads(line) for line in (folder / f"{options.split}.jsonl").open(encoding="utf-8")][: options.articles]
    several = [r for line in (folder / "train.jsonl").open(encoding="utf-8") if (r := json.loads(line)).get("all_annotators")]
    matcher = Matcher([load_lexicon("attribution")])
    baselines = (("quotation marks", quotation_marks), ("direct speech only", direct_only))
    scored, modes = run(records, system, matcher)
    table = {name: rates(run(records, method, matcher)[0]) for name, method in baselines}
    table["framing"] = rates(scored)
    table["human against human (16 train articles)"] = rates(human(several))
    result = {
        "gold": "PolNeAR " + options.split, "articles": len(records), "resamples": RESAMPLES, "seed": SEED, "table": table,
        "modes": mode_rates(modes), "human_modes": human_modes(several),
        "outlets": outlets(scored), "agreement": agreement(scored),
        "human_agreement": human_agreement(several, matcher),
    }  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    if options.articles is None:
        (RESULTS / f"attribution_{options.split}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    report(result)


def report(result: dict) -> None:
    for name, metrics in result["table"].items():
        print(f"{name:42}", "  ".join(f"{metric} {100 * values['f1']:.1f}" for metric, values in metrics.items()))
    print("framing, precision/recall:", {m: (v["precision"], v["recall"]) for m, v in result["table"]["framing"].items()})
    for part in list(result)[5:]:
        print(part)
        for name, values in result[part].items():
            print("  ", name, values)


if __name__ == "__main__":
    main()
