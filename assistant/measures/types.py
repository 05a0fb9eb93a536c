"""The nouns of the register: measures, their history, and where they stand on a day.

Dates are ISO 8601 strings in the precision their sources give ("2025-06-12", "2025-06", "2025"); a
partial date that starts something means its first day, one that ends something its last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types import WIRE_NAMES

MeasureState = Literal["announced", "in_force", "suspended", "lapsed", "repealed", "superseded", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that shows a status.

    Attributes:
        article: the article's id.
        quote: the sentence, word for word.
        missing: no such article in the catalog, one that no longer says so, or a note of ours, which is
            evidence of nothing; never to be cited.
        start, end: code points, ``article.text[start:end] == quote``; None when missing.
        known_from: when the article appeared; None when missing.
    """

    article: str
    quote: str
    missing: bool = True
    start: int | None = None
    end: int | None = None
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One decided status: from when, until when (inclusive), for whom or what.

    Attributes:
        from_at_latest: the sources say that it held by ``from_``, not when it began.
        known_from: earliest day of its evidence; None when no evidence was found.
        scope: None means the whole measure.
    """

    __pydantic_config__ = WIRE_NAMES

    status: MeasureState
    from_: str
    until: str | None
    from_at_latest: bool
    known_from: str | None
    scope: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Covers:
    """What a measure is about; empty means that the sources name nothing of the kind.

    Attributes:
        elements: names in lower case; "rare earths" stands for all 17.
        destinations: two-letter codes, "EU", or "all"; none when nothing is to cross a border.
    """

    elements: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    control_codes: tuple[str, ...] = ()
    customs_codes: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One control or counter-measure; ``history`` is in the order in which things were decided."""

    id: str
    name: str
    aliases: tuple[str, ...]
    issuer: str
    instrument: str | None
    summary: str
    covers: Covers
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a measure, or of one scope of it, on a day.

    Attributes:
        since: when the status began; for ``unknown``, the first day nobody tells of.
        until: its last day, when known.
        last_status, unknown_after: only for ``unknown``: what held before, and its last known day.
    """

    status: MeasureState
    since: str
    since_at_latest: bool
    until: str | None
    last_status: MeasureState | None
    unknown_after: str | None
    scope: str | None
    known_from: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in which one status held, or was due to; made for drawing."""

    __pydantic_config__ = WIRE_NAMES

    status: MeasureState
    from_: str
    from_at_latest: bool
    until: str | None
    scope: str | None


@dataclass(frozen=True, slots=True)
class MeasureStatus:
    """A measure and where it stands on a day, as known then; ``assistant.wire`` gives its public JSON.

    Attributes:
        history: the entries known then, each with the evidence known then.
        scoped: scopes that stand apart from the status of the whole.
        next: the next change of the whole that was known then to be due.
        timeline: the whole measure's statuses in order of time, as known then, with those that plans
            never reached left out; then each scope's.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    issuer: str
    instrument: str | None
    summary: str
    covers: Covers
    status: MeasureState
    since: str
    since_at_latest: bool
    until: str | None
    last_status: MeasureState | None
    unknown_after: str | None
    scope: str | None
    known_from: str | None
    evidence: tuple[Evidence, ...]
    scoped: tuple[Standing, ...]
    next: Standing | None
    timeline: tuple[Stretch, ...]
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure, or one scope of it, passed from ``before`` (None: nothing yet) to ``after`` on day ``on``.

    ``at_latest``: the sources tell that it had happened by then, not when.
    """

    on: str
    at_latest: bool
    measure_id: str
    name: str
    scope: str | None
    before: MeasureState | None
    after: MeasureState
    known_from: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a register file, for people to mend."""

    file: str
    line: int
    text: str
