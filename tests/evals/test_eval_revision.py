from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from evals.revision import Revision, read_revision

IDENTITY = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "evals" / "results").mkdir(parents=True)
    file = tmp_path / "evals" / "revision.py"
    file.write_text("one", encoding="utf-8")
    for arguments in (("init", "-q"), ("add", "."), (*IDENTITY, "commit", "-q", "-m", "one")):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    return file


def test_clean_checkout_has_a_commit(checkout: Path) -> None:
    revision = read_revision(checkout)
    assert revision.commit is not None
    assert (len(revision.commit), revision.dirty) == (40, False)


def test_changed_code_is_dirty(checkout: Path) -> None:
    checkout.write_text("two", encoding="utf-8")
    assert read_revision(checkout).dirty is True


def test_new_case_file_is_dirty(checkout: Path) -> None:
    (checkout.parent / "new.yaml").write_text("x", encoding="utf-8")
    assert read_revision(checkout).dirty is True


def test_written_result_is_not_dirty(checkout: Path) -> None:
    (checkout.parent / "results" / "run.json").write_text("{}", encoding="utf-8")
    assert read_revision(checkout).dirty is False


def test_untracked_copy_inside_a_checkout_has_no_revision(checkout: Path) -> None:
    installed = checkout.parent.parent / "site-packages" / "evals" / "revision.py"
    installed.parent.mkdir(parents=True)
    installed.write_text("one", encoding="utf-8")
    assert read_revision(installed) == Revision(None, None)


def test_without_git_there_is_no_revision(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout.parent))
    assert read_revision(checkout) == Revision(None, None)
