"""When a page appeared, in the precision it states, and what stated it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.dates import find_dates, first_day

# A day that only the address, a later change or the story's own words tell is a guess at when the page appeared.
INFERRED_SOURCES = frozenset({"url", "modified", "story"})
# Year first with any mark between, or day first with dots; no other order in figures has one reading.
_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<month>\d{1,2})(?:\s?[-/.月월]\s?(?P<day>\d{1,2})(?![\d/]))?"
    r"|(?<!\d)(?P<year1>(?:19|20)\d\d)(?P<month1>\d\d)(?P<day1>\d\d)(?!\d)"
    r"|(?<![\d.])(?P<day2>\d{1,2})\.\s?(?P<month2>\d{1,2})\.\s?(?P<year2>(?:19|20)\d\d)(?!\d)"
)
_SLASHED = re.compile(r"(?<![\d/])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])")
_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})(?:[/-](?P<day>\d{1,2}))?(?=[/_-]|$)")


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication; ``source`` is "json-ld", "meta", "time", "byline", "url", "modified" or "story"."""

    on: str
    source: str

    @property
    def inferred(self) -> bool:
        """Whether the page does not state it as its date of publication."""
        return self.source in INFERRED_SOURCES


def stated_date(text: str, language: str | None, today: date) -> str | None:
    """The day or month that ``text`` states, ISO 8601, not later than ``today``.

    A time with its zone keeps the local day as it is written. A year alone is a copyright, not a date, and a day
    that can be read two ways (10/11/2026) is none.
    """
    for iso in (*_in_figures(text, language), *_in_words(text, language), *_slashed(text)):
        if len(iso) > 4 and _exists(iso) and first_day(iso) <= today:
            return iso
    return None


def date_in_path(url: str, today: date) -> str | None:
    """The day or month that the path of an address holds: ``/2025/06/12/``."""
    match = _IN_PATH.search(url)
    iso = _iso(match["year"], match["month"], match["day"]) if match else ""
    return iso if _exists(iso) and first_day(iso) <= today else None


def _in_figures(text: str, language: str | None) -> Iterator[str]:
    for match in _FIGURES.finditer(text):
        for end in ("", "1", "2"):
            # Dotted dates put the day first wherever they are usual, which is not in English.
            if match[f"year{end}"] and (end != "2" or language not in (None, "en") or int(match["day2"]) > 12):
                yield _iso(match[f"year{end}"], match[f"month{end}"], match[f"day{end}"])


def _in_words(text: str, language: str | None) -> Iterator[str]:
    yield from (mention.iso for mention in find_dates(text))
    if language and language != "en" and (names := _month_names(language)):
        day_month = rf"(?<!\d)(\d{{1,2}})(?:\.|er|º)?\s+(?:de\s+)?({'|'.join(names)})\.?,?\s+(?:de\s+)?((?:19|20)\d\d)"
        for match in re.finditer(day_month, text.lower()):
            yield _iso(match[3], str(names[match[2]]), match[1])


def _slashed(text: str) -> Iterator[str]:
    for match in _SLASHED.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        if first > 12 or second > 12 or first == second:
            day, month = max(first, second), min(first, second)
            yield _iso(match["year"], str(month), str(day))


@lru_cache(maxsize=32)
def _month_names(language: str) -> dict[str, int]:
    """The months' names in a language (Unicode CLDR, by babel), lower case."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_month_names

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    names = {str(name).lower().strip("."): number for width in widths
             for number, name in get_month_names(width, locale=locale).items()}  # fmt: skip
    return {re.escape(name): number for name, number in names.items() if not name.isdigit()}


def _iso(year: str, month: str, day: str | None) -> str:
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _exists(iso: str) -> bool:
    try:
        first_day(iso)
    except ValueError:
        return False
    return True
