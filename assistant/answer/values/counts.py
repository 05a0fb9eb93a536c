"""Counts: which things a question counts, and which numbers of a sentence stand beside their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.values.quantities import WORD_NUMBER
from assistant.answer.values.value import Value

BESIDE_COUNT = 4
_ASKS_POPULATION = re.compile(r"\b(?:population|how many (?:people|inhabitants|residents))\b", re.IGNORECASE)
_PEOPLE = ("population", "people", "inhabitants", "residents")
_ASKS_COUNT = re.compile(
    r"\b(?:how many|number of(?! (?:the|an?)\b))\s(?P<things>[a-z-]+(?:\s(?!(?:are|is|was|were|did|do|does|has|have|"
    r"had|can|may|will|would|went|got|of|in|on|to|from|by|for|under|at)\b)[a-z-]+){0,3})",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"\bnumber of\b")
_NAMES_NOTHING = re.compile(
    r"\W*$|[,.;:)]|\s(?:and|or|but|in|on|under|for|from|to|at|by|as|while|whereas|instead|against)\b"
)
_NEXT_NUMBER = re.compile(rf"\d|{WORD_NUMBER}")
_TOKEN = re.compile(r"[\w'-]+")
# Other words for the same things, where they are counted.
_COUNTED_ALIKE = tuple(
    frozenset(words.split())
    for words in ("countries nations states governments", "firms companies businesses enterprises",
                  "workers employees staff people", "jobs posts positions", "requests applications",
                  "kinds sorts types categories forms", "sites mines", "additions added",
                  "permits licences licenses permissions approvals")
)  # fmt: skip
# Words that may stand for the same, as when groups are firms, where any of them will do.
_COUNTED_LIKEWISE = (frozenset("firms companies groups entities kinds categories".split()),)


def counted_words(question: str) -> tuple[str, ...]:
    """The words beside which a number is the count that a question asks for; none when it asks for no count."""
    if _ASKS_POPULATION.search(question):
        return _PEOPLE
    asked = _ASKS_COUNT.search(question)
    return tuple(word for word in asked["things"].lower().split() if word != "first") if asked else ()


def answering_counts(
    text: str, found: Sequence[Value], question: str, *, every_count: bool = False, likewise: bool = False
) -> list[Value]:
    """The counts among ``found`` of what the question wants counted.

    With ``every_count`` those too that name nothing else, written like one that does, and with ``likewise`` those
    beside a word that may stand for what is counted.
    """
    counted = _with_others(counted_words(question), _COUNTED_LIKEWISE if likewise else ())
    counts = [one for one in found if one.kind == "count"]
    answering = [one for one in counts if _beside(text, one, counted)]
    if every_count:
        written = {one.words[0].isdigit() for one in answering} or {True, False}
        answering += [
            one for one in counts if one.words[0].isdigit() in written and _NAMES_NOTHING.match(text, one.end)
        ]
    return answering


def _beside(text: str, value: Value, words: Sequence[str]) -> bool:
    """Whether a number counts what one of the words names.

    "20 Japanese entities", "brought the number of entities to 20", "the population was 681".
    """
    before = _TOKEN.findall(text[: value.start].lower())[-BESIDE_COUNT:]
    after = _TOKEN.findall(_NEXT_NUMBER.split(text[value.end :].lower())[0])[:BESIDE_COUNT]
    numbered = _NUMBER_OF.split(text[: value.start].lower())[1:]
    counting = _TOKEN.findall(numbered[-1])[:BESIDE_COUNT] if numbered else []
    return any(word in (*after, *counting) for word in words) or ("population" in words and "population" in before)


def _with_others(words: Sequence[str], likewise: Sequence[frozenset[str]]) -> tuple[str, ...]:
    alike = (*_COUNTED_ALIKE, *likewise)
    return (*words, *(other for word in words for group in alike if word in group for other in group))
