"""What every request passes first: who it says it is for, where it comes from, how large it is."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from assistant.api.exposure import Exposure, is_loopback
from assistant.api.problems import problem

MAX_BODY_BYTES = 1024 * 1024
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?P<port>[1-9][0-9]{0,4}))?")
_LAST_PORT = 65_535
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class OriginGuard:
    """Answers only requests for a known host, and serves other sites' pages nothing but links to follow.

    A name that a stranger's DNS points at this machine fails on ``Host``; another site's form, script or image
    fails on ``Origin`` or ``Sec-Fetch-Site`` (Fetch standard). No response allows another origin to read it.
    """

    def __init__(self, app: ASGIApp, exposure: Exposure) -> None:
        self._app = app
        self._exposure = exposure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it: 421 for a strange host, 403 for a strange origin."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        if scope["type"] != "http":
            # Nothing here speaks WebSocket.
            return WebSocketClose()
        headers = Headers(scope=scope)
        host = _only(headers, "host") or ""
        name = _host_name(host)
        if name is None or not self._exposure.answers(name):
            return problem(421, f"host {host[:200]!r} is not served here; {self._next_step()}")
        if not self._exposure.public and not is_loopback(_reached(scope)):
            return problem(421, "this server was made for the loopback address alone; run it with: assistant serve")
        if not (_same_origin(headers, host) or _follows_link(scope, headers)):
            return problem(403, "requests from other sites are refused; use the page of this server, or a program")
        return None

    def _next_step(self) -> str:
        if self._exposure.public:
            return "whoever runs the server names its hosts in ASSISTANT_ALLOWED_HOSTS"
        return "open the address that the server printed"


class BodyLimit:
    """Refuses bodies over the limit with 413, whether they say their length or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body up to the limit, then pass it on."""
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self._app(scope, receive, send)
            return
        limit = _limit(scope)
        body = await _read(receive, limit, Headers(scope=scope).get("content-length"))
        if body is None:
            detail = f"the body is larger than {limit // 1024} KiB; send less, or split the file"
            await problem(413, detail, {"Connection": "close"})(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


class SecurityHeaders:
    """One Content-Security-Policy for every page, ``/docs`` included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _only(headers: Headers, name: str) -> str | None:
    """The value of a header that must stand exactly once."""
    values = headers.getlist(name)
    return values[0] if len(values) == 1 else None


def _host_name(host: str) -> str | None:
    """Host without its port: ``localhost:8000`` is ``localhost``, ``[::1]:8000`` is ``[::1]``; None for no host."""
    found = _HOST.fullmatch(host.lower())
    return found["name"] if found and int(found["port"] or 1) <= _LAST_PORT else None


def _reached(scope: Scope) -> str:
    """The address of ours that the connection came in at; empty for a socket that has none."""
    server = scope.get("server")
    return str(server[0]) if server else ""


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a page of this host, the reader's own hand or a program asks."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origins = [origin.lower() for origin in headers.getlist("origin")]
    return all(origin in (f"http://{host.lower()}", f"https://{host.lower()}") for origin in origins)


def _follows_link(scope: Scope, headers: Headers) -> bool:
    """Whether a reader follows another site's link to here, which changes nothing and tells that site nothing."""
    reads = scope["method"] in ("GET", "HEAD")
    return reads and headers.get("sec-fetch-mode") == "navigate" and "origin" not in headers


def _limit(scope: Scope) -> int:
    return MAX_UPLOAD_BYTES if scope["path"] == "/v1/articles" else MAX_BODY_BYTES


async def _read(receive: Receive, limit: int, told_length: str | None) -> bytes | None:
    """The body, or None when it is over the limit."""
    if told_length is not None and told_length.isdigit() and int(told_length) > limit:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
