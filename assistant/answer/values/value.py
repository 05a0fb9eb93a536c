"""A value: a number with its unit, a date or a count, and when two of them agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ValueKind = Literal["money", "share", "weight", "count", "date"]
QUANTITIES: frozenset[ValueKind] = frozenset({"money", "share", "weight", "count"})
_BOUNDS = {
    "least": re.compile(r"more than|over|above|at least", re.IGNORECASE),
    "most": re.compile(r"less than|under|below|up to", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as ``text[start:end]`` words it.

    Attributes:
        kind: what is measured.
        unit: "kg", "%", a currency; empty for counts and dates.
        low: the amount in ``unit``, or the lower end of a range.
        high: the upper end of a range, else ``low``.
        tolerance: how far another wording may lie and still be the same amount, rounded.

    A date is measured in days since the year 1, from the first to the last that it can mean.
    """

    kind: ValueKind
    unit: str
    low: float
    high: float
    tolerance: float
    words: str
    start: int
    end: int

    def comparable(self, other: Value) -> bool:
        """Whether the two measure the same kind of thing in units that convert."""
        return self.kind == other.kind and self.unit == other.unit

    def agrees(self, other: Value) -> bool:
        """Whether both can be the same: rounded, converted, given more exactly, or ranges that meet."""
        if not self.comparable(other):
            return False
        if self.kind == "date":
            return self._holds(other) or other._holds(self)
        gap = max(self.low, other.low) - min(self.high, other.high)
        return gap <= 0 or gap < max(self.tolerance, other.tolerance)

    def is_exactly(self, other: Value) -> bool:
        """Whether a sentence with one carries a sentence with the other: no rounder, no coarser, no other bound."""
        same = self.comparable(other) and (self.low, self.high) == (other.low, other.high)
        return same and _bound(self.words) == _bound(other.words)

    def _holds(self, other: Value) -> bool:
        return self.low <= other.low and other.high <= self.high


def _bound(words: str) -> str:
    return next((end for end, pattern in _BOUNDS.items() if pattern.match(words)), "")
