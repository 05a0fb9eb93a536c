"""Errors as ``application/problem+json`` (RFC 9457): what happened, the value, the next step."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.errors import (
    AssistantError,
    BadInputError,
    BusyError,
    NotFoundError,
    SourceError,
    StorageError,
    TooLargeError,
)
from assistant.observing import CurrentRequest, current_request

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("assistant.api")
_STATUS: tuple[tuple[type[AssistantError], int], ...] = (
    (NotFoundError, 404),
    (TooLargeError, 413),
    (BadInputError, 422),
    (SourceError, 422),
    (BusyError, 503),
    (StorageError, 507),
    (AssistantError, 500),
)


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem response; ``title`` is the phrase of the status."""
    return JSONResponse(problem_body(status, detail), status, headers, media_type=MEDIA_TYPE)


def problem_body(status: int, detail: str) -> dict[str, str | int]:
    """The members of a problem object; ``request_id`` is there while a request is being answered."""
    title = HTTPStatus(status).phrase
    body: dict[str, str | int] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if (request := current_request.get()) is not None:
        body["request_id"] = request.id
    return body


def status_of(error: AssistantError) -> int:
    """The HTTP status of one of our errors."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def install(app: FastAPI) -> None:
    """Make every error of ``app`` a problem response."""
    app.add_exception_handler(AssistantError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AssistantError)
    status = status_of(error)
    return problem(status, str(error), {"Retry-After": "5"} if status == 503 else None)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return problem(422, "; ".join(_told(item["loc"], item["msg"], item["type"]) for item in error.errors()))


def _told(location: tuple[str | int, ...], message: str, kind: str) -> str:
    if kind == "json_invalid":
        return 'the body is not valid JSON; send an object such as {"question": "…"}'
    name = ".".join(str(part) for part in location if part not in ("body", "query", "path")) or "the body"
    return f"{name}: {message[0].lower()}{message[1:]}; see /docs for what is accepted"


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    details = {400: "the body cannot be read; send UTF-8 JSON, or a form with a file",
               404: f"nothing at {request.url.path}; see /docs for the routes",
               405: f"{request.method} is not possible at {request.url.path}; see /docs"}  # fmt: skip
    return problem(error.status_code, details.get(error.status_code, str(error.detail)), dict(error.headers or {}))


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    # It is answered outside of every layer of ours: the request's id must be told anew.
    request_id = request.scope.get("state", {}).get("request_id")
    token = current_request.set(CurrentRequest(request_id) if request_id else None)
    try:
        _log.error("unexpected error at %s %s", request.method, request.url.path, exc_info=error)
        return problem(500, "the server failed at this request; its log says why", {"X-Request-ID": str(request_id)})
    finally:
        current_request.reset(token)
