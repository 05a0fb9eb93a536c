"""The period that a question asks about, by a strict grammar: nothing is guessed.

Read are dates in any precision, quarters, halves, seasons, parts of months and years ("early",
"mid", "late"), spans back from the day asked ("last month", "the past 90 days"), named events, ranges
("between April and October 2025") and bounds ("before", "after", "since", "until"). A date that only
names a thing ("the April 2025 controls", "Announcement 18 of 2025") is not a period asked about.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from assistant.dates import (
    DAY_LENGTH,
    MONTHS,
    YEAR_LENGTH,
    DateMention,
    find_dates,
    first_day,
    last_day,
    places_of_years,
    years_in,
)
from assistant.types import Period

_NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBER_WORDS)})"
_FLAGS = re.IGNORECASE | re.ASCII
_QUARTER = re.compile(
    rf"\b(?:q(?P<q>[1-4])|(?P<ordinal>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+quarter)\s*(?:of\s+)?{_YEAR}",
    _FLAGS,
)
_HALF = re.compile(
    rf"\b(?:h(?P<h>[12])|(?P<count>[12])h|(?P<ordinal>first|second|1st|2nd)\s+half)\s*(?:of\s+)?{_YEAR}", _FLAGS
)
_SEASON = re.compile(rf"\b(?P<season>{'|'.join(_SEASONS)})\s+(?:of\s+)?{_YEAR}", _FLAGS)
_FIRST_MONTHS = re.compile(rf"\bfirst\s+{_COUNT}\s+months\s+of\s+{_YEAR}", _FLAGS)
_EDGE_MONTH = re.compile(rf"\b(?P<edge>first|last|final)\s+month\s+of\s+{_YEAR}", _FLAGS)
_UNIT = r"(?P<unit>day|week|month|quarter|year)s?"
_LAST_FEW = re.compile(rf"\b(?:last|past|previous)\s+{_COUNT}\s+{_UNIT}\b", _FLAGS)
_LAST_ONE = re.compile(
    r"\b(?P<which>last|previous|this|current)\s+(?P<unit>week|month|quarter|year)\b(?!\s+of\b)", _FLAGS
)
_YESTERDAY = re.compile(r"\byesterday\b", _FLAGS)
_PART = re.compile(
    r"\b(?P<part>early|mid|late|(?:the\s+)?(?:start|beginning|middle|end)\s+of)(?:\s+in)?[\s-]+(?:the\s+)?$", _FLAGS
)
_MONTH = "|".join(sorted((*MONTHS, *(month[:3] for month in MONTHS), "sept"), key=len, reverse=True))
# "May last year", "this November"; "last May" may be either of two.
_MONTH_OF = re.compile(
    rf"\b(?:this\s+(?P<this>{_MONTH})|(?P<month>{_MONTH})\s+(?:of\s+)?(?P<which>last|this)\s+year)\b(?!['’]s)", _FLAGS
)
_PART_WORD = r"(?:early|mid|late|(?:the\s+)?(?:start|beginning|middle|end)\s+of)"
_YEARLESS = re.compile(
    rf"\b(?P<opens>(?:between|from)\s+)?(?P<left>(?:{_PART_WORD}[\s-]+)?(?:\d{{1,2}}\s+)?(?:{_MONTH})\b\.?(?:\s+\d{{1,2}}\b)?)"
    rf"(?=\s*(?P<join>and|to|until|till|through|[-–])\s*(?:{_PART_WORD}[\s-]+)?(?:the\s+)?(?P<right>.{{4,24}}))",
    _FLAGS,
)
# What the left end of such a range looks like, in small letters.
_LEFT_END = re.compile(rf"(?:{_MONTH})\b\.?(?:\s+\d{{1,2}}\b)?\s*(?:and|to|until|till|through|[-–])", re.ASCII)
_LEFT_END_REACH, _PART_REACH = 128, 48
_PARTS_OF_YEARS = ("quarter", "half", "months", "month", *_SEASONS, "q1", "q2", "q3", "q4", "h1", "h2", "1h", "2h")
_JOIN = re.compile(r"\s*(?:and|to|until|till|through|up to|[-–])\s*(?:the\s+)?", _FLAGS)
_OPENS_RANGE = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", _FLAGS)
_BARE_JOIN = re.compile(r"\s*(?:to|until|through|[-–])\s*(?:the\s+)?", _FLAGS)
_BOUND = re.compile(
    r"\b(?P<bound>before|prior to|ahead of|after|following|since|until|till|up to|from)\s+(?:the\s+|its\s+)?$",
    _FLAGS,
)
_ON = re.compile(r"^\s*(?:on|onwards?)\b", _FLAGS)
_POINTS_AT = re.compile(r"\b(?:in|on|at|by|during|for|over|throughout|around|within)\s+(?:the\s+)?$", _FLAGS)
_NUMBERED = re.compile(
    r"\b(?:nos?\.?|announcements?|notices?|proclamations?|orders?)?\s*\d{1,5}\s*(?:of|/|\()\s*$", _FLAGS
)
_DETERMINER = re.compile(r"(?:\b(?:the|this|that|its|their|an?|these|those|our|your|[\w.]+['’]s?))\s+$", _FLAGS)
_CONTROL_NOUN = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:controls?|rules?|curbs?|measures?|announcements?|licen[cs]es?|restrictions?|package|list(?:ing)?s?|"
    r"bans?|deals?|truces?|frameworks?|proclamations?|laws?|regimes?|suspensions?|agreements?|regulations?)\b",
    _FLAGS,
)
_NOUN_OF = re.compile(
    r"\b(?:controls?|rules?|curbs?|measures?|announcements?|bans?|deals?|truces?|laws?|agreements?|regulations?|orders?|"
    r"lists?|packages?|frameworks?|proclamations?)\s+of\s+(?:the\s+)?$",
    _FLAGS,
)
_OWN_DAY = re.compile(
    r"(?P<before>\b\w+\s+)?\b(?:published|announced|imposed|introduced|issued|adopted|listed|signed|agreed|placed|put|"
    r"dated|made|unveiled|launched|suspended|enacted)\s+(?:on|in|of)\s+(?:the\s+)?$",
    _FLAGS,
)
NO_EVENTS: Mapping[str, str] = MappingProxyType({})
_AUXILIARIES = frozenset("was were did been be has have had is are being got what who it they".split())


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that ``text[start:end]`` names, from the first to the last of two partial ISO dates.

    ``event``: named by what happened then; ``joined``: a range, named by its two ends.
    """

    start: int
    end: int
    from_: str
    until: str
    event: bool = False
    joined: bool = False


def asked_period(question: str, as_of: date, event_days: Mapping[str, str]) -> Period | None:
    """The period a question asks about, None when it names none.

    Args:
        as_of: the day that "last month" counts back from.
        event_days: named event, in lower case -> its day, ISO 8601.
    """
    moments = find_moments(question, as_of, event_days)
    ranges = [Period(moment.from_, moment.until) for moment in moments if moment.joined]
    if ranges:
        return ranges[0]
    bounds = [bound for moment in moments if (bound := _bound(question, moment))]
    points = [moment for moment in moments if _is_asked_about(question, moment)]
    if not bounds:
        return _all_of(points)
    whole = _all_of([moment for moment in points if _bound(question, moment) is None])
    # "since November, compared with May": what lies outside the bounds is not part of the period.
    readings = ([*bounds, whole] if whole else bounds, bounds)
    return next((period for period in map(_narrowest, readings) if _has_days(period)), bounds[0])


def without_bounds(question: str, event_days: Mapping[str, str]) -> str:
    """The question without the events that only say when: "before the Busan meeting" is not about the meeting."""
    for moment in reversed(find_moments(question, None, event_days)):
        if moment.event and (_bound(question, moment) or _is_asked_about(question, moment)):
            question = f"{question[: moment.start]} {question[moment.end :]}"
    return question


def falls_in(iso: str, period: Period) -> bool:
    """Whether a partial date can mean a day of the period; a bare year only when the period covers as much."""
    if len(iso) == 4 and not is_stretch(period):
        return period.from_ == iso or period.until == iso
    first, last = first_day(iso), last_day(iso)
    if len(iso) == 4:
        return _is_within(first, last, period)
    starts_in_time = period.until is None or first <= last_day(period.until)
    return starts_in_time and (period.from_ is None or last >= first_day(period.from_))


def lies_in(moment: Moment, period: Period) -> bool:
    """Whether a moment lies within a period; one that only overlaps it does not, unless it is a single date."""
    if moment.from_ == moment.until:
        return falls_in(moment.from_, period)
    return _is_within(first_day(moment.from_), last_day(moment.until), period)


def may_tell_of(text: str, period: Period) -> bool:
    """Whether a year stands in ``text`` without which no time that it names lies within the period."""
    first = int(period.from_[:YEAR_LENGTH]) if period.from_ else 0
    # The left end of "between November and March 2026" lies in the year before the one that is told.
    last = int(period.until[:YEAR_LENGTH]) + 1 if period.until else 9999
    return any(first <= year <= last for year in years_in(text))


def _is_within(first: date, last: date, period: Period) -> bool:
    starts_in_time = period.from_ is None or first_day(period.from_) <= first
    return starts_in_time and (period.until is None or last <= last_day(period.until))


def is_all_of(moment: Moment, period: Period) -> bool:
    """Whether a moment is the very period."""
    if period.from_ is None or period.until is None:
        return False
    same_start = first_day(moment.from_) == first_day(period.from_)
    return same_start and last_day(moment.until) == last_day(period.until)


def is_stretch(period: Period) -> bool:
    """Whether a period is more than one date: a range, or open at one end."""
    return period.from_ != period.until


def find_moments(
    question: str, as_of: date | None = None, event_days: Mapping[str, str] = NO_EVENTS
) -> tuple[Moment, ...]:
    """Every time that a text names, in order, the longest reading of each place; "last month" needs ``as_of``."""
    return _moments(question, as_of, tuple(event_days.items()))


@lru_cache(maxsize=8_192)  # the same passages come up question after question
def _moments(question: str, as_of: date | None, events: tuple[tuple[str, str], ...]) -> tuple[Moment, ...]:
    if as_of is None and not events and next(years_in(question), None) is None:
        return ()  # As most sentences: nothing but a year, a day to count from or an event makes a time.
    found: list[Moment] = []
    for moment in _candidates(question, as_of, events):
        if not any(moment.start < other.end and other.start < moment.end for other in found):
            found.append(moment)
    parted = sorted((_with_part(question, moment) for moment in found), key=lambda moment: moment.start)
    return tuple(_joined(question, parted))


def _candidates(question: str, as_of: date | None, events: Sequence[tuple[str, str]]) -> Iterator[Moment]:
    yield from _yearless(question)
    yield from _parts_of_years(question)
    if as_of is not None:
        yield from _relative(question, as_of)
    for mention in find_dates(question):
        yield Moment(mention.start, mention.end, mention.iso, mention.iso)
    for name, day in events:
        for match in re.finditer(rf"\b{re.escape(name)}\b", question, re.IGNORECASE):
            yield Moment(match.start(), match.end(), day, day, event=True)


def _parts_of_years(question: str) -> Iterator[Moment]:
    places = [*_places_of_parts(question)]
    for match in _ending_there(_QUARTER, question, places):
        quarter = int(match["q"] or _ORDINALS[match["ordinal"].lower()])
        yield _months(match, int(match["year"]), quarter * 3 - 2, quarter * 3)
    for match in _ending_there(_HALF, question, places):
        half = int(match["h"] or match["count"] or _ORDINALS[match["ordinal"].lower()])
        yield _months(match, int(match["year"]), half * 6 - 5, half * 6)
    for match in _ending_there(_SEASON, question, places):
        yield _months(match, int(match["year"]), *_SEASONS[match["season"].lower()])
    for match in _ending_there(_FIRST_MONTHS, question, places):
        if 1 <= (count := _count(match["count"])) <= 12:
            yield _months(match, int(match["year"]), 1, count)
    for match in _ending_there(_EDGE_MONTH, question, places):
        month = f"{match['year']}-{'01' if match['edge'].lower() == 'first' else '12'}"
        yield Moment(match.start(), match.end(), month, month)


def _places_of_parts(text: str) -> Iterator[tuple[int, int]]:
    """The places of years that a word for a part of a year stands before."""
    for start, year in places_of_years(text, _PART_REACH):
        told = text[start:year].lower().rstrip().removesuffix("of").rstrip()
        if told.endswith(_PARTS_OF_YEARS):
            yield start, year


def _ending_there(pattern: re.Pattern[str], text: str, places: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that ends with a year, the one at each place."""
    for start, year in places:
        if match := pattern.search(text, start, year + YEAR_LENGTH + 1):
            yield match


def _may_be_yearless(text: str) -> bool:
    """Whether a month stands before "and", "to" or a dash, and a year soon after: else the search costs too much."""
    places = places_of_years(text, _LEFT_END_REACH)
    return any(_LEFT_END.search(text[start:year].lower()) for start, year in places)


def _yearless(question: str) -> Iterator[Moment]:
    """The left end of "between April and October 2025": its year is that of the right end."""
    for match in _YEARLESS.finditer(question) if _may_be_yearless(question) else ():
        right = find_dates(match["right"]) or find_dates(question[match.start("right") :])[:1]
        joined = match["opens"] or match["join"] in ("-", "–") or _are_like_ends(match, right)
        if not joined or not right or right[0].start > 0 or find_dates(match["left"]):
            continue
        year = int(right[0].iso[:4])
        for candidate in (year, year - 1):
            named = find_dates(f"{match['left']} {candidate}")
            if named and first_day(named[0].iso) <= last_day(right[0].iso):
                # The place of the month alone: what stands before it may say which part of it.
                start = match.start("left") + named[0].start
                yield Moment(start, match.end("left"), named[0].iso, named[0].iso)
                break


def _are_like_ends(match: re.Match[str], right: Sequence[DateMention]) -> bool:
    """Whether "to" alone joins two months or two days: the verb in "may through 2026" is neither."""
    has_day = any(character.isdigit() for character in match["left"])
    like = DAY_LENGTH if has_day else len("2025-06")
    return match["join"].lower() in ("to", "through") and bool(right) and len(right[0].iso) == like


def _relative(question: str, as_of: date) -> Iterator[Moment]:
    for match in _MONTH_OF.finditer(question):
        if match[0].startswith(("may", "march")) and not _POINTS_AT.search(question[: match.start()]):
            continue  # a verb
        year = as_of.year - ((match["which"] or "").lower() == "last")
        named = find_dates(f"{match['this'] or match['month']} {year}")
        yield from (Moment(match.start(), match.end(), one.iso, one.iso) for one in named)
    for match in _LAST_FEW.finditer(question):
        first = _back(as_of, _count(match["count"]), match["unit"].lower())
        yield Moment(match.start(), match.end(), first.isoformat(), as_of.isoformat())
    for match in _LAST_ONE.finditer(question):
        first, last = _around(as_of, match["unit"].lower())
        if match["which"].lower() in ("last", "previous"):
            first, last = _around(first - timedelta(days=1), match["unit"].lower())
        yield Moment(match.start(), match.end(), first.isoformat(), min(last, as_of).isoformat())
    for match in _YESTERDAY.finditer(question):
        day = (as_of - timedelta(days=1)).isoformat()
        yield Moment(match.start(), match.end(), day, day)


def _with_part(question: str, moment: Moment) -> Moment:
    """The moment narrowed by "early", "mid" or "late" before it: thirds of a month, of a year."""
    if moment.from_ != moment.until or len(moment.from_) == DAY_LENGTH:
        return moment
    part = _PART.search(question, max(0, moment.start - _PART_REACH), moment.start)
    if part is None:
        return moment
    word = part["part"].lower().removeprefix("the ").split()[0]
    third = {"early": 0, "start": 0, "beginning": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}[word]
    if len(moment.from_) == 4:
        first, last = [(1, 4), (5, 8), (9, 12)][third]
    else:
        first, last = [(1, 10), (11, 20), (21, last_day(moment.from_).day)][third]
    return Moment(part.start(), moment.end, f"{moment.from_}-{first:02d}", f"{moment.from_}-{last:02d}")


def _joined(text: str, moments: Sequence[Moment]) -> Iterator[Moment]:
    """The moments, two that are the ends of a range ("between April and October 2025") made one."""
    waiting = None
    for moment in moments:
        if waiting is None:
            waiting = moment
        elif _is_range(text, waiting, moment):
            yield Moment(waiting.start, moment.end, waiting.from_, moment.until, joined=True)
            waiting = None
        else:
            yield waiting
            waiting = moment
    if waiting is not None:
        yield waiting


def _is_range(text: str, left: Moment, right: Moment) -> bool:
    between = text[left.end : right.start]
    opened = _JOIN.fullmatch(between) and _OPENS_RANGE.search(text[: left.start])
    return bool(opened or _BARE_JOIN.fullmatch(between)) and first_day(left.from_) <= last_day(right.until)


def _all_of(points: Sequence[Moment]) -> Period | None:
    if not points:
        return None
    return Period(
        min((point.from_ for point in points), key=first_day), max((point.until for point in points), key=last_day)
    )


def _narrowest(periods: Sequence[Period]) -> Period:
    """What lies in all of the periods."""
    from_ = max((period.from_ for period in periods if period.from_), key=first_day, default=None)
    return Period(from_, min((period.until for period in periods if period.until), key=last_day, default=None))


def _has_days(period: Period) -> bool:
    return period.from_ is None or period.until is None or first_day(period.from_) <= last_day(period.until)


def _bound(question: str, moment: Moment) -> Period | None:
    match = _BOUND.search(question[: moment.start])
    if match is None or (not moment.event and _names_a_thing(question, moment)):
        return None
    word = match["bound"].lower()
    if word in ("before", "prior to", "ahead of"):
        return Period(None, (first_day(moment.from_) - timedelta(days=1)).isoformat())
    if word in ("after", "following"):
        return Period((last_day(moment.until) + timedelta(days=1)).isoformat(), None)
    if word == "since" or (word == "from" and _ON.match(question[moment.end :])):
        return Period(moment.from_, None)
    return None if word == "from" else Period(None, moment.until)


def _is_asked_about(question: str, moment: Moment) -> bool:
    if moment.event:
        return bool(_POINTS_AT.search(question[: moment.start]))
    return not _names_a_thing(question, moment)


def _names_a_thing(question: str, moment: Moment) -> bool:
    """Whether the date only says which thing is meant: "the April 2025 controls", "the list published on …"."""
    before, after = question[: moment.start], question[moment.end :]
    if _NUMBERED.search(before) or _NOUN_OF.search(before):
        return True
    if _CONTROL_NOUN.match(after):
        return True
    if _DETERMINER.search(before) and re.match(r"\s+[A-Za-z]", after) and not _clause_follows(after):
        return True
    own = _OWN_DAY.search(before)
    return own is not None and (own["before"] or "what").strip().lower() not in _AUXILIARIES


def _clause_follows(after: str) -> bool:
    return bool(re.match(r"\s+(?:and|or|to|did|does|do|was|were|is|are|has|had|in|on|for|from|by|with|of)\b", after))


def _months(match: re.Match[str], year: int, first: int, last: int) -> Moment:
    return Moment(match.start(), match.end(), f"{year}-{first:02d}", f"{year}-{last:02d}")


def _count(told: str) -> int:
    return int(told) if told.isdigit() else _NUMBER_WORDS[told.lower()]


def _back(day: date, count: int, unit: str) -> date:
    """The day that lies ``count`` units before, the month's last when it has no such day."""
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _around(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the week (from Monday), month, quarter or year that holds ``day``."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    first = day.month if unit == "month" else (day.month - 1) // 3 * 3 + 1
    last = first if unit == "month" else first + 2
    return date(day.year, first, 1), last_day(f"{day.year:04d}-{last:02d}")
