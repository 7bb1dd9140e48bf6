"""Every score can be rebuilt from its marks, and every span is its text: on the demo and on the real corpora."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

import framing as fr
from framing.measure.marks import MEASURES, build_matcher, read_article
from framing.measure.scores import CATEGORISED
from framing.measure.text import Text
from framing.measure.voices import VOICES

CORPORA = {"uk_ukraine": "uk_ukraine", "allsides": "allsides_stories/articles.jsonl"}


def mismatches(annotated: fr.Annotated, scores: pd.DataFrame) -> list[str]:
    """One line for everything that does not add up."""
    return [*_spans(annotated), *_counts(annotated, scores), *_exposures(annotated, scores)]


def _spans(annotated: fr.Annotated) -> list[str]:
    texts = dict(zip(annotated.articles["article"], annotated.articles["text"], strict=True))
    wrong = [f"mark {r.article} {r.start}" for r in annotated.marks.itertuples() if texts[r.article][r.start : r.end] != r.text]
    wrong += [
        f"excluded {r.article} {r.start}" for r in annotated.excluded.itertuples() if texts[r.article][r.start : r.end] != r.text
    ]
    for row in annotated.attributions.itertuples():
        text = texts[row.article]
        if text[row.cue_start : row.cue_end] != row.cue or text[row.source_start : row.source_end] != row.source:
            wrong.append(f"attribution {row.attribution}")
        for start, end in json.loads(row.content):
            if not 0 <= start < end <= len(text):
                wrong.append(f"content {row.attribution}")
    return wrong


def _counts(annotated: fr.Annotated, scores: pd.DataFrame) -> list[str]:
    """Recounts every measure column from the marks, one mark at a time."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in annotated.marks.itertuples():
        names = [row.measure, f"{row.measure}_{row.category}"] if row.measure in CATEGORISED else [row.measure]
        for name in names:
            counted[row.article, name] += 1
            counted[row.article, f"{name}_{row.voice}"] += 1
    for row in annotated.attributions.itertuples():
        if row.scope == "reported_speech":
            counted[row.article, "n_attributions"] += 1
            counted[row.article, "n_attributed_words"] += row.n_content_words
    columns = [name for name in scores.columns if name.startswith((*MEASURES, "n_attribut")) and not name.startswith("tone_p")]
    columns = [name for name in columns if name not in ("tone_subjectivity",)]
    return [
        f"{article} {column}: {value} in the scores, {counted[article, column]} marks"
        for column in columns
        for article, value in zip(scores["article"], scores[column], strict=True)
        if counted[article, column] != value
    ]


def _exposures(annotated: fr.Annotated, scores: pd.DataFrame) -> list[str]:
    parts = scores[[f"n_words_{voice}" for voice in VOICES]].sum(axis=1)
    wrong = scores.loc[parts != scores["n_words"], "article"]
    return [f"{article}: voices do not add up to n_words" for article in wrong]


def test_the_demo_replays(annotated, scores):
    assert mismatches(annotated, scores) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CORPORA)
def test_the_real_corpora_replay(corpora, name):
    annotated = fr.annotate(fr.read_articles(corpora / CORPORA[name]), progress=False)
    assert mismatches(annotated, fr.score_articles(annotated)) == []


def test_a_wrong_mark_would_be_seen(annotated, scores):
    broken = annotated.marks.copy()
    broken.loc[0, "start"] += 1
    assert _spans(fr.Annotated(**{**vars(annotated), "marks": broken}))
    assert _counts(fr.Annotated(**{**vars(annotated), "marks": annotated.marks.iloc[1:]}), scores)


def test_a_span_that_holds_none_of_its_text_cannot_be_built():
    marks = read_article(Text("a", "The truce may hold."), build_matcher()).marks
    for ends in (marks.starts, marks.ends + 100):
        with pytest.raises(ValueError, match="holds none of its text"):
            replace(marks, ends=ends)


def test_marks_of_one_measure_never_overlap_and_none_stands_in_furniture(annotated):
    for _, marks in annotated.marks[annotated.marks["measure"] != "tone"].groupby(["article", "measure"]):
        ordered = marks.sort_values("start")
        assert (ordered["start"].to_numpy()[1:] >= ordered["end"].to_numpy()[:-1]).all()
    for row in annotated.excluded.itertuples():
        inside = annotated.marks[(annotated.marks["article"] == row.article) & (annotated.marks["start"] < row.end)]
        assert (inside["end"] <= row.start).all()


def test_annotating_twice_gives_the_same_tables(annotated):
    again = fr.annotate(fr.read_articles(fr.DEMO), progress=False)
    for name in ("marks", "attributions", "excluded", "sentences", "tone"):
        pd.testing.assert_frame_equal(getattr(annotated, name), getattr(again, name))


def test_furniture_is_counted_only_when_asked(annotated):
    with_furniture = fr.annotate(fr.read_articles(fr.DEMO), furniture=True, progress=False)
    assert with_furniture.sentences["n_words"].sum() > annotated.sentences["n_words"].sum()
    assert len(with_furniture.excluded) == 0
