from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from support import Builder, WordHashEmbedder

from assistant import build, doctor
from assistant.build import Assistant
from assistant.doctor import examine, repair
from assistant.index.store import Store
from assistant.ingest.sources import shipped_source
from assistant.settings import Settings


@pytest.fixture
def folder(build_assistant: Builder, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the small corpus in it, closed; the doctor opens it with the same embedder."""
    opened = build_assistant()
    opened.ingest_shipped()
    opened.close()
    monkeypatch.setattr(doctor, "build_assistant", lambda given, **_: build.build_assistant(given, WordHashEmbedder()))
    return settings.data


def derived(folder: Path) -> Path:
    (snapshot,) = (folder / "derived").iterdir()
    return snapshot


def faults(settings: Settings) -> list[str]:
    return [finding.check for finding in examine(settings) if not finding.ok]


def contents(folder: Path) -> dict[str, int]:
    return {
        str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and "-shm" not in path.name
    }


def test_an_empty_folder_is_not_wrong_and_stays_empty(settings: Settings) -> None:
    assert faults(settings) == []
    assert not settings.data.exists()


def test_a_sound_folder_is_told_with_its_counts(folder: Path, settings: Settings) -> None:
    assert [(finding.check, finding.ok, finding.detail) for finding in examine(settings)] == [
        ("data folder", True, str(folder)),
        ("model", True, "word-hash@1"),
        ("runtime", True, "word hashes"),
        ("catalog", True, "10 articles, 10 passages"),
        ("register", True, "every quote is in its article"),
        ("full text", True, "10 passages"),
        ("vectors", True, "10 passages"),
    ]


def test_indexes_behind_the_catalog_are_told_and_not_touched(folder: Path, settings: Settings) -> None:
    (derived(folder) / "complete").unlink()
    before = contents(folder / "derived")
    assert faults(settings) == ["search indexes"]
    assert contents(folder / "derived") == before


def test_another_model_is_told(folder: Path, settings: Settings) -> None:
    with sqlite3.connect(folder / "catalog.sqlite3") as connection:
        connection.execute("UPDATE manifest SET value = 'other@1' WHERE key = 'model'")
    connection.close()
    assert faults(settings) == ["data folder"]


def test_missing_passages_are_counted(folder: Path, settings: Settings) -> None:
    with sqlite3.connect(folder / "catalog.sqlite3") as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("DELETE FROM articles WHERE id = 'suspension'")
    connection.close()
    assert [finding.detail[:34] for finding in examine(settings) if not finding.ok] == [
        "0 passages missing, 1 too many; me"
    ] * 2


def test_a_catalog_that_is_no_database_is_told(folder: Path, settings: Settings) -> None:
    (folder / "catalog.sqlite3").write_bytes(b"not a database" * 100)
    assert faults(settings) == ["catalog"]


@pytest.mark.parametrize("harm", ["fulltext", "chroma"])
def test_an_index_that_cannot_be_opened_is_told(folder: Path, settings: Settings, harm: str) -> None:
    shutil.rmtree(derived(folder) / harm)
    assert faults(settings) == ["search indexes"]


def test_a_vector_index_that_cannot_be_opened_is_told(folder: Path, settings: Settings) -> None:
    moved = shutil.copytree(folder, folder.parent / "moved")
    shutil.rmtree(derived(moved) / "chroma")
    assert faults(settings.model_copy(update={"data": moved})) == ["search indexes"]


def test_repair_finishes_the_indexes_from_the_catalog(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = shutil.copytree(folder, folder.parent / "moved")
    shutil.rmtree(moved / "derived")
    embedder = WordHashEmbedder()
    monkeypatch.setattr(doctor, "build_assistant", lambda given, **_: build.build_assistant(given, embedder))
    findings = repair(settings.model_copy(update={"data": moved}))
    assert all(finding.ok for finding in findings)
    assert embedder.encoded == []


def test_repair_makes_an_index_of_another_model_anew(folder: Path, settings: Settings) -> None:
    moved = shutil.copytree(folder, folder.parent / "moved")
    with sqlite3.connect(moved / "catalog.sqlite3") as connection:
        connection.execute("UPDATE manifest SET value = 'other@1' WHERE key = 'model'")
    connection.close()
    findings = repair(settings.model_copy(update={"data": moved}))
    assert [finding.detail for finding in findings if finding.check == "catalog"] == ["10 articles, 10 passages"]
    assert all(finding.ok for finding in findings)


def test_repair_finishes_a_first_ingest_that_was_cut_off(
    build_assistant: Builder, settings: Settings, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off: Assistant = build_assistant()
    with monkeypatch.context() as patch, pytest.raises(OSError, match="cut off"):
        patch.setattr(Store, "_build_current", _cut_off)
        cut_off.ingest_shipped()
    cut_off.close()
    assert len(shipped_source(corpus).files) == 10
    monkeypatch.setattr(doctor, "build_assistant", lambda given, **_: build.build_assistant(given, WordHashEmbedder()))
    assert all(finding.ok for finding in repair(settings))


def _cut_off(store: Store) -> None:
    raise OSError("cut off")
