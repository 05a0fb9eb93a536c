"""Reading files in processes of their own, so that a hostile one costs its own article and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from pydantic import ValidationError

import assistant
from assistant.errors import SourceError
from assistant.ingest import reader_process
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.reader_process import REPLIES, REQUESTS, Mishap, Reply, Request, read_frame, read_safely
from assistant.ingest.whole_file import MOST_FILE_BYTES
from assistant.lagging import lagging

MOST_REPLY_BYTES = 128 * 1024 * 1024
FILES_A_PROCESS = 500  # libraries keep caches; a new process has none
AHEAD = 4
_SMALL = 16 * 1024  # the worst that markdown can do in this many bytes is over in about a second
_READ_HERE = (".md", ".markdown", ".txt", ".text")


class ReadingFailedError(SourceError):
    """A file that its reader did not survive. ``mishap`` is ``timeout``, ``memory``, ``died`` or ``unexpected``."""

    def __init__(self, message: str, mishap: Mishap) -> None:
        super().__init__(message)
        self.mishap = mishap


class Readers:
    """A pool of reading processes; they start when first needed and end with this object or with its process.

    Args:
        count: how many processes read at once.
        seconds: wall-clock time that one file may take.
        in_process: read small text and markdown files here: starting a process would cost more than it protects.

    Attributes:
        peak_bytes: the most memory that any of the processes has told of.
    """

    def __init__(self, count: int = 1, *, seconds: float = reader_process.SECONDS, in_process: bool = True) -> None:
        self.peak_bytes = 0
        self._seconds = seconds
        self._in_process = in_process
        self._count = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reader")
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for _ in range(count):
            self._idle.put(_Process())

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; files still waiting are not read."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().end()

    def read(self, source: RawSource, today: date) -> RawArticle | SourceError:
        """One file's article, or the error that says why there is none."""
        if len(source.content) > MOST_FILE_BYTES:
            return SourceError(
                f"{source.name!r} has {len(source.content)} bytes, at most {MOST_FILE_BYTES} are read; split it"
            )
        reply = read_safely(source, today) if self._may_read_here(source) else self._read_apart(source, today)
        self.peak_bytes = max(self.peak_bytes, reply.peak_bytes)
        if reply.article is not None:
            return reply.article
        return ReadingFailedError(reply.reason, reply.mishap) if reply.mishap else SourceError(reply.reason)

    def begin(self, source: RawSource, today: date) -> Future[RawArticle | SourceError]:
        """As ``read``, without waiting for it."""
        return self._threads.submit(self.read, source, today)

    def read_all(self, sources: Iterable[RawSource], today: date) -> Iterator[RawArticle | SourceError]:
        """Every file's article or error, in order; the next few are read while the caller works on one.

        ``sources`` is drawn from in the caller's thread, at most ``AHEAD`` files a process ahead.
        """
        begun = (self.begin(source, today) for source in sources)
        for reading in lagging(begun, AHEAD * self._count):
            yield reading.result()

    def _may_read_here(self, source: RawSource) -> bool:
        plain = source.name.lower().endswith(_READ_HERE) and b"\x00" not in source.content
        return self._in_process and plain and len(source.content) <= _SMALL and b"%PDF-" not in source.content[:1024]

    def _read_apart(self, source: RawSource, today: date) -> Reply:
        process = self._idle.get()
        try:
            return process.ask(source, today, self._seconds)
        finally:
            self._idle.put(process)


class _Process:
    """One reading process, begun anew after a mishap and after ``FILES_A_PROCESS`` files."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lifeline: int | None = None
        self._files = 0

    def ask(self, source: RawSource, today: date, seconds: float) -> Reply:
        process = self._running()
        self._files += 1
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        timer = threading.Timer(seconds, expire)
        timer.start()
        try:
            reply = _exchange(process, source, Request(source.name, today, seconds))
        except (EOFError, OSError, ValidationError):
            reply = _lost(source.name, seconds if expired.is_set() else None)
        finally:
            timer.cancel()
        if reply.mishap or expired.is_set() or self._files >= FILES_A_PROCESS:
            self.end()
        return reply

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        if self._lifeline is not None:
            os.close(self._lifeline)
        self._process, self._lifeline, self._files = None, None, 0

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        theirs, self._lifeline = os.pipe()
        try:
            self._process = _start(theirs)
        finally:
            os.close(theirs)
        return self._process


def _start(lifeline: int) -> subprocess.Popen[bytes]:
    """A reading process: this package on its path, nothing of the environment that a loader has no use for."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME")}
    paths = [str(Path(assistant.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return subprocess.Popen(
        # -P: a folder that a user stands in is no place to import from.
        [sys.executable, "-P", "-m", "assistant.ingest.reader_process", str(lifeline)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(lifeline,),
        env=kept | {"PYTHONPATH": os.pathsep.join(path for path in paths if path)},
    )


def _exchange(process: subprocess.Popen[bytes], source: RawSource, request: Request) -> Reply:
    assert process.stdin is not None and process.stdout is not None
    reader_process.write_frame(process.stdin, REQUESTS.dump_json(request))  # type: ignore[arg-type]
    reader_process.write_frame(process.stdin, source.content)  # type: ignore[arg-type]
    # The reply comes from a process that a hostile file may have taken over: it is data, checked, never unpickled.
    return REPLIES.validate_json(read_frame(process.stdout, MOST_REPLY_BYTES))  # type: ignore[arg-type]


def _lost(name: str, seconds: float | None) -> Reply:
    if seconds is not None:
        return Reply(
            reason=f"reading {name!r} took longer than {seconds:g} s; split it or save it anew", mishap="timeout"
        )
    return Reply(reason=f"the reader did not survive {name!r}; save it anew or in another format", mishap="died")
