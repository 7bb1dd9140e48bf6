"""Other people's dictionaries: every format reads the same, the stated rule is what is counted, faults are told by line.

All dictionaries here are invented for these tests.
"""

from __future__ import annotations

import random
import re
import warnings
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.cli import main
from framing.measure.lexicon import Lexicon
from framing.measure.lookup import BATCH, MATCH_COLUMNS
from framing.measure.wildcards import PatternError, split_pattern
from tests.conftest import ROOT

FORMATS = {
    "moods.dic": "%\n1\tjoy\n2\tfear\n%\n\nhope*\t1\nself-made\t01\nw?n\t1\t2\nrule of law\t1\ndon't  2\ncivil war*\t2\n",
    "moods.dicx": "DicTerm,joy,fear\nhope*,X,\nself-made,x\nw?n,X,X\nrule of law,X,\ndon’t,,X\ncivil war*,,1\n",
    "moods.yml": "joy: [hope*, self-made, 'w?n', rule of law]\nfear:\n  - don't\n  - civil war*\n  - w?n\n",
    "moods.yaml": 'joy:\n  - "hope*"\n  - self-made\n  - w?n\n  - rule of  law\nfear: ["don\'t", "civil war*", "w?n"]\n',
    "moods.lc3": "+joy\nhope*\nself-made \nw?n\nrule of law\n+fear\ndon't\ncivil war*\nw?n\n",
    "moods.cat": (
        "JOY\n\tHOPE* (1)\n\tSELF-MADE (1)\n\tW?N (1)\n\tRULE_OF_LAW (1)\n"
        "FEAR\n\tDON'T (1)\n\tCIVIL WAR* (1)\n\tW?N (1)\n"
    ),
    "moods.ykd": (
        '<?xml version="1.0" encoding="UTF-8"?>\n<dictionary style="050805" patternengine="substring">\n<cnode name="Moods">\n'
        '<cnode name="joy" desc=""><pnode name="hope*"/><pnode name="self-made"/><pnode name="w?n"/><pnode name="rule of law"/>'
        '</cnode><cnode name="fear"><pnode name="don\'t"/><pnode name="civil war*"/><pnode name="w?n"/>'
        "</cnode></cnode></dictionary>"
    ),
    "moods.lcd": (
        '<dictionary style="Lexicoder" name="moods"><cnode name="joy"><pnode name="hope*"></pnode><pnode name=" self-made ">'
        '</pnode><pnode name="w?n"/><pnode name="rule of law"/></cnode><cnode name="fear"><pnode name="don&apos;t"/>'
        '<pnode name="civil war*"/><pnode name="w?n"/></cnode></dictionary>'
    ),
    "moods.csv": "Word,Category\nhope*,joy\nself-made,joy\nw?n,joy\nrule of law,joy\ndon't,fear\ncivil war*,fear\nw?n,fear\n",
    "moods.tsv": "joy\tfear\tterm\n1\t\thope*\n1\t0\tself-made\n1\t1\tw?n\nx\t\trule of law\n\tX\tdon't\n\t1\tcivil war*\n",
    "wide/moods.csv": "word;joy;fear\nhope*;1;0\nself-made;1;0\nw?n;1;1\nrule of law;1;0\ndon't;0;1\ncivil war*;0;1\n",
}  # fmt: skip
MOODS = {
    ("joy", "hope*"), ("joy", "self-made"), ("joy", "w?n"), ("joy", "rule of law"), ("fear", "don't"), ("fear", "civil war*"),
    ("fear", "w?n"),
}  # fmt: skip
TEXT = (
    "Hope is self-made, the mayor of Lesk said. “I don’t fear a civil war,” she said, and the rule of law won. A self-made man's "
    "hopes win; civil, war; wine; the rule of\nlaw. Don't! The civil war's end: civil wars are no hope."
)
COUNTS = {"joy": 8, "fear": 7}


def save(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def load(folder: Path, name: str, content: str | bytes) -> Lexicon:
    """A dictionary of which something is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return fr.load_lexicon(save(folder, name, content))


def terms(lexicon: Lexicon) -> set[tuple[str, str]]:
    return {(entry.category, entry.forms[0]) for entry in lexicon}


def articles(*texts: str) -> pd.DataFrame:
    return fr.read_articles(pd.DataFrame({"text": texts, "outlet": "Lesk Gazette"}))


def count(lexicon, *texts: str, **options) -> list[dict[str, float]]:
    table = fr.look_up(articles(*texts), lexicon, **options)
    return table.drop(columns=["article", "outlet", "story", "topic", "date", "n_words"]).to_dict("records")


# Formats


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_dictionary_is_read_from_every_format(tmp_path, name):
    lexicon = fr.load_lexicon(save(tmp_path, name, FORMATS[name]))
    assert lexicon.skipped == ()
    assert lexicon.name == "moods"
    assert {(category.lower(), form.lower()) for category, form in terms(lexicon)} == MOODS
    counts = count(lexicon, TEXT)[0]
    assert {category.lower(): n for category, n in counts.items()} == COUNTS


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("change", [
    lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.encode("utf-16"),
    lambda text: text.replace("\n", "\r\n").encode(), lambda text: text.encode("cp1252"),
], ids=["mark", "utf-16", "windows", "cp1252"])  # fmt: skip
def test_encodings_and_line_ends_do_not_matter(tmp_path, name, change):
    lexicon = fr.load_lexicon(save(tmp_path, name, change(FORMATS[name])))
    assert {(category.lower(), form.lower()) for category, form in terms(lexicon)} == MOODS


def test_latin_1_is_recognised_where_the_file_is_not_utf_8(tmp_path):
    for encoding in ("utf-8", "latin-1", "cp1252"):
        lexicon = fr.load_lexicon(save(tmp_path, "x.lc3", "+größe\nnaïve\ncafés\n".encode(encoding)))
        assert terms(lexicon) == {("größe", "naïve"), ("größe", "cafés")}
    assert terms(fr.load_lexicon(save(tmp_path, "y.lc3", b"+a\x81\nwar\n"))) == {("a\x81", "war")}


NESTED = {
    "n.yml": "economy:\n  - trade\n  - taxes: [tax*]\n    state:\n      aid: subsid*\nlaw: [court]\n",
    "m.yml": "economy:\n  __: [trade]\n  taxes: ['tax*']\n  state: {aid: [subsid*]}\nlaw:\n- court\n",
    "n.cat": "economy\n\ttrade (1)\n\ttaxes\n\t\ttax* (1)\n\tstate\n\t\taid\n\t\t\tsubsid* (1)\nlaw\n\tcourt (1)\n",
    "m.cat": (
        "economy\n   \ttaxes\n   \t\ttax* (1)\n   \tstate\n   \t\taid\n"
        "   \t\t\tsubsid* (1)\n   \ttrade (1)\nlaw\n  court (1)\n"
    ),
    "n.ykd": (
        '<dictionary><cnode name="My words"><cnode name="economy"><pnode name="trade"/><cnode name="taxes"><pnode name="tax*"/>'
        '</cnode><cnode name="state"><cnode name="aid"><pnode name="subsid*"/></cnode></cnode></cnode><cnode name="law">'
        '<pnode name="court"/></cnode></cnode></dictionary>'
    ),
    "n.csv": "term,key\ntrade,economy\ntax*,economy.taxes\nsubsid*,economy.state.aid\ncourt,law\n",
}  # fmt: skip


@pytest.mark.parametrize("name", NESTED)
def test_categories_within_categories_are_joined_by_full_stops(tmp_path, name):
    lexicon = fr.load_lexicon(save(tmp_path, name, NESTED[name]))
    assert terms(lexicon) == {("economy", "trade"), ("economy.taxes", "tax*"), ("economy.state.aid", "subsid*"), ("law", "court")}


def test_liwc_quirks_are_read_and_conditions_told(tmp_path):
    text = (
        "%\n125\taffect (Affect)\n\t126\tposemo (Positive Emotions)\n253 time\n2\tpronoun\n464\tfiller\n%\n"
        "\n  kind  (02 134)125/464\t(02 134)126\t253  \nglad 125 126\nof late\t253\nsort\t<of>131/125\t126\ncatch 22\t253\n"
        "911\t253\nwe\t02\t\t126\n"
    )
    lexicon = load(tmp_path, "x.dic", text)
    assert terms(lexicon) == {
        ("time", "kind"), ("affect", "glad"), ("posemo", "glad"), ("time", "of late"), ("posemo", "sort"), ("time", "catch 22"),
        ("time", "911"), ("pronoun", "we"), ("posemo", "we"),
    }  # fmt: skip
    assert lexicon.skipped == (
        "x.dic, line 6: the category 'filler' holds no entry; give it words or remove it.",
        "x.dic, line 9: the condition '(02 134)125/464' of 'kind' is not applied; write a number without condition.",
        "x.dic, line 9: the condition '(02 134)126' of 'kind' is not applied; write a number without condition.",
        "x.dic, line 12: the condition '<of>131/125' of 'sort' is not applied; write a number without condition.",
    )


def test_liwc_names_keep_their_brackets_where_they_would_be_the_same_without(tmp_path):
    lexicon = fr.load_lexicon(save(tmp_path, "x.dic", "%\n1\tmood (good)\n2\tmood (bad)\n%\nhope\t1\nfear\t2\n"))
    assert terms(lexicon) == {("mood (good)", "hope"), ("mood (bad)", "fear")}


def test_words_that_yaml_takes_for_something_else_are_words(tmp_path):
    lexicon = fr.load_lexicon(save(tmp_path, "x.yml", "no: [yes, no, on, 1984, 1.50, null, true, 2026-11-22x*]\n"))
    assert {form for _, form in terms(lexicon)} == {"yes", "no", "on", "1984", "1.50", "null", "true", "2026-11-22x*"}
    assert {category for category, _ in terms(lexicon)} == {"no"}


def test_a_table_without_categories_has_one_with_the_name_of_the_file(tmp_path):
    assert terms(fr.load_lexicon(save(tmp_path, "war.csv", "word\nsiege\nshell*\n"))) == {("war", "siege"), ("war", "shell*")}
    weighted = fr.load_lexicon(save(tmp_path, "valence.tsv", "TERM\tscore\nsiege\t-3\nfair\t1,5\n"))
    assert [(entry.category, entry.weight) for entry in weighted] == [("valence", -3), ("valence", 1.5)]


def test_our_own_format_is_still_our_own(tmp_path):
    own = fr.load_lexicon("boosters")
    assert not own.has_patterns
    assert fr.load_lexicon(ROOT / "framing" / "measure" / "lexicons" / "boosters.csv").digest == own.digest
    assert count("boosters", "He certainly will. It is almost certainly so.") == [{"booster": 1}]


# What a pattern matches


@pytest.mark.parametrize(
    ("pattern", "found", "missed"),
    [
        ("tax*", ["tax", "Taxes", "TAX", "tax-free", "tax's", "taxes’"], ["syntax", "ta", "pre-tax"]),
        ("*tax", ["tax", "syntax", "pre-tax", "syntax's"], ["taxes", "syntax-free"]),
        ("*ta*", ["tax", "metal", "meta"], ["tux", "at"]),
        ("t?x", ["tax", "tux's"], ["tx", "taax", "t-ax"]),
        ("w?r*", ["war", "wars", "wiry", "war-torn"], ["wr", "swear"]),
        ("don't", ["don't", "Don’t"], ["do", "dont", "don", "do not"]),
        ("do", ["do"], ["don't", "doing"]),
        ("self-made", ["self-made", "Self‑made", "self-made's"], ["self", "made", "self made", "self-made-man"]),
        ("made", ["made"], ["self-made", "made-up"]),
        ("leader", ["leader", "leader's", "leader’s"], ["leader-s", "leaders", "leaders’s-x"]),
        ("leader's", ["leader's"], ["leader", "leaders"]),
        ("they", ["they", "they're", "they've", "they’d", "they'll"], ["theyre"]),
        ("rule of law", ["rule of law", "rule  of\tlaw", "Rule of law's"], ["rule, of law", "rule of\nlaw", "rule's of law"]),
        ("rule * law", ["rule of law", "rule by law's"], ["rule law", "rule of the law"]),
        ("u.s.", ["U.S.", "u.s."], ["us", "U.S.A."]),
        ("o'brien", ["O'Brien", "O’Brien"], ["Brien"]),
        ("1.6*", ["1.6bn", "1.6"], ["1,6"]),
        ("*", ["anything", "1"], []),
    ],
)  # fmt: skip
def test_wildcards_match_whole_words(tmp_path, pattern, found, missed):
    lexicon = fr.load_lexicon(save(tmp_path, "x.csv", f'word,category\n"{pattern}",c\n'))
    assert [row["c"] for row in count(lexicon, *found)] == [1] * len(found)
    assert [row["c"] for row in count(lexicon, "1", *missed)[1:]] == [0] * len(missed)


def test_case_counts_only_where_it_is_asked_for(tmp_path):
    lexicon = fr.load_lexicon(save(tmp_path, "x.csv", "word,category\nUS,state\nus,people\n"))
    assert count(lexicon, "US troops told us") == [{"state": 2, "people": 2}]
    assert count(lexicon, "US troops told us", ignore_case=False) == [{"state": 1, "people": 1}]


def spans(lexicon, text: str) -> list[tuple[str, str]]:
    return fr.list_matches(articles(text), lexicon)[["category", "text"]].apply(tuple, axis=1).tolist()


def test_within_a_category_the_longest_comes_first_and_no_word_is_counted_twice(tmp_path):
    words = ["civil", "war", "civil war", "war crimes court", "court case", "crimes"]
    lexicon = fr.load_lexicon(save(tmp_path, "x.lc3", "\n".join(["+a", *words, "+b", "war", "civil war", "court*"])))
    assert spans(lexicon, "a civil war crimes court case") == [
        ("a", "civil"), ("b", "civil war"), ("a", "war crimes court"), ("b", "court"),
    ]  # fmt: skip
    assert spans(lexicon, "civil war crimes") == [("a", "civil war"), ("b", "civil war"), ("a", "crimes")]


def test_of_equally_long_entries_the_left_one_and_then_the_more_exact_one_counts(tmp_path):
    lexicon = fr.load_lexicon(save(tmp_path, "x.csv", "word,weight\nw*,1\nwar*,2\nwar,4\n?ar,8\na b,16\nb c,32\na *,64\n"))
    assert count(lexicon, "war") == [{"x": 1, "x_weight": 4}]
    assert count(lexicon, "wars want car") == [{"x": 3, "x_weight": 11}]
    assert count(lexicon, "a b c") == [{"x": 1, "x_weight": 16}]
    assert count(lexicon, "war's") == [{"x": 1, "x_weight": 2}]  # war* matches all of it, war only without the 's


def test_no_category_exceeds_the_words(tmp_path):
    lexicon = fr.load_lexicon(save(tmp_path, "x.yml", "all: ['*', '* *', 'a*', 'the *']\nsome: ['*e*']\n"))
    table = fr.look_up(fr.read_articles(fr.DEMO), lexicon)
    assert (table["all"] <= table["n_words"]).all()
    assert (table["some"] <= table["n_words"]).all()
    assert (table["all"] >= table["n_words"] // 2).all()


def test_weights_are_summed_in_columns_of_their_own(tmp_path):
    for name, content in {
        "x.csv": "word,category,weight\ngood,joy,2.5\nbad,joy,-1\nwar,fear,1\n",
        "x.cat": "joy\n\tgood (2.5)\n\tbad (-1)\nfear\n\twar (1)\n",
        "x.dicx": "Entry,joy,fear\ngood,2.5,\nbad,-1,0\nwar,,1\n",
        "x.ykd": '<dictionary><cnode name="joy"><pnode name="good" score="2.5"/><pnode name="bad" score="-1"/></cnode>'
        '<cnode name="fear"><pnode name="war"/></cnode></dictionary>',
    }.items():
        lexicon = fr.load_lexicon(save(tmp_path, name, content))
        assert count(lexicon, "A good, good, bad war.", "Peace.") == [
            {"joy": 3, "joy_weight": 4.0, "fear": 1}, {"joy": 0, "joy_weight": 0.0, "fear": 0},
        ], name  # fmt: skip


# The oracle: every entry tried at every place, letter by letter

SYLLABLES = ("wa", "ta", "x", "lo", "wat", "a")
PLAIN = ["don't", "self-made", "it's", "tax's", "wata's", "can't", "a", "ta-x's"]


def matches_glob(pattern: str, word: str) -> bool:
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(matches_glob(pattern[1:], word[skip:]) for skip in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and matches_glob(pattern[1:], word[1:])


def bare(word: str) -> str:
    return re.sub(r"(?<=.)'(s|re|ve|ll|d|m)$", "", word)


def oracle(words: list[str], breaks: set[int], entries: list[tuple[str, str, float]]) -> dict[str, tuple[int, float]]:
    found: dict[str, tuple[int, float]] = {}
    for category in dict.fromkeys(category for category, _, _ in entries):
        candidates = []
        for order, (_, pattern, weight) in enumerate(one for one in entries if one[0] == category):
            parts = pattern.split()
            for first in range(len(words) - len(parts) + 1):
                if any(place in breaks for place in range(first + 1, first + len(parts))):
                    continue
                heads = all(matches_glob(part, words[first + n]) for n, part in enumerate(parts[:-1]))
                last = words[first + len(parts) - 1]
                whole = matches_glob(parts[-1], last)
                if heads and (whole or matches_glob(parts[-1], bare(last))):
                    wild = sum(pattern.count(one) for one in "*?")
                    # a single word as it stands comes before one without its clitic
                    exact = (0 if whole or len(parts) > 1 else 1, wild, wild - len(pattern), order)
                    candidates.append((-len(parts), first, exact, len(parts), weight))
        taken: set[int] = set()
        number, total = 0, 0.0
        for _, first, _, length, weight in sorted(candidates):
            places = set(range(first, first + length))
            if not places & taken:
                taken |= places
                number, total = number + 1, total + weight
        found[category] = number, total
    return found


@pytest.mark.parametrize("seed", range(12))
def test_counts_are_those_of_trying_every_entry_everywhere(tmp_path, seed):
    draw = random.Random(seed)

    def word() -> str:
        return draw.choice(PLAIN) if draw.random() < 0.3 else "".join(draw.choices(SYLLABLES, k=draw.randint(1, 3)))

    def pattern() -> str:
        made = word()
        for _ in range(draw.choice((0, 1, 1, 2))):
            place = draw.randrange(len(made) + 1)
            made = made[:place] + draw.choice("*?") + made[place + draw.randint(0, 1) :]
        return made

    entries = {}
    for _ in range(60):
        phrase = " ".join(pattern() for _ in range(draw.choice((1, 1, 1, 2, 2, 3))))
        try:
            split_pattern(phrase)
        except PatternError:
            continue
        entries[draw.choice("abc"), phrase] = float(draw.randint(-2, 5))
    rows = [(category, phrase, weight) for (category, phrase), weight in entries.items()]
    texts, expected = [], []
    for _ in range(30):
        words = [word() for _ in range(draw.randint(1, 40))]
        # No furniture: "x" alone in a line would be a button's label, and a line that many articles of an outlet share its own.
        gaps = [draw.choice((" ", " ", " ", " ", ", ", "\n… ", " – ")) for _ in words[1:]]
        texts.append("… " + "".join(one + gap for one, gap in zip(words, [*gaps, "."], strict=True)))
        expected.append(oracle(words, {place for place, gap in enumerate(gaps, start=1) if gap != " "}, rows))
    lexicon = fr.load_lexicon(
        save(tmp_path, "x.csv", "\n".join(["category,word,weight", *(f'{c},"{w}",{n}' for c, w, n in rows)]))
    )
    table = fr.look_up(articles(*texts).assign(outlet=list(map(str, range(len(texts))))), lexicon)
    for place, counted in enumerate(expected):
        for category, (number, total) in counted.items():
            row = table.iloc[place]
            assert (row[category], row.get(f"{category}_weight", number)) == (number, total), (texts[place], category)


# The table


def test_every_match_listed_is_a_match_counted_and_stands_in_the_text(tmp_path):
    lexicon = fr.load_lexicon(save(tmp_path, "moods.csv", FORMATS["moods.csv"]))
    table = articles(TEXT, "No mood at all", TEXT)
    listed, counted = fr.list_matches(table, lexicon), fr.look_up(table, lexicon)
    assert tuple(listed.columns) == MATCH_COLUMNS
    texts = dict(zip(table["article"], table["text"], strict=True))
    assert all(texts[one.article][one.start : one.end] == one.text for one in listed.itertuples())
    for category in COUNTS:
        per_article = listed[listed["category"] == category].groupby("article").size()
        assert per_article.reindex(counted["article"], fill_value=0).tolist() == counted[category].tolist()
    assert set(listed["entry"]) <= set(lexicon.entries)


def test_an_annotated_corpus_is_counted_by_voice_and_compared_like_any_measure(tmp_path, annotated, scores):
    lexicon = fr.load_lexicon(save(tmp_path, "x.csv", "word,category,weight\nth*,t,1\nthe *,t,2\nmay,hedge,1\n"))
    counts = fr.look_up(annotated, lexicon)
    same = [name for name in counts.columns if name in ("article", "outlet", "story", "topic", "date") or name.startswith("n_")]
    pd.testing.assert_frame_equal(counts[same], scores[same])
    for name in ("t", "t_weight", "hedge"):
        assert (counts.filter(regex=f"^{name}_(journalist|quoted|reported)$").sum(axis=1) == counts[name]).all()
    assert counts["t"].tolist() == fr.look_up(annotated.articles, lexicon)["t"].tolist()
    assert (counts["t_quoted"] <= counts["n_words_quoted"]).all()
    listed = fr.list_matches(annotated, lexicon)
    assert set(listed["voice"]) == {"journalist", "quoted", "reported"}
    contrasts = fr.compare_outlets(counts, ["t", "hedge"], strata="story", n_resamples=99)
    assert contrasts["count"].sum() > 0
    assert list(
        fr.compare_outlets(fr.look_up(annotated.articles, lexicon), "t", voice="all", n_resamples=99)["measure"].unique()
    ) == ["t"]


def test_page_furniture_is_not_counted():
    lines = "The mayor spoke.\n\nRead more: The war in Lesk\n\nShe left.\n\nCopyright 2026 Lesk Gazette. All rights reserved."
    assert fr.look_up(articles(lines), "boosters")["n_words"][0] < len(lines.split())


def test_batches_and_empty_corpora_are_no_special_cases(tmp_path):
    lexicon = fr.load_lexicon(save(tmp_path, "moods.csv", FORMATS["moods.csv"]))
    many = fr.look_up(articles(*[f"number {n} hope" for n in range(BATCH + 5)]), lexicon)
    assert many["joy"].tolist() == [1] * (BATCH + 5)
    nothing = fr.look_up(articles("x").head(0), lexicon)
    assert (len(nothing), list(nothing.columns)) == (0, list(many.columns))
    assert len(fr.list_matches(articles("x").head(0), lexicon)) == 0


@pytest.mark.parametrize("category", ["story", "n_words", "n_grams", "attributions_x", "article"])
def test_a_category_with_the_name_of_a_column_needs_a_prefix(tmp_path, category):
    lexicon = fr.load_lexicon(save(tmp_path, "x.csv", f"word,category\nwar,{category}\n"))
    with pytest.raises(fr.LexiconError, match=f"'{category}' .* prefix="):
        fr.look_up(articles("war"), lexicon)
    assert count(lexicon, "war", prefix="my_") == [{f"my_{category}": 1}]


def test_the_command_line_adds_a_dictionary_to_the_scores(tmp_path, capsys):
    dictionary = save(tmp_path, "moods.dic", FORMATS["moods.dic"].replace("hope*\t1", "th*\t1\nkind\t(1 2)1/2"))
    folder = tmp_path / "results"
    assert main(["score", str(fr.DEMO), "-o", str(folder), "--quiet", "--lexicon", str(dictionary)]) == 0
    told = capsys.readouterr()
    assert "not used: moods.dic, line 7: the condition '(1 2)1/2' of 'kind' is not applied" in told.err
    written = pd.read_csv(folder / "scores.csv")
    assert written["moods_joy"].sum() > 0
    assert '"moods"' in (folder / "run.json").read_text(encoding="utf-8")
    assert main(["compare", str(folder), "--measures", "moods_joy"]) == 0
    assert main(["score", str(fr.DEMO), "-o", str(folder), "--quiet", "--lexicon", str(tmp_path / "none.dic")]) == 2


# Faults

SKIPPED = {
    "a.dic": ("%\n1\tjoy\n2fear\n%\nhope\t1\t3\nwar\nbad one\n:)\t1\n", [
        "a.dic, line 3: '2fear' is no category; write a number, a tab and a name.",
        "a.dic, line 5: 'hope' names '3', which is no category of the header; correct the number.",
        "a.dic, line 6: no category number follows 'war'; write word, tab, number.",
        "a.dic, line 7: no category number follows 'bad one'; write word, tab, number.",
        "a.dic, line 8: ':)' in the category 'joy' holds ':)', which is no word here; respell or remove it.",
    ]),
    "b.dicx": ("DicTerm,joy\nhope,X\nwar,maybe\n,X\n", [
        "b.dicx, line 3: the cell 'maybe' of 'war' is no mark; write X, a number or nothing.",
        "b.dicx, line 4: '' in the category 'joy' holds no word; write one or remove it.",
    ]),
    "c.yml": ("joy: [hope, '']\nfear:\nrage: ['and/or', 'a/b*']\n", [
        "c.yml, line 1: the category 'joy' holds an empty entry; write a word or remove it.",
        "c.yml, line 2: the category 'fear' holds an empty entry; write a word or remove it.",
        "c.yml, line 3: 'and/or' in the category 'rage' holds 'and/or', which is several words here; respell or remove it.",
        "c.yml, line 3: 'a/b*' in the category 'rage' holds '/', which stands in no word; respell or remove it.",
    ]),
    "d.lc3": ("war\n+joy\nhope\n", [
        "d.lc3, line 1: 'war' stands before the first category; write a line such as +positive above it.",
    ]),
    "e.cat": ("WAR (1)\nJOY\n\tHOPE (1)\n\tBLISS\n\t@GLAD [HOPE NEAR #WAR /S 5] (1)\nFEAR\n", [
        "e.cat, line 1: 'WAR (1)' stands below no category; indent it below one.",
        "e.cat, line 4: 'BLISS' holds no entry; write the weight after a word, as in BLISS (1).",
        "e.cat, line 5: the rule '@GLAD [HOPE NEAR #WAR /S 5]' is not applied; write words.",
        "e.cat, line 6: 'FEAR' holds no entry; write the weight after a word, as in FEAR (1).",
    ]),
    "f.ykd": ('<dictionary>\n<cnode name="joy">\n<pnode/>\n<pnode name="hope"/></cnode>\n<pnode name="war"/></dictionary>', [
        "f.ykd, line 3: a pnode has no name; write one.",
        "f.ykd, line 5: 'war' has no category; write one.",
    ]),
    "g.csv": ("word,category,weight\nhope,joy,1\nhope,joy,2\nwar,,1\nglad,joy,much\nglad\n", [
        "g.csv, line 3: 'hope' has the weight 2, but 1 in line 2; the first is used, remove one.",
        "g.csv, line 4: 'war' has no category; write one.",
        "g.csv, line 5: the weight 'much' of 'glad' is no number; write one.",
        "g.csv, line 6: the weight '' of 'glad' is no number; write one.",
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_not_used_is_told_and_the_rest_is_read(tmp_path, name):
    content, sentences = SKIPPED[name]
    with pytest.warns(UserWarning, match=r"not used; see \.skipped\. The first: ") as caught:
        lexicon = fr.load_lexicon(save(tmp_path, name, content))
    assert list(lexicon.skipped) == sentences
    assert str(caught[0].message).endswith(sentences[0])
    assert {(category.lower(), form.lower()) for category, form in terms(lexicon)} == {("joy", "hope")}


REFUSED = {
    "none.dic": ("joy\t1\n", "none.dic: no categories between two lines with %; write `1<tab>name` lines between them."),
    "two.dic": ("%\n1\tjoy\n01\tfear\n%\nwar\t1\n", "two.dic, line 3: the category 01 has two names; give one another number."),
    "empty.dic": (
        "%\n%\nwar\t1\n",
        "No entry could be read. empty.dic, line 3: 'war' names '1', which is no category of the header; correct the number.",
    ),
    "empty.csv": ("", "empty.csv: the file is empty; fill it."),
    "empty.lc3": ("", "No entry could be read. empty.lc3: the file holds none; fill it."),
    "empty.yml": ("# x", "No entry could be read. empty.yml: the file holds none; fill it."),
    "list.yml": ("- war\n", "list.yml, line 1: no categories; write each as `name:` with a list of its words."),
    "star.yml": (
        "joy:\n - *hope\n",
        "star.yml, line 2: *hope is an alias in YAML; quote a word that begins with *, or write out what is repeated.",
    ),
    "key.yml": ("[a]: b\n", "key.yml, line 1: the name of a category is a list; write a word."),
    "tab.yml": (
        "joy:\n\t- hope\n",
        "tab.yml, line 2: not valid YAML (found character that cannot start any token); "
        "quote words that hold a colon or a bracket.",
    ),
    "open.ykd": ("<dictionary>\n<cnode>", "open.ykd, line 2: not valid XML (no element found); save the dictionary again."),
    "entity.ykd": ('<!DOCTYPE d [<!ENTITY a "b">]>\n<d/>', "entity.ykd, line 1: a DOCTYPE is not read; remove it."),
    "regex.ykd": (
        '<dictionary patternengine="regexp"/>',
        "regex.ykd, line 1: the pattern engine 'regexp' is not read; save with wildcards.",
    ),
    "cells.csv": (
        "word,category\nwar,fear,more\n",
        "cells.csv, line 2: the row has 3 cells where the header has 2; quote cells that hold the separator.",
    ),
    "quote.csv": ('word,category\n"war,fear\n', "quote.csv, line 2: unexpected end of data; close or double the quotation mark."),
    "names.csv": ("lexeme,kind\nwar,fear\n", (
        "names.csv, line 1: no column holds words (found: lexeme, kind); rename the columns, known are word: word, words, term, "
        "terms, entry, pattern, form, token, phrase, ngram, dicterm, lemma; category: category, categories, key, sentiment, "
        "emotion, dimension, construct, frame, class, label; weight: weight, score, value, valence, polarity, intensity, "
        "strength.")),
    "other.csv": ("word,German\nwar,Krieg\n", (
        "other.csv, line 2: the column 'German' holds 'Krieg', neither a mark X nor a number; name a column of categories one of "
        "category, categories, key, sentiment, emotion, dimension, construct, frame, class, label, or remove the column.")),
    "x.docx": (
        "",
        "x.docx: lexicons of kind '.docx' are not read; use one of .csv, .tsv, .dic, .dicx, .yml, .yaml, .lc3, .lcd, .ykd, .xml, "
        ".cat.",
    ),
    "deep.yml": ("a: " + "[" * 200_000, "deep.yml, line 1: the categories are nested too deeply; use fewer levels."),
    "nul.dic": ("%\0", "nul.dic: the file is no text; save it as UTF-8 and read it again."),
    "half.dic": (b"\xff\xfea", "half.dic: byte 2 is not UTF-16; save the file as UTF-8."),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, name):
    content, sentence = REFUSED[name]
    with pytest.raises(fr.LexiconError) as error:
        fr.load_lexicon(save(tmp_path, name, content))
    assert str(error.value) == sentence


def test_the_documentation_runs(tmp_path, monkeypatch):
    text = (ROOT / "docs" / "dictionaries.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "dictionaries.md", "exec"), names)
