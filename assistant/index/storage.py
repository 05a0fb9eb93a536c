"""Faults of the disk, told in one way whichever library met them."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import StorageError

_NUMBERS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM})
_WORDS = ("is full", "readonly database", "disk i/o error", "unable to open database", "no space left", "too large",
          "read-only file system")  # fmt: skip


@contextmanager
def storage_faults(folder: Path) -> Iterator[None]:
    """Tell a full disk or a folder that cannot be written to as StorageError; other errors pass as they are."""
    try:
        yield
    except Exception as error:
        # SQLite, tantivy and Chroma each raise a type of their own for the same full disk.
        if not _is_fault(error):
            raise
        raise StorageError(
            f"cannot write to the data folder {folder.name!r} ({error}); nothing half-written is left: "
            "make room or allow writing, then run the same again"
        ) from error


def _is_fault(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NUMBERS
    libraries = isinstance(error, sqlite3.OperationalError | ValueError) or type(error).__module__.startswith(
        "chromadb"
    )
    return libraries and any(words in str(error).lower() for words in _WORDS)


def write_durably(path: Path, text: str) -> None:
    """Write a file that a power cut does not take back."""
    with path.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; does nothing where folders cannot be opened (Windows)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
