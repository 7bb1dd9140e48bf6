"""Notebooks are thin, executed, and the same bytes when executed again."""

from __future__ import annotations

import re
import sys

import nbformat
import pytest

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "notebooks"))
from execute import execute  # the notebooks' own runner, beside them

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def test_there_are_seven():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06", "07"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_logic_and_no_path_of_a_machine(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        assert not re.search(r"^\s*(def|class|lambda|while|for .*:$)\b", cell.source, re.MULTILINE), cell.source
        assert not re.search(r"(?<![.\w])/(home|work|tmp|Users)/", str(cell)), cell.source
        assert len(cell.source.splitlines()) <= 8, cell.source
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[-1].cell_type == "markdown"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_executed_in_order_without_error(path):
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not [
        output for cell in code for output in cell.outputs if output.output_type == "error" or output.get("name") == "stderr"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_shows_digits_that_another_processor_would_not(path):
    """The last digits of a float differ between processors, so that a notebook which shows them is another file elsewhere."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            shown = [output.get("text", ""), *(str(text) for kind, text in output.get("data", {}).items() if "image" not in kind)]
            numbers = re.findall(r"(?<![\w.])\d+\.\d+(?:e[+-]\d+)?(?![\w.])", " ".join(shown))
            assert not [one for one in numbers if len(one.partition("e")[0].replace(".", "").lstrip("0")) > 6], cell.source
            assert "widget" not in " ".join(output.get("data", {})), "a progress bar"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_of_the_course_asks_concludes_and_says_what_to_read_next(path):
    cells = nbformat.read(path, as_version=4).cells
    words = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert re.search(r"^\*\*Question:\*\* [^.\n]*\?$", words[0], re.MULTILINE)
    assert "**Read next:**" in words[-1]
    shown = [place for place, cell in enumerate(cells) if any("data" in output for output in cell.get("outputs", []))]
    for place in shown:
        following = next(cell.source for cell in cells[place:] if cell.cell_type == "markdown")
        assert "**Conclude" in following, cells[place].source
        assert "**Do not conclude" in following, cells[place].source
    for name in set(re.findall(r"\]\(([\w/.]+\.ipynb)\)", "\n".join(words))):
        assert (path.parent / name).is_file(), name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_executing_again_gives_the_same_bytes(path):
    assert execute(path) == path.read_text(encoding="utf-8")


def test_the_figures_in_the_repository_are_those_the_notebooks_write():
    written = set()
    for path in NOTEBOOKS:
        for cell in nbformat.reads(path.read_text("utf-8"), 4).cells:
            written |= set(re.findall(r"save_figure\(figure, '([\w-]+)'", cell.source))
    kept = {path.stem for path in (ROOT / "figures").iterdir()}
    assert written == kept
    for name in kept:
        assert all((ROOT / "figures" / f"{name}.{ending}").is_file() for ending in ("pdf", "svg", "png", "csv", "txt"))
