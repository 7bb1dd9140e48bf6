"""The repository itself: no address of a registry, no path of a machine, nothing heavy, everything that a release needs."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_constraints_hold_no_address():
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|@", constraints)
    assert len(constraints.splitlines()) > 50


def test_every_dependency_is_locked():
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = {name.lower() for name in re.findall(r'"([A-Za-z][\w-]*)>=', pyproject)} | {"types-tqdm"}
    locked = {line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    assert names - {"setuptools"} <= locked


def test_no_file_names_a_registry_or_a_machine():
    places = [r"/home/\w+", r"/root/", r"/wo" + "rk/", r"pypi\.org", r"files\.pythonhosted", r"--index-url"]
    for name in tracked():
        if name.endswith((".png", ".pdf", ".docx")):
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not [place for place in places if re.search(place, text) and name != "tests/test_project.py"], name


def test_no_file_is_heavier_than_a_megabyte_and_a_half():
    assert not [name for name in tracked() if (ROOT / name).stat().st_size > 1_500_000]


def test_the_only_texts_are_those_of_the_demo():
    texts = [name for name in tracked() if name.endswith((".jsonl", ".parquet", ".txt", ".html", ".rtf"))]
    captions = {name.removesuffix(".svg") + ".txt" for name in tracked() if name.endswith(".svg")}
    assert captions <= set(texts)
    assert [name for name in texts if name not in captions] == [
        "constraints.txt",
        "framing/corpus/demo/articles.jsonl",
        "framing/corpus/demo/coding.jsonl",
        "framing/show/page/reader.html",
        "tests/messages.txt",
    ]


@pytest.mark.slow
def test_no_eight_words_of_the_real_corpora_stand_in_the_project(corpora):
    kinds = (".csv", ".json", ".jsonl", ".md", ".py", ".txt", ".ipynb", ".tex")
    own: dict[int, str] = {}
    for name in tracked():
        if name.endswith(kinds) and not name.startswith("paper/data/"):  # ids and URLs, which may repeat a headline's words
            own.update(dict.fromkeys(eight_words((ROOT / name).read_text(encoding="utf-8")), name))
    assert len(own) > 100_000
    for path in sorted(corpora.rglob("*")):
        if path.suffix not in (".jsonl", ".txt"):
            continue
        content = path.read_text(encoding="utf-8")
        texts = (
            [json.loads(line).get("text", "") for line in content.split("\n") if line] if path.suffix == ".jsonl" else [content]
        )
        found = {own[words] for text in texts for words in eight_words(text) if words in own}
        assert not found, f"{path.name} and {found} share eight words in a row"


def eight_words(text: str) -> Iterator[int]:
    words = re.findall(r"\w+", text.lower())
    return (hash(tuple(words[start : start + 8])) for start in range(len(words) - 7))


@pytest.mark.parametrize(
    "name", ["LICENSE", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "Makefile", ".ci/run", "constraints.txt"]
)
def test_what_a_project_needs_is_there(name):
    assert (ROOT / name).stat().st_size > 100


def test_the_version_is_the_same_everywhere():
    import framing

    for name in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md"):
        assert framing.__version__ in (ROOT / name).read_text(encoding="utf-8"), name
