"""One OpenTelemetry span for each answer, with a child for each stage; configured by the usual ``OTEL_*`` variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points, version
from typing import TYPE_CHECKING

from assistant.errors import BadInputError, MissingDependencyError
from assistant.observing import Answered, current_request
from assistant.types import IngestReport

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.sdk.trace.export import SpanExporter

SERVICE = "rare-earth-brief"
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_OTLP = {"http/protobuf": "otlp_proto_http", "grpc": "otlp_proto_grpc"}
_FLUSH_MILLISECONDS = 5_000
_NANOSECONDS = 1_000_000_000


class AnswerSpans:
    """Makes the spans of an answer once it is done, from the times that it tells.

    Args:
        processors: take the spans; a provider of our own feeds them, no global one.
    """

    def __init__(self, *processors: SpanProcessor) -> None:
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider

        resource = Resource.create()
        # A name that the environment gives stays.
        if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
            resource = resource.merge(Resource({SERVICE_NAME: SERVICE}))
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        for processor in processors:
            self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("assistant", version("assistant"))

    def answered(self, answered: Answered) -> None:
        """The span of the answer, and one child a stage, end to end."""
        from opentelemetry.trace import set_span_in_context

        start = answered.ended_ns - int(answered.seconds * _NANOSECONDS)
        attributes = dict(_attributes(answered))
        answer = self._tracer.start_span("assistant.ask", _callers_trace(), attributes=attributes, start_time=start)
        inside = set_span_in_context(answer)
        for name, seconds in answered.stages:
            end = start + int(seconds * _NANOSECONDS)
            self._tracer.start_span(f"assistant.ask.{name}", inside, start_time=start).end(end)
            start = end
        answer.end(answered.ended_ns)

    def ingested(self, report: IngestReport) -> None:
        """Ingest runs make no span."""

    def flush(self) -> None:
        """Send what waits to be sent."""
        self._provider.force_flush(_FLUSH_MILLISECONDS)


def open_spans(environment: Mapping[str, str]) -> tuple[AnswerSpans, ...]:
    """An observer, when the environment names an exporter; none, and nothing imported, when it names none.

    Raises:
        BadInputError: an exporter or protocol that is not known.
        MissingDependencyError: a package that it needs is not installed.
    """
    names = [name.strip() for name in environment.get("OTEL_TRACES_EXPORTER", "").split(",") if name.strip()]
    if not names and any(environment.get(name) for name in _ENDPOINTS):
        names = ["otlp"]
    wanted = [name for name in names if name != "none"]
    if not wanted or environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return ()
    return (AnswerSpans(*(_processor(name, environment) for name in wanted)),)


def _processor(name: str, environment: Mapping[str, str]) -> SpanProcessor:
    entry = _entry(name, environment)
    try:
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        exporters = list(entry_points(group="opentelemetry_traces_exporter", name=entry))
        make: type[SpanExporter] = exporters[0].load()
    except (ModuleNotFoundError, IndexError) as error:
        raise MissingDependencyError(
            f"the trace exporter {name!r} is not installed; install it with: pip install 'assistant[otel]', "
            "or unset OTEL_TRACES_EXPORTER and OTEL_EXPORTER_OTLP_ENDPOINT"
        ) from error
    return BatchSpanProcessor(make())


def _entry(name: str, environment: Mapping[str, str]) -> str:
    """The name under which packages announce an exporter."""
    if name != "otlp":
        return name
    protocol = next((told for variable in _PROTOCOLS if (told := environment.get(variable))), "http/protobuf")
    if protocol not in _OTLP:
        raise BadInputError(f"OTEL_EXPORTER_OTLP_PROTOCOL is {protocol!r}; use {' or '.join(_OTLP)}")
    return _OTLP[protocol]


def _attributes(answered: Answered) -> Iterator[tuple[str, str | int | float]]:
    answer = answered.answer
    yield "assistant.answer.id", answer.id
    yield "assistant.answer.status", answer.status
    yield "assistant.answer.engine", answer.engine
    yield "assistant.answer.sentences", len(answer.sentences)
    yield "assistant.answer.citations", len(answer.citations)
    yield "assistant.answer.confidence", answer.confidence
    yield "assistant.answer.as_of", answer.as_of
    if (request := current_request.get()) is not None:
        yield "assistant.request.id", request.id
    if (age := answered.evidence_age_days) is not None:
        yield "assistant.evidence.age_days", age
    for direction in ("input_tokens", "output_tokens"):
        if answer.usage is not None and (count := getattr(answer.usage, direction)) is not None:
            yield f"gen_ai.usage.{direction}", count


def _callers_trace() -> Context | None:
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    request = current_request.get()
    if request is None or request.traceparent is None:
        return None
    return TraceContextTextMapPropagator().extract({"traceparent": request.traceparent})
