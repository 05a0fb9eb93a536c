"""Unlikely keys are planted everywhere a key may stand, and everything that the program says and keeps is read."""

from __future__ import annotations

import http.client
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from public_server import served
from support import CORPUS, Builder, WordHashEmbedder

from assistant import build
from assistant import doctor as doctors
from assistant.build import build_assistant as really_build
from assistant.errors import BadInputError
from assistant.index.keys import PREFIX, KeyBook
from assistant.ingest.sources import shipped_source
from assistant.settings import Settings, load_settings
from assistant.wire import to_wire

MODEL_KEY = "sk-proj-PLANTEDmodelkey0123456789"
PASSWORD = "PLANTEDpassword0123456789"
WRONG_TOKEN = f"{PREFIX}_0123456789abcdef_PLANTEDwrongtoken-{'0' * 26}"
IN_ADDRESS = "PLANTEDinaddress0123456789"
QUESTION = {"question": "How many tonnes of magnets did China export in May 2025?"}


class Refusing(BaseHTTPRequestHandler):
    """A provider that refuses every key, and repeats it as providers do."""

    def do_POST(self) -> None:
        self.server.asked.append(self.headers["Authorization"])  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers["Content-Length"]))
        told = {"error": {"message": f"Incorrect API key provided: {self.headers['Authorization']}, {MODEL_KEY}"}}
        body = json.dumps(told).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def provider() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as running:
        running.asked = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def planted(settings: Settings, provider: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings from an environment that is full of keys, for a server that others reach."""
    monkeypatch.setattr(build, "corpus_folder", lambda: CORPUS)
    monkeypatch.setattr(build, "open_embedder", lambda *_: WordHashEmbedder())
    told = {
        "OPENAI_API_KEY": MODEL_KEY,
        "ANTHROPIC_API_KEY": MODEL_KEY,
        "ASSISTANT_DATA": str(settings.data),
        "ASSISTANT_TODAY": str(settings.today),
        "ASSISTANT_HOST": "0.0.0.0",
        "ASSISTANT_LLM": "openai:some-model",
        "ASSISTANT_LLM_BASE_URL": f"http://me:{PASSWORD}@127.0.0.1:{provider.server_port}/v1",
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return load_settings()


class Everything:
    """What was said, and which of the planted secrets stand in it."""

    def __init__(self, *secrets: str) -> None:
        self.secrets = secrets
        self.told: list[str] = []

    def hear(self, *told: object) -> None:
        self.told += [str(one) for one in told]

    def leaks(self) -> list[str]:
        return [
            f"{secret} in {one[:300]}"
            for one in self.told
            for secret in self.secrets
            if secret in one or quote(secret) in one
        ]


def test_no_secret_is_told_kept_or_logged(
    planted: Settings,
    provider: ThreadingHTTPServer,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    assistant = really_build(planted)
    assistant.ingestor.ingest(shipped_source(CORPUS))
    key, token = KeyBook(assistant.catalog).add("ana")
    heard = Everything(MODEL_KEY, PASSWORD, token[-43:], WRONG_TOKEN, IN_ADDRESS)
    with served(assistant, "0.0.0.0") as url:
        for headers in ({"Authorization": f"Bearer {token}"}, {"Authorization": f"Bearer {WRONG_TOKEN}"}, {}):
            for method, path, body in REQUESTS:
                heard.hear(*answered(url, method, path, headers, body))
    findings = doctors.examine(planted)
    heard.hear(planted, repr(planted), planted.model_dump(), planted.model_dump_json(), planted.fingerprint())
    heard.hear(
        assistant, key, assistant.service.fingerprint, findings, to_wire(findings), *caplog.messages, caplog.text
    )
    assistant.close()
    heard.hear(*capfd.readouterr(), *(path.read_bytes() for path in planted.data.rglob("*") if path.is_file()))
    assert provider.asked, "the model was never asked"  # type: ignore[attr-defined]
    assert any("its provider told OpenAIAuthenticationError" in one for one in heard.told)
    assert any("language model openai:some-model failed" in one for one in heard.told)
    assert heard.leaks() == []


REQUESTS: list[tuple[str, str, object]] = [
    ("POST", "/v1/answers", QUESTION),
    ("POST", f"/v1/answers?key={IN_ADDRESS}", QUESTION),
    ("POST", "/v1/answers", QUESTION | {"engine": "openai:another"}),
    ("POST", "/v1/answers", {"question": 1}),
    ("POST", "/v1/articles", {"url": f"https://me:{IN_ADDRESS}@example.org/"}),
    ("POST", "/v1/chat/completions", {"model": "openai:some-model", "messages": []}),
    ("GET", "/v1/models", None),
    ("GET", f"/v1/nowhere?access_token={IN_ADDRESS}", None),
    ("GET", f"/readyz?token={IN_ADDRESS}", None),
    ("GET", "/v1/conversations", None),
    ("GET", "/v1/feedback", None),
    ("GET", "/v1/jobs", None),
    ("GET", "/openapi.json", None),
    ("GET", "/metrics", None),
    ("GET", "/", None),
    ("PUT", "/v1/answers", None),
]


def answered(url: str, method: str, path: str, headers: dict[str, str], body: object) -> tuple[str, str]:
    """Head and body of the response, whatever it is."""
    with closing(http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)) as connection:
        told = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"} | headers
        connection.request(method, path, None if body is None else json.dumps(body), told)
        response = connection.getresponse()
        return str(response.headers), response.read().decode()


def test_the_value_of_an_unknown_setting_is_not_repeated(settings: Settings) -> None:
    """A key in assistant.toml is a mistake that many make."""
    Path("assistant.toml").write_text(f'openai_api_key = "{MODEL_KEY}"\n')
    with pytest.raises(BadInputError, match="'openai_api_key'") as raised:
        load_settings()
    assert MODEL_KEY not in str(raised.value)
    assert raised.value.__cause__ is None
    Path("assistant.toml").write_text(f'llm_base_url = ["{PASSWORD}"]\n')
    with pytest.raises(BadInputError, match="'llm_base_url'") as raised:
        load_settings()
    assert PASSWORD not in str(raised.value)


def test_a_key_in_the_place_of_the_model_is_not_repeated(build_assistant: Builder) -> None:
    with pytest.raises(BadInputError, match="provider:model") as raised:
        build_assistant(llm=MODEL_KEY)
    assert MODEL_KEY not in str(raised.value)
