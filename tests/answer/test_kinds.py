from __future__ import annotations

import pytest

from assistant.answer.kinds import wanted


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many tonnes of magnets were sold?", {"weight"}),
        ("How many carmakers stopped?", {"number"}),
        ("What does gallium cost?", {"money"}),
        ("What was gallium trading at?", {"money"}),
        ("How much does the ministry charge?", {"money"}),
        ("What tariff did Brussels put on magnets?", {"share"}),
        ("What share of terbium comes from China?", {"share"}),
        ("When does the suspension end?", {"date"}),
        ("Who bought the mine?", {"name"}),
        ("Which elements are under licence?", {"list"}),
        ("Is there a rule?", set()),
        ("What tonnage left China?", {"weight"}),
        ("How dependent is Japan on China?", {"share"}),
        ("How far away is the mine?", {"number"}),
        ("How big is the stockpile?", {"number"}),
        ("What is the size of the fund?", {"money"}),
        ("What is the latest figure?", {"number"}),
        ("What were the annual exports?", {"number"}),
        ("What is the deadline?", {"date"}),
        ("What is the last day of the truce?", {"date"}),
        ("How long does the truce hold?", {"date"}),
        ("On which day does it expire?", {"date"}),
        ("What is the end date?", {"date"}),
        ("Which Chinese company bought it?", {"name"}),
        ("Name the buyers.", {"list"}),
        ("Which four new projects were picked?", {"list"}),
        ("How many tonnes, and how many ships?", {"weight"}),
        ("How many ships left, and when?", {"number", "date"}),
    ],
)
def test_a_question_wants_a_kind_of_answer(question: str, kinds: set[str]) -> None:
    assert wanted(question).kinds == kinds


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("How many tonnes of magnets?", "It sold 40 tonnes.", 1.0),
        ("How many tonnes of magnets?", "It sold many tonnes.", -1.0),
        ("Did 40 tonnes cost how many tonnes?", "It sold 40 tonnes.", -1.0),
        ("What was gallium trading at?", "It cost CNY 77 a tonne.", 1.0),
        ("How many plants stopped?", "Two plants stopped.", 1.0),
        ("How many plants stopped?", "Plants stopped in May 2025.", -1.0),
        ("When does it end?", "It ends on 10 November 2026.", 1.0),
        ("When does it end?", "It ends.", -1.0),
        ("When after 1 May 2025 does it end?", "It began on 1 May 2025.", -1.0),
        ("How long does it take?", "It takes 20 to 45 working days.", 1.0),
        ("How long did it stop?", "It stopped for around a week.", 1.0),
        ("How long did it stop?", "It makes 40 tonnes a year.", -1.0),
        ("How long does it take?", "It was asked for on 1 May 2025.", -1.0),
        ("How long does the one-year truce hold?", "The one-year truce holds.", -1.0),
        ("How long does the one-year truce hold?", "It holds until 10 November 2026.", 1.0),
        ("Who bought it?", "It was bought by Lynas.", 1.0),
        ("Who bought it?", "It was bought.", -1.0),
        ("Which elements are listed?", "It lists samarium, terbium and yttrium.", 1.0),
        ("Which elements are listed?", "It lists samarium.", -1.0),
        ("When and at what price?", "It was sold for 40 dollars.", 0.0),
        ("Is there a rule?", "There is.", 0.0),
    ],
)
def test_a_sentence_that_brings_what_is_wanted_fits(question: str, sentence: str, fit: float) -> None:
    asked = wanted(question)
    assert asked.fit(asked.brought_by(sentence)) == fit


@pytest.mark.parametrize(
    ("question", "is_list"),
    [
        ("List the metals.", True),
        ("Please list them", True),
        ("Give me the list of metals", True),
        ("What does the watch list mean?", False),
        ("Was BYD listed?", False),
        ("Is BYD on the 1260H list?", False),
    ],
)
def test_a_list_is_asked_for_and_not_only_named(question: str, is_list: bool) -> None:
    assert ("list" in wanted(question).kinds) is is_list


def test_a_stake_is_a_share() -> None:
    assert "share" in wanted("What stake does the Pentagon get?").kinds
