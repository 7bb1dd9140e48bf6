"""Lists of articles without their texts, such as Media Cloud's: joined by URL to the files that hold the texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pandas as pd

from framing.corpus.pages import join_key
from framing.corpus.readers import Record, Refused


def join_listings(articles: pd.DataFrame, listings: Sequence[Record]) -> tuple[pd.DataFrame, list[Refused]]:
    """The articles with what the lists say of their URLs, and the rows of the lists for which there is no text.

    A list fills what an article's own record leaves empty, and adds its further columns; its id becomes `listed_id`.
    """
    if not listings:
        return articles, []
    by_key: dict[str, Record] = {}
    refused = []
    for record in listings:
        key = join_key(record.values["url"])
        if key in by_key:
            refused.append(Refused(record.file, record.place, "its URL stands in the list already; remove one of the rows."))
        else:
            by_key[key] = record
    keys = [join_key(url) for url in articles["url"]] if "url" in articles else []
    joined = _fill(articles, [by_key.get(key) for key in keys]) if set(keys) & set(by_key) else articles
    return joined, [*refused, *_without_text([record for key, record in by_key.items() if key not in set(keys)], listings)]


def _fill(articles: pd.DataFrame, found: Sequence[Record | None]) -> pd.DataFrame:
    listed = [_listed(record) if record else {} for record in found]
    names = dict.fromkeys(name for values in listed for name in values)
    filled = {}
    for name in names:
        own = articles[name].tolist() if name in articles else [""] * len(listed)
        empty = ("", "unknown") if name == "outlet" else ("",)
        filled[name] = [values.get(name, one) if one in empty else one for one, values in zip(own, listed, strict=True)]
    return articles.assign(**filled)


def _listed(record: Record) -> dict[str, str]:
    values = {("listed_id" if name == "article" else name): value for name, value in record.values.items()}
    return {name: value for name, value in values.items() if value and name != "url"}


def _without_text(missing: Sequence[Record], listings: Sequence[Record]) -> Iterator[Refused]:
    """Each row without a text; of a list none of whose rows has one, the list as a whole."""
    rows: dict[str, list[Record]] = defaultdict(list)
    for record in missing:
        rows[record.file].append(record)
    for file, found in rows.items():
        if len(found) == sum(record.file == file for record in listings):
            yield Refused(file, f"all rows ({len(found)})", NO_TEXTS)
        else:
            yield from (Refused(file, f"{one.place}, {one.values['url']}", NO_TEXT) for one in found)


NO_TEXT = "no text with this URL stands in the other files; fetch it, or remove the row."
NO_TEXTS = (
    "the file lists articles and holds no texts (as Media Cloud's do not); give a file with columns url and text beside it: "
    "read_articles([LIST, TEXTS])."
)
