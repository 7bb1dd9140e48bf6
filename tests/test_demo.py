"""The demo corpus was written with differences; the analysis must find what was planted (framing/corpus/demo/README.md)."""

import json

import pytest

import framing as fr

COURIER, LANTERN, LEDGER, RADIO = "Marrow Bay Courier", "Daily Lantern", "Harbour Ledger", "Caldria Public Radio"


@pytest.fixture(scope="module")
def per_thousand(scores):
    """Own-voice counts per 1,000 words of all the outlet's text, the denominator of the planted ranges."""

    def rate(column: str, outlet: str) -> float:
        rows = scores[scores["outlet"] == outlet]
        return 1000 * rows[column].sum() / rows["n_words"].sum()

    return rate


def test_there_are_six_stories_by_four_outlets_of_250_to_400_words(scores):
    assert scores.groupby("story")["outlet"].nunique().tolist() == [4] * 6
    assert scores["n_words"].between(250, 400).all()


@pytest.mark.parametrize(("outlet", "low", "high"), [(COURIER, 7, 13), (LANTERN, 0, 2), (LEDGER, 4, 7), (RADIO, 1, 3)])
def test_own_voice_hedging_lies_in_the_planted_range(per_thousand, outlet, low, high):
    assert low <= per_thousand("hedging_journalist", outlet) <= high


def test_the_radio_hedges_like_the_courier_but_in_other_peoples_mouths(scores, per_thousand):
    assert per_thousand("hedging", RADIO) == pytest.approx(per_thousand("hedging", COURIER), rel=0.25)
    radio = scores[scores["outlet"] == RADIO]
    assert radio["hedging_journalist"].sum() / radio["hedging"].sum() < 0.3


def test_boosters_and_loaded_words_are_the_lanterns(per_thousand):
    assert per_thousand("loaded_journalist", LANTERN) >= 10
    assert per_thousand("boosters_journalist", LANTERN) >= 8
    for outlet in (COURIER, LEDGER, RADIO):
        assert per_thousand("loaded_journalist", outlet) < 2
        assert per_thousand("boosters_journalist", outlet) < 1


def test_approximators_and_economic_vocabulary_are_the_ledgers(per_thousand):
    for column in ("approximators_journalist", "generic_frames_economic_consequences_journalist"):
        others = max(per_thousand(column, outlet) for outlet in (COURIER, LANTERN, RADIO))
        assert per_thousand(column, LEDGER) > 2 * others


def test_human_interest_is_the_radios_and_war_the_lanterns(per_thousand):
    human = {outlet: per_thousand("generic_frames_human_interest", outlet) for outlet in (COURIER, LANTERN, LEDGER, RADIO)}
    war = {outlet: per_thousand("war_peace_war", outlet) for outlet in (COURIER, LANTERN, LEDGER, RADIO)}
    assert max(human, key=human.get) == RADIO
    assert max(war, key=war.get) == LANTERN


def test_verbs_are_neutral_but_in_the_lantern(scores):
    sums = scores.groupby("outlet")[["attributions_stance_neutral", "n_attributions"]].sum()
    neutral = sums["attributions_stance_neutral"] / sums["n_attributions"]
    assert (neutral.drop(LANTERN) >= 0.8).all()
    assert neutral[LANTERN] < 0.5


def test_attributed_words_follow_the_planted_order(scores):
    sums = scores.groupby("outlet")[["n_words_journalist", "n_words"]].sum()
    others = 1 - sums["n_words_journalist"] / sums["n_words"]
    assert others.sort_values(ascending=False).index.tolist() == [RADIO, COURIER, LEDGER, LANTERN]


def test_citizens_speak_on_the_radio_and_documents_in_the_ledger(scores):
    sums = scores.groupby("outlet").sum(numeric_only=True)
    assert sums["attributions_source_type_citizen"].idxmax() == RADIO
    assert sums["attributions_source_type_document"].idxmax() == LEDGER


def test_the_furniture_page_loses_exactly_its_furniture(annotated):
    assert set(annotated.excluded["article"]) == {"drones-lantern"}
    assert len(annotated.excluded) == 10


def test_names_and_scare_quotes_are_not_speech(annotated):
    contents = annotated.attributions["content"]
    assert len(contents)
    for article, phrase in (("guarantees-courier", "coalition of the ready"), ("summit-lantern", "breakthrough")):
        text = annotated.articles.set_index("article").loc[article, "text"]
        start = text.index(phrase)
        who = annotated.attributions.query("article == @article and scope == 'reported_speech'")
        spans = [span for content in who["content"] for span in json.loads(content)]
        assert not any(a <= start < b for a, b in spans)


def test_planted_contrasts_are_found_and_untestable_ones_refused(scores):
    found = fr.compare_outlets(scores, ["hedging", "attributions"], strata="story", reference=COURIER, adjust=None)
    rows = found.set_index(["measure", "outlet"])
    assert rows.loc[("attributions", LANTERN), "estimate"] < 0.7
    assert rows.loc[("attributions", LANTERN), "p_value"] == pytest.approx(2 / 2**6)
    assert rows.loc[("hedging", RADIO), "estimate"] < 0.6
    assert rows.loc[("hedging", RADIO), "status"] == "descriptive"
    assert "fewer than 5" in rows.loc[("hedging", RADIO), "note"]


def test_the_hand_coding_agrees_with_the_articles_and_with_itself():
    coding = fr.read_coding(fr.DEMO.with_name("coding.jsonl"))
    texts = fr.read_articles(fr.DEMO).set_index("article")["text"]
    assert set(coding) == {"A", "B"}
    for one in [unit for units in coding.values() for unit in units]:
        for start, end in one.spans:
            assert 0 <= start < end <= len(texts[one.article])
    table = fr.validate({"B": coding["B"]}, {"A": coding["A"]})
    assert (table["f1"] > 0.9).all()


def test_the_tool_agrees_with_the_hand_coding(annotated):
    coding = fr.read_coding(fr.DEMO.with_name("coding.jsonl"))
    tool = fr.coded_by_tool(annotated.marks, annotated.attributions, annotated.excluded)
    f1 = fr.validate({"tool": tool}, {"A": coding["A"]}).set_index("unit")["f1"]
    assert f1["attribution"] >= 0.8
    assert f1["hedge"] >= 0.85
    assert f1["furniture"] == 1
