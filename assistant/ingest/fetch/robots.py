"""robots.txt (RFC 9309), by protego: kept for a day a host."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from assistant.ingest.fetch.limits import PRODUCT

MAX_ROBOTS_BYTES = 512 * 1024
KEPT_SECONDS = 24 * 3600.0
# Hours of "no" for a server that had one bad moment would be our fault, not its wish.
KEPT_SECONDS_AFTER_FAILURE = 60.0

ReadRobots = Callable[[str], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host asks of us; ``rules`` is None when its robots.txt could not be had, which forbids all."""

    rules: Protego | None
    until: float

    def allow(self, url: str) -> bool:
        """Whether the page may be read."""
        return self.rules is not None and self.rules.can_fetch(url, PRODUCT)

    @property
    def crawl_delay(self) -> float:
        """Seconds between two pages that the host asks for."""
        return float((self.rules and self.rules.crawl_delay(PRODUCT)) or 0.0)


class RobotsBook:
    """The rules of every host asked so far."""

    def __init__(self) -> None:
        self._known: dict[str, Rules] = {}

    def rules(self, url: str, read: ReadRobots) -> Rules:
        """The rules for a page; ``read`` fetches a robots.txt: its status (500 when there is none) and bytes."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        known = self._known.get(origin)
        if known is None or known.until < time.monotonic():
            # A host that does not answer is not asked again for each of its pages.
            self._known[origin] = _rules(500, b"")
            known = self._known[origin] = _rules(*read(f"{origin}/robots.txt"))
        return known


def _rules(status: int, content: bytes) -> Rules:
    now = time.monotonic()
    if status >= 500 or status == 429:
        return Rules(None, now + KEPT_SECONDS_AFTER_FAILURE)
    text = content.decode("utf-8", "replace") if status == 200 else ""
    return Rules(Protego.parse(text), now + KEPT_SECONDS)
