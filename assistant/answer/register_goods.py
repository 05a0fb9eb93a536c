"""Which measures are on the goods that a question names: an element, a form of it, or all that is controlled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.answer.asked import asks_what_was_added, goods_controlled
from assistant.answer.register_evidence import naming_most
from assistant.answer.register_standings import ToldStanding, active_first, active_ids
from assistant.answer.relevance import RARE_EARTH_TERMS
from assistant.measures.coverage import Item, is_covered, is_for_all
from assistant.measures.register import Register
from assistant.measures.types import Measure
from assistant.periods import falls_in
from assistant.terms import ELEMENTS_KIND, PLACES_KIND, TermAnalyzer
from assistant.types import Period

_CHINESE, _ALL_RARE_EARTHS = "cn-", "rare earths"


def controlling(
    register: Register, question: str, period: Period | None, as_of: date, analyzer: TermAnalyzer
) -> tuple[Measure, ...]:
    """The Chinese rules that name elements, for every destination, where it is asked which goods are controlled.

    Those in force first, of these the newest; where a time is asked about, those that began in it.
    """
    goods = goods_controlled(question)
    is_of_a_time = period is not None
    if not goods or is_of_a_time != asks_what_was_added(question) or _names_another_country(question, analyzer):
        return ()
    rare_earths = RARE_EARTH_TERMS if "rare" in goods or "ree" in goods else None
    found = [
        one
        for one in register.measures
        if _lists_elements(one)
        and (rare_earths is None or rare_earths.issuperset(one.covers.elements))
        and (period is None or falls_in(one.history[0].from_, period))
    ]
    newest_first = sorted(found, key=lambda one: one.history[0].from_, reverse=True)
    return active_first(newest_first, active_ids(register, as_of, as_of))


def covering(register: Register, question: str, on: date, as_of: date, analyzer: TermAnalyzer) -> tuple[Measure, ...]:
    """The measures that name an element of the question: the base rule holds on while a later one is suspended."""
    named = {one for measure in register.measures for one in measure.covers.elements}
    # A term is a stem: "antimoni" is in no list of elements.
    by_term = {
        term: one for one in named for term in analyzer.content_terms(one) if analyzer.kind(term) == ELEMENTS_KIND
    }
    elements = [by_term[term] for term in analyzer.content_terms(question) if term in by_term]
    found = [one.measure for name in elements for one in is_covered(register, Item(name), on, as_of).measures]
    # Nearly everything touches "rare earths"; only a measure that names the element is the base rule for it.
    naming = [status.id for status in found if set(elements) & set(status.covers.elements)]
    return tuple(register.measure(measure_id) for measure_id in naming)


def names_form(measure: Measure, question: str, analyzer: TermAnalyzer) -> bool:
    """Whether a question is on a form of an element that a measure covers: "graphite anodes", not graphite."""
    asked = frozenset(analyzer.content_terms(question))
    shared = (asked.intersection(analyzer.content_terms(form)) for form in measure.covers.forms)
    return any(len(terms) > 1 and any(analyzer.kind(term) == ELEMENTS_KIND for term in terms) for terms in shared)


def on_the_form(told: ToldStanding, register: Register, question: str, analyzer: TermAnalyzer) -> ToldStanding:
    """A standing that is shown first by what names most of the forms of its measure that are asked about."""
    forms = " ; ".join(register.measure(told.standing.measure).covers.forms)
    asked = frozenset(analyzer.content_terms(forms)).intersection(analyzer.content_terms(question))
    return replace(told, evidence=naming_most(told.evidence, asked, analyzer))


def _names_another_country(question: str, analyzer: TermAnalyzer) -> bool:
    places = {term for term in analyzer.content_terms(question) if analyzer.kind(term) == PLACES_KIND}
    return bool(places - frozenset(analyzer.terms("China")))


def _lists_elements(measure: Measure) -> bool:
    """Whether a measure is a Chinese rule for every destination that says which elements it is on."""
    covers = measure.covers
    listed = bool(covers.elements) and _ALL_RARE_EARTHS not in covers.elements
    return measure.id.startswith(_CHINESE) and is_for_all(covers) and listed
