"""Page furniture: every rule catches its example and leaves its counterexample, and the text is only marked."""

import random
from itertools import pairwise
from re import _constants as constants  # a pattern's parts, as the standard library reads them
from re import _parser as parser

import pandas as pd
import pytest

from framing.corpus.articles import DEMO, read_articles
from framing.corpus.cleaning import COLUMNS, exclude_furniture, find_furniture, load_furniture_rules

RULES = load_furniture_rules()
TITLE = "Torgan envoy walks out of talks"


def caught(text, title=""):
    return [(text[start:end], rule) for start, end, rule in find_furniture(text, title)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_catches_its_example(rule):
    (start, end, name), *more = find_furniture(rule.example)
    assert name == rule.id
    assert not more
    if rule.unit in ("line", "line_and_next"):
        assert (start, end) == (0, len(rule.example))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_counterexample(rule):
    assert find_furniture(rule.counterexample) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_catches_its_example_between_paragraphs_and_nothing_else(rule):
    before, after = "The envoys met in Sorrel on Monday.", "Nobody in Dravec would say what comes after that."
    furniture = caught(f"{before}\n\n{rule.example}\n\n{after}")
    assert {name for _, name in furniture} == {rule.id}
    assert before not in dict(furniture)
    assert (after in dict(furniture)) == (rule.unit == "line_and_next")


def always_holds(pattern, needs, run):
    """Whether whatever a parsed pattern matches after some letters holds one of the needed words: one sure part is enough."""
    for place, (kind, value) in enumerate(pattern):
        if kind is constants.LITERAL:
            run += chr(value).lower()
            if run.endswith(needs):
                return True
            continue
        if found := ways(kind, value):
            return all(always_holds([*way, *pattern[place + 1 :]], needs, run) for way in found)
        if kind is constants.MAX_REPEAT and value[0] and always_holds(value[2], needs, run):
            return True
        run = ""
    return False


def ways(kind, value):
    """What may stand where a parsed part of a pattern stands, if it is a choice."""
    if kind is constants.SUBPATTERN:
        return [value[3]]
    if kind is constants.BRANCH:
        return value[1]
    if kind is constants.IN and all(one is constants.LITERAL for one, _ in value):
        return [[one] for one in value]
    return [value[2], []] if kind is constants.MAX_REPEAT and value[:2] == (0, 1) else []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_nothing_without_what_it_needs(rule):
    assert always_holds(parser.parse(rule.pattern.pattern), rule.needs, "" if rule.unit == "sentence" else "^")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_that_needs_another_word_would_be_seen(rule):
    assert not always_holds(parser.parse(rule.pattern.pattern), ("^levy", "truce"), "^")


@pytest.mark.parametrize("line", ["Advertıſement", "ADVERTİSEMENT", "ADVERTISEMENT"])
def test_a_rule_is_asked_whatever_the_letters(line):
    assert find_furniture(line) == [(0, 13, "advertisement")]


def test_rules_have_names_of_their_own_and_known_units():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert {rule.unit for rule in RULES} == {"line", "line_and_next", "prefix", "sentence"}


def test_the_title_in_the_text_is_furniture_whatever_its_case_and_marks():
    assert caught(f"{TITLE.upper()}!\nThe talks failed.", TITLE) == [(f"{TITLE.upper()}!", "title_in_text")]


def test_the_title_inside_a_sentence_stays():
    assert caught(f"“{TITLE}”, the headline read.", TITLE) == []


def test_a_repeated_line_is_furniture_from_its_second_time_on():
    text = "The guns fell silent tonight.\nNobody cheered.\nThe guns fell silent tonight."
    assert find_furniture(text) == [(46, 75, "repeated_line")]


def test_a_short_line_may_stand_twice():
    assert caught("Who won?\nNobody knows.\nWho won?") == []


def test_a_neighbour_link_takes_the_line_after_it_and_only_that():
    text = "Previous Article\nTalks open\nHe left.\nShe stayed."
    assert caught(text) == [("Previous Article", "neighbour_article"), ("Talks open", "neighbour_article")]


def test_two_neighbour_links_take_a_line_each():
    text = "Previous Article\nTalks open\nNext Article\nTalks close\nHe left."
    assert [line for line, _ in caught(text)] == text.split("\n")[:4]


def test_two_rules_for_one_stretch_mark_it_once():
    assert caught("Story highlights watch it on YouTube") == [("Story highlights watch it on YouTube", "watch_link")]
    assert caught("Stay tuned to watch it on YouTube.") == [("Stay tuned to watch it on YouTube.", "stay_tuned")]


def test_furniture_inside_a_line_stands_in_text_order():
    line = "Watch it on YouTube. The envoys met. Stay tuned for more."
    assert caught(line) == [("Watch it on YouTube.", "watch_link"), ("Stay tuned for more.", "stay_tuned")]


def test_furniture_never_overlaps_and_stands_in_order():
    generator = random.Random(7)
    pieces = (
        [rule.example for rule in RULES] + [rule.counterexample for rule in RULES] + [TITLE, "", "\0", "🕊 ", "* * * *", "\u00ad"]
    )
    for _ in range(500):
        text = "".join(generator.choice(pieces) + generator.choice(["\n", "\n\n", " ", ". ", "\r\n"]) for _ in range(12))
        spans = find_furniture(text, TITLE)
        assert all(0 <= start < end <= len(text) for start, end, _ in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert all(text[start:end] == text[start:end].strip() for start, end, _ in spans)


@pytest.mark.parametrize("text", ["", "\n\n", " \t", "\0", "🕊️", "—"])
def test_a_text_without_words_has_no_furniture(text):
    assert find_furniture(text, "") == []


def test_the_excluded_table_repeats_the_text_at_its_offsets():
    articles = read_articles(DEMO)
    excluded = exclude_furniture(articles)
    texts = articles.set_index("article")["text"]
    assert tuple(excluded.columns) == COLUMNS
    assert len(excluded) > 0
    assert [texts[row.article][row.start : row.end] for row in excluded.itertuples()] == excluded["text"].tolist()


def test_articles_without_furniture_give_an_empty_table_with_all_columns():
    articles = read_articles(pd.DataFrame({"article": ["a"], "title": ["Talks"], "text": ["The envoys met."]}))
    assert exclude_furniture(articles).empty
    assert tuple(exclude_furniture(articles).columns) == COLUMNS
