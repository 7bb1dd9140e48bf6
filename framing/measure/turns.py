"""Interview and transcript turns: paragraphs that begin with a speaker's name and a colon."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from framing.measure.cues import Attribution
from framing.measure.quotationsigns import SPEECH_WORDS
from framing.measure.scene import Scene, Span

# A label of at most this many words, and at least so many labels that come so often, make an article a transcript (chosen: a list
# with headings, "Read:", "Photos:", must not become one).
LABEL_WORDS, SPEAKERS, TURNS = 6, 2, 2
_LONGEST = 60
_LABEL = re.compile(rf"[^\W\d_][^\n:“”\"?!]{{0,{_LONGEST}}}?(?=:\s)")


@dataclass(frozen=True)
class _Turn:
    label: Span
    content: Span
    name: str


def find_turns(scene: Scene) -> list[Attribution]:
    """Each turn as direct speech of the speaker whose name stands before the colon; none unless two speakers take turns.

    >>> from framing.measure.text import Text
    >>> text = Text("a", \"\"\"Radio: How long will the bridge be closed, and who pays?
    ... Ana Brisk: Until May, and the harbour pays half of it.
    ... Radio: What happens to the ferries in the meantime?
    ... Ana Brisk: They sail, as they did in every winter before.\"\"\")
    >>> [text.text[slice(*turn.source)] for turn in find_turns(Scene(text))]
    ['Radio', 'Ana Brisk', 'Radio', 'Ana Brisk']
    """
    if scene.text.text.count(":") < SPEAKERS * TURNS:  # which is most articles
        return []
    turns = [turn for paragraph in scene.text.paragraphs if (turn := _read(scene, paragraph)) is not None]
    counts = Counter(turn.name for turn in turns)
    named = {turn.name for turn in turns if _is_name(scene.text.text[slice(*turn.label)])}
    speakers = {name for name, count in counts.items() if count >= TURNS and name in named}
    if len(speakers) < SPEAKERS:
        return []
    return [_attribution(turn) for turn in turns if turn.name in speakers]


def _read(scene: Scene, paragraph: Span) -> _Turn | None:
    """The paragraph as a turn: a short label, a colon, and speech that ends like a sentence."""
    text = scene.text.text
    if text.find(":", paragraph[0], paragraph[0] + _LONGEST + 2) < 0:
        return None
    found = _LABEL.match(text, *paragraph)
    if found is None or scene.text.count_words(*found.span()) > LABEL_WORDS:
        return None
    pieces = scene.text.pieces(found.end(), paragraph[1])
    if (
        not pieces
        or scene.text.count_words(found.end(), paragraph[1]) < SPEECH_WORDS
        or text[paragraph[1] - 1] not in ".?!…”\"'’)"
    ):
        return None
    return _Turn(found.span(), (scene.text.starts[pieces.start], paragraph[1]), found.group().casefold())


def _is_name(label: str) -> bool:
    """Whether all words are capitalised, little ones aside."""
    return all(word[0].isupper() or word in ("of", "de", "van", "von", "the", "al") for word in re.findall(r"[^\W\d_]\S*", label))


def _attribution(turn: _Turn) -> Attribution:
    cue = (turn.label[1], turn.label[1] + 1)
    return Attribution(cue, turn.label, (turn.content,), "direct", "neutral", "reported_speech", ":", float("nan"), 1.0)
