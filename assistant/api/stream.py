"""Answers as server-sent events: ``evidence``, ``sentence``, ``done``, ``error``."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

from fastapi.sse import EventSourceResponse, format_sse_event

from assistant.api.problems import problem_body, status_of
from assistant.errors import AssistantError
from assistant.service import DoneEvent, Event, EvidenceEvent
from assistant.wire import hit_to_wire, to_wire

_log = logging.getLogger("assistant.api")


def wants_stream(accept: str) -> bool:
    """Whether an ``Accept`` header asks for server-sent events."""
    return any(part.partition(";")[0].strip() == EventSourceResponse.media_type for part in accept.lower().split(","))


def event_stream(events: Iterator[Event]) -> EventSourceResponse:
    """The events as a response; one that fails half-way ends with an ``error`` event."""
    return EventSourceResponse(_encoded(events), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _encoded(events: Iterator[Event]) -> Iterator[bytes]:
    try:
        for event in events:
            yield _event(*_told(event))
    except AssistantError as error:
        yield _event("error", problem_body(status_of(error), str(error)))
    except Exception as error:
        # The response has begun, so no handler can turn this into a status any more.
        _log.error("unexpected error while streaming an answer", exc_info=error)
        yield _event("error", problem_body(500, "the server failed at this answer; its log says why"))


def _told(event: Event) -> tuple[str, dict[str, Any]]:
    if isinstance(event, EvidenceEvent):
        return "evidence", {"items": [hit_to_wire(hit) for hit in event.hits]}
    if isinstance(event, DoneEvent):
        return "done", to_wire(event.answer)
    return "sentence", to_wire(event)


def _event(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
