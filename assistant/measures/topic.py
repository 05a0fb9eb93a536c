"""Which measures a question is about when it does not name one: by the words that they share.

A measure is known by its name, its other names, what it covers and its summary; the sentences that
show its history count less. Words weigh by how few measures have them (inverse document frequency,
Spärck Jones 1972); dates do not count, they say when, not what.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.measures.coverage import elements_of
from assistant.measures.types import Measure
from assistant.terms import ELEMENTS_KIND, PLACES_KIND, TermAnalyzer

HISTORY_WEIGHT = 0.6
_DATE_TERM = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Match:
    """A measure and the share, 0 to 1, of a question's words that it is known by, weighted by rarity."""

    measure: Measure
    share: float


class MeasureTopics:
    """Matches questions with measures.

    Args:
        measures: all that can be matched.
        analyzer: how texts become terms.
    """

    def __init__(self, measures: Sequence[Measure], analyzer: TermAnalyzer) -> None:
        self._measures = tuple(measures)
        self._analyzer = analyzer
        self._named = [self._terms(_description(measure)) for measure in measures]
        self._covered = [self._terms(" ; ".join(elements_of(measure.covers))) for measure in measures]
        self._told = [self._terms(_history(measure)) for measure in measures]
        counts = Counter(term for pair in zip(self._named, self._told, strict=True) for term in pair[0] | pair[1])
        self._rarity = {term: math.log(1 + len(self._measures) / count) for term, count in counts.items()}
        self._china = self._terms("China")
        self._unknown = math.log(1 + len(self._measures))

    def match(self, question: str) -> tuple[Match, ...]:
        """Every measure that shares a word with the question, best first; equals stay in the register's order."""
        asked = self._terms(question)
        total = sum(self._rarity.get(term, self._unknown) for term in asked)
        matches = [
            Match(measure, self._weight(asked, named, told) / total)
            for measure, named, told, covered in zip(
                self._measures, self._named, self._told, self._covered, strict=True
            )
            if asked & (named | told) and self._can_be_meant(asked, named | covered, told)
        ]
        return tuple(sorted(matches, key=lambda match: -match.share))

    def _weight(self, asked: frozenset[str], named: frozenset[str], told: frozenset[str]) -> float:
        in_name = sum(self._rarity[term] for term in asked & named)
        return in_name + HISTORY_WEIGHT * sum(self._rarity[term] for term in asked & (told - named))

    def _can_be_meant(self, asked: frozenset[str], named: frozenset[str], told: frozenset[str]) -> bool:
        """Not when the question names places or elements, and the measure is known by none of them."""
        places, elements = (
            {term for term in asked if self._analyzer.kind(term) == kind} for kind in (PLACES_KIND, ELEMENTS_KIND)
        )
        # Nearly every question names China; it tells something only when no other place does.
        if not places and self._china & asked and not self._china & named:
            return False
        return all(not terms or bool(terms & (named | told)) for terms in (places, elements))

    def _terms(self, text: str) -> frozenset[str]:
        return frozenset(term for term in self._analyzer.content_terms(text) if not _DATE_TERM.fullmatch(term))


def _description(measure: Measure) -> str:
    covers = measure.covers
    told = (
        measure.name, *measure.aliases, measure.issuer, measure.instrument or "", measure.summary, *covers.elements,
        *covers.forms, *covers.control_codes, *covers.customs_codes, covers.notes or "",
    )  # fmt: skip
    return " ; ".join(told)


def _history(measure: Measure) -> str:
    scopes = [entry.scope or "" for entry in measure.history]
    return " ; ".join([*scopes, *(one.quote for entry in measure.history for one in entry.evidence)])
