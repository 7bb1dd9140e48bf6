"""Dictionaries as trees: YAML as quanteda writes it, and the XML of Yoshikoder and Lexicoder 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

import yaml

from framing.measure.terms import LexiconError, Reading, Skipped, Term, read_number, read_text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the quick one, where libyaml is installed
OWN_WORDS = "__"
"""The key under which quanteda writes the words of a category that also has categories below it."""
DEEPEST = 50
"""Levels of a YAML file (chosen: more than any dictionary has)."""
ENGINES = ("", "substring", "wildcard", "glob")
"""Yoshikoder's pattern engines whose `*` means what it means here; the other one takes regular expressions."""


@dataclass
class _Open:
    """A list or mapping that has begun."""

    levels: tuple[str, ...]
    """The category it stands in."""
    is_mapping: bool
    """Whether it holds categories."""
    key: str | None = None
    """The category whose words come next."""


def read_yaml(path: Path) -> Reading:
    """A mapping of categories to lists of words or to further mappings; every word is text, also `no` and `1984`."""
    opened: list[_Open] = []
    try:
        for event in yaml.parse(read_text(path), Loader=_LOADER):
            if isinstance(event, yaml.CollectionEndEvent):
                opened.pop()
            elif isinstance(event, yaml.NodeEvent):
                yield from _read_event(path, event, opened)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        said = str(getattr(error, "problem", None) or "a character that YAML does not allow")
        raise LexiconError(f"{path.name}{line}: not valid YAML ({said}); quote words that hold a colon or a bracket.") from None


def _read_event(path: Path, event: yaml.NodeEvent, opened: list[_Open]) -> Reading:
    """A word, a category's name, or the beginning of a list or mapping, which is added to those that are open."""
    line, last = event.start_mark.line + 1, opened[-1] if opened else None
    if fault := _fault(event, last, len(opened)):
        raise LexiconError(f"{path.name}, line {line}: {fault}")
    if last and last.is_mapping and last.key is None:
        last.key = event.value
        return
    levels: tuple[str, ...] = () if last is None else last.levels
    if last and last.key is not None:
        levels, last.key = levels if last.key == OWN_WORDS else (*levels, last.key), None
    if not isinstance(event, yaml.ScalarEvent):
        opened.append(_Open(levels, isinstance(event, yaml.MappingStartEvent)))
    elif event.value in ("", "~"):
        yield Skipped(line, f"the category {'.'.join(levels)!r} holds an empty entry; write a word or remove it.")
    else:
        yield Term(line, levels, event.value)


def _fault(event: yaml.NodeEvent, last: _Open | None, depth: int) -> str:
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor} is an alias in YAML; quote a word that begins with *, or write out what is repeated."
    if last is None and not isinstance(event, yaml.MappingStartEvent):
        return "no categories; write each as `name:` with a list of its words."
    if last and last.is_mapping and last.key is None and not isinstance(event, yaml.ScalarEvent):
        return "the name of a category is a list; write a word."
    return "the categories are nested too deeply; use fewer levels." if depth > DEEPEST else ""


class _Node(NamedTuple):
    depth: int
    tag: str
    attributes: dict[str, str]
    line: int


def read_xml(path: Path) -> Reading:
    """Nested `cnode` (categories) with `pnode` (words); a single outermost category is the dictionary's name and left off."""
    nodes = list(_parse(path))
    engine = nodes[0].attributes.get("patternengine", "")
    if engine not in ENGINES:
        raise LexiconError(f"{path.name}, line {nodes[0].line}: the pattern engine {engine!r} is not read; save with wildcards.")
    outermost = sum(node.tag == "cnode" and node.depth == 1 for node in nodes)
    is_named = outermost == 1 and any(node.tag == "cnode" and node.depth == 2 for node in nodes)
    levels: list[str] = []
    for depth, tag, attributes, line in nodes:
        name = attributes.get("name", "").strip()
        if tag in ("cnode", "pnode") and not name:
            yield Skipped(line, f"a {tag} has no name; write one.")
        if tag == "cnode":
            levels[max(depth - 1, 0) :] = [name]
        elif tag == "pnode" and name:
            own = levels[: max(depth - 1, 0)]
            weight = read_number(attributes.get("score", "1"))
            yield Term(line, tuple(own[is_named:] or own), name, 1.0 if weight is None else weight)


def _parse(path: Path) -> Iterator[_Node]:
    """The elements of an XML file, in order."""
    nodes: list[_Node] = []
    depth = 0
    parser = expat.ParserCreate("utf-8")  # the text is decoded already, whatever its declaration says

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        nodes.append(_Node(depth, tag, attributes, parser.CurrentLineNumber))
        depth += 1

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise LexiconError(f"{path.name}, line {parser.CurrentLineNumber}: a DOCTYPE is not read; remove it.")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    try:
        parser.Parse(read_text(path).encode("utf-8"), True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise LexiconError(f"{path.name}, line {error.lineno}: not valid XML ({said}); save the dictionary again.") from None
    yield from nodes
