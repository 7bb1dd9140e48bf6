"""The plan of the study: plan.toml as data. What stands there is computed (study.py), and nothing else is called planned."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

PLAN = Path(__file__).parent / "plan.toml"


@dataclass(frozen=True)
class Corpus:
    """The outlets of one corpus that are contrasted."""

    outlets: tuple[str, ...]
    """Each is compared with the reference."""
    reference: str
    """The outlet that all others are compared with."""


@dataclass(frozen=True)
class Plan:
    """What the study asks and how it answers."""

    digest: str
    """First twelve digits of the file's SHA-256: what was planned, in one word."""
    measures: tuple[str, ...]
    """The primary measures."""
    secondary: tuple[str, ...]
    """Measures that are described and never concluded from."""
    corpora: dict[str, Corpus]
    """Corpus -> its outlets."""
    seen: dict[tuple[str, str], bool]
    """(corpus, measure) -> whether its contrasts were seen before the plan."""
    text: dict[str, Any]
    """The whole file."""

    def family(self, corpus: str) -> pd.DataFrame:
        """One row for each planned contrast of a corpus: measure outlet reference seen.

        >>> read_plan().family("basil")["measure"].nunique()
        5
        """
        one = self.corpora[corpus]
        rows = [(m, outlet, one.reference, self.seen[corpus, m]) for m in self.measures for outlet in one.outlets]
        return pd.DataFrame(rows, columns=["measure", "outlet", "reference", "seen"])


def read_plan(path: Path = PLAN) -> Plan:
    """The plan as it stands in the file."""
    content = path.read_bytes()
    text = tomllib.loads(content.decode("utf-8"))
    return Plan(
        digest=hashlib.sha256(content).hexdigest()[:12],
        measures=tuple(one["measure"] for one in text["primary"]),
        secondary=tuple(text["secondary"]["measures"]),
        corpora={name: Corpus(tuple(one["outlets"]), one["reference"]) for name, one in text["corpora"].items()},
        seen={(corpus, one["measure"]): one["seen"][corpus] for one in text["primary"] for corpus in text["corpora"]},
        text=text,
    )
