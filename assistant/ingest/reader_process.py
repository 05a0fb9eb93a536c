"""The process that reads files nobody vouches for: it has one job, little memory, a deadline and no keys.

Run as ``python -m assistant.ingest.reader_process FD``; it answers requests on standard input, one at a time, and
imports nothing but the loaders. ``FD`` is the reading end of a pipe that its parent keeps open and never writes to.
"""

from __future__ import annotations

import os
import struct
import sys
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO, Literal

from pydantic import TypeAdapter

from assistant.errors import SourceError
from assistant.ingest.loaders import read_article
from assistant.ingest.loaders.base import RawArticle, RawSource

MEMORY_BYTES = 1024**3
SECONDS = 30.0
_LENGTH = struct.Struct(">Q")

Mishap = Literal["timeout", "memory", "died", "unexpected"]


@dataclass(frozen=True, slots=True)
class Request:
    """What comes before a file's bytes."""

    name: str
    today: date
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a file gave: an article, or why there is none; ``mishap`` when that was no decision of a loader's.

    ``peak_bytes`` is the most memory that the reading process has held so far; 0 where that is not told.
    """

    article: RawArticle | None = None
    reason: str = ""
    mishap: Mishap | None = None
    peak_bytes: int = 0


REQUESTS = TypeAdapter(Request)
REPLIES = TypeAdapter(Reply)


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Bytes with their length before them."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO, most: int) -> bytes:
    """The next frame. Raises EOFError when there is none, it breaks off, or it is longer than ``most`` bytes."""
    head = stream.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else most + 1
    content = stream.read(length) if length <= most else b""
    if length > most or len(content) < length:
        raise EOFError("the other side of the pipe has gone")
    return content


def read_safely(source: RawSource, today: date) -> Reply:
    """A file's article or the reason why there is none; nothing that a loader raises comes through."""
    try:
        return Reply(article=read_article(source, today))
    except SourceError as error:
        return Reply(reason=str(error))
    except MemoryError:
        return Reply(
            reason=f"reading {source.name!r} takes more memory than a file is given; split it", mishap="memory"
        )
    except Exception as error:
        # A fault in a loader or a library under it: this file is left out, and says so.
        told = f"{type(error).__name__}: {str(error)[:200]}"
        return Reply(reason=f"{source.name!r} cannot be read: {told}; save it in another format", mishap="unexpected")


def main(lifeline: int) -> None:
    """Answer requests until standard input ends."""
    _die_with_parent(lifeline)
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not look like a reply
    _limit_memory()
    while True:
        try:
            request = REQUESTS.validate_json(read_frame(requests, 1 << 20))
            content = read_frame(requests, 1 << 32)
        except EOFError:
            return
        _set_alarm(request.seconds)
        reply = read_safely(RawSource(request.name, content), request.today)
        _set_alarm(0)
        write_frame(replies, REPLIES.dump_json(replace(reply, peak_bytes=_peak_bytes())))


def _die_with_parent(lifeline: int) -> None:
    """Let the kernel end this process when the parent's end of the pipe closes, even amid a library's C code."""
    if sys.platform == "win32":
        return
    import fcntl

    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    # The default action of SIGIO is to end the process.
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC | os.O_NONBLOCK)
    try:
        gone = os.read(lifeline, 1) == b""
    except BlockingIOError:
        return
    if gone:
        raise SystemExit(1)


def _limit_memory() -> None:
    """At most ``MEMORY_BYTES`` of address space beyond what the process began with; only Linux enforces it."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as sizes:
        begun = int(sizes.read().split()[0]) * resource.getpagesize()
    limit = begun + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _peak_bytes() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _set_alarm(seconds: float) -> None:
    """The parent ends this process at the deadline; this is for the case that the parent cannot."""
    if sys.platform != "win32":
        import signal

        signal.setitimer(signal.ITIMER_REAL, seconds + 5 if seconds else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
