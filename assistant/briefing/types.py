"""The nouns of a briefing; ``citations`` everywhere hold numbers of ``Briefing.citations``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.measures.types import Stretch
from assistant.types import Citation, Conflict, Filters, RegisterChange, RegisterStanding

BriefingStatus = Literal["answered", "declined"]
OpenReason = Literal["unknown_after", "unanswered"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article, word for word; ``figures`` are the amounts in it, as it words them."""

    text: str
    citations: tuple[int, ...]
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefedMeasure:
    """A measure that the topic touches: where it stands, and the stretches of time to draw."""

    id: str
    name: str
    issuer: str
    standings: tuple[RegisterStanding, ...]
    timeline: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the corpus does not tell.

    ``reason``: a measure's status is unknown after its last known day (``measure`` is its id); a question on the topic
    was put and declined, or answered beside it.
    """

    text: str
    reason: OpenReason
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the corpus and the register hold on a topic, as known on ``as_of``.

    Every statement is a quote, every standing and change rests on one. Declined when there is none.

    Attributes:
        filters: what it was allowed to use.
        what_it_is: sentences that have the topic as their subject and say what it is, has, covers or does.
        conflicts: values that sources give differently; none is chosen.
        recent_since: first day of the last ``RECENT_DAYS`` of the corpus; None for an empty corpus.
        changes: all known changes of the measures, oldest first; ``recent_changes`` are those since ``recent_since``.
        left_out: measures, standings and changes not shown, for want of room or of a sentence that shows them.
    """

    topic: str
    status: BriefingStatus
    as_of: str
    filters: Filters
    corpus_current_to: str | None
    recent_since: str | None
    what_it_is: tuple[Statement, ...]
    measures: tuple[BriefedMeasure, ...]
    changes: tuple[RegisterChange, ...]
    figures: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...]
    voices: tuple[Statement, ...]
    recent: tuple[Statement, ...]
    recent_changes: tuple[RegisterChange, ...]
    open_questions: tuple[OpenQuestion, ...]
    citations: tuple[Citation, ...]
    newest_evidence_on: str | None
    independent_sources: int
    left_out: int
    corpus_digest: str
    fingerprint: str
