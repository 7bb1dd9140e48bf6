"""The linear models of attribution: weights as tables, the lexicon's veto, odd texts, linear time."""

from __future__ import annotations

import time

import numpy as np
import pytest

import framing as fr
from framing.measure.attributions import find_attributions
from framing.measure.labels import LABELS
from framing.measure.lexicon import load_lexicon
from framing.measure.matcher import Matcher
from framing.measure.model import load_model
from framing.measure.scene import Scene
from framing.measure.scores import STANCES
from framing.measure.table import Table
from framing.measure.text import Text
from framing.measure.vocabulary import Codes
from framing.measure.weights import Weights, compile_rows, read_rows, write_rows

MATCHER = Matcher([load_lexicon("attribution")])


def attributions(text):
    article = Text("", text)
    return find_attributions(Scene(article), MATCHER.find(article))


def test_the_models_have_the_labels_they_are_read_with():
    model = load_model()
    assert model.roles.labels == LABELS
    assert model.cues.labels == model.readings.labels == ("cue",)
    assert model.moves.shape == (len(LABELS) + 1, len(LABELS))


def test_weights_survive_writing_and_unknown_values_add_nothing(tmp_path):
    alphabet = {"lemma": Codes(["say", "tell"]), "quoted": 2}
    lines = [("lemma", "say", [1.25]), ("lemma quoted", "tell|1", [-0.5])]
    assert write_rows(tmp_path / "w.csv", Weights(compile_rows(lines, alphabet), ("cue",), alphabet)) == 2
    labels, rows = read_rows(tmp_path / "w.csv")
    weights = Weights(compile_rows(rows, alphabet), labels, alphabet)
    table = Table.of({"lemma": [1, 2, 2, 0], "quoted": [1, 1, 0, 1]})
    assert weights.score(table)[:, 0].tolist() == [1.25, -0.5, 0, 0]


@pytest.mark.parametrize("text", ["The envoy said nothing to the crowd.", "Residents have little say in the matter."])
def test_an_entry_that_is_off_vetoes_a_cue(text):
    assert attributions(text) == []


def test_a_denied_factive_takes_back_what_it_presupposes():
    claimed = attributions("The ministry confirmed on Friday that two ships had been lost in the strait.")
    denied = attributions("The ministry did not confirm on Friday that two ships had been lost in the strait.")
    assert [one.stance for one in claimed] == ["factive"]
    assert [one.stance for one in denied] == ["oppositional"]


def test_turns_of_an_interview_belong_to_their_speakers():
    turns = (
        "Radio: How long will the old bridge be closed?",
        "Ana Brisk: Until May, and the harbour pays half of it.",
    )
    found = attributions("\n\n".join(turns * 2))
    assert [one.mode for one in found] == ["direct"] * 4
    assert attributions("\n\n".join(turns)) != found


@pytest.mark.parametrize("text", [
    "“", "”””", "“Never closed, she said, and then the rain came down on the town", "SAID SAID SAID: “SAID”", ":::: said ::::",
    "“A “B ‘C’ D” E” F” said G. “H “I” J", "“" + "It rains and rains in Sorrel. " * 40 + "”", "WE WILL WIN, THE MAYOR SAID. " * 5,
    "Q: " * 30, "\u200b\ufeff", "said",
])  # fmt: skip
def test_spans_of_odd_texts_stand_inside_the_text(text):
    for one in attributions(text):
        for start, end in (one.cue, one.source or (0, 0), *one.content):
            assert 0 <= start <= end <= len(text)


@pytest.mark.slow
@pytest.mark.parametrize("sentence", [
    "Orrel said the levy would stay and Teskel denied that the harbour was closed, ", "“We will not wait,” said Drosse, adding: "
])  # fmt: skip
def test_time_grows_with_the_length_of_a_sentence_and_not_with_its_square(sentence):
    def seconds(n):
        begin = time.process_time()
        attributions(sentence * n)
        return time.process_time() - begin

    seconds(10)
    short, long = (min(rounds) for rounds in zip(*[(seconds(600), seconds(2400)) for _ in range(3)], strict=True))
    assert long < 4 * 2.5 * short  # the best of three: other programs only ever add time


def test_speech_measures_follow_from_the_counts_and_flag_what_is_not_validated():
    annotated = fr.annotate(fr.read_articles(fr.DEMO).head(4))
    scores, measures = fr.score_articles(annotated), fr.speech_measures(annotated, not_validated=True)
    assert np.allclose(measures["attributed_share"], 1 - scores["n_words_journalist"] / scores["n_words"])
    assert set(measures.attrs["not_validated"]) <= set(measures.columns)
    assert "speaker_concentration" not in fr.speech_measures(annotated).columns
    assert np.allclose(measures[[f"{stance}_share" for stance in STANCES]].sum(axis=1), 1)
