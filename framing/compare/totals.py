"""Counts and rates of groups of articles, however many articles there are: only the columns that are asked for are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from framing.compare.quantities import ContrastError, Quantity, choose_quantity

PERIODS = {"year": 4, "month": 7, "day": 10}
"""What may stand in `by` beside the columns of the scores, and how much of the date it is."""


def sum_scores(
    scores: pd.DataFrame | str | Path,
    measures: str | Sequence[str],
    *,
    by: str | Sequence[str] = ("outlet", "month"),
    voice: str = "journalist",
) -> pd.DataFrame:
    """Counts, exposures and rates of each group of articles: one row for each measure and group, in order of the groups.

    `scores` is a table of scores, or a folder of results or a Parquet file, which is gone through without being held in memory.
    `by` names columns, or "year", "month" and "day" of the date; articles without a date stand in a group "". Columns: measure,
    those of `by`, n_articles, count, exposure, rate (per 1,000 words, or per 100 of what else the exposure counts; missing where
    it is 0). Sums describe; whether outlets differ is asked of `compare_outlets`.

    Raises ContrastError for a measure or column that is not there, or a folder without `scores.parquet`.

    >>> import framing as fr
    >>> scores = fr.score_articles(fr.annotate(fr.read_articles(fr.DEMO), progress=False))
    >>> fr.sum_scores(scores, "hedging", by="outlet")[["outlet", "n_articles", "count"]].head(2).to_dict("list")
    {'outlet': ['Caldria Public Radio', 'Daily Lantern'], 'n_articles': [6, 6], 'count': [4, 2]}
    """
    quantities = [choose_quantity(name, voice) for name in ([measures] if isinstance(measures, str) else measures)]
    groups = [by] if isinstance(by, str) else list(by)
    source = _open(scores)
    _check(source.schema.names, quantities, groups)
    sums = _add_up(source, groups, sorted({name for one in quantities for name in (one.count, one.exposure)}))
    rows = [_rates(sums, groups, quantity) for quantity in quantities]
    return pd.concat(rows, ignore_index=True)


def _open(scores: pd.DataFrame | str | Path) -> ds.Dataset:
    if isinstance(scores, pd.DataFrame):
        plain = scores.copy(deep=False)
        plain.attrs = {}
        return ds.dataset(pa.Table.from_pandas(plain, preserve_index=False))
    path = Path(scores) / "scores.parquet" if Path(scores).is_dir() else Path(scores)
    if not path.is_file():
        raise ContrastError(f"There is no {path}; write results as Parquet (`framing score --format parquet`) or give the table.")
    return ds.dataset(path, format="parquet")


def _check(names: Sequence[str], quantities: Sequence[Quantity], groups: Sequence[str]) -> None:
    for quantity in quantities:
        for column in (quantity.count, quantity.exposure):
            if column not in names:
                raise ContrastError(f"There is no measure {quantity.measure!r} in the scores: the column {column!r} is missing.")
    for group in groups:
        if ("date" if group in PERIODS else group) not in names:
            raise ContrastError(f"There is no column {group!r} for by=; the scores have {', '.join(names[:6])} ...")


def _add_up(source: ds.Dataset, groups: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Sums of some columns and the number of articles, one row for each group."""
    parts = pa.concat_tables(_sums_of_batches(source, groups, columns))
    sums = parts.group_by(groups).aggregate([(name, "sum") for name in (*columns, "n_articles")])
    return sums.sort_by([(name, "ascending") for name in groups]).to_pandas()


def _sums_of_batches(source: ds.Dataset, groups: Sequence[str], columns: Sequence[str]) -> Iterator[pa.Table]:
    wanted: dict[str, Any] = {name: ds.field(name) for name in columns}
    for name in groups:
        column = pc.coalesce(ds.field("date" if name in PERIODS else name).cast(pa.string()), pa.scalar(""))
        wanted[name] = pc.utf8_slice_codeunits(column, 0, PERIODS[name]) if name in PERIODS else column
    for batch in source.to_batches(columns=wanted):
        sums = (
            pa.Table.from_batches([batch]).group_by(groups).aggregate([*((name, "sum") for name in columns), ([], "count_all")])
        )
        yield sums.rename_columns([*groups, *columns, "n_articles"])


def _rates(sums: pd.DataFrame, groups: Sequence[str], quantity: Quantity) -> pd.DataFrame:
    count, exposure = sums[f"{quantity.count}_sum"], sums[f"{quantity.exposure}_sum"]
    rate = quantity.per * count / exposure.where(exposure > 0)
    columns = {"n_articles": sums["n_articles_sum"], "count": count, "exposure": exposure, "rate": rate}
    return sums[list(groups)].assign(measure=quantity.measure, **columns)[["measure", *groups, *columns]]
