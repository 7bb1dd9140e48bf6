"""The reading page: the article stands there as it is, every mark is over its words, and nothing from the corpus becomes HTML."""

import re
import subprocess
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.show.reader import SHOWN

CHROMIUM = Path("/usr/bin/chromium")
EVIL = "<script>alert('Sorrel')</script><img src=x onerror=\"alert(1)\"> & &amp; </div></article>"
EVIL_TEXT = (
    f'The Regent may sign, {EVIL} the mayor said. "It may {EVIL} rain," she said.\r\n  Two spaces, 2 < 3 > 1, &lt;b&gt; and 🕊.\n'
)


@pytest.fixture(scope="module")
def page(annotated):
    return fr.read_page(annotated)


@pytest.fixture(scope="module")
def evil():
    row = {"article": "'><b>id", "outlet": EVIL, "title": EVIL, "story": EVIL, "date": "<i>", "text": EVIL_TEXT}
    plain = {"article": "plain", "outlet": "Courier", "text": "Nothing happened in Sorrel."}
    with pytest.warns(UserWarning, match="'<i>' is no date"):
        articles = fr.read_articles(pd.DataFrame([row, plain]))
    return fr.annotate(articles, progress=False)


def bodies(page):
    """The HTML of each article's text."""
    return re.findall(r"<div class='text'>(.*?)</div></article>", page, flags=re.DOTALL)


def visible(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


def pieces(body):
    """(start, end, classes, notes) of each marked piece of an article."""
    position, found = 0, []
    for tag, classes, notes, text in re.findall(r'(<span class="([^"]*)" title="([^"]*)">)?([^<]+)(?:</span>)?', body):
        end = position + len(unescape(text))
        if tag:
            found.append((position, end, classes.split(), unescape(notes)))
        position = end
    return found


def covered(found, start, end, name, note):
    """Whether pieces with that class and note lie over the whole span."""
    over = sorted((a, b) for a, b, classes, notes in found if name in classes and note in notes.split("\n"))
    return all(any(a <= place < b for a, b in over) for place in range(start, end))


def test_the_visible_text_of_every_article_is_the_article(page, annotated):
    assert [visible(body) for body in bodies(page)] == annotated.articles["text"].tolist()


def test_every_mark_of_the_shown_measures_lies_over_its_words(page, annotated):
    shown = annotated.marks[annotated.marks["measure"].isin(SHOWN)]
    assert len(shown) > 200
    for article, body in zip(annotated.articles["article"], bodies(page), strict=True):
        found = pieces(body)
        for mark in shown[shown["article"] == article].itertuples():
            note = f"{mark.measure}: {mark.category}, {mark.entry}, voice {mark.voice}"
            assert covered(found, mark.start, mark.end, f"m-{mark.measure}", note), mark


def test_every_source_and_every_cue_lies_over_its_words(page, annotated):
    for article, body in zip(annotated.articles["article"], bodies(page), strict=True):
        found = pieces(body)
        for one in annotated.attributions[annotated.attributions["article"] == article].itertuples():
            for name, start, end in (("cue", one.cue_start, one.cue_end), ("source", one.source_start, one.source_end)):
                assert all(any(a <= place < b and name in c for a, b, c, _ in found) for place in range(int(start), int(end)))


def test_page_furniture_is_shown_as_not_counted(page, annotated):
    for article, rows in annotated.excluded.groupby("article"):
        found = pieces(bodies(page)[annotated.articles["article"].tolist().index(article)])
        for row in rows.itertuples():
            assert covered(found, row.start, row.end, "excluded", f"not counted: {row.rule}")
    plain = bodies(page)[annotated.articles["article"].tolist().index("guarantees-courier")]
    assert "not counted" not in plain


def test_nothing_from_the_corpus_becomes_html(evil):
    page = fr.read_page(evil, title="</title><script>")
    assert page.count("<script>") == page.count("</script>") == 1
    assert "<img" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert page.count("<article") == page.count("</article>") == 2
    assert [visible(body) for body in bodies(page)] == evil.articles["text"].tolist()
    assert page.count("&lt;script&gt;alert(&#x27;Sorrel&#x27;)") >= 6


def test_the_page_loads_nothing_from_anywhere(page):
    assert set(re.findall(r"(?:src|href)=(..)", page)) == {"'#"}
    assert not re.search(r"@import|url\(", page)


def test_the_list_names_every_article_and_links_to_it(page, annotated):
    links = re.findall(r"<li><a href='#(a\d+)'>(.*?)</a><br>(.*?)</li>", page)
    titles = [unescape(title) for _, title, _ in links]
    assert titles == annotated.articles["title"].tolist()
    assert [name for name, _, _ in links] == re.findall(r"<article id='(a\d+)'", page)
    assert [unescape(where) for _, _, where in links] == [f"{r.outlet} {r.date}" for r in annotated.articles.itertuples()]


def test_an_article_without_a_title_is_named_by_its_id(evil):
    assert "<h2>plain</h2>" in fr.read_page(evil)


def test_the_notebook_view_shows_the_first_article_or_the_named_one(annotated):
    first, named = fr.show(annotated), fr.show(annotated, "drones-lantern")
    texts = annotated.articles.set_index("article")["text"]
    assert texts.iloc[0] in visible(first._repr_html_())
    assert texts["drones-lantern"] in visible(named.html)
    assert "not counted" in named.html


def test_an_unknown_article_is_refused_by_name(annotated):
    with pytest.raises(KeyError, match="There is no article 'nowhere'"):
        fr.show(annotated, "nowhere")


def test_two_pages_of_one_corpus_are_the_same(page, annotated):
    assert fr.read_page(annotated) == page


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
@pytest.mark.parametrize(("place", "displayed"), [("", 0), ("#a3", 3)])
def test_a_browser_displays_one_article_at_a_time(tmp_path, annotated, place, displayed):
    path = tmp_path / "articles.html"
    probe = "onload=()=>document.querySelectorAll('article').forEach(a=>a.dataset.shown=getComputedStyle(a).display)"
    page = fr.read_page(annotated).replace("</script></body>", f"{probe}</script></body>")
    path.write_text(page, encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"{path.as_uri()}{place}",
    ]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, encoding="utf-8").stdout
    shown = dict(re.findall(r'<article id="(a\d+)"[^>]* data-shown="(\w+)"', dom))
    assert len(shown) == len(annotated.articles)
    assert [name for name, display in shown.items() if display == "block"] == [f"a{displayed}"]
    assert visible(bodies(dom.replace('<div class="text">', "<div class='text'>"))[0]) == annotated.articles["text"].iloc[0]
