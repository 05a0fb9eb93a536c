"""How often a host is asked: a pause between requests, and as long as it asks for itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from assistant.errors import SourceError
from assistant.ingest.fetch.network import Deadline


class Pace:
    """When each host may be asked next; one for all fetches of a process."""

    def __init__(self, delay: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._delay = delay
        self._sleep = sleep
        self._next: dict[str, float] = {}

    def wait(self, host: str, deadline: Deadline, crawl_delay: float = 0.0) -> None:
        """Wait for the host's turn. Raises SourceError when it lies beyond the deadline."""
        pause = self._next.get(host, 0.0) - time.monotonic()
        if pause > deadline.left():
            raise SourceError(f"{host!r} asks to wait {pause:.0f} s, longer than a page may take; try again after that")
        if pause > 0:
            self._sleep(pause)
        self._next[host] = time.monotonic() + max(self._delay, crawl_delay)

    def hold(self, host: str, seconds: float) -> None:
        """Ask the host nothing for so many seconds."""
        self._next[host] = time.monotonic() + seconds


def retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3); None when there is none to be read."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
