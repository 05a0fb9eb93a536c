"""Times that a sentence tells, and whether other times carry them: equal, or more exact, never less exact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.dates import MONTHS, first_day, last_day
from assistant.periods import find_moments

_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in tuple(_MONTH_NUMBERS.items())} | {"sept": 9}
_MONTH = "|".join(sorted((name.capitalize() for name in _MONTH_NUMBERS), key=len, reverse=True))
# "May" alone is a month only after a word that points at a time; other months need no such word.
_POINTS = (
    r"(?:in|of|since|by|until|till|from|to|and|for|during|last|this|on|after|before|than|early|late|mid|"
    r"through|against|over)"
)
_YEARLESS = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b\.?|"
    rf"(?P<month2>{_MONTH})\b\.?\s(?P<day2>[0-3]?\d)\b"
    rf"(?:st|nd|rd|th)?(?![,.]?\d)|(?P<month3>(?!May\b)(?:{_MONTH}))\b(?!\.?\s\w+\s(?:Corp|Inc))|"
    rf"(?<=\b)(?P<points>{_POINTS}[\s-](?:the\s)?)(?P<may>May)\b(?!\s[a-z]+\s(?:be|have)\b))"
)
_YEARS_JOINED = re.compile(
    r"\s?(?:,|and|to|until|through|or|[-–]|from|,?\s?and)\s?(?:(?:its?|the|against|from)\s)?", re.I
)
_PARTS_YEARLESS = re.compile(
    r"\b(?:(?P<ordinal>first|second|third|fourth|last)[\s-](?P<unit>quarter|half)|Q(?P<q>[1-4])|H(?P<h>[12]))\b", re.I
)
_FIRST_MONTHS = re.compile(r"\bfirst (?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten|eleven) months\b", re.I)
_COUNTS = {word: n for n, word in enumerate("two three four five six seven eight nine ten eleven".split(), 2)}
_EDGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("before", re.compile(r"\b(?:before|prior to|ahead of|earlier than)\s(?:the\s|early\s|late\s)?$", re.I)),
    ("after", re.compile(r"\b(?:after|following|later than|beyond|past)\s(?:the\s)?$", re.I)),
    ("end", re.compile(
        r"\b(?:until|till|through|up to|to|ends?|ended|ending|expires?|expired|expiring|lapses?|lapsed|runs? out)"
        r"(?:\s(?:on|in|at))?\s(?:the\s|the end of\s|and including\s)?$", re.I)),
    ("start", re.compile(
        r"\b(?:from|since|starts?|started|starting|begins?|began|beginning|effective|as of|takes? effect|took effect|"
        r"in force)(?:\s(?:on|in|from|at))?\s(?:the\s)?$", re.I)),
)  # fmt: skip
_OPPOSED: frozenset[frozenset[str]] = frozenset(
    {frozenset({"before", "after"}), frozenset({"start", "end"}), frozenset({"before", "start"}),
     frozenset({"after", "end"})}
)  # fmt: skip
_REPORTING = (
    r"report(?:ed|s|ing)?|wrote|writes|noted|notes|published|carried|said|says|explained|described|put|counted|found"
)
_REPORT_BEFORE = re.compile(
    rf"\b(?:{_REPORTING})\s(?:it\s)?(?:on|in)\s$|\b(?:report|article|account|story|page|item|text|note)\s(?:of|"
    rf"from|on|dated)\s$"
    rf"|\baccording to [^,;]{{1,80}}?\s(?:of|on|in)\s$|^(?-i:[A-Z])[\w. ]{{1,30}}, (?:on|in)\s$|\bas of\s$"
    r"|\baccording to [^;]{1,60},\s(?:on|in)?\s?$",
    re.I,
)
_NO_REPORTER = re.compile(r"\b(?:said|says|explained|described|put|found)\s(?:on|in)\s$", re.I)


@dataclass(frozen=True, slots=True)
class ToldTime:
    """A time that ``text[start:end]`` names, from the first to the last of two partial ISO dates.

    Attributes:
        yearless: the text names no year; ``from_`` and ``until`` then begin with "----".
        edge: what the words before make of it: the start or end of something, or a bound.
        reported: it dates a report ("Reuters reported on D"), not what is reported.
    """

    from_: str
    until: str
    yearless: bool
    edge: str
    reported: bool
    words: str
    start: int
    end: int

    def carried_by(self, told: ToldTime) -> bool:
        """Whether ``told`` is the same time or lies within this one, and is not its opposite edge."""
        if frozenset({self.edge, told.edge}) in _OPPOSED:
            return False
        if self.yearless or told.yearless:
            mine, theirs = _month_day(self), _month_day(told)
            return mine == theirs or mine == (theirs[0][:2], theirs[1][:2])
        return first_day(self.from_) <= first_day(told.from_) and last_day(told.until) <= last_day(self.until)

    @property
    def year(self) -> str | None:
        """The year it starts in, None when the text names none."""
        return None if self.yearless else self.from_[:4]


@lru_cache(maxsize=4_096)
def told_times(text: str) -> tuple[ToldTime, ...]:
    """Every time that ``text`` names, in order; both ends of a range of days stand for themselves too."""
    found = list(_with_years(text))
    taken = [(one.start, one.end) for one in found]
    for start, end, month_day in _without_years(text):
        if not any(start < last and first < end for first, last in taken):
            found.append(_yearless(text, start, end, month_day, found))
            taken.append((start, end))
    return tuple(sorted(found, key=lambda one: one.start))


def _with_years(text: str) -> Iterator[ToldTime]:
    for moment in find_moments(text):
        yield _told(text, moment.start, moment.end, moment.from_, moment.until, False)
        if moment.joined:
            for iso, edge in ((moment.from_, "start"), (moment.until, "end")):
                yield _told(text, moment.start, moment.end, iso, iso, False, edge)


def _without_years(text: str) -> Iterator[tuple[int, int, tuple[str, str]]]:
    for match in _FIRST_MONTHS.finditer(text):
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        yield match.start(), match.end(), ("01", f"{count:02d}")
    for match in _PARTS_YEARLESS.finditer(text):
        yield match.start(), match.end(), _part(match)
    for match in _YEARLESS.finditer(text):
        month = _MONTH_NUMBERS[(match["month"] or match["month2"] or match["month3"] or match["may"]).lower()]
        day = match["day"] or match["day2"]
        iso = f"{month:02d}" + (f"-{int(day):02d}" if day else "")
        yield match.start() + len(match["points"] or ""), match.end(), (iso, iso)


def _part(match: re.Match[str]) -> tuple[str, str]:
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0}
    number = int(match["q"] or match["h"] or order[(match["ordinal"] or "").lower()])
    months = 3 if match["q"] or (match["unit"] or "").lower() == "quarter" else 6
    number = number or 12 // months
    return f"{number * months - months + 1:02d}", f"{min(number * months, 12):02d}"


def _yearless(text: str, start: int, end: int, part: tuple[str, str], dated: Sequence[ToldTime]) -> ToldTime:
    """The time with the year of one that it is joined to ("in April and May 2025"), else without a year."""
    for other in dated:
        if other.year and other.start >= end and _YEARS_JOINED.fullmatch(text[end : other.start]):
            return _told(text, start, end, f"{other.year}-{part[0]}", f"{other.year}-{part[1]}", False)
    return _told(text, start, end, f"----{part[0]}", f"----{part[1]}", True)


def _told(text: str, start: int, end: int, from_: str, until: str, yearless: bool, edge: str = "") -> ToldTime:
    before = text[:start]
    edge = edge or next((name for name, pattern in _EDGES if pattern.search(before)), "")
    reported = bool(_REPORT_BEFORE.search(before)) and not _NO_REPORTER.search(before)
    return ToldTime(from_, until, yearless, edge, reported, text[start:end], start, end)


def _month_day(time: ToldTime) -> tuple[str, str]:
    return (time.from_[4:], time.until[4:]) if time.yearless else (time.from_[5:], time.until[5:])
