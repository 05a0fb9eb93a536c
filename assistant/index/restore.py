"""A backup put into a data folder, whole or not at all.

Everything is unpacked, checked and brought up to this program's format beside the data first. One marker then decides:
a process killed before it leaves the folder as it was, one killed after it leaves work that the next opening of the
folder finishes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import BadInputError, BusyError, IndexMismatchError
from assistant.index.backup_file import CATALOG, NAMES, Manifest, opened, unpack
from assistant.index.catalog import Catalog
from assistant.index.schema import READABLE_FORMATS
from assistant.index.storage import storage_faults, sync_folder, write_durably

_INCOMING = "restore.partial"
_READY = "ready"
_LOCK = "write.lock"


def restore(source: Path, data: Path, *, force: bool = False) -> Manifest:
    """Make the data folder ``data`` hold what the backup ``source`` holds; its search indexes are built at next use.

    Args:
        force: replace what the folder holds.

    Raises:
        BadInputError: ``source`` is no whole backup, or the folder is not empty and ``force`` is not given.
        IndexMismatchError: a newer program wrote the backup.
        BusyError: the folder is in use.
        StorageError: the disk is full or cannot be written to.
    """
    with opened(source) as (archive, manifest):
        if manifest.catalog_format not in READABLE_FORMATS:
            raise IndexMismatchError(
                f"{source.name!r} holds data of format {manifest.catalog_format}, this program reads "
                f"{', '.join(sorted(READABLE_FORMATS))}; restore it with the newer program"
            )
        with storage_faults(data), _locked(data):
            _settle(data)
            _check_folder(data, force)
            incoming = data / _INCOMING
            try:
                incoming.mkdir()
                unpack(archive, manifest, incoming)
                _check_catalog(incoming / CATALOG)
                _check_unused(data)
            except BaseException:
                shutil.rmtree(incoming, ignore_errors=True)
                raise
            _commit(incoming)
            _settle(data)
    return manifest


def settle(data: Path) -> None:
    """Finish a restore that was cut off after its decision, take away what one left that was cut off before.

    Raises:
        BusyError: a restore is under way.
    """
    if (data / _INCOMING).exists():
        with storage_faults(data), _locked(data):
            _settle(data)


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    # Every opening of a folder looks for an unfinished restore; few have one to lock it for.
    from filelock import FileLock, Timeout

    lock = FileLock(data / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(f"another process is writing to {data.name!r}; try again when it is done") from None
    try:
        yield
    finally:
        lock.release()


def _check_folder(data: Path, force: bool) -> None:
    held = sorted(path.name for path in data.iterdir() if path.name != _LOCK)
    if held and not force:
        raise BadInputError(
            f"the data folder {str(data)!r} is not empty: it holds {held[0]!r}; set ASSISTANT_DATA to an empty one, "
            "or replace what it holds with --force"
        )
    _check_unused(data)


def _check_unused(data: Path) -> None:
    """Raise BusyError when another process has the catalog open: SQLite leaves the log mode only when alone."""
    if not (data / CATALOG).exists():
        return
    with closing(sqlite3.connect(data / CATALOG, timeout=0)) as connection:
        try:
            alone = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete"
        except sqlite3.OperationalError:
            alone = False
        except sqlite3.DatabaseError:
            # No database: nobody can have it open, and it is to be replaced.
            alone = True
    if not alone:
        raise BusyError(f"the data folder {data.name!r} is in use; stop the server first, then restore again")


def _check_catalog(path: Path) -> None:
    """Bring the catalog up to this program's format, and raise BadInputError when it is not whole."""
    try:
        catalog = Catalog(path)
        try:
            faults = catalog.damage()
        finally:
            catalog.close()
    except sqlite3.DatabaseError as error:
        raise BadInputError(f"the backup's catalog is no readable database ({error}); take another copy") from error
    if faults:
        raise BadInputError(f"the backup's catalog is not whole: {faults[0]}; take another copy")


def _commit(incoming: Path) -> None:
    for path in incoming.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    write_durably(incoming / _READY, "")
    sync_folder(incoming)


def _settle(data: Path) -> None:
    """What ``settle`` does, for one who holds the writer's place; each step may be done again."""
    incoming = data / _INCOMING
    if (incoming / _READY).exists():
        # Snapshots are named by generations, and a log belongs to one catalog: neither may meet the new one.
        shutil.rmtree(data / "derived", ignore_errors=True)
        if (incoming / CATALOG).exists():
            for suffix in ("-wal", "-shm", "-journal"):
                (data / f"{CATALOG}{suffix}").unlink(missing_ok=True)
        for name in (*NAMES[1:], CATALOG):
            if (incoming / name).exists():
                os.replace(incoming / name, data / name)
        sync_folder(data)
    _discard(incoming)


def _discard(incoming: Path) -> None:
    """The marker goes last but one, so that a kill here leaves no work that looks undone."""
    (incoming / _READY).unlink(missing_ok=True)
    shutil.rmtree(incoming, ignore_errors=True)
