"""From what was decided to what held when.

The entries of a history stand in the order in which they were decided. Each one holds from its first
day on and sets aside whatever was planned for later: a rule announced for 1 December and suspended on
7 November never came into force. Past an entry's ``until``, what holds is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.dates import first_day, last_day
from assistant.measures.types import Evidence, HistoryEntry, Standing, Stretch


@dataclass(frozen=True, slots=True)
class _Laid:
    start: date
    standing: Standing


def known_entries(history: Iterable[HistoryEntry], known_on: date) -> tuple[HistoryEntry, ...]:
    """The entries known on a day, each with the evidence known then.

    An entry whose evidence is all missing has no day of its own: it counts as known from its first day
    and keeps what is missing, to be seen.
    """
    known = []
    for entry in history:
        first_known = last_day(entry.known_from) if entry.known_from else first_day(entry.from_)
        if first_known <= known_on:
            told = tuple(one for one in entry.evidence if one.known_from and last_day(one.known_from) <= known_on)
            known.append(replace(entry, evidence=told or entry.evidence))
    return tuple(known)


def timeline(entries: Sequence[HistoryEntry], scope: str | None) -> tuple[Standing, ...]:
    """What held in order of time for one scope, None for the whole measure; stretches touch.

    An entry about the whole measure holds for every scope of it.
    """
    laid: list[_Laid] = []
    for entry in entries:
        if entry.scope not in (None, scope):
            continue
        start = first_day(entry.from_)
        laid = [one for one in laid if one.start < start]
        before = laid[-1].standing if laid else None
        laid.append(_Laid(start, _standing(entry, before)))
        if entry.until is not None and laid[-1].standing.status != "unknown":
            laid.append(_unknown_after(entry))
    return tuple(_closed(laid))


def scopes(entries: Iterable[HistoryEntry]) -> tuple[str, ...]:
    """The scopes that the entries name, in order, each once."""
    return tuple(dict.fromkeys(entry.scope for entry in entries if entry.scope is not None))


def standing_on(standings: Sequence[Standing], day: date) -> Standing | None:
    """What held on a day, ``since`` counted back over renewals of the same status; None before the first."""
    begun = [standing for standing in standings if first_day(standing.since) <= day]
    if not begun:
        return None
    now = begun.pop()
    first = now
    while begun and begun[-1].status == now.status and begun[-1].scope == now.scope:
        first = begun.pop()
    return replace(now, since=first.since, since_at_latest=first.since_at_latest)


def planned_after(standings: Sequence[Standing], day: date) -> Standing | None:
    """The next status known to be due after a day, None when there is none."""
    due = (one for one in standings if first_day(one.since) > day and one.status != "unknown")
    return next(due, None)


def stretches(standings: Iterable[Standing]) -> tuple[Stretch, ...]:
    """The same without evidence."""
    return tuple(Stretch(one.status, one.since, one.since_at_latest, one.until, one.scope) for one in standings)


def _standing(entry: HistoryEntry, before: Standing | None) -> Standing:
    """The status an entry brings; without evidence found, only that something was decided."""
    told = _told(entry)
    standing = Standing(
        entry.status, entry.from_, entry.from_at_latest, entry.until, None, None, entry.scope, entry.known_from, told
    )
    if told and entry.status != "unknown":
        return standing
    last_status = before.status if before else None
    unknown_after = _previous(entry.from_) if before else None
    if before and before.status == "unknown":
        last_status, unknown_after = before.last_status, before.unknown_after
    return replace(standing, status="unknown", until=None, last_status=last_status, unknown_after=unknown_after)


def _unknown_after(entry: HistoryEntry) -> _Laid:
    assert entry.until is not None
    since = _following(entry.until)
    told = _told(entry)
    standing = Standing("unknown", since, False, None, entry.status, entry.until, entry.scope, entry.known_from, told)
    return _Laid(first_day(since), standing)


def _closed(laid: Sequence[_Laid]) -> Iterator[Standing]:
    """Each standing with the last day that its follower leaves it."""
    for index, one in enumerate(laid):
        if index + 1 == len(laid):
            yield one.standing
        else:
            yield replace(one.standing, until=_previous(laid[index + 1].standing.since))


def _told(entry: HistoryEntry) -> tuple[Evidence, ...]:
    return tuple(one for one in entry.evidence if not one.missing)


def _previous(iso: str) -> str:
    """The day, month or year before, in the same precision."""
    return (first_day(iso) - timedelta(days=1)).isoformat()[: len(iso)]


def _following(iso: str) -> str:
    return (last_day(iso) + timedelta(days=1)).isoformat()[: len(iso)]
