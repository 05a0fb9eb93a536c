"""How many of how many, with an interval that means something at 0 and at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``n``."""

    count: int
    n: int

    @classmethod
    def of(cls, held: Sequence[bool]) -> Self:
        """The share of true values."""
        return cls(sum(held), len(held))

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % score interval (Wilson 1927), cases taken as independent; None of nothing.

        A bootstrap of nothing but zeros has no width.
        """
        if not self.n:
            return None
        share, weight = self.count / self.n, Z_95**2 / self.n
        middle = share + weight / 2
        half = math.sqrt(weight * share * (1 - share) + weight**2 / 4)
        return max(0.0, (middle - half) / (1 + weight)), min(1.0, (middle + half) / (1 + weight))

    def told(self) -> str:
        """For a table: "3 of 200 = 0.015 (0.005 to 0.043)"."""
        if self.value is None or self.interval is None:
            return "none of none"
        low, high = self.interval
        return f"{self.count} of {self.n} = {self.value:.3f} ({low:.3f} to {high:.3f})"

    def row(self) -> dict[str, float | int | None]:
        """For a JSON file."""
        low, high = self.interval or (None, None)
        return {"count": self.count, "n": self.n, "value": self.value, "low": low, "high": high}
