"""Page furniture: every rule catches its example and leaves its counterexample, and the text is only marked."""

import json
import random
from itertools import pairwise
from pathlib import Path
from re import _constants as constants  # a pattern's parts, as the standard library reads them
from re import _parser as parser

import pandas as pd
import pytest

from framing.corpus.articles import DEMO, read_articles
from framing.corpus.cleaning import COLUMNS, exclude_furniture, find_furniture, load_furniture_rules
from framing.corpus.furniture import CAPITALS, find_lines, possible_rules
from framing.corpus.headings import find_headings

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
        if kind is constants.ASSERT and always_holds(value[1], needs, ""):
            return True
        if kind in (constants.ASSERT, constants.ASSERT_NOT) or (kind is constants.AT and value is constants.AT_BOUNDARY):
            continue
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
    if rule.needs == (CAPITALS,):
        assert not rule.pattern.fullmatch(rule.example.capitalize())
        return
    needs = tuple(word.removeprefix("=").lower() for word in rule.needs)
    anywhere = rule.unit in ("sentence", "inside", "last_line")
    assert always_holds(parser.parse(rule.pattern.pattern), needs, "" if anywhere else "^")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_that_needs_another_word_would_be_seen(rule):
    assert not always_holds(parser.parse(rule.pattern.pattern), ("^levy", "truce"), "^")


@pytest.mark.parametrize("line", ["Advertıſement", "ADVERTİSEMENT", "ADVERTISEMENT"])
def test_a_rule_is_asked_whatever_the_letters(line):
    assert find_furniture(line) == [(0, 13, "advertisement")]


def test_rules_have_names_of_their_own_and_known_units():
    assert len({rule.id for rule in RULES}) == len(RULES)
    units = {"line", "last_line", "line_and_next", "line_and_list", "prefix", "inside", "sentence"}
    assert {rule.unit for rule in RULES} == units


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


def test_the_headlines_under_a_label_go_with_it_up_to_the_first_sentence():
    text = (
        "He left.\nRead more:\nTorgan envoy walks out\nSorrel votes on grain\nThe guns fell silent.\nNobody cheered.\nShe stayed."
    )
    assert caught(text) == [(line, "related_list") for line in ("Read more:", "Torgan envoy walks out", "Sorrel votes on grain")]


def test_a_label_without_a_colon_takes_a_list_only_where_the_text_ends_with_it():
    headlines = "Torgan envoy walks out\nSorrel votes on grain"
    assert len(caught(f"He left.\nYou may also like\n{headlines}")) == 3
    assert caught(f"You may also like\n{headlines}\n{'They argued for hours about the price of grain. ' * 5}") == [
        ("You may also like", "related_list")
    ]


def test_the_card_glued_behind_a_name_goes_and_the_sentence_stays():
    line = "President Orr Ann Marie OrrEnvoy walks out of talks Sorrel votes today MORE said no."
    assert caught(line) == [("Ann Marie OrrEnvoy walks out of talks Sorrel votes today MORE", "name_card")]


def test_an_interviewers_questions_and_headings_with_a_colon_stay():
    question = "Lantern: Why did the Torgan envoys leave the talks about grain so early?"
    assert caught(f"{question}\nThe Sorrel Summit: A Step Towards Peace on the River") == []


def test_a_note_on_the_author_is_furniture_at_the_end_only():
    note = "Ann Orr is a reporter for the Daily Lantern in Sorrel."
    body = "\n".join(["The guns fell silent tonight.", "Nobody cheered.", "She stayed.", "He left."])
    assert caught(f"{body}\n{note}") == [(note, "author_box")]
    assert caught(f"{note}\n{body}") == []


def test_a_share_bar_below_the_note_on_the_author_leaves_it_a_last_line():
    note = "Ann Orr is a reporter for the Daily Lantern in Sorrel."
    bars = "Share this article\nLeave a Comment\nMenu\n© 2031 Daily Lantern. All rights reserved."
    assert (note, "author_box") in caught(f"The envoys met on Monday.\nThey left.\n{note}\n{bars}")


def test_nearly_the_title_is_furniture_and_a_sentence_with_its_words_stays():
    assert caught("Torgan envoy walks out of the talks", TITLE) == [("Torgan envoy walks out of the talks", "title_in_text")]
    assert caught("Torgan envoy walks out of the talks.", TITLE) == []


def test_a_first_line_with_capitals_like_a_headline_is_the_pages_title_and_a_byline_stays():
    headline = "Torgan's Envoys Walk Out Of Talks On Grain"
    body = "The envoys left on Monday.\nNobody cheered."
    assert caught(f"{headline}\n{body}", "Talks fail") == [(headline, "title_in_text")]
    for line in ("Ann Orr, Ben Low and Cy Dee and Dan Eld", "Envoys walk out of talks on Torgan's grain", f"{headline}."):
        assert caught(f"{line}\n{body}", "Talks fail") == []
    assert caught(f"{body}\n{headline}", "Talks fail") == []
    assert caught(f"{headline}\n{body}", "") == []  # the only title that the article has


def test_headlines_without_a_label_at_the_end_go_and_one_alone_and_the_articles_own_list_stay():
    headlines = ["Sorrel votes for a bridge over the river", "Why the market was closed on Monday"]
    body = "The envoys left on Monday.\nNobody cheered."
    note = "Ben Low contributed to this report."
    for end in ([*headlines], [*headlines, note], [*headlines, "Advertisement"]):
        found = [line for line, rule in caught("\n".join([body, *end])) if rule == "related_list"]
        assert found == headlines
    assert caught(f"{body}\n{headlines[0]}") == []
    assert caught("\n".join([body, *(f"- {line}" for line in headlines)])) == []
    assert caught("\n".join([body, *(f"{line}." for line in headlines)])) == []
    assert caught("\n".join(headlines)) == []


@pytest.mark.parametrize("before", ["\u200b\u200b", "\ufeff", "\u200b \u200b"])
def test_letters_without_width_before_a_label_hide_nothing(before):
    text = f"The envoys left on Monday.\n{before}Advertisement\u200b\xa0\nNobody cheered."
    assert caught(text) == [("Advertisement", "advertisement")]


@pytest.mark.parametrize("letter", ["\U0001f600", "\ud83d", "İ", "“"])
def test_words_inside_a_line_are_found_behind_any_letter(letter):
    line = "Torgan envoy walks out Read more"
    text = f"The envoys {letter}left{letter} on Monday.\n{line}\n{letter} Nobody cheered."
    assert (line, "headline_link") in caught(text)


@pytest.mark.parametrize("text", ["", "a", "(", "abc", "\u200b", "Z"])
def test_a_text_of_few_letters_has_no_furniture(text):
    assert caught(text) == []


def test_every_needed_word_is_found_wherever_it_stands():
    for rule in RULES:
        inner = [word.removeprefix("=") for word in rule.needs if word[0] != "^" and rule.unit != "last_line"]
        for word in inner:
            text = f"The envoys left.\nThey said {word} to her.\nNobody cheered."
            asked = possible_rules(text, text.lower(), find_lines(text))
            assert any(rule in rules for rules in asked.values()), (rule.id, word)


def test_a_title_with_its_outlet_behind_it_is_found_without_it():
    assert caught(f"{TITLE}\nThe talks failed.", f"{TITLE} | World | Daily Lantern") == [(TITLE, "title_in_text")]


def test_a_list_may_say_the_same_twice():
    assert caught("- A bridge over the river\n- A road\n- A bridge over the river") == []


def test_a_question_to_the_readers_is_found_where_it_is_asked_first_too():
    question = "What role should the Torgan council play in the talks on grain?"
    text = f"{question}\nThe talks failed.\n{question.replace('council', 'concil')} Tell us in the comments below!"
    assert caught(text)[0] == (question, "repeated_line")


def outlet(n, line, place="{body}\n{line}"):
    names = ["".join(chr(97 + int(digit)) for digit in str(i)) for i in range(n)]
    bodies = [f"Envoy {name} met with {name} people in Sorrel.\n{name} left after talks with {name}." for name in names]
    return pd.DataFrame(
        {
            "article": [str(i) for i in range(n)],
            "outlet": "Lantern",
            "title": "",
            "text": [place.format(body=b, line=line) for b in bodies],
        }
    )


def test_a_line_at_the_edge_of_five_articles_is_the_outlets():
    line = "The Lantern is read in Sorrel and in Varn since 2031"
    assert len(exclude_furniture(outlet(4, line))) == 0
    assert exclude_furniture(outlet(5, line))["rule"].tolist() == ["outlet_line"] * 5
    assert exclude_furniture(outlet(5, line))["text"].tolist() == [line] * 5


def test_dated_variants_of_an_outlets_line_are_one_line():
    articles = outlet(6, "")
    articles["text"] += [f"Printed in Sorrel on Monday, {day} May 2031" for day in range(1, 7)]
    assert exclude_furniture(articles)["rule"].tolist() == ["outlet_line"] * 6


def test_an_outlets_line_must_stand_in_one_article_of_a_hundred():
    rare = outlet(5, "The Lantern is read in Sorrel and in Varn")
    many = outlet(600, "").assign(article=lambda table: "more" + table["article"])
    assert exclude_furniture(pd.concat([rare, many])).empty
    assert len(exclude_furniture(pd.concat([rare, many.head(400)]))) == 5


@pytest.mark.parametrize(
    "line",
    [
        "Ann Orr in Varn contributed to this report.",
        "The ministry in Varn would not respond.",
        "What we know so far",
        "The envoys left, the ministry said.",
    ],
)
def test_what_many_articles_say_of_themselves_stays(line):
    assert exclude_furniture(outlet(9, line)).empty


def test_an_outlets_line_in_the_middle_of_articles_stays():
    line = "The river was high and the bridges were closed"
    assert exclude_furniture(outlet(9, line, "{body}\n{line}\n{body}\n{body}")).query("rule == 'outlet_line'").empty


def test_versions_of_one_article_count_once():
    line = "The Lantern is read in Sorrel and in Varn"
    same = "One and the same long paragraph on the talks about grain stands in every version of this article."
    versions = outlet(9, line, f"{{line}}\n{same}\n{{body}}\n{{body}}")
    assert exclude_furniture(versions).query("rule == 'outlet_line'").empty


def test_headings_and_bullets_are_known():
    text = "What the envoys want\nThey want grain.\n- Peace on the river\n1. Salt\nWho pays?\nNobody knows."
    assert [(text[h.start : h.end], h.kind) for h in find_headings(text)] == [
        ("What the envoys want", "heading"),
        ("- Peace on the river", "bullet"),
        ("1. Salt", "bullet"),
        ("Who pays?", "heading"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "They want grain.",
        "“We want grain”",
        "Advertisement",
        "Envoys in Sorrel. Photo: Norwire",
        "a small beginning of a line",
        "By Ann Orr",
        "words " * 20,
        "***",
    ],
)
def test_what_heads_nothing_is_no_heading(line):
    assert find_headings(f"{line}\nThe talks failed.") == []


def test_the_last_line_heads_nothing():
    assert find_headings("The talks failed.\nWhat comes next") == []


def test_the_title_in_the_text_is_no_heading():
    assert find_headings(f"{TITLE}\nThe talks failed.", TITLE) == []


LABELS = pd.read_csv(Path(__file__).parent / "furniture" / "labels.csv", dtype=str).astype({"start": int, "end": int})
CODED = pd.read_csv(Path(__file__).parent / "furniture" / "articles.csv", dtype={"article": str})


def test_the_labels_are_spans_of_coded_articles_and_overlap_nowhere():
    assert set(LABELS["code"]) == {"F", "A"}
    assert set(LABELS["article"]) <= set(CODED["article"])
    assert (LABELS["start"] < LABELS["end"]).all()
    for _, spans in LABELS.sort_values("start").groupby(["article", "coder"]):
        assert (spans["end"].to_numpy()[:-1] <= spans["start"].to_numpy()[1:]).all()
    assert CODED["half"].value_counts().to_dict() == {"build": 165, "build2": 150, "measure": 165, "pages": 5}
    assert CODED["twice"].sum() == 50


@pytest.mark.slow
@pytest.mark.parametrize(("half", "coder"), [("build", "1"), ("build2", "3")])
def test_the_rules_are_right_on_what_they_were_built_on(corpora, half, coder):
    articles = read_articles(corpora / "allsides_stories" / "articles.jsonl")
    texts = articles.set_index("article")["text"]
    own = LABELS[(LABELS["corpus"] == "allsides") & LABELS["article"].isin(texts.index)]
    assert len(own) == (LABELS["corpus"] == "allsides").sum()
    assert (own["end"] <= own["article"].map(texts.str.len())).all()
    read = set(CODED[CODED["half"] == half]["article"])
    excluded = exclude_furniture(articles[articles["article"].isin(read)])
    coded = {
        one: {at: row.code for row in spans.itertuples() for at in range(row.start, row.end)}
        for one, spans in own[own["coder"] == coder].groupby("article")
    }
    codes = [coded.get(row.article, {}).get(at, "") for row in excluded.itertuples() for at in range(row.start, row.end)]
    assert codes.count("F") > 10_000
    assert codes.count("F") / (codes.count("F") + codes.count("")) >= 0.99


def test_the_further_articles_were_measured_before_the_rules_were_built_on_them():
    results = json.loads((Path(__file__).parents[1] / "benchmarks" / "results" / "furniture.json").read_text(encoding="utf-8"))
    blind = next(one for one in results["blind"] if (one["method"], one["apparatus"]) == ("rules", "left out"))
    assert (blind["half"], blind["articles"]) == ("build2", 150)
    after = next(
        one for one in results["scores"] if (one["half"], one["method"], one["apparatus"]) == ("build2", "rules", "left out")
    )
    assert blind["recall"] < after["recall"]
