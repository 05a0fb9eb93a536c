"""The register: where each measure stands on a day, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from assistant.dates import first_day, last_day
from assistant.errors import BadInputError, NotFoundError
from assistant.measures.names import MeasureNames
from assistant.measures.timeline import known_entries, planned_after, scopes, standing_on, stretches, timeline
from assistant.measures.types import Change, Measure, MeasureStatus
from assistant.types import Article

DAYS_KEPT = 64


class Register:
    """All measures, and what can be asked of them.

    Args:
        reviewed_to: day up to which articles were read for it; newer ones may tell more.
    """

    def __init__(self, measures: Iterable[Measure], reviewed_to: str | None) -> None:
        self.measures = tuple(measures)
        self.reviewed_to = reviewed_to
        self._names = MeasureNames(self.measures)
        self._known_statuses = lru_cache(maxsize=DAYS_KEPT)(self._statuses)
        self._by_id = {measure.id: measure for measure in self.measures}

    @property
    def missing_evidence(self) -> int:
        """How many quotes are not in the catalog; they are never cited."""
        entries = [entry for measure in self.measures for entry in measure.history]
        return sum(one.missing for entry in entries for one in entry.evidence)

    def measure(self, measure_id: str) -> Measure:
        """One measure. Raises NotFoundError."""
        if measure_id not in self._by_id:
            raise NotFoundError(f"no measure {measure_id!r}; list them with: assistant measures")
        return self._by_id[measure_id]

    def as_of(self, known_on: date, about: date | None = None) -> tuple[MeasureStatus, ...]:
        """Every measure known on ``known_on``, and where it stood on ``about`` (default: the same day).

        A measure is left out before its first entry is known, and before that entry's first day.
        """
        return self._known_statuses(known_on, about or known_on)

    def _statuses(self, known_on: date, about: date) -> tuple[MeasureStatus, ...]:
        statuses = (_status(measure, known_on, about) for measure in self.measures)
        return tuple(status for status in statuses if status is not None)

    def status(self, measure_id: str, known_on: date, about: date | None = None) -> MeasureStatus:
        """One measure as in ``as_of``. Raises NotFoundError, also when it was not known then."""
        status = _status(self.measure(measure_id), known_on, about or known_on)
        if status is None:
            raise NotFoundError(f"measure {measure_id!r} was not known on {known_on}; ask about a later day")
        return status

    def changes(self, from_: date, until: date, known_on: date) -> tuple[Change, ...]:
        """What changed from ``from_`` to ``until``, both inclusive, as known on ``known_on``, by day.

        A renewal is listed too: its ``before`` equals its ``after``. A day in the future is a plan.

        Raises:
            BadInputError: ``until`` lies before ``from_``.
        """
        if until < from_:
            raise BadInputError(f"the period ends on {until}, before it starts on {from_}; swap the two")
        changes = [
            change
            for measure in self.measures
            for change in _changes(measure, known_on)
            if first_day(change.on) <= until and last_day(change.on) >= from_
        ]
        return tuple(sorted(changes, key=lambda change: (first_day(change.on), change.measure_id)))

    def newer(self, articles: Iterable[Article]) -> dict[str, tuple[str, ...]]:
        """Measure id -> ids of the articles that name it; for articles newer than ``reviewed_to``."""
        named: dict[str, tuple[str, ...]] = {}
        for article in articles:
            for measure in self.find(f"{article.title}. {article.text}"):
                named[measure.id] = (*named.get(measure.id, ()), article.id)
        return named

    def find(self, text: str) -> tuple[Measure, ...]:
        """The measures a text names, by name, other name, exact instrument number or control code."""
        return self._names.find(text)


def _status(measure: Measure, known_on: date, about: date) -> MeasureStatus | None:
    entries = known_entries(measure.history, known_on)
    whole = timeline(entries, None)
    tracks = [timeline(entries, scope) for scope in scopes(entries)]
    scoped = [standing for track in tracks if (standing := standing_on(track, about)) and standing.scope]
    headline = standing_on(whole, about) or next(iter(scoped), None)
    if headline is None:
        return None
    return MeasureStatus(
        id=measure.id,
        name=measure.name,
        aliases=measure.aliases,
        issuer=measure.issuer,
        instrument=measure.instrument,
        summary=measure.summary,
        covers=measure.covers,
        status=headline.status,
        since=headline.since,
        since_at_latest=headline.since_at_latest,
        until=headline.until,
        last_status=headline.last_status,
        unknown_after=headline.unknown_after,
        scope=headline.scope,
        known_from=headline.known_from,
        evidence=headline.evidence,
        scoped=tuple(standing for standing in scoped if standing is not headline),
        next=planned_after(whole, about),
        timeline=stretches((*whole, *(standing for track in tracks for standing in track if standing.scope))),
        history=entries,
    )


def _changes(measure: Measure, known_on: date) -> Iterator[Change]:
    entries = known_entries(measure.history, known_on)
    for scope in (None, *scopes(entries)):
        before = None
        for standing in timeline(entries, scope):
            if standing.scope == scope:
                yield Change(
                    on=standing.since,
                    at_latest=standing.since_at_latest,
                    measure_id=measure.id,
                    name=measure.name,
                    scope=scope,
                    before=before,
                    after=standing.status,
                    known_from=standing.known_from,
                    evidence=standing.evidence,
                )
            before = standing.status
