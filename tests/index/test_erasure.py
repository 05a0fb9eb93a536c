from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import Builder, write_article

from assistant.build import Assistant
from assistant.index.erasure import BLANK
from assistant.ingest.sources import source_of
from assistant.types import Ask

TEXT = "Zubrowkite exports were halted by Querlonia in May. Exporters of zubrowkite need a permit from Querlonia."


@pytest.fixture
def answered(build_assistant: Builder, tmp_path: Path) -> tuple[Assistant, str]:
    """An assistant whose one stored answer quotes the article ``secret``, with a comment that does too."""
    assistant = build_assistant()
    write_article(tmp_path / "mine", "secret", TEXT)
    write_article(tmp_path / "mine", "other", "Terbium prices rose in June.")
    assistant.ingestor.ingest(source_of(str(tmp_path / "mine"), (".md",)))
    answer = assistant.service.ask(Ask("Who halted exports?"))
    assert any(citation.article_id == "secret" for citation in answer.citations)
    assistant.feedback.give(answer.id, "up", "Good: exporters of zubrowkite need a permit from Querlonia")
    return assistant, answer.id


def test_a_removed_article_leaves_no_word_in_any_file(answered: tuple[Assistant, str]) -> None:
    assistant, _ = answered
    assert assistant.ingestor.remove("secret")
    files = [path for path in assistant.settings.data.rglob("*") if path.is_file()]
    assert (assistant.settings.data / "catalog.sqlite3").exists()
    left = b"".join(path.read_bytes() for path in files).lower()
    assert [word for word in (b"zubrowkite", b"querlonia", b"secret") if word in left] == []


def test_an_answer_tells_that_its_source_was_removed(answered: tuple[Assistant, str]) -> None:
    assistant, answer_id = answered
    assistant.ingestor.remove("secret")
    answer = assistant.service.answer(answer_id)
    assert answer["stale"]
    assert BLANK in [citation["quote"] for citation in answer["citations"]]
    assert answer["question"] == "Who halted exports?"
    assert [feedback.comment for feedback in assistant.feedback.page(5, None)] == [BLANK]


def test_what_other_articles_say_stays(answered: tuple[Assistant, str]) -> None:
    assistant, _ = answered
    kept = assistant.service.ask(Ask("What did terbium prices do?"))
    before = assistant.conversations.answer(kept.id)
    assert before["citations"][0]["article_id"] == "other"
    assistant.ingestor.remove("secret")
    after = assistant.conversations.answer(kept.id)
    quotes = [citation["quote"] for citation in after["citations"]]
    assert "Terbium prices rose in June." in quotes
    assert "zubrowkite" not in json.dumps(after).lower()
