"""The API's description (OpenAPI), with what no single route knows: problems, and what the guards answer."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from assistant.api.access import is_open
from assistant.api.chat_schemas import ErrorBody
from assistant.api.guards import SAFE_METHODS
from assistant.api.models import Problem
from assistant.api.openai_errors import ROUTES
from assistant.api.problems import MEDIA_TYPE

_SCHEMAS = "#/components/schemas/"
_UNUSED = ("HTTPValidationError", "ValidationError")
_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}{Problem.__name__}"}}}
_ERROR = {"application/json": {"schema": {"$ref": f"{_SCHEMAS}{ErrorBody.__name__}"}}}
_WHY = {
    "400": "the body cannot be read",
    "401": "a key is needed, off the loopback address",
    "403": "the request comes from another site, or its key does not allow this",
    "404": "it is not there",
    "413": "the body or the question is too large",
    "421": "the Host header names another server",
    "422": "the input cannot be used",
    "429": "too many requests of this key; Retry-After tells when to come back",
    "503": "the data folder is busy; Retry-After tells when to come back",
    "507": "the disk is full, or the data folder cannot be written to",
}
_OF_ALL = ("421",)
_OF_KEYS = ("401", "403", "429")
_OF_CHANGES = ("403", "413")
_OF_BODIES = ("400", "422")


class DescribedAPI(FastAPI):
    """An application whose description is complete."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if not self.openapi_schema:
            _complete(super().openapi())
        assert self.openapi_schema is not None
        return self.openapi_schema


def events_of(*names: str) -> dict[str, Any]:
    """The documentation of a stream of events with these names, or without any; their data is JSON."""
    data = {"type": "string", "contentMediaType": "application/json"}
    event = {"event": {"type": "string", "enum": list(names)}} if names else {}
    item = {"type": "object", "required": [*event, "data"], "properties": {**event, "data": data}}
    return {"text/event-stream": {"itemSchema": item}}


def problems_of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documentation of the problems that a route may answer with."""
    return {status: {"description": _WHY[str(status)], "content": dict(_PROBLEM)} for status in statuses}


def _complete(schema: dict[str, Any]) -> None:
    for path, operations in schema["paths"].items():
        content = _ERROR if path.startswith(ROUTES) else _PROBLEM
        for method, operation in operations.items():
            responses = operation["responses"]
            # FastAPI tells of its own 422 wherever there is a parameter; ours are told by the routes.
            if any(unused in str(responses.get("422")) for unused in _UNUSED):
                del responses["422"]
            for status in _answered(method.upper(), path, operation):
                responses.setdefault(status, {"description": _WHY[status], "content": content})
            operation["responses"] = dict(sorted(responses.items()))
    schemas = schema["components"]["schemas"]
    for unused in _UNUSED:
        schemas.pop(unused, None)
    schemas[Problem.__name__] = Problem.model_json_schema()


def _answered(method: str, path: str, operation: dict[str, Any]) -> tuple[str, ...]:
    """The statuses that guards and the reading of the body answer with."""
    keys = () if is_open(method, path) else _OF_KEYS
    changes = () if method in SAFE_METHODS else _OF_CHANGES
    bodies = _OF_BODIES if "requestBody" in operation else ()
    return (*_OF_ALL, *keys, *changes, *bodies)
