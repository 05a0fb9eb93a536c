"""Which code ran: the git commit of the checkout that holds this file, and whether it was changed since."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve()
# What can move a figure; results are left out, so that writing one does not change the next.
WATCHED = ("assistant", "corpus", "evals", "pyproject.toml", ":(exclude)evals/results")


@dataclass(frozen=True, slots=True)
class Revision:
    """``commit`` and ``dirty`` are None when git is absent or the file is not in a checkout."""

    commit: str | None
    dirty: bool | None


def read_revision(file: Path = HERE) -> Revision:
    """The revision of the checkout that tracks ``file``; an installed copy has none."""
    root = file.parent.parent
    tracked = _git(root, "ls-files", "--error-unmatch", str(file))
    commit = _git(root, "rev-parse", "HEAD") if tracked else None
    if not commit:
        return Revision(None, None)
    return Revision(commit, bool(_git(root, "status", "--porcelain", "--", *WATCHED)))


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
