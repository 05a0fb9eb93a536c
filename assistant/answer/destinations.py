"""Where goods go: a rule that holds for every destination holds for the one asked about, named or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer.follow_up.mentions import mentions
from assistant.terms import PLACES_KIND, TermAnalyzer

_WHO = (
    r"(?:buyers?|cent(?:re|er)s?|clients?|compan(?:y|ies)|customers?|factor(?:y|ies)|firms?|makers?|manufacturers?|"
    r"plants?|sites?|subsidiar(?:y|ies)|users?|warehouses?)"
)
# "To Germany", "for our customer in Poland", "to an Indian maker of motors"; "in Germany" alone is no destination.
_GOING_TO = re.compile(
    rf"\s(?:(?:going|bound|destined|headed|out)\s)?(?:to|into|for)\s(?:(?:an?|any|my|our|the|their|its)\s)?"
    rf"(?:(?:\w+\s)?{_WHO}\sin\s(?:the\s)?)?$",
    re.IGNORECASE,
)
_WHO_IS_THERE = re.compile(rf"\s(?:\w+\s)?{_WHO}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Destined:
    """A question of goods that go somewhere.

    Attributes:
        place: where to, as the question writes it.
        anywhere: the question without that.
    """

    place: str
    anywhere: str


def destined(question: str, analyzer: TermAnalyzer) -> Destined | None:
    """The question taken apart; None when it names no place that goods go to, or another place besides."""
    places = [one for one in mentions(question, analyzer) if _is_a_place(one.text, analyzer)]
    going = _GOING_TO.search(question[: places[0].start]) if len(places) == 1 else None
    if going is None:
        return None
    (place,) = places
    there = _WHO_IS_THERE.match(question, place.end)
    return Destined(place.text, question[: going.start()] + question[there.end() if there else place.end :])


def _is_a_place(name: str, analyzer: TermAnalyzer) -> bool:
    """Whether all of a name is a place; China is none here, for the goods come from there."""
    terms = analyzer.content_terms(name)
    return bool(terms) and all(analyzer.kind(term) == PLACES_KIND for term in terms)
