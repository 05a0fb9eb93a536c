"""Watching: folders as they change, named sources when they are due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.build import Assistant
from assistant.errors import AssistantError, BadInputError, BusyError
from assistant.ingest.fetch.memory import FetchMemory
from assistant.ingest.intake import Intake
from assistant.ingest.loaders import known_suffixes
from assistant.ingest.sources import source_of
from assistant.ingest.sources_file import FILE_NAME, Origin, Source, interval, read_sources
from assistant.types import IngestReport

TICK_SECONDS = 20.0
_COUNTS = ("added", "updated", "removed")

Say = Callable[[str], None]


class Watch:
    """Keeps the index up with its sources.

    Args:
        intake: brings articles in.
        memory: knows when each named source ran.
        sources: the named sources, and ``base``, the folder that their relative paths start at.
        folders: further folders to follow.
        say: told one line a change, and one a failure.
    """

    def __init__(
        self,
        intake: Intake,
        memory: FetchMemory,
        sources: Mapping[str, Source],
        base: Path,
        folders: Sequence[Path],
        say: Say,
    ) -> None:
        self._intake = intake
        self._memory = memory
        self._sources = sources
        self._base = base
        self._say = say
        self._folders = {folder.resolve(): str(folder) for folder in folders}
        self._live = self._folders | {
            folder: name for name, source in sources.items() if (folder := source.folder(base)) is not None
        }

    def run_due(self) -> bool:
        """Read every folder, and every named source that is due. False when something failed."""
        results = [self._read_folder(folder) for folder in self._folders]
        return all([*results, *self._read_due()])

    def follow(self, stop: threading.Event) -> None:
        """Read what is due, then what changes, until ``stop`` is set or Ctrl-C."""
        self.run_due()
        folders = [folder for folder in self._live if folder.is_dir()]
        if not folders:
            while not stop.wait(TICK_SECONDS):
                self._read_due()
            return
        from watchfiles import watch

        for changes in watch(*folders, stop_event=stop, yield_on_timeout=True, rust_timeout=int(TICK_SECONDS * 1000)):
            self._read_changed({Path(path) for _, path in changes})
            self._read_due()

    def _read_due(self) -> list[bool]:
        return [self._read_named(name) for name, source in self._sources.items() if self._is_due(name, source)]

    def _read_changed(self, paths: set[Path]) -> None:
        for folder, name in self._live.items():
            if not any(path.is_relative_to(folder) for path in paths):
                continue
            if name in self._sources:
                self._read_named(name)
            else:
                self._read_folder(folder)

    def _read_folder(self, folder: Path) -> bool:
        return self._read(self._folders[folder], lambda: source_of(str(folder), known_suffixes()))

    def _read_named(self, name: str) -> bool:
        return self._read(name, lambda: self._sources[name].origin(self._base))

    def _read(self, name: str, origin: Callable[[], Origin]) -> bool:
        """Bring one source in, and say what came of it; when another process is writing, it stays due."""
        try:
            report = self._intake.take([origin()])
        except BusyError as error:
            self._say(f"{name}: {error}")
            return False
        except AssistantError as error:
            self._say(f"{name}: {error}")
            report = None
        self._memory.ran(name)
        if report is None:
            return False
        self._tell(name, report)
        return not report.failed

    def _tell(self, name: str, report: IngestReport) -> None:
        told = [f"{count} {getattr(report, count)}" for count in _COUNTS if getattr(report, count)]
        if told:
            self._say(f"{name}: {', '.join(told)}")
        for failure in report.failed:
            self._say(f"{name}: failed: {failure.source}: {failure.reason}")

    def _is_due(self, name: str, source: Source) -> bool:
        last = self._memory.last_run(name)
        return last is None or datetime.now(UTC) - last >= interval(source.every)


def open_watch(assistant: Assistant, folders: Sequence[Path], sources_file: Path | None, say: Say) -> Watch:
    """A watch over folders and a file of named sources, ``sources.toml`` of the data folder by default.

    Raises:
        BadInputError: a folder is not there, the file is not in order, or there is nothing to watch.
    """
    for folder in folders:
        if not folder.is_dir():
            raise BadInputError(f"no folder {str(folder)!r}; check the path")
    path = sources_file or assistant.settings.data / FILE_NAME
    sources = read_sources(path) if sources_file or path.is_file() else {}
    if not sources and not folders:
        raise BadInputError(f"there is nothing to watch; name a folder, or write {FILE_NAME} into the data folder")
    return Watch(assistant.intake, assistant.fetch_memory, sources, path.resolve().parent, folders, say)
