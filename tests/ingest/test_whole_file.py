from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import SourceError
from assistant.ingest import whole_file
from assistant.ingest.whole_file import read_whole


def test_a_quiet_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"whole")
    assert read_whole(tmp_path / "a.txt", 5) == b"whole"


def test_a_large_file_is_refused_by_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"whole")
    with pytest.raises(SourceError, match=r"'a\.txt' has 5 bytes, at most 4"):
        read_whole(tmp_path / "a.txt", 4)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"half")
    real = os.fstat

    def fstat_and_grow(number: int) -> os.stat_result:
        told = real(number)
        with path.open("ab") as writer:
            writer.write(b"more")
        return told

    monkeypatch.setattr(whole_file.os, "fstat", fstat_and_grow)
    with pytest.raises(SourceError, match=r"'a\.txt' changed while it was read"):
        read_whole(path, 100)
