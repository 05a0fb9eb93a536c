"""A claim: a value that a quote gives, with what else its sentence ties it to."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer.claims.accounts import tells_dispute
from assistant.answer.quotes import Quote
from assistant.answer.values.value import Value


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that a quote gives for what was asked.

    Attributes:
        times: times of what is told that the question does not name.
        things: elements, places and instruments that the question does not name.
        measures: words for what is measured that the question does not hold ("quota", "monthly").
        shared: the question's own terms, times aside, that sentence and title hold.
        contrasted: the sentence itself sets accounts against each other.
    """

    quote: Quote
    value: Value
    times: frozenset[str]
    things: frozenset[str]
    measures: frozenset[str]
    shared: frozenset[str]
    contrasted: bool

    @property
    def disputed(self) -> bool:
        """Whether the sentence says openly that accounts differ."""
        return self.contrasted and tells_dispute(self.quote.text)
