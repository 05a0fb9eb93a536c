from __future__ import annotations

import datetime

import pytest

from evals.days import last_day


@pytest.mark.parametrize(
    ("date", "day"), [("2025-06-12", (2025, 6, 12)), ("2024-02", (2024, 2, 29)), ("2025", (2025, 12, 31))]
)
def test_partial_date_means_its_last_day(date: str, day: tuple[int, int, int]) -> None:
    assert last_day(date) == datetime.date(*day)


@pytest.mark.parametrize("date", ["10/11/2026", "2025-13", "2025-02-30", "2025-6-1", ""])
def test_other_forms_are_refused(date: str) -> None:
    with pytest.raises(ValueError):
        last_day(date)
