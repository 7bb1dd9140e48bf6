"""The codebook: one page per lexicon, written from the lexicons and from the definitions in `measure/codebook.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.measure.lexicon import Entry, Lexicon, LexiconError, load_lexicon
from framing.show.provenance import describe_rule, load_definitions, precision_texts
from framing.show.tables import to_markdown
from framing.store import write_text_file

PRECISION_COLUMNS = ("entry", "genre", "voice", "n", "right")
"""Columns of a table of measured precision: hits of an entry in hand-coded texts and how many of them the coders marked."""
_STATUS = {"core": "", "borderline": "borderline", "off": "never counted"}


def write_codebook(folder: Path, precision: pd.DataFrame | None = None) -> list[Path]:
    """Writes one Markdown page per lexicon and an index; gives their paths.

    `precision` has the columns `PRECISION_COLUMNS`; entries that it does not know are shown without a figure.
    """
    folder.mkdir(parents=True, exist_ok=True)
    definitions = load_definitions()
    measured = precision_texts(precision) if precision is not None else {}
    pages = {name: write_page(load_lexicon(name), about, measured) for name, about in definitions.items()}
    pages["README"] = _index(definitions)
    for name, page in pages.items():
        write_text_file(folder / f"{name}.md", page)
    return [folder / f"{name}.md" for name in pages]


def read_precision(path: Path) -> pd.DataFrame:
    """A table of measured precision (`PRECISION_COLUMNS`, .csv). Raises LexiconError for a file that cannot be used."""
    try:
        table = pd.read_csv(path, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise LexiconError(f"{path} cannot be read as .csv ({str(error).splitlines()[0]}); give a readable file.") from None
    missing = [name for name in PRECISION_COLUMNS if name not in table]
    if missing:
        raise LexiconError(f"{path} has no column {missing[0]!r}; measured precision needs {', '.join(PRECISION_COLUMNS)}.")
    return table


def write_page(lexicon: Lexicon, about: Mapping[str, Any], measured: Mapping[str, str]) -> str:
    """A lexicon's page; `measured` gives an entry's precision as text."""
    entries = list(lexicon)
    parts = [
        f"# {about['title']}\n\nLexicon `{lexicon.name}`, version `{lexicon.digest}`, {len(entries)} entries.",
        _facts(about),
        _categories(entries, about["categories"]),
        *(_entries(category, entries, measured) for category in dict.fromkeys(entry.category for entry in entries)),
        _rules(entries),
        _list("Decisions", about["decisions"]),
        _list("To resolve", about["open"]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(about: Mapping[str, Any]) -> str:
    lines = [f"**{name.capitalize()}.** {about[name]}" for name in ("definition", "unit", "denominator", "literature")]
    return "\n\n".join(lines)


def _categories(entries: Sequence[Entry], definitions: Mapping[str, str]) -> str:
    names = list(dict.fromkeys(entry.category for entry in entries))
    counts = {name: sum(entry.category == name and entry.status != "off" for entry in entries) for name in names}
    return "## Categories\n\n" + _table(
        ("category", "entries", "what"), ((name, str(counts[name]), definitions.get(name, "")) for name in names)
    )


def _entries(category: str, entries: Sequence[Entry], measured: Mapping[str, str]) -> str:
    rows = [
        (
            f"`{entry.id.partition('/')[2]}`",
            ", ".join(entry.forms),
            _kind(entry),
            ", ".join(f"`{rule.id}`" for rule in entry.rules),
            measured.get(entry.id, ""),
            entry.example,
            entry.counterexample,
        )
        for entry in entries
        if entry.category == category
    ]
    head = ("entry", "forms", "classes", "rules", "precision", "counts", "does not count")
    return f"## Entries: {category}\n\n" + _table(head, rows)


def _kind(entry: Entry) -> str:
    classes = [f"{scheme}: {value}" for scheme, value in entry.classes.items()]
    return "; ".join(filter(None, [_STATUS[entry.status], entry.source, *classes]))


def _rules(entries: Sequence[Entry]) -> str:
    rules = {rule.id: rule for entry in entries for rule in entry.rules}
    if not rules:
        return ""
    rows = [(f"`{rule.id}`", describe_rule(rule), rule.example, rule.counterexample) for _, rule in sorted(rules.items())]
    return "## Context rules\n\n" + _table(("rule", "what it asks", "passes", "is stopped"), rows)


def _index(definitions: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [
        (f"[{about['title']}]({name}.md)", about["definition"], f"`{load_lexicon(name).digest}`")
        for name, about in definitions.items()
    ]
    text = (
        "# Codebook\n\nWhat each measure counts, entry by entry. These pages are written by `framing lexicon codebook` from the "
        "lexicons, so they cannot differ from what is counted.\n\nHow to read an entry: *forms* are what is looked for, in any "
        "case unless written with a capital; *rules* are conditions on the words around it; *counts* and *does not count* are "
        "sentences that `framing lexicon check` runs; *precision* says how many of the entry's hits hand coders had marked, with "
        "a 95 % Wilson interval, by genre and voice, in training texts.\n\n"
    )
    return text + _table(("measure", "definition", "version"), rows)


def _list(title: str, sentences: Iterable[str]) -> str:
    items = [f"- {sentence}" for sentence in sentences]
    return "\n".join([f"## {title}\n", *items]) if items else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return to_markdown(pd.DataFrame(list(rows), columns=list(head))).rstrip("\n")
