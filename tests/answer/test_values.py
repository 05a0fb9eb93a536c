from __future__ import annotations

import pytest

from assistant.answer.values.asked_kinds import asked_kinds
from assistant.answer.values.counts import counted_words
from assistant.answer.values.told_values import find_values
from assistant.answer.values.value import Value, ValueKind

ALL: frozenset[ValueKind] = frozenset({"money", "share", "weight", "count", "date"})


def values(text: str, question: str = "how much?", kinds: frozenset[ValueKind] = ALL) -> list[Value]:
    return list(find_values(text, kinds, question))


def only(text: str, question: str = "how much?") -> Value:
    (value,) = values(text, question)
    return value


@pytest.mark.parametrize(
    ("text", "kind", "unit", "low", "high"),
    [
        ("China shipped 1,238 tonnes of them.", "weight", "kg", 1_238_000, 1_238_000),
        ("It holds 11 to 20 kg.", "weight", "kg", 11, 20),
        ("It holds 10 lb.", "weight", "kg", 4.53592, 4.53592),
        ("A loan of $10 billion.", "money", "USD", 1e10, 1e10),
        ("It paid 3.5 million euros.", "money", "EUR", 3.5e6, 3.5e6),
        ("CNY 35,000 a tonne.", "money", "CNY", 35_000, 35_000),
        ("A share of 8%.", "share", "%", 8, 8),
        ("Some 11% to 12% of it.", "share", "%", 11, 12),
        ("About 60 per cent of it.", "share", "%", 60, 60),
    ],
)
def test_an_amount_is_read_in_its_base_unit(text: str, kind: str, unit: str, low: float, high: float) -> None:
    value = only(text)
    assert (value.kind, value.unit, value.low, value.high) == (kind, unit, pytest.approx(low), pytest.approx(high))


def test_a_value_is_worded_as_it_stands_with_its_hedge() -> None:
    text = "China makes more than 90% of magnets."
    value = only(text)
    assert value.words == "more than 90%" == text[value.start : value.end]


@pytest.mark.parametrize(
    "text",
    ["Exports were 74% below May.", "Output rose by 12%.", "It fell 5%.", "It was 11.9% more than before."],
)
def test_a_change_is_no_share(text: str) -> None:
    assert values(text) == []
    assert [value.kind for value in values(text, "What was the change?")] == ["share"]


def test_the_level_that_a_change_leads_to_is_a_value() -> None:
    assert only("Exports fell to 1,238 tonnes.").words == "1,238 tonnes"


@pytest.mark.parametrize("text", ["Under Section 232 it acted.", "Announcement No. 18 came.", "An F-35 flew."])
def test_a_number_in_a_name_counts_nothing(text: str) -> None:
    assert values(text, "How many people came?") == []


def test_a_count_stands_beside_what_it_counts() -> None:
    question = "How many Japanese entities were listed?"
    assert counted_words(question) == ("japanese", "entities")
    told = "Two groups of 20 Japanese entities and 50 companies were listed."
    assert [value.words for value in values(told, question)] == ["20"]


def test_a_count_may_come_after_the_number_of_what_it_counts() -> None:
    told = "That brings the number of rare earths under control to twelve."
    assert [value.words for value in values(told, "How many rare earths are controlled?")] == ["twelve"]


@pytest.mark.parametrize("text", ["In 2010 it had 3,559 people.", "The population was 3,559 then."])
def test_a_population_is_a_count_of_people(text: str) -> None:
    question = "What is the population of Broken Bow?"
    assert [value.words for value in find_values(text, asked_kinds(question), question)] == ["3,559"]


def test_a_value_that_the_question_holds_is_no_answer() -> None:
    assert [value.words for value in values("6,500 tonnes, later 8 tonnes.", "When 6,500 tonnes?")] == ["8 tonnes"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("62,585 tonnes", "62,580 tonnes"),
        ("62,585 tonnes", "about 62,600 tonnes"),
        ("46,000 kg", "46 tonnes"),
        ("11 to 20 kg", "20 kg"),
        ("more than 90%", "about 90%"),
        ("7 November 2025", "November 2025"),
        ("5,864.6 tonnes", "5,864 tonnes"),
    ],
)
def test_rounding_units_and_precision_agree(one: str, other: str) -> None:
    assert only(f"It was {one}.").agrees(only(f"It was {other}."))
    assert only(f"It was {other}.").agrees(only(f"It was {one}."))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,115 tonnes", "1,116 tonnes"),
        ("about $2 billion", "$1.67 billion"),
        ("30%", "55%"),
        ("11 to 20 kg", "920 lb"),
        ("9 November 2026", "10 November 2026"),
        ("$3 billion", "€3 billion"),
    ],
)
def test_different_amounts_do_not_agree(one: str, other: str) -> None:
    assert not only(f"It was {one}.").agrees(only(f"It was {other}."))


def test_currencies_cannot_be_compared() -> None:
    assert not only("It cost $3 billion.").comparable(only("It cost €3 billion."))


def test_what_one_amount_is_short_of_another_is_a_change() -> None:
    text = "It came to Rs 7,200 crore, Rs 80 crore short of the Rs 7,280 crore told."
    found = find_values(text, frozenset({"money"}), "How much money was it?")
    assert [value.words for value in found] == ["Rs 7,200 crore", "Rs 7,280 crore"]
