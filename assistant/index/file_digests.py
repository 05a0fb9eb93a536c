"""SHA-256 of large files, worked out once for each state of a file."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

MOST_REMEMBERED = 8


class FileDigests:
    """Digests of files; one whose size, time of change and number on disk are as remembered is not read again.

    Reading ninety megabytes of weights takes longer than answering. What is remembered finds what an upgrade or a
    broken disk would change, not a person who sets the clock back; ``assistant doctor`` reads every file.

    Args:
        memory: file that remembers; None forgets. One that cannot be read or written to costs time and nothing else.
    """

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory

    def sha256(self, file: Path) -> str:
        """The digest of a file, in hexadecimal. Raises OSError when it cannot be read."""
        state = file.stat()
        key = f"{file.resolve()} {state.st_size} {state.st_mtime_ns} {state.st_ino}"
        known = self._remembered()
        if key in known:
            return known[key]
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        self._remember(known | {key: digest})
        return digest

    def _remembered(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            told = json.loads(self._memory.read_bytes()) if self._memory else {}
            if isinstance(told, dict):
                return {str(key): str(digest) for key, digest in told.items()}
        return {}

    def _remember(self, digests: dict[str, str]) -> None:
        if self._memory is None:
            return
        with suppress(OSError):
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            # The newest few: an upgrade leaves its predecessors behind.
            newest = dict(list(digests.items())[-MOST_REMEMBERED:])
            self._memory.write_text(json.dumps(newest, indent=1), encoding="utf-8")
