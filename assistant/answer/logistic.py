"""The logistic function, safe for any input."""

from __future__ import annotations

import math

FARTHEST = 30.0


def logistic(value: float) -> float:
    """From log-odds to a probability; beyond ``FARTHEST`` nothing changes any more."""
    return 1.0 / (1.0 + math.exp(-max(-FARTHEST, min(FARTHEST, value))))
