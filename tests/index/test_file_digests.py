from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from assistant.index.file_digests import MOST_REMEMBERED, FileDigests


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_that_looks_as_before_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = tmp_path / "weights"
    weights.write_bytes(b"one")
    digests = FileDigests(tmp_path / "folder" / "digests.json")
    assert digests.sha256(weights) == sha256(b"one")
    monkeypatch.setattr(hashlib, "file_digest", lambda *_: pytest.fail("read again"))
    assert FileDigests(tmp_path / "folder" / "digests.json").sha256(weights) == sha256(b"one")


@pytest.mark.parametrize("content", [b"two", b"longer"])
def test_a_file_that_was_changed_is_read_again(tmp_path: Path, content: bytes) -> None:
    weights = tmp_path / "weights"
    weights.write_bytes(b"one")
    digests = FileDigests(tmp_path / "digests.json")
    digests.sha256(weights)
    before = weights.stat().st_mtime_ns
    weights.write_bytes(content)
    os.utime(weights, ns=(before + 1_000_000, before + 1_000_000))
    assert digests.sha256(weights) == sha256(content)


def test_without_a_memory_every_file_is_read(tmp_path: Path) -> None:
    weights = tmp_path / "weights"
    weights.write_bytes(b"one")
    digests, told = FileDigests(), weights.stat()
    digests.sha256(weights)
    weights.write_bytes(b"two")
    os.utime(weights, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert digests.sha256(weights) == sha256(b"two")


@pytest.mark.parametrize("told", ["", "{", "[]", '{"a": 1'])
def test_a_memory_that_cannot_be_read_is_made_anew(tmp_path: Path, told: str) -> None:
    memory, weights = tmp_path / "digests.json", tmp_path / "weights"
    memory.write_text(told)
    weights.write_bytes(b"one")
    assert FileDigests(memory).sha256(weights) == sha256(b"one")
    assert sha256(b"one") in memory.read_text()


def test_only_the_newest_are_remembered(tmp_path: Path) -> None:
    memory = tmp_path / "digests.json"
    for number in range(MOST_REMEMBERED + 2):
        (tmp_path / str(number)).write_bytes(bytes([number]))
        FileDigests(memory).sha256(tmp_path / str(number))
    told = memory.read_text()
    assert sha256(bytes([MOST_REMEMBERED + 1])) in told
    assert sha256(bytes([0])) not in told
