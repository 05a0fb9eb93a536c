from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import Builder, write_article
from web_server import WebServer, serving

from assistant.build import Assistant
from assistant.errors import BusyError
from assistant.ingest.intake import Intake
from assistant.watch import Watch, open_watch

STORY = "The ministry of an invented land granted twelve licences for zirconia on 3 May 2025. Exporters were relieved."


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


@pytest.fixture
def keeper(build_assistant: Builder, server: WebServer) -> Assistant:
    return build_assistant(fetch_allowed_hosts=(server.host,), fetch_delay=0.0, fetch_seconds=5.0)


def sources_file(folder: Path, address: str, every: str = "6h") -> Path:
    path = folder / "sources.toml"
    path.write_text(f'[sources.page]\nkind = "url"\naddress = "{address}"\nevery = "{every}"\n')
    return path


def eventually(holds: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def test_only_what_is_due_is_read(keeper: Assistant, server: WebServer, tmp_path: Path) -> None:
    said: list[str] = []
    path = sources_file(tmp_path, server.page("/a.txt", STORY, "text/plain"))
    assert open_watch(keeper, [], path, said.append).run_due()
    assert said == ["page: added 1"]
    asked = len(server.asked)
    assert open_watch(keeper, [], path, said.append).run_due()
    assert (said, len(server.asked)) == (["page: added 1"], asked)


def test_a_source_is_due_again_once_its_time_has_passed(keeper: Assistant, server: WebServer, tmp_path: Path) -> None:
    path = sources_file(tmp_path, server.page("/a.txt", STORY, "text/plain"))
    open_watch(keeper, [], path, print).run_due()
    keeper.catalog.rows("UPDATE source_runs SET ran_at = '2025-01-01T00:00:00+00:00'")
    asked = len(server.asked)
    open_watch(keeper, [], path, print).run_due()
    assert len(server.asked) > asked


def test_what_fails_is_told_and_ends_in_failure(keeper: Assistant, server: WebServer, tmp_path: Path) -> None:
    said: list[str] = []
    path = sources_file(tmp_path, f"{server.address}/missing")
    assert not open_watch(keeper, [], path, said.append).run_due()
    assert said[0].startswith(f"page: failed: {server.address}/missing: HTTP 404")


def test_a_changed_folder_is_read_at_once_until_told_to_stop(keeper: Assistant, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    write_article(folder, "one", "Terbium prices rose.")
    said: list[str] = []
    stop = threading.Event()
    watch: Watch = open_watch(keeper, [folder], None, said.append)
    thread = threading.Thread(target=watch.follow, args=(stop,))
    thread.start()
    try:
        assert eventually(lambda: len(said) == 1)
        time.sleep(0.5)
        write_article(folder, "two", "Yttrium prices fell.")
        assert eventually(lambda: len(said) == 2)
        (folder / "one.md").unlink()
        assert eventually(lambda: len(said) == 3)
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()
    assert said == [f"{folder}: added 1", f"{folder}: added 1", f"{folder}: removed 1"]


def test_a_source_stays_due_while_another_process_writes(
    keeper: Assistant, server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise BusyError("another process is writing")

    said: list[str] = []
    path = sources_file(tmp_path, server.page("/a.txt", STORY, "text/plain"))
    watch = open_watch(keeper, [], path, said.append)
    with monkeypatch.context() as patch:
        patch.setattr(Intake, "take", busy)
        assert not watch.run_due()
    assert watch.run_due()
    assert said == ["page: another process is writing", "page: added 1"]


def test_a_source_that_cannot_be_read_does_not_stop_the_others(
    keeper: Assistant, server: WebServer, tmp_path: Path
) -> None:
    said: list[str] = []
    path = sources_file(tmp_path, server.page("/a.txt", STORY, "text/plain"))
    path.write_text('[sources.gone]\nkind = "folder"\naddress = "gone"\n' + path.read_text())
    assert not open_watch(keeper, [], path, said.append).run_due()
    assert said[0].startswith("gone: no file or folder")
    assert said[1:] == ["page: added 1"]
