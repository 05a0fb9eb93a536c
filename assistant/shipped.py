"""Where the files that come with the program lie: in the wheel, or in a checkout beside the package."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import MissingDependencyError

_PACKAGE = Path(__file__).resolve().parent


def corpus_folder() -> Path:
    """The shipped corpus. Raises MissingDependencyError when it was not installed."""
    for folder in (_PACKAGE / "shipped" / "corpus", _PACKAGE.parent / "corpus"):
        if (folder / "articles").is_dir():
            return folder
    raise MissingDependencyError("the shipped corpus was not installed; reinstall the package")


def eval_results_folder() -> Path:
    """Where `assistant eval --json` is told to write: in the working folder, else in the checkout; it may not exist."""
    here = Path("evals") / "results"
    return here if here.is_dir() else _PACKAGE.parent / "evals" / "results"


def ui_folder() -> Path:
    """The chat page's files."""
    return _PACKAGE / "ui"
