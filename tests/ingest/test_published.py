"""Dates of publication: exact in their precision, or none."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ingest.published import Published, date_in_path, stated_date

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("2026-06-30T23:40:00-07:00", None, "2026-06-30"),
        ("2026-06", None, "2026-06"),
        ("2026/06/30", None, "2026-06-30"),
        ("20260630", None, "2026-06-30"),
        ("2026年6月9日 18時30分", "ja", "2026-06-09"),
        ("2026년 6월 9일", "ko", "2026-06-09"),
        ("Publié le 30 janvier 2026 à 19h00", "fr", "2026-01-30"),
        ("12. Mai 2026", "de", "2026-05-12"),
        ("3 de marzo de 2026", "es", "2026-03-03"),
        ("04.03.2026", "de", "2026-03-04"),
        ("04.03.2026", "en", None),
        ("29.05.2026", "en", "2026-05-29"),
        ("03/17/2026", "en", "2026-03-17"),
        ("10/11/2026", "en", None),
        ("2026-13-40", None, None),
        ("2026", None, None),
        ("2026-12-01", None, None),
        ("soon", "xx", None),
    ],
)
def test_a_date_is_read_when_one_reading_is_left(text: str, language: str | None, day: str | None) -> None:
    assert stated_date(text, language, TODAY) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2025/06/12/licences", "2025-06-12"),
        ("/news/2025/06/licences", "2025-06"),
        ("/2025-06-12-licences", "2025-06-12"),
        ("/2025/13/45/", None),
        ("/2027/01/01/", None),
        ("/article/20256", None),
    ],
)
def test_the_path_of_an_address_holds_a_day_or_a_month(path: str, day: str | None) -> None:
    assert date_in_path(path, TODAY) == day


@pytest.mark.parametrize("source", ["url", "modified", "story"])
def test_a_date_from_elsewhere_than_the_page_is_inferred(source: str) -> None:
    assert Published("2026-01-01", source).inferred
    assert not Published("2026-01-01", "meta").inferred
