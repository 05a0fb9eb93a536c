from __future__ import annotations

import pytest

from assistant.answer.values.told_dates import told_dates


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
