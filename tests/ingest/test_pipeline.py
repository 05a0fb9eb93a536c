from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from support import Builder, encoded_by, write_article

from assistant.build import Assistant
from assistant.errors import NotFoundError
from assistant.index.store import Store
from assistant.ingest import pipeline
from assistant.ingest.chunk import chunk
from assistant.ingest.sources import Given, NamedSource, shipped_source, source_of, upload_source
from assistant.ingest.workers import Readers
from assistant.types import IngestReport, Passage

SUFFIXES = (".md",)
COUNTS = ("added", "updated", "unchanged", "removed", "kept_out", "passages")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    write_article(folder, "one", "Terbium prices rose.")
    write_article(folder, "two", "Yttrium prices fell.")
    return folder


def ingest(assistant: Assistant, path: Path) -> IngestReport:
    return assistant.ingestor.ingest(source_of(str(path), SUFFIXES))


def counts(report: IngestReport) -> dict[str, int]:
    return {name: value for name in COUNTS if (value := getattr(report, name))}


def ids(assistant: Assistant) -> list[str]:
    return [article.id for article in assistant.catalog.articles()]


def test_a_first_ingest_adds_everything(build_assistant: Builder, folder: Path) -> None:
    report = ingest(build_assistant(), folder)
    assert counts(report) == {"added": 2, "passages": 2}
    assert (report.failed, report.article_ids) == ((), ())


def test_a_second_ingest_finds_all_unchanged_and_embeds_nothing(build_assistant: Builder, folder: Path) -> None:
    ingest(build_assistant(), folder)
    again = build_assistant()
    generation = again.catalog.generation()
    report = ingest(again, folder)
    assert counts(report) == {"unchanged": 2}
    assert report.article_ids == ()
    assert encoded_by(again) == []
    assert again.catalog.generation() == generation


def test_an_unchanged_file_is_not_even_parsed(
    build_assistant: Builder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    monkeypatch.setattr(Readers, "read", None)
    assert counts(ingest(assistant, folder)) == {"unchanged": 2}


def test_a_new_loader_reads_unchanged_files_again_and_embeds_nothing(
    build_assistant: Builder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    monkeypatch.setattr(pipeline, "LOADER_VERSION", "another")
    assert counts(ingest(assistant, folder)) == {"unchanged": 2}
    assert len(encoded_by(assistant)) == 2
    monkeypatch.setattr(Readers, "read", None)
    assert counts(ingest(assistant, folder)) == {"unchanged": 2}


def test_a_changed_text_is_updated_and_only_it_is_embedded(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    write_article(folder, "two", "Yttrium prices doubled.")
    assert counts(ingest(assistant, folder)) == {"updated": 1, "unchanged": 1, "passages": 1}
    assert encoded_by(assistant)[2:] == ["Yttrium prices doubled."]
    assert len(assistant.catalog.passage_ids()) == 2


def test_changed_metadata_is_updated_without_embedding(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    write_article(folder, "two", "Yttrium prices fell.", title="Renamed", published_on="2025-07")
    assert counts(ingest(assistant, folder)) == {"updated": 1, "unchanged": 1}
    assert len(encoded_by(assistant)) == 2
    article = assistant.catalog.article("two")
    assert article is not None
    assert (article.title, article.published_on) == ("Renamed", "2025-07")


def test_a_corrected_day_of_retrieval_is_an_update(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    write_article(folder, "two", "Yttrium prices fell.", retrieved_on="2025-12-24")
    assert counts(ingest(assistant, folder)) == {"updated": 1, "unchanged": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"---\nid: [\n---\ntext",
        b"---\ntitle: T\n---\n",
        b"---\npublished_on: soon\ntitle: T\n---\nText.",
        b"---\nretrieved_on: soon\ntitle: T\n---\nText.",
        b"---\nreliability: Z\ntitle: T\n---\nText.",
        b"---\nkind: rumour\ntitle: T\n---\nText.",
        b"---\nurl: 'http://['\ntitle: T\n---\nText.",
        b'---\ntitle: "\\ud800"\n---\nText.',
        b"---\nlanguage: [1]\ntitle: T\n---\nText.",
    ],
)
def test_one_broken_file_is_listed_and_the_others_come_in(
    build_assistant: Builder, folder: Path, content: bytes
) -> None:
    (folder / "broken.md").write_bytes(content)
    report = ingest(build_assistant(), folder)
    assert counts(report) == {"added": 2, "passages": 2}
    assert [failure.source for failure in report.failed] == ["broken.md"]


def test_a_file_that_fails_after_parsing_is_listed_too(
    build_assistant: Builder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chunk_or_fail(article_id: str, *given: Any) -> tuple[Passage, ...]:
        if article_id == "two":
            raise ValueError("this text cannot be cut")
        return chunk(article_id, *given)

    monkeypatch.setattr(pipeline, "chunk", chunk_or_fail)
    report = ingest(build_assistant(), folder)
    assert (report.added, [failure.source for failure in report.failed]) == (1, ["two.md"])


def test_a_file_of_no_known_kind_is_listed(build_assistant: Builder, folder: Path) -> None:
    (folder / "sheet.xlsx").write_bytes(b"PK")
    assert [failure.source for failure in ingest(build_assistant(), folder).failed] == ["sheet.xlsx"]


def test_a_file_over_the_limit_is_listed(
    build_assistant: Builder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST_FILE_BYTES", 200)
    write_article(folder, "long", "Prices rose. " * 20)
    report = ingest(build_assistant(), folder)
    assert [failure.source for failure in report.failed] == ["long.md"]
    assert "at most 200" in report.failed[0].reason


def test_a_reason_shows_no_local_path(build_assistant: Builder, folder: Path) -> None:
    def unreadable() -> bytes:
        raise PermissionError(13, "Permission denied", "/secret/place/one.md")

    source = source_of(str(folder), SUFFIXES)
    broken = NamedSource(source.name, (type(source.files[0])("n", "one.md", "file:one.md", unreadable),), True)
    report = build_assistant().ingestor.ingest(broken)
    assert [(failure.source, failure.reason) for failure in report.failed] == [("one.md", "Permission denied")]


def test_a_file_that_breaks_later_keeps_its_article(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    (folder / "two.md").write_bytes(b"---\nid: [\n---\n")
    assert counts(ingest(assistant, folder)) == {"unchanged": 1}
    assert ids(assistant) == ["one", "two"]


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX only")
def test_a_file_whose_name_is_no_text_is_listed(build_assistant: Builder, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.md")).write_bytes(b"Prices rose.")
    report = ingest(build_assistant(), folder)
    assert counts(report) == {"added": 2, "passages": 2}
    assert len(report.failed) == 1


def test_a_vanished_file_takes_its_article_along(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    (folder / "two.md").unlink()
    assert counts(ingest(assistant, folder)) == {"unchanged": 1, "removed": 1}
    assert ids(assistant) == ["one"]
    assert assistant.store.snapshot().vectors.count() == 1


def test_only_articles_of_the_same_named_source_are_removed(assistant: Assistant, folder: Path, corpus: Path) -> None:
    ingest(assistant, folder)
    (corpus / "articles" / "suspension.md").unlink()
    assert assistant.ingestor.ingest(shipped_source(corpus)).removed == 1
    assert ids(assistant).count("suspension") == 0
    assert {"one", "two"} <= set(ids(assistant))


def test_a_single_file_removes_nothing(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    (folder / "two.md").unlink()
    assert ingest(assistant, folder / "one.md").removed == 0
    assert ids(assistant) == ["one", "two"]


def test_an_upload_removes_no_other_upload(build_assistant: Builder) -> None:
    assistant = build_assistant()
    for name in ("one.md", "two.md"):
        assert assistant.ingestor.ingest(upload_source(name, f"Lot {name} was sold.".encode())).removed == 0
    assert assistant.catalog.counts() == (2, 2)


def test_a_renamed_file_keeps_its_article(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    (folder / "two.md").rename(folder / "zwei.md")
    report = ingest(assistant, folder)
    assert (ids(assistant), report.removed) == (["one", "two"], 0)


def test_a_removed_article_stays_away(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    assistant.ingestor.remove("two")
    write_article(folder, "two", "Yttrium prices fell again.")
    assert counts(ingest(assistant, folder)) == {"unchanged": 1, "kept_out": 1}
    assert ids(assistant) == ["one"]


def test_a_removed_article_stays_away_under_another_name(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    assistant.ingestor.remove("two")
    (folder / "two.md").rename(folder / "zwei.md")
    assert counts(ingest(assistant, folder)) == {"unchanged": 1, "kept_out": 1}


def test_restore_lets_a_removed_article_in_again_for_good(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    assistant.ingestor.remove("two")
    source = source_of(str(folder), SUFFIXES)
    assert counts(assistant.ingestor.ingest(source, restore=True)) == {"added": 1, "unchanged": 1, "passages": 1}
    assert counts(ingest(assistant, folder)) == {"unchanged": 2}


def test_removing_what_is_not_there_is_an_error(build_assistant: Builder) -> None:
    with pytest.raises(NotFoundError, match="'nobody'"):
        build_assistant().ingestor.remove("nobody")


def test_a_removed_articles_words_leave_every_index(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    assistant.ingestor.remove("two")
    snapshot = assistant.store.snapshot()
    assert snapshot.fulltext.search("Yttrium", 5) == ()
    assert len(assistant.store.vector_ids()) == 1
    assistant.close()
    left = b"".join(path.read_bytes() for path in assistant.settings.data.rglob("*") if path.is_file())
    assert b"Yttrium" not in left


def test_an_id_of_another_source_is_refused(assistant: Assistant, folder: Path) -> None:
    write_article(folder, "suspension", "The suspension never happened.")
    report = ingest(assistant, folder)
    assert counts(report) == {"added": 2, "passages": 2}
    assert "belongs to another article" in report.failed[0].reason
    article = assistant.catalog.article("suspension")
    assert article is not None
    assert article.publisher == "Harbour Wire"


def test_an_upload_named_like_a_shipped_file_does_not_replace_it(assistant: Assistant) -> None:
    hostile = upload_source("articles/suspension.md", b"---\nid: suspension\ntitle: T\n---\nIt never happened.")
    report = assistant.ingestor.ingest(NamedSource(hostile.name, hostile.files, complete=False), restore=True)
    assert len(report.failed) == 1


def test_an_id_that_stands_twice_in_a_source_is_refused(build_assistant: Builder, folder: Path) -> None:
    (folder / "copy.md").write_text((folder / "two.md").read_text())
    report = ingest(build_assistant(), folder)
    assert [failure.source for failure in report.failed] == ["two.md"]
    assert "copy.md" in report.failed[0].reason


def test_a_file_that_states_another_id_replaces_its_article(build_assistant: Builder, folder: Path) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    path = folder / "two.md"
    path.write_text(path.read_text().replace("id: two", "id: deux"))
    ingest(assistant, folder)
    assert ids(assistant) == ["deux", "one"]


def test_a_failing_model_leaves_what_was_there(
    build_assistant: Builder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = build_assistant()
    ingest(assistant, folder)
    write_article(folder, "two", "Yttrium prices doubled.")
    monkeypatch.setattr(assistant.embedder, "encode_passages", lambda passages: iter(list(passages)[:0]))
    with pytest.raises(RuntimeError, match=r"left out passages of 'two\.md'"):
        ingest(assistant, folder)
    article = assistant.catalog.article("two")
    assert article is not None
    assert article.text == "Yttrium prices fell."


def test_progress_counts_every_file(build_assistant: Builder, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    build_assistant().ingestor.ingest(source_of(str(folder), SUFFIXES), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_more_files_than_are_read_ahead_all_come_in(build_assistant: Builder, tmp_path: Path) -> None:
    count = pipeline.READ_AHEAD + 3
    for number in range(count):
        write_article(tmp_path / "many", f"article-{number:02}", f"Price number {number} rose.")
    assistant = build_assistant()
    assert ingest(assistant, tmp_path / "many").added == count
    assert assistant.catalog.counts() == (count, count)


def test_what_is_embedded_is_written_while_more_is_read(
    build_assistant: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = pipeline.READ_AHEAD + 3
    for number in range(count):
        write_article(tmp_path / "many", f"article-{number:02}", f"Price number {number} rose.")
    read: list[str] = []
    begin = Readers.begin
    monkeypatch.setattr(Readers, "begin", lambda self, source, today: read.append("") or begin(self, source, today))
    seen: list[int] = []
    source = source_of(str(tmp_path / "many"), SUFFIXES)
    build_assistant().ingestor.ingest(source, lambda done, total: seen.append(len(read)))
    assert seen[0] == pipeline.READ_AHEAD + 1
    assert seen[-1] == count


def test_what_a_person_says_of_an_upload_is_kept(build_assistant: Builder) -> None:
    assistant = build_assistant()
    sent = upload_source("page.md", b"Prices rose.", Given("Title", "Publisher", "2025-05-01"))
    (article_id,) = assistant.ingestor.ingest(sent).article_ids
    article = assistant.catalog.article(article_id)
    assert article is not None
    assert (article.title, article.publisher, article.published_on) == ("Title", "Publisher", "2025-05-01")


PROSE = st.text(
    alphabet=st.one_of(st.sampled_from("ab .!\n😀𝄞镓é"), st.characters(exclude_categories=("Cs", "Cc"))), max_size=300
)


@given(text=PROSE)
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_offsets_are_exact_for_whatever_is_sent(
    build_assistant: Builder, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(Store, "_build_current", lambda store: None)
    assistant = build_assistant()
    report = assistant.ingestor.ingest(upload_source("sent.md", f"Opening words. {text}".encode()))
    (article,) = (assistant.catalog.article(article_id) for article_id in report.article_ids)
    assert article is not None
    stored = assistant.catalog.load(sorted(assistant.catalog.passage_ids()))
    passages = sorted((found.passage for found in stored.values()), key=lambda passage: passage.start)
    assert all(article.text[passage.start : passage.end] == passage.text for passage in passages)
    assert "".join(re.sub(r"\s", "", passage.text) for passage in passages) == re.sub(r"\s", "", article.text)
    assistant.close()
