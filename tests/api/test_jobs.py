"""Adding by address: a job that can be followed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from support import Builder
from web_server import Visitor, WebServer, serving

from assistant.api.app import create_app
from assistant.build import Assistant
from assistant.errors import BusyError
from assistant.index.jobs import JobBook
from assistant.jobs import MOST_WAITING

STORY = "The ministry of an invented land granted twelve licences for zirconia on 3 May 2025. Exporters were relieved."
FIELDS = ["id", "status", "source", "done", "total", "report", "error", "created_at", "finished_at"]


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


@pytest.fixture
def keeper(build_assistant: Builder, server: WebServer) -> Assistant:
    return build_assistant(fetch_allowed_hosts=(server.host,), fetch_delay=0.0, fetch_seconds=5.0)


@pytest.fixture
def client(keeper: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(keeper), base_url="http://127.0.0.1:8000") as client:
        yield client


def finished(client: TestClient, url: str, **told: str) -> dict[str, Any]:
    response = client.post("/v1/articles", json={"url": url} | told)
    assert response.status_code == 202
    for _ in range(200):
        job: dict[str, Any] = client.get(response.headers["location"]).json()
        if job["finished_at"]:
            return job
        time.sleep(0.05)
    raise AssertionError(f"job did not finish: {job}")


def test_an_address_becomes_a_job_and_the_job_an_article(client: TestClient, server: WebServer) -> None:
    url = server.page("/a.txt", STORY, "text/plain")
    job = finished(client, url, publisher="Test Gazette", published_on="2025-05")
    assert list(job) == FIELDS
    assert (job["status"], job["source"], job["done"], job["total"], job["error"]) == ("done", url, 1, 1, None)
    article = client.get(f"/v1/articles/{job['report']['article_ids'][0]}").json()
    assert (article["url"], article["publisher"], article["published_on"]) == (url, "Test Gazette", "2025-05")


def test_a_page_that_cannot_be_had_is_a_failed_job_with_its_reason(client: TestClient, server: WebServer) -> None:
    job = finished(client, f"{server.address}/missing")
    assert (job["status"], job["report"]["added"]) == ("failed", 0)
    assert "HTTP 404" in job["error"]


def test_adding_a_removed_page_again_lets_it_in(client: TestClient, server: WebServer) -> None:
    url = server.page("/a.txt", STORY, "text/plain")
    (article_id,) = finished(client, url)["report"]["article_ids"]
    assert client.delete(f"/v1/articles/{article_id}").status_code == 204
    assert finished(client, url)["report"]["added"] == 1


def test_a_job_waits_for_another_writer(
    client: TestClient, keeper: Assistant, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.jobs._PAUSE_SECONDS", 0.01)
    add, busy = keeper.intake.add, [BusyError("another process is writing")] * 3

    def taken_at_first(*told: Any) -> Any:
        if busy:
            raise busy.pop()
        return add(*told)

    monkeypatch.setattr(keeper.intake, "add", taken_at_first)
    assert finished(client, server.page("/a.txt", STORY, "text/plain"))["report"]["added"] == 1


def test_jobs_are_listed_newest_first_in_pages(client: TestClient, server: WebServer) -> None:
    made = [finished(client, f"{server.address}/{n}")["id"] for n in range(3)]
    first = client.get("/v1/jobs", params={"limit": 2}).json()
    rest = client.get("/v1/jobs", params={"limit": 2, "cursor": first["next"]}).json()
    assert [job["id"] for job in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None


def test_an_unknown_job_is_a_404_problem(client: TestClient) -> None:
    response = client.get("/v1/jobs/nope")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_a_full_queue_says_when_to_come_back(client: TestClient, server: WebServer) -> None:
    release = threading.Event()

    def wait(visitor: Visitor) -> None:
        release.wait(10)
        visitor.send(404, b"")

    server.pages["/slow"] = wait
    try:
        statuses = []
        for _ in range(MOST_WAITING + 2):
            response = client.post("/v1/articles", json={"url": f"{server.address}/slow"})
            statuses.append(response.status_code)
    finally:
        release.set()
    assert statuses[:MOST_WAITING] == [202] * MOST_WAITING
    assert statuses[-1] == 503
    assert response.headers["retry-after"] == "5"
    assert len(client.get("/v1/jobs", params={"limit": 200}).json()["items"]) == statuses.count(202)


def test_jobs_that_a_stopped_server_left_open_are_failed(keeper: Assistant) -> None:
    job = JobBook(keeper.catalog).create("https://example.org/a")
    with TestClient(create_app(keeper), base_url="http://127.0.0.1:8000") as client:
        found = client.get(f"/v1/jobs/{job.id}").json()
    assert found["status"] == "failed"
    assert "add it again" in found["error"]
    assert found["finished_at"]
