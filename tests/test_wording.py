"""What an answer says in words."""

from __future__ import annotations

import pytest

from assistant.types import Period
from assistant.wording import period_in_words


@pytest.mark.parametrize(
    ("from_", "until", "words"),
    [
        ("2025-06", "2025-06", "June 2025"),
        ("2025-06-01", "2025-06-30", "June 2025"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2025-04-01", "2025-10-31", "1 April 2025 – 31 October 2025"),
        ("2025-04", "2025-10", "April 2025 – October 2025"),
        (None, "2025-10-29", "the time before 30 October 2025"),
        (None, "2025-10", "the time up to October 2025"),
        ("2025-11", None, "the time from November 2025 on"),
        (None, None, ""),
    ],
)
def test_a_period_in_words(from_: str | None, until: str | None, words: str) -> None:
    assert period_in_words(Period(from_, until)) == words
