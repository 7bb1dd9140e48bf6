"""Which language a text is written in, told by its commonest small words; enough to name what is not English.

The lists were written from general knowledge of each language's grammar: articles, prepositions, pronouns, conjunctions,
auxiliary verbs, negation. They are short on purpose: in a text of any length a third of the words or so are such words.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

FUNCTION_WORDS = {
    "English": "the of and to in a is that for on was with as it by at from be are this have an has not he his but they were had "
    "which or their been who its would will she her we you i there when what about more said than after if all can no so",
    "German": "der die das und in zu den von mit ist des im für auf dem ein eine nicht als auch es an werden aus er hat dass sie "
    "nach wird bei einer um am sind noch wie einem über einen war haben nur oder aber vor zur bis mehr durch ich wir ihr sich",
    "French": "de la le et les des en un une du que est pour dans qui par sur au pas plus ce il ne se sont avec son ou aux mais "
    "cette ont été elle nous vous leur ses ces était être fait comme après sans entre deux même dont je on lui",
    "Spanish": "de la que el en y a los del se las por un para con no una su al lo es como más pero sus le ha este sí porque "
    "esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra fue era son",
    "Italian": "di che e la il un a per è in una non del si i le con da della alla nel come ha sono dei al più gli lo anche "
    "ma delle nella dal ci o questo suo se alle sul era ai degli hanno stato essere dalla tra due loro quando dopo",
    "Portuguese": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando "
    "muito nos já também pelo pela até isso ela entre depois sem mesmo aos seus quem foi são está ser tem",
    "Dutch": "de het een van en in is dat op te voor met zijn niet aan er om ook als bij maar naar uit door over ze hij wordt "
    "dan nog heeft hebben worden zich of was werd geen meer tot wat deze die al kan we haar onder zou hun",
    "Swedish": "och i att det som en på är av för med den till inte om ett har de han jag men var sig så från vi när man nu "
    "hade kan eller vid mot ska skulle efter hon under också över än blir alla sin mycket där ut",
    "Danish": "og i at det er en til af på den der for med som de ikke har han et var jeg vi men om sig fra så når nu kan havde "
    "eller ved mod skal efter hun under også over end bliver alle sin meget hvor ud blev være",
    "Norwegian": "og i det er på som en til av for at med har de ikke den han et var jeg vi men om seg fra så når nå kan hadde "
    "eller ved mot skal etter hun under også over enn blir alle sin mye hvor ut ble være sier",
    "Finnish": "ja on ei että se oli hän ovat mutta kun myös joka niin kuin ole mukaan tai olla sen jo voi vain vielä mitä hänen "
    "sekä jos jotka tämä olisi ollut noin ennen jälkeen kanssa nyt siitä sitä tässä",
    "Polish": "w i na z do się nie że to jest o jak po za od dla przez jego ale są tym a co już oraz tak ten być który może "
    "także przed tylko było ich przy jej która był będzie",
    "Czech": "a v se na je že to s z do o i jako za by ale si po od pro jsou který které jeho však k ve podle při nebo jen už "
    "také byl před bude která bylo mezi",
    "Hungarian": "a az és hogy nem is egy van volt de csak meg már ez ha még mint el azt ki mert azonban lesz kell vagy pedig "
    "szerint után között minden ezt ami aki nincs majd így",
    "Romanian": "de și în a la cu pe că nu o din care un este pentru mai fi au se sau ca s-a dar după fost sunt prin lui ei "
    "această între fără cele când acest",
    "Turkish": "ve bir bu da de için ile olarak çok daha olan en gibi kadar sonra ise ancak her ne değil oldu olduğunu göre ya "
    "mi ama diye var hem bunu",
    "Russian": "и в не на что он с как это по но из у к за от о его то был для она они мы так же было все а при только или "
    "еще бы уже до если который когда",
    "Ukrainian": "і в не на що з у як це до та він за про але від його по для було є які який також вони ми або ще під час й "
    "якщо буде були вже через",
}  # fmt: skip
# Fewer words than this say too little (chosen; a headline in English may hold one small word or none).
LEAST_WORDS = 20
# Less than this share of small words is a list of names or numbers, or a language that has no list (chosen; prose has .3 to .5).
LEAST_SHARE = 0.15
UNKNOWN = "unknown"
_WORD = re.compile(r"[^\W\d_]+")


class Guess(NamedTuple):
    """The language of a text, and how sure that is."""

    language: str
    """Its English name, or `unknown`."""
    share: float
    """Share of the words that are among the language's small words (of the likeliest one, where it is unknown)."""
    n_words: int
    """Words of the text."""


def guess_language(text: str) -> Guess:
    """The language of a text; `unknown` for a text of fewer than 20 words and for one with hardly any small words.

    >>> guess_language("Die Gespräche über den Vertrag wurden am Montag in Orrel eröffnet, aber nicht alle, die "
    ...                "eingeladen waren, sind auch gekommen, und es war noch offen, wie es weitergeht.").language
    'German'
    """
    words = Counter(word.lower() for word in _WORD.findall(text))
    n_words = sum(words.values())
    counts: Counter[str] = Counter()
    for word, n in words.items():
        for language in _languages_of().get(word, ()):
            counts[language] += n
    language, n_small = max(counts.items(), key=lambda one: one[1], default=(UNKNOWN, 0))
    share = n_small / max(n_words, 1)
    return Guess(language if n_words >= LEAST_WORDS and share >= LEAST_SHARE else UNKNOWN, share, n_words)


def english_share(text: str) -> float:
    """The share of a text's words that are among the 64 commonest small words of English (news has .35 to .5).

    >>> english_share("The envoys met in Orrel.")
    0.4
    """
    words = _WORD.findall(text.lower())
    return sum(word in english_words() for word in words) / max(len(words), 1)


def is_other_language(text: str) -> bool:
    """Whether a text is surely not English: long enough, and in a language that is known. A short text never is.

    >>> is_other_language("Guten Morgen"), is_other_language("The envoys met.")
    (False, False)
    """
    return guess_language(text).language not in ("English", UNKNOWN)


@cache
def english_words() -> frozenset[str]:
    """The commonest small words of English."""
    return frozenset(FUNCTION_WORDS["English"].split())


@cache
def _languages_of() -> dict[str, list[str]]:
    languages: dict[str, list[str]] = {}
    for language, words in FUNCTION_WORDS.items():
        for word in dict.fromkeys(words.split()):
            languages.setdefault(word, []).append(language)
    return languages
