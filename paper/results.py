"""Every number, table and figure that paper.md may name, computed from committed data; nothing is typed by hand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from calibration import describe_calibration, table_calibration

import framing as fr
from framing.compare.multiverse import summarise_multiverse
from framing.show.tables import format_contrasts
from lexicons import table_lexicons

ROOT = Path(__file__).parent.parent
DATA = ROOT / "paper" / "data"
BENCHMARKS = ROOT / "benchmarks" / "results"
OUTLETS = ["Fox News", "CNN", "Washington Times", "USA Today", "NPR"]
REFERENCE = "Fox News"
MEASURES = ["hedging", "loaded", "attributions_stance_neutral", "n_attributed_words"]
"""The family of the paper. It was chosen after a first look at these scores, so the paper calls the contrasts exploratory."""


@dataclass(frozen=True)
class Results:
    """What the paper is filled from."""

    numbers: dict[str, Any]
    """Nested dicts; a key in the paper is a dotted path."""
    tables: dict[str, pd.DataFrame]
    """Tables by name."""
    figures: dict[str, str]
    """Figure name -> alternative text."""


def compute() -> Results:
    """All results."""
    annotated = fr.annotate(fr.read_articles(fr.DEMO), progress=False)
    demo = fr.score_articles(annotated)
    words = {"article": str, "story": str, "date": str}
    allsides = pd.read_csv(DATA / "allsides_scores.csv", dtype=words)
    pages = pd.read_csv(DATA / "uk_ukraine_scores.csv", dtype=words)
    five = allsides[allsides["outlet"].isin(OUTLETS)]
    contrasts = fr.compare_outlets(allsides, MEASURES, strata="story", reference=REFERENCE, outlets=OUTLETS)
    basil = pd.read_csv(DATA / "basil_scores.csv", dtype=words)
    replication = fr.compare_outlets(basil, MEASURES, strata="story", reference="FOX")
    coding = fr.read_coding(fr.DEMO.with_name("coding.jsonl"))
    tool = fr.coded_by_tool(annotated.marks, annotated.attributions, annotated.excluded)
    validity = fr.validate({"framing": tool, "coder B": coding["B"]}, {"A": coding["A"]})
    polnear, sources = (
        json.loads((BENCHMARKS / f"{name}.json").read_text(encoding="utf-8")) for name in ("attribution_dev", "sources")
    )
    numbers = {
        "version": fr.__version__,
        "lexicon": describe_lexicons(),
        "demo": {**describe_corpus(demo), **describe_demo(demo)},
        "allsides": {**describe_corpus(allsides), "five": describe_corpus(five), **describe_contrasts(contrasts)},
        "pages": describe_corpus(pages),
        "validity": describe_validity(validity),
        "polnear": describe_benchmark(polnear),
        "sources": {name.replace(" ", "_"): found for name, found in sources.items()},
        "robustness": describe_robustness(allsides),
        "known": describe_known_groups(),
        "calibration": describe_calibration(),
        "basil": {**describe_corpus(basil), **describe_contrasts(replication)},
    }
    tables = {
        "contrasts": format_contrasts(contrasts).drop(columns=["Reference", "Status"]),
        "pages": table_pages(pages),
        "stances": table_stances(pages),
        "polnear": table_benchmark(polnear),
        "polnear_outlets": table_outlets(polnear),
        "polnear_agreement": table_agreement(polnear),
        "lexicons": table_lexicons(),
        "calibration": table_calibration(),
        "sources": table_sources(sources),
        "validity": table_validity(validity),
        "hedging_by_voice": table_hedging(demo),
        "figures": table_figures(),
    }
    return Results(numbers, tables, read_alternatives())


def describe_corpus(scores: pd.DataFrame) -> dict[str, Any]:
    """Sizes, and how much stands in whose voice."""
    n_words = int(scores["n_words"].sum())
    borrowed = int(scores["hedging"].sum() - scores["hedging_journalist"].sum())
    return {
        "n_articles": len(scores), "n_outlets": int(scores["outlet"].nunique()),
        "n_stories": int(scores["story"].dropna().nunique()),
        "n_words": n_words, "n_attributions": int(scores["n_attributions"].sum()),
        "others_words": 100 * (n_words - int(scores["n_words_journalist"].sum())) / n_words,
        "others_hedges": 100 * borrowed / max(int(scores["hedging"].sum()), 1),
    }  # fmt: skip


def describe_demo(scores: pd.DataFrame) -> dict[str, Any]:
    """The demo's planted example: hedging over all words and over the journalist's own, by outlet."""
    rates = {
        voice: fr.describe_outlets(scores, "hedging", voice=voice).set_index("outlet")["rate"] for voice in ("all", "journalist")
    }
    return {
        f"{name}_{voice}": float(rates[voice][outlet])
        for name, outlet in (("radio", "Caldria Public Radio"), ("courier", "Marrow Bay Courier"))
        for voice in rates
    }


def describe_contrasts(contrasts: pd.DataFrame) -> dict[str, Any]:
    """One dict for each contrast (`cnn_hedging.estimate` ...) and how many of the family stand after Holm."""
    rows = {f"{row['outlet'].lower().replace(' ', '_')}_{row['measure']}": row.to_dict() for _, row in contrasts.iterrows()}
    clear = contrasts[contrasts["p_adjusted"] < 0.05]
    names = [
        f"{fr.figures.label(r.measure).lower()}, {r.outlet} (ratio {r.estimate:.2f}, adjusted p = {r.p_adjusted:.3f})"
        for r in clear.itertuples()
    ]
    return {"contrast": rows, "n_tests": len(contrasts), "n_clear": len(clear), "clear": "; ".join(names) or "none"}


def describe_validity(table: pd.DataFrame) -> dict[str, Any]:
    """`validity.attribution.framing.f1` and so on."""
    found: dict[str, Any] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["unit"], {})[row["found_by"].replace(" ", "_")] = row
    return found


def describe_benchmark(result: dict[str, Any]) -> dict[str, Any]:
    """F1 in per cent of every method and metric of a benchmark result, by mode, and the agreement of per-article measures."""
    recalls = [100 * values["cue recall"] for values in result["outlets"].values()]
    return {
        "n_articles": result["articles"],
        "modes": {name.replace(" ", "_"): {"f1": 100 * values["f1"]} for name, values in result["modes"].items()},
        "human_modes": {name.replace(" ", "_"): {"f1": 100 * values["f1"]} for name, values in result["human_modes"].items()},
        "agreement": {re.sub(r"\W+", "_", name): value for name, value in result["agreement"].items()},
        "human_agreement": {
            re.sub(r"\W+", "_", name): {key.replace(" ", "_"): value for key, value in values.items()}
            for name, values in result["human_agreement"].items()
        },
        "recall_gap": max(recalls) - min(recalls),
        **{
            name.split(" (")[0].replace(" ", "_"): {
                metric.replace(" ", "_"): 100 * value["f1"] for metric, value in metrics.items()
            }
            for name, metrics in result["table"].items()
        },
    }


def describe_robustness(allsides: pd.DataFrame) -> dict[str, Any]:
    """Range of the neutral-verb contrast without each story, and of hedging over specifications."""
    left_out = fr.leave_one_out(allsides, "attributions_stance_neutral", "CNN", REFERENCE, by="story", strata="story")["estimate"]
    hedging = summarise_multiverse(fr.multiverse(allsides, "hedging", "CNN", REFERENCE))
    return {
        "neutral_lowest": float(left_out.min()), "neutral_highest": float(left_out.max()),
        "hedging_lowest": hedging["lowest"], "hedging_highest": hedging["highest"], "n_specifications": hedging["n"],
    }  # fmt: skip


def describe_known_groups() -> dict[str, Any]:
    """Ratios of opinion to news, and of odd to even days, by measure."""
    rows = json.loads((BENCHMARKS / "known_groups.json").read_text(encoding="utf-8"))
    names = {"opinion against news": "opinion", "odd days against even days": "days"}
    return {name: {row["measure"]: row for row in rows if row["groups"] == groups} for groups, name in names.items()}


def describe_lexicons() -> dict[str, Any]:
    """How many entries, rules and cues there are, and their version hash."""
    sizes = {name: len(fr.load_lexicon(name)) for name in fr.list_lexicons()}
    return {"hash": fr.lexicon_digest(), "n_entries": sum(sizes.values()), "n_lexicons": len(sizes), **sizes}


def table_pages(pages: pd.DataFrame) -> pd.DataFrame:
    """The five single pages: rates, attributed share and verb stances, described only."""
    neutral = pages["attributions_stance_neutral"]
    doubting = pages[["attributions_stance_doubt", "attributions_stance_oppositional"]].sum(axis=1)
    return pd.DataFrame({
        "Page": pages["article"].str.slice(0, 3),
        "Words": pages["n_words"].astype(str),
        "Own hedges per 1,000": (1000 * pages["hedging_journalist"] / pages["n_words_journalist"]).map("{:.1f}".format),
        "Loaded per 1,000": (1000 * pages["loaded_journalist"] / pages["n_words_journalist"]).map("{:.1f}".format),
        "Attributed words (%)": (100 * (1 - pages["n_words_journalist"] / pages["n_words"])).map("{:.0f}".format),
        "Attributions": pages["n_attributions"].astype(str),
        "Neutral verbs": neutral.astype(str),
        "Doubt or opposition": doubting.astype(str),
        "Status": "descriptive",
    })  # fmt: skip


def table_hedging(demo: pd.DataFrame) -> pd.DataFrame:
    """The demo's hedges per 1,000 words by outlet: over all words and over the journalist's own."""
    rates = {
        voice: fr.describe_outlets(demo, "hedging", voice=voice).set_index("outlet")["rate"] for voice in ("all", "journalist")
    }
    neutral = fr.describe_outlets(demo, "attributions_stance_neutral").set_index("outlet")["rate"]
    return pd.DataFrame({
        "Outlet": rates["all"].index,
        "Hedges per 1,000 words": rates["all"].map("{:.1f}".format).to_numpy(),
        "... of the journalist's own words": rates["journalist"].map("{:.1f}".format).to_numpy(),
        "Neutral verbs (% of attributions)": neutral.map("{:.0f}".format).to_numpy(),
    })  # fmt: skip


FIGURES = {
    "plot_article": ("marked article", "02_marks", "article_demo"),
    "plot_voices": ("words by voice", "03_scores, 06_paper_figures", "voices_demo, voices_allsides, voices_pages"),
    "plot_sources": ("source mix", "03_scores, 06_paper_figures", "sources_demo, sources_allsides"),
    "plot_rates": ("rates by outlet", "03_scores, 06_paper_figures", "rates_demo, rates_allsides"),
    "plot_contrasts": ("outlet contrasts", "04_outlets", "contrasts_demo, contrasts_allsides, contrasts_basil"),
    "plot_calibration": ("calibration of tests", "04_outlets", "calibration_tests"),
    "plot_specifications": ("specification curve", "05_robustness", "specifications_hedging"),
}
"""Function -> what it shows, in which notebooks, under which names in figures/."""


def table_figures() -> pd.DataFrame:
    """Figure, notebook, function, output and seconds (benchmarks/figures.py)."""
    seconds = json.loads((BENCHMARKS / "figures.json").read_text(encoding="utf-8"))
    rows = [
        (what, where, f"`{name}`", f"figures/ {files}", f"{seconds[name]:.1f}") for name, (what, where, files) in FIGURES.items()
    ]
    return pd.DataFrame(rows, columns=["Figure", "Notebook", "Function", "Output", "Seconds"])


def table_stances(pages: pd.DataFrame) -> pd.DataFrame:
    """Verb stances of the five single pages: attributions by what the cue says of the speaker's stance."""
    prefix = "attributions_stance_"
    counts = pages.set_index(pages["article"].str.slice(0, 3))[[name for name in pages.columns if name.startswith(prefix)]]
    table = counts.T.loc[lambda rows: rows.sum(axis=1) > 0].astype(str)
    table.index = table.index.str.removeprefix(prefix)
    return table.rename_axis("Stance of the cue", axis=0).rename_axis(None, axis=1).reset_index()


def table_benchmark(result: dict[str, Any]) -> pd.DataFrame:
    """F1 by method and metric, in per cent; a metric that a method cannot reach by construction is a dash."""
    rows = []
    for name, metrics in result["table"].items():
        rows.append({"Method": name, **{metric.capitalize(): _percent(value["f1"]) for metric, value in metrics.items()}})
        if name == "framing":
            intervals = {metric: f"{100 * value['f1_low']:.1f}–{100 * value['f1_high']:.1f}" for metric, value in metrics.items()}
            rows.append({"Method": "95 % interval", **{metric.capitalize(): text for metric, text in intervals.items()}})
    return pd.DataFrame(rows)


def table_outlets(result: dict[str, Any]) -> pd.DataFrame:
    """Recall and precision of the tool in each outlet of the gold, in per cent."""
    return pd.DataFrame([
        {"Outlet": name, "Articles": values["articles"], **{key.capitalize(): _percent(values[key]) for key in list(values)[1:]}}
        for name, values in result["outlets"].items()
    ])  # fmt: skip


def table_agreement(result: dict[str, Any]) -> pd.DataFrame:
    """Correlations over articles of what researchers add up: tool and gold, every two people, tool and each of the people."""
    human = result["human_agreement"]
    return pd.DataFrame([
        {
            "Per article": name[:1].upper() + name[1:], "Tool, gold (r)": f"{value:.2f}",
            "Two people (mean r)": f"{human[name]['mean of human pairs']:.2f}",
            "lowest–highest": f"{human[name]['lowest']:.2f}–{human[name]['highest']:.2f}",
            "Tool, each of them (mean r)": f"{human[name]['mean of tool with each']:.2f}",
        }
        for name, value in result["agreement"].items()
    ])  # fmt: skip


def table_sources(result: dict[str, Any]) -> pd.DataFrame:
    """Agreement of the tool with each coder, of the coders with each other, and of the commonest class, in per cent."""

    def cell(values: dict[str, float] | None) -> str:
        return f"{values['percent']:.1f} ({values['low']:.1f}–{values['high']:.1f})" if values else "–"

    rows = []
    for name, found in result.items():
        against = [found.get(f"tool against {coder}", found.get(f"right of all, coder {coder}")) for coder in "AB"]
        rows.append({
            "Coded": name.capitalize(), "Units": found["n"], "Tool, coder A": cell(against[0]), "Tool, coder B": cell(against[1]),
            "Coder A, coder B": cell(found["A against B"]), "Commonest class": cell(found.get("largest class alone")),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}" if share else "–"


def table_validity(table: pd.DataFrame) -> pd.DataFrame:
    """The tool and the second coder against the first, unit by unit."""
    return pd.DataFrame({
        "Unit": table["unit"], "Found by": table["found_by"],
        "Found": table["n_found"].astype(str), "Gold": table["n_gold"].astype(str),
        "Precision": table["precision"].map("{:.2f}".format), "Recall": table["recall"].map("{:.2f}".format),
        "F1": table["f1"].map("{:.2f}".format),
        "95 % interval": [f"{r.conf_low:.2f}, {r.conf_high:.2f}" for r in table.itertuples()],
    })  # fmt: skip


def read_alternatives() -> dict[str, str]:
    """The alternative text of every figure, read back from the saved SVG."""
    import html
    import re

    found = {}
    for path in sorted((ROOT / "figures").glob("*.svg")):
        text = re.search(r"<dc:description>(.*?)</dc:description>", path.read_text(encoding="utf-8"), re.DOTALL)
        found[path.stem] = html.unescape(text.group(1)) if text else ""
    return found
