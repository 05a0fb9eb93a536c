from __future__ import annotations

from datetime import date

import pytest

from assistant.periods import (
    Moment,
    asked_period,
    falls_in,
    find_moments,
    is_all_of,
    is_stretch,
    lies_in,
    may_tell_of,
    without_bounds,
)
from assistant.types import Period

AS_OF = date(2026, 5, 20)
EVENTS = {"busan meeting": "2025-10-30", "geneva truce": "2025-05-12"}


def read(question: str) -> tuple[str | None, str | None] | None:
    period = asked_period(question, AS_OF, EVENTS)
    return None if period is None else (period.from_, period.until)


@pytest.mark.parametrize(
    ("question", "from_", "until"),
    [
        ("How many magnets did China export in June 2025?", "2025-06", "2025-06"),
        ("What was announced on 7 November 2025?", "2025-11-07", "2025-11-07"),
        ("What changed between April and October 2025?", "2025-04", "2025-10"),
        ("What changed between November 2025 and March 2026?", "2025-11", "2026-03"),
        ("What changed between November and March 2026?", "2025-11", "2026-03"),
        ("What moved between mid-October and early December 2025?", "2025-10-11", "2025-12-10"),
        ("What moved between 12 May and 30 June 2025?", "2025-05-12", "2025-06-30"),
        ("What moved from May 3 to June 2025?", "2025-05-03", "2025-06"),
        ("Between autumn 2024 and August 2025, what changed?", "2024-09", "2025-08"),
        ("tariffs between May and the end of October 2025", "2025-05", "2025-10-31"),
        ("exports 2023 to 2025", "2023", "2025"),
        ("exports January–March 2026", "2026-01", "2026-03"),
        ("What held before the Busan meeting?", None, "2025-10-29"),
        ("What happened before the Busan meeting in October 2025?", "2025-10", "2025-10-29"),
        ("What followed after 10 November 2025?", "2025-11-11", None),
        ("What has China suspended since November 2025?", "2025-11", None),
        ("Which rules were made from March 2026 on?", "2026-03", None),
        ("Is it banned until 27 November 2026?", None, "2026-11-27"),
        ("What share had been approved by December 2025?", "2025-12", "2025-12"),
        ("Since November 2025, did exports beat those in May 2025?", "2025-11", None),
        ("Is the rule of 2025 valid until 10 November 2026?", None, "2026-11-10"),
        ("What was said at the Busan meeting?", "2025-10-30", "2025-10-30"),
        ("What was exported in 2025 before the Busan meeting?", "2025", "2025-10-29"),
        ("What was exported after April 2025 and before October 2025?", "2025-05-01", "2025-09-30"),
        ("What happened between the Geneva truce and the Busan meeting?", "2025-05-12", "2025-10-30"),
        ("What happened last quarter?", "2026-01-01", "2026-03-31"),
        ("What happened this month?", "2026-05-01", "2026-05-20"),
        ("What happened last year?", "2025-01-01", "2025-12-31"),
        ("What happened last week?", "2026-05-11", "2026-05-17"),
        ("What is new in the past 90 days?", "2026-02-19", "2026-05-20"),
        ("What is new in the last three months?", "2026-02-20", "2026-05-20"),
        ("What happened yesterday?", "2026-05-19", "2026-05-19"),
        ("US intake of magnets, May last year?", "2025-05", "2025-05"),
        ("How much was shipped in march of this year?", "2026-03", "2026-03"),
        ("What did BIS decide this April?", "2026-04", "2026-04"),
        ("Exports in Q2 2025", "2025-04", "2025-06"),
        ("Exports in the third quarter of 2025", "2025-07", "2025-09"),
        ("Exports in H1 2025", "2025-01", "2025-06"),
        ("Exports in the last month of 2025", "2025-12", "2025-12"),
        ("Exports in the first month of 2026", "2026-01", "2026-01"),
        ("Exports in 2H 2025", "2025-07", "2025-12"),
        ("Exports Jan to June 2025", "2025-01", "2025-06"),
        ("Exports 3 May to 9 June 2025", "2025-05-03", "2025-06-09"),
        ("Which exports may through 2026 be restricted?", "2026", "2026"),
        ("Who delayed the October to 10 November 2025 review?", "2025-11-10", "2025-11-10"),
        ("Exports in the second half of 2025", "2025-07", "2025-12"),
        ("Exports in the first five months of 2025", "2025-01", "2025-05"),
        ("How was supply in spring 2025?", "2025-03", "2025-05"),
        ("How was supply in late 2025?", "2025-09", "2025-12"),
        ("How was supply in early 2026?", "2026-01", "2026-04"),
        ("Chinese magnets to Germany July 2025 tonnage", "2025-07", "2025-07"),
        ("Compare May 2025 with May 2024", "2024-05", "2025-05"),
    ],
)
def test_the_period_asked_about(question: str, from_: str | None, until: str | None) -> None:
    assert read(question) == (from_, until)


@pytest.mark.parametrize(
    "question",
    [
        "What do the April 2025 controls cover?",
        "What does Announcement 18 of 2025 list?",
        "Is Announcement No. 61 of 2025 in force?",
        "Has the clock of the January 2026 proclamation run out?",
        "Where do the measures published on 9 October 2025 stand?",
        "Which of China's October 2025 controls are suspended, and until when?",
        "Are April 2025 export controls on dysprosium still in force?",
        "May I export terbium?",
        "What does the Busan meeting mean for magnets?",
        "What did China march towards?",
        "Is the rule in force today?",
        "How many tonnes is 2,025 kg?",
        "",
    ],
)
def test_no_period_is_asked_about(question: str) -> None:
    assert read(question) is None


def test_a_period_that_ends_before_it_starts_is_read_as_its_two_ends() -> None:
    assert asked_period("from October 2025 to April 2025", AS_OF, {}) == Period("2025-04", "2025-10")


@pytest.mark.parametrize("text", ["between " * 500, "from May " * 400, "the end of " * 400, "2025 to " * 500])
def test_hostile_questions_are_read_in_time(text: str) -> None:
    asked_period(text, AS_OF, EVENTS)


MAY = Period("2025-05", "2025-05")
SPRING = Period("2025-03", "2025-05")


@pytest.mark.parametrize(
    ("iso", "period", "falls"),
    [
        ("2025-05-01", MAY, True),
        ("2025-05-31", MAY, True),
        ("2025-04-30", MAY, False),
        ("2025-06-01", MAY, False),
        ("2025-05", Period("2025-05-12", "2025-05-12"), True),
        ("2025-05", Period("2025-06-01", "2025-06-30"), False),
        ("2025-06-30", Period(None, "2025-06"), True),
        ("2025-07-01", Period(None, "2025-06"), False),
        ("2025-06-01", Period("2025-06", None), True),
        ("2025-05-31", Period("2025-06", None), False),
    ],
)
def test_a_date_falls_in_a_period_when_it_can_mean_a_day_of_it(iso: str, period: Period, falls: bool) -> None:
    assert falls_in(iso, period) is falls


@pytest.mark.parametrize(
    ("period", "falls"),
    [
        (MAY, False),
        (Period("2025-05-12", "2025-05-12"), False),
        (Period("2025", "2025"), True),
        (Period("2024", "2024"), False),
        (Period("2025-02", "2025-12"), False),
        (Period("2025-01", "2025-11-30"), False),
        (Period("2025-01-01", "2025-12-31"), True),
        (Period("2024-12", "2026-01"), True),
    ],
)
def test_a_bare_year_falls_only_in_a_period_that_covers_it(period: Period, falls: bool) -> None:
    assert falls_in("2025", period) is falls


@pytest.mark.parametrize(
    ("from_", "until", "period", "lies"),
    [
        ("2025-03", "2025-04", SPRING, True),
        ("2025-03-01", "2025-05-31", SPRING, True),
        ("2025-02", "2025-04", SPRING, False),
        ("2025-05", "2025-06", SPRING, False),
        ("2025-04", "2025-04", Period("2025-04-04", "2025-10-09"), True),
        ("2025-06", "2025-06", SPRING, False),
        ("2025-06", "2025-08", Period("2025-06", None), True),
        ("2025-05", "2025-08", Period("2025-06", None), False),
        ("2025-01", "2025-06", Period(None, "2025-06"), True),
        ("2025-01", "2025-07", Period(None, "2025-06"), False),
    ],
)
def test_a_stretch_lies_in_a_period_that_holds_all_of_it_a_date_in_one_that_it_meets(
    from_: str, until: str, period: Period, lies: bool
) -> None:
    assert lies_in(Moment(0, 0, from_, until), period) is lies


@pytest.mark.parametrize(
    ("from_", "until", "period", "is_all"),
    [
        ("2025-03", "2025-05", SPRING, True),
        ("2025-03-01", "2025-05-31", SPRING, True),
        ("2025-03-02", "2025-05-31", SPRING, False),
        ("2025-03", "2025-05-30", SPRING, False),
        ("2025-03", "2025-05", Period("2025-03", None), False),
        ("2025-03", "2025-05", Period(None, "2025-05"), False),
    ],
)
def test_a_moment_is_all_of_a_period_with_the_same_first_and_last_day(
    from_: str, until: str, period: Period, is_all: bool
) -> None:
    assert is_all_of(Moment(0, 0, from_, until), period) is is_all


@pytest.mark.parametrize(
    ("period", "stretch"), [(MAY, False), (SPRING, True), (Period("2025-03", None), True), (Period(None, "2025"), True)]
)
def test_a_range_and_an_open_period_are_stretches(period: Period, stretch: bool) -> None:
    assert is_stretch(period) is stretch


@pytest.mark.parametrize(
    ("text", "told", "from_", "until"),
    [
        ("Between April and October 2025 it fell.", "April and October 2025", "2025-04", "2025-10"),
        ("It fell January–March 2026.", "January–March 2026", "2026-01", "2026-03"),
        ("Exports 2023 to 2025", "2023 to 2025", "2023", "2025"),
        ("from 3 April 2025 until the Busan meeting", "3 April 2025 until the Busan meeting", "2025-04-03",
         "2025-10-30"),
    ],
)  # fmt: skip
def test_the_two_ends_of_a_range_are_one_moment(text: str, told: str, from_: str, until: str) -> None:
    start = text.index(told)
    assert find_moments(text, event_days=EVENTS) == (Moment(start, start + len(told), from_, until, joined=True),)


@pytest.mark.parametrize("text", ["May 2025 and June 2025", "from June 2025 to May 2025", "May 2025, June 2025"])
def test_two_times_that_are_no_range_are_two_moments(text: str) -> None:
    assert [moment.joined for moment in find_moments(text)] == [False, False]


def test_a_range_is_the_period_asked_about_whatever_else_is_named() -> None:
    assert read("What changed between April and June 2025, as told at the Busan meeting?") == ("2025-04", "2025-06")


@pytest.mark.parametrize(
    ("text", "from_", "until"),
    [
        ("It was told in 2024, in the third  quarter of 2025.", "2025-07", "2025-09"),
        ("It was told in 2024 that Q32025 was bad.", "2025-07", "2025-09"),
        ("In 2024: h2 of 2025.", "2025-07", "2025-12"),
        ("In 2024 and over the first 9 months of 2025.", "2025-01", "2025-09"),
        ("In 2024 and the Summer 2025.", "2025-06", "2025-08"),
        ("In 2024; then from 3 May - 12 June 2025", "2025-05-03", "2025-06-12"),
    ],
)
def test_a_year_before_another_time_takes_nothing_from_it(text: str, from_: str, until: str) -> None:
    assert (find_moments(text)[-1].from_, find_moments(text)[-1].until) == (from_, until)


def test_last_month_is_no_moment_without_a_day_to_count_from() -> None:
    assert find_moments("It fell last month.") == ()


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What held before the Busan meeting?", "What held before the  ?"),
        ("What was said at the Busan meeting?", "What was said at the  ?"),
        ("What does the Busan meeting mean?", "What does the Busan meeting mean?"),
        ("What held before 10 November 2025?", "What held before 10 November 2025?"),
    ],
)
def test_an_event_that_only_says_when_is_taken_out(question: str, left: str) -> None:
    assert without_bounds(question, EVENTS) == left


@pytest.mark.parametrize(
    "text",
    [
        "between November and March 2026", "in mid-2025", "Q4 2025", "the first 3 months of 2026", 
        "from May to June 2025",
        "30 December 2024", "2025-06", "autumn 2024", "nothing dated", "$2025 a tonne",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "period",
    [Period("2025", "2025"), Period("2025-11", "2025-12-05"), Period(None, "2025-01"), Period("2026-01", None)],
)
def test_a_text_without_a_year_of_the_period_names_no_time_within(text: str, period: Period) -> None:
    tells = any(lies_in(moment, period) for moment in find_moments(text))
    assert may_tell_of(text, period) or not tells


def test_a_year_far_from_the_period_may_not_tell_of_it() -> None:
    texts = ("in 2025", "in November and March 2026", "in 2027", "in 2024", "in May")
    assert [may_tell_of(text, Period("2025-11", "2025-12")) for text in texts] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("question", "year"),
    [("can exports fall and may this year end?", "2026"), ("May last year's rules hold?", "2025"), ("last May?", None)],
)
def test_a_verb_is_no_month_of_this_year_or_the_last(question: str, year: str | None) -> None:
    period = asked_period(question, date(2026, 5, 20), {})
    assert (period and period.from_) == (f"{year}-01-01" if year else None)
