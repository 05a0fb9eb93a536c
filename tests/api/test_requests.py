"""Request ids, the request log, and the figures."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.api.app import create_app
from assistant.build import Assistant
from assistant.observing import current_request

ASKED = {"question": "How many tonnes of magnets did China export in May 2025?"}


@pytest.fixture
def client(library: Assistant) -> Iterator[TestClient]:
    app = create_app(library)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


def requests_counted(client: TestClient) -> dict[tuple[str, ...], float]:
    text = client.get("/metrics").text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    samples = families["assistant_requests"].samples
    return {
        (one.labels["method"], one.labels["route"], one.labels["status"]): one.value
        for one in samples
        if one.name.endswith("_total")
    }


@pytest.mark.parametrize("given", ["a", "0af7651916cd43dd8448eb211c80319c", "desk-7:req_1.2", "x" * 128])
def test_a_well_formed_id_is_kept(client: TestClient, given: str) -> None:
    response = client.get("/v1/articles/nope", headers={"X-Request-ID": given})
    assert response.headers["x-request-id"] == given
    assert response.json()["request_id"] == given


@pytest.mark.parametrize("given", ["", " ", "a b", "x" * 129, "-a", "a\x1b[31m", "<script>", "ä"])
def test_any_other_id_is_replaced(client: TestClient, given: str) -> None:
    headers = {b"X-Request-ID": given.encode("latin-1")}
    made = {client.get("/healthz", headers=headers).headers["x-request-id"] for _ in range(2)}
    assert len(made) == 2
    assert all(len(one) == 32 for one in made)


def test_refusals_of_the_guards_have_an_id_too(client: TestClient) -> None:
    response = client.get("/v1/articles", headers={"Host": "evil.example"})
    assert response.status_code == 421
    assert response.json()["request_id"] == response.headers["x-request-id"]


def test_a_fault_of_the_server_is_found_by_its_id(
    client: TestClient, library: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(library.service, "ask", fail)
    response = client.post("/v1/answers", json=ASKED, headers={"X-Request-ID": "mine"})
    assert response.status_code == 500
    assert response.json()["request_id"] == response.headers["x-request-id"] == "mine"
    assert "odd" in caplog.text


def test_every_request_leaves_one_line_without_its_query(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="assistant")
    client.get("/v1/search", params={"q": "a secret plan"})
    client.post("/v1/answers", json=ASKED)
    for path in ("/healthz", "/metrics", "/ui/css/base.css"):
        client.get(path)
    told = [record for record in caplog.records if record.name == "assistant.requests"]
    assert [(one.path, one.status) for one in told] == [("/v1/search", 200), ("/v1/answers", 200)]  # type: ignore[attr-defined]
    everything = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("assistant"))
    assert "secret plan" not in everything and ASKED["question"] not in everything


def test_a_streamed_answer_is_logged_with_its_requests_id(client: TestClient, library: Assistant) -> None:
    seen: list[str | None] = []

    class Watching:
        def answered(self, _: object) -> None:
            request = current_request.get()
            seen.append(request.id if request else None)

        def ingested(self, _: object) -> None: ...

        def flush(self) -> None: ...

    library.observers.add(Watching())
    headers = {"Accept": "text/event-stream", "X-Request-ID": "streamed"}
    assert "event: done" in client.post("/v1/answers", json=ASKED, headers=headers).text
    assert client.post("/v1/answers", json=ASKED, headers={"X-Request-ID": "whole"}).status_code == 200
    assert seen == ["streamed", "whole"]


def test_requests_are_counted_by_pattern(client: TestClient) -> None:
    for article in ("a", "b", "suspension"):
        client.get(f"/v1/articles/{article}")
    client.get("/wp-admin.php")
    client.get("/v1/articles", headers={"Host": "evil.example"})
    counted = requests_counted(client)
    assert counted["GET", "/v1/articles/{article_id}", "404"] == 2
    assert counted["GET", "/v1/articles/{article_id}", "200"] == 1
    assert counted["GET", "other", "404"] == 1
    assert counted["GET", "other", "421"] == 1
    assert not any("wp-admin" in route for _, route, _ in counted)


def test_figures_come_in_the_format_that_is_asked_for(client: TestClient) -> None:
    assert client.get("/metrics").headers["content-type"].startswith("text/plain; version=")
    newer = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert newer.headers["content-type"].startswith("application/openmetrics-text")
    assert newer.text.endswith("# EOF\n")
