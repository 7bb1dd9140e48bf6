"""The reading page without a browser: its contents are the tables, nothing in the corpus becomes HTML, colours are legible."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest

import framing as fr
from framing.show.pagedata import COLUMNS, MOST_COMPARED, SHOWN
from framing.show.provenance import MEASURED
from framing.show.reader import PAGE
from tests.conftest import ROOT

EVIL = "<script>alert('Sorrel')</script><!--<script>--><img src=x onerror=\"alert(1)\"> & &amp; $title </div></article>"
EVIL_TEXT = (
    f'The Regent may sign, {EVIL} the mayor said. "It may {EVIL} rain 🕊," she said.\r\n'
    "  Two spaces, 2 < 3 > 1, &lt;b&gt;\x00\u2028\n"
)


@pytest.fixture(scope="module")
def page(annotated):
    return fr.read_page(annotated, progress=False)


@pytest.fixture(scope="module")
def evil():
    row = {"article": "'><b>id", "outlet": EVIL, "title": EVIL, "story": EVIL, "date": "<i>", "text": EVIL_TEXT}
    plain = {"article": "plain", "outlet": "Courier", "text": "Nothing happened in Sorrel."}
    with pytest.warns(UserWarning, match="'<i>' is no date"):
        articles = fr.read_articles(pd.DataFrame([row, plain]))
    return fr.annotate(articles, progress=False)


class Elements(HTMLParser):
    """The elements of a page, and what stands in its scripts."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.scripts, self.addresses, self.text = [], {}, [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action", "data", "srcset")]
        if tag == "script":
            self.inside = dict(attrs).get("id", "")
            self.scripts[self.inside] = ""

    def handle_data(self, data):
        if self.cdata_elem == "script":
            self.scripts[self.inside] += data
        self.text += data


def contents(page):
    """The index, the articles and the comparisons that a page holds."""
    scripts = Elements(page).scripts
    index = json.loads(scripts["index"])
    articles = [
        {"text": json.loads(scripts[f"text-{place}"]), **json.loads(scripts[f"article-{place}"])}
        for place in range(len(index["articles"]))
    ]
    return index, articles, {name: json.loads(rows) for name, rows in scripts.items() if name.startswith("versions-")}


def test_the_page_holds_every_article_as_it_is(page, annotated):
    index, articles, _ = contents(page)
    assert [one["text"] for one in articles] == annotated.articles["text"].tolist()
    for name in ("article", "outlet", "title", "date", "story"):
        assert [one[name] for one in index["articles"]] == annotated.articles[name].tolist()
    words = annotated.sentences.groupby("article", sort=False)["n_words"].sum()
    assert {one["article"]: one["words"] for one in index["articles"]} == words.to_dict()


def test_the_marks_of_the_page_are_those_of_the_table(page, annotated):
    index, articles, _ = contents(page)
    rows = [
        (one["article"], *index["categories"][category].values(), start, end, index["voices"][voice], entry, within)
        for one, article in zip(index["articles"], articles, strict=True)
        for kind, start, end, voice, within in article["marks"]
        for category, entry in [index["kinds"][kind]]
    ]  # fmt: skip
    table = annotated.marks[annotated.marks["measure"].isin(SHOWN)]
    place = table["attribution"].str.rsplit("#", n=1).str[-1].replace("", "0").astype(int) - 1
    columns = [table[name] for name in ("article", "measure", "category", "start", "end", "voice", "entry")]
    assert len(table) > 500
    assert sorted((*row[:3], *row[4:]) for row in rows) == sorted(zip(*columns, place, strict=True))


@pytest.mark.parametrize("name", ["attributions", "excluded"])
def test_attributions_and_furniture_of_the_page_are_those_of_the_tables(page, annotated, name):
    index, articles, _ = contents(page)
    rows = [(one["article"], *row) for one, article in zip(index["articles"], articles, strict=True) for row in article[name]]
    table = getattr(annotated, name)[["article", *COLUMNS[name]]].astype(object)
    if name == "attributions":
        table["content"] = table["content"].map(json.loads)
    assert rows == [tuple(row) for row in table.where(table.notna(), None).itertuples(index=False)]


def test_voices_of_the_page_are_those_of_the_marks(page, annotated):
    index, articles, _ = contents(page)
    places = {one["article"]: place for place, one in enumerate(index["articles"])}
    for mark in annotated.marks[annotated.marks["measure"] == "hedging"].itertuples():
        over = [voice for start, end, voice in articles[places[mark.article]]["voices"] if start <= mark.start < end]
        assert index["voices"][over[0] if over else 0] == mark.voice


def test_every_entry_of_the_page_has_its_rules_literature_and_precision(page):
    index, _, _ = contents(page)
    could = index["entries"]["hedging/could"]
    assert could["source"] == "Szarvas et al. 2012"
    assert could["precision"].startswith("demo news, journalist: 6 of 6 (61–100 %); demo news, quoted: ")
    assert all(entry["source"] and set(entry["rules"]) <= set(index["rules"]) for entry in index["entries"].values())
    assert index["furniture"]["advertisement"]


def test_the_list_knows_what_each_article_holds(page, annotated):
    index, _, _ = contents(page)
    shown = annotated.marks[annotated.marks["measure"].isin(SHOWN)]
    for one in index["articles"]:
        counts = shown[shown["article"] == one["article"]].groupby(["measure", "category"]).size().to_dict()
        named = {tuple(index["categories"][number].values())[:2]: n for number, n in one["categories"]}
        assert named == counts
        assert set(one["sources"]) == set(
            annotated.attributions.loc[annotated.attributions["article"] == one["article"], "source_type"]
        )


def test_two_articles_of_a_story_are_compared_beforehand(page, annotated):
    index, _, versions = contents(page)
    assert len(versions) == len(index["compared"]) == 6 * 6
    one, other = (index["articles"][place]["article"] for place in (0, 3))
    table = fr.compare_versions(annotated, one, other)[list(COLUMNS["versions"])].astype(object)
    table["likeness"] = table["likeness"].astype("float64").round(2)
    cells = [[None if pd.isna(cell) else cell for cell in row] for row in table.itertuples(index=False)]
    rows = [[index["what"][what], *row, *[None] * (7 - len(row))] for what, *row in versions["versions-0-3"]]
    assert [[cell or None for cell in row] for row in rows] == [[cell or None for cell in row] for row in cells]


def test_a_large_story_is_not_compared_beforehand(annotated):
    many = replace(annotated, articles=annotated.articles.head(MOST_COMPARED + 1).assign(story="truce"))
    assert not contents(fr.read_page(many, progress=False))[2]
    few = replace(annotated, articles=annotated.articles.head(2).assign(story=["truce", ""]))
    assert not contents(fr.read_page(few, progress=False))[2]


def test_an_article_without_marks_and_a_table_without_stories_are_shown():
    table = fr.read_articles(pd.DataFrame([{"article": "plain", "text": "Nothing."}]))[["article", "outlet", "title", "text"]]
    index, articles, _ = contents(fr.read_page(fr.annotate(table, progress=False), progress=False))
    assert articles == [{"text": "Nothing.", "marks": [], "attributions": [], "excluded": [], "voices": []}]
    assert index["articles"][0]["story"] == ""


def test_nothing_from_the_corpus_becomes_html(evil, page):
    shown = fr.read_page(evil, title="</title><script>", progress=False)
    found = Elements(shown)
    assert found.tags.count("script") == 2 + 2 * 2
    assert not {"img", "b", "i"} & set(found.tags)
    assert set(found.tags) == set(Elements(page).tags)
    assert "</title><script>" in found.text
    assert contents(shown)[1][0]["text"] == evil.articles["text"].iloc[0]
    embedded = "".join(text for name, text in found.scripts.items() if name)
    assert "<" not in embedded
    assert contents(shown)[0]["articles"][0]["title"] == EVIL


def test_the_page_loads_nothing_from_anywhere_and_forbids_it(page):
    assert set(Elements(page).addresses) == {"#reading"}
    policy = re.search(r'content="(default-src [^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none'; ")
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL).group(1)
    for name, text in (("style-src", style), ("script-src", Elements(page).scripts[""])):
        assert f"{name} 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert not re.search(r"@import|url\(|https?:", page.split('<script type="application/json"')[0])


@pytest.mark.slow
def test_the_same_corpus_gives_the_same_bytes(page):
    program = (
        "import framing as fr, hashlib\n"
        "page = fr.read_page(fr.annotate(fr.read_articles(fr.DEMO), progress=False), progress=False)\n"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    other = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.split()[-1] == hashlib.sha256(page.encode()).hexdigest()


def test_the_measured_precision_in_the_package_is_the_benchmark_s():
    benchmark = ROOT / "benchmarks" / "results" / "entries.csv"
    assert MEASURED.read_bytes() == benchmark.read_bytes(), f"copy {benchmark} to {MEASURED}"


# ---- Colours ----


def rules_of(name):
    """Selector and declarations of each rule of a style sheet."""
    style = re.sub(r"/\*.*?\*/", "", (PAGE / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [(selector.strip(), body) for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style)]


def colour(body, name):
    found = re.search(rf"(?<![\w-]){name}:[^;]*?(#[0-9a-f]{{6}})", body)
    return found.group(1) if found else None


def luminance(code):
    parts = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2's contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_computed_as_in_the_guideline():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


RULES = [rule for name in ("article.css", "reader.css") for rule in rules_of(name)]
BOTH = [(colour(body, "color"), colour(body, "background")) for _, body in RULES]
BACKGROUNDS = sorted({back for fore, back in BOTH if back and not fore} | {"#ffffff"})


def test_every_text_colour_can_be_read_on_every_background():
    colours = sorted({fore for fore, back in BOTH if fore and not back})
    assert len(colours) >= 4
    assert len(BACKGROUNDS) >= 6
    worst = min((contrast(fore, back), fore, back) for fore in colours for back in BACKGROUNDS)
    assert worst[0] >= 4.5, worst
    assert all(contrast(fore, back) >= 4.5 for fore, back in BOTH if fore and back)


def test_the_line_under_every_measure_can_be_seen_on_every_background_and_differs_in_more_than_colour():
    lines = {selector.split("u.")[1]: body for selector, body in RULES if re.search(r"u\.[a-z_]+$", selector)}
    assert set(lines) == set(SHOWN)
    kinds = {}
    for name, body in lines.items():
        line = re.search(r"(?:border-bottom|text-decoration): ([^;#]*)(#[0-9a-f]{6})", body)
        assert min(contrast(line.group(2), back) for back in BACKGROUNDS) >= 3, name
        kinds.setdefault(line.group(1), []).append(name)
    # Without colour two measures may have one kind of line only where their letters tell them apart.
    assert [names for names in kinds.values() if len(names) > 1] == [["labels", "war_peace"]]
    assert len(set(SHOWN.values())) == len(SHOWN)


# ---- The view of one article ----


def body_of(html):
    return re.search(r"<div class='text'>(.*?)</div>\n", html, flags=re.DOTALL).group(1)


def visible(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


def pieces(body):
    """(start, end, classes of the piece and of the lines in it, notes) of each marked piece."""
    position, found = 0, []
    for piece in re.findall(r"<span .*?</span>|[^<]+", body, flags=re.DOTALL):
        end = position + len(visible(piece))
        if piece.startswith("<span"):
            classes = [name for group in re.findall(r'class="([^"]*)"', piece) for name in group.split()]
            found.append((position, end, classes, unescape(re.search(r'title="([^"]*)"', piece).group(1)).split("\n")))
        position = end
    return found


def covered(found, start, end, name, note):
    """Whether pieces with that class and note lie over the whole span."""
    over = [(a, b) for a, b, classes, notes in found if name in classes and note in notes]
    return all(any(a <= place < b for a, b in over) for place in range(start, end))


@pytest.mark.parametrize("article", ["guarantees-courier", "drones-lantern", "truce-radio"])
def test_the_notebook_view_shows_the_text_and_everything_over_its_words(annotated, article):
    body = body_of(fr.show(annotated, article).html)
    assert visible(body) == annotated.articles.set_index("article")["text"][article]
    found, shown = pieces(body), annotated.marks[annotated.marks["measure"].isin(SHOWN)]
    for mark in shown[shown["article"] == article].itertuples():
        assert covered(
            found, mark.start, mark.end, mark.measure, f"{mark.measure}: {mark.category}, {mark.entry}, voice {mark.voice}"
        )
    for one in annotated.attributions[annotated.attributions["article"] == article].itertuples():
        for name, start, end in (("cue", one.cue_start, one.cue_end), ("source", one.source_start, one.source_end)):
            assert all(any(a <= place < b and name in c for a, b, c, _ in found) for place in range(int(start), int(end)))
    for row in annotated.excluded[annotated.excluded["article"] == article].itertuples():
        assert covered(found, row.start, row.end, "excluded", f"not counted: {row.rule}")


def test_overlapping_marks_stand_in_lanes_of_their_own(annotated):
    found = pieces(body_of(fr.show(annotated, "guarantees-courier").html))
    war = next(classes for start, _, classes, _ in found if start == 178)
    assert {"labels", "policy_frames", "lane0", "lane1"} <= set(war)


def test_the_notebook_view_needs_no_script_and_no_mouse(annotated):
    html = fr.show(annotated, "guarantees-courier")._repr_html_()
    assert "<script" not in html
    assert "<td>could</td><td>hedging</td><td>epistemic</td><td>hedging/could</td><td>journalist</td>" in html
    assert "15 attributions</summary>" in html


def held(html):
    """The page that a frame holds."""
    return unescape(html[html.index("srcdoc='") + 8 : html.rindex("'></iframe>")])


def test_a_notebook_shows_the_reading_page_in_a_frame_that_is_shut(annotated):
    html = fr.show(annotated, progress=False)._repr_html_()
    assert html.startswith('<iframe title="Articles with their marks" sandbox="allow-scripts"')
    assert html.count("'") == 2
    assert contents(held(html)) == contents(fr.read_page(annotated, progress=False))
    assert "Content-Security-Policy" in held(html)


def test_a_notebook_shows_a_story_some_articles_or_the_first_of_many_and_says_so(annotated):
    for chosen, n, ids in (
        ({"story": "truce"}, 4, "truce"),
        ({"article": ["summit-radio", "summit-ledger"]}, 2, "summit"),
        ({"most": 3}, 3, "guarantees"),
    ):
        page = fr.show(annotated, **chosen, progress=False)
        index, _, _ = contents(held(page.html))
        assert [one["article"].split("-")[0] for one in index["articles"]] == [ids] * n
        assert ("The first 3 of 24 articles" in page.html) == ("most" in chosen)
        assert f"{n} of 24 articles" in repr(page)
    with pytest.raises(KeyError, match="There is no story 'nothing'"):
        fr.show(annotated, story="nothing")


def test_the_notebook_view_lets_nothing_become_html(evil):
    html = fr.show(evil, evil.articles["article"].iloc[0]).html
    assert "<script" not in html
    assert "<img" not in html
    assert visible(body_of(html)) == evil.articles["text"].iloc[0]
    assert "<h2>plain</h2>" in fr.show(evil, "plain").html


def test_an_unknown_article_is_refused_by_name(annotated):
    with pytest.raises(KeyError, match="There is no article 'nowhere'"):
        fr.show(annotated, "nowhere")
