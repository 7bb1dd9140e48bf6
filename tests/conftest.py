"""What several tests need: the demo corpus annotated once, and the real corpora where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

import framing as fr

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def annotated() -> fr.Annotated:
    return fr.annotate(fr.read_articles(fr.DEMO), progress=False)


@pytest.fixture(scope="session")
def scores(annotated: fr.Annotated) -> pd.DataFrame:
    return fr.score_articles(annotated)


@pytest.fixture(scope="session")
def corpora() -> Path:
    folder = os.environ.get("FRAMING_CORPORA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("FRAMING_CORPORA names no folder: the real corpora are not on this machine")
    return Path(folder)
