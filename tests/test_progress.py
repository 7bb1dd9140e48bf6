"""Everything that can take long shows how far it is, on the error stream, where somebody sees it, and only if it takes long."""

import inspect
import io
import sys
import time
from types import SimpleNamespace

import pandas as pd
import pytest

import framing as fr
from framing.corpus import progress
from framing.corpus.progress import follow, progress_bar
from framing.keywords import check_lexicons

LONG = [
    fr.read_articles, fr.describe_corpus, fr.find_copies, fr.list_passages, fr.match_stories, fr.list_uncertain, fr.annotate,
    fr.score_articles, fr.look_up, fr.list_matches, check_lexicons, fr.compare_design, fr.compare_outlets, fr.describe_outlets,
    fr.multiverse, fr.vary_scores, fr.leave_one_out, fr.plan_sample, fr.validate, fr.validate_measure, fr.read_page,
    fr.score_corpus, fr.gather_corpus,
]  # fmt: skip


class Terminal(io.StringIO):
    """An error stream that a person sees."""

    def isatty(self):
        return True


@pytest.mark.parametrize("function", LONG, ids=lambda function: function.__name__)
def test_every_long_function_can_show_how_far_it_is(function):
    argument = inspect.signature(function).parameters["progress"]
    assert (argument.default, argument.kind) == (None, inspect.Parameter.KEYWORD_ONLY)
    assert "`progress` shows a" in " ".join(function.__doc__.split())


def test_a_bar_stands_on_the_error_stream_alone(capsys):
    articles = fr.read_articles(fr.DEMO, progress=True).head(2)
    fr.score_articles(fr.annotate(articles, progress=True), progress=True)
    fr.find_copies(articles, progress=True)
    list(follow("abc", "letters", progress=True))
    assert capsys.readouterr().out == ""


def test_what_takes_long_is_shown_in_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr(progress, "SECONDS", 0.05)
    monkeypatch.setattr(progress, "INTERVAL", 0.0)
    for _ in follow("abcd", "letters", unit="of the alphabet"):
        time.sleep(0.02)
    assert "letters: 100%" in terminal.getvalue()
    assert "4/4" in terminal.getvalue()
    assert "of the alphabet" in terminal.getvalue()


def test_what_ends_soon_is_not_shown(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    list(follow("abcd", "letters"))
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(("asked", "seen"), [(None, False), (True, True), (False, False)])
def test_without_a_terminal_a_bar_is_shown_only_when_it_is_asked_for(asked, seen, monkeypatch):
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    monkeypatch.setattr(progress, "INTERVAL", 0.0)
    monkeypatch.setattr(sys, "stderr", stream := io.StringIO())
    with progress_bar("articles", 3, asked) as bar:
        bar.update(3)
    assert ("articles: 100%" in stream.getvalue()) == seen


def test_a_kernel_of_jupyter_sees_it_and_ipython_in_a_script_does_not(monkeypatch):
    for config, seen in (({"IPKernelApp": {}}, True), ({}, False)):
        shell = SimpleNamespace(config=config)
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda shell=shell: shell))
        assert progress._is_seen() == seen
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert not progress._is_seen()


def test_the_loops_are_followed(monkeypatch, scores):
    followed = []
    for module in ("contrasts", "design", "multiverse", "decomposition", "descriptions", "planning"):
        real = sys.modules[f"framing.compare.{module}"].follow
        monkeypatch.setattr(
            f"framing.compare.{module}.follow", lambda items, what, *a, real=real, **k: followed.append(what) or real(items, what)
        )
    fr.compare_outlets(scores, "hedging", strata="story")
    fr.compare_design(scores, quiet=True)
    fr.multiverse(scores, "hedging", "Daily Lantern", "Harbour Ledger")
    fr.leave_one_out(scores, "hedging", "Daily Lantern", "Harbour Ledger", strata="story")
    fr.describe_outlets(scores, "hedging")
    fr.plan_sample(8, 1.5)
    assert followed == ["contrasts", "design", "specifications", "leaving out", "rates", "plans"]
    assert isinstance(scores, pd.DataFrame)
