"""Words beside a personal name that say what the person is."""

from __future__ import annotations

PROGRAMMES = frozenset("show report hour factor podcast tonight live".split())
"""What a programme is called after its host: "The Ana Reyl Show"."""
COPULAS = frozenset("is was became becomes remains".split())
RACE_WORDS = frozenset(
    """campaign camp supporters voters nomination candidacy rally rallies presidency administration bid backers delegates
    office""".split()
)
WORKS = {
    **dict.fromkeys(
        "film films movie movies album albums song songs music fans performance character concert".split(), "citizen"
    ),
    **dict.fromkeys("show podcast column newsletter blog broadcast readers viewers listeners".split(), "media"),
    **dict.fromkeys("research textbook".split(), "expert"),
}
WRITING = frozenset("wrote writes reported reports".split())
LETTERS = frozenset("letter statement twitter tweet facebook post memo email e-mail message book memoir note filing".split())
COLUMNS = frozenset("column columns newsletter blog podcast magazine".split())
AFTER_NAMES = frozenset(("of", "with", "at", "from", "for", "told", "asked", "'s")) | COPULAS | RACE_WORDS | PROGRAMMES | WRITING
ASKING = frozenset("asked asks interviewed pressed grilled".split())
TELLING = frozenset("told tells".split())
ENDORSING = frozenset("endorsed endorse endorses endorsing backing backed".split())
VOTING = frozenset("vote voted votes voting support caucus caucused caucusing campaign campaigned campaigning rally".split())
STANDINGS = frozenset(
    """was is at with and has had got gets earned won wins led leads second third fourth fifth first trailed trails garnered drew
    by in place came followed received support from the a about to of takes took just only beat beats over""".split()
)
# Where another word stands next to a name, only its tag and the punctuation between can tell something.
WORDS_BEFORE = TELLING | ENDORSING | WRITING | frozenset("old for behind by named called and or like including as".split())
WORDS_AFTER = AFTER_NAMES | STANDINGS
