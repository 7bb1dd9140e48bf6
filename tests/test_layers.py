"""The house: a floor imports only from the floors before it, files stay short, nothing is left open."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

FLOORS = ("corpus", "measure", "compare", "show")
# Scaling stands beside the house: it reads, measures and stores, and nothing but the commands calls it.
BESIDE = {"scale": {"corpus", "measure", "scale", "store"}}
FILES = sorted((ROOT / "framing").rglob("*.py"))


def imports(path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return names | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path):
    parts = path.relative_to(ROOT / "framing").parts
    own = {name.split(".")[1] for name in imports(path) if name.startswith("framing.")}
    if parts[0] in BESIDE:
        assert own <= BESIDE[parts[0]], f"{parts[0]} imports {own - BESIDE[parts[0]]}"
    if parts[0] not in FLOORS:
        return
    later = FLOORS[FLOORS.index(parts[0]) + 1 :]
    assert not own & set(later), f"{parts[0]} imports from {own & set(later)}"
    assert own <= set(FLOORS), f"a floor imports {own - set(FLOORS)}"


def test_there_is_no_circle_between_modules():
    graph = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): {n for n in imports(path) if n.startswith("framing.")}
        for path in FILES
        if path.name != "__init__.py"
    }
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for other in graph.get(module, ()):
                visit(other, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_readable_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text(encoding="utf-8"))
