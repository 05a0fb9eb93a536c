"""Export over HTTP: files that a browser keeps, for answers and for conversations."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pytest
from docx import Document as open_word
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.build import Assistant

QUESTION = "How many tonnes of magnets did China export in May 2025?"


@pytest.fixture
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize("what", ["answers", "conversations"])
@pytest.mark.parametrize(
    ("form", "media_type"), [("md", "text/markdown"), ("html", "text/html"), ("json", "application/json")]
)
def test_a_file_is_downloaded_and_holds_the_quote(client: TestClient, what: str, form: str, media_type: str) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    identity = answer["id"] if what == "answers" else answer["conversation_id"]
    response = client.get(f"/v1/{what}/{identity}/export", params={"format": form})
    assert response.headers["content-type"].startswith(media_type)
    name = "how-many-tonnes-of-magnets-did-china-export-in-may-2025"
    assert response.headers["content-disposition"] == f'attachment; filename="{name}.{form}"'
    assert hashlib.sha256(answer["citations"][0]["quote"].encode()).hexdigest() in response.text


@pytest.mark.parametrize("what", ["answers", "conversations"])
def test_a_word_file_opens(client: TestClient, what: str) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    identity = answer["id"] if what == "answers" else answer["conversation_id"]
    content = client.get(f"/v1/{what}/{identity}/export", params={"format": "docx"}).content
    assert answer["sentences"][0]["text"] in "\n".join(one.text for one in open_word(io.BytesIO(content)).paragraphs)


def test_a_record_is_the_answer_as_it_was_given(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    record = client.get(f"/v1/answers/{answer['id']}/export", params={"format": "json"}).json()
    assert record["answer"] == answer
    assert record["corpus_digest"] == answer["corpus_digest"]
    assert len(record["corpus_digest"]) == 64
    assert [quote["stands"] for quote in record["quotes"]] == [True] * len(answer["citations"])


def test_a_quote_of_a_removed_article_no_longer_stands(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    client.delete(f"/v1/articles/{answer['citations'][0]['article_id']}")
    record = client.get(f"/v1/answers/{answer['id']}/export", params={"format": "json"}).json()
    assert record["quotes"][0]["stands"] is False
    assert record["corpus_digest"] == answer["corpus_digest"]


def test_what_is_not_there_or_no_format_is_refused(client: TestClient) -> None:
    assert client.get("/v1/answers/nope/export").status_code == 404
    assert client.get("/v1/conversations/nope/export").status_code == 404
    answer = client.post("/v1/answers", json={"question": QUESTION}).json()
    assert client.get(f"/v1/answers/{answer['id']}/export", params={"format": "exe"}).status_code == 422


def test_conversations_are_searched_by_title_and_question(client: TestClient) -> None:
    first = client.post("/v1/answers", json={"question": QUESTION}).json()
    client.post("/v1/answers", json={"question": "What of 100% gallium?", "conversation_id": first["conversation_id"]})
    client.post("/v1/answers", json={"question": "What does germanium cost?"})

    def found(words: str) -> list[str]:
        items = client.get("/v1/conversations", params={"q": words}).json()["items"]
        return [item["title"] for item in items]

    assert found("GERMANIUM") == ["What does germanium cost?"]
    assert found("gallium") == found("may magnets") == found("100%") == [QUESTION]
    assert found("%") == [QUESTION]
    assert found("_") == found("gallium germanium") == []
    assert len(found("")) == 2


def test_passages_of_an_article_lie_where_they_say(client: TestClient) -> None:
    article = client.get("/v1/articles/april-rule").json()
    items = client.get("/v1/articles/april-rule/passages").json()["items"]
    assert items
    assert all(article["text"][item["start"] : item["end"]] == item["text"] for item in items)
    assert client.get("/v1/articles/nope/passages").status_code == 404


def test_feedback_is_listed_beside_its_question_and_counted(client: TestClient) -> None:
    for question, rating in ((QUESTION, "up"), ("What does germanium cost?", "down")):
        answer = client.post("/v1/answers", json={"question": question}).json()
        client.post(f"/v1/answers/{answer['id']}/feedback", json={"rating": rating})
    body = client.get("/v1/feedback", params={"rating": "down"}).json()
    assert body["counts"] == {"up": 1, "down": 1}
    (item,) = body["items"]
    assert (item["question"], item["conversation_id"]) == ("What does germanium cost?", answer["conversation_id"])
    assert client.get("/v1/feedback", params={"rating": "meh"}).status_code == 422
