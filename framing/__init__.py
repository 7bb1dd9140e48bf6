"""Framing, hedging and attribution in news articles: traceable measures, calibrated outlet contrasts, ready figures."""
