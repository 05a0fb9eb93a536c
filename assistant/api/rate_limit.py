"""How often one caller may ask: a moving window in the memory of this process."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class RateLimit:
    """Counts requests by caller.

    Args:
        rate: number and time, ``120/minute``.
    """

    def __init__(self, rate: str) -> None:
        self.rate = rate
        self._limit = parse(rate)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, caller: str) -> int:
        """Count a request of a caller: 0 when it may pass, else the seconds until one may."""
        if self._window.hit(self._limit, caller):
            return 0
        return max(1, math.ceil(self._window.get_window_stats(self._limit, caller).reset_time - time.time()))
