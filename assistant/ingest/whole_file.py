"""Reading a local file that somebody may be writing to at this moment."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.errors import SourceError

MOST_FILE_BYTES = 20 * 1024 * 1024


def read_whole(path: Path, most_bytes: int = MOST_FILE_BYTES) -> bytes:
    """A file's bytes, all of one moment.

    Args:
        path: the file.
        most_bytes: refused beyond, before it is read.

    Raises:
        SourceError: it is larger, or it changed while it was read.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        if before.st_size > most_bytes:
            raise SourceError(f"{path.name!r} has {before.st_size} bytes, at most {most_bytes} are read; split it")
        content = file.read(most_bytes + 1)
        after = os.fstat(file.fileno())
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if changed or len(content) != after.st_size:
        raise SourceError(f"{path.name!r} changed while it was read; ingest it again once it is written")
    return content
