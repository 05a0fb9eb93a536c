"""Conflict: sources that give different values for one thing. Every value is shown, none is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.quotes import Quote
from assistant.answer.rewrite import Standalone
from assistant.terms import TermAnalyzer


@dataclass(frozen=True, slots=True)
class ValueSupport:
    """One value, as its best source words it, and a quote from each article that gives it, the best first."""

    value: str
    quotes: tuple[Quote, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Different values for one thing (``about``), the best supported first."""

    about: str
    values: tuple[ValueSupport, ...]


def find_disagreements(
    question: Standalone, quotes: Sequence[Quote], analyzer: TermAnalyzer
) -> tuple[Disagreement, ...]:
    """The disagreements among ``quotes``, which are the relevant sentences of the evidence, best first."""
    return ()
