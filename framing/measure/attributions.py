"""Who says what: source, cue and content of every attribution, by linear weights over named features (see `model`).

Every verb, noun or colon that may be a cue is read in its sentence: who is the source, what is the content, and is it an
attribution at all? A cue inside another attribution's content is nested and not counted. The weights were learned from hand-coded
articles; the lexicon says what a cue means.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from framing.measure.attributed import DIRECT, MIXED, Attributed, join, lay_out, list_attributions, read_modes
from framing.measure.batch import Batch
from framing.measure.cues import Attribution, find_agent, read_hearsay
from framing.measure.forms import Ints
from framing.measure.matcher import Hit
from framing.measure.meanings import CueHits, Meanings, lay_out_hits, read_meanings
from framing.measure.scene import Scene
from framing.measure.tags import names
from framing.measure.turns import find_turns
from framing.measure.unclaimed import give_unclaimed

if TYPE_CHECKING:
    from framing.measure.reading import Readings

# A cue below the first probability is not read at all; a reading below the second is no attribution. (Chosen on training
# articles; of thresholds from .35 to .45, whose triples there differ by .1, .4 has the best balance of precision and recall on
# the development articles' totals.)
WORTH_READING, THRESHOLD = 0.06, 0.4
# The first probability for words that the lexicon does not know (chosen for speed: on the training articles the triples change by
# .1, on the development articles' totals not to the worse; benchmarks/attribution.py).
UNKNOWN_WORTH_READING = 0.12
TOLD = frozenset("tell ask inform assure reassure remind warn advise urge question interview press".split())
"""Verbs whose passive has the addressee as its subject."""


def find_attributions(scene: Scene, hits: Sequence[Hit]) -> list[Attribution]:
    """The attributions of one article in text order, given the hits of the attribution lexicon; none of them stands inside
    another's content."""
    batch = Batch([scene])
    return list_attributions(batch, find_attributions_of(batch, lay_out_hits(hits)))[0]


def find_attributions_of(batch: Batch, hits: CueHits) -> Attributed:
    """The attributions of several articles; many are read faster together than one by one."""
    from framing.measure.claims import settle  # slow to import (it brings numba), so only when a text is read

    turns = lay_out(batch, ((number, turn) for number, scene in enumerate(batch.scenes) for turn in find_turns(scene)))
    found = join([turns, _find_candidates(batch, hits), _find_hearsay(batch, hits)])
    return give_unclaimed(batch, settle(batch, found, THRESHOLD))


def _find_hearsay(batch: Batch, hits: CueHits) -> Attributed:
    found = []
    for number in np.flatnonzero(hits.entries.is_adverb[hits.numbers]).tolist():
        article, first, last = _in_article(batch, hits.firsts[number], hits.lasts[number])
        one = read_hearsay(batch.scenes[article], hits.entries.rows[hits.numbers[number]], first, last)
        if one is not None:
            found.append((article, one))
    return lay_out(batch, found)


def _in_article(batch: Batch, first: int, last: int) -> tuple[int, int, int]:
    """The article of some pieces, and the pieces counted from its first."""
    article = int(np.searchsorted(batch.surface.pieces[1:-1], first, "right"))
    begin = batch.surface.pieces[article]
    return article, int(first - begin), int(last - begin)


def _find_candidates(batch: Batch, hits: CueHits) -> Attributed:
    """The candidates, those left out that can never be kept (see `claims.settle`)."""
    from framing.measure.reading import read_texts  # slow to import (it brings numba), so only when a text is read

    is_cue = hits.at(len(batch.piece_starts)) >= 0
    readings = read_texts(batch.texts, is_cue, (WORTH_READING, UNKNOWN_WORTH_READING), THRESHOLD)
    meanings = read_meanings(batch, hits, readings.pieces)
    found = _join_meanings(batch, readings, meanings)
    found = _ask_agents(batch, found, readings)
    modes = read_modes(batch, found)
    may_quote = readings.is_colon | (((modes == DIRECT) | (modes == MIXED)) & _may_quote()[batch.surface.tags[readings.pieces]])
    scopes = np.where(found.scopes == "", np.where(may_quote, "reported_speech", "attitude").astype(object), found.scopes)
    return found._replace(modes=modes, scopes=scopes)


def _join_meanings(batch: Batch, readings: Readings, meanings: Meanings) -> Attributed:
    """Readings with what their cues mean; modes are still to be told, and so are scopes where the lexicon does not know a cue.

    The words of a cue are no content; a cue of several words that are part of the source is its own word alone.
    """
    cues, sources, colon = (
        np.where(readings.is_colon[:, None], readings.cues, meanings.spans),
        readings.sources,
        readings.is_colon,
    )
    lemmas, stances = np.where(colon, ":", meanings.lemmas), np.where(colon, "neutral", meanings.stances)
    is_shared = (sources[:, 0] >= 0) & (sources[:, 0] < cues[:, 1]) & (cues[:, 0] < sources[:, 1])
    alone = np.stack([batch.piece_starts[readings.pieces], batch.piece_ends[readings.pieces]], axis=1)
    found = Attributed(
        np.where(is_shared[:, None], alone, cues), sources, readings.begin, readings.content, np.zeros_like(readings.pieces),
        stances, meanings.scopes, lemmas, meanings.precisions, readings.probabilities,
    )  # fmt: skip
    return _without_cues(found, cues)


def _without_cues(found: Attributed, cues: Ints) -> Attributed:
    """The contents less the words of their cues."""
    owners, (starts, ends), (opens, closes) = found.owners, found.content.T, cues[found.owners].T
    if not ((starts < closes) & (opens < ends)).any():
        return found
    before, after = np.minimum(ends, opens), np.maximum(starts, closes)
    parts = [np.stack(part, axis=1) for part in ((starts, before), (after, ends))]
    is_over, left, right = (starts < closes) & (opens < ends), starts < before, after < ends
    kept = [found.content[~is_over], parts[0][is_over & left], parts[1][is_over & right]]
    return found.with_content(
        np.concatenate([owners[~is_over], owners[is_over & left], owners[is_over & right]]), np.concatenate(kept)
    )


def _ask_agents(batch: Batch, found: Attributed, readings: Readings) -> Attributed:
    """The subject of a passive verb of telling is told: who tells is its agent, and what, stands behind both."""
    sources, least = found.sources.copy(), np.zeros(found.n, dtype=np.int64)
    for number in np.flatnonzero(readings.is_passive).tolist():
        if found.lemmas[number] in TOLD:
            if sources[number, 0] <= found.cues[number, 0]:
                sources[number] = _find_agent(batch, int(readings.pieces[number]))
            least[number] = max(found.cues[number, 1] + 1, sources[number, 1])
    kept = found.content[:, 0] >= least[found.owners]
    return found._replace(sources=sources).with_content(found.owners[kept], found.content[kept])


def _find_agent(batch: Batch, piece: int) -> tuple[int, int]:
    article, piece, _ = _in_article(batch, piece, piece)
    agent, base = find_agent(batch.scenes[article], piece), int(batch.bases[article])
    return (agent[0] + base, agent[1] + base) if agent is not None else (-1, -1)


@cache
def _may_quote() -> np.ndarray:
    """Whether a cue with each tag can introduce a quotation, where the lexicon does not know it: no preposition (“Under it ‘the
    ready’ go”)."""
    return np.array([not tag.startswith(("IN", "TO")) for tag in names()])
