"""The API's description: complete, and true of what is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from support import OCTOBER_REGISTER, Builder, write_article

from assistant.api.app import create_app
from evals.api_fuzz import strict

EVAL_RESULTS = Path(__file__).parents[2] / "evals" / "results"
MAY = "How many tonnes of magnets did China export in May 2025?"
USER = {"role": "user", "content": MAY}


@pytest.fixture
def client(corpus: Any, build_assistant: Builder) -> Iterator[TestClient]:
    (corpus / "measures.yaml").write_text(OCTOBER_REGISTER)
    assistant = build_assistant(eval_results=EVAL_RESULTS)
    assistant.ingest_shipped()
    # An article that was corrected has a version.
    write_article(corpus / "articles", "mine-visit", "A mine was visited on 3 May 2025. Nothing was found there.")
    assistant.ingest_shipped()
    with TestClient(create_app(assistant), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
def schema(client: TestClient) -> dict[str, Any]:
    return strict(client.get("/openapi.json").json())


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_operation_says_what_it_answers(schema: dict[str, Any]) -> None:
    for method, path, operation in operations(schema):
        for status, response in operation["responses"].items():
            told = [
                content.get("schema") or content.get("itemSchema") for content in response.get("content", {}).values()
            ]
            assert all(told), (method, path, status)
            assert told or status == "204", (method, path, status)
            assert response["description"]
        assert operation["summary"]
        assert operation["description"], (method, path)


def test_every_refusal_is_a_problem_except_for_openai_s_clients(schema: dict[str, Any]) -> None:
    for _, path, operation in operations(schema):
        kinds = {
            kind for status, told in operation["responses"].items() if int(status) >= 400 for kind in told["content"]
        }
        openai = path.startswith(("/v1/chat", "/v1/models"))
        assert kinds == {"application/json"} if openai else "application/problem+json" in kinds


def test_nothing_of_the_framework_s_own_errors_is_told(schema: dict[str, Any]) -> None:
    assert "ValidationError" not in str(schema)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/search?q=magnets", None),
        ("GET", "/v1/articles?limit=2", None),
        ("GET", "/v1/articles/magnets-may", None),
        ("GET", "/v1/articles/mine-visit/versions", None),
        ("GET", "/v1/articles/magnets-may/passages", None),
        ("GET", "/v1/facets", None),
        ("GET", "/v1/jobs", None),
        ("GET", "/v1/conversations", None),
        ("GET", "/v1/conversations/{conversation_id}", None),
        ("GET", "/v1/conversations/{conversation_id}/export?format=json", None),
        ("GET", "/v1/answers/{answer_id}/export?format=json", None),
        ("PATCH", "/v1/conversations/{conversation_id}", {"title": "Magnets"}),
        ("GET", "/v1/answers/{answer_id}", None),
        ("POST", "/v1/answers", {"question": MAY, "conversation_id": None}),
        ("POST", "/v1/answers", {"question": "Is the October rules' suspension still in force?"}),
        ("POST", "/v1/answers", {"question": "Who won the football cup?"}),
        ("POST", "/v1/answers/{answer_id}/feedback", {"rating": "up"}),
        ("GET", "/v1/feedback", None),
        ("GET", "/v1/measures", None),
        ("GET", "/v1/measures/october-rules", None),
        ("GET", "/v1/coverage?element=holmium", None),
        ("GET", "/v1/briefings?topic=magnets", None),
        ("GET", "/v1/briefings?topic=October rules", None),
        ("GET", "/v1/briefings?topic=football", None),
        ("GET", "/v1/briefings?topic=the", None),
        ("GET", "/v1/briefings/export?topic=magnets&format=json", None),
        ("POST", "/v1/articles", {"text": "Dust settled on 4 May 2025 in an invented land, said its ministry."}),
        ("POST", "/v1/articles", {"url": "http://nowhere.invalid/"}),
        ("GET", "/v1/models", None),
        ("GET", "/v1/models/extractive", None),
        ("POST", "/v1/chat/completions", {"model": "extractive", "messages": [USER]}),
        ("POST", "/v1/saved", {"question": MAY, "publishers": ["Caixin"]}),
        ("GET", "/v1/saved", None),
        ("GET", "/v1/changes?since=2020-01-01", None),
        ("GET", "/v1/changes?since=soon", None),
        ("GET", "/v1/evals", None),
        ("GET", "/v1/evals/{eval_name}", None),
        ("GET", "/healthz", None),
        ("GET", "/readyz", None),
        ("GET", "/v1/articles/nope", None),
        ("GET", "/v1/models/nope", None),
        ("POST", "/v1/answers", {"question": ""}),
        ("POST", "/v1/chat/completions", {"model": "extractive", "messages": []}),
    ],
)
def test_what_is_answered_is_what_was_described(
    client: TestClient, schema: dict[str, Any], method: str, path: str, body: Any
) -> None:
    given = client.post("/v1/answers", json={"question": MAY}).json()
    client.post(f"/v1/answers/{given['id']}/feedback", json={"rating": "down", "comment": "too long"})
    client.post("/v1/articles", json={"url": "http://nowhere.invalid/"})
    client.post("/v1/saved", json={"question": MAY})
    ids = {"answer_id": given["id"], "conversation_id": given["conversation_id"], "eval_name": "injection"}
    response = client.request(method, path.format(**ids), json=body)
    told = described(schema, method, path.partition("?")[0])["responses"][str(response.status_code)]
    kind = response.headers["content-type"].partition(";")[0]
    expected = told["content"][kind]["schema"] | {"components": schema["components"]}
    jsonschema.validate(response.json(), expected)
    items = response.json().get("items")
    assert items is None or items, "an empty list shows nothing"


def described(schema: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """The operation that ``path`` is an example of."""
    parts = path.split("/")
    for template, methods in schema["paths"].items():
        wanted = template.split("/")
        fits = len(wanted) == len(parts) and all(a == b or a[:1] == "{" for a, b in zip(wanted, parts, strict=True))
        if fits and method.lower() in methods:
            operation: dict[str, Any] = methods[method.lower()]
            return operation
    raise AssertionError(f"{method} {path} is not described")


def test_a_body_that_is_no_text_is_a_400_in_words(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/v1/answers", content=b'{"question": "\xff"}', headers=headers)
    assert response.status_code == 400
    assert "UTF-8" in response.json()["detail"]
