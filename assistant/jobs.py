"""The one background thread of a server: brings in addresses one after the other."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, BusyError
from assistant.index.jobs import Job, JobBook
from assistant.ingest.web_address import WebAddress
from assistant.types import IngestReport
from assistant.wire import to_wire

if TYPE_CHECKING:
    from assistant.ingest.intake import Intake

MOST_WAITING = 16
_CLOSE_SECONDS = 5.0
# A large ingest beside the server may take as long.
_BUSY_SECONDS = 3600.0
_PAUSE_SECONDS = 2.0
_log = logging.getLogger("assistant.jobs")


class _StoppedError(Exception):
    """The server is closing."""


class JobRunner:
    """Runs jobs in the order in which they came.

    Args:
        book: where they are kept; those that an earlier server left open are marked failed.
        intake: gives what does the work; a server that nobody adds addresses to never loads it.
    """

    def __init__(self, book: JobBook, intake: Callable[[], Intake]) -> None:
        self.book = book
        self._intake = intake
        self._waiting: queue.Queue[tuple[Job, WebAddress] | None] = queue.Queue()
        self._entering = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        book.fail_unfinished("the server was stopped before this was done; add it again")

    def submit(self, address: WebAddress) -> Job:
        """Queue an address. Raises BusyError when too many wait."""
        with self._entering:
            if self._waiting.qsize() >= MOST_WAITING:
                raise BusyError(f"{MOST_WAITING} addresses are waiting to be read; try again in a moment")
            job = self.book.create(address.url)
            self._waiting.put((job, address))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
        return job

    def close(self) -> None:
        """Stop after the page in hand, or a few seconds; what is left is failed at the next start."""
        self._closing.set()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(_CLOSE_SECONDS)

    def _run(self) -> None:
        while (item := self._waiting.get()) is not None and not self._closing.is_set():
            job, address = item
            try:
                self._do(job, address)
            except _StoppedError:
                return
            except Exception:
                # The thread must outlive any one job.
                _log.exception("job %s failed", job.id)
                if not self._closing.is_set():
                    self.book.finish(job.id, None, "the server failed at this address; its log says why")

    def _do(self, job: Job, address: WebAddress) -> None:
        def progress(done: int, total: int) -> None:
            if self._closing.is_set():
                raise _StoppedError
            self.book.progress(job.id, done, total)

        self.book.progress(job.id, 0, 1)
        try:
            report = self._when_free(lambda: self._intake().add(address, progress))
        except AssistantError as error:
            self.book.finish(job.id, None, str(error))
            return
        self.book.finish(job.id, to_wire(report), _nothing_came(report))

    def _when_free(self, add: Callable[[], IngestReport]) -> IngestReport:
        """What ``add`` brings once no other process writes. Raises BusyError after ``_BUSY_SECONDS``."""
        give_up = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                return add()
            except BusyError:
                if time.monotonic() > give_up or self._closing.is_set():
                    raise
            self._closing.wait(_PAUSE_SECONDS)


def _nothing_came(report: IngestReport) -> str | None:
    """Why a job brought nothing; None when it brought something, or found it here."""
    here = report.added + report.updated + report.unchanged + report.kept_out
    return report.failed[0].reason if report.failed and not here else None
