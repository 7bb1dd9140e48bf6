"""Derives the paper's data from the real corpora: scores without texts, with provenance.

    FRAMING_CORPORA=../shared/corpora python paper/derive.py [OUTPUT]

Writes counts, shares, ids and URLs only, and the benchmarks' results as one tidy table. The texts belong to their publishers
and never enter the project.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import chain
from pathlib import Path

import pandas as pd

import framing as fr
from framing.compare.quantities import choose_quantity
from framing.compare.shares import describe_shares
from framing.measure.scores import Annotated
from framing.store import describe_run
from plan import Corpus, read_plan

DATA = Path(__file__).parent / "data"
BENCHMARKS = Path(__file__).parent.parent / "benchmarks" / "results"
CORPORA = {
    "allsides": (
        "allsides_stories/articles.jsonl",
        "US news 2012-2020, same-event stories; article ids and URLs from Baly et al. (2020)",
    ),
    "basil": (
        "basil_stories/articles.jsonl",
        "100 US stories, each in New York Times, Fox News and HuffPost; article ids from Fan et al. (2019)",
    ),
    "uk_ukraine": ("uk_ukraine", "five scraped pages without metadata: outlet, date and author unknown"),
}
OUTLETS = ("Fox News", "CNN", "Washington Times", "USA Today", "NPR")
"""The outlets with at least 128 articles in allsides."""


def derive(name: str, source: Path) -> tuple[dict[str, pd.DataFrame], dict[str, object]]:
    """The derived tables of one corpus and its provenance."""
    articles = fr.read_articles(source)
    annotated = fr.annotate(articles)
    scores = fr.group_copies(fr.score_articles(annotated), fr.find_copies(articles, excluded=annotated.excluded))
    kept = [column for column in scores.columns if not column.endswith(("_quoted", "_reported")) or column.startswith("n_words")]
    urls = articles[["article", "url"]]
    table = urls.merge(scores[kept].round(6), on="article", how="right").copy()
    run = describe_run(articles, {"input": [CORPORA[name][0]]})
    provenance = {"what": CORPORA[name][1], **{key: run[key] for key in ("lexicons", "input", "n_articles", "n_refused")}}
    tables = {"scores": table, "entries": count_entries(annotated), **share_attributions(annotated)}
    if name in read_plan().corpora:
        tables["variants"] = vary(annotated, read_plan().corpora[name])
    return {f"{name}_{what}": one for what, one in tables.items()}, provenance


def vary(annotated: Annotated, planned: Corpus) -> pd.DataFrame:
    """The primary counts of the planned outlets under other choices of entries and furniture: a first column `variant`."""
    kept = list(dict.fromkeys(["article", "outlet", "story", *chain.from_iterable(map(count_columns, read_plan().measures))]))
    outlets = [*planned.outlets, planned.reference]
    tables = [table[kept].assign(variant=name) for name, table in fr.vary_scores(annotated).items()]
    varied = pd.concat([table[table["outlet"].isin(outlets)] for table in tables])
    return varied[["variant", *kept]]


def count_columns(measure: str) -> list[str]:
    """The columns that a measure needs in every specification: counts and exposures of both voices."""
    both = [choose_quantity(measure, voice) for voice in ("journalist", "all")]
    return [column for one in both for column in (one.count, one.exposure)] + ["n_sentences"]


def share_attributions(annotated: Annotated) -> dict[str, pd.DataFrame]:
    """Shares of attributions with intervals: stances by side and by outlet, and the naming of sources by their type."""
    attributions = annotated.attributions
    if annotated.articles["outlet"].nunique() < 2:
        return {}
    if annotated.articles["outlet"].nunique() > len(OUTLETS):
        attributions = attributions[attributions["outlet"].isin(OUTLETS)]
    return {
        "stances_by_source": describe_shares(attributions, "stance", "source_type").round(4),
        "stances_by_outlet": describe_shares(attributions, "stance", "outlet").round(4),
        "naming": describe_shares(attributions, ["source_type", "naming"]).round(4),
    }


def tidy_validity() -> pd.DataFrame:
    """The benchmarks against human coding, one row for each estimate: unit found_by metric estimate conf_low conf_high n_gold.

    Of attributions the second person is the ceiling; nobody coded hedges and loaded words twice.
    """
    attribution, hedges, loaded = (
        json.loads((BENCHMARKS / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("attribution_dev", "hedges_dev", "loaded_dev")
    )
    rows = []
    for found_by, method in (("tool", "framing"), ("second person", "human against human (16 train articles)")):
        for unit, found in attribution["table"][method].items():
            rows += [
                (f"attribution: {unit}", found_by, metric, found[metric], found[f"{metric}_low"], found[f"{metric}_high"], None)
                for metric in ("precision", "recall", "f1")
            ]
    for found in hedges["wikipedia"][:2]:
        rows += [(found["what"], "tool", metric, found[metric], None, None, found["n"]) for metric in ("precision", "recall")]
        rows.append((found["what"], "tool", "f1", found["f1"], found["low"], found["high"], found["n"]))
    words = loaded["golds"]["BABE"]["table"]["marks"]
    rows += [("loaded words", "tool", metric, words[f"word_{metric}"], None, None, None) for metric in ("precision", "recall")]
    rows.append(("loaded words", "tool", "f1", words["word_f1"], words["word_f1_low"], words["word_f1_high"], None))
    columns = ["unit", "found_by", "metric", "estimate", "conf_low", "conf_high", "n_gold"]
    return pd.DataFrame(rows, columns=columns).astype({"n_gold": "Int64"})


def count_entries(annotated: Annotated) -> pd.DataFrame:
    """Hits of every hedging and loaded entry by outlet and voice, and neutral cues: `outlet measure entry voice count`."""
    marks = annotated.marks[annotated.marks["measure"].isin(("hedging", "loaded"))]
    speech = annotated.attributions.query("scope == 'reported_speech' and stance == 'neutral'")
    cues = speech.assign(measure="attributions_stance_neutral", entry=speech["lemma"], voice="all")
    table = pd.concat([marks, cues])[["outlet", "measure", "entry", "voice"]]
    if annotated.articles["outlet"].nunique() > len(OUTLETS):
        table = table[table["outlet"].isin(OUTLETS)]
    return table.groupby(["outlet", "measure", "entry", "voice"]).size().rename("count").reset_index()


def main() -> None:
    """Derive all corpora that the folder FRAMING_CORPORA holds."""
    root = os.environ.get("FRAMING_CORPORA", "")
    if not root or not Path(root).is_dir():
        sys.exit(
            "paper/derive.py: set FRAMING_CORPORA to the folder of the real corpora; without it the committed data are used."
        )
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    folder.mkdir(parents=True, exist_ok=True)
    provenance = {}
    for name, (place, _) in CORPORA.items():
        tables, provenance[name] = derive(name, Path(root) / place)
        for stem, table in tables.items():
            table.to_csv(folder / f"{stem}.csv", index=False, lineterminator="\n")
    tidy_validity().to_csv(folder / "validity.csv", index=False, lineterminator="\n")
    (folder / "provenance.json").write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
