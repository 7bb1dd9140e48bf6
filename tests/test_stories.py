"""Stories: what tells the same event is put together, within the window, and what is not sure is listed."""

import json
import random
import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from framing.corpus.articles import DEMO, read_articles
from framing.corpus.likeness import VIEWS, weigh_articles
from framing.corpus.linkage import link_completely
from framing.corpus.readers import ArticlesError
from framing.corpus.shingles import Vocabulary, number_words
from framing.corpus.stories import UNCERTAIN_COLUMNS, list_uncertain, match_stories
from tests.conftest import ROOT

SYLLABLES = "ba do fe gu ka lo mi nu pa re si tu va we xo zy".split()
FIRST_DAY = pd.Timestamp("2031-03-01")


def invent(draw, n):
    return ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(n)]


def tell(draw, names, usual):
    """An article: the story's own words, those that all articles use, and words of its own."""
    words = [*draw.choices(names, k=60), *draw.choices(usual, k=120), *invent(draw, 60)]
    draw.shuffle(words)
    return " ".join(words)


def make(n_stories=12, outlets="xyz", gap=10, seed=1):
    draw = random.Random(seed)
    usual = invent(draw, 40)
    rows = []
    for story in range(n_stories):
        names = invent(draw, 25)
        for outlet in outlets:
            day = FIRST_DAY + pd.Timedelta(days=gap * story + draw.randrange(3))
            text = tell(draw, names, usual)
            rows.append((f"{outlet}{story}", outlet, " ".join(names[:3]), text, f"{day:%Y-%m-%d}", str(story)))
    return pd.DataFrame(rows, columns=["article", "outlet", "title", "text", "date", "event"])


def groups(matched):
    return {frozenset(some["article"]) for name, some in matched.groupby("story") if name}


def told(articles):
    return {frozenset(some["article"]) for _, some in articles.groupby("event")}


@pytest.mark.parametrize("window", [None, 3, 30])
def test_articles_on_the_same_event_are_one_story(window):
    articles = make()
    assert groups(match_stories(articles, window_days=window)) == told(articles)


def test_a_story_has_the_id_of_its_earliest_article():
    articles = make()
    matched = match_stories(articles)
    for name, some in matched.groupby("story"):
        assert name in set(some["article"])
        assert some.set_index("article").loc[name, "date"] == some["date"].min()


def test_no_two_articles_of_a_story_are_further_apart_than_the_window():
    draw = random.Random(3)
    names, usual = invent(draw, 25), invent(draw, 40)
    texts = [tell(draw, names, usual) for _ in range(8)]
    dates = [f"2031-03-{day:02d}" for day in range(1, 9)]
    rest = make(10).assign(date="2031-09-01")
    running = pd.DataFrame({"article": list("abcdefgh"), "outlet": "x", "title": "", "text": texts, "date": dates})
    matched = match_stories(pd.concat([running, rest], ignore_index=True), window_days=3)
    days = pd.to_datetime(matched["date"])
    some = matched[matched["article"].isin(list("abcdefgh")) & (matched["story"] != "")]
    assert len(some) >= 6
    assert (days[some.index].groupby(some["story"]).agg(lambda day: (day.max() - day.min()).days) <= 3).all()


def test_an_outlet_tells_a_story_once_where_that_is_asked_for():
    articles = make(outlets="xxyz", n_stories=8)
    articles["article"] = [f"a{number}" for number in range(len(articles))]
    matched = match_stories(articles, one_per_outlet=True)
    named = matched[matched["story"] != ""]
    assert not named.duplicated(["story", "outlet"]).any()
    assert match_stories(articles)["story"].value_counts().max() == 4


def test_an_article_without_a_date_is_matched_by_its_text_and_named():
    articles = make()
    articles.loc[4, "date"], articles.loc[7, "date"] = "", "spring"
    matched = match_stories(articles)
    assert matched.attrs["undated"] == [articles["article"][4], articles["article"][7]]
    assert groups(matched) == told(articles)
    assert match_stories(articles, window_days=None).attrs["undated"] == []


def test_an_article_that_is_alone_has_no_story_and_no_likeness():
    articles = make()
    draw = random.Random(4)
    alone = articles.head(1).assign(article="alone", text=" ".join(invent(draw, 200)), title="", event="none")
    matched = match_stories(pd.concat([articles, alone], ignore_index=True))
    assert matched["story"].tolist()[-1] == ""
    assert np.isnan(matched["story_likeness"].tolist()[-1])
    assert matched["story_likeness"].head(len(articles)).between(0.1, 1).all()


def test_a_story_that_was_filled_before_is_kept_beside():
    articles = make().assign(story="mine")
    matched = match_stories(articles)
    assert (matched["story_as_read"] == "mine").all()
    assert (articles["story"] == "mine").all()
    assert "story_as_read" not in match_stories(make())


def test_the_thresholds_are_shown_with_how_they_were_chosen():
    attrs = match_stories(make()).attrs
    assert (attrs["threshold"], attrs["threshold_text_only"], attrs["least_likeness"]) == (0.1, 0.01, 0.12)
    assert "benchmarks/stories.py" in attrs["chosen"]
    assert match_stories(make(), threshold=0.2).attrs["chosen"] == "given by the user"


def test_a_higher_threshold_joins_less():
    articles = read_articles(DEMO)
    joined = [(match_stories(articles, threshold=t)["story"] != "").sum() for t in (0.05, 0.15, 0.3, 0.6)]
    assert joined[0] == 24
    assert all(a > b for a, b in pairwise(joined))


def test_the_same_articles_in_another_order_make_the_same_stories():
    articles = make()
    again = articles.sample(frac=1, random_state=5).reset_index(drop=True)
    assert groups(match_stories(articles)) == groups(match_stories(again))
    pd.testing.assert_frame_equal(match_stories(articles), match_stories(articles))


def test_uncertain_pairs_are_those_near_the_threshold_the_nearest_first():
    matched = match_stories(read_articles(DEMO))
    uncertain = list_uncertain(matched, margin=0.04)
    assert list(uncertain.columns) == list(UNCERTAIN_COLUMNS)
    away = (uncertain["likeness"] - 0.1).abs()
    assert len(away) > 3
    assert away.is_monotonic_increasing
    assert away.max() <= 0.04
    assert set(uncertain["together"]) == {True, False}
    story = dict(zip(matched["article"], matched["story"], strict=True))
    same = [story[a] == story[b] != "" for a, b in zip(uncertain["article"], uncertain["article_2"], strict=True)]
    assert uncertain["together"].tolist() == same


def test_few_articles_or_none_are_no_fault():
    articles = make()
    assert match_stories(articles.head(0))["story"].tolist() == []
    assert match_stories(articles.head(1))["story"].tolist() == [""]
    assert match_stories(articles.head(3).assign(text="?"))["story"].tolist() == [""] * 3
    assert list_uncertain(match_stories(articles.head(1))).empty
    with pytest.raises(ArticlesError, match="no column 'text'"):
        match_stories(articles[["article"]])


def test_every_pair_in_a_window_is_compared_whatever_the_blocks():
    """More articles than one block holds, all on few days, against one by one."""
    articles = make(n_stories=200, gap=1, seed=6)
    vocabulary = Vocabulary()
    titles = number_words(articles["title"].tolist(), vocabulary)
    matrix = weigh_articles(titles, number_words(articles["text"].tolist(), vocabulary))
    like = (matrix @ matrix.T).toarray()
    day = pd.to_datetime(articles["date"]).to_numpy()
    apart = np.abs((day[:, None] - day[None, :]) / np.timedelta64(1, "D")) > 3
    distance = np.where(apart | (like < 0.1), 3, 2 - like)
    np.fill_diagonal(distance, 0)
    tree = fcluster(linkage(squareform(distance, checks=False), "complete"), 1.9, "distance")
    expected = {frozenset(some) for _, some in articles["article"].groupby(tree) if len(some) > 1}
    assert groups(match_stories(articles)) == expected


@pytest.mark.parametrize("seed", range(5))
def test_complete_linkage_is_that_of_scipy(seed):
    rng = np.random.default_rng(seed)
    n = 40
    likeness = rng.random((n, n))
    likeness = (likeness + likeness.T) / 2
    first, second = np.triu_indices(n, 1)
    listed = likeness[first, second] >= 0.4
    found = link_completely(n, first[listed], second[listed], likeness[first, second][listed])
    distance = 1 - likeness
    np.fill_diagonal(distance, 0)
    expected = fcluster(linkage(squareform(distance, checks=False), "complete"), 0.6, "distance")
    assert pd.Series(found).groupby(expected).nunique().eq(1).all()
    assert len(set(found)) == len(set(expected))


def test_likeness_is_the_mean_of_three_cosines():
    articles = make(n_stories=3)
    vocabulary = Vocabulary()
    titles = number_words(articles["title"].tolist(), vocabulary)
    texts = number_words(articles["text"].tolist(), vocabulary)
    whole = (weigh_articles(titles, texts) @ weigh_articles(titles, texts).T).toarray()
    views = [weigh_articles(titles, texts, [view]) for view in VIEWS]
    assert np.allclose(whole, sum((view @ view.T).toarray() for view in views) / 3)
    assert np.allclose(np.diag(whole), 1)


@pytest.mark.slow
def test_real_stories_are_found_again(corpora):
    articles = read_articles(corpora / "basil_stories" / "articles.jsonl")
    matched = match_stories(articles)
    right = sum(len(set(some["story_as_read"])) == 1 and len(some) == 3 for name, some in matched.groupby("story") if name)
    assert right >= 97


def table_after(heading):
    """The rows of a table of docs/stories.md, by their first cell."""
    section = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.split("\n") if line.startswith("| ")]
    return {name: cells for name, *cells in rows[1:]}


def results(name):
    return json.loads((ROOT / "benchmarks" / "results" / name).read_text(encoding="utf-8"))


def test_the_documented_figures_are_the_measured_ones():
    edits = {one["edit"]: one for one in results("copies.json")["edits"]}
    documented = table_after("Copies")
    assert set(documented) == set(edits)
    for name, cells in documented.items():
        measured = [edits[name][column] for column in ("copy", "found", "containment", "coverage")]
        assert [float(cell) for cell in cells] == [pytest.approx(value, abs=0.0051) for value in measured], name
        assert edits[name]["false_copies"] == 0
    settings = {one["setting"]: one for one in results("stories.json")["matched"]}
    for name, cells in table_after("Stories").items():
        measured = settings[name]
        assert [float(cell) for cell in cells[:3]] == [
            pytest.approx(measured[column], abs=0.00051) for column in ("precision", "recall", "f1")
        ]
        assert cells[3] == f"{measured['exact']} of {measured['stories']}"


def test_the_example_of_the_documentation_runs():
    page = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(block, "stories.md", "exec"), {})
