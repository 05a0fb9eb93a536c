from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.index.storage import storage_faults

FAULTS = (
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EROFS, "Read-only file system"),
    sqlite3.OperationalError("database or disk is full"),
    sqlite3.OperationalError("attempt to write a readonly database"),
    ValueError("An IO error occurred: 'No space left on device (os error 28)'"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_disk_that_takes_nothing_is_told_in_one_way(fault: Exception) -> None:
    with pytest.raises(StorageError, match="'mine'") as told, storage_faults(Path("/somewhere/mine")):
        raise fault
    assert told.value.exit_code == 3


def test_other_errors_pass_as_they_are() -> None:
    with pytest.raises(ValueError, match="a bug"), storage_faults(Path("mine")):
        raise ValueError("a bug")
