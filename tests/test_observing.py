"""Logs, metrics and traces of answers: what is told, and what is not."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families
from support import CORPUS, Builder

from assistant import logs, traces
from assistant.build import Assistant
from assistant.errors import BadInputError, MissingDependencyError
from assistant.ingest.sources import shipped_source
from assistant.logs import LogObserver
from assistant.metrics import Metrics
from assistant.observing import Answered, CurrentRequest, Observers, current_request
from assistant.settings import Settings
from assistant.traces import AnswerSpans, open_spans
from assistant.types import Answer, Ask, IngestReport, Usage

QUESTION = "How many tonnes of magnets did China export in May 2025?"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Told:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.answers: list[Answered] = []
        self.reports: list[IngestReport] = []
        self.flushed = 0

    def answered(self, answered: Answered) -> None:
        self.answers.append(answered)

    def ingested(self, report: IngestReport) -> None:
        self.reports.append(report)

    def flush(self) -> None:
        self.flushed += 1


class Failing(Told):
    def answered(self, answered: Answered) -> None:
        raise RuntimeError("no room")


@pytest.fixture
def answer(library: Assistant) -> Answer:
    return library.service.ask(Ask(QUESTION, remember=False))


def scraped(metrics: Metrics) -> dict[tuple[str, tuple[str, ...]], float]:
    """Sample name and values of its labels, by name of label -> value."""
    text = metrics.scrape("")[0].decode()
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, tuple(one.labels[name] for name in sorted(one.labels))): one.value for one in samples}


def test_whichever_way_a_question_is_asked_its_answer_is_told_once(library: Assistant) -> None:
    told = Told()
    library.observers.add(told)
    answers = [library.service.ask(Ask(QUESTION, remember=False))]
    list(library.service.events(Ask("Who won the chess championship of 1972?", remember=False)))
    assert [one.answer.status for one in told.answers] == ["answered", "declined"]
    assert told.answers[0].answer == answers[0]
    assert told.answers[0].seconds == pytest.approx(sum(answers[0].timings_ms.values()) / 1000)


def test_an_ingest_run_is_told(assistant: Assistant) -> None:
    told = Told()
    assistant.observers.add(told)
    report = assistant.ingestor.ingest(shipped_source(CORPUS))
    assert told.reports == [report]


def test_closing_hands_on_what_is_kept(build_assistant: Builder) -> None:
    opened, told = build_assistant(), Told()
    opened.observers.add(told)
    opened.close()
    assert told.flushed == 1


def test_an_observer_that_fails_hinders_nobody(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    told = Told()
    Observers([Failing(), told]).answered(answer)
    assert len(told.answers) == 1
    assert "Failing could not take note" in caplog.text


def test_the_age_of_evidence_counts_to_the_day_of_the_answer(answer: Answer) -> None:
    dated = replace(answer, as_of="2026-01-15", newest_evidence_on="2025-12")
    assert Answered(dated, 0).evidence_age_days == 15
    assert Answered(replace(dated, newest_evidence_on=None), 0).evidence_age_days is None


# Metrics


def test_answers_are_counted_by_status_and_engine(answer: Answer) -> None:
    metrics = Metrics(lambda: (10, 12))
    for given in (answer, answer, replace(answer, status="declined", newest_evidence_on=None)):
        metrics.answered(Answered(given, 0))
    samples = scraped(metrics)
    assert samples["assistant_answers_total", ("extractive", "answered")] == 2
    assert samples["assistant_answers_total", ("extractive", "declined")] == 1
    assert samples["assistant_answer_seconds_count", ()] == 3
    assert samples["assistant_answer_stage_seconds_count", ("retrieve",)] == 3
    whole = samples["assistant_answer_seconds_sum", ()]
    assert whole == pytest.approx(3 * sum(answer.timings_ms.values()) / 1000)
    assert samples["assistant_evidence_age_days_count", ()] == 2
    assert (samples["assistant_articles", ()], samples["assistant_passages", ()]) == (10, 12)
    if sys.platform == "linux":
        assert samples["process_resident_memory_bytes", ()] > 10_000_000


def test_tokens_are_counted_where_the_provider_tells_them(answer: Answer) -> None:
    metrics = Metrics(lambda: (0, 0))
    for tokens in (Usage("m", 300, 40), Usage("m", 100, None), None):
        metrics.answered(Answered(replace(answer, usage=tokens), 0))
    samples = scraped(metrics)
    assert samples["assistant_model_tokens_total", ("input", "m")] == 400
    assert samples["assistant_model_tokens_total", ("output", "m")] == 40


def test_ingest_runs_are_counted(assistant: Assistant) -> None:
    metrics = Metrics(assistant.catalog.counts)
    assistant.observers.add(metrics)
    assistant.ingestor.remove("suspension")
    report = assistant.ingestor.ingest(shipped_source(CORPUS))
    samples = scraped(metrics)
    assert samples["assistant_ingested_articles_total", ("unchanged",)] == report.unchanged == 9
    assert samples["assistant_ingested_articles_total", ("kept_out",)] == 1
    assert samples["assistant_ingested_articles_total", ("failed",)] == 0
    assert samples["assistant_articles", ()] == 9


def test_two_servers_count_apart(answer: Answer) -> None:
    one, other = Metrics(lambda: (0, 0)), Metrics(lambda: (0, 0))
    one.answered(Answered(answer, 0))
    assert ("assistant_answers_total", ("extractive", "answered")) not in scraped(other)


def test_strange_methods_make_no_series_of_their_own() -> None:
    metrics = Metrics(lambda: (0, 0))
    for method in ("GET", "FOO", "BAR"):
        metrics.requested(method, "/v1/answers", 200, 0.1)
    series = {labels for name, labels in scraped(metrics) if name == "assistant_requests_total"}
    assert series == {("GET", "/v1/answers", "200"), ("other", "/v1/answers", "200")}


# Traces


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


def spans_of(exporter: InMemorySpanExporter, answered: Answered) -> dict[str, ReadableSpan]:
    AnswerSpans(SimpleSpanProcessor(exporter)).answered(answered)
    return {span.name: span for span in exporter.get_finished_spans()}


def test_an_answer_is_a_span_with_a_child_for_each_stage(answer: Answer, exporter: InMemorySpanExporter) -> None:
    ended = 1_800_000_000_000_000_000
    spans = spans_of(exporter, Answered(replace(answer, usage=Usage("m", 3, None)), ended))
    whole = spans.pop("assistant.ask")
    assert set(spans) == {f"assistant.ask.{name}" for name in answer.timings_ms}
    assert whole.end_time == ended
    assert whole.attributes is not None
    assert whole.attributes["assistant.answer.id"] == answer.id
    assert whole.attributes["gen_ai.usage.input_tokens"] == 3
    assert "gen_ai.usage.output_tokens" not in whole.attributes
    assert whole.resource.attributes["service.name"] == "rare-earth-brief"
    end = whole.start_time
    for name, milliseconds in answer.timings_ms.items():
        child = spans[f"assistant.ask.{name}"]
        assert child.parent is not None and whole.context is not None
        assert child.parent.span_id == whole.context.span_id
        assert child.start_time == end
        assert child.end_time is not None
        assert (child.end_time - child.start_time) / 1e6 == pytest.approx(milliseconds, abs=0.001)
        end = child.end_time


def test_the_callers_trace_goes_on_in_ours(answer: Answer, exporter: InMemorySpanExporter) -> None:
    token = current_request.set(CurrentRequest("r-1", PARENT))
    try:
        span = spans_of(exporter, Answered(answer, 0))["assistant.ask"]
    finally:
        current_request.reset(token)
    assert span.context is not None and span.parent is not None and span.attributes is not None
    assert f"{span.context.trace_id:032x}" == PARENT.split("-")[1]
    assert f"{span.parent.span_id:016x}" == PARENT.split("-")[2]
    assert span.attributes["assistant.request.id"] == "r-1"


def test_no_word_of_question_or_answer_is_in_a_span(answer: Answer, exporter: InMemorySpanExporter) -> None:
    told = " ".join(span.to_json() for span in spans_of(exporter, Answered(answer, 0)).values())
    assert QUESTION not in told and answer.sentences[0].text not in told


def test_the_environments_service_name_wins(
    answer: Answer, exporter: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "desk-7")
    span = spans_of(exporter, Answered(answer, 0))["assistant.ask"]
    assert span.resource.attributes["service.name"] == "desk-7"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_TRACES_EXPORTER": "none"},
        {"OTEL_TRACES_EXPORTER": "", "OTEL_EXPORTER_OTLP_ENDPOINT": ""},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_SDK_DISABLED": "true"},
    ],
)
def test_nothing_is_traced_unless_the_environment_says_so(environment: dict[str, str]) -> None:
    assert open_spans(environment) == ()


def test_exporters_are_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    monkeypatch.setattr(traces, "entry_points", lambda group, name: found.append(name) or [])
    for environment in (
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"},
        {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
        {"OTEL_TRACES_EXPORTER": "zipkin"},
    ):
        with pytest.raises(MissingDependencyError, match="pip install"):
            open_spans(environment)
    assert found == ["otlp_proto_http", "otlp_proto_grpc", "zipkin"]
    with pytest.raises(BadInputError, match="use http/protobuf or grpc"):
        open_spans({"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "smoke signals"})


# Logs


class Log:
    """What this process wrote to standard error."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.text = ""

    def read(self) -> str:
        self.text += self._capsys.readouterr().err
        return self.text

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.read().splitlines()]


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Log:
    return Log(capsys)


def test_json_lines_tell_figures_and_no_words(answer: Answer, settings: Settings, log: Log) -> None:
    logs.configure(settings.model_copy(update={"log_format": "json"}), serving=True)
    token = current_request.set(CurrentRequest("r-1"))
    try:
        LogObserver().answered(Answered(replace(answer, usage=Usage("m", 3, None)), 0))
    finally:
        current_request.reset(token)
    (line,) = log.lines()
    assert {name: line[name] for name in ("event", "level", "logger", "request_id", "status", "engine")} == {
        "event": "answered", "level": "info", "logger": "assistant.answers", "request_id": "r-1",
        "status": "answered", "engine": "extractive",
    }  # fmt: skip
    assert (line["answer_id"], line["input_tokens"], line["output_tokens"]) == (answer.id, 3, None)
    assert line["retrieve_seconds"] == pytest.approx(answer.timings_ms["retrieve"] / 1000, abs=0.0001)
    assert QUESTION not in log.read() and answer.sentences[0].text not in log.read()


def test_plain_lines_are_one_each_whatever_a_stranger_sends(settings: Settings, log: Log) -> None:
    logs.configure(settings, serving=True)
    strange = "/a\nanswered status=forged\x1b[31m"
    logging.getLogger("assistant.requests").info("request", extra={"path": strange})
    logging.getLogger("assistant.api").warning("no answer at %s", strange)
    assert log.read().count("\n") == 2
    assert "\x1b" not in log.read()


def test_a_single_command_is_silent_and_a_server_can_be(answer: Answer, settings: Settings, log: Log) -> None:
    for update, serving in (({}, False), ({"log_level": "warning"}, True), ({"log_format": "json"}, False)):
        logs.configure(settings.model_copy(update=update), serving=serving)
        LogObserver().answered(Answered(answer, 0))
    assert log.read() == ""
    logs.configure(settings.model_copy(update={"log_level": "info"}), serving=False)
    LogObserver().answered(Answered(answer, 0))
    assert answer.id in log.read()


def test_a_fault_is_told_with_its_place_in_json_too(settings: Settings, log: Log) -> None:
    logs.configure(settings.model_copy(update={"log_format": "json"}), serving=True)
    try:
        raise ValueError("odd")
    except ValueError:
        logging.getLogger("assistant.api").exception("unexpected error")
    (line,) = log.lines()
    assert line["level"] == "error"
    assert "test_observing.py" in line["exception"] and "ValueError: odd" in line["exception"]
