"""Register, coverage and feedback over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from support import CORPUS, OCTOBER_REGISTER, SUSPENDED

from assistant.api.app import create_app


@pytest.fixture
def client(corpus: Path, build_assistant: object) -> Iterator[TestClient]:
    (corpus / "measures.yaml").write_text(OCTOBER_REGISTER)
    assistant = build_assistant()  # type: ignore[operator]
    assistant.ingest_shipped()
    with TestClient(create_app(assistant), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_the_register_tells_the_status_of_the_day(client: TestClient) -> None:
    body = client.get("/v1/measures", params={"as_of": "2026-01-15"}).json()
    assert (body["as_of"], body["reviewed_to"]) == ("2026-01-15", "2025-12-20")
    (item,) = body["items"]
    assert (item["status"], item["until"]) == ("suspended", "2026-11-10")
    assert item["evidence"][0]["quote"] == SUSPENDED


def test_articles_newer_than_the_review_that_name_a_measure_are_told(client: TestClient) -> None:
    text = {"text": "The October rules were extended on 3 January 2026. Exporters had feared it for weeks."}
    added = client.post("/v1/articles", json=text | {"title": "October rules", "published_on": "2026-01-03"}).json()
    (item,) = client.get("/v1/measures", params={"as_of": "2026-01-15"}).json()["items"]
    assert item["newer_articles"] == added["article_ids"]
    (before,) = client.get("/v1/measures", params={"as_of": "2026-01-02"}).json()["items"]
    assert before["newer_articles"] == []


def test_after_its_last_known_day_a_status_is_unknown(client: TestClient) -> None:
    measure = client.get("/v1/measures/october-rules", params={"as_of": "2026-11-22"}).json()
    told = (measure["status"], measure["last_status"], measure["unknown_after"])
    assert told == ("unknown", "suspended", "2026-11-10")


def test_a_measure_that_is_not_there_is_a_404(client: TestClient) -> None:
    assert client.get("/v1/measures/nope").status_code == 404
    assert client.get("/v1/measures", params={"as_of": "10/11/2026"}).status_code == 422


def test_coverage_names_the_measure_and_the_disclaimer(client: TestClient) -> None:
    body = client.get("/v1/coverage", params={"element": "Ho", "form": "magnet"}).json()
    assert [covering["measure"]["id"] for covering in body["measures"]] == ["october-rules"]
    assert body["note"] == "Not legal advice; read the original."
    assert client.get("/v1/coverage").status_code == 422


def test_feedback_is_kept_replaced_and_listed(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": "Until when has China suspended the October rules?"}).json()
    path = f"/v1/answers/{answer['id']}/feedback"
    assert client.post(path, json={"rating": "down", "comment": "too long"}).status_code == 201
    assert client.post(path, json={"rating": "up"}).status_code == 201
    (item,) = client.get("/v1/feedback").json()["items"]
    assert (item["answer_id"], item["rating"], item["comment"]) == (answer["id"], "up", None)


def test_feedback_on_nothing_or_of_no_kind_is_refused(client: TestClient) -> None:
    assert client.post("/v1/answers/nope/feedback", json={"rating": "up"}).status_code == 404
    assert client.post("/v1/answers/nope/feedback", json={"rating": "meh"}).status_code == 422


def test_the_small_corpus_is_the_one_meant() -> None:
    assert SUSPENDED in (CORPUS / "articles" / "suspension.md").read_text()
