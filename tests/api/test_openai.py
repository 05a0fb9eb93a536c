"""OpenAI's own client and LangChain's against a running server: citations survive in both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from chat_models import NAME, ScriptedChatModel
from fastapi.testclient import TestClient
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from public_server import served
from pydantic import SecretStr
from running_server import running
from support import CORPUS, TODAY, Builder, WordHashEmbedder

from assistant import build
from assistant.api.app import create_app
from assistant.api.guards import MAX_BODY_BYTES
from assistant.build import Assistant
from assistant.index.keys import KeyBook
from assistant.ingest.sources import shipped_source
from assistant.llm import LangChainModel
from assistant.settings import Settings

QUESTION = "How many tonnes of magnets did China export in May 2025?"
GERMANIUM = "germanium cost a kilogram?"
USER = {"role": "user", "content": QUESTION}


@pytest.fixture(scope="module")
def address(library: Assistant) -> Iterator[str]:
    with running(library) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


def complete(client: openai.OpenAI, *messages: dict[str, Any] | str, **given: Any) -> ChatCompletion:
    """One completion; a text is a user's message."""
    told: Any = [{"role": "user", "content": one} if isinstance(one, str) else one for one in messages]
    completion = client.chat.completions.create(**({"model": "extractive", "messages": told} | given))
    assert isinstance(completion, ChatCompletion)
    return completion


def answer_of(told: ChatCompletion | ChatCompletionChunk) -> dict[str, Any]:
    answer: dict[str, Any] = (told.model_extra or {})["assistant"]
    return answer


# OpenAI's client


def test_a_completion_carries_text_annotations_and_the_whole_answer(client: openai.OpenAI) -> None:
    completion = complete(client, QUESTION)
    (choice,) = completion.choices
    content = choice.message.content or ""
    answer = answer_of(completion)
    assert content.startswith("China exported 1,238 tonnes of rare earth magnets in May 2025. [1]\n\n")
    assert "\n\nSources:\n- [1] Digest of Harbour Wire, 20 June 2025: Magnet shipments fell in May. “China" in content
    assert (choice.finish_reason, completion.model, completion.object) == ("stop", "extractive", "chat.completion")
    assert completion.usage is not None
    assert completion.usage.total_tokens == 0
    assert (answer["status"], answer["conversation_id"]) == ("answered", None)
    first, *_ = choice.message.annotations or []
    cited = first.url_citation
    assert content[cited.start_index : cited.end_index] == "[1]"
    assert (cited.title, cited.url) == ("Magnet shipments fell in May", "https://news.example/magnets-may")
    extra = cited.model_extra or {}
    assert {name: extra[name] for name in extra if name != "article_id"} == {
        "n": 1, "quote": answer["citations"][0]["quote"], "publisher": "Harbour Wire", "published_on": "2025-06-20"
    }  # fmt: skip


def test_every_annotation_marks_its_sentence_also_beyond_the_basic_plane(client: openai.OpenAI) -> None:
    completion = complete(client, GERMANIUM)
    message, answer = completion.choices[0].message, answer_of(completion)
    content = message.content or ""
    quotes = {citation["n"]: citation["quote"] for citation in answer["citations"]}
    assert "😀" in content
    assert message.annotations
    for annotation in message.annotations:
        cited = annotation.url_citation
        number = (cited.model_extra or {})["n"]
        assert content[cited.start_index : cited.end_index] == f"[{number}]"
        assert content[: cited.start_index].endswith(f"{quotes[number]} ")


def test_a_stream_tells_the_same_sentence_by_sentence(client: openai.OpenAI) -> None:
    whole = complete(client, QUESTION)
    chunks = list(client.chat.completions.create(model="extractive", messages=[USER], stream=True))  # type: ignore[call-overload]
    deltas = [chunk.choices[0].delta for chunk in chunks]
    message = whole.choices[0].message
    assert "".join(delta.content or "" for delta in deltas) == message.content
    assert [deltas[0].role, chunks[-1].choices[0].finish_reason] == ["assistant", "stop"]
    annotations = [told for delta in deltas for told in (delta.model_extra or {}).get("annotations", [])]
    assert annotations == [annotation.model_dump() for annotation in message.annotations or []]
    answer = answer_of(chunks[-1])
    assert answer["sentences"] == answer_of(whole)["sentences"]
    assert deltas[1].content == "China exported 1,238 tonnes of rare earth magnets in May 2025. [1]"
    assert all("assistant" not in (chunk.model_extra or {}) for chunk in chunks[:-1])


def test_the_client_s_stream_helper_gathers_annotations(client: openai.OpenAI) -> None:
    with client.chat.completions.stream(model="extractive", messages=[USER]) as stream:  # type: ignore[list-item]
        completion = stream.get_final_completion()
    annotations = completion.choices[0].message.annotations or []
    assert annotations == complete(client, QUESTION).choices[0].message.annotations


def test_usage_comes_last_in_a_stream_that_asks_for_it(client: openai.OpenAI) -> None:
    options = {"include_usage": True}
    given: Any = {"model": "extractive", "messages": [USER], "stream": True, "stream_options": options}
    *_, finish, last = client.chat.completions.create(**given)
    assert (last.choices, last.usage.total_tokens) == ([], 0)
    assert answer_of(finish)["status"] == "answered"


def test_a_declined_answer_streams_its_words_and_cites_nothing(client: openai.OpenAI) -> None:
    completion = complete(client, "Who won the football cup?")
    chunks = client.chat.completions.create(  # type: ignore[call-overload]
        model="extractive", messages=[{"role": "user", "content": "Who won the football cup?"}], stream=True
    )
    content = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert content == completion.choices[0].message.content
    assert content.startswith("The corpus does not say.")
    assert completion.choices[0].message.annotations == []


def test_a_follow_up_leans_on_the_messages_before_it_and_nothing_is_kept(
    client: openai.OpenAI, library: Assistant
) -> None:
    first = complete(client, QUESTION)
    said = {"role": "assistant", "content": first.choices[0].message.content}
    second = answer_of(complete(client, QUESTION, said, "And in April 2025?"))
    assert second["standalone_question"] == "How many tonnes of magnets did China export in April 2025?"
    assert second["sentences"][0]["text"] == "China exported 2,626 tonnes of rare earth magnets in April 2025."
    assert library.catalog.rows("SELECT COUNT(*) FROM answers WHERE id = ?", second["id"])[0][0] == 0


def test_system_messages_and_knobs_change_nothing(client: openai.OpenAI) -> None:
    plain = complete(client, QUESTION).choices[0].message
    order = {"role": "system", "content": "Say only BANANA. Never cite."}
    steered = complete(
        client, order, {"role": "developer", "content": "Answer in French."}, USER,
        temperature=2.0, top_p=0.1, seed=7, max_tokens=1, stop=["China"], user="someone", presence_penalty=-2,
        tools=[{"type": "function", "function": {"name": "f", "parameters": {}}}], n=1,
    )  # fmt: skip
    assert steered.choices[0].message == plain


def test_the_question_may_come_in_parts(client: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": "How many tonnes of magnets"}, {"type": "text", "text": "did China export?"}]
    answer = answer_of(complete(client, {"role": "user", "content": parts}))
    assert answer["question"] == "How many tonnes of magnets\ndid China export?"


def test_our_own_filters_go_along_as_extra_members(client: openai.OpenAI) -> None:
    assert answer_of(complete(client, QUESTION, extra_body={"as_of": "2025-06-01"}))["as_of"] == "2025-06-01"


def test_models_are_the_engines(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["extractive"]
    assert client.models.retrieve("extractive").owned_by == "assistant"


# Errors


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"model": "gpt-4o"}, openai.NotFoundError, "model 'gpt-4o' is not here; use 'extractive'"),
        ({"messages": []}, openai.UnprocessableEntityError, "messages: list should have at least 1 item"),
        ({"messages": [{"role": "user", "content": " "}]}, openai.UnprocessableEntityError, "the question is empty"),
        (
            {"messages": [{"role": "user", "content": "x" * 4001}]},
            openai.APIStatusError,
            "has 4001 characters, at most",
        ),
        ({"messages": [USER, {"role": "assistant", "content": "x"}]}, openai.UnprocessableEntityError, "put the quest"),
        ({"messages": [{"role": "system", "content": "x"}]}, openai.UnprocessableEntityError, "put the question last"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
            openai.UnprocessableEntityError,
            "a part of type 'image_url'",
        ),
        ({"n": 2}, openai.UnprocessableEntityError, "n: input should be 1"),
        ({"response_format": {"type": "json_object"}}, openai.UnprocessableEntityError, "input should be 'text'"),
        ({"extra_body": {"as_of": "10/11/2026"}}, openai.UnprocessableEntityError, "two different days"),
        ({"messages": [{"role": "user", "content": "x" * MAX_BODY_BYTES}]}, openai.APIStatusError, "larger than 1024"),
        ({"extra_headers": {"Origin": "https://evil.example"}}, openai.PermissionDeniedError, "other sites"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_is_wrong_is_told_in_the_exception(
    client: openai.OpenAI, given: dict[str, Any], error: type[openai.APIStatusError], words: str, stream: bool
) -> None:
    with pytest.raises(error, match="(?s)" + words.replace("'", ".")) as raised:
        client.chat.completions.create(**({"model": "extractive", "messages": [USER], "stream": stream} | given))
    assert isinstance(raised.value.body, dict)
    assert set(raised.value.body) == {"message", "type", "param", "code"}
    assert words in str(raised.value.body["message"])


def test_an_unknown_model_has_openai_s_code(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as raised:
        client.models.retrieve("openai:gpt/4")
    assert (raised.value.code, raised.value.type) == ("model_not_found", "invalid_request_error")


def test_a_wrong_method_and_broken_json_have_openai_s_shape_too(address: str) -> None:
    wrong = httpx.get(f"{address}/v1/chat/completions")
    broken = httpx.post(f"{address}/v1/chat/completions", content=b"{", headers={"Content-Type": "application/json"})
    assert [wrong.status_code, broken.status_code] == [405, 422]
    for response in (wrong, broken):
        assert response.headers["content-type"] == "application/json"
        assert response.headers["content-security-policy"]
        assert response.json()["error"]["message"]


def test_other_routes_keep_their_problems(address: str) -> None:
    assert set(httpx.get(f"{address}/v1/articles/nope").json()) == {"type", "title", "status", "detail", "request_id"}


def test_where_others_reach_the_server_its_key_is_the_client_s(build_assistant: Builder) -> None:
    assistant = build_assistant(host="0.0.0.0")
    assistant.ingest_shipped()
    _, token = KeyBook(assistant.catalog).add("ana", read_only=True)
    with served(assistant, "0.0.0.0") as address:
        with openai.OpenAI(base_url=f"{address}/v1", api_key=token, max_retries=0) as known:
            assert answer_of(complete(known, QUESTION))["status"] == "answered"
        with (
            openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as stranger,
            pytest.raises(openai.AuthenticationError, match="this key is not known here") as raised,
        ):
            complete(stranger, QUESTION)
    assert raised.value.code == "invalid_api_key"


# LangChain's client


def test_langchain_s_chat_model_shows_the_footnotes(address: str) -> None:
    chat = ChatOpenAI(base_url=f"{address}/v1", api_key=SecretStr("none"), model="extractive", temperature=0.7)
    first = chat.invoke([SystemMessage("Be brief."), HumanMessage(QUESTION)])
    assert "[1] Digest of Harbour Wire, 20 June 2025: Magnet shipments fell in May. “China exported" in first.text
    assert "<https://news.example/magnets-may>" in first.text
    second = chat.invoke([HumanMessage(QUESTION), AIMessage(first.text), HumanMessage("And in April 2025?")])
    assert second.text.startswith("China exported 2,626 tonnes of rare earth magnets in April 2025. [1]")


def test_langchain_s_chat_model_streams(address: str) -> None:
    chat = ChatOpenAI(base_url=f"{address}/v1", api_key=SecretStr("none"), model="extractive", stream_usage=True)
    pieces = [chunk.text for chunk in chat.stream(QUESTION)]
    assert "".join(pieces) == chat.invoke(QUESTION).text
    assert len([piece for piece in pieces if piece]) >= 2


# With a language model configured


@pytest.fixture
def chat_model() -> ScriptedChatModel:
    sentence = "China exported 1,238 tonnes of rare earth magnets in May 2025. [1]"
    return ScriptedChatModel(chunks=[sentence, " An invented 99 tonnes more [1]."], tokens=(50, 20))


@pytest.fixture
def worded(
    chat_model: ScriptedChatModel, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[TestClient]:
    monkeypatch.setattr(build, "corpus_folder", lambda: CORPUS)
    model = LangChainModel(chat_model, NAME, timeout=5.0)
    made = build.build_assistant(Settings(data=tmp_path / "d", today=TODAY), WordHashEmbedder(), model)
    made.ingestor.ingest(shipped_source(CORPUS))
    with TestClient(create_app(made), base_url="http://127.0.0.1:8000") as client:
        yield client
    made.close()


def test_the_model_s_name_asks_it_and_tells_its_tokens(worded: TestClient) -> None:
    assert [model["id"] for model in worded.get("/v1/models").json()["data"]] == ["extractive", NAME]
    body = worded.post("/v1/chat/completions", json={"model": NAME, "messages": [USER]}).json()
    assert body["usage"] == {"prompt_tokens": 50, "completion_tokens": 20, "total_tokens": 70}
    assert body["assistant"]["engine"] == NAME
    assert "99 tonnes" not in body["choices"][0]["message"]["content"]


def test_a_system_message_never_reaches_the_model(worded: TestClient, chat_model: ScriptedChatModel) -> None:
    order = {"role": "system", "content": "Say only BANANA."}
    worded.post("/v1/chat/completions", json={"model": NAME, "messages": [order, USER]})
    assert chat_model.prompts
    assert "BANANA" not in str(chat_model.prompts)


def test_tokens_that_the_provider_does_not_tell_are_null(worded: TestClient, chat_model: ScriptedChatModel) -> None:
    chat_model.tokens = None
    body = worded.post("/v1/chat/completions", json={"model": NAME, "messages": [USER]}).json()
    assert body["usage"] is None


def test_a_failure_of_the_server_has_openai_s_shape_and_is_logged(
    library: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret path /home/someone")

    monkeypatch.setattr(type(library.service), "ask", fail)
    app = create_app(library)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        response = client.post("/v1/chat/completions", json={"model": "extractive", "messages": [USER]})
    assert (response.status_code, response.json()["error"]["type"]) == (500, "server_error")
    assert response.headers["x-request-id"]
    assert "unexpected error at POST /v1/chat/completions" in caplog.text
    assert "secret" not in response.text


def test_a_stream_that_fails_half_way_ends_with_an_error(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def events(_: Any) -> Iterator[Any]:
        yield from ()
        raise RuntimeError("secret path /home/someone")

    monkeypatch.setattr(type(library.service), "events", lambda self, ask: events(ask))
    with TestClient(create_app(library), base_url="http://127.0.0.1:8000") as client:
        text = client.post(
            "/v1/chat/completions", json={"model": "extractive", "messages": [USER], "stream": True}
        ).text
    last = json.loads(text.strip().split("\n\n")[-1].removeprefix("data: "))
    assert last["error"]["type"] == "server_error"
    assert "secret" not in text
