"""Which measures are on the place that goods go to; a place is given as its terms."""

from __future__ import annotations

from assistant.measures.coverage import destination_names, is_for_all
from assistant.measures.register import Register
from assistant.measures.types import Measure
from assistant.terms import TermAnalyzer


def is_on(measure: Measure, place: frozenset[str], analyzer: TermAnalyzer) -> bool:
    """Whether a place, as terms, is among those that a measure names."""
    names = destination_names(measure.covers)
    return any(place & frozenset(analyzer.content_terms(name)) for name in names)


def reaches(measure: Measure, place: frozenset[str], analyzer: TermAnalyzer) -> bool:
    """Whether a measure holds for a place, named or not."""
    return is_for_all(measure.covers) or is_on(measure, place, analyzer)


def on_anything_to(register: Register, place: frozenset[str], analyzer: TermAnalyzer) -> tuple[Measure, ...]:
    """The measures on a place that name no element: "no dual-use item for military users in Japan"."""
    return tuple(one for one in register.measures if is_on(one, place, analyzer) and not one.covers.elements)
