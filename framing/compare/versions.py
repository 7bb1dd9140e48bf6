"""Two articles on the same event side by side: what one has and the other has not."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum, log, sqrt

import pandas as pd

from framing.corpus.languages import english_words
from framing.corpus.readers import ArticlesError
from framing.measure.scores import Annotated

COLUMNS = ("what", "start", "end", "text", "start_2", "end_2", "text_2", "detail", "detail_2", "likeness")
WHAT = (
    "same", "hedge_dropped", "hedge_added", "quote_to_paraphrase", "paraphrase_to_quote", "source_unnamed", "source_named",
    "only_in_first", "only_in_second",
)  # fmt: skip
ALIKE = 0.3
"""Likeness from which two sentences tell the same (chosen on the demo corpus; 1 is the same words)."""
ALIKE_OF_SPEAKER = 0.2
"""Likeness from which two statements of the same speaker are one statement (chosen likewise)."""
NAMED, UNNAMED = ("named_person", "named_role"), ("unnamed_official", "vague", "agentless")
QUOTED, PARAPHRASED = ("direct", "mixed"), ("indirect", "agentless", "hearsay")
# Inflected forms of a word mostly have this beginning in common (chosen).
BEGINNING = 5
_WORD = re.compile(r"\w+")


def compare_versions(annotated: Annotated, article: str, article_2: str) -> pd.DataFrame:
    """What one of two articles has and the other has not; one row each, with both texts.

    Columns: what; start end text (in the first article); start_2 end_2 text_2 (in the second; missing and empty where it has no
    counterpart); detail and detail_2 (entries, modes or speakers); likeness (0 to 1, of the two sentences or of what was said).

    - `same`: two sentences that tell the same: they share content words, above all those that few sentences have.
    - `hedge_dropped`, `hedge_added`: a hedge in one of two such sentences, where the other has fewer; text is the hedge, text_2
      the other sentence (for `hedge_added` the other way round).
    - `quote_to_paraphrase`, `paraphrase_to_quote`: the same statement in quotation marks here and without them there.
    - `source_unnamed`, `source_named`: the same statement by a named source here and by an unnamed one there.
    - `only_in_first`, `only_in_second`: a sentence without a counterpart.

    It is a reading aid: sentences are aligned by their words, so a counterpart in quite other words is missed; how often has not
    been measured. Page furniture is left out. Nothing is said about which article came first.

    Raises ArticlesError for an article that is not there.

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> from framing.measure.scores import annotate
    >>> articles = read_articles(DEMO)
    >>> annotated = annotate(articles[articles["story"] == "guarantees"], progress=False)
    >>> versions = compare_versions(annotated, "guarantees-courier", "guarantees-radio")
    >>> versions.loc[versions["what"] == "quote_to_paraphrase", ["text", "text_2"]].values.tolist()
    [['“These guarantees are binding, and we mean to keep them,”', 'the guarantees were binding']]
    """
    return compare_read(read_version(annotated, article), read_version(annotated, article_2))


def compare_read(one: Version, other: Version) -> pd.DataFrame:
    """As `compare_versions`, of articles that were read before: whoever compares each with several reads it once."""
    weigh = _weigh([*one.sentences, *other.sentences])
    aligned = _align(one.sentences, other.sentences, weigh)
    rows = [
        *(_row("same", one.sentences[a], other.sentences[b], likeness) for (a, b), likeness in aligned.items()),
        *_hedges(one, other, aligned),
        *_statements(one.statements, other.statements, weigh),
        *(_row("only_in_first", sentence, None) for a, sentence in enumerate(one.sentences) if a not in {a for a, _ in aligned}),
        *(
            _row("only_in_second", None, sentence)
            for b, sentence in enumerate(other.sentences)
            if b not in {b for _, b in aligned}
        ),
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    offsets = ["start", "end", "start_2", "end_2"]
    table[offsets] = table[offsets].astype("Int64")
    order = table["what"].map(WHAT.index)
    return table.assign(_=order).sort_values(["_", "start", "start_2"], kind="stable", ignore_index=True).drop(columns="_")


@dataclass(frozen=True)
class Stretch:
    """A sentence, a hedge or a statement of an article."""

    start: int
    """Where it begins."""
    end: int
    """Where it ends."""
    text: str
    """What stands there."""
    words: frozenset[str]
    """The beginnings of its content words."""
    detail: str = ""
    """The entry of a hedge, the speaker of a statement."""
    mode: str = ""
    """Of a statement: direct, mixed, indirect ..."""
    naming: str = ""
    """Of a statement: how its source is named."""


@dataclass(frozen=True)
class Version:
    """An article as it is compared."""

    sentences: list[Stretch]
    """In order."""
    hedges: list[Stretch]
    """In order."""
    statements: list[Stretch]
    """What somebody is reported to have said."""


def read_version(annotated: Annotated, article: str) -> Version:
    """An article of an annotated corpus as it is compared."""
    texts = annotated.articles.loc[annotated.articles["article"] == article, "text"]
    if texts.empty:
        raise ArticlesError(f"There is no article {article!r} in the annotated corpus; its ids are in .articles.")
    text = str(texts.iloc[0])
    sentences = annotated.sentences[annotated.sentences["article"] == article]
    marks = annotated.marks[(annotated.marks["article"] == article) & (annotated.marks["measure"] == "hedging")]
    speech = annotated.attributions[annotated.attributions["article"] == article]
    return Version(
        [_stretch(text, int(start), int(end)) for start, end in zip(sentences["start"], sentences["end"], strict=True)],
        [_stretch(text, int(row.start), int(row.end), str(row.entry)) for row in marks.itertuples()],
        [_statement(text, row) for row in speech[speech["scope"] == "reported_speech"].itertuples() if len(row.content) > 2],
    )


def _stretch(text: str, start: int, end: int, detail: str = "") -> Stretch:
    return Stretch(start, end, text[start:end], _content_words(text[start:end]), detail)


def _statement(text: str, row: object) -> Stretch:
    spans = json.loads(row.content)  # type: ignore[attr-defined]
    said = " ".join(text[start:end] for start, end in spans)
    start, end = spans[0][0], spans[-1][1]
    who = row.speaker or row.source or row.naming  # type: ignore[attr-defined]
    return Stretch(start, end, text[start:end], _content_words(said), who, row.mode, row.naming)  # type: ignore[attr-defined]


def _content_words(text: str) -> frozenset[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word[:BEGINNING] for word in words if word not in english_words() and (len(word) > 1 or word.isdigit()))


Weigh = Callable[[frozenset[str]], float]
"""How much some words tell together."""


def _weigh(sentences: Sequence[Stretch]) -> Weigh:
    """How much words tell: less, the more sentences they stand in. Summed exactly, since sets have no order."""
    spread = Counter(word for sentence in sentences for word in sentence.words)
    weights = {word: log(1 + len(sentences) / n) ** 2 for word, n in spread.items()}
    return cache(lambda words: fsum(weights.get(word, 0) for word in words))


def _likeness(one: Stretch, other: Stretch, weigh: Weigh) -> float:
    """The cosine of the two sets of words, weighted."""
    both = one.words & other.words
    return weigh(both) / sqrt(weigh(one.words) * weigh(other.words)) if weigh(both) else 0.0


def _align(one: Sequence[Stretch], other: Sequence[Stretch], weigh: Weigh) -> dict[tuple[int, int], float]:
    """Pairs of sentences of which one is the likest to the other; a long sentence may stand for two."""
    like = {(a, b): _likeness(one[a], other[b], weigh) for a in range(len(one)) for b in range(len(other))}
    best: dict[tuple[str, int], tuple[int, int]] = {}
    for pair in sorted(like, key=lambda pair: (-like[pair], pair)):
        best.setdefault(("first", pair[0]), pair)
        best.setdefault(("second", pair[1]), pair)
    return {pair: like[pair] for pair in sorted(set(best.values())) if like[pair] >= ALIKE}


def _row(what: str, one: Stretch | None, other: Stretch | None, likeness: float | None = None) -> tuple[object, ...]:
    left = (one.start, one.end, one.text) if one else (None, None, "")
    right = (other.start, other.end, other.text) if other else (None, None, "")
    return what, *left, *right, one.detail if one else "", other.detail if other else "", likeness


def _hedges(one: Version, other: Version, aligned: dict[tuple[int, int], float]) -> Iterator[tuple[object, ...]]:
    """Hedges that a sentence has and its counterparts have not."""
    for what, here, there, side in (("hedge_dropped", one, other, 0), ("hedge_added", other, one, 1)):
        for number, sentence in enumerate(here.sentences):
            pairs = [pair for pair in aligned if pair[side] == number]
            if not pairs:
                continue
            counterparts = [there.sentences[pair[1 - side]] for pair in pairs]
            own = _inside(here.hedges, sentence)
            theirs = [hedge for counterpart in counterparts for hedge in _inside(there.hedges, counterpart)]
            unlike = [hedge for hedge in own if hedge.detail not in {other.detail for other in theirs}]
            likest = max(pairs, key=lambda pair: aligned[pair])
            for hedge in unlike[: max(len(own) - len(theirs), 0)]:
                pair = (hedge, there.sentences[likest[1]]) if side == 0 else (there.sentences[likest[0]], hedge)
                yield _row(what, *pair, aligned[likest])


def _inside(hedges: Sequence[Stretch], sentence: Stretch) -> list[Stretch]:
    return [hedge for hedge in hedges if sentence.start <= hedge.start < sentence.end]


def _statements(one: Sequence[Stretch], other: Sequence[Stretch], weigh: Weigh) -> Iterator[tuple[object, ...]]:
    """The same statements, quoted or paraphrased, of a named or of an unnamed source."""
    like = {(a, b): _likeness(said, said_2, weigh) for a, said in enumerate(one) for b, said_2 in enumerate(other)}
    taken: set[tuple[str, int]] = set()
    for a, b in sorted(like, key=lambda pair: (-like[pair], pair)):
        needed = ALIKE_OF_SPEAKER if one[a].detail == other[b].detail else ALIKE
        if like[a, b] < needed or taken & {("first", a), ("second", b)}:
            continue
        taken |= {("first", a), ("second", b)}
        for what in _changes(one[a], other[b]):
            yield _row(what, one[a], other[b], like[a, b])


def _changes(said: Stretch, said_2: Stretch) -> Iterator[str]:
    if said.mode in QUOTED and said_2.mode in PARAPHRASED:
        yield "quote_to_paraphrase"
    if said.mode in PARAPHRASED and said_2.mode in QUOTED:
        yield "paraphrase_to_quote"
    if said.naming in NAMED and said_2.naming in UNNAMED:
        yield "source_unnamed"
    if said.naming in UNNAMED and said_2.naming in NAMED:
        yield "source_named"
