from __future__ import annotations

from pathlib import Path

import pytest
from support import Builder

from assistant.build import Assistant
from assistant.index.fulltext import FullText
from assistant.ingest.sources import Given, upload_source


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of passages that each build of the full text was given."""
    told: list[int] = []
    build = FullText.build.__func__  # type: ignore[attr-defined]

    def counting(cls: type[FullText], folder: Path, passages: object, analyzer: object) -> None:
        given = list(passages)  # type: ignore[call-overload]
        told.append(len(given))
        build(cls, folder, given, analyzer)

    monkeypatch.setattr(FullText, "build", classmethod(counting))
    return told


def add(assistant: Assistant, name: str, text: str) -> str:
    (article_id,) = assistant.ingestor.ingest(upload_source(name, text.encode(), Given(name))).article_ids
    return article_id


def is_whole(assistant: Assistant) -> bool:
    store = assistant.store
    return store.snapshot().fulltext.ids() == store.vector_ids() == assistant.catalog.passage_ids()


def test_an_added_article_is_the_only_one_indexed(build_assistant: Builder, indexed: list[int]) -> None:
    assistant = build_assistant()
    add(assistant, "one.md", "Terbium prices rose.")
    before = assistant.store.snapshot()
    add(assistant, "two.md", "Yttrium prices fell.")
    assert indexed == [1, 1]
    assert is_whole(assistant)
    assert len(before.fulltext.ids()) == 1
    assert assistant.store.snapshot().fulltext.search("yttrium", 5) != ()


def test_a_removal_or_a_correction_builds_anew(build_assistant: Builder, indexed: list[int]) -> None:
    assistant = build_assistant()
    first = add(assistant, "one.md", "Terbium prices rose.")
    add(assistant, "two.md", "Yttrium prices fell.")
    add(assistant, "two.md", "Yttrium prices doubled.")
    assert (indexed[-1], is_whole(assistant)) == (2, True)
    assistant.ingestor.remove(first)
    assert (indexed[-1], is_whole(assistant)) == (1, True)
    add(assistant, "three.md", "Samarium was shipped.")
    assert (indexed[-1], is_whole(assistant)) == (1, True)


def test_compacting_builds_anew_and_loses_nothing(build_assistant: Builder, indexed: list[int]) -> None:
    assistant = build_assistant()
    add(assistant, "one.md", "Terbium prices rose.")
    add(assistant, "two.md", "Yttrium prices fell.")
    assert assistant.ingestor.compact()
    assert (indexed[-1], is_whole(assistant)) == (2, True)


def test_a_corrected_article_keeps_what_it_said(build_assistant: Builder) -> None:
    assistant = build_assistant()
    article_id = add(assistant, "one.md", "Terbium prices rose.")
    add(assistant, "one.md", "Terbium prices fell.")
    (version,) = assistant.catalog.versions(article_id)
    assert (version.text, version.replaced_on) == ("Terbium prices rose.", "2026-01-15")
    assert version.metadata["title"] == "one.md"
