"""Base forms of words by a table of irregular verbs and a few endings; enough for cue words, no dictionary is downloaded."""

from __future__ import annotations

from functools import cache

from framing.measure.tags import known_words

# Irregular verbs and contractions, written from general knowledge of English: base form first.
_IRREGULAR = """be is was are were been being am 's 're 'm | have has had having 've | do does did done | make made making |
give gave given giving | take took taken taking | get got gotten getting | go goes went gone | see saw seen |
know knew known | think thought | find found | hold held | lead led | leave left leaving | mean meant | feel
felt | hear heard | put putting | swear swore sworn | speak spoke spoken | break broke broken | bring brought
| choose chose chosen | draw drew drawn | fight fought | forget forgot forgotten | forgive forgave forgiven |
pay paid | seek sought | send sent | show showed shown | strike struck | teach taught | understand understood
| win won winning | fall fell fallen | rise rose risen | throw threw thrown | run ran running | come came
coming | become became becoming | begin began begun | keep kept | meet met | sell sold | sit sat | stand stood
| lay laid | lose lost losing | grow grew grown | write wrote written writing | wear wore worn | sing sang
sung | eat ate eaten | drive drove driven | shake shook shaken | tear tore torn | say said | tell told | buy
bought | build built | catch caught | cling clung | deal dealt | dream dreamt | fly flew flown | foresee
foresaw foreseen | foretell foretold | mistake mistook mistaken | overcome overcame | overhear overheard |
retell retold | rethink rethought | ride rode ridden | ring rang rung | shoot shot | spend spent | spring
sprang sprung | steal stole stolen | sting stung | swing swung | undertake undertook undertaken | uphold
upheld | weep wept | withdraw withdrew withdrawn | withhold withheld | behold beheld | bear bore borne | bite
bit bitten | blow blew blown | flee fled | hide hid hidden | light lit | misunderstand misunderstood | sink
sank sunk | slide slid | outline outlined | man men | woman women | person people | child children"""
_BASE = {form: forms[0] for forms in (verb.split() for verb in _IRREGULAR.replace("\n", " ").split("|")) for form in forms}
_ENDINGS = (("ies", ("y", "ie")), ("ied", ("y", "ie")), ("ying", ("ie", "y")), ("es", ("e", "")), ("s", ("",)))


@cache
def find_lemma(word: str) -> str:
    """The base form of a word in lower case; the word itself where no rule fits.

    >>> [find_lemma(word) for word in ("said", "claims", "denied", "criticised", "admitting", "urged", "polls", "the")]
    ['say', 'claim', 'deny', 'criticize', 'admit', 'urge', 'poll', 'the']
    """
    if word in _BASE:
        return _BASE[word]
    for ending, replacements in _ENDINGS:
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            for base in (stem + replacement for replacement in replacements):
                if _is_word(base):
                    return base
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return _without(word, word[: -len(ending)])
    return word


def _without(word: str, stem: str) -> str:
    """The first of the possible bases of a form in -ed or -ing that is a word: criticise before criticis, admit before admitt."""
    doubled = (stem[:-1],) if len(stem) > 3 and stem[-1] == stem[-2] else ()
    bases = (*doubled, stem, stem + "e") if _is_word(stem) and not doubled else (*doubled, stem + "e", stem)
    return next((base for base in (*bases, *map(_american, bases)) if _is_word(base)), word)


def _american(base: str) -> str:
    """The American spelling of a British base, which is the one that the table knows: criticize, labor."""
    return base[:-3] + "ize" if base.endswith("ise") else base.replace("our", "or")


def _is_word(base: str) -> bool:
    return len(base) > 2 and base in known_words()
