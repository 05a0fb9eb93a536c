"""Every request has an id, is counted, and leaves one line in the log."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.metrics import Metrics
from assistant.observing import CurrentRequest, current_request

REQUEST_ID = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_MOST_PATH = 200
_PREFIX = "/v1"
# Asked for by machines every few seconds, or by the dozen with every page.
_QUIET = ("/healthz", "/readyz", "/metrics", "/ui/", "/docs-assets/")
_log = logging.getLogger("assistant.requests")


class RequestLog:
    """The outermost layer: it sees the requests that the guards refuse too.

    Args:
        app: what answers.
        metrics: counts.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its id; the caller's own is kept when it is well formed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request = CurrentRequest(_id(headers.get(REQUEST_ID, "")), headers.get("traceparent"))
        scope.setdefault("state", {})["request_id"] = request.id
        started, status = time.perf_counter(), 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request.id
            await send(message)

        token = current_request.set(request)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._told(scope, status, time.perf_counter() - started)
            current_request.reset(token)

    def _told(self, scope: Scope, status: int, seconds: float) -> None:
        path: str = scope["path"]
        self._metrics.requested(scope["method"], _route(scope), status, seconds)
        level = logging.DEBUG if path.startswith(_QUIET) else logging.INFO
        told = {"method": scope["method"], "path": path[:_MOST_PATH], "status": status, "seconds": round(seconds, 4)}
        # The query stays out: it may hold a question.
        _log.log(level, "request", extra=told)


def _id(given: str) -> str:
    return given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def _route(scope: Scope) -> str:
    """The pattern that the path fitted, for example ``/v1/articles/{article_id}``."""
    pattern = getattr(scope.get("route"), "path", None)
    if not isinstance(pattern, str):
        return "other"
    # FastAPI tells a route's pattern without the prefix that its router was included under.
    under = scope["path"].startswith(f"{_PREFIX}/") and not pattern.startswith(f"{_PREFIX}/")
    return f"{_PREFIX}{pattern}" if under else pattern
