"""Lexicons are data: every entry and every rule shows a sentence that must match and one that must not."""

from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.keywords import check_lexicons, entry_stats, keywords_in_context
from framing.measure.lexicon import COLUMNS, Entry, Lexicon, LexiconError, Rule, load_rules
from framing.measure.matcher import Matcher, rule_passes
from framing.measure.text import Text

HEADER = ",".join(COLUMNS)
ROW = "x/may,may|might,modal,epistemic,,,Hyland 2005,It may rain.,It rains.,2026-11-22,core"


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "x.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_every_entry_and_rule_passes_its_two_sentences():
    assert check_lexicons() == []
    assert sum(len(fr.load_lexicon(name)) for name in fr.list_lexicons()) > 1000
    assert len(load_rules()) > 100


def test_every_entry_has_a_source_and_every_measure_its_categories():
    for name in fr.list_lexicons():
        for entry in fr.load_lexicon(name):
            assert entry.source.strip(), entry.id
            assert entry.id.startswith(f"{name}/"), entry.id
            assert entry.added == "2026-11-22", entry.id


def test_a_rule_asked_about_one_place_says_what_the_walk_over_many_texts_says():
    words = "The mayor , who may leave in May , had not said: “to about 20 trucks,” she warned, that Anna Fair is likely."
    text = Text("", f"{words} {words}\nIt may be that no one was clearly told to. The claim, {words[-30:]}")
    for rule in load_rules().values():
        # Every word is an entry, and every two words with only a space between.
        words = range(len(text.words))
        spans = [(first, first) for first in words if "-" not in text.joints[first : first + 2]]
        spans += [(first, first + 1) for first in words[:-1] if text.text[text.ends[first] : text.starts[first + 1]] == " "]
        entries = {form: _entry(form, (rule,)) for form in (text.text[slice(*text.span(*span))].lower() for span in spans)}
        found = {(first, last) for _, first, last in Matcher([Lexicon("x", entries, "")]).find_numbers(text)}
        assert found <= set(spans)
        for first, last in spans:
            assert ((first, last) in found) == rule_passes(rule, text, first, last), (rule.id, first, last)


def _entry(form: str, rules: tuple[Rule, ...]) -> Entry:
    return Entry(f"x/{form}", form, (form,), "", "x", rules, 1.0, "", "", "", "", "core")


def test_no_wildcards_hide_in_forms():
    assert not [form for name in fr.list_lexicons() for entry in fr.load_lexicon(name) for form in entry.forms if "*" in form]


@pytest.mark.parametrize(
    ("rows", "header", "words"),
    [
        ([ROW, ROW], HEADER, ["line 3", "x/may", "twice"]),
        ([ROW, ROW.replace("x/may", "x/can")], HEADER, ["line 3", "'may'", "x/may"]),
        ([ROW.replace("epistemic,,", "epistemic,no_such_rule,")], HEADER, ["line 2", "no_such_rule"]),
        ([ROW.replace(",core", ",good")], HEADER, ["line 2", "'good'", "core"]),
        ([ROW.replace("Hyland 2005", "")], HEADER, ["line 2", "'source'"]),
        ([ROW.replace("epistemic,,,", "epistemic,,heavy,")], HEADER, ["line 2", "'heavy'"]),
        ([ROW.replace("may|might", "--|might")], HEADER, ["line 2", "'--'"]),
        ([ROW + ",more"], HEADER, ["line 2", "cells"]),
        ([ROW], HEADER.replace("status", "state"), ["'status'", "missing"]),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, rows, header, words):
    with pytest.raises(LexiconError) as error:
        fr.load_lexicon(write(tmp_path, *rows, header=header))
    for word in ["x.csv", *words]:
        assert word in str(error.value)


def test_an_unknown_lexicon_is_named_with_the_known_ones():
    with pytest.raises(LexiconError, match=r"'hedgnig'.*hedging"):
        fr.load_lexicon("hedgnig")


def test_stats_count_every_mark_once(annotated):
    table = entry_stats(annotated.marks, "hedging")
    assert table["hits"].sum() == (annotated.marks["measure"] == "hedging").sum()
    assert table["cumulative"].iloc[-1] == 1


def test_an_optional_lexicon_is_counted_and_shown_where_it_is_asked_for(annotated):
    found = fr.list_matches(annotated, "agency")
    assert set(found["measure"]) == {"agency"}
    assert not set(found["entry"]) & set(annotated.marks["entry"])
    assert entry_stats(found, "agency")["hits"].sum() == len(found)
    entry = found["entry"].iloc[0]
    assert found[found["entry"] == entry]["text"].isin(keywords_in_context(annotated.articles, found, entry)["keyword"]).all()


def test_a_passive_with_its_agent_is_no_match():
    texts = [
        "Two clerks were arrested.",
        "Two clerks were arrested by the harbour police.",
        "The harbour police arrested two clerks.",
    ]
    counts = fr.look_up(fr.read_articles(pd.DataFrame({"text": texts})), "agency")
    assert counts["agentless_passive"].tolist() == [1, 0, 0]


def test_keywords_stand_in_their_contexts_and_the_sample_is_seeded(annotated):
    table = keywords_in_context(annotated.articles, annotated.marks, "hedging/may", n=3, seed=1)
    texts = dict(zip(annotated.articles["article"], annotated.articles["text"], strict=True))
    for row in table.itertuples():
        assert texts[row.article][row.start :].startswith(row.keyword)
    assert table.equals(keywords_in_context(annotated.articles, annotated.marks, "hedging/may", n=3, seed=1))
    words = set(" ".join(annotated.articles["text"]).split())
    assert set(" ".join(table["before"] + " " + table["after"]).split()) <= words, "a word is cut"
    with pytest.raises(LexiconError, match="hedging/maybe_not"):
        keywords_in_context(annotated.articles, annotated.marks, "hedging/maybe_not")
