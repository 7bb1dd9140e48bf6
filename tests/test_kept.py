"""What is kept on disk is made once, and again when it is damaged; without compiled loops the results are the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from framing.corpus import kept
from tests.conftest import ROOT


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package whose folder can be written; the user's cache is elsewhere."""
    monkeypatch.setattr(kept, "PACKAGE", tmp_path / "package")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept._stamp.cache_clear()
    (tmp_path / "package" / "measure").mkdir(parents=True)
    yield tmp_path / "package"
    kept._stamp.cache_clear()


def made(times: list[int]):
    times.append(len(times))
    return {"made": len(times)}


def test_what_is_kept_is_made_once(package):
    times: list[int] = []
    assert [kept.keep("one", lambda: made(times)) for _ in range(3)] == [{"made": 1}] * 3


def test_a_changed_file_makes_it_anew_and_the_old_one_goes(package):
    times: list[int] = []
    kept.keep("one", lambda: made(times))
    (package / "measure" / "words.csv").write_text("may\n", encoding="utf-8")
    kept._stamp.cache_clear()
    assert kept.keep("one", lambda: made(times)) == {"made": 2}
    assert len(list((package / "__pycache__").iterdir())) == 1


def test_a_damaged_file_is_made_again(package):
    times: list[int] = []
    kept.keep("one", lambda: made(times))
    (path,) = (package / "__pycache__").iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    assert kept.keep("one", lambda: made(times)) == {"made": 2}
    assert kept.keep("one", lambda: made(times)) == {"made": 2}


def test_where_the_package_cannot_be_written_the_users_cache_is_taken(package, tmp_path):
    (package / "__pycache__").write_text("a file of that name", encoding="utf-8")
    times: list[int] = []
    assert [kept.keep("one", lambda: made(times)) for _ in range(2)] == [{"made": 1}] * 2
    assert [path.name.split(".")[0] for path in (tmp_path / "cache" / "framing").iterdir()] == ["one"]


def test_where_nothing_can_be_written_it_is_made_each_time(package, tmp_path):
    for name in ("package/__pycache__", "cache"):
        (tmp_path / name).write_text("a file of that name", encoding="utf-8")
    times: list[int] = []
    assert [kept.keep("one", lambda: made(times)) for _ in range(2)] == [{"made": 1}, {"made": 2}]


SCORE = """
import sys
from pathlib import Path
import framing as fr
from framing.store import write_results
annotated = fr.annotate(fr.read_articles(fr.DEMO).head(8), progress=False)
write_results(Path(sys.argv[1]), annotated, fr.score_articles(annotated), {})
print("numba" in sys.modules)
"""


def test_loops_give_the_same_compiled_or_not(tmp_path):
    said = []
    for number, value in enumerate(("0", "1")):
        environment = os.environ | {"NUMBA_DISABLE_JIT": value, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-W", "error::RuntimeWarning", "-c", SCORE, str(tmp_path / str(number))]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        said.append(run.stdout.strip())
    assert said == ["True", "False"]
    assert contents(tmp_path / "0") == contents(tmp_path / "1")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
