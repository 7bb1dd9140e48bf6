"""The results folder: what is written comes back cell by cell, and damage is named with its file."""

import json

import pandas as pd
import pytest

import framing as fr
from framing.compare.inference import COLUMNS
from framing.store import TABLES, StoreError, digest_articles, read_results, read_table_file, write_results, write_table_file

# Texts that a careless table writer would change, all about the town of Sorrel.
HARD_TEXTS = {
    "007": 'The mayor said, "Sorrel, too, may sign."\r\nNobody did.',
    "7": "A lone return\rmay stand in Sorrel.",
    "NA": "“Peace” – 🕊 – café, e\u0301, ß, \u2028new line,\x85next, \u200bzero,\ttab.",
    "1e5": "=1+1 is no formula, ;nor is this;, 'nor' this.\n\nThe Regent denied it.",
    "nan": '"""',
    "-inf": " \\ leading and trailing spaces may stay \\ ",
}


@pytest.fixture(scope="module")
def hard():
    rows = [
        {"article": name, "outlet": "NA", "title": "null", "date": "", "text": text + " Caldria may wait.", "rank": "010"}
        for name, text in HARD_TEXTS.items()
    ]
    return fr.annotate(fr.read_articles(pd.DataFrame(rows)), progress=False)


@pytest.fixture
def folder(tmp_path, hard):
    write_results(tmp_path, hard, fr.score_articles(hard), {})
    return tmp_path


def same(one, other):
    """Equal cells and columns; whether whole numbers are ints or floats is the format's affair."""
    pd.testing.assert_frame_equal(one, other, check_dtype=False, check_exact=True)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_every_table_comes_back_cell_by_cell(tmp_path, hard, kind):
    scores = fr.score_articles(hard)
    write_results(tmp_path, hard, scores, {"format": kind}, kind=kind)
    found, found_scores = read_results(tmp_path)
    for name in ("articles", "marks", "attributions", "excluded", "sentences"):
        same(getattr(found, name), getattr(hard, name))
    same(found_scores, scores)
    same(found.tone, hard.tone)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_words_stay_words(tmp_path, hard, kind):
    write_table_file(hard.articles, tmp_path / f"articles.{kind}")
    articles = read_table_file(tmp_path, "articles")
    assert articles["article"].tolist() == list(HARD_TEXTS)
    assert set(articles["outlet"]) == {"NA"}
    assert set(articles["title"]) == {"null"}
    assert set(articles["rank"]) == {"010"}
    assert set(articles["date"]) == {""}


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_demo_comes_back_and_gives_the_same_scores_and_contrasts(tmp_path, annotated, scores, kind):
    write_results(tmp_path, annotated, scores, {}, kind=kind)
    found, found_scores = read_results(tmp_path)
    same(fr.score_articles(found), scores)
    same(found_scores, scores)
    contrasts = fr.compare_outlets(found_scores, ["attributions", "loaded"], strata="story")
    write_table_file(contrasts, tmp_path / f"contrasts.{kind}")
    same(read_table_file(tmp_path, "contrasts"), contrasts)


def test_the_marks_of_a_stored_corpus_still_stand_in_its_texts(folder):
    found, _ = read_results(folder)
    texts = found.articles.set_index("article")["text"]
    assert len(found.marks)
    for mark in found.marks.itertuples():
        assert texts[mark.article][mark.start : mark.end] == mark.text


def test_infinite_and_missing_ratios_come_back(tmp_path):
    contrasts = pd.DataFrame({name: ["x", "x"] for name in COLUMNS})
    for name in ("conf_low", "conf_high", "p_value", "p_adjusted", "rate", "rate_reference", "min_p"):
        contrasts[name] = [0.1 + 0.2, float("nan")]
    for name in ("count", "count_reference", "n_articles", "n_articles_reference", "n_strata", "n_units"):
        contrasts[name] = [3, 0]
    contrasts["estimate"] = [float("inf"), float("nan")]
    write_table_file(contrasts, tmp_path / "contrasts.csv")
    same(read_table_file(tmp_path, "contrasts"), contrasts)


def test_a_second_run_in_the_other_format_is_not_hidden_by_the_first(folder, annotated, scores):
    write_results(folder, annotated, scores, {}, kind="parquet")
    assert len(read_table_file(folder, "articles")) == len(scores)
    assert not list(folder.glob("*.csv"))


def test_run_json_says_how_the_tables_came_about(folder, hard):
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert run["input"] == digest_articles(hard.articles)
    assert run["lexicons"] == fr.lexicon_digest()
    assert (run["n_articles"], run["n_refused"]) == (len(HARD_TEXTS), 0)


def test_the_digest_knows_ids_texts_and_order():
    one = pd.DataFrame({"article": ["a", "b"], "text": ["War", "Peace"]})
    others = [one[::-1], one.assign(article=["a", "c"]), one.assign(text=["Wa", "rPeace"]), one.head(1)]
    assert len({digest_articles(table) for table in (one, *others)}) == 5


DAMAGES = {
    "empty": lambda text: "",
    "no header": lambda text: text.split("\n", 1)[1],
    "cut in a row": lambda text: text[: text.rindex(",")],
    "another table": lambda text: "a,b\n1,2\n",
    "surplus cells": lambda text: "\n".join(line + ",x" if n else line for n, line in enumerate(text.rstrip("\n").split("\n"))),
}


@pytest.mark.parametrize("damage", list(DAMAGES))
@pytest.mark.parametrize("name", ["marks", "scores", "sentences"])
def test_a_damaged_csv_is_named_with_the_remedy(tmp_path, annotated, scores, name, damage):
    write_results(tmp_path, annotated, scores, {})
    path = tmp_path / f"{name}.csv"
    path.write_text(DAMAGES[damage](path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(StoreError, match=r"is damaged \(.+\); run `framing score INPUT -o") as caught:
        read_results(tmp_path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [("marks", "start", "soon"), ("marks", "end", ""), ("scores", "hedging", "many"), ("attributions", "cue_start", "")],
)
def test_a_word_or_a_gap_in_the_place_of_a_number_is_damage(tmp_path, annotated, scores, name, column, value):
    write_results(tmp_path, annotated, scores, {})
    path = tmp_path / f"{name}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[1, column] = value
    table.to_csv(path, index=False)
    with pytest.raises(StoreError, match=rf"{name}\.csv is damaged"):
        read_results(tmp_path)


@pytest.mark.parametrize("name", TABLES)
def test_a_damaged_parquet_is_named(tmp_path, hard, name):
    write_results(tmp_path, hard, fr.score_articles(hard), {}, kind="parquet")
    path = tmp_path / f"{name}.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match=rf"{name}\.parquet is damaged"):
        read_results(tmp_path)
    pd.DataFrame({"a": [1]}).to_parquet(path)
    with pytest.raises(StoreError, match=rf"{name}\.parquet is damaged \(the column 'article' is missing\)"):
        read_results(tmp_path)


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(folder, name):
    (folder / f"{name}.csv").unlink()
    with pytest.raises(StoreError, match=rf"holds no {name}\.csv or {name}\.parquet; run `framing score INPUT -o"):
        read_results(folder)


def test_bytes_that_are_no_utf_8_are_damage(folder):
    path = folder / "articles.csv"
    path.write_bytes(path.read_bytes().replace("ß".encode(), b"\xdf"))
    with pytest.raises(StoreError, match=r"articles\.csv is damaged"):
        read_results(folder)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_write_that_breaks_off_leaves_the_old_table_and_nothing_else(tmp_path, hard, monkeypatch, kind):
    path = tmp_path / f"marks.{kind}"
    write_table_file(hard.marks, path)
    before = path.read_bytes()

    def break_off(table, target, **options):
        target.write_bytes(b"half a")
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(pd.DataFrame, f"to_{kind}", break_off)
    with pytest.raises(OSError, match="No space left"):
        write_table_file(hard.marks.head(1), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_contrasts_of_an_earlier_run_do_not_outlive_its_scores(tmp_path, annotated, scores):
    (tmp_path / "contrasts.csv").write_text("old\n", encoding="utf-8")
    write_results(tmp_path, annotated, scores, {})
    assert not (tmp_path / "contrasts.csv").exists()
