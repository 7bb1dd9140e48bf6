"""Looking a dictionary up in articles: how often each of its categories stands there, and where.

The rule. A word is what stands between spaces: don't and self-made are one word each. Within a category the longest entry comes
first, then the one further left, then the more exact one; no word is counted twice. Between categories nothing excludes anything.
So no category has more matches than the text has words. An entry of several words needs them one after another with nothing but
spaces between. Its last word may carry an 's, 're, 've, 'll, 'd or 'm that the entry does not have (leader finds leader's), but
not an n't.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from framing.measure.forms import Column, Ints
from framing.measure.lexicon import Lexicon
from framing.measure.matcher import Matcher
from framing.measure.text import Text
from framing.measure.wildcards import Vocabulary, join_pieces, specificity
from framing.measure.words import JOINTS


class Matches(NamedTuple):
    """Entries found in several texts, side by side, in text order."""

    entries: Ints
    """Numbers of the entries in the lexicon."""
    texts: Ints
    """Numbers of the texts."""
    starts: Ints
    """Offsets of the first characters."""
    ends: Ints
    """Offsets after the last characters."""


class Finder:
    """A lexicon ready to be found in texts: its patterns by the rule above, the project's own entries as `Matcher` finds them.

    >>> from framing.measure.lexicon import Entry
    >>> def entry(category, form):
    ...     return Entry(f"x/{category}/{form}", "x", (form,), "", category, (), 1.0, "", "", "", "", "core")
    >>> entries = [entry("state", "civil war"), entry("state", "war*"), entry("force", "w?r")]
    >>> finder = Finder(Lexicon("x", {one.id: one for one in entries}, "", has_patterns=True))
    >>> text = Text("", "Warring lords: a civil war's war.")
    >>> found = finder.find([text])
    >>> [(entries[n].category, text.text[a:b]) for n, a, b in zip(found.entries, found.starts, found.ends)]
    [('state', 'Warring'), ('state', "civil war's"), ('force', "war's"), ('state', 'war'), ('force', 'war')]
    """

    def __init__(self, lexicon: Lexicon, *, ignore_case: bool = True) -> None:
        self._ignore_case = ignore_case
        self._matcher = None if lexicon.has_patterns else Matcher([lexicon])
        self._patterns = [tuple((one.forms[0].lower() if ignore_case else one.forms[0]).split()) for one in lexicon]
        names = {name: number for number, name in enumerate(dict.fromkeys(one.category for one in lexicon))}
        self._categories = np.array([names[one.category] for one in lexicon], dtype=np.int64)
        # The more exact first, of equals the one that stands further up.
        self._order = sorted(range(len(self._patterns)), key=lambda entry: (specificity(self._patterns[entry]), entry))

    def find(self, texts: Sequence[Text]) -> Matches:
        """Where the entries stand in some texts."""
        if self._matcher is not None:
            return _find_own(texts, self._matcher)
        words = _Words.of(texts, self._ignore_case)
        taken, phrases = self._find_phrases(words)
        entry, first, last = np.concatenate([phrases, self._find_alone(words, taken)], axis=1)
        order = np.lexsort((entry, last, first))
        entry, first, last = entry[order], first[order], last[order]
        return Matches(entry, words.texts[first], words.starts[first], words.ends[last])

    def _find_alone(self, words: _Words, taken: Ints) -> Ints:
        """Entries of one word: one of a category for each word, none where a longer one of it stands; shape (3, n).

        `taken` holds place * number of categories + category of the words in longer entries.
        """
        best: dict[int, dict[int, int]] = defaultdict(dict)
        for entry in self._order:
            if len(self._patterns[entry]) == 1:
                for word in words.vocabulary.find(self._patterns[entry][0]):
                    best[word].setdefault(int(self._categories[entry]), entry)
        found = [list({**best.get(host, {}), **best.get(word, {})}.values()) for word, host in enumerate(words.hosts)]
        ends = np.cumsum([0, *map(len, found)])
        flat = np.array([entry for some in found for entry in some], dtype=np.int64)
        counts = np.diff(ends)[words.numbers]
        places = np.repeat(np.arange(len(counts)), counts)
        entries = flat[np.arange(len(places)) + np.repeat(ends[words.numbers] - np.cumsum(counts) + counts, counts)]
        free = ~np.isin(places * self._n_categories + self._categories[entries], taken)
        return np.stack([entries[free], places[free], places[free]])

    def _find_phrases(self, words: _Words) -> tuple[Ints, Ints]:
        """Entries of several words, the longest first within a category: what they take, as in `_find_alone`; shape (3, n)."""
        n, rank = self._n_categories, {entry: place for place, entry in enumerate(self._order)}
        tree = _Tree({entry: phrase for entry, phrase in enumerate(self._patterns) if len(phrase) > 1}, words)
        taken: set[int] = set()
        kept: list[tuple[int, int, int]] = []
        for entry, first, last in sorted(tree.find(), key=lambda one: (one[1] - one[2], one[1], rank[one[0]])):
            codes = range(first * n + int(self._categories[entry]), (last + 1) * n, n)
            if taken.isdisjoint(codes):
                taken.update(codes)
                kept.append((entry, first, last))
        return np.array(sorted(taken), dtype=np.int64), np.array(kept, dtype=np.int64).reshape(-1, 3).T

    @property
    def _n_categories(self) -> int:
        return int(self._categories.max(initial=0)) + 1


def _find_own(texts: Sequence[Text], matcher: Matcher) -> Matches:
    rows = [
        (entry, number, text.starts[first], text.ends[last])
        for number, text in enumerate(texts)
        for entry, first, last in matcher.find_numbers(text)
    ]
    return Matches(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


@dataclass(frozen=True)
class _Words:
    """The words of several texts, one after another."""

    vocabulary: Vocabulary
    """The distinct words, as spelled or in small letters, and what is left of them without a clitic."""
    hosts: list[int]
    """For each of them the number of what is left without its clitic, or its own."""
    numbers: Ints
    """Of the words in the vocabulary."""
    texts: Ints
    """Of the texts they stand in."""
    starts: Ints
    """Offsets of the first characters."""
    ends: Ints
    """Offsets after the last characters."""
    follows: np.ndarray
    """Whether nothing but spaces stands between a word and the one before."""

    @classmethod
    def of(cls, texts: Sequence[Text], ignore_case: bool) -> _Words:
        known: dict[str, int] = {}
        column = Column(lambda key: known.setdefault(key, len(known)))
        parts = [_read_words(text, column, known, ignore_case) for text in texts]
        numbers, starts, ends, follows = np.concatenate([np.zeros((4, 0), dtype=np.int64), *parts], axis=1)
        hosts = [known.setdefault(_without_clitic(word), len(known)) for word in list(known)]
        hosts += range(len(hosts), len(known))  # what is left without a clitic has none
        owners = np.repeat(np.arange(len(texts)), [part.shape[1] for part in parts])
        return cls(Vocabulary(list(known)), hosts, numbers, owners, starts, ends, follows > 0)


def _read_words(text: Text, column: Column, known: dict[str, int], ignore_case: bool) -> Ints:
    """Numbers, starts and ends of a text's words, and whether each follows the one before; shape (4, words)."""
    columns = text.columns
    spelled = columns.forms.lower if ignore_case else columns.forms.keys
    first = np.flatnonzero(columns.joints == 0)
    after = np.append(first[1:], len(columns.joints))
    found = column.at(spelled, columns.keys[first]).copy()
    for place in np.flatnonzero(after - first > 1).tolist():  # few words have a hyphen or a clitic
        word = ""
        for piece in range(first[place], after[place]):
            word = join_pieces(word, spelled[columns.keys[piece]], JOINTS[columns.joints[piece]])
        found[place] = known.setdefault(word, len(known))
    starts, ends = columns.starts[first], columns.ends[after - 1]
    return np.stack([found, starts, ends, _follow(text.text, starts, ends)])


def _follow(text: str, starts: Ints, ends: Ints) -> Ints:
    """Whether nothing but spaces stands between a word and the one before."""
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    spaces = np.append(0, np.cumsum((characters == 32) | (characters == 9) | (characters == 0xA0)))  # blank, tab, no-break
    gaps, between = starts[1:] - ends[:-1], spaces[starts[1:]] - spaces[ends[:-1]]
    return np.append(np.zeros(min(1, len(starts)), dtype=np.int64), (gaps > 0) & (between == gaps))


def _without_clitic(word: str) -> str:
    """A word without its 's (also of "it's"), 're, 've, 'll, 'd or 'm."""
    host, apostrophe, clitic = word.rpartition("'")
    return host if apostrophe and clitic.lower() in _CLITICS and host else word


_CLITICS = frozenset("s re ve ll d m".split())


@dataclass
class _Branch:
    """A word within entries of several words, after those before it."""

    entries: list[int] = field(default_factory=list)
    """Entries that end with it."""
    further: dict[int, _Branch] = field(default_factory=dict)
    """What may follow, by the number of the next word's pattern."""


class _Tree:
    """Entries of several words, looked for word by word."""

    def __init__(self, patterns: Mapping[int, tuple[str, ...]], words: _Words) -> None:
        self._words, self._root = words, _Branch()
        numbers: dict[str, int] = {}
        for entry, phrase in patterns.items():
            branch = self._root
            for pattern in phrase:
                branch = branch.further.setdefault(numbers.setdefault(pattern, len(numbers)), _Branch())
            branch.entries.append(entry)
        self._states: list[list[_Branch]] = [[self._root]]
        self._known: dict[tuple[int, ...], int] = {}
        self._steps: dict[tuple[int, int], tuple[list[int], int]] = {}
        self._matched: dict[int, list[int]] = defaultdict(list)  # word -> patterns
        for pattern, number in numbers.items():
            for word in words.vocabulary.find(pattern):
                self._matched[word].append(number)

    def find(self) -> Iterator[tuple[int, int, int]]:
        """Entry, first and last word of everything that stands in the texts, overlapping or not."""
        numbers, follows, steps = self._words.numbers.tolist(), [*self._words.follows.tolist(), False], self._steps
        for first in self._beginnings():
            state, place = 0, first
            while place == first or (state and follows[place]):
                word = numbers[place]
                entries, state = steps.get((state, word)) or self._step(state, word)
                for entry in entries:
                    yield entry, first, place
                place += 1

    def _step(self, state: int, word: int) -> tuple[list[int], int]:
        """What ends with a word, and the state after it (0: nothing goes on); worked out once for each state and word."""
        host, branches = self._words.hosts[word], self._states[state]
        own, bare = self._matched.get(word, []), self._matched.get(host, []) if host != word else []
        last = {id(one): one for branch in branches for one in _children(branch, (*own, *bare))}
        further = [one for branch in branches for one in _children(branch, own) if one.further]
        key = tuple(sorted(map(id, further)))
        if further and key not in self._known:
            self._known[key] = len(self._states)
            self._states.append(further)
        self._steps[state, word] = [entry for one in last.values() for entry in one.entries], self._known.get(key, 0)
        return self._steps[state, word]

    def _beginnings(self) -> list[int]:
        """Places of words that begin an entry and are followed by one that may be its second."""
        seconds = {number for branch in self._root.further.values() for number in branch.further}
        begins, second = np.zeros((2, len(self._words.hosts)), dtype=bool)
        for word, host in enumerate(self._words.hosts):
            own = self._matched.get(word, ())
            begins[word] = not self._root.further.keys().isdisjoint(own)
            second[word] = not seconds.isdisjoint((*own, *self._matched.get(host, ())))
        numbers, follows = self._words.numbers, self._words.follows
        return np.flatnonzero(begins[numbers[:-1]] & second[numbers[1:]] & follows[1:]).tolist()


def _children(branch: _Branch, numbers: Iterable[int]) -> Iterator[_Branch]:
    return (branch.further[number] for number in numbers if number in branch.further)
