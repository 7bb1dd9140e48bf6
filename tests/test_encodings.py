"""Encodings: proved where they can be, told where they had to be found out, and never read wrong in silence."""

import json

import pytest

from framing.corpus.articles import read_articles
from framing.corpus.decoding import CHUNK, Encoding, decode, find_encoding
from framing.corpus.readers import ArticlesError

SHORT = "The café in Sorrel cost £5 – “too much”, she said."
LONG = " ".join(f"Le maire de Sorrel a déclaré à midi que la fenêtre numéro {n} était fermée." for n in range(40))


def put(folder, name, data):
    (folder / name).write_bytes(data)
    return folder / name


def read_noticed(path):
    with pytest.warns(UserWarning, match="noticed"):
        articles = read_articles(path)
    assert articles.attrs["refused"] == []
    return articles["text"].tolist(), [(one["record"], one["reason"]) for one in articles.attrs["noticed"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_proved_is_read_without_a_word(tmp_path, encoding):
    assert decode(put(tmp_path, "x.txt", SHORT.encode(encoding))) == (SHORT, "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.jsonl"])
def test_utf_16_without_a_mark_is_read_and_told(tmp_path, encoding, name):
    content = {"x.txt": SHORT, "x.csv": f'text\n"{SHORT}"\n', "x.jsonl": json.dumps({"text": SHORT}, ensure_ascii=False)}[name]
    texts, noticed = read_noticed(put(tmp_path, name, content.encode(encoding)))
    assert texts == [SHORT]
    assert noticed == [
        ("file", f"read as {encoding.upper()}, for every second byte is zero; give encoding= where that is wrong.")
    ]


@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.jsonl", "x.json"])
def test_a_short_file_in_windows_1252_is_read_and_told(tmp_path, name):
    lines = json.dumps({"text": SHORT}, ensure_ascii=False)
    content = {"x.txt": SHORT, "x.csv": f'text\n"{SHORT}"\n', "x.jsonl": lines, "x.json": f"[{lines}]"}[name]
    texts, noticed = read_noticed(put(tmp_path, name, content.encode("cp1252")))
    assert texts == [SHORT]
    assert noticed[0][1].startswith("read as CP1252, for byte ")


@pytest.mark.parametrize("text", [LONG, f"{'The mayor said that the bridge was shut. ' * 50}It cost £5."])
def test_a_long_file_in_windows_1252_is_found_out_and_told(tmp_path, text):
    texts, noticed = read_noticed(put(tmp_path, "x.txt", text.encode("cp1252")))
    assert texts == [text]
    assert noticed[0][1].startswith("read as CP1252, for byte ")


def test_a_long_file_that_cannot_be_windows_1252_is_found_out_and_told(tmp_path):
    text = " ".join(f"Ο δήμαρχος είπε την {n} ημέρα ότι η γέφυρα θα κλείσει." for n in range(40))
    texts, noticed = read_noticed(put(tmp_path, "x.txt", text.encode("cp1253")))
    assert texts == [text]
    assert noticed[0][1].startswith("read as CP1253, for byte ")


def test_a_declared_encoding_is_used_where_a_file_bears_no_mark(tmp_path):
    polish = "Burmistrz powiedział, że most będzie zamknięty."
    put(tmp_path, "a.txt", polish.encode("cp1250"))
    put(tmp_path, "b.csv", f'text\n"{polish}"\n'.encode("cp1250"))
    put(tmp_path, "c.txt", polish.encode("utf-16"))
    assert read_articles(tmp_path, encoding="windows-1250")["text"].tolist() == [polish] * 3


@pytest.mark.parametrize("encoding", ["utf-9", "rot13", "base64"])
def test_a_declared_encoding_that_is_none_is_an_error(tmp_path, encoding):
    with pytest.raises(ArticlesError, match="is not known; give one such as utf-8"):
        read_articles(put(tmp_path, "a.txt", b"Peace"), encoding=encoding)


def test_a_short_file_that_is_no_windows_1252_is_refused(tmp_path):
    with pytest.raises(ArticlesError, match="byte 6 is not UTF-8; save the file as UTF-8"):
        read_articles(put(tmp_path, "x.txt", b"Peace \x81\x8d"))


def test_a_long_file_without_the_detector_is_refused_with_the_command(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "charset_normalizer", None)
    with pytest.raises(ArticlesError, match=r"byte 22 is not UTF-8; save .* pip install 'framing\[exports\]'"):
        read_articles(put(tmp_path, "x.txt", LONG.encode("cp1252")))


def test_a_damaged_byte_in_utf_8_does_not_make_the_file_windows_1252(tmp_path):
    rows = [f"a{n},{SHORT.replace(',', ';')}" for n in range(20)]
    data = "\n".join(["article,text", *rows]).encode().replace("a7,The caf\u00e9".encode(), b"a7,The caf\xe9")
    with pytest.warns(UserWarning, match="1 record was not read"):
        articles = read_articles(put(tmp_path, "x.csv", data))
    assert len(articles) == 19
    assert set(articles["text"]) == {SHORT.replace(",", ";")}
    assert articles.attrs["refused"][0]["record"] == "line 9"
    assert "only records with such bytes are refused" in articles.attrs["noticed"][0]["reason"]


def test_a_letter_across_two_pieces_of_a_file_is_no_damage(tmp_path):
    path = put(tmp_path, "x.txt", b"a" * (CHUNK - 1) + "é".encode() + b"b" * CHUNK)
    assert find_encoding(path) == Encoding("utf-8")
    broken = put(tmp_path, "y.txt", b"a" * (CHUNK + 5) + "é".encode() + b"\xff" + b"b" * CHUNK)
    assert f"byte {CHUNK + 7} is not UTF-8" in find_encoding(broken).note


@pytest.mark.parametrize("declared", ['<?xml version="1.0" encoding="ISO-8859-1"?>', '<meta charset="windows-1252">'])
def test_a_page_that_declares_its_encoding_is_read_so(tmp_path, declared):
    path = put(tmp_path, "x.xml", f"{declared}<p>{SHORT}</p>".encode("cp1252"))
    assert decode(path) == (f"{declared}<p>{SHORT}</p>", "read as CP1252, as the file declares.")


def test_zero_width_and_soft_hyphens_stay_in_the_text(tmp_path):
    text = "\ufeffThe envoy s\u200baid it was re\u00adported.\u200d"
    assert read_articles(put(tmp_path, "x.jsonl", json.dumps({"text": text}).encode()))["text"].tolist() == [text]
