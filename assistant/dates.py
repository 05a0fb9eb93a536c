"""Dates that keep their precision, and a strict grammar for dates in parameters and questions.

A date is an ISO 8601 string of a day, a month or a year. Nothing here guesses: a day that can
be read two ways ("10/11/2026") is refused, and "May" is a month only beside a year or a day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.errors import BadInputError

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# For patterns: "January|February|…".
MONTH_NAMES = "|".join(month.capitalize() for month in MONTHS)
_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"

_ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)(?:-(?P<day>[0-3]\d))?(?![\d-])")
_DAY_MONTH_YEAR = re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE | re.ASCII)
_MONTH_DAY_YEAR = re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE | re.ASCII)
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE | re.ASCII)
_YEAR_ALONE = re.compile(rf"(?<![\d$€£.,/-]){_YEAR}(?![\d%/-]|[.,]\d)")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_LAST = (_DAY_MONTH_YEAR, _MONTH_DAY_YEAR, _MONTH_YEAR)
_GRAMMAR = (_ISO, *_YEAR_LAST, _YEAR_ALONE)
YEAR_LENGTH, MONTH_LENGTH, DAY_LENGTH = len("2025"), len("2025-01"), len("2025-01-31")
# The longest date before its year, "30th of September., ", twice over.
DATE_REACH = 48
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SLASHED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_AS_OF = re.compile(r"\b(?:as of|as at|known on|known by)\s*$", re.IGNORECASE | re.ASCII)
_AS_OF_NUMBERS = re.compile(
    r"\b(?:as of|as at|known on|known by)\s+(?P<told>\d[\w/.-]*(?:\s+[A-Za-z]+\.?,?\s+\d{4})?)", re.I
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date found in a text: ``text[start:end]`` was read as ``iso``."""

    start: int
    end: int
    iso: str


@lru_cache(maxsize=8_192)  # a question holds the same few dates against hundreds of sentences
def first_day(iso: str) -> date:
    """First day of a partial date: ``2025-06`` is 2025-06-01. Raises ValueError on no date."""
    year, month, day = _parts(iso)
    return date(year, month or 1, day or 1)


@lru_cache(maxsize=8_192)
def last_day(iso: str) -> date:
    """Last day of a partial date: ``2025-06`` is 2025-06-30. Raises ValueError on no date."""
    year, month, day = _parts(iso)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def known_day(published_on: str | None, retrieved_on: str, *, inferred: bool) -> date:
    """The day an article counts as known: last day of its published date, else the day it was retrieved.

    An inferred month or year may end after the day of retrieval, on which the article was there to read.
    """
    retrieved = last_day(retrieved_on)
    if published_on is None:
        return retrieved
    return min(last_day(published_on), retrieved) if inferred else last_day(published_on)


def parse_date(text: str, name: str) -> str:
    """The ISO form of a date parameter, in the precision given.

    Raises:
        BadInputError: no date, a date that can be read two ways, or a day that does not exist.
    """
    stripped = text.strip()
    if _SLASHED.fullmatch(stripped):
        raise BadInputError(
            f"{name} {text!r} can be read as two different days; write it as YYYY-MM-DD, for example 2026-11-10"
        )
    for pattern in _GRAMMAR:
        if match := pattern.fullmatch(stripped):
            if iso := _iso(match):
                return iso
            raise BadInputError(f"{name} {text!r} is a day that does not exist; check the day and month")
    raise BadInputError(f"{name} {text!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY, for example 2025-12-01")


@lru_cache(maxsize=8_192)  # the same sentences come up question after question
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Every date the grammar finds in ``text``, in order, longest reading first, none overlapping.

    One whose words stand further apart than ``DATE_REACH`` characters is none.
    """
    found: list[DateMention] = []
    taken = 0
    for start, year in places_of_years(text, DATE_REACH):
        for match in _readings(text, start, year):
            if match is None or match.start() < taken:
                continue
            # A day that does not exist is no date, and no date of its month either.
            taken = match.end()
            if iso := _iso(match):
                found.append(DateMention(match.start(), match.end(), iso))
            break
    return tuple(found)


def places_of_years(text: str, reach: int) -> Iterator[tuple[int, int]]:
    """Where a time with its year may stand: the year begins at the second place, what tells more after the first.

    Patterns of months, tried at every place of a text, cost ten times what looking around its years does.
    """
    before = 0
    for year in _ANY_YEAR.finditer(text):
        yield max(before, year.start() - reach), year.start()
        before = year.end()


def years_in(text: str) -> Iterator[int]:
    """Every year that a time in ``text`` may have."""
    return (int(year[0]) for year in _ANY_YEAR.finditer(text))


def _readings(text: str, start: int, year: int) -> Iterator[re.Match[str] | None]:
    """What the grammar makes of one year, in its order."""
    yield _ISO.match(text, year)
    for pattern in _YEAR_LAST:
        # One character after the year tells that it ends there.
        yield pattern.search(text, start, year + YEAR_LENGTH + 1)
    yield _YEAR_ALONE.match(text, year)


def split_as_of(question: str) -> tuple[str, str | None]:
    """The question without its "as of D" words, and D; D is None when there are none.

    Raises:
        BadInputError: there are such words, but the day cannot be read.
    """
    for mention in find_dates(question):
        if words := _AS_OF.search(question[: mention.start]):
            rest = f"{question[: words.start()]} {question[mention.end :]}"
            return re.sub(r"\s+([?,.])", r"\1", re.sub(r"\s+", " ", rest)).strip(" ,"), mention.iso
    if unreadable := _AS_OF_NUMBERS.search(question):
        parse_date(unreadable["told"].rstrip("?.,"), "the as-of day")
    return question, None


def spoken(iso: str | None) -> str:
    """A date for people: ``12 June 2025``, ``June 2025``, ``2025``; ``undated`` for None."""
    if iso is None:
        return "undated"
    year, month, day = _parts(iso)
    words = [str(day) if day else "", MONTHS[month - 1].capitalize() if month else "", str(year)]
    return " ".join(word for word in words if word)


def _parts(iso: str) -> tuple[int, int | None, int | None]:
    if not _PARTIAL.fullmatch(iso):
        raise ValueError(f"{iso!r} is not an ISO date of a day, a month or a year")
    year, month, day = (int(part) for part in [*iso.split("-"), "0", "0"][:3])
    return year, month or None, day or None


def _iso(match: re.Match[str]) -> str | None:
    """The matched date as ISO, or None when there is no such day."""
    groups = match.groupdict()
    year, month, day = int(groups["year"]), groups.get("month"), groups.get("day")
    if month is None:
        return f"{year:04d}"
    number = int(month) if month.isdigit() else _MONTH_NUMBER[month.lower()]
    if not 1 <= number <= 12:
        return None
    if day is None:
        return f"{year:04d}-{number:02d}"
    if not 1 <= int(day) <= calendar.monthrange(year, number)[1]:
        return None
    return f"{year:04d}-{number:02d}-{int(day):02d}"
