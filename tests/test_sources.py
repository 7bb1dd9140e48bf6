"""Who a source is: type and naming of source phrases, personal names, and the person behind a surname or pronoun."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from framing.measure.kinds import Kinds
from framing.measure.matcher import rule_passes
from framing.measure.names import find_names, person_names
from framing.measure.sourcerules import find_passing
from framing.measure.sourcewords import find_source_words, source_entries
from framing.measure.speakers import Source, resolve_sources, resolve_together, type_source
from framing.measure.text import Text, read_together

CASES = json.loads((Path(__file__).parent / "cases" / "sources.json").read_text(encoding="utf-8"))

TYPES = [
    # phrase, source type, naming
    ("Prime Minister Ilse Vantor", "official", "named_person"),
    ("Veshnia’s president, Mirela Kostavy", "official", "named_person"),
    ("the prime minister", "official", "named_role"),
    ("Its foreign minister", "official", "named_role"),
    ("a minister", "official", "unnamed_official"),
    ("officials", "official", "unnamed_official"),
    ("a senior defence official", "official", "unnamed_official"),
    ("two Veshnian diplomats", "official", "unnamed_official"),
    ("the finance ministry", "official", "institution"),
    ("the government", "official", "institution"),
    ("The police", "official", "institution"),
    ("the court", "official", "institution"),
    ("a spokesman for the ministry", "official", "spokesperson"),
    ("a spokeswoman", "official", "spokesperson"),
    ("Zora Velikhan, a spokeswoman for the foreign ministry", "official", "named_person"),
    ("former Prime Minister Odo Lasker", "former_official", "named_person"),
    ("a former minister", "former_official", "unnamed_official"),
    ("Gen. Otmar Brae", "military", "named_person"),
    ("the general", "military", "named_role"),
    ("the army", "military", "institution"),
    ("soldiers", "military", "unnamed_official"),
    ("analysts", "expert", "expert"),
    ("an economist at Hallow Bank", "expert", "expert"),
    ("Petra Lindqvell, chief economist at the Institute for Trade", "expert", "named_person"),
    ("a professor of law", "expert", "expert"),
    ("a survey", "document", "institution"),
    ("the report", "document", "institution"),
    ("The letter, seen by the Courier", "document", "institution"),
    ("a ministry report", "document", "institution"),
    ("the United Nations", "international_body", "institution"),
    ("the charity", "civil_society", "institution"),
    ("Brenna Oskwith, who runs the charity Open Harbour", "civil_society", "named_person"),
    ("the bank", "company", "institution"),
    ("the company’s chief executive", "company", "named_role"),
    ("the newspaper", "media", "institution"),
    ("state television", "media", "institution"),
    ("residents", "citizen", "vague"),
    ("witnesses", "citizen", "vague"),
    ("Ilko Brandesh, a farmer there", "citizen", "named_person"),
    ("critics", "none", "vague"),
    ("some", "none", "vague"),
    ("people familiar with the matter", "none", "vague"),
    ("Caldria", "official", "country_metonym"),
    ("the Veshnians", "none", "country_metonym"),
    ("Jonna Sefferin", "none", "named_person"),
    ("people familiar with the talks", "none", "vague"),
    ("The Torgan Federation", "official", "country_metonym"),
    ("Secretary of State Mara Quill", "official", "named_person"),
    ("several Democrats", "official", "unnamed_official"),
    ("an aide to the governor", "official", "unnamed_official"),
    ("a new ad", "document", "institution"),
    ("she", "none", "pronoun"),
    ("They", "none", "pronoun"),
    ("", "none", "agentless"),
]

KNOWN_FAILURES = [
    # phrase, source type, naming, why
    ("everyone in the valley", "citizen", "vague", "No word of the phrase tells what kind of people they are."),
    ("the Veshnians", "official", "country_metonym", "The name of a people is in no list, so its type stays open."),
]

NAMES = [
    ("Ilse Vantor", ["Ilse Vantor"]),
    ("Prime Minister Ilse Vantor", ["Ilse Vantor"]),
    ("Mr. Reyl", ["Reyl"]),
    ("President Kostavy", ["Kostavy"]),
    ("Reyl", []),
    ("Ana T. Reyl", ["Ana T. Reyl"]),
    ("Jan van Torda", ["Jan van Torda"]),
    ("Ilse Vantor’s lawyer", ["Ilse Vantor"]),
    ("Ilse Vantor, the prime minister", ["Ilse Vantor"]),
    ("Ilse Vantor and Tomas Reyl", ["Ilse Vantor", "Tomas Reyl"]),
    ("Élise Örn", ["Élise Örn"]),
    ("the Ministry of Defence", []),
    ("Hallow Bank", []),
    ("the finance ministry", []),
    ("", []),
]


@pytest.mark.parametrize(("source", "source_type", "naming"), TYPES)
def test_type_and_naming(source, source_type, naming):
    assert type_source(source) == (source_type, naming)


@pytest.mark.parametrize(
    ("source", "source_type", "naming"),
    [pytest.param(*row, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=why)) for *row, why in KNOWN_FAILURES],
)
def test_type_and_naming_that_are_known_to_fail(source, source_type, naming):
    assert type_source(source) == (source_type, naming)


def test_the_table_is_long_enough():
    assert len({source for source, *_ in TYPES}) == len(TYPES) >= 40


@pytest.mark.parametrize(("source", "names"), NAMES)
def test_person_names(source, names):
    assert person_names(source) == names


def params():
    for case in CASES:
        known = case["kind"] == "known_failure"
        marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["comment"])] if known else []
        yield pytest.param(case["text"], case["expect"], id=case["label"], marks=marks)


def read(marked):
    """The sources that stand in [brackets] in a text, as found."""
    parts = re.split(r"[\[\]]", marked)
    ends = [sum(map(len, parts[: number + 1])) for number in range(len(parts))]
    text = Text("a", "".join(parts))
    return resolve_sources(text, [(ends[number - 1], ends[number]) for number in range(1, len(parts), 2)])


@pytest.mark.parametrize(("text", "expect"), params())
def test_sources_of_an_article(text, expect):
    fields = [{key: one[key] for key in ("speaker", "source_type", "naming")} for one in expect]
    assert [{"speaker": one.speaker, "source_type": one.source_type, "naming": one.naming} for one in read(text)] == fields


def test_every_case_is_labelled_once_and_of_a_known_kind():
    assert len({case["label"] for case in CASES}) == len(CASES) >= 60
    assert {case["kind"] for case in CASES} == {"in_the_wild", "synthetic", "negative", "known_failure"}
    assert all(case["comment"].endswith(".") for case in CASES)
    for case in CASES:
        assert re.findall(r"\[(.+?)\]", case["text"]) == [one["source"] for one in case["expect"]]


@pytest.mark.parametrize("later", ["Dollan", "Mr. Dollan", "Minister Dollan", "Emeric Dollan"])
def test_every_later_form_of_a_name_is_the_same_person(later):
    first, second = read(f"[Finance Minister Emeric Dollan] spoke. Then [{later}] left.")
    assert (first.speaker, first.source_type, first.naming) == ("Emeric Dollan", "official", "named_person")
    assert (second.speaker, second.source_type, second.naming) == ("Emeric Dollan", "official", "named_person")


@pytest.mark.parametrize("pronoun", ["he", "He", "his"])
def test_a_pronoun_takes_the_person_before_it_with_type_and_its_own_naming(pronoun):
    found = read(f"[Finance Minister Emeric Dollan] spoke. It rained, [{pronoun}] said.")
    assert found[1] == Source("Emeric Dollan", "official", "pronoun")


@pytest.mark.parametrize("source", ["it", "they", "we", "officials", "critics", "Caldria"])
def test_what_is_no_person_has_no_speaker(source):
    assert read(f"Emeric Dollan spoke. Then [{source}] answered.")[0].speaker == ""


def test_two_people_are_kept_apart_by_their_surnames():
    found = read("Emeric Dollan met Ilse Vantor. [Dollan] spoke. [Vantor] spoke. [She] left. [He] stayed.")
    assert [one.speaker for one in found] == ["Emeric Dollan", "Ilse Vantor", "Ilse Vantor", "Emeric Dollan"]


def test_the_first_bearer_keeps_a_surname_that_two_people_share():
    """A known limit: who a bare surname means cannot be told, so the one named in full more often stands, else the first."""
    assert [one.speaker for one in read("Emeric Dollan met Ana Dollan. [Dollan] spoke.")] == ["Emeric Dollan"]


def test_an_article_without_attributions_has_no_sources():
    assert resolve_sources(Text("a", "It rained."), []) == []
    assert resolve_sources(Text("a", ""), [None, (0, 0)]) == [Source("", "none", "agentless")] * 2


def test_first_names_fit_one_pronoun_only():
    """A name of women and men (Kim, Robin) stands in neither list, so that both pronouns fit it."""
    names = find_names(Kinds(Text("", "Kim Reyl and Anna Reyl met Mr. Ord.")))
    assert [name.words for name in names] == [("Kim", "Reyl"), ("Anna", "Reyl"), ("Ord",)]
    assert [one.speaker for one in read("Kim Reyl spoke. [He] left. Anna Velk spoke. [She] left.")] == ["Kim Reyl", "Anna Velk"]


def test_sources_of_articles_read_together_are_those_of_each_alone():
    """No name, no word of several and no rule reaches over the end of an article."""
    alone = [
        "The plan failed, said Ilse\n“It holds,” she said, and so did the finance",
        "ministry officials. Its minister left with Ana",
        "",
        "de Reyl stayed. Mr. Ord, a professor of law, told Tomas Lesk, R",
        "said he knew of nothing, and his Lesk",
    ]
    phrases = [["she", "the finance"], ["ministry officials", "Ana"], [], ["Mr. Ord", "Tomas Lesk, R"], ["he"]]
    spans = [
        [(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in some]
        for text, some in zip(alone, phrases, strict=True)
    ]
    together = list(resolve_together([Text(str(number), text) for number, text in enumerate(alone)], spans))
    assert together == [resolve_sources(Text("", text), some) for text, some in zip(alone, spans, strict=True)]
    whole = list(resolve_together(read_together([Text("", text) for text in alone]), spans))
    assert whole == together
    kept = read_together([Text("", text) for text in alone])
    assert [resolve_sources(text, some) for text, some in zip(kept, spans, strict=True)] == together


def test_rules_asked_of_all_words_at_once_decide_as_asked_of_one_word_in_its_own_text():
    entries = source_entries()
    texts = read_together([Text("", sentence) for one in entries for sentence in (one.example, one.counterexample)])
    surface = texts[0].place.surface
    found = find_source_words(surface)
    place = np.searchsorted(surface.pieces, found.firsts, "right") - 1
    rows = zip(found.entries, place, found.firsts - surface.pieces[place], found.lasts - surface.pieces[place], strict=True)
    alone = [all(rule_passes(rule, texts[at], first, last) for rule in entries[entry].rules) for entry, at, first, last in rows]
    passing = find_passing(surface, found)
    assert passing.firsts.tolist() == found.firsts[alone].tolist()
    assert 0 < sum(alone) < len(alone)
