"""A lexicon's counts for each article, and the list of what was counted.

The columns are those of the scores table, so that `compare_outlets` takes a dictionary's category like any other measure.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from framing.corpus.cleaning import exclude_furniture
from framing.corpus.progress import follow
from framing.corpus.readers import ArticlesError
from framing.measure.batch import Batch
from framing.measure.forms import Ints
from framing.measure.lexicon import Lexicon, LexiconError, load_lexicon
from framing.measure.matches import Finder, Matches
from framing.measure.scene import Scene, Span
from framing.measure.scores import Annotated
from framing.measure.text import Text
from framing.measure.voices import VOICES, VoiceTable, cut_batch, is_voiced

MATCH_COLUMNS = ("article", "outlet", "measure", "category", "start", "end", "text", "entry", "voice", "weight")
BATCH = 1000
"""Articles whose words are numbered together (chosen: their distinct words fit into memory many times over)."""
Source: TypeAlias = Annotated | pd.DataFrame


def look_up(
    source: Source, lexicon: Lexicon | str | Path, *, prefix: str = "", ignore_case: bool = True, progress: bool | None = None
) -> pd.DataFrame:
    """One row per article: how often the entries of each category stand there, as quanteda's `tokens_lookup` counts them.

    Columns: `article outlet story topic date`, `n_words`, and `<category>` for each category, with `<category>_weight`, the sum
    of the entries' weights, where they are not all 1. Of an annotated corpus also `n_words_<voice>`, `<category>_<voice>` and
    `<category>_weight_<voice>`. A match counts as one whatever its length, and no word belongs to two matches of a category, so
    that no category exceeds `n_words` (see `framing.measure.matches` for the rule). `prefix` is set before the categories' names.
    Page furniture is not counted. `progress` shows a bar (default: where it is seen).

    Raises LexiconError where a category would have the name of another column.

    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["x"], "title": [""], "text": ["It may rain. It certainly may."]})
    >>> look_up(articles, "boosters").iloc[0].to_dict()
    {'article': 'a', 'outlet': 'x', 'n_words': 6, 'booster': 1}
    """
    lexicon = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(lexicon)
    articles = source.articles if isinstance(source, Annotated) else source
    finder = Finder(lexicon, ignore_case=ignore_case)
    parts = [_count(batch, lexicon, finder.find(batch.texts)) for batch in _batches(source, progress)]
    words, counts, weights = (np.concatenate(side) for side in zip(*parts, strict=True))
    identity = [name for name in ("article", "outlet", "story", "topic", "date") if name in articles.columns]
    columns: list[tuple[str, np.ndarray]] = list(_by_voice("n_words", words))
    weighed = {entry.category for entry in lexicon if entry.weight != 1}
    for number, category in enumerate(_categories(lexicon)):
        columns += _by_voice(prefix + category, counts[:, number])
        if category in weighed:
            columns += _by_voice(f"{prefix}{category}_weight", weights[:, number])
    _check_names([*identity, *(name for name, _ in columns)], [prefix + category for category in _categories(lexicon)])
    return articles[identity].reset_index(drop=True).join(pd.DataFrame(dict(columns)))


def add_counts(
    scores: pd.DataFrame, annotated: Annotated, lexicons: Sequence[Lexicon], *, progress: bool | None = None
) -> pd.DataFrame:
    """The scores with a column `<dictionary>_<category>` for each category of some dictionaries, altogether and by voice.

    Raises LexiconError where the scores have a column of that name.
    """
    for lexicon in lexicons:
        counts = look_up(annotated, lexicon, prefix=f"{lexicon.name}_", progress=progress).filter(
            regex=f"^{re.escape(lexicon.name)}_"
        )
        twice = sorted(set(counts) & set(scores))
        if twice:
            raise LexiconError(f"{lexicon.name}: the scores have a column {twice[0]!r} already; give the file another name.")
        scores = scores.join(counts)
    return scores


def list_matches(
    source: Source, lexicon: Lexicon | str | Path, *, ignore_case: bool = True, progress: bool | None = None
) -> pd.DataFrame:
    """One row for each match that `look_up` counts, in text order: `MATCH_COLUMNS`; `voice` is empty without annotation.

    `progress` shows a bar (default: where it is seen).

    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["x"], "title": [""], "text": ["It may rain. It certainly may."]})
    >>> list_matches(articles, "hedging")[["category", "start", "end", "text", "entry"]].values.tolist()
    [['epistemic', 3, 6, 'may', 'hedging/may'], ['epistemic', 26, 29, 'may', 'hedging/may']]
    """
    lexicon = lexicon if isinstance(lexicon, Lexicon) else load_lexicon(lexicon)
    entries, finder = list(lexicon), Finder(lexicon, ignore_case=ignore_case)
    rows = [
        (text.article, batch.outlets[number], lexicon.name, entries[entry].category, start, end, text.original[start:end],
         entries[entry].id, VOICES[voice] if batch.voices else "", entries[entry].weight)
        for batch in _batches(source, progress)
        for found in [finder.find(batch.texts)]
        for entry, number, start, end, voice in zip(*(side.tolist() for side in (*found, _voices(batch, found))), strict=True)
        for text in [batch.texts[number]]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(MATCH_COLUMNS))


class _Batch(NamedTuple):
    """Some articles."""

    texts: list[Text]
    """Their texts."""
    outlets: list[str]
    """Their outlets."""
    voices: tuple[Batch, VoiceTable] | None
    """The texts laid end to end and who speaks where in them; none without annotation."""


def _batches(source: Source, progress: bool | None) -> Iterator[_Batch]:
    """The articles, page furniture excluded."""
    articles = source.articles if isinstance(source, Annotated) else source
    missing = [name for name in ("article", "outlet", "title", "text") if name not in articles.columns]
    if missing:
        raise ArticlesError(f"The articles table has no column {missing[0]!r}; make it with read_articles(your_table).")
    table = source.excluded if isinstance(source, Annotated) else exclude_furniture(articles, progress=progress)
    excluded: dict[str, list[Span]] = defaultdict(list)
    for article, start, end in zip(*(table[name].tolist() for name in ("article", "start", "end")), strict=True):
        excluded[article].append((start, end))
    contents = _contents(source) if isinstance(source, Annotated) else {}
    for first in follow(range(0, max(len(articles), 1), BATCH), "looking up", progress, unit=f"blocks of {BATCH} articles"):
        some = articles.iloc[first : first + BATCH]
        rows = zip(some["article"].tolist(), some["text"].tolist(), strict=True)
        texts = [Text(article, text, tuple(excluded.get(article, ()))) for article, text in rows]
        batch = Batch([Scene(text) for text in texts])
        voices = cut_batch(batch, [contents.get(text.article, ()) for text in texts])
        yield _Batch(texts, some["outlet"].tolist(), (batch, voices) if isinstance(source, Annotated) else None)


def _contents(annotated: Annotated) -> dict[str, list[list[Span]]]:
    """Article -> what its attributions report, in their order (empty where the voice stays the journalist's)."""
    table, contents = annotated.attributions, defaultdict(list)
    for article, scope, mode, content in zip(*(table[name] for name in ("article", "scope", "mode", "content")), strict=True):
        contents[article].append([(start, end) for start, end in json.loads(content)] if is_voiced(scope, mode) else [])
    return contents


def _voices(batch: _Batch, found: Matches) -> Ints:
    """For each match the code of the voice at its first character; 0 without annotation."""
    if batch.voices is None:
        return np.zeros(len(found.texts), dtype=np.int64)
    laid, voices = batch.voices
    return voices.look_up(found.starts + laid.bases[found.texts])[0]


def _count(batch: _Batch, lexicon: Lexicon, found: Matches) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Words by voice, shape (articles, voices), and matches and their weights by category and voice."""
    names = {name: number for number, name in enumerate(_categories(lexicon))}
    category = np.array([names[entry.category] for entry in lexicon], dtype=np.int64)[found.entries]
    weight = np.array([entry.weight for entry in lexicon])[found.entries]
    shape = len(batch.texts), len(names), len(VOICES) if batch.voices else 1
    cell = np.ravel_multi_index((found.texts, category, _voices(batch, found)), shape) if len(category) else category
    counts, weights = (np.bincount(cell, some, np.prod(shape)).reshape(shape) for some in (None, weight))
    return _count_words(batch), counts.astype(np.int64), weights


def _count_words(batch: _Batch) -> Ints:
    if batch.voices is None:
        return np.array([[text.n_words] for text in batch.texts], dtype=np.int64).reshape(-1, 1)
    laid, voices = batch.voices
    article = np.searchsorted(laid.bases, laid.word_starts, "right") - 1
    cells = article * len(VOICES) + voices.look_up(laid.word_starts)[0]
    return np.bincount(cells, minlength=len(batch.texts) * len(VOICES)).reshape(-1, len(VOICES))


def _categories(lexicon: Lexicon) -> list[str]:
    return list(dict.fromkeys(entry.category for entry in lexicon))


def _by_voice(name: str, values: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """A column for all voices together, and one for each where there are any."""
    yield name, values.sum(axis=1)
    if values.shape[1] > 1:
        yield from ((f"{name}_{voice}", values[:, code]) for code, voice in enumerate(VOICES))


def _check_names(columns: Sequence[str], categories: Sequence[str]) -> None:
    """Refuse categories whose columns could not be told from others, here or by `compare_outlets`."""
    twice = {name for name in columns if columns.count(name) > 1}
    for category in categories:
        if category.startswith(("n_", "attributions")) or any(name.startswith(category) for name in twice):
            raise LexiconError(
                f"The category {category!r} would take the name of another column of the scores; give a prefix=, such as 'my_'."
            )
