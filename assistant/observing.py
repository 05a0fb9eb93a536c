"""Who is told of answers and ingest runs: logs, metrics, traces. One place calls them, whichever door was used."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from assistant.dates import last_day
from assistant.types import Answer, IngestReport

_log = logging.getLogger("assistant.observing")
# Some timings cover others.
_WHOLE = frozenset({"total"})


@dataclass(frozen=True, slots=True)
class CurrentRequest:
    """The request that this thread or task works for; ``traceparent`` is the caller's trace, as it was sent."""

    id: str
    traceparent: str | None = None


current_request: ContextVar[CurrentRequest | None] = ContextVar("current_request", default=None)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the moment it was done, in nanoseconds since 1970."""

    answer: Answer
    ended_ns: int

    @property
    def stages(self) -> tuple[tuple[str, float], ...]:
        """Name and seconds of each stage, one after the other."""
        timings = self.answer.timings_ms.items()
        return tuple((name, milliseconds / 1000) for name, milliseconds in timings if name not in _WHOLE)

    @property
    def seconds(self) -> float:
        """All stages together."""
        return sum(seconds for _, seconds in self.stages)

    @property
    def evidence_age_days(self) -> int | None:
        """Days from the newest evidence to the day of the answer; None without dated evidence."""
        newest = self.answer.newest_evidence_on
        return None if newest is None else (last_day(self.answer.as_of) - last_day(newest)).days


class Observer(Protocol):
    """What is told as it happens, in the thread in which it happened."""

    def answered(self, answered: Answered) -> None:
        """An answer was given, declined ones included."""
        ...

    def ingested(self, report: IngestReport) -> None:
        """An ingest run ended."""
        ...

    def flush(self) -> None:
        """The process may end soon: hand on what is kept."""
        ...


class Observers:
    """Tells every observer; one that fails is logged, and hinders neither the others nor the answer."""

    def __init__(self, observers: Iterable[Observer] = ()) -> None:
        self._observers = list(observers)

    def add(self, observer: Observer) -> None:
        """Tell this one too, from now on."""
        self._observers.append(observer)

    def answered(self, answer: Answer) -> None:
        """Tell of an answer that is done."""
        done = Answered(answer, time.time_ns())
        self._tell(lambda observer: observer.answered(done))

    def ingested(self, report: IngestReport) -> None:
        """Tell of an ingest run that is done."""
        self._tell(lambda observer: observer.ingested(report))

    def flush(self) -> None:
        """Have them hand on what they keep."""
        self._tell(lambda observer: observer.flush())

    def _tell(self, tell: Callable[[Observer], None]) -> None:
        for observer in self._observers:
            try:
                tell(observer)
            except Exception:
                _log.exception("%s could not take note", type(observer).__name__)
