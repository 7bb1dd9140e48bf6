"""Attribution against human coding (PolNeAR): source, cue and content, with the human ceiling and two baselines.

    FRAMING_CORPORA=../shared/corpora python benchmarks/attribution.py [train|dev] [--articles N]

Prints and writes benchmarks/results/attribution_<split>.json. Metrics: a sentence contains a cue or content; the predicted cue's
first word lies in a gold cue; triple = cue, source and content all overlap, one to one; content words (punctuation ignored).
Gold is wider than reported speech, so both scopes are scored.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path

from framing.measure.attributions import find_attributions
from framing.measure.cues import Attribution
from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.scene import Scene
from framing.measure.text import Text

RESULTS = Path(__file__).parent / "results"
Triple = dict[str, list[list[int]]]


def system(text: str, matcher: Matcher) -> tuple[Scene, list[Triple]]:
    scene = _scene(text, matcher)
    return scene, [_triple(one) for one in find_attributions(scene) if one.mode != "hearsay"]


def quotation_marks(text: str, matcher: Matcher) -> tuple[Scene, list[Triple]]:
    scene = _scene(text, matcher)
    return scene, [{"cue": [], "source": [], "content": [[q.start, q.end]]} for q in scene.quotations]


def direct_only(text: str, matcher: Matcher) -> tuple[Scene, list[Triple]]:
    scene = _scene(text, matcher)
    return scene, [_triple(one) for one in find_attributions(scene) if one.mode in ("direct", "mixed")]


def _scene(text: str, matcher: Matcher) -> Scene:
    document = Text("", text)
    return Scene(document, tuple(hit for hit in matcher.find(document) if hit.entry.measure == "attribution"))


def _triple(one: Attribution) -> Triple:
    source = [list(one.source)] if one.source else []
    return {
        "cue": [list(one.cue)] if one.cue[0] < one.cue[1] else [],
        "source": source,
        "content": [list(s) for s in one.content],
    }


def words(scene: Scene, spans: list[list[int]]) -> set[int]:
    return {piece for start, end in spans for piece in scene.text.pieces(start, end)}


def score(scene: Scene, found: list[Triple], gold: list[Triple]) -> dict[str, list[int]]:
    """[true positives, predicted, gold] for each metric."""
    return {
        "sentence": _sentences(scene, found, gold),
        "cue": _cues(found, gold),
        "source words": _word_overlap(scene, found, gold, "source"),
        "content words": _word_overlap(scene, found, gold, "content"),
        "triple": _triples(scene, found, gold),
    }


def _sentences(scene: Scene, found: list[Triple], gold: list[Triple]) -> list[int]:
    def holding(triples: list[Triple]) -> set[int]:
        return {
            scene.text.sentence_of(scene.text.words[piece].start)
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


def _triples(scene: Scene, found: list[Triple], gold: list[Triple]) -> list[int]:
    free = list(gold)
    right = 0
    for triple in found:
        match = next((other for other in free if _overlap(scene, triple, other)), None)
        if match is not None:
            free.remove(match)
            right += 1
    return [right, len(found), len(gold)]


def _overlap(scene: Scene, a: Triple, b: Triple) -> bool:
    parts = ("cue", "source", "content")
    return all(words(scene, a[part]) & words(scene, b[part]) or (not a[part] and not b[part]) for part in parts)


def run(
    records: list[dict], method: Callable[[str, Matcher], tuple[Scene, list[Triple]]], matcher: Matcher
) -> dict[str, dict[str, float]]:
    totals: dict[str, list[int]] = {}
    for record in records:
        scene, found = method(record["text"], matcher)
        gold = [{part: one[part] for part in ("cue", "source", "content")} for one in record["attributions"]]
        for metric, counts in score(scene, found, gold).items():
            totals[metric] = [a + b for a, b in zip(totals.get(metric, [0, 0, 0]), counts, strict=True)]
    return {metric: rates(*counts) for metric, counts in totals.items()}


def human(records: list[dict], matcher: Matcher) -> dict[str, dict[str, float]]:
    """Every annotator against every other, on the articles that several people coded."""
    totals: dict[str, list[int]] = {}
    for record in records:
        scene = _scene(record["text"], matcher)
        coders = record["all_annotators"]
        coders = list(coders.values()) if isinstance(coders, dict) else [one["attributions"] for one in coders]
        for a in coders:
            for b in coders:
                if a is not b:
                    for metric, counts in score(scene, a, b).items():
                        totals[metric] = [x + y for x, y in zip(totals.get(metric, [0, 0, 0]), counts, strict=True)]
    return {metric: rates(*counts) for metric, counts in totals.items()}


def rates(right: int, predicted: int, gold: int) -> dict[str, float]:
    precision, recall = right / max(predicted, 1), right / max(gold, 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * right / max(predicted + gold, 1), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("split", nargs="?", default="dev", choices=("train", "dev"))
    parser.add_argument("--articles", type=int, default=None)
    options = parser.parse_args()
    folder = Path(os.environ["FRAMING_CORPORA"]) / "gold_attribution_polnear"
    records = [json.loads(line) for line in (folder / f"{options.split}.jsonl").open(encoding="utf-8")][: options.articles]
    several = [r for line in (folder / "train.jsonl").open(encoding="utf-8") if (r := json.loads(line)).get("all_annotators")]
    matcher = Matcher([load_lexicon("attribution")])
    table = {
        name: run(records, method, matcher)
        for name, method in (
            ("quotation marks", quotation_marks),
            ("direct speech only", direct_only),
            ("framing", system),
        )
    }
    table["human against human (16 train articles)"] = human(several, matcher)
    result = {"gold": "PolNeAR " + options.split, "articles": len(records), "table": table}
    RESULTS.mkdir(exist_ok=True)
    if options.articles is None:
        (RESULTS / f"attribution_{options.split}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for name, metrics in table.items():
        print(
            f"{name:42}",
            "  ".join(f"{metric} {100 * values['f1']:.1f}" for metric, values in metrics.items()),
        )
    print("framing, precision/recall:", {m: (v["precision"], v["recall"]) for m, v in table["framing"].items()})


if __name__ == "__main__":
    main()
