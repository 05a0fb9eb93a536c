"""A copy of a live data folder in one file.

SQLite's online backup reads the catalog at one moment, whoever is writing meanwhile. The search indexes are left out:
they are built from the catalog again, without embedding anything.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from assistant.errors import AssistantError, BadInputError, BusyError
from assistant.index.backup_file import CATALOG, NAMES, Manifest, PackedFile, pack
from assistant.index.storage import storage_faults, sync_folder

_COUNTS = "SELECT (SELECT COUNT(*) FROM articles), (SELECT COUNT(*) FROM passages), (SELECT COUNT(*) FROM answers)"


def back_up(data: Path, target: Path, *, replace: bool = False) -> Manifest:
    """Write what the data folder ``data`` holds now to the file ``target``, whole or not at all.

    Raises:
        BadInputError: there is no index, or ``target`` cannot be that file.
        BusyError: another backup is being written to ``target``.
        StorageError: the disk is full or cannot be written to.
    """
    if not (data / CATALOG).is_file():
        raise BadInputError(f"the data folder {str(data)!r} holds no index; set ASSISTANT_DATA to the one that does")
    _check_target(data, target, replace)
    with storage_faults(target.parent), _workplace(target) as folder:
        _copy_catalog(data / CATALOG, folder / CATALOG)
        for name in NAMES:
            if name != CATALOG and (data / name).is_file():
                shutil.copyfile(data / name, folder / name)
        packed = folder / "packed"
        manifest = pack(packed, folder, lambda files: _told(folder / CATALOG, files))
        _put(packed, target)
    return manifest


def _check_target(data: Path, target: Path, replace: bool) -> None:
    if target.exists() and not (replace and target.is_file()):
        raise BadInputError(f"{str(target)!r} is there already; name another file, or replace it with --force")
    if not target.parent.is_dir():
        raise BadInputError(f"there is no folder {str(target.parent)!r}; make it first")
    if target.resolve().is_relative_to(data.resolve()):
        raise BadInputError(f"{str(target)!r} lies in the data folder; a backup belongs elsewhere")


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    """A folder beside the target, one backup at a time; what a killed one left there goes."""
    folder = target.parent / f".{target.name}.partial"
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(f"another backup is being written to {target.name!r}; wait for it") from None
    try:
        for left in set(folder.iterdir()) - {folder / "lock"}:
            left.unlink()
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _copy_catalog(source: Path, target: Path) -> None:
    address = f"file:{quote(str(source.absolute()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as read, closing(sqlite3.connect(target)) as written:
        try:
            read.backup(written)
            # One file, no log beside it.
            written.execute("PRAGMA journal_mode=DELETE")
            (fault,) = written.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            fault = str(error)
    if fault != "ok":
        raise AssistantError(f"the catalog is damaged ({fault}); mend it with: assistant doctor --repair")


def _told(catalog: Path, files: tuple[PackedFile, ...]) -> Manifest:
    with closing(sqlite3.connect(catalog)) as connection:
        noted = dict(connection.execute("SELECT key, value FROM manifest"))
        articles, passages, answers = connection.execute(_COUNTS).fetchone()
    return Manifest(
        program=version("assistant"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        catalog_format=noted["format"],
        model=noted.get("model"),
        articles=articles,
        passages=passages,
        answers=answers,
        files=files,
    )


def _put(packed: Path, target: Path) -> None:
    # It holds what people asked: nobody else on the machine is to read it.
    packed.chmod(0o600)
    with packed.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(packed, target)
    sync_folder(target.parent)
