"""Lines that say again what stood before: the title, an earlier line of the article, a line of many articles of one outlet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from framing.corpus.furniture import Span

# A line is a repetition from this many words on; shorter ones ("Read", a name) may stand twice on purpose (chosen).
MIN_WORDS_REPEATED = 4
# A line is an outlet's own when it stands in at least so many of its articles and in this share of them (chosen).
MIN_ARTICLES, MIN_SHARE = 5, 0.01
# A shorter line may be a heading that an outlet likes ("What we know"), so it is never taken for furniture (chosen).
MIN_WORDS_OUTLET = 6


def fold(line: str) -> str:
    """The words of a line in small letters, without marks."""
    return " ".join(re.findall(r"\w+", line.lower()))


# What pages put behind a title: the section and the outlet ("Talks open | World | Daily Lantern").
_TITLE_TAIL = re.compile(r"\s+[|–—»-]\s.{1,60}$")
# A list may say the same in two places.
_BULLET = tuple("-•*–—·▪●◦‣")


def repeated_lines(text: str, small: str, title: str, lines: Sequence[Span]) -> dict[Span, str]:
    """The lines that repeat the title or an earlier line, each with the rule `title_in_text` or `repeated_line`.

    `small` is the text in small letters.

    >>> from framing.corpus.furniture import find_lines
    >>> text = "Talks open\\nThe envoys met in Sorrel."
    >>> repeated_lines(text, text.lower(), "Talks open | Daily Lantern", find_lines(text))
    {(0, 10): 'title_in_text'}
    """
    headings = [one.strip() for one in (title, _TITLE_TAIL.sub("", title)) if one.strip()]
    repeated = dict.fromkeys([*_near_titles(text, small, title, lines), *_headline_on_top(text, title, lines)], "title_in_text")
    closings = [_closing(small[max(start, end - _CLOSING) : end]) for start, end in lines]
    often = Counter(closings + [_closing(one[-_CLOSING:].lower()) for one in set(headings)])
    if len(often) == len(closings) + len(set(headings)):
        return repeated
    seen = {fold(one): "title_in_text" for one in headings}
    # Only lines that close alike are compared as a whole.
    for line, closing in zip(lines, closings, strict=True):
        if often[closing] > 1:
            said = text[slice(*line)]
            rule = seen.get(fold(said))
            if rule and not (rule == "repeated_line" and said.startswith(_BULLET)):
                repeated[line] = rule
            elif len(said.split()) >= MIN_WORDS_REPEATED:
                seen[fold(said)] = "repeated_line"
    return repeated


# So many characters at a line's end are looked at first, whatever the marks behind the last word (chosen: speed).
_CLOSING, _COMPARED = 28, 20


def _closing(end: str) -> str:
    return end.rstrip(" .!?\"”’'…:;,)")[-_COMPARED:]


# A line that has this share of its words in common with the title says the title, if it is no sentence (chosen); marks put to
# words apart, a line that does not have a third of the title's words is not looked at further (chosen: speed).
_SAME_WORDS, _MIN_WORDS_TITLE, _WORTH = 0.75, 5, 0.33


def _near_titles(text: str, small: str, title: str, lines: Sequence[Span]) -> list[Span]:
    """The lines without a full stop that have nearly the words of the title: pages change a word of a headline."""
    short, long = 0.6 * len(title), 1.6 * len(title)
    alike = [line for line in lines if short < line[1] - line[0] < long and text[line[1] - 1] not in '.!?”"’:;,']
    of_title = set(fold(title).split()) if alike else set()
    if len(of_title) < _MIN_WORDS_TITLE:
        return []
    least = _WORTH * len(of_title)
    worth = [line for line in alike if len(of_title.intersection(small[slice(*line)].split())) >= least]
    return [line for line in worth if overlap(of_title, set(fold(text[slice(*line)]).split())) >= _SAME_WORDS]


# A headline has so many words (chosen), of which one ties others together: a row of capital names is a byline.
_FEWEST, _MOST = 6, 20
_TIES = frozenset(
    "to in on of for at with is are was from by the a who what how why after before over as his her their its will not".split()
)
_CREDITED = re.compile(
    r"^by\b|^above\b|\b(?:photo\w*|getty|reuters|ap|afp|image|credit|contribut\w*|updated)\b|[@|©]|https?:", re.I
)


def _headline_on_top(text: str, title: str, lines: Sequence[Span]) -> list[Span]:
    """A first line written like a headline, Every Long Word With A Capital: the page's own title, whatever the catalogue's.

    Where the catalogue has none it is the article's only title, and stays.
    """
    if not title.strip() or len(lines) < 2 or text[lines[0][1] - 1] in '.!?…:;,”")]':
        return []
    said = text[slice(*lines[0])]
    words = said.split()
    if not _FEWEST <= len(words) <= _MOST or _CREDITED.search(said):
        return []
    long = [word.lstrip("‘'“\"(") for word in words if len(word) > 3]
    is_headline = all(not word[:1].islower() for word in long) and not said.isupper() and _TIES & set(said.lower().split())
    return [lines[0]] if is_headline else []


def overlap(one: set[str], other: set[str]) -> float:
    """The share of the words of two lines that stand in both (Jaccard)."""
    return len(one & other) / max(len(one | other), 1)


# Numbers, months and days of the week change from article to article.
_CHANGING = re.compile(
    r"\d+|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
# Who wrote with whom, notes on corrections and stock sentences on who would not comment are about the article.
_ABOUT_THE_ARTICLE = re.compile(
    r"\bcontribut|\breport(?:ing|ed) (?:by|from)\b|\bcorrect|\bupdated\b|\bwriters?\b|\bedit(?:ed|ing) by\b|\bassociated press\b"
    r"|\breuters\b|\brespond|\bfor comment\b|\bto comment\b|\bdeclined\b|\bsaid\b"
)
# So many lines at an article's beginning and end may be the page's, if they have no more letters than this (chosen).
_FIRST, _LAST, _LONGEST = 1, 3, 200


def outlet_lines(outlets: Iterable[str], texts: Iterable[str], lines: Iterable[Sequence[Span]]) -> list[list[Span]]:
    """For each article, given by outlet, text and the text's lines, the lines that stand in many articles of its outlet.

    A line counts if it stands at the edge (first line or last three) of >= 5 articles and >= 1 % of the outlet's articles
    (chosen), whatever its numbers and days; if it has six words or more; and if it is no note on who contributed, corrected or
    would not comment. Articles with the same longest line between their edges are versions of one and count once.

    >>> from framing.corpus.furniture import find_lines
    >>> texts = [f"Talks {word}.\\nTake the long tour of Sorrel with us." for word in ("open", "stall", "fail", "end", "resume")]
    >>> outlet_lines(["Lantern"] * 5, texts, map(find_lines, texts))[0]
    [(12, 49)]
    """
    places = [(outlet, text, one, edge_lines(one)) for outlet, text, one in zip(outlets, texts, lines, strict=True)]
    n_articles = Counter(outlet for outlet, *_ in places)
    openings = Counter((outlet, text[start : start + OPENING]) for outlet, text, _, edge in places for start, _ in edge)
    n_edges: Counter[tuple[str, str]] = Counter()
    versions: set[tuple[str, str]] = set()
    keys: list[dict[Span, tuple[str, str]]] = []
    for outlet, text, own, edge in places:
        worth = [line for line in edge if openings[outlet, text[line[0] : line[0] + OPENING]] >= MIN_ARTICLES]
        keys.append({line: (outlet, fold_changing(text[slice(*line)])) for line in worth})
        version = (outlet, longest_line(text, own))
        n_edges.update(set(keys[-1].values()) if version not in versions else ())
        versions.add(version)
    needed = {outlet: max(MIN_ARTICLES, MIN_SHARE * n) for outlet, n in n_articles.items()}
    often = {key for key, n in n_edges.items() if n >= needed[key[0]] and may_be_furniture(key[1])}
    return [[line for line, key in one.items() if key in often] for one in keys]


def longest_line(text: str, lines: Sequence[Span]) -> str:
    """The longest line between a text's edges; the whole text where nothing is between them."""
    inner = lines[_FIRST:-_LAST]
    start, end = max(inner, key=lambda line: line[1] - line[0]) if inner else (0, len(text))
    return text[start:end]


# So many first characters are compared first (chosen: speed).
OPENING = 6


def edge_lines(lines: Sequence[Span]) -> list[Span]:
    """The first line and the last three, as far as they are not too long for a line of the page."""
    edge = lines if len(lines) <= _FIRST + _LAST else [*lines[:_FIRST], *lines[-_LAST:]]
    return [line for line in edge if line[1] - line[0] <= _LONGEST]


def may_be_furniture(folded: str) -> bool:
    """Whether a folded line has enough words for an outlet's line and is no note on the article."""
    return len(folded.split()) >= MIN_WORDS_OUTLET and not _ABOUT_THE_ARTICLE.search(folded)


def fold_changing(line: str) -> str:
    """A folded line without what changes from day to day.

    >>> fold_changing("© 2031 Lantern, updated Monday, 3 May")
    '# lantern updated # # #'
    """
    return _CHANGING.sub("#", fold(line))
