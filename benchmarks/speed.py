"""How fast texts are read, on one core, beside other tools on the same texts in the same run.

    FRAMING_CORPORA=../shared/corpora python benchmarks/speed.py [--articles N]

Megabytes and words per second of processor time, the best of three interleaved rounds, and what share of the lexicon pass and of
`annotate` each is; machines differ, ratios less. Slow tools get the first articles only. Compiling (once per installation) and
caches are paid for before the first round. Tools that are not installed (pip install vaderSentiment empath spacy) are left out,
by name. Writes benchmarks/results/speed.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from textblob import TextBlob

import framing as fr
from framing.measure.collecting import keep_freed_memory
from framing.measure.marks import build_matcher
from framing.measure.surface import Surface
from framing.store import write_results

RESULTS = Path(__file__).parent / "results" / "speed.json"
ROUNDS = 3
AT_ONCE = 64
"""Articles whose lexicon pass is made together, as in `annotate`."""
Work = Callable[[pd.DataFrame], object]


@dataclass(frozen=True)
class Tool:
    """Something that reads texts."""

    name: str
    """As in the table."""
    does: str
    """What it gives."""
    work: Work
    """What is timed."""
    share: float = 1.0
    """The share of the articles that it gets."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=600)
    options = parser.parse_args()
    path = Path(os.environ["FRAMING_CORPORA"]) / "allsides_stories" / "articles.jsonl"
    articles = fr.read_articles(path).head(options.articles)
    tools, missing = find_tools()
    rows = measure(tools, articles)
    by_name = {row["tool"]: row["mb_per_s"] for row in rows}
    for row in rows:
        row |= {f"of_{name}": round(row["mb_per_s"] / by_name[tool], 4) for name, tool in ANCHORS.items()}
        print(f"{row['tool']:34}{row['mb_per_s']:9.2f} MB/s{row['words_per_s']:14,.0f} words/s   {row['does']}")
    print("not installed here:", ", ".join(missing) or "none")
    texts = {"articles": len(articles), "mb": round(megabytes(articles), 2), "words": n_words(articles)}
    found = {"machine": describe_machine(), "texts": texts, "rounds": ROUNDS, "not_installed": missing, "tools": rows}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def measure(tools: Sequence[Tool], articles: pd.DataFrame) -> list[dict[str, object]]:
    """One row for each tool."""
    parts = [articles.head(max(1, round(len(articles) * tool.share))) for tool in tools]
    for tool, part in zip(tools, parts, strict=True):
        tool.work(part.head(AT_ONCE))  # compiling and tables are paid for here
    seconds = [[timed(tool.work, part) for tool, part in zip(tools, parts, strict=True)] for _ in range(ROUNDS)]
    return [
        {"tool": tool.name, "does": tool.does, "mb_per_s": round(megabytes(part) / best, 3),
         "words_per_s": round(n_words(part) / best), "articles": len(part)}
        for tool, part, best in zip(tools, parts, np.min(seconds, axis=0), strict=True)
    ]  # fmt: skip


def timed(work: Work, articles: pd.DataFrame) -> float:
    """Seconds of processor time, that of child processes included."""
    begin = processor_time()
    work(articles)
    return processor_time() - begin


def processor_time() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def megabytes(articles: pd.DataFrame) -> float:
    return sum(len(text.encode()) for text in articles["text"]) / 1e6


def n_words(articles: pd.DataFrame) -> int:
    """Words as a split at white space counts them."""
    return int(sum(len(text.split()) for text in articles["text"]))


def annotate(articles: pd.DataFrame) -> None:
    annotated = fr.annotate(articles, progress=False)
    with tempfile.TemporaryDirectory() as folder:
        write_results(Path(folder), annotated, fr.score_articles(annotated), {}, kind="parquet")


def pass_lexicons(articles: pd.DataFrame) -> list[np.ndarray]:
    """Words, sentences, hits of all lexicons with their offsets, and counts by article and entry."""
    keep_freed_memory()  # as `annotate` does
    matcher, counts, texts = build_matcher(), [], articles["text"].tolist()
    for first in range(0, len(texts), AT_ONCE):
        surface = Surface(texts[first : first + AT_ONCE])
        entry, piece, last = matcher.find_rows(surface).T
        assert len(surface.sentences.rows)
        _ = surface.columns.starts[piece], surface.columns.ends[last]
        n_articles, n_entries = len(surface.texts), len(matcher.entries)
        articles_of_hits = np.repeat(np.arange(n_articles), np.diff(np.searchsorted(piece, surface.pieces)))
        cells = articles_of_hits * n_entries + entry
        counts.append(np.bincount(cells, minlength=n_articles * n_entries).reshape(n_articles, n_entries))
    return counts


def count_words(articles: pd.DataFrame) -> None:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\n".join(articles["text"]))
        file.flush()
        subprocess.run(["wc", "-w", file.name], check=True, stdout=subprocess.DEVNULL)


def count_plainly(articles: pd.DataFrame) -> list[Counter[str]]:
    """What one would write first: lower-case words looked up in a dictionary of the entries of one word."""
    return [
        Counter(WORDS_OF_ENTRIES[word] for word in _WORD.findall(text.lower()) if word in WORDS_OF_ENTRIES)
        for text in articles["text"]
    ]


_WORD = re.compile(r"\w+")
WORDS_OF_ENTRIES = {form.lower(): entry.measure for entry in build_matcher().entries for form in entry.forms if form.isalpha()}
PHRASES = sorted({form for entry in build_matcher().entries for form in entry.forms if form.replace(" ", "").isalpha()})
ANCHORS = {"wc": "wc -w", "lexicon_pass": "framing: lexicon pass", "annotate": "framing: annotate, scores, tables"}


def find_tools() -> tuple[list[Tool], list[str]]:
    """The tools that are installed, and the names of those that are not."""
    tools = [
        Tool("framing: annotate, scores, tables", "attributions, voices, all measures, written as Parquet", annotate),
        Tool("framing: lexicon pass", "words, sentences, hits with offsets, counts", pass_lexicons),
        Tool("wc -w", "words", count_words),
        Tool("plain Python dictionary", "counts of single words", count_plainly),
        Tool("TextBlob sentiment", "polarity and subjectivity", lambda some: [TextBlob(t).sentiment for t in some["text"]], 0.5),
    ]
    others = {"vaderSentiment": vader, "empath": empath, "spacy": spacy_phrases}
    for name, make in others.items():
        if find_spec(name):
            tools.append(make())
    return tools, [name for name in others if not find_spec(name)]


def vader() -> Tool:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return Tool("VADER", "valence", lambda some: [analyzer.polarity_scores(text) for text in some["text"]], 0.1)


def empath() -> Tool:
    from empath import Empath

    lexicon = Empath()
    return Tool("Empath", "194 categories of its own", lambda some: [lexicon.analyze(text) for text in some["text"]], 0.5)


def spacy_phrases() -> Tool:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("entries", [nlp.make_doc(phrase) for phrase in PHRASES])
    return Tool(
        "spaCy blank + PhraseMatcher", "words and hits of entries without wildcards",
        lambda some: [matcher(nlp.make_doc(text)) for text in some["text"]], 0.5,
    )  # fmt: skip


def describe_machine() -> dict[str, object]:
    """What the figures were measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").is_file() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {"processor": model, "cores": os.cpu_count(), "python": platform.python_version()}


if __name__ == "__main__":
    main()
