"""Words, sentences and quotations: cases from `cases/*.json`, and properties that hold for any text."""

import json
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from framing.measure.quotations import find_quotations
from framing.measure.text import Text, find_paragraphs, find_sentences, find_words, read_together

KINDS = {"in_the_wild", "synthetic", "negative", "known_failure"}
# Everything that has ever confused a tokenizer, and plain words between.
MATERIAL = [
    *"peace Sorrel didn’t don't U.S. No. Mr. p.m. 1.6bn 20th long-term MARAVEK’S café cafe\u0301 سلام שלום 和平 T7".split(),
    *["“", "”", '"', "‘", "’", "'", "''", "``", "«", "»", "„", ".", "...", "…", "?!", ",", ":", "(", ")", "[", "-", "—"],
    *[
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\0",
        "\u00ad",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u202e",
        "🕊️",
        "👩\u200d🚀",
    ],
]


def cases(name):
    loaded = json.loads((Path(__file__).parent / "cases" / f"{name}.json").read_text(encoding="utf-8"))
    for case in loaded:
        known = case["kind"] == "known_failure"
        marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["comment"])] if known else []
        yield pytest.param(case["text"], case["expect"], id=case["label"], marks=marks)


def random_texts():
    generator = random.Random(7)
    for _ in range(1500):
        yield "".join(generator.choices(MATERIAL, k=generator.randrange(60)))


def assert_ordered_inside(spans, text):
    """Spans lie in the text, hold something, stand in order and never overlap."""
    for start, end in spans:
        assert 0 <= start < end <= len(text)
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start


@pytest.mark.parametrize(("text", "expect"), cases("words"))
def test_words(text, expect):
    assert [("-" if word.joint == "-" else "") + word.key for word in find_words(text)] == expect


@pytest.mark.parametrize(("text", "expect"), cases("sentences"))
def test_sentences(text, expect):
    assert [text[start:end] for start, end in find_sentences(text)] == expect


@pytest.mark.parametrize(("text", "expect"), cases("quotations"))
def test_quotations(text, expect):
    assert [text[quotation.start : quotation.end] for quotation in find_quotations(Text("a", text))] == expect


@pytest.mark.parametrize("name", ["words", "sentences", "quotations"])
def test_every_case_is_labelled_once_and_of_a_known_kind(name):
    loaded = json.loads((Path(__file__).parent / "cases" / f"{name}.json").read_text(encoding="utf-8"))
    assert len({case["label"] for case in loaded}) == len(loaded) >= 20
    assert {case["kind"] for case in loaded} == KINDS
    assert all(case["comment"].endswith(".") for case in loaded)


def test_words_are_ordered_pieces_of_the_text():
    for text in random_texts():
        words = find_words(text)
        assert_ordered_inside([(word.start, word.end) for word in words], text)
        for word in words:
            assert set(word.key) <= set(text[word.start : word.end].replace("’", "'"))


def test_sentences_cover_every_word_once_and_cross_no_line():
    for text in random_texts():
        sentences = find_sentences(text)
        assert_ordered_inside(sentences, text)
        assert not any("\n" in text[start:end] for start, end in sentences)
        for word in find_words(text):
            assert sum(start <= word.start < end for start, end in sentences) == 1


def test_quotations_are_ordered_and_stay_in_their_paragraph():
    for text in random_texts():
        quotations = find_quotations(Text("a", text))
        assert_ordered_inside([(quotation.start, quotation.end) for quotation in quotations], text)
        for quotation in quotations:
            assert quotation.start < quotation.inner_start < quotation.inner_end <= quotation.end
            assert quotation.closed == (quotation.inner_end < quotation.end)
            assert sum(start <= quotation.start < quotation.end <= end for start, end in find_paragraphs(text)) == 1


def test_a_text_among_others_is_read_as_it_is_alone():
    alone = [Text(str(number), text, ((1, 3),) if len(text) > 3 else ()) for number, text in enumerate(random_texts())]
    names = ("text", "words", "tags", "sentences", "sentence_firsts", "paragraphs", "counted_starts")
    for one, other in zip(alone, read_together(alone), strict=True):
        assert one == other
        assert all(getattr(one, name) == getattr(other, name) for name in names)
        assert one.columns.stretches.tolist() == other.columns.stretches.tolist()
        assert find_quotations(one) == find_quotations(other)


def test_a_quotation_is_closed_only_in_its_last_paragraph():
    text = Text("a", "“The first.\n\n“The second.” He left.")
    assert [quotation.closed for quotation in find_quotations(text)] == [False, True]


def test_a_compound_and_a_contraction_count_as_one_word():
    assert Text("a", "The U.S.-backed envoys didn’t sign the long-term pact.").n_words == 8


def test_counted_words_of_all_sentences_are_the_words_of_the_text():
    for text in (Text("a", text) for text in random_texts()):
        assert sum(text.count_words(start, end) for start, end in text.sentences) == text.n_words


def test_an_excluded_span_holds_no_word_and_moves_no_offset():
    original = "Talks open. Advertisement “Buy” now. The envoys met."
    text = Text("a", original, excluded=((12, 36),))
    assert len(text.text) == len(original)
    assert [original[start:end] for start, end in text.sentences] == ["Talks open.", "The envoys met."]
    assert find_quotations(text) == []
    assert [original[word.start : word.end] for word in text.words] == ["Talks", "open", "The", "envoys", "met"]


def test_an_empty_text_has_nothing():
    text = Text("a", "")
    assert (text.words, text.sentences, text.paragraphs, text.tags, text.n_words) == ([], [], [], [], 0)


@pytest.mark.parametrize("odd", ["…", "“”", "🕊️", "\u202e", "\0", "\u200b", "\u00ad"])
def test_an_odd_character_between_spaces_is_no_word(odd):
    assert [word.key for word in find_words(f"before {odd} after")] == ["before", "after"]


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "Word. ",
        '"a ',
        "''a ",
        "``a ",
        "‘a ",
        "‘a’b ",
        "“a ",
        "a'",
        "a-",
        "n'",
        ".",
        "!?",
        "A.",
        "1,",
        '."',
        "\n",
        " ",
        "\u200b",
    ],
)
def test_a_paragraph_of_100_000_pieces_takes_seconds(piece):
    text = Text("a", piece * 100_000 + "x")
    begun = time.process_time()
    assert text.words is not None
    assert text.sentences is not None
    assert find_quotations(text) is not None
    assert time.process_time() - begun < 5  # measured: below 1.5; a quadratic search takes minutes
