"""Counts of groups are those that pandas gives, from a table, a file or a folder, piece by piece."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.compare.quantities import ContrastError


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    chance, n = np.random.default_rng(3), 5_000
    words = chance.integers(0, 900, n)
    return pd.DataFrame({
        "article": [f"a{number}" for number in range(n)],
        "outlet": chance.choice(["Émile", "B", "العربية"], n),
        "date": chance.choice(["2031-04-02", "2031-04-30", "2031-05", "", None], n),
        "n_words_journalist": words,
        "hedging_journalist": chance.binomial(words, 0.01),
    })  # fmt: skip


def plainly(scores: pd.DataFrame) -> pd.DataFrame:
    months = scores.assign(month=scores["date"].fillna("").str[:7])
    sums = months.groupby(["outlet", "month"])[["hedging_journalist", "n_words_journalist"]].sum()
    return sums.assign(n=months.groupby(["outlet", "month"]).size()).reset_index()


@pytest.mark.parametrize("kind", ["table", "file", "folder"])
def test_sums_are_those_of_pandas(scores, tmp_path, kind):
    path = tmp_path / "scores.parquet"
    scores.to_parquet(path, row_group_size=300)
    found = fr.sum_scores({"table": scores, "file": path, "folder": tmp_path}[kind], "hedging")
    wanted = plainly(scores).sort_values(["outlet", "month"], key=lambda names: names.map(str.encode))
    assert found["outlet"].tolist() == wanted["outlet"].tolist()
    assert found["month"].tolist() == wanted["month"].tolist()
    assert found["n_articles"].tolist() == wanted["n"].tolist()
    assert found["count"].tolist() == wanted["hedging_journalist"].tolist()
    np.testing.assert_allclose(found["rate"], 1000 * wanted["hedging_journalist"] / wanted["n_words_journalist"])


def test_a_group_without_words_has_no_rate(scores):
    found = fr.sum_scores(scores.assign(n_words_journalist=0), "hedging", by="outlet")
    assert found["rate"].isna().all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"measures": "hope"}, "There is no measure 'hope' in the scores: the column 'hope_journalist' is missing."),
        ({"measures": "hedging", "by": "side"}, "There is no column 'side' for by=; the scores have article"),
    ],
)
def test_what_is_not_there_is_named(scores, arguments, sentence):
    with pytest.raises(ContrastError, match=sentence.replace("(", r"\(")):
        fr.sum_scores(scores, **arguments)


def test_a_folder_without_scores_is_named(tmp_path):
    with pytest.raises(ContrastError, match=r"scores\.parquet; write results as Parquet"):
        fr.sum_scores(tmp_path, "hedging")
