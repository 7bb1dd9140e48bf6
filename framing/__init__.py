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

import lazy_loader

__version__ = "0.1.0"
# The names stand in __init__.pyi. A module is imported when one of its names is first used, so `import framing` is quick and a
# command brings only what it needs.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
