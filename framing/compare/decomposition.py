"""What a ratio between outlets is made of: the words that carry it, and the ratio without any one story, word or outlet.

The Mantel-Haenszel ratio is A / B with A = sum_s y_A T_B / T and B = sum_s y_B T_A / T (Greenland & Robins 1985). Both are linear
in the counts: a mark counts with the share of its stratum's exposure that stands on the other side. So A and B are sums over
marks, and split into entries without a remainder.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.compare.quantities import MIN_COUNT, ContrastError, Quantity, check_scores, choose_quantity, divide
from framing.corpus.progress import follow

COLUMNS = (
    "entry", "count", "count_reference", "rate", "rate_reference", "contribution", "share", "ratio_without", "status", "note",
)  # fmt: skip
LEFT_OUT_COLUMNS = ("by", "left_out", "estimate", "full")
RANGE_COLUMNS = ("by", "n", "n_undefined", "full", "lowest", "without_lowest", "highest", "without_highest", "same_side")
# Nearer to 1 than this a ratio has no shares: the parts of nearly nothing are huge and cancel (chosen).
NO_DIFFERENCE = 1.05


def decompose_ratio(
    marks: pd.DataFrame,
    scores: pd.DataFrame,
    measure: str,
    outlet: str,
    reference: str | Sequence[str],
    *,
    voice: str = "journalist",
    strata: str | None = None,
) -> pd.DataFrame:
    """Which entries carry a rate ratio, one row for each entry: contributions that add up to the log ratio exactly.

    Columns: `entry`; `count` and `count_reference`; `rate` and `rate_reference`, whose sums have the ratio of
    `compare_outlets(..., strata=strata)` (means over the strata with Mantel-Haenszel weights; with no strata the pooled rates);
    `contribution` to the log ratio, the largest first; `share` of the log ratio, missing where the ratio is within 5 % of 1;
    `ratio_without`, the ratio of all other entries; `status` (`ok`, `warning`: fewer than 5 occurrences, `descriptive`: no log
    ratio, since one side has none at all) and `note`. `.attrs` holds the ratio and its log. No marks: no rows.

    With A_e and B_e the parts of an entry, contribution_e = (A_e - B_e) / L(A, B), L(A, B) = (A - B) / log(A / B): the
    logarithmic-mean Divisia decomposition (Vartia 1976; Ang 2004), since L(A_e, B_e) log(A_e / B_e) = A_e - B_e. It leaves no
    remainder, needs no order of entries, changes only its sign when the outlets are swapped, holds for entries that one outlet
    never uses, and the contribution of a group of entries is the sum of theirs. `ratio_without` answers another question (what
    if the entry were not in the lexicon) and does not add up.

    `marks` and `scores` come from the same annotation. `reference` may name several outlets, which are pooled. A column `count`
    gives rows that stand for several marks; without strata `marks` may be counts by outlet, with no `article`. For attributions
    give their table: `attributions.assign(measure="attributions_stance_neutral", entry=attributions["lemma"])` of those rows.

    Raises ContrastError for unknown names and for marks that are not those the scores count.

    >>> scores = pd.DataFrame({"article": ["a", "b"], "outlet": ["x", "y"], "hedging": [4, 8], "n_words": [400, 400]})
    >>> marks = pd.DataFrame({"article": list("aaaabbbbbbbb"), "measure": "hedging", "entry": ["may"] * 6 + ["could"] * 6})
    >>> table = decompose_ratio(marks, scores, "hedging", "y", "x", voice="all")
    >>> table[["entry", "count", "count_reference", "share", "ratio_without"]].values.tolist()
    [['could', 6, 0, 1.5, 0.5], ['may', 2, 4, -0.5, inf]]
    >>> round(float(np.exp(table["contribution"].sum())), 12)
    2.0
    """
    quantity = choose_quantity(measure, voice)
    pair = _choose_articles(scores, quantity, outlet, reference, strata)
    table = _count_entries(_choose_marks(marks, measure, quantity, voice), pair, quantity, strata)
    A, B, A_e, B_e = table["A"].sum(), table["B"].sum(), table["A"], table["B"]
    log_ratio = float(np.log(A / B)) if A > 0 and B > 0 else float("nan")
    exposure = (pair["T"] * pair["weight"])[pair["in_a"]].sum()  # sum_s T_A T_B / T
    table["rate"], table["rate_reference"] = (quantity.per * part / exposure for part in (A_e, B_e))
    table["contribution"] = (A_e - B_e) / _logarithmic_mean(A, B)
    differs = abs(log_ratio) >= np.log(NO_DIFFERENCE)
    table["share"] = table["contribution"] / log_ratio if differs else np.nan
    table["ratio_without"] = _ratios_without(table)
    few = [np.full(len(table), np.isnan(log_ratio)), table["count"] + table["count_reference"] < MIN_COUNT]
    table["status"] = np.select(few, ["descriptive", "warning"], "ok")
    table["note"] = np.select(
        few, ["one side has no occurrence: there is no log ratio", f"fewer than {MIN_COUNT} occurrences"], ""
    )
    order = (A_e - B_e).abs().sort_values(ascending=False, kind="stable").index
    table = table.loc[order, list(COLUMNS)].reset_index(drop=True)
    table.attrs.update(
        ratio=divide(A, B), log_ratio=log_ratio, measure=measure, outlet=outlet, voice=voice, strata=strata or "none"
    )
    return table


def _choose_articles(
    scores: pd.DataFrame, quantity: Quantity, outlet: str, reference: str | Sequence[str], strata: str | None, by: str = "article"
) -> pd.DataFrame:
    """The articles of both sides in the strata that hold both: `article outlet part in_a stratum y T weight`."""
    references = [reference] if isinstance(reference, str) else list(reference)
    check_scores(scores, [quantity], strata, None, None, [outlet, *references])
    if outlet in references or not references:
        raise ContrastError(f"The outlet {outlet!r} needs another outlet beside it; reference= is {reference!r}.")
    frame = pd.DataFrame({
        "article": scores["article"], "outlet": scores["outlet"], "part": scores[by], "in_a": scores["outlet"] == outlet,
        "stratum": scores[strata] if strata else "all",
        "y": scores[quantity.count].astype(float), "T": scores[quantity.exposure].astype(float),
    })  # fmt: skip
    known = frame["stratum"].notna() & (frame["stratum"] != "")
    frame = frame[frame["outlet"].isin([outlet, *references]) & (frame["T"] > 0) & known]
    frame = frame[frame.groupby("stratum")["in_a"].transform("nunique") == 2]
    side, both = (frame.groupby(keys)["T"].transform("sum") for keys in (["stratum", "in_a"], ["stratum"]))
    return frame.assign(weight=(both - side) / both, stratum=pd.factorize(frame["stratum"])[0])


def _choose_marks(marks: pd.DataFrame, measure: str, quantity: Quantity, voice: str) -> pd.DataFrame:
    """The marks behind a count: of the measure, or of its category (`labels_fighters`), in the voice where it is of one."""
    named = marks["measure"] == measure
    if "category" in marks.columns:
        named |= marks["measure"] + "_" + marks["category"] == measure
    spoken = marks["voice"] == voice if quantity.count != measure else True
    return marks[named & spoken]


def _count_entries(marks: pd.DataFrame, pair: pd.DataFrame, quantity: Quantity, strata: str | None) -> pd.DataFrame:
    """One row per entry of either side: `entry count count_reference A B`."""
    key = "article" if "article" in marks.columns else "outlet"
    if key == "outlet" and strata is not None:
        raise ContrastError(f"The marks have no column 'article', which strata={strata!r} needs; give the marks table.")
    places = pair.groupby(key)[["in_a", "weight"]].first()
    chosen = marks[marks[key].isin(places.index)]
    count = chosen["count"] if "count" in chosen.columns else pd.Series(1, index=chosen.index)
    _check_counts(count.groupby(chosen[key]).sum(), pair.groupby(key)["y"].sum(), quantity, key)
    place = places.loc[chosen[key]].set_index(chosen.index)
    in_a, weight = place["in_a"].astype(bool), place["weight"]
    parts = {
        "count": count * in_a, "count_reference": count * ~in_a,
        "A": count * weight * in_a, "B": count * weight * ~in_a,
    }  # fmt: skip
    table = pd.DataFrame(parts).astype(float).groupby(chosen["entry"]).sum().reset_index()
    return table.astype({"count": "int64", "count_reference": "int64"})


def _check_counts(of_marks: pd.Series[float], of_scores: pd.Series[float], quantity: Quantity, key: str) -> None:
    found = of_marks.reindex(of_scores.index, fill_value=0)
    wrong = of_scores[of_scores != found]
    if len(wrong):
        raise ContrastError(
            f"The scores count {wrong.iloc[0]:.0f} in {quantity.count!r} of {key} {wrong.index[0]!r} and the marks hold "
            f"{found[wrong.index[0]]:.0f}; give marks and scores of the same annotation."
        )


def _logarithmic_mean(A: float, B: float) -> float:
    """L(A, B) = (A - B) / log(A / B), and A where the two are equal; missing where one of them is 0.

    >>> round(_logarithmic_mean(2.0, 1.0), 6), _logarithmic_mean(3.0, 3.0), _logarithmic_mean(3.0, 0.0)
    (1.442695, 3.0, nan)
    """
    if min(A, B) <= 0:
        return float("nan")
    x = (A - B) / B
    return float(B * x / np.log1p(x)) if x else float(A)  # log1p: exact where A and B are nearly equal


def _ratios_without(table: pd.DataFrame) -> list[float]:
    """The ratio of all other entries; whole counts tell when nothing is left, since sums of parts may miss 0 by rounding."""
    left = {side: table[side].sum() - table[side] for side in ("count", "count_reference", "A", "B")}
    A = left["A"].where(left["count"] > 0, 0.0)
    B = left["B"].where(left["count_reference"] > 0, 0.0)
    return [divide(a, b) for a, b in zip(A, B, strict=True)]


def leave_one_out(
    scores: pd.DataFrame,
    measure: str,
    outlet: str,
    reference: str | Sequence[str],
    *,
    by: str = "story",
    marks: pd.DataFrame | None = None,
    voice: str = "journalist",
    strata: str | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """The rate ratio without each part in turn: `by left_out estimate full`, sorted by the estimate; `full` leaves out nothing.

    `by` says what the parts are. A column of the scores (`story`, `article`, `topic` ...): all articles of the part go, on both
    sides; articles without one stay. `entry`: the marks of an entry go and the words stay (`marks` is needed; see
    `decompose_ratio`). `outlet`: the ratio of `outlet` to several `reference` outlets pooled (within strata, if given), without
    each of these: does one of them make the rest look different? A ratio of two outlets holds no third that could go, so one
    reference is refused. The estimate is missing where nothing is left to compare, and infinite over 0. `progress` shows a bar
    (default: where it is seen).

    >>> words = {"n_words": [400] * 4, "hedging": [4, 8, 2, 1]}
    >>> scores = pd.DataFrame({"article": list("abcd"), "outlet": list("xyxy"), "story": list("1122"), **words})
    >>> leave_one_out(scores, "hedging", "y", "x", voice="all", strata="story").values.tolist()
    [['story', '1', 0.5, 1.5], ['story', '2', 2.0, 1.5]]
    """
    if by == "entry":
        if marks is None:
            raise ContrastError("by='entry' needs the marks table; give marks=.")
        entries = decompose_ratio(marks, scores, measure, outlet, reference, voice=voice, strata=strata)
        parts, estimates, full = entries["entry"], entries["ratio_without"], entries.attrs["ratio"]
    else:
        if by == "outlet" and (isinstance(reference, str) or len(reference) < 2):
            raise ContrastError("by='outlet' leaves out outlets of a pooled reference; name two or more in reference=.")
        if by not in scores.columns:
            raise ContrastError(f"There is no column {by!r} for by=; give 'entry', 'outlet' or a column such as 'story'.")
        pair = _choose_articles(scores, choose_quantity(measure, voice), outlet, reference, strata, by)
        parts = _list_parts(pair, by)
        estimates = [_ratio(pair, pair["part"] != part) for part in follow(parts, "leaving out", progress, unit="parts")]
        full = _ratio(pair, pair["T"] > 0)
    table = pd.DataFrame({"by": by, "left_out": parts, "estimate": estimates, "full": full}, columns=list(LEFT_OUT_COLUMNS))
    return table.astype({"estimate": float, "full": float}).sort_values("estimate", kind="stable", ignore_index=True)


def _list_parts(pair: pd.DataFrame, by: str) -> list[object]:
    named = pair["part"].notna() & (pair["part"] != "")
    parts = pair.loc[named & ~pair["in_a"] if by == "outlet" else named, "part"]
    return sorted(parts.unique())


def _ratio(pair: pd.DataFrame, kept: pd.Series[bool]) -> float:
    """R = sum_s (y_A T_B / T) / sum_s (y_B T_A / T) over the kept articles and the strata that still hold both sides."""
    in_a, in_b = pair["in_a"] & kept, ~pair["in_a"] & kept
    y_A, T_A, y_B, T_B = (np.bincount(pair["stratum"], pair[of] * side) for side in (in_a, in_b) for of in ("y", "T"))
    both = (T_A > 0) & (T_B > 0)
    T = np.where(both, T_A + T_B, np.inf)
    return divide(np.sum(y_A * T_B / T), np.sum(y_B * T_A / T))


def summarise_left_out(left_out: pd.DataFrame) -> pd.DataFrame:
    """The range of each kind in a table of `leave_one_out` (or of several, put together with pandas.concat), one row for each.

    Columns: `by`; `n` parts left out in turn, `n_undefined` of them without a ratio; `full`; `lowest` and `highest` estimate and
    what is left out there (`without_lowest`, `without_highest`); `same_side`, whether every estimate stays on the same side of 1
    as the full one. A range tells what carries a contrast; it is no interval.

    >>> left_out = pd.DataFrame({"by": "story", "left_out": ["s", "t"], "estimate": [1.2, 1.6], "full": 1.4})
    >>> summarise_left_out(left_out).values.tolist()
    [['story', 2, 0, 1.4, 1.2, 's', 1.6, 't', True]]
    """
    rows = [_range(str(by), table.sort_values("estimate", kind="stable")) for by, table in left_out.groupby("by", sort=False)]
    return pd.DataFrame(rows, columns=list(RANGE_COLUMNS))


def _range(by: str, table: pd.DataFrame) -> tuple[object, ...]:
    full = float(table["full"].iloc[0])
    known = table.dropna(subset="estimate")
    if not len(known):
        return by, len(table), len(table), full, np.nan, None, np.nan, None, False
    lowest, highest = known.iloc[0], known.iloc[-1]
    same_side = bool((np.sign(table["estimate"] - 1) == np.sign(full - 1)).all())  # a missing one is on no side
    return (
        by, len(table), len(table) - len(known), full, lowest["estimate"], lowest["left_out"], highest["estimate"],
        highest["left_out"], same_side,
    )  # fmt: skip
