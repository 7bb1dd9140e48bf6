"""What the documentation shows is executed: docstrings, README, and the commands it names."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import sys

import pytest

import framing
from framing.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = sorted(one.name for one in pkgutil.walk_packages(framing.__path__, "framing.") if not one.name.endswith("__main__"))


@pytest.mark.parametrize("name", ["framing", *MODULES])
def test_docstring_examples_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_enough_docstrings_have_examples():
    tests = [case for name in MODULES for case in doctest.DocTestFinder().find(importlib.import_module(name)) if case.examples]
    assert len(tests) >= 20


def test_every_python_block_of_the_readme_runs():
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_every_framing_command_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "demo.jsonl").write_bytes(framing.DEMO.read_bytes())
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^framing (.+?)(?:\s+#.*)?$", README, re.MULTILINE)
    assert len(commands) >= 5
    for command in commands:
        assert main(shlex.split(command)) == 0, command
    assert "Marrow Bay Courier" in capsys.readouterr().out


def test_every_make_command_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make(?: (\w+))?", "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL)), re.MULTILINE))
    assert named == {"", "test"}
    for target in named - {""}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_file_the_readme_links_exists():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_readme_opens_with_an_article_and_its_numbers():
    first_screen = README[:2500]
    assert "figures/article_demo.svg" in first_screen
    assert "| Caldria Public Radio |" in first_screen


def test_the_package_is_typed_and_runs_as_a_module():
    assert (ROOT / "framing" / "py.typed").is_file()
    assert importlib.util.find_spec("framing.__main__") is not None
    assert sys.version_info >= (3, 11)
