"""``build_service`` in other people's programs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from support import CORPUS, TODAY, WordHashEmbedder

import assistant
from assistant import build, build_service
from assistant.errors import BadInputError
from assistant.library import Service
from assistant.service import DoneEvent, EvidenceEvent, SentenceEvent
from assistant.settings import Settings
from assistant.types import Exchange

MAY = "How many tonnes of rare earth magnets did China export in May 2025?"


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(build, "corpus_folder", lambda: CORPUS)
    monkeypatch.setattr(build, "open_embedder", lambda *_: WordHashEmbedder())
    with build_service(data=settings.data, today=TODAY) as service:
        yield service


def test_a_new_folder_has_the_shipped_corpus_and_answers_with_exact_quotes(service: Service) -> None:
    answer = service.ask(MAY)
    article = service.article(answer.citations[0].article_id)
    assert article is not None
    assert article.text[answer.citations[0].start : answer.citations[0].end] == answer.citations[0].quote
    assert (answer.status, answer.conversation_id, answer.engine) == ("answered", None, service.engines[0])


def test_an_asynchronous_program_gets_the_same(service: Service) -> None:
    async def both() -> tuple[object, list[object]]:
        answer = await service.aask(MAY)
        return answer.sentences, [event async for event in service.aevents(MAY)]

    sentences, events = asyncio.run(both())
    told = list(service.events(MAY))
    assert [type(event) for event in events] == [type(event) for event in told]
    assert [type(event) for event in told][:2] == [EvidenceEvent, SentenceEvent]
    assert isinstance(told[-1], DoneEvent)
    assert sentences == told[-1].answer.sentences == service.ask(MAY).sentences


def test_the_event_loop_goes_on_while_a_question_is_answered(service: Service) -> None:
    async def race() -> list[str]:
        order: list[str] = []

        async def tick() -> None:
            await asyncio.sleep(0)
            order.append("tick")

        async def ask() -> None:
            await service.aask(MAY)
            order.append("answer")

        await asyncio.gather(ask(), tick())
        return order

    assert asyncio.run(race()) == ["tick", "answer"]


def test_earlier_answers_make_a_follow_up(service: Service) -> None:
    first = service.ask(MAY)
    for history in ([first], [Exchange(MAY)]):
        second = service.ask("And in April 2025?", history=history)
        assert second.standalone_question == "How many tonnes of rare earth magnets did China export in April 2025?"


def test_options_reach_the_search_and_the_answer(service: Service) -> None:
    assert service.ask(MAY, as_of="2025-06-19").as_of == "2025-06-19"
    hits = service.search(MAY, 3, publishers=["Harbour Wire"])
    assert hits
    assert {hit.article.publisher for hit in hits} == {"Harbour Wire"}
    late = service.search(MAY, since="2025-07")
    assert min(hit.article.published_on or hit.article.retrieved_on for hit in late) >= "2025-07"


@pytest.mark.parametrize("question", ["", " "])
def test_a_bad_question_is_told_at_once(service: Service, question: str) -> None:
    with pytest.raises(BadInputError, match="empty"):
        service.events(question)


def test_a_setting_that_does_not_exist_is_told(settings: Settings) -> None:
    with pytest.raises(BadInputError, match="colour"):
        build_service(data=settings.data, colour="red")


def test_importing_the_package_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = "{'numpy', 'fastapi', 'pydantic', 'chromadb', 'torch', 'openvino', 'langchain_core', 'rich'}"
    code = f"import sys, assistant; print(sorted({heavy} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_package_says_that_it_is_typed_and_what_it_exports() -> None:
    assert files(assistant).joinpath("py.typed").is_file()
    assert assistant.__all__ == ["build_service"]
    with pytest.raises(AttributeError, match="build_servce"):
        assistant.build_servce  # noqa: B018
