"""Coding sheets: a random sample of articles for a person to code, and the filled sheet back beside the scores."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from framing.compare.coding import CodingError
from framing.compare.quantities import choose_quantity

SHEET_COLUMNS = ("article", "title", "text", "p_gold")


def write_coding_sheet(
    articles: pd.DataFrame,
    path: str | Path,
    measures: str | Sequence[str],
    *,
    n: int,
    seed: int = 0,
    per_outlet: bool = True,
) -> pd.DataFrame:
    """Draw articles at random and write them as a CSV sheet with an empty column per measure; gives the sheet.

    `articles` is the table of `read_articles` (article, outlet, title, text). From each outlet `n` articles are drawn, or all
    where it has fewer; with `per_outlet=False` `n` from all articles together. The coder writes into every measure's column how
    often it occurs in the article, 0 included. The sheet is blind: it holds neither the outlet nor anything the tool found, and
    its order is random, so that a coder who stops half-way has still coded a random sample.

    Columns: article title text, the measures (empty), p_gold: the probability with which the article was drawn, which
    gold-corrected contrasts need. `read_coding_sheet` reads the filled sheet.

    Raises CodingError where the path exists (it may hold a coder's work), and for measures or an `n` that cannot be.

    >>> import tempfile
    >>> articles = pd.DataFrame({"article": list("abcdef"), "outlet": list("xxxxyy"), "title": "", "text": "It may rain."})
    >>> sheet = write_coding_sheet(articles, Path(tempfile.mkdtemp()) / "sheet.csv", "hedging", n=2)
    >>> sheet[["article", "hedging", "p_gold"]].sort_values("article").values.tolist()
    [['a', '', 0.5], ['c', '', 0.5], ['e', '', 1.0], ['f', '', 1.0]]
    """
    names, path = [measures] if isinstance(measures, str) else list(measures), Path(path)
    _check_sheet(articles, path, names, n)
    rng = np.random.default_rng(seed)
    groups = articles.groupby("outlet", sort=True) if per_outlet else articles.groupby(lambda _: 0)
    drawn = [group.iloc[rng.permutation(len(group))[:n]].assign(p_gold=min(n, len(group)) / len(group)) for _, group in groups]
    rows = pd.concat(drawn).iloc[rng.permutation(sum(map(len, drawn)))]
    sheet = pd.DataFrame({"article": rows["article"]})
    for name in ("title", "text"):
        sheet[name] = rows.get(name, "")
    sheet = sheet.assign(**dict.fromkeys(names, ""), p_gold=rows["p_gold"]).reset_index(drop=True)
    partial = path.with_name(path.name + ".part")  # so that no half-written sheet carries the name; Excel wants the -sig
    sheet.to_csv(partial, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC, encoding="utf-8-sig")
    partial.replace(path)
    return sheet


def _check_sheet(articles: pd.DataFrame, path: Path, measures: Sequence[str], n: int) -> None:
    if path.exists():
        raise CodingError(f"{path} exists and may hold a coder's work; give another name or remove it.")
    bad = [name for name in measures if not name.strip() or name in SHEET_COLUMNS or list(measures).count(name) > 1]
    if bad or not measures:
        raise CodingError(f"The measures to code are {list(measures)}; name each once, and none of {', '.join(SHEET_COLUMNS)}.")
    if n < 1 or not len(articles):
        raise CodingError(f"A sheet with n={n} of {len(articles)} articles is empty; draw 1 or more.")


def read_coding_sheet(path: str | Path, scores: pd.DataFrame) -> pd.DataFrame:
    """The scores with the coder's counts: columns `<measure>_gold` and `p_gold`, missing where an article was not coded.

    A row counts when all its cells are good; a measure whose column is empty altogether is left out, a row without any count is
    not coded yet. Every bad cell (an unknown or repeated article, a count that is no whole number or below 0, a missing count
    beside a given one, a probability that is none) is named in `.attrs["refused"]` as a dict of file, record and reason, and a
    warning says how many there are. The row of a record is that of the spreadsheet, the header being row 1.

    Where not every drawn article of an outlet was coded, p_gold is the sheet's probability times the share that was: right if
    the coder worked down the sheet, whose order is random.

    Raises CodingError where the file cannot be read, has no columns `article` and `p_gold`, or no measure with a count.
    """
    path = Path(path)
    sheet = _read_sheet(path)
    measures = [name for name in sheet.columns if name not in SHEET_COLUMNS and name.strip() and (sheet[name] != "").any()]
    if not measures:
        raise CodingError(f"{path.name}: no measure has a count; fill in its column, 0 where an article has none.")
    refused = list(_refuse(sheet, measures, set(scores["article"].astype(str))))
    bad = {row for row, _ in refused}
    kept = sheet[~sheet.index.isin(bad) & (sheet[measures] != "").any(axis=1)].set_index("article", drop=False)
    gold = kept[measures].map(_number).add_suffix("_gold")
    gold["p_gold"] = kept["p_gold"].map(_number) * _share_coded(sheet["article"], kept["article"], scores)
    taken = [name for name in gold.columns if name in scores.columns]
    if taken:
        raise CodingError(f"{path.name}: the scores have a column {taken[0]!r} already; read the sheet into scores without it.")
    table = scores.join(gold.reindex(scores["article"].astype(str)).set_axis(scores.index))
    table.attrs["refused"] = [{"file": path.name, "record": f"row {row}", "reason": reason} for row, reason in refused]
    if refused:
        first = f"{path.name}, row {refused[0][0]}: {refused[0][1]}"
        warnings.warn(f"{len(bad)} row(s) of the sheet do not count; see .attrs['refused']. The first: {first}", stacklevel=2)
    return table


def _read_sheet(path: Path) -> pd.DataFrame:
    """The sheet's cells as text, indexed by the spreadsheet's row; spreadsheets save with commas, semicolons or tabs."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            separator = max(",;\t", key=file.readline().count)
        rows = pd.read_csv(
            path, sep=separator, header=None, dtype=str, keep_default_na=False, skip_blank_lines=False, encoding="utf-8-sig"
        )
    except (OSError, ValueError) as error:  # pandas' own errors are ValueErrors
        reason = str(error).strip().splitlines()[0]
        raise CodingError(f"{path.name}: the sheet cannot be read ({reason}); save it as CSV in UTF-8.") from None
    cells = rows.fillna("").map(str.strip)
    header = cells.iloc[0].tolist()
    for name in ("article", "p_gold", *header):
        if name and header.count(name) != 1:
            raise CodingError(f"{path.name}: the header must have one column {name!r} (found: {', '.join(header)}).")
    return cells.iloc[1:].set_axis(header, axis=1).set_axis(range(2, len(cells) + 1))


def _refuse(sheet: pd.DataFrame, measures: Sequence[str], known: set[str]) -> Iterator[tuple[int, str]]:
    """Row and reason of every bad cell, in the rows that hold a count."""
    rows: dict[str, int] = {}
    for row, cells in sheet[(sheet[measures] != "").any(axis=1)].iterrows():
        article, number = cells["article"], int(str(row))
        if article not in known:
            yield number, f"the article {article!r} is not in the scores; restore its id"
        elif article in rows:
            yield number, f"the article {article!r} stands already in row {rows[article]}; keep one of the two"
        rows.setdefault(article, number)
        if not 0 < _number(cells["p_gold"]) <= 1:
            yield number, f"p_gold is {cells['p_gold']!r}; restore the probability that the sheet was written with"
        for name in measures:
            if not cells[name]:
                yield number, f"{name} is empty; give a count, 0 where the article has none"
            elif not re.fullmatch(r"[0-9]+([.,]0+)?", cells[name]):
                yield number, f"{name} is {cells[name]!r}; counts are 0, 1, 2 and so on"


def _number(cell: str) -> float:
    """A cell's number, with a decimal point or comma; missing where it is none."""
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return float("nan")


def _share_coded(drawn: pd.Series, coded: pd.Series, scores: pd.DataFrame) -> pd.Series:
    """For each coded article the share of its outlet's drawn articles that were coded."""
    outlets = pd.Series(scores["outlet"].to_numpy(), index=scores["article"].astype(str))
    n_drawn, n_coded = (outlets[outlets.index.isin(set(articles))].value_counts() for articles in (drawn, coded))
    return outlets.map(n_coded / n_drawn).reindex(coded)


def sheet_counts(scores: pd.DataFrame) -> pd.DataFrame:
    """The tool's and the coder's counts of every coded article, for `validate_measure`: measure article outlet n_found n_gold.

    `scores` come from `read_coding_sheet`. A measure of the sheet is counted in all words of the article, like the column of its
    name; name `hedging_journalist` in the sheet to code the journalist's own words.

    Raises CodingError for a coded measure that the scores do not hold.
    """
    measures = [name.removesuffix("_gold") for name in scores.columns if name.endswith("_gold") and name != "p_gold"]
    tables = []
    for measure in measures:
        found = choose_quantity(measure, "all").count
        if found not in scores.columns:
            raise CodingError(f"The sheet codes {measure!r}, but the scores have no column {found!r}; name the measure as there.")
        coded = scores[scores[f"{measure}_gold"].notna()]
        counts = pd.DataFrame({"n_found": coded[found].astype(int), "n_gold": coded[f"{measure}_gold"].astype(int)})
        tables.append(pd.concat([coded[["article", "outlet"]], counts], axis=1).assign(measure=measure))
    if not tables:
        raise CodingError("The scores hold no coded measure; read a filled sheet with read_coding_sheet.")
    return pd.concat(tables, ignore_index=True)[["measure", "article", "outlet", "n_found", "n_gold"]]
