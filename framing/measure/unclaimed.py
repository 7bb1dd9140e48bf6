"""Quotations that no cue claims: each is given to the speaker before it, or becomes an attribution without cue and source."""

from __future__ import annotations

import bisect
from typing import NamedTuple

import numpy as np

from framing.measure.attributed import DIRECT, HEARSAY, MIXED, Attributed, join, lay_out, read_modes
from framing.measure.batch import Batch, holds
from framing.measure.cues import Attribution
from framing.measure.forms import Ints
from framing.measure.quotationsigns import IS_SPEECH, SPEECH_WORDS


def give_unclaimed(batch: Batch, found: Attributed) -> Attributed:
    """Gives every quotation that is speech and that no cue claims to the speaker before it (or of the quotation that a new
    paragraph continues); a long one without any becomes an attribution without cue and source. All are in order of their cues."""
    open_ones = _find_open(batch, found)
    owners = np.array(_find_owners(batch, found, open_ones), dtype=np.int64)
    given, left = open_ones.numbers[owners >= 0], open_ones.numbers[owners < 0]
    owners = owners[owners >= 0]
    content = np.concatenate([found.content, batch.quotations[given]])
    found = found.with_content(np.concatenate([found.owners, owners]), content)
    modes = found.modes.copy()
    modes[owners] = read_modes(batch, found)[owners]
    left = batch.quotations[left]
    bare = _without_cue(batch, left[batch.count_words(*left.T) >= SPEECH_WORDS])
    all_found = join([found._replace(modes=modes), bare])
    return all_found.take(np.lexsort((*all_found.content[all_found.begin[:-1]].T[::-1], *all_found.cues.T[::-1])))


def _without_cue(batch: Batch, quotations: Ints) -> Attributed:
    nothing = Attribution((0, 0), None, (), "direct", "neutral", "reported_speech", "", float("nan"))
    rows = lay_out(batch, [(0, nothing)] * len(quotations))
    return rows._replace(cues=quotations[:, [0, 0]], begin=np.arange(len(quotations) + 1), content=quotations)


class _Open(NamedTuple):
    """The quotations that are speech and that nobody claims."""

    numbers: Ints
    """Their numbers among all."""
    continued: Ints
    """The quotation before each that it continues, or -1."""
    ahead: Ints
    """The attribution that claims the end of what goes on behind it, over paragraphs, or -1."""
    claimed: Ints
    """Of all quotations the attribution in whose content each begins, or -1."""


def _find_open(batch: Batch, found: Attributed) -> _Open:
    rows, begin = batch.surface.quotations
    is_speech = batch.surface.quotation_signs.rows[:, IS_SPEECH] > 0
    order = _order_of_speech(found)
    owners, (starts, ends) = found.owners[order], found.content[order].T
    place = np.searchsorted(starts, rows[:, 0], "right") - 1
    claimed = np.where(holds(starts, ends, rows[:, 0]), np.append(owners, -1)[place], -1)
    holds_none = np.searchsorted(starts, rows[:, 0]) == np.searchsorted(starts, rows[:, 1])
    numbers = np.flatnonzero(is_speech & (claimed < 0) & holds_none)
    is_first = np.isin(numbers, begin)
    continues = ~is_first & (rows[numbers - 1, 4] == 0) if len(numbers) else is_first
    return _Open(numbers, np.where(continues, numbers - 1, -1), _claimed_ahead(batch, claimed)[numbers], claimed)


def _order_of_speech(found: Attributed) -> Ints:
    """The stretches of content in text order, those of hearsay left out."""
    stretches = np.flatnonzero(found.modes[found.owners] != HEARSAY)
    return stretches[np.argsort(found.content[stretches, 0], kind="stable")]


def _claimed_ahead(batch: Batch, claimed: Ints) -> Ints:
    """For every quotation that goes on over paragraphs, who is given its end: the cue may stand in the last of them."""
    rows, begin = batch.surface.quotations
    ahead, lasts = np.full(len(rows), -1), set((begin[1:] - 1).tolist())
    for number in np.flatnonzero(rows[:, 4] == 0)[::-1].tolist():
        following = number + 1
        if number not in lasts and not batch.surface.whole[rows[number, 1] : rows[following, 0]].strip():
            ahead[number] = claimed[following] if claimed[following] >= 0 else ahead[following]
    return ahead


def _find_owners(batch: Batch, found: Attributed, open_ones: _Open) -> list[int]:
    """The attributions that open quotations are given to, -1 for none, in text order: a speaker goes on after what is given."""
    speakers, given, owners = _find_speakers(found), dict[int, int](), []
    quotations = batch.quotations[open_ones.numbers].tolist()
    columns = (open_ones.numbers.tolist(), open_ones.continued.tolist(), open_ones.ahead.tolist(), quotations)
    for number, continued, owner, (start, end) in zip(*columns, strict=True):
        if continued >= 0 and (before := given.get(continued, int(open_ones.claimed[continued]))) >= 0:
            owner = before
        if owner < 0:
            owner = _speaker_after(batch, found, speakers, end)
        if owner < 0:
            owner = _speaker_before(batch, speakers, start)
        given[number] = owner
        owners.append(owner)
        if owner >= 0:
            speakers.last[owner] = max(speakers.last[owner], (start, end))
            speakers.quotes[owner] = speakers.is_sourced[owner]
    return owners


class _Speakers(NamedTuple):
    """The attributions, in order."""

    starts: list[int]
    """Where their cues begin."""
    is_sourced: list[bool]
    """Whether somebody is named."""
    quotes: list[bool]
    """Whether somebody is named and a quotation stands in the content; grows with what is given."""
    last: list[tuple[int, int]]
    """The last stretch of the content; grows likewise."""


def _find_speakers(found: Attributed) -> _Speakers:
    quotes = found.is_sourced & ((found.modes == DIRECT) | (found.modes == MIXED))
    last = list(map(tuple, found.content[found.begin[1:] - 1].tolist()))
    return _Speakers(found.cues[:, 0].tolist(), found.is_sourced.tolist(), quotes.tolist(), last)


def _speaker_after(batch: Batch, found: Attributed, speakers: _Speakers, offset: int) -> int:
    """The attribution that follows a question or an exclamation at once: “Why?” Orrel asked the minister at the harbour gate."""
    whole, number = batch.surface.whole, bisect.bisect_left(speakers.starts, offset)
    if number == len(speakers.starts) or whole[offset - 2] not in "?!…":
        return -1
    first = int(found.cues[number, 0])
    if speakers.is_sourced[number]:
        first = min(first, int(found.sources[number, 0]))
    between = whole[offset:first]
    return number if not between.strip() and "\n" not in between else -1


def _speaker_before(batch: Batch, speakers: _Speakers, offset: int) -> int:
    """The last attribution with a quotation before an offset in the same paragraph; for a quotation that opens a paragraph, in
    the paragraph before, because reporters let a speaker go on without naming them again."""
    (rows, begin), article = batch.surface.paragraphs, int(batch.articles_at(np.array([offset]))[0])
    number = max(int(np.searchsorted(rows[:, 0], offset, "right")) - 1, int(begin[article]))
    opens = number > begin[article] and rows[number, 0] == offset
    first, stop = (bisect.bisect_left(speakers.starts, rows[number - opens, 0]), bisect.bisect_right(speakers.starts, offset))
    ended = [(speakers.last[n][1], n) for n in range(first, stop) if speakers.quotes[n] and speakers.last[n][1] <= offset]
    return max(ended)[1] if ended else -1
