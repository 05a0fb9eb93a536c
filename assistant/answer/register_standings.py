"""Where measures stand on a day, each standing with the evidence that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer.register_evidence import ACTIVE, best_first, holding_first
from assistant.dates import first_day
from assistant.measures.register import Register
from assistant.measures.types import Evidence, Measure, MeasureStatus, Standing
from assistant.terms import TermAnalyzer
from assistant.types import RegisterStanding

MAX_STANDINGS = 6


@dataclass(frozen=True, slots=True)
class ToldStanding:
    """A standing, still without citations, and the evidence that shows it, the best first."""

    standing: RegisterStanding
    evidence: tuple[Evidence, ...]


def standings_asked(
    measures: Iterable[Measure], register: Register, as_of: date, on: date, question: str, analyzer: TermAnalyzer
) -> tuple[ToldStanding, ...]:
    """Where each measure stands; of one measure the scope asked about comes first, then what is set aside."""
    asked = frozenset(analyzer.content_terms(question))
    statuses = {status.id: status for status in register.as_of(as_of, on)}
    found = {measure.id: statuses[measure.id] for measure in measures if measure.id in statuses}
    told = (
        sorted(told_standings(status, on), key=lambda one: (-_nearness(one, asked, analyzer), _is_active(one)))
        for status in found.values()
    )
    return tuple(one for ordered in told for one in ordered)[:MAX_STANDINGS]


def told_standings(status: MeasureStatus, on: date) -> Iterator[ToldStanding]:
    """The whole measure, its scopes, and what was known to be due next."""
    whole = Standing(
        status.status, status.since, status.since_at_latest, status.until, status.last_status, status.unknown_after,
        status.scope, status.known_from, status.evidence,
    )  # fmt: skip
    for standing in (whole, *status.scoped):
        yield _told_standing(status, standing, on.isoformat())
    if status.next is not None and status.status == "announced":
        yield _told_standing(status, status.next, first_day(status.next.since).isoformat())


def set_aside(standings: Iterable[ToldStanding]) -> tuple[ToldStanding, ...]:
    """Those that a reader who asks of the rule must know of: it does not simply hold."""
    return tuple(told for told in standings if not _is_active(told))


def shown_to_hold(told: ToldStanding) -> ToldStanding:
    """A standing that is shown first by what says that it goes on, such as "remained in force"."""
    return replace(told, evidence=holding_first(told.evidence)) if told.standing.status == "in_force" else told


def active_ids(register: Register, as_of: date, on: date) -> frozenset[str]:
    """The ids of the measures that stand on a day, as known on another."""
    return frozenset(status.id for status in register.as_of(as_of, on) if status.status in ACTIVE)


def active_first(measures: Iterable[Measure], active: frozenset[str]) -> tuple[Measure, ...]:
    """The measures with those before whose ids are active; Python's sort is stable."""
    return tuple(sorted(measures, key=lambda one: one.id not in active))


def _nearness(told: ToldStanding, asked: frozenset[str], analyzer: TermAnalyzer) -> int:
    """How many terms of a standing's scope the question has; a whole measure has none."""
    return len(asked & frozenset(analyzer.content_terms(told.standing.scope or "")))


def _is_active(told: ToldStanding) -> bool:
    return told.standing.status in ACTIVE


def _told_standing(status: MeasureStatus, standing: Standing, on: str) -> ToldStanding:
    told = RegisterStanding(
        measure=status.id,
        name=status.name,
        on=on,
        status=standing.status,
        since=standing.since,
        until=standing.until,
        last_status=standing.last_status,
        unknown_after=standing.unknown_after,
        scope=standing.scope,
        citations=(),
    )
    return ToldStanding(told, best_first(standing.evidence, {standing.since, standing.until, standing.unknown_after}))
