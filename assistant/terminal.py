"""An answer in words for people at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from rich.console import Console
from rich.text import Text

from assistant.dates import first_day, last_day, split_as_of, spoken
from assistant.measures.types import MeasureStatus
from assistant.types import Answer, Citation, ConflictValue, Period, RegisterChange, RegisterStanding, Sentence

# Notices to be read before the answer is relied on.
WARNINGS = frozenset({"evidence_age", "unknown_after"})
_DAY_LENGTH = len("2025-06-12")


def print_answer(answer: Answer) -> None:
    """Print an answer on standard output: what was asked and of when, the register, sentences, sources, notices."""
    console = Console(highlight=False)
    for line, style in _lines(answer):
        words = line.lstrip(" ")
        indent = " " * (len(line) - len(words))
        for part in Text(printable(words)).wrap(console, console.width - len(indent)):
            part.rstrip()
            console.print(Text(indent) + part, style=style)


def printable(text: str) -> str:
    """Text without control characters: an article must not drive the terminal."""
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)


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
    if len(period.until) < _DAY_LENGTH:
        return f"the time up to {spoken(period.until)}"
    return f"the time before {spoken((last_day(period.until) + timedelta(days=1)).isoformat())}"


def _whole(from_: str, until: str) -> str | None:
    """The one date, month or year that the two ends make; None when they make none."""
    dates = (until, until[: len("2025-06")], until[: len("2025")])
    same = (iso for iso in dates if (first_day(iso), last_day(iso)) == (first_day(from_), last_day(until)))
    return next(same, None)


def _lines(answer: Answer) -> Iterator[tuple[str, str]]:
    """Every line with its style; leading spaces stand before the lines that it wraps to as well."""
    head = [(line, "dim") for line in _understanding(answer)]
    head += [(line, "yellow") for line in _notices(answer, warnings=True)]
    yield from [*head, ("", "")] if head else ()
    sentences = (_sentence_line(sentence) for sentence in answer.sentences)
    blocks = (
        ("", _register(answer)),
        ("", sentences),
        ("yellow", _missing(answer)),
        ("", _conflicts(answer)),
        ("dim", _sources(answer)),
        ("italic", _notices(answer, warnings=False)),
        ("dim", _removed(answer)),
        ("", _suggestions(answer)),
    )
    yield from ((line, style) for style, lines in blocks for line in lines)


def _understanding(answer: Answer) -> Iterator[str]:
    asked, _ = split_as_of(answer.question)
    if answer.standalone_question not in (asked, answer.question):
        yield f"Understood as: {answer.standalone_question}"
    if answer.about and (period := period_in_words(answer.about)):
        yield f"About {period}, as known on {spoken(answer.as_of)}"


def _notices(answer: Answer, warnings: bool) -> Iterator[str]:
    return (notice.text for notice in answer.notices if (notice.code in WARNINGS) == warnings)


def _register(answer: Answer) -> Iterator[str]:
    """What the register says, each block ended by an empty line."""
    for day in dict.fromkeys(standing.on for standing in answer.standings):
        yield f"In the register on {spoken(day)}:"
        yield from (_standing(standing) for standing in answer.standings if standing.on == day)
        yield ""
    if answer.changes:
        yield "What changed, by the register:"
        yield from (_change(change) for change in answer.changes)
        yield ""


def _standing(standing: RegisterStanding) -> str:
    told = standing_in_words(standing, spoken)
    return f"  {standing.name}{_scope(standing.scope)}: {told}{_marks(standing.citations)}"


def _change(change: RegisterChange) -> str:
    by = "by " if change.at_latest else ""
    before = f"{_words(change.before)} -> " if change.before else ""
    told = f"{before}{_words(change.after)}{_marks(change.citations)}"
    return f"  {by}{spoken(change.on)}  {change.name}{_scope(change.scope)}: {told}"


def _sentence_line(sentence: Sentence) -> str:
    partly = " (partly supported)" if sentence.verdict == "partial" else ""
    return f"{sentence.text}{_marks(sentence.citations)}{partly}"


def _missing(answer: Answer) -> Iterator[str]:
    """The parts of a partly answered question that nothing answers."""
    if answer.status == "partial":
        yield from (f"The corpus does not say: {part}" for part in answer.missing)


def _removed(answer: Answer) -> Iterator[str]:
    if answer.removed:
        yield ""
        yield "Not in the answer:"
        yield from (f"  {removed.text} ({removed.reason})" for removed in answer.removed)


def _conflicts(answer: Answer) -> Iterator[str]:
    for conflict in answer.conflicts:
        yield ""
        yield f"Sources disagree: {conflict.about}"
        yield from (f"  {value.value}{_marks(value.citations)}: {_support(value)}" for value in conflict.values)


def _support(value: ConflictValue) -> str:
    told = [*value.publishers]
    if len(told) > 1 or value.independent != 1:
        told.append(f"{value.independent} independent source{'' if value.independent == 1 else 's'}")
    if value.official:
        told.append("official")
    return ", ".join([*told, f"latest {spoken(value.newest_on)}" if value.newest_on else "undated"])


def _suggestions(answer: Answer) -> Iterator[str]:
    if answer.suggestions:
        yield ""
        yield "Ask next:"
        yield from (f"  {question}" for question in answer.suggestions)


def _sources(answer: Answer) -> Iterator[str]:
    yield ""
    if answer.status == "declined" and answer.citations:
        yield "Nearest passages, not an answer:"
    yield from (_source_line(citation) for citation in answer.citations)


def _source_line(citation: Citation) -> str:
    inferred = " (inferred)" if citation.published_inferred else ""
    label = "Digest of " if citation.kind == "digest" else ""
    line = f"[{citation.n}] {label}{citation.publisher}, {spoken(citation.published_on)}{inferred}: {citation.title}"
    return f"{line} {citation.url or ''}".rstrip()


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f" [{number}]" for number in numbers)


def _scope(scope: str | None) -> str:
    return f" ({scope})" if scope else ""


def _words(status: str) -> str:
    return status.replace("_", " ")
