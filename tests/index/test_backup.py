"""A data folder in one file and back: while it is in use, from an older format, and cut off half-way."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from support import CORPUS, Builder, make_article, new_article

from assistant import doctor
from assistant.build import Assistant
from assistant.errors import AssistantError, BadInputError, BusyError, IndexMismatchError, StorageError
from assistant.index import backup, restore
from assistant.index.backup import back_up
from assistant.index.backup_file import BACKUP_FORMAT
from assistant.index.catalog import Catalog
from assistant.index.schema import FORMAT_VERSION
from assistant.index.store import Store
from assistant.ingest.sources import shipped_source
from assistant.types import Ask

FORMAT_1 = Path(__file__).parents[1] / "data" / "format_1.zip"
QUESTION = "How many tonnes of magnets did China export in May 2025?"


@pytest.fixture
def saved(assistant: Assistant, tmp_path: Path) -> Path:
    """A backup of a folder with articles, an answer and both settings files."""
    assistant.service.ask(Ask(QUESTION))
    (assistant.settings.data / "sources.toml").write_text("# sources\n")
    (assistant.settings.data / "assistant.toml").write_text("passages = 11\n")
    back_up(assistant.settings.data, tmp_path / "saved.zip")
    return tmp_path / "saved.zip"


def contents(folder: Path) -> dict[str, Any]:
    """What a folder's catalog holds, row by row; the generation and where snapshots begin are bookkeeping."""
    with closing(sqlite3.connect(folder / "catalog.sqlite3")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_what_was_backed_up_is_there_again_and_answers(
    assistant: Assistant, saved: Path, build_assistant: Builder, tmp_path: Path
) -> None:
    restored = tmp_path / "restored"
    manifest = restore.restore(saved, restored)
    assert (manifest.articles, manifest.answers, manifest.catalog_format) == (10, 1, FORMAT_VERSION)
    assert files(restored) == {"catalog.sqlite3", "sources.toml", "assistant.toml", "write.lock"}
    assert contents(restored) == contents(assistant.settings.data)
    again = build_assistant(data=restored)
    assert again.service.ask(Ask(QUESTION)).citations[0].article_id == "magnets-may"
    assert all(finding.ok for finding in doctor._checks(again))


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [path.name for path in saved.parent.iterdir() if "partial" in path.name] == []


def await_more(assistant: Assistant, articles: int) -> None:
    """Return once the folder holds more than ``articles``; the test ends it after a minute."""
    deadline = time.monotonic() + 60
    while assistant.catalog.counts()[0] <= articles:
        assert time.monotonic() < deadline, "the writer wrote nothing"
        time.sleep(0.005)


def test_a_backup_while_articles_come_in_is_one_moment_of_the_folder(assistant: Assistant, tmp_path: Path) -> None:
    """Each change writes two articles: a copy that tears one apart would hold an odd number."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with assistant.catalog.change():
                for half in ("one", "two"):
                    text = f"{half} {number}: Prices rose. " + "Exports fell. " * 200
                    assistant.catalog.put(new_article(make_article(f"{half}-{number}", text)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [0]
        for number in range(5):
            await_more(assistant, counts[-1])
            counts.append(back_up(assistant.settings.data, tmp_path / f"{number}.zip").articles)
    finally:
        stop.set()
        writer.join()
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts) and counts[-1] > counts[1]
    restore.restore(tmp_path / "4.zip", tmp_path / "restored")
    with closing(Catalog(tmp_path / "restored" / "catalog.sqlite3")) as catalog:
        assert catalog.counts()[0] == counts[-1]
        assert catalog.damage() == ()


def test_what_is_removed_later_stays_in_the_backup(assistant: Assistant, saved: Path, tmp_path: Path) -> None:
    assistant.ingestor.remove("suspension")
    restore.restore(saved, tmp_path / "restored")
    assert "suspension" in {row[0] for row in contents(tmp_path / "restored")["articles"]}


def test_a_file_that_is_there_is_replaced_only_when_told(assistant: Assistant, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(BadInputError, match="--force"):
        back_up(assistant.settings.data, saved)
    assert saved.read_bytes() == before
    assistant.ingestor.remove("suspension")
    assert back_up(assistant.settings.data, saved, replace=True).articles == 9


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("data/inside.zip", "lies in the data folder"),
        ("nowhere/b.zip", "make it first"),
        ("corpus", "is there already"),
    ],
)
def test_a_target_that_cannot_be_is_refused(assistant: Assistant, tmp_path: Path, target: str, told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        back_up(assistant.settings.data, tmp_path / target, replace=True)


def test_an_empty_folder_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="holds no index"):
        back_up(tmp_path, tmp_path.parent / "b.zip")


def test_a_damaged_catalog_is_not_backed_up(assistant: Assistant, tmp_path: Path) -> None:
    data = tmp_path / "damaged"
    data.mkdir()
    back_up(assistant.settings.data, tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as archive:
        content = bytearray(archive.read("catalog.sqlite3"))
    content[4096 * 3 : 4096 * 6] = b"\xff" * (4096 * 3)
    (data / "catalog.sqlite3").write_bytes(content)
    with pytest.raises(AssistantError, match="damaged"):
        back_up(data, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_two_backups_do_not_write_to_one_file(assistant: Assistant, tmp_path: Path) -> None:
    partial = tmp_path / ".b.zip.partial"
    partial.mkdir()
    with FileLock(partial / "lock"), pytest.raises(BusyError, match="another backup"):
        back_up(assistant.settings.data, tmp_path / "b.zip")
    (partial / "packed").write_text("left by a kill")
    back_up(assistant.settings.data, tmp_path / "b.zip")
    assert not partial.exists()


# What restore refuses


def repacked(saved: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(saved) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    made = saved.with_name("repacked.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made


def noted(entries: dict[str, bytes], **changes: Any) -> None:
    entries["manifest.json"] = json.dumps(json.loads(entries["manifest.json"]) | changes).encode()


def add(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda entries: entries.update({name: b"x"})


def drop(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(entries: dict[str, bytes]) -> None:
        del entries[name]

    return change


def renamed_in_manifest(entries: dict[str, bytes]) -> None:
    manifest = json.loads(entries["manifest.json"])
    manifest["files"][0]["name"] = "../../catalog.sqlite3"
    noted(entries, files=manifest["files"])
    entries["../../catalog.sqlite3"] = entries.pop("catalog.sqlite3")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (add("../escaped.toml"), "which no backup holds"),
        (add("/etc/escaped.toml"), "which no backup holds"),
        (add("derived/0/complete"), "which no backup holds"),
        (renamed_in_manifest, "which no backup holds"),
        (drop("manifest.json"), "it has no manifest"),
        (drop("catalog.sqlite3"), "does not hold the files"),
        (drop("sources.toml"), "does not hold the files"),
        (lambda entries: noted(entries, kind="holiday pictures"), "is no backup"),
        (lambda entries: noted(entries, format=BACKUP_FORMAT + 1, files=None), "newer program"),
        (lambda entries: entries.update({"manifest.json": b"{"}), "cannot be read"),
        (lambda entries: entries.update({"manifest.json": b" " * 100_000}), "no manifest"),
        (lambda entries: entries.update({"catalog.sqlite3": entries["catalog.sqlite3"] + b"\0" * 10**8}), "manifest"),
        (lambda entries: entries.update({"sources.toml": b"# Sources\n"}), "not as its manifest says"),
    ],
)
def test_a_backup_that_is_not_what_it_says_is_refused(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], told: str
) -> None:
    target = tmp_path / "deep" / "restored"
    with pytest.raises(BadInputError, match=told):
        restore.restore(repacked(saved, change), target)
    assert files(target) <= {"write.lock"}
    assert not list(tmp_path.rglob("escaped*"))


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"SQLite format 3\0" * 100])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(BadInputError, match="is no backup"):
        restore.restore(tmp_path / "b.zip", tmp_path / "restored")
    with pytest.raises(BadInputError, match="there is no file"):
        restore.restore(tmp_path / "gone.zip", tmp_path / "restored")


def test_every_cut_and_flip_of_a_backup_is_noticed(saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    broken = tmp_path / "broken.zip"
    for place in range(0, len(whole), len(whole) // 40):
        for content in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            broken.write_bytes(content)
            try:
                restore.restore(broken, tmp_path / "restored", force=True)
            except BadInputError:
                assert files(tmp_path / "restored") <= {"write.lock"}
            else:
                # Some bytes of a zip file say nothing: dates, flags of the operating system.
                assert contents(tmp_path / "restored")["articles"]
                (tmp_path / "restored" / "catalog.sqlite3").unlink()
                for name in ("sources.toml", "assistant.toml"):
                    (tmp_path / "restored" / name).unlink()


def test_data_of_a_newer_format_is_refused(saved: Path, tmp_path: Path) -> None:
    newer = repacked(saved, lambda entries: noted(entries, catalog_format="99"))
    with pytest.raises(IndexMismatchError, match="format 99"):
        restore.restore(newer, tmp_path / "restored")


def test_a_folder_that_is_not_empty_is_replaced_only_when_told(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "restored"
    restore.restore(saved, target)
    (target / "mine.txt").write_text("kept")
    (target / "assistant.toml").write_text("passages = 5\n")
    (target / "derived" / "9-old").mkdir(parents=True)
    with pytest.raises(BadInputError, match="not empty"):
        restore.restore(saved, target)
    assert (target / "derived").exists()
    restore.restore(saved, target, force=True)
    assert (target / "mine.txt").read_text() == "kept"
    assert (target / "assistant.toml").read_text() == "passages = 11\n"
    assert not (target / "derived").exists()


def test_a_folder_in_use_is_refused_even_with_force(assistant: Assistant, saved: Path) -> None:
    before = contents(assistant.settings.data)
    with pytest.raises(BusyError, match="is in use"):
        restore.restore(saved, assistant.settings.data, force=True)
    with FileLock(assistant.settings.data / "write.lock"), pytest.raises(BusyError, match="is writing"):
        restore.restore(saved, assistant.settings.data, force=True)
    assert contents(assistant.settings.data) == before
    assistant.close()
    restore.restore(saved, assistant.settings.data, force=True)
    assert contents(assistant.settings.data) == before


def test_a_folder_that_cannot_be_read_is_replaced(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "broken"
    target.mkdir()
    (target / "catalog.sqlite3").write_bytes(b"no database at all" * 100)
    (target / "catalog.sqlite3-wal").write_bytes(b"a log of it")
    restore.restore(saved, target, force=True)
    assert len(contents(target)["articles"]) == 10


# Older formats


def test_a_real_folder_of_format_1_opens_and_answers(build_assistant: Builder, tmp_path: Path) -> None:
    """The folder was written by the program as it was before format 2, with an article removed and feedback given."""
    data = tmp_path / "old"
    zipfile.ZipFile(FORMAT_1).extractall(data)
    opened = build_assistant(data=data)
    check_format_1(opened)


def test_a_backup_of_a_folder_of_format_1_is_brought_up_when_restored(build_assistant: Builder, tmp_path: Path) -> None:
    data = tmp_path / "old"
    zipfile.ZipFile(FORMAT_1).extractall(data)
    before = (data / "catalog.sqlite3").read_bytes()
    assert back_up(data, tmp_path / "old.zip").catalog_format == "1"
    assert (data / "catalog.sqlite3").read_bytes() == before
    restore.restore(tmp_path / "old.zip", tmp_path / "restored")
    assert ("format", FORMAT_VERSION) in contents(tmp_path / "restored")["manifest"]
    check_format_1(build_assistant(data=tmp_path / "restored"))


def check_format_1(opened: Assistant) -> None:
    assert opened.catalog.manifest("format") == FORMAT_VERSION
    assert opened.catalog.counts()[0] == 9
    assert not opened.needs_shipped()
    answer = opened.service.ask(Ask(QUESTION))
    assert [citation.article_id for citation in answer.citations] == ["magnets-may"]
    assert all(finding.ok for finding in doctor._checks(opened))
    (old,) = opened.service.conversation_answers("e01d5dd62922481d901497e87df7e3b7")
    assert (old["status"], old["stale"]) == ("answered", False)
    assert opened.feedback.page(5, None)[0].comment == "good"
    assert opened.ingestor.ingest(shipped_source(CORPUS)).kept_out == 1


# Cut off half-way

KILLED = """
import os, sys
from pathlib import Path
from assistant.index import backup, restore
module, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
owner = {"backup": backup, "restore": restore, "os": os, "shutil": restore.shutil}[module]
real, calls = getattr(owner, name), 0
def killing(*given, **named):
    global calls
    calls += 1
    if calls == count:
        os._exit(9)
    return real(*given, **named)
setattr(owner, name, killing)
source, target = map(Path, sys.argv[5:7])
if sys.argv[4] == "backup":
    backup.back_up(source, target, replace=True)
else:
    restore.restore(source, target, force=True)
"""


def killed_at(module: str, name: str, count: int, command: str, source: Path, target: Path) -> bool:
    """Run a command in a process that dies at the given call of a function; whether it did."""
    arguments = [module, name, str(count), command, str(source), str(target)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], env=os.environ, capture_output=True, text=True)
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


@pytest.mark.parametrize(
    ("module", "name", "count", "decided"),
    [
        ("restore", "unpack", 1, False),
        ("restore", "_check_catalog", 1, False),
        ("restore", "_commit", 1, False),
        ("restore", "write_durably", 1, False),
        ("os", "replace", 1, True),
        ("os", "replace", 2, True),
        ("os", "replace", 3, True),
        # The first call takes away what an earlier restore may have left.
        ("restore", "_discard", 2, True),
    ],
)
def test_a_killed_restore_leaves_the_old_folder_or_the_new_one(
    assistant: Assistant, saved: Path, build_assistant: Builder, module: str, name: str, count: int, decided: bool
) -> None:
    data = assistant.settings.data
    assistant.ingestor.remove("suspension")
    (data / "assistant.toml").write_text("passages = 5\n")
    assistant.close()
    assert killed_at(module, name, count, "restore", saved, data)
    opened = build_assistant()
    assert (opened.catalog.article("suspension") is not None) == decided
    assert (data / "assistant.toml").read_text() == ("passages = 11\n" if decided else "passages = 5\n")
    assert not (data / "restore.partial").exists()
    assert opened.service.ask(Ask(QUESTION)).citations[0].article_id == "magnets-may"
    assert all(finding.ok for finding in doctor._checks(opened))


@pytest.mark.parametrize(("module", "name"), [("backup", "_copy_catalog"), ("backup", "_told"), ("os", "replace")])
def test_a_killed_backup_leaves_the_file_as_it_was(assistant: Assistant, saved: Path, module: str, name: str) -> None:
    before = saved.read_bytes()
    assistant.ingestor.remove("suspension")
    assert killed_at(module, name, 1, "backup", assistant.settings.data, saved)
    assert saved.read_bytes() == before
    assert back_up(assistant.settings.data, saved, replace=True).articles == 9
    assert not (saved.parent / f".{saved.name}.partial").exists()


def test_a_folder_does_not_open_while_a_backup_is_put_into_it(assistant: Assistant, tmp_path: Path) -> None:
    data = tmp_path / "restoring"
    (data / "restore.partial").mkdir(parents=True)
    with FileLock(data / "write.lock"), pytest.raises(BusyError, match="is writing"):
        Store(data, assistant.embedder.name, assistant.store._analyzer)
    Store(data, assistant.embedder.name, assistant.store._analyzer).close()
    assert not (data / "restore.partial").exists()


def test_a_full_disk_is_told_and_leaves_nothing(
    assistant: Assistant, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "pack", full)
    with pytest.raises(StorageError, match="make room"):
        back_up(assistant.settings.data, tmp_path / "b.zip")
    monkeypatch.setattr(restore, "unpack", full)
    with pytest.raises(StorageError, match="make room"):
        restore.restore(saved, tmp_path / "restored")
    assert not (tmp_path / "b.zip").exists()
    assert files(tmp_path / "restored") == {"write.lock"}
