"""Does a contrast hold under other reasonable choices, and which words carry it?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm

from framing.compare.contrasts import compare_outlets
from framing.compare.quantities import choose_quantity


def leave_one_story_out(
    scores: pd.DataFrame, measure: str, outlet: str, reference: str, *, voice: str = "journalist"
) -> pd.DataFrame:
    """The matched ratio without each shared story in turn: `story estimate`, sorted by estimate."""
    one, two = (set(scores.loc[scores["outlet"] == name, "story"].dropna()) for name in (outlet, reference))
    stories = sorted((one & two) - {""})
    rows = []
    for story in stories:
        rest = scores[scores["story"] != story]
        table = compare_outlets(
            rest, measure, reference=reference, outlets=[outlet], voice=voice, strata="story", n_resamples=1, adjust=None
        )
        rows.append((story, table["estimate"].iloc[0]))
    return pd.DataFrame(rows, columns=["story", "estimate"]).sort_values("estimate", kind="stable", ignore_index=True)


def decompose_rates(
    marks: pd.DataFrame, scores: pd.DataFrame, measure: str, outlet: str, reference: str, *, voice: str = "journalist"
) -> pd.DataFrame:
    """Which entries carry a difference of rates: `entry rate rate_reference difference share`, the largest difference first.

    Rates are per 1,000 words of the voice; the differences of the entries add up to the difference of the pooled rates.
    """
    quantity = choose_quantity(measure, voice)
    words = scores.groupby("outlet")[quantity.exposure].sum()
    chosen = marks[(marks["measure"] == measure) & ((marks["voice"] == voice) | (voice == "all"))]
    counts = pd.crosstab(chosen["entry"], chosen["outlet"]).reindex(columns=[outlet, reference], fill_value=0)
    rates = 1000 * counts / words[[outlet, reference]]
    table = pd.DataFrame({"entry": rates.index, "rate": rates[outlet].to_numpy(), "rate_reference": rates[reference].to_numpy()})
    table["difference"] = table["rate"] - table["rate_reference"]
    total = table["difference"].sum()
    table["share"] = table["difference"] / total if total else np.nan
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def adjust_for_length(
    scores: pd.DataFrame, measure: str, outlet: str, reference: str, *, voice: str = "journalist"
) -> dict[str, float]:
    """The rate ratio with the article's length held constant, by a quasi-Poisson model (statsmodels GLM): a sensitivity check.

    log E(count) = log(exposure) + b0 + b1 [outlet] + b2 log(n_words); standard errors by Pearson's dispersion. Gives `estimate`,
    `conf_low`, `conf_high`, `length_slope` (missing where all lengths are equal). Articles are treated as independent; stories
    are not matched.
    """
    quantity = choose_quantity(measure, voice)
    pair = scores[scores["outlet"].isin((outlet, reference)) & (scores[quantity.exposure] > 0)]
    lengths_differ = np.ptp(pair["n_words"]) > 0
    columns = [pair["outlet"] == outlet, *([np.log(pair["n_words"])] if lengths_differ else [])]
    design = sm.add_constant(np.column_stack(columns).astype(float))
    model = sm.GLM(
        pair[quantity.count].to_numpy(float),
        design,
        family=sm.families.Poisson(),
        offset=np.log(pair[quantity.exposure]).to_numpy(),
    )
    fit = model.fit(scale="X2")
    low, high = fit.conf_int()[1]
    return {
        "estimate": float(np.exp(fit.params[1])), "conf_low": float(np.exp(low)), "conf_high": float(np.exp(high)),
        "length_slope": float(fit.params[2]) if lengths_differ else np.nan,
    }  # fmt: skip
