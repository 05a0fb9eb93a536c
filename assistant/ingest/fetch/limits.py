"""What a fetch may cost, and how it introduces itself."""

from __future__ import annotations

from dataclasses import dataclass

PRODUCT = "RareEarthBrief"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of every fetch.

    Attributes:
        allowed_hosts: ``host`` or ``host:port`` names that may be private or on an odd port, in lower case.
        max_bytes: size of a page once decompressed.
        seconds: time for one page with its redirects and waits.
        redirects: hops that are followed.
        delay: seconds between two requests to one host.
        entries: pages taken from one feed or sitemap, newest first.
        contact: how a publisher reaches whoever runs this, sent with every request; empty says nothing.
    """

    allowed_hosts: frozenset[str] = frozenset()
    max_bytes: int = 20 * 1024 * 1024
    seconds: float = 60.0
    redirects: int = 5
    delay: float = 1.0
    entries: int = 500
    contact: str = ""

    @property
    def user_agent(self) -> str:
        """The User-Agent header: who we are, never a browser's name."""
        told = "; ".join(part for part in ("news reader", self.contact) if part)
        return f"{PRODUCT}/0.1 ({told})"
