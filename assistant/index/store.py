"""The data folder: the catalog, and snapshots of the search indexes derived from it.

A snapshot is an immutable folder named by the catalog's generation and complete once its marker
stands in it. A process killed between the catalog's commit and the end of a snapshot leaves the
catalog ahead; the next open builds the snapshot from the catalog's own vectors, embedding nothing.
Readers compare generations per question and open the new folder, since an open Chroma client never
sees what another process wrote.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import BusyError, IndexMismatchError
from assistant.index.catalog import Catalog
from assistant.index.fulltext import FullText
from assistant.index.restore import settle
from assistant.index.storage import storage_faults, write_durably
from assistant.index.vectors import EXACT_UP_TO, ChromaVectors, ExactVectors, VectorSearch
from assistant.ingest.chunk import CHUNKER_VERSION
from assistant.terms import TermAnalyzer

if TYPE_CHECKING:
    from filelock import BaseFileLock

Result = TypeVar("Result")

_MARKER = "complete"
_BUILD_WAIT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Both search indexes at one generation of the catalog."""

    generation: int
    fulltext: FullText
    vectors: VectorSearch


class Store:
    """One data folder, shared by readers and at most one writer at a time.

    Args:
        folder: the data folder; made when it is not there.
        model: name of the embedding model with its weights hash; the index is bound to it.
        analyzer: how text becomes terms.

    Raises:
        IndexMismatchError: the folder was built by another model, chunker or format.
    """

    def __init__(self, folder: Path, model: str, analyzer: TermAnalyzer) -> None:
        with storage_faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
        settle(folder)
        self.folder = folder
        self._analyzer = analyzer
        self._derived = folder / "derived"
        self._opening = threading.Lock()
        self._snapshot: Snapshot | None = None
        with storage_faults(folder):
            self.catalog = Catalog(folder / "catalog.sqlite3")
        self._bind("model", model)
        self._bind("chunker", CHUNKER_VERSION)

    def close(self) -> None:
        """Let go of every file."""
        if self._snapshot is not None:
            self._snapshot.vectors.close()
        self.catalog.close()

    @cached_property
    def _file_lock(self) -> BaseFileLock:
        # It brings asyncio along, which readers have no use for.
        from filelock import FileLock

        return FileLock(self.folder / "write.lock")

    @contextmanager
    def writing(self, wait_seconds: float = 5.0, *, rebuild: bool = False) -> Iterator[None]:
        """Hold the folder's one writer's place; on leaving, the snapshots follow the catalog.

        Args:
            wait_seconds: how long to wait for another writer.
            rebuild: build the snapshot anew even when the one that stands is current.

        Raises:
            BusyError: another process kept the place for longer than ``wait_seconds``.
            StorageError: the disk is full or the folder is read-only.
        """
        from filelock import Timeout

        try:
            self._file_lock.acquire(timeout=wait_seconds)
        except Timeout:
            raise BusyError(
                f"another process is writing to {self.folder.name!r}; try again when its ingest is done"
            ) from None
        try:
            with storage_faults(self.folder):
                yield
                if rebuild:
                    shutil.rmtree(self._derived, ignore_errors=True)
                self._build_current()
        finally:
            self._file_lock.release()

    def search(self, look: Callable[[Snapshot], Result]) -> Result:
        """What ``look`` finds in the current snapshot; once more when a writer replaced it meanwhile."""
        snapshot = self.snapshot()
        try:
            return look(snapshot)
        except Exception:
            fresh = self.snapshot()
            if fresh is snapshot and (self._path(snapshot.generation) / _MARKER).exists():
                raise
            return look(self._reopen(self._newest_complete()))

    def snapshot(self) -> Snapshot:
        """The snapshot of the catalog's generation, built first when nobody has built it.

        While another process is still writing, the newest complete snapshot serves.
        """
        wanted = self.catalog.generation()
        current = self._snapshot
        if current is not None and current.generation == wanted:
            return current
        with self._opening:
            current = self._snapshot
            if current is not None and current.generation == wanted:
                return current
            return self._open_for(wanted)

    def rebuild(self) -> None:
        """Build the snapshot of the current generation anew, whatever stands there."""
        with self._opening:
            if self._snapshot is not None:
                self._snapshot.vectors.close()
                self._snapshot = None
        with self.writing(rebuild=True):
            pass

    def vector_ids(self) -> frozenset[str]:
        """Every passage id in the vector index on disk, whether searches use it or not."""
        index = ChromaVectors(self._path(self.snapshot().generation) / "chroma")
        try:
            return index.ids()
        finally:
            index.close()

    def is_built(self) -> bool:
        """Whether the search indexes have caught up with the catalog."""
        return (self._path(self.catalog.generation()) / _MARKER).exists()

    def _open_for(self, wanted: int) -> Snapshot:
        if not (self._path(wanted) / _MARKER).exists():
            newest = self._newest_complete()
            try:
                with self.writing(0.0 if newest is not None else _BUILD_WAIT_SECONDS):
                    pass
                wanted = self.catalog.generation()
            except BusyError:
                if newest is None:
                    raise
                wanted = newest
        if self._snapshot is not None and self._snapshot.generation == wanted:
            return self._snapshot
        return self._reopen(wanted)

    def _reopen(self, generation: int | None) -> Snapshot:
        if generation is None:
            raise BusyError("the search index is being built; try again in a moment")
        path = self._path(generation)
        # The snapshot it replaces is not closed here: other threads may still be searching in it.
        self._snapshot = Snapshot(generation, FullText(path / "fulltext", self._analyzer), self._vectors(path))
        return self._snapshot

    def _vectors(self, path: Path) -> VectorSearch:
        # The catalog may be newer than the snapshot: what it lacks meanwhile is dropped, as with an old index.
        if self.catalog.counts()[1] <= EXACT_UP_TO:
            return ExactVectors(*self.catalog.all_vectors())
        return ChromaVectors(path / "chroma")

    def _build_current(self) -> None:
        """Build what is missing for the current generation; the caller holds the writer's place."""
        generation = self.catalog.generation()
        path = self._path(generation)
        if not (path / _MARKER).exists():
            self._build(path)
        for other in self._derived.iterdir():
            if other != path:
                shutil.rmtree(other, ignore_errors=True)

    def _build(self, path: Path) -> None:
        shutil.rmtree(path, ignore_errors=True)
        last_row = self.catalog.last_row()
        grown_from = self._growing()
        if grown_from is None:
            (path / "fulltext").mkdir(parents=True)
            after = 0
        else:
            # A reader may have the old snapshot open: it is copied, never written to.
            after = int((grown_from / _MARKER).read_text())
            shutil.copytree(grown_from, path, ignore=shutil.ignore_patterns(_MARKER))
        FullText.build(path / "fulltext", self.catalog.indexed_passages(after), self._analyzer)
        ChromaVectors.build(path / "chroma", self.catalog.indexed_passages(after))
        write_durably(path / _MARKER, str(last_row))

    def _growing(self) -> Path | None:
        """The newest snapshot when passages were only added since, so that the next one can grow from it."""
        newest = self._newest_complete()
        return self._path(newest) if newest is not None and newest >= self.catalog.rebuilt_from() else None

    def _newest_complete(self) -> int | None:
        markers = self._derived.glob(f"*-{self._analyzer.version}/{_MARKER}")
        complete = [int(marker.parent.name.partition("-")[0]) for marker in markers]
        return max(complete, default=None)

    def _path(self, generation: int) -> Path:
        """Folder of a snapshot: names and analyzer are part of it, so that new ones make a new index."""
        return self._derived / f"{generation}-{self._analyzer.version}"

    def _bind(self, key: str, value: str) -> None:
        found = self.catalog.manifest(key)
        if found is None:
            self.catalog.set_manifest(key, value)
        elif found != value:
            self.catalog.close()
            raise IndexMismatchError(
                f"the index in {self.folder.name!r} was built with {key} {found!r}, the program now uses {value!r}; "
                "rebuild it with: assistant doctor --repair"
            )
