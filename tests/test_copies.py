"""Copies: every pair that shares passages is found, none that does not, and the passages stand where they are said to stand."""

import random

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.corpus import postings
from framing.corpus.articles import DEMO, read_articles
from framing.corpus.copies import COLUMNS, find_copies, group_copies, list_passages
from framing.corpus.passages import PASSAGE_COLUMNS
from framing.corpus.readers import ArticlesError
from framing.corpus.shingles import N_WORDS

SYLLABLES = "ba do fe gu ka lo mi nu pa re si tu va we xo zy".split()
FORMULA = "the minister said in a statement to the press on the day after the talks in the old town hall"


def invent(draw, n):
    """n words that nobody wrote before."""
    return [draw.choice(SYLLABLES) + draw.choice(SYLLABLES) + draw.choice(SYLLABLES) for _ in range(n)]


def table(*texts, **columns):
    ids = [f"a{number}" for number in range(len(texts))]
    return pd.DataFrame({"article": ids, "outlet": ids, "title": "", "text": list(texts), **columns})


def shingles(text):
    words = text.lower().split()
    return {tuple(words[place : place + N_WORDS]) for place in range(len(words) - N_WORDS + 1)}


def compared_one_by_one(articles, window=14):
    """The oracle: every pair, by Python's own sets."""
    found = {}
    for a in articles.itertuples():
        for b in articles.itertuples():
            if a.article >= b.article:
                continue
            days = abs((pd.Timestamp(a.date) - pd.Timestamp(b.date)).days) if a.date and b.date else 0
            one, other = shingles(a.text), shingles(b.text)
            shared, smaller = len(one & other), min(len(one), len(other))
            if days <= window and shared and shared >= 0.1 * smaller - 1e-9 and shared >= min(3, smaller):
                found[frozenset((a.article, b.article))] = (shared, shared / smaller)
    return found


def random_corpus(seed):
    """Texts of very different length that copy stretches of each other, all with formulas, some without a date."""
    draw = random.Random(seed)
    texts, dates = [], []
    for _ in range(60):
        words = invent(draw, draw.choice((3, 12, 60, 300)))
        for _ in range(draw.randrange(3)):
            source = draw.choice(texts).split() if texts else words
            start = draw.randrange(len(source))
            words[draw.randrange(len(words) + 1) : 0] = source[start : start + draw.choice((5, 9, 30, 150))]
        if draw.random() < 0.6:
            words += FORMULA.split()
        texts.append(" ".join(words))
        dates.append("" if draw.random() < 0.2 else f"2031-03-{draw.randrange(1, 31):02d}")
    return table(*texts, date=dates).assign(article=[f"a{number:02d}" for number in range(60)])


@pytest.mark.parametrize("seed", range(8))
def test_exactly_the_pairs_are_found_that_comparing_one_by_one_finds(seed, monkeypatch):
    monkeypatch.setattr(postings, "MOST_AT_ONCE", 200)  # so that the work is done in many portions
    articles = random_corpus(seed)
    pairs = find_copies(articles)
    found = {
        frozenset((row.article, row.article_2)): (row.n_shared, pytest.approx(row.containment)) for row in pairs.itertuples()
    }
    oracle = compared_one_by_one(articles)
    assert len(oracle) > 20
    assert found == oracle


def test_the_order_of_the_table_does_not_matter():
    articles = random_corpus(3)
    again = articles.sample(frac=1, random_state=1)
    one, other = (find_copies(some)[["n_shared", "n_shingles", "containment"]].sort_index() for some in (articles, again))
    assert sorted(map(tuple, one[["n_shared", "containment"]].to_numpy().tolist())) == sorted(
        map(tuple, other[["n_shared", "containment"]].to_numpy().tolist())
    )


def test_a_formula_of_a_thousand_articles_pairs_none_of_them_and_costs_little():
    draw = random.Random(2)
    texts = [" ".join([*invent(draw, 200), *FORMULA.split()]) for _ in range(1000)]
    articles = table(*texts, date="2031-03-04")
    asked = []
    real = postings._meet
    postings._meet = lambda *arguments: asked.append(real(*arguments)) or asked[-1]
    try:
        pairs = find_copies(articles)
    finally:
        postings._meet = real
    assert pairs.empty
    assert sum(len(small) for small, _ in asked) < 15 * 499_500 / 2  # the formula has 15 shingles: half of them at the most


def edited(words, share, draw):
    return " ".join(draw.choice(invent(draw, 1)) if draw.random() < share else word for word in words)


@pytest.mark.parametrize(("share", "kind"), [(0.05, "copy"), (0.15, "copy"), (0.3, "copy")])
def test_a_copy_with_changed_words_is_still_a_copy(share, kind):
    draw = random.Random(7)
    words = invent(draw, 500)
    pairs = find_copies(table(" ".join(words), edited(words, share, draw), " ".join(invent(draw, 500))))
    assert pairs[["article", "article_2", "kind"]].to_numpy().tolist() == [["a0", "a1", kind]]


@pytest.mark.parametrize("part", [0.5, 0.25])
def test_a_copy_cut_short_is_a_copy(part):
    words = invent(random.Random(8), 400)
    pairs = find_copies(table(" ".join(words), " ".join(words[: int(part * 400)])))
    assert pairs["kind"].tolist() == ["copy"]
    assert pairs["jaccard"][0] < 0.51  # which would not have found it


def test_a_shared_quotation_is_shared_passages_and_no_copy():
    draw = random.Random(9)
    quotation = invent(draw, 40)
    texts = [" ".join([*invent(draw, 120), *quotation, *invent(draw, 60)]) for _ in range(2)]
    pairs = find_copies(table(*texts))
    assert pairs["kind"].tolist() == ["shared"]
    assert (pairs["coverage"] < 0.3).all()


def test_articles_of_other_words_or_almost_no_words_make_no_pair():
    draw = random.Random(10)
    assert find_copies(table(*(" ".join(invent(draw, 300)) for _ in range(20)))).empty
    assert find_copies(table("Talks open.", "Talks open.", "", "One two three four five.")).empty
    empty = find_copies(table())
    assert list(empty.columns) == list(COLUMNS)
    assert list(list_passages(table(), empty).columns) == list(PASSAGE_COLUMNS)


def test_the_window_counts_days_and_an_article_without_a_date_is_compared_with_all():
    text = " ".join(invent(random.Random(11), 80))
    dates = ["2031-03-01", "2031-03-15", "2031-03-16", "", "spring"]
    pairs = find_copies(table(*[text] * 5, date=dates))
    apart = {(row.article, row.article_2): row.days_apart for row in pairs.itertuples()}
    assert apart.pop(("a0", "a1")) == 14
    assert apart.pop(("a1", "a2")) == 1
    assert ("a0", "a2") not in apart
    assert len(apart) == 7
    assert all(np.isnan(list(apart.values())))
    longer = find_copies(table(*[text] * 5, date=dates), window_days=15)
    assert ["a0", "a2"] in longer[["article", "article_2"]].to_numpy().tolist()


def test_the_earlier_article_stands_first():
    text = " ".join(invent(random.Random(12), 80))
    pairs = find_copies(table(text, text, date=["2031-03-03", "2031-03-02"]))
    assert pairs[["article", "article_2"]].to_numpy().tolist() == [["a1", "a0"]]


def test_case_punctuation_and_characters_that_are_not_seen_do_not_count():
    words = invent(random.Random(13), 60)
    other = ", ".join(word.upper() for word in words).replace("B", "B\u00ad")
    pairs = find_copies(table(" ".join(words), other))
    assert pairs["containment"].tolist() == [1.0]


def test_page_furniture_makes_no_pair_and_breaks_none():
    draw = random.Random(14)
    first, second = " ".join(invent(draw, 30)), " ".join(invent(draw, 30))
    lines = ["Advertisement", "Share this article", "Sign up for our newsletter"]
    one, other = f"{first}\n{lines[0]}\n{second}", "\n".join([first, second])
    found = find_copies(table(one, other))
    assert found["containment"].tolist() == [1.0]
    nothing = pd.DataFrame(columns=["article", "start", "end", "rule", "text"])
    assert find_copies(table(one, other), excluded=nothing)["containment"][0] < 1


def test_passages_stand_where_they_are_said_to_stand_and_are_the_same_words():
    articles = random_corpus(5)
    text = dict(zip(articles["article"], articles["text"], strict=True))
    passages = list_passages(articles, find_copies(articles))
    assert len(passages) > 20
    for row in passages.itertuples():
        assert text[row.article][row.start : row.end] == row.text
        assert text[row.article_2][row.start_2 : row.end_2] == row.text_2
        assert row.text.split()[:N_WORDS] == row.text_2.split()[:N_WORDS]
        assert len(row.text.split()) == row.n_words >= row.n_same
    assert (passages["n_same"] == passages["n_words"]).mean() > 0.5


def test_passages_of_an_unknown_article_are_refused_by_name():
    articles = random_corpus(5)
    pairs = find_copies(articles)
    with pytest.raises(ArticlesError, match="There is no article 'a"):
        list_passages(articles.head(0), pairs)


def test_copies_are_grouped_through_each_other_and_shared_passages_are_not():
    articles = table(*"abcdef")
    pairs = pd.DataFrame({"article": ["a4", "a1", "a0"], "article_2": ["a5", "a4", "a2"], "kind": ["copy", "copy", "shared"]})
    assert group_copies(articles, pairs)["copies"].tolist() == ["", "a1", "", "", "a1", "a1"]
    assert "copies" not in articles


def test_the_groups_are_what_a_comparison_takes_for_units(scores):
    articles = read_articles(DEMO)
    grouped = group_copies(scores, find_copies(articles))
    assert (grouped["copies"] != "").sum() == 2
    contrasts = fr.compare_outlets(grouped, "hedging", cluster="copies", voice="all", n_resamples=99)
    one_fewer = contrasts["n_articles_dropped"] == contrasts["n_articles"] - 1
    assert set(contrasts.loc[one_fewer, "outlet"]) == {"Harbour Ledger"}


def test_proposing_by_a_sample_keeps_nearly_all_and_invents_nothing():
    draw = random.Random(15)
    texts = [" ".join(invent(draw, 300)) for _ in range(150)]
    texts += [edited(text.split()[: draw.choice((100, 300))], 0.05, draw) for text in texts[:100]]
    articles = table(*texts)
    exact, proposed = find_copies(articles), find_copies(articles, most_exact=100)
    assert exact.attrs["exact"]
    assert not proposed.attrs["exact"]
    merged = proposed.merge(exact)
    assert len(merged) == len(proposed)
    assert len(proposed) >= 0.98 * len(exact) >= 98


def test_a_table_without_texts_is_refused():
    with pytest.raises(ArticlesError, match="no column 'text'"):
        find_copies(pd.DataFrame({"article": ["a"]}))


@pytest.mark.slow
def test_no_articles_on_different_real_stories_are_a_pair(corpora):
    articles = read_articles(corpora / "basil_stories" / "articles.jsonl")
    story = dict(zip(articles["article"], articles["story"], strict=True))
    pairs = find_copies(articles, window_days=float("inf"))
    assert len(pairs) > 30
    assert (pairs["article"].map(story) == pairs["article_2"].map(story)).all()
