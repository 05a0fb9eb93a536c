from __future__ import annotations

import pytest

from assistant.answer.values import Value, ValueKind, asked_kinds, counted_words, find_values, told_dates

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


def test_what_is_wanted_for_a_kilo_is_money() -> None:
    assert asked_kinds("What do sellers want for a kilo of oxide?") == {"money"}


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
    "text",
    [
        "Exports fell, Reuters reported on 20 August 2025.",
        "The law firm, in a note of 11 November 2025, says so.",
        "Reuters on 20 August 2025 saw more.",
        "MOFCOM announced on 9 October 2025 that it would act.",
        "It is under Announcement No. 1 of 2026.",
        "Exports fell, according to the agency on 3 June 2024.",
    ],
)
def test_the_date_of_a_report_is_not_told(text: str) -> None:
    assert told_dates(text) == ()


def test_the_date_of_an_event_is_told() -> None:
    (mention,) = told_dates("Trump signed it on 14 January 2026, Covington wrote in March 2026.")
    assert mention.iso == "2026-01-14"


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


def test_what_one_amount_is_short_of_another_is_a_change() -> None:
    text = "It came to Rs 7,200 crore, Rs 80 crore short of the Rs 7,280 crore told."
    found = find_values(text, frozenset({"money"}), "How much money was it?")
    assert [value.words for value in found] == ["Rs 7,200 crore", "Rs 7,280 crore"]


def test_a_share_of_output_is_asked_for_as_a_share() -> None:
    assert asked_kinds("What share of world output is it?") == {"share"}
    assert asked_kinds("China's exports in May?") == {"weight"}
    assert asked_kinds("What is the vault?") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Limits are in the plan, the document COM(2025) 945 of 3 December 2025.",
        "Argus in May 2026 gives another sum.",
        "Argus, carried by Mint in May 2026, reported that prices rose.",
    ],
)
def test_the_year_of_a_code_and_the_day_of_an_account_are_not_told(text: str) -> None:
    assert told_dates(text) == ()


def test_a_month_after_a_name_is_told_unless_the_name_gives_an_account() -> None:
    assert [mention.iso for mention in told_dates("Japan in May 2026 had exports of 5 tonnes.")] == ["2026-05"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("China in December 2025 gave general licences to three magnet makers.", "2025-12"),
        ("The Pentagon in July 2025 gave MP Materials a loan.", "2025-07"),
        ("Japan in May 2026 named a new envoy.", "2026-05"),
    ],
)
def test_a_month_in_which_a_state_gave_or_named_something_is_told(text: str, iso: str) -> None:
    assert [mention.iso for mention in told_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "Argus in May 2026 gave $5 million.",
        "Argus in May 2026 names another date.",
        "Argus in May 2026 puts output at 5 tonnes.",
        "Argus of 5 May 2026 names a gallium plant.",
    ],
)
def test_the_time_of_an_account_or_a_figure_is_not_told(text: str) -> None:
    assert told_dates(text) == ()


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
