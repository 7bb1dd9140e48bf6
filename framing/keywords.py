"""Looking a lexicon over: its sentences, its hits and their contexts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from framing.corpus.progress import follow
from framing.measure.attributions import find_attributions
from framing.measure.lexicon import Entry, LexiconError, Rule, list_lexicons, load_lexicon, load_rules
from framing.measure.marks import LEXICON_MEASURES, OPTIONAL_LEXICONS
from framing.measure.matcher import Matcher, rule_passes
from framing.measure.scene import Scene
from framing.measure.text import Text


def check_lexicons(*, progress: bool | None = None) -> list[str]:
    """One sentence for every entry or rule that fails its example or its counterexample; an empty list if all pass.

    `progress` shows a bar (default: where it is seen).
    """
    names = follow(list_lexicons(), "checking", progress, unit="lexicons")
    faults = [fault for name in names for fault in _entry_faults(name)]
    return faults + [fault for rule in load_rules().values() for fault in _rule_faults(rule)]


def _entry_faults(name: str) -> Iterator[str]:
    lexicon = load_lexicon(name)
    matcher = Matcher([lexicon])
    for entry in lexicon:
        if (_marks(matcher, entry, entry.example)) != (entry.status != "off"):
            fault = "is marked though the entry is off" if entry.status == "off" else "is not marked"
            yield f"{name}.csv, {entry.id}: the example {fault}: {entry.example}"
        if entry.status != "off" and _marks(matcher, entry, entry.counterexample):
            yield f"{name}.csv, {entry.id}: the counterexample is marked: {entry.counterexample}"


def _marks(matcher: Matcher, entry: Entry, sentence: str) -> bool:
    text = Text("", sentence)
    hits = matcher.find(text)
    if entry.measure != "attribution":
        return any(hit.entry.id == entry.id for hit in hits)
    cues = {one.cue for one in find_attributions(Scene(text), hits)}
    spans = {(text.words[hit.first].start, text.words[hit.last].end) for hit in hits if hit.entry.id == entry.id}
    return bool(cues & spans)


def _rule_faults(rule: Rule) -> Iterator[str]:
    for sentence, wanted in ((rule.example, True), (rule.counterexample, False)):
        marked = re.search(r"\[(.+?)\]", sentence)
        if marked is None:
            yield f"rule {rule.id}: no word stands in [brackets]: {sentence}"
            continue
        text = Text("", sentence.replace("[", "").replace("]", ""))
        pieces = text.pieces(marked.start(), marked.end() - 2)
        if rule_passes(rule, text, pieces[0], pieces[-1]) != wanted:
            yield f"rule {rule.id}: the {'example is stopped' if wanted else 'counterexample passes'}: {sentence}"


def entry_stats(marks: pd.DataFrame, lexicon: str) -> pd.DataFrame:
    """Entries of a lexicon by hits: `entry category hits share cumulative`; entries without a hit come last.

    Hits in optional lexicons stand in `list_matches(annotated, lexicon)` instead of the marks.

    Raises LexiconError for a lexicon that does not exist or leaves no marks.
    """
    entries = load_lexicon(lexicon)
    _check_leaves_marks(lexicon)
    hits = marks[marks["measure"] == lexicon]["entry"].value_counts()
    table = pd.DataFrame(
        [(one.id, one.category, int(hits.get(one.id, 0))) for one in entries], columns=["entry", "category", "hits"]
    )
    table = table.sort_values(["hits", "entry"], ascending=[False, True], ignore_index=True)
    total = max(int(table["hits"].sum()), 1)
    table["share"] = (table["hits"] / total).round(4)
    table["cumulative"] = (table["hits"].cumsum() / total).round(4)
    return table


def _check_leaves_marks(lexicon: str) -> None:
    if lexicon not in LEXICON_MEASURES + OPTIONAL_LEXICONS:
        raise LexiconError(f"The lexicon {lexicon!r} leaves no marks to count; its words stand in the attributions table.")


_CUT_BEFORE, _CUT_AFTER = re.compile(r"^\S+(?=\s)"), re.compile(r"(?<=\s)\S+$")
"""A word that the edge of a context may have cut; one that fills the context alone stays."""


def keywords_in_context(
    articles: pd.DataFrame, marks: pd.DataFrame, entry: str, *, n: int = 20, seed: int = 0, width: int = 60
) -> pd.DataFrame:
    """A seeded sample of an entry's hits: `article outlet start before keyword after voice`, in corpus order.

    `before` and `after` hold the whole words among `width` characters on either side.

    Raises LexiconError where the entry is in no lexicon or in one that leaves no marks.
    """
    name = entry.split("/")[0]
    if name not in list_lexicons() or entry not in load_lexicon(name).entries:
        raise LexiconError(f"There is no entry {entry!r}; entries are written lexicon/headword, for example hedging/may.")
    _check_leaves_marks(name)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    hits = marks[marks["entry"] == entry].drop_duplicates(["article", "start"])
    chosen = hits.sample(min(n, len(hits)), random_state=seed).sort_index()
    rows = []
    for hit in chosen.itertuples():
        text = texts[hit.article]
        before = _CUT_BEFORE.sub("", text[max(0, hit.start - width - 1) : hit.start]) if hit.start > width else text[: hit.start]
        after = _CUT_AFTER.sub("", text[hit.end : hit.end + width + 1]) if hit.end + width < len(text) else text[hit.end :]
        rows.append((hit.article, hit.outlet, hit.start, " ".join(before.split()), hit.text, " ".join(after.split()), hit.voice))
    return pd.DataFrame(rows, columns=["article", "outlet", "start", "before", "keyword", "after", "voice"])
