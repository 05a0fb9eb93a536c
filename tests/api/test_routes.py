"""The routes of the contract, over the small corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.build import Assistant

QUESTION = "How many tonnes of magnets did China export in May 2025?"
ANSWER_FIELDS = (
    "id question standalone_question status sentences citations conflicts standings changes notices missing removed "
    "suggestions as_of about corpus_current_to newest_evidence_on engine confidence usage fingerprint timings_ms "
    "conversation_id stale filters independent_sources corpus_digest"
).split()
ARTICLE = "The ministry of an invented land granted 12 licences for zirconia on 3 May 2025. Exporters were relieved."


@pytest.fixture
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant), base_url="http://127.0.0.1:8000") as client:
        yield client


def problem_of(response: object) -> dict[str, object]:
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    body: dict[str, object] = response.json()  # type: ignore[attr-defined]
    assert set(body) == {"type", "title", "status", "detail", "request_id"}
    return body


def events_of(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [block for block in text.split("\n\n") if block]
    lines = [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]
    return [(line["event"], json.loads(line["data"])) for line in lines]


def test_an_answer_has_every_field_and_exact_quotes(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    assert list(answer) == ANSWER_FIELDS
    assert answer["status"] == "answered"
    assert [citation["n"] for citation in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    for citation in answer["citations"]:
        article = client.get(f"/v1/articles/{citation['article_id']}").json()
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_the_stream_ends_with_the_answer_that_the_events_told(client: TestClient) -> None:
    response = client.post("/v1/answers", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    events = events_of(response.text)
    names = [name for name, _ in events]
    assert names[0] == "evidence"
    assert names[-1] == "done"
    assert set(names[1:-1]) == {"sentence"}
    answer = events[-1][1]
    assert [event["sentence"] for name, event in events if name == "sentence"] == answer["sentences"]
    brought = [citation for name, event in events if name == "sentence" for citation in event["citations"]]  # type: ignore[attr-defined]
    assert brought == answer["citations"]


def test_evidence_passages_carry_no_number(client: TestClient) -> None:
    response = client.post("/v1/answers", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    items = events_of(response.text)[0][1]["items"]
    assert all(set(item["passage"]) == {"id", "article_id", "start", "end", "text"} for item in items)  # type: ignore[attr-defined]


def test_an_answer_reopens_as_it_was_given(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    assert client.get(f"/v1/answers/{answer['id']}").json() == answer


def test_an_answer_is_stale_once_its_article_is_gone(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    assert client.delete(f"/v1/articles/{answer['citations'][0]['article_id']}").status_code == 204
    assert client.get(f"/v1/answers/{answer['id']}").json()["stale"] is True


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "question"),
        ({"question": "  "}, "empty"),
        ({"question": "x" * 5000}, "4000"),
        ({"question": "a", "as_of": "10/11/2026"}, "two different days"),
        ({"question": "a", "as_of": "yesterdayish"}, "YYYY-MM-DD"),
        ({"question": "a", "since": "2025-02-30"}, "does not exist"),
        ({"question": "a", "engine": "gpt"}, "not configured"),
        ({"question": "a", "colour": "red"}, "colour"),
    ],
)
def test_bad_questions_are_told_what_is_wrong(client: TestClient, body: dict[str, str], words: str) -> None:
    response = client.post("/v1/answers", json=body)
    assert response.status_code == 422
    assert words in str(problem_of(response)["detail"])


def test_broken_json_is_a_problem(client: TestClient) -> None:
    response = client.post("/v1/answers", content=b"{", headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert "not valid JSON" in str(problem_of(response)["detail"])


def test_a_lone_surrogate_is_a_problem_and_no_crash(client: TestClient) -> None:
    body = b'{"question": "\\ud800 licence"}'
    response = client.post("/v1/answers", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "question", ["AND NOT *", '"', "'; DROP TABLE articles;--", "🙂", "the of and", "{}" * 500, "\x00", "x" * 4000]
)
def test_any_text_is_a_question(client: TestClient, question: str) -> None:
    assert client.post("/v1/answers", json={"question": question}).status_code == 200


@pytest.mark.parametrize("path", ["/v1/articles/nope", "/v1/answers/nope", "/v1/conversations/nope", "/v1/nowhere"])
def test_what_is_not_there_is_a_404_problem(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert problem_of(response)["status"] == 404


def test_a_wrong_method_is_a_problem(client: TestClient) -> None:
    response = client.put("/v1/answers", json={})
    assert response.status_code == 405
    problem_of(response)


def test_articles_come_in_pages_without_their_texts(client: TestClient) -> None:
    first = client.get("/v1/articles", params={"limit": 2}).json()
    rest = client.get("/v1/articles", params={"limit": 200, "cursor": first["next"]}).json()
    ids = [item["id"] for item in first["items"] + rest["items"]]
    assert len(first["items"]) == 2
    assert rest["next"] is None
    assert ids == sorted(set(ids))
    assert all("text" not in item for item in first["items"])


def test_search_tells_why_each_passage_was_found(client: TestClient) -> None:
    items = client.get("/v1/search", params={"q": QUESTION, "k": 3}).json()["items"]
    assert len(items) == 3
    assert all(item["found_by"] and set(item["found_by"]) <= {"dense", "full_text"} for item in items)
    assert [item["score"] for item in items] == sorted((item["score"] for item in items), reverse=True)


def test_an_added_text_answers_and_a_deleted_one_does_not(client: TestClient) -> None:
    report = client.post(
        "/v1/articles",
        json={"text": ARTICLE, "title": "Zirconia", "publisher": "Test Gazette", "published_on": "2025-05"},
    )
    assert report.status_code == 201
    (article_id,) = report.json()["article_ids"]
    question = {"question": "How many licences for zirconia were granted on 3 May 2025?"}
    answer = client.post("/v1/answers", json=question).json()
    assert answer["citations"][0]["article_id"] == article_id
    assert answer["citations"][0]["publisher"] == "Test Gazette"
    assert answer["citations"][0]["published_on"] == "2025-05"
    assert client.delete(f"/v1/articles/{article_id}").status_code == 204
    cited = client.post("/v1/answers", json=question).json()["citations"]
    assert article_id not in [citation["article_id"] for citation in cited]


def test_an_uploaded_file_is_an_article_and_its_name_is_no_path(client: TestClient) -> None:
    files = {"file": ("../../etc/passwd.txt", ARTICLE.encode(), "text/plain")}
    report = client.post("/v1/articles", files=files)
    assert report.status_code == 201
    article = client.get(f"/v1/articles/{report.json()['article_ids'][0]}").json()
    assert article["uri"] == "upload:passwd.txt"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"url": "http://169.254.169.254/"}, "private, local or special"),
        ({"url": "file:///etc/passwd"}, "only http and https"),
        ({"url": "https://example.org/a", "text": ARTICLE}, "both"),
        ({"text": " "}, "no text"),
        ({"text": ARTICLE, "published_on": "soon"}, "not a date"),
    ],
)
def test_articles_that_cannot_be_added_say_why(client: TestClient, body: dict[str, str], words: str) -> None:
    response = client.post("/v1/articles", json=body)
    assert response.status_code == 422
    assert words in str(problem_of(response)["detail"])


def test_an_unknown_file_type_is_refused_by_name(client: TestClient) -> None:
    response = client.post("/v1/articles", files={"file": ("virus.exe", b"MZ\x00", "application/octet-stream")})
    assert response.status_code == 422
    assert "virus.exe" in str(problem_of(response)["detail"])


def test_a_conversation_is_listed_renamed_read_and_deleted(client: TestClient) -> None:
    first = client.post("/v1/answers", json={"question": QUESTION}).json()
    follow_up = {"question": "And in June 2025?", "conversation_id": first["conversation_id"]}
    second = client.post("/v1/answers", json=follow_up).json()
    assert second["standalone_question"] == "How many tonnes of magnets did China export in June 2025?"
    path = f"/v1/conversations/{first['conversation_id']}"
    assert client.patch(path, json={"title": "Magnets"}).json()["title"] == "Magnets"
    assert [item["title"] for item in client.get("/v1/conversations").json()["items"]] == ["Magnets"]
    assert [answer["id"] for answer in client.get(path).json()["answers"]] == [first["id"], second["id"]]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_a_question_may_be_taken_as_written(client: TestClient) -> None:
    first = client.post("/v1/answers", json={"question": QUESTION}).json()
    body = {"question": "And in June 2025?", "conversation_id": first["conversation_id"], "as_written": True}
    assert client.post("/v1/answers", json=body).json()["standalone_question"] == "And in June 2025?"


def test_operators_see_that_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"


def test_the_schema_has_examples_and_the_contract_s_names(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    assert schema["components"]["schemas"]["AskBody"]["properties"]["question"]["examples"]
    assert set(schema["components"]["schemas"]["Answer"]["properties"]) == set(ANSWER_FIELDS)
    assert set(schema["components"]["schemas"]["Period"]["properties"]) == {"from", "until"}
