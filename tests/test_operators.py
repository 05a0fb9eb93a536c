"""What an operator sees of a real server: figures, log lines, traces, and a backup while it serves."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

pytestmark = pytest.mark.model

QUESTIONS = ("Is Announcement 61 still in force?", "Who won the chess championship of 1972?")
TRACE = "0af7651916cd43dd8448eb211c80319c"


@dataclass
class Collector:
    """A trace collector that keeps what it is sent."""

    address: str
    requests: list[ExportTraceServiceRequest] = field(default_factory=list)

    def spans(self) -> list[Any]:
        return [
            span
            for request in self.requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            kept.requests.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept = Collector(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Server:
    """A server that runs, and what it wrote."""

    address: str
    environment: dict[str, str]
    log: Path

    def call(self, path: str, body: dict[str, Any] | None = None, **headers: str) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        given = {"Content-Type": "application/json"} | headers
        with urllib.request.urlopen(urllib.request.Request(self.address + path, data, given), timeout=60) as response:
            return bytes(response.read())

    def lines(self) -> list[dict[str, Any]]:
        """The lines of its log; words for people come before them."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, collector: Collector, shipped_data: Path) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("operated"), free_port()
    shutil.copytree(shipped_data, folder / "data")
    environment = os.environ | {
        "ASSISTANT_DATA": str(folder / "data"),
        "ASSISTANT_TODAY": "2026-11-22",
        "ASSISTANT_LOG_FORMAT": "json",
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }
    running = Server(f"http://127.0.0.1:{port}", environment, folder / "log")
    with running.log.open("wb") as log:
        command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for(lambda: is_ready(running, process))
        for number, question in enumerate(QUESTIONS):
            headers = {"X-Request-ID": f"question-{number}", "traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
            running.call("/v1/answers", {"question": question}, **headers)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=30)


def is_ready(server: Server, process: subprocess.Popen[bytes]) -> bool:
    if process.poll() is not None:
        pytest.fail(server.log.read_text())
    try:
        return bool(json.loads(server.call("/readyz"))["status"] == "ready")
    except (urllib.error.URLError, ConnectionError):
        return False


def wait_for(holds: Any, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_figures_are_scraped_from_a_running_server(server: Server) -> None:
    families = {one.name: one for one in text_string_to_metric_families(server.call("/metrics").decode())}
    statuses = {
        one.labels["status"]: one.value for one in families["assistant_answers"].samples if "_total" in one.name
    }
    assert statuses == {"answered": 1, "declined": 1}
    stages = families["assistant_answer_stage_seconds"].samples
    counts = {one.labels["stage"]: one.value for one in stages if one.name.endswith("_count")}
    assert counts["retrieve"] == 2
    ages = families["assistant_evidence_age_days"].samples
    assert next(one.value for one in ages if one.name.endswith("_sum")) > 0
    memory = families["process_resident_memory_bytes"].samples[0].value
    assert memory > 50_000_000 or sys.platform != "linux"


def test_each_answer_and_request_is_one_json_line(server: Server) -> None:
    wait_for(lambda: sum(line["event"] == "request" for line in server.lines()) >= 2, 10)
    for number, status in enumerate(("answered", "declined")):
        told = [line for line in server.lines() if line.get("request_id") == f"question-{number}"]
        assert [line["event"] for line in told] == ["answered", "request"]
        assert (told[0]["status"], told[1]["path"]) == (status, "/v1/answers")
    assert not any(question in server.log.read_text() for question in QUESTIONS)


def test_spans_reach_the_collector_in_the_callers_trace(server: Server, collector: Collector) -> None:
    wait_for(lambda: sum(span.name == "assistant.ask" for span in collector.spans()) == 2, 20)
    answers = [span for span in collector.spans() if span.name == "assistant.ask"]
    assert {span.trace_id.hex() for span in answers} == {TRACE}
    for answer in answers:
        children = [span for span in collector.spans() if span.parent_span_id == answer.span_id]
        assert "assistant.ask.retrieve" in {child.name for child in children}
        assert children[0].start_time_unix_nano == answer.start_time_unix_nano


def test_it_is_backed_up_while_it_serves(server: Server, tmp_path: Path) -> None:
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assistant", *arguments]
        return subprocess.run(
            command, env=server.environment | environment, capture_output=True, text=True, timeout=120
        )

    file = str(tmp_path / "live.zip")
    done = run("backup", file, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["answers"] == len(QUESTIONS)
    refused = run("restore", file, "--force")
    assert refused.returncode == 1
    assert "is in use" in refused.stderr
    assert run("restore", file, ASSISTANT_DATA=str(tmp_path / "restored")).returncode == 0
    asked = run("ask", QUESTIONS[0], "--json", ASSISTANT_DATA=str(tmp_path / "restored"))
    assert json.loads(asked.stdout)["status"] == "answered"
    assert "indexing" not in asked.stderr
