"""What a question would rather have first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import make_article, make_hit

from assistant.answer.demands import Demands
from assistant.answer.preferences import Preferences
from assistant.answer.quotes import Quote
from assistant.answer.relevance import NO_SIGNALS
from assistant.shipped import corpus_folder
from assistant.terms import TermAnalyzer, load_names
from assistant.types import Span


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer(load_names(corpus_folder() / "aliases.yaml"))


def told(sentence: str) -> Quote:
    article = replace(make_article(sentence, sentence), title="", published_on="2025-09-19")
    return Quote(make_hit(article, sentence), Span(0, len(sentence)), 0.0, NO_SIGNALS, sentence)


def preferences(question: str, analyzer: TermAnalyzer) -> Preferences:
    return Preferences(question, Demands(question, analyzer))


def test_a_reason_is_brought_by_words_that_tell_hardly_anything_else(analyzer: TermAnalyzer) -> None:
    asked = preferences("Why was Subaru listed?", analyzer)
    assert asked.brings(told("Subaru was listed in response to remarks."))
    assert not asked.brings(told("Subaru was listed after a meeting."))


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("BYD was added on 8 June 2026.", True),
        ("BYD was added shortly before 22 June 2026.", False),
        ("BYD was added in June 2026.", False),
        ("BYD was added, Reuters reported on 8 June 2026.", False),
        ("BYD has been listed since 8 June 2026.", True),
    ],
)
def test_a_day_is_told_by_itself_and_not_by_one_before_or_after(
    sentence: str, tells: bool, analyzer: TermAnalyzer
) -> None:
    asked = preferences("When was BYD added?", analyzer)
    assert asked.asks_day_of_event
    assert asked.tells_the_day(told(sentence)) is tells


@pytest.mark.parametrize(
    ("question", "sentence", "brought"),
    [
        ("How many tonnes left?", "In all 5 tonnes left.", True),
        ("How many tonnes left?", "All of it left.", True),
        ("How many tonnes left?", "They left in May.", False),
        ("Who left?", "Korvex left.", True),
        ("Who left?", "They left.", False),
        ("Why did Korvex leave?", "Korvex left.", False),
    ],
)
def test_the_value_or_name_asked_for_is_brought(
    question: str, sentence: str, brought: bool, analyzer: TermAnalyzer
) -> None:
    assert preferences(question, analyzer).brings(told(sentence)) is brought


def test_who_and_when_at_once_is_not_only_who(analyzer: TermAnalyzer) -> None:
    assert preferences("Who signed the framework?", analyzer).asks_who_or_why
    assert not preferences("Who signed the framework and when did it start?", analyzer).asks_who_or_why


def test_the_day_of_the_question_is_not_told_by_itself(analyzer: TermAnalyzer) -> None:
    asked = preferences("When was BYD, listed on 8 June 2026, added?", analyzer)
    assert not asked.tells_the_day(told("BYD was listed on 8 June 2026."))
    assert asked.tells_the_day(told("BYD was added on 7 June 2026."))


def test_what_something_is_larger_than_is_not_its_value(analyzer: TermAnalyzer) -> None:
    asked = preferences("How much money goes to Serra?", analyzer)
    assert not asked.brings(told("The package for Serra is larger than the earlier $465 million."))
    assert asked.brings(told("The package for Serra is larger than the earlier $465 million, at $565 million."))
