"""Tables of corpora: the demo article by article, the five single pages, and what a measure's counts rest on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import framing as fr
from framing.compare.quantities import choose_quantity

DATA = Path(__file__).parent / "data"


def table_pages(pages: pd.DataFrame) -> pd.DataFrame:
    """The five single pages: rates, attributed share and verb stances, described only."""
    neutral = pages["attributions_stance_neutral"]
    doubting = pages[["attributions_stance_doubt", "attributions_stance_oppositional"]].sum(axis=1)
    return pd.DataFrame(
        {
            "Page": pages["article"].str.slice(0, 3),
            "Words": pages["n_words"].astype(str),
            "Own hedges per 1,000": (1000 * pages["hedging_journalist"] / pages["n_words_journalist"]).map("{:.1f}".format),
            "Loaded per 1,000": (1000 * pages["loaded_journalist"] / pages["n_words_journalist"]).map("{:.1f}".format),
            "Attributed words (%)": (100 * (1 - pages["n_words_journalist"] / pages["n_words"])).map("{:.0f}".format),
            "Attributions": pages["n_attributions"].astype(str),
            "Neutral verbs": neutral.astype(str),
            "Doubt or opposition": doubting.astype(str),
            "Status": "descriptive",
        }
    )


def table_hedging(demo: pd.DataFrame) -> pd.DataFrame:
    """The demo's hedges per 1,000 words by outlet: over all words and over the journalist's own."""
    rates = {
        voice: fr.describe_outlets(demo, "hedging", voice=voice).set_index("outlet")["rate"] for voice in ("all", "journalist")
    }
    neutral = fr.describe_outlets(demo, "attributions_stance_neutral").set_index("outlet")["rate"]
    return pd.DataFrame(
        {
            "Outlet": rates["all"].index,
            "Hedges per 1,000 words": rates["all"].map("{:.1f}".format).to_numpy(),
            "... of the journalist's own words": rates["journalist"].map("{:.1f}".format).to_numpy(),
            "Neutral verbs (% of attributions)": neutral.map("{:.0f}".format).to_numpy(),
        }
    )


def table_stances(pages: pd.DataFrame) -> pd.DataFrame:
    """Verb stances of the five single pages: attributions by what the cue says of the speaker's stance."""
    prefix = "attributions_stance_"
    counts = pages.set_index(pages["article"].str.slice(0, 3))[[name for name in pages.columns if name.startswith(prefix)]]
    table = counts.T.loc[lambda rows: rows.sum(axis=1) > 0].astype(str)
    table.index = table.index.str.removeprefix(prefix)
    return table.rename_axis("Stance of the cue", axis=0).rename_axis(None, axis=1).reset_index()


def table_demo(demo: pd.DataFrame) -> pd.DataFrame:
    """The demo corpus article by article: words, others' words, attributions, and hedges and loaded words by voice."""
    own = demo["n_words_journalist"]
    return pd.DataFrame(
        {
            "Story": demo["story"].where(~demo["story"].duplicated(), "").str.capitalize(),
            "Outlet": demo["outlet"].str.split().str[-1],
            "Words": demo["n_words"].astype(str),
            "Others' (%)": (100 * (1 - own / demo["n_words"])).map("{:.0f}".format),
            "Quoted (%)": (100 * demo["n_words_quoted"] / demo["n_words"]).map("{:.0f}".format),
            "Attributions": demo["n_attributions"].astype(str),
            "Neutral verbs": demo["attributions_stance_neutral"].astype(str),
            "Hedges": demo["hedging"].astype(str),
            "Own hedges": demo["hedging_journalist"].astype(str),
            "Per 1,000 own": (1000 * demo["hedging_journalist"] / own).map("{:.1f}".format),
            "Own loaded": demo["loaded_journalist"].astype(str),
        }
    )


def table_coverage(scores: pd.DataFrame, measures: tuple[str, ...], corpus: str = "allsides", most: int = 5) -> pd.DataFrame:
    """What the counts rest on: articles without any, different entries met, and the commonest with their share of all hits."""
    entries = pd.read_csv(DATA / f"{corpus}_entries.csv")
    rows = []
    for measure in measures:
        count = scores[choose_quantity(measure).count]
        voices = ("journalist", "all")
        hits = entries[(entries["measure"] == measure) & entries["voice"].isin(voices)].groupby("entry")["count"].sum()
        top = hits.sort_values(ascending=False, kind="stable").head(most)
        words = ", ".join(f"{entry.split('/')[-1].replace('_', ' ')} {100 * n / hits.sum():.0f}" for entry, n in top.items())
        rows.append(
            {
                "Measure": fr.figures.label(measure),
                "Count": f"{count.sum():,}",
                "Articles without": f"{100 * (count == 0).mean():.0f} %",
                "Different words": f"{len(hits):,}" if len(hits) else "–",
                "Commonest, with their share of hits (%)": words or "–",
            }
        )
    return pd.DataFrame(rows)
