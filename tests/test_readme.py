"""The Python examples of the README run as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import langchain_openai
import pytest
from chat_models import ScriptedChatModel
from running_server import running

from assistant import library as library_module
from assistant.build import Assistant
from assistant.library import Service

EXAMPLES = re.findall(r"```python\n(.*?)```", (Path(__file__).parents[1] / "README.md").read_text(), re.DOTALL)
PYTHON, LANGCHAIN, OPENAI = EXAMPLES


@pytest.fixture
def service(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """What ``build_service()`` gives; the assistant behind it is shared and stays open."""
    made = Service(library)
    monkeypatch.setattr(Service, "close", lambda self: None)
    monkeypatch.setattr(library_module, "build_service", lambda: made)
    yield made


def run(example: str) -> None:
    exec(compile(example, "README.md", "exec"), {})


@pytest.mark.usefixtures("service")
def test_five_lines_bring_a_cited_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert len([line for line in PYTHON.splitlines() if line.strip()]) <= 5
    run(PYTHON)
    printed = capsys.readouterr().out
    assert re.search(r"1,238 tonnes.+1,238 tonnes.+https://", printed, re.DOTALL)


@pytest.mark.usefixtures("service")
def test_the_chain_asks_its_own_model_with_our_passages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = ScriptedChatModel(script=lambda prompt: [f"{prompt.count('1,238 tonnes')} times"])
    monkeypatch.setattr(langchain_openai, "ChatOpenAI", lambda **_: model)
    assert len([line for line in LANGCHAIN.splitlines() if line.strip()]) <= 15
    run(LANGCHAIN)
    assert re.fullmatch(r"[1-9] times\n", capsys.readouterr().out)


def test_openai_s_client_shows_the_citations(library: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    with running(library) as address:
        run(OPENAI.replace("http://127.0.0.1:8000", address))
    content, annotations = capsys.readouterr().out.split("[Annotation(", 1)
    assert "\nSources:\n- [1] " in content
    assert "start_index" in annotations
    assert "'status': 'answered'" in annotations
