"""Values that a sentence tells and the question does not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answer.values.counts import answering_counts
from assistant.answer.values.quantities import quantities
from assistant.answer.values.told_dates import date_values
from assistant.answer.values.value import QUANTITIES, Value, ValueKind

_ASKS_CHANGE = re.compile(
    r"\b(?:change|grow\w*|fall|fell|rise|rose|drop\w*|increase\w*|decrease\w*|down|up|beat|exceed\w*|shr[aiu]nk|gain\w*|"
    r"lost|lose|climb\w*|jump\w*|by what percent(?:age)?|by how (?:much|many)|"
    r"how much (?:more|less|higher|lower|extra|dearer|cheaper))\b",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:one|several|many|few|most|both|pair|couple|dozens?|hundreds?|thousands?)\b", re.IGNORECASE)


def find_values(
    text: str, kinds: frozenset[ValueKind], question: str, *, every_count: bool = False, likewise: bool = False
) -> tuple[Value, ...]:
    """The values of these kinds in ``text`` that the question does not hold itself, in order of place.

    Left out: changes ("11.9% more") unless a change is asked for, numbers that only name something
    ("Section 232"), the dates of the reports that are quoted, and numbers that do not stand beside what is
    counted; with ``every_count`` those count too that name nothing else, written like one that does, and with
    ``likewise`` those beside a word that may stand for what is counted.
    """
    found = [*quantities(text, kinds, bool(_ASKS_CHANGE.search(question)))]
    if "date" in kinds:
        found += date_values(text)
    if not found:
        return ()
    held = _of_question(question, kinds)
    counts = answering_counts(text, found, question, every_count=every_count, likewise=likewise)
    kept = (one for one in found if not _held(one, held) and (one.kind != "count" or one in counts))
    return tuple(sorted(kept, key=lambda value: value.start))


def holds_count(text: str, question: str) -> bool:
    """Whether a text has a number that may count something, in digits or in words, and is not in the question."""
    held = _of_question(question, QUANTITIES)
    found = (value for value in quantities(text, QUANTITIES, True) if value.kind == "count")
    return any(not _held(value, held) for value in found) or bool(_SOME.search(text))


@lru_cache(maxsize=256)  # one question is held against each of its sentences
def _of_question(question: str, kinds: frozenset[ValueKind]) -> tuple[Value, ...]:
    return (*quantities(question, kinds, True), *date_values(question))


def _held(value: Value, held: Sequence[Value]) -> bool:
    return any(value.comparable(one) and (value.low, value.high) == (one.low, one.high) for one in held)
