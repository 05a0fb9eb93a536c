"""The commands that copy a data folder into one file and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.index.backup_file import Manifest

File = Annotated[Path, typer.Argument(metavar="FILE")]
JsonFlag = Annotated[bool, typer.Option("--json", help="print the backup's manifest as JSON on standard output")]


def add_backup_commands(app: typer.Typer) -> None:
    """Add ``backup`` and ``restore``."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="replace FILE when it is there")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write a copy of the data folder to FILE, also while it is served or written to.

    It holds articles, conversations, feedback and the settings files; search indexes are built again from it.
    It keeps what is deleted from the data folder later: delete old backups too.
    """
    from assistant.index.backup import back_up

    manifest = back_up(load_settings().data, file, replace=force)
    _tell(f"wrote {file}", manifest, as_json)


def restore(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="replace what the data folder holds")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Put a backup into the data folder, whole or not at all; stop the server first.

    What was deleted after the backup was made is there again. Older data formats are brought up to date.
    """
    from assistant.index.restore import restore as put_back

    data = load_settings().data
    manifest = put_back(file, data, force=force)
    _tell(f"restored {data}; the next command builds its search indexes", manifest, as_json)


def _tell(done: str, manifest: Manifest, as_json: bool) -> None:
    if as_json:
        print(manifest.model_dump_json(indent=2))
    counts = f"{manifest.articles} articles, {manifest.passages} passages, {manifest.answers} answers"
    print(f"{done}: {counts}, of {manifest.made_at}", file=sys.stderr)
