"""What is imported when: a module when a name of it is used, a command when it is asked for, TextBlob without its company."""

import subprocess
import sys

import framing as fr
from tests.conftest import ROOT

SLOW = ("matplotlib", "nltk", "numba", "scipy.stats", "statsmodels")


def imported_by(code: str) -> set[str]:
    """The modules that a program has imported at its end."""
    program = f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stderr.split())


def test_importing_framing_imports_nothing_that_is_slow():
    assert not imported_by("import framing") & {"pandas", "numpy", *SLOW}


def test_every_public_name_is_found_and_no_other():
    assert all(hasattr(fr, name) for name in fr.__all__)
    assert not hasattr(fr, "no_such_name")


def test_the_command_that_scores_imports_no_statistics_and_no_figures():
    assert not imported_by("from framing.cli import _parser\n_parser('score')") & set(SLOW)


def test_textblob_is_whole_for_whoever_imports_it_after_an_annotation():
    code = """
import framing as fr
annotated = fr.annotate(fr.read_articles(fr.DEMO).head(1), progress=False)
assert "nltk" not in sys.modules and "textblob" not in sys.modules
from textblob import TextBlob
assert TextBlob("A good plan.").sentiment.polarity > 0 and annotated.tone["tone_polarity"].notna().all()
"""
    assert "nltk" in imported_by(code)
