"""Other people's dictionaries: which reader reads which kind of file, and the formats with one word to a line.

Categories within categories are joined by full stops, as quanteda's are ("economy.taxes"). What cannot be used is listed with
its line; everything else is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from framing.measure.sheets import read_dicx, read_sheet
from framing.measure.terms import LexiconError, Reading, Skipped, Term, read_number, read_text
from framing.measure.trees import read_xml, read_yaml
from framing.measure.wildcards import PatternError, split_pattern


class Dictionary(NamedTuple):
    """A dictionary as read."""

    terms: list[tuple[str, Term]]
    """Category, its levels joined, and term, its words as a text's are spelled, in file order, none twice."""
    skipped: list[str]
    """One sentence for each thing that is not used, with file and line."""


def read_dictionary(path: Path) -> Dictionary:
    """Reads a dictionary by the ending of its file's name.

    Raises LexiconError for an unknown ending, for a file that is not of its kind, and where nothing is left.
    """
    if path.suffix.lower() not in READERS:
        kinds = ", ".join(READERS)
        raise LexiconError(f"{path.name}: lexicons of kind {path.suffix!r} are not read; use one of {kinds}.")
    terms: dict[tuple[str, str], tuple[str, Term]] = {}
    skipped: list[Skipped] = []
    for one in READERS[path.suffix.lower()](path):
        fault = one if isinstance(one, Skipped) else _add(one, terms)
        skipped += [fault] if fault else []
    told = [f"{path.name}, line {one.line}: {one.reason}" for one in sorted(skipped, key=lambda one: one.line)]
    if not terms:
        raise LexiconError(f"No entry could be read. {told[0] if told else f'{path.name}: the file holds none; fill it.'}")
    return Dictionary(list(terms.values()), told)


def _add(term: Term, terms: dict[tuple[str, str], tuple[str, Term]]) -> Skipped | None:
    """Keeps a term, or says why it cannot be used."""
    category = ".".join(" ".join(level.split()) for level in term.category)
    if not category.strip("."):
        return Skipped(term.line, f"{term.pattern!r} has no category; write one.")
    try:
        words = " ".join(split_pattern(term.pattern))
    except PatternError as error:
        return Skipped(term.line, f"{term.pattern!r} in the category {category!r} {error}.")
    _, first = terms.setdefault((category, words), (category, term._replace(pattern=words)))
    if first.weight == term.weight:
        return None
    told = f"{term.pattern!r} has the weight {term.weight:g}, but {first.weight:g} in line {first.line}"
    return Skipped(term.line, f"{told}; the first is used, remove one.")


_CODED = re.compile(r"(\S.*?)((?:\s+(?:\d+|[(<].*))+)")
# "(02 134)125/464": category 125 after a word of 02 or 134, else 464; "<of>131/125": 131 before "of", else 125.
_CONDITION = re.compile(r"(?:\([^)]*\)|<[^>]*>)[\d/]*")


def read_dic(path: Path) -> Reading:
    """LIWC 2001 to 2015: numbered categories between two lines with %, then words with numbers, tabs or spaces between.

    "posemo (Positive Emotions)" is the category posemo. A word names all its categories, so that the indentation of LIWC 2015
    (posemo below affect) needs no reading.
    """
    lines = list(_lines(path))
    marks = [place for place, (_, line) in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise LexiconError(f"{path.name}: no categories between two lines with %; write `1<tab>name` lines between them.")
    header: dict[int, tuple[int, str]] = {}
    for number, line in lines[marks[0] + 1 : marks[1]]:
        code, *rest = line.split(maxsplit=1)
        if not code.isdecimal() or not rest:
            yield Skipped(number, f"{line.strip()!r} is no category; write a number, a tab and a name.")
        elif header.setdefault(int(code), (number, rest[0].strip()))[1] != rest[0].strip():
            raise LexiconError(f"{path.name}, line {number}: the category {code} has two names; give one another number.")
    names = _shorten({code: name for code, (_, name) in header.items()})
    terms = [one for number, line in lines[marks[1] + 1 :] if line.strip() != "%" for one in _read_coded(number, line, names)]
    yield from terms
    used = {one.category[0] for one in terms if isinstance(one, Term)}
    for place, name in names.items():
        if name not in used:
            yield Skipped(header[place][0], f"the category {name!r} holds no entry; give it words or remove it.")


def _shorten(names: Mapping[int, str]) -> dict[int, str]:
    """The names without what LIWC 2015 explains in brackets, unless two would be the same."""
    short = {code: re.sub(r"\s*\(.*\)$", "", name) or name for code, name in names.items()}
    return short if len(set(short.values())) == len(set(names.values())) else dict(names)


def _read_coded(number: int, line: str, names: Mapping[int, str]) -> Reading:
    """A word and its categories."""
    word, codes = _split_codes(line.strip(), names)
    if not codes:
        yield Skipped(number, f"no category number follows {word!r}; write word, tab, number.")
    for condition in _CONDITION.findall(codes):
        yield Skipped(number, f"the condition {condition!r} of {word!r} is not applied; write a number without condition.")
    for code in _CONDITION.sub(" ", codes).split():
        if not code.isdecimal() or int(code) not in names:
            yield Skipped(number, f"{word!r} names {code!r}, which is no category of the header; correct the number.")
        else:
            yield Term(number, (names[int(code)],), word)


def _split_codes(line: str, names: Mapping[int, str]) -> tuple[str, str]:
    """The word before a tab, unless spaces stand where tabs should; so "catch 22" stays a word where there is no category 22."""
    word, _, codes = line.partition("\t")
    inside = word.split()[1:]
    if codes and not any((one.isdecimal() and int(one) in names) or one[0] in "(<" for one in inside):
        return word.strip(), codes
    coded = _CODED.fullmatch(line)
    return (coded[1], coded[2]) if coded else (line, "")


def read_lc3(path: Path) -> Reading:
    """Lexicoder 3: a line `+category`, then its words, one to a line. XML (Lexicoder 2) is recognised."""
    if read_text(path).lstrip().startswith("<"):
        yield from read_xml(path)
        return
    category = ""
    for number, line in _lines(path):
        if line.startswith("+"):
            category = line.lstrip("+").strip()
        elif category:
            yield Term(number, (category,), line.strip())
        else:
            yield Skipped(number, f"{line.strip()!r} stands before the first category; write a line such as +positive above it.")


_WEIGHED = re.compile(r"(.+?)\s*\((-?\d+(?:[.,]\d+)?)\)")
_RULE = re.compile(r"[@#\[\]]|/[A-Z]\b")


class _Open(NamedTuple):
    indent: int
    name: str


def read_cat(path: Path) -> Reading:
    """WordStat: categories, indented below each other, and words with their weight in brackets, `tax* (1)`, `_` for a space.

    Proximity rules (with @, # or square brackets) are skipped.
    """
    levels: list[_Open] = []
    empty: tuple[int, str] | None = None
    for number, line in [*_lines(path), (0, "")]:
        blank = line[: len(line) - len(line.lstrip())]
        indent = blank.count("\t") or len(blank)
        if empty and not (line and indent > levels[-1].indent):
            yield Skipped(empty[0], f"{empty[1]!r} holds no entry; write the weight after a word, as in {empty[1]} (1).")
        empty = None
        while levels and levels[-1].indent >= indent:
            levels.pop()
        weighed = _WEIGHED.fullmatch(line.strip())
        if weighed is None:
            levels.append(_Open(indent, line.strip()))
            empty = number, line.strip()
        elif not levels:
            yield Skipped(number, f"{line.strip()!r} stands below no category; indent it below one.")
        elif _RULE.search(weighed[1]):
            yield Skipped(number, f"the rule {weighed[1]!r} is not applied; write words.")
        else:
            weight = read_number(weighed[2])
            yield Term(number, tuple(level.name for level in levels), weighed[1], 1.0 if weight is None else weight)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers."""
    lines: Iterable[tuple[int, str]] = enumerate(read_text(path).split("\n"), start=1)
    return ((number, line) for number, line in lines if line.strip())


READERS: dict[str, Callable[[Path], Reading]] = {
    ".csv": read_sheet, ".tsv": read_sheet, ".dic": read_dic, ".dicx": read_dicx, ".yml": read_yaml, ".yaml": read_yaml,
    ".lc3": read_lc3, ".lcd": read_xml, ".ykd": read_xml, ".xml": read_xml, ".cat": read_cat,
}  # fmt: skip
