"""Every kind of file with bytes changed at random: an article, a refusal or an ArticlesError, and every record is counted."""

import contextlib
import gzip
import random
import warnings

import pandas as pd
import pytest

from framing.corpus.articles import read_articles
from framing.corpus.readers import ArticlesError
from tests.test_documents_in import BODY, PEACE, archive, nela, page, pdf

ROWS = 12
TABLE = pd.DataFrame(
    {"id": [f"a{n}" for n in range(ROWS)], "source": "Courier", "content": [f"{BODY} “{n}”, é" for n in range(ROWS)]}
)
SEEDS = 60


def whole_file(folder, ending):
    path = folder / f"whole{ending}"
    if ending == ".csv":
        TABLE.to_csv(path, index=False)
    elif ending in (".jsonl", ".json"):
        TABLE.to_json(path, orient="records", lines=ending == ".jsonl", force_ascii=False)
    elif ending == ".parquet":
        TABLE.to_parquet(path)
    elif ending == ".sqlite":
        nela(path, [(f"a{n}", "2021-03-04", "courier", "Peace", BODY) for n in range(ROWS)])
    else:
        path.write_bytes(
            {
                ".txt": BODY.encode(),
                ".html": page().encode(),
                ".xml": f"<a><body><p>{PEACE}</p></body></a>".encode(),
                ".pdf": pdf([PEACE] * 5, [PEACE]),
                ".warc": b"".join(archive()),
                ".warc.gz": b"".join(gzip.compress(record, mtime=0) for record in archive()),
            }[ending]
        )
    return path.read_bytes()


def changed(data, seed):
    """Some bytes replaced, removed, put in or copied from elsewhere."""
    chance, data = random.Random(seed), bytearray(data)
    for _ in range(chance.choice([1, 2, 5])):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(1, 40)]
            case 2:
                data[at:at] = chance.randbytes(chance.randrange(1, 20))
            case _:
                data[at:at] = data[chance.randrange(len(data)) :][: chance.randrange(1, 100)]
    return bytes(data)


def read_counted(path):
    """How many articles were read and how many records refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        articles = read_articles(path)
    return len(articles), len(articles.attrs["refused"])


KINDS = (".csv", ".jsonl", ".json", ".parquet", ".sqlite", ".txt", ".html", ".xml", ".pdf", ".warc", ".warc.gz")


@pytest.mark.parametrize("ending", KINDS)
def test_a_damaged_file_is_read_or_refused(tmp_path, ending):
    whole, n_read = whole_file(tmp_path, ending), 0
    for seed in range(SEEDS):
        path = tmp_path / f"x{ending}"
        path.write_bytes(changed(whole, seed))
        with contextlib.suppress(ArticlesError):  # where nothing is left; any other exception fails
            n_read += read_counted(path)[0]
    assert n_read > 0


def test_every_line_of_a_damaged_file_is_read_or_refused(tmp_path):
    whole = whole_file(tmp_path, ".jsonl")
    for seed in range(4 * SEEDS):
        path = tmp_path / "x.jsonl"
        data = changed(whole, seed).replace(b"\xff\xfe", b"").replace(b"\xfe\xff", b"")
        path.write_bytes(data)
        lines = [line for line in data.split(b"\n") if line.strip(b" \t\r\f\v")]
        assert sum(read_counted(path)) == len(lines), seed


def test_every_row_of_a_damaged_table_is_read_or_refused(tmp_path):
    whole = whole_file(tmp_path, ".csv")
    header = whole.index(b"\n") + 1
    for seed in range(4 * SEEDS):
        path = tmp_path / "x.csv"
        path.write_bytes(whole[:header] + changed(whole[header:], seed))
        n_read, n_refused = read_counted(path)
        assert n_read + n_refused >= ROWS - 5, seed  # as many line ends may have gone as places were changed
        assert n_read >= ROWS - 15, seed
