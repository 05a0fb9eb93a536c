from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import dates
from assistant.dates import DateMention, find_dates, first_day, last_day, parse_date, split_as_of, spoken
from assistant.errors import BadInputError


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2025-06-12", date(2025, 6, 12), date(2025, 6, 12)),
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_partial_date_spans_its_days(iso: str, first: date, last: date) -> None:
    assert (first_day(iso), last_day(iso)) == (first, last)


@pytest.mark.parametrize("text", ["", "2025-6-1", "June 2025", "2025-06-31", "2025-06-12 "])
def test_what_is_no_iso_date_has_no_days(text: str) -> None:
    with pytest.raises(ValueError):
        last_day(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-06-12", "2025-06-12"),
        (" 2025-06 ", "2025-06"),
        ("2025", "2025"),
        ("1 December 2025", "2025-12-01"),
        ("December 1st, 2025", "2025-12-01"),
        ("3rd of May 2025", "2025-05-03"),
        ("Sept. 2025", "2025-09"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_a_date_keeps_its_precision(text: str, iso: str) -> None:
    assert parse_date(text, "as_of") == iso


@pytest.mark.parametrize("text", ["10/11/2026", "10.11.2026", "1-2-26"])
def test_a_day_that_can_be_read_two_ways_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="two different days"):
        parse_date(text, "as_of")


@pytest.mark.parametrize("text", ["2025-02-29", "31 June 2025", "2025-13", "2025-00-10", "0 May 2025"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="does not exist"):
        parse_date(text, "since")


@pytest.mark.parametrize("text", ["", "soon", "May", "20250612", "1 December", "2025-06-12T10:00", "in 2025", "\ud800"])
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInputError, match=r"^until .* is not a date"):
        parse_date(text, "until")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_iso_and_from_words(day: date) -> None:
    assert parse_date(day.isoformat(), "as_of") == day.isoformat()
    assert parse_date(spoken(day.isoformat()), "as_of") == day.isoformat()


@given(st.text(max_size=80))
def test_any_text_can_be_searched_for_dates(text: str) -> None:
    for mention in find_dates(text):
        assert first_day(mention.iso) <= last_day(mention.iso)


@pytest.mark.parametrize("text", ["Auguſt 2025", "Aprıl 2025"])
def test_letters_that_only_look_like_a_month_are_no_error(text: str) -> None:
    find_dates(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In May 2025 and on 4 June 2025", ["2025-05", "2025-06-04"]),
        ("May I export magnets?", []),
        ("a price of $2025 and 1,2025 and 2025.5 and 2025%", []),
        ("from 2024 to 2025", ["2024", "2025"]),
        ("announcement 2025-18-1", []),
    ],
)
def test_dates_are_found_and_never_guessed(text: str, found: list[str]) -> None:
    assert [mention.iso for mention in find_dates(text)] == found


_PIECES = "2025 1999 2025-06 2025-06-12 2024-13-01 12 3rd 31st of May Sept. october dec , . - to 20251 $2025 x".split()


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from([" ", "", "  ", "\n"]))
def test_looking_around_the_years_finds_what_looking_everywhere_does(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    taken: list[tuple[int, int]] = []
    for pattern in dates._GRAMMAR:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
    found = [(mention.start, mention.end) for mention in find_dates(text)]
    assert found == [place for place in sorted(taken) if _exists(text[slice(*place)])]


def _exists(told: str) -> bool:
    with suppress(BadInputError):
        return bool(parse_date(told, "day"))
    return False


def test_words_far_from_their_year_are_no_part_of_its_date() -> None:
    assert find_dates(f"4 June{' ' * dates.DATE_REACH}2025")[0].iso == "2025"


def test_a_mention_says_where_it_stands() -> None:
    text = "😀 on 4 June 2025."
    assert find_dates(text) == (DateMention(5, 16, "2025-06-04"),)
    assert text[5:16] == "4 June 2025"


def test_a_day_that_does_not_exist_is_not_read_as_its_month() -> None:
    assert find_dates("on 30 February 2025") == ()


@pytest.mark.parametrize(
    ("question", "rest", "as_of"),
    [
        ("What held as of 1 June 2025?", "What held?", "2025-06-01"),
        ("As of June 2025, what held?", "what held?", "2025-06"),
        ("What was known on 2025-06-12 of magnets?", "What was of magnets?", "2025-06-12"),
        ("What happened in June 2025?", "What happened in June 2025?", None),
        ("Which rule is in force?", "Which rule is in force?", None),
    ],
)
def test_as_of_words_are_split_from_the_question(question: str, rest: str, as_of: str | None) -> None:
    assert split_as_of(question) == (rest, as_of)


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2025-06-12", "12 June 2025"), ("2025-06", "June 2025"), ("2025", "2025"), (None, "undated")],
)
def test_dates_are_spoken_in_their_precision(iso: str | None, words: str) -> None:
    assert spoken(iso) == words
