"""What the program says of the corpus and the dates; never a claim about the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.answer.untold import Untold
from assistant.answer.values.value import ValueKind
from assistant.dates import last_day, spoken
from assistant.types import Citation, Notice, Period, RegisterStanding

OLD_EVIDENCE_DAYS = 90
OLD_CORPUS_DAYS = 30
MOST_NAMED = 2
_KIND_WORDS: Mapping[ValueKind, str] = {
    "money": "a sum of money", "share": "a share", "weight": "a weight", "date": "a date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeInputs:
    """What notices are made from; dates are ISO 8601."""

    as_of: str
    current_to: str | None
    newest_evidence_on: str | None
    declined: bool
    articles: int
    dropped_hits: int
    cited: tuple[Citation, ...]
    standings: tuple[RegisterStanding, ...] = ()
    period: Period | None = None
    register_unquoted: int = 0
    untold: Untold | None = None


def notices_of(inputs: NoticeInputs) -> tuple[Notice, ...]:
    """The notices of one answer, most important first."""
    return (
        *_searched(inputs),
        *_not_told(inputs.untold),
        *_unknown_after(inputs),
        *_register_unquoted(inputs),
        *_corpus_age(inputs),
        *_evidence_age(inputs),
        *_inferred(inputs),
        *_dropped(inputs),
    )


def _searched(inputs: NoticeInputs) -> Iterator[Notice]:
    if inputs.declined:
        yield Notice(
            "searched",
            f"Searched {inputs.articles} articles as known on {spoken(inputs.as_of)}; no sentence answers this. "
            "The nearest passages are shown, not as an answer.",
            {"articles": inputs.articles, "as_of": inputs.as_of},
        )


def _not_told(untold: Untold | None) -> Iterator[Notice]:
    if untold is None:
        return
    if untold.names:
        names = ", ".join(untold.names)
        yield Notice("not_named", f"No sentence quoted names {names}.", {"names": names})
    for day in untold.times:
        yield Notice("time_not_told", f"No sentence quoted tells of {spoken(day)}.", {"time": day})
    for kind in untold.kinds:
        yield Notice(f"no_{kind}", f"No sentence quoted gives {_KIND_WORDS[kind]}.", {})


def _unknown_after(inputs: NoticeInputs) -> Iterator[Notice]:
    """What nobody in the corpus tells: how a measure stood after the last day that its sources name."""
    ended: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for standing in inputs.standings:
        if standing.unknown_after is not None and standing.last_status is not None:
            name = f"{standing.name} ({standing.scope})" if standing.scope else standing.name
            ended[(standing.last_status, standing.unknown_after)].append(name)
    for (last_status, day), names in ended.items():
        current = f", current to {spoken(inputs.current_to)}," if inputs.current_to else ""
        yield Notice(
            "unknown_after",
            f"{_listed(names)}: {last_status.replace('_', ' ')} until {spoken(day)}; "
            f"the corpus{current} does not say what followed.",
            {"last_status": last_status, "unknown_after": day, "current_to": inputs.current_to},
        )


def _register_unquoted(inputs: NoticeInputs) -> Iterator[Notice]:
    count = inputs.register_unquoted
    if count:
        more = "one more standing or change" if count == 1 else f"{count} more standings or changes"
        yield Notice(
            "register_unquoted",
            f"The register holds {more} on this than the answer shows; `assistant measures` and /v1/measures list all.",
            {"count": count},
        )


def _listed(names: list[str]) -> str:
    return "; ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} measures of the register"


def _corpus_age(inputs: NoticeInputs) -> Iterator[Notice]:
    if inputs.current_to is None:
        yield Notice("corpus_empty", f"The corpus holds nothing dated up to {spoken(inputs.as_of)}.", {})
        return
    days = _days_between(inputs.current_to, inputs.as_of)
    said = any(standing.unknown_after for standing in inputs.standings)
    if days > OLD_CORPUS_DAYS and not said:
        yield Notice(
            "corpus_age",
            f"The corpus is current to {spoken(inputs.current_to)}; it does not say what followed.",
            {"current_to": inputs.current_to, "days": days},
        )


def _evidence_age(inputs: NoticeInputs) -> Iterator[Notice]:
    if inputs.newest_evidence_on is None or not _about_now(inputs):
        return
    days = _days_between(inputs.newest_evidence_on, inputs.as_of)
    if days > OLD_EVIDENCE_DAYS:
        yield Notice(
            "evidence_age",
            f"The newest evidence is {days} days old ({spoken(inputs.newest_evidence_on)}); things may have changed "
            "since.",
            {"newest_evidence_on": inputs.newest_evidence_on, "days": days},
        )


def _about_now(inputs: NoticeInputs) -> bool:
    """Whether a question is about the day it is asked for: it names no period that had ended by then."""
    period = inputs.period
    return period is None or period.until is None or last_day(period.until) >= last_day(inputs.as_of)


def _inferred(inputs: NoticeInputs) -> Iterator[Notice]:
    numbers = [citation.n for citation in inputs.cited if citation.published_inferred]
    if numbers:
        listed = ", ".join(f"[{number}]" for number in numbers)
        yield Notice(
            "inferred_date",
            f"The date of {listed} is inferred, not printed on the page.",
            {"citations": listed},
        )


def _dropped(inputs: NoticeInputs) -> Iterator[Notice]:
    if inputs.dropped_hits:
        yield Notice(
            "dropped_hits",
            f"{inputs.dropped_hits} passages found were removed from the corpus meanwhile and left out.",
            {"count": inputs.dropped_hits},
        )


def _days_between(earlier: str, later: str) -> int:
    return (last_day(later) - last_day(earlier)).days
