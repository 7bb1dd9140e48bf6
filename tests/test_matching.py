"""The compiled pass against the same done in the plainest way: on generated texts, and on every article of the real corpora."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import pytest

from framing.measure.marks import build_matcher
from framing.measure.matcher import Found, rule_passes
from framing.measure.text import Text, find_words, read_together

AT_ONCE = 100
N_TEXTS = 10_000


class Oracle:
    """Every entry tried wherever its first word stands."""

    def __init__(self, entries):
        self.entries = entries
        self.starting = defaultdict(list)
        for number, entry in enumerate(entries):
            for form in entry.forms:
                keys = [word.key for word in find_words(form)]
                self.starting[keys[0].lower()].append((keys, form != form.lower(), number))
        for some in self.starting.values():  # the longest first, then the one with capitals, then by id
            some.sort(key=lambda one: (-len(one[0]), not one[1], entries[one[2]].id))

    def find(self, text: Text) -> Iterator[Found]:
        words, taken = find_words(text.text), {}
        for first, word in enumerate(words):
            for keys, has_case, number in self.starting[word.key.lower()]:
                entry, some = self.entries[number], words[first : first + len(keys)]
                last = first + len(keys) - 1
                if taken.get(entry.measure, -1) >= first or not self.stands(text.text, words, some, keys, has_case):
                    continue
                if word.joint == "-" or (last + 1 < len(words) and words[last + 1].joint == "-"):
                    continue  # a part of a compound
                if all(rule_passes(rule, text, first, last) for rule in entry.rules):
                    taken[entry.measure] = last
                    if entry.status != "off":
                        yield number, first, last

    def stands(self, text, words, some, keys, has_case) -> bool:
        found = [word.key for word in some]
        if not has_case:
            found, keys = [key.lower() for key in found], [key.lower() for key in keys]
        gaps = [text[one.end : other.start] for one, other in pairwise(some)]
        return found == keys and all(re.fullmatch(r"[ \t\u00a0\-‐‑]{0,3}", gap) for gap in gaps)


@pytest.fixture(scope="module")
def matcher():
    return build_matcher()


@pytest.fixture(scope="module")
def oracle(matcher):
    return Oracle(matcher.entries)


def assert_agree(texts, matcher, oracle):
    """Words, stops and hits, of the texts read together and of each as the oracle reads it."""
    read = read_together([Text("", text) for text in texts])
    surface, n_hits = read[0].place.surface, 0
    assert surface._stretches.stops.tolist() == [at for at, one in enumerate(surface.whole) if one in ".!?…\n"]
    rows = matcher.find_rows(surface)
    for number, text in enumerate(read):
        assert text.words == find_words(text.text), text.text
        first, stop = surface.pieces[number : number + 2]
        hits = rows[(rows[:, 1] >= first) & (rows[:, 1] < stop)] - [0, first, first]
        assert [tuple(hit) for hit in hits.tolist()] == list(oracle.find(text)), text.text
        n_hits += len(hits)
    return n_hits


BETWEEN = [
    *" " * 12, "-", "‑", "  ", "   ", "    ", "\t", "\u00a0", "\n", "\r\n", "\n\n", ", ",
    ". ", "; ", ": ", " — ", "…", "! ", "? ",
]  # fmt: skip
AROUND = [
    "“{}”", '"{}"', "‘{}’", "'{}'", "''{}''", "``{}''", "«{}»", "„{}“", "({})", "{}’s", "{}'s", "{},", "{}.",
    "{}\u00ad", "\ufeff{}",
]  # fmt: skip
ODD = [
    *"the a of not no said to in May 7 1.6bn 20th U.S. No. Mr. p.m. didn’t can't O'Brien it's n't’s 和平 ✓ _ ²".split(),
    "", "\0", "\1", "x" * 15, "x" * 16, "x" * 17, "ÿ", "é" * 8, "cafe\u0301", "\u0301", "\u202e",
    "long" * 300, "\ud800", "þÿ\1", "a\0", "\uff21\uff49", "\ufb01", "👩\u200d🚀", "🕊️",
]  # fmt: skip


def spoil(draw, form):
    """A form as texts have it: with capitals, other hyphens, invisible characters and marks, or cut."""
    kind = draw.randrange(12)
    if kind == 0:
        return form.upper()
    if kind == 1:
        return form.title()
    if kind == 2:
        return form.replace(" ", draw.choice(BETWEEN))
    if kind == 3:
        place = draw.randrange(len(form) + 1)
        return form[:place] + draw.choice("\u00ad\u200b\u200d\u2060\ufeff\u0301-’'.") + form[place:]
    if kind == 4:
        return draw.choice(AROUND).format(form)
    if kind == 5:
        return form[: draw.randrange(len(form) + 1)]
    if kind == 6:
        return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in form)  # full width
    return form


def generate(entries, n):
    draw = random.Random(9)
    forms = [form for entry in entries for form in entry.forms]
    for _ in range(n):
        parts = []
        for _ in range(draw.randrange(12)):
            form = spoil(draw, draw.choice(forms)) if draw.random() < 0.6 else draw.choice(ODD)
            parts += [form, draw.choice(BETWEEN)]
        text = "".join(parts)
        yield text[: draw.randrange(len(text) + 1)] if draw.random() < 0.3 else text.rstrip()


def test_ten_thousand_generated_texts_are_read_as_the_oracle_reads_them(matcher, oracle):
    texts = list(generate(matcher.entries, N_TEXTS))
    hits = [assert_agree(texts[first : first + AT_ONCE], matcher, oracle) for first in range(0, N_TEXTS, AT_ONCE)]
    assert sum(hits) > N_TEXTS


def test_overlapping_entries_are_resolved_as_the_oracle_does(matcher, oracle):
    """Texts in which one entry's last words are another one's first."""
    forms = [form.split(" ") for entry in matcher.entries for form in entry.forms if " " in form]
    starting = defaultdict(list)
    for words in forms:
        starting[words[0]].append(words)
    texts = [" ".join([*words[:-1], *other]) for words in forms for other in starting[words[-1]][:3]]
    assert len(texts) > 100
    assert sum(assert_agree(texts[first : first + AT_ONCE], matcher, oracle) for first in range(0, len(texts), AT_ONCE)) > len(
        texts
    )


@pytest.mark.slow
def test_every_article_of_the_corpora_is_read_as_the_oracle_reads_it(corpora, matcher, oracle):
    texts = [json.loads(line)["text"] for path in sorted(corpora.rglob("*.jsonl")) for line in path.open(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in sorted(corpora.rglob("*.txt"))]
    assert len(texts) > 30_000
    for first in range(0, len(texts), AT_ONCE):
        assert_agree(texts[first : first + AT_ONCE], matcher, oracle)
