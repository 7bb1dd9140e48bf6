"""Loaded language and labels: words that take a side, and the choice among names for the same thing.

`loaded` counts evaluative, intensifying, one-sided and peacock words (Recasens et al. 2013; Spinde et al. 2021; Vincze 2013).
`labels` records which name was chosen from a set with one referent (invasion / operation / conflict): its use is the share
within the set. A single word in quotation marks that nobody is given as saying is distanced by the journalist ("breakthrough"),
so it does not count.

What is counted is marks. An entry's weight says how strongly it points to a sentence that experts call biased: fitted on BABE's
training sentences by `benchmarks/loaded.py weights`, which gives the formula, and drawn strongly towards 1, which an entry that
stands in none of them keeps. No score uses it: `benchmarks/loaded.py` compares the sum of weights with the number of marks.
"""

from __future__ import annotations

import numpy as np

from framing.measure.batch import Batch
from framing.measure.forms import Ints
from framing.measure.voices import VOICES, VoiceTable


def in_scare_quotes(batch: Batch, voices: VoiceTable, offsets: Ints) -> np.ndarray:
    """Whether a quotation in the journalist's voice stands at an offset."""
    voice, _ = voices.look_up(offsets)
    return batch.in_quotations(offsets) & (voice == VOICES.index("journalist"))
