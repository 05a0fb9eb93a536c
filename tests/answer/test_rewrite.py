from __future__ import annotations

import pytest

from assistant.answer.rewrite import Standalone, Turn, standalone
from assistant.terms import TermAnalyzer

PREVIOUS = "How many tonnes of magnets did China export in May 2025?"
HISTORY = (Turn(PREVIOUS, PREVIOUS),)


@pytest.mark.parametrize(
    ("question", "base", "focus"),
    [
        ("And in June 2025?", "How many tonnes of magnets did China export", "in June 2025?"),
        ("June 2025?", "How many tonnes of magnets did China export", "June 2025?"),
        ("What about terbium?", "How many tonnes of magnets did China export in May 2025", "terbium?"),
        ("When does it end?", "How many tonnes of magnets did China export in May 2025", "When does it end?"),
        ("Why?", "How many tonnes of magnets did China export in May 2025", "Why?"),
        ("And", "How many tonnes of magnets did China export in May 2025", "And"),
    ],
)
def test_a_follow_up_takes_the_question_before_along(question: str, base: str, focus: str) -> None:
    assert standalone(question, HISTORY, TermAnalyzer()) == Standalone(f"{base}: {focus}", focus)


@pytest.mark.parametrize(
    "question",
    [
        "Which seven rare earths did the Ministry of Commerce put under licence?",
        "How is Baotou priced?",
        "Which elements were added to the list of the Ministry of Commerce on 9 October 2025?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert standalone(question, HISTORY, TermAnalyzer()) == Standalone(question, question)


def test_a_first_question_leans_on_nothing() -> None:
    assert standalone("And in June 2025?", (), TermAnalyzer()) == Standalone("And in June 2025?", "And in June 2025?")


def test_follow_ups_chain() -> None:
    second = standalone("And in June 2025?", HISTORY, TermAnalyzer())
    third = standalone("And in July 2025?", (Turn("", second.text),), TermAnalyzer())
    assert third.text == "How many tonnes of magnets did China export: in July 2025?"
