"""Figures: table in, Figure out. Nothing is shown or saved here (see `save_figure`).

Outlets have a fixed colour and marker (Okabe & Ito 2008), three-way splits Tol's high-contrast colours, shares a cividis ramp
with the number written in; no figure relies on colour alone and none uses transparency.
"""

from framing.show.checks import plot_calibration, plot_validity
from framing.show.curves import plot_power
from framing.show.excerpt import plot_article
from framing.show.forest import plot_contrasts, plot_rates, plot_specifications
from framing.show.labels import label
from framing.show.mixes import plot_naming, plot_sources, plot_voices
from framing.show.profiles import plot_frames, plot_stances
from framing.show.stories import plot_pairs, plot_timeline
from framing.show.words import plot_words

__all__ = [
    "label", "plot_article", "plot_calibration", "plot_contrasts", "plot_frames", "plot_naming", "plot_pairs", "plot_power",
    "plot_rates", "plot_sources", "plot_specifications", "plot_stances", "plot_timeline", "plot_validity", "plot_voices",
    "plot_words",
]  # fmt: skip
