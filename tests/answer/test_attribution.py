from __future__ import annotations

import pytest

from assistant.answer.attribution import asks_about_saying, without_attribution


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Exports stopped in April, Reuters wrote on 3 May 2025.", "Exports stopped in April"),
        ("Reuters reported on 3 May 2025 that no exports arrived.", "no exports arrived."),
        ("The Nation, carrying Reuters, reported on 3 May 2025 that two firms closed.", "two firms closed."),
        ("Prices rose 74%, according to Barron's.", "Prices rose 74%"),
        ("Exports were 300 kg, rawmaterials.net reported in April 2025.", "Exports were 300 kg"),
        ("Magnets need permits, as listed by EU Monitor, from today.", "Magnets need permits, from today."),
        ("Kyodo, in an item carried by Dawn on 3 May 2025, reported that two firms closed.", "two firms closed."),
        ("Reuters, carried by Dawn, had reported on 3 May 2025 that two firms closed.", "two firms closed."),
        ("Exports grew in 2025, OE reported on 14 January 2026 with Reuters.", "Exports grew in 2025"),
        ("Two firms closed, Kyodo reported in an item carried by Dawn on 3 May 2025.", "Two firms closed"),
        ("Two firms closed, Dawn reported that day.", "Two firms closed"),
        ("MOFCOM said on 7 June that it grants.", "MOFCOM said on 7 June that it grants."),
        ("Reuters reported on 3 May 2025.", "Reuters reported on 3 May 2025."),
    ],
)  # fmt: skip
def test_reporting_clauses_are_left_out(sentence: str, claim: str) -> None:
    assert without_attribution(sentence) == claim


@pytest.mark.parametrize("question", ["Who said so?", "When did Reuters report it?", "What does the USGS estimate?"])
def test_a_question_may_be_about_saying(question: str) -> None:
    assert asks_about_saying(question)


def test_most_questions_are_not() -> None:
    assert not asks_about_saying("When do the controls start?")
