"""Counts by the tool and by human coding, article by article, of golds whose outlets are known.

    FRAMING_CORPORA=../shared/corpora python benchmarks/outlets.py

Writes counts only: benchmarks/results/outlets_polnear.csv, one row for each of PolNeAR's articles (seven outlets; the tool's
weights were learned from the split `train`, nothing from `dev`), and outlets_babe.csv, one row for each of BABE's sentences.
The tool's counts are those of `score_articles`, which the paper compares; attributed words of the gold are the words of all
contents of its attributions, quoted ones those that stand in quotation marks besides. Stance is the lexicon's for both sides,
so `neutral` tells how the two differ in which cues there are, not what a verb means. It is counted over `speech`: of the tool
its attributions of that scope, of the gold all that introduce a quotation and those whose cue the lexicon knows as reported
speech.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import framing as fr
from attribution import words
from framing.measure.cues import Meaning, read_meaning
from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.scene import Scene
from framing.measure.text import Text

RESULTS = Path(__file__).parent / "results"
SPLITS = ("train", "dev")
SPEECH = "reported_speech"


def main() -> None:
    folder = Path(os.environ["FRAMING_CORPORA"])
    polnear = pd.concat([count_polnear(folder / "gold_attribution_polnear" / f"{split}.jsonl", split) for split in SPLITS])
    babe = pd.DataFrame(row for split in SPLITS for row in count_babe(folder / "gold_loaded_babe" / f"{split}.jsonl", split))
    for name, table in (("polnear", polnear), ("babe", babe)):
        table.to_csv(RESULTS / f"outlets_{name}.csv", index=False, lineterminator="\n")
        print(
            name,
            len(table),
            "rows;",
            table.drop(columns="article").groupby(["split", "outlet"]).sum().shape[0],
            "outlets x splits",
        )


def count_polnear(path: Path, split: str) -> pd.DataFrame:
    """One row for each article: its words, and each quantity by the tool (`_found`) and by the gold (`_gold`)."""
    records = [json.loads(line) for line in path.open(encoding="utf-8")]
    articles = pd.DataFrame([{name: record[name] for name in ("article", "outlet", "text")} for record in records])
    scores = fr.score_articles(fr.annotate(fr.read_articles(articles), progress=False))
    matcher = Matcher([load_lexicon("attribution")])
    gold = pd.DataFrame([count_gold(record, matcher) for record in records])
    return pd.DataFrame({
        "article": scores["article"], "outlet": scores["outlet"], "split": split, "n_words": scores["n_words"],
        "attributed_found": scores["n_attributed_words"], "attributed_gold": gold["attributed"],
        "quoted_found": scores["n_words_quoted"], "quoted_gold": gold["quoted"],
        "speech_found": scores["n_attributions"], "speech_gold": gold["speech"],
        "neutral_found": scores["attributions_stance_neutral"], "neutral_gold": gold["neutral"],
    })  # fmt: skip


def count_gold(record: dict, matcher: Matcher) -> dict[str, int]:
    """What the coders found in one article."""
    document = Text("", record["text"])
    scene = Scene(document, tuple(matcher.find(document)))
    contents = [one["content"] for one in record["attributions"]]
    stances = [stance for one in record["attributions"] if (stance := speech_stance(scene, one)) is not None]
    return {
        "attributed": len(set().union(*(words(scene, content) for content in contents))),
        "quoted": len(set().union(*(quoted_words(scene, content) for content in contents))),
        "speech": len(stances), "neutral": stances.count("neutral"),
    }  # fmt: skip


def quoted_words(scene: Scene, content: list[list[int]]) -> set[int]:
    """Words of a content that stand in quotation marks."""
    inside = [
        [max(start, quotation.start), min(end, quotation.end)]
        for start, end in content
        for quotation in scene.quotations_within(start, end)
    ]
    return words(scene, inside)


def speech_stance(scene: Scene, attribution: dict) -> str | None:
    """The stance of a gold attribution's cue if it is reported speech: of its first word that the lexicon knows."""
    cues = [read_meaning(scene, piece, scene.cue_pieces) for piece in sorted(words(scene, attribution["cue"]))]
    meaning = next((one for one in cues if one.scope), Meaning((0, 0), "", "neutral", "", float("nan")))
    is_speech = meaning.scope == SPEECH or attribution["quote_type"] in ("direct", "mixed")
    return meaning.stance if is_speech else None


def count_babe(path: Path, split: str) -> Iterator[dict[str, object]]:
    """One row for each sentence: its words, those the tool marks as loaded, those the experts marked, and those both did."""
    matcher = Matcher([load_lexicon("loaded")])
    for line in path.open(encoding="utf-8"):
        record = json.loads(line)
        text = Text("", record["text"])
        found = {piece for hit in matcher.find(text) for piece in range(hit.first, hit.last + 1)}
        gold = {piece for span in record["spans"] for piece in text.pieces(span["start"], span["end"])}
        yield {
            "article": record["id"], "outlet": record["outlet"], "split": split, "n_words": text.n_words,
            "loaded_found": len(found), "loaded_gold": len(gold), "loaded_right": len(found & gold),
        }  # fmt: skip


if __name__ == "__main__":
    main()
