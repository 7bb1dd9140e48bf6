"""Shares of attributions by kind, with intervals over articles: which stance introduces whom, and how sources are named."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from framing.compare.descriptions import describe_outlets
from framing.compare.quantities import ContrastError

COLUMNS = ("n_articles", "n_attributions", "count", "share", "conf_low", "conf_high", "status", "note")


def describe_shares(
    attributions: pd.DataFrame, of: str | Sequence[str] = "stance", by: str | None = None, *, conf_level: float = 0.95
) -> pd.DataFrame:
    """How often each kind of attribution stands in each group: one row for each group and kind.

    `of` names one or several columns of the attributions table (stance, source_type, naming, mode), whose values are the kinds;
    an empty value is "none". `by` names the column of the groups (outlet, source_type ...); without it all stand together.
    Reported speech is counted, attitudes are not.

    Columns: those of `by` and `of`, then n_articles (with an attribution in the group) n_attributions count share (per cent of
    the group's attributions) conf_low conf_high status note. The interval is that of `describe_outlets`: a jackknife over
    articles, from 5 articles and 5 occurrences on; it ends at 100, and there is none where no article differs.

    Raises ContrastError for a column that the table does not have, and for no attributions.

    >>> table = pd.DataFrame({"article": list("aabb"), "source_type": ["official", "expert", "official", "official"],
    ...                       "stance": ["neutral", "doubt", "neutral", "doubt"]})
    >>> shares = describe_shares(table, "stance", "source_type").round(1)
    >>> shares.query("stance == 'doubt'")[["source_type", "n_attributions", "count", "share"]].values.tolist()
    [['expert', 1, 1, 100.0], ['official', 3, 1, 33.3]]
    """
    kinds = [of] if isinstance(of, str) else list(of)
    speech = _reported_speech(attributions, [*kinds, *([by] if by else [])])
    keys = pd.MultiIndex.from_frame(speech[kinds].drop_duplicates().sort_values(kinds))
    groups = speech[by] if by else pd.Series("all", index=speech.index)
    kind = pd.Series(keys.get_indexer(pd.MultiIndex.from_frame(speech[kinds])), index=speech.index)
    counts = pd.crosstab([speech["article"], groups.rename("outlet")], kind)
    counts.columns = [f"attributions_{code}" for code in counts.columns]
    names = list(counts.columns)
    table = counts.assign(n_attributions=counts.sum(axis=1)).reset_index()
    found = describe_outlets(table.assign(article=range(len(table))), names, conf_level=conf_level)
    found = found.rename(columns={"n_words": "n_attributions", "rate": "share"})
    codes = found["measure"].str.removeprefix("attributions_").astype(int)
    labels = keys.to_frame(index=False).iloc[codes].reset_index(drop=True)
    if by:
        labels.insert(0, by, found["outlet"])
    whole = pd.concat([labels, _bound(found)[list(COLUMNS)]], axis=1)
    return whole.sort_values(list(labels.columns), kind="stable", ignore_index=True)


def _bound(found: pd.DataFrame) -> pd.DataFrame:
    """Intervals up to 100 %; one without width says nothing about how uncertain a share is, so it is taken out."""
    flat = found["conf_high"] - found["conf_low"] < 1e-9
    bounded = found.assign(conf_high=found["conf_high"].clip(upper=100))
    bounded.loc[flat, ["conf_low", "conf_high"]] = float("nan")
    bounded.loc[flat, "status"] = "descriptive"
    bounded.loc[flat, "note"] = "no article differs: the share is described without an interval"
    return bounded


def _reported_speech(attributions: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    missing = [name for name in ("article", *columns) if name not in attributions.columns]
    if missing:
        raise ContrastError(f"The attributions have no column {missing[0]!r}; give the attributions table of an annotation.")
    speech = attributions
    if "scope" in attributions.columns:
        speech = attributions[attributions["scope"] == "reported_speech"]
    if not len(speech):
        raise ContrastError("The table holds no attribution of reported speech; there is nothing to share out.")
    filled = speech[list(columns)].fillna("").astype(str).replace("", "none")
    return filled.assign(article=speech["article"].astype(str))
