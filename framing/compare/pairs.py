"""The independent units of two outlets, for one count over one exposure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from framing.compare.inference import Effect, Floats, mantel_haenszel
from framing.compare.permutations import Units
from framing.compare.quantities import Quantity


@dataclass(frozen=True)
class Pair:
    """Two outlets within the strata that both have."""

    outlet: str
    """The outlet A."""
    reference: str
    """The outlet B that it is compared with."""
    a: pd.DataFrame
    """Articles of the outlet: article, stratum, unit, y (counts) and T (exposures)."""
    b: pd.DataFrame
    """Articles of the reference."""
    is_matched: bool
    """Whether strata are stories, which are the units then."""

    @property
    def units(self) -> Units:
        """Articles, or their groups, summed within stratum and outlet; strata are numbered in their order."""
        keys = ["stratum", "outlet", "unit"]  # so that swapping the outlets changes no unit's place
        sums = pd.concat([self.a, self.b]).groupby(keys, sort=True)[["y", "T"]].sum().reset_index()
        stratum = pd.factorize(sums["stratum"], sort=True)[0].astype(np.int64)
        in_a = (sums["outlet"] == self.outlet).to_numpy()
        return Units(sums["y"].to_numpy(float), sums["T"].to_numpy(float), in_a, stratum)

    @cached_property
    def sums(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Counts and exposures of the two outlets by stratum, sorted."""
        codes, names = pd.factorize(pd.concat([self.a["stratum"], self.b["stratum"]]), sort=True)
        sides = (self.a, codes[: len(self.a)]), (self.b, codes[len(self.a) :])
        one, two = (
            pd.DataFrame({name: np.bincount(stratum, side[name], minlength=len(names)) for name in ("y", "T")}, index=names)
            for side, stratum in sides
        )
        return one, two

    @property
    def strata(self) -> list[str]:
        """Names of the strata; their order is that of `terms`."""
        return list(self.sums[0].index)

    @property
    def n_units(self) -> tuple[int, int]:
        """Independent units of the two outlets: shared stories, or articles (groups)."""
        column = "stratum" if self.is_matched else "unit"
        return self.a[column].nunique(), self.b[column].nunique()

    def terms(self, effect: Effect) -> tuple[Floats, Floats]:
        """The Mantel-Haenszel terms of each stratum."""
        (y_A, T_A), (y_B, T_B) = (side.to_numpy(float).T for side in self.sums)
        return mantel_haenszel(y_A, T_A, y_B, T_B, effect)


def pair_outlets(
    scores: pd.DataFrame, quantity: Quantity, outlet: str, reference: str, strata: str | None, cluster: str | None
) -> Pair:
    """The articles of two outlets with an exposure, in the strata that both have; a stratum without a name is none."""
    names = ["article", "outlet", "topic", quantity.count, quantity.exposure, strata, cluster]
    used = [name for name in dict.fromkeys(names) if name in scores.columns]
    here = scores.loc[scores["outlet"].isin((outlet, reference)), used]
    columns = {"y": here[quantity.count].astype(float), "T": here[quantity.exposure].astype(float) if quantity.exposure else 1.0}
    frame = pd.DataFrame({"article": here["article"].astype(str), "outlet": here["outlet"], **columns})
    frame["stratum"] = here[strata].fillna("").astype(str) if strata else ""
    frame["topic"] = here["topic"].fillna("").astype(str) if "topic" in here else ""
    frame["unit"] = _units(here, cluster)
    frame = frame.astype(dict.fromkeys(("article", "outlet", "stratum", "topic", "unit"), object))  # grouped and compared faster
    frame = frame[(frame["T"] > 0) & ((frame["stratum"] != "") | (strata is None))]
    a, b = frame[frame["outlet"] == outlet], frame[frame["outlet"] == reference]
    shared = set(a["stratum"]) & set(b["stratum"])
    return Pair(outlet, reference, a[a["stratum"].isin(shared)], b[b["stratum"].isin(shared)], strata == "story")


def _units(scores: pd.DataFrame, cluster: str | None) -> pd.Series:
    """The group of each article; one without a group stands for itself."""
    articles = scores["article"].astype(str)
    if cluster is None:
        return articles
    groups = scores[cluster]
    return groups.astype(str).where(groups.notna() & (groups != ""), "article " + articles)
