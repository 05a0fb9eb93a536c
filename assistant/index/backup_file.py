"""The backup file: a zip archive of known names, with a manifest that tells their hashes."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadInputError

BACKUP_FORMAT = 1
CATALOG = "catalog.sqlite3"
# What a data folder holds that cannot be made again from the catalog.
NAMES = (CATALOG, "assistant.toml", "sources.toml")
_MANIFEST = "manifest.json"
_MOST_MANIFEST_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024
_PACKING = zipfile.ZIP_DEFLATED
_ENCRYPTED = 1


class PackedFile(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True)

    name: str
    bytes: int = Field(ge=0)
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself; ``catalog_format`` is the data folder's, ``format`` the file's own."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["assistant backup"] = "assistant backup"
    format: int = BACKUP_FORMAT
    program: str
    made_at: str
    catalog_format: str
    model: str | None
    articles: int
    passages: int
    answers: int
    files: tuple[PackedFile, ...]


def pack(path: Path, folder: Path, manifest: Callable[[tuple[PackedFile, ...]], Manifest]) -> Manifest:
    """Write those files of ``folder`` that belong into a backup to ``path``; ``manifest`` is given what was packed."""
    with zipfile.ZipFile(path, "w", _PACKING) as archive:
        files = tuple(_packed(archive, folder / name) for name in NAMES if (folder / name).is_file())
        told = manifest(files)
        archive.writestr(_MANIFEST, told.model_dump_json(indent=1))
    return told


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup and its manifest, nothing of it unpacked yet.

    Raises:
        BadInputError: no such file, no backup, or one of a newer format.
    """
    if not path.is_file():
        raise BadInputError(f"there is no file {str(path)!r}; name one that assistant backup wrote")
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _manifest(archive, path.name)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise BadInputError(f"{path.name!r} is no backup, or a damaged one ({error}); take another copy") from error


def unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write the files into ``folder``. Raises BadInputError when one is not what the manifest says."""
    for file in manifest.files:
        with archive.open(file.name) as source, (folder / file.name).open("xb") as target:
            size, digest = _copied(source, target, file.bytes)
        if (size, digest) != (file.bytes, file.sha256):
            raise BadInputError(f"{file.name!r} in the backup is not as its manifest says; take another copy")


def _manifest(archive: zipfile.ZipFile, name: str) -> Manifest:
    found = [entry.filename for entry in archive.infolist()]
    if found.count(_MANIFEST) != 1 or archive.getinfo(_MANIFEST).file_size > _MOST_MANIFEST_BYTES:
        raise BadInputError(f"{name!r} is no backup: it has no manifest; name a file that assistant backup wrote")
    if any(entry.flag_bits & _ENCRYPTED or entry.compress_type != _PACKING for entry in archive.infolist()):
        raise BadInputError(f"{name!r} is packed as no backup is; it was made by something else")
    told = archive.read(_MANIFEST)
    try:
        version = _Version.model_validate_json(told)
        if version.format > BACKUP_FORMAT:
            raise BadInputError(
                f"{name!r} is a backup of format {version.format}, this program reads up to {BACKUP_FORMAT}; "
                "restore it with the newer program"
            )
        manifest = Manifest.model_validate_json(told)
    except ValidationError as error:
        raise BadInputError(
            f"{name!r} is no backup: its manifest cannot be read; name a file that assistant backup wrote"
        ) from error
    _check_names(found, manifest, name)
    return manifest


class _Version(BaseModel):
    """What every format of the manifest has."""

    kind: Literal["assistant backup"]
    format: int = Field(ge=1)


def _check_names(found: list[str], manifest: Manifest, name: str) -> None:
    strange = sorted(set(found) - {_MANIFEST, *NAMES})
    if strange:
        raise BadInputError(f"{name!r} holds {strange[0]!r}, which no backup holds; it was made by something else")
    if sorted(found) != sorted([_MANIFEST, *(file.name for file in manifest.files)]) or CATALOG not in found:
        raise BadInputError(f"{name!r} does not hold the files that its manifest names; take another copy")


def _packed(archive: zipfile.ZipFile, path: Path) -> PackedFile:
    with path.open("rb") as source, archive.open(path.name, "w", force_zip64=True) as target:
        size, digest = _copied(source, target)
    return PackedFile(name=path.name, bytes=size, sha256=digest)


def _copied(source: IO[bytes], target: IO[bytes], most: int | None = None) -> tuple[int, str]:
    """Size and SHA-256 of what was copied; stops soon after ``most`` bytes."""
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        size += len(chunk)
        if most is not None and size > most:
            break
        digest.update(chunk)
        target.write(chunk)
    return size, digest.hexdigest()


def _chunks(source: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: source.read(_CHUNK_BYTES), b"")
