"""The whole service with a small real language model. It invents much: none of that may reach a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import small_model  # noqa: F401 (a fixture)
from support import CORPUS, TODAY, WordHashEmbedder

from assistant import build
from assistant.build import Assistant
from assistant.ingest.sources import shipped_source
from assistant.llm import LangChainModel
from assistant.settings import Settings
from assistant.types import Ask

QUESTIONS = (
    "How many tonnes of rare earth magnets did China export in May 2025?",
    "Until when has China suspended the October rules?",
    "What did germanium cost a kilogram?",
)
pytestmark = pytest.mark.model_server


@pytest.fixture(scope="module")
def talker(small_model: LangChainModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:  # noqa: F811
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "corpus_folder", lambda: CORPUS)
        folder: Path = tmp_path_factory.mktemp("small-model")
        made = build.build_assistant(Settings(data=folder, today=TODAY), WordHashEmbedder(), small_model)
        made.ingestor.ingest(shipped_source(CORPUS))
        yield made
        made.close()


def test_what_a_small_model_writes_is_carried_by_what_it_cites(talker: Assistant) -> None:
    answers = [talker.service.ask(Ask(question, remember=False)) for question in QUESTIONS]
    assert not any(notice.code == "model_failed" for answer in answers for notice in answer.notices)
    assert any(answer.usage and answer.usage.output_tokens for answer in answers)
    for answer in answers:
        quotes = {citation.n: citation.quote for citation in answer.citations}
        for sentence in answer.sentences if answer.status == "answered" else ():
            told = " ".join(quotes[number] for number in sentence.citations)
            assert set(re.findall(r"\d+", sentence.text)) <= set(re.findall(r"\d+", told))
