"""Does a contrast hold under other reasonable choices?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import statsmodels.api as sm

from framing.compare.contrasts import compare_outlets
from framing.compare.quantities import choose_quantity

Specifications = Mapping[str, Mapping[str, str | None]]

SPECIFICATIONS: Specifications = {
    "journalist's words, within stories": {"voice": "journalist", "strata": "story"},
    "all words, within stories": {"voice": "all", "strata": "story"},
    "journalist's words, pooled": {"voice": "journalist", "strata": None},
    "all words, pooled": {"voice": "all", "strata": None},
}
"""The reasonable ways to make one contrast, named in words."""


def multiverse(
    scores: pd.DataFrame,
    measure: str,
    outlet: str,
    reference: str,
    *,
    specifications: Specifications = SPECIFICATIONS,
    seed: int = 0,
) -> pd.DataFrame:
    """One contrast under several specifications: a contrasts table with a first column `specification`."""
    tables = []
    for name, options in specifications.items():
        table = compare_outlets(scores, measure, reference=reference, outlets=[outlet], adjust=None, seed=seed, **options)  # type: ignore[arg-type]
        table.insert(0, "specification", name)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def adjust_for_length(
    scores: pd.DataFrame, measure: str, outlet: str, reference: str, *, voice: str = "journalist"
) -> dict[str, float]:
    """The rate ratio with the article's length held constant, by a quasi-Poisson model (statsmodels GLM): a sensitivity check.

    log E(count) = log(exposure) + b0 + b1 [outlet] + b2 log(n_words); standard errors by Pearson's dispersion, 95 % intervals by
    t with the residual degrees of freedom. Gives `estimate`, `conf_low`, `conf_high`, `length_slope` (missing where all lengths
    are equal). Articles are treated as independent; stories are not matched. Other models: see the regression chapter of docs/.
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
    fit = model.fit(scale="X2", use_t=True)
    low, high = fit.conf_int()[1]
    return {
        "estimate": float(np.exp(fit.params[1])), "conf_low": float(np.exp(low)), "conf_high": float(np.exp(high)),
        "length_slope": float(fit.params[2]) if lengths_differ else np.nan,
    }  # fmt: skip


def summarise_multiverse(table: pd.DataFrame) -> dict[str, float]:
    """Range of the estimates and how many specifications point the same way: `n lowest highest n_above_one n_tested`."""
    estimates: Sequence[float] = table["estimate"].to_numpy(float)
    return {
        "n": float(len(table)), "lowest": float(np.nanmin(estimates)), "highest": float(np.nanmax(estimates)),
        "n_above_one": float(np.sum(np.asarray(estimates) > 1)), "n_tested": float(table["p_value"].notna().sum()),
    }  # fmt: skip
