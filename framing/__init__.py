"""Framing, hedging and attribution in news articles: traceable measures, calibrated outlet contrasts, ready figures.

The flow is five nouns, and the public functions stand in its order:

    articles  ->  marks  ->  scores  ->  contrasts  ->  figures, tables, paper

>>> import framing as fr
>>> articles = fr.read_articles(fr.DEMO)                                     # one row per article
>>> annotated = fr.annotate(articles)                                        # .marks .attributions .excluded .sentences
>>> scores = fr.score_articles(annotated)                                    # one row per article: integer counts and exposures
>>> contrasts = fr.compare_outlets(scores, ["hedging"], strata="story")      # one row per estimate
>>> figure = fr.figures.plot_contrasts(contrasts)                            # table in, Figure out

How to cite: see CITATION.cff.
"""

from framing.compare.contrasts import compare_outlets
from framing.compare.descriptions import describe_outlets
from framing.compare.design import compare_design
from framing.compare.planning import plan_sample
from framing.compare.robustness import adjust_for_length, decompose_rates, leave_one_story_out, multiverse
from framing.compare.validity import coded_by_tool, read_coding, validate
from framing.corpus.articles import DEMO, read_articles
from framing.corpus.readers import ArticlesError
from framing.measure.lexicon import LexiconError, lexicon_digest, list_lexicons, load_lexicon
from framing.measure.lookup import list_matches, look_up
from framing.measure.scores import Annotated, annotate, score_articles
from framing.measure.speech import share_of_voice, speech_measures
from framing.show import figures, tables
from framing.show.excerpt import plot_article
from framing.show.reader import read_page, show
from framing.show.saving import save_figure

__version__ = "0.1.0"
__all__ = [
    "DEMO", "Annotated", "ArticlesError", "LexiconError", "adjust_for_length", "annotate", "coded_by_tool",
    "compare_design", "compare_outlets", "decompose_rates", "describe_outlets", "figures", "leave_one_story_out",
    "lexicon_digest", "list_lexicons", "list_matches", "load_lexicon", "look_up", "multiverse", "plan_sample",
    "plot_article", "read_articles", "read_coding", "read_page", "save_figure", "score_articles", "share_of_voice", "show",
    "speech_measures", "tables", "validate",
]  # fmt: skip
