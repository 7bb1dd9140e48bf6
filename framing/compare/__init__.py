"""Scores to contrasts: what a design can answer, rate ratios with calibrated inference, validity."""
