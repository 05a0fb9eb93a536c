"""What changed in a period, each change with the evidence that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer.register_evidence import best_first
from assistant.answer.register_matches import how_early
from assistant.dates import first_day, last_day
from assistant.measures.register import Register
from assistant.measures.types import Change, Evidence
from assistant.types import Period, Place, RegisterChange

MAX_CHANGES = 12
# A change belongs to a question when how much the question is about its measure (0 to 1), and how early a search
# finds its evidence (0 to 1, times the weight), come to this score.
CHANGE_SCORE, CHANGE_FOUND_WEIGHT = 0.22, 0.4


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change, still without citations, and the evidence that shows it, the best first."""

    change: RegisterChange
    evidence: tuple[Evidence, ...]


def told_changes(
    register: Register, shares: Mapping[str, float], period: Period, as_of: date, found: Sequence[Place]
) -> tuple[ToldChange, ...]:
    """The changes of the period that belong to the question, the best ``MAX_CHANGES``, oldest first."""
    until = min(last_day(period.until), as_of) if period.until else as_of
    from_ = first_day(period.from_) if period.from_ else until
    if until < from_:
        return ()
    scores = {
        change: shares[change.measure_id] + CHANGE_FOUND_WEIGHT * how_early(change.evidence, found)
        for change in register.changes(from_, until, as_of)
        if change.measure_id in shares and change.after != "unknown"
    }
    best = sorted((one for one in scores if scores[one] >= CHANGE_SCORE), key=lambda one: -scores[one])[:MAX_CHANGES]
    return tuple(told_change(change) for change in scores if change in best)


def told_change(change: Change) -> ToldChange:
    """A change with the evidence for it, the best first."""
    told = RegisterChange(
        on=change.on,
        at_latest=change.at_latest,
        measure=change.measure_id,
        name=change.name,
        scope=change.scope,
        before=change.before,
        after=change.after,
        citations=(),
    )
    return ToldChange(told, best_first(change.evidence, {change.on}))
