"""Does a contrast hold under other reasonable choices? The same resamples for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from framing.compare.contrasts import Settings, contrast
from framing.compare.families import adjust_max
from framing.compare.inference import RATIO
from framing.compare.quantities import ContrastError, check_scores, choose_quantity
from framing.corpus.progress import follow
from framing.measure.lexicon import list_lexicons, load_lexicon
from framing.measure.scores import Annotated, annotate, score_articles

Specifications = Mapping[str, Mapping[str, str | None]]

SPECIFICATIONS: Specifications = {
    "journalist's words, within stories": {"voice": "journalist", "strata": "story"},
    "all words, within stories": {"voice": "all", "strata": "story"},
    "journalist's words, pooled": {"voice": "journalist", "strata": None},
    "all words, pooled": {"voice": "all", "strata": None},
    "all words per sentence, within stories": {"voice": "all", "strata": "story", "exposure": "n_sentences"},
}
"""The reasonable ways to make one contrast, named in words; `scores` in one names a table of `variants`."""
_OPTIONS = ("voice", "strata", "exposure", "scores")


def multiverse(
    scores: pd.DataFrame,
    measure: str,
    outlet: str,
    reference: str,
    *,
    specifications: Specifications = SPECIFICATIONS,
    variants: Mapping[str, pd.DataFrame] | None = None,
    conf_level: float = 0.95,
    n_resamples: int = 9999,
    seed: int = 0,
    progress: bool | None = None,
) -> pd.DataFrame:
    """One contrast under several specifications (Steegen et al. 2016): a contrasts table with a first column `specification`.

    A specification chooses `voice`, `strata`, `exposure` and `scores`, the name of another scores table in `variants` (see
    `vary_scores`); each of the variants is also tried with the first specification. `p_adjusted` is the joint p (maxT): all
    specifications that match stories share their flips. The order is that of the specifications; sort by `estimate` for a
    specification curve. `progress` shows a bar (default: where it is seen).

    Raises ContrastError for an unknown option, variant, measure, outlet or column.

    >>> scores = pd.DataFrame({"article": list("abcd"), "outlet": list("xyxy"), "story": list("1122"), "hedging": [1, 2, 3, 4],
    ...                        "n_words": [100] * 4})
    >>> ways = {"stories": {"voice": "all", "strata": "story"}, "pooled": {"voice": "all"}}
    >>> multiverse(scores, "hedging", "y", "x", specifications=ways)[["specification", "estimate", "status"]].values.tolist()
    [['stories', 1.5, 'descriptive'], ['pooled', 1.5, 'descriptive']]
    """
    tables = {"": scores, **(variants or {})}
    first = next(iter(specifications.values()))
    ways = {**specifications, **{name: {**first, "scores": name} for name in tables if name}}
    settings = Settings(conf_level=conf_level, n_resamples=n_resamples, seed=seed)
    found = []
    for name, options in follow(list(ways.items()), "specifications", progress):
        _check(name, options, tables)
        table = tables[options.get("scores") or ""]
        quantity = choose_quantity(measure, options.get("voice") or "journalist", options.get("exposure"))
        check_scores(table, [quantity], options.get("strata"), None, reference, [outlet])
        found.append(contrast(table, quantity, outlet, reference, replace(settings, strata=options.get("strata"))))
    contrasts = pd.DataFrame([one.row for one in found])
    contrasts.insert(0, "specification", list(ways))
    contrasts["p_adjusted"] = adjust_max([one.pair for one in found], RATIO, n_resamples, seed)
    contrasts["adjust"] = "maxT"
    contrasts.attrs.update(seed=seed, n_resamples=n_resamples, conf_level=conf_level)
    return contrasts


def _check(name: str, options: Mapping[str, str | None], tables: Mapping[str, pd.DataFrame]) -> None:
    unknown = [option for option in options if option not in _OPTIONS]
    if unknown:
        raise ContrastError(f"The specification {name!r} has an option {unknown[0]!r}; known are {', '.join(_OPTIONS)}.")
    if (options.get("scores") or "") not in tables:
        known = ", ".join(one for one in tables if one) or "none"
        raise ContrastError(f"The specification {name!r} asks for the variant {options['scores']!r}; known are {known}.")


def vary_scores(annotated: Annotated, *, furniture: bool = True, progress: bool | None = None) -> dict[str, pd.DataFrame]:
    """Scores tables under other choices: without the entries that are borderline, and with page furniture counted.

    The second reads all articles again; `furniture=False` leaves it out. `progress` shows a bar (default: where it is seen).
    """
    core = {entry.id for name in list_lexicons() for entry in load_lexicon(name) if entry.status == "core"}
    is_core = annotated.marks["entry"].isin(core) | (annotated.marks["measure"] == "tone")
    variants = {"core entries only": score_articles(replace(annotated, marks=annotated.marks[is_core]))}
    if furniture:
        variants["page furniture counted"] = score_articles(annotate(annotated.articles, furniture=True, progress=progress))
    return variants


def summarise_multiverse(table: pd.DataFrame) -> dict[str, float]:
    """Range of the estimates and how many specifications point the same way: `n lowest highest n_above_one n_tested`."""
    estimates = table["estimate"].to_numpy(float)
    return {
        "n": float(len(table)), "lowest": float(np.nanmin(estimates)), "highest": float(np.nanmax(estimates)),
        "n_above_one": float(np.sum(estimates > 1)), "n_tested": float(table["p_value"].notna().sum()),
    }  # fmt: skip
