"""Where goods go: a rule that holds for every destination holds for the one asked about, named or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.terms import PLACES_KIND, TermAnalyzer

_WHO = (
    r"(?:buyers?|cent(?:re|er)s?|clients?|compan(?:y|ies)|customers?|factor(?:y|ies)|firms?|makers?|manufacturers?|"
    r"plants?|sites?|subsidiar(?:y|ies)|users?|warehouses?)"
)
_NAME = r"[A-Z][\w.’'-]*(?:\s(?:of\s|and\s)?[A-Z][\w.’'-]*)*"
# "To Germany", "for our customer in Poland", "to an Indian maker of motors"; "in Germany" alone is no destination.
_DESTINATION = re.compile(
    rf"\s(?:(?:going|bound|destined|headed|out)\s)?(?:to|into|for)\s(?:(?:an?|any|my|our|the|their|its)\s)?"
    rf"(?:(?:\w+\s)?{_WHO}\sin\s(?:the\s)?)?(?P<place>{_NAME})(?:\s(?:\w+\s)?{_WHO}\b)?"
)


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
    for match in _DESTINATION.finditer(question):
        goods = Destined(match["place"], question[: match.start()] + question[match.end() :])
        if _is_a_place(goods.place, analyzer) and not _names_a_place(goods.anywhere, analyzer):
            return goods
    return None


def _names_a_place(text: str, analyzer: TermAnalyzer) -> bool:
    return any(analyzer.kind(term) == PLACES_KIND for term in analyzer.content_terms(text))


def _is_a_place(name: str, analyzer: TermAnalyzer) -> bool:
    terms = analyzer.content_terms(name)
    return bool(terms) and all(analyzer.kind(term) == PLACES_KIND for term in terms)
