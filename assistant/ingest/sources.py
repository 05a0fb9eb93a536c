"""Named sources: a file, a folder, an upload, or the shipped corpus, as lists of files to read."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.errors import BadInputError, MissingDependencyError
from assistant.ingest.whole_file import read_whole

SHIPPED = "shipped"
UPLOADS = "uploads"
WEB = "web"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a file when sending it; it wins over what the file says."""

    title: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    author: str | None = None
    language: str | None = None
    reliability: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source. ``name`` identifies it inside the source, ``uri`` is safe to show to anyone."""

    name: str
    title: str
    uri: str
    read: Callable[[], bytes]
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class NamedSource:
    """Files that belong together; ``complete`` when a file that is gone means its article should go too."""

    name: str
    files: tuple[SourceFile, ...]
    complete: bool


def source_of(argument: str, suffixes: Iterable[str]) -> NamedSource:
    """The source that a command-line argument names: a file, a folder (read recursively), or a glob pattern.

    Raises:
        BadInputError: nothing is there.
    """
    path = Path(argument).expanduser()
    try:
        if path.is_dir():
            return _folder(path.resolve(), frozenset(suffixes))
        if path.is_file():
            return NamedSource(str(path.resolve()), (_local_file(path.resolve(), path.name),), complete=False)
        if glob.has_magic(str(path)):
            return _matching(str(path))
    except (OSError, ValueError) as error:
        raise BadInputError(f"cannot look at {argument[:200]!r}: {error}; check the path") from error
    raise BadInputError(f"no file or folder {argument!r}; check the path")


def shipped_source(folder: Path) -> NamedSource:
    """The corpus that comes with the program."""
    files = tuple(
        SourceFile(f"articles/{path.name}", path.name, f"corpus:articles/{path.name}", path.read_bytes)
        for path in sorted((folder / "articles").glob("*.md"))
    )
    if not files:
        raise MissingDependencyError(f"the shipped corpus is missing from {folder}; reinstall the package")
    return NamedSource(SHIPPED, files, complete=True)


def upload_source(title: str, content: bytes, given: Given = Given()) -> NamedSource:
    """One file that a person sent; its name is only a label and never a path."""
    file = SourceFile(title, title, f"upload:{title}", lambda: content, given)
    return NamedSource(UPLOADS, (file,), complete=False)


def corpus_digest(source: NamedSource) -> str:
    """Hash of the names and bytes of a source's files."""
    digest = hashlib.sha256()
    for file in source.files:
        digest.update(file.name.encode() + b"\x00" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def _folder(folder: Path, suffixes: frozenset[str]) -> NamedSource:
    """Every visible file below the folder; links that lead out of it are not followed."""
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.resolve().is_relative_to(folder)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not paths:
        raise BadInputError(
            f"folder {folder.name!r} holds no files; "
            f"put {', '.join(sorted(suffixes))} files into it and ingest it again"
        )
    files = tuple(_local_file(path, path.relative_to(folder).as_posix()) for path in paths)
    return NamedSource(str(folder), files, complete=True)


def _matching(pattern: str) -> NamedSource:
    """The visible files that match a glob pattern; ``**`` goes through folders."""
    paths = [path for match in sorted(glob.glob(pattern, recursive=True)) if (path := Path(match).resolve()).is_file()]
    if not paths:
        raise BadInputError(f"no file matches {pattern!r}; check the pattern")
    files = tuple(_local_file(path, path.name) for path in dict.fromkeys(paths))
    return NamedSource(pattern, files, complete=False)


def _local_file(path: Path, title: str) -> SourceFile:
    return SourceFile(str(path), title, f"file:{title}", partial(read_whole, path))
