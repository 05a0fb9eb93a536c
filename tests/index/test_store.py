from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import TODAY, Builder, encoded_by, make_article, new_article, write_article

from assistant.doctor import _checks
from assistant.errors import BusyError, IndexMismatchError
from assistant.index import store as module
from assistant.index.fulltext import FullText
from assistant.index.store import Store
from assistant.index.vectors import ChromaVectors
from assistant.ingest.sources import shipped_source, source_of
from assistant.settings import Settings
from assistant.terms import TermAnalyzer
from assistant.types import Ask

ANALYZER = TermAnalyzer()
QUESTION = Ask("What did Bayan Obo sort with optical scanners?", remember=False)
PRELUDE = f"""
import signal, sys, time
from datetime import date
from pathlib import Path
from support import CORPUS, WordHashEmbedder
from assistant import build
from assistant.ingest.sources import shipped_source, source_of
from assistant.settings import Settings
build.corpus_folder = lambda: CORPUS
embedder = WordHashEmbedder()
assistant = build.build_assistant(Settings(data=Path(sys.argv[1]), today=date.fromisoformat("{TODAY}")), embedder)

def hang(*args, **given):
    print("reached", flush=True)
    time.sleep(60)
"""


def start(program: str, *arguments: Path) -> subprocess.Popen[str]:
    root = Path(module.__file__).parents[2]
    paths = os.pathsep.join([str(root), str(Path(__file__).parents[1])])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    command = [sys.executable, "-c", PRELUDE + program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment | {"PYTHONPATH": paths})


def run(program: str, *arguments: Path) -> None:
    with start(program, *arguments) as process:
        assert process.wait(60) == 0


def kill_when_reached(program: str, *arguments: Path) -> None:
    with start(program, *arguments) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reached\n"
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "data", "model@1", ANALYZER)
    yield store
    store.close()


def put(store: Store, *texts: str) -> None:
    with store.writing(), store.catalog.change():
        for text in texts:
            store.catalog.put(new_article(make_article(text.split()[0], text)))


def found(store: Store, question: str) -> int:
    return store.search(lambda snapshot: len(snapshot.fulltext.search(question, 10)))


def test_an_empty_folder_has_an_empty_snapshot(store: Store) -> None:
    snapshot = store.snapshot()
    assert (snapshot.generation, snapshot.fulltext.ids(), store.vector_ids()) == (0, frozenset(), frozenset())


def test_both_indexes_follow_the_catalog(store: Store) -> None:
    put(store, "Terbium rose.", "Yttrium fell.")
    snapshot = store.snapshot()
    assert snapshot.fulltext.ids() == store.vector_ids() == store.catalog.passage_ids()
    assert store.is_built()


def test_the_snapshot_is_the_same_until_the_generation_moves(store: Store) -> None:
    first = store.snapshot()
    assert store.snapshot() is first
    put(store, "Terbium rose.")
    assert store.snapshot().generation == 1


def test_only_the_current_snapshot_stays_on_disk(store: Store) -> None:
    for text in ("Terbium rose.", "Yttrium fell.", "Cerium held."):
        put(store, text)
    (snapshot,) = (store.folder / "derived").iterdir()
    assert snapshot.name.startswith("3-")


def test_a_search_goes_on_while_a_writer_replaces_the_snapshot(store: Store) -> None:
    put(store, "Terbium rose.")
    looked: list[int] = []

    def look(snapshot: module.Snapshot) -> int:
        looked.append(snapshot.generation)
        if len(looked) == 1:
            put(store, "Yttrium fell.")
            raise OSError("the files are gone")
        return snapshot.vectors.count()

    assert store.search(look) == 2
    assert looked == [1, 2]


def test_a_fault_of_the_search_itself_is_not_hidden(store: Store) -> None:
    put(store, "Terbium rose.")
    with pytest.raises(ZeroDivisionError):
        store.search(lambda snapshot: 1 // 0)


def test_there_is_one_writer_at_a_time(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "data", "model@1", ANALYZER)
    with store.writing(), pytest.raises(BusyError, match="another process is writing"), other.writing(0.0):
        pass
    with other.writing(0.0):
        pass
    other.close()


def test_a_reader_keeps_the_old_snapshot_while_another_writes(store: Store, tmp_path: Path) -> None:
    put(store, "Terbium rose.")
    other = Store(tmp_path / "data", "model@1", ANALYZER)
    with store.writing():
        with store.catalog.change():
            store.catalog.put(new_article(make_article("b", "Yttrium fell.")))
        assert (found(other, "terbium"), found(other, "yttrium")) == (1, 0)
    assert found(other, "yttrium") == 1
    other.close()


def test_an_index_of_another_model_is_refused_with_the_mending_command(store: Store, tmp_path: Path) -> None:
    with pytest.raises(IndexMismatchError, match=r"'model@1'.*'other@1'.*doctor --repair"):
        Store(tmp_path / "data", "other@1", ANALYZER)


def test_an_index_of_another_chunker_is_refused_with_the_mending_command(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNKER_VERSION", "another")
    with pytest.raises(IndexMismatchError, match=r"chunker.*doctor --repair"):
        Store(tmp_path / "data", "model@1", ANALYZER)


def test_rebuilding_before_any_search_builds_anew(store: Store) -> None:
    put(store, "Terbium rose.")
    (marker,) = (store.folder / "derived").glob("*/complete")
    before = marker.stat().st_ino, marker.stat().st_mtime_ns
    store.rebuild()
    assert (marker.stat().st_ino, marker.stat().st_mtime_ns) != before
    assert found(store, "terbium") == 1


def test_rebuilding_after_a_search_builds_anew(store: Store) -> None:
    put(store, "Terbium rose.")
    assert found(store, "terbium") == 1
    store.rebuild()
    assert found(store, "terbium") == 1


# A process that dies between the catalog's commit and the end of the snapshot


def fail(*_: Any, **__: Any) -> None:
    raise OSError("no space left on device")


@pytest.mark.parametrize(("owner", "name"), [(Store, "_build_current"), (FullText, "build"), (ChromaVectors, "build")])
def test_the_next_open_finishes_what_a_failure_left(
    build_assistant: Builder, corpus: Path, monkeypatch: pytest.MonkeyPatch, owner: type, name: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        with pytest.raises(OSError, match="no space left"):
            build_assistant().ingestor.ingest(shipped_source(corpus))
    again = build_assistant()
    assert (again.catalog.counts(), again.store.is_built()) == ((10, 10), False)
    assert again.service.ask(QUESTION).status == "answered"
    assert all(finding.ok for finding in _checks(again))
    assert encoded_by(again) == []


def test_the_same_process_finishes_after_a_failure_inside_chroma(
    build_assistant: Builder, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = build_assistant()
    with monkeypatch.context() as patch:
        patch.setattr("assistant.index.vectors._add", fail)
        with pytest.raises(OSError, match="no space left"):
            assistant.ingestor.ingest(shipped_source(corpus))
    assert assistant.service.ask(QUESTION).status == "answered"


@pytest.mark.parametrize("place", ["Store._build_current", "FullText.build", "ChromaVectors.build", "write_durably"])
def test_a_process_killed_while_indexing_loses_nothing(build_assistant: Builder, corpus: Path, settings: Settings,
                                                       place: str) -> None:  # fmt: skip
    kill_when_reached(
        f"from assistant.index import store\nstore.{place} = hang\nassistant.ingestor.ingest(shipped_source(CORPUS))",
        settings.data,
    )
    again = build_assistant()
    assert again.catalog.counts() == (10, 10)
    assert again.service.ask(QUESTION).status == "answered"
    assert all(finding.ok for finding in _checks(again))
    assert encoded_by(again) == []


def test_a_process_killed_amid_articles_keeps_those_before(
    build_assistant: Builder, tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "many"
    for number in range(20):
        write_article(folder, f"article-{number:02}", f"Terbium lot {number} was sold.")
    program = """
real = embedder.encode_passages
embedder.encode_passages = lambda passages: (hang() if n == 16 else one for n, one in enumerate(real(passages)))
assistant.ingestor.ingest(source_of(sys.argv[2], [".md"]))
"""
    kill_when_reached(program, settings.data, folder)
    again = build_assistant()
    assert again.catalog.counts() == (16, 16)
    report = again.ingestor.ingest(source_of(str(folder), [".md"]))
    assert (report.added, report.unchanged, len(encoded_by(again))) == (4, 16, 4)
    assert all(finding.ok for finding in _checks(again))


# Another process


def test_what_another_process_adds_and_removes_is_seen_without_reopening(
    build_assistant: Builder, settings: Settings
) -> None:
    reader = build_assistant()
    assert reader.service.ask(QUESTION).status == "declined"
    run("assistant.ingestor.ingest(shipped_source(CORPUS))", settings.data)
    assert reader.service.ask(QUESTION).status == "answered"
    run("assistant.ingestor.remove('mine-visit')", settings.data)
    assert reader.service.ask(QUESTION).status == "declined"
    assert all(finding.ok for finding in _checks(reader))
