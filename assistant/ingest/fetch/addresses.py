"""Which addresses may be fetched: http and https, ordinary ports, the public internet.

The names of private and special ranges are those of the IANA registries (RFC 6890), as Python's
``ipaddress`` knows them; ranges that carry an IPv4 address inside an IPv6 one are refused whole,
since they lead wherever a gateway takes them.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from assistant.errors import BadInputError, SourceError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_CARRIERS = tuple(
    ipaddress.IPv6Network(network)
    for network in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32",
                    "2002::/16")
)  # fmt: skip
SETTING = "ASSISTANT_FETCH_ALLOWED_HOSTS"
MAX_URL_LENGTH = 2_000


def checked_url(url: str, allowed_hosts: frozenset[str]) -> str:
    """``url`` when its form may be fetched; where its host leads is only known once it is resolved.

    Raises:
        BadInputError: another scheme, a user name or password, an odd port, a private address as host.
    """
    parts = _split(url)
    if parts.scheme.lower() not in _PORTS:
        raise BadInputError(f"cannot fetch {url!r}: only http and https addresses are read; give one of them")
    if parts.username is not None or parts.password is not None:
        raise BadInputError(f"the address of {parts.hostname!r} holds a user name or password; leave it out")
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme.lower()]
    if port not in _PORTS.values() and f"{host}:{port}" not in allowed_hosts:
        raise BadInputError(
            f"cannot fetch {url!r}: port {port} is not 80 or 443; allow it with {SETTING}='[\"{host}:{port}\"]'"
        )
    literal = _literal(host)
    if literal is not None and not is_public(literal) and not is_named(host, port, allowed_hosts):
        raise BadInputError(f"cannot fetch {url!r}: {_not_public(host)}")
    return url


def checked_addresses(host: str, port: int, allowed_hosts: frozenset[str]) -> tuple[str, ...]:
    """The IP addresses of ``host`` that may be connected to, in the resolver's order.

    Raises:
        SourceError: the name is not known, or leads only into private or special networks.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"no such host {host!r}; check the address and the network") from error
    addresses = dict.fromkeys(str(entry[4][0]) for entry in found)
    if is_named(host, port, allowed_hosts):
        return tuple(addresses)
    public = tuple(address for address in addresses if is_public(ipaddress.ip_address(address)))
    if not public:
        raise SourceError(_not_public(host))
    return public


def is_public(address: IpAddress) -> bool:
    """Whether an address is one of the open internet."""
    if isinstance(address, ipaddress.IPv6Address) and (
        address.is_site_local or any(address in network for network in _CARRIERS)
    ):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def is_named(host: str, port: int, allowed_hosts: frozenset[str]) -> bool:
    """Whether the setting names a host: alone for the ordinary ports, or with this port."""
    host = host.lower().strip("[]")
    return f"{host}:{port}" in allowed_hosts or (host in allowed_hosts and port in _PORTS.values())


def _split(url: str) -> SplitResult:
    if len(url) > MAX_URL_LENGTH or any(character.isspace() or ord(character) < 32 for character in url):
        raise BadInputError(f"{url[:100]!r} is no address of a page: too long, or with blanks in it; correct it")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise BadInputError(f"{url!r} is no address of a page: {error}; correct it") from error
    if parts.scheme.lower() in _PORTS and not parts.hostname:
        raise BadInputError(f"{url!r} names no host; write it as https://example.org/page")
    return parts


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _not_public(host: str) -> str:
    return (
        f"{host!r} is in a private, local or special network, which is not fetched; "
        f"allow a host of your own with {SETTING}='[\"{host}\"]'"
    )
