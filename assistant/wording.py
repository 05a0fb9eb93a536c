"""An answer in words, line by line: what the terminal prints and what chat clients show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from assistant.dates import DAY_LENGTH, first_day, last_day, spoken
from assistant.measures.types import MeasureStatus
from assistant.types import Answer, Citation, ConflictValue, Period, RegisterChange, RegisterStanding, Sentence


@dataclass(frozen=True, slots=True)
class Line:
    """``before``, the marks of ``citations``, ``after``; ``indented`` when it belongs to the line above."""

    before: str
    citations: tuple[int, ...] = ()
    after: str = ""
    indented: bool = False


def standing_in_words(standing: MeasureStatus | RegisterStanding, day: Callable[[str], str] = str) -> str:
    """Status and dates: "suspended since 2025-11-07 until 2026-11-10"; ``day`` writes a date."""
    if standing.status == "unknown" and standing.unknown_after and standing.last_status:
        return f"unknown after {day(standing.unknown_after)} (was {_words(standing.last_status)})"
    until = f" until {day(standing.until)}" if standing.until else ""
    return f"{_words(standing.status)} since {day(standing.since)}{until}"


def period_in_words(period: Period) -> str:
    """ "June 2025", "1 April 2025 – 31 October 2025", "the time before 30 October 2025"; "" when both ends are open."""
    if period.from_ and period.until:
        whole = _whole(period.from_, period.until)
        return spoken(whole) if whole else f"{spoken(period.from_)} – {spoken(period.until)}"
    if period.from_:
        return f"the time from {spoken(period.from_)} on"
    if period.until is None:
        return ""
    if len(period.until) < DAY_LENGTH:
        return f"the time up to {spoken(period.until)}"
    return f"the time before {spoken((last_day(period.until) + timedelta(days=1)).isoformat())}"


def source_in_words(citation: Citation) -> str:
    """ "Digest of Reuters, 20 June 2025: Its title"; a day that was inferred says so."""
    inferred = " (inferred)" if citation.published_inferred else ""
    label = "Digest of " if citation.kind == "digest" else ""
    return f"{label}{citation.publisher}, {spoken(citation.published_on)}{inferred}: {citation.title}"


def sentence_line(sentence: Sentence) -> Line:
    """A sentence of the answer."""
    return Line(sentence.text, sentence.citations, " (partly supported)" if sentence.verdict == "partial" else "")


def standing_blocks(answer: Answer) -> Iterator[list[Line]]:
    """What the register says, one block for each day, then one for what changed."""
    for day in dict.fromkeys(standing.on for standing in answer.standings):
        standings = [standing_line(standing) for standing in answer.standings if standing.on == day]
        yield [Line(f"In the register on {spoken(day)}:"), *standings]
    if answer.changes:
        yield [Line("What changed, by the register:"), *(change_line(change) for change in answer.changes)]


def missing_lines(answer: Answer) -> Iterator[Line]:
    """The parts of a partly answered question that nothing answers."""
    if answer.status == "partial":
        yield from (Line(f"The corpus does not say: {part}") for part in answer.missing)


def conflict_blocks(answer: Answer) -> Iterator[list[Line]]:
    """One block for each thing that sources disagree about."""
    for conflict in answer.conflicts:
        values = [Line(one.value, one.citations, f": {_support(one)}", indented=True) for one in conflict.values]
        yield [Line(f"Sources disagree: {conflict.about}"), *values]


def _whole(from_: str, until: str) -> str | None:
    """The one date, month or year that the two ends make; None when they make none."""
    dates = (until, until[: len("2025-06")], until[: len("2025")])
    same = (iso for iso in dates if (first_day(iso), last_day(iso)) == (first_day(from_), last_day(until)))
    return next(same, None)


def standing_line(standing: RegisterStanding) -> Line:
    """Where a measure stands, with its name."""
    told = standing_in_words(standing, spoken)
    return Line(f"{standing.name}{_scope(standing.scope)}: {told}", standing.citations, indented=True)


def change_line(change: RegisterChange) -> Line:
    """What changed, when, of which measure."""
    by = "by " if change.at_latest else ""
    before = f"{_words(change.before)} -> " if change.before else ""
    told = f"{by}{spoken(change.on)}  {change.name}{_scope(change.scope)}: {before}{_words(change.after)}"
    return Line(told, change.citations, indented=True)


def _support(value: ConflictValue) -> str:
    told = [*value.publishers]
    if len(told) > 1 or value.independent != 1:
        told.append(f"{value.independent} independent source{'' if value.independent == 1 else 's'}")
    if value.official:
        told.append("official")
    return ", ".join([*told, f"latest {spoken(value.newest_on)}" if value.newest_on else "undated"])


def _scope(scope: str | None) -> str:
    return f" ({scope})" if scope else ""


def _words(status: str) -> str:
    return status.replace("_", " ")
