"""Who speaks how much: rates and shares of attribution per article, and the share of voice of each named speaker.

`speech_measures` gives ratios to describe articles with; contrasts of outlets are made from the counts in the scores table.
Measures whose agreement with human coding is weak or was not measured are named in `NOT_VALIDATED` and left out unless asked for.
"""

from __future__ import annotations

import pandas as pd

from framing.measure.scores import NAMINGS, SOURCE_TYPES, STANCES, Annotated, score_articles

VALIDATED = ("attributions_per_1000", "quoted_words_per_1000", "attributed_share", "neutral_share")
"""Agreement with human coding per article at least as high as that of two people: benchmarks/results/attribution_dev.json.

For `attributions_per_1000` both are low, because people code beliefs and plans unlike each other.
"""
NOT_VALIDATED = (
    *(f"{stance}_share" for stance in STANCES if stance != "neutral"),
    *(f"{kind}_share" for kind in SOURCE_TYPES if kind != "none"),
    "sourceless_share", *(f"{naming}_naming_share" for naming in NAMINGS), "distinct_speakers", "speaker_concentration",
)  # fmt: skip
"""Computed, but weak (sourceless share, distinct speakers) or not compared per article with human coding."""


def speech_measures(annotated: Annotated, *, not_validated: bool = False) -> pd.DataFrame:
    """One row per article: attributions and quoted words per 1,000 words, attributed share of words, neutral share of cues.

    Shares are of the article's attributions (scope reported_speech; attributed_share: of its words), missing where there are
    none. `not_validated=True` adds the measures of `NOT_VALIDATED`, among them `speaker_concentration`, the Herfindahl index of
    attributed words over named speakers (1: one speaker has them all), and lists them in `.attrs["not_validated"]`.

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> from framing.measure.scores import annotate
    >>> measures = speech_measures(annotate(read_articles(DEMO).head(2)))
    >>> list(measures.columns)
    ['article', 'outlet', 'attributions_per_1000', 'quoted_words_per_1000', 'attributed_share', 'neutral_share']
    >>> tuple(measures.columns[2:]) == VALIDATED
    True
    """
    scores = score_articles(annotated)
    words, all_cues = scores["n_words"].where(scores["n_words"] > 0), scores["n_attributions"].where(scores["n_attributions"] > 0)
    measures = scores[["article", "outlet"]].assign(
        attributions_per_1000=1000 * scores["n_attributions"] / words,
        quoted_words_per_1000=1000 * scores["n_words_quoted"] / words,
        attributed_share=(scores["n_words_quoted"] + scores["n_words_reported"]) / words,
        neutral_share=scores["attributions_stance_neutral"] / all_cues,
    )
    if not not_validated:
        return measures
    further = pd.DataFrame({
        **{f"{name}_share": scores[f"attributions_stance_{name}"] / all_cues for name in STANCES if name != "neutral"},
        **{f"{name}_share": scores[f"attributions_source_type_{name}"] / all_cues for name in SOURCE_TYPES if name != "none"},
        "sourceless_share": scores["attributions_naming_agentless"] / all_cues,
        **{f"{name}_naming_share": scores[f"attributions_naming_{name}"] / all_cues for name in NAMINGS},
    })  # fmt: skip
    measures = measures.join(further).join(_concentration(share_of_voice(annotated)), on="article")
    measures["distinct_speakers"] = measures["distinct_speakers"].fillna(0).astype("int64")
    measures.attrs["not_validated"] = NOT_VALIDATED
    return measures


def share_of_voice(annotated: Annotated) -> pd.DataFrame:
    """One row per article and named speaker: `article outlet speaker n_attributions n_words share`.

    `n_words` are the words attributed to the speaker in reported speech, `share` their part of all words of the article that are
    attributed to named speakers. Speakers are names as the article gives them; who could not be resolved is left out.

    >>> from framing.corpus.articles import DEMO, read_articles
    >>> from framing.measure.scores import annotate
    >>> voices = share_of_voice(annotate(read_articles(DEMO).head(2)))
    >>> bool(voices.groupby("article")["share"].sum().round(9).eq(1).all())
    True
    """
    rows = annotated.attributions
    speech = rows[(rows["scope"] == "reported_speech") & (rows["speaker"] != "")]
    by = ["article", "outlet", "speaker"]
    voices = speech.groupby(by, sort=False).agg(n_attributions=("cue", "size"), n_words=("n_content_words", "sum")).reset_index()
    return voices.assign(share=voices["n_words"] / voices.groupby("article")["n_words"].transform("sum"))


def _concentration(voices: pd.DataFrame) -> pd.DataFrame:
    """H = sum of squared shares (Herfindahl), and the number of named speakers."""
    squared = voices.assign(h=voices["share"] ** 2).groupby("article")
    return pd.DataFrame({"distinct_speakers": squared.size(), "speaker_concentration": squared["h"].sum()})
