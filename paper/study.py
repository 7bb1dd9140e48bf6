"""The planned study: the contrasts that plan.toml names, how small a ratio they could show, whether they hold and replicate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

import framing as fr
from errors import thresholds
from framing.compare.multiverse import SPECIFICATIONS, Specifications
from plan import Plan, read_plan

DATA = Path(__file__).parent / "data"
WORDS = {"article": str, "story": str, "date": str, "copies": str}
SHARES: Specifications = {
    "within stories": {"strata": "story"},
    "pooled": {"strata": None},
    "per sentence, within stories": {"strata": "story", "exposure": "n_sentences"},
}
"""The specifications of measures that have one voice: attributed and quoted words, neutral verbs."""
DRAWS = 999
"""Resamples of the multiverse's rows, of which the paper uses the estimates."""


@dataclass(frozen=True)
class Study:
    """What the plan asked for."""

    plan: Plan
    """The plan."""
    scores: dict[str, pd.DataFrame]
    """Corpus -> the articles of its planned outlets."""
    designs: dict[str, pd.DataFrame]
    """Corpus -> what the planned pairs share."""
    contrasts: dict[str, pd.DataFrame]
    """Corpus -> the primary family: the columns of compare_outlets and of the judgement."""
    secondary: pd.DataFrame
    """The secondary measures in AllSides."""
    replication: pd.DataFrame
    """One row for each primary measure: measure claim side clear_in_replication verdict."""


def run_study() -> Study:
    """The whole plan, from the committed counts."""
    plan = read_plan()
    scores = {name: read_scores(plan, name) for name in plan.corpora}
    designs = {name: design(plan, name, table) for name, table in scores.items()}
    contrasts = {name: judge(plan, name, table, designs[name]) for name, table in scores.items()}
    secondary = compare(plan, "allsides", scores["allsides"], plan.secondary, plan.text["secondary"]["adjust"])
    return Study(plan, scores, designs, contrasts, secondary, replicate(contrasts, plan.text["test"]["alpha"]))


def read_scores(plan: Plan, corpus: str) -> pd.DataFrame:
    """The derived counts of the planned outlets."""
    table = pd.read_csv(DATA / f"{corpus}_scores.csv", dtype=WORDS)
    one = plan.corpora[corpus]
    return table[table["outlet"].isin([*one.outlets, one.reference])].reset_index(drop=True)


def design(plan: Plan, corpus: str, scores: pd.DataFrame) -> pd.DataFrame:
    """compare_design's rows of the planned pairs, each with the reference on the right."""
    one = plan.corpora[corpus]
    copies = scores.assign(copies=scores["copies"].fillna(""))
    pairs = [fr.compare_design(copies, outlets=[one.reference, outlet], cluster="copies", quiet=True) for outlet in one.outlets]
    return pd.concat(pairs, ignore_index=True)


def compare(plan: Plan, corpus: str, scores: pd.DataFrame, measures: tuple[str, ...], adjust: str) -> pd.DataFrame:
    """The planned test."""
    one, test = plan.corpora[corpus], plan.text["test"]
    return fr.compare_outlets(
        scores, list(measures), strata=test["strata"], reference=one.reference, outlets=[one.reference, *one.outlets],
        method=test["method"], adjust=adjust, n_resamples=test["n_resamples"], seed=test["seed"],
    )  # fmt: skip


def judge(plan: Plan, corpus: str, scores: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """The primary family with its judgement: seen detectable clear threshold beyond lowest highest without_story holds."""
    family = compare(plan, corpus, scores, plan.measures, plan.text["test"]["adjust"])
    planned = plan.family(corpus)
    seen = planned.set_index(["measure", "outlet"])["seen"]
    errors = thresholds()
    rows = []
    for row in family.itertuples():
        clear = bool(row.p_adjusted < plan.text["test"]["alpha"])
        limit = errors.get(row.measure, np.nan)
        ways = vary(corpus, scores, row.measure, row.outlet, row.reference)["estimate"]
        without = fr.leave_one_out(scores, row.measure, row.outlet, row.reference, by="story", strata="story")["estimate"]
        length = fr.adjust_for_length(scores, row.measure, row.outlet, row.reference)["estimate"]
        every = np.log([*ways, *without, length])
        rows.append({
            "seen": bool(seen[row.measure, row.outlet]), "clear": clear, "threshold": limit,
            "detectable": detectable(plan, scores, row.measure, int(row.n_strata), len(planned)),
            "beyond": bool(abs(np.log(row.estimate)) > np.log(limit)) if np.isfinite(limit) else None,
            "n_ways": len(ways), "lowest": ways.min(), "highest": ways.max(), "without_lowest": without.min(),
            "without_highest": without.max(), "length_adjusted": length, "holds": bool(abs(np.sign(every).sum()) == len(every)),
        })  # fmt: skip
    return family.join(pd.DataFrame(rows, index=family.index))


def detectable(plan: Plan, scores: pd.DataFrame, measure: str, n_stories: int, n_tests: int) -> float:
    """The smallest ratio above one that the contrast finds with the planned power at the level of Holm's first step."""
    level, power = 1 - plan.text["test"]["alpha"] / n_tests, plan.text["power"]["power"]
    row = fr.plan_sample(n_stories=n_stories, pilot=scores, measure=measure, conf_level=level, power=power)
    return float(row["detectable"].iloc[0])


def vary(corpus: str, scores: pd.DataFrame, measure: str, outlet: str, reference: str, n_resamples: int = DRAWS) -> pd.DataFrame:
    """The multiverse of one contrast: voice, denominator and strata; core entries only, furniture counted, copies left out."""
    has_voice = f"{measure}_journalist" in scores.columns
    return fr.multiverse(
        scores, measure, outlet, reference, specifications=SPECIFICATIONS if has_voice else SHARES,
        variants=dict(read_variants(corpus, scores, has_entries=has_voice)), n_resamples=n_resamples,
    )  # fmt: skip


def read_variants(corpus: str, scores: pd.DataFrame, *, has_entries: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name -> the scores under another choice; entries are a choice only for measures that are counted by a lexicon."""
    table = pd.read_csv(DATA / f"{corpus}_variants.csv", dtype=WORDS)
    for name, variant in table.groupby("variant", sort=False):
        if has_entries or name != "core entries only":
            yield str(name), variant.reset_index(drop=True)
    again = scores.sort_values("date", kind="stable").duplicated("copies") & scores["copies"].notna()
    yield "copies left out", scores[~again].reset_index(drop=True)


def replicate(contrasts: dict[str, pd.DataFrame], alpha: float) -> pd.DataFrame:
    """Whether the claim that a measure makes in AllSides holds in BASIL, by the plan's rule."""
    first, second = (contrasts[name] for name in ("allsides", "basil"))
    rows = []
    for measure, family in first.groupby("measure", sort=False):
        clear = family.loc[family["p_adjusted"] < alpha, "estimate"]
        again = second[second["measure"] == measure]
        rows.append({"measure": measure, "n_clear": len(clear), **verdict(clear, again, alpha)})
    return pd.DataFrame(rows)


def verdict(clear: pd.Series, again: pd.DataFrame, alpha: float) -> dict[str, str]:
    """Claim and verdict of one measure.

    >>> again = pd.DataFrame({"estimate": [1.2, 1.1], "p_adjusted": [0.01, 0.4]})
    >>> verdict(pd.Series([1.3]), again, 0.05)["verdict"], verdict(pd.Series([0.8]), again, 0.05)["verdict"]
    ('replicates', 'does not replicate')
    """
    sides = set(np.sign(np.log(clear)))
    if len(sides) != 1:
        return {"claim": "none: clear on both sides" if sides else "none: no contrast is clear", "verdict": "no claim"}
    side = sides.pop()
    claim = "the others have more" if side > 0 else "the others have less"
    if not (np.sign(np.log(again["estimate"])) == side).all():
        return {"claim": claim, "verdict": "does not replicate"}
    return {"claim": claim, "verdict": "replicates" if (again["p_adjusted"] < alpha).any() else "partly"}
