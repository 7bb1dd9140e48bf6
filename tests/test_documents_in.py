"""Files that are one article each, archives and databases: what is read of them, and what is named instead."""

import gzip
import json
import random
import sqlite3
import subprocess
import sys
from contextlib import closing

import pandas as pd
import pytest

from framing.corpus.articles import read_articles
from framing.corpus.filenames import compile_pattern, match_name
from framing.corpus.pdfs import join_lines
from framing.corpus.readers import ArticlesError

PEACE = "Peace came to Sorrel."
BODY = " ".join(f"The envoys met in Sorrel for the day number {n} and spoke of the bridge." for n in range(12))
LIBRARIES = {
    "x.pdf": ("pypdf", b"%PDF-1.4"),
    "x.html": ("trafilatura", b"<p>Peace</p>"),
    "x.xml": ("lxml", b"<p>Peace</p>"),
}


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read(source, **settings):
    """The articles, and what was refused and noticed as (file, record) -> reason; a warning must have announced it."""
    with pytest.warns(UserWarning, match="see .attrs"):
        articles = read_articles(source, **settings)
    return articles, *(
        {(one["file"], one["record"]): one["reason"] for one in articles.attrs[kind]} for kind in ("refused", "noticed")
    )


def page(text=BODY, site='<meta property="og:site_name" content="Orrel  Courier">'):
    return (
        f'<html><head><title>Peace in Sorrel</title>{site}<meta name="author" content="Ilse Maravek">'
        '<meta property="article:published_time" content="2021-03-04T10:00:00+01:00">'
        '<link rel="canonical" href="https://www.courier.example/peace"></head>'
        f"<body><nav>Home News</nav><article><h1>Peace in Sorrel</h1><p>{text}</p></article></body></html>"
    )


def pdf(*pages):
    """A small PDF of pages of printed lines; a page without lines is a scan."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        stream = b"BT /F1 12 Tf 50 700 Td 14 TL " + b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in lines) + b" ET"
        font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources %s /Contents %d 0 R >>" % (font, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail


def archived(url, body, kind="response", http=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"):
    """A record of a web archive."""
    body = http + (body if isinstance(body, bytes) else body.encode("utf-8"))
    head = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2021-03-05T00:00:00Z"]
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body + b"\r\n\r\n"


def archive():
    """Four pages, with what stands in archives beside them."""
    pages = [archived(f"https://courier.example/{n}", page(f"{BODY} Page {n} ended so.")) for n in range(4)]
    return [archived("", b"software: none", kind="warcinfo", http=b""), *pages]


def nela(path, rows):
    with closing(sqlite3.connect(path)) as base:
        base.execute(
            "CREATE TABLE newsdata (id TEXT, date TEXT, source TEXT, title TEXT, content TEXT, author TEXT, published TEXT)"
        )
        base.executemany("INSERT INTO newsdata VALUES (?, ?, ?, ?, ?, '', 'Mon')", rows)
        base.commit()
    return path


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path):
    articles = read_articles(put(tmp_path, "peace.html", page()))
    assert articles.loc[0, ["article", "outlet", "title", "date", "url", "hostname", "author"]].tolist() == [
        *(
            "peace",
            "Orrel Courier",
            "Peace in Sorrel",
            "2021-03-04",
            "https://www.courier.example/peace",
            "courier.example",
            "Ilse Maravek",
        ),
    ]
    assert BODY in articles["text"][0]
    assert "Home News" not in articles["text"][0]


def test_a_page_that_does_not_name_its_site_has_no_outlet(tmp_path):
    articles = read_articles(put(tmp_path, "peace.htm", page(site="")))
    assert articles.loc[0, ["outlet", "hostname"]].tolist() == ["unknown", "courier.example"]


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><body><nav>Home News Sport</nav></body></html>",
        f"<html><body><p>{'Home News Sport ' * 20}</p></body></html>",
        f"<html><body><p>{PEACE}</p></body></html>",
        "<div>" * 20_000,
        "\0",
        "no page",
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path, html):
    put(tmp_path, "z.txt", PEACE)
    put(tmp_path, "x.html", html)
    articles, refused, _ = read(tmp_path)
    assert articles["article"].tolist() == ["z"]
    assert refused == {("x.html", "file"): "no article was found on the page; copy its text into a .txt file if it holds one."}


def test_a_pdf_is_read_and_its_printed_lines_are_joined(tmp_path):
    lines = [
        "The envoys met in Sorrel on Monday and spoke of the",
        "bridge that was closed.",
        "Nobody in Dravec would say what comes af-",
        "ter.",
    ]
    articles = read_articles(put(tmp_path, "x.pdf", pdf(lines, ["Peace came."])))
    assert articles["text"].tolist() == [
        "The envoys met in Sorrel on Monday and spoke of the bridge that was closed.\n"
        "Nobody in Dravec would say what comes after.\nPeace came."
    ]


def test_a_name_with_a_hyphen_keeps_it_at_a_line_end():
    assert join_lines("The envoys of Orrel met those of North-\nSorrel on Monday in the spring.") == (
        "The envoys of Orrel met those of North-Sorrel on Monday in the spring."
    )


def test_a_scan_is_refused_and_a_page_without_text_is_noticed(tmp_path):
    put(tmp_path, "scan.pdf", pdf([], []))
    put(tmp_path, "half.pdf", pdf([PEACE], [], [PEACE]))
    articles, refused, noticed = read(tmp_path)
    assert articles["article"].tolist() == ["half"]
    assert "the 2 pages hold no text (a scan?)" in refused["scan.pdf", "file"]
    assert "no text on page 2" in noticed["half.pdf", "file"]


@pytest.mark.parametrize("damage", range(0, 700, 50))
def test_a_damaged_pdf_is_read_or_refused(tmp_path, damage):
    whole = bytearray(pdf([PEACE] * 5))
    put(tmp_path, "cut.pdf", bytes(whole[:damage] or b"%"))
    whole[damage : damage + 20] = random.Random(damage).randbytes(20)
    put(tmp_path, "broken.pdf", bytes(whole))
    put(tmp_path, "z.txt", PEACE)
    articles, refused, _ = read(tmp_path)
    assert len(articles) + len(refused) == 3


def test_an_unknown_xml_file_is_read_by_its_body_and_told(tmp_path):
    head, body = "<head><title>Peace\n now</title></head>", f"<body><p>{PEACE}</p><p>He <b>left</b> it.</p></body>"
    xml = f'<?xml version="1.0"?><n xmlns="urn:n">{head}{body}</n>'
    articles, refused, noticed = read(put(tmp_path, "x.xml", xml))
    assert articles.loc[0, ["title", "text"]].tolist() == ["Peace now", f"{PEACE}\nHe left it."]
    assert (list(refused), list(noticed)) == ([], [("x.xml", "file")])


@pytest.mark.parametrize("xml", ["<a><p>Peace</a>", '<!DOCTYPE a [<!ENTITY x "Peace">]><a>&x;', "Peace", "<a>\udcff</a>"])
def test_damaged_xml_is_refused(tmp_path, xml):
    with pytest.raises(ArticlesError, match=r"x.xml, file: not well-formed XML"):
        read_articles(put(tmp_path, "x.xml", xml.encode("utf-8", "surrogateescape") + "é".encode()))


@pytest.mark.parametrize("packed", ["plain", "by record", "as one"])
def test_an_archive_gives_an_article_for_every_page(tmp_path, packed):
    records = archive()
    data = {
        "plain": b"".join(records),
        "by record": b"".join(map(gzip.compress, records)),
        "as one": gzip.compress(b"".join(records)),
    }
    articles = read_articles(put(tmp_path, "x.warc" if packed == "plain" else "x.warc.gz", data[packed]))
    assert articles["url"].tolist() == [f"https://courier.example/{n}" for n in range(4)]
    assert articles["article"].tolist() == [f"x:record{n}" for n in range(2, 6)]
    assert set(articles["outlet"]) == {"Orrel Courier"}
    assert set(articles["date_archived"]) == {"2021-03-05T00:00:00Z"}


def damaged(records, how):
    packed = list(map(gzip.compress, records))
    broken = bytearray(packed[2])
    broken[len(broken) // 2] ^= 0xFF
    longer = records[2].replace(b"Content-Length: ", b"Content-Length: 9", 1)
    return {
        "cut packed": b"".join([*packed[:2], packed[2][:200], *packed[3:]]),
        "flipped byte": b"".join([*packed[:2], bytes(broken), *packed[3:]]),
        "wrong length, packed": b"".join([*packed[:2], gzip.compress(longer), *packed[3:]]),
        "wrong length": b"".join([*records[:2], longer, *records[3:]]),
        "no length": b"".join([*records[:2], records[2].replace(b"Content-Length", b"Content-Height"), *records[3:]]),
        "no head": b"".join([*records[:2], b"WARX" + records[2][4:], *records[3:]]),
        "cut": b"".join([*records[:2], records[2][:300], *records[3:]]),
    }[how]


@pytest.mark.parametrize(
    "how", ["cut packed", "flipped byte", "wrong length, packed", "wrong length", "no length", "no head", "cut"]
)
def test_a_broken_record_of_an_archive_is_named_and_the_rest_is_read(tmp_path, how):
    data = damaged(archive(), how)
    articles, refused, _ = read(put(tmp_path, "x.warc.gz" if data.startswith(b"\x1f") else "x.warc", data))
    assert articles["url"].tolist() == [f"https://courier.example/{n}" for n in (0, 2, 3)]
    assert list(refused) == [("x.warc.gz" if data.startswith(b"\x1f") else "x.warc", "record 3")]


def test_two_broken_records_of_an_archive_do_not_take_the_one_between_them(tmp_path, monkeypatch):
    monkeypatch.setattr("framing.corpus.warc.PIECE", 64)  # so that a broken record gives something before it breaks
    information, *pages = archive()
    packed = list(map(gzip.compress, [information, pages[0].replace(b"Content-Length: ", b"Content-Length: 9", 1), *pages[1:]]))
    data = b"".join([*packed[:3], packed[3][:200], packed[4]])
    articles, refused, _ = read(put(tmp_path, "x.warc.gz", data))
    assert articles["url"].tolist() == ["https://courier.example/1", "https://courier.example/3"]
    assert [record for _, record in refused] == ["record 2", "record 4"]


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_breaks_off_loses_its_last_record_only(tmp_path, packed):
    data = b"".join(map(gzip.compress, archive())) if packed else b"".join(archive())
    articles, refused, _ = read(put(tmp_path, "x.warc.gz" if packed else "x.warc", data[:-40]))
    assert (len(articles), len(refused)) == (3, 1)


def test_bytes_changed_at_random_cost_few_records_and_no_more(tmp_path):
    whole = b"".join(map(gzip.compress, archive()))
    for seed in range(60):
        chance, data = random.Random(seed), bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        put(tmp_path, "x.warc.gz", bytes(data))
        put(tmp_path, "z.txt", PEACE)
        try:
            articles, refused, _ = read(tmp_path)
        except pytest.fail.Exception:  # the byte was none that counts: nothing to announce
            articles, refused = read_articles(tmp_path), {}
        assert len(articles) + len(refused) >= 5
        assert len(articles) >= 4


def test_what_is_no_page_in_an_archive_is_named(tmp_path):
    picture = archived("https://c.example/p", b"\x89PNG", http=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    missing = archived("https://c.example/m", page(), http=b"HTTP/1.1 404 Not Found\r\n\r\n")
    empty = archived("https://c.example/e", "<p>Home</p>")
    articles, refused, _ = read(put(tmp_path, "x.warc", b"".join([*archive(), picture, missing, empty])))
    assert len(articles) == 4
    assert [record for _, record in refused] == [
        f"record {n}, https://c.example/{name}" for n, name in ((6, "p"), (7, "m"), (8, "e"))
    ]


@pytest.mark.parametrize("how", ["chunked", "packed", "latin"])
def test_a_page_is_read_however_it_was_sent(tmp_path, how):
    text = f"{BODY} The café was shut."
    html = page(text).encode("iso-8859-1" if how == "latin" else "utf-8")
    parts = (
        b"".join(b"%x\r\n%s\r\n" % (len(html[at : at + 500]), html[at : at + 500]) for at in range(0, len(html), 500))
        + b"0\r\n\r\n"
    )
    fields = {
        "chunked": b"Transfer-Encoding: chunked\r\n",
        "packed": b"Content-Encoding: gzip\r\n",
        "latin": b"Content-Type: text/html; charset=iso-8859-1\r\n",
    }
    http = b"HTTP/1.1 200 OK\r\n" + fields[how] + b"\r\n"
    body = {"chunked": parts, "packed": gzip.compress(html), "latin": html}[how]
    assert text in read_articles(put(tmp_path, "x.warc", archived("https://c.example/a", body, http=http)))["text"][0]


@pytest.mark.parametrize(("charset", "told"), [(b"", "declares no encoding"), (b"; charset=utf-8", ""), (b"; charset=utf-9", "")])
def test_a_page_whose_letters_nobody_declares_is_noticed_or_refused(tmp_path, charset, told):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html" + charset + b"\r\n\r\n"
    record = archived("https://c.example/a", page(f"{BODY} The café was shut.").encode("cp1252"), http=http)
    articles, refused, noticed = read(put(tmp_path, "x.warc", b"".join([*archive(), record])))
    assert (len(articles), len(refused), len(noticed)) == ((5, 0, 1) if told else (4, 1, 0))
    assert told in next(iter({**refused, **noticed}.values()))


def test_nela_gt_is_read(tmp_path):
    rows = [("a", "2021-03-04", "orrelcourier", "Peace", PEACE), ("007", "2021-03-05", "NA", "War", "War came.")]
    articles = read_articles(nela(tmp_path / "nela.db", rows))
    assert articles[["article", "date", "outlet", "title", "text"]].to_numpy().tolist() == [list(row) for row in rows]


def test_a_source_of_nela_gt_as_json_is_read(tmp_path):
    rows = [
        {"id": "a", "date": "2021-03-04", "source": "lantern", "title": "Peace", "content": PEACE},
        7,
        {"id": "b", "content": ""},
    ]
    articles, refused, _ = read(put(tmp_path, "lantern.json", json.dumps(rows)))
    assert articles[["article", "outlet"]].to_numpy().tolist() == [["a", "lantern"]]
    assert list(refused) == [("lantern.json", "item 2"), ("lantern.json", "item 3, article b")]


def test_a_damaged_database_and_one_without_articles_are_refused(tmp_path):
    put(tmp_path, "x.sqlite", b"SQLite format 3\0" + b"damaged" * 200)
    with closing(sqlite3.connect(tmp_path / "y.db")) as base:
        base.execute("CREATE TABLE a (x)")
        base.execute("CREATE TABLE b (x)")
        base.commit()
    put(tmp_path, "z.txt", PEACE)
    _, refused, _ = read(tmp_path)
    assert "not a readable SQLite file" in refused["x.sqlite", "file"]
    assert "no table 'newsdata' (found: a, b)" in refused["y.db", "file"]


JSON_FILES = {
    "one article": (f'{{"text": "{PEACE}", "title": "Peace"}}', 1, 0),
    "a list": (f' [{{"text": "{PEACE}"}}, {{"text": "War"}}] ', 2, 0),
    "lines under the wrong ending": (f'{{"text": "{PEACE}"}}\n{{"text": "War"}}\n{{"text": ', 2, 1),
    "a list that breaks off": (f'[{{"text": "{PEACE}"}}, {{"text": "War"}}, {{"te', 2, 1),
    "a list without its end": (f'[{{"text": "{PEACE}"}}', 1, 1),
    "a list without a comma": (f'[{{"text": "{PEACE}"}} {{"text": "War"}}]', 1, 1),
    "a list with something else": (f'[{{"text": "{PEACE}"}}, 7, null]', 1, 2),
}


@pytest.mark.parametrize("name", JSON_FILES)
def test_a_json_file_is_read_whatever_holds_its_articles(tmp_path, name):
    content, n_read, n_refused = JSON_FILES[name]
    put(tmp_path, "z.txt", PEACE)
    put(tmp_path, "x.json", content)
    if n_refused:
        articles, refused, _ = read(tmp_path)
    else:
        articles, refused = read_articles(tmp_path), {}
    assert (len(articles) - 1, len(refused)) == (n_read, n_refused)


@pytest.mark.parametrize("content", ["7", '"Peace"', "[", "[]", "{", "nothing", "[" * 100_000])
def test_a_json_file_without_articles_is_refused(tmp_path, content):
    with pytest.raises(ArticlesError, match=r"No article could be read. x.json|holds no record"):
        read_articles(put(tmp_path, "x.json", content))


def test_the_same_name_in_two_folders_gives_two_ids(tmp_path):
    for name in ("a/x.txt", "b/x.txt", "b/y.txt", "c/x.csv", "c/x.html", "only.txt"):
        put(tmp_path, name, page() if name.endswith("html") else f"text\n{PEACE}\n" if name.endswith("csv") else PEACE)
    articles = read_articles(tmp_path)
    assert articles["article"].tolist() == ["a/x", "b/x", "y", "c/x.csv:line2", "c/x.html", "only"]
    assert read_articles([tmp_path / "a/x.txt", tmp_path / "b/x.txt"])["article"].tolist() == ["a/x", "b/x"]
    assert read_articles([tmp_path / "a", tmp_path / "b"])["article"].tolist() == ["a/x", "b/x", "y"]


def test_a_message_names_the_folder_where_two_files_have_one_name(tmp_path):
    for folder in ("a", "b"):
        put(tmp_path, f"{folder}/x.csv", f"article,text\n{folder},{PEACE}\n{folder}2,\n")
    _, refused, _ = read(tmp_path)
    assert list(refused) == [("a/x.csv", "line 3, article a2"), ("b/x.csv", "line 3, article b2")]


@pytest.mark.parametrize("ending", [".txt", ".csv", ".tsv", ".jsonl", ".json", ".parquet", ".html", ".xml"])
def test_an_article_longer_than_allowed_is_refused_and_the_rest_is_read(tmp_path, ending):
    long = "peace " * 500
    frame = pd.DataFrame({"article": ["a", "b", "c"], "text": [PEACE, long, "War came."]})
    path = tmp_path / f"x{ending}"
    if ending in (".txt", ".html", ".xml"):
        put(tmp_path, path.name, {".txt": long, ".html": page(f"{BODY} {long}."), ".xml": f"<p>{long}</p>"}[ending])
        put(tmp_path, "z.jsonl", '{"text": "Peace"}\n{"text": "War"}')
    elif ending == ".parquet":
        frame.to_parquet(path)
    elif ending in (".csv", ".tsv"):
        frame.to_csv(path, index=False, sep="," if ending == ".csv" else "\t")
    else:
        frame.to_json(path, orient="records", lines=ending == ".jsonl")
    articles, refused, _ = read(tmp_path, longest=1500)
    assert (len(articles), len(refused)) == (2, 1)
    assert "longest=" in next(iter(refused.values()))


def test_a_line_of_a_hundred_megabytes_is_never_held(tmp_path):
    path = tmp_path / "x.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "Peace"}\n{"text": "')
        for _ in range(100):
            file.write(b"peace " * 170_000)
        file.write(b'"}\n{"text": "War"}\n')
    code = (
        "import resource, sys, warnings; warnings.simplefilter('ignore'); from framing.corpus.articles import read_articles; "
        "a = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; n = len(read_articles(sys.argv[1])); "
        "print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - a)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    n_read, more = map(int, run.stdout.split())
    assert n_read == 2
    assert more < 60_000  # kilobytes


def test_a_semicolon_between_cells_is_seen_in_the_header(tmp_path):
    articles = read_articles(put(tmp_path, "x.csv", f'article;text\na;"{PEACE} Then; war, too."\n'))
    assert articles["text"].tolist() == [f"{PEACE} Then; war, too."]


NAMES = {
    ("{outlet}_{date}_{title}", "Courier_2031-03-04_Peace.txt"): [("Courier", "2031-03-04", "Peace")],
    ("{outlet}_{date}_{title}", "North_Courier_20310304_Peace_at_last.txt"): [("North_Courier", "20310304", "Peace_at_last")],
    ("{outlet}_{date}_{title}", "Courier_Peace_at_last.txt"): [],
    ("{outlet}-{title}", "North-Courier-Peace.txt"): [("North", "Courier-Peace"), ("North-Courier", "Peace")],
    ("{outlet}/{date} {title}", "corpus/Courier/2031-03-04 Peace.txt"): [("Courier", "2031-03-04", "Peace")],
    ("({outlet}) {title}.v1", "(Courier) Peace.v1.txt"): [("Courier", "Peace")],
    ("({outlet}) {title}.v1", "(Courier) Peace.v2.txt"): [],
    ("{outlet}.*", "Courier.*.txt"): [("Courier",)],
    ("{outlet}.*", "Courier.x.txt"): [],
    ("{outlet}_{title}", "_Peace.txt"): [],
}


@pytest.mark.parametrize(("pattern", "name"), NAMES)
def test_a_pattern_fits_a_name_in_every_way_that_it_can(pattern, name):
    assert [tuple(way.values()) for way in match_name(compile_pattern(pattern), name)] == NAMES[pattern, name]


@pytest.mark.parametrize("pattern", ["", "outlet", "{}", "{outlet", "{outlet}{date}", "{outlet}_{outlet}", "{text}", "{a}}_{b}"])
def test_a_pattern_that_is_none_is_an_error(tmp_path, pattern):
    with pytest.raises(ArticlesError, match=r"; (write|name|put) "):
        compile_pattern(pattern)


def test_a_pattern_fills_columns_and_names_the_files_that_do_not_fit(tmp_path):
    for name in ("Courier_2031-03-04_Peace.txt", "Lantern_04.05.2031_War.txt", "notes.txt"):
        put(tmp_path, name, PEACE)
    articles, refused, noticed = read(tmp_path, pattern="{outlet}_{date}_{title}", day_first=False)
    assert articles[["outlet", "date", "title"]].to_numpy().tolist() == [
        ["Courier", "2031-03-04", "Peace"],
        ["Lantern", "2031-04-05", "War"],
        ["unknown", "", ""],
    ]
    assert (list(refused), list(noticed)) == ([], [("notes.txt", "file, article notes")])


def test_a_pattern_goes_before_a_page_and_after_a_table(tmp_path):
    put(tmp_path, "Lantern 1.html", page())
    put(tmp_path, "Lantern 2.csv", f"outlet,text\nCourier,{PEACE}\n,{PEACE}\n")
    articles = read_articles(tmp_path, pattern="{outlet} {topic}")
    assert articles[["outlet", "topic"]].to_numpy().tolist() == [["Lantern", "1"], ["Courier", "2"], ["Lantern", "2"]]


@pytest.mark.parametrize("name", LIBRARIES)
def test_the_error_for_a_missing_library_is_the_command_that_installs_it(tmp_path, monkeypatch, name):
    library, content = LIBRARIES[name]
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        ArticlesError, match=rf"files are read with {library}; install it with: pip install 'framing\[exports\]'\.$"
    ):
        read_articles(put(tmp_path, name, content))


def test_importing_the_project_imports_none_of_the_libraries():
    code = "import sys, framing; print([name for name in sys.argv[1:] if name in sys.modules])"
    names = ["trafilatura", "docx", "striprtf", "pypdf", "lxml"]
    run = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
