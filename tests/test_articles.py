"""Reading articles: every kind of input, every kind of bad input, and the sentences a researcher is told."""

import json
import re
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from framing.corpus.articles import COLUMNS, DEMO, find_files, read_articles
from framing.corpus.readers import ArticlesError

MESSAGES = Path(__file__).parent / "messages.txt"
PEACE = "Peace came to Sorrel."
GOOD_CSV = f"article,outlet,text\na,Courier,{PEACE}\n"
# What stands in a file of the given name -> how many articles are read and how many records are refused.
# Beside every faulty record stand good ones, and they must be read.
FAULTS = {
    "empty.txt": (b"", 0, 1),
    "blank.txt": (b" \n\t", 0, 1),
    "marks.txt": ("— … —".encode(), 0, 1),
    "byte.txt": (b"\xef\xbb\xbfPeace \xff came", 0, 1),
    "half.txt": (b"\xff\xfeP\x00e", 0, 1),
    "letter.doc": (b"PK", 0, 1),
    "~$letter.docx": (b"PK", 0, 1),
    "letter": (b"Peace", 0, 1),
    "empty.csv": (b"\xef\xbb\xbf", 0, 1),
    "byte.csv": (b"article,text\na,Caf\xc3\xa9\nb,Caf\xff\nc,\xc3\xa9t\xc3\xa9\n", 2, 1),
    "header.csv": (b'article,"text\na,Peace\n', 0, 1),
    "twice.csv": (b"article,text,text\na,b,c\n", 0, 1),
    "quote.csv": (b'article,text\na,Peace\nb,"Peace\nc,"Truce, then peace"\nd,"Talks\nand ""talks"""\n', 3, 1),
    "inch.csv": (b'article,text\na,a 6" gun\nb,Peace\nc,"Truce"\n', 2, 1),
    "cells.csv": (b"article,text\na,Peace, then war\nb\nc,Peace\n", 1, 2),
    "cells.tsv": (b"article\ttext\na\tPeace\tWar\nb\tPeace, then war\n", 1, 1),
    "ids.csv": (b"article,text\na,Peace\na,Truce\n007,Talks\n7,War\n", 3, 1),
    "faults.jsonl": (b'{"text": "Peace"}\n{"text": \n["Peace"]\n"Peace"\n7\nnull\n\n{"text": "War"}', 2, 5),
    "zeros.jsonl": (b'{"article": 007, "text": "Peace"}\n{"article": 7, "text": "War"}', 1, 1),
    "deep.jsonl": (b'{"text": "Peace"}\n' + b"[" * 100_000, 1, 1),
    "key.jsonl": (b'{"text": "Peace"}\n{"words": "War"}\n{}', 1, 2),
    "none.jsonl": (b'{"text": null}\n{"text": "Peace"}', 1, 1),
    "half.jsonl": (b'{"article": "x\\ud800", "text": "War"}\n{"text": "\\udfff War"}\n{"text": "Peace \\ud83d\\ude00"}', 1, 2),
    "half_key.jsonl": (b'{"x\\ud800": "", "text": "War"}\n{"text": "Peace"}', 1, 1),
    "byte.jsonl": (b'{"text": "Peace \xff"}\n{"text": "\xc3\x89t\xc3\xa9"}', 1, 1),
    "words.csv": (b"article,words\na,Peace\nb,War\n", 0, 1),
    "list.csv": (b"id,url,title\n1,https://courier.example/a,Peace\n", 0, 1),
    "half16.jsonl": ('{"text": "Peace"}\n{"text": "'.encode("utf-16") + b"\x00\xd8\x00", 1, 1),
    "half16.csv": ("text\nPeace\n".encode("utf-16") + b"\x00", 1, 1),
    "magic.parquet": (b"PAR1 damaged", 0, 1),
}


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read_with_refusals(source):
    """The articles and what was refused; a warning must have announced it."""
    with pytest.warns(UserWarning, match="not read; see"):
        articles = read_articles(source)
    return articles, articles.attrs["refused"]


def cells(articles, *columns):
    return list(articles[list(columns)].itertuples(index=False, name=None))


def test_a_text_file_is_one_article_named_by_the_file(tmp_path):
    articles = read_articles(put(tmp_path, "sorrel-1.TXT", PEACE))
    assert tuple(articles.columns) == COLUMNS
    assert cells(articles, *COLUMNS) == [("sorrel-1", "unknown", "", PEACE, "", "", "", "")]
    assert articles.attrs["refused"] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", "Café 🕊"),
        ("x.csv", "text,article\nCafé 🕊,x\n"),
        ("x.tsv", "text\tarticle\nCafé 🕊\tx\n"),
        ("x.jsonl", '{"text": "Café 🕊", "article": "x"}'),
    ],
)
def test_every_encoding_with_a_mark_is_read(tmp_path, name, content, encoding):
    assert cells(read_articles(put(tmp_path, name, content.encode(encoding))), "article", "text") == [("x", "Café 🕊")]


def test_a_cell_keeps_commas_quotes_and_line_breaks(tmp_path):
    text = 'He said: "Peace, now."\r\n\r\nThen\rhe\nleft.\0\u00ad '
    quoted = text.replace('"', '""')
    path = put(tmp_path, "x.csv", f'\n\narticle,text\r\n\r\na,"{quoted}"\r\nb,Peace')
    with pytest.warns(UserWarning, match="1 NUL characters"):
        articles = read_articles(path)
    assert cells(articles, "article", "text") == [("a", text), ("b", "Peace")]


def test_a_text_longer_than_the_csv_modules_limit_is_read(tmp_path):
    assert len(read_articles(put(tmp_path, "x.csv", "text\n" + "peace " * 50_000))["text"][0]) == 300_000


def test_json_values_stay_as_they_are_written(tmp_path):
    path = put(
        tmp_path,
        "x.jsonl",
        '{"article": 1.10, "outlet": null, "text": "War", "tags": ["a"], "front": true, "date": 2031}\r\n',
    )
    articles = read_articles(path)
    assert cells(articles, "article", "outlet", "text", "date", "tags", "front") == [
        ("1.10", "unknown", "War", "2031", '["a"]', "true")
    ]


def test_parquet_is_read(tmp_path):
    table = pa.table({"article": ["007", "b"], "text": [PEACE.encode(), b"War"], "words": [4, None], "outlet": ["NA", None]})
    pq.write_table(table, tmp_path / "x.parquet")
    assert cells(read_articles(tmp_path / "x.parquet"), "article", "outlet", "text", "words") == [
        ("007", "NA", PEACE, "4"),
        ("b", "unknown", "War", ""),
    ]


def test_a_data_frame_is_read_and_its_missing_values_are_empty():
    frame = pd.DataFrame(
        {"article": ["007", "b", "c"], "outlet": ["NA", None, np.nan], "text": [PEACE, "War", "Talks"], "date": pd.NaT, 1: 2.5}
    )
    articles = read_articles(frame)
    assert cells(articles, "article", "outlet", "date", "1") == [
        ("007", "NA", "", "2.5"),
        ("b", "unknown", "", "2.5"),
        ("c", "unknown", "", "2.5"),
    ]
    assert {str(dtype) for dtype in articles.dtypes} == {"str"}


def test_a_data_frame_row_without_text_is_refused():
    articles, refused = read_with_refusals(pd.DataFrame({"text": [PEACE, np.nan, None, pd.NA]}))
    assert len(articles) == 1
    assert [one["record"] for one in refused] == [f"row {n}, article DataFrame:row{n}" for n in (2, 3, 4)]


def test_names_that_look_like_numbers_or_nothing_stay_names(tmp_path):
    path = put(tmp_path, "x.csv", f"article,outlet,text,rank\n007,NA,{PEACE},1.50\n7,nan,{PEACE},NULL\n1e5,None,{PEACE},\n")
    assert cells(read_articles(path), "article", "outlet", "rank") == [
        ("007", "NA", "1.50"),
        ("7", "nan", "NULL"),
        ("1e5", "None", ""),
    ]


def test_missing_names_are_made_from_the_file_and_the_place(tmp_path):
    articles = read_articles(put(tmp_path, "x.csv", f"text,article\n{PEACE},\n{PEACE},b\n"))
    assert cells(articles, "article", "outlet") == [("x:line2", "unknown"), ("b", "unknown")]


def test_a_folder_is_searched_in_order_without_hidden_files(tmp_path):
    for folder in ("b", "a/deep", ".hidden"):
        (tmp_path / folder).mkdir(parents=True)
        put(tmp_path / folder, f"{folder[0]}.txt", PEACE)
    put(tmp_path, ".DS_Store", b"\0")
    assert [path.name for path in find_files(tmp_path)] == ["a.txt", "b.txt"]
    assert read_articles(tmp_path)["article"].tolist() == ["a", "b"]


def test_several_sources_are_read_one_after_the_other(tmp_path):
    paths = [put(tmp_path, name, PEACE) for name in ("b.txt", "a.txt")]
    assert read_articles(iter(map(str, paths)))["article"].tolist() == ["b", "a"]


def test_a_file_of_another_kind_in_a_folder_is_named_and_the_rest_is_read(tmp_path):
    put(tmp_path, "letter.doc", b"PK")
    put(tmp_path, "x.csv", GOOD_CSV)
    articles, refused = read_with_refusals(tmp_path)
    assert articles["article"].tolist() == ["a"]
    assert [one["file"] for one in refused] == ["letter.doc"]


def test_an_id_may_stand_once_in_all_files(tmp_path):
    put(tmp_path, "x.csv", GOOD_CSV)
    put(tmp_path, "y.jsonl", json.dumps({"article": "a", "text": "War"}))
    articles, refused = read_with_refusals(tmp_path)
    assert cells(articles, "article", "text") == [("a", PEACE)]
    assert refused[0]["file"] == "y.jsonl"
    assert "stands already in x.csv, line 2" in refused[0]["reason"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_record_costs_itself_and_no_other(tmp_path, name):
    content, n_read, n_refused = FAULTS[name]
    put(tmp_path, name, content)
    put(tmp_path, "z.txt", PEACE)
    articles, refused = read_with_refusals(tmp_path)
    assert (len(articles) - 1, len(refused)) == (n_read, n_refused)
    assert {one["file"] for one in refused} == {name}
    json.dumps(refused, ensure_ascii=False).encode("utf-8")  # what a warning says must be printable


@pytest.mark.parametrize("name", [name for name, (_, n_read, _) in FAULTS.items() if n_read == 0])
def test_an_input_without_any_good_record_is_an_error(tmp_path, name):
    with pytest.raises(ArticlesError, match=f"^No article could be read. {re.escape(name)}, "):
        read_articles(put(tmp_path, name, FAULTS[name][0]))


def test_an_unbalanced_quote_takes_no_time_from_the_rows_after_it(tmp_path):
    rows = ["article,text", *(f"a{n},{PEACE}" for n in range(20_000))]
    rows[10] = rows[20] = 'x,a 6" gun'
    begun = time.process_time()
    articles, refused = read_with_refusals(put(tmp_path, "x.csv", "\n".join(rows)))
    assert (len(articles), len(refused)) == (19_998, 2)
    assert time.process_time() - begun < 5  # measured: below 1


@pytest.mark.parametrize("damage", [0.2, 0.5, 0.9])
def test_a_damaged_parquet_file_is_refused(tmp_path, damage):
    pq.write_table(pa.table({"text": [f"{PEACE} {n}" for n in range(500)]}), tmp_path / "x.parquet")
    whole = (tmp_path / "x.parquet").read_bytes()
    put(tmp_path, "x.parquet", whole[: int(len(whole) * damage)])
    with pytest.raises(ArticlesError, match="not a readable Parquet file"):
        read_articles(tmp_path / "x.parquet")


def test_parquet_bytes_that_are_no_utf_8_are_refused(tmp_path):
    pq.write_table(pa.table({"text": [b"Peace", b"War \xff"]}), tmp_path / "x.parquet")
    articles, refused = read_with_refusals(tmp_path / "x.parquet")
    assert (articles["text"].tolist(), len(refused)) == (["Peace"], 1)


def column_twice_in_parquet(folder):
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    pq.write_table(table, folder / "x.parquet")
    return folder / "x.parquet"


UNREADABLE = {
    "a missing path": lambda folder: folder / "nowhere",
    "several, one of them missing": lambda folder: [DEMO, str(folder / "nowhere.csv")],
    "an empty folder": lambda folder: folder,
    "no file": lambda folder: [],
    "a header only": lambda folder: put(folder, "x.csv", "article,text\n"),
    "a table without text": lambda folder: put(folder, "x.csv", "article,words\na,Peace\n"),
    "a frame without text": lambda folder: pd.DataFrame({"words": ["Peace"]}),
    "a frame without rows": lambda folder: pd.DataFrame({"text": []}),
    "a frame with a column twice": lambda folder: pd.DataFrame([["a", "b"]], columns=["text", "text"]),
    "a Parquet file with a column twice": column_twice_in_parquet,
    "one bad record": lambda folder: put(folder, "x.jsonl", "[]"),
    "two bad records": lambda folder: put(folder, "x.jsonl", "[]\n[]"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_source_without_articles_is_an_error(tmp_path, name):
    with pytest.raises(ArticlesError):
        read_articles(UNREADABLE[name](tmp_path))


def raised_messages(folder):
    for name, source in UNREADABLE.items():
        inside = folder / name
        inside.mkdir()
        with pytest.raises(ArticlesError) as caught:
            read_articles(source(inside))
        yield str(caught.value).replace(str(inside), "FOLDER")


def refusal_messages(folder):
    for name, (content, _, _) in FAULTS.items():
        _, refused = read_with_refusals([DEMO, put(folder, name, content)])
        yield from (f"{one['file']}, {one['record']}: {one['reason']}" for one in refused)


def warning_messages(folder):
    for rows in ("[]", "[]\n[]"):
        with pytest.warns(UserWarning, match="not read; see") as caught:
            read_articles([DEMO, put(folder, "x.jsonl", rows)])
        yield str(caught[0].message)


def test_every_message_stands_in_messages_txt(tmp_path):
    """A changed sentence is read as prose, next to all others, before its line in messages.txt is changed."""
    told = [*raised_messages(tmp_path), *warning_messages(tmp_path), *refusal_messages(tmp_path)]
    # What other libraries say inside brackets changes with their versions.
    lines = [re.sub(r"(Parquet file|valid JSON) \(.*\);", r"\1 (...);", line) for line in told]
    assert list(dict.fromkeys(lines)) == MESSAGES.read_text(encoding="utf-8").splitlines()


def test_a_message_is_one_line_that_says_what_to_do():
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        assert line.endswith((".", " more)"))
        assert re.search(r"; (check|close|fill|give|name|put|quote|remove|rename|repair|save|see|use|write) ?", line)


def test_a_long_list_of_what_was_noticed_does_not_slow_the_table(tmp_path):
    frame = pd.DataFrame({"text": [PEACE] * 20_000, "date": "03/04/2031"})
    with pytest.warns(UserWarning, match="20000 things were noticed"):
        articles = read_articles(frame)
    begun = time.process_time()
    for _ in range(100):
        articles.head()
    assert time.process_time() - begun < 1  # measured: .01; copying the list took 15
    assert articles.head().attrs["noticed"] == articles.attrs["noticed"]


def test_the_examples_on_reading_run():
    page = (Path(__file__).parent.parent / "docs" / "reading.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "reading.md", "exec"), names)


def test_other_languages_are_refused_when_asked_and_short_texts_never():
    german = (
        "Die Gespräche über den Vertrag wurden am Montag in Orrel eröffnet, aber nicht alle, die eingeladen waren, sind auch "
    )
    table = pd.DataFrame(
        {"text": [german + "gekommen, und es war noch offen, wie es weitergeht.", "Guten Morgen.", "The envoys met."]}
    )
    assert len(read_articles(table)) == 3
    with pytest.warns(UserWarning, match="it seems to be German"):
        asked = read_articles(table, only_english=True)
    assert asked["text"].tolist() == ["Guten Morgen.", "The envoys met."]
    assert [one["record"].split(",")[0] for one in asked.attrs["refused"]] == ["row 1"]
