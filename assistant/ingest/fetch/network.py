"""The way to the network: connect only to addresses that were checked, and stop when the time is up.

The name is resolved and checked where the connection is made, and the connection goes to the checked
address itself, so that no second answer of the DNS can lead elsewhere. Host header, SNI and the check
of the certificate keep the name.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from assistant.errors import SourceError
from assistant.ingest.fetch.addresses import checked_addresses

_STEP_SECONDS = 15.0


class Deadline:
    """The moment by which a page must be there, whatever redirects and waits it takes."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; negative when the time is up."""
        return self._end - time.monotonic()

    def step(self, timeout: float | None = None) -> float:
        """Seconds that one step on the network may take. Raises SourceError when the time is up."""
        left = self.left()
        if left <= 0:
            raise SourceError(
                f"took longer than {self.seconds:g} s; try again later, or save the page and add the file"
            )
        return min(left, timeout or _STEP_SECONDS)


class _TimedStream(httpcore.NetworkStream):
    """A stream on which a server cannot win time by sending one byte now and then."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.step(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.step(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        step = self._deadline.step(timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, step), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _CheckedBackend(httpcore.NetworkBackend):
    def __init__(self, allowed_hosts: frozenset[str], deadline: Deadline) -> None:
        self._allowed_hosts = allowed_hosts
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in checked_addresses(host, port, self._allowed_hosts):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.step(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"no address of {host!r} answers")


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


class CheckedTransport(httpx.BaseTransport):
    """An httpx transport for one page: no proxy, no pooling beyond it, only checked addresses.

    Raises (while in use):
        SourceError: the address is not to be fetched, or the time is up.
    """

    def __init__(self, allowed_hosts: frozenset[str], deadline: Deadline, tls: ssl.SSLContext) -> None:
        self._deadline = deadline
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, network_backend=_CheckedBackend(allowed_hosts, deadline), http1=True
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body is read by whoever takes the response."""
        step = self._deadline.step()
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), step)
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions={"timeout": timeouts},
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
