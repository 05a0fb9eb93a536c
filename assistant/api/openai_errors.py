"""Problems of the OpenAI-compatible routes, told in the shape that OpenAI's clients read."""

from __future__ import annotations

import json
import logging
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import MEDIA_TYPE, problem

ROUTES = ("/v1/chat/", "/v1/models")
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
_CODES = {401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded"}
_log = logging.getLogger("assistant.api")


class OpenAIErrors:
    """Rewrites every problem of these routes, whoever answered it: a route, a guard, or the router."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; problems come back as errors."""
        if scope["type"] != "http" or not scope["path"].startswith(ROUTES):
            await self._app(scope, receive, send)
            return
        rewriting = _Rewriting(send)
        try:
            await self._app(scope, receive, rewriting)
        except Exception as error:
            # The problem that stands for it would be made, and logged, outside of here.
            if not rewriting.begun:
                _log.error("unexpected error at %s %s", scope["method"], scope["path"], exc_info=error)
                await problem(500, "the server failed at this request; its log says why")(scope, receive, rewriting)
            raise


class _Rewriting:
    """Holds a problem back until it is whole."""

    def __init__(self, send: Send) -> None:
        self.begun = False
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        self.begun = True
        if message["type"] == "http.response.start" and _is_problem(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._tell(self._start)

    async def _tell(self, start: Message) -> None:
        body = json.dumps(error_body(start["status"], json.loads(self._body)["detail"]), ensure_ascii=False).encode()
        headers = MutableHeaders(scope=start)
        headers["content-type"] = "application/json"
        headers["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def error_body(status: int, message: str) -> dict[str, Any]:
    """The error object that stands for a problem."""
    kind = _TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": None, "code": _CODES.get(status)}}


def _is_problem(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return headers.get("content-type", "").startswith(MEDIA_TYPE) and "content-encoding" not in headers
