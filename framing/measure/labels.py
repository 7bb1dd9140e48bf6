"""What a unit can be to a cue: the labels of the roles model."""

from __future__ import annotations

import numpy as np

LABELS = (
    "outside", "source begins", "source", "clause begins", "clause", "cue word", "cue", "phrase begins", "phrase",
)  # fmt: skip
"""A content is a clause if it has a finite verb or a quotation, else a phrase: the two end in different ways."""
OUTSIDE, SOURCE, CUE_WORD, CUE = 0, (1, 2), 5, 6
IS_CONTENT, IS_SOURCE, IS_PHRASE = (
    np.array([any(word in name for word in words) for name in LABELS])
    for words in (("clause", "phrase"), ("source",), ("phrase",))
)
ROLES = tuple(label for label in range(len(LABELS)) if label != CUE)
"""What a unit beside the cue can be. No row has a weight for the cue itself, because there is nothing else that it can be."""
