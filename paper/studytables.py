"""The study's tables: what was planned, what the design allows, the contrasts and how they were judged."""

from __future__ import annotations

import numpy as np
import pandas as pd

import framing as fr
from framing.show.tables import format_contrasts
from study import Study

SEEN = {True: "seen", False: "not seen"}
JUDGED = {True: "yes", False: "no", None: "unknown"}
SHORT = {"Washington Times": "Wash. Times"}


def study_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Name in paper.md -> table."""
    return {
        "plan": table_plan(study),
        "design": table_design(study),
        "contrasts": table_family(study.contrasts["allsides"]),
        "contrasts_basil": table_family(study.contrasts["basil"]),
        "judgement": table_judgement(study),
        "replication": table_replication(study),
    }


def table_plan(study: Study) -> pd.DataFrame:
    """The primary measures, what each is given per, its gold, and whether its contrasts were seen before the plan."""
    return pd.DataFrame(
        [
            {
                "Measure": fr.figures.label(one["measure"]),
                "Words of": {"all": "everybody", "journalist": "the journalist"}[one["voice"]],
                "Hand coding": one["gold"],
                "AllSides": SEEN[one["seen"]["allsides"]],
                "BASIL": SEEN[one["seen"]["basil"]],
            }
            for one in study.plan.text["primary"]
        ]
    )


def table_design(study: Study) -> pd.DataFrame:
    """compare_design in words, for every planned pair."""
    rows = []
    for corpus, design in study.designs.items():
        family = study.contrasts[corpus]
        for row in design.itertuples():
            smallest = family.loc[family["outlet"] == row.outlet, "detectable"]
            rows.append(
                {
                    "Pair": f"{SHORT.get(row.outlet, row.outlet)}, {row.reference}",
                    "Articles": f"{row.n_articles}, {row.n_articles_reference}",
                    "Told by one only": row.n_stories_dropped,
                    "Length ratio": f"{row.length_ratio:.2f}",
                    "Topic gap": f"{row.topic_gap:.0f}" if np.isfinite(row.topic_gap) else "–",
                    "Copies": row.n_copies,
                    "Detectable ratios": f"{smallest.min():.2f}–{smallest.max():.2f}",
                    "What the design allows": str(row.advice).split(":")[0],
                }
            )
    return pd.DataFrame(rows)


def table_family(contrasts: pd.DataFrame) -> pd.DataFrame:
    """The primary family of one corpus: rates, ratio, interval, adjusted p, detectable ratio, and whether it was seen."""
    table = format_contrasts(contrasts).drop(columns=["Reference", "Status", "Units"])
    table = table.rename(columns={"p (adjusted)": "p (Holm)", "Reference rate": "Reference"})
    table.insert(len(table.columns), "Detectable", contrasts["detectable"].map("{:.2f}".format).to_numpy())
    table.insert(len(table.columns), "Before", contrasts["seen"].map(SEEN).to_numpy())
    return table


def table_judgement(study: Study) -> pd.DataFrame:
    """Every clear contrast beside the threshold of measured error and the range of other choices."""
    rows = []
    for corpus, name in (("allsides", "AllSides"), ("basil", "BASIL")):
        for row in study.contrasts[corpus].query("clear").itertuples():
            rows.append(
                {
                    "Contrast": f"{fr.figures.label(row.measure)}, {row.outlet} ({name})",
                    "Ratio": f"{row.estimate:.2f}",
                    "Error threshold": f"{row.threshold:.2f}" if np.isfinite(row.threshold) else "unknown",
                    "Beyond it": JUDGED[row.beyond],
                    "Multiverse": f"{row.lowest:.2f}–{row.highest:.2f}",
                    "Without a story": f"{row.without_lowest:.2f}–{row.without_highest:.2f}",
                    "Length constant": f"{row.length_adjusted:.2f}",
                    "Holds": JUDGED[row.holds],
                }
            )
    return pd.DataFrame(rows)


def table_replication(study: Study) -> pd.DataFrame:
    """Each measure's claim and what the second corpus says of it."""
    again = study.contrasts["basil"]
    rows = []
    for row in study.replication.itertuples():
        found = again[again["measure"] == row.measure]
        ratios = ", ".join(f"{one.outlet} {one.estimate:.2f}{' (clear)' if one.clear else ''}" for one in found.itertuples())
        rows.append(
            {
                "Measure": fr.figures.label(row.measure),
                "Clear in AllSides": str(row.n_clear),
                "Claim": row.claim,
                "Ratios in BASIL": ratios,
                "Verdict": row.verdict,
            }
        )
    return pd.DataFrame(rows)
