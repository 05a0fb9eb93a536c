""" "A month earlier", "that year", "before that": told from the old question's date or event, and written out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.follow_up.mentions import DATE, EVENT, Mention, mentions
from assistant.dates import MONTHS, find_dates, spoken
from assistant.terms import TermAnalyzer

_COUNTS = {"a": 1, "one": 1, "the": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_UNIT = r"(?P<unit>month|year)"
_END = r"(?=\W*$|\s*[,;?])"
_SHIFTED = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)}) {_UNIT}s? (?P<way>earlier|before|prior|later|after)(?: that| then)?{_END}",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(
    rf"\b(?:(?:the|that) (?P<way>previous|preceding|prior|following|next|same)|that) {_UNIT}\b"
    r"(?: (?:of|in) (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_PART = re.compile(rf"\bthe (?P<part>end|start|beginning|middle) of (?:the|that|the same) {_UNIT}{_END}", re.IGNORECASE)
_SIDE = re.compile(
    rf"\b(?P<side>before|after|since|until|till)(?: (?:that|then|this))(?: (?:date|day|month|year|time))?{_END}",
    re.IGNORECASE,
)
_SIDE_ALONE = re.compile(
    r"^(?P<lead>(?:(?:and|but|so|what about|how about)\b[\s,]*)*)(?P<side>before|after|beforehand|afterwards?)\W*$",
    re.IGNORECASE,
)
_OLD_SIDE = re.compile(r"\b(?P<side>before|after)(?=\s+[\w])", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"\b(?P<led>in|with|to|since|until|till|by|than|from|during) (?P<month>{'|'.join(MONTHS)})\b(?!\s+(?:of\s+)?\d)",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"\b(?:will|expire[sd]?|takes? effect|(?:is|are)\b[^?]*\b(?:in force|valid))\b", re.IGNORECASE)
_LED = re.compile(r"\b(?:in|on|at|by|for|of|to|with|than|from|since|until|during|before|after|and|over)\s+$", re.I)
_PART_OF_YEAR = re.compile(r"\b(?:half|quarter)\b|\b[HQ][1-4]\b", re.IGNORECASE)
_BACKWARDS = frozenset({"earlier", "before", "prior", "previous", "preceding"})
_OTHER_SIDE = {"before": "after", "after": "before"}


def timed(asked: str, earlier: Sequence[str], analyzer: TermAnalyzer) -> str:
    """``asked`` with its relative times written out from the last date or event of the questions ``earlier``.

    The newest question that has one counts. What cannot be told from it stays as it was: a month's neighbour
    where only a year is known, any neighbour where two dates are.
    """
    for old in earlier:
        if named := [one for one in mentions(old, analyzer) if one.kind in {DATE, EVENT}]:
            return _timed(asked, old, named)
    return asked


def with_year(asked: str, old: str) -> str:
    """``asked`` with the year of the last date in ``old`` beside each month that has none: "with February".

    The year after where the question looks forward from that date, "until March" from November.
    """
    dates = find_dates(old)
    if not dates:
        return asked
    iso = dates[-1].iso
    forward = bool(_FORWARD.search(asked))

    def dated(match: re.Match[str]) -> str:
        led, month = match["led"].lower(), match["month"].capitalize()
        ahead = led in {"until", "till", "by"} or (forward and led in {"in", "from"})
        return f"{match['led']} {month} {_year_of(month, iso, ahead=ahead)}"

    return _MONTH_ALONE.sub(dated, asked)


def _year_of(month: str, iso: str, *, ahead: bool) -> str:
    """The year of ``iso``, or the next one for an earlier month when what is asked lies ``ahead``."""
    number = next(at for at, name in enumerate(MONTHS, start=1) if name.lower() == month.lower())
    old_month = _cut(iso, "month")[5:7]
    return f"{int(iso[:4]) + 1:04}" if ahead and old_month and number < int(old_month) else iso[:4]


def _timed(asked: str, old: str, named: Sequence[Mention]) -> str:
    if alone := _SIDE_ALONE.match(asked):
        asked = f"{alone['lead']}{'after' if alone['side'].lower().startswith('after') else 'before'} that?"
    if side := _SIDE.search(asked):
        return f"{asked[: side.start()]}{_beside(side['side'].lower(), old, named)}{asked[side.end() :]}"
    dates = find_dates(old)
    if not dates:
        return asked
    iso = dates[-1].iso
    if part := _PART.search(asked):
        return _put(asked, part, f"the {part['part']} of {spoken(whole)}" if (whole := _cut(iso, part["unit"])) else "")
    if len(dates) > 1:
        return asked
    if near := _NEIGHBOUR.search(asked):
        way = (near["way"] or "same").lower()
        steps = 0 if way == "same" else -1 if way in _BACKWARDS else 1
        return _put(asked, near, _moved(f"{near['year'] or iso[:4]}{iso[4:]}", near["unit"].lower(), steps, named))
    if far := _SHIFTED.search(asked):
        steps = _COUNTS[far["count"].lower()] * (-1 if far["way"].lower() in _BACKWARDS else 1)
        return _put(asked, far, _moved(iso, far["unit"].lower(), steps, named))
    return asked


def _beside(side: str, old: str, named: Sequence[Mention]) -> str:
    """ "before that" as "before May 2025"; of a question that asked of the time before a thing, "after" turns it."""
    told = named[0] if side == "before" else named[-1]
    led = next((one for one in _OLD_SIDE.finditer(old) if one["side"].lower() == _OTHER_SIDE.get(side)), None)
    if led and led.end() < told.start:
        return f"{side}{old[led.end() :].rstrip(' ?.!')}"
    article = "the " if re.search(r"\bthe\s+$", old[: told.start], re.IGNORECASE) else ""
    return f"{side} {article}{told.text}"


def _put(asked: str, found: re.Match[str], told: str) -> str:
    if not told:
        return asked
    before = asked[: found.start()]
    return f"{before}{'' if _LED.search(before) else 'in '}{told}{asked[found.end() :]}"


def _moved(iso: str, unit: str, steps: int, named: Sequence[Mention]) -> str:
    """``steps`` units on: a month of a month or day, a year of any date, kept to the month, half or quarter."""
    if unit == "month":
        whole = _cut(iso, unit)
        if not whole:
            return ""
        months = int(whole[:4]) * 12 + int(whole[5:7]) - 1 + steps
        return spoken(f"{months // 12:04}-{months % 12 + 1:02}")
    told = next((one.text for one in named if _PART_OF_YEAR.search(one.text) and iso[:4] in one.text), "")
    if told and steps:
        return told.replace(iso[:4], f"{int(iso[:4]) + steps:04}")
    return spoken(f"{int(iso[:4]) + steps:04}{iso[4:7]}" if steps else iso[:4])


def _cut(iso: str, unit: str) -> str:
    """The month or year that a date lies in; empty where a year alone tells no month."""
    size = {"month": 7, "year": 4}[unit.lower()]
    return iso[:size] if len(iso) >= size else ""
