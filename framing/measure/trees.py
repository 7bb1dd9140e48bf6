"""Dictionaries as trees: YAML as quanteda writes it, and the XML of Yoshikoder and Lexicoder 2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

import yaml

from framing.measure.terms import LexiconError, Reading, Skipped, Term, read_number, read_text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the quick one, where libyaml is installed
OWN_WORDS = "__"
"""The key under which quanteda writes the words of a category that also has categories below it."""
ENGINES = ("", "substring", "wildcard", "glob")
"""Yoshikoder's pattern engines whose `*` means what it means here; the other one takes regular expressions."""


def read_yaml(path: Path) -> Reading:
    """A mapping of categories to lists of words or to further mappings; every word is text, also `no` and `1984`."""
    try:
        root = yaml.compose(read_text(path), Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        said = str(getattr(error, "problem", None) or "a character that YAML does not allow")
        raise LexiconError(
            f"{path.name}{line}: not valid YAML ({said}); quote words that begin with * or hold a colon."
        ) from None
    except RecursionError:
        raise LexiconError(f"{path.name}: the categories are nested too deeply; use fewer levels.") from None
    if not isinstance(root, yaml.MappingNode):
        raise LexiconError(f"{path.name}, line 1: no categories; write each as `name:` with a list of its words.")
    yield from _read_node(path, root, (), set())


def _read_node(path: Path, node: yaml.Node, levels: tuple[str, ...], seen: set[int]) -> Reading:
    line = node.start_mark.line + 1
    if id(node) in seen and not isinstance(node, yaml.ScalarNode):
        raise LexiconError(f"{path.name}, line {line}: an alias repeats this part of the file; write it out where it is meant.")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield Skipped(key.start_mark.line + 1, "a category's name is a list; write a word.")
            else:
                yield from _read_node(path, value, levels if key.value == OWN_WORDS else (*levels, key.value), seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _read_node(path, item, levels, seen)
    elif node.value in ("", "~"):
        yield Skipped(line, f"the category {'.'.join(levels)!r} holds an empty entry; write a word or remove it.")
    else:
        yield Term(line, levels, node.value)


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
