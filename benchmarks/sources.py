"""Source type, naming and he/she against two independent hand codings (benchmarks/coding/README.md).

    FRAMING_CORPORA=../shared/corpora python benchmarks/sources.py

Prints and writes benchmarks/results/sources.json: accuracy against each coder with Wilson 95 % intervals, the coders' agreement
(percent and Krippendorff's alpha), and the confusion tables against coder A. The source phrases are the published hand coding's,
so only typing, naming and resolving are measured here.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from statsmodels.stats.proportion import proportion_confint

from framing.measure.speakers import Source, resolve_sources
from framing.measure.text import Text

HERE = Path(__file__).parent
Pair = tuple[str, str]


def main() -> None:
    path = Path(os.environ["FRAMING_CORPORA"]) / "gold_attribution_polnear" / "train.jsonl"
    articles = path.read_text(encoding="utf-8").split("\n")
    units = list(csv.DictReader((HERE / "coding" / "sources.csv").open(encoding="utf-8")))
    resolved: dict[str, dict[str, Source]] = {}
    for unit in units:
        if unit["article"] not in resolved:
            resolved[unit["article"]] = resolve(json.loads(articles[int(unit["article"])]))
    found = [resolved[unit["article"]][unit["attribution"]] for unit in units]
    cases = list(zip(found, units, strict=True))
    unseen = [(one, unit) for one, unit in cases if unit["use"] == "unseen"]
    tuned = [(one, unit) for one, unit in cases if unit["use"] == "tuned"]
    result = {
        "type": compare([(one.source_type, unit["type_a"], unit["type_b"]) for one, unit in unseen]),
        "naming": compare([(one.naming, unit["naming_a"], unit["naming_b"]) for one, unit in unseen]),
        "he and she": speakers(found, units),
        "type, articles used for tuning": compare([(one.source_type, unit["type_a"], unit["type_b"]) for one, unit in tuned]),
        "naming, articles used for tuning": compare([(one.naming, unit["naming_a"], unit["naming_b"]) for one, unit in tuned]),
    }
    (HERE / "results" / "sources.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def resolve(record: dict) -> dict[str, Source]:
    """Attribution id -> what is found of its source."""
    attributions = sorted((one for one in record["attributions"] if one["source"]), key=lambda one: one["source"][0])
    spans = [(one["source"][0][0], one["source"][-1][1]) for one in attributions]
    return dict(zip((one["id"] for one in attributions), resolve_sources(Text("", record["text"]), spans), strict=True))


def compare(codes: Sequence[tuple[str, str, str]]) -> dict:
    coded = [row for row in codes if row[1]]
    return {
        "n": len(coded),
        "tool against A": share([(tool, a) for tool, a, _ in coded]),
        "tool against B": share([(tool, b) for tool, _, b in coded]),
        "A against B": share([(a, b) for _, a, b in coded]),
        "alpha of A and B": round(nominal_alpha([(a, b) for _, a, b in coded]), 3),
        "largest class alone": share([(Counter(a for _, a, _ in coded).most_common(1)[0][0], a) for _, a, _ in coded]),
        "confusion (A: tool)": {
            name: dict(Counter(tool for tool, a, _ in coded if a == name).most_common())
            for name in sorted({a for _, a, _ in coded})
        },
    }


def share(pairs: Sequence[Pair]) -> dict[str, float]:
    """Percent equal with Wilson's interval (1927)."""
    right = sum(a == b for a, b in pairs)
    low, high = proportion_confint(right, len(pairs), method="wilson")
    return {"percent": round(100 * right / len(pairs), 1), "low": round(100 * low, 1), "high": round(100 * high, 1)}


def nominal_alpha(pairs: Sequence[Pair]) -> float:
    """1 - D_o / D_e for two coders and no gaps (Krippendorff 2019)."""
    values = Counter(value for pair in pairs for value in pair)
    n = sum(values.values())
    d_o = sum(a != b for a, b in pairs) / len(pairs)
    d_e = 1 - sum(count * (count - 1) for count in values.values()) / (n * (n - 1))
    return 1 - d_o / d_e


def speakers(found: Sequence[Source], units: Sequence[dict[str, str]]) -> dict:
    """How often he or she is given a person, and how often the right one: the last names are equal."""
    asked = [(one.speaker, unit) for one, unit in zip(found, units, strict=True) if unit["antecedent_a"]]
    given = [(speaker, unit) for speaker, unit in asked if speaker]
    result = {"n": len(asked), "given a person": len(given)}
    for coder in "ab":
        right = [(same(speaker, unit[f"antecedent_{coder}"]), True) for speaker, unit in given]
        everywhere = [(bool(speaker) and same(speaker, unit[f"antecedent_{coder}"]), True) for speaker, unit in asked]
        result[f"right of those given, coder {coder.upper()}"] = share(right)
        result[f"right of all, coder {coder.upper()}"] = share(everywhere)
    result["A against B"] = share([(same(unit["antecedent_a"], unit["antecedent_b"]), True) for _, unit in asked])
    return result


def same(a: str, b: str) -> bool:
    return surname(a) == surname(b)


def surname(name: str) -> str:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", re.sub(r",.*|\(.*", "", name)) if word.lower() not in ("jr", "sr")]
    return re.sub(r"['’]s$", "", words[-1].lower()) if words else ""


if __name__ == "__main__":
    main()
