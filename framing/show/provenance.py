"""Where a mark comes from, in words: the definition of its measure, its entry's rules, literature and measured precision."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from framing.measure import lexicon
from framing.measure.lexicon import Rule

DEFINITIONS = Path(lexicon.__file__).parent / "codebook.toml"
MEASURED = Path(__file__).parent / "page" / "precision.csv"
"""Copy of benchmarks/results/entries.csv, which a package does not hold; a test compares the two."""


@cache
def load_definitions() -> dict[str, dict[str, Any]]:
    """For each lexicon that is counted: title, definition, unit, denominator, literature, categories, decisions, open."""
    return tomllib.loads(DEFINITIONS.read_text(encoding="utf-8"))


@cache
def load_precision() -> dict[str, str]:
    """The measured precision of each entry that was measured, as text.

    >>> load_precision()["hedging/appears_to"]
    'demo news, journalist: 5 of 5 (57–100 %)'
    """
    return precision_texts(pd.read_csv(MEASURED, keep_default_na=False))


def precision_texts(precision: pd.DataFrame) -> dict[str, str]:
    """Entry -> "news, journalist: 12 of 14 (60-96 %)" for each genre and voice, with a 95 % Wilson interval."""
    texts: dict[str, list[str]] = {}
    for row in precision.itertuples():
        low, high = proportion_confint(row.right, row.n, method="wilson")
        where = ", ".join(filter(None, (row.genre, row.voice)))
        texts.setdefault(row.entry, []).append(f"{where}: {row.right} of {row.n} ({100 * low:.0f}–{100 * high:.0f} %)")
    return {entry: "; ".join(some) for entry, some in texts.items()}


def describe_rule(rule: Rule) -> str:
    """A context rule as a sentence.

    >>> from framing.measure.lexicon import load_rules
    >>> describe_rule(load_rules()["not_cause"])
    'not where the next word is: cause'
    """
    asks = "only where" if rule.effect == "require" else "not where"
    places = {
        "before": "the word before is" if rule.within == 1 else f"one of the {rule.within} words before is",
        "after": "the next word is" if rule.within == 1 else f"one of the next {rule.within} words is",
        "around": f"one of the {rule.within} words on either side is",
        "self": "the word itself is",
    }
    return f"{asks} {places[rule.side]}: {', '.join(rule.forms)}"
