"""Zip files of documents, opened only when what they unpack to is small enough.

``zipfile`` never unpacks more of a member than its directory declares, so the declared sizes are a bound,
overlapping members included (Fifield, "A better zip bomb", WOOT 2019, counts on readers that do not add them up).
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from assistant.errors import SourceError

MOST_MEMBERS = 10_000
MOST_BYTES_UNPACKED = 200 * 1024 * 1024
MOST_TIMES_LARGER = 200
_SMALL = 5 * 1024 * 1024  # Tables of equal rows pack a hundredfold and more; below this size no ratio matters.


def open_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """The archive, its directory checked and nothing unpacked yet.

    Raises:
        SourceError: it is broken, locked, or unpacks to more than ``MOST_BYTES_UNPACKED`` or
            ``MOST_TIMES_LARGER`` times its own size.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SourceError(f"{name!r} is a broken zip file ({error}); save it anew") from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise SourceError(f"{name!r} packs {len(members)} files, at most {MOST_MEMBERS} are opened; save it anew")
    if any(member.flag_bits & 1 for member in members):
        raise SourceError(f"{name!r} is locked with a password; save a copy without one")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_BYTES_UNPACKED or (unpacked > _SMALL and unpacked > MOST_TIMES_LARGER * len(content)):
        raise SourceError(
            f"{name!r} packs {unpacked} bytes into {len(content)}, as a zip bomb does; save it anew, or split it"
        )
    return archive


def member_names(name: str, content: bytes) -> frozenset[str]:
    """The names inside an archive. Raises SourceError as ``open_archive`` does."""
    with open_archive(name, content) as archive:
        return frozenset(archive.namelist())


def read_member(name: str, archive: zipfile.ZipFile, member: str) -> bytes:
    """One unpacked file of an archive. Raises SourceError when it is not there or broken."""
    try:
        return archive.read(member)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise SourceError(f"{name!r}: its part {member[:200]!r} is missing or broken; save it anew") from error
