"""Derives the paper's data from the real corpora: scores without texts, with provenance.

    FRAMING_CORPORA=../shared/corpora python paper/derive.py [OUTPUT]

Writes counts, ids and URLs only. The texts belong to their publishers and never enter the project.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pandas as pd

import framing as fr
from framing.measure.scores import Annotated
from framing.store import describe_run

DATA = Path(__file__).parent / "data"
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
    scores = fr.score_articles(annotated)
    kept = [column for column in scores.columns if not column.endswith(("_quoted", "_reported")) or column.startswith("n_words")]
    urls = articles[["article", "url"]]
    table = urls.merge(scores[kept].round(6), on="article", how="right").copy()
    run = describe_run(articles, {"input": [CORPORA[name][0]]})
    provenance = {"what": CORPORA[name][1], **{key: run[key] for key in ("lexicons", "input", "n_articles", "n_refused")}}
    return {f"{name}_scores": table, f"{name}_entries": count_entries(annotated)}, provenance


def count_entries(annotated: Annotated) -> pd.DataFrame:
    """Hits of every hedging and loaded entry by outlet and voice: `outlet measure entry voice count`."""
    marks = annotated.marks[annotated.marks["measure"].isin(("hedging", "loaded"))]
    if annotated.articles["outlet"].nunique() > len(OUTLETS):
        marks = marks[marks["outlet"].isin(OUTLETS)]
    return marks.groupby(["outlet", "measure", "entry", "voice"]).size().rename("count").reset_index()


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
    (folder / "provenance.json").write_text(json.dumps(provenance, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
