"""Logs on standard error: lines for people by default, JSON when asked for. Questions never stand in them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.observing import Answered, current_request
from assistant.settings import Settings
from assistant.types import IngestReport

if TYPE_CHECKING:
    import structlog

_answers = logging.getLogger("assistant.answers")
_ingest = logging.getLogger("assistant.ingest")


class LogObserver:
    """One line for each answer and each ingest run."""

    def answered(self, answered: Answered) -> None:
        """Tell figures of an answer, none of its words."""
        if _answers.isEnabledFor(logging.INFO):
            _answers.info("answered", extra=dict(_told(answered)))

    def ingested(self, report: IngestReport) -> None:
        """Tell the counts of a run."""
        names = ("added", "updated", "unchanged", "removed", "kept_out", "passages", "dropped_lines", "seconds")
        counts = {name: getattr(report, name) for name in names}
        _ingest.info("ingested", extra=counts | {"failed": len(report.failed), "left_out": len(report.left_out)})

    def flush(self) -> None:
        """Nothing is kept."""


def configure(settings: Settings, *, serving: bool) -> None:
    """Send this process's logs to standard error as the settings say.

    A server tells of every answer and request. A single command is silent but for warnings, which reach standard
    error without any of this.
    """
    level = settings.log_level or ("info" if serving else None)
    if level is None and settings.log_format == "plain":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(settings.log_format))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("assistant").setLevel((level or "warning").upper())


def _told(answered: Answered) -> Iterator[tuple[str, Any]]:
    answer = answered.answer
    yield from {
        "answer_id": answer.id,
        "status": answer.status,
        "engine": answer.engine,
        "sentences": 0 if answer.status == "declined" else len(answer.sentences),
        "as_of": answer.as_of,
        "evidence_age_days": answered.evidence_age_days,
        "confidence": answer.confidence,
        "seconds": round(answered.seconds, 4),
    }.items()
    for name, seconds in answered.stages:
        yield f"{name}_seconds", round(seconds, 4)
    if answer.usage is not None:
        yield "input_tokens", answer.usage.input_tokens
        yield "output_tokens", answer.usage.output_tokens


def _formatter(log_format: str) -> structlog.stdlib.ProcessorFormatter:
    # Only a process that logs pays for the import.
    import structlog

    as_json = log_format == "json"
    shared = (
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request,
        _escape,
    )
    rendering = (
        (structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False))
        if as_json
        else (structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=(structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering),
    )


def _add_request(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if (request := current_request.get()) is not None:
        event["request_id"] = request.id
    return event


def _escape(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A path or a library's words must not begin a line of their own, or drive the terminal."""
    return {name: _escaped(value) if isinstance(value, str) else value for name, value in event.items()}


def _escaped(text: str) -> str:
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)
