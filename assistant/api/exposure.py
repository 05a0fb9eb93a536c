"""How far a server can be reached, and what follows from it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from assistant.settings import Settings

LOOPBACK = "127.0.0.1"
# A question on the page takes about four requests.
DEFAULT_RATE = "120/minute"
NO_LIMIT = "none"
THIS_MACHINE = frozenset({LOOPBACK, "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a server answers, by where it is reached.

    Attributes:
        public: others than this machine reach it: a key is needed.
        hosts: names answered as ``Host``, in lower case, without port, IPv6 in brackets.
        uploads: articles may be added.
        rate: most requests of one caller, ``120/minute``; None for no limit.
    """

    public: bool
    hosts: frozenset[str]
    uploads: bool
    rate: str | None

    def answers(self, name: str) -> bool:
        """Whether requests for a host are answered.

        In public that is any IP address too: nobody's DNS can point one at this server.
        """
        return name in self.hosts or (self.public and _address(name) is not None)


def exposure(settings: Settings, bound_to: str) -> Exposure:
    """The exposure of a server whose socket is bound to the address ``bound_to``.

    A host of the settings beyond this machine's own names makes it public too: then a proxy leads others here.
    """
    named = frozenset(host.lower() for host in settings.allowed_hosts)
    public = not is_loopback(bound_to) or not named <= THIS_MACHINE
    hosts = THIS_MACHINE | named | {_bracketed(settings.host.lower())}
    rate = settings.rate_limit or (DEFAULT_RATE if public else NO_LIMIT)
    return Exposure(
        public, hosts, uploads=settings.public_uploads or not public, rate=None if rate == NO_LIMIT else rate
    )


def is_loopback(address: str) -> bool:
    """Whether an IP address is one that only this machine reaches; False for what is no IP address."""
    found = _address(address)
    return found is not None and found.is_loopback


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    bracketed = text.startswith("[") and text.endswith("]")
    try:
        return ipaddress.ip_address(text[1:-1] if bracketed else text)
    except ValueError:
        return None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
