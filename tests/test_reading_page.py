"""The reading page in headless Chromium: what a hand, a keyboard and a screen reader find, at three widths and in print.

Skipped where Chromium or the package that drives it is missing; `.ci/run` installs Chromium. The reason stands in the summary of
`pytest -rs`.
"""

import re
import shutil
import time
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd
import pytest

import framing as fr
from framing.show.pagedata import SHOWN
from tests.test_reader import EVIL, EVIL_TEXT

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
expect = api.expect
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER TESTS: Chromium is not installed (Debian: apt install chromium)"),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
TEXT = EVIL_TEXT + "The fog may lift and 🕊 perhaps the ferries sail."
WIDTHS = (360, 900, 1600)
IN_SIGHT = """name => { const box = document.querySelector(name).getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight }"""
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser():
    with api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def reader(browser, annotated, tmp_path_factory):
    """A function that opens the demo corpus, or another, at a width; errors in the page and requests are failures."""
    folder = tmp_path_factory.mktemp("page")
    made = {}

    @contextmanager
    def opened(width=1600, corpus=annotated, place=""):
        if id(corpus) not in made:
            made[id(corpus)] = folder / f"{len(made)}.html"
            made[id(corpus)].write_text(fr.read_page(corpus, "Demo", progress=False), encoding="utf-8", newline="")
        page = browser.new_page(viewport={"width": width, "height": 1000})
        heard = []
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text))
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        page.on("request", lambda request: heard.append(request.url) if not request.url.startswith("file:") else None)
        page.goto(made[id(corpus)].as_uri() + place)
        yield page
        page.close()
        assert heard == []

    return opened


@pytest.fixture(scope="module")
def evil():
    rows = [{"article": f"e{n}", "outlet": EVIL, "title": EVIL, "story": "rain", "text": TEXT} for n in range(2)]
    with pytest.warns(UserWarning, match="NUL characters"):
        articles = fr.read_articles(pd.DataFrame(rows))
    return fr.annotate(articles, progress=False)


def violations(page):
    found = axe.Axe().run(page, options={"runOnly": GUIDELINES}).response["violations"]
    return [(one["id"], node["html"]) for one in found for node in one["nodes"]]


def found(page):
    """The number that the live region says."""
    text = page.locator("#found[role=status]").inner_text()
    listed, total = map(int, re.fullmatch(r"(\d+) of (\d+) articles", text).groups())
    assert page.locator("#list li").count() == listed
    return listed, total


def note(page):
    return page.locator("#note-text").inner_text()


def pair(page):
    """Opens the radio's article beside the Courier's on the guarantees."""
    page.select_option("#other", label="Caldria Public Radio: Aldmoor reads the small print of a promise")
    page.wait_for_selector("#texts.pair")


# ---- Text, list, search, filters ----


def test_every_article_is_shown_as_it_is(reader, annotated):
    with reader() as page:
        for row in annotated.articles.itertuples():
            page.evaluate("id => { location.hash = new URLSearchParams({article: id}) }", row.article)
            page.wait_for_function("title => document.querySelector('#texts h2').textContent === title", arg=row.title)
            assert page.evaluate("document.querySelector('.text').textContent") == row.text


def test_markup_in_a_corpus_is_shown_as_text(reader, evil):
    with reader(corpus=evil) as page:
        assert page.locator("#list a").first.evaluate("link => link.textContent") == EVIL
        assert page.locator("#texts h2").evaluate("heading => heading.textContent") == EVIL
        assert page.evaluate("document.querySelector('.text').textContent") == TEXT
        assert page.locator("img, b, i").count() == 0
        page.select_option("#other", index=1)
        page.wait_for_selector("#texts.pair")
        assert page.locator("img").count() == 0


def test_words_beyond_the_first_plane_do_not_move_the_marks(reader, evil):
    hedges = evil.marks[(evil.marks["article"] == "e0") & (evil.marks["measure"] == "hedging")]
    with reader(corpus=evil) as page:
        assert page.locator(".text u.hedging").all_inner_texts() == hedges["text"].tolist()
        assert (hedges["start"] > TEXT.index("🕊")).sum() == 2


def test_the_search_finds_what_the_texts_hold(reader, annotated):
    articles = annotated.articles
    with reader() as page:
        assert found(page) == (24, 24)
        for words in ("may", "Maravek", "Daily Lantern", "no such words"):
            page.fill("#search", words)
            holds = [any(words.lower() in str(cell).lower() for cell in row) for row in
                     articles[["title", "text", "outlet", "story", "article"]].itertuples(index=False)]  # fmt: skip
            assert found(page) == (sum(holds), 24)


def test_the_filters_count_what_the_tables_hold(reader, annotated):
    marks, who = annotated.marks, annotated.attributions
    loaded, peacock = marks[marks["measure"] == "loaded"], marks[marks["category"] == "peacock"]
    with reader() as page:
        page.select_option("#by-outlet", "Daily Lantern")
        assert found(page)[0] == (annotated.articles["outlet"] == "Daily Lantern").sum()
        page.select_option("#by-story", "truce")
        assert found(page)[0] == 1
        page.get_by_role("button", name="Clear all").click()
        page.wait_for_function("document.querySelectorAll('#list li').length === 24")
        page.select_option("#by-measure", "loaded")
        assert found(page)[0] == loaded["article"].nunique()
        page.select_option("#by-category", label="peacock")
        assert found(page)[0] == peacock["article"].nunique()
        page.locator("#list a").first.click()
        page.wait_for_selector(".text .sought")
        assert (
            page.locator(".text .sought").all_inner_texts()
            == peacock[peacock["article"] == peacock["article"].iloc[0]]["text"].tolist()
        )
        page.select_option("#by-measure", "")
        page.select_option("#by-category", "")
        page.select_option("#by-source", "company")
        assert found(page)[0] == who.loc[who["source_type"] == "company", "article"].nunique()


# ---- Marks ----


def test_pointing_at_a_mark_tells_its_entry_rule_literature_and_precision(reader):
    with reader() as page:
        page.locator(".text u.hedging", has_text="could").first.hover()
        told = note(page)
        for words in ("Hedging: “could”", "hedging/could", "Szarvas et al. 2012", "6 of 6 (61–100 %)", "journalist", "not where"):
            assert words in told


def test_source_cue_and_content_light_up_together(reader):
    with reader() as page:
        page.locator(".text .cue", has_text="said").first.focus()
        lit = "".join(page.locator(".text .lit").all_inner_texts())
        assert lit == "“These guarantees are binding, and we mean to keep them,”Prime Minister Ilse Maravek" + "said"
        assert page.locator(".text .lit.said").all_inner_texts() == ["“These guarantees are binding, and we mean to keep them,”"]
        assert "0.98 of the cue in hand-coded news" in note(page)
        page.locator(".text .quoted").first.hover()
        assert page.locator(".text .lit.cue").all_inner_texts() == ["said"]


def test_the_keyboard_alone_reaches_every_mark(reader):
    with reader() as page:
        page.locator("#texts h2").focus()
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        assert page.evaluate("document.activeElement.getAttribute('role')") == "button"
        marks = page.locator(".text [role=button]")
        for place in range(1, marks.count()):
            page.keyboard.press("ArrowRight")
            assert marks.nth(place).evaluate("mark => mark === document.activeElement")
        page.keyboard.press("Home")
        assert page.evaluate("document.activeElement.textContent") == first
        described = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
        assert described == "spoken"
        assert page.locator("#spoken").evaluate("told => told.textContent").startswith("Source, official; cue signed.")
        page.keyboard.press("Escape")
        assert "Point at a mark" in note(page)


def test_marks_that_overlap_are_both_drawn_and_both_told(reader):
    with reader() as page:
        war = page.locator(".text .piece", has=page.locator("u.labels", has_text="war")).first
        assert war.locator("u").evaluate_all("lines => lines.map(line => line.className)") == [
            "policy_frames lane1",
            "labels lane0",
        ]
        bottoms = war.locator("u").evaluate_all("lines => lines.map(line => line.getBoundingClientRect().bottom)")
        assert bottoms[0] - bottoms[1] >= 3
        war.hover()
        assert "labels/war" in note(page)
        assert "policy_frames/war" in note(page)


def test_page_furniture_is_greyed_and_named(reader):
    with reader(place="#article=drones-lantern") as page:
        page.locator(".text .excluded").first.focus()
        assert "Page furniture, not counted" in note(page)
        assert "breadcrumb" in note(page)
        assert "line-through" in page.locator(".text .excluded").first.evaluate("e => getComputedStyle(e).textDecoration")


def test_a_measure_that_is_switched_off_is_gone_from_the_text(reader):
    with reader() as page:
        assert page.locator(".text u.policy_frames").count() > 0
        page.locator("#shown input[value=policy_frames]").uncheck()
        assert page.locator(".text u.policy_frames").count() == 0
        assert page.locator("#shown input[value=policy_frames]").evaluate("box => box === document.activeElement")
        assert page.locator(".text u.hedging").count() > 0


# ---- Two articles ----


def test_two_articles_stand_side_by_side_with_their_differences(reader, annotated):
    versions = fr.compare_versions(annotated, "guarantees-courier", "guarantees-radio")
    counts = versions["what"].value_counts()
    with reader() as page:
        pair(page)
        left, right = (page.locator("#texts article").nth(side).bounding_box() for side in (0, 1))
        assert left["x"] + left["width"] <= right["x"]
        titles = page.locator("#differences summary").all_inner_texts()
        assert titles == [
            f"Hedged in Marrow Bay Courier, not in Caldria Public Radio ({counts['hedge_dropped']})",
            f"Quoted in Marrow Bay Courier, paraphrased in Caldria Public Radio ({counts['quote_to_paraphrase']})",
            f"Sentences in Marrow Bay Courier only ({counts['only_in_first']})",
            f"Sentences in Caldria Public Radio only ({counts['only_in_second']})",
            f"Sentences that tell the same ({counts['same']})",
        ]
        page.locator("#differences button", has_text="the guarantees were binding").first.click()
        assert page.evaluate(IN_SIGHT, "#texts article:first-child .counterpart")
        assert page.evaluate(IN_SIGHT, "#texts article:last-child .counterpart")
        assert [
            "".join(page.locator("#texts article").nth(side).locator(".counterpart").all_inner_texts()) for side in (0, 1)
        ] == versions.loc[versions["what"] == "quote_to_paraphrase", ["text", "text_2"]].iloc[0].tolist()
        texts = [annotated.articles.set_index("article")["text"][name] for name in ("guarantees-courier", "guarantees-radio")]
        assert page.locator(".text").evaluate_all("texts => texts.map(text => text.textContent)") == texts
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.wait_for_selector("#texts:not(.pair)")
        assert page.locator("#differences").is_hidden()


def test_a_story_too_large_to_be_compared_says_so(reader, annotated):
    many = replace(annotated, articles=annotated.articles.head(9).assign(story="truce"))
    with reader(corpus=many) as page:
        page.select_option("#other", index=1)
        page.wait_for_selector("#texts.pair")
        assert "of stories with more than 8 articles" in page.locator("#differences-note").inner_text()


# ---- In a notebook ----


@pytest.fixture(scope="module")
def notebook(browser, tmp_path_factory):
    """A function that opens what a notebook shows of a corpus, below another heading; gives the page and its frame."""
    folder = tmp_path_factory.mktemp("notebook")

    @contextmanager
    def opened(corpus, **chosen):
        shown = fr.show(corpus, progress=False, **chosen).html
        body = f"<main><h1>My notes</h1>{shown}</main>"
        (folder / "notebook.html").write_text(
            f"<!DOCTYPE html><html lang='en'><title>Notes</title>{body}</html>", encoding="utf-8"
        )
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        heard = []
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text))
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        page.goto((folder / "notebook.html").as_uri())
        page.on("request", lambda request: heard.append(request.url))
        yield page, page.frame_locator("iframe")
        page.close()
        assert heard == []

    return opened


def test_in_a_notebook_articles_are_opened_searched_and_laid_side_by_side(notebook, annotated):
    rows = annotated.articles[annotated.articles["story"] == "truce"]
    with notebook(annotated, story="truce") as (page, frame):
        for row in rows.itertuples():
            frame.locator("#list a", has_text=row.title).click()
            expect(frame.locator("#texts h2")).to_have_text(row.title)
            assert frame.locator(".text").evaluate("text => text.textContent") == row.text
        frame.locator("#texts h2").press("k")
        expect(frame.locator("#texts h2")).to_have_text(rows["title"].iloc[2])
        frame.locator("#search").fill("no such words")
        expect(frame.locator("#found")).to_have_text("0 of 4 articles")
        frame.get_by_role("button", name="Clear all").click()
        frame.locator("#other").select_option(index=1)
        expect(frame.locator("#texts")).to_have_class("pair")
        frame.locator(".skip").press("Enter")
        expect(frame.locator("#texts")).to_have_class("pair")
        assert page.locator("h1").inner_text() == "My notes"


def test_in_a_notebook_a_frame_that_was_narrow_at_first_unfolds(notebook, annotated):
    with notebook(annotated, story="truce") as (page, frame):
        expect(frame.locator("#found")).to_have_text("4 of 4 articles")
        for width, folded in ((500, True), (1000, False)):
            page.set_viewport_size({"width": width, "height": 900})
            expect(frame.locator("#search")).to_be_visible(visible=not folded)


def test_in_a_notebook_a_corpus_does_nothing_but_be_read(notebook, evil):
    with notebook(evil) as (page, frame):
        expect(frame.locator("#texts h2")).to_have_text(EVIL)
        assert frame.locator("img, b, i").count() == 0
        assert page.locator("img, b, i").count() == 0
        assert page.evaluate("document.querySelector('iframe').contentDocument") is None


def test_in_a_notebook_the_frame_breaks_no_rule_of_the_guidelines(notebook, annotated):
    with notebook(annotated, story="truce") as (page, frame):
        expect(frame.locator("#found")).to_have_text("4 of 4 articles")
        assert violations(page) == []


# ---- Keys ----


def test_keys_move_through_the_list_and_can_be_switched_off(reader, annotated):
    titles = annotated.articles["title"].tolist()
    with reader() as page:
        heading = page.locator("#texts h2")
        for key, place in (("j", 1), ("j", 2), ("k", 1)):
            page.keyboard.press(key)
            page.wait_for_function("title => document.querySelector('#texts h2').textContent === title", arg=titles[place])
            assert page.locator("#list a[aria-current=true]").inner_text() == titles[place]
            assert heading.evaluate("it => it === document.activeElement")
        page.keyboard.press("/")
        page.keyboard.type("jk")
        assert page.input_value("#search") == "jk"
        page.keyboard.press("Escape")
        assert page.input_value("#search") == ""
        assert found(page)[0] == 24
        page.locator("#help summary").click()
        page.locator("#keys").uncheck()
        page.keyboard.press("j")
        page.wait_for_timeout(100)
        assert heading.inner_text() == titles[1]


# ---- Widths, guidelines, print, size ----


@pytest.mark.parametrize("width", WIDTHS)
def test_no_rule_of_the_guidelines_is_broken(reader, width):
    with reader(width, place="#article=drones-lantern") as page:
        assert violations(page) == []
        page.locator(".text .cue").nth(2).focus()
        assert violations(page) == []
    with reader(width) as page:
        page.evaluate("for (const id of ['help', 'finder', 'layers']) document.getElementById(id).open = true")
        page.select_option("#by-measure", "hedging")
        page.fill("#search", "may")
        assert violations(page) == []
        pair(page)
        page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
        page.locator("#differences button").first.click()
        assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_reaches_beyond_the_window(reader, width):
    with reader(width) as page:
        for step in (lambda: None, lambda: page.locator(".text .cue").nth(2).focus(), lambda: pair(page)):
            step()
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_the_note_hides_neither_the_mark_nor_itself(reader, width):
    with reader(width) as page:
        mark = page.locator(".text u.hedging").last
        mark.scroll_into_view_if_needed()
        mark.hover()
        box, shown = mark.bounding_box(), page.locator("#note").bounding_box()
        apart = box["y"] + box["height"] <= shown["y"] or box["x"] + box["width"] <= shown["x"]
        assert apart
        assert shown["y"] >= 0
        assert shown["y"] + min(shown["height"], 100) <= 1000


def test_words_that_are_searched_for_are_lit_in_the_text(reader):
    with reader() as page:
        page.fill("#search", "the border")
        lit = page.evaluate("[...CSS.highlights.get('search')].map(range => range.toString())")
        assert lit == ["the border"]
        page.fill("#search", "")
        assert page.evaluate("CSS.highlights.has('search')") is False


def test_in_print_the_article_stands_alone_with_letters_at_its_marks(reader):
    with reader() as page:
        page.emulate_media(media="print")
        assert [page.locator(name).is_visible() for name in ("nav", "header", "aside", ".text")] == [False, False, False, True]
        letter = page.locator(".text u.hedging[data-letter]").first
        assert letter.evaluate("mark => getComputedStyle(mark, '::before').display") == "inline"
        assert letter.get_attribute("data-letter") == SHOWN["hedging"]
        assert page.pdf().startswith(b"%PDF")


def test_two_thousand_articles_do_not_lag(reader, annotated):
    """Times are three times what is wanted (a tenth of a second: chosen), the best of three, because other programs share the
    machine and only ever add time."""
    names = ("articles", "marks", "attributions", "excluded", "sentences")
    copies = [{name: getattr(annotated, name).assign(copy=str(n)) for name in names} for n in range(84)]
    many = {name: pd.concat([copy[name] for copy in copies], ignore_index=True) for name in names}
    many = {name: table.assign(article=table["article"] + "~" + table["copy"]) for name, table in many.items()}
    many["articles"] = many["articles"].assign(story="")
    with reader(corpus=replace(annotated, **many)) as page:
        page.wait_for_function("document.getElementById('found').textContent === '2016 of 2016 articles'")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        assert paint < 3000
        page.wait_for_timeout(3000)
        key = """words => new Promise(done => { const box = document.getElementById('search'), start = performance.now();
            box.value = words; box.dispatchEvent(new Event('input'));
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))) })"""
        times = {words: min(page.evaluate(key, words) for _ in range(3)) for words in ("g", "gu", "gua", "guar", "")}
        assert max(times.values()) < 300, times
        assert page.locator("#list li").count() == 200
        page.locator("#more").click()
        assert page.locator("#list li").count() == 400
        began = time.monotonic()
        page.keyboard.press("j")
        page.wait_for_function("document.querySelector('#list li.open')")
        assert time.monotonic() - began < 3
