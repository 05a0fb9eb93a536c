"""One page from one address: robots.txt asked, pace kept, redirects followed, everything bounded."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from assistant.errors import BadInputError, SourceError
from assistant.ingest.fetch.addresses import checked_url
from assistant.ingest.fetch.body import ACCEPTED_ENCODINGS, read_body
from assistant.ingest.fetch.content_types import media_type
from assistant.ingest.fetch.limits import FetchLimits
from assistant.ingest.fetch.network import CheckedTransport, Deadline
from assistant.ingest.fetch.pace import Pace, retry_after
from assistant.ingest.fetch.refresh import refresh_target
from assistant.ingest.fetch.robots import MAX_ROBOTS_BYTES, RobotsBook

_ACCEPTED = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
)
_MOVED = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_MOST_RETRIES = 2
_REFUSALS = {
    401: "asks for a login; save the page and add the file",
    403: "refuses programs; save the page and add the file",
    404: "has no such page; check the address",
    410: "says that the page is gone for good; what was read of it before stays until you remove it",
    451: "withholds the page for legal reasons",
}


class GoneError(SourceError):
    """The server says that the page is gone for good (HTTP 410)."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether a page has changed (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """What was read; ``url`` is where the redirects led."""

    url: str
    content: bytes
    content_type: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response with as much of its body as its status is worth."""

    status: int
    headers: httpx.Headers
    content: bytes


class Fetcher:
    """Reads pages; one for a process, since it knows when each host may be asked again.

    Args:
        limits: bounds.
        tls: whom to trust; the usual certificates by default.
        sleep: how to wait.
    """

    def __init__(
        self, limits: FetchLimits, tls: ssl.SSLContext | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.limits = limits
        self._tls = tls
        self._pace = Pace(limits.delay, sleep)
        self._robots = RobotsBook()

    def fetch(self, url: str, known: Validators | None = None) -> Page | None:
        """The page at ``url``; None when it has not changed since ``known`` was given.

        Raises:
            SourceError: it cannot be had, or must not be: the reason and what to do.
        """
        deadline = Deadline(self.limits.seconds)
        for _ in range(self.limits.redirects + 1):
            self._require_allowed(url, deadline)
            answer = self._patiently(url, known.headers() if known else {}, deadline)
            if answer.status == 304 and known:
                return None
            target = _target(url, answer)
            if target is None:
                return _page(url, answer)
            url = target
        raise SourceError(f"more than {self.limits.redirects} redirects, the last to {url!r}; check the address")

    def _require_allowed(self, url: str, deadline: Deadline) -> None:
        try:
            checked_url(url, self.limits.allowed_hosts)
        except BadInputError as error:
            raise SourceError(str(error)) from error
        rules = self._robots.rules(url, lambda robots: self._robots_txt(robots, deadline))
        host = urlsplit(url).netloc.lower()
        if rules.rules is None:
            raise SourceError(
                f"{host!r} does not give its robots.txt, so nothing of it may be read now; try again later"
            )
        if not rules.allow(url):
            raise SourceError(f"robots.txt of {host!r} forbids programs to read it; save the page and add the file")
        self._pace.wait(host, deadline, rules.crawl_delay)

    def _robots_txt(self, url: str, deadline: Deadline) -> tuple[int, bytes]:
        """Status and bytes of a robots.txt. A host that cannot be reached at all is told as such, by raising."""
        for _ in range(self.limits.redirects + 1):
            try:
                checked_url(url, self.limits.allowed_hosts)
            except BadInputError:
                return 500, b""
            answer = self._ask(url, {}, deadline, MAX_ROBOTS_BYTES)
            if answer.status not in _MOVED:
                return answer.status, answer.content
            url = urljoin(url, answer.headers.get("location", ""))
        return 404, b""

    def _patiently(self, url: str, headers: dict[str, str], deadline: Deadline) -> _Answer:
        """The answer; a server that says when to come back is asked again then, if the time allows."""
        host = urlsplit(url).netloc.lower()
        for _ in range(_MOST_RETRIES):
            answer = self._ask(url, headers, deadline, self.limits.max_bytes)
            pause = retry_after(answer.headers.get("retry-after")) if answer.status in _BUSY else None
            if pause is None:
                return answer
            self._pace.hold(host, pause)
            self._pace.wait(host, deadline)
        return self._ask(url, headers, deadline, self.limits.max_bytes)

    def _ask(self, url: str, headers: dict[str, str], deadline: Deadline, max_bytes: int) -> _Answer:
        told = {"User-Agent": self.limits.user_agent, "Accept": _ACCEPTED, "Accept-Encoding": ACCEPTED_ENCODINGS}
        transport = CheckedTransport(self.limits.allowed_hosts, deadline, self._trusted())
        try:
            with (
                httpx.Client(transport=transport, trust_env=False, headers=told | headers) as client,
                client.stream("GET", url) as response,
            ):
                encoding = response.headers.get("content-encoding", "")
                wanted = response.status_code == 200
                content = read_body(response.iter_raw(), encoding, max_bytes) if wanted else b""
                return _Answer(response.status_code, response.headers, content)
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            deadline.step()
            raise SourceError(_network_reason(url, error)) from error
        except (httpx.InvalidURL, httpx.ProtocolError) as error:
            raise SourceError(f"{url!r} cannot be asked for: {error}; check the address") from error

    def _trusted(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls


def _target(url: str, answer: _Answer) -> str | None:
    """Where an answer sends us on to, None when it is the page."""
    if answer.status in _MOVED:
        location = str(answer.headers.get("location", ""))
        if not location:
            raise SourceError(f"redirected without saying where to (HTTP {answer.status}); check the address")
        return urljoin(url, location)
    if answer.status == 200 and "html" in media_type(answer.headers.get("content-type", "")):
        return refresh_target(url, answer.content)
    return None


def _page(url: str, answer: _Answer) -> Page:
    if answer.status != 200:
        refusal = _REFUSALS.get(answer.status, "gave no page; try again later")
        kind = GoneError if answer.status == 410 else SourceError
        raise kind(f"HTTP {answer.status}: the server {refusal}")
    headers = answer.headers
    validators = Validators(headers.get("etag"), headers.get("last-modified"))
    return Page(url, answer.content, headers.get("content-type", ""), validators)


def _network_reason(url: str, error: Exception) -> str:
    host = urlsplit(url).netloc
    if "certificate" in str(error).lower() or "ssl" in str(error).lower():
        return f"no trusted connection to {host!r}: {error}; the page is not read"
    if isinstance(error, httpcore.TimeoutException):
        return f"{host!r} does not answer in time; try again later"
    return f"the connection to {host!r} failed: {error}; try again later"
