"""Which sentence comes before what the register says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.demands import Demands
from assistant.answer.lead import direct_sentence
from assistant.answer.preferences import Preferences
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS
from assistant.terms import TermAnalyzer
from assistant.types import Span

PLAIN = TermAnalyzer()


def told(sentence: str, relevance: float = 0.9) -> Quote:
    article = replace(make_article(sentence, sentence), title="", published_on="2025-09-19")
    return Quote(make_hit(article, sentence), Span(0, len(sentence)), relevance, NO_SIGNALS, sentence)


def leads(question: str, *relevant: Quote, is_answered: bool) -> str | None:
    preferences = Preferences(question, Demands(question, PLAIN))
    direct = direct_sentence(
        relevant, preferences, [told("A rule stands.")], is_answered=is_answered, is_corrected=False, defines=False
    )
    return direct.sentence if direct else None


@pytest.mark.parametrize(("relevance", "leads_"), [(0.5, True), (0.49, False)])
def test_a_stretch_of_time_comes_before_the_register_for_who_asks_how_long(relevance: float, leads_: bool) -> None:
    valid = told("Each licence is valid for one year.", relevance)
    found = leads("How long is a licence valid?", told("Korvex got a licence."), valid, is_answered=True)
    assert found == (valid.sentence if leads_ else None)


def test_a_sentence_beside_the_subject_does_not_come_before_the_register() -> None:
    beside, on_it = told("Japan bought 280 tonnes."), told("No goods may go to the army.", 0.6)
    assert leads("Can military users buy it?", beside, on_it, is_answered=False) == on_it.sentence
    assert leads("Can military users buy it?", beside, is_answered=False) is None


def test_somebody_named_beside_the_subject_is_not_who_is_asked_for() -> None:
    beside, on_it = told("Customers of Korvex give data."), told("The first licence went to Lode.", 0.6)
    assert leads("Who has received a licence?", beside, on_it, is_answered=True) == on_it.sentence
