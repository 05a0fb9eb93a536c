"""A briefing as a document, one section a part; each source stands as a footnote where it is cited first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from assistant.briefing.types import Briefing, OpenReason, Statement
from assistant.dates import first_day, last_day, spoken
from assistant.export.document import DECLINED, Document, Footnote, Line, Section, footnote, limits
from assistant.types import Conflict, ConflictValue, RegisterChange, RegisterStanding
from assistant.wire import to_wire
from assistant.wording import Line as Worded
from assistant.wording import change_line, standing_line

NOTHING = "The corpus holds no sentence for this."
NO_DEFINITION = "No sentence of the corpus says what it is."
_OPEN: dict[OpenReason, str] = {
    "unknown_after": "the corpus does not say what followed",
    "unanswered": "the corpus does not say",
}


def briefing_document(briefing: Briefing) -> Document:
    """The briefing as a document; its quotes stand in their articles, they were just read there."""
    noted: set[int] = set()
    sections = [_noted(section, briefing, noted) for section in _sections(briefing)]
    sections[0] = replace(sections[0], standing=standing_of(briefing))
    sections[-1] = replace(sections[-1], record=_record(briefing))
    return Document(f"Briefing: {briefing.topic}", tuple(sections))


def standing_of(briefing: Briefing) -> tuple[str, ...]:
    """How current a briefing is, in words."""
    newest, current, independent = (
        briefing.newest_evidence_on, briefing.corpus_current_to, briefing.independent_sources
    )  # fmt: skip
    told = (
        f"As of {spoken(briefing.as_of)}",
        f"newest evidence of {spoken(newest)}" if newest else None,
        f"corpus current to {spoken(current)}" if current else None,
        f"{independent} independent source{'' if independent == 1 else 's'}" if independent else None,
        *limits(to_wire(briefing.filters)),
    )
    return tuple(part for part in told if part)


def _sections(briefing: Briefing) -> Iterator[Section]:
    if briefing.status == "declined":
        yield _section("What the corpus says", [Line(DECLINED)])
        return
    since = f" (since {spoken(briefing.recent_since)})" if briefing.recent_since else ""
    yield _section("What it is", _statements(briefing.what_it_is) or [Line(NO_DEFINITION)])
    yield _section("Where it stands", _standings(briefing))
    yield _section("Timeline", _changes(briefing.changes))
    yield _section("Key figures", _statements(briefing.figures))
    yield _section("Who says what", _statements(briefing.voices))
    if briefing.conflicts:
        yield _section(
            "Where sources disagree", [_value(one, value) for one in briefing.conflicts for value in one.values]
        )
    recent = [*_changes(briefing.recent_changes), *_statements(briefing.recent)]
    yield _section(f"The last 90 days of the corpus{since}", recent)
    yield _section("Open questions", [Line(one.text, (), _OPEN[one.reason]) for one in briefing.open_questions])


def _section(heading: str, lines: Iterable[Line]) -> Section:
    told = tuple(lines) or (Line(NOTHING),)
    return Section(
        question=heading, understood=None, standing=(), sentences=told, register=(), disputes=(), notices=(),
        missing=(), removed=(), nearest=(), footnotes=(), record=(),
    )  # fmt: skip


def _noted(section: Section, briefing: Briefing, noted: set[int]) -> Section:
    """The section with the footnotes that no section before it has; ``noted`` grows by them."""
    new = [n for line in section.sentences for n in line.notes if n not in noted]
    noted.update(new)
    return replace(section, footnotes=tuple(_footnote(briefing, n) for n in dict.fromkeys(new)))


def _footnote(briefing: Briefing, number: int) -> Footnote:
    return footnote(to_wire(briefing.citations[number - 1]), 0, lambda _: True)


def _statements(statements: Iterable[Statement]) -> list[Line]:
    return [Line(one.text, one.citations) for one in statements]


def _value(conflict: Conflict, value: ConflictValue) -> Line:
    told = ", official" if value.official else ""
    return Line(f"{conflict.about}: {value.value} ({', '.join(value.publishers)}{told})", value.citations)


def _standings(briefing: Briefing) -> list[Line]:
    day = last_day(briefing.as_of)
    return [_standing(one, day) for measure in briefing.measures for one in measure.standings]


def _standing(standing: RegisterStanding, day: date) -> Line:
    """Where a measure stands; what is due after ``day`` is told as due."""
    is_due = first_day(standing.since) > day
    return Line(standing_line(standing).before, standing.citations, "due" if is_due else None)


def _changes(changes: Iterable[RegisterChange]) -> list[Line]:
    return [_line(change_line(one)) for one in changes]


def _line(worded: Worded) -> Line:
    return Line(worded.before + worded.after, worded.citations)


def _record(briefing: Briefing) -> tuple[tuple[str, str], ...]:
    left_out = (("Left out", f"{briefing.left_out} entries of the register"),) if briefing.left_out else ()
    return (*left_out, ("Corpus digest", briefing.corpus_digest), ("Fingerprint", briefing.fingerprint))
