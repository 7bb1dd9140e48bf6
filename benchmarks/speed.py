"""How fast articles are annotated, on one core, beside TextBlob's sentiment and a plain split of the same texts.

    FRAMING_CORPORA=../shared/corpora python benchmarks/speed.py [--articles N]

Prints words per second of processor time (best of three rounds, interleaved) and the ratios; machines differ, ratios less.
Compiling (once per installation) and caches are paid for before the first round.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from textblob import TextBlob

import framing as fr

ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    articles = fr.read_articles(Path(os.environ["FRAMING_CORPORA"]) / "allsides_stories" / "articles.jsonl").head(
        options.articles
    )
    n_words = sum(len(text.split()) for text in articles["text"])
    methods = {"annotate": annotate, "TextBlob's sentiment": sentiment, "split at spaces": split}
    seconds = {name: [] for name in methods}
    annotate(articles)
    for _ in range(ROUNDS):
        for name, method in methods.items():
            seconds[name].append(timed(method, articles))
    for name, spent in seconds.items():
        times = min(seconds["annotate"]) / min(spent)
        print(f"{name:22}{n_words / min(spent):>14,.0f} words/s   annotate takes {times:,.1f} times as long")


def annotate(articles: pd.DataFrame) -> object:
    return fr.annotate(articles, progress=False)


def sentiment(articles: pd.DataFrame) -> object:
    return [TextBlob(text).sentiment for text in articles["text"]]


def split(articles: pd.DataFrame) -> object:
    return [text.split() for text in articles["text"]]


def timed(method: Callable[[pd.DataFrame], object], articles: pd.DataFrame) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    method(articles)
    return time.process_time() - start


if __name__ == "__main__":
    main()
