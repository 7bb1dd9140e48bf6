"""Every number, table and figure that paper.md may name, computed from committed data; nothing is typed by hand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from calibration import describe_calibration, table_calibration
from corpustables import table_coverage, table_demo, table_hedging, table_pages, table_stances
from errortables import describe_errors, table_factors, table_loaded_factors, table_sides
from goldtables import table_agreement, table_benchmark, table_outlets, table_sources, table_validity
from speedtable import table_speed
from studytables import study_tables

import framing as fr
from errors import side_by_side
from figurelist import read_alternatives, table_figures
from lexicons import table_lexicons
from plan import Plan
from study import run_study

DATA = Path(__file__).parent / "data"
BENCHMARKS = Path(__file__).parents[1] / "benchmarks" / "results"
WORDS = {"article": str, "story": str, "date": str}
DIGITS = 10
"""Significant digits of what is written to results.json; why: `round_numbers`."""


@dataclass(frozen=True)
class Results:
    """What the paper is filled from."""

    numbers: dict[str, Any]
    """Nested dicts; a key in the paper is a dotted path."""
    tables: dict[str, pd.DataFrame]
    """Tables by name."""
    figures: dict[str, str]
    """Figure name -> alternative text."""


def compute() -> Results:
    """All results; the numbers are rounded (see `round_numbers`)."""
    annotated = fr.annotate(fr.read_articles(fr.DEMO), progress=False)
    demo = fr.score_articles(annotated)
    allsides = pd.read_csv(DATA / "allsides_scores.csv", dtype=WORDS)
    pages = pd.read_csv(DATA / "uk_ukraine_scores.csv", dtype=WORDS)
    study, sides = run_study(), side_by_side()
    five, found = study.scores["allsides"], {name: describe_contrasts(one) for name, one in study.contrasts.items()}
    coding = fr.read_coding(fr.DEMO.with_name("coding.jsonl"))
    tool = fr.coded_by_tool(annotated.marks, annotated.attributions, annotated.excluded)
    validity = fr.validate({"framing": tool, "coder B": coding["B"]}, {"A": coding["A"]})
    polnear, sources = (
        json.loads((BENCHMARKS / f"{name}.json").read_text(encoding="utf-8")) for name in ("attribution_dev", "sources")
    )
    numbers = {
        "version": fr.__version__,
        "plan": describe_plan(study.plan),
        "lexicon": describe_lexicons(),
        "demo": {**describe_corpus(demo), **describe_demo(demo)},
        "allsides": {
            **describe_corpus(allsides),
            "five": describe_corpus(five),
            **describe_contrasts(study.contrasts["allsides"]),
        },
        "basil": {**describe_corpus(study.scores["basil"]), **found["basil"]},
        "secondary": describe_contrasts(study.secondary),
        "replication": study.replication.set_index("measure").to_dict("index"),
        "words": describe_words(five),
        "errors": describe_errors(sides),
        "pages": describe_corpus(pages),
        "validity": describe_validity(validity),
        "polnear": describe_benchmark(polnear),
        "sources": {name.replace(" ", "_"): found for name, found in sources.items()},
        "known": describe_known_groups(),
        "calibration": describe_calibration(),
    }
    tables = {
        **study_tables(study),
        "coverage": table_coverage(five, study.plan.measures),
        "factors": table_factors(),
        "loaded_factors": table_loaded_factors(),
        "sides": table_sides(sides),
        "demo": table_demo(demo),
        "pages": table_pages(pages),
        "stances": table_stances(pages),
        "polnear": table_benchmark(polnear),
        "polnear_outlets": table_outlets(polnear),
        "polnear_agreement": table_agreement(polnear),
        "lexicons": table_lexicons(),
        "calibration": table_calibration(),
        "sources": table_sources(sources),
        "validity": table_validity(validity),
        "hedging_by_voice": table_hedging(demo),
        "figures": table_figures(),
        "speed": table_speed(),
    }
    return Results(round_numbers(numbers), tables, read_alternatives())


def round_numbers(value: Any) -> Any:
    """The same nested numbers with ten significant digits, and nothing (None) where a number is missing.

    Processors add up in different orders, so the last digits of the same result differ between machines (0.8123987333503566 on
    one, ...567 on another); ten digits are more than any table shows and the same everywhere.

    >>> round_numbers({"a": [0.8123987333503566, 2, float("nan"), True]})
    {'a': [0.8123987334, 2, None, True]}
    """
    if isinstance(value, dict):
        return {key: round_numbers(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [round_numbers(one) for one in value]
    value = value.item() if isinstance(value, np.generic) else value
    if not isinstance(value, float):
        return value
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None


def describe_plan(plan: Plan) -> dict[str, Any]:
    """The plan's digest and date, and how many of its contrasts were seen before."""
    family = {corpus: plan.family(corpus) for corpus in plan.corpora}
    return {
        "digest": plan.digest, "fixed": plan.text["fixed"], "n_primary": len(plan.measures), "n_secondary": len(plan.secondary),
        "alpha": plan.text["test"]["alpha"], "power": 100 * plan.text["power"]["power"],
        **{corpus: {"n_tests": len(one), "n_seen": int(one["seen"].sum()), "n_new": int((~one["seen"]).sum())}
           for corpus, one in family.items()},
    }  # fmt: skip


def describe_corpus(scores: pd.DataFrame) -> dict[str, Any]:
    """Sizes, and how much stands in whose voice."""
    n_words = int(scores["n_words"].sum())
    borrowed = int(scores["hedging"].sum() - scores["hedging_journalist"].sum())
    return {
        "n_articles": len(scores), "n_outlets": int(scores["outlet"].nunique()),
        "n_stories": int(scores["story"].dropna().nunique()),
        "n_words": n_words, "n_attributions": int(scores["n_attributions"].sum()),
        "others_words": 100 * (n_words - int(scores["n_words_journalist"].sum())) / n_words,
        "others_hedges": 100 * borrowed / max(int(scores["hedging"].sum()), 1),
    }  # fmt: skip


def describe_demo(scores: pd.DataFrame) -> dict[str, Any]:
    """The demo's planted example: hedging over all words and over the journalist's own, by outlet."""
    rates = {
        voice: fr.describe_outlets(scores, "hedging", voice=voice).set_index("outlet")["rate"] for voice in ("all", "journalist")
    }
    return {
        f"{name}_{voice}": float(rates[voice][outlet])
        for name, outlet in (("radio", "Caldria Public Radio"), ("courier", "Marrow Bay Courier"))
        for voice in rates
    }


def describe_contrasts(contrasts: pd.DataFrame) -> dict[str, Any]:
    """One dict for each contrast (`cnn_hedging.estimate` ...) and how many of the family stand after the adjustment."""
    rows = {f"{row['outlet'].lower().replace(' ', '_')}_{row['measure']}": row.to_dict() for _, row in contrasts.iterrows()}
    clear = contrasts[contrasts["p_adjusted"] < 0.05]
    names = [
        f"{fr.figures.label(r.measure).lower()}, {r.outlet} (ratio {r.estimate:.2f}, adjusted p = {r.p_adjusted:.3f})"
        for r in clear.itertuples()
    ]
    judged = {"n_new_clear": int((~clear["seen"]).sum()), "n_beyond": int((clear["beyond"] == True).sum()),  # noqa: E712 # None is neither
              "n_hold": int(clear["holds"].sum())} if "seen" in contrasts else {}  # fmt: skip
    return {"contrast": rows, "n_tests": len(contrasts), "n_clear": len(clear), "clear": "; ".join(names) or "none", **judged}


def describe_words(scores: pd.DataFrame) -> dict[str, Any]:
    """The range of CNN's ratio of neutral verbs without each verb in turn, and the share of its logarithm that "say" carries."""
    measure, entries = "attributions_stance_neutral", pd.read_csv(DATA / "allsides_entries.csv")
    verbs = fr.decompose_ratio(entries, scores, measure, "CNN", "Fox News")
    without = verbs["ratio_without"]
    return {
        "lowest": float(without.min()), "highest": float(without.max()), "n": len(verbs),
        "say": 100 * float(verbs.set_index("entry")["share"]["say"]),
    }  # fmt: skip


def describe_validity(table: pd.DataFrame) -> dict[str, Any]:
    """`validity.attribution.framing.f1` and so on."""
    found: dict[str, Any] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["unit"], {})[row["found_by"].replace(" ", "_")] = row
    return found


def describe_benchmark(result: dict[str, Any]) -> dict[str, Any]:
    """F1 in per cent of every method and metric of a benchmark result, by mode, and the agreement of per-article measures."""
    recalls = [100 * values["cue recall"] for values in result["outlets"].values()]
    return {
        "n_articles": result["articles"],
        "modes": {name.replace(" ", "_"): {"f1": 100 * values["f1"]} for name, values in result["modes"].items()},
        "human_modes": {name.replace(" ", "_"): {"f1": 100 * values["f1"]} for name, values in result["human_modes"].items()},
        "agreement": {re.sub(r"\W+", "_", name): value for name, value in result["agreement"].items()},
        "human_agreement": {
            re.sub(r"\W+", "_", name): {key.replace(" ", "_"): value for key, value in values.items()}
            for name, values in result["human_agreement"].items()
        },
        "recall_gap": max(recalls) - min(recalls),
        "recall": {
            "cue": 100 * result["table"]["framing"]["cue"]["recall"],
            "indirect": 100 * result["modes"]["indirect"]["recall"],
        },
        **{
            name.split(" (")[0].replace(" ", "_"): {
                metric.replace(" ", "_"): 100 * value["f1"] for metric, value in metrics.items()
            }
            for name, metrics in result["table"].items()
        },
    }


def describe_known_groups() -> dict[str, Any]:
    """Ratios of opinion to news, and of odd to even days, by measure."""
    rows = json.loads((BENCHMARKS / "known_groups.json").read_text(encoding="utf-8"))
    names = {"opinion against news": "opinion", "odd days against even days": "days"}
    return {name: {row["measure"]: row for row in rows if row["groups"] == groups} for groups, name in names.items()}


def describe_lexicons() -> dict[str, Any]:
    """How many entries, rules and cues there are, and their version hash."""
    sizes = {name: len(fr.load_lexicon(name)) for name in fr.list_lexicons()}
    return {"hash": fr.lexicon_digest(), "n_entries": sum(sizes.values()), "n_lexicons": len(sizes), **sizes}
