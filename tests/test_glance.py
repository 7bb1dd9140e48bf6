"""What a notebook shows of tables: words and rounded numbers, claims that the numbers bear, nothing of a corpus as HTML."""

import re
from html import escape

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.compare.multiverse import SPECIFICATIONS
from framing.show.claims import claim_contrasts

EVIL = "<img src=x onerror=alert(1)>"


def cells(page):
    """The cells of the page's table, row by row."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", page.html)]


def contrast(**changed):
    row = {
        "measure": "hedging", "outlet": "Lantern", "reference": "Courier", "effect": "rate_ratio",
        "estimate": 0.842273327967301, "conf_low": 0.7124702739806077, "conf_high": 0.95, "p_value": 0.01, "p_adjusted": 0.01,
        "rate": 4.0, "rate_reference": 5.0, "count": 40, "count_reference": 50, "n_articles": 9, "n_articles_reference": 8,
        "n_strata": 12, "n_units": 12, "min_p": 0.001, "method": "sign-flip of stories", "adjust": "holm", "status": "ok",
        "note": "",
    }  # fmt: skip
    return pd.DataFrame([{**row, **changed}])


def test_numbers_are_rounded_whole_ones_are_whole_and_missing_ones_are_dashes():
    table = pd.DataFrame({
        "n_words": [1200, 3], "rate": [4.356789012345, np.nan], "days_apart": [1.0, np.nan], "p_value": [0.03125, 0.0001],
        "same": [True, False], "outlet": ["Lantern", None], "ratio": [np.inf, -0.5],
    })  # fmt: skip
    assert cells(fr.show_table(table)) == [
        ["words", "rate", "days apart", "p value", "same", "outlet", "ratio"],
        ["1,200", "4.36", "1", ".031", "yes", "Lantern", "∞"],
        ["3", "–", "–", "&lt; .001", "no", "–", "-0.50"],
    ]


def test_columns_are_chosen_ordered_and_named():
    table = pd.DataFrame({"a": [1], "b": ["x"], "c": [2]})
    assert cells(fr.show_table(table, {"b": "Word", "a": "How often"})) == [["Word", "How often"], ["x", "1"]]
    assert cells(fr.show_table(table, ["c", "b"])) == [["c", "b"], ["2", "x"]]
    with pytest.raises(KeyError):
        fr.show_table(table, ["d"])


def test_of_many_rows_the_first_are_shown_and_the_rest_counted():
    page = fr.show_table(pd.DataFrame({"a": range(1200)}), most=2)
    assert len(cells(page)) == 3
    assert "... and 1,198 more rows." in page.html
    assert "... and 1,198 more rows." in repr(page)
    assert "no rows" in repr(fr.show_table(pd.DataFrame({"a": []})))


def test_nothing_of_a_corpus_becomes_html():
    page = fr.show_table(pd.DataFrame({EVIL: [EVIL]}), title=EVIL, note=EVIL)
    assert "<img" not in page.html
    assert "<img" not in fr.show_contrasts(contrast(outlet=EVIL, reference=EVIL, note=EVIL)).html


@pytest.mark.parametrize(
    ("changed", "claimed"),
    [
        ({}, "lower"),
        ({"estimate": 1.2}, "higher"),
        ({"effect": "rate_difference", "estimate": 0.3}, "higher"),
        ({"effect": "mean_difference", "estimate": -0.3}, "lower"),
        ({"p_adjusted": 0.05}, "lower"),
        ({"p_adjusted": 0.06}, "not shown (p alone .010)"),
        ({"p_value": 0.3, "p_adjusted": 0.3, "conf_high": 1.1}, "not shown"),
        ({"p_value": np.nan, "p_adjusted": np.nan, "status": "descriptive"}, "describe only"),
    ],
)
def test_a_contrast_says_what_its_numbers_bear_and_no_more(changed, claimed):
    assert claim_contrasts(contrast(**changed)) == [claimed]


def test_the_level_of_a_claim_is_that_of_the_intervals():
    table = contrast(p_adjusted=0.02, p_value=0.02)
    table.attrs["conf_level"] = 0.99
    assert claim_contrasts(table) == ["not shown"]


def test_reasons_for_care_stand_below_each_once_with_the_letter_of_its_rows():
    page = fr.show_contrasts(pd.concat([contrast(note=note) for note in ("few articles", "", "long articles", "few articles")]))
    assert [row[-1] for row in cells(page)[1:]] == ["lower (a)", "lower", "lower (b)", "lower (a)"]
    assert page.html.count("Few articles") == 1
    assert "<p>(a) Few articles. (b) Long articles.</p>" in page.html


def test_contrasts_are_shown_with_units_and_what_is_the_same_in_all_stands_in_the_title(scores):
    contrasts = fr.compare_outlets(
        scores, ["hedging", "attributions"], strata="story", reference="Marrow Bay Courier", adjust=None
    )
    page = fr.show_contrasts(contrasts)
    assert "<b>Compared with Marrow Bay Courier</b>" in page.html
    heading = ["Measure", "Outlet", "Rate / reference", "Ratio (95 % interval)", "p", "Units", "What may be said"]
    assert cells(page)[0] == heading
    assert cells(page)[3] == [
        "Hedging",
        "Harbour Ledger",
        "8.53 / 14.13",
        "0.61 (0.48 to 1.06)",
        ".062",
        "6 stories",
        "not shown (b)",
    ]
    assert "per 1,000 words" in page.html
    pairs = fr.show_contrasts(fr.compare_outlets(scores, "hedging"))
    assert cells(pairs)[0][:2] == ["Outlet", "Reference"]
    assert cells(pairs)[0][4] == "p (adjusted)"
    assert cells(pairs)[1][5] == "6 + 6 articles"
    several = fr.multiverse(scores, "attributions", "Daily Lantern", "Marrow Bay Courier")
    shown = fr.show_contrasts(several)
    assert [row[0] for row in cells(shown)] == ["Specification", *map(escape, SPECIFICATIONS)]
    assert "<b>Attributions: Daily Lantern compared with Marrow Bay Courier</b>" in shown.html
    assert "Difference of rates (95 % interval)" in cells(fr.show_contrasts(contrast(effect="rate_difference")))[0]


def test_no_contrasts_are_no_error(scores):
    none = fr.compare_outlets(scores, "hedging", outlets=["Daily Lantern"])
    assert repr(fr.show_contrasts(none)).startswith("No contrasts")


def test_scores_are_shown_with_whose_words_they_are(scores):
    page = fr.show_scores(scores.head(1), ["hedging", "attributions"])
    assert cells(page) == [
        ["article", "outlet", "words", "journalist %", "quoted %", "reported %", "attributions", "hedging", "its own hedging"],
        ["guarantees-courier", "Marrow Bay Courier", "366", "67", "13", "20", "11", "5", "4"],
    ]


def test_an_annotated_corpus_says_what_is_in_it(annotated):
    assert "24 articles, 4 outlets, 8,418 words (" in annotated._repr_html_()
    assert "<code>.attributions</code></td><td style='text-align:right'>296</td>" in annotated._repr_html_()
    assert ".marks         1,964 rows, each a word or phrase that is counted" in repr(annotated)


def test_a_report_of_a_corpus_is_a_page_in_a_notebook():
    report = fr.describe_corpus(fr.read_articles(fr.DEMO).head(4))
    assert repr(report) == str(report)
    assert report._repr_markdown_().startswith("### 4 articles, 4 outlets\n\n#### Months\n")
    assert "| Daily Lantern | 1 |" in report._repr_markdown_()
