"""The rate ratio with the articles' length held constant."""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm

from framing.compare.quantities import choose_quantity


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
