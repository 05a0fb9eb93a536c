"""Who may do what: one rule for every route, those of tomorrow included.

What is on no list here needs a key, and a key that may change things. On the loopback address nobody is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.exposure import Exposure
from assistant.api.guards import SAFE_METHODS
from assistant.api.problems import problem
from assistant.api.rate_limit import RateLimit
from assistant.index.conversations import LOCAL_OWNER
from assistant.index.keys import KeyBook

# The pages and their static files: they hold nothing, and ask for the key themselves.
_ANYONE_READS = re.compile(r"/(healthz|articles|articles/[^/]+|measures|briefing|feedback|evals|ui/.+)?")
# Changes of nothing but what belongs to the key.
_OWN_CHANGES = (
    ("POST", re.compile(r"/v1/answers")),
    ("POST", re.compile(r"/v1/answers/[^/]+/feedback")),
    ("POST", re.compile(r"/v1/chat/completions")),
    ("POST", re.compile(r"/v1/saved")),
    ("DELETE", re.compile(r"/v1/saved/[^/]+")),
    ("PATCH", re.compile(r"/v1/conversations/[^/]+")),
    ("DELETE", re.compile(r"/v1/conversations/[^/]+")),
)
_REMOVAL = re.compile(r"/v1/articles/[^/]+")
_BEARER = re.compile(r"bearer +(?P<token>\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the owner of what is asked, and whether it may change what others see."""

    owner: str
    read_only: bool = False


def caller_of(request: Request) -> Caller:
    """Who asks, as the guard found; a request that passed no guard has nobody and fails."""
    caller: Caller = request.state.caller
    return caller


class AccessGuard:
    """Lets pass what its caller may do.

    401 without a known key, 403 for more than the key allows, 429 for more than it may in this time.
    """

    def __init__(self, app: ASGIApp, exposure: Exposure, keys: KeyBook) -> None:
        self._app = app
        self._exposure = exposure
        self._keys = keys
        self._limit = RateLimit(exposure.rate) if exposure.rate else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its caller, or refuse it."""
        if scope["type"] != "http" or is_open(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        caller = await self._caller(scope)
        refusal = _unknown(scope) if caller is None else self._refusal(scope, caller)
        scope.setdefault("state", {})["caller"] = caller
        await (refusal or self._app)(scope, receive, send)

    async def _caller(self, scope: Scope) -> Caller | None:
        if not self._exposure.public:
            return Caller(LOCAL_OWNER)
        token = _token(scope)
        # A write in another process may hold the catalog; the loop must not wait for it.
        key = await run_in_threadpool(self._keys.find, token) if token else None
        return Caller(key.id, key.read_only) if key else None

    def _refusal(self, scope: Scope, caller: Caller) -> Response | None:
        method, path = scope["method"], scope["path"]
        if self._limit and (wait := self._limit.wait(caller.owner)):
            detail = f"more than {self._limit.rate} requests came from here; try again in {wait} seconds"
            return problem(429, detail, {"Retry-After": str(wait)})
        if method in SAFE_METHODS or _is_own_change(method, path):
            return None
        if caller.read_only:
            return problem(403, "this key may ask and read only; whoever runs the server can make one that may change")
        removes = method == "DELETE" and _REMOVAL.fullmatch(path)
        if not (self._exposure.uploads or removes):
            return problem(
                403,
                "adding articles is off on a server that others reach; whoever runs it can allow it with "
                "ASSISTANT_PUBLIC_UPLOADS=true",
            )
        return None


def is_open(method: str, path: str) -> bool:
    """Whether anybody may do this without a key."""
    return method in ("GET", "HEAD") and _ANYONE_READS.fullmatch(path) is not None


def _is_own_change(method: str, path: str) -> bool:
    return any(method == allowed and pattern.fullmatch(path) for allowed, pattern in _OWN_CHANGES)


def _token(scope: Scope) -> str | None:
    values = Headers(scope=scope).getlist("authorization")
    found = _BEARER.fullmatch(values[0]) if len(values) == 1 else None
    return found["token"] if found else None


def _unknown(scope: Scope) -> Response:
    if "authorization" not in Headers(scope=scope):
        detail = "this server asks for a key; send it as 'Authorization: Bearer KEY'"
        challenge = 'Bearer realm="assistant"'
    else:
        detail = "this key is not known here, or no longer"
        challenge = 'Bearer realm="assistant", error="invalid_token"'
    next_step = "; whoever runs the server makes one with: assistant keys add NAME"
    return problem(401, detail + next_step, {"WWW-Authenticate": challenge, "Cache-Control": "no-store"})
