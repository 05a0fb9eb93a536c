"""What the register tells on a topic: which measures it touches, where they stand, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer.register_changes import ToldChange, told_change
from assistant.answer.register_standings import told_standings
from assistant.briefing.quoting import Quoting
from assistant.briefing.topic import Topic
from assistant.briefing.types import BriefedMeasure
from assistant.measures.coverage import Item, is_covered
from assistant.measures.register import Register
from assistant.measures.types import MeasureStatus
from assistant.types import RegisterChange

MAX_MEASURES = 8
MAX_CHANGES = 24
_ENDED = frozenset({"lapsed", "repealed", "superseded"})


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """Measures with their standings and changes, each with its quote; ``left_out`` counts what is not shown."""

    measures: tuple[BriefedMeasure, ...] = ()
    changes: tuple[RegisterChange, ...] = ()
    left_out: int = 0


def register_part(register: Register, topic: Topic, as_of: date, quoting: Quoting) -> RegisterPart:
    """What the register knew on ``as_of`` of the measures that the topic touches."""
    touched = measures_of(register, topic, as_of)
    kept = touched[:MAX_MEASURES]
    measures = [_briefed(status, as_of, quoting) for status in kept]
    shown = [one for one in measures if one.standings]
    ids = {one.id for one in shown}
    changes = [
        told_change(change)
        for change in register.changes(date.min, as_of, as_of)
        if change.measure_id in ids and change.after != "unknown"
    ]
    quoted = tuple(_quoted(changes[-MAX_CHANGES:], quoting))
    left_out = len(touched) - len(shown) + len(changes) - len(quoted)
    return RegisterPart(tuple(shown), quoted, left_out)


def measures_of(register: Register, topic: Topic, as_of: date) -> tuple[MeasureStatus, ...]:
    """The measures that the topic names; else those whose description holds all of it, or that name its elements.

    Those that hold, or may, come before those that have ended.
    """
    named = {measure.id for measure in register.find(topic.text)}
    covering = set() if named else set(_covering(register, topic, as_of))
    found = [
        status
        for status in register.as_of(as_of)
        if (status.id in named if named else status.id in covering or _describes(status, topic))
    ]
    return tuple(sorted(found, key=lambda status: status.status in _ENDED))


def _covering(register: Register, topic: Topic, as_of: date) -> Iterator[str]:
    """Measures that name one of its elements; nearly everything touches "rare earths"."""
    for element in topic.elements:
        for covering in is_covered(register, Item(element), as_of).measures:
            if element in covering.measure.covers.elements:
                yield covering.measure.id


def _describes(status: MeasureStatus, topic: Topic) -> bool:
    covers = status.covers
    texts = (status.name, *status.aliases, *covers.forms, *covers.elements)
    return topic.is_named_by(*texts) and any(topic.stands_together(text) for text in texts)


def _briefed(status: MeasureStatus, as_of: date, quoting: Quoting) -> BriefedMeasure:
    standings = [
        replace(told.standing, citations=numbers)
        for told in told_standings(status, as_of)
        if (numbers := quoting.show(told.evidence))
    ]
    return BriefedMeasure(status.id, status.name, status.issuer, tuple(standings), status.timeline)


def _quoted(changes: Iterable[ToldChange], quoting: Quoting) -> Iterator[RegisterChange]:
    for told in changes:
        if numbers := quoting.show(told.evidence):
            yield replace(told.change, citations=numbers)
