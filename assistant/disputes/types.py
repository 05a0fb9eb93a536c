"""What the list of disputes is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """A sentence of an article, word for word, that gives a value."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class DisputedValue:
    """One side of a dispute: its words as the first account has them, and every account of it, the best first."""

    value: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point in dispute.

    Attributes:
        about: the point in neutral words, without a value.
        asked: ways in which people ask for just this.
        values: two or more, in no order of merit.
    """

    id: str
    about: str
    asked: tuple[str, ...]
    values: tuple[DisputedValue, ...]

    @property
    def quotes(self) -> frozenset[tuple[str, str]]:
        """Article and words of every account."""
        return frozenset((one.article, one.quote) for value in self.values for one in value.accounts)
