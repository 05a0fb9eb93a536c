"""The body of a response, bounded: what is counted is what comes out of decompression."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from assistant.errors import SourceError

_ANY_HEADER = 32 + zlib.MAX_WBITS
ACCEPTED_ENCODINGS = "gzip"


def read_body(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The bytes of a body sent as ``chunks`` in a content encoding.

    Raises:
        SourceError: more than ``max_bytes``, an encoding that was not asked for, or damaged data.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _bounded(chunks, max_bytes)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(
            f"sent in the encoding {encoding[:40]!r}, which was not asked for; save the page and add the file"
        )
    return inflate(chunks, max_bytes)


def inflate(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """What gzip or zlib data holds; a bomb stops at the limit, before it is unpacked. Raises SourceError."""
    unpacker = zlib.decompressobj(_ANY_HEADER)
    body = bytearray()
    try:
        for chunk in chunks:
            body += unpacker.decompress(chunk, max_bytes + 1 - len(body))
            _within(body, max_bytes)
    except zlib.error as error:
        raise SourceError(f"the compressed data is damaged: {error}; try again later") from error
    if not unpacker.eof:
        raise SourceError("the compressed data ends too early; try again later")
    return bytes(body)


def _bounded(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        _within(body, max_bytes)
    return bytes(body)


def _within(body: bytearray, max_bytes: int) -> None:
    if len(body) > max_bytes:
        raise SourceError(f"larger than {max_bytes} bytes; save the part you need and add the file")
