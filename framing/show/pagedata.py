"""What the reading page knows: the annotated tables as plain lists, a piece per article, so that a browser reads few of them."""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from framing.compare.versions import COLUMNS as VERSION_COLUMNS
from framing.compare.versions import WHAT, Version, compare_read, read_version
from framing.corpus.furniture import load_furniture_rules
from framing.corpus.progress import progress_bar
from framing.measure.batch import Batch
from framing.measure.lexicon import Entry, load_lexicon, load_rules
from framing.measure.scene import Scene
from framing.measure.scores import BATCH, Annotated
from framing.measure.text import Text
from framing.measure.voices import VOICES, cut_batch, is_voiced
from framing.show.provenance import describe_rule, load_definitions, load_precision

SHOWN = {
    "hedging": "H", "boosters": "B", "approximators": "A", "weasel": "V", "loaded": "L", "labels": "N", "generic_frames": "F",
    "policy_frames": "P", "war_peace": "W",
}  # fmt: skip
"""The measures whose marks are shown, each with the letter that stands for it in print."""
MOST_COMPARED = 8
"""Articles of one story up to which every two of them are compared beforehand (chosen: 28 comparisons)."""
COLUMNS = {
    "marks": ("kind", "start", "end", "voice", "attribution"),
    "attributions": (
        "scope", "mode", "stance", "cue_start", "cue_end", "lemma", "source_start", "source_end", "speaker", "source_type",
        "naming", "content", "precision", "probability",
    ),
    "excluded": ("start", "end", "rule"),
    "voices": ("start", "end", "voice"),
    "versions": tuple(name for name in VERSION_COLUMNS if name not in ("text", "text_2")),
}  # fmt: skip
"""The columns of each list of rows. `kind` is a row of the index's `kinds`, `voice` one of its `voices`, `what` one of its
`what`; the `attribution` of a mark is a row of the article's attributions, or -1. Offsets are the tables': code points."""


@dataclass(frozen=True)
class PageData:
    """The contents of a reading page."""

    index: dict[str, Any]
    """What is needed before an article is read: the list of articles, the kinds of marks, entries, rules, definitions."""
    texts: list[str]
    """The text of each article, in the order of the list."""
    articles: list[dict[str, Any]]
    """The rows of each article."""
    versions: dict[tuple[int, int], list[list[Any]]]
    """What one of two articles of a story has and the other has not, by their places in the list."""


def collect_page(annotated: Annotated, *, progress: bool | None = None) -> PageData:
    """The contents of the reading page of an annotated corpus. `progress` shows a bar (default: where it is seen)."""
    marks = annotated.marks[annotated.marks["measure"].isin(SHOWN)]
    kinds = sorted(set(zip(marks["measure"], marks["category"], marks["entry"], strict=True)), key=_kind_order)
    pairs = [*_pairs(annotated.articles)]
    with progress_bar("reading page", len(annotated.articles) + len(pairs), progress) as bar:
        articles = _articles(annotated, marks, kinds, bar)
        versions = _versions(annotated, pairs, bar)
    index = _index(annotated, articles, kinds, list(versions))
    return PageData(index, annotated.articles["text"].tolist(), articles, versions)


Kind = tuple[str, str, str]
"""Measure, category and entry of a mark."""


def _kind_order(kind: Kind) -> tuple[int, str, str]:
    return list(SHOWN).index(kind[0]), kind[1], kind[2]


def _pairs(articles: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """The places of every two articles of a story that is not too large."""
    told = articles.get("story", pd.Series("", index=articles.index)).reset_index(drop=True)
    for places in told[told != ""].groupby(told).indices.values():
        if len(places) <= MOST_COMPARED:
            yield from itertools.combinations(sorted(int(told[told != ""].index[place]) for place in places), 2)


def _articles(annotated: Annotated, marks: pd.DataFrame, kinds: list[Kind], bar: Any) -> list[dict[str, Any]]:
    numbers = {kind: number for number, kind in enumerate(kinds)}
    found = _rows(marks, ("measure", "category", "entry", "start", "end", "voice", "attribution"))
    who, left_out = (_rows(getattr(annotated, name), COLUMNS[name]) for name in ("attributions", "excluded"))
    for row in itertools.chain.from_iterable(who.values()):
        row[_CONTENT] = json.loads(row[_CONTENT])
    articles = []
    for article, voices in _voices(annotated.articles, left_out, who):
        articles.append({
            "marks": [
                [numbers[measure, category, entry], start, end, VOICES.index(voice), _place(attribution)]
                for measure, category, entry, start, end, voice, attribution in found[article]
            ],
            "attributions": [[_plain(cell) for cell in row] for row in who[article]],
            "excluded": left_out[article],
            "voices": voices,
        })  # fmt: skip
        bar.update()
    return articles


_CONTENT = COLUMNS["attributions"].index("content")
Rows = defaultdict[str, list[list[Any]]]
"""The rows of a table by article."""


def _voices(articles: pd.DataFrame, left_out: Rows, who: Rows) -> Iterator[tuple[str, list[list[int]]]]:
    """Each article with the stretches of others' voices: start, end, voice. Many are read at a time."""
    rows = list(zip(articles["article"].tolist(), articles["text"].tolist(), strict=True))
    for first in range(0, len(rows), BATCH):
        some = rows[first : first + BATCH]
        batch = Batch([Scene(Text(name, text, tuple((a, b) for a, b, _ in left_out[name]))) for name, text in some])
        contents = [[row[_CONTENT] if is_voiced(row[0], row[1]) else () for row in who[name]] for name, _ in some]
        table = cut_batch(batch, contents)
        places = np.searchsorted(batch.bases, table.starts, "right") - 1
        starts, ends = table.starts - batch.bases[places], table.ends - batch.bases[places]
        stretches = np.stack([starts, ends, table.codes], axis=1)
        for place, (name, _) in enumerate(some):
            yield name, stretches[places == place].tolist()


def _rows(table: pd.DataFrame, columns: Iterable[str]) -> Rows:
    """The rows of each article."""
    rows: Rows = defaultdict(list)
    for article, *row in zip(*(table[name].tolist() for name in ("article", *columns)), strict=True):
        rows[article].append(row)
    return rows


def _place(attribution: str) -> int:
    """The row that an attribution's name (`article#7`) stands for, -1 for none."""
    return int(attribution.rsplit("#", 1)[1]) - 1 if attribution else -1


def _plain(cell: Any) -> Any:
    """A cell as JSON has it: nothing for what is missing."""
    return None if isinstance(cell, float) and isnan(cell) else cell


def _versions(annotated: Annotated, pairs: list[tuple[int, int]], bar: Any) -> dict[tuple[int, int], list[list[Any]]]:
    read = _read_versions(annotated, sorted({place for pair in pairs for place in pair}))
    versions = {}
    for one, other in pairs:
        table = compare_read(read[one], read[other])
        offsets = table[["start", "end", "start_2", "end_2"]].astype(object)
        table = table.assign(likeness=table["likeness"].astype("float64").round(2), **offsets)
        versions[one, other] = [
            _trimmed([WHAT.index(what), *(None if cell is pd.NA else _plain(cell) for cell in row)])
            for what, *row in zip(*(table[name].tolist() for name in COLUMNS["versions"]), strict=True)
        ]
        bar.update()
    return versions


def _trimmed(row: list[Any]) -> list[Any]:
    """A row without what is missing at its end: most sentences have no counterpart, so that this halves the comparisons."""
    while row[-1] in (None, ""):
        row = row[:-1]
    return row


def _read_versions(annotated: Annotated, places: list[int]) -> dict[int, Version]:
    """The articles that are compared, each read from its own rows: looking through the whole tables for each would take long."""
    names = ("articles", "marks", "attributions", "sentences")
    rows = {name: getattr(annotated, name).groupby("article").indices for name in names}
    ids = annotated.articles["article"].tolist()
    return {
        place: read_version(
            replace(annotated, **{name: getattr(annotated, name).iloc[rows[name].get(ids[place], [])] for name in names}),
            ids[place],
        )
        for place in places
    }


def _index(
    annotated: Annotated, articles: list[dict[str, Any]], kinds: list[Kind], compared: list[tuple[int, int]]
) -> dict[str, Any]:
    definitions, categories = load_definitions(), list(dict.fromkeys(kind[:2] for kind in kinds))
    lexicons = {measure: load_lexicon(measure).entries for measure, _ in categories}
    entries = {entry: lexicons[measure].get(entry) for measure, _, entry in kinds}
    rules = {rule for entry in entries.values() if entry for rule in (one.id for one in entry.rules)}
    furniture = {rule.id: rule.definition for rule in load_furniture_rules()}
    counts = [Counter(categories.index(kinds[mark[0]][:2]) for mark in article["marks"]) for article in articles]
    measured = annotated.sentences.groupby("article")["n_words"].sum()
    return {
        "columns": COLUMNS,
        "voices": VOICES,
        "what": WHAT,
        "measures": {name: {"letter": letter, **_about(definitions[name])} for name, letter in SHOWN.items()},
        "categories": [
            {"measure": measure, "category": name, "definition": definitions[measure]["categories"].get(name, "")}
            for measure, name in categories
        ],
        "kinds": [[categories.index((measure, name)), entry] for measure, name, entry in kinds],
        "entries": {name: _entry(name, entry) for name, entry in entries.items()},
        "rules": {name: describe_rule(load_rules()[name]) for name in sorted(rules)},
        "furniture": {rule: furniture.get(rule, "") for rule in sorted(set(annotated.excluded["rule"]))},
        "articles": [
            {
                **{name: str(row.get(name, "")) for name in ("article", "outlet", "title", "date", "story")},
                "words": int(measured.get(row["article"], 0)),
                "categories": sorted(counts[place].items()),
                "sources": sorted({one[COLUMNS["attributions"].index("source_type")] for one in articles[place]["attributions"]}),
            }
            for place, row in enumerate(annotated.articles.to_dict("records"))
        ],
        "compared": compared,
        "most_compared": MOST_COMPARED,
    }


def _about(definition: Mapping[str, Any]) -> dict[str, str]:
    return {name: definition[name] for name in ("title", "definition", "literature")}


def _entry(name: str, entry: Entry | None) -> dict[str, Any]:
    if entry is None:  # marked by a lexicon of another version
        return {}
    return {
        "forms": list(entry.forms), "rules": [rule.id for rule in entry.rules], "source": entry.source, "status": entry.status,
        "precision": load_precision().get(name, ""),
    }  # fmt: skip
