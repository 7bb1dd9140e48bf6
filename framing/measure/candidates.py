"""Which words may be cues: a probability for every verb, noun, adjective, adverb, preposition and colon."""

from __future__ import annotations

import numpy as np

from framing.measure.table import Ints, Table
from framing.measure.traits import NEVER
from framing.measure.units import Units
from framing.measure.vocabulary import COLON, POS
from framing.measure.weights import Weights, split_templates
from framing.measure.wordtable import POS_

TEMPLATES = split_templates(
    """
    always;lemma;form;pos;class;lemma pos;tag;frame;lemma frame;pos frame;voice;lemma voice;subject;
    lemma subject;pos subject;pos subject frame;pos voice frame;pos before_tag;pos after_tag;before_form;after_form;
    lemma before_form;lemma after_form;pos before_form;pos after_form;pos before_tag after_tag;pos gap_before;
    pos gap_after;pos complement;lemma complement;in_quotation;lemma gap_before;pos before2_tag before_tag;
    pos after_tag after2_tag;pos after_lemma;pos before_lemma;before_lemma lemma;pos ending;pos quotations_near;
    pos quotations;pos position;lemma position;pos light_near;lemma light_near;pos verb_before;lemma verb_before;
    pos verb_after;pos capital;pos negated;lemma negated;lemma quotations_near;pos gap_before gap_after;
    before2_form before_form;after_form after2_form;pos subject_lemma;lemma subject_lemma;pos headline;lemma headline;
    pos headline position;pos joined;lemma joined;pos joined subject frame;class frame;class subject;
    class voice frame;class complement;class quotations_near;class subject frame;class joined;class headline;
    class position;class gap_before
    """
)
"""What the probability of a cue is a sum over."""
_POS = [POS[name] for name in ("VB", "NN", "JJ", "RB", "IN", "MD", COLON)]


def find_candidates(units: Units) -> Ints:
    """The units that can be cues by their part of speech."""
    return np.flatnonzero(np.isin(units.codes[:, POS_], _POS) & ~units.has(NEVER))


def score_candidates(candidates: Ints, described: Table, weights: Weights) -> np.ndarray:
    """The probability that each candidate is a cue, by its words alone."""
    z = weights.score(described, candidates)[:, 0]
    return 1 / (1 + np.exp(-z))
