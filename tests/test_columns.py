"""Columns of other tools: which are read as ours, which win, and that the user is told."""

import json

import pandas as pd
import pytest

from framing.cli import main
from framing.corpus.articles import COLUMNS, read_articles
from framing.corpus.columns import choose_columns, load_usual_names
from framing.corpus.readers import ArticlesError

TEXT = "Peace came to Sorrel."
# The columns that a tool writes -> what is read as what; the rest keeps its name.
TOOLS = {
    "trafilatura": (
        "title author hostname date fingerprint id license comments raw_text text language image pagetype filedate source "
        "source-hostname excerpt categories tags",
        {"source-hostname": "outlet", "source": "url", "id": "article"},
    ),
    "news-please": (
        "authors date_download date_modify date_publish description filename image_url language localpath maintext "
        "source_domain text title title_page title_rss url",
        {"maintext": "text", "source_domain": "outlet", "date_publish": "date", "text": "other_text"},
    ),
    "newspaper": ("url title authors publish_date text top_image keywords summary source_url", {"publish_date": "date"}),
    "NewsAPI": (
        "source author title description url urlToImage publishedAt content",
        {"source": "outlet", "publishedAt": "date", "content": "text"},
    ),
    "cc_news": ("title text domain date description url image_url", {"domain": "outlet"}),
    "cnn_dailymail": ("article highlights id", {"article": "text", "id": "article"}),
    "All the News": (
        "id title publication author date year month url content",
        {"id": "article", "publication": "outlet", "content": "text"},
    ),
    "All the News 2": (
        "date year month day author title article url section publication",
        {"article": "text", "publication": "outlet"},
    ),
    "C4": ("text timestamp url", {"timestamp": "date"}),
    "NELA-GT": (
        "id date source title content author url published published_utc collection_utc",
        {"id": "article", "source": "outlet", "content": "text"},
    ),
    "Media Cloud": (
        "id indexed_date language media_name media_url publish_date title url",
        {"id": "article", "media_name": "outlet", "publish_date": "date"},
    ),
    "ours": (" ".join(COLUMNS), {}),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_columns_of_a_tool_are_known(tool):
    columns, expected = TOOLS[tool]
    assert choose_columns(tuple(columns.split())).names == expected


def test_no_usual_name_stands_twice_and_none_is_ours():
    names = [name for usual in load_usual_names().values() for name in usual]
    assert len(set(names)) == len(names)
    assert not set(names) & set(COLUMNS)
    assert set(load_usual_names()) <= set(COLUMNS)


@pytest.mark.parametrize("names", [("text", "content"), ("content", "text"), ("TEXT", "content"), ("content", "body")])
def test_our_own_name_wins_then_the_listed_order(names):
    chosen = {target: name for name, target in choose_columns(names).names.items()}.get("text", "text")
    assert chosen == next(name for name in ("text", "TEXT", "content") if name in names)


def test_a_name_counts_whatever_its_case_and_spaces():
    assert choose_columns(("Publication Date", "Headline", "Full_Text")).names == {
        "Publication Date": "date",
        "Headline": "title",
        "Full_Text": "text",
    }


def test_no_column_is_read_twice():
    for columns, _ in TOOLS.values():
        renamed = choose_columns(tuple(columns.split())).names
        assert len(set(renamed.values())) == len(renamed)


def test_what_was_read_under_another_name_is_told(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(f"id,source,content,rank\n007,NA,{TEXT},1\n", encoding="utf-8")
    articles = read_articles(path)
    assert articles.loc[0, ["article", "outlet", "text", "rank"]].tolist() == ["007", "NA", TEXT, "1"]
    assert articles.attrs["columns"] == [
        {"file": "x.csv", "column": "content", "read_as": "text"},
        {"file": "x.csv", "column": "source", "read_as": "outlet"},
        {"file": "x.csv", "column": "id", "read_as": "article"},
    ]


def test_a_rival_that_says_something_else_is_noticed_once():
    frame = pd.DataFrame({"content": [TEXT] * 3, "body": [TEXT, "War came.", "Talks."]})
    with pytest.warns(UserWarning, match="1 thing was noticed"):
        articles = read_articles(frame)
    assert articles["text"].tolist() == [TEXT] * 3
    assert articles["body"].tolist() == frame["body"].tolist()
    assert "columns={'text': 'body'}" in articles.attrs["noticed"][0]["reason"]


def test_an_address_is_no_rival_of_a_name_and_ids_are_none_of_each_other():
    frame = pd.DataFrame({"text": [TEXT], "publication": ["Courier"], "domain": ["c.example"], "id": ["1"], "uuid": ["x"]})
    articles = read_articles(frame)
    assert articles.loc[0, ["outlet", "domain", "article", "uuid"]].tolist() == ["Courier", "c.example", "1", "x"]
    assert articles.attrs["noticed"] == []


def test_a_declared_column_goes_before_every_other_and_displaces_none():
    frame = pd.DataFrame({"text": ["A summary."], "rubrik": ["Politics"], "fulltext": [TEXT]})
    articles = read_articles(frame, columns={"text": "fulltext", "topic": "rubrik"})
    assert articles.loc[0, ["text", "other_text", "topic"]].tolist() == [TEXT, "A summary.", "Politics"]


def test_a_declared_column_that_no_file_has_is_an_error():
    with pytest.raises(ArticlesError, match="'fulltxt' that is declared as 'text'; check its name"):
        read_articles(pd.DataFrame({"text": [TEXT]}), columns={"text": "fulltxt"})


def test_ids_under_another_name_count_in_their_own_file_only(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": 7, "content": TEXT}) + "\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="noticed"):
        articles = read_articles(tmp_path)
    assert articles["article"].tolist() == ["7", "b:7"]
    assert articles.attrs["refused"] == []


def test_an_id_under_another_name_stands_once_in_its_own_file():
    with pytest.warns(UserWarning, match="the id stands already in DataFrame, row 1"):
        articles = read_articles(pd.DataFrame({"id": ["7", "7"], "text": [TEXT, "War came."]}))
    assert articles["text"].tolist() == [TEXT]


def test_a_newsapi_answer_is_read_with_its_outlets_and_its_cut_texts_are_named(tmp_path):
    answer = {"status": "ok", "totalResults": 7}
    answer["articles"] = [
        {
            "source": {"id": None, "name": "Orrel Courier"},
            "publishedAt": "2031-03-04T10:00:00Z",
            "content": f"{TEXT} [+120 chars]",
        },
        {"source": {"id": "l", "name": "Lantern"}, "publishedAt": "2031-03-05T10:00:00Z", "content": TEXT},
    ]
    (tmp_path / "x.json").write_text(json.dumps(answer), encoding="utf-8")
    with pytest.warns(UserWarning, match="2 things were noticed"):
        articles = read_articles(tmp_path / "x.json")
    assert articles["outlet"].tolist() == ["Orrel Courier", "Lantern"]
    assert articles["date"].tolist() == ["2031-03-04T10:00:00Z", "2031-03-05T10:00:00Z"]
    assert ["there are 7 articles and holds 2" in articles.attrs["noticed"][0]["reason"], len(articles)] == [True, 2]


def media_cloud(folder, urls):
    rows = [f'{n},2031-03-05,en,Courier {n},https://c.example,0{n}/03/2031,"Peace, {n}",{url}' for n, url in enumerate(urls, 1)]
    header = "id,indexed_date,language,media_name,media_url,publish_date,title,url"
    (folder / "list.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    return folder / "list.csv"


def test_a_media_cloud_list_is_joined_by_url_and_rows_without_a_text_are_named(tmp_path):
    listed = media_cloud(tmp_path, ["https://c.example/a/", "https://c.example/b", "https://c.example/a#top"])
    texts = tmp_path / "texts.jsonl"
    rows = [
        {"url": "http://www.c.example/a", "text": TEXT},
        {"url": "https://c.example/other", "text": "War came.", "title": "War"},
    ]
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for source in ([listed, texts], [texts, listed]):
        with pytest.warns(UserWarning, match="2 records were not read"):
            articles = read_articles(source, day_first=True)
        assert articles[["article", "outlet", "date", "title", "listed_id"]].to_numpy().tolist() == [
            ["texts:line1", "Courier 1", "2031-03-01", "Peace, 1", "1"],
            ["texts:line2", "unknown", "", "War", ""],
        ]
        assert [one["record"] for one in articles.attrs["refused"]] == ["line 4", "line 3, https://c.example/b"]


def test_a_media_cloud_list_alone_says_that_it_holds_no_texts(tmp_path):
    with pytest.raises(ArticlesError, match="lists articles and holds no texts"):
        read_articles(media_cloud(tmp_path, ["https://c.example/a", "https://c.example/b"]), day_first=True)


def test_the_command_line_declares_columns_names_and_dates_and_says_what_it_read(tmp_path, capsys):
    path = tmp_path / "Courier_x.csv"
    path.write_text(f"id,rubrik,fulltext,body,published\n1,Politics,{TEXT},Short.,03/04/2031\n", encoding="utf-8")
    results = tmp_path / "results"
    score = ["score", str(path), "-o", str(results), "--quiet", "--column", "topic=rubrik", "--column", "text=body"]
    assert main([*score, "--pattern", "{outlet}_{story}", "--month-first"]) == 0
    told = capsys.readouterr().err
    assert "column 'body' is read as 'text'\n" in told
    assert "column 'id' is read as 'article'\n" in told
    assert "noticed" not in told
    articles = pd.read_csv(results / "articles.csv", dtype=str)
    assert articles.loc[0, ["outlet", "story", "topic", "text", "date"]].tolist() == [
        "Courier",
        "x",
        "Politics",
        "Short.",
        "2031-03-04",
    ]
    arguments = json.loads((results / "run.json").read_text(encoding="utf-8"))["arguments"]
    assert arguments["columns"] == {"topic": "rubrik", "text": "body"}
    assert (arguments["pattern"], arguments["day_first"]) == ("{outlet}_{story}", False)
    assert main(score) == 0
    assert "noticed: Courier_x.csv, line 2, article 1: the date '03/04/2031' could be" in capsys.readouterr().err


@pytest.mark.parametrize("pair", ["text", "=body", "text="])
def test_a_column_option_that_is_no_pair_is_an_error(tmp_path, capsys, pair):
    with pytest.raises(SystemExit):
        main(["score", str(tmp_path), "-o", str(tmp_path), "--column", pair])
    assert f"{pair} is not of the form text=fulltext" in capsys.readouterr().err
