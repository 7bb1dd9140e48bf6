"""Lexicons: entries and context rules as data, each with the sentence that must match and the one that must not.

A lexicon is a CSV file under `framing/measure/lexicons/`; its name is the measure's name. Context rules are rows of
`rules*.csv`. A bad row is refused with its file and line. Dictionaries of other people become lexicons of patterns.
"""

from __future__ import annotations

import csv
import hashlib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from framing.corpus.kept import keep
from framing.measure.dictionaries import read_dictionary
from framing.measure.sheets import is_own_format
from framing.measure.tags import CLASSES
from framing.measure.terms import LexiconError
from framing.measure.text import find_words

__all__ = [
    "Entry",
    "Lexicon",
    "LexiconError",
    "Rule",
    "digest_of",
    "lexicon_digest",
    "list_lexicons",
    "load_lexicon",
    "load_rules",
]

LEXICONS = Path(__file__).parent / "lexicons"
WEIGHTS = Path(__file__).parent / "weights"
COLUMNS = (
    "id", "forms", "pos", "category", "rules", "weight", "source", "example", "counterexample", "added", "status",
)  # fmt: skip
CLASS_COLUMNS = ("szarvas", "vincze", "hyland", "prince", "rubin")
"""Optional columns: the entry's class in published schemes (Szarvas et al. 2012; Vincze 2013; Hyland 2005; Prince et al. 1982)
and its level of certainty (Rubin 2006: absolute, high, moderate, low, uncertain)."""
STATUSES = ("core", "borderline", "off")
SURFACE_CLASSES = ("NUMBER", "MONTH", "CAPITAL", "START", "END", "COMMA", "TO", "NOT")


@dataclass(frozen=True)
class Rule:
    """A context condition of an entry."""

    id: str
    """The name that entries use."""
    effect: str
    """`require` (the condition must hold) or `block` (the hit is dropped where it holds)."""
    side: str
    """`before`, `after`, `around` (both) or `self`."""
    within: int
    """How many words away the condition looks; 1 is the adjacent word."""
    forms: tuple[str, ...]
    """Words (lower case) and classes in capitals, any of which fulfils the condition."""
    source: str
    """The literature the distinction comes from, or `chosen`."""
    example: str
    """A sentence with the tested word in [brackets], where the rule lets the hit pass."""
    counterexample: str
    """A sentence with the tested word in [brackets], where the rule stops the hit."""


@dataclass(frozen=True)
class Entry:
    """One lexicon row: what is looked for, when it counts, and where the decision comes from."""

    id: str
    """`measure/headword`; the `entry` of every mark."""
    measure: str
    """The lexicon the entry stands in."""
    forms: tuple[str, ...]
    """Surface forms; one with a capital matches only with exactly that case."""
    pos: str
    """Part of speech, descriptive."""
    category: str
    """The measure's category."""
    rules: tuple[Rule, ...]
    """Context conditions, all of which must pass."""
    weight: float
    """1 unless the lexicon weighs its entries."""
    source: str
    """The literature the construct comes from."""
    example: str
    """A sentence in which the entry must be marked."""
    counterexample: str
    """A sentence in which it must not."""
    added: str
    """ISO date."""
    status: str
    """`core`, `borderline` (counted, dropped in robustness runs) or `off` (takes its place in the text, never counted)."""
    precision: float = float("nan")
    """Attribution cues: the lexicon's weight read as measured precision; missing where none was measured."""
    lemma: str = ""
    """Attribution cues: the verb's or noun's base form."""
    scope: str = ""
    """Attribution cues: `reported_speech` or `attitude`."""
    classes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The entry's class in published schemes, by `CLASS_COLUMNS`."""
    frames: frozenset[str] = frozenset()
    """Attribution cues: the complements that make an attribution (quote, that, clause, object, infinitive, phrase ...)."""


@dataclass(frozen=True)
class Lexicon:
    """The entries of one measure."""

    name: str
    """The measure's name."""
    entries: Mapping[str, Entry]
    """Entries by id, in file order."""
    digest: str = field(repr=False)
    """First 12 hex digits of the SHA-256 over the file's bytes."""
    has_patterns: bool = False
    """Whether it is a dictionary of other people, in whose forms `*` and `?` stand for letters and case does not count."""
    skipped: tuple[str, ...] = field(default=(), repr=False)
    """One sentence for each thing in the file that is not used, with file and line."""

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)


def list_lexicons() -> list[str]:
    """Names of the lexicons that come with the package.

    >>> "hedging" in list_lexicons()
    True
    """
    return sorted(path.stem for path in LEXICONS.glob("*.csv") if not path.stem.startswith("rules"))


def load_lexicon(name: str | Path) -> Lexicon:
    """A lexicon by name (see `list_lexicons`) or by path: a CSV file with the columns of `COLUMNS`, or a dictionary.

    Dictionaries of other people are read from LIWC (.dic, .dicx), quanteda (.yml), Lexicoder (.lc3, .lcd), WordStat (.cat),
    Yoshikoder (.ykd) and tables with columns such as word, category and weight (.csv, .tsv); each pattern of each category is an
    entry. What cannot be used is left out, named in a warning and listed in `.skipped`.

    Raises LexiconError with file and line for a file that is not of its kind, and in this project's own format for a missing
    column, an unknown rule or status, a repeated id or form.

    >>> load_lexicon("hedging").entries["hedging/may"].category
    'epistemic'
    """
    path = LEXICONS / f"{name}.csv" if str(name) in list_lexicons() else Path(name)
    if not path.is_file():
        raise LexiconError(f"There is no lexicon {str(name)!r}; the known ones are {', '.join(list_lexicons())}.")
    return _load(path) if path.suffix == ".csv" and is_own_format(path) else _load_dictionary(path)


def _load_dictionary(path: Path) -> Lexicon:
    terms, skipped = read_dictionary(path)
    entries = [
        Entry(
            id=f"{path.stem}/{category}/{term.pattern}", measure=path.stem, forms=(term.pattern,), pos="", category=category,
            rules=(), weight=term.weight, source=path.name, example="", counterexample="", added="", status="core",
        )
        for category, term in terms
    ]  # fmt: skip
    if skipped:
        count = "1 thing is" if len(skipped) == 1 else f"{len(skipped)} things are"
        warnings.warn(f"{count} not used; see .skipped. The first: {skipped[0]}", stacklevel=3)
    return Lexicon(path.stem, {entry.id: entry for entry in entries}, digest_of(path), has_patterns=True, skipped=tuple(skipped))


@cache
def _load(path: Path) -> Lexicon:
    return keep(f"lexicon-{path.stem}", lambda: _read(path)) if path.parent == LEXICONS else _read(path)


def _read(path: Path) -> Lexicon:
    rules = load_rules()
    entries: dict[str, Entry] = {}
    owners: dict[tuple[str, ...], str] = {}
    for line, row in _rows(path, COLUMNS):
        entry = _entry(path, line, row, rules)
        if entry.id in entries:
            raise LexiconError(f"{path.name}, line {line}: the id {entry.id!r} stands twice; give one of the rows another id.")
        for form in entry.forms:
            key = tuple(word.key for word in find_words(form))
            if not key:
                raise LexiconError(
                    f"{path.name}, line {line}: the form {form!r} of {entry.id} holds no word; write one or drop it."
                )
            if key in owners:
                raise LexiconError(
                    f"{path.name}, line {line}: the form {form!r} of {entry.id} stands already in {owners[key]}; keep it once."
                )
            owners[key] = entry.id
        entries[entry.id] = entry
    return Lexicon(path.stem, entries, digest_of(path))


def _entry(path: Path, line: int, row: dict[str, str], rules: Mapping[str, Rule]) -> Entry:
    names = [name for name in row["rules"].split("|") if name]
    unknown = [name for name in names if name not in rules]
    if unknown:
        raise LexiconError(f"{path.name}, line {line}: unknown rule {unknown[0]!r}; add it to rules.csv or correct the name.")
    if row["status"] not in STATUSES:
        raise LexiconError(f"{path.name}, line {line}: status {row['status']!r} is none of {', '.join(STATUSES)}.")
    for column in ("id", "forms", "category", "source", "example", "counterexample"):
        if not row[column].strip():
            raise LexiconError(f"{path.name}, line {line}: the column {column!r} is empty; every entry needs one.")
    try:
        weight = float(row["weight"] or 1)
    except ValueError:
        raise LexiconError(f"{path.name}, line {line}: weight {row['weight']!r} is not a number.") from None
    return Entry(
        id=row["id"], measure=path.stem, forms=tuple(row["forms"].split("|")), pos=row["pos"], category=row["category"],
        rules=tuple(rules[name] for name in names), weight=weight, source=row["source"], example=row["example"],
        counterexample=row["counterexample"], added=row["added"], status=row["status"],
        precision=weight if row["weight"] else float("nan"), classes={name: row[name] for name in CLASS_COLUMNS if row.get(name)},
        lemma=row.get("lemma", ""), scope=row.get("scope", ""),
        frames=frozenset(filter(None, row.get("frames", "").split("|"))),
    )  # fmt: skip


@cache
def load_rules() -> dict[str, Rule]:
    """The context rules by id, from all `rules*.csv`."""
    columns = ("id", "effect", "side", "within", "forms", "source", "example", "counterexample")
    rules: dict[str, Rule] = {}
    for path in sorted(LEXICONS.glob("rules*.csv")):
        for line, row in _rows(path, columns):
            if row["id"] in rules:
                raise LexiconError(f"{path.name}, line {line}: the rule {row['id']!r} stands twice; keep one.")
            rules[row["id"]] = _rule(path, line, row)
    return rules


def _rule(path: Path, line: int, row: dict[str, str]) -> Rule:
    if row["effect"] not in ("require", "block") or row["side"] not in ("before", "after", "around", "self"):
        raise LexiconError(f"{path.name}, line {line}: effect must be require or block, side before, after, around or self.")
    forms = tuple(row["forms"].split("|"))
    unknown = [form for form in forms if form.isupper() and form not in CLASSES and form not in SURFACE_CLASSES]
    if unknown:
        raise LexiconError(f"{path.name}, line {line}: unknown word class {unknown[0]!r} in rule {row['id']!r}.")
    return Rule(
        row["id"], row["effect"], row["side"], int(row["within"] or 1), forms, row["source"], row["example"],
        row["counterexample"]
    )  # fmt: skip


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise LexiconError(f"{path.name}: the column {missing[0]!r} is missing; a lexicon needs {', '.join(columns)}.")
        for row in reader:
            if None in row or None in row.values():
                raise LexiconError(f"{path.name}, line {reader.line_num}: the number of cells differs from the header's.")
            yield reader.line_num, row


def digest_of(*paths: Path) -> str:
    """First 12 hex digits of the SHA-256 over the bytes of files, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def lexicon_digest() -> str:
    """The version hash of all lexicons, rules and attribution weights together; `run.json` carries it."""
    return digest_of(*sorted(LEXICONS.glob("*.csv")), *sorted(WEIGHTS.glob("*.csv")), LEXICONS.parent / "offices.csv")
