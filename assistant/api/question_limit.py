"""As many questions as can be answered in good time, and a clear word to the rest."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import problem

RETRY_SECONDS = 2
_WORKED_OUT = frozenset(
    {
        ("POST", "/v1/answers"),
        ("POST", "/v1/chat/completions"),
        ("GET", "/v1/search"),
        ("GET", "/v1/briefings"),
        ("GET", "/v1/briefings/export"),
        ("POST", "/v1/saved"),
        ("GET", "/v1/changes"),
        ("GET", "/v1/changes.atom"),
    }
)


class QuestionLimit:
    """Refuses a question with 503 while ``most`` others are in work or waiting, instead of letting all wait longer."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a question counts until the last byte of its answer is sent."""
        if scope["type"] != "http" or (scope["method"], scope["path"]) not in _WORKED_OUT:
            await self._app(scope, receive, send)
        elif self._now >= self._most:
            detail = f"{self._now} questions are being answered; ask again in {RETRY_SECONDS} seconds"
            await problem(503, detail, {"Retry-After": str(RETRY_SECONDS)})(scope, receive, send)
        else:
            # One event loop runs every request: nothing comes between the look and the count.
            self._now += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._now -= 1
