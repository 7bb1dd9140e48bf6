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

from framing.compare.agreement import krippendorff_alpha
from framing.compare.coding import coded_by_tool, count_matches, read_coding
from framing.compare.contrasts import compare_outlets
from framing.compare.decomposition import decompose_ratio, leave_one_out, summarise_left_out
from framing.compare.descriptions import describe_outlets
from framing.compare.design import compare_design
from framing.compare.lengths import adjust_for_length
from framing.compare.multiverse import multiverse, vary_scores
from framing.compare.planning import plan_sample
from framing.compare.reshape import to_long, to_wide
from framing.compare.sheets import read_coding_sheet, sheet_counts, write_coding_sheet
from framing.compare.validity import validate, validate_measure
from framing.compare.versions import compare_versions
from framing.corpus.articles import DEMO, read_articles
from framing.corpus.cleaning import find_furniture
from framing.corpus.copies import find_copies, group_copies, list_passages
from framing.corpus.headings import find_headings
from framing.corpus.readers import ArticlesError
from framing.corpus.report import describe_corpus
from framing.corpus.stories import list_uncertain, match_stories
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
    "compare_design", "compare_outlets", "compare_versions", "count_matches", "decompose_ratio", "describe_corpus",
    "describe_outlets", "figures", "find_copies", "find_furniture", "find_headings", "group_copies", "krippendorff_alpha",
    "leave_one_out", "lexicon_digest", "list_lexicons", "list_matches", "list_passages", "list_uncertain", "load_lexicon",
    "look_up", "match_stories", "multiverse", "plan_sample", "plot_article", "read_articles", "read_coding",
    "read_coding_sheet", "read_page", "save_figure", "score_articles", "share_of_voice", "sheet_counts", "show",
    "speech_measures", "summarise_left_out", "tables", "to_long", "to_wide", "validate", "validate_measure", "vary_scores",
    "write_coding_sheet",
]  # fmt: skip
