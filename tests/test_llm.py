"""LangChain chat models as language models: names, keys, time, retries, refusals."""

from __future__ import annotations

import importlib.util
import logging
import time
from contextlib import closing
from typing import Any

import pytest
from chat_models import NAME, ScriptedChatModel
from langchain_core.messages import AIMessageChunk

from assistant import llm
from assistant.answer.language_model import LanguageModelError, Piece, Prompt
from assistant.errors import BadInputError, MissingDependencyError
from assistant.llm import MOST_AT_ONCE, LangChainModel, ModelOptions, open_model

PROMPT = Prompt("the rules", "the question")
KEY = "sk-secret-0123456789"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm, "FIRST_PAUSE_SECONDS", 0.0)


class StatusError(Exception):
    def __init__(self, status_code: int, words: str = "") -> None:
        super().__init__(words)
        self.status_code = status_code


def model(timeout: float = 5.0, retries: int = 0, **given: Any) -> LangChainModel:
    return LangChainModel(ScriptedChatModel(**given), NAME, timeout, retries)


def written(one: LangChainModel) -> str:
    return "".join(piece.text for piece in one.stream(PROMPT))


def test_pieces_come_as_the_model_writes_them_and_tokens_at_the_end() -> None:
    found = list(model(chunks=["It ", "rose."], tokens=(10, 2)).stream(PROMPT))
    assert [piece for piece in found if piece != Piece("")] == [Piece("It "), Piece("rose."), Piece("", 10, 2)]


def test_rules_and_question_are_messages_of_their_own() -> None:
    chat_model = ScriptedChatModel(chunks=["x"])
    list(LangChainModel(chat_model, NAME).stream(PROMPT))
    assert [(one.type, one.content) for one in chat_model.prompts[0]] == [
        ("system", "the rules"), ("human", "the question")
    ]  # fmt: skip


def test_blocks_of_text_are_text_and_other_blocks_are_not() -> None:
    blocks = [{"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "It rose."}]
    assert llm._piece(AIMessageChunk(blocks)).text == "It rose."


def test_an_attempt_that_fails_before_the_first_piece_is_made_again() -> None:
    assert written(model(retries=1, failures=[OSError()], chunks=["It rose."])) == "It rose."


def test_no_more_attempts_than_told() -> None:
    with pytest.raises(LanguageModelError, match="OSError"):
        written(model(retries=1, failures=[OSError(), OSError()], chunks=["It rose."]))


def test_an_attempt_that_fails_after_the_first_piece_is_not_made_again() -> None:
    chat_model = ScriptedChatModel(chunks=["It rose."], error=OSError())
    with pytest.raises(LanguageModelError):
        written(LangChainModel(chat_model, NAME, retries=3))
    assert len(chat_model.prompts) == 1


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_wrong_key_or_request_is_not_tried_again(status: int) -> None:
    chat_model = ScriptedChatModel(failures=[StatusError(status)], chunks=["It rose."])
    with pytest.raises(LanguageModelError):
        written(LangChainModel(chat_model, NAME, retries=3))
    assert len(chat_model.prompts) == 1


def test_nothing_that_a_provider_says_is_told_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LanguageModelError) as raised:
        written(model(failures=[StatusError(401, f"Incorrect API key provided: {KEY}")]))
    assert str(raised.value) == "its provider told StatusError"
    assert raised.value.__cause__ is None
    assert KEY not in caplog.text
    assert "StatusError" in caplog.text


@pytest.mark.parametrize("reason", ["content_filter", "refusal", "SAFETY"])
def test_a_refusal_is_a_failure(reason: str) -> None:
    with pytest.raises(LanguageModelError, match="refused"):
        written(model(chunks=["I cannot"], finish_reason=reason))


def test_a_slow_model_is_left_when_its_time_is_over() -> None:
    started = time.monotonic()
    with pytest.raises(LanguageModelError, match=r"did not finish within 0\.2 seconds"):
        written(model(timeout=0.2, chunks=["a"] * 100, pause=0.1))
    assert time.monotonic() - started < 2


def test_a_silent_model_is_left_when_its_time_is_over() -> None:
    started = time.monotonic()
    with pytest.raises(LanguageModelError, match="did not finish"):
        written(model(timeout=0.2, chunks=["a"], pause=1.5))
    assert time.monotonic() - started < 1.4


def test_a_model_busy_with_as_many_answers_as_it_may_refuses_another_at_once() -> None:
    busy = model(chunks=["a"] * 50, pause=0.05)
    running = [busy.stream(PROMPT) for _ in range(MOST_AT_ONCE)]
    for stream in running:
        next(stream)
    with pytest.raises(LanguageModelError, match="busy"):
        written(busy)
    for stream in running:
        stream.close()


def test_a_stream_that_is_closed_makes_room_for_another() -> None:
    busy = model(chunks=["a", "b"])
    for _ in range(3 * MOST_AT_ONCE):
        with closing(busy.stream(PROMPT)) as stream:
            next(stream)
        time.sleep(0.01)
    assert written(busy) == "ab"


# Opening


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", ":gpt", "", "openai gpt", "openai:a b", "open/ai:x"])
def test_a_name_that_is_not_provider_and_model_is_bad_input(name: str) -> None:
    with pytest.raises(BadInputError, match="provider:model"):
        open_model(name, ModelOptions())


def test_a_provider_that_nobody_knows_is_bad_input() -> None:
    with pytest.raises(BadInputError, match="'nobody' is not known; use openai, anthropic, ollama"):
        open_model("nobody:nothing", ModelOptions())


def test_a_base_url_that_is_none_is_bad_input_and_not_repeated() -> None:
    with pytest.raises(BadInputError) as raised:
        open_model("openai:x", ModelOptions(base_url=f"ftp://me:{KEY}@host"))
    assert KEY not in str(raised.value)


def missing(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in packages else real(name))


@pytest.mark.parametrize(
    ("name", "package"),
    [("openai:x", "langchain"), ("openai:x", "langchain_openai"), ("anthropic:x", "langchain_anthropic"),
     ("ollama:x", "langchain_ollama")],
)  # fmt: skip
def test_a_missing_package_is_told_with_the_extra_that_brings_it(
    name: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing(monkeypatch, package)
    with pytest.raises(
        MissingDependencyError, match=rf"{package}; install it with: pip install 'assistant\[{name[:-2]}"
    ):
        open_model(name, ModelOptions())


def test_without_langchain_another_provider_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, "langchain")
    with pytest.raises(BadInputError, match="'groq' is not known"):
        open_model("groq:x", ModelOptions())


def test_a_missing_key_is_told_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(MissingDependencyError, match="OPENAI_API_KEY"):
        open_model("openai:x", ModelOptions())


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert open_model("openai:x", ModelOptions("http://127.0.0.1:9/v1")).name == "openai:x"


def test_limits_reach_the_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    chat_model: Any = open_model("openai:x", ModelOptions(timeout=7, max_tokens=50, temperature=0.5))._chat_model
    assert (chat_model.request_timeout, chat_model.max_retries, chat_model.max_tokens, chat_model.temperature) == (
        7, 0, 50, 0.5
    )  # fmt: skip
    assert chat_model.stream_usage


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with pytest.raises(LanguageModelError, match="it cannot be reached"):
        written(open_model("openai:x", ModelOptions("http://127.0.0.1:9/v1", timeout=5, retries=0)))
