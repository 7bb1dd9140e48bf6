"""Versions: what one article has and the other has not, with texts that stand where they are said to stand."""

import pandas as pd
import pytest

import framing as fr
from framing.compare.versions import COLUMNS, WHAT, compare_versions
from framing.corpus.readers import ArticlesError

FIRST = (
    "The harbour of Orrel may close for six weeks, the port authority said on Monday.\n\n"
    "“We will not pay a single crown for the repairs,” Mayor Jonna Tellis told reporters.\n\n"
    "Foreign Minister Edo Marsk said the bridge at Varn was unsafe for heavy lorries.\n\n"
    "Fishermen mended their nets in the rain."
)
SECOND = (
    "The harbour of Orrel will close for six weeks, the port authority said on Monday.\n\n"
    "Mayor Jonna Tellis said that the town would not pay a single crown for the repairs.\n\n"
    "An official said the bridge at Varn was unsafe for heavy lorries.\n\n"
    "A choir sang in the old market hall."
)


@pytest.fixture(scope="module")
def pair():
    table = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "text": [FIRST, SECOND]})
    return fr.annotate(fr.read_articles(table), progress=False)


def rows(versions, what):
    return versions.loc[versions["what"] == what, ["text", "text_2"]].to_numpy().tolist()


def test_sentences_that_tell_the_same_stand_side_by_side(pair):
    versions = compare_versions(pair, "a", "b")
    assert list(versions.columns) == list(COLUMNS)
    assert len(rows(versions, "same")) == 3
    assert rows(versions, "only_in_first") == [["Fishermen mended their nets in the rain.", ""]]
    assert rows(versions, "only_in_second") == [["", "A choir sang in the old market hall."]]


def test_a_dropped_hedge_is_named_with_the_sentence_that_lacks_it(pair):
    versions = compare_versions(pair, "a", "b")
    assert rows(versions, "hedge_dropped") == [["may", SECOND.split("\n")[0]]]
    assert rows(versions, "hedge_added") == []
    swapped = compare_versions(pair, "b", "a")
    assert rows(swapped, "hedge_added") == [[SECOND.split("\n")[0], "may"]]
    assert rows(swapped, "hedge_dropped") == []


def test_a_quotation_that_became_a_paraphrase_is_found(pair):
    ((text, text_2),) = rows(compare_versions(pair, "a", "b"), "quote_to_paraphrase")
    assert text == "“We will not pay a single crown for the repairs,”"
    assert text_2.endswith("the town would not pay a single crown for the repairs")
    assert len(rows(compare_versions(pair, "b", "a"), "paraphrase_to_quote")) == 1


def test_a_source_that_lost_its_name_is_found(pair):
    versions = compare_versions(pair, "a", "b")
    unnamed = versions[versions["what"] == "source_unnamed"]
    assert unnamed[["detail", "detail_2"]].to_numpy().tolist() == [["Edo Marsk", "An official"]]
    assert len(rows(compare_versions(pair, "b", "a"), "source_named")) == 1


def test_two_copies_differ_in_nothing(pair):
    versions = compare_versions(pair, "a", "a")
    assert set(versions["what"]) == {"same"}
    assert versions["likeness"].round(9).eq(1).all()


def test_texts_stand_where_they_are_said_to_stand(annotated):
    ids = annotated.articles["article"].tolist()
    text = dict(zip(ids, annotated.articles["text"], strict=True))
    seen = set()
    for one, other in [(a, b) for a in ids for b in ids if a < b and a.split("-")[0] == b.split("-")[0]]:
        versions = compare_versions(annotated, one, other)
        seen |= set(versions["what"])
        for row in versions.itertuples():
            assert row.text == ("" if pd.isna(row.start) else text[one][row.start : row.end])
            assert row.text_2 == ("" if pd.isna(row.start_2) else text[other][row.start_2 : row.end_2])
        order = versions["what"].map(WHAT.index)
        assert order.is_monotonic_increasing
    assert seen == set(WHAT)


def test_every_sentence_is_told_of(annotated):
    versions = compare_versions(annotated, "summit-courier", "summit-lantern")
    sentences = annotated.sentences
    for article, side in (("summit-courier", ""), ("summit-lantern", "_2")):
        told = versions[versions["what"].isin(["same", "only_in_first", "only_in_second"])]
        starts = set(told["start" + side].dropna())
        assert starts == set(sentences.loc[sentences["article"] == article, "start"])


def test_an_unknown_article_is_refused_by_name(pair):
    with pytest.raises(ArticlesError, match="There is no article 'c'"):
        compare_versions(pair, "a", "c")
