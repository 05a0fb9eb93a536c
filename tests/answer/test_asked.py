from __future__ import annotations

import pytest

from assistant.answer.asked import (
    asks_changes,
    asks_if_allowed,
    asks_latest,
    asks_procedure,
    asks_standing,
    asks_which_rules,
    is_generic,
    needs_a_licence,
    speaks_of_a_rule,
)
from assistant.types import Period

YEAR = Period("2025-04", "2025-12")


@pytest.mark.parametrize(
    "question",
    [
        "Are the October rules in force?",
        "Are the October rules still suspended?",
        "Has the ban lapsed?",
        "Was the tariff lifted?",
        "Until when does the truce hold?",
        "How long does the suspension last?",
        "What is the status of Announcement 61?",
        "When did the licence duty come into force?",
        "Since when is terbium controlled?",
        "Do I need a licence for dysprosium?",
        "Is gallium banned?",
        "Is dysprosium under licence?",
        "Can I ship magnets?",
        "Must a permit be asked for?",
    ],
)
def test_a_question_on_where_a_rule_stands(question: str) -> None:
    assert asks_standing(question)


@pytest.mark.parametrize(
    "question",
    [
        "How do I apply for a licence to export samarium?",
        "Who wrote the April rule?",
        "Which elements does the October rule list?",
        "Why did the ministry act?",
        "Is Lynas a company?",
        "What is a general licence?",
        "",
    ],
)
def test_a_question_on_something_else_asks_no_standing(question: str) -> None:
    assert not asks_standing(question)


@pytest.mark.parametrize(
    "question",
    [
        "How many tonnes are still licensed?",
        "What does gallium cost now?",
        "What share of licences has lapsed?",
        "How many permits are in force?",
    ],
)
def test_a_question_for_a_figure_asks_no_standing(question: str) -> None:
    assert not asks_standing(question)


def test_a_question_for_a_day_may_ask_a_standing() -> None:
    assert asks_standing("On what date does the suspension expire?")


@pytest.mark.parametrize(
    "question",
    [
        "What changed?",
        "What is new?",
        "What happened?",
        "What became of the October rules?",
        "Which measures were announced?",
        "Give me a timeline of the controls.",
        "How did the rules evolve?",
        "Which steps did China take?",
    ],
)
def test_a_question_on_what_changed_over_a_stretch_of_time(question: str) -> None:
    assert asks_changes(question, YEAR)


@pytest.mark.parametrize("period", [None, Period("2025-04", "2025-04"), Period(None, "2025-12")])
def test_without_a_stretch_that_has_a_start_no_changes_are_asked(period: Period | None) -> None:
    assert not asks_changes("What changed?", period)


def test_a_stretch_without_an_end_is_one() -> None:
    assert asks_changes("What changed?", Period("2025-04", None))


@pytest.mark.parametrize(
    "question",
    [
        "Who bought the mine?",
        "Who took control of the mine?",
        "How much did the price of gallium change?",
        "What share of output was new?",
        "By how many tonnes did exports change?",
        "How many rules were announced?",
        "When were the controls announced?",
    ],
)
def test_a_question_for_a_figure_or_a_day_asks_no_changes(question: str) -> None:
    assert not asks_changes(question, YEAR)


@pytest.mark.parametrize(
    ("question", "latest"),
    [
        ("What is the latest on magnets?", True),
        ("What is the most recent figure?", True),
        ("How many licences were granted so far?", True),
        ("What does gallium cost right now?", True),
        ("Cumulative exports?", True),
        ("What are current prices?", True),
        ("What does gallium cost?", True),
        ("What is the price of gallium?", True),
        ("What is the price of gallium in May 2025?", False),
        ("What was the price of gallium?", False),
        ("What happened in May 2025?", False),
        ("What currents drive prices?", False),
    ],
)
def test_a_question_may_ask_for_the_newest(question: str, latest: bool) -> None:
    assert asks_latest(question) is latest


@pytest.mark.parametrize(
    ("question", "all_of_a_kind"),
    [
        ("Which controls are suspended?", True),
        ("What Chinese rare earth measures are in force?", True),
        ("List what is in force.", True),
        ("Which elements are under licence?", False),
        ("Is the October rule in force?", False),
        ("Which of the firms that I know in the north of the country heeds the rules?", False),
    ],
)
def test_a_question_may_ask_for_all_rules_of_a_kind(question: str, all_of_a_kind: bool) -> None:
    assert asks_which_rules(question) is all_of_a_kind


@pytest.mark.parametrize(
    ("words", "generic"),
    [("What's new", False), ("new", True), ("Rules changed", True), ("gallium rules", False), ("", True)],
)
def test_words_without_a_subject_are_generic(words: str, generic: bool) -> None:
    assert is_generic(words.split()) is generic


@pytest.mark.parametrize(
    "question",
    ["Is the price floor still in force?", "When does the 0.1 percent rule take effect?", "Is the quota law in force?"],
)
def test_a_figure_in_the_name_of_a_rule_does_not_hide_that_its_standing_is_asked(question: str) -> None:
    assert asks_standing(question)


def test_whether_a_rule_held_over_a_stretch_is_no_question_for_changes() -> None:
    assert not asks_changes("Was the salt rule in force between May and October 2025?", Period("2025-05", "2025-10"))


def test_an_end_user_is_no_end() -> None:
    assert not asks_standing("Who names the end user of dysprosium?")


def test_at_the_latest_is_not_the_latest() -> None:
    assert not asks_latest("By when did it come at the latest?")


@pytest.mark.parametrize(
    ("question", "speaks"),
    [
        ("When will the Kvanefjeld mine open?", False),
        ("Who is running the company now?", False),
        ("How long is the pause?", True),
        ("When does the licence rule start?", True),
    ],
)
def test_a_word_that_fits_rules_only_tells_that_a_rule_is_meant(question: str, speaks: bool) -> None:
    assert speaks_of_a_rule(question) is speaks


def test_how_long_something_takes_is_no_question_of_standing() -> None:
    assert not asks_standing("How long does it take the ministry to process a licence?")
    assert asks_standing("How long does the licence rule hold?")


@pytest.mark.parametrize(
    ("question", "licence", "allowed", "procedure"),
    [
        ("Do I need a licence for dysprosium?", True, False, False),
        ("Are germanium wafers licensed?", True, False, False),
        ("yttrium oxide controlled yes or no", True, False, False),
        ("Is samarium subject to an export licence?", True, False, False),
        ("Is samarium under export control?", True, False, False),
        ("Are the magnets under controls?", True, False, False),
        ("Has China restricted tungsten exports, and since when?", True, False, False),
        ("Can China ship antimony to Belgium?", False, True, False),
        ("Is it legal to send gallium abroad?", False, True, False),
        ("Who must apply for a licence?", False, False, True),
        ("How long does a permit for terbium take?", False, False, True),
        ("How long does the refinery run?", False, False, False),
        ("Which firms are licensed?", False, False, False),
        ("Could the ban be lifted?", False, False, False),
    ],
)
def test_what_is_asked_about_a_licence(question: str, licence: bool, allowed: bool, procedure: bool) -> None:
    found = needs_a_licence(question), asks_if_allowed(question), asks_procedure(question)
    assert found == (licence, allowed, procedure)
