"""What a corpus holds, on one page: articles, lengths, page furniture, copies, shared stories, languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

import pandas as pd

from framing.corpus.cleaning import exclude_furniture
from framing.corpus.copies import find_copies, group_copies
from framing.corpus.days import number_days
from framing.corpus.languages import UNKNOWN, guess_language
from framing.corpus.progress import follow

QUARTILES = {"shortest": 0.0, "lower_quartile": 0.25, "median": 0.5, "upper_quartile": 0.75, "longest": 1.0}
# Rows that the page shows of a table; the table itself is whole (chosen: one page).
MOST_ROWS = 15
NO_DATE = "no date"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, repr=False)
class CorpusReport:
    """Small tables that say what a corpus holds."""

    months: pd.DataFrame
    """Articles of each outlet (columns) in each month (rows); the last row counts those without an ISO date."""
    lengths: pd.DataFrame
    """Of each outlet: articles, and quartiles of words, page furniture left out."""
    furniture: pd.DataFrame
    """Of each outlet: articles with page furniture, and the share of its characters that are furniture, in per cent."""
    copies: pd.DataFrame
    """Of each pair of outlets (one outlet with itself too): copies and pairs of articles that share passages."""
    stories: pd.DataFrame
    """For each number of outlets: stories that so many outlets tell. Empty where no article has a story."""
    languages: pd.DataFrame
    """Articles that are not in English: article outlet language share n_words. Short texts are never among them."""
    undated: tuple[str, ...]
    """Articles without an ISO date."""
    n_copied: int
    """Articles that are a copy of an earlier one (all but the first of each group)."""

    def __repr__(self) -> str:
        """The report as one page of Markdown."""
        return to_page(self)

    def _repr_markdown_(self) -> str:
        return re.sub("^#", "###", to_page(self), flags=re.MULTILINE)  # below the headings of a notebook


def describe_corpus(articles: pd.DataFrame, *, progress: bool | None = None) -> CorpusReport:
    """Articles by outlet and month, lengths, furniture, copies, shared stories, and languages that are not English.

    Nothing is changed and nothing refused: the report says what to look at before anything is measured. Its fields are tables;
    `print(report)` gives one page of Markdown. Stories are those in the column `story`; `match_stories` fills it. `progress`
    shows a bar (default: where it is seen).

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> report = describe_corpus(read_articles(DEMO))
    >>> report.stories.values.tolist(), report.n_copied
    ([[4, 6]], 1)
    """
    table = articles.reset_index(drop=True)
    outlet = table.get("outlet", pd.Series("unknown", index=table.index, dtype="str")).astype("str")
    excluded = exclude_furniture(table if "title" in table else table.assign(title=""), progress=progress)
    pairs = find_copies(table, excluded=excluded, progress=progress)
    days = number_days(table)
    grouped = group_copies(table, pairs)["copies"]
    return CorpusReport(
        months=_months(table, outlet),
        lengths=_lengths(table, outlet, excluded),
        furniture=_furniture(table, outlet, excluded),
        copies=_copies(pairs),
        stories=_stories(table, outlet),
        languages=list_languages(table, progress=progress),
        undated=tuple(table["article"][pd.isna(days)].astype("str")),
        n_copied=int((grouped[grouped != ""].duplicated()).sum()),
    )


def _months(articles: pd.DataFrame, outlet: pd.Series) -> pd.DataFrame:
    dated = ~pd.isna(number_days(articles))
    dates = articles.get("date", pd.Series("", index=articles.index)).astype("str")
    month = dates.str[:7].where(dated, NO_DATE)
    counts = pd.crosstab(month.rename("month"), outlet.rename("outlet"))
    return counts.reset_index().rename_axis(columns=None)


def _lengths(articles: pd.DataFrame, outlet: pd.Series, excluded: pd.DataFrame) -> pd.DataFrame:
    left_out = excluded["text"].map(_count_words).groupby(excluded["article"]).sum()
    words = articles["text"].map(_count_words) - articles["article"].map(left_out).fillna(0)
    by_outlet = words.groupby(outlet.rename("outlet"))
    quartiles = {name: by_outlet.quantile(share).round().astype("int64") for name, share in QUARTILES.items()}
    return pd.DataFrame({"articles": by_outlet.size(), **quartiles, "words": by_outlet.sum().astype("int64")}).reset_index()


def _count_words(text: str) -> int:
    return len(_WORD.findall(text))


def _furniture(articles: pd.DataFrame, outlet: pd.Series, excluded: pd.DataFrame) -> pd.DataFrame:
    spans = (excluded["end"] - excluded["start"]).astype("int64").groupby(excluded["article"]).sum()
    characters = articles["article"].map(spans).fillna(0)
    by_outlet = outlet.rename("outlet")
    share = characters.groupby(by_outlet).sum() / articles["text"].str.len().groupby(by_outlet).sum()
    with_any = (characters > 0).groupby(by_outlet).sum()
    return pd.DataFrame({"articles_with_furniture": with_any, "per_cent": (100 * share).round(2)}).reset_index()


def _copies(pairs: pd.DataFrame) -> pd.DataFrame:
    if pairs.empty:
        return pd.DataFrame(columns=["outlet", "outlet_2", "copies", "shared_passages"])
    one, other = pairs[["outlet", "outlet_2"]].min(axis=1), pairs[["outlet", "outlet_2"]].max(axis=1)
    named = pd.DataFrame(
        {"outlet": one, "outlet_2": other, "copies": pairs["kind"] == "copy", "shared_passages": pairs["kind"] == "shared"}
    )
    sums = named.groupby(["outlet", "outlet_2"]).sum().reset_index()
    return sums.sort_values(["copies", "shared_passages"], ascending=False, kind="stable", ignore_index=True)


def _stories(articles: pd.DataFrame, outlet: pd.Series) -> pd.DataFrame:
    story = articles.get("story", pd.Series("", index=articles.index)).fillna("").astype("str")
    told = outlet[story != ""].groupby(story[story != ""]).nunique()
    counts = told.value_counts().sort_index(ascending=False)
    return pd.DataFrame({"outlets": counts.index.to_numpy(dtype="int64"), "stories": counts.to_numpy(dtype="int64")})


def list_languages(articles: pd.DataFrame, *, progress: bool | None = False) -> pd.DataFrame:
    """The articles that are not in English, with the language and the share of its small words: article outlet language share
    n_words.

    A text of fewer than 20 words is never listed, nor one whose language is not known.

    >>> list_languages(pd.DataFrame({"article": ["a"], "outlet": ["x"], "text": ["Guten Morgen, Orrel!"]})).empty
    True
    """
    guesses = [guess_language(text) for text in follow(articles["text"].tolist(), "languages", progress, unit="articles")]
    foreign = [number for number, guess in enumerate(guesses) if guess.language not in ("English", UNKNOWN)]
    names = [name for name in ("article", "outlet") if name in articles]
    rows = articles[names].iloc[foreign].reset_index(drop=True)
    found = pd.DataFrame([guesses[number] for number in foreign], columns=["language", "share", "n_words"])
    return rows.join(found.round(3))


def to_page(report: CorpusReport) -> str:
    """The report as one page of Markdown: a heading, a sentence and a table for each part."""
    sections = [f"# {report.lengths['articles'].sum()} articles, {len(report.lengths)} outlets"]
    for field in fields(report):
        table = getattr(report, field.name)
        if isinstance(table, pd.DataFrame):
            sections += [f"## {field.name.capitalize()}", _sentence(report, field.name), _markdown(table)]
    return "\n\n".join(section for section in sections if section) + "\n"


def _sentence(report: CorpusReport, name: str) -> str:
    n_shared = int(report.stories.loc[report.stories["outlets"] > 1, "stories"].sum())
    undated = f"Articles without an ISO date: {len(report.undated)} ({_some(report.undated)})." if report.undated else ""
    return {
        "months": undated,
        "lengths": "Words by article, page furniture left out.",
        "furniture": "Per cent of the characters; each line and the rule that found it are in `.excluded`.",
        "copies": f"Copies of an earlier article: {report.n_copied}; `find_copies` lists the pairs.",
        "stories": f"Stories told by two outlets or more: {n_shared}.",
        "languages": f"Articles that are not in English: {len(report.languages)}."
        if len(report.languages)
        else "All in English.",
    }[name]


def _some(ids: tuple[str, ...]) -> str:
    return ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")


def _markdown(table: pd.DataFrame) -> str:
    if table.empty:
        return ""
    rule = ["---:" if kind.kind in "if" else "---" for kind in table.dtypes]
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (table.columns, rule)]
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in table.head(MOST_ROWS).itertuples(index=False)]
    lines += ["| " + " | ".join(row) + " |" for row in cells]
    more = [f"| ... and {len(table) - MOST_ROWS} more |"] if len(table) > MOST_ROWS else []
    return "\n".join(lines + more)
