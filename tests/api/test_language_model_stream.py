"""A language model behind the API: sentences stream as they are checked, and a slow one holds up nobody."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_models import NAME, ScriptedChatModel
from fastapi.testclient import TestClient
from support import CORPUS, TODAY, WordHashEmbedder

from assistant import build
from assistant.api.app import create_app
from assistant.ingest.sources import shipped_source
from assistant.llm import LangChainModel
from assistant.settings import Settings

QUESTION = "How many tonnes of magnets did China export in May 2025?"
SENTENCE = "China exported 1,238 tonnes of rare earth magnets in May 2025."
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def chat_model() -> ScriptedChatModel:
    return ScriptedChatModel(chunks=[SENTENCE, " [1] An invented 99 tonnes", " more [1]."], tokens=(50, 20))


@pytest.fixture
def client(
    chat_model: ScriptedChatModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[TestClient]:
    monkeypatch.setattr(build, "corpus_folder", lambda: CORPUS)
    model = LangChainModel(chat_model, NAME, timeout=5.0)
    made = build.build_assistant(Settings(data=tmp_path / "d", today=TODAY), WordHashEmbedder(), model)
    made.ingestor.ingest(shipped_source(CORPUS))
    with TestClient(create_app(made), base_url="http://127.0.0.1:8000") as client:
        yield client
    made.close()


def test_sentences_stream_checked_and_the_invented_one_never_does(client: TestClient) -> None:
    text = client.post("/v1/answers", json={"question": QUESTION}, headers=STREAM).text
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in text.split("\n\n") if block]
    told = [json.loads(block["data"])["sentence"]["text"] for block in blocks if block["event"] == "sentence"]
    answer = json.loads(blocks[-1]["data"])
    assert told == [sentence["text"] for sentence in answer["sentences"]] == [SENTENCE]
    assert [one["text"] for one in answer["removed"]] == ["An invented 99 tonnes more."]
    assert answer["usage"] == {"model": NAME, "input_tokens": 50, "output_tokens": 20}


def test_the_engine_is_chosen_by_name(client: TestClient) -> None:
    engines = [client.post("/v1/answers", json={"question": QUESTION, "engine": name}) for name in ("extractive", NAME)]
    assert [response.json()["engine"] for response in engines] == ["extractive", NAME]
    assert client.post("/v1/answers", json={"question": QUESTION, "engine": "openai:x"}).status_code == 422


def test_a_slow_model_holds_up_no_other_request(client: TestClient, chat_model: ScriptedChatModel) -> None:
    chat_model.chunks, chat_model.pause = ["a "] * 40, 0.1
    slow = threading.Thread(
        target=lambda: client.post("/v1/answers", json={"question": QUESTION}, headers=STREAM), daemon=True
    )
    slow.start()
    time.sleep(0.3)
    assert client.get("/healthz").status_code == 200
    answer = client.post("/v1/answers", json={"question": QUESTION, "engine": "extractive"}).json()
    assert answer["status"] == "answered"
    assert slow.is_alive()
    slow.join()
