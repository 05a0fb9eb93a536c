from __future__ import annotations

import pytest

from assistant.answer.values.asked_kinds import asked_kinds


def test_what_is_wanted_for_a_kilo_is_money() -> None:
    assert asked_kinds("What do sellers want for a kilo of oxide?") == {"money"}


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("When was it signed?", {"date"}),
        ("What is the date of the deal?", {"date"}),
        ("What share does China have?", {"share"}),
        ("Is europium heavy?", set()),
        ("How long does it last?", set()),
        ("How high was it?", {"money", "share", "weight", "count"}),
    ],
)
def test_a_question_asks_for_kinds_of_value(question: str, kinds: set[str]) -> None:
    assert asked_kinds(question) == kinds


def test_a_share_of_output_is_asked_for_as_a_share() -> None:
    assert asked_kinds("What share of world output is it?") == {"share"}
    assert asked_kinds("China's exports in May?") == {"weight"}
    assert asked_kinds("What is the vault?") == set()


def test_a_share_in_the_name_of_a_rule_asks_for_none() -> None:
    assert asked_kinds("What is the 50% rule?") == frozenset()
    assert asked_kinds("What is the 50 percent rule?") == frozenset()
    assert asked_kinds("What % is it?") == {"share"}
    assert asked_kinds("By how many percent?") >= {"share"}


@pytest.mark.parametrize("verb", ["produce", "mine", "use", "contain"])
def test_what_is_made_or_used_is_no_money(verb: str) -> None:
    assert "money" not in asked_kinds(f"How much terbium does Lynas {verb}?")
    assert "money" in asked_kinds(f"How much money does Lynas {verb}?")


def test_what_is_shipped_is_no_money_where_the_thing_is_named() -> None:
    assert "money" not in asked_kinds("How much yttrium does China export to the US?")
    assert "money" in asked_kinds("How much does China export to the US?")


def test_how_high_a_price_went_is_money_alone() -> None:
    assert asked_kinds("How high did terbium prices go outside China?") == {"money"}
    assert asked_kinds("How much money did India approve?") == {"money"}


def test_what_is_put_into_something_is_money() -> None:
    assert asked_kinds("How much did the Pentagon put into MP Materials?") >= {"money"}
    assert "weight" not in asked_kinds("How much did the Pentagon put into MP Materials?") - {"weight"}


def test_a_second_question_beside_that_for_a_year_is_asked_too() -> None:
    assert asked_kinds("In which year did output pass 5,000 tonnes, and what share was that?") == {"date", "share"}
    assert asked_kinds("In which year did output, which China leads, pass 5,000 tonnes?") == {"date"}


def test_who_asks_by_what_year_wants_a_date_alone() -> None:
    assert asked_kinds("By what year will it make 6,500 tonnes?") == {"date"}
    assert asked_kinds("What slice of output is it?") == {"share"}
